"""One line of the notices, the same on the page and in the daily mail."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings

from schools.core.status import StatusKind
from schools.core.thai import short_date, short_moment
from supervision.cycle.todos import REMINDER_PERIOD, TodoItem


@dataclass(frozen=True)
class NoticeRow:
    """Something to do or to go to; the fields are those of a to-do on the home page."""

    title: str
    url: str
    when: str
    detail: str = ""
    kind: StatusKind = StatusKind.YOURS

    @property
    def word(self) -> str:
        return self.when or "รอคุณ"

    @property
    def line(self) -> str:
        """What it is and by when; to read in a group, so without "you" and without detail."""
        return f"{self.title} ({self.when})" if self.when else self.title

    @property
    def line_text(self) -> str:
        """Ready to paste into LINE."""
        return f"{self.line}\n{absolute_url(self.url)}"


@dataclass(frozen=True)
class NewsRow:
    """One thing that somebody else did at a school this person has to do with."""

    title: str
    record: str
    school: str
    by: str
    at: datetime
    url: str
    is_new: bool

    kind = StatusKind.YOURS

    @property
    def word(self) -> str:
        return "ใหม่" if self.is_new else ""

    @property
    def subject(self) -> str:
        """The school, and what was done to what: most acts name their record themselves."""
        named = self.title if self.record in self.title else f"{self.title} ({self.record})"
        return f"{self.school}: {named}"

    @property
    def detail(self) -> str:
        return f"{self.by} · {short_moment(self.at)}"

    @property
    def line_text(self) -> str:
        return f"{self.subject} โดย{self.by} เมื่อ {short_moment(self.at)}\n{absolute_url(self.url)}"


def absolute_url(url: str) -> str:
    """The address as it opens from outside the portal."""
    return f"{settings.SITE_URL}{url}"


def notice_row(waiting: TodoItem, today: date) -> NoticeRow:
    return NoticeRow(
        waiting.title, waiting.url, _by_when(waiting, today), waiting.detail, waiting.kind
    )


def _by_when(waiting: TodoItem, today: date) -> str:
    day = waiting.day
    if waiting.overdue or day is None or not today < day <= today + REMINDER_PERIOD:
        return waiting.when
    hour = f" {waiting.at:%H.%M} น." if waiting.at else ""
    return f"{_countdown(day, today)}{hour}"


def _countdown(day: date, today: date) -> str:
    """พรุ่งนี้ 23 พ.ย. 2569 · อีก 3 วัน 25 พ.ย. 2569."""
    left = (day - today).days
    return f"{'พรุ่งนี้' if left == 1 else f'อีก {left} วัน'} {short_date(day)}"

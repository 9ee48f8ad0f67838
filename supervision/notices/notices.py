"""All that a person should know: what waits, what comes up, and the news of others' work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from schools.core.status import StatusKind
from schools.core.thai import short_date
from schools.models import Term, User
from supervision.cycle.home import get_todos
from supervision.cycle.other_todos import visit_todos
from supervision.cycle.todos import REMINDER_PERIOD, TodoItem
from supervision.notices.enums import NoticeKind
from supervision.notices.models import NoticeSettings
from supervision.notices.news import NewsRow, absolute_url, news_of
from supervision.rounds.enums import CycleStep


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
        return self.when or ("เพื่อทราบ" if self.kind == StatusKind.WAITING else "รอคุณ")

    @property
    def line(self) -> str:
        """What it is and by when; to read in a group, so without "you" and without detail."""
        return f"{self.title} ({self.when})" if self.when else self.title

    @property
    def line_text(self) -> str:
        """Ready to paste into LINE."""
        return f"{self.line}\n{absolute_url(self.url)}"


@dataclass(frozen=True)
class Notices:
    """Everything on the page of notices and in the daily mail, as it was at one moment."""

    waiting: Sequence[NoticeRow]
    coming: Sequence[NoticeRow]
    news: Sequence[NewsRow]
    new: int
    as_of: datetime
    muted: Collection[str]

    @property
    def hides_work(self) -> bool:
        return NoticeKind.DUE in self.muted

    @property
    def hides_news(self) -> bool:
        """Some kind of them; the mail is no news, and what waits is shown above."""
        return bool(set(self.muted) - {NoticeKind.DUE, NoticeKind.DIGEST})


def notices_of(
    user: User, term: Term | None, today: date, *, since: datetime | None = None
) -> Notices:
    """What the person has not switched off, most urgent and newest first.

    News are new that came after the person read the page, or stood in the last mail.
    """
    chosen, as_of = notice_settings_of(user), timezone.now()
    found = _wanted(user, chosen.muted, term, today)
    waiting = [notice_row(one, today) for one in found if not one.for_information]
    above = {(row.url, row.when) for row in waiting}
    for_information = [notice_row(one, today) for one in found if one.for_information]
    coming = [row for row in for_information if (row.url, row.when) not in above]
    since = max(filter(None, (chosen.read_until, since)), default=None)
    news, new = news_of(user, chosen.muted, since=since)
    return Notices(waiting, coming, news, new, as_of, chosen.muted)


def _wanted(
    user: User, muted: Collection[str], term: Term | None, today: date
) -> Sequence[TodoItem]:
    """What waits and what comes up; due dates and appointments are switched off separately."""
    if NoticeKind.DUE not in muted:
        found = [one for one in get_todos(user, term, today) if not one.optional]
        return [one for one in found if not (NoticeKind.VISIT in muted and _is_appointment(one))]
    return (
        [] if NoticeKind.VISIT in muted else list(filter(_is_appointment, visit_todos(user, today)))
    )


def _is_appointment(one: TodoItem) -> bool:
    return one.for_information and one.step == CycleStep.VISIT


def notice_settings_of(user: User) -> NoticeSettings:
    return getattr(user, "notice_settings", None) or NoticeSettings(user=user)


def notices_as_text(notices: Notices) -> str:
    """All that waits and comes up as one text to paste into LINE."""
    lines = [f"• {row.line}" for row in (*notices.waiting, *notices.coming)]
    if not lines:
        return ""
    return "\n".join(["งานนิเทศที่รอดำเนินการ", *lines, f"เปิดดูได้ที่ {absolute_url('/')}"])


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

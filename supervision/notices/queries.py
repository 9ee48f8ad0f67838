"""What a person should know: what waits for them, and what others did at their schools.

Nothing is sent into a box: news are asked of the one log of moves, and what waits is asked of
the walk, so neither can disagree with the records (DESIGN rule 1).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.apps import apps
from django.db.models import Count, Q, QuerySet, Window
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.models import Term, User
from supervision.cycle.home import get_todos, own_schools
from supervision.cycle.other_todos import visit_todos
from supervision.cycle.todos import TodoItem
from supervision.notices.enums import NoticeKind
from supervision.notices.models import NoticeSettings
from supervision.notices.rows import NewsRow, NoticeRow, absolute_url, notice_row
from supervision.rounds.enums import CycleStep
from supervision.workflow.models import Transition

NEWS_PERIOD = timedelta(days=30)
MAX_NEWS = 100

# Which records make news: what they are about, the address of their page by their own key
# (none: the school's page tells it), and what people call them where an act does not say it.
NEWS_RECORDS = {
    "needs.needssurvey": (NoticeKind.NEEDS, "", "แบบสำรวจ"),
    "assessments.selfassessment": (NoticeKind.ASSESSMENT, "self_assessment", "ประเมินตนเอง"),
    "visits.visit": (NoticeKind.VISIT, "visit", ""),
    "practices.decision": (NoticeKind.DECISION, "", ""),
    "practices.goodpractice": (NoticeKind.DECISION, "practice", "วิธีปฏิบัติที่เป็นเลิศ"),
    "improvement.summary": (NoticeKind.IMPROVEMENT, "summary", "สรุปผล"),
    "improvement.recommendation": (NoticeKind.IMPROVEMENT, "recommendation", "ข้อเสนอแนะ"),
    "reports.issueddocument": (NoticeKind.REPORT, "", "รายงาน"),
}
# Beginnings and drafts are nobody else's news; what they lead to is.
SILENT_ACTIONS = {
    "start",
    "draft",
    "give",
    "revise_record",
    "record",
    "prepare",
    "edit",
    "adopt_agreed",
}


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
        """Some kind of them; the mail is no news, and what waits is told above."""
        return bool(set(self.muted) - {NoticeKind.DUE, NoticeKind.DIGEST})


def notices_of(
    user: User, term: Term | None, today: date, *, since: datetime | None = None
) -> Notices:
    """What the person has not switched off, most urgent and newest first.

    News are new that came after the person read the page, or was told by the last mail.
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
    """What waits and what comes up; due dates and appointments are switched off each by itself."""
    if NoticeKind.DUE not in muted:
        found = get_todos(user, term, today)
        return [one for one in found if not (NoticeKind.VISIT in muted and _is_appointment(one))]
    return (
        [] if NoticeKind.VISIT in muted else list(filter(_is_appointment, visit_todos(user, today)))
    )


def _is_appointment(one: TodoItem) -> bool:
    return one.for_information and one.step == CycleStep.VISIT


def notice_settings_of(user: User) -> NoticeSettings:
    return getattr(user, "notice_settings", None) or NoticeSettings(user=user)


def news_of(
    user: User, muted: Iterable[str], *, since: datetime | None
) -> tuple[list[NewsRow], int]:
    """The newest of what others did at the person's schools, and how much of all is new."""
    kinds = {name for name, (kind, *_) in NEWS_RECORDS.items() if kind not in set(muted)}
    rows = _transitions(user).filter(record_type__in=kinds, at__gte=timezone.now() - NEWS_PERIOD)
    new = Count("pk", filter=Q(at__gt=since) if since else None)
    rows = rows.exclude(by=user).annotate(new=Window(new))  # counted before the cut below
    rows = list(rows.select_related("school", "by").order_by("-at")[:MAX_NEWS])
    return [_news(row, since) for row in rows], rows[0].new if rows else 0


def _transitions(user: User) -> QuerySet[Transition]:
    """Moves at the schools one works at or has in charge; for the office, everywhere."""
    moves = (
        Transition.objects.visible_to(user).exclude(school=None).exclude(verb__in=SILENT_ACTIONS)
    )
    if not rights_of(user).allows(Permission.VIEW_AREA):
        moves = moves.exclude(_office_only())
    own = own_schools(rights_of(user))
    if own and not rights_of(user).allows(Permission.OPEN_ROUNDS):
        moves = moves.filter(school__in=own)
    return moves


def _office_only() -> Q:
    """What the office does among itself; no school hears of it."""
    found = Q(pk__in=[])
    for name in NEWS_RECORDS:
        moves = apps.get_model(name).TRANSITIONS.items()
        verbs = [verb for verb, move in moves if move.office_only]
        found |= Q(record_type=name, verb__in=verbs)
    return found


def _news(row: Transition, since: datetime | None) -> NewsRow:
    model = apps.get_model(row.record_type)
    _, address, record = NEWS_RECORDS[row.record_type]
    return NewsRow(
        title=model.TRANSITIONS[row.verb].label,
        record=record,
        school=row.school.short_name,
        by=str(row.by),
        at=row.at,
        url=cached_url(address, row.record_id) if address else cached_url("school", row.school_id),
        is_new=since is None or row.at > since,
    )


def notices_as_text(notices: Notices) -> str:
    """All that waits and comes up as one text to paste into LINE."""
    lines = [f"• {row.line}" for row in (*notices.waiting, *notices.coming)]
    if not lines:
        return ""
    return "\n".join(["งานนิเทศที่รอดำเนินการ", *lines, f"เปิดดูได้ที่ {absolute_url('/')}"])

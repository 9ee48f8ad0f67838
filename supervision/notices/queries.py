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
from schools.links import link
from schools.models import Term, User
from supervision.cycle.beside import visits_beside
from supervision.cycle.home import own_schools, waiting_of
from supervision.cycle.waiting import Waiting
from supervision.notices.enums import Kind
from supervision.notices.models import NoticeSettings
from supervision.notices.rows import News, Row, full, row_of
from supervision.rounds.enums import CycleStep
from supervision.workflow.models import Transition

NEWS_FOR = timedelta(days=30)
MOST_NEWS = 100

# Which records make news: what they are about, the address of their page by their own key
# (none: the school's page tells it), and what people call them where an act does not say it.
RECORDS = {
    "supervision.needssurvey": (Kind.NEEDS, "", "แบบสำรวจ"),
    "supervision.selfassessment": (Kind.ASSESSMENT, "self_assessment", "ประเมินตนเอง"),
    "supervision.visit": (Kind.VISIT, "visit", ""),
    "supervision.decision": (Kind.DECISION, "", ""),
    "supervision.goodpractice": (Kind.DECISION, "practice", "วิธีปฏิบัติที่เป็นเลิศ"),
    "supervision.summary": (Kind.IMPROVEMENT, "summary", "สรุปผล"),
    "supervision.recommendation": (Kind.IMPROVEMENT, "recommendation", "ข้อเสนอแนะ"),
    "reports.issueddocument": (Kind.REPORT, "", "รายงาน"),
}
# Beginnings and drafts are nobody else's news; what they lead to is.
QUIET = {"start", "draft", "give", "amend", "record", "prepare", "edit", "settle"}


@dataclass(frozen=True)
class Notices:
    """Everything on the page of notices and in the daily mail, as it was at one moment."""

    waiting: Sequence[Row]
    coming: Sequence[Row]
    news: Sequence[News]
    new: int
    as_of: datetime
    off: Collection[str]

    @property
    def hides_work(self) -> bool:
        return Kind.DUE in self.off

    @property
    def hides_news(self) -> bool:
        """Some kind of them; the mail is no news, and what waits is told above."""
        return bool(set(self.off) - {Kind.DUE, Kind.DIGEST})


def notices_of(
    user: User, term: Term | None, today: date, *, told_until: datetime | None = None
) -> Notices:
    """What the person has not switched off, most urgent and newest first.

    News are new that came after the person read the page, or was told by the last mail.
    """
    chosen, as_of = settings_of(user), timezone.now()
    found = _wanted(user, chosen.off, term, today)
    waiting = [row_of(one, today) for one in found if not one.ahead]
    above = {(row.url, row.when) for row in waiting}
    ahead = [row_of(one, today) for one in found if one.ahead]
    coming = [row for row in ahead if (row.url, row.when) not in above]
    since = max(filter(None, (chosen.read_until, told_until)), default=None)
    news, new = news_of(user, chosen.off, since=since)
    return Notices(waiting, coming, news, new, as_of, chosen.off)


def _wanted(user: User, off: Collection[str], term: Term | None, today: date) -> Sequence[Waiting]:
    """What waits and what comes up; due dates and appointments are switched off each by itself."""
    if Kind.DUE not in off:
        found = waiting_of(user, term, today)
        return [one for one in found if not (Kind.VISIT in off and _is_appointment(one))]
    return [] if Kind.VISIT in off else list(filter(_is_appointment, visits_beside(user, today)))


def _is_appointment(one: Waiting) -> bool:
    return one.ahead and one.step == CycleStep.VISIT


def settings_of(user: User) -> NoticeSettings:
    return getattr(user, "notice_settings", None) or NoticeSettings(user=user)


def news_of(user: User, off: Iterable[str], *, since: datetime | None) -> tuple[list[News], int]:
    """The newest of what others did at the person's schools, and how much of all is new."""
    kinds = {name for name, (kind, *_) in RECORDS.items() if kind not in set(off)}
    rows = _moves(user).filter(record_type__in=kinds, at__gte=timezone.now() - NEWS_FOR)
    new = Count("pk", filter=Q(at__gt=since) if since else None)
    rows = rows.exclude(by=user).annotate(new=Window(new))  # counted before the cut below
    rows = list(rows.select_related("school", "by").order_by("-at")[:MOST_NEWS])
    return [_news(row, since) for row in rows], rows[0].new if rows else 0


def _moves(user: User) -> QuerySet[Transition]:
    """Moves at the schools one works at or has in charge; for the office, everywhere."""
    moves = Transition.objects.visible_to(user).exclude(school=None).exclude(verb__in=QUIET)
    if not rights_of(user).allows(Permission.VIEW_AREA):
        moves = moves.exclude(_inside())
    own = own_schools(rights_of(user))
    if own and not rights_of(user).allows(Permission.OPEN_ROUNDS):
        moves = moves.filter(school__in=own)
    return moves


def _inside() -> Q:
    """What the office does among itself; no school hears of it."""
    found = Q(pk__in=[])
    for name in RECORDS:
        moves = apps.get_model(name).MOVES.items()
        verbs = [verb for verb, move in moves if move.office_only]
        found |= Q(record_type=name, verb__in=verbs)
    return found


def _news(row: Transition, since: datetime | None) -> News:
    model = apps.get_model(row.record_type)
    _, address, record = RECORDS[row.record_type]
    return News(
        title=model.MOVES[row.verb].label,
        record=record,
        school=row.school.short_name,
        by=str(row.by),
        at=row.at,
        url=link(address, row.record_id) if address else link("school", row.school_id),
        is_new=since is None or row.at > since,
    )


def line_text(notices: Notices) -> str:
    """All that waits and comes up as one text to paste into LINE."""
    lines = [f"• {row.line}" for row in (*notices.waiting, *notices.coming)]
    if not lines:
        return ""
    return "\n".join(["งานนิเทศที่รอดำเนินการ", *lines, f"เปิดดูได้ที่ {full('/')}"])

"""Step 7 as the cycle asks for it, and what else of reports waits for a person or is news."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, TypedDict

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from reports.enums import DocumentAction, DocumentState
from reports.models import IssuedDocument
from reports.queries import with_subject
from schools.access import Permission, can
from schools.core.thai import local_day, short_date
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.cycle.progress import RoundProgress
from supervision.cycle.steps import NextAction, RoundStepFacts, RoundWithFacts, SentBack
from supervision.cycle.todos import MAX_SEPARATE_TODOS, TodoItem
from supervision.notices.enums import NoticeKind
from supervision.notices.news import NewsRecord
from supervision.programmes.dissemination.enums import Audience
from supervision.programmes.models import Dissemination
from supervision.rounds.models import Round
from supervision.workflow.queries import last_transition_at

REPORT_NEWS = NewsRecord(
    IssuedDocument, NoticeKind.REPORT, "รายงาน", silent=(DocumentAction.PREPARE,)
)


class ReportStepAnnotations(TypedDict):
    """When a report was last returned; when and to whom its term's results were disseminated."""

    returned_at: datetime | None
    sent_on: date | None
    sent_to: str | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    DatedReport = WithAnnotations[IssuedDocument, ReportStepAnnotations]
else:
    DatedReport = IssuedDocument


def report_step_facts(rounds: Sequence[RoundWithFacts]) -> dict[int, RoundStepFacts]:
    """Step 7: done when the round's term report is issued; publishing is a second act.

    It stays done while a corrected version waits for its signature.
    """
    rows = IssuedDocument.objects.filter(round__in=rounds).defer("snapshot")
    sent = Dissemination.objects.latest_of_term(OuterRef("round__term"))
    documents = rows.order_by("version").annotate(
        returned_at=last_transition_at(IssuedDocument, "pk", DocumentAction.RETURN),
        sent_on=Subquery(sent.values("disseminated_on")),
        sent_to=Subquery(sent.values("audience")),
    )
    counted = {d.round_id: d for d in documents if d.is_issued or d.version == 1}
    return {r.pk: _report_step_facts(r, counted.get(r.pk)) for r in rounds}


def _report_step_facts(round_: Round, document: DatedReport | None) -> RoundStepFacts:
    # The round's page sends on whoever may see a report that is not issued yet.
    url = cached_url("term_report", round_.pk)
    if document is None:
        action = NextAction("เสนอรายงาน", Permission.PREPARE_REPORT, url)
        return RoundStepFacts(detail="ยังไม่เสนอรายงาน", next_action=action)
    if document.state == DocumentState.RETURNED:
        return RoundStepFacts(
            detail=f"รายงานเลขที่ {document.number} ถูกส่งกลับให้แก้ไข",
            word="ส่งกลับแก้ไข",
            next_action=NextAction("แก้ไขแล้วเสนอรายงานอีกครั้ง", Permission.PREPARE_REPORT, url),
            sent_back=SentBack(local_day(document.returned_at)) if document.returned_at else None,
        )
    if not document.is_issued or not document.issued_at:
        return RoundStepFacts(
            detail=f"รายงานเลขที่ {document.number} รอลงนาม",
            word="รอลงนาม",
            since=document.prepared_at,
            next_action=NextAction("ลงนามออกรายงาน", Permission.ISSUE_REPORT, url),
        )
    day = short_date(document.issued_at)
    return RoundStepFacts(
        done=True,
        detail=f"{document.get_state_display()} เลขที่ {document.number} เมื่อ {day}"
        + _dissemination_in_words(document),
        page_url=document.get_absolute_url(),
        since=document.issued_at,
    )


def _dissemination_in_words(document: DatedReport) -> str:
    """To whom the term's results went last, by the register of dissemination."""
    if document.sent_on is None or document.sent_to is None:
        return ""
    return f" · เผยแพร่ต่อ{Audience(document.sent_to).label}เมื่อ {short_date(document.sent_on)}"


def report_todo_items(user: User, all_progress: Sequence[RoundProgress]) -> list[TodoItem]:
    """Reports to sign, or returned to who prepares them, that no step shows.

    The first report of a round waits in its step; those of a year, of many schools, of earlier
    terms and corrected versions would wait unseen.
    """
    acts = {}
    if can(user, Permission.ISSUE_REPORT):
        acts[DocumentState.PREPARED] = ("ลงนามออกรายงาน", "รอลงนาม")
    if can(user, Permission.PREPARE_REPORT):
        acts[DocumentState.RETURNED] = ("แก้ไขแล้วเสนอรายงานอีกครั้ง", "ถูกส่งกลับให้แก้ไข")
    if not acts:
        return []
    in_progress = [progress.round.pk for progress in all_progress]
    rows = with_subject(IssuedDocument.objects.filter(state__in=acts).order_by("state", "-pk"))
    found = []
    for state, documents in groupby(
        rows.exclude(round__in=in_progress, version=1), attrgetter("state")
    ):
        found += _todo_items(*acts[DocumentState(state)], list(documents))
    return found


def _todo_items(act: str, detail: str, documents: Sequence[IssuedDocument]) -> list[TodoItem]:
    if len(documents) > MAX_SEPARATE_TODOS:
        url = f"{reverse('reports')}?state={documents[0].state}"
        return [TodoItem(f"{act} {len(documents)} ฉบับ", url, "ขั้นที่ 7")]
    return [
        TodoItem(
            title=f"{act} {_subject(document)}",
            url=document.get_absolute_url(),
            detail=f"{_place(document)} · รายงานเลขที่ {document.number} {detail}",
        )
        for document in documents
    ]


def _place(document: IssuedDocument) -> str:
    """Of which work it is a step: the supervision of schools, or the year's quality drive."""
    return "การขับเคลื่อนคุณภาพ" if document.drive else "ขั้นที่ 7"


def _subject(document: IssuedDocument) -> str:
    if document.round:
        return f"{document.round.school.short_name} ภาคเรียนที่ {document.round.term}"
    if document.term:
        return f"รายงานสรุป {document.subject}"
    if document.drive:
        return f"รายงานการขับเคลื่อนคุณภาพ {document.subject}"
    word = "ระหว่าง" if document.is_interim else "ประจำ"
    return f"{word}ปีการศึกษา {document.academic_year}"

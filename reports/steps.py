from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter

from django.urls import reverse

from reports.enums import DocumentState
from reports.models import IssuedDocument
from reports.queries import with_subject
from schools.access import Permission, can
from schools.links import link
from schools.models import User
from schools.thai import local_day, short_date
from supervision.cycle.facts import Fact
from supervision.cycle.waiting import MANY, Waiting
from supervision.cycle.walk import Walk
from supervision.rounds.models import Round
from supervision.workflow.queries import last_moved


def report_facts(rounds: Sequence[Round]) -> dict[int, Fact]:
    """Step 7: done when the round's term report is issued; publishing is a second act.

    It stays done while a corrected version waits for its signature.
    """
    documents = IssuedDocument.objects.filter(round__in=rounds).defer("snapshot")
    documents = documents.order_by("version").annotate(
        prepared_at=last_moved(IssuedDocument, "pk", "prepare", "revise", "prepare_again"),
        returned_at=last_moved(IssuedDocument, "pk", "return"),
    )
    counted = {d.round_id: d for d in documents if d.is_issued or d.version == 1}
    return {r.pk: _report_fact(r, counted.get(r.pk)) for r in rounds}


def _report_fact(round_: Round, document: IssuedDocument | None) -> Fact:
    if document is None:
        return Fact(
            detail="ยังไม่เสนอรายงาน",
            act="เสนอรายงาน",
            needs=Permission.PREPARE_REPORT,
            url=link("term_report", round_.pk),
        )
    if document.state == DocumentState.RETURNED:
        return Fact(
            detail=f"รายงานเลขที่ {document.number} ถูกส่งกลับให้แก้ไข",
            returned_on=document.returned_at and local_day(document.returned_at),
            act="แก้ไขแล้วเสนอรายงานอีกครั้ง",
            needs=Permission.PREPARE_REPORT,
            url=link("term_report", round_.pk),
            word="ส่งกลับแก้ไข",
        )
    if not document.is_issued:
        # The round's page sends on whoever may see a report that is not issued yet.
        return Fact(
            detail=f"รายงานเลขที่ {document.number} รอลงนาม",
            since=document.prepared_at,
            act="ลงนามออกรายงาน",
            needs=Permission.ISSUE_REPORT,
            url=link("term_report", round_.pk),
            word="รอลงนาม",
        )
    day = short_date(document.issued_at)
    detail = f"{document.get_state_display()} เลขที่ {document.number} เมื่อ {day}"
    return Fact(True, detail, document.issued_at, url=document.get_absolute_url())


def waiting(user: User, walks: Sequence[Walk]) -> list[Waiting]:
    """Reports to sign, or returned to who prepares them, that none of these walks shows.

    The first report of a round waits in its walk; a year's report, those of earlier terms and
    corrected versions would wait unseen.
    """
    acts = {}
    if can(user, Permission.ISSUE_REPORT):
        acts[DocumentState.PREPARED] = ("ลงนามออกรายงาน", "รอลงนาม")
    if can(user, Permission.PREPARE_REPORT):
        acts[DocumentState.RETURNED] = ("แก้ไขแล้วเสนอรายงานอีกครั้ง", "ถูกส่งกลับให้แก้ไข")
    if not acts:
        return []
    walked = [walk.round.pk for walk in walks]
    rows = with_subject(IssuedDocument.objects.filter(state__in=acts).order_by("state", "-pk"))
    found = []
    for state, documents in groupby(rows.exclude(round__in=walked, version=1), attrgetter("state")):
        found += _waiting(*acts[DocumentState(state)], list(documents))
    return found


def _waiting(act: str, detail: str, documents: Sequence[IssuedDocument]) -> list[Waiting]:
    if len(documents) > MANY:
        url = f"{reverse('reports')}?state={documents[0].state}"
        return [Waiting(f"{act} {len(documents)} ฉบับ", url, "ขั้นที่ 7")]
    return [
        Waiting(
            title=f"{act} {_subject(document)}",
            url=document.get_absolute_url(),
            detail=f"ขั้นที่ 7 · รายงานเลขที่ {document.number} {detail}",
        )
        for document in documents
    ]


def _subject(document: IssuedDocument) -> str:
    if document.round:
        return f"{document.round.school.short_name} ภาคเรียนที่ {document.round.term}"
    return f"ประจำปีการศึกษา {document.academic_year}"

from collections.abc import Sequence

from django.urls import reverse

from reports.enums import DocumentKind, DocumentState
from reports.models import IssuedDocument
from schools.access import Permission, can
from schools.models import User
from schools.thai import short_date
from supervision.cycle.steps import Fact
from supervision.cycle.waiting import Waiting
from supervision.rounds.models import Round


def report_facts(rounds: Sequence[Round]) -> dict[int, Fact]:
    """Step 7: done when the round's term report is issued; publishing is a second act."""
    documents = IssuedDocument.objects.filter(round__in=rounds).defer("snapshot")
    by_round = {document.round_id: document for document in documents}
    return {r.pk: _report_fact(r, by_round.get(r.pk)) for r in rounds}


def _report_fact(round_: Round, document: IssuedDocument | None) -> Fact:
    if document is None:
        return Fact(
            detail="ยังไม่เสนอรายงาน",
            act="เสนอรายงาน",
            needs=Permission.PREPARE_REPORT,
            url=reverse("term_report", args=[round_.pk]),
        )
    if not document.is_issued:
        # The round's page sends on whoever may see a report that is not issued yet.
        return Fact(
            detail=f"รายงานเลขที่ {document.number} รอลงนาม",
            act="ลงนามออกรายงาน",
            needs=Permission.ISSUE_REPORT,
            url=reverse("term_report", args=[round_.pk]),
            word="รอลงนาม",
        )
    day = short_date(document.issued_at)
    detail = f"{document.get_state_display()} เลขที่ {document.number} เมื่อ {day}"
    return Fact(True, detail, document.issued_at, url=document.get_absolute_url())


def waiting(user: User) -> list[Waiting]:
    """Year-end reports before the area director; a round's own report waits in its walk."""
    if not can(user, Permission.ISSUE_REPORT):
        return []
    rows = IssuedDocument.objects.filter(kind=DocumentKind.YEAR, state=DocumentState.PREPARED)
    return [
        Waiting(
            title=f"ลงนามออกรายงานประจำปีการศึกษา {document.academic_year}",
            url=document.get_absolute_url(),
            detail=f"ขั้นที่ 7 · รายงานเลขที่ {document.number} รอลงนาม",
        )
        for document in rows.select_related("academic_year").defer("snapshot")
    ]

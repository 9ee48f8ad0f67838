from collections.abc import Sequence

from django.urls import reverse

from reports.models import ISSUED_STATES, IssuedDocument
from schools.access import Permission
from schools.thai import short_date
from supervision.cycle.steps import Fact
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
    url = document.get_absolute_url()
    if document.state not in ISSUED_STATES:
        return Fact(
            detail=f"รายงานเลขที่ {document.number} รอลงนาม",
            act="ลงนามออกรายงาน",
            needs=Permission.ISSUE_REPORT,
            url=url,
            word="รอลงนาม",
        )
    day = short_date(document.issued_at)
    detail = f"{document.get_state_display()} เลขที่ {document.number} เมื่อ {day}"
    return Fact(True, detail, document.issued_at, url=url)

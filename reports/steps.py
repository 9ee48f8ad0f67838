from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from reports.enums import DocumentState
from reports.models import IssuedDocument
from reports.queries import with_subject
from schools.access import Permission, can
from schools.links import link
from schools.models import Term, User
from schools.thai import short_date
from supervision.cycle.facts import Fact
from supervision.cycle.waiting import MANY, Waiting
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
            url=link("term_report", round_.pk),
        )
    if not document.is_issued:
        # The round's page sends on whoever may see a report that is not issued yet.
        return Fact(
            detail=f"รายงานเลขที่ {document.number} รอลงนาม",
            act="ลงนามออกรายงาน",
            needs=Permission.ISSUE_REPORT,
            url=link("term_report", round_.pk),
            word="รอลงนาม",
        )
    day = short_date(document.issued_at)
    detail = f"{document.get_state_display()} เลขที่ {document.number} เมื่อ {day}"
    return Fact(True, detail, document.issued_at, url=document.get_absolute_url())


def waiting(user: User) -> list[Waiting]:
    """Reports before the area director that no walk of the home page shows.

    A report of the term in force waits in its round's walk; a year's report and those of
    earlier terms would wait unseen.
    """
    if not can(user, Permission.ISSUE_REPORT):
        return []
    walked = Round.objects.for_term(Term.objects.in_force(timezone.localdate())).current()
    rows = with_subject(IssuedDocument.objects.filter(state=DocumentState.PREPARED))
    documents = list(rows.exclude(round__in=walked))
    if len(documents) > MANY:
        return [Waiting(f"ลงนามออกรายงาน {len(documents)} ฉบับ", reverse("reports"), "ขั้นที่ 7")]
    return [_waiting(document) for document in documents]


def _waiting(document: IssuedDocument) -> Waiting:
    return Waiting(
        title=f"ลงนามออกรายงาน {_subject(document)}",
        url=document.get_absolute_url(),
        detail=f"ขั้นที่ 7 · รายงานเลขที่ {document.number} รอลงนาม",
    )


def _subject(document: IssuedDocument) -> str:
    if document.round:
        return f"{document.round.school.short_name} ภาคเรียนที่ {document.round.term}"
    return f"ประจำปีการศึกษา {document.academic_year}"

"""Step 7 of the showroom: reports put forward and signed. Their files are drawn when asked for."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from reports.actions import TEMPLATE_VERSION, publish_report, report_snapshot
from reports.data.schema import ReportFigures
from reports.data.signers import PaperSigner
from reports.data.summary import summary_report
from reports.data.term import term_reports
from reports.data.year import year_report
from reports.enums import DocumentAction, DocumentKind, DocumentState
from reports.models import IssuedDocument
from reports.rendering import render_document
from schools.core.thai import be_year
from schools.models import AcademicYear, Term
from supervision.demo.office_days import at_ten
from supervision.demo.showroom.people import ShowroomPeople
from supervision.demo.showroom.planned_rounds import PlannedRound, RoundProgressGoal
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.practices.enums import PracticeState

G = RoundProgressGoal
SUMMARY_AFTER = timedelta(days=14)  # the term has closed
YEAR_REPORT_AFTER = timedelta(days=21)  # the last term of the year has closed
PUBLISHED_AFTER = timedelta(days=50)  # the term has closed, and its late visits too
PUBLISHED_PRACTICES = 2  # a term: each paper is drawn while the showroom is loaded


def save_term_reports(planned: Sequence[PlannedRound]) -> None:
    """Put the reports of complete rounds forward; most of them are signed."""
    prepared = [one for one in planned if one.has_reached(G.PREPARED)]
    first_number = IssuedDocument.objects.count() + 1
    documents = [_term_document(one, number) for number, one in enumerate(prepared, first_number)]
    signed_on = {
        one.row.pk: one.at("issue").date() for one in prepared if one.has_reached(G.ISSUED)
    }
    figures = term_reports(signed_on)
    for one, document in zip(prepared, documents, strict=True):
        if one.has_reached(G.ISSUED):
            _sign(document, figures[one.row.pk], one.people, one.at("issue"))
    save_all(documents)
    save_histories(
        History(document, list(_acts_of_report(one.people, document, one.at("report"))))
        for one, document in zip(prepared, documents, strict=True)
    )


def _term_document(planned: PlannedRound, number: int) -> IssuedDocument:
    return IssuedDocument(
        kind=DocumentKind.TERM,
        round=planned.row,
        state=DocumentState.PREPARED,
        number=_number(number, planned.at("report")),
        prepared_by=planned.people.office.group,
        prepared_as=planned.people.title_of(planned.people.office.group),
        prepared_at=planned.at("report"),
        is_sample=True,
    )


def _number(number: int, at: datetime) -> str:
    return f"ตัวอย่าง {number}/{be_year(at)}"


def _sign(
    document: IssuedDocument,
    figures: ReportFigures,
    people: ShowroomPeople,
    at: datetime,
) -> None:
    """The area director signs: the figures are frozen, no file is drawn yet."""
    director = people.office.area
    document.state, document.issued_at, document.issued_by = DocumentState.ISSUED, at, director
    document.issued_as = people.title_of(director)
    signer = PaperSigner("", director.full_name, document.issued_as, "ลงนาม", at)
    document.snapshot = report_snapshot(document, figures, signer)
    document.template_version = TEMPLATE_VERSION


def _acts_of_report(
    people: ShowroomPeople, document: IssuedDocument, prepared_at: datetime
) -> Iterator[LoggedAct]:
    yield LoggedAct(DocumentAction.PREPARE, people.office.group, prepared_at)
    if document.issued_at:
        yield LoggedAct(DocumentAction.ISSUE, people.office.area, document.issued_at)


def issue_year_report(year: AcademicYear, people: ShowroomPeople) -> datetime:
    """Sign the report of a year that is over; returns when that was."""
    closes_on = max(term.closes_on for term in year.terms.all())
    with at_ten(closes_on + YEAR_REPORT_AFTER):
        document = IssuedDocument(kind=DocumentKind.YEAR, academic_year=year)
        return _issue_area_report(document, year_report(year), people)


def issue_area_summary(term: Term, people: ShowroomPeople) -> None:
    """Sign the summary of a term that is over, of all schools."""
    with at_ten(term.closes_on + SUMMARY_AFTER):
        document = IssuedDocument(kind=DocumentKind.SUMMARY, term=term)
        _issue_area_report(document, summary_report(term), people)


def _issue_area_report(
    document: IssuedDocument, figures: ReportFigures, people: ShowroomPeople
) -> datetime:
    """Put it forward and sign it now; returns when that is."""
    at = timezone.localtime()
    document.number = _number(IssuedDocument.objects.count() + 1, at)
    document.prepared_by, document.prepared_at = people.office.group, at
    document.prepared_as = people.title_of(people.office.group)
    document.is_sample = True
    _sign(document, figures, people, at)
    document.save()
    save_histories([History(document, list(_acts_of_report(people, document, at)))])
    return at


def publish_practices(term: Term, people: ShowroomPeople) -> None:
    """Publish the reports of some rounds whose practice was selected, for others to learn from."""
    selected = IssuedDocument.objects.filter(
        round__term=term,
        round__practices__state=PracticeState.SELECTED,
        state=DocumentState.ISSUED,
    )
    with at_ten(term.closes_on + PUBLISHED_AFTER):
        for document in selected.order_by("pk").distinct()[:PUBLISHED_PRACTICES]:
            # Only a made document can be published.
            render_document.call(document.pk)
            document.refresh_from_db()
            publish_report(document, by=people.office.area)

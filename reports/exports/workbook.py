"""Everything of a term in one workbook: a sheet for each subject, and a dictionary.

Each sheet is that of the subject's own file, for the schools that the overview's filters leave.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.data_notes import data_notes_sheet
from reports.exports.decisions import DecisionListing, decision_listing, decisions_sheet
from reports.exports.dictionary import dictionary_sheet
from reports.exports.drive_progress import workbook_drive_sheets
from reports.exports.files import excel_response, selection_in_words, term_words
from reports.exports.indicators import indicators_sheet
from reports.exports.ledger import ledger_sheet
from reports.exports.matrix import indicators_matrix_sheet, standards_matrix_sheet
from reports.exports.needs import needs_sheets
from reports.exports.register import report_register_sheet
from reports.exports.results import clusters_sheet, figures_sheet, standards_sheet
from reports.exports.school_status import school_status_sheet
from reports.exports.term_learning import term_learning_sheet
from reports.exports.visits import visits_sheet
from reports.overview.area_results import AreaResults, load_area_results
from reports.overview.filters import OverviewFilters, OverviewSelection, select_for_overview
from reports.overview.page import ResultsPage
from reports.queries import register_rows
from schools.access import Permission, require
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import ExportSheet
from schools.models import User
from supervision.improvement.ledger import with_report_columns
from supervision.improvement.models import Recommendation
from supervision.needs.models import NeedsCampaign
from supervision.needs.results import needs_results
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.models.drives import AT_WORK_STATES
from supervision.quality_drive.progress.listing import drive_progress_list
from supervision.results.advice import AdviceRow, load_advice
from supervision.visits.listing import visit_listing


def overview_workbook(request: SignedInRequest) -> HttpResponse:
    """All data of the term, with the filters of the overview."""
    require(request.user, Permission.VIEW_AREA)
    today = timezone.localdate()
    selection = select_for_overview(request.user, request.GET.dict(), today)
    if selection is None:
        raise Http404
    sheets = workbook_sheets(request.user, selection, today)
    return excel_response(sheets, f"ข้อมูลทั้งหมดของภาคเรียนที่ {selection.term}")


def workbook_sheets(
    user: User, selection: OverviewSelection, today: date
) -> list[ExportSheet[Any]]:
    """The sheets in the order in which they are read, the dictionary last."""
    results = load_area_results(user, selection, today, with_sizes=True)
    listed = {row.school.pk for row in selection.schools}
    counted = {row.school.pk for row in results.of_term(results.term)}
    advice = [row for row in load_advice(user, [selection.term]) if row.school_id in counted]
    sheets: list[ExportSheet[Any]] = [
        figures_sheet(results, advice, selection.filters, today),
        school_status_sheet(user, selection, results, today),
        *_result_sheets(results, selection.filters),
        *_record_sheets(user, selection, listed | counted, today),
        _advice_sheet(user, selection, advice, today),
        term_learning_sheet(user, selection),
        *_drive_sheets(user, selection, today),
        data_notes_sheet(ResultsPage(user, selection, results, today)),
    ]
    return [*sheets, dictionary_sheet(sheets)]


def _result_sheets(results: AreaResults, filters: OverviewFilters) -> list[ExportSheet[Any]]:
    """What the scores say: of standards, indicators and clusters, and school by school."""
    return [
        standards_sheet(results, filters),
        indicators_sheet(results, filters),
        clusters_sheet(results, filters),
        standards_matrix_sheet(results, filters),
        indicators_matrix_sheet(results, filters),
    ]


def _record_sheets(
    user: User, selection: OverviewSelection, schools: Collection[int], today: date
) -> list[ExportSheet[Any]]:
    """What was recorded of these schools: visits, decisions, needs, reports."""
    term, words = selection.term, selection_in_words(selection.filters)
    asked = {"term": str(term.pk)}
    sheets: list[ExportSheet[Any]] = []
    if visits := visit_listing(user, asked, today):
        kept = visits.visits.filter(round__school__in=schools)
        sheets.append(visits_sheet(replace(visits, visits=kept)))
    if decisions := decision_listing(user, asked, today):
        sheets.append(decisions_sheet(_decisions_of(decisions, schools)))
    documents = register_rows(user).filter(round__term=term, round__school__in=schools)
    sheets += [
        *_needs_sheets(user, selection, schools, today),
        report_register_sheet(documents, term_words(term), words),
    ]
    return [replace(sheet, filters=words) for sheet in sheets]


def _drive_sheets(user: User, selection: OverviewSelection, today: date) -> list[ExportSheet[Any]]:
    """The progress of these schools in the drive of the year; none where the year has no drive."""
    drives = QualityDrive.objects.visible_to(user).filter(state__in=AT_WORK_STATES)
    year = selection.term.academic_year
    drive = drives.select_related("academic_year").filter(academic_year=year).first()
    if drive is None:
        return []
    found = drive_progress_list(user, drive, {}, today)
    return workbook_drive_sheets(
        found, {row.school.pk for row in selection.schools}, selection_in_words(selection.filters)
    )


def _advice_sheet(
    user: User, selection: OverviewSelection, advice: Sequence[AdviceRow], today: date
) -> ExportSheet[Any]:
    """The recommendations that the figures of the term count."""
    rows = Recommendation.objects.visible_to(user).filter(pk__in=[row.pk for row in advice])
    period = f"{term_words(selection.term)} และที่ยังค้างจากภาคเรียนก่อน"
    words = selection_in_words(selection.filters)
    return ledger_sheet(with_report_columns(rows), today, period, words)


def _decisions_of(listing: DecisionListing, schools: Collection[int]) -> DecisionListing:
    return replace(listing, rows=[row for row in listing.rows if row.school.pk in schools])


def _needs_sheets(
    user: User, selection: OverviewSelection, schools: Collection[int], today: date
) -> list[ExportSheet[Any]]:
    """Those of the survey that asked in the term; none where no survey did."""
    campaign = NeedsCampaign.objects.covering(selection.term)
    results = needs_results(user, {"campaign": str(campaign.pk)}, today) if campaign else None
    if results is None:
        return []
    return needs_sheets(
        replace(results, rows=[row for row in results.rows if row.school.pk in schools])
    )

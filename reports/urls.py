from django.urls import include, path, re_path

from reports import changes, drafts, executive, prepare_pages, public, public_honours, views
from reports.exports import (
    activities,
    agreements,
    annual_reports,
    answers,
    board,
    circumstances,
    decisions,
    directory,
    dissemination,
    drive_progress,
    drive_tables,
    duty_matrix,
    learning,
    ledger,
    listed_schools,
    matrix,
    needs,
    practices,
    ranking,
    register,
    self_assessments,
    visits,
    workbook,
)
from reports.overview import (
    advice_results,
    area_page,
    data_notes,
    duty_workload,
    indicator_results,
    learning_results,
    one_indicator,
    programmes,
    school_actions,
    school_list,
    school_results,
    standard_results,
    summary,
    term_results,
    work,
)
from reports.overview import files as overview_files
from reports.overview import map as overview_map
from reports.quality_drive import agreement_paper

urlpatterns = [
    path("overview/", area_page.overview, name="overview"),
    path("overview/todos/", work.overview_todos, name="overview_todos"),
    path("overview/work/", work.overview_work, name="overview_work"),
    path("overview/programmes/", programmes.overview_programmes, name="overview_programmes"),
    path("overview/learning/", learning_results.overview_learning, name="overview_learning"),
    path("duties/workload/", duty_workload.duty_workload, name="duty_workload"),
    path("duties/export/", duty_matrix.duty_matrix_export, name="duty_matrix_export"),
    path("overview/summary.pdf", summary.overview_pdf, name="overview_pdf"),
    path("overview/actions/", school_actions.overview_actions, name="overview_actions"),
    path("", include("reports.api.urls")),
    path("board/export/", board.board_export, name="board_export"),
    path(
        "drives/<int:year>/progress/export/",
        drive_progress.drive_progress_export,
        name="drive_progress_export",
    ),
    path("schools/export/", directory.directory_export, name="directory_export"),
    path("", include("reports.needs_facts.urls")),
    path("needs/export/", needs.needs_export, name="needs_export"),
    path(
        "self-assessments/export/",
        self_assessments.self_assessments_export,
        name="self_assessments_export",
    ),
    path("recommendations/export/", ledger.ledger_export, name="ledger_export"),
    path("visits/export/", visits.visits_export, name="visits_export"),
    path(
        "profiles/circumstances/export/",
        circumstances.circumstances_export,
        name="circumstances_export",
    ),
    path("drives/<int:year>/ranking/export/", ranking.ranking_export, name="ranking_export"),
    path("decisions/export/", decisions.decisions_export, name="decisions_export"),
    path("activities/export/", activities.activities_export, name="activities_export"),
    path("profiles/learning/export/", learning.learning_export, name="learning_export"),
    path("practices/export/", practices.practices_export, name="practices_export"),
    path("reports/export/", register.report_register_export, name="report_register_export"),
    path(
        "profiles/sar/export/", annual_reports.annual_reports_export, name="annual_reports_export"
    ),
    path("overview/export/answers/", answers.answers_export, name="answers_export"),
    path("overview/results/", term_results.overview_results, name="overview_results"),
    path(
        "overview/results/indicators/",
        indicator_results.overview_indicators,
        name="overview_indicators",
    ),
    path("overview/results/advice/", advice_results.overview_advice, name="overview_advice"),
    path("overview/results/data/", data_notes.overview_data_notes, name="overview_data_notes"),
    path("overview/schools/", school_list.overview_schools, name="overview_schools"),
    path(
        "overview/standards/<int:pk>/", standard_results.overview_standard, name="overview_standard"
    ),
    path(
        "overview/indicators/<int:pk>/", one_indicator.overview_indicator, name="overview_indicator"
    ),
    path(
        "overview/export/schools/",
        listed_schools.overview_schools_export,
        name="overview_schools_export",
    ),
    path("overview/export/matrix/", matrix.matrix_export, name="matrix_export"),
    path("overview/export/workbook/", workbook.overview_workbook, name="overview_workbook"),
    path("schools/<int:pk>/results/", school_results.school_results, name="school_results"),
    path("", include("reports.profiles.urls")),
    path("", include("reports.papers.urls")),
    path("", include("reports.certificates.urls")),
    path("", include("reports.word.urls")),
    path("", include("reports.memos.urls")),
    path("", include("reports.handbook.urls")),
    path("reports/", views.report_register, name="reports"),
    path("rounds/<int:pk>/report/", prepare_pages.term_report_page, name="term_report"),
    path("reports/years/<int:year>/", prepare_pages.year_report_page, name="year_report"),
    path("reports/", include("reports.composer.urls")),
    path("reports/drives/<int:drive_year>/", prepare_pages.drive_report_page, name="drive_report"),
    path(
        "reports/drives/<int:drive_year>/tables/",
        drive_tables.drive_tables_export,
        name="drive_tables_export",
    ),
    path("reports/terms/<int:pk>/", prepare_pages.summary_report_page, name="summary_report_area"),
    path(
        "reports/terms/<int:pk>/clusters/<int:cluster_pk>/",
        prepare_pages.summary_report_page,
        name="summary_report_cluster",
    ),
    re_path(rf"{drafts.DRAFT_ADDRESS}$", drafts.report_draft, name="report_draft"),
    re_path(
        rf"{drafts.DRAFT_ADDRESS}executive\.pdf$",
        executive.report_draft_executive,
        name="report_draft_executive",
    ),
    re_path(
        rf"{drafts.DRAFT_ADDRESS}start/$", drafts.report_draft_start, name="report_draft_start"
    ),
    re_path(
        rf"{drafts.DRAFT_ADDRESS}cancel/$", drafts.report_draft_cancel, name="report_draft_cancel"
    ),
    re_path(rf"{drafts.DRAFT_ADDRESS}file/$", drafts.report_draft_file, name="report_draft_file"),
    path("reports/<int:pk>/", views.report_page, name="report"),
    path("reports/<int:pk>/changes/", changes.report_changes, name="report_changes"),
    path("reports/<int:pk>/file/", views.report_file, name="report_file"),
    path("reports/<int:pk>/executive.pdf", executive.report_executive, name="report_executive"),
    path("reports/<int:pk>/return/", views.report_return, name="report_return"),
    path("reports/<int:pk>/again/", views.report_prepare_again, name="report_prepare_again"),
    path("reports/<int:pk>/drop/", views.report_discard, name="report_discard"),
    path("reports/<int:pk>/revise/", views.report_revise, name="report_revise"),
    path("reports/<int:pk>/issue/", views.report_issue, name="report_issue"),
    path("reports/<int:pk>/render/", views.report_render, name="report_render"),
    path(
        "reports/<int:pk>/render/cancel/", views.report_render_cancel, name="report_render_cancel"
    ),
    path("reports/<int:pk>/publish/", views.report_publish, name="report_publish"),
    path("reports/<int:pk>/withdraw/", views.report_withdraw, name="report_withdraw"),
    path("overview/files/", overview_files.overview_files, name="overview_files"),
    path("overview/map/", overview_map.area_map, name="overview_map"),
    path(
        "drives/<int:year>/agreements/export/",
        agreements.agreements_export,
        name="agreements_export",
    ),
    path(
        "drives/agreements/<int:pk>/paper/", agreement_paper.agreement_paper, name="agreement_paper"
    ),
    path("dissemination/export/", dissemination.dissemination_export, name="dissemination_export"),
    path("published/", public.published_list, name="published"),
    path("published/honours/", public_honours.honoured_schools, name="honoured_schools"),
    path("published/<str:code>/", public.published_page, name="published_report"),
    path("verify/", public.verify_form, name="verify_form"),
    path("verify/<str:code>/", public.verify_page, name="verify"),
]

from django.urls import path

from reports.papers import (
    blank_form,
    bundle_pages,
    criteria_form,
    decision_record,
    filled_forms,
    letters,
    needs_forms,
    network_summary,
    order_paper,
    plan,
    practice_record,
    round_papers_page,
    standard_sheet,
    summary_record,
    visit_notices,
)

urlpatterns = [
    path("orders/<int:pk>/order.pdf", order_paper.order_paper, name="order_paper"),
    path(
        "standards/<str:code>/<int:year>/sheet.pdf",
        standard_sheet.standard_sheet,
        name="standard_sheet",
    ),
    path(
        "networks/<int:year>/summary.pdf", network_summary.network_summary, name="network_summary"
    ),
    path("terms/<int:pk>/papers/", bundle_pages.term_papers, name="term_papers"),
    path("terms/<int:pk>/bundles/", bundle_pages.bundle_create, name="bundle_create"),
    path("bundles/<int:pk>/", bundle_pages.bundle_page, name="bundle"),
    path("bundles/<int:pk>/cancel/", bundle_pages.bundle_cancel, name="bundle_cancel"),
    path("bundles/<int:pk>/file/", bundle_pages.bundle_file, name="bundle_file"),
    path("rounds/<int:pk>/papers/", round_papers_page.round_papers_page, name="round_papers"),
    path("needs/frames/<int:pk>/form/", needs_forms.blank_needs_form, name="blank_needs_form"),
    path("rounds/<int:pk>/needs/form/", needs_forms.round_needs_form, name="round_needs_form"),
    path("rounds/<int:pk>/needs/record.pdf", needs_forms.filled_needs_form, name="needs_paper"),
    path(
        "criteria/<int:pk>/record.pdf",
        criteria_form.indicator_set_form,
        name="indicator_set_paper",
    ),
    path("criteria/<int:pk>/form/", blank_form.blank_form_pdf, name="blank_form"),
    path("visits/<int:pk>/form/", blank_form.visit_form_pdf, name="visit_form"),
    path("visits/<int:pk>/notice/", visit_notices.visit_notice_page, name="visit_notice"),
    path("visits/<int:pk>/notice/send/", visit_notices.visit_notice_send, name="visit_notice_send"),
    path(
        "visits/<int:pk>/notice/recall/",
        visit_notices.visit_notice_recall,
        name="visit_notice_recall",
    ),
    path("visits/<int:pk>/notice.pdf", letters.visit_notice_paper, name="visit_notice_paper"),
    path("visits/notices/<int:pk>/", visit_notices.announced_visit, name="announced_visit"),
    path("visits/plan.pdf", plan.supervision_plan, name="supervision_plan"),
    path("visits/notices.pdf", letters.visit_notices_paper, name="visit_notices_paper"),
    path("visits/<int:pk>/record.pdf", filled_forms.visit_filled_form, name="visit_filled_form"),
    path(
        "self-assessments/<int:pk>/record.pdf",
        filled_forms.self_assessment_filled_form,
        name="self_assessment_filled_form",
    ),
    path(
        "rounds/<int:pk>/decision/record.pdf",
        decision_record.decision_record,
        name="decision_paper",
    ),
    path("practices/<int:pk>/record.pdf", practice_record.practice_record, name="practice_paper"),
    path("summaries/<int:pk>/record.pdf", summary_record.summary_record, name="summary_paper"),
]

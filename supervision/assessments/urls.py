from django.urls import path

from supervision.assessments import (
    evidence,
    late_edits,
    overview,
    reminders,
    sheet_views,
    views,
)

urlpatterns = [
    path(
        "rounds/<int:pk>/self-assessment/",
        views.self_assessment_start,
        name="self_assessment_start",
    ),
    path("self-assessments/", overview.self_assessment_list, name="self_assessments"),
    path(
        "self-assessments/reminder/",
        reminders.self_assessment_reminder,
        name="self_assessments_reminder",
    ),
    path(
        "self-assessments/reminder/line/",
        reminders.self_assessment_reminder_line,
        name="self_assessments_reminded",
    ),
    path(
        "self-assessments/reminder/mail/",
        reminders.self_assessment_reminder_mail,
        name="self_assessments_mail",
    ),
    path("self-assessments/<int:pk>/", views.self_assessment_detail, name="self_assessment"),
    path(
        "self-assessments/<int:pk>/confirm/",
        views.self_assessment_confirm,
        name="self_assessment_confirm",
    ),
    path(
        "self-assessments/<int:pk>/return/",
        views.self_assessment_return,
        name="self_assessment_return",
    ),
    path("sheets/<int:pk>/", sheet_views.sheet_redirect, name="sheet"),
    path("sheets/<int:pk>/<int:standard>/", sheet_views.sheet_standard, name="sheet_standard"),
    path("sheets/<int:pk>/edits/", sheet_views.sheet_edits, name="sheet_edits"),
    path("sheets/<int:pk>/texts/", sheet_views.sheet_texts, name="sheet_texts"),
    path("sheets/<int:pk>/evidence/", evidence.sheet_evidence, name="sheet_evidence"),
    path("late-edits/<int:pk>/use/", late_edits.late_edit_use, name="late_edit_use"),
    path("late-edits/<int:pk>/dismiss/", late_edits.late_edit_dismiss, name="late_edit_dismiss"),
    path("evidence/<uuid:pk>/", evidence.evidence_file, name="evidence"),
    path("evidence/<uuid:pk>/small/", evidence.evidence_small, name="evidence_small"),
    path("evidence/<uuid:pk>/edit/", evidence.evidence_edit, name="evidence_edit"),
    path("evidence/<uuid:pk>/remove/", evidence.evidence_remove, name="evidence_remove"),
]

from django.urls import path

from supervision.assessments import late_edit_views, progress_views, sheet_views, views
from supervision.assessments.evidence import views as evidence

urlpatterns = [
    path("rounds/<int:pk>/self-assessment/", views.start_assessment, name="self_assessment_start"),
    path("self-assessments/", progress_views.overview_page, name="self_assessments"),
    path(
        "self-assessments/reminder/",
        progress_views.reminder_page,
        name="self_assessments_reminder",
    ),
    path(
        "self-assessments/reminder/line/",
        progress_views.note_reminded,
        name="self_assessments_reminded",
    ),
    path(
        "self-assessments/reminder/mail/",
        progress_views.mail_reminders,
        name="self_assessments_mail",
    ),
    path("self-assessments/<int:pk>/", views.assessment_page, name="self_assessment"),
    path(
        "self-assessments/<int:pk>/confirm/",
        views.confirm_assessment,
        name="self_assessment_confirm",
    ),
    path(
        "self-assessments/<int:pk>/return/", views.return_assessment, name="self_assessment_return"
    ),
    path("sheets/<int:pk>/", sheet_views.sheet_page, name="sheet"),
    path("sheets/<int:pk>/<int:standard>/", sheet_views.standard_page, name="sheet_standard"),
    path("sheets/<int:pk>/edits/", sheet_views.save_edits, name="sheet_edits"),
    path("sheets/<int:pk>/texts/", sheet_views.texts_page, name="sheet_texts"),
    path("sheets/<int:pk>/evidence/", evidence.send_piece, name="sheet_evidence"),
    path("late-edits/<int:pk>/use/", late_edit_views.use, name="late_edit_use"),
    path("late-edits/<int:pk>/dismiss/", late_edit_views.dismiss, name="late_edit_dismiss"),
    path("evidence/<uuid:pk>/", evidence.evidence_file, name="evidence"),
    path("evidence/<uuid:pk>/small/", evidence.evidence_small, name="evidence_small"),
    path("evidence/<uuid:pk>/edit/", evidence.edit_piece, name="evidence_edit"),
    path("evidence/<uuid:pk>/remove/", evidence.remove_piece, name="evidence_remove"),
]

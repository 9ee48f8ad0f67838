from django.urls import path

from reports.papers import blank_form, filled_forms

urlpatterns = [
    path("criteria/<int:pk>/form/", blank_form.blank_form_pdf, name="blank_form"),
    path("visits/<int:pk>/form/", blank_form.visit_form_pdf, name="visit_form"),
    path("visits/<int:pk>/record.pdf", filled_forms.visit_filled_form, name="visit_filled_form"),
    path(
        "self-assessments/<int:pk>/record.pdf",
        filled_forms.self_assessment_filled_form,
        name="self_assessment_filled_form",
    ),
]

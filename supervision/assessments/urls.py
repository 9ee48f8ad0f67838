from django.urls import path

from supervision.assessments import sheet_views, views

urlpatterns = [
    path("rounds/<int:pk>/self-assessment/", views.start_assessment, name="self_assessment_start"),
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
]

from django.urls import path

from supervision.needs import views

urlpatterns = [
    path("rounds/<int:pk>/needs/", views.survey_page, name="needs"),
    path("rounds/<int:pk>/needs/submit/", views.submit_survey, name="needs_submit"),
]

from django.urls import path

from supervision.needs import campaign_views, views

urlpatterns = [
    path("rounds/<int:pk>/needs/", views.survey_page, name="needs"),
    path("rounds/<int:pk>/needs/submit/", views.submit_survey, name="needs_submit"),
    path("rounds/<int:pk>/needs/return/", views.return_survey, name="needs_return"),
    path("terms/<int:pk>/needs/", campaign_views.open_survey, name="needs_open"),
    path("needs/<int:pk>/closing/", campaign_views.set_closing_day, name="needs_closing"),
]

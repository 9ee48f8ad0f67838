from django.urls import path

from supervision.profiles.confirmation import school_pages

school = "schools/<int:pk>/profile/confirm/"
urlpatterns = [
    path(school, school_pages.data_confirmation, name="data_confirmation"),
    path(f"{school}sign/", school_pages.data_confirm, name="data_confirm"),
    path(f"{school}prepare/", school_pages.data_prepare, name="data_prepare"),
    path(f"{school}answer/", school_pages.data_answer, name="data_answer"),
    path(f"{school}report/<str:kind>/", school_pages.data_issue_report, name="data_issue_report"),
]

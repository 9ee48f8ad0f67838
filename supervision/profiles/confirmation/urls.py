from django.urls import path

from supervision.profiles.confirmation import area_pages, issue_pages, school_pages

SCHOOL = "schools/<int:pk>/profile/confirm/"
ISSUE = "profiles/issues/<int:pk>/"
urlpatterns = [
    path("profiles/", area_pages.profiles, name="profiles"),
    path(
        "profiles/confirmation/<int:pk>/open/",
        area_pages.confirmation_open,
        name="confirmation_open",
    ),
    path(
        "profiles/confirmation/<int:pk>/closing/",
        area_pages.confirmation_closing,
        name="confirmation_closing",
    ),
    path("profiles/issues/", issue_pages.data_issues, name="data_issues"),
    path(f"{ISSUE}correct/", issue_pages.data_issue_correct, name="data_issue_correct"),
    path(f"{ISSUE}keep/", issue_pages.data_issue_keep, name="data_issue_keep"),
    path(SCHOOL, school_pages.data_confirmation, name="data_confirmation"),
    path(f"{SCHOOL}sign/", school_pages.data_confirm, name="data_confirm"),
    path(f"{SCHOOL}prepare/", school_pages.data_prepare, name="data_prepare"),
    path(f"{SCHOOL}answer/", school_pages.data_answer, name="data_answer"),
    path(f"{SCHOOL}report/<str:kind>/", school_pages.data_issue_report, name="data_issue_report"),
]

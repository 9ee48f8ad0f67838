from django.urls import path

from supervision.profiles.sar import area_pages, pages

urlpatterns = [
    path("profiles/sar/", area_pages.annual_report_list, name="annual_report_list"),
    path(
        "profiles/sar/<int:year>/deadline/",
        area_pages.annual_report_deadline,
        name="annual_report_deadline",
    ),
    path(
        "schools/<int:pk>/profile/sar/", pages.school_annual_reports, name="school_annual_reports"
    ),
    path("schools/<int:pk>/profile/sar/<int:year>/", pages.annual_report, name="annual_report"),
    path(
        "schools/<int:pk>/profile/sar/<int:year>/edit/",
        pages.annual_report_edit,
        name="annual_report_edit",
    ),
    path(
        "schools/<int:pk>/profile/sar/<int:year>/send/",
        pages.annual_report_send,
        name="annual_report_send",
    ),
    path(
        "schools/<int:pk>/profile/sar/<int:year>/paper/",
        pages.annual_report_paper,
        name="annual_report_paper",
    ),
    path(
        "schools/<int:pk>/profile/sar/<int:year>/return/",
        pages.annual_report_return,
        name="annual_report_return",
    ),
    path(
        "schools/<int:pk>/profile/sar/<int:year>/file/",
        pages.annual_report_file,
        name="annual_report_file",
    ),
]

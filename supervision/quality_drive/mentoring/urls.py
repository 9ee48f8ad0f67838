from django.urls import path

from supervision.quality_drive.mentoring import listing, monitoring_pages, pages, planning

urlpatterns = [
    path("<int:year>/mentoring/", listing.drive_mentoring, name="drive_mentoring"),
    path("<int:year>/mentoring/plan/", planning.mentoring_plan, name="mentoring_plan"),
    path("mentoring/<int:pk>/", pages.mentoring_page, name="mentoring"),
    path("mentoring/<int:pk>/start/", pages.mentoring_start, name="mentoring_start"),
    path("mentoring/<int:pk>/edit/", pages.mentoring_edit, name="mentoring_edit"),
    path("mentoring/<int:pk>/sign/", pages.mentoring_sign, name="mentoring_sign"),
    path(
        "mentoring/<int:pk>/acknowledge/", pages.mentoring_acknowledge, name="mentoring_acknowledge"
    ),
    path("mentoring/<int:pk>/advise/", pages.mentoring_advise, name="mentoring_advise"),
    path("<int:year>/monitoring/", monitoring_pages.monitoring_reports, name="monitoring_reports"),
    path(
        "<int:year>/monitoring/add/",
        monitoring_pages.monitoring_report_add,
        name="monitoring_report_add",
    ),
    path("monitoring/<int:pk>/", monitoring_pages.monitoring_report_page, name="monitoring_report"),
    path(
        "monitoring/<int:pk>/edit/",
        monitoring_pages.monitoring_report_edit,
        name="monitoring_report_edit",
    ),
    path(
        "monitoring/<int:pk>/submit/",
        monitoring_pages.monitoring_report_submit,
        name="monitoring_report_submit",
    ),
    path(
        "monitoring/<int:pk>/reopen/",
        monitoring_pages.monitoring_report_reopen,
        name="monitoring_report_reopen",
    ),
]

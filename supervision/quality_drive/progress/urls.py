from django.urls import path

from supervision.quality_drive.progress import (
    indicator_page,
    lessons_page,
    listing,
    project_pages,
    report_page,
    school_page,
    steps_page,
)

SCHOOL = "<int:year>/schools/<int:pk>/"

urlpatterns = [
    path("<int:year>/progress/", listing.drive_progress, name="drive_progress"),
    path("schools/<int:pk>/", school_page.school_drives, name="school_drives"),
    path(SCHOOL, school_page.school_drive, name="school_drive"),
    path(f"{SCHOOL}steps/", steps_page.school_drive_steps, name="school_drive_steps"),
    path(f"{SCHOOL}lessons/", lessons_page.school_drive_lessons, name="school_drive_lessons"),
    path(f"{SCHOOL}indicators/", indicator_page.drive_indicators, name="drive_indicators"),
    path(f"{SCHOOL}report/", report_page.drive_progress_report, name="drive_progress_report"),
    path(f"{SCHOOL}projects/add/", project_pages.drive_project_new, name="drive_project_new"),
    path("projects/<int:pk>/", project_pages.drive_project, name="drive_project"),
    path("projects/<int:pk>/edit/", project_pages.drive_project_edit, name="drive_project_edit"),
    path(
        "projects/<int:pk>/report/", project_pages.drive_project_report, name="drive_project_report"
    ),
    path("progress/<int:pk>/file/", indicator_page.drive_progress_file, name="drive_progress_file"),
]

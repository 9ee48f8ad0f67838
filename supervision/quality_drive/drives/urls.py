from django.urls import path

from supervision.quality_drive.drives import drive_pages

urlpatterns = [
    path("", drive_pages.drives, name="drives"),
    path("new/", drive_pages.drive_new, name="drive_new"),
    path("<int:year>/", drive_pages.drive_page, name="drive"),
    path("<int:year>/edit/", drive_pages.drive_edit, name="drive_edit"),
]

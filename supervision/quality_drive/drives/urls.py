from django.urls import path

from supervision.quality_drive.drives import (
    design_pages,
    drive_pages,
    lifecycle_pages,
    next_drive,
    teams,
)

urlpatterns = [
    path("", drive_pages.drives, name="drives"),
    path("new/", drive_pages.drive_new, name="drive_new"),
    path("<int:year>/", drive_pages.drive_page, name="drive"),
    path("<int:year>/edit/", drive_pages.drive_edit, name="drive_edit"),
    path("<int:year>/weights/", design_pages.drive_weights, name="drive_weights"),
    path("<int:year>/weights/share/", design_pages.drive_weights_share, name="drive_weights_share"),
    path(
        "<int:year>/dimensions/<slug:code>/", design_pages.drive_dimension, name="drive_dimension"
    ),
    path(
        "<int:year>/dimensions/<slug:code>/share/",
        design_pages.drive_dimension_share,
        name="drive_dimension_share",
    ),
    path(
        "<int:year>/dimensions/<slug:code>/indicators/",
        design_pages.drive_choose_indicators,
        name="drive_choose_indicators",
    ),
    path(
        "<int:year>/sample-indicators/",
        design_pages.drive_sample_indicators,
        name="drive_sample_indicators",
    ),
    path("<int:year>/results/", design_pages.drive_results, name="drive_results"),
    path("<int:year>/endorse/", lifecycle_pages.drive_endorse, name="drive_endorse"),
    path("<int:year>/reopen/", lifecycle_pages.drive_reopen, name="drive_reopen"),
    path("<int:year>/close/", lifecycle_pages.drive_close, name="drive_close"),
    path("<int:year>/next-plan/", lifecycle_pages.drive_next_plan, name="drive_next_plan"),
    path("<int:year>/next/", next_drive.drive_next, name="drive_next"),
    path("<int:year>/teams/", teams.drive_teams, name="drive_teams"),
    path("<int:year>/teams/add/", teams.drive_team_add, name="drive_team_add"),
    path("<int:year>/teams/<int:pk>/edit/", teams.drive_team_edit, name="drive_team_edit"),
    path("<int:year>/teams/<int:pk>/delete/", teams.drive_team_delete, name="drive_team_delete"),
]

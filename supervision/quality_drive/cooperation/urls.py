from django.urls import path

from supervision.quality_drive.cooperation import (
    climate_answer,
    climate_pages,
    event_pages,
    overview,
    partner_pages,
)

urlpatterns = [
    path("<int:year>/cooperation/", overview.drive_cooperation, name="drive_cooperation"),
    path("<int:year>/partners/add/", partner_pages.drive_partner_add, name="drive_partner_add"),
    path("partners/<int:pk>/", partner_pages.drive_partner, name="drive_partner"),
    path("partners/<int:pk>/edit/", partner_pages.drive_partner_edit, name="drive_partner_edit"),
    path("partners/<int:pk>/end/", partner_pages.drive_partner_end, name="drive_partner_end"),
    path("<int:year>/events/add/", event_pages.drive_event_add, name="drive_event_add"),
    path("events/<int:pk>/", event_pages.drive_event, name="drive_event"),
    path("events/<int:pk>/edit/", event_pages.drive_event_edit, name="drive_event_edit"),
    path("events/<int:pk>/record/", event_pages.drive_event_record, name="drive_event_record"),
    path("events/<int:pk>/cancel/", event_pages.drive_event_cancel, name="drive_event_cancel"),
    path("<int:year>/climate/add/", climate_pages.climate_survey_add, name="climate_survey_add"),
    path("climate/<int:pk>/", climate_pages.climate_survey, name="climate_survey"),
    path("climate/<int:pk>/edit/", climate_pages.climate_survey_edit, name="climate_survey_edit"),
    path("climate/<int:pk>/open/", climate_pages.climate_survey_open, name="climate_survey_open"),
    path(
        "climate/<int:pk>/close/", climate_pages.climate_survey_close, name="climate_survey_close"
    ),
    path(
        "climate/<int:pk>/schools/<int:school_pk>/",
        climate_answer.climate_answer,
        name="climate_answer",
    ),
]

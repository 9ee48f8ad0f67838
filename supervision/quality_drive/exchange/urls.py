from django.urls import path

from supervision.quality_drive.exchange import (
    event_pages,
    practice_dimensions,
    request_pages,
    similar_practices,
)

urlpatterns = [
    path("<int:year>/exchange/", event_pages.drive_exchange, name="drive_exchange"),
    path("<int:year>/exchange/add/", event_pages.exchange_event_add, name="exchange_event_add"),
    path("<int:year>/exchange/plan/", event_pages.exchange_event_plan, name="exchange_event_plan"),
    path("exchange/<int:pk>/", event_pages.exchange_event, name="exchange_event"),
    path(
        "exchange/<int:pk>/remove/", event_pages.exchange_event_remove, name="exchange_event_remove"
    ),
    path(
        "exchange/<int:pk>/schools/<int:school_pk>/",
        event_pages.takeaway_add,
        name="takeaway_add",
    ),
    path("takeaways/<int:pk>/", event_pages.takeaway_edit, name="takeaway_edit"),
    path("<int:year>/practices/", practice_dimensions.drive_practices, name="drive_practices"),
    path(
        "<int:year>/practices/<int:pk>/",
        practice_dimensions.practice_dimensions,
        name="practice_dimensions",
    ),
    path(
        "<int:year>/schools/<int:pk>/similar/",
        similar_practices.similar_schools,
        name="similar_schools",
    ),
    path("<int:year>/study-requests/", request_pages.study_requests, name="study_requests"),
    path(
        "<int:year>/schools/<int:pk>/study-requests/add/",
        request_pages.study_request_add,
        name="study_request_add",
    ),
    path("study-requests/<int:pk>/", request_pages.study_request, name="study_request"),
    path(
        "study-requests/<int:pk>/arrange/",
        request_pages.study_request_arrange,
        name="study_request_arrange",
    ),
    path(
        "study-requests/<int:pk>/decline/",
        request_pages.study_request_decline,
        name="study_request_decline",
    ),
    path(
        "study-requests/<int:pk>/withdraw/",
        request_pages.study_request_withdraw,
        name="study_request_withdraw",
    ),
    path(
        "study-requests/<int:pk>/finish/",
        request_pages.study_request_finish,
        name="study_request_finish",
    ),
]

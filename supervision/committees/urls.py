from django.urls import path

from supervision.committees import committee_pages, meeting_pages, record_pages

urlpatterns = [
    path("committees/", committee_pages.committee_list, name="committees"),
    path("committees/new/", committee_pages.committee_add, name="committee_add"),
    path("committees/<int:pk>/", committee_pages.committee_page, name="committee"),
    path("committees/<int:pk>/edit/", committee_pages.committee_edit, name="committee_edit"),
    path(
        "committees/<int:pk>/members/new/", committee_pages.member_add, name="committee_member_add"
    ),
    path("committees/members/<int:pk>/", committee_pages.member_edit, name="committee_member"),
    path(
        "committees/members/<int:pk>/end/", committee_pages.member_end, name="committee_member_end"
    ),
    path("meetings/", meeting_pages.meeting_list, name="meetings"),
    path("meetings/new/", meeting_pages.meeting_plan, name="meeting_plan"),
    path("meetings/<int:pk>/", meeting_pages.meeting_page, name="meeting"),
    path("meetings/<int:pk>/edit/", meeting_pages.meeting_edit, name="meeting_edit"),
    path("meetings/<int:pk>/cancel/", meeting_pages.meeting_cancel, name="meeting_cancel"),
    path("meetings/<int:pk>/open/", meeting_pages.meeting_open, name="meeting_open"),
    path("meetings/<int:pk>/close/", meeting_pages.meeting_close, name="meeting_close"),
    path("meetings/<int:pk>/correct/", meeting_pages.meeting_correct, name="meeting_correct"),
    path("meetings/<int:pk>/attendance/", record_pages.meeting_attendance, name="attendance"),
    path(
        "meetings/<int:pk>/attendance/everyone/",
        record_pages.everyone_present,
        name="everyone_present",
    ),
    path("meetings/<int:pk>/agenda/new/", record_pages.agenda_item_add, name="agenda_item_add"),
    path("meetings/agenda/<int:pk>/", record_pages.agenda_item_edit, name="agenda_item"),
    path("meetings/agenda/<int:pk>/move/", record_pages.agenda_item_move, name="agenda_item_move"),
    path(
        "meetings/agenda/<int:pk>/delete/",
        record_pages.agenda_item_delete,
        name="agenda_item_delete",
    ),
    path("meetings/<int:pk>/recusals/new/", record_pages.recusal_add, name="recusal_add"),
    path(
        "meetings/<int:pk>/recusals/propose/",
        record_pages.recusals_propose,
        name="recusals_propose",
    ),
    path("meetings/recusals/<int:pk>/delete/", record_pages.recusal_delete, name="recusal_delete"),
]

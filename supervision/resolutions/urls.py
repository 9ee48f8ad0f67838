from django.urls import path

from supervision.resolutions import bulk_decisions, meeting_table, practice_table, set_table

urlpatterns = [
    path("meetings/<int:pk>/table/", meeting_table.meeting_table, name="meeting_table"),
    path(
        "meetings/<int:pk>/table/resolve/", bulk_decisions.meeting_resolve, name="meeting_resolve"
    ),
    path("meetings/<int:pk>/sets/", set_table.meeting_sets, name="meeting_sets"),
    path(
        "meetings/<int:pk>/practices/", practice_table.meeting_practices, name="meeting_practices"
    ),
    path(
        "meetings/<int:pk>/practices/resolve/",
        practice_table.meeting_practices_resolve,
        name="meeting_practices_resolve",
    ),
]

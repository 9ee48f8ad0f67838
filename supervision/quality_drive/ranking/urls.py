from django.urls import path

from supervision.quality_drive.ranking import pages, place_pages

PLACE = "<int:year>/schools/<int:pk>/place/"
OBJECTION = "objections/<int:pk>/"

urlpatterns = [
    path("<int:year>/ranking/", pages.ranking_page, name="ranking"),
    path("<int:year>/ranking/compute/", pages.ranking_compute, name="ranking_compute"),
    path("<int:year>/ranking/show/", pages.ranking_show, name="ranking_show"),
    path("<int:year>/ranking/finish/", pages.ranking_finish, name="ranking_finish"),
    path(PLACE, place_pages.own_place, name="own_place"),
    path(f"{PLACE}object/", place_pages.place_object, name="place_object"),
    path(OBJECTION, place_pages.ranking_objection, name="ranking_objection"),
    path(f"{OBJECTION}withdraw/", place_pages.objection_withdraw, name="objection_withdraw"),
    path(f"{OBJECTION}correct/", place_pages.objection_correct, name="objection_correct"),
    path(f"{OBJECTION}keep/", place_pages.objection_keep, name="objection_keep"),
]

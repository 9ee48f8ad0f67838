from django.urls import path

from supervision.quality_drive.crosswalk import answer_pages, table_pages

urlpatterns = [
    path("crosswalk/", table_pages.crosswalk, name="crosswalk"),
    path("crosswalk/propose/", table_pages.crosswalk_propose, name="crosswalk_propose"),
    path("crosswalk/dimension/", table_pages.crosswalk_dimension, name="crosswalk_dimension"),
    path("crosswalk/indicators/<int:pk>/", table_pages.crosswalk_line, name="crosswalk_line"),
    path("<int:year>/answers/", answer_pages.area_answers, name="area_answers"),
    path(
        "<int:year>/schools/<int:pk>/answers/",
        answer_pages.school_answers_page,
        name="school_answers",
    ),
]

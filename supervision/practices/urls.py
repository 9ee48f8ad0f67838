from django.urls import path

from supervision.practices import practice_views, views

urlpatterns = [
    path("rounds/<int:pk>/decision/", views.decision_page, name="decision"),
    path("rounds/<int:pk>/decision/meeting/", views.correct_meeting, name="decision_meeting"),
    path(
        "rounds/<int:pk>/practices/new/",
        practice_views.nominate_practice,
        name="practice_nominate",
    ),
    path("practices/", practice_views.practice_list, name="practices"),
    path("practices/<int:pk>/", practice_views.practice_page, name="practice"),
    path("practices/<int:pk>/edit/", practice_views.edit_practice, name="practice_edit"),
    path("practices/<int:pk>/review/", practice_views.review_practice, name="practice_review"),
    path("practices/<int:pk>/select/", practice_views.select_practice, name="practice_select"),
    path("practices/<int:pk>/decline/", practice_views.decline_practice, name="practice_decline"),
]

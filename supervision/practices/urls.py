from django.urls import path

from supervision.practices import practice_views, views

urlpatterns = [
    path("rounds/<int:pk>/decision/", views.decision_page, name="decision"),
    path("rounds/<int:pk>/decision/meeting/", views.decision_meeting, name="decision_meeting"),
    path(
        "rounds/<int:pk>/practices/new/",
        practice_views.practice_nominate,
        name="practice_nominate",
    ),
    path("practices/", practice_views.practice_list, name="practices"),
    path("practices/<int:pk>/", practice_views.practice_page, name="practice"),
    path("practices/<int:pk>/edit/", practice_views.practice_edit, name="practice_edit"),
    path("practices/<int:pk>/review/", practice_views.practice_review, name="practice_review"),
    path("practices/<int:pk>/select/", practice_views.practice_select, name="practice_select"),
    path("practices/<int:pk>/decline/", practice_views.practice_decline, name="practice_decline"),
]

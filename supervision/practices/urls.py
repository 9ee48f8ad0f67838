from django.urls import path

from supervision.practices import views

urlpatterns = [
    path("rounds/<int:pk>/decision/", views.decision_page, name="decision"),
    path("rounds/<int:pk>/practices/new/", views.nominate_practice, name="practice_nominate"),
    path("practices/<int:pk>/", views.practice_page, name="practice"),
    path("practices/<int:pk>/select/", views.select_practice, name="practice_select"),
]

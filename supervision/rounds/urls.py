from django.urls import path

from supervision.rounds import views

urlpatterns = [
    path("terms/<int:pk>/open/", views.term_open, name="term_open"),
    path("terms/<int:pk>/criteria/", views.term_criteria, name="term_criteria"),
    path("terms/<int:pk>/deadlines/", views.term_deadlines, name="term_deadlines"),
    path("rounds/<int:pk>/deadlines/", views.round_deadlines, name="round_deadlines"),
    path("rounds/<int:pk>/criteria/", views.round_criteria, name="round_criteria"),
]

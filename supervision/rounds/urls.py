from django.urls import path

from supervision.rounds import views

urlpatterns = [
    path("terms/<int:pk>/open/", views.open_term, name="term_open"),
    path("terms/<int:pk>/criteria/", views.assign_sets, name="term_criteria"),
    path("terms/<int:pk>/deadlines/", views.edit_deadlines, name="term_deadlines"),
    path("rounds/<int:pk>/deadlines/", views.edit_round_days, name="round_deadlines"),
    path("rounds/<int:pk>/criteria/", views.choose_criteria, name="round_criteria"),
]

from django.urls import path

from supervision.assignments import assignment_list, coverage, matrix, my_duties, responsible

urlpatterns = [
    path("duties/", matrix.duty_matrix, name="duty_matrix"),
    path("duties/mine/", my_duties.my_duties, name="my_duties"),
    path("duties/coverage/", coverage.duty_coverage, name="duty_coverage"),
    path(
        "orders/<int:pk>/listed/",
        assignment_list.order_assignment_list,
        name="order_assignment_list",
    ),
    path(
        "schools/<int:pk>/responsible/", responsible.school_responsible, name="school_responsible"
    ),
]

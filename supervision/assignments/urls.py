from django.urls import path

from supervision.assignments import (
    assignment_list,
    coverage,
    ending_page,
    issue_page,
    listing,
    matrix,
    my_duties,
    order_page,
    responsible,
    scans,
)
from supervision.assignments.drafting import duties, officers, orders, supersessions

urlpatterns = [
    path("orders/", listing.order_list, name="orders"),
    path("orders/new/", orders.order_add, name="order_add"),
    path("orders/<int:pk>/", order_page.order_page, name="order"),
    path("orders/<int:pk>/edit/", orders.order_edit, name="order_edit"),
    path("orders/<int:pk>/delete/", orders.order_delete, name="order_delete"),
    path("orders/<int:pk>/copy/", orders.order_copy, name="order_copy"),
    path("orders/<int:pk>/revise/", orders.order_revise, name="order_revise"),
    path("orders/<int:pk>/rights/", order_page.order_rights, name="order_rights"),
    path("orders/<int:pk>/issue/", issue_page.order_issue, name="order_issue"),
    path("orders/<int:pk>/scan/", scans.order_scan, name="order_scan"),
    path("orders/<int:pk>/scan/new/", scans.order_scan_add, name="order_scan_add"),
    path(
        "orders/<int:pk>/supersessions/new/",
        supersessions.supersession_add,
        name="supersession_add",
    ),
    path(
        "orders/supersessions/<int:pk>/officers/",
        supersessions.supersession_officers,
        name="supersession_officers",
    ),
    path(
        "orders/supersessions/<int:pk>/delete/",
        supersessions.supersession_delete,
        name="supersession_delete",
    ),
    path("orders/<int:pk>/officers/new/", officers.order_officer_add, name="order_officer_add"),
    path("orders/officers/<int:pk>/", officers.order_officer_edit, name="order_officer_edit"),
    path(
        "orders/officers/<int:pk>/delete/",
        officers.order_officer_delete,
        name="order_officer_delete",
    ),
    path("orders/officers/<int:pk>/move/", officers.order_officer_move, name="order_officer_move"),
    path(
        "orders/officers/<int:pk>/end/", ending_page.officer_end_duties, name="officer_end_duties"
    ),
    path("orders/officers/<int:pk>/duties/new/", duties.order_duty_kinds, name="order_duty_kinds"),
    path(
        "orders/officers/<int:pk>/duties/new/<str:kind>/",
        duties.order_duty_add,
        name="order_duty_add",
    ),
    path("orders/duties/<int:pk>/", duties.order_duty_edit, name="order_duty_edit"),
    path("orders/duties/<int:pk>/delete/", duties.order_duty_delete, name="order_duty_delete"),
    path("orders/duties/<int:pk>/move/", duties.order_duty_move, name="order_duty_move"),
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

from django.urls import path

from supervision.visits import details, listing, planning, ratings, signed_copies, views
from supervision.visits.satisfaction import asking, page

urlpatterns = [
    path("visits/", listing.visit_list, name="visits"),
    path("rounds/<int:pk>/visits/new/", planning.visit_plan, name="visit_plan"),
    path("visits/<int:pk>/", views.visit_page, name="visit"),
    path("visits/<int:pk>/postpone/", planning.visit_postpone, name="visit_postpone"),
    path("visits/<int:pk>/details/", details.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/cancel/", planning.visit_cancel, name="visit_cancel"),
    path("visits/<int:pk>/leader/", planning.visit_change_leader, name="visit_change_leader"),
    path("visits/<int:pk>/record/", views.visit_record, name="visit_record"),
    path("visits/<int:pk>/observation/", views.visit_observe, name="visit_observe"),
    path("visits/<int:pk>/rate/", ratings.visit_rate, name="visit_rate"),
    path("visits/<int:pk>/hand-in/", ratings.visit_submit_rating, name="visit_submit_rating"),
    path("visits/<int:pk>/ratings/", ratings.visit_compare, name="visit_compare"),
    path(
        "visits/<int:pk>/ratings/agreed/",
        ratings.visit_adopt_agreed,
        name="visit_adopt_agreed",
    ),
    path("visits/<int:pk>/sign/", views.visit_sign, name="visit_sign"),
    path("visits/<int:pk>/acknowledge/", views.visit_acknowledge, name="visit_acknowledge"),
    path("visits/<int:pk>/amend/", views.visit_revise, name="visit_revise"),
    path("visits/<int:pk>/satisfaction/", asking.visit_satisfaction, name="visit_satisfaction"),
    path(
        "visits/<int:pk>/satisfaction/skip/",
        asking.visit_satisfaction_skip,
        name="visit_satisfaction_skip",
    ),
    path("visits/satisfaction/", page.satisfaction_page, name="satisfaction"),
    path("visits/<int:pk>/copies/", signed_copies.visit_copy_add, name="visit_copy_add"),
    path("signed-copies/<int:pk>/", signed_copies.visit_copy_file, name="visit_copy"),
    path(
        "signed-copies/<int:pk>/remove/", signed_copies.visit_copy_remove, name="visit_copy_remove"
    ),
]

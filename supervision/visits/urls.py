from django.urls import path

from supervision.visits import copy_views, list_views, planning_views, rating_views, views

urlpatterns = [
    path("visits/", list_views.visit_list, name="visits"),
    path("rounds/<int:pk>/visits/new/", planning_views.visit_plan, name="visit_plan"),
    path("visits/<int:pk>/", views.visit_page, name="visit"),
    path("visits/<int:pk>/postpone/", planning_views.visit_postpone, name="visit_postpone"),
    path("visits/<int:pk>/details/", planning_views.visit_edit, name="visit_edit"),
    path("visits/<int:pk>/cancel/", planning_views.visit_cancel, name="visit_cancel"),
    path("visits/<int:pk>/leader/", planning_views.visit_change_leader, name="visit_change_leader"),
    path("visits/<int:pk>/record/", views.visit_record, name="visit_record"),
    path("visits/<int:pk>/observation/", views.visit_observe, name="visit_observe"),
    path("visits/<int:pk>/rate/", rating_views.visit_rate, name="visit_rate"),
    path("visits/<int:pk>/hand-in/", rating_views.visit_submit_rating, name="visit_submit_rating"),
    path("visits/<int:pk>/ratings/", rating_views.visit_compare, name="visit_compare"),
    path(
        "visits/<int:pk>/ratings/agreed/",
        rating_views.visit_adopt_agreed,
        name="visit_adopt_agreed",
    ),
    path("visits/<int:pk>/sign/", views.visit_sign, name="visit_sign"),
    path("visits/<int:pk>/acknowledge/", views.visit_acknowledge, name="visit_acknowledge"),
    path("visits/<int:pk>/amend/", views.visit_revise, name="visit_revise"),
    path("visits/<int:pk>/copies/", copy_views.visit_copy_add, name="visit_copy_add"),
    path("signed-copies/<int:pk>/", copy_views.visit_copy_file, name="visit_copy"),
    path("signed-copies/<int:pk>/remove/", copy_views.visit_copy_remove, name="visit_copy_remove"),
]

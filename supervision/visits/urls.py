from django.urls import path

from supervision.visits import copy_views, list_views, planning_views, rating_views, views

urlpatterns = [
    path("visits/", list_views.visit_list, name="visits"),
    path("rounds/<int:pk>/visits/new/", planning_views.plan_visit, name="visit_plan"),
    path("visits/<int:pk>/", views.visit_page, name="visit"),
    path("visits/<int:pk>/postpone/", planning_views.postpone_visit, name="visit_postpone"),
    path("visits/<int:pk>/details/", planning_views.revise_visit, name="visit_revise"),
    path("visits/<int:pk>/cancel/", planning_views.cancel_visit, name="visit_cancel"),
    path("visits/<int:pk>/leader/", planning_views.hand_over_visit, name="visit_hand_over"),
    path("visits/<int:pk>/record/", views.start_record, name="visit_record"),
    path("visits/<int:pk>/observation/", views.start_observation, name="visit_observe"),
    path("visits/<int:pk>/rate/", rating_views.rate, name="visit_rate"),
    path("visits/<int:pk>/hand-in/", rating_views.hand_in, name="visit_hand_in"),
    path("visits/<int:pk>/ratings/", rating_views.compare, name="visit_compare"),
    path("visits/<int:pk>/ratings/agreed/", rating_views.take_agreed, name="visit_take_agreed"),
    path("visits/<int:pk>/sign/", views.sign_visit, name="visit_sign"),
    path("visits/<int:pk>/acknowledge/", views.acknowledge_visit, name="visit_acknowledge"),
    path("visits/<int:pk>/amend/", views.amend_visit, name="visit_amend"),
    path("visits/<int:pk>/copies/", copy_views.add_copy, name="visit_copy_add"),
    path("signed-copies/<int:pk>/", copy_views.copy_file, name="visit_copy"),
    path("signed-copies/<int:pk>/remove/", copy_views.remove_copy, name="visit_copy_remove"),
]

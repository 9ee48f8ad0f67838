from django.urls import path

from supervision.visits import views

urlpatterns = [
    path("rounds/<int:pk>/visits/new/", views.plan_visit, name="visit_plan"),
    path("visits/<int:pk>/", views.visit_page, name="visit"),
    path("visits/<int:pk>/record/", views.start_record, name="visit_record"),
    path("visits/<int:pk>/sign/", views.sign_visit, name="visit_sign"),
    path("visits/<int:pk>/acknowledge/", views.acknowledge_visit, name="visit_acknowledge"),
]

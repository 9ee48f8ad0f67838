from django.urls import path

from supervision.operations import views

urlpatterns = [
    path("system/", views.system_health, name="system_health"),
    path("health/", views.health, name="health"),
]

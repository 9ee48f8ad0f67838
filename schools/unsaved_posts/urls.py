from django.urls import path

from schools.unsaved_posts import views

urlpatterns = [
    path("unsaved/<uuid:pk>/", views.unsaved_post, name="unsaved_post"),
    path("unsaved/<uuid:pk>/discard/", views.unsaved_post_discard, name="unsaved_post_discard"),
]

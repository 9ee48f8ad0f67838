from django.urls import path

from schools.unsaved_posts import views

urlpatterns = [
    path("unsaved/<uuid:pk>/", views.unsaved_post, name="unsaved_post"),
    path("unsaved/<uuid:pk>/discard/", views.discard_unsaved_post, name="unsaved_post_discard"),
]

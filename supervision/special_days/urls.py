from django.urls import path

from supervision.special_days import views

urlpatterns = [
    path("calendar/days/", views.special_day_list, name="calendar_days"),
    path("calendar/days/new/", views.special_day_add, name="calendar_day_add"),
    path("calendar/days/<int:pk>/", views.special_day_edit, name="calendar_day"),
    path("calendar/days/<int:pk>/remove/", views.special_day_remove, name="calendar_day_remove"),
]

from django.urls import path

from supervision.days import views

urlpatterns = [
    path("calendar/days/", views.day_list, name="calendar_days"),
    path("calendar/days/new/", views.add_day, name="calendar_day_add"),
    path("calendar/days/<int:pk>/", views.edit_day, name="calendar_day"),
    path("calendar/days/<int:pk>/remove/", views.remove_day, name="calendar_day_remove"),
]

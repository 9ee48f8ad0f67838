from django.urls import path

from supervision.calendar import views

urlpatterns = [
    path("calendar/", views.calendar_page, name="calendar"),
    path("calendar/address/", views.feed_settings, name="calendar_feed_settings"),
    path("calendar/address/new/", views.open_feed, name="calendar_feed_open"),
    path("calendar/address/close/", views.close_feed, name="calendar_feed_close"),
    path("calendar/<slug:token>.ics", views.feed, name="calendar_feed"),
    path("calendar/days/", views.day_list, name="calendar_days"),
    path("calendar/days/new/", views.add_day, name="calendar_day_add"),
    path("calendar/days/<int:pk>/", views.edit_day, name="calendar_day"),
    path("calendar/days/<int:pk>/remove/", views.remove_day, name="calendar_day_remove"),
]

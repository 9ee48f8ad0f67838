from django.urls import path

from supervision.calendar import views

urlpatterns = [
    path("calendar/", views.calendar_page, name="calendar"),
    path("calendar/address/", views.feed_settings, name="calendar_feed_settings"),
    path("calendar/address/new/", views.open_feed, name="calendar_feed_open"),
    path("calendar/address/close/", views.close_feed, name="calendar_feed_close"),
    path("calendar/<slug:token>.ics", views.feed, name="calendar_feed"),
]

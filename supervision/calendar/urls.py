from django.urls import path

from supervision.calendar import views

urlpatterns = [
    path("calendar/", views.calendar_page, name="calendar"),
    path("calendar/address/", views.calendar_feed_settings, name="calendar_feed_settings"),
    path("calendar/address/new/", views.calendar_feed_open, name="calendar_feed_open"),
    path("calendar/address/close/", views.calendar_feed_close, name="calendar_feed_close"),
    path("calendar/<slug:token>.ics", views.calendar_feed, name="calendar_feed"),
]

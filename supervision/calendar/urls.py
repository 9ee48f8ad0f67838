from django.urls import path

from supervision.calendar import feeds, page

urlpatterns = [
    path("calendar/", page.calendar_page, name="calendar"),
    path("calendar/address/", feeds.calendar_feed_settings, name="calendar_feed_settings"),
    path("calendar/address/new/", feeds.calendar_feed_open, name="calendar_feed_open"),
    path("calendar/address/close/", feeds.calendar_feed_close, name="calendar_feed_close"),
    path("calendar/<slug:token>.ics", feeds.calendar_feed, name="calendar_feed"),
]

from django.apps import AppConfig


class CalendarConfig(AppConfig):
    """Appointments and due dates of a person, on pages and as a feed."""

    name = "supervision.calendar"
    verbose_name = "ปฏิทิน"

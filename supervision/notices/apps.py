from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What waits for a person and what others did."""

    name = "supervision.notices"
    verbose_name = "แจ้งเตือน"

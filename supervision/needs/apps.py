from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """Step 1: what schools say that they need."""

    name = "supervision.needs"
    verbose_name = "สภาพปัญหาและความต้องการ"

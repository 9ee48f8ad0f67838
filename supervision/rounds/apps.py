from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """One school, one term, one pass through the seven steps."""

    name = "supervision.rounds"
    verbose_name = "รอบการนิเทศ"

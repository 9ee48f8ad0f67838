from django.apps import AppConfig


class SpecialDaysConfig(AppConfig):
    """Holidays, test days and events that appointments avoid."""

    name = "supervision.special_days"
    verbose_name = "วันสำคัญ"

from django.apps import AppConfig


class CycleConfig(AppConfig):
    """The seven steps asked of the facts: home, area board and school page."""

    name = "supervision.cycle"
    verbose_name = "วงจรเจ็ดขั้น"

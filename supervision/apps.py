from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The seven steps: every room from workflow to cycle."""

    name = "supervision"
    verbose_name = "การนิเทศ"

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Backup, restore, purge, health and the background worker."""

    name = "supervision.operations"
    verbose_name = "การดูแลระบบ"

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Dashboards, documents and the register of issued documents."""

    name = "reports"
    verbose_name = "รายงาน"

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Dashboards, documents and the register of issued documents."""

    name = "reports"
    verbose_name = "รายงาน"

    def ready(self) -> None:
        # The seventh step is a fact of this app, which the cycle below may not import.
        from reports.steps import report_facts, waiting
        from supervision.cycle.steps import seat_report_step
        from supervision.cycle.waiting import seat_waiting

        seat_report_step(report_facts)
        seat_waiting(waiting)

from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The seven steps: every room from workflow to cycle."""

    name = "supervision"
    verbose_name = "การนิเทศ"

    def ready(self) -> None:
        # Recommendations stand above the visits, where they are looked at again.
        from supervision.improvement.ledger import open_lines_of
        from supervision.visits.advice import seat_open_advice

        seat_open_advice(open_lines_of)

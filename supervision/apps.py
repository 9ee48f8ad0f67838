from django.apps import AppConfig


class SupervisionConfig(AppConfig):
    """The seven steps: every room from workflow to cycle."""

    name = "supervision"
    verbose_name = "การนิเทศ"

    def ready(self) -> None:
        # Recommendations stand above the visits, where they are looked at again.
        from django.core.checks import register

        from schools.people.reopening import register_drop
        from supervision.calendar.actions import close_feed_of
        from supervision.improvement.ledger import open_lines_of
        from supervision.notices.actions import forget_choices_of
        from supervision.two_factor import roles_exist
        from supervision.visits.advice import seat_open_advice

        register(roles_exist)
        seat_open_advice(open_lines_of)

        # What is due is asked of the steps, which stand above the calendar.
        from supervision.calendar.queries import register_due_entries
        from supervision.cycle.due_entries import due_entries

        register_due_entries(due_entries)
        register_drop("calendar feed", close_feed_of)
        register_drop("notice settings", forget_choices_of)

        # What is wrong with the portal itself is told above the cycle.
        from supervision.cycle.waiting import seat_waiting
        from supervision.operations.waiting import problems_waiting

        seat_waiting(problems_waiting)

from django.db.models import QuerySet

from supervision.standards.models import StepSheet, WorkGroup


def work_groups() -> QuerySet[WorkGroup]:
    return WorkGroup.objects.prefetch_related("works")


def step_sheets() -> list[StepSheet]:
    """The seven rows, each with `changed`: the last change made by the office, or None."""
    changes = StepSheet.history.filter(history_type="~").select_related("history_user")
    latest = {change.number: change for change in changes.order_by("history_date")}
    sheets = list(StepSheet.objects.all())
    for sheet in sheets:
        sheet.changed = latest.get(sheet.number)
    return sheets

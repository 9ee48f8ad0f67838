"""What waits for a person in the year's plan: its approval, and activities of their own."""

from datetime import date
from typing import TYPE_CHECKING, TypedDict

from django.db.models import Max

from schools.access import Permission, rights_of
from schools.core.thai import short_date
from schools.models import User
from supervision.cycle.todos import REMINDER_PERIOD, TodoItem
from supervision.programmes.models import Activity, SupervisionPlan
from supervision.programmes.plans.enums import ActivityState, PlanState

# An activity without a note for so many days is asked how far it is.
DAYS_BETWEEN_NOTES = 30


class LastNoteColumn(TypedDict):
    """When somebody last noted how far an activity is."""

    noted_on: date | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    NotedActivity = WithAnnotations[Activity, LastNoteColumn]
else:
    NotedActivity = Activity


def plan_todos(user: User, today: date) -> list[TodoItem]:
    """The plan for who approves or drafts it, then one's own activities."""
    return _plans(user) + [
        item for activity in _own_activities(user) if (item := _activity_item(activity, today))
    ]


def _plans(user: User) -> list[TodoItem]:
    rights, asked = rights_of(user), {}
    if rights.allows(Permission.APPROVE_PLAN):
        asked[PlanState.PROPOSED] = "พิจารณาอนุมัติ"
    if rights.allows(Permission.MANAGE_PLAN):
        asked[PlanState.DRAFT] = "จัดทำและเสนอขออนุมัติ"
    if not asked:
        return []
    plans = SupervisionPlan.objects.filter(state__in=asked)
    return [
        TodoItem(f"{asked[PlanState(plan.state)]}{plan}", plan.get_absolute_url(), "แผนงาน · P1")
        for plan in plans
    ]


def _own_activities(user: User) -> list[NotedActivity]:
    """Those not over that the person answers for; who only works on one is not asked."""
    if not rights_of(user).allows(Permission.EDIT_PROGRAMMES):
        return []
    rows = Activity.objects.filter(owner=user).of_approved_plans().still_open()
    return list(rows.annotate(noted_on=Max("progress__noted_on")).order_by("ends_on", "pk"))


def _activity_item(activity: NotedActivity, today: date) -> TodoItem | None:
    """The next thing to do; None while there is none."""
    if activity.is_overdue(today):
        return _item(activity, "บันทึกผลกิจกรรม", activity.ends_on, today)
    if activity.state == ActivityState.PLANNED:
        if activity.starts_on > today + REMINDER_PERIOD:
            return None
        return _item(activity, "เริ่มกิจกรรม", activity.starts_on, today)
    if activity.ends_on <= today + REMINDER_PERIOD:
        return _item(activity, "บันทึกผลกิจกรรม", activity.ends_on, today)
    since = activity.noted_on or activity.starts_on
    if (today - since).days < DAYS_BETWEEN_NOTES:
        return None
    return TodoItem(
        f"บันทึกความก้าวหน้ากิจกรรม {activity}",
        activity.get_absolute_url(),
        f"แผนงาน · ไม่มีการบันทึกตั้งแต่ {short_date(since)}",
    )


def _item(activity: Activity, act: str, day: date, today: date) -> TodoItem:
    return TodoItem(
        f"{act} {activity}",
        activity.get_absolute_url(),
        f"แผนงาน · {activity.get_kind_display()} · ถึง {short_date(activity.ends_on)}",
        due_on=day,
        overdue=max((today - day).days, 0),
        today=day == today,
    )

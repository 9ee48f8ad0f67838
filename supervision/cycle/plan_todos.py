"""The plan for who approves or drafts it; activities and forums for who answers for them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import CharField, F, Max, QuerySet
from django.db.models.functions import Cast
from django.urls import reverse

from schools.access import Permission, rights_of
from schools.core.thai import short_date
from schools.models import User
from supervision.cycle.todos import REMINDER_PERIOD, TodoItem
from supervision.cycle.waiting_rows import WaitingKind, WaitingRow, as_waiting_rows
from supervision.programmes.models import Activity, Forum, SupervisionPlan
from supervision.programmes.networks.enums import ForumState
from supervision.programmes.plans.enums import ActivityKind, ActivityState, PlanState

# An activity without a note for so many days is asked how far it is.
DAYS_BETWEEN_NOTES = 30


def plan_rows(user: User, today: date) -> list[QuerySet]:
    """Plans, then one's own activities and forums."""
    return [*_plans(user), *_own_activities_and_forums(user, today)]


def _plans(user: User) -> list[QuerySet]:
    rights, states = rights_of(user), []
    if rights.allows(Permission.APPROVE_PLAN):
        states.append(PlanState.PROPOSED)
    if rights.allows(Permission.MANAGE_PLAN):
        states.append(PlanState.DRAFT)
    if not states:
        return []
    rows = SupervisionPlan.objects.filter(state__in=states)
    return [as_waiting_rows(rows, WaitingKind.PLAN, title=Cast("fiscal_year", CharField()))]


def _own_activities_and_forums(user: User, today: date) -> list[QuerySet]:
    """Those that the person answers for; who only works on an activity is not asked."""
    if not rights_of(user).allows(Permission.EDIT_PROGRAMMES):
        return []
    activities = Activity.objects.filter(owner=user).of_approved_plans().still_open()
    forums = Forum.objects.filter(created_by=user, state=ForumState.PLANNED, ends_on__lte=today)
    return [
        as_waiting_rows(
            activities,
            WaitingKind.ACTIVITY,
            title=F("title"),
            detail=F("kind"),
            starts_on=F("starts_on"),
            ends_on=F("ends_on"),
            noted_on=Max("progress__noted_on"),
        ),
        as_waiting_rows(
            forums,
            WaitingKind.FORUM,
            title=F("title"),
            detail=F("place"),
            starts_on=F("starts_on"),
            ends_on=F("ends_on"),
        ),
    ]


def plan_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """The plans as they wait for the person."""
    return [_plan_item(row) for row in rows]


def activity_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """The next thing to do for each activity that asks for one."""
    return [item for row in rows if (item := _activity_item(row, today))]


def forum_items(rows: Sequence[WaitingRow], user: User, today: date) -> list[TodoItem]:
    """Forums that are over and have no result yet."""
    return [item for row in rows if (item := _forum_item(row, today))]


def _plan_item(row: WaitingRow) -> TodoItem:
    act = "พิจารณาอนุมัติ" if row.state == PlanState.PROPOSED else "จัดทำและเสนอขออนุมัติ"
    plan = SupervisionPlan(pk=row.pk, fiscal_year=int(row.title))
    return TodoItem(f"{act}{plan}", plan.get_absolute_url(), "แผนงาน · P1")


def _forum_item(row: WaitingRow, today: date) -> TodoItem | None:
    if row.ends_on is None:
        return None
    url = reverse("forum_record", args=[row.pk])
    detail = f"เครือข่าย · {row.detail}"
    return _item(f"บันทึกผลเวทีวิชาการ {row.title}", url, detail, row.ends_on, today)


def _activity_item(row: WaitingRow, today: date) -> TodoItem | None:
    starts_on, ends_on = row.starts_on, row.ends_on
    if starts_on is None or ends_on is None:
        return None
    soon = today + REMINDER_PERIOD
    if ends_on < today or (row.state != ActivityState.PLANNED and ends_on <= soon):
        return _dated_activity(row, "บันทึกผลกิจกรรม", ends_on, today)
    if row.state == ActivityState.PLANNED:
        return _dated_activity(row, "เริ่มกิจกรรม", starts_on, today) if starts_on <= soon else None
    since = row.noted_on or starts_on
    if (today - since).days < DAYS_BETWEEN_NOTES:
        return None
    return TodoItem(
        f"บันทึกความก้าวหน้ากิจกรรม {row.title}",
        reverse("activity", args=[row.pk]),
        f"แผนงาน · ไม่มีการบันทึกตั้งแต่ {short_date(since)}",
    )


def _dated_activity(row: WaitingRow, act: str, day: date, today: date) -> TodoItem:
    until = short_date(row.ends_on) if row.ends_on else ""
    detail = f"แผนงาน · {ActivityKind(row.detail).label} · ถึง {until}"
    return _item(f"{act} {row.title}", reverse("activity", args=[row.pk]), detail, day, today)


def _item(title: str, url: str, detail: str, day: date, today: date) -> TodoItem:
    return TodoItem(
        title,
        url,
        detail,
        due_on=day,
        overdue=max((today - day).days, 0),
        today=day == today,
    )

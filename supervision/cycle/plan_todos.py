"""What waits for a person in programmes and orders: plan, own activities and forums, drafts.

All of it is asked for at once, for it stands on pages that ask for much else.
"""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, Max, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from schools.access import Permission, rights_of
from schools.core.thai import short_date
from schools.models import User
from supervision.cycle.order_todos import order_draft_item, waiting_order_drafts
from supervision.cycle.todos import REMINDER_PERIOD, TodoItem
from supervision.programmes.models import Activity, Forum, SupervisionPlan
from supervision.programmes.networks.enums import ForumState
from supervision.programmes.plans.enums import ActivityKind, ActivityState, PlanState

# An activity without a note for so many days is asked how far it is.
DAYS_BETWEEN_NOTES = 30
PLAN, ACTIVITY, FORUM, ORDER = "plan", "activity", "forum", "order"


class WaitingRow(NamedTuple):
    """A plan, activity, forum or draft that may wait for the person; missing days are None.

    `detail` is the kind of an activity, the place of a forum or what a draft waits for;
    `noted_on` is when somebody last noted how far an activity is.
    """

    what: str
    pk: int
    state: str
    title: str
    detail: str
    starts_on: date | None
    ends_on: date | None
    noted_on: date | None


def plan_todos(user: User, today: date) -> list[TodoItem]:
    """The plan for who approves or drafts it, then one's own activities and forums, and drafts of
    orders; one query."""
    sources = [*_plans(user), *_own_activities_and_forums(user, today), *_order_drafts(user)]
    if not sources:
        return []
    first, *others = sources
    rows = [WaitingRow(*row) for row in first.union(*others).order_by("row_ends", "pk")]
    return [item for row in rows if (item := _waiting_item(row, today))]


def _plans(user: User) -> list[QuerySet]:
    rights, states = rights_of(user), []
    if rights.allows(Permission.APPROVE_PLAN):
        states.append(PlanState.PROPOSED)
    if rights.allows(Permission.MANAGE_PLAN):
        states.append(PlanState.DRAFT)
    if not states:
        return []
    rows = SupervisionPlan.objects.filter(state__in=states)
    return [_as_rows(rows, PLAN, title=Cast("fiscal_year", CharField()))]


def _own_activities_and_forums(user: User, today: date) -> list[QuerySet]:
    """Those that the person answers for; who only works on an activity is not asked."""
    if not rights_of(user).allows(Permission.EDIT_PROGRAMMES):
        return []
    activities = Activity.objects.filter(owner=user).of_approved_plans().still_open()
    forums = Forum.objects.filter(created_by=user, state=ForumState.PLANNED, ends_on__lte=today)
    return [
        _as_rows(
            activities,
            ACTIVITY,
            title=F("title"),
            detail=F("kind"),
            starts=F("starts_on"),
            ends=F("ends_on"),
            noted=Max("progress__noted_on"),
        ),
        _as_rows(
            forums,
            FORUM,
            title=F("title"),
            detail=F("place"),
            starts=F("starts_on"),
            ends=F("ends_on"),
        ),
    ]


def _order_drafts(user: User) -> list[QuerySet]:
    drafts = waiting_order_drafts(user)
    if drafts is None:
        return []
    return [_as_rows(drafts, ORDER, title=F("subject"), detail=F("waits_for"))]


def _as_rows(rows: QuerySet, what: str, **columns: Any) -> QuerySet:
    """The columns of WaitingRow; PostgreSQL wants to know of which type an empty one is."""
    no_day = Cast(Value(None), DateField())
    empty = {"detail": Value(""), "starts": no_day, "ends": no_day, "noted": no_day}
    named = {f"row_{name}": column for name, column in (empty | columns).items()}
    order = ("row_title", "row_detail", "row_starts", "row_ends", "row_noted")
    found = rows.order_by().annotate(row_what=Value(what), **named)
    return found.values_list("row_what", "pk", "state", *order)


def _waiting_item(row: WaitingRow, today: date) -> TodoItem | None:
    """The next thing to do; None while there is none."""
    if row.what == PLAN:
        return _plan_item(row)
    if row.what == FORUM:
        return _forum_item(row, today)
    if row.what == ORDER:
        return order_draft_item(row.pk, row.title, row.detail)
    return _activity_item(row, today)


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

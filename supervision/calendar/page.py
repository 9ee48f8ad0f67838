"""The calendar page: a month, a week or a list of what one person may see."""

import calendar
from datetime import date, timedelta
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet, TextChoices, Value
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from schools.access import Permission, can, require, rights_of
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.models import Cluster, Term, User
from schools.office import remember_current_term
from supervision.calendar.queries import (
    CalendarScope,
    calendar_entries,
    calendar_page_days,
    people_with_visits,
)
from supervision.special_days.models import SpecialDay

WEEKS = calendar.Calendar(firstweekday=calendar.SUNDAY)
LIST_LENGTH = timedelta(days=60)
MOST_ON_A_DAY = 4  # entries in a month; a day of many schools leads to its week


class CalendarView(TextChoices):
    """How much of the calendar a page shows, and how."""

    MONTH = "month", "เดือน"
    WEEK = "week", "สัปดาห์"
    LIST = "list", "รายการ"


MINE, ALL = "mine", "all"


class CalendarScopeForm(PortalForm):
    """Whose calendar is shown; what is not understood shows one's own."""

    who = forms.ChoiceField(label="ปฏิทินของ", required=False)

    def __init__(
        self,
        *args: Any,
        people: QuerySet[User],
        clusters: QuerySet[Cluster],
        usually: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.usually = usually
        who = cast("forms.ChoiceField", self.fields["who"])  # declared above
        who.choices = [(MINE, "ของฉัน"), (ALL, "ทั้งหมดที่เห็นได้"), *_choices(clusters, people)]

    @property
    def chosen(self) -> str:
        """What was asked for; unasked, whose calendar this person usually sees."""
        return self.cleaned_data.get("who") or self.usually

    def scope(self, user: User) -> CalendarScope:
        kind, _, pk = self.chosen.partition("-")
        if kind == "cluster":
            return CalendarScope(cluster=int(pk))
        if kind == "person":
            return CalendarScope(person=User.objects.get(pk=pk))
        return CalendarScope(person=user) if self.chosen == MINE else CalendarScope()

    def visit_filters(self, user: User) -> dict[str, str]:
        """The same choice as the filters of the list of visits call it."""
        kind, _, pk = self.chosen.partition("-")
        if kind == "cluster":
            return {"cluster": pk}
        if kind == "person":
            return {"leader": pk}
        return {"leader": str(user.pk)} if self.chosen == MINE else {}


def _choices(clusters: QuerySet[Cluster], people: QuerySet[User]) -> list[tuple[str, str]]:
    """Clusters, then people, each in the order of their names; asked for in one query."""
    rows = clusters.order_by().values_list(Value("cluster"), "pk", "name", "sort_key")
    others = people.order_by().values_list(Value("person"), "pk", "full_name", "full_name")
    found = sorted(rows.union(others), key=lambda row: (row[0], row[3]))
    return [(f"{kind}-{pk}", name) for kind, pk, name, _ in found]


def calendar_page(request: SignedInRequest) -> HttpResponse:
    if not rights_of(request.user).allows_anywhere(Permission.VIEW_SCHOOL):
        return _no_schools(request)
    today, shown = timezone.localdate(), _view(request)
    around = _day(request, today)
    dates = _dates(shown, around)
    form = _scope_form(request)
    found = calendar_entries(request.user, form.scope(request.user), dates[0], dates[-1])
    special_days = list(SpecialDay.objects.between(dates[0], dates[-1]))
    most = MOST_ON_A_DAY if shown == CalendarView.MONTH else None
    days = calendar_page_days(dates, found, special_days, today, most)
    context = {
        "form": form,
        "shown": shown,
        "views": CalendarView,
        "around": around,
        "month": around.month,
        "today": today,
        "days": days,
        "weeks": [days[at : at + 7] for at in range(0, len(days), 7)] if shown == "month" else [],
        "before": _step(shown, dates[0], around, back=True),
        "after": _step(shown, dates[-1], around),
        "may_edit_special_days": can(request.user, Permission.EDIT_REGISTRY),
        "is_empty": all(day.is_empty for day in days),
        "plan_query": _plan_query(form, request.user, _term_of(request, around, today)),
    }
    return render(request, "calendar/calendar.html", context)


def _term_of(request: SignedInRequest, around: date, today: date) -> Term | None:
    """The term of the day shown; today's, which every page names, is asked for with it."""
    opened = Term.objects.filter(opens_on__lte=max(around, today)).order_by("-opens_on")
    terms = list(opened.select_related("academic_year__area"))
    current = next((term for term in terms if term.opens_on <= today), None)
    if current:
        remember_current_term(request, current)
    return next((term for term in terms if term.opens_on <= around), None)


def _plan_query(form: CalendarScopeForm, user: User, term: Term | None) -> str:
    """Which plan of visits the page leads to: of the day's term and of whom is shown."""
    return urlencode(form.visit_filters(user) | ({"term": term.pk} if term else {}))


def _no_schools(request: SignedInRequest) -> HttpResponse:
    """Who keeps the registry only marks days; others have no calendar here."""
    require(request.user, Permission.EDIT_REGISTRY)
    return redirect("calendar_days")


def _view(request: SignedInRequest) -> CalendarView:
    asked = request.GET.get("view", "")
    return CalendarView(asked) if asked in CalendarView.values else CalendarView.MONTH


def _day(request: SignedInRequest, today: date) -> date:
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        return today
    return day if abs(day.year - today.year) < 20 else today


def _dates(shown: CalendarView, around: date) -> list[date]:
    """The days of the page: whole weeks of the month, one week, or the days to come."""
    if shown == CalendarView.MONTH:
        return list(WEEKS.itermonthdates(around.year, around.month))
    if shown == CalendarView.WEEK:
        sunday = around - timedelta(days=(around.weekday() + 1) % 7)
        return [sunday + timedelta(days=n) for n in range(7)]
    return [around + timedelta(days=n) for n in range(LIST_LENGTH.days)]


def _step(shown: CalendarView, edge: date, around: date, *, back: bool = False) -> date:
    """Where the arrows lead: a day in the month, week or stretch before or after."""
    if shown == CalendarView.MONTH:
        first = around.replace(day=1)
        return first - timedelta(days=1) if back else first + timedelta(days=32)
    if shown == CalendarView.LIST and back:
        return edge - LIST_LENGTH
    return edge + timedelta(days=-1 if back else 1)


def _scope_form(request: SignedInRequest) -> CalendarScopeForm:
    """Supervisors look at their own days first; others at all they may see."""
    rights = rights_of(request.user)
    sees_area = rights.allows_anywhere(Permission.VIEW_AREA)
    form = CalendarScopeForm(
        request.GET,
        people=people_with_visits(request.user),
        clusters=Cluster.objects.all() if sees_area else Cluster.objects.none(),
        usually=MINE if rights.schools(Permission.RECORD_VISIT) else ALL,
    )
    form.is_valid()  # a choice that is not understood shows its message and asks for nothing
    return form

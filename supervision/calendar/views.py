import calendar
from datetime import date, timedelta

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require, require_anywhere, rights_of
from schools.core.http import SignedInRequest
from schools.models import Cluster
from supervision.calendar import actions
from supervision.calendar.enums import CalendarView
from supervision.calendar.feed import build_calendar_feed
from supervision.calendar.forms import ALL, MINE, CalendarScopeForm
from supervision.calendar.models import CalendarFeed
from supervision.calendar.queries import calendar_entries, calendar_page_days, people_with_visits
from supervision.special_days.models import SpecialDay

WEEKS = calendar.Calendar(firstweekday=calendar.SUNDAY)
LIST_LENGTH = timedelta(days=60)


def calendar_page(request: SignedInRequest) -> HttpResponse:
    if not rights_of(request.user).allows_anywhere(Permission.VIEW_SCHOOL):
        return _no_schools(request)
    today, shown = timezone.localdate(), _view(request)
    around = _day(request, today)
    dates = _dates(shown, around)
    form = _scope_form(request)
    found = calendar_entries(request.user, form.scope(request.user), dates[0], dates[-1])
    special_days = list(SpecialDay.objects.between(dates[0], dates[-1]))
    days = calendar_page_days(dates, found, special_days, today)
    context = {
        "form": form,
        "shown": shown,
        "views": CalendarView,
        "around": around,
        "today": today,
        "days": days,
        "weeks": [days[at : at + 7] for at in range(0, len(days), 7)] if shown == "month" else [],
        "before": _step(shown, dates[0], around, back=True),
        "after": _step(shown, dates[-1], around),
        "may_edit_special_days": can(request.user, Permission.EDIT_REGISTRY),
        "is_empty": all(day.is_empty for day in days),
    }
    return render(request, "calendar/calendar.html", context)


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


# --- The feed ---


def calendar_feed_settings(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    feed = CalendarFeed.objects.filter(user=request.user).first()
    path = reverse("calendar_feed", args=[feed.token]) if feed else ""
    context = {"feed": feed, "address": f"{settings.SITE_URL}{path}"}
    return render(request, "calendar/feed.html", context)


@require_POST
def calendar_feed_open(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    actions.create_calendar_feed(by=request.user)
    messages.success(request, "ออกที่อยู่ปฏิทินใหม่แล้ว ที่อยู่เดิม (ถ้ามี) ใช้ไม่ได้อีก")
    return redirect("calendar_feed_settings")


@require_POST
def calendar_feed_close(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    actions.delete_calendar_feed(by=request.user)
    messages.success(request, "ยกเลิกที่อยู่ปฏิทินแล้ว เครื่องที่เคยเพิ่มไว้จะอ่านไม่ได้อีก")
    return redirect("calendar_feed_settings")


@login_not_required  # A phone reads it without signing in; the address itself is the secret.
def calendar_feed(request: SignedInRequest, token: str) -> HttpResponse:
    row = get_object_or_404(CalendarFeed.objects.select_related("user"), token=token)
    if not row.user.is_active:
        raise Http404
    content = build_calendar_feed(row.user)
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Cache-Control"] = "private, no-store"
    return response

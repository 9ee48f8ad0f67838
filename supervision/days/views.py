from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, require
from schools.forms import held, saved_tag, typed
from schools.registry.queries import changes_among
from supervision.days.forms import DayForm
from supervision.days.models import CalendarDay
from supervision.workflow.errors import taken_is_refused
from supervision.workflow.refusals import refusal_shown_in

FACTS = ("name", "kind", "starts_on", "ends_on")


def day_list(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    today = timezone.localdate()
    coming = CalendarDay.objects.filter(ends_on__gte=today)
    past = CalendarDay.objects.filter(ends_on__lt=today).order_by("-starts_on")
    changes = changes_among(CalendarDay.history.all(), *FACTS, called=lambda row: row.name)
    context = {"coming": coming, "past": past[:50], "changes": changes}
    return render(request, "days/list.html", context)


def add_day(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    return _edit(request, None)


@transaction.atomic
def edit_day(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    return _edit(request, get_object_or_404(held(request, CalendarDay.objects), pk=pk))


def _edit(request: HttpRequest, day: CalendarDay | None) -> HttpResponse:
    form = DayForm(typed(request), instance=day)
    if form.is_valid():
        with refusal_shown_in(form), taken_is_refused("มีวันนี้ในปฏิทินแล้ว โปรดใช้ชื่ออื่น"):
            form.save()
            done = f"บันทึก {form.instance} ในปฏิทินแล้ว"
            messages.success(request, done, extra_tags=saved_tag(request))
            return redirect("calendar_days")
    return render(request, "days/form.html", {"form": form, "day": day})


@require_POST
def remove_day(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    day = get_object_or_404(CalendarDay, pk=pk)
    day.delete()
    messages.success(request, f"นำ {day} ออกจากปฏิทินแล้ว")
    return redirect("calendar_days")

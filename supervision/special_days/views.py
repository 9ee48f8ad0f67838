"""Days that the office marks: listed, added, put right and taken out of the calendar."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, require
from schools.core.errors import unique_violation_as_refusal
from schools.core.fields import BuddhistDateField
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history, set_history_author
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from schools.registry.queries import registry_changes_among
from supervision.special_days.models import SpecialDay

SPECIAL_DAY_FIELDS = ("name", "kind", "starts_on", "ends_on")


class SpecialDayForm(ConflictCheckedForm):
    """A day or several that the office marks."""

    starts_on = BuddhistDateField(label="ตั้งแต่วันที่")
    ends_on = BuddhistDateField(label="ถึงวันที่", required=False, help_text="เว้นว่างไว้ถ้าเป็นวันเดียว")

    class Meta:
        model = SpecialDay
        fields = SPECIAL_DAY_FIELDS
        widgets = {"kind": forms.RadioSelect}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("starts_on") and not cleaned.get("ends_on") and "ends_on" not in self.errors:
            cleaned["ends_on"] = cleaned["starts_on"]
        return cleaned


# --- What the office does ---


def save_special_day(day: SpecialDay, *, by: User, fields: Mapping[str, Any]) -> None:
    """Mark a day, or put a marked one right. Raises ActionRefused where it is marked already."""
    for name, value in fields.items():
        setattr(day, name, value)
    with unique_violation_as_refusal("มีวันนี้ในปฏิทินแล้ว โปรดใช้ชื่ออื่น"):
        save_with_history(day, by=by)


def delete_special_day(day: SpecialDay, *, by: User) -> None:
    """Take a day out of the calendar; its history stays."""
    set_history_author(day, by=by)
    day.delete()


# --- Its pages ---


def special_day_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    today = timezone.localdate()
    coming = SpecialDay.objects.filter(ends_on__gte=today)
    past = SpecialDay.objects.filter(ends_on__lt=today).order_by("-starts_on")
    changes = registry_changes_among(
        SpecialDay.history.all(), *SPECIAL_DAY_FIELDS, called=lambda row: row.name
    )
    context = {"coming": coming, "past": past[:50], "changes": changes}
    return render(request, "special_days/list.html", context)


def special_day_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    return _edit(request, None)


@transaction.atomic
def special_day_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    return _edit(request, get_object_or_404(lock_rows_on_post(request, SpecialDay.objects), pk=pk))


def _edit(request: SignedInRequest, day: SpecialDay | None) -> HttpResponse:
    form = SpecialDayForm(post_data(request), instance=day)
    if form.is_valid():
        with refusal_as_form_error(form):
            fields = {name: form.cleaned_data[name] for name in SPECIAL_DAY_FIELDS}
            save_special_day(form.instance, by=request.user, fields=fields)
            done = f"บันทึก {form.instance} ในปฏิทินแล้ว"
            return redirect_with_message(request, done, "calendar_days")
    return render(request, "special_days/form.html", {"form": form, "day": day})


@require_POST
def special_day_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    day = get_object_or_404(SpecialDay, pk=pk)
    delete_special_day(day, by=request.user)
    messages.success(request, f"นำ {day} ออกจากปฏิทินแล้ว")
    return redirect("calendar_days")

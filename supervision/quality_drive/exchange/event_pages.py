"""Exchange events of a drive: listed, chosen among forums or planned, and what was taken home."""

from collections import Counter
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require, rights_of
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    form_field,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import short_date
from schools.models import School, User
from supervision.programmes.models import Forum
from supervision.programmes.networks.enums import ForumState
from supervision.programmes.networks.forms import check_no_private_data
from supervision.programmes.networks.forum_forms import ForumForm
from supervision.programmes.networks.forum_pages import FORUM_FIELDS
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.exchange import event_actions
from supervision.quality_drive.models import ExchangeEvent, QualityDrive, Takeaway

FORUMS_OFFERED = 50
TAKEAWAYS_ON_A_PAGE = 30


def drive_exchange(request: SignedInRequest, year: int) -> HttpResponse:
    """The drive's exchange events, for everybody who sees the drive."""
    drive = get_drive(request.user, year)
    events = drive.exchange_events.select_related("forum").annotate(
        schools=Count("takeaways__school", distinct=True)
    )
    context = {
        "drive": drive,
        "events": events.order_by("-forum__starts_on", "-pk"),
        "own_schools": _own_schools(request.user),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "may_edit": can(request.user, Permission.MANAGE_DRIVE),
    }
    return render(request, "quality_drive/exchange/overview.html", context)


def _own_schools(user: User) -> list[School]:
    """The schools whose people the reader is one of."""
    own = rights_of(user).schools(Permission.REPORT_PROGRESS)
    return list(School.objects.filter(pk__in=own)) if own else []


class ForumChoiceField(forms.ModelChoiceField):
    """A forum by its title, day and place."""

    def label_from_instance(self, forum: Forum) -> str:
        return f"{forum} · {short_date(forum.starts_on)} · {forum.place}"


class ExchangeEventForm(PortalForm):
    """Which forum is an exchange event of the drive."""

    forum = ForumChoiceField(Forum.objects.none(), label="เวทีวิชาการ", empty_label="เลือกเวทีวิชาการ")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        free = Forum.objects.not_cancelled().filter(exchange_event=None)
        newest = free.order_by("-starts_on", "-pk").values("pk")[:FORUMS_OFFERED]
        field = form_field(self, "forum", ForumChoiceField)
        field.queryset = Forum.objects.filter(pk__in=list(newest.values_list("pk", flat=True)))
        field.widget.attrs["class"] = "form-select"


def exchange_event_add(request: SignedInRequest, year: int) -> HttpResponse:
    """Choose a forum that is on record already."""
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    form = ExchangeEventForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            event = event_actions.choose_exchange_event(drive, form.cleaned_data["forum"])
            return redirect_with_message(request, "เลือกเวทีแลกเปลี่ยนเรียนรู้แล้ว", event)
    lead = "กำหนดการ ผลงานที่เชิญ และผู้เข้าร่วมอยู่ที่เวทีวิชาการนั้น"
    return _form_page(request, form, drive, "เลือกเวทีวิชาการ", lead)


def exchange_event_plan(request: SignedInRequest, year: int) -> HttpResponse:
    """Plan a new forum as the drive's exchange event."""
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    require(request.user, Permission.EDIT_PROGRAMMES)
    form = ForumForm(post_data(request))
    if form.is_valid():
        fields = {name: form.cleaned_data[name] for name in FORUM_FIELDS}
        with refusal_as_form_error(form):
            event = event_actions.plan_exchange_event(
                drive, by=request.user, practices=form.cleaned_data["practices"], fields=fields
            )
            return redirect_with_message(request, f"กำหนดจัด {event} แล้ว", event)
    return _form_page(request, form, drive, "กำหนดจัดเวทีแลกเปลี่ยนเรียนรู้", "")


def _form_page(
    request: SignedInRequest,
    form: forms.BaseForm,
    drive: QualityDrive,
    title: str,
    lead: str,
    back_url: str = "",
) -> HttpResponse:
    back_url = back_url or reverse("drive_exchange", args=[drive.academic_year.year])
    context = {"form": form, "drive": drive, "title": title, "lead": lead, "back_url": back_url}
    return render(request, "quality_drive/cooperation/edit.html", context)


def exchange_event(request: SignedInRequest, pk: int) -> HttpResponse:
    """One exchange event with what schools took home, each as its reader may know it."""
    event = _event_or_404(request, pk)
    takeaways = Takeaway.objects.visible_to(request.user).filter(event=event)
    ordered = takeaways.select_related("school", "practice").order_by("school__sort_key", "pk")
    sees_area = can(request.user, Permission.VIEW_AREA)
    forum = event.forum
    context = {
        "event": event,
        "forum": forum,
        "practices": forum.practices.all(),
        "attendance": forum.attendance.all(),
        "page": Paginator(ordered, TAKEAWAYS_ON_A_PAGE).get_page(request.GET.get("page")),
        "by_practice": _schools_by_practice(event) if sees_area else [],
        "has_begun": forum.state != ForumState.CANCELLED
        and forum.starts_on <= timezone.localdate(),
        "own_schools": _own_schools(request.user),
        "sees_area": sees_area,
        "may_edit": can(request.user, Permission.MANAGE_DRIVE),
    }
    return render(request, "quality_drive/exchange/event.html", context)


def _schools_by_practice(event: ExchangeEvent) -> list[tuple[str, int]]:
    """From which practice how many schools took something home, the most first."""
    pairs = event.takeaways.order_by().values_list("practice__title", "school").distinct()
    counts = Counter(title or "ไม่ระบุผลงาน" for title, _ in pairs)
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


def _event_or_404(request: SignedInRequest, pk: int) -> ExchangeEvent:
    drives = QualityDrive.objects.visible_to(request.user)
    rows = ExchangeEvent.objects.filter(drive__in=drives).select_related(
        "forum", "drive__academic_year"
    )
    return get_object_or_404(rows, pk=pk)


def exchange_event_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    event = _event_or_404(request, pk)
    require(request.user, Permission.MANAGE_DRIVE)
    overview = reverse("drive_exchange", args=[event.drive.academic_year.year])
    return confirm_action(
        request,
        partial(event_actions.remove_exchange_event, event),
        success_message="นำเวทีออกจากการขับเคลื่อนแล้ว",
        heading=f"นำ {event} ออกจากการขับเคลื่อน",
        effects=["เวทีวิชาการยังอยู่ที่หน้าเวทีวิชาการตามเดิม"],
        submit_label="นำออก",
        cancel_url=overview,
        danger=True,
    )


# --- What schools took home ---


class TakeawayForm(ConflictCheckedForm):
    """What a school took home, from which practice, and by when it will try it."""

    try_by = BuddhistDateField(label="จะนำไปใช้ภายในวันที่ (ถ้ามี)", required=False)

    class Meta:
        model = Takeaway
        fields = ("practice", "text", "try_by")
        widgets = {"text": forms.Textarea}
        help_texts = {"text": "โรงเรียนของคุณและสำนักงานอ่านได้ โรงเรียนอื่นไม่เห็น โปรดไม่ใส่ชื่อบุคคล"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = form_field(self, "practice", forms.ModelChoiceField)
        field.queryset = self.instance.event.forum.practices.all()
        field.empty_label, field.label = "ไม่ระบุผลงาน", "จากผลงาน (ถ้ามี)"

    def clean_text(self) -> str:
        return check_no_private_data(self.cleaned_data["text"])

    def clean_try_by(self) -> Any:
        day = self.cleaned_data["try_by"]
        if day and day < self.instance.event.forum.starts_on:
            raise ValidationError("วันที่จะนำไปใช้ต้องไม่ก่อนวันที่จัดเวที โปรดแก้ไข")
        return day


def takeaway_add(request: SignedInRequest, pk: int, school_pk: int) -> HttpResponse:
    school = get_object_or_404(School.objects.visible_to(request.user), pk=school_pk)
    event = _event_or_404(request, pk)
    require(request.user, Permission.REPORT_PROGRESS, school.pk)
    event_actions.check_takes_takeaways(event)
    return _edit_takeaway(request, Takeaway(event=event, school=school))


@transaction.atomic
def takeaway_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = Takeaway.objects.visible_to(request.user).select_related(
        "event__forum", "event__drive__academic_year", "school"
    )
    takeaway = get_object_or_404(lock_rows_on_post(request, rows), pk=pk)
    require(request.user, Permission.REPORT_PROGRESS, takeaway.school_id)
    return _edit_takeaway(request, takeaway)


def _edit_takeaway(request: SignedInRequest, takeaway: Takeaway) -> HttpResponse:
    event = takeaway.event
    form = TakeawayForm(post_data(request), instance=takeaway)
    if form.is_valid():
        with refusal_as_form_error(form):
            event_actions.save_takeaway(form.instance, by=request.user, **form.cleaned_data)
            return redirect_with_message(request, "บันทึกสิ่งที่นำกลับไปใช้แล้ว", event)
    title = "แก้ไขสิ่งที่นำกลับไปใช้" if takeaway.pk else "บันทึกสิ่งที่นำกลับไปใช้"
    lead = f"{takeaway.school} จาก{event}"
    return _form_page(request, form, event.drive, title, lead, event.get_absolute_url())

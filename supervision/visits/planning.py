"""Planning a visit, and changing its plan before the record is signed: forms and pages."""

from calendar import SATURDAY
from collections.abc import Sequence
from datetime import date, time
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.fields import BuddhistDateField, ListedRowsField, TimeOfDayField
from schools.core.forms import ReasonForm, form_field, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import WEEKDAYS, short_date
from schools.models import Term, User
from supervision.assessments.queries import latest_self_assessment
from supervision.needs.enums import SupervisionMode
from supervision.needs.queries import get_survey_of_round
from supervision.needs.taken_up_list import open_needs_of
from supervision.rounds.actions import ensure_round_is_current
from supervision.rounds.models import Round
from supervision.special_days.models import SpecialDay
from supervision.visits import actions
from supervision.visits.access import confirm_visit_action, get_visit_or_404
from supervision.visits.details import ClashCheckedForm, VisitDetailsForm
from supervision.visits.enums import VisitAction, VisitKind, VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import eligible_leaders, eligible_team_members
from supervision.workflow.actions import ensure_allowed

CANCELLATION_IS_FINAL = "เมื่อยกเลิกแล้วนำนัดหมายนี้กลับมาไม่ได้ หากจะนิเทศอีก ต้องนัดหมายเป็นครั้งใหม่"


class VisitTimeForm(ClashCheckedForm):
    """The day and the time of a visit.

    A day outside the term, one that the calendar marks, and a weekend are asked about first.
    """

    visit_on = BuddhistDateField(label="วันที่นิเทศ")
    outside_term = forms.BooleanField(label="ยืนยันนัดหมายนอกภาคเรียน")
    special_day = forms.BooleanField(label="ยืนยันนัดหมายในวันนี้")
    starts_at = TimeOfDayField(label="ตั้งแต่เวลา", required=False)
    ends_at = TimeOfDayField(label="ถึงเวลา", required=False)
    field_order: Sequence[str] = ("visit_on", "outside_term", "special_day", "starts_at", "ends_at")

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        day = self._submitted_day()
        self._confirm_day_outside_term(visit.round.term, day)
        self._confirm_special_day(day)
        if not self.is_bound:
            del self.fields["confirm_clash"]

    def _confirm_day_outside_term(self, term: Term, day: date | None) -> None:
        """Ask for confirmation of a day outside the term, whose `closes_on` has no class."""
        field = self.fields["outside_term"]
        if day is None or term.is_running_on(day):
            del self.fields["outside_term"]
            return
        field.help_text = (
            f"ภาคเรียนที่ {term} เริ่ม {short_date(term.opens_on)} ปิด {short_date(term.closes_on)}"
        )
        field.error_messages["required"] = (
            f"วันที่อยู่นอกภาคเรียนที่ {term} โปรดแก้วันที่ หรือทำเครื่องหมายยืนยันหากตั้งใจนัดวันนี้"
        )

    def _confirm_special_day(self, day: date | None) -> None:
        """Ask for confirmation of a day that the calendar marks, or a weekend."""
        named = day_descriptions(day) if day else []
        if not named:
            del self.fields["special_day"]
            return
        self.fields["special_day"].error_messages["required"] = (
            f"วันที่เลือกตรงกับ{' · '.join(named)} โปรดแก้วันที่ หรือทำเครื่องหมายยืนยันหากตั้งใจนัดวันนี้"
        )

    def _submitted_day(self) -> date | None:
        try:
            return self.fields["visit_on"].clean(self["visit_on"].data)
        except ValidationError:
            return None

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self._check_times(cleaned.get("starts_at"), cleaned.get("ends_at"))
        if self.errors:
            del self.fields["confirm_clash"]
        else:
            self.check_clashes(Visit(round=self.visit.round, **self.time_data()), self.people())
        return cleaned

    def _check_times(self, starts_at: time | None, ends_at: time | None) -> None:
        if ends_at and not starts_at:
            self.add_error("starts_at", "โปรดกรอกเวลาเริ่ม หรือลบเวลาสิ้นสุด")
        elif starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม โปรดแก้ไขเวลาใดเวลาหนึ่ง")

    def time_data(self) -> dict[str, Any]:
        """The day and the time as they were typed."""
        return {name: self.cleaned_data[name] for name in ("visit_on", "starts_at", "ends_at")}

    def people(self) -> list[User]:
        """Who is expected at the visit."""
        return [self.visit.leader, *self.visit.team.all()]


def day_descriptions(day: date) -> list[str]:
    """What is special about the day: holidays, test days, events of the office, the weekend."""
    marks = SpecialDay.objects.between(day, day)
    weekend = [f"วัน{WEEKDAYS[day.weekday()]}"] if day.weekday() >= SATURDAY else []
    return [f"{mark.get_kind_display()} {mark}" for mark in marks] + weekend


class VisitPostponeForm(VisitTimeForm):
    """Another day or time, and why; the school reads the reason."""

    reason = forms.CharField(
        label="เหตุผล",
        max_length=1000,
        widget=forms.Textarea,
        help_text="โรงเรียนเห็นเหตุผลนี้",
        error_messages={"required": "โปรดระบุเหตุผลที่เลื่อน โรงเรียนจะเห็นเหตุผลนี้"},
    )
    field_order = (*VisitTimeForm.field_order, "confirm_clash", "reason")


class VisitPlanForm(VisitTimeForm, VisitDetailsForm):
    """A new visit."""

    leader = forms.ModelChoiceField(
        User.objects.none(),
        label="หัวหน้าคณะนิเทศ",
        help_text="ผู้ลงนามในบันทึกการนิเทศ",
        error_messages={"invalid_choice": "ผู้นี้ไม่มีหน้าที่นิเทศโรงเรียนนี้ในวันนี้ โปรดเลือกผู้อื่น"},
    )
    field_order = (
        "kind",
        *VisitTimeForm.field_order,
        "mode",
        "purpose",
        "leader",
        "team",
        "confirm_clash",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        school, today = self.visit.round.school, timezone.localdate()
        leader = form_field(self, "leader", forms.ModelChoiceField)
        leader.queryset = eligible_leaders(school, today)
        team = form_field(self, "team", ListedRowsField)
        team.queryset = eligible_team_members(school, today)
        team.help_text = "หัวหน้าคณะนิเทศอยู่ในคณะแล้ว ไม่ต้องเลือกซ้ำ"

    def clean_team(self) -> list[User]:
        """The team without the leader, who is part of it anyway."""
        leader = self.cleaned_data.get("leader")
        return [person for person in self.cleaned_data["team"] if person != leader]

    def people(self) -> list[User]:
        return [self.cleaned_data["leader"], *self.cleaned_data["team"]]

    def plan_data(self) -> dict[str, Any]:
        """The facts of the visit as `plan_visit` takes them."""
        said = ("kind", "mode", "purpose", "leader", "team")
        return self.time_data() | {name: self.cleaned_data[name] for name in said}


class VisitLeaderForm(ClashCheckedForm):
    """Who leads the visit from now on, and why."""

    leader = forms.ModelChoiceField(
        User.objects.none(),
        label="หัวหน้าคณะนิเทศคนใหม่",
        help_text="เลือกได้จากผู้มีหน้าที่นิเทศโรงเรียนนี้",
        error_messages={"invalid_choice": "ผู้นี้ไม่มีหน้าที่นิเทศโรงเรียนนี้ในวันนี้ โปรดเลือกผู้อื่น"},
    )
    reason = forms.CharField(
        label="เหตุผล",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผลที่เปลี่ยนหัวหน้าคณะนิเทศ"},
    )
    field_order = ("leader", "confirm_clash", "reason")

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        others = eligible_leaders(visit.round.school, timezone.localdate()).exclude(
            pk=visit.leader_id
        )
        form_field(self, "leader", forms.ModelChoiceField).queryset = others
        if not self.is_bound:
            del self.fields["confirm_clash"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        self.check_clashes(self.visit, [cleaned["leader"]] if "leader" in cleaned else [])
        return cleaned


def visit_plan(request: SignedInRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    round_ = get_object_or_404(rounds, pk=pk)
    require(request.user, Permission.RECORD_VISIT, round_.school_id)
    ensure_round_is_current(round_)
    initial = {
        "leader": request.user.pk,
        "mode": SupervisionMode.ON_SITE,
        "kind": request.GET.get("kind", VisitKind.ORDINARY),
    }
    form = VisitPlanForm(post_data(request), visit=Visit(round=round_), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            visit = actions.plan_visit(round_, by=request.user, **form.plan_data())
            done = f"นัดหมายการนิเทศวันที่ {short_date(visit.visit_on)} แล้ว"
            return redirect_with_message(request, done, visit)
    context = {
        "round": round_,
        "form": form,
        "survey": get_survey_of_round(round_),
        "open_needs": open_needs_of(round_.school),
        "assessment": latest_self_assessment(round_),
        "visits": round_.visits.in_latest_version(),
    }
    return render(request, "visits/plan.html", context)


def visit_postpone(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, VisitAction.POSTPONE)
    now = {"visit_on": visit.visit_on, "starts_at": visit.starts_at, "ends_at": visit.ends_at}
    form = VisitPostponeForm(post_data(request), visit=visit, initial=now)

    def act(reason: str, **_: Any) -> None:
        actions.postpone_visit(visit, by=request.user, reason=reason, **form.time_data())

    kept = f"วันนัดเดิม {short_date(visit.visit_on)} {visit.times} เก็บไว้ในประวัติ"
    return confirm_visit_action(
        request,
        visit,
        act,
        form=form,
        success_message="เลื่อนนัดหมายแล้ว",
        here="เลื่อนนัดหมาย",
        heading=f"เลื่อนนัดหมาย{visit.label}",
        effects=[kept, "โรงเรียนเห็นวันใหม่และเหตุผลที่เลื่อน"],
        submit_label="เลื่อนนัดหมาย",
    )


def visit_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, VisitAction.CANCEL)
    return confirm_visit_action(
        request,
        visit,
        partial(actions.cancel_visit, visit, by=request.user),
        form=ReasonForm(
            post_data(request),
            help_text="โรงเรียนเห็นเหตุผลนี้",
            required="โปรดระบุเหตุผลที่ยกเลิก โรงเรียนจะเห็นเหตุผลนี้",
        ),
        success_message=f"ยกเลิก{visit.label} แล้ว",
        here="ยกเลิก",
        heading=f"ยกเลิก{visit.label}",
        effects=_what_cancelling_means(visit),
        irreversible=CANCELLATION_IS_FINAL if visit.version == 1 else "",
        danger=True,
        submit_label="ยกเลิกการนิเทศ" if visit.version == 1 else "ยกเลิกฉบับแก้ไข",
    )


def _what_cancelling_means(visit: Visit) -> list[str]:
    told = ["โรงเรียนเห็นว่ายกเลิก และเห็นเหตุผล"]
    if visit.state == VisitState.RECORDING:
        told.append("คะแนนและข้อความที่บันทึกไว้เก็บให้กลุ่มนิเทศฯ อ่านเท่านั้น แก้ไขต่อไม่ได้ และโรงเรียนไม่เห็น")
    if visit.version > 1:
        told.append("ฉบับก่อนหน้าที่ลงนามแล้วยังใช้อยู่ และแก้ไขเป็นฉบับใหม่ได้อีก")
    return told


def visit_change_leader(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    ensure_allowed(visit, actions.leader_change_action(visit))

    def act(leader: User, reason: str, **_: Any) -> None:
        actions.change_visit_leader(visit, by=request.user, leader=leader, reason=reason)

    return confirm_visit_action(
        request,
        visit,
        act,
        form=VisitLeaderForm(post_data(request), visit=visit),
        success_message="เปลี่ยนหัวหน้าคณะนิเทศแล้ว",
        here="เปลี่ยนหัวหน้าคณะ",
        heading=f"เปลี่ยนหัวหน้าคณะ{visit.label}",
        effects=[
            f"{visit.leader} ไม่เป็นผู้ลงนามในบันทึกครั้งนี้อีก",
            "หัวหน้าคณะคนใหม่สรุปคะแนนและลงนาม คะแนนที่ผู้ร่วมนิเทศให้ไว้คงเดิม",
        ],
        submit_label="เปลี่ยนหัวหน้าคณะนิเทศ",
    )

"""What is asked before a visit is recorded: the appointment, and whatever changes in it."""

from calendar import SATURDAY
from collections.abc import Collection
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.html import format_html

from schools.core.fields import BuddhistDateField, ListedRowsField
from schools.core.forms import ConflictCheckedForm, PortalForm
from schools.core.thai import WEEKDAYS, short_date
from schools.models import Term, User
from supervision.needs.enums import SupervisionMode
from supervision.special_days.models import SpecialDay
from supervision.visits.enums import VisitKind, VisitState
from supervision.visits.models import Visit
from supervision.visits.plan_updates import KIND_IS_FIXED
from supervision.visits.queries import eligible_leaders, eligible_team_members, visit_clashes


class ClashCheckedForm(PortalForm):
    """Asks before somebody is expected at two schools at once; it may be meant so."""

    confirm_clash = forms.BooleanField(label="ยืนยันนัดหมาย แม้ตรงกับนัดหมายอื่น", required=False)

    def check_clashes(self, visit: Visit, people: Collection[User]) -> None:
        """The question stands only where it is one."""
        clashes = visit_clashes(visit, people)
        if not clashes:
            del self.fields["confirm_clash"]
        elif not self.cleaned_data.get("confirm_clash"):
            remedy = "โปรดเปลี่ยนเวลาหรือบุคคล หรือทำเครื่องหมายยืนยัน"
            self.add_error("confirm_clash", [f"{clash} {remedy}" for clash in clashes])


class VisitDetailsForm(ClashCheckedForm):
    """What a visit is about, how it is made, and who joins it."""

    kind = forms.ChoiceField(
        label="ประเภทการนิเทศ",
        choices=VisitKind,
        help_text="การสังเกตชั้นเรียนใช้แบบสั้นเฉพาะ และไม่นับเป็นการนิเทศขั้นที่ 4 ของรอบ",
    )
    mode = forms.ChoiceField(
        label="รูปแบบการนิเทศ", choices=SupervisionMode, widget=forms.RadioSelect
    )
    purpose = forms.CharField(
        label="เรื่องที่นิเทศ",
        max_length=300,
        help_text="เช่น นิเทศ ติดตามการจัดการเรียนรู้ประจำภาคเรียน",
    )
    team = ListedRowsField(
        User.objects.none(),
        label="ผู้ร่วมนิเทศ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "มีผู้ร่วมนิเทศที่พ้นหน้าที่แล้ว โปรดเลือกใหม่"},
    )


class VisitTimeField(forms.TimeField):
    """An hour of the day as people type it: 09:30 or 9.30."""

    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"})
    input_formats = ("%H:%M", "%H.%M", "%H:%M:%S")
    default_error_messages = {"invalid": "อ่านเวลาไม่ได้ โปรดพิมพ์เป็น ชั่วโมง:นาที เช่น 09:30"}


class VisitTimeForm(ClashCheckedForm):
    """The day and the time of an appointment.

    A day outside the term, one that the calendar marks, and a weekend are asked about first.
    """

    visit_on = BuddhistDateField(label="วันที่นิเทศ")
    outside_term = forms.BooleanField(label="ยืนยันนัดหมายนอกภาคเรียน")
    special_day = forms.BooleanField(label="ยืนยันนัดหมายในวันนี้")
    starts_at = VisitTimeField(label="ตั้งแต่เวลา", required=False)
    ends_at = VisitTimeField(label="ถึงเวลา", required=False)
    field_order = ("visit_on", "outside_term", "special_day", "starts_at", "ends_at")

    def __init__(self, *args, visit: Visit, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        day = self._submitted_day()
        self._confirm_day_outside_term(visit.round.term, day)
        self._confirm_special_day(day)
        if not self.is_bound:
            del self.fields["confirm_clash"]

    def _confirm_day_outside_term(self, term: Term, day: date | None) -> None:
        """`closes_on` is the first day without class."""
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
        """Schools have no time then."""
        named = _day_descriptions(day) if day else []
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

    def clean(self) -> dict:
        cleaned = super().clean()
        self._check_times(cleaned.get("starts_at"), cleaned.get("ends_at"))
        if self.errors:
            del self.fields["confirm_clash"]
        else:
            self.check_clashes(Visit(round=self.visit.round, **self.time_data()), self.people())
        return cleaned

    def _check_times(self, starts_at, ends_at) -> None:
        if ends_at and not starts_at:
            self.add_error("starts_at", "โปรดกรอกเวลาเริ่ม หรือลบเวลาสิ้นสุด")
        elif ends_at and ends_at <= starts_at:
            self.add_error("ends_at", "เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม โปรดแก้ไขเวลาใดเวลาหนึ่ง")

    def time_data(self) -> dict:
        """What was said of the day and the time."""
        return {name: self.cleaned_data[name] for name in ("visit_on", "starts_at", "ends_at")}

    def people(self) -> list[User]:
        """Who is to be there."""
        return [self.visit.leader, *self.visit.team.all()]


def _day_descriptions(day: date) -> list[str]:
    """What it is: a holiday, a test day, an event of the office, a Saturday or Sunday."""
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
    """A new appointment."""

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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        school, today = self.visit.round.school, timezone.localdate()
        self.fields["leader"].queryset = eligible_leaders(school, today)
        self.fields["team"].queryset = eligible_team_members(school, today)
        self.fields["team"].help_text = "หัวหน้าคณะนิเทศอยู่ในคณะแล้ว ไม่ต้องเลือกซ้ำ"

    def clean_team(self) -> list[User]:
        """The leader is not listed twice."""
        leader = self.cleaned_data.get("leader")
        return [person for person in self.cleaned_data["team"] if person != leader]

    def people(self) -> list[User]:
        return [self.cleaned_data["leader"], *self.cleaned_data["team"]]

    def appointment(self) -> dict:
        """All that was said, without the answers to our questions."""
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

    def __init__(self, *args, visit: Visit, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit
        others = eligible_leaders(visit.round.school, timezone.localdate()).exclude(
            pk=visit.leader_id
        )
        self.fields["leader"].queryset = others
        if not self.is_bound:
            del self.fields["confirm_clash"]

    def clean(self) -> dict:
        cleaned = super().clean()
        self.check_clashes(self.visit, [cleaned["leader"]] if "leader" in cleaned else [])
        return cleaned


class VisitEditForm(ConflictCheckedForm, VisitDetailsForm):
    """What the appointment says beside its day and its leader; once begun, its kind stays.

    Whoever is in the team stays on offer, though they have left their post meanwhile.
    """

    field_order = ("kind", "mode", "purpose", "team", "confirm_clash")

    class Meta:
        model = Visit
        fields = ("kind", "mode", "purpose", "team")

    def __init__(self, *args, instance: Visit, **kwargs) -> None:
        self.before = list(instance.team.order_by("full_name"))
        kwargs["initial"] = {"team": [person.pk for person in self.before]}
        super().__init__(*args, instance=instance, **kwargs)
        self._offer_team(instance)
        if instance.state == VisitState.RECORDING:
            self._keep_kind(instance)
        if not self.is_bound:
            del self.fields["confirm_clash"]

    def _offer_team(self, visit: Visit) -> None:
        field = self.fields["team"]
        known = eligible_team_members(visit.round.school, timezone.localdate())
        people = User.objects.filter(Q(pk__in=known) | Q(pk__in=visit.team.all()))
        field.queryset = people.exclude(pk=visit.leader_id).order_by("full_name")
        raters = User.objects.filter(ratings__visit=visit, pk__in=field.queryset)
        if raters:
            named = " · ".join(map(str, raters))
            field.help_text = format_html("เริ่มให้คะแนนแล้ว จึงนำออกไม่ได้: {}", named)

    def _keep_kind(self, visit: Visit) -> None:
        field = self.fields["kind"]
        field.choices = [(visit.kind, visit.get_kind_display())]
        field.help_text = KIND_IS_FIXED
        field.error_messages["invalid_choice"] = KIND_IS_FIXED

    def clean(self) -> dict:
        joining = [p for p in self.cleaned_data.get("team", ()) if p not in self.before]
        self.check_clashes(self.instance, joining)
        return super().clean()

    def _display_value(self, name: str) -> str:
        if name == "team":
            return " · ".join(map(str, self.before)) or "ว่าง"
        return super()._display_value(name)

    def details(self) -> dict:
        return {name: self.cleaned_data[name] for name in self._meta.fields}

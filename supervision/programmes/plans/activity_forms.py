"""The forms of an activity: what is planned, how far it is, what came of it."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.forms import BoundField

from schools.access import Permission, can, roles_with
from schools.core.fields import BuddhistDateField, ListedRowsField
from schools.core.forms import ConflictCheckedForm, form_field
from schools.core.thai import short_date
from schools.models import Appointment, School, User
from schools.registry.school_lists import (
    NO_CLUSTER,
    list_position,
)
from supervision.assignments.models import Duty
from supervision.programmes.models import Activity, SupervisionPlan
from supervision.programmes.models.activities import WORK_OR_GROUP
from supervision.programmes.plans.activity_actions import ActivityFacts, IndicatorFacts
from supervision.programmes.plans.activity_result_forms import BahtField
from supervision.programmes.plans.enums import ActivityIndicatorKind, ActivityKind
from supervision.standards.models import WorkGroup

MAX_INDICATORS = 5
ROW_FIELDS = (
    *("title", "kind", "project", "work", "work_group", "learning_area", "duty"),
    *("objective", "method", "target_text", "starts_on", "ends_on", "budget_planned", "owner"),
)


class SchoolTicks(NamedTuple):
    """The tick boxes of one cluster's schools, and how many of them are ticked."""

    cluster: str
    boxes: Sequence[Any]
    ticked: int


class IndicatorBoxes(NamedTuple):
    """The boxes of one indicator of the form."""

    number: int
    text: BoundField
    target: BoundField
    kind: BoundField


class DutyField(forms.ModelChoiceField):
    """A duty of an order's annex, with the officer who has it."""

    def label_from_instance(self, duty: Duty) -> str:
        return f"{duty} ({duty.officer.order} {duty.officer})"


class ActivityForm(ConflictCheckedForm):
    """An activity of a plan. Who does not manage the plan owns what they plan."""

    starts_on = BuddhistDateField(label="ตั้งแต่วันที่")
    ends_on = BuddhistDateField(label="ถึงวันที่")
    duty = DutyField(
        Duty.objects.none(),
        label="หน้าที่ตามคำสั่ง",
        required=False,
        empty_label="ไม่ระบุ",
        help_text="เลือกเมื่อกิจกรรมนี้ทำตามข้อใดในคำสั่ง",
    )
    budget_planned = BahtField(
        label="งบประมาณที่ตั้งไว้ (บาท)", help_text="ไม่ใช้งบประมาณ ให้กรอก 0", initial=Decimal(0)
    )
    target_schools = ListedRowsField(
        School.objects.none(),
        label="โรงเรียนเป้าหมาย",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    team = ListedRowsField(
        User.objects.none(),
        label="ผู้ร่วมดำเนินการ",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label="เหตุผลที่เปลี่ยนแปลงแผนที่อนุมัติแล้ว",
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": "โปรดระบุเหตุผล เพราะแผนได้รับอนุมัติแล้ว"},
    )

    class Meta:
        model = Activity
        fields = (*ROW_FIELDS, "target_schools", "team")
        widgets = {
            "kind": forms.RadioSelect,
            "project": forms.TextInput(attrs={"list": "example-projects"}),
        }
        help_texts = {
            "project": "จำเป็นเมื่อใช้โครงการเป็นฐาน เลือกจากตัวอย่างในคู่มือหรือพิมพ์ชื่อโครงการเอง",
            "target_text": "เช่น ครูผู้สอนภาษาไทย 25 คน ไม่ต้องระบุชื่อบุคคล",
            "work_group": "เลือกแทนงาน เมื่อเป็นงานของกลุ่มงานที่คู่มือไม่มีเลขที่งาน",
            "learning_area": "เลือกเมื่อกิจกรรมนี้เป็นของกลุ่มสาระใดโดยเฉพาะ",
        }

    def __init__(
        self, *args: Any, plan: SupervisionPlan, person: User, today: date, **kwargs: Any
    ) -> None:
        self.plan, self.today = plan, today
        activity = kwargs.get("instance")
        kwargs["initial"] = _initial(activity) | (kwargs.get("initial") or {})
        super().__init__(*args, **kwargs)
        for number in range(1, MAX_INDICATORS + 1):
            self._add_indicator_boxes(number)
        form_field(self, "work", forms.ModelChoiceField).empty_label = "เลือกงาน"
        groups = form_field(self, "work_group", forms.ModelChoiceField)
        groups.queryset, groups.empty_label = WorkGroup.objects.filter(works=None), "ไม่ระบุ"
        form_field(self, "learning_area", forms.ModelChoiceField).empty_label = "ไม่ระบุ"
        self._offer_people(activity, person)
        self._offer_schools(activity, person)
        self._offer_duties(activity, person)
        if not plan.is_approved:
            del self.fields["reason"]

    def compared_fields(self) -> list[str]:
        return [*super().compared_fields(), *_indicator_names()]

    def _add_indicator_boxes(self, number: int) -> None:
        """One indicator: what it says, its target, whether it counts or describes."""
        text, target, kind = _indicator_names(number)
        self.fields[text] = forms.CharField(
            label=f"ตัวชี้วัดที่ {number}", max_length=300, required=False
        )
        self.fields[target] = forms.CharField(
            label=f"ค่าเป้าหมายของตัวชี้วัดที่ {number}", max_length=200, required=False
        )
        self.fields[kind] = forms.ChoiceField(
            label=f"ประเภทของตัวชี้วัดที่ {number}",
            choices=ActivityIndicatorKind,
            required=False,
        )

    def _offer_people(self, activity: Activity | None, person: User) -> None:
        """Who may own activities today, and who is in this one already."""
        people = people_of_programmes(self.today)
        if activity:
            known = Q(pk=activity.owner_id) | Q(pk__in=activity.team.values("pk"))
            people = User.objects.filter(Q(pk__in=people.values("pk")) | known)
        people = people.order_by("sort_key")
        choices = [(one.pk, str(one)) for one in people]  # of both fields, asked once
        team = form_field(self, "team", ListedRowsField)
        team.queryset, team.choices = people, choices
        if can(person, Permission.MANAGE_PLAN):
            owner = form_field(self, "owner", forms.ModelChoiceField)
            owner.queryset, owner.choices = people, choices
            self.initial.setdefault("owner", person.pk)
        else:
            del self.fields["owner"]

    def _offer_schools(self, activity: Activity | None, person: User) -> None:
        schools = School.objects.visible_to(person).open_on(self.today)
        if activity:
            chosen = Q(pk__in=activity.target_schools.values("pk"))
            schools = School.objects.filter(Q(pk__in=schools.values("pk")) | chosen)
        field = form_field(self, "target_schools", ListedRowsField)
        field.queryset = schools
        self.listed_schools = sorted(schools.with_cluster(self.today), key=list_position)
        field.choices = [(school.pk, school.short_name) for school in self.listed_schools]

    def _offer_duties(self, activity: Activity | None, person: User) -> None:
        """Duties in force: one's own, and all to who manages the plan."""
        duties = Duty.objects.in_force(self.today)
        if not can(person, Permission.MANAGE_PLAN):
            duties = duties.of_person(person)
        known = Q(pk=activity.duty_id) if activity else Q()
        offered = Duty.objects.filter(Q(pk__in=duties.values("pk")) | known)
        form_field(self, "duty", DutyField).queryset = offered.with_order().order_by(
            "officer__order", "officer__position", "position"
        )

    def school_ticks(self) -> list[SchoolTicks]:
        """The tick boxes of the schools by cluster, as they are listed everywhere."""
        boxes = {box.data["value"]: box for box in self["target_schools"].subwidgets}
        found = []
        for name, schools in groupby(self.listed_schools, key=lambda one: one.cluster_name):
            of_cluster = [boxes[school.pk] for school in schools]
            ticked = sum(box.data["selected"] for box in of_cluster)
            found.append(SchoolTicks(name or NO_CLUSTER, of_cluster, ticked))
        return found

    def indicator_boxes(self) -> list[IndicatorBoxes]:
        return [
            IndicatorBoxes(number, *(self[name] for name in _indicator_names(number)))
            for number in range(1, MAX_INDICATORS + 1)
        ]

    def clean_starts_on(self) -> date:
        """An activity begins in the plan's year; some go on beyond its end."""
        day: date = self.cleaned_data["starts_on"]
        first, last = self.plan.days
        if not first <= day <= last:
            raise ValidationError(
                f"วันเริ่มต้องอยู่ในปีงบประมาณ {self.plan.fiscal_year} "
                f"({short_date(first)} – {short_date(last)})"
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_on, ends_on = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", "วันสิ้นสุดต้องไม่ก่อนวันเริ่ม โปรดแก้ไขวันใดวันหนึ่ง")
        if cleaned.get("kind") == ActivityKind.PROJECT_BASED and not cleaned.get("project"):
            self.add_error("project", "โปรดระบุโครงการ เพราะเลือกนิเทศโดยใช้โครงการเป็นฐาน")
        if not cleaned.get("target_schools") and not cleaned.get("target_text"):
            self.add_error("target_text", "โปรดเลือกโรงเรียนเป้าหมาย หรือระบุกลุ่มเป้าหมายอื่น")
        if bool(cleaned.get("work")) == bool(cleaned.get("work_group")):
            self.add_error("work", WORK_OR_GROUP)
        self._check_indicators(cleaned)
        return cleaned

    def _check_indicators(self, cleaned: dict[str, Any]) -> None:
        """What is said of an indicator, its target and its kind belong together."""
        for number in range(1, MAX_INDICATORS + 1):
            text, target, kind = _indicator_names(number)
            if cleaned.get(text) and not cleaned.get(target):
                self.add_error(target, f"โปรดกรอกค่าเป้าหมายของตัวชี้วัดที่ {number}")
            if cleaned.get(target) and not cleaned.get(text):
                self.add_error(text, f"โปรดกรอกตัวชี้วัดที่ {number} หรือลบค่าเป้าหมาย")
            if cleaned.get(text) and not cleaned.get(kind) and kind not in self.errors:
                self.add_error(kind, f"โปรดเลือกประเภทของตัวชี้วัดที่ {number}")

    def _display_value(self, name: str) -> str:
        """Ticked rows by their names."""
        if name in ("team", "target_schools"):
            model = User if name == "team" else School
            rows = model.objects.filter(pk__in=self.stored[name] or ())
            return " · ".join(map(str, rows)) or "ว่าง"
        return super()._display_value(name)

    def facts(self, *, owner: User) -> ActivityFacts:
        """What was typed; `owner` owns it where the form does not ask."""
        cleaned = self.cleaned_data
        fields = {"owner": owner} | {name: cleaned[name] for name in ROW_FIELDS if name in cleaned}
        return ActivityFacts(
            fields,
            list(cleaned["target_schools"]),
            [person for person in cleaned["team"] if person != fields["owner"]],
            [
                IndicatorFacts(ActivityIndicatorKind(cleaned[kind]), cleaned[text], cleaned[target])
                for text, target, kind in map(_indicator_names, range(1, MAX_INDICATORS + 1))
                if cleaned[text]
            ],
        )


def _indicator_names(number: int | None = None) -> list[str]:
    """The names of the boxes of one indicator, or of all."""
    numbers = [number] if number else range(1, MAX_INDICATORS + 1)
    return [f"indicator_{part}_{one}" for one in numbers for part in ("text", "target", "kind")]


def _initial(activity: Activity | None) -> dict[str, Any]:
    """What the row itself does not hold: ticked schools and people, and indicators."""
    found: dict[str, Any] = {"target_schools": [], "team": []}
    if activity is None:
        return found
    found["target_schools"] = sorted(one.pk for one in activity.target_schools.all())
    found["team"] = sorted(one.pk for one in activity.team.all())
    for number, row in enumerate(activity.indicators.all(), start=1):
        found |= dict(zip(_indicator_names(number), (row.text, row.target, row.kind), strict=True))
    return found


def people_of_programmes(on: date) -> QuerySet[User]:
    """People whose appointment in force that day lets them own activities."""
    posts = Appointment.objects.in_force(on).filter(role__in=roles_with(Permission.EDIT_PROGRAMMES))
    return User.objects.filter(is_active=True, pk__in=posts.values("user"))

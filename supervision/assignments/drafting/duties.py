"""The numbered duties of an officer of a draft: the kind is chosen first, then what it is about."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from schools.core.forms import post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.tables.reading import normalize_cell_text as one_line
from supervision.assignments.drafting import sequence
from supervision.assignments.drafting.officers import get_officer_of_draft
from supervision.assignments.drafting.pages import (
    OrderDraftForm,
    confirm_order_action,
    get_order_draft,
    is_pressed_up,
    redirect_to_order,
    render_order_form,
)
from supervision.assignments.drafting.wording import usual_duty_text
from supervision.assignments.enums import DutyKind
from supervision.assignments.issuing import PLACES_BY_KIND
from supervision.assignments.models import Duty, LearningArea, OfficialOrder, OrderOfficer

MAX_LINE_LENGTH = 300
# What signing the order opens in the portal for each kind; the others open nothing.
RIGHTS_IN_WORDS: Mapping[str, str] = {
    DutyKind.WORK_GROUP_HEAD: "เปิดสิทธิหัวหน้ากลุ่มงาน: จัดทำเกณฑ์ นำและร่วมนิเทศได้ทุกโรงเรียน",
    DutyKind.CLUSTER: "เปิดสิทธิบันทึกการนิเทศของทุกโรงเรียนในกลุ่ม",
    DutyKind.AREA_COMMITTEE: "เปิดสิทธิกรรมการ ก.ต.ป.น.: อ่านทั้งเขต เห็นชอบเกณฑ์ ให้ความเห็น",
    DutyKind.SUBCOMMITTEE: "เปิดสิทธิอ่านผลของโรงเรียนในกลุ่มและให้ความเห็น",
    DutyKind.CLUSTER_CHAIR: "เปิดสิทธิดูความก้าวหน้าของโรงเรียนในกลุ่ม",
}


@dataclass(frozen=True)
class DutyKindChoice:
    """One kind of duty that may be added, and what it opens in the portal."""

    kind: str
    label: str
    rights: str


class OrderDutyForm(OrderDraftForm):
    """One duty of the chosen kind; its text is written by the portal where it is left empty."""

    lines = forms.CharField(
        label="รายการย่อย (ถ้ามี)",
        required=False,
        widget=forms.Textarea,
        help_text="บรรทัดละหนึ่งรายการ เช่น สาระ ประวัติศาสตร์",
    )

    class Meta:
        model = Duty
        fields = (
            *("work_group", "work", "cluster", "learning_area", "project", "committee_name"),
            *("code", "text"),
        )
        widgets = {"text": forms.Textarea}
        help_texts = {
            "code": "ตามลำดับในบัญชีแนบท้าย แก้ไขได้",
            "text": "ตามที่จะพิมพ์ในคำสั่ง เว้นว่างไว้ พอร์ทัลเขียนให้จากสิ่งที่เลือก",
        }

    def __init__(self, *args: Any, instance: Duty, **kwargs: Any) -> None:
        before = "\n".join(line.text for line in instance.lines.all()) if instance.pk else ""
        super().__init__(*args, instance=instance, initial={"lines": before}, **kwargs)
        place = PLACES_BY_KIND.get(DutyKind(instance.kind))
        for name in set(self.fields) - {"code", "text", "lines", "version"}:
            if place is None or name != place[0]:
                del self.fields[name]
        if place:
            field = self.fields[place[0]]
            field.required = True
            field.error_messages["required"] = f"โปรดระบุ{place[1]}ของหน้าที่นี้"
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = "โปรดเลือก"
        self.fields["code"].widget.attrs["class"] = "short"
        self.fields["text"].required = instance.kind == DutyKind.OTHER
        self.fields["lines"].widget.attrs["rows"] = 3
        if instance.kind == DutyKind.LEARNING_AREA and (known := _strands_in_words()):
            self.fields["lines"].help_text = f"บรรทัดละหนึ่งรายการ สาระที่สำนักงานบันทึกไว้: {known}"

    def compared_fields(self) -> Iterable[str]:
        return [*(name for name in super().compared_fields() if name in self.fields), "lines"]

    def clean_code(self) -> str:
        code = one_line(self.cleaned_data["code"])
        others = self.instance.officer.duties.exclude(pk=self.instance.pk)
        if others.filter(code=code).exists():
            raise ValidationError(f"มีข้อ {code} ของผู้นี้แล้ว โปรดใช้เลขข้ออื่น", code="taken")
        return code

    def clean_lines(self) -> list[str]:
        lines = [one_line(line) for line in self.cleaned_data["lines"].splitlines()]
        if any(len(line) > MAX_LINE_LENGTH for line in lines):
            raise ValidationError(
                f"แต่ละบรรทัดยาวได้ไม่เกิน {MAX_LINE_LENGTH} ตัวอักษร โปรดแบ่งเป็นหลายบรรทัด", code="long"
            )
        return [line for line in lines if line]

    def clean_text(self) -> str:
        return one_line(self.cleaned_data["text"])


def _strands_in_words() -> str:
    """The strands that the office keeps, each learning area with its own."""
    areas = LearningArea.objects.filter(strands__isnull=False).distinct()
    return " / ".join(
        f"{area} (สาระ {' สาระ '.join(strand.name for strand in area.strands.all())})"
        for area in areas.prefetch_related("strands")
    )


# --- Pages ---


def _get_duty(request: SignedInRequest, pk: int) -> Duty:
    orders = OfficialOrder.objects.visible_to(request.user)
    rows = Duty.objects.select_related("officer").filter(officer__order__in=orders)
    duty = get_object_or_404(rows, pk=pk)
    duty.officer.order = get_order_draft(request, duty.officer.order_id)
    return duty


def order_duty_kinds(request: SignedInRequest, pk: int) -> HttpResponse:
    """Choose what kind of duty to add."""
    officer = get_officer_of_draft(request, pk)
    choices = [
        DutyKindChoice(value, label, RIGHTS_IN_WORDS.get(value, ""))
        for value, label in DutyKind.choices
    ]
    context = {"order": officer.order, "officer": officer, "choices": choices}
    context["parent"] = _parent_of(request, officer)
    return render(request, "assignments/duty_kinds.html", context)


def _parent_of(request: SignedInRequest, officer: OrderOfficer) -> Duty | None:
    """The duty below which the new one is to stand, if one is named."""
    under = request.GET.get("under", "")
    return (
        officer.duties.filter(pk=under).first() if under.isdecimal() and len(under) < 10 else None
    )


@transaction.atomic
def order_duty_add(request: SignedInRequest, pk: int, kind: str) -> HttpResponse:
    if kind not in DutyKind.values:
        raise Http404
    officer = get_officer_of_draft(request, pk)
    parent = _parent_of(request, officer)
    position = sequence.position_of_new_duty(officer, parent)
    code = sequence.proposed_duty_code(officer, parent)
    new = Duty(officer=officer, kind=kind, position=position, code=code)
    return _duty_page(request, new, f"เพิ่มหน้าที่ของ {officer}: {new.get_kind_display()}")


@transaction.atomic
def order_duty_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = _get_duty(request, pk)
    return _duty_page(request, duty, f"แก้ไขข้อ {duty.code}: {duty.get_kind_display()}")


def _duty_page(request: SignedInRequest, duty: Duty, heading: str) -> HttpResponse:
    form = OrderDutyForm(post_data(request), instance=duty)
    if form.is_valid():
        with refusal_as_form_error(form):
            facts = dict(form.cleaned_data)
            lines = facts.pop("lines")
            for name, value in facts.items():
                setattr(duty, name, value)
            if duty.work:
                duty.work_group = duty.work.work_group
            duty.text = duty.text or usual_duty_text(duty)
            sequence.save_order_duty(duty, by=request.user, lines=lines)
            anchor = f"#officer-{duty.officer_id}"
            return redirect_to_order(request, duty.officer.order, f"บันทึกข้อ {duty.code} แล้ว", anchor)
    return render_order_form(
        request,
        duty.officer.order,
        form,
        heading=heading,
        lead=RIGHTS_IN_WORDS.get(duty.kind, ""),
        submit_label="บันทึกหน้าที่",
        delete=("order_duty_delete", "ลบหน้าที่ข้อนี้"),
    )


def order_duty_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = _get_duty(request, pk)
    return confirm_order_action(
        request,
        duty.officer.order,
        partial(sequence.delete_order_duty, duty, by=request.user),
        success_message=f"ลบข้อ {duty.code} แล้ว",
        heading=f"ลบข้อ {duty.code} {duty.text}",
        effects=["หน้าที่ข้อนี้หายไปจากร่าง เลขข้ออื่นคงเดิม"],
        danger=True,
        submit_label="ลบหน้าที่",
    )


@require_POST
@transaction.atomic
def order_duty_move(request: SignedInRequest, pk: int) -> HttpResponse:
    duty = _get_duty(request, pk)
    sequence.move_order_duty(duty, up=is_pressed_up(request), by=request.user)
    anchor = f"#officer-{duty.officer_id}"
    return redirect_to_order(request, duty.officer.order, "เลื่อนหน้าที่และเรียงเลขข้อใหม่แล้ว", anchor)

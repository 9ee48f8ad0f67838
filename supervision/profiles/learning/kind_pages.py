"""The pages of kinds of tests: the list, one kind, and what an office changes of it."""

from collections.abc import Iterable
from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    ConflictCheckedForm,
    PortalForm,
    apply_portal_style,
    form_field,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.tables.reading import normalize_cell_text as one_line
from schools.enums import Grade
from supervision.profiles.learning import kind_actions
from supervision.profiles.learning.kind_actions import SubjectFacts
from supervision.profiles.models import TestKind, TestLevel, TestSubject

MOST_LEVELS = 8
LEVEL_NAMES = [f"level_{place}" for place in range(1, MOST_LEVELS + 1)]


class TestKindForm(ConflictCheckedForm):
    """A kind of test with its levels, the best first; boxes left empty do not count."""

    class Meta:
        model = TestKind
        fields = (
            *("name", "long_name", "held_by", "provenance", "is_voluntary"),
            *("score_kind", "entered_by"),
        )
        widgets = {"score_kind": forms.RadioSelect, "entered_by": forms.RadioSelect}
        help_texts = {
            "name": "ชื่อที่ใช้ในตารางและตัวกรอง เช่น NT",
            "provenance": "เอกสารหรือประกาศที่ใช้อ้างอิง เพื่อให้ผู้อื่นตรวจย้อนได้",
            "entered_by": "ผลที่โรงเรียนบันทึก เจ้าหน้าที่ของสำนักงานแก้ไขได้ด้วย",
        }

    def __init__(self, *args: Any, levels: Iterable[TestLevel] = (), **kwargs: Any) -> None:
        kwargs["initial"] = {f"level_{level.position}": level.name for level in levels}
        super().__init__(*args, **kwargs)
        for place, name in enumerate(LEVEL_NAMES, 1):
            self.fields[name] = forms.CharField(
                label=f"ระดับที่ {place}", required=False, max_length=60
            )
        apply_portal_style(self)

    def compared_fields(self) -> Iterable[str]:
        return [*super().compared_fields(), *LEVEL_NAMES]

    def level_boxes(self) -> list[forms.BoundField]:
        return [self[name] for name in LEVEL_NAMES]

    def clean_name(self) -> str:
        return one_line(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        self.levels = [one for name in LEVEL_NAMES if (one := one_line(cleaned.get(name) or ""))]
        if len(set(self.levels)) < len(self.levels):
            raise ValidationError("มีระดับชื่อเดียวกันมากกว่า 1 ระดับ โปรดใช้ชื่อที่ต่างกัน")
        return cleaned


class TestSubjectForm(ConflictCheckedForm):
    """What a kind examines, without its grade."""

    class Meta:
        model = TestSubject
        fields = ("name", "learning_area", "is_total", "full_score")
        help_texts = {
            "learning_area": "ใช้เทียบกับความต้องการและครูที่รับผิดชอบกลุ่มสาระ เว้นว่างได้",
            "is_total": "ค่าเฉลี่ยของทุกวิชาในชั้นนั้น มีได้ชั้นละ 1 รายการ",
            "full_score": "กรอกเมื่อการทดสอบนี้ให้ค่าเฉลี่ยเป็นคะแนนดิบ",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form_field(self, "learning_area", forms.ModelChoiceField).empty_label = "ไม่ระบุ"

    def facts(self) -> SubjectFacts:
        return SubjectFacts(
            name=one_line(self.cleaned_data["name"]),
            learning_area=self.cleaned_data["learning_area"],
            is_total=self.cleaned_data["is_total"],
            full_score=self.cleaned_data["full_score"],
        )


class NewTestSubjectForm(TestSubjectForm):
    """A subject that is examined in one grade or in several."""

    grades = forms.TypedMultipleChoiceField(
        label="ชั้น",
        choices=Grade.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "โปรดเลือกชั้นที่สอบอย่างน้อย 1 ชั้น"},
    )

    field_order = ("grades",)


class CheckedSourceForm(PortalForm):
    """With which document a kind was compared."""

    provenance = forms.CharField(
        label="เอกสารที่ใช้เทียบ",
        max_length=300,
        help_text="เช่น ชื่อและเลขที่ประกาศ หรือคู่มือการจัดสอบของปีนั้น",
        error_messages={"required": "โปรดระบุเอกสารที่ใช้เทียบ เพื่อให้ผู้อื่นตรวจย้อนได้"},
    )


# --- Pages ---


def test_kind_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    kinds = TestKind.objects.annotate(subject_count=Count("subjects"))
    kinds = kinds.order_by("position", "pk").prefetch_related("levels")
    return render(request, "profiles/learning/kinds.html", {"kinds": kinds})


def test_kind_page(request: SignedInRequest, pk: int) -> HttpResponse:
    kind = _kind(request, pk)
    context = {
        "kind": kind,
        "levels": kind.levels.all(),
        "subjects": kind.subjects.select_related("learning_area"),
    }
    return render(request, "profiles/learning/kind.html", context)


def _kind(request: SignedInRequest, pk: int) -> TestKind:
    require(request.user, Permission.MANAGE_PROFILES)
    return get_object_or_404(TestKind, pk=pk)


def test_kind_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    form = TestKindForm(post_data(request))
    return _kind_editor(request, form, heading="เพิ่มการทดสอบหรือการประเมิน")


@transaction.atomic
def test_kind_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    kind = get_object_or_404(lock_rows_on_post(request, TestKind.objects), pk=pk)
    form = TestKindForm(post_data(request), instance=kind, levels=kind.levels.all())
    return _kind_editor(request, form, heading=f"แก้ไข {kind}", cancel=kind)


def _kind_editor(
    request: SignedInRequest, form: TestKindForm, *, heading: str, cancel: TestKind | None = None
) -> HttpResponse:
    if form.is_valid():
        with refusal_as_form_error(form):
            kind_actions.save_test_kind(form.instance, levels=form.levels, by=request.user)
            return redirect_with_message(request, f"บันทึก {form.instance} แล้ว", form.instance)
    context = {"form": form, "heading": heading, "kind": cancel}
    return render(request, "profiles/learning/kind_form.html", context)


def test_kind_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say that a kind was compared with its source."""
    kind = _kind(request, pk)
    return confirm_action(
        request,
        partial(kind_actions.confirm_test_kind, kind, by=request.user),
        form=CheckedSourceForm(post_data(request)),
        success_message=f"บันทึกว่าเทียบ {kind} กับเอกสารแล้ว",
        heading=f"เทียบ {kind} กับเอกสารต้นฉบับแล้ว",
        effects=["ข้อความ “ยังไม่ได้เทียบกับเอกสารต้นฉบับ” หายไป และแสดงเอกสารที่ใช้เทียบแทน"],
        submit_label="ยืนยันว่าเทียบแล้ว",
        cancel_url=kind.get_absolute_url(),
    )


def test_kind_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    kind = _kind(request, pk)
    return confirm_action(
        request,
        partial(kind_actions.set_test_kind_active, kind, by=request.user, active=False),
        success_message=f"เลิกใช้ {kind} แล้ว",
        heading=f"เลิกใช้ {kind}",
        effects=["บันทึกหรือนำเข้าผลใหม่ไม่ได้", "ผลที่บันทึกไว้แล้วยังอยู่และแสดงตามเดิม", "นำกลับมาใช้ได้ภายหลัง"],
        submit_label="เลิกใช้",
        cancel_url=kind.get_absolute_url(),
    )


def test_kind_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    kind = _kind(request, pk)
    return confirm_action(
        request,
        partial(kind_actions.set_test_kind_active, kind, by=request.user, active=True),
        success_message=f"นำ {kind} กลับมาใช้แล้ว",
        heading=f"นำ {kind} กลับมาใช้",
        effects=["บันทึกและนำเข้าผลใหม่ได้อีก"],
        submit_label="นำกลับมาใช้",
        cancel_url=kind.get_absolute_url(),
    )


def test_subject_add(request: SignedInRequest, pk: int) -> HttpResponse:
    kind = _kind(request, pk)
    form = NewTestSubjectForm(post_data(request))
    if form.is_valid():
        with refusal_as_form_error(form):
            grades = form.cleaned_data["grades"]
            kind_actions.add_test_subjects(kind, grades=grades, facts=form.facts())
            return redirect_with_message(request, "เพิ่มวิชาแล้ว", kind)
    context = {"form": form, "kind": kind, "heading": f"เพิ่มวิชาของ {kind}"}
    return render(request, "profiles/learning/subject_form.html", context)


@transaction.atomic
def test_subject_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    rows = lock_rows_on_post(request, TestSubject.objects)
    subject = get_object_or_404(rows.select_related("kind"), pk=pk)
    form = TestSubjectForm(post_data(request), instance=subject)
    if form.is_valid():
        with refusal_as_form_error(form):
            kind_actions.update_test_subject(subject, facts=form.facts())
            return redirect_with_message(request, "บันทึกวิชาแล้ว", subject.kind)
    grade = subject.get_grade_display()
    context = {
        "form": form,
        "kind": subject.kind,
        "heading": f"แก้ไขวิชาของ {subject.kind} ชั้น {grade}",
    }
    return render(request, "profiles/learning/subject_form.html", context)


def test_subject_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.MANAGE_PROFILES)
    subject = get_object_or_404(TestSubject.objects.select_related("kind"), pk=pk)
    kind_actions.check_subject_is_unused(subject)
    return confirm_action(
        request,
        partial(kind_actions.delete_test_subject, subject),
        success_message=f"ลบ{subject.label}แล้ว",
        heading=f"ลบ{subject.label} ของ {subject.kind}",
        effects=["ไม่มีผลของวิชานี้บันทึกไว้ จึงไม่มีผลใดหายไป"],
        submit_label="ลบวิชา",
        danger=True,
        cancel_url=reverse("test_kind", args=[subject.kind_id]),
    )

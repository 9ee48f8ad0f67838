"""The page of a school's circumstances, and the forms that keep it correct and current."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.forms import lock_rows_on_post, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import academic_year
from schools.models import School, User
from supervision.profiles.circumstances import actions
from supervision.profiles.circumstances.changes import fact_changes
from supervision.profiles.circumstances.enums import CircumstanceKind, FactPart
from supervision.profiles.circumstances.forms import (
    FORM_OF_PART,
    MODEL_OF_PART,
    EndFactForm,
    EndProjectForm,
    RemoveFactForm,
)
from supervision.profiles.circumstances.queries import (
    FactLine,
    SchoolCircumstances,
    facts_over_time,
    may_edit_fact,
)
from supervision.profiles.circumstances.registry_facts import registry_facts
from supervision.profiles.models import Circumstance, SchoolFact


@dataclass(frozen=True)
class FactSection:
    """One part of the page: what holds now, and what can be added, each with its address."""

    part: FactPart
    lines: Sequence[FactLine]
    additions: Sequence[tuple[str, str]]
    when_empty: str


NOTHING_RECORDED = {
    FactPart.CIRCUMSTANCES: "ยังไม่ได้บันทึกสภาพพิเศษของโรงเรียน",
    FactPart.PROJECTS: "ยังไม่ได้บันทึกโครงการที่เข้าร่วม",
    FactPart.TEACHERS: "ยังไม่ได้บันทึกว่าต้องการครูวิชาใด",
}


def school_circumstances(request: SignedInRequest, pk: int) -> HttpResponse:
    """What a school is like today, what it was, and for who keeps it the forms."""
    school, today = _visible_school(request, pk), timezone.localdate()
    may_edit = can(request.user, Permission.EDIT_PROFILE, school.pk) and school.is_open_on(today)
    editor = request.user if may_edit else None
    over_time = facts_over_time(school, today, reader=request.user)
    known = over_time.known
    context = {
        "school": school,
        "known": known,
        "registry": registry_facts(school),
        "sections": [_section(known, part, editor) for part in FactPart],
        "earlier": over_time.earlier,
        "may_edit": may_edit,
        "is_checked_today": bool(known.lines)
        and all(line.fact.checked_on == today for line in known.lines),
    }
    return render(request, "profiles/circumstances/school.html", context)


def school_circumstances_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who changed what of it, and why."""
    school = _school_to_edit(request, pk)
    context = {
        "school": school,
        "changes": fact_changes(school, reader=request.user),
        "back_url": _page_url(school),
    }
    return render(request, "profiles/circumstances/changes.html", context)


def _visible_school(request: SignedInRequest, pk: int) -> School:
    return get_object_or_404(School.objects.visible_to(request.user), pk=pk)


def _section(known: SchoolCircumstances, part: FactPart, editor: User | None) -> FactSection:
    lines = known.of(part)
    facts = [line.fact for line in lines]
    return FactSection(
        part,
        lines,
        additions=_additions(known.school, part, facts, editor) if editor else [],
        when_empty=NOTHING_RECORDED[part],
    )


def _additions(
    school: School, part: FactPart, facts: Sequence[SchoolFact], editor: User
) -> list[tuple[str, str]]:
    """What may be added, in words, with the address of its form; a kind at most once."""
    url = reverse("school_fact_add", args=[school.pk, part])
    if part == FactPart.PROJECTS:
        return [("เพิ่มโครงการ", url)]
    if part == FactPart.TEACHERS:
        return [("เพิ่มครูที่ต้องการ", url)]
    recorded = {fact.kind for fact in facts if isinstance(fact, Circumstance)}
    missing = [
        kind
        for kind in CircumstanceKind
        if kind not in recorded and may_edit_fact(editor, Circumstance(school=school, kind=kind))
    ]
    return [(str(kind.label), f"{url}?kind={kind}") for kind in missing]


# --- Forms ---


@transaction.atomic
def school_fact_add(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """Record a fact; a circumstance of the kind that the address names."""
    school = _school_to_edit(request, pk)
    fact = _new_fact(part, school, request.GET.get("kind", ""))
    _require_edit(request, fact)
    form = FORM_OF_PART[part](
        post_data(request),
        instance=fact,
        initial={"starts_on": timezone.localdate()},
        user=request.user,
    )
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.add_fact(fact, by=request.user, fields=form.cleaned_data)
            return redirect_with_message(request, f"บันทึก “{fact}” แล้ว", _page_url(school))
    return _form_page(request, school, form, _add_title(part, fact))


def _new_fact(part: str, school: School, kind: str) -> SchoolFact:
    """Raises Http404 for a part or kind that there is not."""
    if part not in MODEL_OF_PART or (
        part == FactPart.CIRCUMSTANCES and kind not in CircumstanceKind
    ):
        raise Http404
    fact = MODEL_OF_PART[part](school=school)
    if isinstance(fact, Circumstance):
        fact.kind = kind
    return fact


def _add_title(part: str, fact: SchoolFact) -> str:
    if isinstance(fact, Circumstance):
        return str(fact)
    return "เพิ่มโครงการที่เข้าร่วม" if part == FactPart.PROJECTS else "เพิ่มครูที่ต้องการ"


@transaction.atomic
def school_fact_correct(request: SignedInRequest, pk: int, part: str, fact: int) -> HttpResponse:
    """Put right what was written wrongly."""
    school = _school_to_edit(request, pk)
    row = _fact_of(request, school, part, fact)
    form = FORM_OF_PART[part](post_data(request), instance=row, user=request.user)
    title = f"แก้ไข {row}"
    if form.is_valid():
        with refusal_as_form_error(form):
            fields: dict[str, Any] = dict(form.cleaned_data)
            reason = fields.pop("reason")
            actions.correct_fact(row, by=request.user, reason=reason, fields=fields)
            return redirect_with_message(request, f"แก้ไข “{row}” แล้ว", _page_url(school))
    return _form_page(request, school, form, title)


@transaction.atomic
def school_fact_end(request: SignedInRequest, pk: int, part: str, fact: int) -> HttpResponse:
    """Say until when a fact holds."""
    school = _school_to_edit(request, pk)
    row, today = _fact_of(request, school, part, fact), timezone.localdate()
    form = (
        EndProjectForm(post_data(request), initial={"ends_on": academic_year(today)})
        if part == FactPart.PROJECTS
        else EndFactForm(post_data(request), initial={"ends_on": today})
    )
    return confirm_action(
        request,
        partial(actions.end_fact, row, by=request.user),
        form=form,
        success_message=f"บันทึกการสิ้นสุดของ “{row}” แล้ว",
        heading=f"สิ้นสุด {row}",
        effects=["รายการยังอ่านได้ในข้อมูลก่อนหน้า พร้อมวันที่เริ่มและสิ้นสุด"],
        submit_label="บันทึกการสิ้นสุด",
        cancel_url=_page_url(school),
    )


@transaction.atomic
def school_fact_remove(request: SignedInRequest, pk: int, part: str, fact: int) -> HttpResponse:
    """Take out what never was so."""
    school = _school_to_edit(request, pk)
    row = _fact_of(request, school, part, fact)
    return confirm_action(
        request,
        partial(actions.remove_fact, row, by=request.user),
        form=RemoveFactForm(post_data(request)),
        success_message=f"ลบ “{row}” ที่บันทึกผิดแล้ว",
        heading=f"ลบ {row} ที่บันทึกผิด",
        effects=[
            "รายการไม่แสดงอีก เหมือนไม่เคยเป็นเช่นนั้น ประวัติเก็บข้อความเดิมและเหตุผลไว้",
            "ถ้าเคยเป็นเช่นนั้นจริง ให้สิ้นสุดรายการแทนการลบ",
        ],
        submit_label="ลบรายการที่บันทึกผิด",
        cancel_url=_page_url(school),
        danger=True,
    )


@require_POST
@transaction.atomic
def circumstances_check(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say in one press that all that is recorded is still so."""
    school = _school_to_edit(request, pk)
    checked = actions.check_facts(school, by=request.user)
    return redirect_with_message(
        request, f"บันทึกว่าตรวจแล้ว {checked} รายการ ยังเป็นเช่นเดิม", _page_url(school)
    )


def _school_to_edit(request: SignedInRequest, pk: int) -> School:
    """The school for who keeps its data; where it is changed, locked until it is saved."""
    schools = School.objects.visible_to(request.user)
    school = get_object_or_404(lock_rows_on_post(request, schools), pk=pk)
    require(request.user, Permission.EDIT_PROFILE, school.pk)
    return school


def _fact_of(request: SignedInRequest, school: School, part: str, pk: int) -> SchoolFact:
    """Raises Http404 for a part that there is not, and for a fact of another school."""
    if part not in MODEL_OF_PART:
        raise Http404
    rows = MODEL_OF_PART[part]._default_manager.filter(school=school)
    fact: SchoolFact = get_object_or_404(rows, pk=pk)
    _require_edit(request, fact)
    return fact


def _require_edit(request: SignedInRequest, fact: SchoolFact) -> None:
    if not may_edit_fact(request.user, fact):
        raise PermissionDenied


def _page_url(school: School) -> str:
    return reverse("school_circumstances", args=[school.pk])


def _form_page(request: SignedInRequest, school: School, form: Any, title: str) -> HttpResponse:
    context = {"school": school, "form": form, "title": title, "back_url": _page_url(school)}
    return render(request, "profiles/circumstances/form.html", context)

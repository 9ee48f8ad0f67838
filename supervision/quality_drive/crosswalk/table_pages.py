"""The crosswalk: read by everybody who holds a post, kept by who manages the drive."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from itertools import groupby

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import lock_rows_on_post, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import academic_year, fiscal_year
from schools.registry.queries import registry_changes_among
from supervision.criteria.enums import SetState, SetUse
from supervision.criteria.models import Indicator, Standard
from supervision.quality_drive.crosswalk import actions
from supervision.quality_drive.crosswalk.forms import (
    BulkDimensionForm,
    CrosswalkFilterForm,
    CrosswalkLineForm,
)
from supervision.quality_drive.crosswalk.lines import (
    Crosswalk,
    CrosswalkRow,
    UnansweredParts,
    crosswalk_rows,
    load_crosswalk,
    newest_indicators_in_use,
    unanswered_parts,
)
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import CrosswalkLine

LINE_FACTS = ("dimension_code", "note", "is_sample")


@dataclass(frozen=True)
class CrosswalkPart:
    """One standard of a set with the rows shown of it."""

    standard: Standard
    rows: list[CrosswalkRow]


@dataclass(frozen=True)
class CrosswalkTable:
    """The table of today's years as its filters ask for it; `all_rows` are those in use."""

    crosswalk: Crosswalk
    form: CrosswalkFilterForm
    rows: list[CrosswalkRow]
    all_rows: list[CrosswalkRow]

    @property
    def parts(self) -> list[CrosswalkPart]:
        groups = groupby(self.rows, key=lambda row: row.indicator.standard)
        return [CrosswalkPart(standard, list(rows)) for standard, rows in groups]

    @property
    def unanswered(self) -> UnansweredParts:
        return unanswered_parts(self.crosswalk, self.all_rows)

    @property
    def samples(self) -> int:
        """How many lines nobody has looked at."""
        return sum(row.is_sample for row in self.all_rows)

    @property
    def without_line(self) -> int:
        """Of how many indicators nobody has said anything."""
        return sum(row.answers.line is None for row in self.all_rows)


def load_crosswalk_table(asked: dict[str, str]) -> CrosswalkTable:
    """The table of the years in course, in six queries."""
    crosswalk = _crosswalk_today()
    all_rows = crosswalk_rows(crosswalk, newest_indicators_in_use())
    sets = {one.indicator.standard.indicator_set for one in all_rows}
    form = CrosswalkFilterForm(asked, sets=sorted((one.pk, str(one)) for one in sets))
    form.is_valid()
    return CrosswalkTable(crosswalk, form, form.filtered(all_rows), all_rows)


def _crosswalk_today() -> Crosswalk:
    today = timezone.localdate()
    return load_crosswalk(academic_year(today), fiscal_year(today))


def crosswalk(request: SignedInRequest) -> HttpResponse:
    """The whole table, and what no indicator answers."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    table = load_crosswalk_table(request.GET.dict())
    may_edit = can(request.user, Permission.MANAGE_DRIVE)
    context = {
        "table": table,
        "form": table.form,
        "may_edit": may_edit,
        "dimensions": DimensionCode.choices,
        "changes": _changes() if may_edit else [],
    }
    return render(request, "quality_drive/crosswalk.html", context)


def _changes() -> list:
    history = CrosswalkLine.history.select_related("indicator")
    return registry_changes_among(
        history, *LINE_FACTS, called=lambda row: f"ตัวชี้วัด {row.indicator.code}"
    )


@transaction.atomic
def crosswalk_line(request: SignedInRequest, pk: int) -> HttpResponse:
    """Say what one indicator answers."""
    require(request.user, Permission.MANAGE_DRIVE)
    indicator = get_object_or_404(lock_rows_on_post(request, _indicators()), pk=pk)
    known = _crosswalk_today()
    answers = known.answers(indicator)
    form = CrosswalkLineForm(
        post_data(request), instance=indicator, answers=answers, offered=known.standards
    )
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_crosswalk_line(
                indicator,
                by=request.user,
                dimension_code=form.cleaned_data["dimension_code"],
                education_standards=form.chosen_standards,
                note=form.cleaned_data["note"],
            )
            return redirect_with_message(request, f"บันทึกตัวชี้วัด {indicator.code} แล้ว", "crosswalk")
    context = {"indicator": indicator, "answers": answers, "form": form, "known": known}
    return render(request, "quality_drive/crosswalk_line.html", context)


@require_POST
def crosswalk_dimension(request: SignedInRequest) -> HttpResponse:
    """Say of all ticked indicators which dimension they answer."""
    require(request.user, Permission.MANAGE_DRIVE)
    form = BulkDimensionForm(request.POST)
    if not form.is_valid():
        raise ActionRefused("โปรดเลือกด้านคุณภาพที่ตัวชี้วัดเหล่านี้ตอบ")
    code = DimensionCode(form.cleaned_data["dimension_code"])
    chosen = list(_indicators().filter(pk__in=_ticked(request.POST.getlist("indicator"))))
    changed = actions.set_crosswalk_dimension(chosen, by=request.user, dimension_code=code)
    message = f"บันทึกว่าตอบด้าน{code.label} {changed} ตัวชี้วัดแล้ว"
    return redirect_with_message(request, message, "crosswalk")


def _indicators() -> QuerySet[Indicator]:
    rows = Indicator.objects.filter(
        standard__indicator_set__state=SetState.APPROVED,
        standard__indicator_set__use=SetUse.ROUND,
    )
    return rows.select_related("standard__indicator_set")


def _ticked(sent: Iterable[str]) -> list[str]:
    return [pk for pk in sent if pk.isdecimal() and len(pk) < 10]


def crosswalk_propose(request: SignedInRequest) -> HttpResponse:
    """Propose standards from the structure of the sets, for somebody to look at."""
    require(request.user, Permission.MANAGE_DRIVE)
    year = academic_year(timezone.localdate())
    return confirm_action(
        request,
        partial(_propose, request, year),
        success_message="เสนอมาตรฐานที่ตอบแล้ว โปรดตรวจทุกข้อที่มีเครื่องหมายตัวอย่าง",
        heading="ให้ระบบเสนอมาตรฐานที่ตัวชี้วัดตอบ",
        effects=[
            "ตัวชี้วัดของชุดที่ตรงกับมาตรฐานตามประกาศ ทั้งระดับ เลขที่ และชื่อ ตอบมาตรฐานข้อนั้น",
            "เสนอเฉพาะตัวชี้วัดที่ยังไม่มีผู้บันทึก และมีเครื่องหมายตัวอย่างจนกว่าจะมีผู้ตรวจ",
            "ระบบไม่เสนอด้านคุณภาพ เพราะคู่มือไม่ได้กำหนดตัวชี้วัดของแต่ละด้าน",
        ],
        submit_label="เสนอมาตรฐาน",
        cancel_url=reverse("crosswalk"),
    )


def _propose(request: SignedInRequest, year: int) -> str:
    actions.propose_crosswalk(by=request.user, academic_year=year)
    return f"{reverse('crosswalk')}?unanswered=sample"

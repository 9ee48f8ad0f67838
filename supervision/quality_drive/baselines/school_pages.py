"""The pages of one school's baseline: what is known, the forms, confirming and reopening."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.forms import ReasonForm, lock_rows_on_post, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import School, User
from supervision.quality_drive.baselines import actions
from supervision.quality_drive.baselines.enums import BaselineAction
from supervision.quality_drive.baselines.forms import BaselineLevelsForm, BaselineTextsForm
from supervision.quality_drive.baselines.queries import (
    BASELINE_TEXTS,
    Baseline,
    baseline_levels,
    find_school_drive,
    load_baselines,
    load_last_year_levels,
    missing_baseline_texts,
    untaken_baselines,
)
from supervision.quality_drive.baselines.stated_needs import load_survey_words
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import (
    DriveDimension,
    DriveIndicator,
    QualityDrive,
    SchoolDrive,
)
from supervision.quality_drive.scores import DriveDesign, dimension_scores, load_design
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history
from supervision.workflow.read_versions import posted_version, record_version, version_context


@dataclass(frozen=True)
class BaselineLine:
    """One indicator with its baseline; None while nobody knows it."""

    indicator: DriveIndicator
    baseline: Baseline | None


@dataclass(frozen=True)
class DimensionBaseline:
    """One dimension before the work: its score of two decimals, and its indicators."""

    dimension: DriveDimension
    score: Decimal | None
    lines: Sequence[BaselineLine]

    @property
    def missing(self) -> int:
        return sum(line.baseline is None for line in self.lines)


@dataclass(frozen=True)
class BaselineRights:
    """What a person may do with a school's baseline, as it stands now."""

    edit: bool
    confirm: bool
    reopen: bool


def dimension_baselines(design: DriveDesign, known: dict[int, Baseline]) -> list[DimensionBaseline]:
    """One school's baseline, dimension by dimension; those without indicators are left out."""
    scores = dimension_scores(design, baseline_levels(known))
    return [
        DimensionBaseline(
            one.dimension,
            one.score,
            [
                BaselineLine(row, known.get(row.pk))
                for row in design.indicators_of[one.dimension.code]
            ],
        )
        for one in scores
        if design.indicators_of[one.dimension.code]
    ]


def may_edit_baseline(user: User, school_id: int) -> bool:
    """Whether the person is of the school, or supervises it."""
    return can(user, Permission.EDIT_SCHOOL_DRIVE, school_id) or can(
        user, Permission.REPORT_PROGRESS, school_id
    )


def school_baseline(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """What the school was like before the work, and what it plans."""
    drive, school = get_drive(request.user, year), _school(request, pk)
    school_drive = find_school_drive(drive, school)
    design = load_design(drive)
    known = dict(load_baselines(drive, [school]).get(school.pk, {}))
    dimensions = dimension_baselines(design, known)
    context = {
        "drive": drive,
        "school": school,
        "school_drive": school_drive,
        "dimensions": dimensions,
        "missing_levels": sum(one.missing for one in dimensions),
        "missing_texts": missing_baseline_texts(school_drive),
        "texts": _texts(school_drive),
        "may": _rights(request.user, drive, school, school_drive),
        "is_sample": drive.is_sample or (school_drive is not None and school_drive.is_sample),
        "version_read": record_version(school_drive) if school_drive else "",
        "history": workflow_history(school_drive) if school_drive else [],
    }
    return render(request, "quality_drive/baseline.html", context)


def _texts(school_drive: SchoolDrive | None) -> list[tuple[str, str]]:
    """Heading and text of what was written."""
    headings = {field.name: str(field.verbose_name) for field in SchoolDrive._meta.fields}
    return [(headings[name], getattr(school_drive, name, "")) for name in BASELINE_TEXTS]


def _rights(
    user: User, drive: QualityDrive, school: School, school_drive: SchoolDrive | None
) -> BaselineRights:
    is_open = drive.is_at_work and school.is_open_on(timezone.localdate())
    is_confirmed = school_drive is not None and school_drive.is_confirmed
    may_edit = is_open and not is_confirmed
    return BaselineRights(
        edit=may_edit and may_edit_baseline(user, school.pk),
        confirm=may_edit
        and school_drive is not None
        and can(user, Permission.SIGN_AGREEMENT_FOR_SCHOOL, school.pk),
        reopen=is_open and is_confirmed and can(user, Permission.EDIT_SCHOOL_DRIVE, school.pk),
    )


# --- Forms ---


@transaction.atomic
def school_baseline_levels(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Type the level of each indicator before the work, or leave it empty."""
    drive, school = get_drive(request.user, year), _school_to_edit(request, pk)
    _ensure_editable(drive, school)
    design = load_design(drive)
    form = BaselineLevelsForm(
        post_data(request),
        instance=school,
        design=design,
        stored=load_baselines(drive, [school]).get(school.pk, {}),
        last_year=load_last_year_levels(design, [school], timezone.localdate()).get(school.pk, {}),
    )
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_baseline_levels(drive, school, by=request.user, baselines=form.baselines)
            return _saved(request, f"บันทึกข้อมูลฐาน {len(form.baselines)} ตัวชี้วัดแล้ว", year, pk)
    context = {"drive": drive, "school": school, "form": form}
    return render(request, "quality_drive/baseline_levels.html", context)


@transaction.atomic
def school_baseline_texts(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Write problems, needs, causes and the plan, beside what the school stated in its survey."""
    drive, school = get_drive(request.user, year), _school_to_edit(request, pk)
    school_drive = _ensure_editable(drive, school)
    form = BaselineTextsForm(post_data(request), instance=school, school_drive=school_drive)
    if form.is_valid():
        with refusal_as_form_error(form):
            texts = {name: form.cleaned_data[name] for name in BASELINE_TEXTS}
            actions.save_baseline_texts(drive, school, by=request.user, **texts)
            return _saved(request, "บันทึกสภาพปัญหา ความต้องการ และแผนแล้ว", year, pk)
    context = {
        "drive": drive,
        "school": school,
        "form": form,
        "survey": load_survey_words(request.user, school),
    }
    return render(request, "quality_drive/baseline_texts.html", context)


def _saved(request: SignedInRequest, message: str, year: int, pk: int) -> HttpResponse:
    return redirect_with_message(request, message, "school_baseline", year, pk)


def school_baseline_last_year(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Shows what last year's visit said, and takes all of it that is not there yet."""
    drive, school = get_drive(request.user, year), _school_to_edit(request, pk)
    _ensure_editable(drive, school)
    design = load_design(drive)
    signed = load_last_year_levels(design, [school], timezone.localdate()).get(school.pk, {})
    known = load_baselines(drive, [school]).get(school.pk, {})
    offered = untaken_baselines(signed, known)
    return confirm_action(
        request,
        partial(_take_last_year, request, drive, school),
        success_message=f"ใช้ผลปีก่อนเป็นข้อมูลฐาน {len(offered)} ตัวชี้วัดแล้ว",
        heading=f"ใช้ผลการนิเทศปีการศึกษา {year - 1} เป็นข้อมูลฐานของ{school.name}",
        effects=[
            "ตัวชี้วัดที่กรอกหรือใช้ผลไว้แล้วคงเดิม",
            "ทุกข้อระบุวันนิเทศและภาคเรียนที่มา แก้ไขได้จนกว่าผู้อำนวยการโรงเรียนจะยืนยัน",
        ],
        submit_label="ใช้ผลปีก่อนทั้งหมด",
        cancel_url=_page_url(year, pk),
        template="quality_drive/baseline_last_year.html",
        dimensions=dimension_baselines(design, offered) if offered else [],
        without=len(design.indicators) - len(offered) - len(known),
        offered=len(offered),
    )


def _take_last_year(request: SignedInRequest, drive: QualityDrive, school: School) -> None:
    actions.take_last_year(drive, [school], by=request.user)


# --- Confirming ---


def school_baseline_confirm(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """The school's director confirms."""
    school_drive = _school_drive(request, year, pk)
    require(request.user, Permission.SIGN_AGREEMENT_FOR_SCHOOL, pk)
    ensure_allowed(school_drive, BaselineAction.CONFIRM)
    return confirm_action(
        request,
        partial(
            actions.confirm_baseline,
            school_drive,
            by=request.user,
            version_read=posted_version(request),
        ),
        template="components/confirm_read.html",
        get_extra_context=lambda: version_context(request, record_version(school_drive)),
        success_message="ยืนยันข้อมูลฐานแล้ว",
        heading=f"ยืนยันข้อมูลฐานของ{school_drive.school.name}",
        effects=[
            "ใช้เป็นจุดเริ่มต้นของบันทึกข้อตกลง และเป็นฐานเทียบความก้าวหน้าตลอดปี",
            "แก้ไขไม่ได้อีก เว้นแต่ศึกษานิเทศก์เปิดแก้ไขพร้อมเหตุผล",
            "ตัวชี้วัดที่ไม่มีข้อมูลฐานไม่ถูกนำไปเทียบความก้าวหน้า",
        ],
        submit_label="ยืนยันข้อมูลฐาน",
        cancel_url=_page_url(year, pk),
    )


def school_baseline_reopen(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """A supervisor opens it again, with the reason."""
    school_drive = _school_drive(request, year, pk)
    require(request.user, Permission.EDIT_SCHOOL_DRIVE, pk)
    ensure_allowed(school_drive, BaselineAction.REOPEN)
    return confirm_action(
        request,
        partial(actions.reopen_baseline, school_drive, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="เปิดแก้ไขข้อมูลฐานแล้ว",
        heading=f"เปิดแก้ไขข้อมูลฐานของ{school_drive.school.name}",
        effects=["โรงเรียนเห็นเหตุผลนี้ และต้องยืนยันใหม่หลังแก้ไข"],
        submit_label="เปิดแก้ไข",
        cancel_url=_page_url(year, pk),
    )


# --- What the pages find ---


def _school(request: SignedInRequest, pk: int) -> School:
    return get_object_or_404(School.objects.visible_to(request.user), pk=pk)


def _school_to_edit(request: SignedInRequest, pk: int) -> School:
    """The school for who may write of it; held from the comparison until it is saved."""
    schools = School.objects.visible_to(request.user)
    school = get_object_or_404(lock_rows_on_post(request, schools), pk=pk)
    if not may_edit_baseline(request.user, school.pk):
        raise PermissionDenied
    return school


def _ensure_editable(drive: QualityDrive, school: School) -> SchoolDrive | None:
    """The school's part in the drive. Raises ActionRefused where it is confirmed."""
    school_drive = find_school_drive(drive, school)
    if school_drive:
        ensure_allowed(school_drive, BaselineAction.EDIT)
    return school_drive


def _school_drive(request: SignedInRequest, year: int, pk: int) -> SchoolDrive:
    school_drive = find_school_drive(get_drive(request.user, year), _school(request, pk))
    if school_drive is None:
        raise Http404
    return school_drive


def _page_url(year: int, pk: int) -> str:
    return reverse("school_baseline", args=[year, pk])

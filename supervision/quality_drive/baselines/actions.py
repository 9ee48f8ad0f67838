"""A school's baseline in a drive: collected, taken from last year, confirmed, reopened."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused
from schools.models import School, User
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.baselines.enums import BaselineAction, BaselineSource, BaselineState
from supervision.quality_drive.baselines.queries import (
    BASELINE_TEXTS,
    Baseline,
    load_baselines,
    load_last_year_levels,
    missing_baseline_texts,
    untaken_baselines,
)
from supervision.quality_drive.models import Agreement, BaselineLevel, QualityDrive, SchoolDrive
from supervision.quality_drive.scores import load_design
from supervision.workflow.actions import ensure_allowed, start, transition
from supervision.workflow.read_versions import ensure_as_read, record_version


@transaction.atomic
def save_baseline_levels(
    drive: QualityDrive,
    school: School,
    *,
    by: User,
    baselines: Mapping[int, Baseline],
    is_sample: bool = False,
) -> SchoolDrive:
    """Save the school's levels before the work, by DriveIndicator (pk); what is left out has none.

    Raises ActionRefused while the drive is not at work, where the school has closed, once the
    baseline is confirmed, and for a level that was entered without where it was collected.
    """
    _check_sources(baselines.values())
    school_drive = _open_school_drive(drive, school, by=by, is_sample=is_sample)
    school_drive.baseline_levels.all().delete()
    _store(school_drive, baselines)
    transition(school_drive, BaselineAction.EDIT, by=by)
    return school_drive


def _check_sources(baselines: Iterable[Baseline]) -> None:
    entered = [one for one in baselines if one.source == BaselineSource.ENTERED]
    if not all(one.source_text.strip() for one in entered):
        raise ActionRefused("โปรดระบุว่าเก็บข้อมูลจากที่ใด ในทุกตัวชี้วัดที่กรอกระดับเอง")


def _store(school_drive: SchoolDrive, baselines: Mapping[int, Baseline]) -> None:
    BaselineLevel.objects.bulk_create(
        BaselineLevel(
            school_drive=school_drive,
            drive_indicator_id=indicator,
            level=one.level,
            source=one.source,
            source_text=one.source_text,
        )
        for indicator, one in baselines.items()
    )


def _open_school_drive(
    drive: QualityDrive, school: School, *, by: User, is_sample: bool = False
) -> SchoolDrive:
    school_drive = begin_school_drive(drive, school, by=by, is_sample=is_sample)
    ensure_allowed(school_drive, BaselineAction.EDIT)
    return school_drive


@transaction.atomic
def begin_school_drive(
    drive: QualityDrive, school: School, *, by: User, is_sample: bool = False
) -> SchoolDrive:
    """The school's part in the drive, begun where there is none, whatever its baseline's state.

    Both rows are held until what is saved with it is, so that two people begin it once. Raises
    ActionRefused while the drive is not at work, and where the school has closed.
    """
    if not drive.is_at_work:
        raise ActionRefused("ทำได้เมื่อ ก.ต.ป.น. เห็นชอบการขับเคลื่อนของปีแล้ว และยังไม่สิ้นสุด")
    locked = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if not locked.is_open_on(timezone.localdate()):
        raise ActionRefused(f"{locked}เลิกหรือรวมแล้ว จึงบันทึกเพิ่มไม่ได้ ข้อมูลเดิมยังอ่านได้")
    stored = SchoolDrive.objects.select_for_update().filter(drive=drive, school=school).first()
    if stored is None:
        stored = SchoolDrive(drive=drive, school=school, is_sample=is_sample)
        start(stored, BaselineAction.START, by=by)
    return stored


@transaction.atomic
def save_baseline_texts(
    drive: QualityDrive,
    school: School,
    *,
    by: User,
    problems: str,
    needs: str,
    causes: str,
    plan: str,
    is_sample: bool = False,
) -> SchoolDrive:
    """Save problems, needs and causes found, and the plan that they lead to.

    Raises ActionRefused as save_baseline_levels does.
    """
    texts = {"problems": problems, "needs": needs, "causes": causes, "plan": plan}
    school_drive = _open_school_drive(drive, school, by=by, is_sample=is_sample)
    facts = {name: texts[name].strip() for name in BASELINE_TEXTS}
    transition(school_drive, BaselineAction.EDIT, by=by, **facts)
    return school_drive


@transaction.atomic
def take_last_year(
    drive: QualityDrive, schools: Iterable[School], *, by: User, is_sample: bool = False
) -> int:
    """Take what last year's last counted visit said as the baseline of these schools.

    Only indicators that have no baseline yet get one: what was entered stays. Returns how many
    schools got at least one; one without a result, or with a confirmed baseline, is passed over.
    Raises ActionRefused where none got any.
    """
    listed = _lock_schools(schools)
    design, today = load_design(drive), timezone.localdate()
    signed = load_last_year_levels(design, listed, today)
    stored, confirmed = load_baselines(drive, listed), _confirmed_schools(drive)
    taken = 0
    for school in listed:
        known = stored.get(school.pk, {})
        new = untaken_baselines(signed.get(school.pk, {}), known)
        if new and school.pk not in confirmed:
            school_drive = _open_school_drive(drive, school, by=by, is_sample=is_sample)
            _store(school_drive, new)
            transition(school_drive, BaselineAction.EDIT, by=by)
            taken += 1
    if not taken:
        raise ActionRefused(
            "ไม่มีผลปีก่อนให้ใช้เพิ่ม เพราะไม่มีผลการนิเทศที่นับได้ของปีก่อน มีข้อมูลฐานครบแล้ว หรือโรงเรียนยืนยันแล้ว"
        )
    return taken


def _lock_schools(schools: Iterable[School]) -> list[School]:
    """Nobody writes a baseline of these schools until it is saved what they lack."""
    keys = [one.pk for one in schools]
    return list(School.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))


def _confirmed_schools(drive: QualityDrive) -> set[int]:
    rows = SchoolDrive.objects.filter(drive=drive, state=BaselineState.CONFIRMED)
    return set(rows.values_list("school", flat=True))


@transaction.atomic
def confirm_baseline(
    school_drive: SchoolDrive, *, by: User, version_read: str | None = None
) -> None:
    """The school's director confirms what the school was like before the work, and its plan.

    An indicator may stay without a level: nobody knew it. Raises ActionRefused while a text is
    missing, and Outdated where something was changed since the version that was read.
    """
    school_drive.refresh_from_db(from_queryset=SchoolDrive.objects.select_for_update())
    ensure_allowed(school_drive, BaselineAction.CONFIRM)
    ensure_as_read(record_version(school_drive), version_read)
    if missing := missing_baseline_texts(school_drive):
        raise ActionRefused("ยังยืนยันข้อมูลฐานไม่ได้ เพราะยังไม่ได้บันทึกข้อมูลต่อไปนี้", missing=missing)
    permission = Permission.SIGN_AGREEMENT_FOR_SCHOOL
    transition(
        school_drive,
        BaselineAction.CONFIRM,
        by=by,
        confirmed_at=timezone.now(),
        confirmed_by=by,
        confirmed_as=capacity_of(by, permission, school_drive.school_id),
    )


@transaction.atomic
def reopen_baseline(school_drive: SchoolDrive, *, by: User, reason: str) -> None:
    """Open a confirmed baseline to be put right, with the reason.

    Raises ActionRefused while an agreement stands on it: its newest version has to be a draft.
    """
    school_drive.refresh_from_db(from_queryset=SchoolDrive.objects.select_for_update())
    if reason_not_to := reopening_hindered_by(school_drive):
        raise ActionRefused(reason_not_to)
    facts = {"confirmed_at": None, "confirmed_by": None, "confirmed_as": ""}
    transition(school_drive, BaselineAction.REOPEN, by=by, reason=reason, **facts)


def reopening_hindered_by(school_drive: SchoolDrive) -> str:
    """Why the baseline cannot be reopened now, as an agreement stands on it; empty if it can."""
    agreements = Agreement.objects.filter(
        drive=school_drive.drive_id, school=school_drive.school_id
    )
    newest = agreements.exclude(state=AgreementState.CANCELLED).order_by("-version").first()
    if newest is None or newest.is_draft:
        return ""
    if newest.is_in_force:
        return "บันทึกข้อตกลงที่ลงนามแล้วใช้ข้อมูลฐานชุดนี้ โปรดเริ่มบันทึกข้อตกลงฉบับใหม่ก่อน แล้วจึงเปิดแก้ไขข้อมูลฐาน"
    return "บันทึกข้อตกลงที่เสนอไว้ใช้ข้อมูลฐานชุดนี้ โปรดส่งกลับเป็นร่างก่อน แล้วจึงเปิดแก้ไขข้อมูลฐาน"

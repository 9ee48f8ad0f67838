"""An agreement before it is proposed: drafted, targets and promised support changed, cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, deleted_record_as_refusal
from schools.core.thai import short_date
from schools.models import School, User
from supervision.improvement.enums import Assignee
from supervision.quality_drive.agreements.enums import AgreementAction, AgreementState
from supervision.quality_drive.agreements.proposed_targets import propose_target
from supervision.quality_drive.baselines.queries import baseline_levels, load_baselines
from supervision.quality_drive.models import (
    Agreement,
    AgreementSupport,
    AgreementTarget,
    DriveIndicator,
    QualityDrive,
)
from supervision.quality_drive.scores import DriveDesign
from supervision.workflow.actions import ensure_allowed, start, transition

USUAL_INTENTIONS = (
    "โรงเรียนจะพัฒนาคุณภาพนักเรียน ครู ห้องเรียน ผู้อำนวยการโรงเรียน และการบริหารจัดการ "
    "ให้บรรลุค่าเป้าหมายในบันทึกข้อตกลงนี้ โดยผู้เกี่ยวข้องทุกภาคส่วนมีส่วนร่วม "
    "และรายงานความก้าวหน้าตามกำหนด\n"
    "สำนักงานเขตพื้นที่การศึกษาจะนิเทศ ติดตาม และสนับสนุนโรงเรียนตามรายการในบันทึกข้อตกลงนี้ "
    "ภายในวันที่กำหนด"
)


@dataclass(frozen=True)
class PromisedSupport:
    """What the office is to give a school, in which dimension (or none), by which post and day."""

    text: str
    assignee: Assignee
    due_on: date
    dimension_code: str = ""

    @property
    def words(self) -> str:
        post = Assignee(self.assignee).label
        return f"{self.text} · {post} · กำหนดเสร็จ {short_date(self.due_on)}"


# --- Drafting ---


@transaction.atomic
def draft_agreement(
    design: DriveDesign,
    school: School,
    *,
    by: User,
    intentions: str = USUAL_INTENTIONS,
    support: PromisedSupport | None = None,
) -> Agreement:
    """Draft a school's agreement from the drive's indicators and the school's baseline.

    After a cancelled draft the next version names it. Raises ActionRefused while the drive is not
    at work, at a school that has closed, and where an agreement is in force or being made.
    """
    _lock(school)
    check_can_draft(design.drive, school)
    last = Agreement.objects.filter(drive=design.drive, school=school).last()
    agreement = Agreement(
        drive=design.drive,
        school=school,
        version=last.version + 1 if last else 1,
        previous=last,
        intentions=intentions.strip(),
        is_sample=design.drive.is_sample,
    )
    start(agreement, AgreementAction.DRAFT, by=by)
    AgreementTarget.objects.bulk_create(_drafted_targets(agreement, design))
    if support:
        agreement.supports.create(**_facts(support))
    return agreement


def _lock(school: School) -> None:
    """Two who draft at once wait for each other."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)


def check_can_draft(drive: QualityDrive, school: School) -> None:
    """Raises ActionRefused with what stands against a new agreement of this school."""
    check_drive_is_at_work(drive)
    check_school_is_open(school)
    present = Agreement.objects.filter(drive=drive, school=school)
    if present.still_open().exists():
        raise ActionRefused(f"{school} มีร่างบันทึกข้อตกลงที่ยังไม่ลงนามครบอยู่แล้ว")
    if present.in_force().exists():
        raise ActionRefused(f"{school} ลงนามบันทึกข้อตกลงแล้ว หากต้องเปลี่ยน โปรดจัดทำฉบับใหม่จากฉบับที่ลงนาม")


def check_drive_is_at_work(drive: QualityDrive) -> None:
    """Raises ActionRefused unless ก.ต.ป.น. has endorsed the drive and it is not over."""
    if not drive.is_at_work:
        raise ActionRefused(
            f"การขับเคลื่อนปีการศึกษา {drive.academic_year} อยู่ในสถานะ“{drive.get_state_display()}” "
            "บันทึกข้อตกลงดำเนินการต่อได้เมื่อ ก.ต.ป.น. เห็นชอบและยังไม่สิ้นสุด"
        )


def check_school_is_open(school: School) -> None:
    """Raises ActionRefused at a school that has closed or merged."""
    if not school.is_open_on(timezone.localdate()):
        raise ActionRefused(f"{school} ยุบหรือรวมแล้ว จึงจัดทำบันทึกข้อตกลงไม่ได้")


def _drafted_targets(agreement: Agreement, design: DriveDesign) -> list[AgreementTarget]:
    baselines = levels_before_work(agreement.drive, agreement.school)
    return [_drafted_target(agreement, one, baselines.get(one.pk)) for one in design.indicators]


def _drafted_target(
    agreement: Agreement, indicator: DriveIndicator, baseline: Decimal | None
) -> AgreementTarget:
    return AgreementTarget(
        agreement=agreement,
        drive_indicator=indicator,
        dimension_code=indicator.dimension.code,
        text=str(indicator),
        weight=indicator.weight,
        baseline=baseline,
        target=propose_target(baseline, indicator.target),
    )


def levels_before_work(drive: QualityDrive, school: School) -> dict[int, Decimal]:
    """The school's baseline as it is now, by DriveIndicator (pk)."""
    return baseline_levels(load_baselines(drive, [school]).get(school.pk, {}))


# --- Changing a draft ---


@transaction.atomic
def edit_agreement(
    agreement: Agreement, *, by: User, intentions: str, targets: Mapping[int, Decimal]
) -> None:
    """Save a draft's words and its targets, by AgreementTarget (pk); the log keeps what changed.

    Raises ActionRefused once it was proposed.
    """
    lock_agreement_draft(agreement)
    changed = _changed_targets(agreement, targets)
    words = [f"{one.text}: {before} → {one.target}" for one, before in changed]
    if agreement.intentions != intentions.strip():
        words.insert(0, "แก้ไขข้อตกลงร่วมกัน")
    if not words:
        return
    AgreementTarget.objects.bulk_update([one for one, _ in changed], ["target"])
    _log_edit(agreement, "\n".join(words), by=by, intentions=intentions.strip())


def _changed_targets(
    agreement: Agreement, targets: Mapping[int, Decimal]
) -> list[tuple[AgreementTarget, Decimal]]:
    """Those that differ, with the new target set, each with the one before."""
    changed = []
    for one in agreement.targets.all():
        before, target = one.target, targets.get(one.pk, one.target)
        if target != before:
            one.target = target
            changed.append((one, before))
    return changed


@transaction.atomic
def take_over_baseline(agreement: Agreement, *, by: User) -> int:
    """Copy the school's baseline, which changed since, into its draft; of how many indicators.

    Targets stay as they were agreed in the draft.
    """
    lock_agreement_draft(agreement)
    levels = levels_before_work(agreement.drive, agreement.school)
    rows = [
        one for one in agreement.targets.all() if one.baseline != levels.get(one.drive_indicator_id)
    ]
    words = []
    for one in rows:
        level = levels.get(one.drive_indicator_id)
        words.append(f"{one.text}: ข้อมูลฐาน {_level(one.baseline)} → {_level(level)}")
        one.baseline = level
    if not rows:
        raise ActionRefused("ข้อมูลฐานในร่างตรงกับข้อมูลฐานของโรงเรียนแล้ว")
    AgreementTarget.objects.bulk_update(rows, ["baseline"])
    _log_edit(agreement, "\n".join(words), by=by)
    return len(rows)


def _level(level: Decimal | None) -> str:
    return "ไม่มี" if level is None else str(level)


@transaction.atomic
def add_agreement_support(
    agreement: Agreement, *, by: User, support: PromisedSupport
) -> AgreementSupport:
    """Promise one more thing in a draft. Raises ActionRefused for the same one twice."""
    lock_agreement_draft(agreement)
    _check_support_is_new(agreement, support)
    added = agreement.supports.create(**_facts(support))
    _log_edit(agreement, f"เพิ่มการสนับสนุน: {support.words}", by=by)
    return added


@transaction.atomic
def update_agreement_support(
    promised: AgreementSupport, *, by: User, support: PromisedSupport
) -> None:
    """Change what is promised in a draft.

    One carried over from the version in force is then another promise: when both sides have
    signed, the ledger withdraws the former and records this one.
    """
    _lock_support(promised)
    _check_support_is_new(promised.agreement, support, besides=promised)
    before = _promise_of(promised)
    if before == support:
        return
    for name, value in (_facts(support) | {"recommendation": None}).items():
        setattr(promised, name, value)
    promised.save()
    words = f"แก้ไขการสนับสนุน: {before.words} → {support.words}"
    _log_edit(promised.agreement, words, by=by)


@transaction.atomic
def remove_agreement_support(promised: AgreementSupport, *, by: User) -> None:
    """Take a promise out of a draft; the log keeps its words."""
    _lock_support(promised)
    words = f"นำการสนับสนุนออก: {_promise_of(promised).words}"
    promised.delete()
    _log_edit(promised.agreement, words, by=by)


def _lock_support(promised: AgreementSupport) -> None:
    lock_agreement_draft(promised.agreement)
    with deleted_record_as_refusal():
        promised.refresh_from_db()


def _promise_of(promised: AgreementSupport) -> PromisedSupport:
    return PromisedSupport(
        promised.text, Assignee(promised.assignee), promised.due_on, promised.dimension_code
    )


def _facts(support: PromisedSupport) -> dict[str, object]:
    return {
        "text": support.text.strip(),
        "assignee": support.assignee,
        "due_on": support.due_on,
        "dimension_code": support.dimension_code,
    }


def _check_support_is_new(
    agreement: Agreement, support: PromisedSupport, besides: AgreementSupport | None = None
) -> None:
    others = agreement.supports.exclude(pk=besides.pk) if besides else agreement.supports.all()
    facts = _facts(support)
    del facts["dimension_code"]
    if others.filter(**facts).exists():
        raise ActionRefused("มีการสนับสนุนนี้ในร่างอยู่แล้ว จึงไม่บันทึกซ้ำ")


def cancel_agreement(agreement: Agreement, *, by: User, reason: str) -> None:
    """Give up a version that is not signed by anybody; the one in force stays in force."""
    transition(agreement, AgreementAction.CANCEL, by=by, reason=reason)


# --- The lock that all of them hold ---


def lock_agreement_draft(agreement: Agreement) -> None:
    """Hold the row until it is saved. Raises ActionRefused once it was proposed."""
    agreement.refresh_from_db(from_queryset=Agreement.objects.select_for_update())
    check_agreement_is_draft(agreement)


def check_agreement_is_draft(agreement: Agreement) -> None:
    """Raises ActionRefused once it was proposed."""
    if agreement.state != AgreementState.DRAFT:
        raise ActionRefused(
            "บันทึกข้อตกลงนี้เสนอโรงเรียนแล้ว จึงแก้ไขไม่ได้ "
            "แก้ไขได้เมื่อโรงเรียนขอให้ปรับ หรือโดยจัดทำฉบับใหม่เมื่อลงนามแล้ว"
        )
    ensure_allowed(agreement, AgreementAction.EDIT)


def _log_edit(agreement: Agreement, words: str, *, by: User, **facts: object) -> None:
    transition(agreement, AgreementAction.EDIT, by=by, reason=words, **facts)

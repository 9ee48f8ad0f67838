"""What is asked of agreements: the versions of a school's, and what changed between two."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from schools.core.thai import short_date
from schools.models import AcademicYear, School, User
from supervision.quality_drive.agreements.enums import AgreementAction, AgreementState
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import (
    SIGNED_AGREEMENT_STATES,
    Agreement,
    AgreementSupport,
    AgreementTarget,
    QualityDrive,
)
from supervision.workflow.queries import HistoryEntry

ALL_DIMENSIONS = "ทุกด้าน"
# What the paper of an agreement says besides its targets and support.
PAPER_RELATIONS = ("school__area", "drive__academic_year", "signed_by", "school_signed_by")
RETURNED_ACTIONS = (AgreementAction.RETURN, AgreementAction.RETURN_TO_DRAFT)


@dataclass(frozen=True)
class AgreedDimension:
    """One dimension of an agreement, with its targets in reading order."""

    code: str
    name: str
    targets: Sequence[AgreementTarget]


@dataclass(frozen=True)
class AgreementChange:
    """One line that two versions have differently; empty where a version lacks it."""

    what: str
    before: str
    after: str


def agreed_dimensions(agreement: Agreement) -> list[AgreedDimension]:
    """The agreement's targets by dimension, in one query; dimensions without any are left out."""
    found: dict[str, list[AgreementTarget]] = {}
    for target in agreement.targets.all():
        found.setdefault(target.dimension_code, []).append(target)
    return [AgreedDimension(code, DimensionCode(code).label, rows) for code, rows in found.items()]


def school_agreements(drive: QualityDrive, school: School, reader: User) -> QuerySet[Agreement]:
    """The versions of one school's agreement that the reader may see, newest first."""
    rows = Agreement.objects.visible_to(reader).filter(drive=drive, school=school)
    return rows.order_by("-version")


def find_current_agreement(drive: QualityDrive, school: School, reader: User) -> Agreement | None:
    """The version in force, else the newest that is not cancelled; None where there is none."""
    return _current(school_agreements(drive, school, reader))


def find_agreement_of_year(
    school: School, academic_year: AcademicYear, reader: User
) -> Agreement | None:
    """The same of the drive of an academic year, with all that its paper says, in one query."""
    rows = Agreement.objects.visible_to(reader).filter(
        drive__academic_year=academic_year, school=school
    )
    return _current(rows.select_related(*PAPER_RELATIONS).order_by("-version"))


def _current(newest_first: QuerySet[Agreement]) -> Agreement | None:
    rows = list(newest_first)
    in_force = [row for row in rows if row.is_in_force]
    going_on = [row for row in rows if row.state != AgreementState.CANCELLED]
    return next(iter([*in_force, *going_on]), None)


def signed_version_before(agreement: Agreement) -> Agreement | None:
    """The newest version before this one that both had signed."""
    rows = Agreement.objects.filter(
        drive=agreement.drive_id,
        school=agreement.school_id,
        version__lt=agreement.version,
        state__in=SIGNED_AGREEMENT_STATES,
    )
    return rows.order_by("version").last()


def agreement_changes(before: Agreement, after: Agreement) -> list[AgreementChange]:
    """What a version has differently from an earlier one: words, targets, promises."""
    changes = []
    if before.intentions != after.intentions:
        changes.append(AgreementChange("ข้อตกลงร่วมกัน", before.intentions, after.intentions))
    changes += _changed(_target_words(before.targets.all()), _target_words(after.targets.all()))
    changes += _changed(_support_words(before.supports.all()), _support_words(after.supports.all()))
    return changes


def _changed(before: dict[str, str], after: dict[str, str]) -> list[AgreementChange]:
    names = dict.fromkeys([*before, *after])
    lines = [AgreementChange(name, before.get(name, ""), after.get(name, "")) for name in names]
    return [line for line in lines if line.before != line.after]


def _target_words(targets: Iterable[AgreementTarget]) -> dict[str, str]:
    return {one.text: f"{level_word(one.baseline)} → {level_word(one.target)}" for one in targets}


def _support_words(supports: Iterable[AgreementSupport]) -> dict[str, str]:
    return {
        f"การสนับสนุน: {one.text}": (
            f"{one.get_assignee_display()} · กำหนดเสร็จ {short_date(one.due_on)}"
        )
        for one in supports
    }


def level_word(level: Decimal | None) -> str:
    """A level with two decimals, or that nobody knew it."""
    return "ไม่มีข้อมูล" if level is None else f"{level:.2f}"


def edits_since_return(history: Sequence[HistoryEntry]) -> list[HistoryEntry]:
    """What was changed in the draft since one side asked for it, newest first; else nothing.

    `history` is the whole one, newest first.
    """
    found: list[HistoryEntry] = []
    for line in history:
        if line.verb in RETURNED_ACTIONS:
            return found
        if line.verb == AgreementAction.EDIT:
            found.append(line)
    return []

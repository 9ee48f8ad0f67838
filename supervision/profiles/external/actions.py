"""External assessments of schools: recorded, put right with a reason, withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.history import display_value
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import School, User
from supervision.profiles.external.advice_source import external_advice_panel
from supervision.profiles.external.enums import ExternalAssessmentAction
from supervision.profiles.models import ExternalAssessment, ExternalResult
from supervision.workflow.actions import ensure_allowed, start, transition

AspectAndLevel = tuple[str, str]


@dataclass(frozen=True)
class AssessmentContent:
    """What somebody entered: fields of the assessment by name, results in order, a file."""

    fields: Mapping[str, Any]
    results: Sequence[AspectAndLevel] = ()
    file: SanitizedFile | None = None


@transaction.atomic
def record_external_assessment(
    school: School, *, by: User, content: AssessmentContent, is_sample: bool = False
) -> ExternalAssessment:
    """Enter what an agency found at a school.

    Raises ActionRefused where the school has one of this agency, round and year: a form sent
    twice makes one.
    """
    School.objects.select_for_update().get(pk=school.pk)
    assessment = ExternalAssessment(
        school=school,
        recorded_by=by,
        recorded_at=timezone.now(),
        is_sample=is_sample,
        **content.fields,
    )
    _check_is_new(assessment)
    with delete_files_on_rollback(assessment.file):
        if content.file:
            _store(assessment, content.file)
        start(assessment, ExternalAssessmentAction.RECORD, by=by)
        _save_results(assessment, content.results)
    return assessment


@transaction.atomic
def correct_external_assessment(
    assessment: ExternalAssessment, *, by: User, reason: str, content: AssessmentContent
) -> None:
    """Put an assessment right; the log keeps what stood there before, of an earlier file its name.

    Raises ActionRefused when nothing differs, without a reason, and once it was withdrawn.
    """
    assessment.refresh_from_db(from_queryset=ExternalAssessment.objects.select_for_update())
    ensure_allowed(assessment, ExternalAssessmentAction.CORRECT)
    before = _differences(assessment, content)
    if not before:
        raise ActionRefused("ข้อมูลเหมือนเดิมทุกช่อง จึงไม่มีสิ่งที่แก้ไข")
    for name, value in content.fields.items():
        setattr(assessment, name, value)
    _check_is_new(assessment)
    said = f"{reason.strip()} (เดิม: {', '.join(before)})" if reason.strip() else ""
    facts = dict(content.fields)
    with delete_files_on_rollback(*([assessment.file] if content.file else [])):
        if content.file:
            _store(assessment, content.file)
            facts |= {"file": assessment.file, "file_name": assessment.file_name}
        transition(assessment, ExternalAssessmentAction.CORRECT, by=by, reason=said, **facts)
        _save_results(assessment, content.results)


@transaction.atomic
def withdraw_external_assessment(assessment: ExternalAssessment, *, by: User, reason: str) -> None:
    """Take an assessment out of the profile, with the reason; the record stays.

    Raises ActionRefused while recommendations of it stand in the ledger; the lock keeps others
    from recording one meanwhile.
    """
    assessment.refresh_from_db(from_queryset=ExternalAssessment.objects.select_for_update())
    if external_advice_panel(assessment, by).lines:
        raise ActionRefused(
            "ข้อเสนอแนะของการประเมินนี้ยังอยู่ในทะเบียน โปรดถอนข้อเสนอแนะทุกข้อก่อน "
            "หากมีข้อที่ปิดแล้ว โปรดแก้ไขการประเมินแทนการถอน"
        )
    transition(assessment, ExternalAssessmentAction.WITHDRAW, by=by, reason=reason)


def _check_is_new(assessment: ExternalAssessment) -> None:
    same = ExternalAssessment.objects.recorded().filter(
        school=assessment.school,
        agency=assessment.agency,
        round_name=assessment.round_name,
        academic_year=assessment.academic_year,
        assessed_on=assessment.assessed_on,
    )
    if same.exclude(pk=assessment.pk).exists():
        raise ActionRefused(
            f"บันทึก{assessment.title}ของโรงเรียนนี้ไว้แล้ว โปรดแก้ไขรายการเดิม หรือระบุรอบหรือปีให้ต่างกัน"
        )


def _store(assessment: ExternalAssessment, file: SanitizedFile) -> None:
    assessment.file_name = file.name
    assessment.file.save(f"{uuid4()}{file.suffix}", file.content, save=False)


def _save_results(assessment: ExternalAssessment, results: Sequence[AspectAndLevel]) -> None:
    """The results take the place of those before."""
    assessment.results.all().delete()
    ExternalResult.objects.bulk_create(
        ExternalResult(assessment=assessment, position=position, aspect=aspect, level=level)
        for position, (aspect, level) in enumerate(results, 1)
    )


def _differences(assessment: ExternalAssessment, content: AssessmentContent) -> list[str]:
    """What stands there now where it differs, by the names of the boxes."""
    found = [
        f"{_label(name)} {display_value(assessment, name)}"
        for name, value in content.fields.items()
        if getattr(assessment, name) != value
    ]
    results = [(row.aspect, row.level) for row in assessment.results.all()]
    if results != list(content.results):
        found.append("ผลรายด้าน " + (" / ".join(map(" ".join, results)) or "ว่าง"))
    if content.file:
        found.append(f"ไฟล์ {assessment.file_name or 'ไม่มี'}")
    return found


def _label(name: str) -> str:
    return str(getattr(ExternalAssessment._meta.get_field(name), "verbose_name", name))

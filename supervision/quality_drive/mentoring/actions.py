"""What is done with mentoring visits: their words written, signed, answered by the school."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from django.db import transaction

from schools.core.errors import ActionRefused
from schools.core.version_token import version_token
from schools.models import User
from supervision.improvement.drive_advice import (
    DriveAdviceSource,
    record_drive_advice,
)
from supervision.improvement.enums import Assignee
from supervision.improvement.models import Recommendation
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import Mentoring, MentoringDimension, QualityDrive
from supervision.quality_drive.models.drives import AT_WORK_STATES
from supervision.visits.actions import (
    acknowledge_visit,
    check_can_acknowledge_visit,
    lock_visit,
    sign_visit,
    start_record_in_words,
)
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.records_of_kinds import RecordOfKind
from supervision.workflow.read_versions import ensure_as_read

WORDS_TO_SIGN = {
    "observed": "สิ่งที่พบ",
    "supervisor_reflection": "การสะท้อนผลของผู้นิเทศ",
    "next_steps": "สิ่งที่จะทำต่อไปร่วมกัน",
}


@transaction.atomic
def start_mentoring(visit: Visit, *, by: User) -> Mentoring:
    """Begin the record of a mentoring visit, in the drive of its term's year.

    Raises ActionRefused where ก.ต.ป.น. has endorsed no drive of that year.
    """
    year = visit.round.term.academic_year_id
    drive = QualityDrive.objects.filter(academic_year=year, state__in=AT_WORK_STATES).first()
    if drive is None:
        raise ActionRefused("ปีการศึกษานี้ยังไม่มีการขับเคลื่อนที่ ก.ต.ป.น. เห็นชอบ จึงยังบันทึกไม่ได้")
    start_record_in_words(visit, by=by)
    return Mentoring.objects.create(visit=visit, drive=drive)


@transaction.atomic
def update_mentoring(
    mentoring: Mentoring, *, dimensions: Collection[str], words: Mapping[str, str]
) -> None:
    """Write what was found, until the leader signs; `words` by the fields of `WORDS_TO_SIGN`."""
    lock_visit(mentoring.visit)
    check_mentoring_is_open(mentoring.visit)
    for field in WORDS_TO_SIGN:
        setattr(mentoring, field, words[field].strip())
    mentoring.save(update_fields=list(WORDS_TO_SIGN))
    _set_dimensions(mentoring, dimensions)


def check_mentoring_is_open(visit: Visit) -> None:
    """Raises ActionRefused before the record is begun, and once it is signed or cancelled."""
    if visit.state != VisitState.RECORDING:
        raise ActionRefused("บันทึกนี้ลงนามหรือยกเลิกแล้ว จึงแก้ไขไม่ได้ หากต้องแก้ไข โปรดทำเป็นฉบับใหม่")


def _set_dimensions(mentoring: Mentoring, dimensions: Collection[str]) -> None:
    mentoring.dimensions.all().delete()
    MentoringDimension.objects.bulk_create(
        MentoringDimension(mentoring=mentoring, code=DimensionCode(code)) for code in dimensions
    )


@transaction.atomic
def sign_mentoring(visit: Visit, *, by: User, version_read: str) -> None:
    """Sign and freeze the record as its leader, who has read this version of it.

    Raises ActionRefused as sign_visit does, and Outdated where somebody wrote on since.
    """
    lock_visit(visit)
    ensure_as_read(mentoring_version(Mentoring.objects.get(visit=visit)), version_read)
    sign_visit(visit, by=by)


def mentoring_version(mentoring: Mentoring) -> str:
    """The version of the record's words and dimensions."""
    codes = [one.code for one in mentoring.dimensions.all()]
    return version_token([codes, *(getattr(mentoring, field) for field in WORDS_TO_SIGN)])


@transaction.atomic
def acknowledge_mentoring(visit: Visit, *, by: User, reflection: str) -> None:
    """The school's director has read the record, and looks back on the visit for the school."""
    lock_visit(visit)
    check_can_acknowledge_visit(visit)
    Mentoring.objects.filter(visit=visit).update(school_reflection=reflection.strip())
    acknowledge_visit(visit, by=by)


@transaction.atomic
def record_mentoring_advice(
    mentoring: Mentoring, *, by: User, text: str, assignee: Assignee, due_on: date
) -> Recommendation:
    """Put advice of a signed mentoring visit into the ledger, in force from now on.

    Raises ActionRefused before the leader has signed: the school reads the record first.
    """
    visit = mentoring.visit
    check_can_advise(visit)
    return record_drive_advice(
        school=visit.round.school,
        by=by,
        text=text,
        assignee=assignee,
        due_on=due_on,
        origin_detail=origin_of_mentoring_advice(visit),
        is_sample=visit.round.is_sample,
        visit=visit,
    )


def origin_of_mentoring_advice(visit: Visit) -> str:
    """How the ledger names the visit that gave the advice."""
    return f"การให้คำปรึกษา {visit.ordinal} ภาคเรียนที่ {visit.round.term}"


def check_can_advise(visit: Visit) -> None:
    """Raises ActionRefused unless the record is signed."""
    if not visit.is_signed:
        raise ActionRefused("บันทึกข้อเสนอแนะลงทะเบียนได้เมื่อหัวหน้าคณะนิเทศลงนามแล้ว")


def mentoring_advice_source(recommendation: Recommendation) -> DriveAdviceSource | None:
    """The mentoring visit that gave the advice; None for advice of anything else."""
    visit = recommendation.visit
    if visit is None or not visit.is_mentoring:
        return None
    return DriveAdviceSource(visit.label, visit.get_absolute_url())


# --- What the visit asks of this record ---


def missing_in_mentoring(visit: Visit) -> Sequence[str]:
    """What the record lacks before its leader can sign."""
    mentoring = Mentoring.objects.get(visit=visit)
    missing = [label for field, label in WORDS_TO_SIGN.items() if not getattr(mentoring, field)]
    if not mentoring.dimensions.exists():
        missing.insert(0, "ด้านที่ให้คำปรึกษา อย่างน้อย 1 ด้าน")
    return missing


def _missing_reflection(visit: Visit) -> Sequence[str]:
    answered = Mentoring.objects.filter(visit=visit).exclude(school_reflection="").exists()
    return [] if answered else ["การสะท้อนผลของผู้รับการนิเทศ"]


def _copy_mentoring(visit: Visit, following: Visit) -> None:
    """A new version begins with the words and dimensions; the school looks back on it anew."""
    before = Mentoring.objects.get(visit=visit)
    words = {field: getattr(before, field) for field in WORDS_TO_SIGN}
    copy = Mentoring.objects.create(visit=following, drive=before.drive, **words)
    _set_dimensions(copy, [one.code for one in before.dimensions.all()])


MENTORING_RECORD = RecordOfKind(
    missing_to_sign=missing_in_mentoring,
    missing_to_acknowledge=_missing_reflection,
    copy=_copy_mentoring,
)

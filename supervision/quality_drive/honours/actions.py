"""What is done with honours: categories written, schools proposed, and what meetings decide."""

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.models import School, User
from supervision.committees.meeting_field import check_meeting_decides
from supervision.committees.models import Meeting
from supervision.quality_drive.honours.enums import HonourAction
from supervision.quality_drive.honours.sample_categories import SAMPLE_CATEGORIES
from supervision.quality_drive.models import Honour, HonourCategory, QualityDrive
from supervision.workflow.actions import ensure_allowed, start, transition

NAME_IS_TAKEN = "มีประเภทรางวัลชื่อนี้แล้ว โปรดใช้ชื่ออื่น"
ALREADY_PROPOSED = "เสนอชื่อโรงเรียนนี้ในประเภทนี้แล้ว โปรดเปิดรายการเดิม"


# --- Categories ---


@transaction.atomic
def create_honour_category(drive: QualityDrive, *, name: str, criteria: str) -> HonourCategory:
    """Add a category at the end of the list. Raises ActionRefused where its name is taken."""
    QualityDrive.objects.select_for_update().get(pk=drive.pk)
    return _add_category(drive, name=name, criteria=criteria, is_sample=False)


@transaction.atomic
def add_sample_categories(drive: QualityDrive) -> int:
    """Add the sample categories to a drive that has none; returns how many there are.

    The manual names no category, so each of them says that it is a sample until it is edited.
    """
    QualityDrive.objects.select_for_update().get(pk=drive.pk)
    if drive.honour_categories.exists():
        raise ActionRefused("มีประเภทรางวัลแล้ว จึงไม่เพิ่มประเภทตัวอย่าง โปรดเพิ่มทีละประเภท")
    for name, criteria in SAMPLE_CATEGORIES:
        _add_category(drive, name=name, criteria=criteria, is_sample=True)
    return len(SAMPLE_CATEGORIES)


def _add_category(
    drive: QualityDrive, *, name: str, criteria: str, is_sample: bool
) -> HonourCategory:
    last = drive.honour_categories.order_by("position").last()
    category = HonourCategory(drive=drive, position=last.position + 1 if last else 1)
    category.name, category.criteria, category.is_sample = name, criteria, is_sample
    with unique_violation_as_refusal(NAME_IS_TAKEN):
        category.save()
    return category


@transaction.atomic
def update_honour_category(category: HonourCategory, *, name: str, criteria: str) -> None:
    """Change name and criteria, which are then the office's own and no sample any more.

    Raises ActionRefused once a meeting has decided by them.
    """
    category.refresh_from_db(from_queryset=HonourCategory.objects.select_for_update())
    check_category_is_undecided(category)
    category.name, category.criteria, category.is_sample = name, criteria, False
    with unique_violation_as_refusal(NAME_IS_TAKEN):
        category.save()


def check_category_is_undecided(category: HonourCategory) -> None:
    """Raises ActionRefused once a meeting has decided on a school in this category."""
    if category.honours.exclude(award_meeting=None).exists():
        raise ActionRefused("ก.ต.ป.น. พิจารณาตามเกณฑ์ของประเภทนี้แล้ว จึงแก้ไขเกณฑ์ไม่ได้ โปรดเพิ่มประเภทใหม่")


@transaction.atomic
def delete_honour_category(category: HonourCategory) -> None:
    """Delete a category in which nobody was proposed. Raises ActionRefused otherwise."""
    category.refresh_from_db(from_queryset=HonourCategory.objects.select_for_update())
    if category.honours.exists():
        raise ActionRefused("มีโรงเรียนที่เสนอชื่อในประเภทนี้แล้ว จึงลบไม่ได้")
    category.delete()


# --- Proposals ---


@transaction.atomic
def propose_honour(category: HonourCategory, *, by: User, school: School, reason: str) -> Honour:
    """Propose a school with the reason. Raises ActionRefused where it is proposed already."""
    if category.drive.is_draft:
        raise ActionRefused("ก.ต.ป.น. ยังไม่เห็นชอบการขับเคลื่อนของปีนี้ จึงยังเสนอชื่อโรงเรียนไม่ได้")
    if not School.objects.open_on(timezone.localdate()).filter(pk=school.pk).exists():
        raise ActionRefused(field_errors={"school": "โรงเรียนนี้เลิกหรือยุบรวมแล้ว โปรดเลือกโรงเรียนอื่น"})
    honour = Honour(category=category, school=school, reason=reason.strip())
    honour.is_sample = category.is_sample
    with unique_violation_as_refusal(ALREADY_PROPOSED):
        start(honour, HonourAction.PROPOSE, by=by)
    return honour


@transaction.atomic
def update_honour_reason(honour: Honour, *, by: User, reason: str) -> None:
    """Put the reason right while no meeting has decided; the log keeps what it was before."""
    honour.refresh_from_db(from_queryset=Honour.objects.select_for_update())
    transition(honour, HonourAction.EDIT, by=by, reason=f"เดิม: {honour.reason}")
    honour.reason = reason.strip()
    honour.save(update_fields=["reason"])


# --- What meetings decide ---


@transaction.atomic
def award_honour(honour: Honour, *, by: User, meeting: Meeting) -> None:
    """Record that the meeting honours the school. Raises ActionRefused unless it decides."""
    check_meeting_decides(meeting)
    transition(honour, HonourAction.AWARD, by=by, award_meeting=meeting)


@transaction.atomic
def decline_honour(honour: Honour, *, by: User, meeting: Meeting, reason: str) -> None:
    """Record that the meeting does not honour the school, and why; it stays in the office."""
    check_meeting_decides(meeting)
    transition(honour, HonourAction.DECLINE, by=by, reason=reason, award_meeting=meeting)


@transaction.atomic
def release_honour(honour: Honour, *, by: User, meeting: Meeting) -> None:
    """Record that the meeting releases the honour to the public: a resolution of its own."""
    check_meeting_decides(meeting)
    transition(honour, HonourAction.RELEASE, by=by, release_meeting=meeting)


def withdraw_honour(honour: Honour, *, by: User, reason: str) -> None:
    """Take the honour off the public page, with the reason; it stays awarded."""
    transition(honour, HonourAction.WITHDRAW, by=by, reason=reason)


@transaction.atomic
def revoke_honour(honour: Honour, *, by: User, meeting: Meeting, reason: str) -> None:
    """Record that the meeting takes the honour back; its certificate is no longer good."""
    ensure_allowed(honour, HonourAction.REVOKE)
    check_meeting_decides(meeting)
    transition(honour, HonourAction.REVOKE, by=by, reason=reason, revoke_meeting=meeting)

"""The paper that was signed by hand, scanned and kept beside the signed record."""

from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from schools.access import Permission, can
from schools.core.errors import ActionRefused
from schools.core.uploads import SanitizedFile, delete_files_on_rollback, sha256_of
from schools.models import User
from supervision.visits.models import SignedCopy, Visit

MAX_SIGNED_COPIES = 20


def attach_signed_copy(visit: Visit, safe: SanitizedFile, *, by: User) -> SignedCopy:
    """Keep one scanned page or PDF, once.

    Raises Refused before the record is signed, when the same content is kept already, or when
    full.
    """
    copy = SignedCopy(visit=visit, name=safe.name, size=safe.content.size, by=by, at=timezone.now())
    copy.sha256 = sha256_of(safe.content)
    with delete_files_on_rollback(copy.file):
        visit.refresh_from_db(from_queryset=Visit.objects.select_for_update())
        check_can_attach_signed_copy(visit)
        _check_is_new(copy)
        copy.file.save(f"{visit.pk}{safe.suffix}", safe.content, save=False)
        copy.save()
    return copy


def _check_is_new(copy: SignedCopy) -> None:
    """A second tap, or the same scan by both sides, adds nothing."""
    same = copy.visit.signed_copies.present().filter(sha256=copy.sha256).first()
    if same:
        raise ActionRefused(
            f"ไฟล์นี้แนบไว้แล้วในชื่อ “{same.name}” จึงไม่แนบซ้ำ โปรดตรวจรายการสำเนาในหน้าการนิเทศ"
        )


def check_can_attach_signed_copy(visit: Visit) -> None:
    """For the page that asks for the file."""
    if not visit.is_signed:
        raise ActionRefused("แนบสำเนาที่ลงนามได้เมื่อบันทึกการนิเทศลงนามในระบบแล้ว")
    if visit.signed_copies.present().count() >= MAX_SIGNED_COPIES:
        raise ActionRefused(
            f"มีสำเนาครบ {MAX_SIGNED_COPIES} ไฟล์แล้ว โปรดรวมหลายหน้าเป็น PDF ไฟล์เดียว หรือนำไฟล์ที่แนบผิดออก"
        )


def can_remove_signed_copy(copy: SignedCopy, person: User) -> bool:
    """The supervising side any copy; the school's director only what they attached themselves."""
    school = copy.visit.round.school_id
    is_own = copy.by_id == person.pk and can(person, Permission.ACKNOWLEDGE_VISIT, school)
    return is_own or can(person, Permission.RECORD_VISIT, school)


@transaction.atomic
def remove_signed_copy(copy: SignedCopy, *, by: User, reason: str) -> None:
    """Take a wrongly attached copy off: the row stays as a trace, the file goes.

    Raises Refused without a reason, and when somebody has removed it meanwhile.
    """
    copy.refresh_from_db(from_queryset=SignedCopy.objects.select_for_update())
    check_signed_copy_is_present(copy)
    if not reason.strip():
        raise ActionRefused("โปรดระบุเหตุผลที่นำสำเนาออก")
    file, copy.file = copy.file.name, ""
    copy.removed_at, copy.removed_by, copy.removal_reason = timezone.now(), by, reason.strip()
    copy.save(update_fields=["file", "removed_at", "removed_by", "removal_reason"])
    transaction.on_commit(partial(default_storage.delete, file))


def check_signed_copy_is_present(copy: SignedCopy) -> None:
    """For the page that asks before it."""
    if copy.removed_at:
        raise ActionRefused(f"{copy.removed_by} นำสำเนานี้ออกไปแล้ว โปรดกลับไปที่หน้าการนิเทศ")

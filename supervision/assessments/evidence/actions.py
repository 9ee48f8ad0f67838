from collections.abc import Iterable
from functools import partial
from uuid import UUID, uuid4

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import User
from supervision.assessments.enums import EvidenceKind, SheetKind
from supervision.assessments.journal import lock_open_sheet
from supervision.assessments.models import AnswerSheet, Evidence

MAX_EVIDENCE_PER_FIELD = 30


def add_evidence_file(
    sheet: AnswerSheet,
    indicator: int | None,
    safe: SanitizedFile,
    *,
    by: User,
    id: UUID,
    caption: str = "",
    has_consent: bool = False,
) -> Evidence:
    """Keep a photo or document in this place, unless this `id` is there already.

    Raises Refused when the sheet is frozen or the place full; then no file is left behind.
    """
    kind = EvidenceKind.PHOTO if safe.small else EvidenceKind.DOCUMENT
    evidence_item = Evidence(
        id=id, sheet=sheet, indicator_id=indicator, kind=kind, caption=caption, by=by
    )
    evidence_item.name, evidence_item.size = safe.name, safe.content.size
    evidence_item.has_consent = has_consent and evidence_item.is_photo
    with delete_files_on_rollback(evidence_item.file, evidence_item.small):
        return _add(evidence_item, safe)


def add_evidence_link(
    sheet: AnswerSheet, indicator: int | None, url: str, *, by: User, id: UUID, caption: str = ""
) -> Evidence:
    """Keep a link in this place, unless this `id` is there already. Raises Refused as above."""
    kind = EvidenceKind.LINK
    evidence_item = Evidence(
        id=id, sheet=sheet, indicator_id=indicator, kind=kind, caption=caption, by=by
    )
    evidence_item.url = url
    return _add(evidence_item)


@transaction.atomic
def _add(evidence_item: Evidence, safe: SanitizedFile | None = None) -> Evidence:
    lock_open_sheet(evidence_item.sheet)
    known = Evidence.objects.filter(pk=evidence_item.pk).first()
    if known:
        return _existing_evidence(known, evidence_item)
    _ensure_evidence_fits(evidence_item.sheet, evidence_item.indicator_id)
    evidence_item.at = timezone.now()
    if safe:
        evidence_item.file.save(f"{evidence_item.pk}{safe.suffix}", safe.content, save=False)
    if safe and safe.small:
        evidence_item.small.save(f"{evidence_item.pk}.small.jpg", safe.small, save=False)
    evidence_item.save(force_insert=True)
    return evidence_item


def _existing_evidence(known: Evidence, evidence_item: Evidence) -> Evidence:
    """The same id may come twice, but only for the same place."""
    if (known.sheet_id, known.indicator_id) != (evidence_item.sheet_id, evidence_item.indicator_id):
        raise ActionRefused("ระบบแยกไฟล์นี้จากไฟล์ก่อนหน้าไม่ได้ โปรดเปิดหน้านี้ใหม่แล้วแนบอีกครั้ง")
    ensure_evidence_present(known)
    return known


def _ensure_evidence_fits(sheet: AnswerSheet, indicator: int | None) -> None:
    is_there = (
        sheet.indicators().filter(pk=indicator).exists()
        if indicator
        else accepts_general_evidence(sheet)
    )
    if not is_there:
        raise ActionRefused("ตัวชี้วัดนี้ไม่อยู่ในชุดที่ใช้ประเมิน โปรดเปิดหน้านี้ใหม่")
    if sheet.evidence.present().filter(indicator=indicator).count() >= MAX_EVIDENCE_PER_FIELD:
        raise ActionRefused(
            f"ที่นี่มีหลักฐานครบ {MAX_EVIDENCE_PER_FIELD} รายการแล้ว "
            "โปรดนำรายการที่ไม่จำเป็นออก หรือรวมเป็นไฟล์เดียว"
        )


def accepts_general_evidence(sheet: AnswerSheet) -> bool:
    """Only a visit's sheet has a page for what belongs to no indicator."""
    return sheet.kind == SheetKind.VISIT


@transaction.atomic
def update_evidence(evidence_item: Evidence, *, caption: str, has_consent: bool = False) -> None:
    """Say what is seen, and whether the people in a photo agreed. Raises Refused when frozen."""
    lock_open_sheet(evidence_item.sheet)
    evidence_item.refresh_from_db()
    ensure_evidence_present(evidence_item)
    evidence_item.caption, evidence_item.has_consent = (
        caption,
        has_consent and evidence_item.is_photo,
    )
    evidence_item.save(update_fields=["caption", "has_consent"])


def ensure_evidence_present(evidence_item: Evidence) -> None:
    """Raises Refused when somebody has removed it meanwhile."""
    if evidence_item.removed_at:
        raise ActionRefused(f"{evidence_item.removed_by} นำหลักฐานนี้ออกไปแล้ว โปรดกลับไปที่แบบประเมิน")


@transaction.atomic
def remove_evidence(evidence_item: Evidence, *, by: User) -> None:
    """Take it off the sheet: the row stays as a trace, the file goes with its last owner.

    Removing it twice changes nothing. Raises Refused when the sheet is frozen.
    """
    lock_open_sheet(evidence_item.sheet)
    evidence_item.refresh_from_db()
    if evidence_item.removed_at:
        return
    files = evidence_item.files
    owners = Evidence.objects.filter(file=evidence_item.file.name).exclude(pk=evidence_item.pk)
    evidence_item.file = evidence_item.small = ""
    evidence_item.removed_at, evidence_item.removed_by = timezone.now(), by
    evidence_item.save(update_fields=["file", "small", "removed_at", "removed_by"])
    if files and not owners.exists():
        transaction.on_commit(partial(_delete, files))


def copy_evidence(sheet: AnswerSheet, copy: AnswerSheet) -> None:
    """The copy of a sheet shows the same evidence; both name the same files."""
    evidence_items = list(sheet.evidence.present())
    for evidence_item in evidence_items:
        evidence_item.pk, evidence_item.sheet = uuid4(), copy
    Evidence.objects.bulk_create(evidence_items)


def _delete(files: Iterable[str]) -> None:
    for name in files:
        default_storage.delete(name)

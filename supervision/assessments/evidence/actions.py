from collections.abc import Iterable
from functools import partial
from uuid import UUID, uuid4

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from schools.models import User
from schools.uploads import Safe, all_or_nothing
from supervision.assessments.enums import EvidenceKind, SheetKind
from supervision.assessments.evidence.models import Evidence
from supervision.assessments.journal import hold_open
from supervision.assessments.models import AnswerSheet
from supervision.workflow.errors import Refused

MOST_PIECES = 30


def add_file(
    sheet: AnswerSheet,
    indicator: int | None,
    safe: Safe,
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
    piece = Evidence(id=id, sheet=sheet, indicator_id=indicator, kind=kind, caption=caption, by=by)
    piece.name, piece.size = safe.name, safe.content.size
    piece.has_consent = has_consent and piece.is_photo
    with all_or_nothing(piece.file, piece.small):
        return _add(piece, safe)


def add_link(
    sheet: AnswerSheet, indicator: int | None, url: str, *, by: User, id: UUID, caption: str = ""
) -> Evidence:
    """Keep a link in this place, unless this `id` is there already. Raises Refused as above."""
    kind = EvidenceKind.LINK
    piece = Evidence(id=id, sheet=sheet, indicator_id=indicator, kind=kind, caption=caption, by=by)
    piece.url = url
    return _add(piece)


@transaction.atomic
def _add(piece: Evidence, safe: Safe | None = None) -> Evidence:
    hold_open(piece.sheet)
    known = Evidence.objects.filter(pk=piece.pk).first()
    if known:
        return _as_sent_before(known, piece)
    _check_place(piece.sheet, piece.indicator_id)
    piece.at = timezone.now()
    if safe:
        piece.file.save(f"{piece.pk}{safe.suffix}", safe.content, save=False)
    if safe and safe.small:
        piece.small.save(f"{piece.pk}.small.jpg", safe.small, save=False)
    piece.save(force_insert=True)
    return piece


def _as_sent_before(known: Evidence, piece: Evidence) -> Evidence:
    """The same id may come twice, but only for the same place."""
    if (known.sheet_id, known.indicator_id) != (piece.sheet_id, piece.indicator_id):
        raise Refused("ระบบแยกไฟล์นี้จากไฟล์ก่อนหน้าไม่ได้ โปรดเปิดหน้านี้ใหม่แล้วแนบอีกครั้ง")
    check_present(known)
    return known


def _check_place(sheet: AnswerSheet, indicator: int | None) -> None:
    is_there = sheet.indicators().filter(pk=indicator).exists() if indicator else has_whole(sheet)
    if not is_there:
        raise Refused("ตัวชี้วัดนี้ไม่อยู่ในชุดที่ใช้ประเมิน โปรดเปิดหน้านี้ใหม่")
    if sheet.evidence.present().filter(indicator=indicator).count() >= MOST_PIECES:
        raise Refused(
            f"ที่นี่มีหลักฐานครบ {MOST_PIECES} รายการแล้ว โปรดนำรายการที่ไม่จำเป็นออก หรือรวมเป็นไฟล์เดียว"
        )


def has_whole(sheet: AnswerSheet) -> bool:
    """Only a visit's sheet has a page for what belongs to no indicator."""
    return sheet.kind == SheetKind.VISIT


@transaction.atomic
def describe(piece: Evidence, *, caption: str, has_consent: bool = False) -> None:
    """Say what is seen, and whether the people in a photo agreed. Raises Refused when frozen."""
    hold_open(piece.sheet)
    piece.refresh_from_db()
    check_present(piece)
    piece.caption, piece.has_consent = caption, has_consent and piece.is_photo
    piece.save(update_fields=["caption", "has_consent"])


def check_present(piece: Evidence) -> None:
    """Raises Refused when somebody has removed it meanwhile."""
    if piece.removed_at:
        raise Refused(f"{piece.removed_by} นำหลักฐานนี้ออกไปแล้ว โปรดกลับไปที่แบบประเมิน")


@transaction.atomic
def remove(piece: Evidence, *, by: User) -> None:
    """Take it off the sheet: the row stays as a trace, the file goes with its last owner.

    Removing it twice changes nothing. Raises Refused when the sheet is frozen.
    """
    hold_open(piece.sheet)
    piece.refresh_from_db()
    if piece.removed_at:
        return
    files = piece.files
    owners = Evidence.objects.filter(file=piece.file.name).exclude(pk=piece.pk)
    piece.file = piece.small = ""
    piece.removed_at, piece.removed_by = timezone.now(), by
    piece.save(update_fields=["file", "small", "removed_at", "removed_by"])
    if files and not owners.exists():
        transaction.on_commit(partial(_delete, files))


def copy_pieces(sheet: AnswerSheet, copy: AnswerSheet) -> None:
    """The copy of a sheet shows the same pieces; both name the same files."""
    pieces = list(sheet.evidence.present())
    for piece in pieces:
        piece.pk, piece.sheet = uuid4(), copy
    Evidence.objects.bulk_create(pieces)


def _delete(files: Iterable[str]) -> None:
    for name in files:
        default_storage.delete(name)

"""Files that people send: what may come in, and how it is made safe before it is kept.

The content decides, never the file's name. A photo is drawn anew by another process (see
photos.py), so neither its place nor anything hidden in it is kept. Documents are kept as they
are once they are known to be what they say (see documents.py); what is not on the list does not
come in.
"""

import errno
import hashlib
import os
import re
import shutil
import subprocess
import sys
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from schools.core.archives import OLE_SIGNATURE
from schools.core.documents import (
    OPEN_DOCUMENTS,
    UNKNOWN_TYPE_MESSAGE,
    UNREADABLE_FILE_MESSAGE,
    RejectedUpload,
    check_office_document,
    check_pdf,
)
from schools.core.photos import EXIT_DISK_FULL, EXIT_TOO_MANY_PIXELS, MAX_SIDE_PIXELS

PHOTO_TYPES = {"jpg", "png", "webp", "heic"}
# filetype knows the first of them only; newer phones write the others too.
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **{f".{suffix}": mime.decode() for mime, suffix in OPEN_DOCUMENTS.items()},
}
MAX_STEM_LENGTH = 100
SUFFIX_PATTERN = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
PHOTO_REDRAW_SECONDS = 90

OLD_OFFICE_MESSAGE = (
    "เป็นเอกสาร Office แบบเก่าหรือมีรหัสผ่าน ระบบจึงตรวจไม่ได้ "
    "โปรดบันทึกเป็น .docx .xlsx .pptx หรือ PDF ที่ไม่มีรหัสผ่าน แล้วส่งใหม่"
)
TOO_MANY_PIXELS_MESSAGE = "เป็นภาพที่ละเอียดเกินกว่าที่ระบบเปิดได้ โปรดย่อภาพหรือบันทึกเป็น JPEG แล้วส่งใหม่"

# However many send at once, a worker draws one photo at a time: each takes up to 0.4 GB.
_redraw_lock = threading.Lock()


@dataclass(frozen=True)
class SanitizedFile:
    """A file as it may be kept; a photo has a small picture beside it."""

    name: str
    content: File
    small: File | None = None

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix


def sanitize_upload(upload: UploadedFile) -> SanitizedFile:
    """The upload as it may be kept. Raises ValidationError with the name, cause and remedy."""
    name = display_file_name(upload.name or "")
    try:
        kind = _detect_type(upload)
        if kind in PHOTO_TYPES:
            return _sanitize_photo(upload, _with_suffix(name, "jpg"), MAX_SIDE_PIXELS)
        _check_size(upload, settings.UPLOAD_DOCUMENT_BYTES)
        if kind == "pdf":
            check_pdf(upload)
        else:
            kind = check_office_document(upload)
    except RejectedUpload as reason:
        raise ValidationError(f"“{name}” {reason}") from reason
    upload.seek(0)
    return SanitizedFile(_with_suffix(name, kind), upload)


def sanitize_picture(upload: UploadedFile, *, max_side: int) -> SanitizedFile:
    """The upload as a JPEG of at most so many pixels a side, for what is printed small.

    Raises ValidationError as sanitize_upload does, and for what is no picture.
    """
    name = display_file_name(upload.name or "")
    try:
        if _detect_type(upload) not in PHOTO_TYPES:
            raise RejectedUpload("ไม่ใช่ภาพ โปรดส่งเป็น PNG หรือ JPEG")
        return _sanitize_photo(upload, _with_suffix(name, "jpg"), max_side)
    except RejectedUpload as reason:
        raise ValidationError(f"“{name}” {reason}") from reason


@contextmanager
def delete_files_on_rollback(*files: FieldFile) -> Iterator[None]:
    """A transaction that keeps files; when it fails they are taken away with its rows."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for file in files:
            if file.name:
                file.storage.delete(file.name)
        raise


def sha256_of(content: File) -> str:
    """The digest of a file's content, which tells the same file sent twice."""
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()


def display_file_name(name: str) -> str:
    """The name as people may read it: no folders, nothing invisible, not too long."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
    stem, suffix = _split_suffix(visible.strip())
    return f"{stem[:MAX_STEM_LENGTH].strip() or 'ไฟล์'}{suffix}"


def _with_suffix(name: str, suffix: str) -> str:
    """`IMG_1.HEIC` kept as a JPEG is `IMG_1.jpg`; `แผน ป.4` has no suffix to lose."""
    return f"{_split_suffix(name)[0]}.{suffix}"


def _split_suffix(name: str) -> tuple[str, str]:
    found = SUFFIX_PATTERN.search(name)
    return (name[: found.start()], found[0]) if found else (name, "")


def _detect_type(upload: UploadedFile) -> str:
    """What the file is by its content. Raises RejectedUpload for what does not come in."""
    import filetype

    if not upload.size:
        raise RejectedUpload("เป็นไฟล์ว่าง ไม่มีข้อมูล โปรดเลือกไฟล์ใหม่")
    head = upload.read(8192)
    upload.seek(0)
    kind = filetype.guess_extension(head)
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        kind = "heic"
    if head.startswith(OLE_SIGNATURE):
        raise RejectedUpload(OLD_OFFICE_MESSAGE)
    if kind in PHOTO_TYPES or kind == "pdf":
        return str(kind)
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    raise RejectedUpload(UNKNOWN_TYPE_MESSAGE)


def _check_size(upload: UploadedFile, most: int) -> None:
    if (upload.size or 0) > most:
        raise RejectedUpload(
            f"มีขนาด {megabytes(upload.size or 0)} ซึ่งเกิน {megabytes(most)} โปรดลดขนาดแล้วส่งใหม่"
        )


def megabytes(size: int) -> str:
    """`1.4 MB`, rounded up: what is larger than its limit reads as larger."""
    return f"{ceil(size * 10 / 1024**2) / 10:,.1f} MB".replace(".0 MB", " MB")


# --- Photos ---


def _sanitize_photo(upload: UploadedFile, name: str, max_side: int) -> SanitizedFile:
    _check_size(upload, settings.UPLOAD_PHOTO_BYTES)
    with TemporaryDirectory(prefix="photo-") as folder, _redraw_lock:
        with open(Path(folder, "sent"), "wb") as sent:
            shutil.copyfileobj(upload, sent)
        _run_photo_redraw(folder, max_side)
        large, small = (Path(folder, f"{size}.jpg").read_bytes() for size in ("large", "small"))
    return SanitizedFile(name, ContentFile(large), ContentFile(small))


def _run_photo_redraw(folder: str, max_side: int) -> None:
    """By a process that may die of what it reads."""
    command = [sys.executable, "-m", "schools.core.photos", folder, str(max_side)]
    try:
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, capture_output=True, timeout=PHOTO_REDRAW_SECONDS
        )
    except subprocess.TimeoutExpired as late:
        raise RejectedUpload(TOO_MANY_PIXELS_MESSAGE) from late
    if done.returncode == EXIT_TOO_MANY_PIXELS:
        raise RejectedUpload(TOO_MANY_PIXELS_MESSAGE)
    if done.returncode == EXIT_DISK_FULL:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    if done.returncode:
        raise RejectedUpload(UNREADABLE_FILE_MESSAGE)

"""Files that people send: what may come in, and how it is made safe before it is kept.

The content decides, never the file's name. A photo is drawn anew by another process (see
photos.py), so neither its place nor anything hidden in it is kept. Documents are kept as they
are once they are known to be what they say; what is not on the list does not come in.
"""

import hashlib
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
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile

from schools.photos import TOO_MANY_PIXELS

PHOTOS = {"jpg", "png", "webp", "heic"}
# filetype knows the first of them only; newer phones write the others too.
HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1"}
OLD_OFFICE = bytes.fromhex("d0cf11e0a1b11ae1")
MAIN_PARTS = {
    "word/document.xml": "docx",
    "xl/workbook.xml": "xlsx",
    "ppt/presentation.xml": "pptx",
}
OPEN_DOCUMENTS = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
    b"application/vnd.oasis.opendocument.presentation": "odp",
}
CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    **{f".{suffix}": mime.decode() for mime, suffix in OPEN_DOCUMENTS.items()},
}
LONGEST_NAME = 100
SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,4}$")
MOST_PARTS, MOST_UNPACKED, MOST_RATIO = 10_000, 200 * 1024**2, 200
LOCKED_PDF = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
PHOTO_SECONDS = 90

UNKNOWN = (
    "เป็นไฟล์ชนิดที่ระบบไม่รับ (ดูจากเนื้อหา ไม่ใช่นามสกุล) ระบบรับภาพถ่าย (JPEG PNG WebP HEIC) PDF "
    "และเอกสาร Word Excel PowerPoint หรือ LibreOffice โปรดบันทึกเป็นชนิดใดชนิดหนึ่งแล้วส่งใหม่"
)
OLD = (
    "เป็นเอกสาร Office แบบเก่าหรือมีรหัสผ่าน ระบบจึงตรวจไม่ได้ "
    "โปรดบันทึกเป็น .docx .xlsx .pptx หรือ PDF ที่ไม่มีรหัสผ่าน แล้วส่งใหม่"
)
LOCKED = "มีรหัสผ่าน ผู้อื่นจึงเปิดอ่านไม่ได้ โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน แล้วส่งใหม่"
MACROS = "มีคำสั่งอัตโนมัติ (มาโคร) ซึ่งอาจเป็นอันตราย โปรดบันทึกเป็นชนิดที่ไม่มีมาโครหรือ PDF แล้วส่งใหม่"
BOMB = "เมื่อเปิดแล้วมีขนาดใหญ่ผิดปกติ ระบบจึงไม่รับ โปรดลดขนาดหรือบันทึกเป็น PDF แล้วส่งใหม่"
BROKEN = "เปิดอ่านไม่ได้ ไฟล์อาจเสียหายหรือส่งมาไม่ครบ โปรดตรวจว่าเปิดได้ในเครื่องของคุณ แล้วส่งใหม่"
TOO_DETAILED = "เป็นภาพที่ละเอียดเกินกว่าที่ระบบเปิดได้ โปรดย่อภาพหรือบันทึกเป็น JPEG แล้วส่งใหม่"

# However many send at once, a worker draws one photo at a time: each takes up to 0.4 GB.
_drawing = threading.Lock()


class Unfit(Exception):
    """The file cannot come in. `str()` is the cause and remedy, without the file's name."""


@dataclass(frozen=True)
class Safe:
    """A file as it may be kept; a photo has a small picture beside it."""

    name: str
    content: File
    small: File | None = None

    @property
    def suffix(self) -> str:
        return Path(self.name).suffix


def made_safe(upload: UploadedFile) -> Safe:
    """The upload as it may be kept. Raises ValidationError with the name, cause and remedy."""
    name = shown_name(upload.name or "")
    try:
        kind = _kind_of(upload)
        if kind in PHOTOS:
            return _redrawn(upload, _with_suffix(name, "jpg"))
        _check_size(upload, settings.UPLOAD_DOCUMENT_BYTES)
        if kind == "pdf":
            _check_pdf(upload)
        else:
            kind = _office_kind(upload)
    except Unfit as reason:
        raise ValidationError(f"“{name}” {reason}") from reason
    upload.seek(0)
    return Safe(_with_suffix(name, kind), upload)


@contextmanager
def all_or_nothing(*files: FieldFile) -> Iterator[None]:
    """A transaction that keeps files; when it fails they are taken away with its rows."""
    try:
        with transaction.atomic():
            yield
    except BaseException:
        for file in filter(None, files):
            file.storage.delete(file.name)
        raise


def sha256_of(content: File) -> str:
    """The digest of a file's content, which tells the same file sent twice."""
    digest = hashlib.sha256()
    for piece in content.chunks():
        digest.update(piece)
    content.seek(0)
    return digest.hexdigest()


def shown_name(name: str) -> str:
    """The name as people may read it: no folders, nothing invisible, not too long."""
    name = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    visible = "".join(sign for sign in name if not unicodedata.category(sign).startswith("C"))
    stem, suffix = _parts_of(visible.strip())
    return f"{stem[:LONGEST_NAME].strip() or 'ไฟล์'}{suffix}"


def _with_suffix(name: str, suffix: str) -> str:
    """`IMG_1.HEIC` kept as a JPEG is `IMG_1.jpg`; `แผน ป.4` has no suffix to lose."""
    return f"{_parts_of(name)[0]}.{suffix}"


def _parts_of(name: str) -> tuple[str, str]:
    found = SUFFIX.search(name)
    return (name[: found.start()], found[0]) if found else (name, "")


def _kind_of(upload: UploadedFile) -> str:
    """What the file is by its content. Raises Unfit for what does not come in."""
    import filetype

    if not upload.size:
        raise Unfit("เป็นไฟล์ว่าง ไม่มีข้อมูล โปรดเลือกไฟล์ใหม่")
    head = upload.read(8192)
    upload.seek(0)
    kind = filetype.guess_extension(head)
    if head[4:8] == b"ftyp" and head[8:12] in HEIF_BRANDS:
        kind = "heic"
    if head.startswith(OLD_OFFICE):
        raise Unfit(OLD)
    if kind in PHOTOS or kind == "pdf":
        return str(kind)
    if head.startswith(b"PK\x03\x04"):
        return "zip"
    raise Unfit(UNKNOWN)


def _check_size(upload: UploadedFile, most: int) -> None:
    if (upload.size or 0) > most:
        raise Unfit(
            f"มีขนาด {megabytes(upload.size or 0)} ซึ่งเกิน {megabytes(most)} โปรดลดขนาดแล้วส่งใหม่"
        )


def megabytes(size: int) -> str:
    """`1.4 MB`, rounded up: what is larger than its limit reads as larger."""
    return f"{ceil(size * 10 / 1024**2) / 10:,.1f} MB".replace(".0 MB", " MB")


# --- Photos ---


def _redrawn(upload: UploadedFile, name: str) -> Safe:
    _check_size(upload, settings.UPLOAD_PHOTO_BYTES)
    with TemporaryDirectory(prefix="photo-") as folder, _drawing:
        with open(Path(folder, "sent"), "wb") as sent:
            shutil.copyfileobj(upload, sent)
        _draw(folder)
        large, small = (Path(folder, f"{size}.jpg").read_bytes() for size in ("large", "small"))
    return Safe(name, ContentFile(large), ContentFile(small))


def _draw(folder: str) -> None:
    """By a process that may die of what it reads."""
    command = [sys.executable, "-m", "schools.photos", folder]
    try:
        done = subprocess.run(
            command, cwd=settings.BASE_DIR, capture_output=True, timeout=PHOTO_SECONDS
        )
    except subprocess.TimeoutExpired as late:
        raise Unfit(TOO_DETAILED) from late
    if done.returncode == TOO_MANY_PIXELS:
        raise Unfit(TOO_DETAILED)
    if done.returncode:
        raise Unfit(BROKEN)


# --- Documents ---


def _check_pdf(upload: UploadedFile) -> None:
    """Whole, and open to every reader. Nothing in it is run here."""
    tail = b""
    for piece in upload.chunks():
        if LOCKED_PDF.search(tail + piece):
            raise Unfit(LOCKED)
        tail = (tail + piece)[-2048:]
    if b"%%EOF" not in tail:
        raise Unfit(BROKEN)


def _office_kind(upload: UploadedFile) -> str:
    """Which office document this packed folder is, all of it unpacked once to see it whole."""
    try:
        with ZipFile(upload) as archive:
            parts = archive.infolist()
            _check_parts(parts)
            kind = _kind_by_parts(archive)
            if archive.testzip():
                raise Unfit(BROKEN)
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise Unfit(BROKEN) from error
    return kind


def _check_parts(parts: list[ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit(LOCKED)
    unpacked = sum(part.file_size for part in parts)
    packed = sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > min(MOST_UNPACKED, (packed + 1024) * MOST_RATIO):
        raise Unfit(BOMB)
    # The other ways of packing cannot be unpacked bit by bit, and no office program uses them.
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise Unfit(UNKNOWN)


def _kind_by_parts(archive: ZipFile) -> str:
    names = {name.lower() for name in archive.namelist()}
    told = OPEN_DOCUMENTS.get(_start_of(archive, "mimetype").strip())
    kind = told or next((MAIN_PARTS[name] for name in MAIN_PARTS if name in names), None)
    if kind is None:
        raise Unfit(UNKNOWN)
    # The list of parts may be UTF-16; a part with macros may bear any name but is named there.
    types = _start_of(archive, "[Content_Types].xml").replace(b"\0", b"").lower()
    folders = {name.partition("/")[0] for name in names}
    if b"vbaproject" in types or b"macroenabled" in types or folders & {"basic", "scripts"}:
        raise Unfit(MACROS)
    return kind


def _start_of(archive: ZipFile, name: str) -> bytes:
    """The first megabyte of a part; nothing where it is not there."""
    if name not in archive.namelist():
        return b""
    with archive.open(name) as part:
        return part.read(1024**2)

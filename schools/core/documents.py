"""Documents that people send: known to be what they say, and nothing in them runs or calls out.

A PDF is looked through by another process (see pdf_check.py); an office document is a packed
folder, whose list of parts and relations tell what it holds and what it fetches.
"""

import re
import subprocess
import sys
from tempfile import NamedTemporaryFile
from xml.etree import ElementTree
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from schools.core.archives import (
    OLE_SIGNATURE,
    DamagedArchive,
    OversizedArchive,
    open_archive,
    read_overlapping_chunks,
)
from schools.core.pdf_check import EXIT_ACTIVE_CONTENT as PDF_SCRIPTED
from schools.core.pdf_check import EXIT_ENCRYPTED as PDF_LOCKED

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
MAX_PARTS, MAX_COMPRESSION_RATIO = 10_000, 200
MAX_RELATIONS_BYTES = 4 * 1024**2  # bytes of one list of relations
PDF_CHECK_SECONDS = 60

UNKNOWN_TYPE_MESSAGE = (
    "เป็นไฟล์ชนิดที่ระบบไม่รับ (ดูจากเนื้อหา ไม่ใช่นามสกุล) ระบบรับภาพถ่าย (JPEG PNG WebP HEIC) PDF "
    "และเอกสาร Word Excel PowerPoint หรือ LibreOffice โปรดบันทึกเป็นชนิดใดชนิดหนึ่งแล้วส่งใหม่"
)
PASSWORD_PROTECTED_MESSAGE = "มีรหัสผ่าน ผู้อื่นจึงเปิดอ่านไม่ได้ โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน แล้วส่งใหม่"
MACROS_MESSAGE = "มีคำสั่งอัตโนมัติ (มาโคร) ซึ่งอาจเป็นอันตราย โปรดบันทึกเป็นชนิดที่ไม่มีมาโครหรือ PDF แล้วส่งใหม่"
EXTERNAL_CONTENT_MESSAGE = (
    "มีส่วนที่ดึงข้อมูลจากที่อื่นเมื่อเปิด (เช่น แม่แบบหรือภาพที่ลิงก์ไว้) ซึ่งอาจเป็นอันตราย โปรดบันทึกเป็น PDF แล้วส่งใหม่"
)
ACTIVE_PDF_MESSAGE = "มีคำสั่งที่ทำงานเองเมื่อเปิด ซึ่งอาจเป็นอันตราย โปรดสั่งพิมพ์เป็น PDF ใหม่แล้วส่งไฟล์นั้น"
DECOMPRESSION_BOMB_MESSAGE = "เมื่อเปิดแล้วมีขนาดใหญ่ผิดปกติ ระบบจึงไม่รับ โปรดลดขนาดหรือบันทึกเป็น PDF แล้วส่งใหม่"
UNREADABLE_FILE_MESSAGE = "เปิดอ่านไม่ได้ ไฟล์อาจเสียหายหรือส่งมาไม่ครบ โปรดตรวจว่าเปิดได้ในเครื่องของคุณ แล้วส่งใหม่"


class RejectedUpload(Exception):
    """The file cannot come in. `str()` is the cause and remedy, without the file's name."""


# --- PDF ---


def check_pdf(upload: UploadedFile) -> None:
    """Whole, open to every reader, and without anything that runs. Raises RejectedUpload."""
    with NamedTemporaryFile(prefix="pdf-", suffix=".pdf") as sent:
        tail = b""
        for piece in upload.chunks():
            sent.write(piece)
            tail = (tail + piece)[-2048:]
        sent.flush()
        if b"%%EOF" not in tail:
            raise RejectedUpload(UNREADABLE_FILE_MESSAGE)
        found = _run_pdf_check(sent.name)
    if found:
        raise RejectedUpload(
            {PDF_LOCKED: PASSWORD_PROTECTED_MESSAGE, PDF_SCRIPTED: ACTIVE_PDF_MESSAGE}.get(
                found, UNREADABLE_FILE_MESSAGE
            )
        )


def _run_pdf_check(path: str) -> int:
    """What another process found, which may die of what it reads."""
    command = [sys.executable, "-m", "schools.core.pdf_check", path]
    try:
        return subprocess.run(
            command, cwd=settings.BASE_DIR, capture_output=True, timeout=PDF_CHECK_SECONDS
        ).returncode
    except subprocess.TimeoutExpired as late:
        raise RejectedUpload(UNREADABLE_FILE_MESSAGE) from late


# --- Office documents ---


def check_office_document(upload: UploadedFile) -> str:
    """Which office document this packed folder is, all of it unpacked once to see it whole.

    Raises RejectedUpload, also for what would run or fetch anything.
    """
    try:
        with open_archive(
            upload, max_parts=MAX_PARTS, max_compression_ratio=MAX_COMPRESSION_RATIO
        ) as archive:
            _check_packing(archive.infolist())
            kind = _kind_by_parts(archive)
            for part in archive.infolist():
                _check_part(archive, part)
    except OversizedArchive as error:
        raise RejectedUpload(DECOMPRESSION_BOMB_MESSAGE) from error
    except DamagedArchive as error:
        raise RejectedUpload(UNREADABLE_FILE_MESSAGE) from error
    return kind


def _check_packing(parts: list[ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise RejectedUpload(PASSWORD_PROTECTED_MESSAGE)
    # The other ways of packing cannot be unpacked bit by bit, and no office program uses them.
    if any(part.compress_type not in (ZIP_STORED, ZIP_DEFLATED) for part in parts):
        raise RejectedUpload(UNKNOWN_TYPE_MESSAGE)


def _kind_by_parts(archive: ZipFile) -> str:
    names = {name.lower() for name in archive.namelist()}
    mimetype = archive.read("mimetype")[:100].strip() if "mimetype" in names else b""
    kind = OPEN_DOCUMENTS.get(mimetype) or next(
        (MAIN_PARTS[name] for name in MAIN_PARTS if name in names), None
    )
    if kind is None:
        raise RejectedUpload(UNKNOWN_TYPE_MESSAGE)
    return kind


# A part with macros may bear any name, but its type, its relation or its own marks tell.
_MACRO_FOLDERS = {"basic", "scripts"}  # of open documents
_MACRO_TYPES = re.compile(rb"vbaproject|macroenabled|macrosheet|activex|vbadata")
_VBA = "_VBA_PROJECT".encode("utf-16-le")
_MACRO_SHEET = re.compile(rb"<(?:[\w.-]+:)?macrosheet[\s>]", re.IGNORECASE)
_EVENTS = re.compile(rb"<script:event-listener[\s>]")
_DDE = re.compile(rb"<(?:[\w.-]+:)?ddelink[\s>]|\bddeauto\b", re.IGNORECASE)
_TEMPLATE = re.compile(rb"<meta:template\b[^>]*href=[\"'](?:[a-z]{2,}:|//|\\\\)", re.IGNORECASE)


def _check_part(archive: ZipFile, part: ZipInfo) -> None:
    """Raises RejectedUpload for a part that would run or fetch anything."""
    name, is_old_office = part.filename.lower(), False
    if name.partition("/")[0] in _MACRO_FOLDERS or "vbaproject" in name or "macrosheets/" in name:
        raise RejectedUpload(MACROS_MESSAGE)
    if name.endswith(".rels"):
        _check_relations(archive, part)
    for number, chunk in enumerate(read_overlapping_chunks(archive, part)):
        is_old_office = is_old_office or (number == 0 and chunk.startswith(OLE_SIGNATURE))
        _check_chunk(name, chunk, is_old_office)


def _check_chunk(name: str, piece: bytes, is_old_office: bool) -> None:
    if is_old_office and _VBA in piece:
        raise RejectedUpload(MACROS_MESSAGE)
    if not name.endswith(".xml"):
        return
    text = piece.replace(b"\0", b"")  # it may be UTF-16
    if name == "[content_types].xml" and _MACRO_TYPES.search(text.lower()):
        raise RejectedUpload(MACROS_MESSAGE)
    if _MACRO_SHEET.search(text) or _EVENTS.search(text):
        raise RejectedUpload(MACROS_MESSAGE)
    if _DDE.search(text) or _TEMPLATE.search(text):
        raise RejectedUpload(EXTERNAL_CONTENT_MESSAGE)


def _check_relations(archive: ZipFile, part: ZipInfo) -> None:
    """What the document refers to: links that a reader follows, and nothing fetched by itself."""
    if part.file_size > MAX_RELATIONS_BYTES:
        raise RejectedUpload(DECOMPRESSION_BOMB_MESSAGE)
    content = archive.read(part)
    if b"<!doctype" in content.replace(b"\0", b"").lower():
        raise RejectedUpload(EXTERNAL_CONTENT_MESSAGE)
    if not content.strip():
        return
    try:
        relations = ElementTree.fromstring(content)  # noqa: S314  no <!DOCTYPE, see above
    except ElementTree.ParseError as error:
        raise RejectedUpload(UNREADABLE_FILE_MESSAGE) from error
    for relation in relations:
        kind = relation.get("Type", "").rpartition("/")[2].lower()
        if _MACRO_TYPES.search(kind.encode()):
            raise RejectedUpload(MACROS_MESSAGE)
        is_external = relation.get("TargetMode", "").lower() == "external"
        if is_external and not _is_harmless(kind, relation.get("Target", "")):
            raise RejectedUpload(EXTERNAL_CONTENT_MESSAGE)


def _is_harmless(kind: str, target: str) -> bool:
    """A link to click, or another workbook of the sender's own computer, which nobody else has."""
    is_elsewhere = re.match(r"(?:https?|ftp|smb|file):|//|\\\\", target.strip(), re.IGNORECASE)
    return kind == "hyperlink" or (kind == "externallinkpath" and not is_elsewhere)

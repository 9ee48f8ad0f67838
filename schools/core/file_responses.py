"""Files sent to a browser, behind the view's check of rights: uploaded or made.

None is kept on the way: a file may be removed, its figures change, or its reader leave.
"""

import logging
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from django.core.files import File
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from schools.core.uploads import CONTENT_TYPES

INLINE_SUFFIXES = {".jpg", ".pdf"}
NO_STORE = "private, no-store"
LINES_AT_ONCE = 500

logger = logging.getLogger(__name__)


class StoredFileMissing(Http404):
    """The record is there, but its file cannot be opened: lost, or not restored with it."""


def file_response(file: FieldFile, name: str, *, download: bool = False) -> FileResponse:
    """Photos and PDFs are shown, all else is downloaded; nothing in it may run as ours.

    Raises StoredFileMissing.
    """
    suffix = Path(file.name or "").suffix
    response = FileResponse(
        open_stored_file(file),
        as_attachment=download or suffix not in INLINE_SUFFIXES,
        filename=_file_name(name),
        content_type=CONTENT_TYPES.get(suffix, "application/octet-stream"),
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'"
    response["Cache-Control"] = NO_STORE
    return response


def is_stored(file: FieldFile) -> bool:
    """Whether the record has a file, and the storage still has it."""
    return bool(file.name and file.storage.exists(file.name))


def open_stored_file(file: FieldFile) -> File:
    """The stored file, to be read. Raises StoredFileMissing, and leaves a line in the log."""
    try:
        return file.open("rb")
    except OSError as error:
        logger.error("stored file %s cannot be opened: %s", file.name, error)
        raise StoredFileMissing from error


def bytes_response(content: bytes, name: str) -> HttpResponse:
    """What the portal made just now, by its suffix: a paper is shown, a table downloaded."""
    suffix = Path(name).suffix
    response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
    as_attachment = suffix not in INLINE_SUFFIXES
    disposition = content_disposition_header(as_attachment, _file_name(name))
    response["Content-Disposition"] = disposition or "attachment"
    response["Cache-Control"] = NO_STORE
    return response


def lines_response(lines: Iterable[str], name: str) -> StreamingHttpResponse:
    """A CSV that is sent while it is made, some hundred lines at a time."""
    response = StreamingHttpResponse(_joined(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = content_disposition_header(True, _file_name(name)) or ""
    response["Cache-Control"] = NO_STORE
    return response


def _joined(lines: Iterable[str]) -> Iterator[str]:
    rest = iter(lines)
    while part := "".join(islice(rest, LINES_AT_ONCE)):
        yield part


def _file_name(name: str) -> str:
    """A term is written 1/2569; no folder is meant by it."""
    return name.replace("/", "-")

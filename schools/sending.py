"""Files sent to a browser, behind the view's check of rights: taken in (schools.uploads) or made.

None is kept on the way: a file may be removed, its figures change, or its reader leave.
"""

from pathlib import Path

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header

from schools.uploads import CONTENT_TYPES

SHOWN_IN_BROWSER = {".jpg", ".pdf"}
NOT_KEPT = "private, no-store"


def sent_file(file: FieldFile, name: str, *, download: bool = False) -> FileResponse:
    """Photos and PDFs are shown, all else is downloaded; nothing in it may run as ours."""
    suffix = Path(file.name).suffix
    response = FileResponse(
        file.open(),
        as_attachment=download or suffix not in SHOWN_IN_BROWSER,
        filename=_file_name(name),
        content_type=CONTENT_TYPES.get(suffix, "application/octet-stream"),
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'"
    response["Cache-Control"] = NOT_KEPT
    return response


def sent_bytes(content: bytes, name: str) -> HttpResponse:
    """What the portal made just now, by its suffix: a paper is shown, a table downloaded."""
    suffix = Path(name).suffix
    response = HttpResponse(content, content_type=CONTENT_TYPES[suffix])
    as_attachment = suffix not in SHOWN_IN_BROWSER
    response["Content-Disposition"] = content_disposition_header(as_attachment, _file_name(name))
    response["Cache-Control"] = NOT_KEPT
    return response


def _file_name(name: str) -> str:
    """A term is written 1/2569; no folder is meant by it."""
    return name.replace("/", "-")

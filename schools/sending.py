"""Files that were taken in (schools.uploads), sent out again behind the view's check of rights."""

from pathlib import Path

from django.db.models.fields.files import FieldFile
from django.http import FileResponse

from schools.uploads import CONTENT_TYPES

SHOWN_IN_BROWSER = {".jpg", ".pdf"}


def sent_file(file: FieldFile, name: str) -> FileResponse:
    """Photos and PDFs are shown, all else is downloaded; nothing in it may run as ours."""
    suffix = Path(file.name).suffix
    response = FileResponse(
        file.open(),
        as_attachment=suffix not in SHOWN_IN_BROWSER,
        filename=name,
        content_type=CONTENT_TYPES.get(suffix, "application/octet-stream"),
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; img-src 'self'"
    response["Cache-Control"] = "private, no-store"  # it may be removed, or the reader leave
    return response

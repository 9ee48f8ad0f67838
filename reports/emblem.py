"""The office's emblem on papers."""

from reports.data.schema import AreaHeading
from schools.core.file_responses import open_stored_file
from schools.models import Emblem


def emblem_images(area: AreaHeading) -> dict[str, bytes]:
    """The emblem by its digest, as which templates/reports/paper/emblem.html asks for it.

    Empty where the office had none. Raises StoredFileMissing.
    """
    content = emblem_content(area)
    return {area["emblem"]: content} if content else {}


def emblem_content(area: AreaHeading) -> bytes:
    """The picture itself; empty where the office had none. Raises StoredFileMissing."""
    digest = area.get("emblem", "")
    if not digest:
        return b""
    with open_stored_file(Emblem.objects.get(pk=digest).file) as file:
        return file.read()

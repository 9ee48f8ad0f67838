"""Photos of evidence as papers print them: with consent, and no larger than paper can show."""

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from schools.core.file_responses import StoredFileMissing, open_stored_file
from supervision.assessments.models import Evidence

LONGEST_SIDE_PIXELS = 1000
JPEG_QUALITY = 84


@dataclass(frozen=True)
class PrintedPhoto:
    """A photo whose people agreed to be shown; `content` is None where its file is lost."""

    name: str
    caption: str
    content: bytes | None


def printed_photos(items: list[Evidence]) -> list[PrintedPhoto]:
    """Those of these photos that bear the consent of their people, in their order."""
    return [
        PrintedPhoto(str(item.pk), _caption(item), _content(item))
        for item in items
        if item.has_consent
    ]


def _caption(item: Evidence) -> str:
    """What it backs and shows; the name of the file on somebody's phone says nothing."""
    place = f"ตัวชี้วัดที่ {item.indicator.code}" if item.indicator else ""
    return " · ".join(filter(None, (place, item.caption)))


def _content(item: Evidence) -> bytes | None:
    try:
        with open_stored_file(item.file) as file:
            return reduced_jpeg(file.read())
    except (StoredFileMissing, OSError):
        return None


def reduced_jpeg(content: bytes) -> bytes:
    """The JPEG at about the size of print; the decoder halves it, which takes a tenth of the time.

    Raises OSError where it is no picture.
    """
    with Image.open(BytesIO(content)) as photo:
        times = round(max(photo.size) / LONGEST_SIDE_PIXELS)
        if times < 2:
            return content
        photo.draft(None, (photo.width // times, photo.height // times))
        reduced = BytesIO()
        photo.save(reduced, "JPEG", quality=JPEG_QUALITY)
        return reduced.getvalue()

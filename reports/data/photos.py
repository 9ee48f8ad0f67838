"""Photos of evidence as papers print them: with consent, and no larger than paper can show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from reports.data.schema import ReportPhoto
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


def report_photos(items: Iterable[Evidence]) -> list[ReportPhoto]:
    """The photos of a visit that its report may print, in their order."""
    photos = [item for item in items if item.is_photo and item.has_consent and item.file]
    return [{"evidence": str(item.pk), "caption": _caption(item)} for item in photos]


def frozen_photos(photos: Sequence[ReportPhoto]) -> list[PrintedPhoto]:
    """The photos that a report names, as far as they are there and may still be shown."""
    pks = [photo["evidence"] for photo in photos]
    found = {str(item.pk): item for item in Evidence.objects.filter(pk__in=pks, has_consent=True)}
    return [
        PrintedPhoto(
            photo["evidence"],
            photo["caption"],
            _content(item) if (item := found.get(photo["evidence"])) else None,
        )
        for photo in photos
    ]


def _caption(item: Evidence) -> str:
    """What it backs and shows; the name of the file on somebody's phone says nothing."""
    place = f"ตัวชี้วัดที่ {item.indicator.code}" if item.indicator else ""
    return " · ".join(filter(None, (place, item.caption)))


def _content(item: Evidence) -> bytes | None:
    if not item.file:  # removed since
        return None
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

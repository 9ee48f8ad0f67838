"""Files for uploads, made where they are needed: nothing binary lies in the repository."""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image


def jpeg(width: int = 40, height: int = 30) -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, height), "#16305a").save(content, "JPEG")
    return content.getvalue()


def stored_files() -> set[str]:
    """All that lies in the storage."""
    found = Path(settings.MEDIA_ROOT).rglob("*")
    return {str(path.relative_to(settings.MEDIA_ROOT)) for path in found if path.is_file()}

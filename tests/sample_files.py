"""Files for uploads, made where they are needed: nothing binary lies in the repository."""

from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image

# One empty page, the least that a reader takes for a PDF.
PDF = b"""%PDF-1.7
1 0 obj
<< /Type /Catalog /Pages 2 0 R >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>
endobj
trailer
<< /Root 1 0 R >>
%%EOF
"""


def jpeg(width: int = 40, height: int = 30, colour: str = "#16305a") -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, height), colour).save(content, "JPEG")
    return content.getvalue()


def stored_files() -> set[str]:
    """All that lies in the storage."""
    found = Path(settings.MEDIA_ROOT).rglob("*")
    return {str(path.relative_to(settings.MEDIA_ROOT)) for path in found if path.is_file()}

"""Files for uploads, made where they are needed: nothing binary lies in the repository."""

from io import BytesIO

from PIL import Image


def jpeg(width: int = 40, height: int = 30) -> bytes:
    content = BytesIO()
    Image.new("RGB", (width, height), "#16305a").save(content, "JPEG")
    return content.getvalue()

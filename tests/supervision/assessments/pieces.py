"""Pieces of evidence to send, and to have there already."""

import io
import uuid
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from schools.uploads import Safe
from supervision.assessments.evidence import actions as evidence
from supervision.assessments.evidence.models import Evidence
from tests.files import PDF


def photo(name="ห้องเรียน.jpg", colour="red"):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue())


def paper(name="แผน.pdf"):
    return SimpleUploadedFile(name, PDF)


def word():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return SimpleUploadedFile("บันทึก.docx", file.getvalue())


def send(client, sheet, user, indicator, **more):
    """As the page's script sends one piece."""
    sent = {"user": user.pk, "indicator": indicator.pk if indicator else "", "id": uuid.uuid4()}
    return client.post(reverse("sheet_evidence", args=[sheet.pk]), sent | more)


def kept(sheet, indicator, *, by, file=None, **more):
    """A small document that is there already."""
    safe = Safe("แผน.pdf", file or paper())
    return evidence.add_file(sheet, indicator.pk, safe, by=by, id=uuid.uuid4(), **more)


def text(response):
    return response.content.decode()


def on_disk():
    return {name for name in Evidence.objects.values_list("file", flat=True) if name}

"""Pieces of evidence to send, and to have there already."""

import io
import uuid
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from schools.core.uploads import SanitizedFile
from supervision.assessments import evidence
from supervision.assessments.models import Evidence
from tests.sample_files import PDF


def photo_upload(name="ห้องเรียน.jpg", colour="red"):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return SimpleUploadedFile(name, file.getvalue())


def pdf_upload(name="แผน.pdf"):
    return SimpleUploadedFile(name, PDF)


def docx_upload():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<w/>")
    return SimpleUploadedFile("บันทึก.docx", file.getvalue())


def post_evidence(client, sheet, user, indicator, **more):
    """As the page's script sends one piece."""
    sent = {"user": user.pk, "indicator": indicator.pk if indicator else "", "id": uuid.uuid4()}
    return client.post(reverse("sheet_evidence", args=[sheet.pk]), sent | more)


def add_evidence(sheet, indicator, *, by, file=None, **more):
    """A small document that is there already."""
    safe = SanitizedFile("แผน.pdf", file or pdf_upload())
    return evidence.add_evidence_file(sheet, indicator.pk, safe, by=by, id=uuid.uuid4(), **more)


def page_text(response):
    return response.content.decode()


def stored_file_names():
    return {name for name in Evidence.objects.values_list("file", flat=True) if name}

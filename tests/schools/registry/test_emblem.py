"""The office's emblem: sent once, made harmless, shown to who has signed in."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from schools.models import Area, Emblem
from tests import scenarios
from tests.factories import AreaFactory
from tests.sample_files import PDF, stored_files

pytestmark = pytest.mark.django_db


def png(size=(900, 600), colour="red") -> bytes:
    content = io.BytesIO()
    Image.new("RGBA", size, colour).save(content, "PNG")
    return content.getvalue()


@pytest.fixture
def send(login, clerk):
    AreaFactory()

    def post(content, name="emblem.png"):
        return login(clerk).post(
            reverse("area_emblem"), {"file": SimpleUploadedFile(name, content)}
        )

    return post


def test_an_emblem_is_drawn_anew_and_shown(login, send, clerk, academic_teacher):
    assert "ยังไม่มีตรา" in login(clerk).get(reverse("area_emblem")).content.decode()
    assert send(png()).url == reverse("area_emblem")
    emblem = Area.objects.get().emblem
    assert emblem.uploaded_by == clerk
    page = login(clerk).get(reverse("area_emblem")).content.decode()
    assert reverse("emblem", args=[emblem.pk]) in page
    shown = login(academic_teacher).get(reverse("emblem", args=[emblem.pk]))
    picture = Image.open(io.BytesIO(b"".join(shown.streaming_content)))
    assert (picture.format, picture.size) == ("JPEG", (720, 480))
    history = login(clerk).get(reverse("area_office")).content.decode()
    assert "ตราสำนักงาน: ว่าง → ตราที่บันทึกเมื่อ" in history


def test_the_same_picture_is_kept_once_and_no_emblem_is_ever_lost(send):
    send(png(colour="red"))
    first = Area.objects.get().emblem
    send(png(colour="blue"))
    send(png(colour="red"))
    assert Area.objects.get().emblem == first
    assert Emblem.objects.count() == 2
    assert len(stored_files()) == 2


def test_an_emblem_is_taken_out_of_use(login, clerk):
    emblem = scenarios.emblem_in_use(by=clerk)
    client, url = login(clerk), reverse("area_emblem_remove")
    assert "เอกสารที่ออกแล้วคงตราเดิม" in client.get(url).content.decode()
    assert Area.objects.get().emblem == emblem
    client.post(url)
    assert Area.objects.get().emblem is None
    with emblem.file.open() as file:
        kept = client.get(reverse("emblem", args=[emblem.pk]))
        assert b"".join(kept.streaming_content) == file.read()


@pytest.mark.parametrize(
    ("content", "message"),
    [(PDF, "ไม่ใช่ภาพ"), (b"", "ไฟล์ว่าง"), (b"<svg/>", "ระบบไม่รับ"), (png()[:200], "เปิดอ่านไม่ได้")],
)
def test_what_is_no_picture_is_refused(send, content, message):
    response = send(content)
    assert response.status_code == 200
    assert message in str(response.context["form"].errors)
    assert not Emblem.objects.exists()


def test_a_digest_nobody_sent_is_not_found(login, clerk):
    assert login(clerk).get(reverse("emblem", args=["0" * 64])).status_code == 404

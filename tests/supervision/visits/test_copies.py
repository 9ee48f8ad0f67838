import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from supervision.visits.copies import MOST_COPIES
from supervision.visits.models import SignedCopy
from tests import walk

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def signed(round_, supervisor):
    return walk.visit_signed(round_, by=supervisor)


def scan(name="แบบนิเทศลงนาม.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def photo():
    file = io.BytesIO()
    Image.new("RGB", (40, 60), "white").save(file, "PNG")
    return file.getvalue()


def url_of(visit):
    return reverse("visit_copy_add", args=[visit.pk])


@pytest.mark.parametrize("sender", ["supervisor", "school_director"])
def test_a_scan_is_kept_beside_the_record(request, login, signed, school_director, sender):
    client = login(request.getfixturevalue(sender))
    assert "สำเนา" in client.get(url_of(signed)).content.decode()
    page = client.post(url_of(signed), {"file": scan()}, follow=True).content.decode()
    copy = SignedCopy.objects.get()
    assert copy.name == "แบบนิเทศลงนาม.pdf"
    assert reverse("visit_copy", args=[copy.pk]) in page
    answer = client.get(reverse("visit_copy", args=[copy.pk]))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_a_photo_of_the_page_will_do(login, supervisor, signed):
    login(supervisor).post(url_of(signed), {"file": scan("หน้า 1.png", photo())})
    assert SignedCopy.objects.get().name == "หน้า 1.jpg"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("หน้า.pdf", b"", "เป็นไฟล์ว่าง"),
        ("โปรแกรม.pdf", b"MZ\x90\x00" + b"\0" * 600, "ชนิดที่ระบบไม่รับ"),
    ],
)
def test_what_is_no_scan_stays_out(login, supervisor, signed, name, content, message):
    page = login(supervisor).post(url_of(signed), {"file": scan(name, content)}).content.decode()
    assert message in page
    assert not SignedCopy.objects.exists()


def test_no_file_is_asked_for(login, supervisor, signed):
    assert "โปรดเลือกไฟล์" in login(supervisor).post(url_of(signed)).content.decode()


def test_only_a_signed_record_has_copies(login, supervisor, recording):
    assert login(supervisor).get(url_of(recording)).status_code == 409
    assert login(supervisor).post(url_of(recording), {"file": scan()}).status_code == 409


def test_there_is_an_end_to_copies(login, supervisor, signed):
    rows = [
        SignedCopy(visit=signed, file="x.pdf", name="x", size=1, by=supervisor, at=signed.signed_at)
        for _ in range(MOST_COPIES)
    ]
    SignedCopy.objects.bulk_create(rows)
    response = login(supervisor).post(url_of(signed), {"file": scan()})
    assert response.status_code == 409
    assert "PDF ไฟล์เดียว" in response.content.decode()


def test_who_may_send_and_who_may_read(
    login, client, supervisor, other_supervisor, academic_teacher, outsider_director, signed
):
    login(supervisor).post(url_of(signed), {"file": scan()})
    file = reverse("visit_copy", args=[SignedCopy.objects.get().pk])
    for reader in (other_supervisor, academic_teacher):
        assert login(reader).post(url_of(signed), {"file": scan()}).status_code == 403
        assert login(reader).get(file).getvalue() == PDF
    assert login(outsider_director).get(file).status_code == 404
    assert client.get(file).status_code == 302

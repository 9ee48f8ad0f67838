import io
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from PIL import Image

from schools.core.errors import ActionRefused
from schools.core.uploads import sanitize_upload
from supervision.visits.models import SignedCopy
from supervision.visits.signed_copies import (
    MAX_SIGNED_COPIES,
    attach_signed_copy,
    remove_signed_copy,
)
from tests import scenarios
from tests.concurrency.parallel import run_together
from tests.sample_files import PDF, stored_files


@pytest.fixture
def signed(round_, supervisor):
    return scenarios.visit_signed(round_, by=supervisor)


def scan(name="แบบนิเทศลงนาม.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def kept(visit, *, by, content=None):
    """A copy that stands beside the record already, each of another page."""
    content = content or PDF + f"% {uuid4()}".encode()
    return attach_signed_copy(visit, sanitize_upload(scan(content=content)), by=by)


def removal_of(copy):
    return reverse("visit_copy_remove", args=[copy.pk])


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
        for _ in range(MAX_SIGNED_COPIES)
    ]
    SignedCopy.objects.bulk_create(rows)
    response = login(supervisor).post(url_of(signed), {"file": scan()})
    assert response.status_code == 409
    assert "PDF ไฟล์เดียว" in response.content.decode()
    assert "ไฟล์ “แบบนิเทศลงนาม.pdf” ยังไม่ได้รับ" in response.content.decode()


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


# --- Taking one off again ---


@pytest.mark.parametrize("remover", ["supervisor", "school_director"])
def test_a_wrong_copy_goes_with_its_file_and_leaves_who_when_and_why(
    request,
    login,
    academic_teacher,
    school_director,
    signed,
    remover,
    django_capture_on_commit_callbacks,
):
    copy, remover = kept(signed, by=school_director), request.getfixturevalue(remover)
    file, client = copy.file.name, login(remover)
    assert removal_of(copy) in client.get(signed.get_absolute_url()).content.decode()
    assert "แบบนิเทศลงนาม.pdf" in client.get(removal_of(copy)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(removal_of(copy), {"reason": "แนบผิดโรงเรียน"})
    assert not default_storage.exists(file)
    assert client.get(reverse("visit_copy", args=[copy.pk])).status_code == 404
    page = login(academic_teacher).get(signed.get_absolute_url()).content.decode()
    assert f"นำออกแล้ว โดย {remover}" in page
    assert "แนบผิดโรงเรียน" in page
    assert reverse("visit_copy", args=[copy.pk]) not in page


def test_the_school_takes_off_only_what_it_attached_itself(
    login, supervisor, group_director, school_director, signed
):
    theirs, own = kept(signed, by=supervisor), kept(signed, by=school_director)
    client = login(school_director)
    page = client.get(signed.get_absolute_url()).content.decode()
    assert removal_of(own) in page
    assert removal_of(theirs) not in page
    for method in ("get", "post"):
        assert getattr(client, method)(removal_of(theirs), {"reason": "ก"}).status_code == 403
    assert SignedCopy.objects.present().count() == 2
    office = login(group_director).get(signed.get_absolute_url()).content.decode()
    assert removal_of(own) in office
    assert removal_of(theirs) in office


def test_removing_asks_why(login, supervisor, signed):
    copy = kept(signed, by=supervisor)
    page = login(supervisor).post(removal_of(copy), {"reason": " "}).content.decode()
    assert "โปรดระบุเหตุผลที่นำสำเนาออก" in page
    assert SignedCopy.objects.present().get() == copy
    with pytest.raises(ActionRefused, match="เหตุผล"):
        remove_signed_copy(copy, by=supervisor, reason=" ")


def test_who_removes_second_is_told_who_was_first(login, supervisor, school_director, signed):
    copy = kept(signed, by=school_director)
    remove_signed_copy(SignedCopy.objects.get(), by=supervisor, reason="แนบผิด")
    for method in ("get", "post"):
        answer = getattr(login(school_director), method)(removal_of(copy), {"reason": "ซ้ำ"})
        assert answer.status_code == 409
        assert f"{supervisor} นำสำเนานี้ออกไปแล้ว" in answer.content.decode()
    with pytest.raises(ActionRefused, match="นำสำเนานี้ออกไปแล้ว"):
        remove_signed_copy(copy, by=school_director, reason="ซ้ำ")
    assert SignedCopy.objects.get().removal_reason == "แนบผิด"


def test_only_who_may_attach_may_remove(
    login, client, supervisor, other_supervisor, academic_teacher, outsider_director, signed
):
    copy = kept(signed, by=supervisor)
    for reader in (other_supervisor, academic_teacher):
        assert login(reader).post(removal_of(copy), {"reason": "ก"}).status_code == 403
        assert removal_of(copy) not in login(reader).get(signed.get_absolute_url()).content.decode()
    assert login(outsider_director).post(removal_of(copy), {"reason": "ก"}).status_code == 404
    assert client.post(removal_of(copy)).status_code == 302
    assert SignedCopy.objects.present().exists()


def test_a_removed_copy_makes_room_for_another(login, supervisor, signed):
    copies = [kept(signed, by=supervisor) for _ in range(MAX_SIGNED_COPIES)]
    assert login(supervisor).get(url_of(signed)).status_code == 409
    remove_signed_copy(copies[0], by=supervisor, reason="แนบผิด")
    assert login(supervisor).post(url_of(signed), {"file": scan()}).status_code == 302


@pytest.mark.parametrize("lacking", ["removed_by", "removal_reason"])
def test_no_removal_is_kept_without_who_or_why(supervisor, signed, lacking):
    copy = kept(signed, by=supervisor)
    facts = {"removed_at": signed.signed_at, "removed_by": supervisor, "removal_reason": "แนบผิด"}
    del facts[lacking]
    with pytest.raises(IntegrityError, match="removed_copy_names_who_and_why"):
        SignedCopy.objects.filter(pk=copy.pk).update(file="", **facts)


def test_a_file_whose_row_fails_is_not_left_behind(signed):
    with pytest.raises(IntegrityError), transaction.atomic():
        kept(signed, by=None)
    assert stored_files() == set()


def test_the_page_asks_the_same_for_one_copy_and_for_many(
    login, supervisor, school_director, signed, queries_of
):
    client = login(supervisor)
    remove_signed_copy(kept(signed, by=supervisor), by=supervisor, reason="แนบผิด")
    few = queries_of(client, signed.get_absolute_url())
    for _ in range(3):
        kept(signed, by=school_director)
        remove_signed_copy(kept(signed, by=supervisor), by=school_director, reason="แนบผิด")
    assert queries_of(client, signed.get_absolute_url()) == few


@pytest.mark.django_db(transaction=True)
def test_one_scan_sent_twice_at_once_is_kept_once(login, signed, supervisor, school_director):
    pages = [login(by) for by in (supervisor, school_director, supervisor)]
    answers = run_together(
        *(lambda page=page: page.post(url_of(signed), {"file": scan()}) for page in pages)
    )
    assert sorted(answer.status_code for answer in answers) == [200, 200, 302]
    told = next(answer for answer in answers if answer.status_code == 200).content.decode()
    assert "ไฟล์นี้แนบไว้แล้วในชื่อ “แบบนิเทศลงนาม.pdf”" in told
    assert SignedCopy.objects.count() == len(stored_files()) == 1


def test_a_removed_scan_may_be_attached_again(signed, supervisor):
    remove_signed_copy(
        kept(signed, by=supervisor, content=PDF), by=supervisor, reason="แนบก่อนหน้าอื่น"
    )
    kept(signed, by=supervisor, content=PDF)
    assert SignedCopy.objects.present().count() == 1


def test_the_database_holds_one_copy_of_the_same_content(signed, supervisor):
    copy = kept(signed, by=supervisor)
    copy.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        copy.save()

"""Nothing that was written is lost: earlier texts are read, and taken back."""

import pytest
from django.urls import reverse

from reports.composer import actions as composing
from reports.composer.enums import PartKey

KEY = PartKey.DISCUSSION


@pytest.fixture
def address(composition):
    def of(name: str, **more) -> str:
        year = composition.academic_year.year
        return reverse(f"compose_{name}", kwargs={"year": year, "key": KEY} | more)

    return of


@pytest.fixture
def written(save, other_writer):
    """Two people wrote one after the other."""
    save(KEY, "ข้อความแรก")
    return save(KEY, "ข้อความที่สอง", by=other_writer).part


def test_the_history_shows_each_text_with_its_author(
    login, deputy_area_director, address, written, group_director, other_writer
):
    page = login(deputy_area_director).get(address("history")).text
    assert page.index("ข้อความที่สอง") < page.index("ข้อความแรก")
    assert page.index("ข้อความขณะนี้") < page.index("ข้อความแรก")
    assert str(group_director) in page
    assert str(other_writer) in page
    assert "นำกลับมาใช้" not in page


def test_an_unwritten_part_has_no_history(login, group_director, address):
    assert "ยังไม่มีผู้เขียนส่วนนี้" in login(group_director).get(address("history")).text


def test_a_text_set_aside_is_marked(login, group_director, address, save, other_writer):
    save(KEY, "ข้อความแรก")
    save(KEY, "พิมพ์พร้อมกัน", by=other_writer, version="เก่า")
    assert "เก็บแยกไว้" in login(group_director).get(address("history")).text


def test_an_earlier_text_is_taken_back(login, group_director, address, written):
    earlier = written.versions.last()
    url = address("restore_version", version=earlier.pk)
    assert login(group_director).get(url).status_code == 405
    page = login(group_director).post(url, follow=True)
    assert page.context["form"].initial["text"] == "ข้อความแรก"
    assert written.versions.count() == 3


def test_a_text_of_another_part_is_not_found(login, group_director, address, save, written):
    other = save(PartKey.METHOD, "วิธี").part.versions.get()
    url = address("restore_version", version=other.pk)
    assert login(group_director).post(url).status_code == 404


def test_the_part_begins_anew_with_the_draft(login, group_director, address, written, sources):
    client = login(group_director)
    assert "ข้อความที่เขียนไว้ยังอยู่ในประวัติ" in client.get(address("restore_draft")).text
    page = client.post(address("restore_draft"), follow=True)
    assert page.context["form"].initial["text"] == sources.drafts[KEY]
    assert "เริ่มใหม่โดย" in page.text
    assert "เริ่มจากร่างของระบบใหม่" in client.get(address("history")).text


def test_who_only_reads_takes_nothing_back(login, deputy_area_director, address, written):
    client = login(deputy_area_director)
    version = written.versions.last().pk
    assert client.post(address("restore_version", version=version)).status_code == 403
    assert client.get(address("restore_draft")).status_code == 403


def test_nothing_is_taken_back_while_the_report_is_to_be_signed(
    login, group_director, address, written, year_prepared
):
    client = login(group_director)
    version = written.versions.last().pk
    answer = client.post(address("restore_version", version=version))
    assert answer.status_code == 409
    assert client.get(address("restore_draft")).status_code == 409
    assert composing.part_version_token(written) == composing.part_version_token(
        type(written).objects.get(pk=written.pk)
    )

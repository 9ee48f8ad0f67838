"""Parts are ordered, left out and numbered on a page of their own; last year's texts come over."""

import pytest
from django.urls import reverse
from django.utils import timezone
from zeal import zeal_ignore

from reports.composer import actions as composing
from reports.composer.enums import PartKey
from reports.composer.models import Composition
from reports.composer.queries import composition_of_year, composition_parts
from tests.factories import AcademicYearFactory


@pytest.fixture
def year(round_):
    return round_.term.academic_year


@pytest.fixture
def address(year):
    def of(name: str, **more) -> str:
        return reverse(f"compose_{name}", kwargs={"year": year.year} | more)

    return of


def parts_of(year):
    return composition_parts(composition_of_year(year))


def test_a_part_moves_up_and_down(login, group_director, address, year):
    client = login(group_director)
    client.post(address("move", key="executive"), {"up": "1"})
    assert [part.key for part in parts_of(year)][:2] == ["executive", "foreword"]
    page = client.post(address("move", key="executive"), {"down": "1"}, follow=True)
    assert [part.key for part in parts_of(year)][:2] == ["foreword", "executive"]
    assert "ย้ายบทสรุปผู้บริหารแล้ว" in page.text


def test_a_part_is_left_out_and_taken_in_again(login, group_director, address, year):
    client = login(group_director)
    page = client.post(address("include", key="method"), {"leave_out": "1"}, follow=True)
    assert "ข้อความยังเก็บไว้" in page.text
    assert [part.key for part in parts_of(year) if not part.is_included] == ["method"]
    client.post(address("include", key="method"), {"include": "1"})
    assert all(part.is_included for part in parts_of(year))


def test_headings_are_numbered_as_chapters_or_parts(login, group_director, address):
    client = login(group_director)
    page = client.get(address("outline"))
    assert "บทที่ 1 บทนำ" in " ".join(page.text.split())
    page = client.post(address("outline"), {"outline": "parts"}, follow=True)
    assert "ส่วนที่ 1 บทนำ" in " ".join(page.text.split())


def test_another_numbering_does_not_exist(login, group_director, address, year):
    page = login(group_director).post(address("outline"), {"outline": "volumes"})
    assert "โปรดเลือกการแบ่งหัวข้อจากรายการ" in page.text
    assert composition_of_year(year).outline == "chapters"


def test_looking_begins_nothing(login, group_director, address):
    login(group_director).get(address("outline"))
    assert not Composition.objects.exists()


def test_who_only_reads_changes_nothing(login, deputy_area_director, address, year):
    client = login(deputy_area_director)
    assert "ไม่พิมพ์<" not in client.get(address("outline")).text
    for url in (address("move", key="method"), address("include", key="method")):
        assert client.post(url).status_code == 403
    assert client.post(address("outline"), {"outline": "parts"}).status_code == 403
    assert not Composition.objects.exists()


def test_nothing_moves_while_the_report_is_to_be_signed(
    login, group_director, address, year_prepared
):
    client = login(group_director)
    assert "รอลงนาม" in client.get(address("outline")).text
    for name in ("move", "include"):
        assert client.post(address(name, key="method")).status_code == 409
    assert client.get(address("carry_over")).status_code == 409


def test_last_years_texts_come_over_when_asked(login, group_director, address, year):
    client = login(group_director)
    assert address("carry_over") not in client.get(address("outline")).text
    last_year = AcademicYearFactory(area=year.area, year=year.year - 1)
    earlier = composing.create_composition_of_year(last_year)
    part = earlier.parts.get(key=PartKey.DISCUSSION)
    earlier.parts.filter(pk=part.pk).update(
        text="ปีก่อน", is_draft=False, edited_by=group_director, edited_at=timezone.now()
    )
    assert address("carry_over") in client.get(address("outline")).text
    assert "ส่วนที่เขียนแล้วไม่เปลี่ยน" in client.get(address("carry_over")).text
    with zeal_ignore():  # the figures of two years are gathered, each with its own queries
        page = client.post(address("carry_over"), follow=True)
    assert "นำข้อความของปีก่อนมาใช้แล้ว" in page.text
    assert {part.text for part in parts_of(year) if not part.is_draft} == {"ปีก่อน"}


def test_nothing_comes_over_where_nothing_was_written(login, group_director, address):
    page = login(group_director).post(address("carry_over"))
    assert page.status_code == 409
    assert "ปีก่อนไม่มีข้อความที่เขียนไว้" in page.text

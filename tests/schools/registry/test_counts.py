"""A school's numbers of one year: counted whole, added up, doubted where they jump."""

import pytest
from django.urls import reverse

from schools.enums import Grade
from schools.models import School, YearlyCount
from tests.factories import AcademicYearFactory
from tests.schools.registry.conftest import count_queries, create_yearly_count

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(login, clerk):
    return login(clerk)


@pytest.fixture
def address(school, term):
    """The address of the school's numbers; the years 2568 and 2569 are in the calendar."""
    School.objects.filter(pk=school.pk).update(first_grade=Grade.P1, last_grade=Grade.P2)
    AcademicYearFactory(area=school.area, year=2568)
    return reverse("school_counts", args=[school.pk])


@pytest.fixture
def save(client, address):
    """Save the year's form as its page offers it, with some boxes typed anew."""

    def send(year=2569, version=None, **typed):
        url = f"{address}?year={year}"
        form = client.get(url).context["form"]
        sent = {box.html_name: box.value() for box in form} | {"counted_on": "10/6/2569"} | typed
        sent["version"] = version or sent["version"]
        return client.post(url, {k: v for k, v in sent.items() if v is not None})

    return send


def problems(response) -> str:
    assert response.status_code == 200
    return " ".join(m for errors in response.context["form"].errors.values() for m in errors)


def test_only_the_grades_taught_are_asked_for(client, address):
    rows = client.get(address).context["rows"]
    assert [row.label for row in rows] == ["ป.1", "ป.2"]


def test_all_grades_are_asked_for_while_they_are_unknown(client, address, school):
    School.objects.filter(pk=school.pk).update(first_grade=None, last_grade=None)
    assert len(client.get(address).context["rows"]) == len(Grade)


def test_a_grade_counted_before_is_still_asked_for(client, address, school):
    create_yearly_count(school, 2569, (Grade.M1, 5, 5))
    assert [row.label for row in client.get(address).context["rows"]] == ["ป.1", "ป.2", "ม.1"]


def test_numbers_are_saved_and_added_up_on_the_card(client, save, school):
    boxes = {"boys_4": "๑๒", "girls_4": "8", "rooms_4": "1", "boys_5": "1,000", "girls_5": "0"}
    response = save(**boxes, male_teachers="2", female_teachers="3")
    assert response.url == reverse("school_card", args=[school.pk])
    count = school.yearly_counts.get()
    assert (count.boys, count.girls, count.pupils) == (1012, 8, 1020)
    assert (count.rooms, count.teachers) == (1, 5)
    card = client.get(response.url).content.decode()
    assert "ณ 10 มิ.ย. 2569" in card
    assert "1020" in card


def test_a_grade_left_empty_is_not_counted_any_more(save, school):
    create_yearly_count(school, 2569, (Grade.P1, 5, 5), (Grade.P2, 6, 6))
    assert save(boys_5="", girls_5="", rooms_5="").status_code == 302
    assert school.yearly_counts.get().pupils == 10


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"boys_4": "5"}, "โปรดกรอกจำนวนหญิง ถ้าไม่มีให้กรอก 0"),
        ({"rooms_4": "1"}, "โปรดกรอกจำนวนชาย ถ้าไม่มีให้กรอก 0"),
        ({"boys_4": "ห้า", "girls_4": "5"}, "โปรดกรอกเป็นจำนวนเต็ม"),
        ({"boys_4": "2.5", "girls_4": "5"}, "โปรดกรอกเป็นจำนวนเต็ม"),
        ({"boys_4": "-1", "girls_4": "5"}, "ต้องไม่ติดลบ"),
        ({"boys_4": "2001", "girls_4": "5"}, "จำนวนมากเกินไป"),
        ({"male_teachers": "9" * 40}, "จำนวนมากเกินไป"),
        ({"counted_on": "10/6/2026", "boys_4": "1", "girls_4": "1"}, "ปี 2026 เป็น ค.ศ."),
        ({"counted_on": "10/6/2596"}, "วันที่นับต้องอยู่ในปีการศึกษา 2569"),
        ({}, "ยังไม่ได้กรอกจำนวนใด"),
    ],
)
def test_what_cannot_be_taken_is_explained_and_kept(save, school, typed, message):
    response = save(**typed)
    assert message in problems(response)
    for box, value in typed.items():
        assert response.context["form"][box].value() == value
    assert not YearlyCount.objects.exists()


def test_numbers_that_jump_are_saved_and_doubted(client, save, school):
    create_yearly_count(school, 2568, (Grade.P1, 50, 50))
    response = save(boys_4="20", girls_4="20")
    assert response.status_code == 302
    doubt = "ปีการศึกษา 2569 (40 คน) ต่างจากปี 2568 (100 คน) เกินครึ่ง"
    assert doubt in client.get(response.url).content.decode()
    save(boys_4="25", girls_4="25")
    assert "เกินครึ่ง" not in client.get(response.url).content.decode()


def test_the_year_before_stands_beside(client, address, school):
    create_yearly_count(school, 2568, (Grade.P1, 50, 51))
    assert client.get(address).context["rows"][0].before == 101


def test_another_year_can_be_chosen(client, address, school, save):
    assert client.get(address).context["year"].year == 2569
    assert client.get(address, {"year": "2568"}).context["year"].year == 2568
    assert client.get(address, {"year": "ปีก่อน"}).context["year"].year == 2569
    save(year=2568, boys_4="1", girls_4="1")
    assert school.yearly_counts.get().academic_year.year == 2568


def test_who_saves_a_sample_answers_for_it(client, address, save, school):
    create_yearly_count(school, 2569, (Grade.P1, 5, 5), is_sample=True)
    assert "ตัวอย่าง" in client.get(address).content.decode()
    save()
    assert not school.yearly_counts.get().is_sample


def test_two_clerks_do_not_overwrite_each_other(client, address, save, school):
    version = client.get(address).context["form"]["version"].value()
    save(boys_4="10", girls_4="0")
    response = save(version=version, boys_4="11", girls_4="0")
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “10”" in problems(response)
    assert school.yearly_counts.get().boys == 10


def test_without_a_calendar_it_says_what_to_do(client, school):
    response = client.get(reverse("school_counts", args=[school.pk]))
    assert "ยังไม่มีปีการศึกษาในปฏิทิน" in response.content.decode()


def test_the_card_names_size_scheme_and_day(client, school, scheme):
    create_yearly_count(school, 2568, (Grade.P1, 60, 60))
    card = client.get(reverse("school_card", args=[school.pk])).content.decode()
    assert "เล็ก (120 คน)" in card
    assert "ข้อมูล ณ 10 มิถุนายน 2568 · เกณฑ์ทดสอบ" in card


def test_the_card_costs_the_same_with_more_years(client, school, scheme, school_director):
    card = reverse("school_card", args=[school.pk])
    create_yearly_count(school, 2568, (Grade.P1, 60, 60))
    with_one = count_queries(client, card)
    for year in (2565, 2566, 2567):
        create_yearly_count(school, year, (Grade.P1, 60, 60), (Grade.P2, 60, 60))
    assert count_queries(client, card) == with_one <= 15

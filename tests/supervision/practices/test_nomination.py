"""Good practice: named, put right, and listed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.practices import actions
from supervision.practices.models import GoodPractice
from tests.factories import TermFactory
from tests.supervision.practices.sample_practice import PRACTICE_DATA


def test_nominate_makes_a_practice(login, academic_teacher, round_):
    url = reverse("practice_nominate", args=[round_.pk])
    assert login(academic_teacher).get(url).status_code == 200
    page = login(academic_teacher).post(url, PRACTICE_DATA, follow=True).content.decode()
    assert GoodPractice.objects.get().nominated_by == academic_teacher
    assert "ประชุมครูทุกสัปดาห์" in page


def test_nominate_twice_makes_one(login, academic_teacher, round_):
    url = reverse("practice_nominate", args=[round_.pk])
    login(academic_teacher).post(url, PRACTICE_DATA)
    page = login(academic_teacher).post(url, PRACTICE_DATA).content.decode()
    assert "ไว้แล้ว โปรดใช้ชื่ออื่น" in page
    assert "ประชุมครูทุกสัปดาห์" in page
    assert GoodPractice.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "โปรดกรอกชื่อผลงาน"),
        ({"title": "ก" * 201}, "ยาวเกิน 200 ตัวอักษร"),
        ({"process": " "}, "โปรดกรอกกระบวนการ"),
        ({"outcome": "ก" * 4001}, "ยาวเกิน 4,000 ตัวอักษร"),
    ],
)
def test_nominate_says_what_is_wrong(login, academic_teacher, round_, changes, message):
    url = reverse("practice_nominate", args=[round_.pk])
    page = login(academic_teacher).post(url, PRACTICE_DATA | changes).content.decode()
    assert message in page
    assert not GoodPractice.objects.exists()


def test_nominate_is_for_the_school_and_its_supervisors(
    login, client, clerk, other_supervisor, outsider_director, round_
):
    url = reverse("practice_nominate", args=[round_.pk])
    for person in (clerk, other_supervisor):
        assert login(person).post(url, PRACTICE_DATA).status_code == 403
    assert login(outsider_director).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_a_nomination_is_put_right_until_the_choice(
    login, academic_teacher, group_director, practice
):
    url = reverse("practice_edit", args=[practice.pk])
    client = login(academic_teacher)
    page = client.get(url)
    assert PRACTICE_DATA["process"] in page.content.decode()
    version = page.context["form"].stored_version
    client.post(url, PRACTICE_DATA | {"lessons": "เริ่มจากห้องเดียวก่อน", "version": version})
    assert "เริ่มจากห้องเดียวก่อน" in client.get(practice.get_absolute_url()).content.decode()
    actions.select_practice(practice, by=group_director)
    assert client.get(url).status_code == 409


def test_who_saves_a_nomination_second_is_shown_the_others_words(
    login, academic_teacher, supervisor, practice
):
    url = reverse("practice_edit", args=[practice.pk])
    school, unit = login(academic_teacher), login(supervisor)
    version = unit.get(url).context["form"].stored_version
    school.post(url, PRACTICE_DATA | {"outcome": "คำของโรงเรียน", "version": version})
    response = unit.post(url, PRACTICE_DATA | {"outcome": "คำของศึกษานิเทศก์", "version": version})
    page = response.content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “คำของโรงเรียน”" in page
    assert "คำของศึกษานิเทศก์" in page
    practice.refresh_from_db()
    assert practice.outcome == "คำของโรงเรียน"
    again = response.context["form"]["version"].value()
    unit.post(url, PRACTICE_DATA | {"outcome": "คำของทั้งสอง", "version": again})
    practice.refresh_from_db()
    assert practice.outcome == "คำของทั้งสอง"


@pytest.mark.parametrize("changes", [{"title": " "}, {"process": ""}, {"outcome": "ก" * 4001}])
def test_a_nomination_put_wrong_is_not_saved_and_stays_in_sight(
    login, academic_teacher, practice, changes
):
    url = reverse("practice_edit", args=[practice.pk])
    client = login(academic_teacher)
    sent = PRACTICE_DATA | {
        "lessons": "ที่พิมพ์ไว้",
        "version": client.get(url).context["form"].stored_version,
    }
    page = client.post(url, sent | changes).content.decode()
    assert "ที่พิมพ์ไว้" in page
    practice.refresh_from_db()
    assert (practice.title, practice.lessons) == (PRACTICE_DATA["title"], "")


def test_a_nomination_takes_no_title_that_its_round_has(login, academic_teacher, practice):
    other = actions.nominate_practice(
        practice.round, by=academic_teacher, **PRACTICE_DATA | {"title": "ห้องสมุดมีชีวิต"}
    )
    client, url = login(academic_teacher), reverse("practice_edit", args=[other.pk])
    sent = PRACTICE_DATA | {
        "lessons": "ที่พิมพ์ไว้",
        "version": client.get(url).context["form"].stored_version,
    }
    page = client.post(url, sent).content.decode()
    assert "ไว้แล้ว โปรดใช้ชื่ออื่น" in page
    assert "ที่พิมพ์ไว้" in page
    other.refresh_from_db()
    assert (other.title, other.lessons) == ("ห้องสมุดมีชีวิต", "")


def test_words_typed_while_the_choice_was_made_stay_in_sight(
    login, academic_teacher, group_director, practice
):
    url = reverse("practice_edit", args=[practice.pk])
    client = login(academic_teacher)
    actions.select_practice(practice, by=group_director)
    response = client.post(url, PRACTICE_DATA | {"lessons": "พิมพ์ไว้ก่อน คัดเลือก"})
    assert response.status_code == 409
    assert "พิมพ์ไว้ก่อน คัดเลือก" in response.content.decode()


def test_a_past_term_takes_no_nomination(login, academic_teacher, round_):
    today = timezone.localdate()
    TermFactory(academic_year__year=2570, number=1, opens_on=today)
    url = reverse("practice_nominate", args=[round_.pk])
    response = login(academic_teacher).post(url, PRACTICE_DATA)
    assert response.status_code == 409
    assert "ผ่านไปแล้ว" in response.content.decode()


def test_the_list_shows_what_each_may_see(login, group_director, outsider_director, practice):
    url = reverse("practices")
    assert PRACTICE_DATA["title"] in login(group_director).get(url).content.decode()
    assert PRACTICE_DATA["title"] not in login(outsider_director).get(url).content.decode()
    none = login(group_director).get(url, {"state": "selected"}).content.decode()
    assert PRACTICE_DATA["title"] not in none


def test_the_list_asks_as_little_for_many(
    login, group_director, academic_teacher, round_, practice, django_assert_max_num_queries
):
    client, url = login(group_director), reverse("practices")
    client.get(url)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for number in range(3):
        actions.nominate_practice(
            round_, by=academic_teacher, **PRACTICE_DATA | {"title": f"ผลงาน {number}"}
        )
    with django_assert_max_num_queries(len(few)):
        client.get(url)

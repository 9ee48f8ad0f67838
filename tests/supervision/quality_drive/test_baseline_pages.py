"""The pages of baselines: one school's, the forms, and last year's results for many schools."""

from decimal import Decimal

import pytest
from django.urls import reverse

from supervision.quality_drive.baselines import actions
from supervision.quality_drive.baselines.queries import Baseline, find_school_drive, load_baselines
from supervision.quality_drive.models import DriveIndicator
from tests.exported_files import exported_tables
from tests.factories import SchoolFactory
from tests.form_data import page_form_data
from tests.scenarios import needs_submitted
from tests.supervision.quality_drive.baseline_rows import TEXTS, entered, visited_last_year


@pytest.fixture
def first(drive):
    return DriveIndicator.objects.filter(dimension__drive=drive).order_by("pk").first()


def address(name, school, drive):
    return reverse(name, args=[drive.academic_year.year, school.pk])


def test_a_level_is_typed_with_its_source(login, school_director, school, drive, first):
    client, url = login(school_director), address("school_baseline_levels", school, drive)
    sent = page_form_data(client, url) | {f"level_{first.pk}": "๒.๕"}
    page = client.post(url, sent)
    assert f"source_{first.pk}" in page.context["form"].errors
    client.post(url, sent | {f"source_{first.pk}": "แบบทดสอบต้นปี"})
    stored = load_baselines(drive, [school])[school.pk]
    assert {pk: (one.level, one.source_text) for pk, one in stored.items()} == {
        first.pk: (Decimal("2.50"), "แบบทดสอบต้นปี")
    }
    text = client.get(address("school_baseline", school, drive)).content.decode()
    assert "กรอกจากการเก็บข้อมูล · แบบทดสอบต้นปี" in text


@pytest.mark.parametrize("typed", ["9", "0", "มาก", "3.255"])
def test_a_level_off_the_scale_is_refused(typed, login, supervisor, school, drive, first):
    client, url = login(supervisor), address("school_baseline_levels", school, drive)
    sent = page_form_data(client, url)
    page = client.post(url, sent | {f"level_{first.pk}": typed, f"source_{first.pk}": "ก"})
    assert f"level_{first.pk}" in page.context["form"].errors
    assert load_baselines(drive, [school]) == {}


@pytest.mark.usefixtures("last_term")
def test_the_level_of_last_year_needs_no_words(
    login, supervisor, school_director, school, drive, first, last_term, indicators
):
    visited_last_year(
        school, last_term, indicators, director=school_director, supervisor=supervisor
    )
    client, url = login(supervisor), address("school_baseline_levels", school, drive)
    client.post(url, page_form_data(client, url) | {f"level_{first.pk}": "3"})
    stored = load_baselines(drive, [school])[school.pk]
    assert stored[first.pk].source == "last_year"
    page = client.post(url, page_form_data(client, url) | {f"level_{first.pk}": "4"})
    assert f"source_{first.pk}" in page.context["form"].errors


def test_two_people_overwrite_nothing(login, supervisor, school_director, school, drive, first):
    client, url = login(supervisor), address("school_baseline_texts", school, drive)
    seen = page_form_data(client, url)
    actions.save_baseline_texts(drive, school, by=school_director, **TEXTS)
    page = client.post(url, seen | {"problems": "คำนวณช้า"})
    text = page.content.decode()
    assert "อ่านช้า" in text
    assert "คำนวณช้า" in text
    assert find_school_drive(drive, school).problems == "อ่านช้า"


def test_what_the_school_stated_stands_beside(
    login, supervisor, school_director, round_, school, drive
):
    needs_submitted(round_, by=school_director)
    url = address("school_baseline_texts", school, drive)
    assert "สื่อการเรียนรู้ภาษาไทย" in login(supervisor).get(url).content.decode()


def test_last_year_is_shown_before_it_is_taken(
    login, supervisor, school_director, school, drive, last_term, indicators
):
    url = address("school_baseline_last_year", school, drive)
    client = login(supervisor)
    assert "ไม่มีผลปีก่อนให้ใช้เพิ่ม" in client.get(url).content.decode()
    assert client.post(url).status_code == 409
    visited_last_year(
        school, last_term, indicators, director=school_director, supervisor=supervisor
    )
    assert "จะใช้ผล 4 ตัวชี้วัด" in client.get(url).content.decode()
    assert load_baselines(drive, [school]) == {}
    client.post(url)
    assert len(load_baselines(drive, [school])[school.pk]) == 4


def test_the_director_confirms_and_the_supervisor_reopens(
    login, supervisor, school_director, academic_teacher, school, drive
):
    actions.save_baseline_levels(drive, school, by=supervisor, baselines=entered(drive))
    confirm = address("school_baseline_confirm", school, drive)
    director = login(school_director)
    sent = {"version": director.get(confirm).context["version_read"]}
    assert "สภาพปัญหา" in director.post(confirm, sent).content.decode()
    actions.save_baseline_texts(drive, school, by=supervisor, **TEXTS)
    assert login(academic_teacher).post(confirm).status_code == 403
    director.post(confirm, {"version": director.get(confirm).context["version_read"]})
    assert find_school_drive(drive, school).is_confirmed
    levels = address("school_baseline_levels", school, drive)
    assert login(supervisor).get(levels).status_code == 409
    reopen = address("school_baseline_reopen", school, drive)
    assert login(school_director).post(reopen, {"reason": "ก"}).status_code == 403
    login(supervisor).post(reopen, {"reason": "กรอกผิดข้อ"})
    page = login(school_director).get(address("school_baseline", school, drive))
    assert "กรอกผิดข้อ" in page.content.decode()


def test_the_director_confirms_what_the_page_has_shown(
    login, supervisor, school_director, school, drive
):
    actions.save_baseline_levels(drive, school, by=supervisor, baselines=entered(drive))
    actions.save_baseline_texts(drive, school, by=supervisor, **TEXTS)
    director, confirm = login(school_director), address("school_baseline_confirm", school, drive)
    read = director.get(address("school_baseline", school, drive)).context["version_read"]
    actions.save_baseline_texts(drive, school, by=supervisor, **TEXTS | {"plan": "แผนใหม่"})
    asked = director.get(confirm, {"version": read}).context["version_read"]
    page = director.post(confirm, {"version": asked})
    assert page.status_code == 409
    assert "แก้ไขหลังจากที่คุณเปิดหน้านี้" in page.content.decode()
    assert not find_school_drive(drive, school).is_confirmed


def test_another_school_is_not_found(login, outsider_director, school, drive):
    for name in ("school_baseline", "school_baseline_levels", "school_baseline_confirm"):
        assert login(outsider_director).get(address(name, school, drive)).status_code == 404


# --- All schools ---


def test_the_list_says_who_lacks_what(login, group_director, school, other_school, drive, first):
    one = {first.pk: Baseline(Decimal(3), "entered", "ก")}
    actions.save_baseline_levels(drive, school, by=group_director, baselines=one)
    url = reverse("baselines", args=[drive.academic_year.year])
    listing = login(group_director).get(url).context["listing"]
    rows = {row.school: row for row in listing.rows}
    assert (rows[school].known, rows[school].wanted, len(rows[school].missing)) == (1, 4, 3)
    assert rows[other_school].stage == "not_begun"
    begun = login(group_director).get(url, {"state": "draft"}).context["listing"]
    assert [row.school for row in begun.shown] == [school]


def test_last_year_is_taken_for_the_ticked_schools_of_the_person(
    login, supervisor, school_director, school, other_school, drive, last_term, indicators
):
    visited_last_year(
        school, last_term, indicators, director=school_director, supervisor=supervisor
    )
    url = reverse("baselines_last_year", args=[drive.academic_year.year])
    client = login(supervisor)
    assert client.get(url).status_code == 409
    ticked = {"school": [school.pk, other_school.pk]}
    page = client.get(url, ticked)
    assert [one.school for one in page.context["offers"]] == [school]
    assert page.context["without"] == []  # the other school is not the supervisor's
    client.post(url, ticked)
    assert set(load_baselines(drive, [school, other_school])) == {school.pk}
    assert client.post(url, ticked).status_code == 409  # a second press takes nothing


def test_the_file_says_what_the_list_says(login, group_director, school, drive):
    actions.save_baseline_levels(drive, school, by=group_director, baselines=entered(drive))
    url = reverse("baselines_export", args=[drive.academic_year.year])
    tables = exported_tables(login(group_director).get(url))
    assert tables["ข้อมูลฐานรายโรงเรียน"].column("โรงเรียน") == [school.name]
    assert tables["ระดับรายตัวชี้วัด"].column("ระดับก่อนพัฒนา") == [2.5] * 4


def test_the_list_costs_the_same_for_more_schools(
    login, group_director, school, drive, django_assert_max_num_queries
):
    client, url = login(group_director), reverse("baselines", args=[drive.academic_year.year])
    one_school = address("school_baseline", school, drive)
    client.get(url)
    counts = []
    for _ in range(2):
        actions.save_baseline_levels(drive, school, by=group_director, baselines=entered(drive))
        with django_assert_max_num_queries(15) as asked:
            client.get(url)
        counts.append(len(asked))
        with django_assert_max_num_queries(15):
            client.get(one_school)
        for _ in range(2):
            more = SchoolFactory()
            actions.save_baseline_levels(drive, more, by=group_director, baselines=entered(drive))
    assert counts[0] == counts[1]

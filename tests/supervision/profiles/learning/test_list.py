"""The area's list of results, its comparison, the values of the country, and the file."""

from decimal import Decimal

import pytest
from django.urls import reverse

from schools.enums import Grade
from schools.models import School
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.models import ReferenceResult
from tests.exported_files import exported_tables
from tests.factories import (
    AcademicYearFactory,
    LearningResultFactory,
    SchoolFactory,
    TestKindFactory,
    TestSubjectFactory,
)

URL = reverse("learning_list")


@pytest.fixture
def thai(db):
    AcademicYearFactory(year=2570)  # whose tests are to come
    return TestSubjectFactory()


@pytest.fixture
def results(thai, school, other_school):
    """Ours has two pupils, another twenty, a third none."""
    SchoolFactory(name="โรงเรียนไม่มีผล", cluster=other_school.memberships.get().cluster)
    return [
        LearningResultFactory(school=school, subject=thai, tested=2, mean=Decimal("37.77")),
        LearningResultFactory(
            school=other_school, subject=thai, shares=(10, 20, 30, 40), sd=Decimal("9.5")
        ),
    ]


def cells(listing):
    return {row.school.short_name: [cell.text for cell in row.cells] for row in listing.rows}


def test_the_list_shows_the_newest_year_and_who_has_no_result(login, area_director, results):
    page = login(area_director).get(URL)
    listing = page.context["listing"]
    assert (listing.year, listing.given, listing.small, len(listing.all_rows)) == (2569, 2, 1, 3)
    assert cells(listing) == {"ของเรา": ["น้อยกว่า 3 คน"], "ไม่มีผล": ["–"], "อื่น": ["61.25"]}
    assert "37.77" not in page.content.decode()
    missing = login(area_director).get(URL, {"state": "missing"}).context["listing"]
    assert list(cells(missing)) == ["ไม่มีผล"]


def test_sums_leave_small_results_out_for_those_who_may_see_them_too(
    login, group_director, results, other_school
):
    page = login(group_director).get(URL)
    listing = page.context["listing"]
    assert cells(listing)["ของเรา"] == ["37.77"]
    assert [(row.label, row.cells[0].text, row.note) for row in listing.comparison] == [
        ("กลุ่มโรงเรียนของเรา", "–", "ไม่นับ 1 โรงเรียนที่น้อยกว่า 3 คน"),
        ("กลุ่มโรงเรียนอื่น", "61.25", "1 โรงเรียน"),
        ("ทุกโรงเรียนในเขตพื้นที่", "61.25", "1 โรงเรียน ไม่นับ 1 โรงเรียนที่น้อยกว่า 3 คน"),
    ]


def test_one_subject_is_shown_with_pupils_levels_and_the_year_before(
    login, area_director, results, thai, other_school
):
    LearningResultFactory(
        school=other_school, academic_year__year=2568, subject=thai, mean=Decimal("58.5")
    )
    listing = login(area_director).get(URL, {"subject": thai.pk}).context["listing"]
    labels = [column.label for column in listing.columns]
    assert labels[:4] == ["เข้าสอบ (คน)", "ค่าเฉลี่ย", "ค่าเฉลี่ยปีก่อน", "S.D."]
    assert labels[4:] == ["ดีมาก", "ดี", "พอใช้", "ปรับปรุง"]
    shown = cells(listing)
    assert shown["อื่น"] == ["20", "61.25", "58.50", "9.50", "10.00", "20.00", "30.00", "40.00"]
    assert set(shown["ของเรา"]) == {"น้อยกว่า 3 คน", "–"}
    area = listing.comparison[-1]
    assert [cell.text for cell in area.cells] == shown["อื่น"]


def test_filters_find_schools_by_name_cluster_and_order(login, area_director, results, thai):
    third = LearningResultFactory(subject=thai, mean=70)
    client = login(area_director)
    assert list(cells(client.get(URL, {"q": "รร.ของเรา"}).context["listing"])) == ["ของเรา"]
    cluster = results[1].school.memberships.get().cluster_id
    of_cluster = client.get(URL, {"cluster": cluster}).context["listing"]
    assert list(cells(of_cluster)) == ["ไม่มีผล", "อื่น"]
    highest = client.get(URL, {"order": "highest"}).context["listing"]
    assert [row.school for row in highest.rows][:2] == [third.school, results[1].school]
    for year in ("1", "²"):
        assert "โปรดเลือก" in client.get(URL, {"year": year}).content.decode()


def test_a_subject_of_another_kind_gives_way(login, area_director, results, thai):
    other = TestSubjectFactory(kind=TestKindFactory(name="RT", position=2), grade=Grade.P1)
    asked = {"kind": other.kind_id, "subject": thai.pk}
    listing = login(area_director).get(URL, asked).context["listing"]
    assert [column.subject for column in listing.columns] == [other]


def test_schools_without_the_grade_are_not_asked_for(login, area_director, results, school):
    School.objects.filter(pk=school.pk).update(first_grade=Grade.K2, last_grade=Grade.P2)
    assert "ของเรา" not in cells(login(area_director).get(URL).context["listing"])


def test_an_office_without_kinds_is_told_so(login, area_director):
    assert "ยังไม่มีการทดสอบ" in login(area_director).get(URL).content.decode()


def test_values_of_the_country_are_typed_and_stand_beside(login, clerk, results, thai):
    client = login(clerk)
    url = reverse("reference_results", args=[2569, thai.kind_id])
    version = client.get(url).context["form"]["version"].value()
    box = f"{thai.pk}_{ReferenceScope.NATION}"
    sent = {f"mean_{box}": "๕๒.๕", f"sd_{box}": "14", "source": "รายงาน", "version": version}
    assert "ต้องไม่เกิน 100" in client.post(url, sent | {f"mean_{box}": "101"}).content.decode()
    client.post(url, sent)
    row = ReferenceResult.objects.get()
    assert (row.mean, row.source, row.updated_by) == (Decimal("52.5"), "รายงาน", clerk)
    compared = client.get(URL).context["listing"].comparison[-1]
    assert (compared.label, compared.cells[0].text) == ("ค่าที่ประกาศ: ประเทศ", "52.50")
    form = client.get(url).context["form"]
    boxes = {one.html_name: one.value() for one in form if one.value() is not None}
    client.post(url, boxes | {f"mean_{box}": "", f"sd_{box}": ""})
    assert not ReferenceResult.objects.exists()


def test_the_file_says_what_the_page_shows_and_withholds_the_same(login, area_director, results):
    tables = exported_tables(login(area_director).get(reverse("learning_export")))
    schools = tables["โรงเรียน"]
    assert schools.column("โรงเรียน") == ["โรงเรียนของเรา", "โรงเรียนไม่มีผล", "โรงเรียนอื่น"]
    assert schools.column("ภาษาไทย") == ["น้อยกว่า 3 คน", "", 61.25]
    assert tables["เปรียบเทียบ"].column("ภาษาไทย") == ["", 61.25, 61.25]


def test_the_list_takes_as_many_queries_for_three_schools_as_for_one(
    login, area_director, thai, django_assert_max_num_queries
):
    LearningResultFactory(subject=thai, shares=(25, 25, 25, 25))
    client = login(area_director)
    asked = {"subject": thai.pk}
    with django_assert_max_num_queries(15) as few:
        client.get(URL, asked)
    for _ in range(2):
        LearningResultFactory(subject=thai, shares=(25, 25, 25, 25))
    with django_assert_max_num_queries(len(few)):
        assert len(client.get(URL, asked).context["listing"].rows) == 3

"""What is to be checked in the data: each note with its rows or the page that mends it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from schools.enums import Grade
from schools.models import Cluster, School
from tests import scenarios
from tests.factories import ClusterFactory, RoundFactory, SchoolFactory, YearlyCountFactory

NOTES = reverse("overview_data_notes")


def page(client, **asked):
    response = client.get(NOTES, asked)
    assert response.status_code == 200
    return response


@pytest.fixture
def notes(login, area_director):
    """The page's notes by their text."""
    client = login(area_director)
    return lambda **asked: {
        note.text: note for note in page(client, **asked).context["found"].notes
    }


@pytest.mark.parametrize("who", ["school_director", "cluster_chair", "subcommittee_member"])
def test_the_page_is_for_who_sees_the_area(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(NOTES).status_code == 403


def test_what_the_register_lacks_is_counted_and_leads_there(
    notes, login, area_director, term, supervisor, school
):
    SchoolFactory(name="โรงเรียนไม่มีกลุ่ม")
    found = notes()
    assert "ยังไม่มีอำเภอในทะเบียน 2 โรงเรียน" in found
    assert "ยังไม่มีพิกัดในทะเบียน 2 โรงเรียน" in found
    assert "ยังไม่มีชั้นที่เปิดสอนในทะเบียน 2 โรงเรียน" in found
    assert "ยังไม่มีจำนวนนักเรียนปีนี้ในทะเบียน 2 โรงเรียน" in found
    lacking = found["ยังไม่มีกลุ่มโรงเรียนในทะเบียน 1 โรงเรียน"]
    text = login(area_director).get(lacking.url).content.decode()
    assert "ไม่มีกลุ่ม" in text
    assert reverse("school_card", args=[school.pk]) not in text
    (row,) = found["ไม่มีศึกษานิเทศก์ประจำกลุ่มโรงเรียน 1 โรงเรียน"].rows
    assert row.name == "ไม่มีกลุ่ม"


def test_a_complete_register_and_term_have_no_notes(
    login, area_director, judge, supervisor, cluster
):
    visit = judge("ก", 4)
    school = visit.round.school
    School.objects.filter(pk=school.pk).update(
        district="ภูเรือ",
        first_grade=Grade.P1,
        last_grade=Grade.P6,
        latitude="17.3",
        longitude="101.2",
    )
    YearlyCountFactory(school=school, academic_year=visit.round.term.academic_year, pupils=80)
    response = page(login(area_director))
    assert response.context["found"].notes == []
    assert "ไม่พบข้อที่ต้องตรวจสอบ" in response.content.decode()


def test_a_cluster_with_another_number_than_its_order_is_named(
    notes, login, clerk, term, school, cluster
):
    Cluster.objects.filter(pk=cluster.pk).update(ordered_count=3)
    text = "กลุ่มโรงเรียนของเรา: คำสั่ง ระบุ 3 โรงเรียน ทะเบียนมี 1 โรงเรียน ยังไม่ทราบชื่ออีก 2 โรงเรียน"
    assert notes()[text].url == ""  # whom the register is not open to gets no link
    found = {note.text: note for note in page(login(clerk)).context["found"].notes}
    assert login(clerk).get(found[text].url).status_code == 200


def test_rounds_without_sets_and_schools_without_rounds_are_named(
    notes, login, area_director, term, school
):
    SchoolFactory(name="โรงเรียนยังไม่เปิดรอบ")
    bare = RoundFactory(school=school, term=term, bare=True)
    found = notes()
    (row,) = found["รอบที่ยังไม่มีชุดตัวชี้วัดครบระดับที่เปิดสอน 1 รอบ"].rows
    assert row.url == bare.get_absolute_url()
    url = found["ยังไม่เปิดรอบในภาคเรียนนี้ 1 โรงเรียน"].url
    listed = login(area_director).get(url).context["found"]
    assert [line.name for line in listed.shown] == ["ยังไม่เปิดรอบ"]


def test_a_visit_outside_its_term_is_named(notes, judge, earlier_term):
    visit = judge("ก", 3, of_term=earlier_term)
    (row,) = notes(term=earlier_term.pk)["วันที่นิเทศอยู่นอกภาคเรียน 1 โรงเรียน ผลยังนับในภาคเรียนนี้"].rows
    assert row.url == visit.get_absolute_url()
    assert visit.visit_on > earlier_term.closes_on - timedelta(days=1)


def test_a_visit_without_a_self_assessment_to_compare_is_counted(notes, round_, supervisor):
    scenarios.visit_signed(round_, by=supervisor)
    text = "นิเทศแล้วแต่ไม่มีการประเมินตนเองที่ยืนยันในรอบเดียวกัน 1 โรงเรียน จึงไม่มีผลต่างให้เทียบ"
    assert "show=without_own" in notes()[text].url


def test_a_note_of_the_register_is_said_with_its_school(notes, term, school):
    School.objects.filter(pk=school.pk).update(data_note="คู่มือสะกดชื่อสองแบบ")
    (row,) = notes()["ทะเบียนบันทึกข้อสังเกตไว้ 1 โรงเรียน"].rows
    assert row.name == "ของเรา: คู่มือสะกดชื่อสองแบบ"


def test_notes_are_those_of_the_schools_the_filters_leave(notes, term, school, cluster):
    SchoolFactory(cluster=ClusterFactory())
    assert "ยังไม่มีอำเภอในทะเบียน 1 โรงเรียน" in notes(cluster=cluster.pk)


def test_before_any_term_the_page_says_who_opens_one(login, area_director):
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in page(login(area_director)).content.decode()


def test_the_cost_does_not_grow_with_the_schools(
    login, area_director, judge, django_assert_max_num_queries
):
    client = login(area_director)
    judge("ก", 4)
    page(client)  # what only a first page asks
    with django_assert_max_num_queries(15) as one:
        page(client)
    for name in "ขคง":
        judge(name, 3, in_cluster=ClusterFactory())
    SchoolFactory()
    with django_assert_max_num_queries(len(one)):
        page(client)

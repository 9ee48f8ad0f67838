"""A school's page of its data: what it shows, answers, reports and confirms."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import School
from supervision.profiles.confirmation import actions
from supervision.profiles.confirmation.enums import ConfirmationState, DataKind, IssueState
from supervision.profiles.models import DataAnswer, DataConfirmation, DataIssue, LearningResult
from tests import scenarios
from tests.factories import LearningResultFactory

MISSING_CONTACTS = "ทะเบียนยังไม่มี รหัสโรงเรียน 8 หลัก ชั้นที่เปิดสอน โทรศัพท์ ผู้อำนวยการโรงเรียน"


def url(school, name="data_confirmation", *args):
    return reverse(name, args=[school.pk, *args])


def confirm(client, school, **data):
    page = client.get(url(school, "data_confirm"))
    version = {"version": page.context["data"].token} if page.context else {}
    return client.post(url(school, "data_confirm"), version | data)


def test_the_director_confirms_and_the_figures_are_kept(
    login, school, asked, counted, school_director
):
    client = login(school_director)
    assert "12 คน" in client.get(url(school)).content.decode()
    assert confirm(client, school).status_code == 302
    confirmation = DataConfirmation.objects.get()
    assert confirmation.state == ConfirmationState.CONFIRMED
    assert confirmation.confirmed_as == "ผู้อำนวยการโรงเรียนของเรา"
    assert "12 คน" in confirmation.figures["lines"]["pupils"][0]["value"]
    page = client.get(url(school)).content.decode()
    assert "ยืนยันข้อมูลแล้ว" in page
    assert f'href="{url(school, "data_confirm")}"' not in page


def test_a_second_click_confirms_once(login, school, asked, school_director):
    client = login(school_director)
    assert [confirm(client, school).status_code for _ in range(2)] == [302, 302]
    assert DataConfirmation.objects.count() == 1


def test_data_that_changed_meanwhile_are_shown_again(
    login, school, asked, counted, school_director
):
    client = login(school_director)
    version = client.get(url(school, "data_confirm")).context["data"].token
    counted.grades.update(boys=13)
    response = client.post(url(school, "data_confirm"), {"version": version})
    assert response.status_code == 409
    assert "ข้อมูลมีการแก้ไขหลังจากที่คุณเปิดหน้านี้" in response.content.decode()
    assert not DataConfirmation.objects.exists()


def test_what_changes_after_the_confirmation_stands_beside_it(
    login, school, asked, counted, school_director
):
    scenarios.data_confirmed(school, asked, by=school_director)
    counted.grades.update(boys=13)
    data = login(school_director).get(url(school)).context["data"]
    [section] = data.changed
    assert section.kind == DataKind.PUPILS
    assert "12 คน" in section.confirmed_lines[0].value
    assert "13 คน" in section.lines[0].value
    assert data.is_confirmed


def test_what_cannot_be_true_blocks_until_it_is_reported(
    login, school, asked, impossible, school_director
):
    client = login(school_director)
    page = client.get(url(school)).content.decode()
    assert "ยังยืนยันไม่ได้" in page
    assert url(school, "data_confirm") not in page
    assert confirm(client, school).status_code == 409
    reported = {"text": "ร้อยละรวมเกิน 100", "should_be": "ดีมาก 20 ดี 80"}
    client.post(url(school, "data_issue_report", DataKind.LEARNING), reported)
    assert confirm(client, school).status_code == 302
    kept = DataConfirmation.objects.get().figures["reported"]
    assert kept == [{"kind": "learning", "text": "ร้อยละรวมเกิน 100"}]
    assert "ยกเว้น ร้อยละรวมเกิน 100 ที่แจ้งแก้ไขแล้ว" in client.get(url(school)).content.decode()


def test_a_question_is_answered_with_a_line_and_asked_again_when_it_changes(
    login, school, asked, academic_teacher
):
    client = login(academic_teacher)
    answer = {"question": MISSING_CONTACTS, "text": "ใช้โทรศัพท์ของผู้อำนวยการ"}
    page = client.get(url(school)).content.decode()
    assert MISSING_CONTACTS in page
    assert client.post(url(school, "data_answer"), answer).status_code == 302
    assert "ใช้โทรศัพท์ของผู้อำนวยการ" in client.get(url(school)).content.decode()
    School.objects.filter(pk=school.pk).update(phone="042000000")
    contacts = client.get(url(school)).context["data"].sections[0]
    assert contacts.is_asked


@pytest.mark.parametrize(
    "data", [{"question": MISSING_CONTACTS, "text": ""}, {"question": "ก", "text": "ข"}]
)
def test_an_empty_answer_or_one_to_another_question_is_refused(
    login, school, asked, academic_teacher, data
):
    response = login(academic_teacher).post(url(school, "data_answer"), data)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not DataAnswer.objects.exists()


def test_the_teacher_prepares_and_the_director_confirms(
    login, school, asked, academic_teacher, school_director
):
    teacher = login(academic_teacher)
    assert teacher.post(url(school, "data_prepare")).status_code == 302
    assert "รอผู้อำนวยการยืนยัน" in teacher.get(url(school)).content.decode()
    assert teacher.post(url(school, "data_prepare")).status_code == 409
    assert confirm(login(school_director), school).status_code == 302


def test_nothing_is_confirmed_before_the_first_day_or_where_nothing_is_asked(
    login, school, term, school_director, group_director
):
    client = login(school_director)
    assert client.get(url(school, "data_confirm")).status_code == 409
    tomorrow = timezone.localdate() + timedelta(days=1)
    asked = scenarios.data_asked_for(term, by=group_director, opens_on=tomorrow)
    assert "ยืนยันข้อมูลได้ตั้งแต่วันที่" in client.get(url(school)).content.decode()
    assert confirm(client, school).status_code == 409
    assert not asked.confirmations.exists()


# --- What is reported as wrong ---


def test_only_data_that_somebody_else_keeps_are_reported(login, school, asked, school_director):
    client, reported = login(school_director), {"text": "ผิด", "should_be": "ถูก"}
    own = url(school, "data_issue_report", DataKind.CIRCUMSTANCES)
    assert client.post(own, reported).status_code == 404
    assert client.post(url(school, "data_issue_report", "unknown"), reported).status_code == 404
    pupils = url(school, "data_issue_report", DataKind.PUPILS)
    assert client.post(pupils, {"text": "ผิด"}).status_code == 200  # asks what is right
    assert client.post(pupils, reported).status_code == 302
    assert "แจ้งเรื่องนี้ไว้แล้ว" in client.post(pupils, reported).content.decode()
    assert DataIssue.objects.get().state == IssueState.OPEN


# --- Who sees what ---


def test_small_results_are_shown_to_the_school_alone(
    login, school, asked, school_director, clerk, area_director
):
    year = asked.term.academic_year
    LearningResultFactory(school=school, academic_year=year, tested=2, mean=41)
    scenarios.data_confirmed(school, asked, by=school_director)
    LearningResult.objects.update(mean=43)
    own = login(school_director).get(url(school)).content.decode()
    assert "เฉลี่ย 43" in own
    assert "เฉลี่ย 41" in own
    for reader in (clerk, area_director):
        page = login(reader).get(url(school)).content.decode()
        assert "น้อยกว่า 3 คน" in page
        assert "เฉลี่ย 4" not in page
        assert "เข้าสอบ 2 คน" not in page


@pytest.mark.parametrize("who", ["outsider_director", "committee_member", "other_supervisor"])
def test_who_does_not_know_the_school_does_not_find_the_page(request, login, school, asked, who):
    client = login(request.getfixturevalue(who))
    assert client.get(url(school)).status_code == 404
    assert client.post(url(school, "data_prepare")).status_code == 404


def test_the_office_reads_and_confirms_nothing(login, school, asked, supervisor):
    client = login(supervisor)
    assert client.get(url(school)).status_code == 200
    for name in ("data_prepare", "data_answer", "data_confirm"):
        assert client.post(url(school, name)).status_code == 403


def test_a_school_of_many_figures_takes_as_many_queries_as_one_of_few(
    login, school, asked, counted, clerk, django_assert_max_num_queries, school_director
):
    actions.report_data_issue(
        school, by=school_director, data_kind=DataKind.PUPILS, text="ก", should_be="ข"
    )
    client = login(clerk)
    client.get(url(school))  # the first request of a session renews it
    with django_assert_max_num_queries(15) as few:
        client.get(url(school))
    LearningResultFactory(school=school, academic_year=asked.term.academic_year, tested=9, mean=41)
    actions.report_data_issue(
        school, by=school_director, data_kind=DataKind.PUPILS, text="ค", should_be="ง"
    )
    with django_assert_max_num_queries(len(few)):
        client.get(url(school))

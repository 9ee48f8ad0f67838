"""The hub of what is known of schools, asking all to confirm it, and what they reported."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.profiles.confirmation.actions import report_data_issue
from supervision.profiles.confirmation.enums import DataKind, IssueState
from supervision.profiles.models import ConfirmationRequest
from tests import scenarios
from tests.factories import SchoolFactory, TermFactory, YearlyCountFactory


@pytest.fixture
def issue(school, term, school_director):
    return report_data_issue(
        school, by=school_director, data_kind=DataKind.PUPILS, text="ป.3 มี 12 คน", should_be="13 คน"
    )


def answer_url(issue, name):
    return reverse(name, args=[issue.pk])


def todos(client):
    return [item.title for item in client.get("/todos/").context["home"].waiting]


# --- Asking ---


def test_the_unit_asks_once_and_moves_the_last_day(login, term, group_director, clerk):
    client = login(group_director)
    url = reverse("confirmation_open", args=[term.pk])
    assert "ขอให้โรงเรียนยืนยันข้อมูล" in client.get(url).content.decode()
    days = {"opens_on": "18 พ.ย. 2569", "closes_on": "30 พ.ย. 2569"}
    assert client.post(url, days).status_code == 302
    asked = ConfirmationRequest.objects.get()
    assert asked.closes_on == date(2026, 11, 30)
    assert "จึงขอซ้ำไม่ได้" in client.post(url, days).content.decode()
    closing = reverse("confirmation_closing", args=[asked.pk])
    assert login(clerk).post(closing, {"closes_on": "5 ธ.ค. 2569"}).status_code == 302
    asked.refresh_from_db()
    assert asked.closes_on == date(2026, 12, 5)
    assert "30 พ.ย. 2569 → 5 ธ.ค. 2569" in client.get(closing).content.decode()


def test_nobody_is_asked_in_a_term_gone_by(login, term, group_director):
    earlier = TermFactory(number=1, opens_on=term.opens_on - timedelta(days=160))
    url = reverse("confirmation_open", args=[earlier.pk])
    page = login(group_director).post(url, {"opens_on": "18 พ.ย. 2569"})
    assert f"โปรดขอในภาคเรียนที่ {term}" in page.content.decode()
    assert not ConfirmationRequest.objects.exists()


@pytest.mark.parametrize(
    ("opens_on", "closes_on", "said"),
    [
        ("18 พ.ย. 2569", "17 พ.ย. 2569", "ผ่านไปแล้ว"),
        ("20 พ.ย. 2569", "19 พ.ย. 2569", "อยู่ก่อนวันที่เริ่ม"),
        ("18 พ.ย. 2571", "", "ห่างจากภาคเรียนที่ 2/2569 เกินไป"),
        ("", "", "โปรด"),
    ],
)
def test_days_that_make_no_sense_are_refused(
    login, term, group_director, opens_on, closes_on, said
):
    url = reverse("confirmation_open", args=[term.pk])
    response = login(group_director).post(url, {"opens_on": opens_on, "closes_on": closes_on})
    assert said in response.content.decode()
    assert not ConfirmationRequest.objects.exists()


# --- The hub ---


def test_the_hub_counts_by_cluster_and_names_who_waits(
    login, school, other_school, term, asked, counted, school_director, clerk
):
    scenarios.data_confirmed(school, asked, by=school_director)
    overview = login(clerk).get(reverse("profiles")).context["overview"]
    ours = next(group for group in overview.groups if group.name == "กลุ่มโรงเรียนของเรา")
    assert (ours.confirmed.have, ours.confirmed.schools) == (1, 1)
    pupils = [one.label for one in DataKind].index(DataKind.PUPILS.label)
    assert ours.cells[pupils].is_complete
    assert not overview.area.cells[pupils].is_complete
    assert overview.area.unconfirmed == [other_school]
    page = login(clerk).get(reverse("profiles")).content.decode()
    assert "ยืนยันแล้ว" in page
    assert "กลุ่มโรงเรียนอื่น: อื่น" in page  # the text for LINE


def test_who_may_not_read_what_was_reported_does_not_learn_how_much(
    login, issue, clerk, committee_member
):
    word = "รอแก้ไข"
    assert word in login(clerk).get(reverse("profiles")).content.decode()
    assert word not in login(committee_member).get(reverse("profiles")).content.decode()
    assert login(committee_member).get(reverse("data_issues")).status_code == 403
    assert issue.text not in login(committee_member).get(reverse("notices")).content.decode()
    assert "แจ้งว่าข้อมูลไม่ถูกต้อง" not in login(committee_member).get("/notices/").content.decode()


def test_the_hub_takes_as_many_queries_for_three_schools_as_for_one(
    login, school, asked, clerk, django_assert_max_num_queries
):
    client = login(clerk)
    with django_assert_max_num_queries(15) as one:
        client.get(reverse("profiles"))
    for other in SchoolFactory.create_batch(2):
        YearlyCountFactory(school=other, academic_year=asked.term.academic_year)
    with django_assert_max_num_queries(len(one)):
        client.get(reverse("profiles"))


# --- What was reported ---


def test_the_clerk_puts_it_right_and_the_school_hears_of_it(login, issue, clerk, school_director):
    client = login(clerk)
    assert "ตรวจข้อมูลที่แจ้งว่าไม่ถูกต้อง ของเรา" in todos(client)
    assert issue.text in client.get(reverse("data_issues")).content.decode()
    page = client.get(answer_url(issue, "data_issue_correct")).content.decode()
    assert reverse("school_counts", args=[issue.school_id]) in page
    assert client.post(answer_url(issue, "data_issue_correct"), {}).status_code == 302
    issue.refresh_from_db()
    assert (issue.state, issue.answered_by) == (IssueState.CORRECTED, clerk)
    assert "ตรวจข้อมูลที่แจ้งว่าไม่ถูกต้อง ของเรา" not in todos(client)
    assert "แก้ไขข้อมูลตามที่แจ้ง" in login(school_director).get("/notices/").content.decode()
    assert client.post(answer_url(issue, "data_issue_keep"), {"reason": "ก"}).status_code == 409


def test_data_are_kept_with_a_reason_that_the_school_reads(login, issue, clerk, school_director):
    client, url = login(clerk), answer_url(issue, "data_issue_keep")
    assert "โปรดระบุเหตุผล" in client.post(url, {"reason": ""}).content.decode()
    assert client.post(url, {"reason": "ตรงกับ DMC แล้ว"}).status_code == 302
    page = reverse("data_confirmation", args=[issue.school_id])
    assert "ตรงกับ DMC แล้ว" in login(school_director).get(page).content.decode()
    assert issue.text not in client.get(reverse("data_issues")).content.decode()
    assert issue.text in client.get(f"{reverse('data_issues')}?state=kept").content.decode()


def test_what_came_from_outside_waits_for_the_supervisor(
    login, school, term, supervisor, school_director, clerk
):
    report_data_issue(
        school, by=school_director, data_kind=DataKind.EXTERNAL, text="รอบสี่", should_be="รอบห้า"
    )
    assert "ตรวจข้อมูลที่แจ้งว่าไม่ถูกต้อง ของเรา" in todos(login(supervisor))
    assert not any("แจ้งว่าไม่ถูกต้อง" in title for title in todos(login(clerk)))


def test_the_last_day_stands_in_the_calendar(login, term, clerk, group_director):
    closes_on = timezone.localdate() + timedelta(days=3)
    scenarios.data_asked_for(term, by=group_director, closes_on=closes_on)
    assert "ครบกำหนดการยืนยันข้อมูล" in login(clerk).get(reverse("calendar")).content.decode()

"""Each kind of post through real pages: what its holder sees, does, and is printed as."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from schools.enums import Capacity, Role
from schools.models import User
from supervision.assessments import actions as assessments
from tests import scenarios
from tests.factories import AppointmentFactory, IndicatorSetFactory, RoundFactory, UserFactory
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

HOME = reverse("todos")
SCHOOL_PAGES = ("round", "needs", "decision", "round_history", "term_report")


def day(days):
    return timezone.localdate() + timedelta(days=days)


def text(client, url) -> str:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.content.decode()


def statuses(client, round_) -> set[int]:
    return {client.get(reverse(name, args=[round_.pk])).status_code for name in SCHOOL_PAGES}


@pytest.fixture
def other_round(other_school, term):
    return RoundFactory(school=other_school, term=term)


@pytest.fixture
def drafted(round_, academic_teacher):
    assessment = assessments.start_self_assessment(round_, by=academic_teacher)
    scenarios.fill_sheet(assessment.sheet, 4, by=academic_teacher)
    return assessment


def confirm(client, assessment):
    url = reverse("self_assessment_confirm", args=[assessment.pk])
    response = client.post(url, scenarios.shown_version(assessment.sheet))
    assessment.refresh_from_db()
    return response.status_code


def test_a_director_of_two_schools_finds_both_and_is_printed_as_of_each(
    login, school, other_school, round_, other_round
):
    director = user_with_role(Role.SCHOOL_DIRECTOR, "two", school=school)
    AppointmentFactory(
        user=director, role=Role.SCHOOL_DIRECTOR, school=other_school, capacity=Capacity.ACTING
    )
    client = login(director)
    home = text(client, HOME)
    assert school.short_name in home
    assert other_school.short_name in home
    for place, printed in (
        (round_, "ผู้อำนวยการโรงเรียนของเรา"),
        (other_round, "รักษาการในตำแหน่งผู้อำนวยการโรงเรียนอื่น"),
    ):
        assessment = assessments.start_self_assessment(place, by=director)
        scenarios.fill_sheet(assessment.sheet, 4, by=director)
        assert confirm(client, assessment) == 302
        assert assessment.confirmed_as == printed
        assert printed in text(client, assessment.get_absolute_url())


def test_a_director_who_moved_sees_the_new_school_and_signed_as_of_the_old(
    login, clerk, supervisor, school_director, round_, other_round, drafted
):
    here = login(school_director)
    assert confirm(here, drafted) == 302
    move = {"school": other_round.school_id, "starts_on": numeric_date(day(0))}
    moved = login(clerk).post(
        reverse("appointment_transfer", args=[school_director.appointments.get().pk]), move
    )
    assert moved.status_code == 302
    assert statuses(here, round_) == {404}
    assert statuses(here, other_round) == {200}
    home = text(here, HOME)
    assert other_round.school.short_name in home
    assert round_.school.short_name not in home
    kept = text(login(supervisor), drafted.get_absolute_url())
    assert "ผู้อำนวยการโรงเรียนของเรา" in kept
    assert str(school_director) in kept


def test_who_comes_after_a_director_confirms_in_their_own_capacity(
    login, clerk, school_director, round_, drafted
):
    """On the very day of the change the old director is out and the new one in."""
    old = school_director.appointments.get()
    office = login(clerk)
    office.post(reverse("appointment_end", args=[old.pk]), {"last_day": numeric_date(day(-1))})
    successor = UserFactory(full_name="ผู้มารับหน้าที่")
    facts = {
        "role": Role.SCHOOL_DIRECTOR,
        "school": round_.school_id,
        "starts_on": numeric_date(day(0)),
        "capacity": Capacity.ACTING,
    }
    office.post(reverse("appointment_create", args=[successor.pk]), facts)
    assert confirm(login(school_director), drafted) == 404
    assert confirm(login(successor), drafted) == 302
    assert drafted.confirmed_as == "รักษาการในตำแหน่งผู้อำนวยการโรงเรียนของเรา"


@pytest.mark.parametrize(
    ("starts", "ends", "seen"),
    [(1, None, False), (-30, -1, False), (0, None, True), (-30, 0, True)],
)
def test_an_appointment_opens_pages_from_its_first_day_to_its_last(
    login, round_, starts, ends, seen
):
    director = user_with_role(
        Role.SCHOOL_DIRECTOR,
        "dated",
        school=round_.school,
        starts_on=day(starts),
        ends_on=None if ends is None else day(ends),
    )
    client = login(director)
    assert statuses(client, round_) == ({200} if seen else {404})
    assert ("ยังไม่มีตำแหน่งที่มีผลวันนี้" in text(client, HOME)) is not seen


def test_a_closed_account_opens_nothing(login, school_director, round_):
    client = login(school_director)
    User.objects.filter(pk=school_director.pk).update(is_active=False)
    assert statuses(client, round_) == {302}


# --- Who looks on ---


@pytest.fixture
def prepared(round_, supervisor, school_director, group_director):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return scenarios.report_prepared(round_, by=group_director)


def test_a_deputy_reads_all_and_signs_nothing(login, deputy_area_director, prepared, other_round):
    client = login(deputy_area_director)
    assert statuses(client, other_round) == {200}
    assert statuses(client, prepared.round) == {200, 302}  # straight to its report
    issue = reverse("report_issue", args=[prepared.pk])
    assert issue not in text(client, prepared.get_absolute_url())
    assert client.post(issue).status_code == 403


def test_a_deputy_who_stands_in_signs_as_such_and_only_on_those_days(
    login, clerk, administrator, deputy_area_director, prepared
):
    """The clerk gives the post alone, and it signs once a second person has confirmed it."""
    facts = {
        "role": Role.AREA_DIRECTOR,
        "starts_on": numeric_date(day(0)),
        "ends_on": numeric_date(day(7)),
        "capacity": Capacity.IN_PLACE_OF,
        "title": "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 3",
    }
    given = login(clerk).post(reverse("appointment_create", args=[deputy_area_director.pk]), facts)
    assert given.status_code == 302
    client, issue = login(deputy_area_director), reverse("report_issue", args=[prepared.pk])
    waits = "ยังลงนามไม่ได้จนกว่าบุคคลที่สองจะยืนยัน"
    assert waits in text(client, HOME)
    assert client.post(issue).status_code == 403
    assert "ยืนยันผู้ลงนามที่รอบุคคลที่สอง" in text(login(administrator), HOME)
    acting = deputy_area_director.appointments.get(capacity=Capacity.IN_PLACE_OF)
    confirmed = login(administrator).post(reverse("signers_confirm"), {"appointment": [acting.pk]})
    assert confirmed.status_code == 302
    assert waits not in text(client, HOME)
    assert client.post(issue).status_code == 302
    prepared.refresh_from_db()
    printed = "รักษาราชการแทนผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาประถมศึกษาเลย เขต 3"
    assert prepared.issued_as == printed
    assert printed in text(client, prepared.get_absolute_url())
    deputy_area_director.appointments.filter(capacity=Capacity.IN_PLACE_OF).update(
        starts_on=day(-9), ends_on=day(-1)
    )
    publish = reverse("report_publish", args=[prepared.pk])
    assert login(deputy_area_director).post(publish).status_code == 403


def test_a_work_group_head_prepares_criteria_and_reads(login, work_group_head, other_round):
    client, draft = login(work_group_head), IndicatorSetFactory(draft=True)
    assert statuses(client, other_round) == {200}
    assert client.post(reverse("indicator_set_submit", args=[draft.pk])).status_code == 302
    draft.refresh_from_db()
    assert draft.state == "in_review"
    assert client.post(reverse("indicator_set_endorse", args=[draft.pk])).status_code == 403
    assert client.post(reverse("decision", args=[other_round.pk])).status_code == 403


def test_a_committee_member_reads_all_and_endorses(login, committee_member, other_round):
    assert statuses(login(committee_member), other_round) == {200}


def test_a_subcommittee_member_reads_the_own_cluster_only(
    login, subcommittee_member, round_, other_round
):
    client = login(subcommittee_member)
    assert statuses(client, round_) == {200}
    assert statuses(client, other_round) == {404}

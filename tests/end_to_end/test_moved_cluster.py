"""An order moves a cluster from one officer to another: what each may do the day before and after.

On screens, in files, in what scripts send, in exports and in calendars. The round has an agreed
summary with open advice, and a second visit whose record is open.
"""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from reports.api.tokens import create_api_token
from reports.enums import ApiScope
from reports.papers.bundles import ask_for_bundle
from schools.enums import Role
from supervision.assessments.enums import AnswerField
from supervision.assignments.enums import DutyKind
from supervision.assignments.issuing import issue_order, preview_issue
from supervision.assignments.models import OrderOfficer, OrderSupersession
from supervision.calendar.feeds import create_calendar_feed
from supervision.visits import actions as visits
from tests import scenarios
from tests.exported_files import exported_table
from tests.factories import (
    AppointmentFactory,
    ClusterFactory,
    DutyFactory,
    OfficialOrderFactory,
    OrderOfficerFactory,
    SchoolFactory,
    UserFactory,
)
from tests.personas import user_with_role
from tests.reports.api.conftest import client_with

FIRST_DAY = timedelta(days=7)  # of the new order, from today
API_ADDRESSES = ("/api/v1/schools", "/api/v1/recommendations")
TEXTS = {"reason": "ด้วย", "legal_basis": "มาตรา 24", "closing": "ให้ใช้หน้าที่ตามแนบท้าย"}


def other_cluster():
    """A cluster of one school, which nothing of this happens to."""
    cluster = ClusterFactory()
    SchoolFactory(cluster=cluster)
    return cluster


def open_at(client, name, key) -> int:
    return client.get(reverse(name, args=[key])).status_code


@pytest.fixture
def agreed(round_, supervisor, school_director, group_director):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return round_


@pytest.fixture
def visit(round_, supervisor, agreed):
    """A second visit whose record the supervisor has begun."""
    day = timezone.localdate() + timedelta(days=1)
    visit = visits.plan_visit(
        round_, by=supervisor, visit_on=day, purpose="นิเทศติดตาม", leader=supervisor
    )
    visits.start_visit_record(visit, by=supervisor)
    return visit


@pytest.fixture
def hand_over(area_director, cluster):
    """By an order signed today, the cluster goes from one person to another in a week."""

    def move(kind, old, new) -> None:
        officer = OrderOfficerFactory(user=old)
        appointment = old.appointments.get(cluster=cluster)
        AppointmentFactory(user=old, role=appointment.role, cluster=other_cluster())  # stays
        facts = {"kind": kind, "cluster": cluster, "text": str(cluster)}
        DutyFactory(officer=officer, appointment=appointment, **facts)
        order = OfficialOrderFactory(draft=True, **TEXTS)
        DutyFactory(officer=OrderOfficerFactory(order=order, user=new), starts_on=None, **facts)
        OrderSupersession.objects.create(order=order, superseded=officer.order, text="คำสั่งเดิม")
        issue(order, by=area_director, effective_on=timezone.localdate() + FIRST_DAY)

    return move


def issue(order, *, by, effective_on):
    version = preview_issue(order, effective_on=effective_on).version
    days = {"ordered_on": timezone.localdate(), "effective_on": effective_on}
    issue_order(order, by=by, number="20/2569", shown_version=version, **days)


# --- A supervisor: both read the area, one of them writes ---


@pytest.fixture
def moved(supervisor, other_supervisor, visit, hand_over):
    hand_over(DutyKind.CLUSTER, supervisor, other_supervisor)
    return visit


def written_pages(visit):
    """Pages of what a supervisor plans, records, signs, sums up and follows up."""
    round_ = visit.round
    advice = round_.recommendations.get()
    return [
        ("visit_plan", round_.pk),
        ("visit_edit", visit.pk),
        ("visit_change_leader", visit.pk),
        ("visit_sign", visit.pk),
        ("visit_cancel", visit.pk),
        ("practice_nominate", round_.pk),
        ("summary_reopen", round_.summary.pk),
        ("recommendation_close", advice.pk),
        ("visit_notice", visit.pk),
    ]


@pytest.mark.parametrize(("days", "writers"), [(6, "supervisor"), (7, "other_supervisor")])
def test_what_a_supervisor_writes_moves_on_the_first_day(
    login, request, moved, supervisor, other_supervisor, days, writers
):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        for person in (supervisor, other_supervisor):
            client, expected = login(person), 200 if person.username == writers else 403
            for name, key in written_pages(moved):
                assert open_at(client, name, key) == expected, (name, person)
            assert open_at(client, "visit", moved.pk) == 200  # both read it


@pytest.mark.parametrize(("days", "writers"), [(6, "supervisor"), (7, "other_supervisor")])
def test_what_scripts_and_forms_send_is_taken_from_one_of_them(
    login, moved, supervisor, other_supervisor, days, writers
):
    sheet = moved.sheet
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        for person in (supervisor, other_supervisor):
            client, is_writer = login(person), person.username == writers
            edit = {"id": str(uuid4()), "indicator": None, "value": "คำ"}
            edit["field"] = AnswerField.STRENGTHS
            body = {"user": person.pk, "edits": [edit]}
            url = reverse("sheet_edits", args=[sheet.pk])
            response = client.post(url, body, content_type="application/json")
            assert response.status_code == (200 if is_writer else 403)
            link = {"id": str(uuid4()), "user": person.pk, "url": "https://example.org/"}
            response = client.post(reverse("sheet_evidence", args=[sheet.pk]), link)
            assert response.status_code == (200 if is_writer else 403)


@pytest.mark.parametrize(("days", "writers"), [(6, "supervisor"), (7, "other_supervisor")])
def test_advice_to_follow_up_is_in_one_calendar(
    login, moved, supervisor, other_supervisor, days, writers
):
    feeds = {person: create_calendar_feed(by=person) for person in (supervisor, other_supervisor)}
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        for person, feed in feeds.items():
            content = login(person).get(reverse("calendar_feed", args=[feed.token])).content
            keys = [str(event["uid"]) for event in Calendar.from_ical(content).walk("VEVENT")]
            assert any("advice" in key for key in keys) == (person.username == writers)
            # Who leads a visit still sees when it is, until somebody else leads it.
            assert any("visit" in key for key in keys) == (person == supervisor)


def test_home_duties_and_the_school_name_the_new_supervisor(
    login, moved, school, supervisor, other_supervisor
):
    with time_machine.travel(timezone.now() + FIRST_DAY):
        for person, is_theirs in ((other_supervisor, True), (supervisor, False)):
            own = login(person).get(reverse("my_duties")).context["own"]
            assert any(school in one.schools for one in own.clusters) == is_theirs
        page = login(supervisor).get(reverse("school", args=[school.pk])).content.decode()
        assert "ตามคำสั่งที่ 20/2569" in page
        names = [row.name for row in login(supervisor).get("/").context["home"].schools]
        assert school.short_name not in names


def test_another_office_s_system_reads_the_same_on_both_days(
    moved, cluster, administrator, supervisor
):
    """Its token is no officer's: an order gives it nothing and takes nothing from it."""
    account = user_with_role(Role.EXTERNAL_SYSTEM, "cluster_system", cluster=cluster)
    token = create_api_token(
        by=administrator,
        account=account,
        receiver="ศึกษาธิการจังหวัด",
        purpose="ระบบสารสนเทศ",
        scopes=ApiScope.values,
        expires_on=timezone.localdate() + 2 * FIRST_DAY,
        rate_limit=60,
    )
    answers = []
    for days in (FIRST_DAY - timedelta(days=1), FIRST_DAY):
        with time_machine.travel(timezone.now() + days):
            client = client_with(token.secret)
            found = [client.get(address) for address in API_ADDRESSES]
            assert [answer.status_code for answer in found] == [200] * len(found)
            answers.append([answer.json() for answer in found])
    before, after = answers
    assert before == after
    assert all(supervisor.full_name not in str(answer) for answer in before)


# --- A member of อ.ก.ต.ป.น.: what one reads, the other does not ---


@pytest.fixture
def newcomer(db):
    person = UserFactory(username="newcomer", full_name="อนุกรรมการคนใหม่")
    AppointmentFactory(user=person, role=Role.SUBCOMMITTEE_MEMBER, cluster=other_cluster())
    return person


@pytest.fixture
def moved_membership(subcommittee_member, newcomer, visit, hand_over):
    hand_over(DutyKind.SUBCOMMITTEE, subcommittee_member, newcomer)
    return visit


@pytest.mark.parametrize(("days", "readers"), [(6, "subcommittee_member"), (7, "newcomer")])
def test_screens_files_and_papers_open_for_one_of_them(
    login, moved_membership, supervisor, subcommittee_member, newcomer, days, readers
):
    round_ = moved_membership.round
    signed = round_.visits.get(number=1)
    photo = scenarios.add_photo(moved_membership.sheet, by=supervisor)
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        for person in (subcommittee_member, newcomer):
            client, expected = login(person), 200 if person.username == readers else 404
            for name, key in (
                ("school", round_.school_id),
                ("school_responsible", round_.school_id),
                ("round", round_.pk),
                ("visit", signed.pk),
                ("visit_filled_form", signed.pk),
                ("summary_paper", round_.summary.pk),
            ):
                assert open_at(client, name, key) == expected, (name, person)
            assert open_at(client, "evidence", photo.pk) == 404  # a record not signed yet


@pytest.mark.parametrize(("days", "readers"), [(6, "subcommittee_member"), (7, "newcomer")])
def test_lists_exports_and_calendars_have_the_school_for_one_of_them(
    login, moved_membership, school, subcommittee_member, newcomer, days, readers
):
    with time_machine.travel(timezone.now() + timedelta(days=days)):
        for person in (subcommittee_member, newcomer):
            client, is_reader = login(person), person.username == readers
            for name in ("visits_export", "ledger_export", "decisions_export", "board_export"):
                response = client.get(reverse(name))
                assert response.status_code == 200, name
                table = exported_table(response)
                assert (school.short_name in str(table.rows)) == is_reader, name
            for name in ("visits", "calendar", "recommendations"):
                page = client.get(reverse(name)).content.decode()
                assert (school.short_name in page) == is_reader, name


def test_a_bundle_of_papers_closes_with_the_membership(
    login, moved_membership, school, subcommittee_member
):
    bundle = ask_for_bundle(
        moved_membership.round.term, [school], by=subcommittee_member, subject=str(school)
    )
    client = login(subcommittee_member)
    assert open_at(client, "bundle", bundle.pk) == 200
    with time_machine.travel(timezone.now() + FIRST_DAY):
        assert open_at(login(subcommittee_member), "bundle_file", bundle.pk) == 404


def test_the_order_says_who_it_was_taken_from(moved, supervisor):
    officer = OrderOfficer.objects.get(user=supervisor)
    [duty] = officer.duties.all()
    assert duty.ends_on == timezone.localdate() + FIRST_DAY - timedelta(days=1)
    assert duty.appointment.ends_on == duty.ends_on

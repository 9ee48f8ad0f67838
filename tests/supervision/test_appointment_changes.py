"""Posts that end, act, double or move: what a person sees and signs follows at once."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import Capacity, Role
from schools.models import Appointment, ClusterMembership
from supervision.assessments import actions as assessments
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from supervision.visits.models import Visit
from tests import scenarios
from tests.factories import (
    AppointmentFactory,
    ClusterFactory,
    IndicatorSetFactory,
    RoundFactory,
    UserFactory,
)
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

PAGES = ("round", "needs", "decision", "round_history", "term_report")
YESTERDAY = timedelta(days=-1)


def day(delta=timedelta()):
    return timezone.localdate() + delta


@pytest.fixture
def confirmable(round_, academic_teacher):
    assessment = assessments.start_self_assessment(round_, by=academic_teacher)
    scenarios.fill_sheet(assessment.sheet, 4, by=academic_teacher)
    return assessment


def confirm(client, assessment):
    url = reverse("self_assessment_confirm", args=[assessment.pk])
    response = client.post(url, scenarios.shown_version(assessment.sheet))
    assessment.refresh_from_db()
    return response.status_code


def test_an_appointment_that_ended_yesterday_opens_nothing(
    login, school_director, round_, confirmable
):
    client = login(school_director)
    assert client.get(reverse("round", args=[round_.pk])).status_code == 200
    school_director.appointments.update(ends_on=day(YESTERDAY))
    for name in PAGES:
        assert client.get(reverse(name, args=[round_.pk])).status_code == 404, name
    assert confirm(client, confirmable) == 404
    assert round_.school.short_name not in client.get(reverse("home")).content.decode()


def test_an_acting_director_confirms_in_that_capacity(login, school, confirmable):
    acting = user_with_role(Role.SCHOOL_DIRECTOR, "acting", school=school, capacity=Capacity.ACTING)
    assert confirm(login(acting), confirmable) == 302
    assert confirmable.confirmed_as == "รักษาการในตำแหน่งผู้อำนวยการโรงเรียนของเรา"


def test_a_director_of_two_schools_acts_at_each_in_its_capacity(
    login, school, other_school, term, supervisor
):
    director = UserFactory()
    here = AppointmentFactory(
        user=director, role=Role.SCHOOL_DIRECTOR, school=school, title="ผอ. ที่หนึ่ง"
    )
    there = AppointmentFactory(
        user=director,
        role=Role.SCHOOL_DIRECTOR,
        school=other_school,
        title="ผอ. ที่สอง",
        capacity=Capacity.ACTING,
    )
    client = login(director)
    for place, post in ((school, here), (other_school, there)):
        round_ = RoundFactory(school=place, term=term)
        assert client.get(reverse("round", args=[round_.pk])).status_code == 200
        assessment = assessments.start_self_assessment(round_, by=director)
        scenarios.fill_sheet(assessment.sheet, 4, by=director)
        assert confirm(client, assessment) == 302
        assert assessment.confirmed_as == post.printed_title


def test_a_teacher_of_one_school_who_directs_another_confirms_only_there(
    login, school, other_school, term, confirmable
):
    user = UserFactory()
    AppointmentFactory(user=user, role=Role.ACADEMIC_TEACHER, school=school)
    AppointmentFactory(user=user, role=Role.SCHOOL_DIRECTOR, school=other_school)
    assert confirm(login(user), confirmable) == 403
    assert confirmable.state == "draft"


def test_a_supervisor_who_changes_cluster_signs_no_more_where_they_left(
    login, supervisor, cluster, round_
):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    Appointment.objects.filter(user=supervisor).update(ends_on=day(YESTERDAY))
    AppointmentFactory(user=supervisor, cluster=ClusterFactory(), starts_on=day())
    client = login(supervisor)
    assert client.get(visit.get_absolute_url()).status_code == 200
    assert client.post(reverse("visit_sign", args=[visit.pk])).status_code == 403
    edits = {"user": supervisor.pk, "edits": []}
    url = reverse("sheet_edits", args=[visit.sheet_id])
    assert client.post(url, edits, content_type="application/json").status_code == 403


def test_a_successor_signs_what_the_leader_left_behind(
    login, supervisor, cluster, round_, other_supervisor
):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    AppointmentFactory(user=other_supervisor, cluster=cluster, starts_on=day())
    client, url = login(other_supervisor), reverse("visit_sign", args=[visit.pk])
    assert client.post(url).status_code == 409
    Appointment.objects.filter(user=supervisor).update(ends_on=day(YESTERDAY))
    assert url in client.get(visit.get_absolute_url()).content.decode()
    assert client.post(url, scenarios.shown_version(visit.sheet)).status_code == 302
    visit.refresh_from_db()
    assert visit.signed_by == other_supervisor


def test_a_successor_supervises_the_school_that_joined_their_cluster(
    login, other_supervisor, school, round_
):
    ClusterMembership.objects.filter(school=school).update(ends_on=day(YESTERDAY))
    theirs = other_supervisor.appointments.get().cluster
    ClusterMembership.objects.create(school=school, cluster=theirs, starts_on=day())
    client = login(other_supervisor)
    assert client.get(reverse("visit_plan", args=[round_.pk])).status_code == 200


def test_a_closed_school_keeps_its_past_and_gets_no_round(
    login, group_director, school_director, school, round_, term
):
    school.closed_on = day(YESTERDAY)
    school.save()
    assert login(school_director).get(reverse("round", args=[round_.pk])).status_code == 200
    Round.objects.all().delete()
    chosen = {"indicator_sets": [IndicatorSetFactory().pk]}
    login(group_director).post(reverse("term_open", args=[term.pk]), chosen)
    assert not Round.objects.exists()


def test_nobody_is_made_leader_or_companion_by_a_number_alone(
    login, supervisor, other_supervisor, outsider_director, clerk, round_
):
    client = login(supervisor)
    base = {"visit_on": "9/5/2567", "mode": "on_site", "purpose": "นิเทศ", "outside_term": "on"}
    url = reverse("visit_plan", args=[round_.pk])
    for leader in (other_supervisor, outsider_director, clerk):
        client.post(url, base | {"leader": leader.pk})
    client.post(url, base | {"leader": supervisor.pk, "team": [outsider_director.pk]})
    assert not Visit.objects.exists()

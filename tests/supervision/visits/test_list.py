from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import month_and_year
from supervision.visits import actions
from supervision.visits.enums import VisitKind, VisitState
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory, TermFactory

URL = reverse("visits")


def plan(round_, leader, days=0, **more):
    return actions.plan_visit(
        round_,
        by=leader,
        visit_on=timezone.localdate() + timedelta(days=days),
        purpose="นิเทศ",
        leader=leader,
        **more,
    )


def a_round(term, cluster):
    return RoundFactory(school=SchoolFactory(cluster=cluster), term=term)


def listed(response):
    return [row.visit for row in response.context["rows"]]


def test_ones_own_come_first_then_by_day_and_what_is_over_last(
    login, supervisor, group_director, round_, term, cluster
):
    theirs = plan(a_round(term, cluster), group_director)
    over = plan(a_round(term, cluster), supervisor, 1)
    actions.cancel_visit(over, by=supervisor, reason="ฝน")
    later, sooner = plan(round_, supervisor, 5), plan(round_, supervisor, 2)
    response = login(supervisor).get(URL)
    assert listed(response) == [sooner, later, over, theirs]
    page = response.content.decode()
    assert page.index("การนิเทศของฉัน") < page.index("การนิเทศของผู้อื่น")


def test_a_member_of_the_team_finds_it_among_their_own(login, committee_member, supervisor, round_):
    joined = plan(round_, supervisor, team=[committee_member])
    assert listed(login(committee_member).get(URL))[0] == joined
    assert "การนิเทศของฉัน" in login(committee_member).get(URL).content.decode()


def test_a_school_sees_its_own_and_no_coverage(
    login, school_director, supervisor, group_director, round_, other_school, term
):
    own = plan(round_, supervisor)
    plan(RoundFactory(school=other_school, term=term), group_director)
    response = login(school_director).get(URL)
    assert listed(response) == [own]
    assert "ยังไม่มีนัดหมายในรอบปัจจุบัน" not in response.content.decode()


def test_filters_narrow_the_list(login, supervisor, group_director, round_, term, cluster):
    plan(round_, supervisor, 1)
    other = plan(a_round(term, cluster), group_director, kind=VisitKind.CLASSROOM)
    client = login(supervisor)
    for asked in (
        {"kind": VisitKind.CLASSROOM},
        {"leader": group_director.pk},
        {"leader": group_director.pk, "cluster": cluster.pk, "state": VisitState.PLANNED},
        {"kind": VisitKind.CLASSROOM, "month": f"{timezone.localdate():%Y-%m}"},
    ):
        assert listed(client.get(URL, asked)) == [other], asked
    page = client.get(URL, {"state": VisitState.SIGNED}).content.decode()
    assert "ไม่มีการนิเทศตามตัวกรอง" in page
    assert month_and_year(timezone.localdate()) in page


@pytest.mark.parametrize("asked", [{"month": "2569-13"}, {"leader": "x"}, {"term": "0"}])
def test_a_filter_nobody_offered_is_left_out(login, supervisor, round_, asked):
    visit = plan(round_, supervisor)
    assert listed(login(supervisor).get(URL, asked)) == [visit]


def test_an_earlier_term_has_its_own_list(login, supervisor, school, round_, term):
    before = TermFactory(number=1, opens_on=term.opens_on - timedelta(days=200))
    then = plan(RoundFactory(school=school, term=before), supervisor, -150)
    plan(round_, supervisor)
    assert listed(login(supervisor).get(URL, {"term": before.pk})) == [then]


def test_a_revised_visit_is_one_row(login, supervisor, school_director, round_):
    first = scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    second = actions.revise_visit(first, by=supervisor, reason="คลาดเคลื่อน")
    response = login(supervisor).get(URL)
    assert listed(response) == [second]
    assert "ครั้งที่ 1 ฉบับแก้ไขที่ 1" in response.content.decode()
    actions.cancel_visit(second, by=supervisor, reason="ไม่ต้องแก้")
    assert listed(login(supervisor).get(URL)) == [first]


def test_coverage_counts_schools_and_offers_to_plan(
    login, supervisor, group_director, school_director, round_, term, cluster, other_school
):
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    plan(a_round(term, cluster), supervisor)
    ours = a_round(term, cluster)
    theirs = RoundFactory(school=other_school, term=term)
    classroom = plan(ours, supervisor, kind=VisitKind.CLASSROOM)
    response = login(supervisor).get(URL)
    coverage = response.context["coverage"]
    assert (coverage.total, coverage.done, coverage.planned) == (4, 1, 1)
    assert [one.round for one in coverage.without] == [ours, theirs]
    page = response.content.decode()
    assert reverse("visit_plan", args=[ours.pk]) in page
    assert reverse("visit_plan", args=[theirs.pk]) not in page
    narrowed = login(supervisor).get(URL, {"cluster": cluster.pk}).context["coverage"]
    assert narrowed.total == 3
    assert classroom in listed(response)


def test_after_not_achieved_the_school_waits_for_a_visit_again(
    login, supervisor, school_director, group_director, round_
):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="เครื่องมือ"
    )
    coverage = login(supervisor).get(URL).context["coverage"]
    assert [one.round.number for one in coverage.without] == [2]


def test_a_closed_school_is_waited_for_no_more(login, supervisor, round_):
    round_.school.closed_on = timezone.localdate()
    round_.school.save()
    assert login(supervisor).get(URL).context["coverage"].total == 0


def test_before_any_term_the_page_says_so(login, supervisor):
    assert "ยังไม่มีภาคเรียน" in login(supervisor).get(URL).content.decode()


def test_who_reads_no_school_has_no_list(login, client, cluster_chair, administrator):
    assert login(cluster_chair).get(URL).status_code == 403
    assert login(administrator).get(URL).status_code == 403
    assert client.get(URL).status_code == 302


def test_the_list_stays_flat_and_in_budget(login, supervisor, term, cluster, queries_of):
    client = login(supervisor)
    plan(a_round(term, cluster), supervisor)
    a_round(term, cluster)
    few = queries_of(client, URL)
    for number in range(5):
        plan(a_round(term, cluster), supervisor, number)
        a_round(term, cluster)
    assert queries_of(client, URL) == few <= 15

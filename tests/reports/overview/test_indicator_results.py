"""The page of a term's indicators: both ends, and the gaps of leaders and clusters."""

import pytest
from django.urls import reverse

from supervision.assessments.models import Answer
from tests.factories import ClusterFactory

INDICATORS = reverse("overview_indicators")


def page(client, **asked):
    response = client.get(INDICATORS, asked)
    assert response.status_code == 200
    return response


@pytest.fixture
def results(login, area_director):
    client = login(area_director)
    return lambda **asked: page(client, **asked).context["found"]


@pytest.mark.parametrize("who", ["school_director", "cluster_chair", "subcommittee_member"])
def test_the_page_is_for_who_sees_the_area(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(INDICATORS).status_code == 403


def test_indicators_are_ranked_by_the_mean_that_supervisors_gave(results, judge, chosen_set):
    visit = judge("ก", 3)
    first, *_, last = [i for s in chosen_set.standards.all() for i in s.indicators.all()]
    Answer.objects.filter(sheet=visit.sheet, indicator=first).update(level=5)
    Answer.objects.filter(sheet=visit.sheet, indicator=last).update(level=1)
    found = results()
    codes = [line.result.indicator.code for line in found.lines]
    assert (codes[0], codes[-1]) == (last.code, first.code)
    assert len(found.lowest) == 4
    assert found.highest == []  # four indicators are all among the lowest


def test_an_indicator_with_a_rule_says_how_many_achieved_it(results, judge, chosen_set):
    first = chosen_set.standards.first().indicators.first()
    first.achieved_from = 3
    first.save()
    judge("ก", 2)
    judge("ข", 4)
    by_code = {line.result.indicator.code: line.result for line in results().lines}
    assert by_code["1.1"].achieved == 1
    assert by_code["1.2"].achieved is None


def test_gaps_are_summed_by_leader_and_cluster(results, judge, supervisor):
    judge("ก", 2, own=4)
    judge("ข", 4, in_cluster=ClusterFactory(name="กลุ่มโรงเรียนที่สอง"))
    found = results()
    (leader,) = found.gaps_by_leader
    assert (leader.group.name, leader.mean) == (str(supervisor), "−1.00")
    assert (leader.gap.n, leader.gap.wide, leader.gap.explained) == (8, 4, 4)
    assert [(line.group.name, line.mean) for line in found.gaps_by_cluster] == [
        ("กลุ่มโรงเรียนของเรา", "−2.00"),
        ("กลุ่มโรงเรียนที่สอง", "0.00"),
    ]


def test_every_link_of_the_page_opens(results, login, area_director, judge):
    judge("ก", 2, own=4)
    found = results()
    urls = [line.url for line in found.lines]
    urls += [line.schools_url for line in (*found.gaps_by_leader, *found.gaps_by_cluster)]
    client = login(area_director)
    assert {client.get(url).status_code for url in urls} == {200}
    (line,) = found.gaps_by_leader
    listed = client.get(line.schools_url).context["found"]
    assert [one.name for one in listed.shown] == ["ก"]


def test_before_any_signed_visit_the_page_says_so(login, area_director, round_):
    text = page(login(area_director)).content.decode()
    assert "ยังไม่มีการนิเทศที่ลงนามแล้วในภาคเรียนและตัวกรองที่เลือก" in text


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
    with django_assert_max_num_queries(len(one)):
        page(client)

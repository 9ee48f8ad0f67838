"""The schools behind the numbers: who is listed by which count, in which order."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import EducationLevel
from supervision.practices.enums import DecisionResult
from tests import scenarios
from tests.factories import ClusterFactory, IndicatorSetFactory, RoundFactory, SchoolFactory

SCHOOLS = reverse("overview_schools")


def page(client, **asked):
    response = client.get(SCHOOLS, asked)
    assert response.status_code == 200
    return response


@pytest.fixture
def listed(login, area_director):
    """The names that the page shows the area director, in their order."""
    client = login(area_director)
    return lambda **asked: [line.name for line in page(client, **asked).context["found"].shown]


@pytest.mark.parametrize("who", ["school_director", "cluster_chair", "subcommittee_member"])
def test_the_list_is_for_who_sees_the_area(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(SCHOOLS).status_code == 403


def test_every_school_of_the_term_is_listed_with_its_facts(
    login, area_director, judge, supervisor, other_school
):
    judge("ก", 3, own=5)
    line, other = page(login(area_director)).context["found"].shown
    assert (line.mean, line.own, line.gap_text) == (3, 5, "−2.00")
    assert (line.gaps.wide, line.gaps.explained) == (4, 4)
    assert line.score.meaning == "ดี"
    assert list(line.in_charge) == [supervisor]
    assert line.state[1] == "นิเทศแล้ว รอพิจารณา"
    assert (other.row.school, other.state[1]) == (other_school, "ยังไม่เปิดรอบ")


def test_each_count_lists_its_schools(listed, judge, decide, cluster, supervisor):
    decide(judge("ก", 4))
    decide(judge("ข", 2), result=DecisionResult.NOT_ACHIEVED)
    judge("ค", 3, own=5)
    waiting = RoundFactory(school=SchoolFactory(name="โรงเรียนง", cluster=cluster))
    scenarios.self_assessment_confirmed(waiting, by=supervisor)
    SchoolFactory(name="โรงเรียนจ", cluster=cluster)
    assert listed(show="visited") == ["ก", "ข", "ค"]
    assert listed(show="achieved") == ["ก"]
    assert listed(show="undecided") == ["ค"]
    assert listed(show="unvisited") == ["ง", "จ"]
    assert listed(show="unopened") == ["จ"]
    assert listed(show="gap") == ["ค"]
    assert listed() == ["ก", "ข", "ค", "ง", "จ"]


def test_a_second_round_goes_on_and_waits_for_no_decision(login, area_director, judge, decide):
    decide(judge("ก", 2), result=DecisionResult.NOT_ACHIEVED)
    client = login(area_director)
    found = page(client, show="repeated").context["found"]
    assert page(client, show="not_achieved").context["found"].shown == []
    (line,) = found.shown
    assert line.state[1] == "ไม่บรรลุรอบก่อน กำลังทำรอบที่ 2"
    assert line.mean == 2
    assert "undecided" not in {tab.key for tab in found.counts}


def test_the_counts_are_the_coverage_of_the_results(login, area_director, judge, decide):
    decide(judge("ก", 4))
    judge("ข", 2)
    found = page(login(area_director)).context["found"]
    counts = {tab.key: tab.schools for tab in found.counts}
    coverage = found.page.coverage
    assert counts[""] == coverage.schools == 2
    assert counts["visited"] == coverage.visited == 2
    assert counts["achieved"] == coverage.achieved == 1
    assert "not_achieved" not in counts  # what counts nobody is not offered


def test_unvisited_schools_say_since_when_and_the_longest_comes_first(
    login, area_director, judge, term, earlier_term, cluster
):
    visit = judge("ก", 3, of_term=earlier_term)
    RoundFactory(school=visit.round.school, term=term)
    SchoolFactory(name="โรงเรียนข", cluster=cluster)
    response = page(login(area_director), show="unvisited")
    lines = response.context["found"].shown
    assert [(line.name, line.last_seen_on) for line in lines] == [
        ("ข", None),
        ("ก", visit.visit_on),
    ]
    assert "ไม่เคยนิเทศในระบบ" in response.content.decode()


def test_the_schools_of_one_band_of_one_standard(listed, judge, chosen_set):
    judge("ก", 2)
    judge("ข", 5)
    standard = chosen_set.standards.first().pk
    assert listed(standard=standard, band=4) == ["ข"]
    assert listed(standard=standard, band=1) == ["ก"]
    assert listed(band=1) == ["ก"]
    assert listed(band=0) == []


def test_the_key_of_an_older_version_asks_for_the_same_standard(
    login, area_director, judge, chosen_set
):
    judge("ก", 2)
    newer = IndicatorSetFactory(name=chosen_set.name, version=2, previous=chosen_set)
    judge("ข", 4, chosen=newer)
    asked = {"standard": chosen_set.standards.first().pk}
    found = page(login(area_director), **asked).context["found"]
    assert found.standard.pk == newer.standards.first().pk


def test_who_has_no_score_of_a_standard_is_not_behind_its_number(
    login, area_director, judge, chosen_set
):
    early = IndicatorSetFactory(level=EducationLevel.EARLY_CHILDHOOD, scale=chosen_set.scale)
    judge("ก", 3)
    judge("ข", 4, chosen=early)
    standard = early.standards.first().pk
    found = page(login(area_director), standard=standard, show="judged").context["found"]
    assert [line.name for line in found.shown] == ["ข"]
    assert {tab.key: tab.schools for tab in found.counts} == {
        "": 2,
        "visited": 2,
        "judged": 1,
        "undecided": 2,
    }


def test_the_schools_of_one_group(listed, judge, cluster, supervisor):
    judge("ก", 2)
    judge("ข", 5, in_cluster=ClusterFactory())
    assert listed(by="cluster", group=cluster.pk) == ["ก"]
    assert listed(by="leader", group=supervisor.pk) == ["ก", "ข"]
    assert listed(by="district", group="none") == ["ก", "ข"]
    assert listed(by="size", group="เล็ก") == []


def test_words_find_schools_by_name(listed, judge):
    judge("บ้านหนองบัว", 3)
    judge("วัดป่า", 3)
    assert listed(q="หนอง") == ["บ้านหนองบัว"]


def test_columns_sort_and_what_is_missing_comes_last(listed, judge, cluster):
    judge("ก", 2, own=5)
    judge("ข", 5)
    judge("ค", 3)
    RoundFactory(school=SchoolFactory(name="โรงเรียนง", cluster=cluster))
    assert listed(sort="-mean") == ["ข", "ค", "ก", "ง"]
    assert listed(sort="mean") == ["ก", "ค", "ข", "ง"]
    assert listed(sort="gap") == ["ก", "ข", "ค", "ง"]
    assert listed(sort="-name") == ["ง", "ค", "ข", "ก"]
    assert listed(sort="secret") == ["ก", "ข", "ค", "ง"]


def test_a_column_head_says_how_it_is_sorted(login, area_director, judge):
    judge("ก", 3)
    text = page(login(area_director), sort="-mean").content.decode()
    assert text.count('aria-sort="descending"') == 1
    assert "sort=mean" in text


def test_overdue_advice_is_counted_for_its_school(
    login, area_director, judge, advise, time_machine
):
    advise(judge("ก", 3))
    time_machine.move_to(timezone.now() + timedelta(days=40))
    (line,) = page(login(area_director), show="advice_overdue").context["found"].shown
    assert (line.advice.open, line.advice.overdue) == (1, 1)


@pytest.mark.parametrize(
    "asked",
    [
        {"show": "everything"},
        {"standard": "999999"},
        {"standard": "ก"},
        {"band": "77"},
        {"by": "teachers"},
        {"cluster": "999999"},
    ],
)
def test_what_nobody_offered_is_named_and_left_out(login, area_director, judge, asked):
    judge("ก", 3)
    response = page(login(area_director), **asked)
    assert set(response.context["form"].errors) == set(asked)
    assert len(response.context["found"].shown) == 1


def test_the_filters_stay_when_a_count_is_pressed(login, area_director, judge, cluster):
    judge("ก", 3)
    text = page(login(area_director), cluster=cluster.pk).content.decode()
    assert f"?cluster={cluster.pk}&amp;show=visited" in text


def test_a_long_list_has_pages(login, area_director, term, cluster):
    for number in range(55):
        SchoolFactory(name=f"โรงเรียนที่ {number:02}", cluster=cluster)
    client = login(area_director)
    assert len(page(client).context["lines"]) == 50
    assert len(page(client, page=2).context["lines"]) == 5
    assert len(page(client, page="ก").context["lines"]) == 50


def test_without_schools_the_list_says_so(login, area_director, term):
    assert "ไม่มีโรงเรียนตามตัวกรอง" in page(login(area_director)).content.decode()


def test_a_choice_that_leaves_nobody_says_so(login, area_director, judge):
    judge("ก", 3)
    text = page(login(area_director), show="not_achieved").content.decode()
    assert "ไม่มีโรงเรียนตามที่เลือก" in text


def test_before_any_term_the_page_says_who_opens_one(login, area_director):
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in page(login(area_director)).content.decode()


def test_the_mean_of_a_school_is_that_of_the_standard_asked(login, area_director, judge):
    visit = judge("ก", 3)
    found = page(login(area_director)).context["found"]
    assert found.standard is None
    assert found.shown[0].mean == Decimal("3.00")
    standard = found.page.results.scores.standards[1]
    found = page(login(area_director), standard=standard.pk).context["found"]
    assert found.shown[0].score.standard == standard
    assert found.shown[0].row.visit.pk == visit.pk


@pytest.mark.parametrize("show", ["", "unvisited"])
def test_the_cost_does_not_grow_with_the_schools(
    login, area_director, judge, show, django_assert_max_num_queries
):
    client = login(area_director)
    judge("ก", 4)
    page(client, show=show)  # what only a first page asks
    with django_assert_max_num_queries(15) as one:
        page(client, show=show)
    for name in "ขคง":
        judge(name, 3, in_cluster=ClusterFactory())
    SchoolFactory()
    with django_assert_max_num_queries(len(one) + (show == "unvisited")):
        page(client, show=show)

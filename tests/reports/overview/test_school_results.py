"""One school over five years: who reads it, what it shows of the school and of the others."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.data.school_results import TERMS, last_terms
from schools.enums import EducationLevel
from schools.models import School, Term
from supervision.assessments.models import Answer
from supervision.criteria.models import IndicatorSet
from supervision.improvement.actions import close_recommendation
from supervision.results.school_terms import ALL_RESULTS, load_school_terms
from supervision.results.scores import load_scores
from tests import scenarios
from tests.factories import (
    AcademicYearFactory,
    IndicatorSetFactory,
    LearningResultFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
)


def results_page(client, school, **asked):
    response = client.get(reverse("school_results", args=[school.pk]), asked)
    assert response.status_code == 200
    return response


def text_of(response):
    return " ".join(re.sub("<[^>]*>", " ", response.content.decode()).split())


@pytest.fixture
def ended(term):
    """The term before the one in force: its results move no more."""
    opened = timezone.localdate() - timedelta(days=200)
    return TermFactory(number=1, opens_on=opened, closes_on=opened + timedelta(days=140))


@pytest.fixture
def past_round(school, ended):
    return RoundFactory(school=school, term=ended)


@pytest.fixture
def judged(past_round, supervisor, school_director):
    """Our school, at 3 by itself and at 4 by the supervisor."""
    scenarios.self_assessment_confirmed(past_round, by=school_director, level=3)
    scenarios.visit_acknowledged(past_round, supervisor=supervisor, director=school_director)
    return past_round


@pytest.fixture
def judge_others(past_round, group_director):
    """Add schools with a signed visit in the ended term, at the level given."""

    def add(*levels, **place):
        for level in levels:
            other = RoundFactory(
                school=SchoolFactory(**place),
                term=past_round.term,
                indicator_sets=past_round.indicator_sets.all(),
            )
            scenarios.visit_signed(other, by=group_director, level=level)

    return add


# --- Who reads it ---


@pytest.mark.parametrize(
    "who", ["school_director", "academic_teacher", "supervisor", "subcommittee_member", "clerk"]
)
def test_the_school_and_its_office_read_it(request, login, judged, who):
    page = results_page(login(request.getfixturevalue(who)), judged.school)
    assert page.context["results"].chosen.overall.visit == Decimal("4.00")


@pytest.mark.parametrize("who", ["outsider_director", "cluster_chair", "administrator"])
def test_others_do_not_learn_that_it_exists(request, login, judged, who):
    client = login(request.getfixturevalue(who))
    assert client.get(reverse("school_results", args=[judged.school_id])).status_code == 404


def test_the_school_page_leads_to_it(login, judged, school_director):
    page = login(school_director).get(reverse("school", args=[judged.school_id]))
    assert reverse("school_results", args=[judged.school_id]) in page.content.decode()


# --- The school itself ---


def test_what_pupils_reached_in_tests_is_loaded_below_the_trends(login, judged, school_director):
    """As far as the reader may see it, who sees no other school's."""
    LearningResultFactory(school=judged.school, tested=2, mean=Decimal("12.34"))
    client = login(school_director)
    page = results_page(client, judged.school).content.decode()
    [url] = re.findall('id="learning" hx-get="([^"]+)"', page)
    assert page.index('id="trend"') < page.index('id="learning"') < page.index('id="indicators"')
    loaded = client.get(url).content.decode()
    assert 'id="learning"' in loaded
    assert "12.34" in loaded


def test_it_shows_decision_means_and_levels(login, judged, school_director, group_director):
    scenarios.round_decided(judged, by=group_director)
    page = results_page(login(school_director), judged.school)
    results = page.context["results"]
    [outcome] = [one for one in results.outcomes if one.term == judged.term]
    assert (outcome.overall.visit, outcome.overall.own) == (Decimal("4.00"), Decimal("3.00"))
    assert outcome.row.decision == "achieved"
    assert [one.label for one in results.levels] == ["1 มาตรฐานทดสอบ 1", "2 มาตรฐานทดสอบ 2"]
    rows = [row for one in results.levels for row in one.indicators]
    assert {(row.own.level, row.visit.level, row.gap) for row in rows} == {(3, 4, 1)}
    visit = judged.visits.get()
    link = reverse("sheet_standard", args=[visit.sheet_id, results.levels[0].standard_pk])
    assert f'{link}#indicator-{rows[0].indicator.pk}"' in page.content.decode()


def test_levels_of_terms_before_stand_beside(login, judged, round_, supervisor, school_director):
    round_.indicator_sets.set(judged.indicator_sets.all())
    scenarios.visit_signed(round_, by=supervisor, level=5)
    results = results_page(login(school_director), judged.school).context["results"]
    assert results.chosen.term == round_.term
    row = results.levels[0].indicators[0]
    assert row.visit.level == 5
    assert row.own.level is None
    assert [(one.term, one.level) for one in row.earlier] == [(judged.term, 4)]


def test_the_address_names_the_term(login, judged, round_, school_director):
    client = login(school_director)
    chosen = results_page(client, judged.school, term=round_.term_id).context["results"]
    assert chosen.chosen.term == round_.term
    assert not chosen.levels
    for unknown in ("0", "ก", str(2**70)):
        found = results_page(client, judged.school, term=unknown).context["results"]
        assert found.chosen.term == judged.term


def test_a_set_aside_indicator_says_so(login, judged, school_director):
    answer = Answer.objects.filter(sheet=judged.visits.get().sheet).first()
    Answer.objects.filter(pk=answer.pk).update(level=None, not_applicable=True, na_reason="ก")
    assert "ไม่ประเมิน" in text_of(results_page(login(school_director), judged.school))


def test_a_school_with_two_levels_has_the_standards_of_both(
    login, past_round, supervisor, school_director
):
    early = IndicatorSetFactory(level=EducationLevel.EARLY_CHILDHOOD)
    past_round.indicator_sets.add(early)
    scenarios.visit_signed(past_round, by=supervisor)
    results = results_page(login(school_director), past_round.school).context["results"]
    assert [one.label for one in results.levels] == [
        "1 มาตรฐานทดสอบ 1",
        "2 มาตรฐานทดสอบ 2",
        "ปฐมวัย 1 มาตรฐานทดสอบ 1",
        "ปฐมวัย 2 มาตรฐานทดสอบ 2",
    ]
    assert [one.label for one in results.standards] == [one.label for one in results.levels]


def test_a_wide_gap_is_marked(login, past_round, supervisor, school_director):
    scenarios.self_assessment_confirmed(past_round, by=school_director, level=5)
    scenarios.visit_signed(past_round, by=supervisor, level=2)
    assert "ต่าง −3" in text_of(results_page(login(school_director), past_round.school))


def test_advice_and_what_became_of_it(login, round_, supervisor, school_director, group_director):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    client = login(school_director)
    page = results_page(client, round_.school)
    assert [line.is_late for line in page.context["open_advice"]] == [False]
    close_recommendation(round_.recommendations.get(), by=supervisor, proof="แผนที่ลงนามแล้ว")
    page = results_page(client, round_.school)
    assert page.context["open_advice"] == []
    assert "หลักฐาน: แผนที่ลงนามแล้ว" in text_of(page)


# --- Nothing yet ---


def test_without_a_term(login, school, school_director):
    assert "ยังไม่มีภาคเรียน" in text_of(results_page(login(school_director), school))


def test_without_a_round_or_a_visit(login, term, school, school_director):
    client = login(school_director)
    assert "ยังไม่มีผลการนิเทศ" in text_of(results_page(client, school))
    RoundFactory(school=school, term=term)
    page = results_page(client, school)
    assert "ยังไม่พิจารณา" in text_of(page)
    assert "ยังไม่มีผลการนิเทศ" in text_of(page)


def test_a_closed_school_keeps_its_past(login, judged, term, supervisor):
    School.objects.filter(pk=judged.school_id).update(
        closed_on=timezone.localdate() - timedelta(days=31)
    )
    page = results_page(login(supervisor), judged.school)
    assert "โรงเรียนปิดแล้ว" in text_of(page)
    assert page.context["results"].chosen.overall.visit == Decimal("4.00")


def test_it_looks_back_five_years(term):
    today = timezone.localdate()
    for back in range(1, 7):
        for number in (1, 2):
            opened = today - timedelta(days=365 * back + 180 * (2 - number))
            year = AcademicYearFactory(year=2569 - back)
            TermFactory(academic_year=year, number=number, opens_on=opened)
    found = last_terms(list(Term.objects.all()), term)
    assert len(found) == TERMS
    assert found[-1] == term
    assert found == sorted(found, key=lambda one: one.opens_on)


# --- The others, for the school ---


@pytest.mark.parametrize(("others", "shown"), [(9, 0), (10, 2), (11, 2)])
def test_a_school_sees_others_from_ten_on(
    login, judged, judge_others, school_director, others, shown
):
    judge_others(*[3, 5] * 4, *[3] * (others - 8))
    page = results_page(login(school_director), judged.school)
    assert len(page.context["others"]) == shown
    assert not page.context["dots"]
    assert not page.context["results"].area_means
    assert ("โดยประมาณ" in page.context["trends"][0].chart.lines[-1].label) is bool(shown)


def test_no_other_school_is_named_or_counted(login, judged, judge_others, school_director):
    judge_others(*[3, 4] * 6)
    page = results_page(login(school_director), judged.school)
    others = School.objects.exclude(pk=judged.school_id)
    html = page.content.decode()
    for other in others:
        assert other.name not in html
        assert f"/schools/{other.pk}/" not in html
    assert page.context["others"][0].own_span.tenths == 5
    assert "12 โรงเรียน" not in text_of(page)


def test_a_record_signed_late_moves_nothing(login, judged, judge_others, term, school_director):
    """Until the next term begins: whoever knows whose record it is would tell its result."""
    term.delete()
    client = login(school_director)
    judge_others(*[3, 4] * 6)
    before = results_page(client, judged.school)
    assert not before.context["results"].others
    assert "แสดงเมื่อภาคเรียนถัดไปเริ่มแล้ว" in text_of(before)
    judge_others(5)
    assert _page_body(before) == _page_body(results_page(client, judged.school))


def test_who_reads_a_cluster_sees_others_outside_it(
    login, judged, judge_others, cluster, subcommittee_member
):
    judge_others(3, 4, cluster=cluster)
    judge_others(*[3] * 9)
    client = login(subcommittee_member)
    assert not results_page(client, judged.school).context["results"].others
    judge_others(4)
    assert results_page(client, judged.school).context["results"].others


def test_two_others_may_swap_their_results(login, judged, judge_others, school_director):
    judge_others(*[2] * 6, *[5] * 6)
    client = login(school_director)
    before = results_page(client, judged.school)
    _swap(Answer.objects.exclude(sheet__round=judged), 2, 5)
    after = results_page(client, judged.school)
    assert _page_body(before) == _page_body(after)


def _swap(answers, low, high):
    """Those who had the one level get the other; there are as many of either."""
    pks = list(answers.filter(level=low).values_list("pk", flat=True))
    answers.filter(level=high).update(level=low)
    Answer.objects.filter(pk__in=pks).update(level=high)


def _page_body(response):
    return response.content.decode().split("<main")[1].split("</main>")[0]


# --- The area, for the office ---


def test_the_office_sees_the_whole_area(login, judged, judge_others, supervisor):
    judge_others(3, 5)
    page = results_page(login(supervisor), judged.school)
    results, terms = page.context["results"], [judged.term]
    standard = results.standards[0]
    rows = load_school_terms(supervisor, School.objects.all(), terms, timezone.localdate())
    [point] = load_scores(rows, ALL_RESULTS).trend([judged.term_id], standard)
    area = results.area_means[judged.term_id, standard]
    assert (area.mean, area.schools) == (point.mean, point.schools) == (Decimal("4.00"), 3)
    [dots, _] = page.context["dots"]
    assert dict(dots.others) == {Decimal("3.00"): 1, Decimal("5.00"): 1}
    assert dots.own == Decimal("4.00")
    assert dots.is_of_few
    assert "น้อยกว่า 3 โรงเรียน" in text_of(page)


# --- What it costs ---


def count_queries(client, school):
    with CaptureQueriesContext(connection) as queries:
        results_page(client, school)
    return len(queries)


@pytest.mark.parametrize("who", ["supervisor", "school_director"])
def test_it_costs_the_same_with_more_schools_and_terms(
    request, login, judged, judge_others, round_, supervisor, school_director, who
):
    client = login(request.getfixturevalue(who))
    results_page(client, judged.school)
    cost = count_queries(client, judged.school)
    judge_others(*[3, 4] * 5)
    round_.indicator_sets.set(IndicatorSet.objects.filter(rounds=judged))
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_signed(round_, by=supervisor)
    assert count_queries(client, judged.school) == cost <= 15

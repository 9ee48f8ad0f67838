"""The read models of results say what a naive count of the same area says."""

from collections import Counter, defaultdict
from contextlib import contextmanager
from fractions import Fraction

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from reports.data.year import year_report
from schools.enums import EducationLevel
from schools.models import AcademicYear, School
from supervision.results.coverage import term_coverage
from supervision.results.gaps import gaps_by_visit, wide_gap_counts
from supervision.results.indicators import indicator_results
from supervision.results.school_terms import (
    ALL_RESULTS,
    ResultFilter,
    filter_school_terms,
    load_school_terms,
)
from supervision.results.scores import Grouping, load_scores
from tests import results_reference as reference
from tests.generated_area import BASIC, EARLY, TERMS, areas, build_area

pytestmark = pytest.mark.django_db

some_areas = settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
STANDARDS = [(EducationLevel.BASIC, number) for number in BASIC] + [
    (EducationLevel.EARLY_CHILDHOOD, number) for number in EARLY
]


@contextmanager
def written(plan):
    """The area of the plan, as long as the test looks at it."""
    with transaction.atomic():
        yield build_area(plan)
        transaction.set_rollback(True)


def school_terms_of(built):
    return load_school_terms(built.reader, School.objects.all(), built.terms, reference.TODAY)


def of_term(rows, built, term):
    return [row for row in rows if row.term == built.terms[term]]


def assert_same_scores(summary, expected):
    for side, values in ((summary.visit, expected.visit), (summary.own, expected.own)):
        assert (side.n, side.mean, side.sd) == (
            len(values),
            reference.mean_of(values),
            reference.deviation_of(values),
        )
        assert side.meaning == (reference.band_of(side.mean) if values else "")
    counted = Counter(map(reference.band_of, expected.visit))
    assert {one.label: one.schools for one in summary.distribution if one.schools} == counted


@given(areas())
@some_areas
def test_the_schools_of_a_term_and_their_coverage(plan):
    with written(plan) as built:
        rows = school_terms_of(built)
        for term in range(len(TERMS)):
            expected = reference.judged_schools(plan, term)
            found = of_term(rows, built, term)
            assert [built.schools.index(row.school) for row in found] == [
                one.school for one in expected
            ]
            assert [built.clusters[one.cluster].pk for one in expected] == [
                row.cluster.pk for row in found
            ]
            coverage = term_coverage(found)
            last = [one.rounds[-1] for one in expected if one.rounds]
            assert coverage.opened == len(last)
            assert coverage.visited == sum(one.record is not None for one in expected)
            assert coverage.assessed == sum(
                any(r.own is not None for r in one.rounds) for one in expected
            )
            assert coverage.achieved == sum(r.is_decided and r.is_achieved for r in last)
            assert coverage.not_achieved == sum(r.is_decided and not r.is_achieved for r in last)
            assert coverage.repeated == sum(len(one.rounds) > 1 for one in expected)


@given(areas())
@some_areas
def test_means_deviations_bands_and_targets(plan):
    with written(plan) as built:
        scores = load_scores(school_terms_of(built), ALL_RESULTS)
        for term in range(len(TERMS)):
            expected = reference.judged_schools(plan, term)
            found = {
                (row.standard.level, row.standard.number): row
                for row in scores.standard_results(built.terms[term].pk)
            }
            for level, number in STANDARDS:
                is_early = level == EducationLevel.EARLY_CHILDHOOD
                row = found.pop((level.label if is_early else "", number), None)
                means = reference.means(plan, expected, (level, number))
                if row is None:
                    assert not means.visit
                    assert not means.own
                    continue
                assert_same_scores(row.summary, means)
                target = None if is_early else plan.targets[plan.version_in(term), number]
                assert row.target == target
                reached = [value for value in means.visit if target and value >= target]
                assert row.summary.achieved == len(reached)
                assert row.summary.judged == (len(means.visit) if target else 0)
            assert not found
            assert_same_scores(
                scores.overall(built.terms[term].pk), reference.means(plan, expected)
            )


@given(areas())
@some_areas
def test_groups_and_filters(plan):
    with written(plan) as built:
        rows = school_terms_of(built)
        scores = load_scores(rows, ALL_RESULTS)
        term = len(TERMS) - 1
        expected = [one for one in reference.judged_schools(plan, term) if one.record]
        by_cluster, by_leader = defaultdict(list), defaultdict(list)
        for one in expected:
            by_cluster[built.clusters[one.cluster].pk].append(one)
            by_leader[built.leaders[one.record.leader].pk].append(one)
        for grouping, groups in ((Grouping.CLUSTER, by_cluster), (Grouping.LEADER, by_leader)):
            found = scores.by_group(built.terms[term].pk, grouping)
            for key, members in groups.items():
                means = reference.means(plan, members)
                if means.visit or means.own:
                    assert_same_scores(found.pop(key), means)
            assert not found
        for district in {one.planned.district for one in expected} - {""}:
            wanted = ResultFilter(district=district)
            part = load_scores(list(filter_school_terms(rows, wanted, {})), wanted)
            members = [one for one in expected if one.planned.district == district]
            assert_same_scores(part.overall(built.terms[term].pk), reference.means(plan, members))


@given(areas())
@some_areas
def test_trends_over_all_and_over_the_same_schools(plan):
    with written(plan) as built:
        scores = load_scores(school_terms_of(built), ALL_RESULTS)
        by_term = [
            {
                one.school: means.visit[0]
                for one in reference.judged_schools(plan, term)
                if (means := reference.means(plan, [one])).visit
            }
            for term in range(len(TERMS))
        ]
        measured = [set(found) for found in by_term if found]
        same = set.intersection(*measured) if measured else set()
        points = scores.trend([term.pk for term in built.terms], None)
        for point, found in zip(points, by_term, strict=True):
            alike = [mean for school, mean in found.items() if school in same]
            assert (point.schools, point.mean) == (len(found), reference.mean_of([*found.values()]))
            assert (point.same_schools, point.same_schools_mean) == (
                len(alike),
                reference.mean_of(alike),
            )


@given(areas())
@some_areas
def test_gaps_and_single_indicators(plan):
    with written(plan) as built:
        for term in range(len(TERMS)):
            rows = of_term(school_terms_of(built), built, term)
            expected = [one for one in reference.judged_schools(plan, term) if one.record]
            gaps = gaps_by_visit(rows, ALL_RESULTS)
            differences = defaultdict(list)
            wide_schools = 0
            for one in expected:
                own, seen = one.round.own or {}, one.record.levels
                both = [key for key in seen if None not in (seen[key], own.get(key))]
                for key in both:
                    differences[key].append(seen[key] - own[key])
                wide_schools += any(abs(seen[key] - own[key]) >= 2 for key in both)
            assert wide_gap_counts(rows, gaps).schools == wide_schools
            assert sum((one.total for one in gaps.values()), 0) == sum(
                map(sum, differences.values())
            )
            for result in indicator_results(rows, ALL_RESULTS):
                key = result.indicator.standard.indicator_set.level, result.indicator.code
                levels = [one.record.levels.get(key) for one in expected]
                given_levels = [level for level in levels if level is not None]
                assert result.visit.levels == Counter(given_levels)
                mean = Fraction(sum(given_levels), len(given_levels)) if given_levels else None
                assert result.visit.mean == (None if mean is None else reference.rounded(mean))
                assert result.gap.n == len(differences[key])
                assert result.gap.total == sum(differences[key])
                assert result.gap.wide == sum(abs(one) >= 2 for one in differences[key])


@given(areas())
@some_areas
def test_the_papers_print_the_same_numbers(plan):
    with written(plan) as built:
        rows = school_terms_of(built)
        scores = load_scores(rows, ALL_RESULTS)
        for year in AcademicYear.objects.all():
            printed = {term["term"]: term for term in year_report(year)["terms"]}
            for at, term in enumerate(built.terms):
                if str(term) in printed:
                    _assert_same_as_printed(printed[str(term)], of_term(rows, built, at), scores)


def _assert_same_as_printed(printed, rows, scores):
    coverage, term = term_coverage(rows), rows[0].term if rows else None
    for name in (
        "schools",
        "opened",
        "assessed",
        "visited",
        "achieved",
        "not_achieved",
        "repeated",
    ):
        assert printed[name] == getattr(coverage, name), name
    if term is None:
        return
    on_screen = {
        (row.standard.level, row.standard.number): row for row in scores.standard_results(term.pk)
    }
    for line in printed["standards"]:
        row = on_screen.get((line["level"], line["number"]))
        if row is None:
            assert (line["own"]["n"], line["visit"]["n"]) == (0, 0)
            continue
        for side in ("own", "visit"):
            assert_same_as_line(getattr(row.summary, side), line[side])
        assert (line["achieved"], line["judged"]) == (row.summary.achieved, row.summary.judged)
    by_cluster = scores.by_group(term.pk, Grouping.CLUSTER)
    names = {row.cluster.name: row.cluster.pk for row in rows}
    for group in printed["clusters"]:
        summary = by_cluster.get(names[group["group"]])
        if summary is None:
            assert group["visit"]["n"] == 0
        else:
            assert_same_as_line(summary.visit, group["visit"])


def assert_same_as_line(side, line):
    assert side.n == line["n"]
    assert line["mean"] == (None if side.mean is None else f"{side.mean:.2f}")
    assert line["sd"] == (None if side.sd is None else f"{side.sd:.2f}")
    assert line["meaning"] == side.meaning

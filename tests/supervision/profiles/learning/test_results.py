"""Learning results as a reader sees them, and as the area counts them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schools.models import ClusterMembership
from supervision.profiles.learning.results import area_results, load_learning_results
from supervision.profiles.learning.sums import CountedResult, sum_results
from tests.factories import (
    AcademicYearFactory,
    ClusterFactory,
    LearningResultFactory,
    SchoolFactory,
    TestSubjectFactory,
)

pytestmark = pytest.mark.django_db
YEARS = (2567, 2568)


def seen_by(user, school, years=(2569,)):
    return load_learning_results(user, [school], years)


@pytest.fixture
def small(school):
    return LearningResultFactory(school=school, tested=2, enrolled=2, shares=(50, 50, 0, 0))


@pytest.mark.parametrize(
    "reader", ["school_director", "academic_teacher", "supervisor", "group_director"]
)
def test_results_of_two_pupils_are_seen_by_those_who_have_them_in_charge(request, small, reader):
    (row,) = seen_by(request.getfixturevalue(reader), small.school).rows
    assert (row.figures.tested, row.mean, row.is_small) == (2, Decimal("61.25"), True)
    assert [one.percent for one in row.figures.shares] == [50, 50, 0, 0]


@pytest.mark.parametrize(
    "reader",
    [
        *("other_supervisor", "clerk", "area_director", "deputy_area_director"),
        *("committee_member", "subcommittee_member", "work_group_head", "external_system"),
    ],
)
def test_results_of_two_pupils_are_withheld_from_all_others(request, small, reader):
    user = request.getfixturevalue(reader)
    (row,) = seen_by(user, small.school).rows
    assert (row.figures, row.mean, row.is_withheld, row.is_small) == (None, None, True, True)
    three = LearningResultFactory(school=small.school, subject__name="คณิตศาสตร์", tested=3)
    assert seen_by(user, small.school).own(small.school.pk, three.subject_id, 2569).mean


@pytest.mark.parametrize("reader", ["outsider_director", "cluster_chair", "administrator"])
def test_who_does_not_see_the_school_sees_no_result(request, small, reader):
    assert not seen_by(request.getfixturevalue(reader), small.school).rows


def test_a_merged_school_brings_its_past_along(school, school_director):
    first = SchoolFactory(name="โรงเรียนแรก", closed_on=date(2025, 5, 16))
    second = SchoolFactory(name="โรงเรียนที่สอง", merged_into=school, closed_on=date(2026, 5, 16))
    first.merged_into = second
    first.save()
    LearningResultFactory(school=first, academic_year__year=2567, tested=1)
    LearningResultFactory(school=second, academic_year__year=2568)
    own = LearningResultFactory(school=school, academic_year__year=2568, mean=50)
    results = seen_by(school_director, school, YEARS)
    assert [(row.year, row.origin, row.origin_note) for row in results.of_school(school.pk)] == [
        (2568, school, ""),
        (2568, second, "จากโรงเรียนที่สอง (รวมเมื่อ 16 พ.ค. 2569)"),
        (2567, first, "จากโรงเรียนแรก (รวมเมื่อ 16 พ.ค. 2568)"),
    ]
    assert results.own(school.pk, own.subject_id, 2568).mean == 50
    assert not results.own(school.pk, own.subject_id, 2567)
    assert results.of_school(school.pk)[2].figures.tested == 1  # its own people now


def test_a_merger_to_come_tells_the_receiving_school_nothing(school, school_director):
    SchoolFactory(merged_into=school, closed_on=timezone.localdate() + timedelta(days=1))
    LearningResultFactory(school=school.merged_from.get(), academic_year__year=2568)
    assert not seen_by(school_director, school, YEARS).rows


def test_results_count_in_the_cluster_of_their_year(cluster, school):
    elsewhere = ClusterFactory()
    ClusterMembership.objects.filter(school=school).update(
        cluster=elsewhere, ends_on=date(2026, 4, 30)
    )
    ClusterMembership.objects.create(school=school, cluster=cluster, starts_on=date(2026, 5, 1))
    old = LearningResultFactory(school=school, academic_year__year=2568, mean=40)
    LearningResultFactory(school=school, academic_year__year=2569, mean=60)
    found = area_results((2568, 2569))
    subject = old.subject_id
    assert found.cluster(elsewhere.pk, 2568, subject).mean == 40
    assert found.cluster(cluster.pk, 2569, subject).mean == 60
    assert not found.cluster(cluster.pk, 2568, subject).schools
    assert found.area(2568, subject).schools == 1


PLANS = st.lists(
    st.tuples(
        st.integers(0, 3),  # school
        st.sampled_from(YEARS),
        st.integers(0, 1),  # subject
        st.integers(0, 9),  # pupils tested
        st.none() | st.integers(0, 100),
    ),
    unique_by=lambda plan: plan[:3],
    max_size=10,
)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(PLANS)
def test_the_area_counts_what_a_naive_count_of_the_plan_says(plan):
    """Schools 0 and 1 are in the first cluster, 2 in the second, 3 merged into 2 and in none."""
    with transaction.atomic():
        first, second = ClusterFactory(), ClusterFactory()
        schools = [SchoolFactory(cluster=one) for one in (first, first, second)]
        schools.append(SchoolFactory(merged_into=schools[2], closed_on=date(2025, 5, 16)))
        subjects = [TestSubjectFactory(), TestSubjectFactory(name="คณิตศาสตร์")]
        for number, year, subject, tested, mean in plan:
            LearningResultFactory(
                school=schools[number],
                academic_year=AcademicYearFactory(year=year),
                subject=subjects[subject],
                tested=tested,
                mean=mean if tested else None,
            )
        found = area_results(YEARS)
        some = area_results(YEARS, schools={schools[0].pk, schools[3].pk})
        places = [(first, {0, 1}), (second, {2}), (None, {3})]
        for year in YEARS:
            for number, subject in enumerate(subjects):

                def expected(of_schools, year=year, number=number):
                    return sum_results(
                        [
                            CountedResult(tested, None if mean is None else Decimal(mean))
                            for at, in_year, of, tested, mean in plan
                            if (in_year, of) == (year, number) and at in of_schools
                        ]
                    )

                assert found.area(year, subject.pk) == expected({0, 1, 2, 3})
                assert some.area(year, subject.pk) == expected({0, 3})
                for cluster, members in places:
                    key = cluster and cluster.pk
                    assert found.cluster(key, year, subject.pk) == expected(members)
        transaction.set_rollback(True)


def test_reading_takes_as_many_queries_for_three_schools_as_for_one(
    group_director, django_assert_max_num_queries
):
    results = [LearningResultFactory(shares=(25, 25, 25, 25)) for _ in range(3)]
    schools = [one.school for one in results]
    load_learning_results(group_director, schools[:1], [2569])  # the rights are known now
    for some in (schools[:1], schools):
        with django_assert_max_num_queries(4):
            assert len(load_learning_results(group_director, some, [2569]).rows) == len(some)
        with django_assert_max_num_queries(3):
            assert area_results([2569]).area(2569, results[0].subject_id).schools == 3

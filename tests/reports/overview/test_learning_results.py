"""Learning results of the area: what is summed, over whom, and beside what."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.models import ReferenceResult
from tests.factories import (
    AcademicYearFactory,
    LearningResultFactory,
    RoundFactory,
    SchoolFactory,
    TestSubjectFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(term, cluster, school):
    """Two of the cluster beside our own, all with a round in the term."""
    found = [school, SchoolFactory(cluster=cluster), SchoolFactory(cluster=cluster)]
    for one in found:
        RoundFactory(term=term, school=one)
    return found


def results_of(schools, year, figures):
    """One result a school: tested and mean."""
    subject = TestSubjectFactory()
    return [
        LearningResultFactory(
            school=school,
            academic_year=AcademicYearFactory(year=year),
            subject=subject,
            tested=tested,
            mean=Decimal(mean),
        )
        for school, (tested, mean) in zip(schools, figures, strict=False)
    ]


def view_of(client, **asked):
    return client.get(reverse("overview_learning"), asked).context["chosen"]


def test_pupils_weigh_and_small_results_are_left_out_for_everybody(login, group_director, schools):
    results_of(schools, 2569, [(30, "40"), (10, "60"), (2, "100")])
    [row] = view_of(login(group_director)).subjects
    assert (row.sum.mean, row.sum.tested, row.sum.schools) == (Decimal("45.00"), 40, 2)
    page = login(group_director).get(reverse("overview_learning")).content.decode()
    assert "ไม่นับรวมโรงเรียนที่มีผู้เข้าสอบน้อยกว่า 3 คน สูงสุดวิชาละ 1 โรงเรียน" in page
    assert "100.00" not in page


def test_the_change_is_that_of_the_same_schools(login, group_director, schools):
    results_of(schools, 2568, [(10, "50"), (10, "50")])
    results_of([schools[0], schools[2]], 2569, [(10, "55"), (10, "95")])
    [row] = view_of(login(group_director)).subjects
    assert (row.change, row.line.change.schools) == ("+5.00", 1)


def test_the_country_stands_beside(login, group_director, schools):
    [result] = results_of(schools[:1], 2569, [(10, "50")])
    ReferenceResult.objects.create(
        academic_year=result.academic_year,
        subject=result.subject,
        scope=ReferenceScope.NATION,
        mean=Decimal("52.50"),
        updated_at=timezone.now(),
    )
    [row] = view_of(login(group_director)).subjects
    assert row.difference == "−2.50"


def test_a_later_year_is_not_known_in_an_earlier_term(login, group_director, schools):
    results_of(schools, 2570, [(10, "50")] * 3)
    assert view_of(login(group_director)) is None


def test_filters_and_groups_count_their_own_schools(login, group_director, term, schools):
    elsewhere = SchoolFactory()
    RoundFactory(term=term, school=elsewhere)
    results_of([schools[0], elsewhere], 2569, [(10, "40"), (10, "60")])
    client = login(group_director)
    means = [summed.mean for row in view_of(client).groups for _, summed in row.sums]
    assert sorted(means) == [Decimal("40.00"), Decimal("60.00")]
    own = schools[0].memberships.get().cluster_id
    [row] = view_of(client, cluster=own).subjects
    assert row.sum.mean == Decimal("40.00")


def test_without_results_the_page_says_who_brings_them(login, supervisor, schools):
    page = login(supervisor).get(reverse("overview_learning")).content.decode()
    assert "ยังไม่มีผลการเรียนรู้ของโรงเรียนตามตัวกรอง" in page


def test_the_page_asks_as_little_for_many(
    login, group_director, schools, django_assert_max_num_queries, django_assert_num_queries
):
    results_of(schools[:1], 2569, [(10, "50")])
    client = login(group_director)
    url = reverse("overview_learning")
    client.get(url)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for year in (2567, 2568):
        results_of(schools, year, [(10, "50")] * 3)
    results_of(schools[1:], 2569, [(10, "50")] * 2)
    with django_assert_num_queries(len(few)):
        client.get(url)

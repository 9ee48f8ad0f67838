"""Figures of satisfaction: of many answers only, and never one that can be subtracted."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from reports.data.year import year_report
from schools.models import User
from supervision.rounds.models import Round
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit, VisitSatisfaction
from supervision.visits.models.satisfaction import STATEMENTS
from supervision.visits.satisfaction.figures import (
    FEWEST_ANSWERS,
    FEWEST_SCHOOLS,
    area_satisfaction,
    leaders_of,
    own_satisfaction,
    year_satisfaction,
)
from tests.factories import (
    AcademicYearFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
    UserFactory,
)
from tests.reports.conftest import document_text

URL = reverse("satisfaction")


def day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def year(db):
    """An academic year of two terms that is over, with its time of answering."""
    year = AcademicYearFactory(year=2560)
    TermFactory(academic_year=year, number=1, opens_on=day(-400), closes_on=day(-300))
    TermFactory(academic_year=year, number=2, opens_on=day(-200), closes_on=day(-100))
    return year


def answered(year, number, leader, levels, *, schools=3, team=()):
    """Visits of a term that the leader made to so many schools by turns, one for each level."""
    term = year.terms.get(number=number)
    rounds = [RoundFactory(school=SchoolFactory(), term=term) for _ in range(schools)]
    for at, level in enumerate(levels):
        round_ = rounds[at % schools]
        visit = Visit.objects.create(
            round=round_,
            number=100 + at,
            state=VisitState.PLANNED,
            visit_on=term.opens_on,
            purpose="ก",
            leader=leader,
        )
        visit.team.set(team)
        said = dict.fromkeys(STATEMENTS, level)
        VisitSatisfaction.objects.create(visit=visit, comment=f"QZ{level}", **said)


def figures_page(client, **asked):
    return client.get(URL, asked)


# --- Supervisors ---


def test_supervisors_read_their_own_means_from_five_answers_of_three_schools(
    login, year, school, supervisor, other_supervisor
):
    answered(year, 1, supervisor, [5, 5, 4, 4, 3], team=[other_supervisor])
    answered(year, 2, supervisor, [1, 1, 1, 1])
    for who in (supervisor, other_supervisor):
        (figures,) = own_satisfaction(who, day(0))
        assert (figures.period, figures.answers, figures.schools) == ("ภาคเรียนที่ 1/2560", 5, 3)
        assert figures.mean == Decimal("4.20")
        assert figures.statements[0].share == Decimal("80.00")
    page = figures_page(login(supervisor)).content.decode()
    assert "4.20" in page
    assert "QZ" not in page
    assert "ทั้งเขต" not in page


def test_too_few_answers_or_schools_show_nothing(year, supervisor):
    answered(year, 1, supervisor, [4, 4, 4, 4])
    answered(year, 2, supervisor, [4, 4, 4, 4, 4], schools=2)
    (figures,) = own_satisfaction(supervisor, day(0))
    assert (figures.period, figures.answers) == ("ปีการศึกษา 2560", 9)


def test_a_term_counts_when_nobody_can_answer_any_more(year, supervisor):
    answered(year, 2, supervisor, [4] * 6)
    year.terms.filter(number=2).update(closes_on=day(-30))
    assert own_satisfaction(supervisor, day(0)) == []
    assert own_satisfaction(supervisor, day(1))[0].answers == 6


# --- The head of the unit ---


def test_the_group_director_reads_the_area_and_free_lines_without_their_school(
    login, year, supervisor, other_supervisor, group_director
):
    answered(year, 1, supervisor, [5, 4, 3, 5, 4])
    answered(year, 1, other_supervisor, [2, 2, 1, 2, 3, 1])
    answered(year, 2, UserFactory(), [1, 1])
    area = area_satisfaction(year, day(0))
    assert [figures.answers for figures in area.figures] == [11]
    assert {line.name: line.figures.answers for line in area.leaders} == {
        str(supervisor): 5,
        str(other_supervisor): 6,
    }
    assert area.comments == sorted(area.comments)
    assert len(area.comments) == 11
    page = figures_page(login(group_director)).content.decode()
    assert "QZ5" in page
    assert "ตามหัวหน้าคณะนิเทศ" in page
    summary = year_satisfaction(year, day(0))
    assert summary is not None
    assert (summary.period, summary.answers) == ("ปีการศึกษา 2560", 11)
    printed = document_text(year_report(year))
    assert "ความเห็นของโรงเรียนต่อการนิเทศ ๑๑ คำตอบจาก ๖ โรงเรียน ค่าเฉลี่ยรวม ๒.๙๑ จาก ๕" in printed
    assert "QZ" not in printed


def test_the_year_has_no_line_and_no_leaders_before_it_is_over(year, supervisor):
    answered(year, 1, supervisor, [5, 4, 3, 5, 4])
    year.terms.filter(number=2).update(closes_on=day(10))
    assert year_satisfaction(year, day(0)) is None
    assert year_report(year)["satisfaction"] is None
    assert area_satisfaction(year, day(0)).leaders == []
    assert len(area_satisfaction(year, day(0)).figures) == 1


@given(st.lists(st.tuples(st.integers(1, 4), st.integers(1, 6)), max_size=40))
def test_no_leader_and_no_rest_is_of_fewer_than_the_least(visits):
    """What is shown of leaders, taken from the area's figures, leaves enough answers or none."""
    leaders = {pk: User(pk=pk, full_name=f"{pk}") for pk in range(1, 5)}
    rows = [
        VisitSatisfaction(
            visit=Visit(round=Round(school_id=school), leader=leaders[leader]),
            **dict.fromkeys(STATEMENTS, 4),
        )
        for leader, school in visits
    ]
    shown, left_out = leaders_of(rows)
    assert all(one.figures.answers >= FEWEST_ANSWERS for one in shown)
    assert all(one.figures.schools >= FEWEST_SCHOOLS for one in shown)
    assert sum(one.figures.answers for one in shown) + left_out == len(rows)
    assert not shown or left_out == 0 or left_out >= FEWEST_ANSWERS


@pytest.mark.parametrize(("who", "status"), [("work_group_head", 200), ("area_director", 403)])
def test_nobody_else_reads_any(request, login, who, status):
    assert figures_page(login(request.getfixturevalue(who))).status_code == status


def test_the_page_costs_the_same_for_many_answers(
    login, year, supervisor, group_director, django_assert_max_num_queries
):
    client = login(group_director)
    answered(year, 1, supervisor, [5, 4, 3, 5, 4])
    figures_page(client)
    with django_assert_max_num_queries(15) as few:
        figures_page(client)
    answered(year, 2, supervisor, [5, 4, 3, 5, 4] * 3)
    with django_assert_max_num_queries(len(few)):
        figures_page(client)

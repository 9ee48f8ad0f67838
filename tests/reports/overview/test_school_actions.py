"""ควรลงมือก่อน and what is under way, as the pages show them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.overview.school_actions import nearest_level
from supervision.improvement.models import Recommendation
from supervision.visits import actions as visits
from supervision.visits.models import Visit
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory, StepDeadlineFactory, YearlyCountFactory

pytestmark = pytest.mark.django_db

ACTIONS, WORK, TODOS = (
    reverse("overview_actions"),
    reverse("overview_work"),
    reverse("overview_todos"),
)


@pytest.fixture
def actions(login, area_director):
    """The rows that the page shows the area director."""
    client = login(area_director)
    return lambda **asked: list(client.get(ACTIONS, asked).context["page"])


def texts(row) -> list[str]:
    return [reason.text for reason in row.to_act.reasons]


def test_an_unsigned_record_names_who_is_in_charge_and_opens_itself(
    actions, round_, supervisor, school_director
):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    Visit.objects.update(visit_on=timezone.localdate() - timedelta(days=3))
    (row,) = actions()
    assert texts(row) == ["บันทึกการนิเทศยังไม่ลงนาม 3 วันหลังวันนิเทศ"]
    assert (row.person, row.url, row.level) == (str(supervisor), visit.get_absolute_url(), None)
    assert f"เรียน {supervisor}" in row.message
    assert "1. บันทึกการนิเทศยังไม่ลงนาม 3 วันหลังวันนิเทศ" in row.message
    assert f"ขอความร่วมมือติดตาม{round_.school.name} ภาคเรียนที่ 2/2569" in row.message


def test_after_not_achieved_it_says_which_standards_and_where_the_second_round_is(
    actions, judge, school_director, group_director
):
    visit = judge("ก", 2)
    visits.acknowledge_visit(visit, by=school_director)
    scenarios.round_decided(
        visit.round, by=group_director, result="not_achieved", planned_changes="ปรับ"
    )
    row = actions()[0]
    assert texts(row) == ["ไม่บรรลุ มาตรฐานที่ 1, มาตรฐานที่ 2 · รอบที่ 2 อยู่ขั้นที่ 1 ข้อมูล"]
    assert row.level == 2


def test_a_fall_a_gap_and_overdue_advice_add_up(
    actions, judge, earlier_term, school_director, group_director, supervisor
):
    judge("ก", 4, of_term=earlier_term)
    visit = judge("ก", 2, own=5)
    visits.acknowledge_visit(visit, by=school_director)
    scenarios.round_decided(visit.round, by=group_director)
    scenarios.summary_agreed(visit.round, supervisor=supervisor, director=school_director)
    Recommendation.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    row = next(one for one in actions() if one.pk == visit.round.school_id)
    assert texts(row) == [
        "ค่าเฉลี่ยลดลง 2.00 จากภาคเรียนก่อน (4.00 เป็น 2.00)",
        "ผลต่างตั้งแต่ 2 ระดับที่ตัวชี้วัด 1.1, 1.2, 2.1, 2.2",
        "ข้อเสนอแนะเกินกำหนด 1 ข้อ",
    ]
    assert row.to_act.points == 5


def test_an_overdue_step_is_named_with_its_days(actions, round_, term):
    scenarios.backdate_rounds(30)
    StepDeadlineFactory(term=term, step=3, due_on=timezone.localdate() - timedelta(days=4))
    (row,) = actions()
    assert texts(row) == ["ขั้นที่ 3 ประเมินตนเอง เกินกำหนด 4 วัน", "ยังไม่มีการนิเทศภาคเรียนนี้"]


def test_a_school_unseen_for_long_says_since_when(actions, judge, earlier_term, term):
    visit = judge("ก", 4, of_term=earlier_term)
    RoundFactory(school=visit.round.school, term=term)
    row = next(one for one in actions() if one.pk == visit.round.school_id)
    assert texts(row)[0].startswith("ยังไม่มีการนิเทศภาคเรียนนี้ ครั้งล่าสุด ")
    assert row.level == 4


def test_a_closed_school_is_nobodys_to_act_on(actions, round_):
    assert len(actions()) == 1
    round_.school.closed_on = timezone.localdate() - timedelta(days=1)
    round_.school.save()
    assert actions() == []


def test_the_page_says_that_the_weights_are_ours_and_filters(login, area_director, round_, cluster):
    SchoolFactory(name="โรงเรียนไกล")
    client = login(area_director)
    response = client.get(ACTIONS, {"cluster": cluster.pk})
    assert "น้ำหนักเป็นข้อเสนอของระบบ" in response.content.decode()
    assert [row.pk for row in response.context["page"]] == [round_.school_id]


def test_the_overview_gets_the_first_ten_and_a_way_to_all(login, area_director, cluster, term):
    for _ in range(12):
        RoundFactory(school=SchoolFactory(cluster=cluster), term=term)
    client = login(area_director)
    response = client.get(ACTIONS, headers={"HX-Request": "true"})
    assert len(response.context["page"]) == 10
    assert "ดูทั้งหมด 12 โรงเรียน" in response.content.decode()
    assert "HX-Request" in response["Vary"]
    assert len(client.get(ACTIONS).context["page"]) == 12


def test_nothing_to_act_on_says_so(login, area_director, term):
    assert "ไม่มีโรงเรียนที่มีเหตุให้ลงมือก่อน" in login(area_director).get(ACTIONS).content.decode()


@pytest.mark.parametrize(("mean", "level"), [(None, None), ("3.49", 3), ("3.50", 4), ("5.00", 5)])
def test_the_disc_has_the_nearest_level(mean, level):
    assert nearest_level(mean and Decimal(mean)) == level


# --- Stuck steps and workload ---


def test_bars_say_how_many_are_done_and_stuck_and_lead_to_the_board(
    login, area_director, round_, term, school_director
):
    RoundFactory(school=SchoolFactory(), term=term)
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.backdate_rounds(30)
    StepDeadlineFactory(term=term, step=3, due_on=timezone.localdate() - timedelta(days=4))
    client = login(area_director)
    bars = client.get(WORK).context["steps"]
    assert [(bar.done, bar.late, bar.total) for bar in bars[:3]] == [
        (1, 1, 2),
        (2, 0, 2),
        (0, 1, 2),
    ]
    board = client.get(bars[2].late_url).context["board"]
    assert board.shown == bars[2].late
    assert client.get(WORK, {"district": "ไม่มี"}).status_code == 200


def test_workload_counts_what_each_supervisor_has_to_do(
    login, area_director, round_, cluster, supervisor, school_director, term
):
    planned, visited, waiting, unsigned = [
        RoundFactory(school=SchoolFactory(cluster=cluster), term=term) for _ in range(4)
    ]
    YearlyCountFactory(school=planned.school, academic_year=term.academic_year, pupils=80)
    for one in (planned, visited, waiting, unsigned):
        scenarios.self_assessment_confirmed(one, by=school_director)
    scenarios.visit_planned(planned, by=supervisor)
    scenarios.visit_signed(visited, by=supervisor)
    visits.start_visit_record(scenarios.visit_planned(unsigned, by=supervisor), by=supervisor)
    (row,) = login(area_director).get(WORK).context["workloads"]
    assert (row.supervisor, row.schools, row.pupils) == (supervisor, 5, 80)
    assert (row.planned, row.visited, row.unvisited, row.unsigned) == (1, 1, 1, 1)
    assert row.overdue_advice == 0


def test_what_waits_is_short_and_leads_to_all(login, group_director, area_director, cluster, term):
    for _ in range(3):
        RoundFactory(school=SchoolFactory(cluster=cluster), term=term, bare=True)
    response = login(group_director).get(TODOS)
    assert 0 < len(response.context["items"]) <= 5
    assert reverse("todos") in response.content.decode()
    assert "ไม่มีงานที่รอคุณ" in login(area_director).get(TODOS).content.decode()


@pytest.mark.parametrize("url", [ACTIONS, WORK, TODOS])
def test_parts_cost_as_many_queries_for_many_schools_as_for_few(
    login, group_director, judge, earlier_term, django_assert_max_num_queries, url
):
    client = login(group_director)

    def cost():
        with django_assert_max_num_queries(15) as counted:
            assert client.get(url).status_code == 200
        return len(counted)

    client.get(url)
    judge("ก", 2, own=4)
    judge("ก", 4, of_term=earlier_term)
    few = cost()
    for name in ("ข", "ค", "ง"):
        judge(name, 2, own=4)
        judge(name, 4, of_term=earlier_term)
    assert cost() == few

"""Who follows a cluster sees how far its schools are: nothing of others, and no judgement."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from schools.enums import Role
from supervision.rounds.models import Round
from tests import scenarios
from tests.exported_files import exported_table
from tests.factories import AppointmentFactory, RoundFactory, SchoolFactory, StepDeadlineFactory
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

BOARD, HOME, EXPORT = reverse("board"), reverse("todos"), reverse("board_export")
VIEWERS = ("cluster_chair", "subcommittee_member")


@pytest.fixture
def two_clusters(round_, other_school, term, supervisor, school_director, group_director):
    """Our school's second round, after ไม่บรรลุ, and a round in the other cluster."""
    RoundFactory(school=other_school, term=term)
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="ปรับเครื่องมือ"
    )
    return round_


def board(client, **wanted):
    response = client.get(BOARD, wanted)
    assert response.status_code == 200
    return response.context["board"], response.content.decode()


@pytest.mark.parametrize("who", VIEWERS)
def test_the_board_has_the_own_cluster_and_nothing_else(
    request, login, two_clusters, other_school, who
):
    found, text = board(login(request.getfixturevalue(who)))
    assert [row.school for group in found.groups for row in group.rows] == [two_clusters.school]
    assert (found.shown, len(found.rows), found.unopened) == (1, 1, 0)
    assert [group.totals[0] for group in found.groups] == ["1/1"]
    assert other_school.short_name not in text
    assert "กลุ่มโรงเรียนอื่น" not in text
    assert "โรงเรียนในกลุ่ม" in text


def test_a_cluster_that_is_not_ones_own_is_no_filter(
    login, cluster_chair, two_clusters, other_school
):
    theirs = other_school.memberships.get().cluster_id
    found, text = board(login(cluster_chair), cluster=theirs)
    assert "โปรดแก้ไข 1 รายการ" in text
    assert len(found.groups) == 1


def test_a_chair_reads_how_far_but_not_what_was_judged(login, cluster_chair, two_clusters):
    found, text = board(login(cluster_chair))
    (row,) = found.rows
    assert [cell.url for cell in row.cells] == [""] * 7
    assert (row.url, row.round_word) == ("", "")
    assert "ไม่บรรลุ" not in text
    assert "รอบที่ 2" not in text
    assert '<a class="cell' not in text
    assert f"/schools/{row.school.pk}/" not in text


def test_what_came_of_a_decision_is_only_that_it_was_taken(
    login, cluster_chair, subcommittee_member, supervisor, school_director, group_director, round_
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    (row,) = board(login(cluster_chair))[0].rows
    assert row.cells[4].word == "เสร็จ"
    (row,) = board(login(subcommittee_member))[0].rows
    assert row.cells[4].word == "บรรลุ"
    assert row.cells[4].url


def test_a_chair_who_directs_a_school_opens_that_one_only(login, two_clusters, cluster, term):
    chair = user_with_role(Role.CLUSTER_CHAIR, "both", cluster=cluster)
    own = SchoolFactory(name="โรงเรียนของประธาน", cluster=cluster)
    RoundFactory(school=own, term=term)
    AppointmentFactory(user=chair, role=Role.SCHOOL_DIRECTOR, school=own)
    client = login(chair)
    rows = {row.school.pk: row for row in board(client)[0].rows}
    assert rows[own.pk].url
    assert not rows[two_clusters.school_id].url
    home = client.get(HOME).context["home"]
    assert [row.school for row in home.schools] == [own]
    assert (home.area.whole, home.area.schools, home.area.opened) == (False, 2, 2)


@pytest.mark.parametrize("who", VIEWERS)
def test_home_says_what_there_is_to_do(request, login, two_clusters, other_school, who):
    response = login(request.getfixturevalue(who)).get(HOME)
    home, text = response.context["home"], response.content.decode()
    assert (home.area.schools, home.area.opened, home.schools) == (1, 1, [])
    assert "เพื่อช่วยประสานงานในกลุ่ม" in text
    assert f'href="{BOARD}"' in text
    assert "ภาพรวมของกลุ่มโรงเรียน" in text
    assert other_school.short_name not in text


def test_where_every_school_has_closed_the_board_says_whom_to_ask(
    login, cluster_chair, term, school
):
    school.closed_on = term.opens_on
    school.save()
    found, text = board(login(cluster_chair))
    assert found.rows == []
    assert "กลุ่มโรงเรียนของคุณยังไม่มีโรงเรียน" in text


def test_the_export_is_the_same_board(login, cluster_chair, two_clusters, other_school):
    response = login(cluster_chair).get(EXPORT)
    sheet = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0)
    told = " ".join(str(value) for row in sheet.to_python() for value in row)
    assert two_clusters.school.name in told
    assert other_school.name not in told
    assert "ไม่บรรลุ" not in told
    assert "รอบที่" not in told


@pytest.fixture
def decided_both_ways(two_clusters, cluster, term, supervisor, group_director):
    """Beside our school's second round: one that achieved, at the same place of its first."""
    school = SchoolFactory(name="โรงเรียนที่บรรลุ", cluster=cluster)
    director = user_with_role(Role.SCHOOL_DIRECTOR, "achieved_director", school=school)
    achieved = RoundFactory(school=school, term=term)
    scenarios.needs_submitted(achieved, by=director)
    scenarios.self_assessment_confirmed(achieved, by=director)
    scenarios.visit_acknowledged(achieved, supervisor=supervisor, director=director)
    scenarios.round_decided(achieved, by=group_director)
    due_on = timezone.localdate() - timedelta(days=1)
    scenarios.backdate_rounds(30)
    for step in (1, 3, 4, 5, 6, 7):
        StepDeadlineFactory(term=term, step=step, due_on=due_on)
    return two_clusters.school, school


@pytest.mark.parametrize("name", ["board", "board_export", "self_assessments_export"])
def test_a_chair_cannot_tell_a_second_round_from_a_first(
    login, cluster_chair, decided_both_ways, name
):
    """Not by a blank day, a missing lateness or a step that is to be done again."""
    ours, other = decided_both_ways
    client = login(cluster_chair)
    if name == "board":
        rows = {row.school: (row.cells, row.now) for row in board(client)[0].rows}
        assert rows[ours] == rows[other]
    else:
        rows = {row["โรงเรียน"]: row for row in exported(client, name)}
        told = [[cell for cell in rows[s.name].values() if cell != s.name] for s in (ours, other)]
        assert told[0] == told[1]


def exported(client, name):
    return exported_table(client.get(reverse(name))).rows


def test_a_chairs_counts_know_no_second_round(login, cluster_chair, decided_both_ways):
    client = login(cluster_chair)
    (group,) = board(client)[0].groups
    assert group.totals == ["2/2", "2/2", "2/2", "2/2", "2/2", "0/2", "0/2"]
    assert len(board(client, step=6)[0].groups[0].rows) == 2
    figures = client.get(HOME).context["home"].area
    assert {one.number: one.schools for one in figures.steps if one.schools} == {6: 2}
    assert (figures.late, figures.finished) == (0, 0)
    overview = client.get(reverse("self_assessments")).context["overview"]
    assert overview.confirmed == 2


def test_a_chair_sees_the_second_round_finish(
    login, cluster_chair, supervisor, school_director, group_director, decided_both_ways
):
    """The last two steps tell that they are done, whichever round it took."""
    ours, _ = decided_both_ways
    second = ours.rounds.get(number=2)
    second.indicator_sets.set(ours.rounds.get(number=1).indicator_sets.all())
    Round.objects.filter(pk=second.pk).update(
        criteria_chosen_at=timezone.now(), criteria_chosen_by=group_director
    )
    second.refresh_from_db()
    scenarios.self_assessment_confirmed(second, by=school_director)
    scenarios.visit_acknowledged(second, supervisor=supervisor, director=school_director)
    scenarios.round_decided(second, by=group_director)
    scenarios.summary_agreed(second, supervisor=supervisor, director=school_director)
    row = next(row for row in board(login(cluster_chair))[0].rows if row.school == ours)
    assert [cell.word for cell in row.cells] == ["เสร็จ"] * 6 + ["ยังไม่ถึง"]


@pytest.mark.parametrize("name", ["round", "school", "needs", "decision", "round_history"])
def test_a_chair_opens_no_record(login, cluster_chair, two_clusters, name):
    pk = two_clusters.school_id if name == "school" else two_clusters.pk
    assert login(cluster_chair).get(reverse(name, args=[pk])).status_code == 404


def test_the_cost_does_not_grow_with_the_cluster(
    login, cluster_chair, two_clusters, cluster, term, django_assert_max_num_queries
):
    client = login(cluster_chair)

    def cost(url):
        with django_assert_max_num_queries(20) as counted:
            assert client.get(url).status_code == 200
        return len(counted)

    client.get(BOARD)
    few = [cost(BOARD), cost(HOME)]
    for _ in range(3):
        RoundFactory(school=SchoolFactory(cluster=cluster), term=term)
    assert [cost(BOARD), cost(HOME)] == few

"""Schools that merge, close, move or teach two levels in the middle of a term, page by page."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import actions as reports
from schools.enums import EducationLevel, Role
from schools.registry import school_changes as registry
from supervision.assessments import actions as assessments
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.queries import sheet_indicators
from supervision.improvement import actions as improvement
from tests import scenarios
from tests.factories import (
    AppointmentFactory,
    IndicatorSetFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
)
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

HOME, BOARD, OVERVIEW = "/todos/", "/board/", "/self-assessments/"


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


def html(client, url, **wanted):
    response = client.get(url, wanted)
    assert response.status_code == 200, url
    return response.content.decode()


def waiting(client):
    return [item.title for item in client.get(HOME).context["home"].waiting]


def board_rows(client, **wanted):
    groups = client.get(BOARD, wanted).context["board"].groups
    return {row.name: row for group in groups for row in group.rows}


def totals(client, **wanted):
    [group] = client.get(BOARD, wanted).context["board"].groups
    return group.totals


def overview(client, **wanted):
    return client.get(OVERVIEW, wanted).context["overview"]


@pytest.fixture
def neighbour(cluster, term):
    """Another school of the cluster, with its round of the term."""
    round_ = RoundFactory(school=SchoolFactory(name="โรงเรียนข้างเคียง", cluster=cluster), term=term)
    round_.director = user_with_role(Role.SCHOOL_DIRECTOR, "neighbour", school=round_.school)
    return round_


# --- A school that merges into another in the middle of a term ---


@pytest.fixture
def merged(round_, neighbour, school_director, clerk):
    """Our school, its survey sent and its self-assessment begun, is merged into its neighbour."""
    scenarios.needs_submitted(round_, by=school_director)
    assessments.start_self_assessment(round_, by=school_director)
    registry.close_or_merge_school(round_.school, by=clerk, on=today(), into=neighbour.school)
    return round_


def test_the_open_round_of_a_merged_school_stays_readable(login, merged, neighbour, supervisor):
    text = html(login(supervisor), merged.get_absolute_url())
    assert f"โรงเรียนนี้รวมกับ{neighbour.school} แล้ว" in text
    assert "ส่งแบบสำรวจเมื่อ" in text
    assert "โรงเรียนรวมแล้ว" in text
    assert "รอครูวิชาการ" not in text
    assessment = merged.self_assessments.get()
    assert login(supervisor).get(assessment.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("who", ["supervisor", "group_director", "school_director"])
def test_nobody_is_asked_to_act_for_a_merged_school(request, login, merged, who):
    client = login(request.getfixturevalue(who))
    assert [title for title in waiting(client) if "ของเรา" in title] == []
    if who != "school_director":  # whose post ended with the school
        assert board_rows(client)["ของเรา"].now.word == "โรงเรียนรวมแล้ว"


def test_a_merged_school_leaves_the_denominators(login, merged, neighbour, supervisor):
    client = login(supervisor)
    # Its survey was sent before: it counts there, and nowhere after.
    assert totals(client) == ["1/2", "2/2", "0/1", "0/1", "0/1", "0/1", "0/1"]
    assert [row.school for row in overview(client).all_rows] == [neighbour.school]
    assert "ไม่นับ 1 โรงเรียนที่เลิกหรือรวมโดยยังไม่ยืนยันผล: ของเรา" in " ".join(
        html(client, OVERVIEW).split()
    )
    assert "ของเรา:" not in html(client, "/self-assessments/reminder/")
    assert list(board_rows(client, step="stopped")) == ["ของเรา"]
    assert '<span class="pill idle">โรงเรียนรวมแล้ว</span>' in html(client, BOARD)
    assert "ของเรา" not in board_rows(client, overdue="1")


def test_a_merged_school_is_not_awaited_by_the_years_report(
    login, merged, neighbour, supervisor, school_director, group_director, area_director
):
    scenarios.round_until_summary_agreed(
        neighbour,
        supervisor=supervisor,
        director=neighbour.director,
        group_director=group_director,
    )
    document = scenarios.report_prepared(neighbour, by=group_director)
    reports.issue_report(document, by=area_director)
    url = reverse("year_report", args=[merged.term.academic_year.year])
    context = login(group_director).get(url).context
    assert context["checklist"][0].text == "ออกรายงานรายภาคเรียนครบ 1 รอบ"
    [figures] = context["r"]["terms"]
    assert (figures["schools"], figures["opened"], figures["assessed"]) == (1, 1, 1)
    assert {line["number"]: (line["done"], line["total"]) for line in figures["progress"]}[3] == (
        1,
        1,
    )
    results = {line["school"]: line["terms"][0]["result"] for line in context["r"]["schools"]}
    assert results["โรงเรียนของเรา"] == "โรงเรียนรวมแล้ว"


def test_who_reads_the_past_of_a_merged_school(
    login, merged, neighbour, supervisor, other_supervisor, school_director
):
    """Supervisors do; the receiving director only with a post there, for it judges colleagues."""
    ours, theirs = merged.get_absolute_url(), neighbour.get_absolute_url()
    for user in (supervisor, other_supervisor):
        assert "โรงเรียนที่มารวม" in html(login(user), theirs)
        assert login(user).get(ours).status_code == 200
    receiving = login(neighbour.director)
    assert "โรงเรียนที่มารวม" not in html(receiving, theirs)
    assert receiving.get(ours).status_code == 404
    assert login(school_director).get(ours).status_code == 404
    AppointmentFactory(user=neighbour.director, role=Role.SCHOOL_DIRECTOR, school=merged.school)
    with_post = login(type(neighbour.director).objects.get(pk=neighbour.director.pk))
    assert with_post.get(ours).status_code == 200
    assert "โรงเรียนที่มารวม" in html(with_post, theirs)


def test_advice_to_a_merged_school_is_followed_up_by_nobody(
    login, round_, neighbour, supervisor, school_director, group_director, clerk
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    advice = round_.recommendations.get()
    type(advice).objects.update(assignee="supervisor")
    client = login(supervisor)
    assert "ดำเนินการตามข้อเสนอแนะ ของเรา" in waiting(client)
    registry.close_or_merge_school(round_.school, by=clerk, on=today(), into=neighbour.school)
    assert "ดำเนินการตามข้อเสนอแนะ ของเรา" not in waiting(client)
    assert improvement.missing_to_propose_summary(round_.summary) == []


def test_a_merger_that_is_still_to_come_changes_nothing_yet(
    login, round_, neighbour, supervisor, school_director, clerk
):
    scenarios.needs_submitted(round_, by=school_director)
    registry.close_or_merge_school(round_.school, by=clerk, on=today(1), into=neighbour.school)
    assert waiting(login(school_director)) == ["เริ่มประเมินตนเอง ของเรา"]
    assert totals(login(supervisor))[2] == "0/2"
    assert "โรงเรียนนี้รวมกับ" not in html(login(supervisor), round_.get_absolute_url())


# --- A school that closes ---


def test_a_school_closed_after_it_had_answered_stays_in_the_count(
    login, round_, neighbour, school_director, supervisor, group_director, area_director, clerk
):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    registry.close_or_merge_school(round_.school, by=clerk, on=today())
    client = login(supervisor)
    assert overview(client).confirmed == 1
    assert len(overview(client).all_rows) == 2
    assert totals(client)[:4] == ["1/2", "2/2", "1/2", "0/1"]
    assert board_rows(client)["ของเรา"].now.word == "โรงเรียนเลิกแล้ว"
    assert "โรงเรียนนี้เลิกแล้ว" in html(client, round_.get_absolute_url())
    scenarios.round_until_summary_agreed(
        neighbour,
        supervisor=supervisor,
        director=neighbour.director,
        group_director=group_director,
    )
    document = scenarios.report_prepared(neighbour, by=group_director)
    reports.issue_report(document, by=area_director)
    url = reverse("year_report", args=[round_.term.academic_year.year])
    [figures] = login(group_director).get(url).context["r"]["terms"]
    assert (figures["schools"], figures["opened"], figures["assessed"]) == (2, 2, 2)


def test_a_closed_school_without_a_round_says_so(login, cluster, term, supervisor):
    gone = SchoolFactory(name="โรงเรียนเก่า", cluster=cluster, closed_on=today(-1))
    text = html(login(supervisor), reverse("school", args=[gone.pk]))
    assert "โรงเรียนนี้เลิกแล้ว" in text
    assert "เปิดรอบ" not in text


# --- A school that changes cluster in the middle of a term ---


@pytest.fixture
def moved(round_, school_director, supervisor, other_supervisor, group_director, clerk):
    """Our school, its record signed, is in the other supervisor's cluster from today on."""
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    new = other_supervisor.appointments.get().cluster
    registry.change_school_cluster(round_.school, by=clerk, cluster=new, since=today())
    return round_


def test_the_rights_move_on_that_day(login, moved, supervisor, other_supervisor):
    start = reverse("summary_start", args=[moved.pk])
    assert waiting(login(supervisor)) == []
    assert login(supervisor).post(start).status_code == 403
    assert waiting(login(other_supervisor)) == ["สรุปผลการนิเทศ ของเรา"]
    assert login(other_supervisor).post(start).status_code == 302


def test_a_move_of_tomorrow_is_not_in_force(
    login, round_, school_director, supervisor, other_supervisor, clerk
):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    new = other_supervisor.appointments.get().cluster
    registry.change_school_cluster(round_.school, by=clerk, cluster=new, since=today(1))
    assert waiting(login(supervisor)) == ["นัดหมายการนิเทศ ของเรา"]
    assert waiting(login(other_supervisor)) == []


def test_what_the_former_supervisor_signed_stays_theirs(login, moved, supervisor):
    visit = moved.visits.get()
    assert visit.signed_by == supervisor
    text = html(login(supervisor), visit.get_absolute_url())
    assert str(supervisor) in text


def test_an_earlier_term_stays_with_the_cluster_of_its_day(
    login, moved, term, cluster, group_director, other_supervisor
):
    earlier = TermFactory(
        academic_year=term.academic_year, number=1, opens_on=term.opens_on - timedelta(days=200)
    )
    RoundFactory(school=moved.school, term=earlier)
    new = other_supervisor.appointments.get().cluster
    client = login(group_director)
    for page in ("board", "overview"):
        url = {"board": BOARD, "overview": OVERVIEW}[page]
        assert [g.name for g in client.get(url).context[page].groups] == [new.name]
        then = client.get(url, {"term": earlier.pk}).context[page].groups
        assert [g.name for g in then] == [cluster.name]


def test_a_record_is_reported_in_the_cluster_of_its_day(
    login, moved, term, cluster, group_director, other_supervisor
):
    """Made before the move it stays with the former cluster, in the same term too."""
    year = reverse("year_report", args=[term.academic_year.year])
    client = login(group_director)

    def clusters():
        [figures] = client.get(year).context["r"]["terms"]
        return [line["group"] for line in figures["clusters"]]

    assert clusters() == [other_supervisor.appointments.get().cluster.name]  # made today
    moved.visits.update(visit_on=today(-1))
    assert clusters() == [cluster.name]


# --- A school with two sets: early childhood and basic ---


@pytest.fixture
def both(round_):
    """The round is judged with a set for each level the school teaches: 4 + 4 indicators."""
    basic = round_.indicator_sets.get()
    basic.level, basic.name = EducationLevel.BASIC, "ชุดขั้นพื้นฐาน"
    basic.save()
    early = IndicatorSetFactory(
        name="ชุดปฐมวัย", level=EducationLevel.EARLY_CHILDHOOD, scale=basic.scale
    )
    round_.indicator_sets.add(early)
    return round_


def fill_one_set(sheet, of_level, *, by, value="4"):
    """Judge every indicator of the set of one level, with a finding."""
    chosen = [i for i in sheet_indicators(sheet) if i.standard.indicator_set.level == of_level]
    edits = [SubmittedEdit(uuid4(), i.pk, AnswerField.LEVEL, value) for i in chosen]
    edits += [SubmittedEdit(uuid4(), i.pk, AnswerField.NOTE, "ข้อค้นพบ") for i in chosen]
    assert record_edits(sheet, edits, by=by) == {}


def test_two_sets_go_through_one_round_together(
    login, both, school_director, academic_teacher, supervisor, group_director
):
    scenarios.needs_submitted(both, by=school_director)
    teacher, director = login(academic_teacher), login(school_director)
    start = html(teacher, reverse("self_assessment_start", args=[both.pk]))
    assert "ชุดปฐมวัย" in start
    assert "ชุดขั้นพื้นฐาน" in start
    teacher.post(reverse("self_assessment_start", args=[both.pk]))
    assessment = both.self_assessments.get()
    page = html(teacher, assessment.get_absolute_url())
    assert page.count("0/2") == 4  # two standards of each set
    assert "ขาดอีก 8 รายการจึงยืนยันได้" in page
    fill_one_set(assessment.sheet, EducationLevel.BASIC, by=academic_teacher)
    assert "กรอกแล้ว 4/8 ตัวชี้วัด" in html(login(supervisor), OVERVIEW)
    assert board_rows(login(supervisor))["ของเรา"].cells[2].word == "4/8"
    confirm = reverse("self_assessment_confirm", args=[assessment.pk])
    assert "ขาดอีก 4 รายการจึงยืนยันได้" in html(director, confirm)
    response = director.post(confirm, scenarios.shown_version(assessment.sheet))
    assert response.status_code == 409
    assert "ขาดอีก 4 ตัวชี้วัด" in response.content.decode()
    fill_one_set(assessment.sheet, EducationLevel.EARLY_CHILDHOOD, by=academic_teacher)
    answered = scenarios.shown_version(assessment.sheet) | {"although_without_evidence": "on"}
    assert director.post(confirm, answered).status_code == 302
    assert overview(login(supervisor)).confirmed == 1


def test_visit_and_decision_show_both_sets(
    login, both, school_director, supervisor, group_director
):
    scenarios.self_assessment_confirmed(both, by=school_director, level=4)
    visit = scenarios.visit_planned(both, by=supervisor)
    scenarios.visits.start_visit_record(visit, by=supervisor)
    assert board_rows(login(supervisor))["ของเรา"].cells[3].word == "0/8"
    fill_one_set(visit.sheet, EducationLevel.BASIC, by=supervisor)
    client = login(supervisor)
    sign = reverse("visit_sign", args=[visit.pk])
    assert client.post(sign).status_code == 409  # the children's set is not rated yet
    fill_one_set(visit.sheet, EducationLevel.EARLY_CHILDHOOD, by=supervisor, value="3")
    page = html(client, visit.get_absolute_url())
    assert page.count("มาตรฐานทดสอบ 1") >= 2
    scenarios.visits.sign_visit(visit, by=supervisor)
    scenarios.visits.acknowledge_visit(visit, by=school_director)
    results = login(group_director).get(reverse("decision", args=[both.pk])).context["results"]
    assert len(results) == 4
    assert sorted(str(result.score.mean) for result in results) == ["3.00", "3.00", "4.00", "4.00"]

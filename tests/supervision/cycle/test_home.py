"""What waits for each person, and what the home page says when nothing does."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import actions as reports
from schools.enums import Role
from schools.models import School
from supervision.criteria import actions as criteria
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import (
    AppointmentFactory,
    IndicatorSetFactory,
    RoundFactory,
    SchoolFactory,
    StepDeadlineFactory,
    UserFactory,
)
from tests.personas import user_with_role

HOME = "/todos/"


def page(client) -> str:
    response = client.get(HOME)
    assert response.status_code == 200
    return response.content.decode()


def titles(client) -> list[str]:
    return [item.title for item in client.get(HOME).context["home"].waiting]


def test_anonymous_is_sent_to_sign_in(client, db):
    response = client.get(HOME)
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.usefixtures("campaign")
def test_a_school_is_told_to_answer_its_survey(login, round_, academic_teacher):
    text = page(login(academic_teacher))
    assert "2 เรื่อง" in text
    assert "กรอกแบบสำรวจ ของเรา" in text
    assert reverse("needs", args=[round_.pk]) in text


def test_the_teacher_drafts_and_only_the_director_confirms(
    login, round_, academic_teacher, school_director
):
    scenarios.needs_submitted(round_, by=school_director)
    assert titles(login(academic_teacher)) == ["เริ่มประเมินตนเอง ของเรา"]
    assessment = scenarios.assessments.start_self_assessment(round_, by=academic_teacher)
    scenarios.fill_sheet(assessment.sheet, 4, by=academic_teacher)
    assert titles(login(school_director)) == ["ยืนยันผลการประเมินตนเอง ของเรา"]
    text = page(login(academic_teacher))
    assert "ไม่มีงานที่รอคุณ" in text
    assert "ขณะนี้อยู่ขั้นที่ 3 โรงเรียนประเมินตนเอง รอผู้อำนวยการโรงเรียน" in text


def test_a_returned_assessment_waits_for_its_correction_first(
    login, round_, academic_teacher, school_director, supervisor
):
    scenarios.needs_submitted(round_, by=school_director)
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director)
    following = scenarios.assessments.return_self_assessment(
        assessment, by=supervisor, reason="โปรดเพิ่มหลักฐาน"
    )
    assert titles(login(academic_teacher)) == ["แก้ไขตามที่ส่งกลับ ของเรา"]
    scenarios.fill_sheet(following.sheet, 4, by=academic_teacher)
    assert titles(login(academic_teacher)) == []
    assert titles(login(school_director)) == ["ยืนยันผลการประเมินตนเอง ของเรา"]


def test_a_visit_waits_for_the_supervisor_in_charge_alone(
    login, round_, supervisor, other_supervisor, group_director, school_director
):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    assert titles(login(supervisor)) == ["นัดหมายการนิเทศ ของเรา"]
    assert titles(login(other_supervisor)) == []
    assert titles(login(group_director)) == []


@pytest.fixture
def led_from_the_office(round_, supervisor, group_director, school_director):
    """The round's first visit, planned by the cluster's supervisor, led by the group's director."""
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    facts = {"visit_on": timezone.localdate(), "purpose": "นิเทศ", "leader": group_director}
    return visits.plan_visit(round_, by=supervisor, **facts)


def test_a_visit_waits_for_who_leads_it_alone(
    login, led_from_the_office, supervisor, group_director, school_director
):
    visit = led_from_the_office
    assert titles(login(group_director)) == ["ออกนิเทศ ของเรา"]
    assert titles(login(supervisor)) == []
    visits.start_visit_record(visit, by=group_director)
    scenarios.fill_sheet(visit.sheet, 4, by=group_director)
    assert titles(login(group_director)) == ["ลงนามบันทึกการนิเทศ ของเรา"]
    text = page(login(supervisor))
    assert "ลงนามบันทึกการนิเทศ" not in text
    assert "รอหัวหน้าคณะนิเทศ" in text
    visits.sign_visit(visit, by=group_director)
    assert titles(login(school_director)) == ["รับทราบผลการนิเทศ ของเรา"]


def test_a_visit_whose_leader_has_left_waits_for_the_supervisor_in_charge(
    login, led_from_the_office, supervisor, group_director
):
    group_director.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert titles(login(supervisor)) == ["ออกนิเทศ ของเรา"]


def test_a_visit_of_today_says_so(login, round_, supervisor, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    text = page(login(supervisor))
    assert "วันนี้" in text
    assert visit.get_absolute_url() in text


def test_the_most_urgent_comes_first(login, term, round_, cluster, school_director, supervisor):
    def ready(round_, by):
        scenarios.needs_submitted(round_, by=by)
        scenarios.self_assessment_confirmed(round_, by=by)

    second = RoundFactory(school=SchoolFactory(name="โรงเรียนที่สอง", cluster=cluster), term=term)
    ready(round_, school_director)
    ready(second, school_director)
    scenarios.visit_acknowledged(second, supervisor=supervisor, director=school_director)
    scenarios.round_decided(second, by=supervisor)
    today = timezone.localdate()
    StepDeadlineFactory(term=term, step=6, due_on=today + timedelta(days=40))
    StepDeadlineFactory(term=term, step=4, due_on=today + timedelta(days=30))
    later = [item.title for item in login(supervisor).get(HOME).context["home"].waiting]
    assert later == ["นัดหมายการนิเทศ ของเรา", "สรุปผลการนิเทศ ที่สอง"]


def test_overdue_comes_first_with_its_days(login, term, round_, school_director):
    scenarios.backdate_rounds(20)
    StepDeadlineFactory(term=term, step=1, due_on=timezone.localdate() - timedelta(days=3))
    assert "เกินกำหนด 3 วัน" in page(login(school_director))


def test_a_deadline_before_the_round_was_opened_does_not_bind_it(
    login, term, round_, school_director
):
    StepDeadlineFactory(term=term, step=1, due_on=timezone.localdate() - timedelta(days=3))
    assert "เกินกำหนด" not in page(login(school_director))


def test_the_group_director_decides_and_reports(
    login, round_, group_director, supervisor, school_director
):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    assert titles(login(group_director)) == ["พิจารณาผล ของเรา"]
    scenarios.round_decided(round_, by=group_director)
    scenarios.summary_agreed(round_, supervisor=supervisor, director=school_director)
    assert titles(login(group_director)) == ["เสนอรายงาน ของเรา"]


def test_the_area_director_signs_the_report(
    login, round_, area_director, group_director, supervisor, school_director
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    scenarios.report_prepared(round_, by=group_director)
    assert titles(login(area_director)) == ["ลงนามออกรายงาน ของเรา"]


def test_the_year_end_report_waits_through_the_todo_registry(
    login, round_, area_director, group_director, supervisor, school_director
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    reports.issue_report(scenarios.report_prepared(round_, by=group_director), by=area_director)
    year = round_.term.academic_year
    reports.prepare_year_report(year, number="9/2569", by=group_director)
    assert titles(login(area_director)) == [f"ลงนามออกรายงาน ระหว่างปีการศึกษา {year}"]


def test_sets_in_review_wait_for_the_committee(login, round_, committee_member, group_director):
    chosen = IndicatorSetFactory(draft=True)
    criteria.submit_indicator_set(chosen, by=group_director)
    assert titles(login(committee_member)) == [f"พิจารณา{chosen}"]


def test_my_schools_show_their_progress(login, round_, supervisor, school, other_school, cluster):
    waiting = SchoolFactory(name="โรงเรียนรอรอบ", cluster=cluster)
    RoundFactory(school=other_school, term=round_.term)
    rows = login(supervisor).get(HOME).context["home"].schools
    assert [(row.school, row.step_word) for row in rows] == [
        (school, "ขั้น 1"),
        (waiting, "ยังไม่เปิดรอบ"),
    ]


def test_a_second_round_is_marked(login, round_, supervisor, school_director, group_director):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="ปรับเครื่องมือ"
    )
    text = page(login(supervisor))
    assert "รอบที่ 2" in text
    assert titles(login(group_director)) == ["กำหนดชุดตัวชี้วัด ของเรา"]


@pytest.mark.parametrize("who", ["area_director", "committee_member", "clerk", "group_director"])
def test_people_without_a_school_see_the_area(request, login, round_, other_school, who):
    home = login(request.getfixturevalue(who)).get(HOME).context["home"]
    assert home.schools == []
    assert (home.area.schools, home.area.opened, home.area.finished) == (2, 1, 0)
    assert home.area.steps[0].schools == 1


def test_the_group_director_is_told_to_open_rounds(login, term, school, group_director):
    IndicatorSetFactory()
    text = page(login(group_director))
    assert f"เปิดรอบการนิเทศภาคเรียนที่ {term} ให้ 1 โรงเรียน" in text
    assert reverse("term_open", args=[term.pk]) in text


def test_schools_without_a_round_are_counted_beside_those_with_one(
    login, round_, other_school, group_director
):
    act = f"เปิดรอบการนิเทศภาคเรียนที่ {round_.term} ให้ 1 โรงเรียน"
    assert act in titles(login(group_director))
    School.objects.filter(pk=other_school.pk).update(closed_on=timezone.localdate())
    assert act not in titles(login(group_director))


@pytest.mark.parametrize(
    "who", ["supervisor", "school_director", "academic_teacher", "area_director", "clerk"]
)
def test_others_are_told_who_opens_rounds(request, login, term, school, who):
    assert "ยังไม่เปิดรอบการนิเทศ" in page(login(request.getfixturevalue(who)))


@pytest.mark.parametrize("who", ["group_director", "supervisor", "school_director"])
def test_without_a_term_the_page_says_so(request, login, school, who):
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in page(login(request.getfixturevalue(who)))


def test_without_an_appointment_in_force_the_page_says_whom_to_ask(login, round_):
    user = UserFactory()
    AppointmentFactory(user=user, role=Role.CLERK, ends_on=timezone.localdate() - timedelta(days=1))
    text = page(login(user))
    assert "ยังไม่มีตำแหน่งที่มีผลวันนี้" in text
    assert "โปรดติดต่อ" in text


def test_the_administrator_is_led_to_the_registry(login, round_, administrator):
    text = page(login(administrator))
    assert "ไม่มีงานที่รอคุณ" in text
    assert reverse("registry") in text


def test_without_a_term_the_administrator_adds_one(login, administrator):
    text = page(login(administrator))
    assert "โปรดเพิ่มภาคเรียน" in text
    assert reverse("registry") in text


def test_many_schools_at_one_act_are_one_line(login, term, cluster):
    director = user_with_role(Role.GROUP_DIRECTOR, "head")
    IndicatorSetFactory()
    for number in range(6):
        round_ = RoundFactory(
            school=SchoolFactory(name=f"โรงเรียนที่ {number}", cluster=cluster),
            term=term,
            bare=True,
        )
        scenarios.needs_submitted(round_, by=director)
    (item,) = login(director).get(HOME).context["home"].waiting
    assert item.title == "กำหนดชุดตัวชี้วัดให้ 6 รอบ"
    assert item.url == reverse("term_criteria", args=[term.pk])


# --- Many schools late with their self-assessment ---


@pytest.fixture
def six_late_schools(term, cluster):
    """Six schools whose self-assessment was due three days ago."""
    rounds = [RoundFactory(school=SchoolFactory(cluster=cluster), term=term) for _ in range(6)]
    scenarios.backdate_rounds(20)
    StepDeadlineFactory(term=term, due_on=timezone.localdate() - timedelta(days=3))
    return rounds


def test_who_leads_the_group_is_told_of_many_late_schools_in_one_line(
    login, six_late_schools, group_director
):
    client = login(group_director)
    [line] = [item for item in client.get(HOME).context["home"].waiting if "เตือน" in item.title]
    assert line.title == "เตือน 6 โรงเรียนที่ยังไม่ยืนยันผลการประเมินตนเอง"
    assert line.word == "เกินกำหนด 3 วัน"
    assert len(client.get(line.url).context["overview"].shown) == 6


def test_few_late_schools_are_left_to_their_supervisors(
    login, six_late_schools, group_director, supervisor, school_director
):
    scenarios.self_assessment_confirmed(six_late_schools[0], by=school_director)
    assert [title for title in titles(login(group_director)) if "เตือน" in title] == []


@pytest.mark.parametrize("who", ["supervisor", "area_director", "clerk"])
def test_others_are_not_told(request, login, six_late_schools, who):
    client = login(request.getfixturevalue(who))
    assert [title for title in titles(client) if "เตือน" in title] == []

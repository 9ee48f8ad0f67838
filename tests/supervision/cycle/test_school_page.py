"""The school page at every stage a step can show."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import AcademicYear
from supervision.rounds.actions import choose_round_criteria
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory, StepDeadlineFactory, TermFactory


def url(round_):
    return reverse("round", args=[round_.pk])


def task(client, round_, number):
    response = client.get(url(round_))
    assert response.status_code == 200
    return response.context["tasks"][number - 1]


def test_anonymous_is_sent_to_sign_in(client, round_):
    assert client.get(url(round_)).status_code == 302


@pytest.mark.parametrize("name", ["round", "round_history"])
def test_another_school_is_not_found(login, round_, outsider_director, name):
    assert login(outsider_director).get(reverse(name, args=[round_.pk])).status_code == 404


def test_another_schools_page_is_not_found(login, round_, school, outsider_director):
    assert login(outsider_director).get(reverse("school", args=[school.pk])).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "area_director", "committee_member", "other_supervisor"])
def test_the_area_reads_but_gets_no_button(request, login, round_, who):
    response = login(request.getfixturevalue(who)).get(url(round_))
    assert not any(task.action_url for task in response.context["tasks"])


# --- Step 1 ---


@pytest.mark.usefixtures("campaign")
def test_step_1_waits_for_the_school(login, round_, academic_teacher, clerk):
    first = task(login(academic_teacher), round_, 1)
    assert (first.kind, first.word, first.action_label) == ("mine", "รอคุณ", "กรอกแบบสำรวจ")
    seen = task(login(clerk), round_, 1)
    assert (seen.kind, seen.word) == ("wait", "รอผู้อื่น")
    assert seen.waits.startswith("รอครูวิชาการหรือผู้อำนวยการโรงเรียน ตั้งแต่")


def test_step_1_being_answered(login, round_, campaign, academic_teacher):
    scenarios.needs.start_needs_survey(round_.school, campaign, by=academic_teacher)
    assert task(login(academic_teacher), round_, 1).action_label == "กรอกแบบสำรวจต่อ"


def test_step_1_done(login, round_, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    first = task(login(school_director), round_, 1)
    assert (first.kind, first.waits, first.action_url) == ("done", "", "")
    assert first.detail.startswith("ส่งแบบสำรวจเมื่อ")


# --- Step 2 ---


def test_step_2_waits_for_the_group_director(login, school, term, school_director, group_director):
    round_ = RoundFactory(school=school, term=term, bare=True)
    assert task(login(group_director), round_, 3).kind == "idle"
    assert task(login(group_director), round_, 2).action_label == "กำหนดชุดตัวชี้วัด"
    assert "รอผู้อำนวยการกลุ่มนิเทศฯ" in task(login(school_director), round_, 2).waits
    choose_round_criteria(round_, [IndicatorSetFactory()], by=group_director)
    assert task(login(school_director), round_, 2).kind == "done"


# --- Step 3 ---


def test_step_3_from_start_to_confirmation(login, round_, academic_teacher, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    teacher = login(academic_teacher)
    assert task(teacher, round_, 3).action_label == "เริ่มประเมินตนเอง"
    assessment = scenarios.assessments.start_self_assessment(round_, by=academic_teacher)
    assert "กรอกแล้ว 0/4 ตัวชี้วัด" in task(teacher, round_, 3).detail
    assert task(teacher, round_, 3).action_label == "ประเมินต่อ"
    scenarios.fill_sheet(assessment.sheet, 4, by=academic_teacher)
    assert task(teacher, round_, 3).action_url == ""
    assert "รอผู้อำนวยการโรงเรียน" in task(teacher, round_, 3).waits
    assert task(login(school_director), round_, 3).action_label == "ยืนยันผลการประเมินตนเอง"


def test_step_3_returned(login, round_, academic_teacher, supervisor, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.assessments.return_self_assessment(assessment, by=supervisor, reason="โปรดแนบหลักฐาน")
    assert "ศึกษานิเทศก์ส่งกลับให้แก้ไข" in task(login(academic_teacher), round_, 3).detail


# --- Step 4 ---


def test_step_4_planned_ahead_of_its_turn(login, round_, supervisor):
    scenarios.visit_planned(round_, by=supervisor)
    ahead = task(login(supervisor), round_, 4)
    assert (ahead.kind, ahead.word, ahead.action_url) == ("wait", "นัดแล้ว", "")


def test_step_4_from_plan_to_acknowledgement(login, assessed, supervisor, school_director):
    client = login(supervisor)
    assert task(client, assessed, 4).action_label == "นัดหมายการนิเทศ"
    visit = scenarios.visit_planned(assessed, by=supervisor)
    assert task(client, assessed, 4).action_label == "ออกนิเทศ"
    scenarios.visits.start_visit_record(visit, by=supervisor)
    assert task(client, assessed, 4).action_label == "บันทึกการนิเทศต่อ"
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    assert task(client, assessed, 4).action_label == "ลงนามบันทึกการนิเทศ"
    assert "รอหัวหน้าคณะนิเทศ" in task(login(school_director), assessed, 4).waits


def test_step_4_signed_waits_for_the_director(login, assessed, supervisor, school_director):
    scenarios.visit_signed(assessed, by=supervisor)
    assert task(login(school_director), assessed, 4).action_label == "รับทราบผลการนิเทศ"
    assert "รอผู้อำนวยการโรงเรียน" in task(login(supervisor), assessed, 4).waits


def test_the_group_director_may_stand_in_but_is_not_waited_for(login, assessed, group_director):
    step = task(login(group_director), assessed, 4)
    assert (step.word, step.action_url) == ("รอผู้อื่น", "")
    assert step.url == reverse("visit_plan", args=[assessed.pk])


# --- Steps 5 to 7 ---


def test_step_5_waits_and_is_decided(login, acknowledged, group_director, clerk):
    assert task(login(group_director), acknowledged, 5).action_label == "พิจารณาผล"
    assert "รอผู้อำนวยการกลุ่มนิเทศฯ" in task(login(clerk), acknowledged, 5).waits
    scenarios.round_decided(acknowledged, by=group_director)
    done = task(login(clerk), acknowledged, 5)
    assert (done.kind, done.detail) == ("done", "บรรลุ · ก.ต.ป.น. ครั้งที่ 3/2569")


def test_step_6_from_summary_to_agreement(login, achieved, supervisor, school_director):
    client = login(supervisor)
    assert task(client, achieved, 6).action_label == "สรุปผลการนิเทศ"
    summary = scenarios.improvement.start_summary(achieved, by=supervisor)
    assert task(client, achieved, 6).action_label == "สรุปผลต่อ"
    scenarios.improvement.create_recommendation(
        summary,
        by=supervisor,
        text="จัดทำแผนนิเทศภายใน",
        assignee="school_director",
        due_on=timezone.localdate() + timedelta(days=9),
    )
    scenarios.improvement.propose_summary(summary, by=supervisor)
    proposed = task(login(school_director), achieved, 6)
    assert proposed.action_label == "เห็นชอบสรุปผล"
    assert "ข้อเสนอแนะ 1 ข้อ" in proposed.detail
    scenarios.improvement.agree_to_summary(summary, by=school_director)
    assert task(client, achieved, 6).kind == "done"


def test_step_7_prepared_and_issued(
    login, achieved, supervisor, school_director, group_director, area_director
):
    scenarios.summary_agreed(achieved, supervisor=supervisor, director=school_director)
    assert task(login(group_director), achieved, 7).action_label == "เสนอรายงาน"
    document = scenarios.report_prepared(achieved, by=group_director)
    assert task(login(area_director), achieved, 7).action_label == "ลงนามออกรายงาน"
    waits = task(login(school_director), achieved, 7).waits
    assert "รอผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา" in waits
    scenarios.reports.issue_report(document, by=area_director)
    response = login(school_director).get(url(achieved))
    assert response.context["progress"].current is None
    assert "เสร็จ 7 จาก 7 ขั้น" in response.content.decode()


@pytest.mark.usefixtures("campaign")
def test_an_overdue_step_says_by_how_long(login, round_, term, school_director):
    scenarios.backdate_rounds(20)
    StepDeadlineFactory(term=term, step=1, due_on=timezone.localdate() - timedelta(days=4))
    late = task(login(school_director), round_, 1)
    assert (late.kind, late.word, late.action_label) == ("late", "เกินกำหนด 4 วัน", "กรอกแบบสำรวจ")


# --- The second round ---


def test_a_second_round_says_why_and_links_back(login, acknowledged, second_round, school_director):
    text = login(school_director).get(url(second_round)).content.decode()
    assert "รอบที่ 1 ไม่บรรลุ" in text
    assert "ผลการนิเทศเป็นไปตามเกณฑ์ที่กำหนด" in text
    assert "ปรับเครื่องมือวัดผล" in text
    assert url(acknowledged) in text


def test_the_round_before_keeps_its_result_and_goes_no_further(
    login, acknowledged, second_round, school_director
):
    response = login(school_director).get(url(acknowledged))
    tasks = response.context["tasks"]
    assert tasks[4].detail.startswith("ไม่บรรลุ")
    assert [task.word for task in tasks[5:]] == ["ทำในรอบถัดไป"] * 2
    assert url(second_round) in response.content.decode()


def test_the_school_page_shows_the_latest_round(login, second_round, school, school_director):
    response = login(school_director).get(reverse("school", args=[school.pk]))
    assert response.context["round"] == second_round


def test_a_round_of_a_term_to_come_waits_its_time(login, round_, term, school, clerk):
    year = AcademicYear.objects.create(area=school.area, year=2570)
    coming = TermFactory(
        academic_year=year, number=1, opens_on=timezone.localdate() + timedelta(days=60)
    )
    RoundFactory(school=school, term=coming)
    response = login(clerk).get(reverse("school", args=[school.pk]))
    assert response.context["round"] == round_


def test_a_school_without_a_round_says_what_to_do(login, term, school, group_director, clerk):
    address = reverse("school", args=[school.pk])
    assert (
        reverse("term_open", args=[term.pk]) in login(group_director).get(address).content.decode()
    )
    text = login(clerk).get(address).content.decode()
    assert "ยังไม่มีรอบการนิเทศ" in text
    assert reverse("term_open", args=[term.pk]) not in text

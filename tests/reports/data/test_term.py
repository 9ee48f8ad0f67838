"""The term report says what the apps know, and only what is settled."""

import json
import uuid
from datetime import time

from django.utils import timezone

from reports.data.term import term_report
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.cycle.school_page import compare_standards
from supervision.practices import actions as practices
from supervision.practices.enums import DecisionResult
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from tests import scenarios
from tests.reports.conftest import document_text


def test_it_compares_the_school_with_the_supervisor(round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director, level=5)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=4)
    first = term_report(round_)["standards"][0]
    assert (first["own"]["n"], first["own"]["mean"], first["own"]["sd"]) == (2, "5.00", "0.00")
    assert (first["visit"]["mean"], first["visit"]["meaning"]) == ("4.00", "ดีเลิศ")
    assert (first["gap"], first["achieved"]) == ("−1.00", True)
    assert first["indicators"][0]["gap"] == -1


def test_it_can_be_frozen_as_json(agreed):
    figures = term_report(agreed)
    assert json.loads(json.dumps(figures)) == figures


def test_it_names_appointments_and_dates_not_people(agreed, supervisor, school_director):
    text = json.dumps(term_report(agreed), ensure_ascii=False)
    assert supervisor.full_name not in text
    assert school_director.full_name not in text
    assert len(term_report(agreed)["signatures"]) == 5


def test_drafts_are_nobodys_figures(round_, supervisor, school_director, group_director):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    scenarios.visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 2, by=supervisor, note="ยังไม่ลงนาม")
    figures = term_report(round_)
    assert figures["visit"] is None
    assert figures["overall"]["visit"]["mean"] is None
    assert figures["recommendations"] == []


def test_a_second_round_tells_of_the_first(round_, supervisor, school_director, group_director):
    scenarios.self_assessment_confirmed(round_, by=school_director, level=2)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    scenarios.round_decided(
        round_,
        by=group_director,
        result=DecisionResult.NOT_ACHIEVED,
        planned_changes="นิเทศชั้นเรียนทุกเดือน",
    )
    figures = term_report(Round.objects.get(previous=round_))
    [before] = figures["before"]
    assert (before["number"], before["result"]) == (1, "ไม่บรรลุ")
    assert before["planned_changes"] == "นิเทศชั้นเรียนทุกเดือน"
    assert figures["decision"] is None
    text = document_text(figures)
    for found in ("ครูจัดการเรียนรู้ที่เน้นการปฏิบัติ", "การวัดผลระหว่างเรียน", "ชุมชนแห่งการเรียนรู้"):
        assert found in text  # what the first visit found is not lost with its round
    del before["visit"]
    assert "นิเทศชั้นเรียนทุกเดือน" in document_text(figures)  # as papers frozen before knew it


def wish(visit, text, *, by):
    record_edits(visit.sheet, [SubmittedEdit(uuid.uuid4(), None, AnswerField.SUPPORT, text)], by=by)


def visited_again(round_, *, supervisor, director, support):
    today = timezone.localdate()
    visit = visits.plan_visit(
        round_,
        by=supervisor,
        visit_on=today,
        starts_at=time(13),
        purpose="ติดตาม",
        leader=supervisor,
    )
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    wish(visit, support, by=supervisor)
    visits.sign_visit(visit, by=supervisor)
    visits.acknowledge_visit(visit, by=director)


def test_every_visit_tells_what_it_found_and_what_help_was_asked_for(
    round_, supervisor, school_director
):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    visited_again(
        round_, supervisor=supervisor, director=school_director, support="สื่อซ่อมเสริมการอ่าน"
    )
    figures = term_report(round_)
    [first] = figures["earlier_visits"]
    assert (first["number"], first["improvement_points"]) == (1, "การวัดผลระหว่างเรียน")
    assert (figures["visit"]["number"], figures["visit"]["support"]) == (2, "สื่อซ่อมเสริมการอ่าน")
    text = document_text(figures)
    for words in ("การวัดผลระหว่างเรียน", "จัดกิจกรรมชุมชนแห่งการเรียนรู้ทางวิชาชีพ", "สื่อ"):
        assert words in text
    assert text.count("ลงนามบันทึกการนิเทศ") == 2


def test_a_later_visit_does_not_change_what_was_decided(
    round_, supervisor, school_director, group_director
):
    """Signed after the decision: shown as a visit of its own, its scores decide nothing."""
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=4)
    scenarios.round_decided(round_, by=group_director)
    later = visits.plan_visit(
        round_,
        by=supervisor,
        visit_on=timezone.localdate(),
        starts_at=time(13),
        purpose="ติดตามหลังการพิจารณา",
        leader=supervisor,
    )
    visits.start_visit_record(later, by=supervisor)
    scenarios.fill_sheet(later.sheet, 2, by=supervisor)
    wish(later, "สื่อ", by=supervisor)
    visits.sign_visit(later, by=supervisor)
    for _ in ("unread", "acknowledged"):
        figures = term_report(round_)
        assert figures["overall"]["visit"]["mean"] == "4.00"
        assert (figures["visit"]["number"], figures["earlier_visits"]) == (1, [])
        [shown] = figures["later_visits"]
        assert shown["purpose"] == "ติดตามหลังการพิจารณา"
        assert {str(row.now) for row in compare_standards(with_decision(round_), None)} == {"4.00"}
        if later.state == "signed":
            visits.acknowledge_visit(later, by=school_director)
    assert "การนิเทศหลังการพิจารณาผล" in document_text(figures)


def with_decision(round_):
    return Round.objects.select_related("decision").get(pk=round_.pk)


def test_a_new_version_stands_for_the_visit_it_puts_right(round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    visit = scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    amended = visits.revise_visit(visit, by=supervisor, reason="ระบุคลาดเคลื่อน")
    wish(amended, "วิทยากรด้านการวัดผล", by=supervisor)
    visits.sign_visit(amended, by=supervisor)
    visits.acknowledge_visit(amended, by=school_director)
    figures = term_report(round_)
    assert figures["earlier_visits"] == []
    assert figures["visit"]["support"] == "วิทยากรด้านการวัดผล"


def test_a_chosen_practice_is_told_in_all_its_parts(agreed, school_director, group_director):
    parts = {"background": "อ่านไม่คล่อง", "lessons": "เปลี่ยนคู่ทุกเดือน", "dissemination": "วง PLC"}
    practice = practices.nominate_practice(
        agreed, by=school_director, title="เพื่อนช่วยเพื่อน", process="จับคู่อ่าน", outcome="อ่านได้", **parts
    )
    practices.select_practice(practice, by=group_director)
    figures = term_report(agreed)
    text = document_text(figures)
    assert all(words in text for words in parts.values())
    assert "วัตถุประสงค์" not in text
    for part in ("background", "objectives", "success_factors", "lessons", "dissemination"):
        del figures["practices"][0][part]
    assert "จับคู่อ่าน" in document_text(figures)  # as papers frozen before knew it


def test_a_snapshot_frozen_before_visits_told_their_texts_still_renders(agreed):
    figures = term_report(agreed)
    del figures["earlier_visits"]
    del figures["later_visits"]
    for text in ("strengths", "improvement_points", "advice", "support"):
        del figures["visit"][text]
    text = document_text(figures)
    assert "นิเทศประจำภาคเรียน" in text
    assert "ความต้องการรับการสนับสนุน" not in text


def test_a_round_without_scores_says_so_instead_of_showing_empty_tables(round_):
    text = document_text(term_report(round_))
    for words in ("ยังไม่มีผลการประเมินตนเอง", "ยังไม่มีการยืนยันหรือลงนาม", "ไม่มีข้อเสนอแนะ"):
        assert words in text
    for caption in ("ผลการประเมินรายมาตรฐาน", "ผลรายตัวชี้วัด", "ผู้รับผิดชอบในแต่ละขั้น"):
        assert caption not in text

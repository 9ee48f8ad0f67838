"""The year-end report brings all schools together at a constant price."""

import json
import uuid
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports.composer.enums import PartKey
from reports.composer.sources import text_sources
from reports.data.ledger_counts import count_ledger
from reports.data.year import year_report
from schools.models import AcademicYear
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.needs.models import NeedsCampaign, NeedsItem
from supervision.practices import actions as practices
from supervision.practices.enums import AwardLevel, DecisionResult
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import AcademicYearFactory, RoundFactory, TermFactory
from tests.reports.conftest import document_text, printed_text


def executive_text(report) -> str:
    """The system's draft of the summary for directors, with its numbers."""
    sources = text_sources(report)
    return printed_text(sources.drafts[PartKey.EXECUTIVE], sources.values)


def queries_of(year) -> int:
    with CaptureQueriesContext(connection) as found:
        year_report(AcademicYear.objects.get(pk=year.pk))
    return len(found)


def test_queries_do_not_grow_with_schools(agreed, more_schools):
    year = agreed.term.academic_year
    more_schools(4)
    few = queries_of(year)
    more_schools(3, 4, 5, 2)
    assert queries_of(year) == few


def test_the_area_mean_is_the_mean_of_schools(agreed, more_schools):
    more_schools(2, 5)
    [term] = year_report(agreed.term.academic_year)["terms"]
    first = term["standards"][0]
    assert (first["visit"]["n"], first["visit"]["mean"]) == (3, "3.67")
    assert first["visit"]["sd"] == "1.53"
    assert (first["achieved"], first["judged"]) == (2, 3)
    assert (term["opened"], term["visited"], term["achieved"]) == (3, 3, 3)
    assert term["clusters"][0]["visit"]["mean"] == "3.67"


def test_needs_are_ranked_with_the_index(agreed, more_schools):
    """Everybody answers problem 4 and need 5: D = 6 - 4 = 2, PNI = (5 - 2) / 2."""
    more_schools(3)
    NeedsItem.objects.filter(survey__school=agreed.school).update(problem_level=5)
    [needs] = year_report(agreed.term.academic_year)["needs"]
    assert (needs["period"], needs["schools"]) == (f"ภาคเรียนที่ {agreed.term}", 2)
    [area] = needs["areas"]
    # D = 6 - 4.5 = 1.5, I = 5; 3.5 / 1.5 = 2.333…
    assert (area["rank"], area["n"], area["index"]) == (1, 2, "2.33")
    assert (area["problem"], area["problem_sd"]) == ("4.50", "0.71")
    assert (area["need"], area["need_sd"]) == ("5.00", "0.00")


def test_a_year_long_survey_stands_once_in_the_report(agreed):
    """It covers both terms; its figures are not counted twice."""
    NeedsCampaign.objects.update(term=None)
    first = TermFactory(
        number=1, opens_on=agreed.term.opens_on.replace(year=agreed.term.opens_on.year - 1)
    )
    RoundFactory(school=agreed.school, term=first)
    [needs] = year_report(agreed.term.academic_year)["needs"]
    assert (needs["period"], needs["schools"]) == ("ปีการศึกษา 2569", 1)
    assert needs["areas"][0]["n"] == 1


def test_every_school_has_a_line_and_the_steps_are_counted(agreed, more_schools, other_school):
    more_schools(3)
    report = year_report(agreed.term.academic_year)
    results = {school["school"]: school["terms"][0]["result"] for school in report["schools"]}
    assert results[agreed.school.name] == "บรรลุ"
    assert results[other_school.name] == "ยังไม่เปิดรอบ"
    assert [step["done"] for step in report["terms"][0]["progress"]] == [2, 2, 2, 2, 2, 2, 0]
    assert report["terms"][0]["schools"] == 3


def test_terms_of_the_year_are_compared(agreed, more_schools):
    year = agreed.term.academic_year
    assert year_report(year)["comparison"] == []
    first = TermFactory(
        number=1, opens_on=agreed.term.opens_on.replace(year=agreed.term.opens_on.year - 1)
    )
    supervisor = agreed.visits.get().leader
    director = agreed.self_assessments.get().confirmed_by
    earlier = RoundFactory(
        school=agreed.school, term=first, indicator_sets=agreed.indicator_sets.all()
    )
    scenarios.self_assessment_confirmed(earlier, by=director, level=3)
    scenarios.visit_acknowledged(earlier, supervisor=supervisor, director=director, level=3)
    report = year_report(year)
    assert report["compared"] == ["1/2569", "2/2569"]
    assert report["comparison"][0]["means"] == ["3.00", "4.00"]
    assert report["comparison"][0]["change"] == "+1.00"


def test_schools_are_counted_by_the_band_of_their_mean(agreed, more_schools):
    more_schools(4, 2)
    [term] = year_report(agreed.term.academic_year)["terms"]
    first = term["standards"][0]
    found = {level["label"]: level["schools"] for level in first["levels"] if level["schools"]}
    assert found == {"ปานกลาง": 1, "ดีเลิศ": 2}
    assert (first["low"], first["top"]) == (1, 5)


def test_the_trend_goes_back_over_earlier_years(agreed, supervisor, school_director):
    year = agreed.term.academic_year
    assert year_report(year)["trends"] == []
    before = TermFactory(
        academic_year=AcademicYearFactory(area=year.area, year=year.year - 1),
        number=2,
        opens_on=agreed.term.opens_on - timedelta(days=365),
    )
    earlier = RoundFactory(
        school=agreed.school, term=before, indicator_sets=agreed.indicator_sets.all()
    )
    scenarios.self_assessment_confirmed(earlier, by=school_director, level=3)
    scenarios.visit_acknowledged(earlier, supervisor=supervisor, director=school_director, level=3)
    report = year_report(year)
    overall = report["trends"][0]
    assert overall["terms"] == [str(before), str(agreed.term)]
    assert [line["means"] for line in overall["lines"]] == [["3.00", "4.00"], ["3.00", "4.00"]]
    assert "ค่าเฉลี่ยจากการนิเทศรายภาคเรียน ทุกมาตรฐานรวมกัน" in document_text(report)


def test_one_cluster_is_told_in_a_sentence(agreed, more_schools):
    more_schools(3)
    text = document_text(year_report(agreed.term.academic_year))
    assert "อยู่ในกลุ่มโรงเรียนเดียว" in text
    assert "ผลการนิเทศภาพรวมจำแนกตามกลุ่มโรงเรียน" not in text


def test_the_ledger_is_counted_before_it_is_listed(agreed):
    report = year_report(agreed.term.academic_year)
    text = document_text(report)
    assert "จำนวนข้อเสนอแนะจำแนกตามผู้รับผิดชอบและสถานะ" in text
    assert count_ledger(report["recommendations"]).total.total == len(report["recommendations"])


def test_samples_flag_the_whole_report_and_it_freezes_as_json(agreed, more_schools):
    year = agreed.term.academic_year
    assert not year_report(year)["is_sample"]
    more_schools(3)
    report = year_report(year)
    assert report["is_sample"]
    assert json.loads(json.dumps(report)) == report


def test_a_year_without_rounds_says_so(term):
    report = year_report(term.academic_year)
    assert executive_text(report) == f"ปีการศึกษา {report['year']} ยังไม่มีรอบการนิเทศ"


def test_a_cluster_is_counted_as_the_area_is(round_, supervisor, school_director, group_director):
    scenarios.self_assessment_confirmed(round_, by=school_director, level=2)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    scenarios.round_decided(
        round_,
        by=group_director,
        result=DecisionResult.NOT_ACHIEVED,
        planned_changes="นิเทศชั้นเรียนทุกเดือน",
    )
    report = year_report(round_.term.academic_year)
    [term] = report["terms"]
    assert (term["assessed"], term["visited"], term["repeated"]) == (1, 1, 1)
    assert "1 โรงเรียนที่ไม่บรรลุในรอบก่อน" in executive_text(report)
    assert "จัดกิจกรรมชุมชนแห่งการเรียนรู้ทางวิชาชีพ" in document_text(report)
    for counts in (term, *term["clusters"]):
        assert (counts["achieved"], counts["not_achieved"]) == (0, 0)


def test_the_support_that_schools_ask_for_is_told_in_one_place(round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    wish = SubmittedEdit(uuid.uuid4(), None, AnswerField.SUPPORT, "หนังสือสำหรับห้องสมุด")
    record_edits(visit.sheet, [wish], by=supervisor)
    assert year_report(round_.term.academic_year)["support"] == []
    visits.sign_visit(visit, by=supervisor)
    report = year_report(round_.term.academic_year)
    term = str(round_.term)
    assert report["support"] == [
        {"school": round_.school.name, "term": term, "text": "หนังสือสำหรับห้องสมุด"}
    ]
    assert "หนังสือสำหรับห้องสมุด" in document_text(report)


def test_a_year_report_frozen_before_support_was_reported_omits_it(agreed):
    report = year_report(agreed.term.academic_year)
    assert "ไม่มีโรงเรียนใดแจ้ง" in document_text(report)
    del report["support"]
    assert "แจ้งความต้องการ" not in document_text(report)


def test_practices_stand_by_level_widest_first(agreed, supervisor, group_director):
    for level in (AwardLevel.SCHOOL, AwardLevel.AREA):
        practice = practices.nominate_practice(
            agreed, by=supervisor, title=level.label, process="ข", outcome="ค"
        )
        practices.select_practice(practice, by=group_director, level=level)
    levels = [row["level"] for row in year_report(agreed.term.academic_year)["practices"]]
    assert levels == ["ระดับเขตพื้นที่การศึกษา", "ระดับโรงเรียน"]


def test_a_term_without_any_round_is_said_in_words(term):
    text = document_text(year_report(term.academic_year))
    for words in ("ยังไม่มีบันทึกการนิเทศที่", "ยังไม่เปิดรอบการนิเทศ"):
        assert words in text

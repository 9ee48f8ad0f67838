"""The decision on a round, opened as a person's reader opens it."""

import pytest
from django.urls import reverse

from schools.enums import EducationLevel
from supervision.practices import actions as practices
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.rounds.actions import choose_round_criteria
from tests import scenarios
from tests.factories import IndicatorSetFactory, MeetingFactory
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import text_of, texts_of

pytestmark = pytest.mark.db_agnostic


def paper_url(round_) -> str:
    return reverse("decision_paper", args=[round_.pk])


@pytest.fixture
def visited(round_, supervisor, school_director):
    """A round whose visit found level 2 throughout, below the target of 3."""
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    return round_


def test_a_decision_is_printed_with_the_figures_it_rests_on(
    login, school_director, group_director, round_, supervisor
):
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    decision = scenarios.round_decided(round_, by=group_director)
    text = text_of(login(school_director).get(paper_url(round_)))
    found = (
        *(round_.school.name, "ผลการพิจารณา: บรรลุ", decision.reason, "“บรรลุ” ตามเกณฑ์"),
        *("ก.ต.ป.น. ครั้งที่ ๓/๒๕๖๙", "การนิเทศครั้งที่ ๑", "๔.๐๐", "+๑.๐๐", "ถึงเกณฑ์"),
        *(f"({group_director})", decision.decided_as, "บันทึกในระบบ", "ประธานที่ประชุม"),
    )
    for words in found:
        assert normalized(words) in text
    assert normalized("รอบก่อนของภาคเรียนนี้") not in text


def test_a_decision_against_the_proposal_says_why(login, group_director, visited):
    scenarios.round_decided(visited, by=group_director)
    text = text_of(login(group_director).get(paper_url(visited)))
    found = (
        *("“ไม่บรรลุ” ตามเกณฑ์ของชุดตัวชี้วัด เพราะต่ำกว่าเป้าหมาย ๒ มาตรฐาน", "−๑.๐๐"),
        *("ที่ประชุมเห็นหลักฐานเพิ่มเติม", "ต่ำกว่าเกณฑ์", "แต่ต่ำกว่าเกณฑ์ได้"),
    )
    for words in found:
        assert normalized(words) in text


def test_a_reason_longer_than_a_page_begins_on_the_first(login, group_director, visited):
    decision = scenarios.round_decided(visited, by=group_director)
    Decision.objects.filter(pk=decision.pk).update(reason="ที่ประชุมพิจารณาแล้ว " * 180)
    first, *_ = texts_of(login(group_director).get(paper_url(visited)))
    assert first.count(normalized("ที่ประชุมพิจารณาแล้ว")) > 20


def test_a_second_round_names_the_one_before(
    login, supervisor, school_director, group_director, visited
):
    scenarios.round_decided(
        visited,
        by=group_director,
        result=DecisionResult.NOT_ACHIEVED,
        planned_changes="เพิ่มการสังเกตชั้นเรียน",
    )
    first = text_of(login(group_director).get(paper_url(visited)))
    assert normalized("สิ่งที่จะปรับในรอบที่ ๒ เพิ่มการสังเกตชั้นเรียน") in first
    second = visited.next_round
    choose_round_criteria(second, list(visited.indicator_sets.all()), by=group_director)
    scenarios.visit_acknowledged(second, supervisor=supervisor, director=school_director)
    scenarios.round_decided(second, by=group_director)
    text = text_of(login(group_director).get(paper_url(second)))
    for words in ("รอบก่อนของภาคเรียนนี้", "รอบที่ ๑: ไม่บรรลุ", "เพิ่มการสังเกตชั้นเรียน", "รอบที่ ๒"):
        assert normalized(words) in text


def test_each_indicators_own_threshold_is_counted(
    login, supervisor, school_director, group_director, round_
):
    standard = round_.indicator_sets.get().standards.first()
    for threshold, indicator in zip((3, 5), standard.indicators.all(), strict=True):
        indicator.achieved_from = threshold
        indicator.save()
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    text = text_of(login(group_director).get(paper_url(round_)))
    assert normalized("ถึงเกณฑ์ของข้อ ๑ จาก ๒ ข้อ ยังไม่ถึง: ๑.๒") in text


def test_without_targets_the_system_proposed_nothing(
    login, supervisor, school_director, group_director, round_
):
    round_.indicator_sets.get().standards.update(target=None)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    text = text_of(login(group_director).get(paper_url(round_)))
    for words in ("ไม่มี เพราะชุดตัวชี้วัดไม่มีเกณฑ์รายมาตรฐาน", "ไม่มีเกณฑ์"):
        assert normalized(words) in text


def test_a_corrected_meeting_says_so(login, group_director, visited):
    decision = scenarios.round_decided(visited, by=group_director)
    practices.correct_decision_meeting(
        decision,
        by=group_director,
        meeting=MeetingFactory(number=4),
        reason="พิมพ์ครั้งที่ผิด",
    )
    text = text_of(login(group_director).get(paper_url(visited)))
    for words in ("ก.ต.ป.น. ครั้งที่ ๔/๒๕๖๙", "แก้ไขการประชุมที่พิจารณา", "พิมพ์ครั้งที่ผิด", "เดิม: ครั้งที่ ๓/๒๕๖๙"):
        assert normalized(words) in text


def test_there_is_no_paper_before_the_decision_and_none_for_strangers(
    login, supervisor, outsider_director, group_director, visited
):
    page = reverse("decision", args=[visited.pk])
    assert login(supervisor).get(paper_url(visited)).status_code == 404
    assert paper_url(visited) not in login(supervisor).get(page).content.decode()
    scenarios.round_decided(visited, by=group_director)
    assert paper_url(visited) in login(supervisor).get(page).content.decode()
    assert login(outsider_director).get(paper_url(visited)).status_code == 404


def test_its_queries_do_not_grow_with_the_standards(
    login, group_director, visited, django_assert_num_queries, django_assert_max_num_queries
):
    scenarios.round_decided(visited, by=group_director)
    client, url = login(group_director), paper_url(visited)
    client.get(url)
    with django_assert_max_num_queries(30) as captured:
        client.get(url)
    visited.indicator_sets.add(IndicatorSetFactory(level=EducationLevel.EARLY_CHILDHOOD))
    with django_assert_num_queries(len(captured)):
        client.get(url)

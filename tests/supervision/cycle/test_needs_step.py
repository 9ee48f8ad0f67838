"""Step 1 where the unit asks schools to confirm their data: it needs the survey and the data."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.access import rights_of
from supervision.cycle.progress import progress_of_rounds
from supervision.cycle.step_facts import with_step_facts
from supervision.profiles.confirmation.actions import prepare_confirmation
from supervision.rounds.models import Round
from tests import scenarios

SENT, CONFIRMED = "ส่งแบบสำรวจเมื่อ 18 พ.ย. 2569", "ยืนยันข้อมูลเมื่อ 18 พ.ย. 2569"


@pytest.fixture
def asked(term, group_director):
    return scenarios.data_asked_for(term, by=group_director)


def first_step(user):
    rounds = with_step_facts(Round.objects.all())
    today = timezone.localdate()
    [progress] = progress_of_rounds(rounds, rights_of(user), today, user=user)
    return progress.steps[0]


def test_a_term_that_asks_for_no_data_is_done_with_the_survey(round_, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    step = first_step(school_director)
    assert (step.facts.done, step.facts.detail) == (True, SENT)


def test_the_survey_comes_first_and_both_are_named(round_, asked, campaign, school_director):
    step = first_step(school_director)
    assert step.action_url == reverse("needs", args=[round_.pk])
    assert step.facts.word == "รอแบบสำรวจ"
    assert step.facts.detail == ("โรงเรียนยังไม่ส่งแบบสำรวจสภาพปัญหาและความต้องการ · โรงเรียนยังไม่ยืนยันข้อมูล")


def test_the_data_wait_once_the_survey_is_sent(
    round_, school, asked, school_director, academic_teacher
):
    scenarios.needs_submitted(round_, by=school_director)
    step = first_step(academic_teacher)
    assert (step.facts.done, step.is_mine, step.facts.word) == (False, True, "รอยืนยันข้อมูล")
    assert step.facts.detail == f"{SENT} · โรงเรียนยังไม่ยืนยันข้อมูล"
    assert step.action_url == reverse("data_confirmation", args=[school.pk])
    prepare_confirmation(school, asked, by=academic_teacher)
    assert not first_step(academic_teacher).is_mine
    director = first_step(school_director)
    assert (director.is_mine, director.action_label) == (True, "ยืนยันข้อมูล")


def test_both_make_it_done_in_either_order(round_, school, asked, school_director):
    scenarios.needs_campaign_for(round_)
    scenarios.data_confirmed(school, asked, by=school_director)
    assert first_step(school_director).facts.word == "รอแบบสำรวจ"
    scenarios.needs_submitted(round_, by=school_director)
    step = first_step(school_director)
    assert (step.facts.done, step.facts.detail) == (True, f"{SENT} · {CONFIRMED}")


def test_a_survey_sent_back_waits_again_and_is_not_late_by_the_second_time(
    round_, school, asked, school_director, supervisor
):
    survey = scenarios.needs_submitted(round_, by=school_director)
    scenarios.data_confirmed(school, asked, by=school_director)
    scenarios.needs.return_needs_survey_for_correction(survey, by=supervisor, reason="ยังไม่ครบ")
    step = first_step(school_director)
    assert (step.facts.done, step.facts.word) == (False, "ส่งกลับแก้ไข")
    assert step.facts.handed_in_at


def test_it_is_due_by_the_day_of_what_is_missing(
    round_, school, term, group_director, school_director
):
    today = timezone.localdate()
    days = {"opens_on": today - timedelta(days=20), "closes_on": today - timedelta(days=2)}
    asked = scenarios.data_asked_for(term, by=group_director, **days)
    scenarios.backdate_rounds(30)
    scenarios.needs_submitted(round_, by=school_director)
    step = first_step(school_director)
    assert (step.due_on, step.overdue) == (days["closes_on"], 2)
    scenarios.data_confirmed(school, asked, by=school_director)
    step = first_step(school_director)
    assert (step.facts.done, step.days_late) == (True, 2)


def test_before_its_first_day_nobody_is_asked(round_, term, group_director, school_director):
    tomorrow = timezone.localdate() + timedelta(days=1)
    scenarios.data_asked_for(term, by=group_director, opens_on=tomorrow)
    scenarios.needs_submitted(round_, by=school_director)
    step = first_step(school_director)
    assert (step.is_mine, step.facts.word) == (False, "เปิด 19 พ.ย. 2569")


def test_the_confirmation_costs_no_query(
    round_, school, asked, school_director, django_assert_num_queries
):
    first_step(school_director)
    rounds, today = with_step_facts(Round.objects.all()), timezone.localdate()
    rights = rights_of(school_director)
    scenarios.data_confirmed(school, asked, by=school_director)
    with django_assert_num_queries(6):
        progress_of_rounds(rounds, rights, today, user=school_director)

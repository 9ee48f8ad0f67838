"""Where a summary's words and its advice come from: every visit of the term, none is lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.improvement import actions
from supervision.improvement.models import Recommendation
from supervision.rounds.actions import choose_round_criteria
from supervision.rounds.models import Round
from tests import scenarios
from tests.factories import RoundFactory


@pytest.fixture
def second_round(round_, supervisor, school_director, group_director):
    """The term's second round, achieved after a first that was not; each was visited once."""
    people = {"supervisor": supervisor, "director": school_director}
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, strengths="ครูตั้งใจ", **people)
    scenarios.round_decided(round_, by=group_director, result="not_achieved", planned_changes="ปรับ")
    again = Round.objects.get(previous=round_)
    choose_round_criteria(again, round_.indicator_sets.all(), by=group_director)
    scenarios.self_assessment_confirmed(again, by=school_director)
    scenarios.visit_acknowledged(again, strengths="นักเรียนอ่านคล่อง", **people)
    scenarios.round_decided(again, by=group_director)
    return again


def test_it_begins_with_the_words_of_every_visit(second_round, supervisor):
    summary = actions.start_summary(second_round, by=supervisor)
    assert summary.strengths == (
        "รอบที่ 1 การนิเทศครั้งที่ 1: ครูตั้งใจ\nรอบที่ 2 การนิเทศครั้งที่ 1: นักเรียนอ่านคล่อง"
    )


def test_of_a_single_visit_its_words_alone(achieved, supervisor):
    summary = actions.start_summary(achieved, by=supervisor)
    assert summary.strengths == "ครูจัดการเรียนรู้ที่เน้นการปฏิบัติ"


def test_advice_names_the_visit_it_was_given_at(login, second_round, supervisor):
    first = second_round.previous.visits.get()
    summary = actions.start_summary(second_round, by=supervisor)
    url = reverse("recommendation_add", args=[summary.pk])
    client = login(supervisor)
    form = client.get(url).context["form"]
    assert [visit.round.number for visit in form.fields["visit"].queryset] == [1, 2]
    assert form["visit"].value() == second_round.visits.get().pk
    client.post(url, advice(visit=first.pk))
    assert Recommendation.objects.get().visit == first


def test_advice_of_another_schools_visit_is_not_taken(
    login, second_round, supervisor, other_school, term
):
    other_round = RoundFactory(school=other_school, term=term)
    strange = scenarios.visit_planned(other_round, by=supervisor)
    summary = actions.start_summary(second_round, by=supervisor)
    url = reverse("recommendation_add", args=[summary.pk])
    page = login(supervisor).post(url, advice(visit=strange.pk)).content.decode()
    assert "โปรดเลือกการนิเทศที่ให้ข้อเสนอแนะจากรายการ" in page
    assert not Recommendation.objects.exists()


def test_a_due_date_far_ahead_is_a_mistyped_year(login, second_round, supervisor):
    summary = actions.start_summary(second_round, by=supervisor)
    far = timezone.localdate() + timedelta(days=3 * 366)
    url = reverse("recommendation_add", args=[summary.pk])
    page = login(supervisor).post(url, advice(due_on=numeric_date(far))).content.decode()
    assert "โปรดตรวจสอบปี พ.ศ." in page
    assert not Recommendation.objects.exists()


def advice(**changes):
    due_on = numeric_date(timezone.localdate() + timedelta(days=30))
    return {"text": "ซ่อมเสริม", "assignee": "school_director", "due_on": due_on} | changes


def test_history_says_who_wrote_the_words_and_only_when_they_changed(login, achieved, supervisor):
    summary = actions.start_summary(achieved, by=supervisor)
    url, client = summary.get_absolute_url(), login(supervisor)
    words = {"strengths": "ใหม่", "improvement_points": "ใหม่", "guidelines": "ใหม่"}
    for _ in range(2):
        form = client.get(url).context["form"]
        client.post(url, words | {"version": form["version"].value()})
    assert client.get(url).content.decode().count("แก้ไขข้อความสรุป") == 1

"""The climate survey: what it asks, and that nobody finds out what one school said."""

import json
import logging
from datetime import timedelta
from itertools import chain

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from schools.admin_site import office_admin
from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date
from schools.models import School, UnsavedPost
from supervision.quality_drive.cooperation import climate_actions
from supervision.quality_drive.cooperation.climate_figures import (
    HIGHEST_MEAN,
    LOWEST_MEAN,
    climate_result,
    mean_and_share_words,
)
from supervision.quality_drive.models import ClimateCount, ClimateSurvey, ClimateTurn
from supervision.quality_drive.step_facts import load_area_facts, load_school_facts
from supervision.workflow.models import Transition
from tests.cooperation_scenarios import (
    climate_answered,
    climate_survey_drafted,
    climate_survey_opened,
)
from tests.drive_scenarios import drive_at_work
from tests.factories import SchoolFactory
from tests.form_data import page_form_data

OTHER_SCHOOLS = 12


@pytest.fixture
def drive(term, group_director):
    return drive_at_work(term, [], by=group_director)


@pytest.fixture
def others(db):
    return SchoolFactory.create_batch(OTHER_SCHOOLS)


@pytest.fixture
def survey(drive, group_director, school, others):
    return climate_survey_opened(drive, by=group_director)


def answer_url(survey, school):
    return reverse("climate_answer", args=[survey.pk, school.pk])


def chosen(*levels):
    return {f"statement-{number}": level for number, level in enumerate(levels, start=1)}


def counts(survey):
    rows = ClimateCount.objects.filter(statement__survey=survey, answers__gt=0)
    return {(row.statement.position, row.level): row.answers for row in rows}


# --- Drafting, opening, closing ---


def test_a_survey_is_drafted_with_samples_opened_and_closed(
    login, group_director, school_director, drive, school, others
):
    client = login(group_director)
    add = reverse("climate_survey_add", args=[drive.academic_year.year])
    last = numeric_date(timezone.localdate() + timedelta(days=7))
    sent = page_form_data(client, add, closes_on=last)
    client.post(add, sent)
    assert "อยู่แล้ว โปรดแก้ไขร่างนั้น" in client.post(add, sent).content.decode()
    survey = ClimateSurvey.objects.get()
    assert survey.is_sample
    assert survey.statements.count() == len(climate_actions.SAMPLE_STATEMENTS)
    assert login(school_director).get(survey.get_absolute_url()).status_code == 404
    edit = reverse("climate_survey_edit", args=[survey.pk])
    own = {f"statement_{number}": f"ข้อ {number}" for number in range(1, 7)}
    client.post(edit, page_form_data(client, edit, **own))
    survey.refresh_from_db()
    assert (survey.is_sample, survey.statements.count()) == (False, 6)
    client.post(reverse("climate_survey_open", args=[survey.pk]))
    assert ClimateTurn.objects.filter(survey=survey).count() == OTHER_SCHOOLS + 1
    assert client.get(edit).status_code == 409
    assert "ตอบแบบสำรวจ" in login(school_director).get(survey.get_absolute_url()).content.decode()
    client.post(reverse("climate_survey_close", args=[survey.pk]))
    assert client.get(reverse("climate_survey_open", args=[survey.pk])).status_code == 409
    assert login(school_director).get(answer_url(survey, school)).status_code == 409


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"statement_2": ""}, "โปรดกรอกข้อความที่ 2"),
        ({"closes_on": "1/1/2569"}, "วันสุดท้ายผ่านไปแล้ว"),
        ({"closes_on": "1/1/2027"}, "พ.ศ."),
        ({"title": ""}, "โปรดกรอกชื่อแบบสำรวจ"),
    ],
)
def test_a_draft_says_what_is_wrong(login, group_director, drive, typed, message):
    client = login(group_director)
    add = reverse("climate_survey_add", args=[drive.academic_year.year])
    last = numeric_date(timezone.localdate() + timedelta(days=7))
    page = client.post(add, page_form_data(client, add, **{"closes_on": last} | typed))
    assert message in page.content.decode()
    assert not ClimateSurvey.objects.exists()


def test_nobody_overwrites_a_draft_they_have_not_seen(login, group_director, drive):
    survey = climate_survey_drafted(drive, by=group_director)
    client, edit = login(group_director), reverse("climate_survey_edit", args=[survey.pk])
    before = page_form_data(client, edit, statement_1="ของฉัน")
    client.post(edit, page_form_data(client, edit, statement_1="ของเขา"))
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของเขา”" in client.post(edit, before).content.decode()


def test_too_few_schools_are_not_asked(drive, group_director, school):
    survey = climate_survey_drafted(drive, by=group_director)
    with pytest.raises(ActionRefused, match="ไม่ถึง 5 แห่ง"):
        climate_actions.open_climate_survey(survey, by=group_director)


def test_schools_that_closed_are_not_asked(drive, group_director, school, others):
    closed = SchoolFactory(closed_on=timezone.localdate())
    survey = climate_survey_opened(drive, by=group_director)
    assert not survey.turns.filter(school=closed).exists()


# --- Answering ---


def test_a_school_answers_once(login, school_director, academic_teacher, survey, school):
    url = answer_url(survey, school)
    client = login(school_director)
    page = client.get(url).content.decode()
    assert "checked" not in page
    assert "data-draft" not in page
    page = client.post(url, chosen(5, 4, 1), follow=True).content.decode()
    assert "ขอบคุณ" in page
    assert counts(survey) == {(1, 5): 1, (2, 4): 1, (3, 1): 1}
    second = login(academic_teacher).post(url, chosen(1, 1, 1))
    assert second.status_code == 409
    assert "ตอบได้ครั้งเดียว" in second.content.decode()
    assert counts(survey) == {(1, 5): 1, (2, 4): 1, (3, 1): 1}


@pytest.mark.parametrize("wrong", [{"statement-2": ""}, {"statement-2": "6"}, {"statement-2": "x"}])
def test_an_answer_says_what_is_wrong_and_counts_nothing(
    login, school_director, survey, school, wrong
):
    page = login(school_director).post(answer_url(survey, school), chosen(5, 4, 3) | wrong)
    assert "โปรดเลือกระดับ 1 ถึง 5 ของข้อ 2" in page.content.decode()
    assert counts(survey) == {}
    assert not ClimateTurn.objects.filter(is_taken=True).exists()


def test_only_the_schools_own_people_answer(
    login, supervisor, group_director, outsider_director, survey, school
):
    for user, status in ((supervisor, 403), (group_director, 403), (outsider_director, 404)):
        assert login(user).post(answer_url(survey, school), chosen(1, 1, 1)).status_code == status
    assert counts(survey) == {}


def test_the_last_day_ends_it_without_anybody(login, school_director, survey, school):
    ClimateSurvey.objects.update(
        opens_on=timezone.localdate() - timedelta(days=9),
        closes_on=timezone.localdate() - timedelta(days=1),
    )
    refused = login(school_director).post(answer_url(survey, school), chosen(1, 1, 1))
    assert refused.status_code == 409
    assert counts(survey) == {}


def test_after_the_last_day_it_waits_for_no_school(login, drive, school_director, survey, school):
    client = login(school_director)
    assert survey.title in client.get(reverse("home")).content.decode()
    assert load_area_facts(drive).closed_surveys == 0
    ClimateSurvey.objects.update(
        opens_on=timezone.localdate() - timedelta(days=9),
        closes_on=timezone.localdate() - timedelta(days=1),
    )
    assert survey.title not in client.get(reverse("home")).content.decode()
    (facts,) = load_school_facts(drive, School.objects.filter(pk=school.pk))
    assert not facts.survey_waits
    assert load_area_facts(drive).closed_surveys == 1


# --- Anonymity ---


def everything():
    """All rows of all tables as text, save sessions, which say when somebody was last here."""
    models = [model for model in apps.get_models() if model is not Session and model._meta.managed]
    rows = chain.from_iterable(model._default_manager.order_by("pk") for model in models)
    found = json.loads(serializers.serialize("json", rows))
    return [json.dumps(row, sort_keys=True) for row in found]


def test_an_answer_changes_nothing_but_its_turn_and_the_counts(
    login, school_director, survey, school
):
    client = login(school_director)
    before = set(everything())
    client.post(answer_url(survey, school), chosen(5, 2, 1))
    changed = [json.loads(row) for row in set(everything()) - before]
    kinds = {row["model"] for row in changed}
    assert kinds == {"quality_drive.climateturn", "quality_drive.climatecount"}
    turn = next(row for row in changed if row["model"].endswith("turn"))
    assert turn["fields"] == {"survey": survey.pk, "school": school.pk, "is_taken": True}
    for row in changed:
        if row["model"].endswith("count"):
            assert set(row["fields"]) == {"statement", "level", "answers"}


def test_who_said_what_leaves_the_same_database(
    login, school_director, outsider_director, drive, group_director, school, other_school, others
):
    """Two schools exchange their answers, then their turns: nothing in any table differs."""
    people = ((school_director, school), (outsider_director, other_school))
    left = []
    for first, second in (((5, 5, 5), (1, 2, 1)), ((1, 2, 1), (5, 5, 5))):
        survey = climate_survey_opened(drive, by=group_director)
        for (user, of), levels in zip(people, (first, second), strict=True):
            login(user).post(answer_url(survey, of), chosen(*levels))
        turns = survey.turns.order_by("school").values_list("school", "is_taken")
        rows = ClimateCount.objects.filter(statement__survey=survey)
        tallies = rows.order_by("statement__position", "level").values_list("level", "answers")
        left.append((list(turns), list(tallies)))
        people = people[::-1]
    assert left[0] == left[1]


def test_every_count_is_written_at_each_answer(survey, school):
    """One statement writes them all, so the newest rows are all of them."""
    with CaptureQueriesContext(connection) as asked:
        climate_answered(survey, school, 4)
    writes = [q["sql"] for q in asked if q["sql"].startswith(("UPDATE", "INSERT"))]
    assert len(writes) == 2
    assert "climatecount" in writes[1]
    assert "level" not in writes[1].split(" WHERE ")[-1]


def test_nothing_is_logged_cached_or_shown_elsewhere(
    login, school_director, survey, school, caplog
):
    client = login(school_director)
    with caplog.at_level(logging.DEBUG):
        client.post(answer_url(survey, school), chosen(5, 2, 1))
    portal = [record for record in caplog.records if record.name.split(".")[0] != "django"]
    assert portal == []
    assert not Transition.objects.filter(by=school_director).exists()
    assert school_director.username not in caplog.text
    shown = {model.__name__ for model in office_admin._registry}
    assert not {name for name in shown if name.startswith("Climate")}


def test_an_answer_sent_after_the_session_is_not_kept(login, school_director, survey, school):
    client = login(school_director)
    client.get("/")  # leaves the cookie by which a form sent too late finds its author
    client.cookies.pop("sessionid")
    sent = client.post(answer_url(survey, school), chosen(5, 2, 1), headers={"accept": "text/html"})
    assert "unsaved=lost" in sent.headers["Location"]
    assert not UnsavedPost.objects.exists()
    other = reverse("drive_event_add", args=[2569])
    kept = client.post(other, {"title": "ประชุม"}, headers={"accept": "text/html"})
    assert "unsaved=kept" in kept.headers["Location"]


# --- Figures ---


def answered(survey, levels):
    for turn, level in zip(survey.turns.select_related("school"), levels, strict=False):
        climate_answered(survey, turn.school, level)


def test_there_are_no_figures_while_a_school_can_answer(login, area_director, survey):
    answered(survey, [5, 4, 3, 4, 5, 3, 2])
    page = login(area_director).get(survey.get_absolute_url())
    assert page.context["result"] is None
    assert "ตอบแล้ว 7 จาก 13" in page.content.decode()


def test_figures_come_from_five_answers_and_for_schools_from_eleven(
    login, group_director, school_director, survey
):
    answered(survey, [5, 4, 3, 4])
    today = timezone.localdate()
    climate_actions.close_climate_survey(survey, by=group_director)
    assert climate_result(survey, today, for_area=True) is None
    ClimateCount.objects.filter(level=4).update(answers=3)
    result = climate_result(survey, today, for_area=True)
    assert (result.answers, result.statements[0].mean_words) == (5, "4.00")
    assert result.statements[0].share_words == "80.00"
    client = login(school_director)
    assert "ไม่ถึง 11 คำตอบ" in client.get(survey.get_absolute_url()).content.decode()
    ClimateCount.objects.filter(level=4).update(answers=9)
    assert client.get(survey.get_absolute_url()).context["result"].answers == 11


@given(st.lists(st.integers(1, 5), min_size=5, max_size=40))
def test_figures_never_say_that_all_said_the_same_end(levels):
    mean_words, share_words = mean_and_share_words(levels)
    if set(levels) == {5}:
        assert (mean_words, share_words) == (f"ตั้งแต่ {HIGHEST_MEAN}", "ตั้งแต่ 90")
    if set(levels) == {1}:
        assert (mean_words, share_words) == (f"ไม่เกิน {LOWEST_MEAN}", "ไม่เกิน 10")
    assert share_words not in ("0.00", "100.00")


def test_a_school_reads_no_turns(login, school_director, survey, others):
    answered(survey, [4] * 6)
    page = login(school_director).get(survey.get_absolute_url()).content.decode()
    assert all(other.short_name not in page for other in others)
    assert "ตอบแล้ว 6" not in page


def test_pages_ask_the_same_for_few_and_many_schools(
    login, area_director, drive, group_director, school, others, django_assert_max_num_queries
):
    client = login(area_director)
    few = climate_survey_opened(drive, by=group_director)
    client.get(few.get_absolute_url())
    with django_assert_max_num_queries(15) as asked:
        client.get(few.get_absolute_url())
    SchoolFactory.create_batch(10)
    many = climate_survey_opened(drive, by=group_director)
    with django_assert_max_num_queries(len(asked)):
        client.get(many.get_absolute_url())


def test_a_stranger_is_asked_to_sign_in(survey, school):
    assert Client().get(answer_url(survey, school)).status_code == 302

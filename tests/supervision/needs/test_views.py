import json
from datetime import date

import pytest
from django.db import IntegrityError
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.needs import actions
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsArea, NeedsSurvey
from supervision.needs.queries import need_field_name, problem_field_name, survey_answers
from supervision.rounds.actions import open_next_round
from tests.factories import NeedsAreaFactory
from tests.scenarios import needs_submitted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("campaign")]


@pytest.fixture(autouse=True)
def areas():
    return [NeedsAreaFactory(name=name) for name in ("ด้านวิชาการ", "ด้านงบประมาณ")]


@pytest.fixture
def url(round_):
    return reverse("needs", args=[round_.pk])


@pytest.fixture
def submit(round_):
    return reverse("needs_submit", args=[round_.pk])


def complete(**more):
    """Everything the survey must have."""
    answers = {"wanted_first": "สื่อภาษาไทย"}
    for area in NeedsArea.objects.all():
        answers |= {problem_field_name(area.pk): "4", need_field_name(area.pk): "5"}
    return answers | more


def version(client, url):
    """What the form on the page says was saved when it was opened."""
    return client.get(url).context["form"].version


def saved():
    return survey_answers(NeedsSurvey.objects.get())


# --- drafting ---


def test_form_has_a_question_of_five_levels_each_and_nothing_chosen(login, academic_teacher, url):
    html = login(academic_teacher).get(url).content.decode()
    assert html.count('class="levels"') == 4
    assert html.count('type="radio"') == 4 * 5 + 3
    assert "checked" not in html
    assert not NeedsSurvey.objects.exists()


def test_part_of_it_is_kept_as_a_draft(login, academic_teacher, url, areas):
    client = login(academic_teacher)
    response = client.post(
        url, {need_field_name(areas[0].pk): "5", "preferred_mode": "online"}, follow=True
    )
    html = response.content.decode()
    assert "บันทึกร่างแล้ว" in html
    assert html.count("checked") == 2
    assert (saved()[need_field_name(areas[0].pk)], saved()["preferred_mode"]) == ("5", "online")
    assert NeedsSurvey.objects.get().state == SurveyState.DRAFT


def test_saving_again_changes_and_empties_answers(login, academic_teacher, url):
    client = login(academic_teacher)
    client.post(url, complete(preferred_on="1/12/2569"))
    assert saved()["preferred_on"] == "2026-12-01"
    client.post(url, complete(wanted_first="", preferred_on="", version=version(client, url)))
    assert (saved()["wanted_first"], saved()["preferred_on"]) == ("", "")


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("preferred_on", "1/12/2026", "เป็น ค.ศ."),
        ("preferred_on", "วันจันทร์หน้า", "วันที่"),
        ("wanted_first", "ก" * 301, "โปรดย่อให้ไม่เกิน 300"),
        ("remarks", "ก" * 2001, "โปรดย่อให้ไม่เกิน 2000"),
        ("preferred_mode", "by_post", "Select|เลือก"),
    ],
)
def test_what_is_wrong_is_told_and_kept_and_the_rest_is_saved(
    name, typed, message, login, academic_teacher, url, areas
):
    html = login(academic_teacher).post(url, complete(**{name: typed})).content.decode()
    assert any(words in html for words in message.split("|"))
    assert saved()[name] == ""
    assert saved()[problem_field_name(areas[0].pk)] == "4"
    if name != "preferred_mode":
        assert typed in html


def test_a_level_out_of_range_is_refused(login, academic_teacher, url, areas):
    name = problem_field_name(areas[0].pk)
    html = login(academic_teacher).post(url, complete(**{name: "6"})).content.decode()
    assert "ระดับต้องเป็น 1 ถึง 5" in html
    assert saved()[name] == ""


def test_a_second_round_finds_the_same_survey(login, academic_teacher, group_director, round_, url):
    client = login(academic_teacher)
    client.post(url, complete())
    second = open_next_round(round_, planned_changes="ปรับเครื่องมือ", by=group_director)
    assert "สื่อภาษาไทย" in client.get(reverse("needs", args=[second.pk])).content.decode()


def test_page_has_few_queries_for_many_areas(
    login, academic_teacher, url, django_assert_max_num_queries
):
    client = login(academic_teacher)
    client.post(url, complete())
    NeedsAreaFactory.create_batch(3)
    with django_assert_max_num_queries(15):
        client.get(url)


# --- handing in ---


def test_a_complete_survey_is_handed_in_and_then_only_read(login, academic_teacher, url, submit):
    client = login(academic_teacher)
    html = client.post(submit, complete(), follow=True).content.decode()
    survey = NeedsSurvey.objects.get()
    assert (survey.state, survey.submitted_by) == (SurveyState.SUBMITTED, academic_teacher)
    assert "ส่งแบบสำรวจแล้ว" in html
    assert 'name="wanted_first"' not in html
    assert "5 มากที่สุด" in html


def test_what_is_missing_is_listed_with_links_and_the_rest_is_saved(
    login, academic_teacher, submit, areas
):
    name = need_field_name(areas[1].pk)
    answers = complete(wanted_first="")
    del answers[name]
    html = login(academic_teacher).post(submit, answers).content.decode()
    assert f'href="#id_{name}_0"' in html
    assert f'id="id_{name}_0"' in html
    assert 'href="#id_wanted_first"' in html
    assert "โปรดแก้ไข 2 รายการ" in html
    assert saved()[problem_field_name(areas[1].pk)] == "4"
    assert NeedsSurvey.objects.get().state == SurveyState.DRAFT


def test_coming_back_after_signing_in_again_leads_to_the_form(
    client, login, academic_teacher, url, submit
):
    assert f"next={submit}" in client.post(submit, complete()).url
    assert login(academic_teacher).get(submit).url == url


def test_text_sent_after_the_survey_was_handed_in_stays_on_the_page(
    login, school_director, academic_teacher, round_, url
):
    needs_submitted(round_, by=school_director)
    typed = complete(wanted_first="ข้อความที่มาช้า")
    html = login(academic_teacher).post(url, typed).content.decode()
    assert "แบบสำรวจนี้ส่งแล้ว" in html
    assert "ข้อความที่มาช้า" in html
    assert saved()["wanted_first"] == "สื่อการเรียนรู้ภาษาไทย"


def test_handing_in_twice_is_told(login, school_director, round_, submit):
    needs_submitted(round_, by=school_director)
    html = login(school_director).post(submit, complete()).content.decode()
    assert "แบบสำรวจนี้ส่งแล้ว" in html


# --- two people ---


@pytest.fixture
def both(login, academic_teacher, school_director, url):
    """The teacher opened the page before the director saved; what the teacher's page has seen."""
    teacher, director = login(academic_teacher), login(school_director)
    teacher.post(url, complete(wanted_first="เดิม"))
    old = version(teacher, url)
    director.post(url, complete(wanted_first="ของผู้อำนวยการ", version=old))
    return teacher, old


def test_fields_of_different_people_do_not_disturb_each_other(both, url, areas):
    teacher, old = both
    name = need_field_name(areas[0].pk)
    response = teacher.post(url, complete(wanted_first="เดิม", version=old, **{name: "1"}))
    assert response.status_code == 302
    assert saved()["wanted_first"] == "ของผู้อำนวยการ"
    assert saved()[name] == "1"


def test_two_answers_to_one_field_are_both_shown_and_none_is_lost(both, url):
    teacher, old = both
    response = teacher.post(url, complete(wanted_first="ของครู", version=old))
    html = response.content.decode()
    assert "ใช้คำตอบที่บันทึกไว้แล้ว: ของผู้อำนวยการ" in html
    assert "ใช้คำตอบของคุณ: ของครู" in html
    assert saved()["wanted_first"] == "ของผู้อำนวยการ"
    assert response.context["form"].conflicting_fields == ["wanted_first"]


def test_after_a_question_the_page_goes_on_from_what_others_saved(both, url, areas):
    teacher, old = both
    name = need_field_name(areas[0].pk)
    form = teacher.post(
        url, complete(wanted_first="เดิม", version=old, preferred_on="x", **{name: "1"})
    ).context["form"]
    assert form["wanted_first"].value() == "ของผู้อำนวยการ"
    assert form["preferred_on"].value() == "x"
    teacher.post(url, form.data.dict() | {"version": form.version, "preferred_on": ""})
    assert saved()["wanted_first"] == "ของผู้อำนวยการ"


@pytest.mark.parametrize(
    ("choice", "kept"), [("mine", "ของครู"), ("theirs", "ของผู้อำนวยการ"), ("", "ของผู้อำนวยการ")]
)
def test_the_person_chooses(choice, kept, both, url):
    teacher, old = both
    again = teacher.post(url, complete(wanted_first="ของครู", version=old)).context["form"].version
    typed = complete(
        wanted_first="ของครู",
        version=again,
        conflicting_fields="wanted_first",
        choose_wanted_first=choice,
    )
    response = teacher.post(url, typed)
    assert response.status_code == (302 if choice else 200)
    assert saved()["wanted_first"] == kept


def test_theirs_once_chosen_takes_the_place_of_mine_while_other_errors_wait(both, url):
    teacher, old = both
    again = teacher.post(url, complete(wanted_first="ของครู", version=old)).context["form"].version
    typed = complete(
        wanted_first="ของครู", version=again, conflicting_fields="wanted_first", preferred_on="x"
    )
    response = teacher.post(url, typed | {"choose_wanted_first": "theirs"})
    assert response.status_code == 200
    assert response.context["form"]["wanted_first"].value() == "ของผู้อำนวยการ"


def test_a_third_person_after_the_choice_is_asked_about_too(both, url, login, school_director):
    teacher, old = both
    again = teacher.post(url, complete(wanted_first="ของครู", version=old)).context["form"].version
    director = login(school_director)
    director.post(url, complete(wanted_first="แก้อีกครั้ง", version=version(director, url)))
    typed = complete(wanted_first="ของครู", version=again, conflicting_fields="wanted_first")
    html = teacher.post(url, typed | {"choose_wanted_first": "mine"}).content.decode()
    assert "ใช้คำตอบที่บันทึกไว้แล้ว: แก้อีกครั้ง" in html
    assert saved()["wanted_first"] == "แก้อีกครั้ง"


def test_a_difference_keeps_the_survey_from_being_handed_in(both, submit):
    teacher, old = both
    teacher.post(submit, complete(wanted_first="ของครู", version=old))
    assert NeedsSurvey.objects.get().state == SurveyState.DRAFT


@pytest.mark.parametrize("broken", ["", "{", "[]", "null"])
def test_a_page_that_does_not_say_what_it_saw_overwrites_nothing(broken, both, url):
    teacher, _ = both
    teacher.post(url, complete(wanted_first="ของครู", version=broken))
    assert saved()["wanted_first"] == "ของผู้อำนวยการ"


def test_the_same_answer_from_both_is_no_question(both, url):
    teacher, old = both
    assert teacher.post(url, complete(wanted_first="ของผู้อำนวยการ", version=old)).status_code == 302


# --- who may ---


@pytest.mark.parametrize("name", ["supervisor", "group_director", "area_director", "clerk"])
def test_others_who_see_the_school_read_only(
    name, request, login, round_, school_director, url, submit
):
    needs_submitted(round_, by=school_director)
    client = login(request.getfixturevalue(name))
    assert "สื่อการเรียนรู้ภาษาไทย" in client.get(url).content.decode()
    assert client.post(url, complete()).status_code == 403
    assert client.post(submit, complete()).status_code == 403


def test_before_the_school_begins_others_are_told_so(login, supervisor, url):
    assert "โรงเรียนยังไม่เริ่มกรอก" in login(supervisor).get(url).content.decode()


def test_a_draft_is_marked_as_unfinished_for_others(login, academic_teacher, supervisor, url):
    login(academic_teacher).post(url, complete())
    html = login(supervisor).get(url).content.decode()
    assert "โรงเรียนยังไม่ส่ง" in html
    assert 'name="wanted_first"' not in html


def test_another_school_finds_nothing(login, outsider_director, url, submit):
    client = login(outsider_director)
    assert client.get(url).status_code == 404
    assert client.post(url, complete()).status_code == 404
    assert client.post(submit, complete()).status_code == 404


def test_a_stranger_is_asked_to_sign_in(client, url, submit):
    for address in (url, submit):
        assert client.get(address).url.startswith(reverse("account_login"))


# --- the actions and the table ---


def test_beginning_twice_is_one_survey(school, campaign, academic_teacher, school_director):
    first = actions.start_needs_survey(school, campaign, by=academic_teacher)
    assert actions.start_needs_survey(school, campaign, by=school_director) == first
    assert first.items.count() == 2


def test_submit_names_what_is_missing(school, campaign, academic_teacher):
    survey = actions.start_needs_survey(school, campaign, by=academic_teacher)
    with pytest.raises(ActionRefused) as refused:
        actions.submit_needs_survey(survey, by=academic_teacher)
    assert len(refused.value.missing) == 3


def test_save_answers_returns_what_somebody_else_answered(school, campaign, academic_teacher):
    survey = actions.start_needs_survey(school, campaign, by=academic_teacher)
    blank = survey_answers(survey)
    assert actions.save_survey_answers(survey, {"wanted_first": "ก"}, shown=blank) == {}
    assert actions.save_survey_answers(survey, {"wanted_first": "ข"}, shown=blank) == {
        "wanted_first": "ก"
    }
    survey.refresh_from_db()
    assert survey.wanted_first == "ก"


@pytest.mark.parametrize("level", [0, 6])
def test_levels_are_one_to_five_in_the_table_too(level, school, campaign, academic_teacher):
    survey = actions.start_needs_survey(school, campaign, by=academic_teacher)
    with pytest.raises(IntegrityError, match="needs_levels_are_one_to_five"):
        survey.items.update(problem_level=level)


def test_a_submitted_survey_always_names_who_and_when(round_, school_director):
    survey = needs_submitted(round_, by=school_director)
    with pytest.raises(IntegrityError, match="submitted_survey_names_who_and_when"):
        NeedsSurvey.objects.filter(pk=survey.pk).update(submitted_by=None)


def test_the_date_goes_round_unchanged(login, academic_teacher, url):
    client = login(academic_teacher)
    client.post(url, complete(preferred_on="๑ ธ.ค. ๒๕๖๙"))
    assert NeedsSurvey.objects.get().preferred_on == date(2026, 12, 1)
    assert json.loads(version(client, url))["preferred_on"] == "2026-12-01"
    assert 'value="1/12/2569"' in client.get(url).content.decode()


@pytest.mark.parametrize("version", ["1" * 5_000, "[" * 100_000, "[1]", "\x00"])
def test_a_page_that_says_nonsense_of_what_it_saw_is_still_saved(
    login, academic_teacher, url, version
):
    login(academic_teacher).post(url, {"wanted_first": "สื่อ", "version": version})
    assert saved()["wanted_first"] == "สื่อ"

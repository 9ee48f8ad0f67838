"""The unit opens a survey for a term or a year, and its window holds."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import local_day, numeric_date, short_date
from supervision.cycle.step_facts import with_step_facts
from supervision.cycle.steps import all_steps
from supervision.needs import actions
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.rounds.actions import open_next_round
from supervision.rounds.models import Round
from tests import scenarios
from tests.factories import (
    NeedsAreaFactory,
    NeedsCampaignFactory,
    RoundFactory,
    SurveyTemplateFactory,
    TermFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def survey_template():
    return NeedsAreaFactory(name="ด้านวิชาการ").survey_template


@pytest.fixture
def url(term):
    return reverse("needs_open", args=[term.pk])


@pytest.fixture
def first_term(term):
    """The term before, of the same year."""
    days = timedelta(days=180)
    return TermFactory(number=1, opens_on=term.opens_on - days, closes_on=term.opens_on)


def day(ahead: int) -> date:
    return timezone.localdate() + timedelta(days=ahead)


def asked(survey_template, period="term", opens=0, closes=14) -> dict:
    return {
        "period": period,
        "survey_template": survey_template.pk,
        "opens_on": numeric_date(day(opens)),
        "closes_on": numeric_date(day(closes)) if closes is not None else "",
    }


def waiting(client) -> list[str]:
    return [item.title for item in client.get("/todos/").context["home"].waiting]


def step_1(round_):
    rounds = with_step_facts(Round.objects.filter(pk=round_.pk))
    return all_steps()[0].facts(rounds)[round_.pk]


# --- opening ---


def test_the_unit_opens_a_survey_of_the_term(
    login, group_director, url, survey_template, term, school
):
    client = login(group_director)
    html = client.get(url).content.decode()
    assert "1 โรงเรียน" in html
    assert "ด้านวิชาการ" in html
    html = client.post(url, asked(survey_template), follow=True).content.decode()
    assert "เปิดแบบสำรวจสภาพปัญหาและความต้องการ ภาคเรียนที่ 2/2569 แล้ว" in html
    campaign = NeedsCampaign.objects.get()
    assert (campaign.term, campaign.survey_template, campaign.closes_on) == (
        term,
        survey_template,
        day(14),
    )
    assert (campaign.opens_on, campaign.opened_by) == (day(0), group_director)


def test_the_whole_year_is_asked_once(login, group_director, url, survey_template, term):
    login(group_director).post(url, asked(survey_template, "year", closes=None))
    campaign = NeedsCampaign.objects.get()
    assert (campaign.term, campaign.academic_year) == (None, term.academic_year)
    assert campaign.closes_on is None
    assert NeedsCampaign.objects.covering(term) == campaign


@pytest.mark.parametrize("period", ["term", "year"])
def test_what_is_open_already_is_shown_and_not_opened_again(
    login, group_director, url, survey_template, campaign, period
):
    client = login(group_director)
    html = client.get(url).content.decode()
    assert "เปิดแล้ว" in html
    assert reverse("needs_closing", args=[campaign.pk]) in html
    html = client.post(url, asked(survey_template, period)).content.decode()
    assert "จึงเปิดซ้ำไม่ได้" in html or "โปรดเลือกช่วงที่สำรวจจากรายการ" in html
    assert NeedsCampaign.objects.count() == 1


@pytest.mark.usefixtures("first_term")
def test_a_year_and_a_term_of_it_never_overlap(
    login, group_director, url, survey_template, term, first_term
):
    NeedsCampaignFactory(term=first_term)
    html = login(group_director).get(url).content.decode()
    assert "ครั้งนี้จึงเปิดได้เฉพาะภาคเรียนที่ 2/2569" in html
    assert "ทั้งปีการศึกษา" not in html
    with pytest.raises(ActionRefused, match="ภาคเรียนที่ 1/2569 เปิดแล้ว"):
        actions.open_needs_campaign(
            term.academic_year,
            None,
            by=group_director,
            survey_template=survey_template,
            opens_on=day(0),
        )
    NeedsCampaign.objects.all().delete()
    NeedsCampaignFactory(of_year=True)
    with pytest.raises(ActionRefused, match="ปีการศึกษา 2569 เปิดแล้ว"):
        actions.open_needs_campaign(
            term.academic_year,
            term,
            by=group_director,
            survey_template=survey_template,
            opens_on=day(0),
        )


def test_the_table_keeps_one_yearly_survey_too(term):
    NeedsCampaignFactory(of_year=True)
    with pytest.raises(IntegrityError):
        NeedsCampaignFactory(of_year=True)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"closes_on": -1}, "ผ่านไปแล้ว"),
        ({"opens_on": 5, "closes_on": 4}, "อยู่ก่อนวันที่เริ่ม"),
        ({"opens_on": 730}, "โปรดตรวจสอบปี พ.ศ."),
        ({"closes_on": 730}, "โปรดตรวจสอบปี พ.ศ."),
        ({"opens_on": "1/12/2026"}, "เป็น ค.ศ."),
        ({"survey_template": "9" * 30}, "โปรดเลือกกรอบการสำรวจจากรายการ"),
        ({"period": ""}, "โปรดเลือกช่วงที่สำรวจ"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_opens(
    wrong, message, login, group_director, url, survey_template
):
    sent = {  # a number is so many days from today
        name: numeric_date(day(value)) if isinstance(value, int) else value
        for name, value in wrong.items()
    }
    html = login(group_director).post(url, asked(survey_template) | sent).content.decode()
    assert message in html
    assert not NeedsCampaign.objects.exists()


def test_the_last_day_can_be_moved(login, group_director, campaign):
    url = reverse("needs_closing", args=[campaign.pk])
    client = login(group_director)
    client.post(url, {"closes_on": numeric_date(day(30))})
    campaign.refresh_from_db()
    assert campaign.closes_on == day(30)
    early = numeric_date(campaign.opens_on - timedelta(days=1))
    html = client.post(url, {"closes_on": early}).content.decode()
    assert "อยู่ก่อนวันที่เริ่ม" in html
    client.post(url, {"closes_on": ""})
    campaign.refresh_from_db()
    assert campaign.closes_on is None


# --- before it is opened, and before its first day ---


def test_until_the_unit_opens_step_1_waits_for_it(
    login, round_, group_director, academic_teacher, school_director, url
):
    """The school is asked for step 3 meanwhile, which needs step 2 only, and then for nothing."""
    assert step_1(round_).next_action.label == "เปิดแบบสำรวจ"
    office, school = login(group_director), login(academic_teacher)
    assert waiting(office) == ["เปิดแบบสำรวจให้ 1 โรงเรียน"]
    assert url in office.get("/todos/").content.decode()
    assert waiting(school) == ["เริ่มประเมินตนเอง ของเรา"]
    assert url not in school.get("/todos/").content.decode()
    scenarios.self_assessment_confirmed(round_, by=school_director)
    assert waiting(school) == []
    assert "ไม่มีงานที่รอคุณ" in school.get("/todos/").content.decode()
    page = reverse("needs", args=[round_.pk])
    assert "ยังไม่เปิดแบบสำรวจ" in login(academic_teacher).get(page).content.decode()
    assert url in login(group_director).get(page).content.decode()
    assert login(academic_teacher).post(page, {"remarks": "ก"}).status_code == 409
    assert not NeedsSurvey.objects.exists()


def test_opening_for_many_schools_is_one_line(login, term, group_director, round_):
    RoundFactory.create_batch(7, term=term)
    assert waiting(login(group_director)) == ["เปิดแบบสำรวจให้ 8 โรงเรียน"]


def test_before_the_first_day_nothing_is_taken(
    login, round_, term, academic_teacher, school_director
):
    NeedsCampaignFactory(term=term, opens_on=day(3))
    url, words = reverse("needs", args=[round_.pk]), f"เปิดให้กรอกวันที่ {short_date(day(3))}"
    client = login(academic_teacher)
    assert "เปิดให้กรอกวันที่" in client.get(url).content.decode()
    response = client.post(url, {"remarks": "ข้อความ"})
    assert response.status_code == 409
    assert not NeedsSurvey.objects.exists()
    html = client.get(round_.get_absolute_url()).content.decode()
    assert words in html
    assert "รอวันเปิด" in html
    assert waiting(client) == ["เริ่มประเมินตนเอง ของเรา"]
    scenarios.self_assessment_confirmed(round_, by=school_director)
    html = client.get("/todos/").content.decode()
    assert "ไม่มีงานที่รอคุณ" in html
    assert words in html


# --- after its last day ---


@pytest.fixture
def late(login, round_, term, school_director):
    """A survey handed in one day after the last."""
    campaign = NeedsCampaignFactory(term=term, closes_on=day(-1))
    html = login(school_director).get(reverse("needs", args=[round_.pk])).content.decode()
    assert "พ้นวันสุดท้ายแล้ว ยังส่งได้" in html
    assert step_1(round_).window.due_on == day(-1)
    scenarios.needs_submitted(round_, by=school_director)
    return campaign


def test_what_comes_late_is_taken_and_marked(login, round_, late, supervisor):
    html = login(supervisor).get(reverse("needs", args=[round_.pk])).content.decode()
    assert "ส่งช้ากว่ากำหนด" in html
    assert step_1(round_).done
    assert local_day(step_1(round_).first_done_at) > late.closes_on


def test_a_day_moved_later_forgives(login, round_, late, supervisor, group_director):
    actions.set_campaign_closing_day(late, day(0), by=group_director)
    html = login(supervisor).get(reverse("needs", args=[round_.pk])).content.decode()
    assert "ส่งช้ากว่ากำหนด" not in html


def test_the_page_tells_who_moved_the_last_day(login, late, group_director):
    before = late.closes_on
    url = reverse("needs_closing", args=[late.pk])
    client = login(group_director)
    client.post(url, {"closes_on": ""})
    newest = client.get(url).context["changes"][0]
    assert (newest.who, newest.what) == (str(group_director), "แก้ไขแบบสำรวจ")
    assert newest.reason == f"ภายในวันที่: {short_date(before)} → ว่าง"


# --- a whole year ---


def test_a_survey_answered_in_term_1_is_done_in_term_2(
    login, round_, first_term, school, school_director
):
    campaign = NeedsCampaignFactory(of_year=True)
    first = RoundFactory(school=school, term=first_term)
    survey = scenarios.needs_submitted(first, by=school_director)
    assert survey.campaign == campaign
    assert step_1(first).done
    assert step_1(round_).done
    html = login(school_director).get(reverse("needs", args=[round_.pk])).content.decode()
    assert "ส่งแล้ว" in html


def test_a_survey_of_term_1_does_not_answer_term_2(round_, first_term, school, school_director):
    NeedsCampaignFactory(term=first_term)
    scenarios.needs_submitted(RoundFactory(school=school, term=first_term), by=school_director)
    assert step_1(round_).next_action.label == "เปิดแบบสำรวจ"
    NeedsCampaignFactory(term=round_.term)
    assert step_1(round_).next_action.label == "กรอกแบบสำรวจ"


def test_a_second_round_finds_it_done(round_, school_director, group_director):
    scenarios.needs_submitted(round_, by=school_director)
    second = open_next_round(round_, planned_changes="ปรับเครื่องมือ", by=group_director)
    assert step_1(second).done


def test_each_school_of_many_stands_where_it_stands(
    term, first_term, school_director, round_, django_assert_num_queries
):
    """One query for any number of schools, terms and rounds."""
    scenarios.needs_submitted(round_, by=school_director)
    other = RoundFactory(term=term)
    before = RoundFactory(school=other.school, term=first_term)
    rounds = list(with_step_facts(Round.objects.all()))
    with django_assert_num_queries(1):
        facts = all_steps()[0].facts(rounds)
    acts = [facts[r.pk].done or facts[r.pk].next_action.label for r in (round_, other, before)]
    assert acts == [True, "กรอกแบบสำรวจ", "เปิดแบบสำรวจ"]


def test_survey_templates_are_distinguished_by_what_they_ask(url, login, group_director):
    NeedsAreaFactory(survey_template=SurveyTemplateFactory(name="คุณภาพ 5Q"), name="Q1 นักเรียนคุณภาพ")
    html = login(group_director).get(url).content.decode()
    assert "คุณภาพ 5Q: Q1 นักเรียนคุณภาพ" in html

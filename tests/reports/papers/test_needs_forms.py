"""Form 7.1, blank and filled in, opened as a person's reader opens it."""

from datetime import date
from urllib.parse import unquote

import pytest
from django.urls import reverse

from supervision.needs import actions as needs
from supervision.needs.models import NeedsSurvey
from tests import scenarios
from tests.factories import NeedsAreaFactory
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import pages_of, text_of, texts_of

pytestmark = pytest.mark.db_agnostic


@pytest.fixture(autouse=True)
def areas(round_):
    template = scenarios.needs_campaign_for(round_).survey_template
    names = ("ด้านวิชาการ", "ด้านงบประมาณ")
    return [NeedsAreaFactory(survey_template=template, name=name) for name in names]


@pytest.fixture
def url(round_):
    return reverse("needs_paper", args=[round_.pk])


@pytest.fixture
def begun(round_, academic_teacher):
    return needs.start_needs_survey(
        round_.school, scenarios.needs_campaign_for(round_), by=academic_teacher
    )


def test_a_submitted_survey_is_printed_with_its_levels_and_priorities(
    login, supervisor, academic_teacher, begun, round_, url
):
    first, second = begun.items.all()
    first.problem_level, first.need_level = 2, 3
    second.problem_level, second.need_level = 4, 5
    for item in (first, second):
        item.save()
    NeedsSurvey.objects.update(
        wanted_first="สื่อภาษาไทย",
        wanted_second="ครูอัตราจ้าง",
        remarks="ขอรับการนิเทศช่วงบ่าย",
        preferred_on=date(2026, 12, 9),
        preferred_mode="online",
    )
    begun.refresh_from_db()
    needs.submit_needs_survey(begun, by=academic_teacher)
    response = login(supervisor).get(url)
    text = text_of(response)
    found = (
        *(round_.school.name, "ภาคเรียนที่", "ด้านวิชาการ ๒ น้อย ๓ ปานกลาง -๐.๒๕ ๒"),
        *("ด้านงบประมาณ ๔ มาก ๕ มากที่สุด ๑.๕๐ ๑", "สื่อภาษาไทย", "ครูอัตราจ้าง"),
        *("ขอรับการนิเทศช่วงบ่าย", "๙ ธันวาคม ๒๕๖๙", "ออนไลน์"),
        *(f"({academic_teacher})", "ส่งในระบบ", "ผู้บริหารสถานศึกษา"),
    )
    for words in found:
        assert normalized(words) in text
    assert "ร่าง" not in text
    assert "แบบ 7.1" in unquote(response["Content-Disposition"])


def test_the_director_who_sends_it_signs_once(login, school_director, round_, url):
    scenarios.needs_submitted(round_, by=school_director)
    text = text_of(login(school_director).get(url))
    assert text.count("ลงชื่อ") == 1
    assert normalized(f"({school_director})") in text


def test_until_it_is_sent_it_is_a_draft_on_each_page(login, academic_teacher, begun, url):
    NeedsSurvey.objects.update(remarks="\n".join(["ขอคำแนะนำเพิ่มเติม"] * 60))
    response = login(academic_teacher).get(url)
    texts = texts_of(response)
    assert len(texts) > 1
    assert all("ร่าง" in text for text in texts)
    assert normalized("ด้านวิชาการ – – – –") in texts[0]
    assert "ร่าง แบบ 7.1" in unquote(response["Content-Disposition"])


def test_a_survey_sent_back_says_why(login, supervisor, school_director, round_, url):
    survey = scenarios.needs_submitted(round_, by=school_director)
    needs.return_needs_survey_for_correction(survey, by=supervisor, reason="โปรดตรวจระดับของวิชาการ")
    text = text_of(login(school_director).get(url))
    for words in ("ส่งกลับให้แก้ไข", "โปรดตรวจระดับของวิชาการ", "ร่าง"):
        assert normalized(words) in text


def test_there_is_no_paper_before_the_school_begins_and_none_for_strangers(
    login, supervisor, outsider_director, academic_teacher, round_, url
):
    page = reverse("needs", args=[round_.pk])
    assert login(supervisor).get(url).status_code == 404
    assert url not in login(supervisor).get(page).content.decode()
    needs.start_needs_survey(
        round_.school, scenarios.needs_campaign_for(round_), by=academic_teacher
    )
    assert login(supervisor).get(url).status_code == 200
    assert url in login(supervisor).get(page).content.decode()
    assert login(outsider_director).get(url).status_code == 404


def test_the_blank_form_of_a_round_names_its_school(login, academic_teacher, round_):
    url = reverse("round_needs_form", args=[round_.pk])
    client = login(academic_teacher)
    assert url in client.get(reverse("needs", args=[round_.pk])).content.decode()
    response = client.get(url)
    text = text_of(response)
    for words in (round_.school.name, "ด้านวิชาการ", "ด้านงบประมาณ", "ผู้กรอกแบบสำรวจ", "ลงพื้นที่"):
        assert normalized(words) in text
    assert len(pages_of(response)) == 1


def test_a_list_of_areas_is_printed_for_any_school(login, group_director, areas):
    url = reverse("blank_needs_form", args=[areas[0].survey_template_id])
    client = login(group_director)
    assert url in client.get(reverse("survey_template_list")).content.decode()
    text = text_of(client.get(url))
    for words in (areas[0].survey_template.name, "ด้านวิชาการ", "ภาคเรียนที่", "ข้อคิดเห็นเพิ่มเติม"):
        assert normalized(words) in text


def test_without_a_survey_there_is_no_blank_form(login, supervisor, round_):
    scenarios.needs_campaign_for(round_).delete()
    url = reverse("round_needs_form", args=[round_.pk])
    assert login(supervisor).get(url).status_code == 404


def test_its_queries_do_not_grow_with_the_areas(
    login, supervisor, begun, url, django_assert_num_queries, django_assert_max_num_queries
):
    client = login(supervisor)
    client.get(url)
    with django_assert_max_num_queries(25) as captured:
        client.get(url)
    for _ in range(5):
        area = NeedsAreaFactory(survey_template=begun.campaign.survey_template)
        begun.items.create(area=area, problem_level=3, need_level=4)
    with django_assert_num_queries(len(captured)):
        client.get(url)

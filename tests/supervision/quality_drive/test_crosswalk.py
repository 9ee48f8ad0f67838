"""The crosswalk: what each indicator answers, by line, by many at once, and by proposal."""

import pytest
from django.urls import reverse

from supervision.criteria.models import Indicator
from supervision.manual.loading import load_manual
from supervision.quality_drive.crosswalk.actions import propose_crosswalk, save_crosswalk_line
from supervision.quality_drive.crosswalk.lines import (
    crosswalk_rows,
    load_crosswalk,
    newest_indicators_in_use,
    unanswered_parts,
)
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import CrosswalkLine
from tests.factories import EducationStandardFactory, IndicatorSetFactory
from tests.form_data import page_form_data
from tests.school_facts import PolicyFocusFactory


@pytest.fixture
def indicator_set(db):
    return IndicatorSetFactory()


@pytest.fixture
def indicators(indicator_set):
    rows = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return list(rows.order_by("standard__number", "position"))


def shown(client, **asked):
    return client.get(reverse("crosswalk"), asked)


def test_the_office_says_what_an_indicator_answers(login, group_director, indicators):
    standard, client = EducationStandardFactory(number=1), login(group_director)
    url = reverse("crosswalk_line", args=[indicators[0].pk])
    sent = {"dimension_code": "Q3", "standards": [standard.pk], "note": "ตามห้องเรียน"}
    assert client.post(url, page_form_data(client, url) | sent).status_code == 302
    line = CrosswalkLine.objects.get()
    assert (line.dimension_code, line.note, line.is_sample) == ("Q3", "ตามห้องเรียน", False)
    assert list(line.education_standards.all()) == [standard]
    assert line.history.first().history_user == group_director
    text = shown(client).content.decode()
    assert DimensionCode.CLASSROOM.label in text
    assert str(standard) in text


def test_two_people_at_one_line_overwrite_nothing(login, group_director, indicators):
    EducationStandardFactory(number=1)
    client, url = login(group_director), reverse("crosswalk_line", args=[indicators[0].pk])
    seen = page_form_data(client, url)
    save_crosswalk_line(
        indicators[0], by=group_director, dimension_code="Q1", education_standards=[]
    )
    page = client.post(url, seen | {"dimension_code": "Q2"})
    assert "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์" in page.content.decode()
    assert CrosswalkLine.objects.get().dimension_code == "Q1"


def test_many_ticked_lines_get_one_dimension(login, group_director, indicators):
    standard = EducationStandardFactory(number=1)
    save_crosswalk_line(
        indicators[0],
        by=group_director,
        dimension_code="Q1",
        education_standards=[standard],
        note="ก",
    )
    ticked = {"indicator": [one.pk for one in indicators[:3]], "dimension_code": "Q2"}
    login(group_director).post(reverse("crosswalk_dimension"), ticked)
    lines = {line.indicator: line for line in CrosswalkLine.objects.all()}
    assert [lines[one].dimension_code for one in indicators[:3]] == ["Q2"] * 3
    assert (lines[indicators[0]].note, list(lines[indicators[0]].education_standards.all())) == (
        "ก",
        [standard],
    )
    assert indicators[3] not in lines


@pytest.mark.parametrize("sent", [{"dimension_code": "Q2"}, {"dimension_code": "Q9"}, {}])
def test_nothing_ticked_or_no_dimension_is_refused(sent, login, group_director, indicators):
    page = login(group_director).post(reverse("crosswalk_dimension"), sent)
    assert page.status_code == 409
    assert not CrosswalkLine.objects.exists()


def test_a_newer_version_follows_until_it_has_its_own_line(
    login, group_director, indicator_set, indicators
):
    standard = EducationStandardFactory(number=1)
    save_crosswalk_line(
        indicators[0], by=group_director, dimension_code="Q1", education_standards=[standard]
    )
    newer = IndicatorSetFactory(name=indicator_set.name, version=2, previous=indicator_set)
    same = Indicator.objects.get(standard__indicator_set=newer, code=indicators[0].code)
    answers = load_crosswalk(2569, 2569).answers(same)
    assert (answers.dimension_code, answers.standards) == ("Q1", [standard])
    ticked = {"indicator": [same.pk], "dimension_code": "Q4"}
    login(group_director).post(reverse("crosswalk_dimension"), ticked)
    answers = load_crosswalk(2569, 2569).answers(indicators[0])
    assert (answers.dimension_code, answers.standards) == ("Q4", [standard])
    assert newest_indicators_in_use()[0].standard.indicator_set == newer


def test_the_announcements_own_set_is_proposed_and_marked(
    login, group_director, indicator_set, indicators
):
    names = [one.name for one in indicator_set.standards.order_by("number")]
    first = EducationStandardFactory(number=1, name=names[0])
    EducationStandardFactory(number=2, name="ชื่ออื่น")
    save_crosswalk_line(
        indicators[0], by=group_director, dimension_code="Q1", education_standards=[]
    )
    client = login(group_director)
    client.post(reverse("crosswalk_propose"))
    proposed = CrosswalkLine.objects.get(is_sample=True)
    assert (proposed.indicator, list(proposed.education_standards.all())) == (
        indicators[1],
        [first],
    )
    assert propose_crosswalk(by=group_director, academic_year=2569) == 0
    assert "ตัวอย่าง" in shown(client, unanswered="sample").content.decode()


def test_what_no_indicator_answers_is_named(indicators, group_director):
    standards = [EducationStandardFactory(number=number) for number in (1, 2)]
    focus = PolicyFocusFactory()
    save_crosswalk_line(
        indicators[0], by=group_director, dimension_code="Q1", education_standards=standards[:1]
    )
    table = load_crosswalk(2569, focus.fiscal_year)
    parts = unanswered_parts(table, crosswalk_rows(table, indicators))
    assert parts.dimensions == [code.label for code in list(DimensionCode)[1:]]
    assert (parts.standards, parts.focuses) == ([standards[1]], [focus])
    focus.indicators.set(indicators[:1])
    table = load_crosswalk(2569, focus.fiscal_year)
    assert not unanswered_parts(table, crosswalk_rows(table, indicators)).focuses


def test_filters_leave_what_they_name(login, group_director, indicators):
    save_crosswalk_line(
        indicators[0], by=group_director, dimension_code="Q1", education_standards=[]
    )
    client = login(group_director)
    assert len(shown(client, dimension="Q1").context["table"].rows) == 1
    assert len(shown(client, dimension="none").context["table"].rows) == 3
    assert len(shown(client, unanswered="yes").context["table"].rows) == 4
    assert shown(client, dimension="Q9").context["form"].errors


def test_the_manuals_sample_is_marked_and_loaded_once(db):
    load_manual()
    lines = CrosswalkLine.objects.all()
    assert lines
    assert all(line.is_sample and line.note.startswith("ตัวอย่าง") for line in lines)
    assert {line.dimension_code for line in lines} == set(DimensionCode)
    assert all(line.education_standards.exists() for line in lines)
    indicators = Indicator.objects.filter(standard__indicator_set__use="round")
    assert lines.count() == indicators.count()
    lines.first().delete()
    count = lines.count()
    load_manual()
    assert lines.count() == count


def test_the_table_costs_the_same_for_more_lines(
    login, group_director, indicators, django_assert_max_num_queries
):
    client = login(group_director)
    shown(client)
    for one in indicators:
        save_crosswalk_line(
            one,
            by=group_director,
            dimension_code="Q1",
            education_standards=[EducationStandardFactory()],
        )
        PolicyFocusFactory().indicators.add(one)
    with django_assert_max_num_queries(15):
        shown(client)

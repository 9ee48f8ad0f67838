"""A school that teaches both levels is judged with a set for each, from opening to report."""

import pytest
from django.urls import reverse

from reports.data.term import term_report
from schools.core.errors import ActionRefused
from schools.enums import EducationLevel, Grade
from supervision.criteria.enums import SetUse
from supervision.rounds import actions
from supervision.rounds.models import Round
from supervision.rounds.queries import recommended_sets
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory, SchoolFactory

pytestmark = pytest.mark.django_db
BOTH = ["มาตรฐานที่ 1", "มาตรฐานที่ 2", "ปฐมวัย มาตรฐานที่ 1", "ปฐมวัย มาตรฐานที่ 2"]


@pytest.fixture
def basic():
    return IndicatorSetFactory(name="ชุดพื้นฐาน")


@pytest.fixture
def early():
    return IndicatorSetFactory(name="ชุดปฐมวัย", level=EducationLevel.EARLY_CHILDHOOD)


@pytest.fixture
def both(school):
    school.first_grade, school.last_grade = Grade.K2, Grade.P6
    school.save()
    return school


@pytest.fixture
def primary():
    return SchoolFactory(first_grade=Grade.P1, last_grade=Grade.P6)


@pytest.fixture
def unknown():
    return SchoolFactory(name="โรงเรียนไม่ทราบชั้น")


def open_url(term):
    return reverse("term_open", args=[term.pk])


# --- opening ---


def test_each_school_gets_the_sets_of_the_levels_it_teaches(
    login, group_director, term, both, primary, unknown, basic, early
):
    client = login(group_director)
    html = client.get(open_url(term)).content.decode()
    assert "ระดับขั้นพื้นฐาน · ก.ต.ป.น. ครั้งที่ 1/2569 · 4 ตัวชี้วัด · ใช้กับ 3 โรงเรียน" in html
    assert "ระดับปฐมวัย · ก.ต.ป.น. ครั้งที่ 1/2569 · 4 ตัวชี้วัด · ใช้กับ 1 โรงเรียน" in html
    assert "ยังไม่ระบุชั้นที่เปิดสอน 1 โรงเรียน" in html
    assert f"{reverse('directory')}?gap=grades" in html
    assert " checked" not in html
    client.post(open_url(term), {"indicator_sets": [basic.pk, early.pk]})
    chosen = {r.school: set(r.indicator_sets.all()) for r in Round.objects.all()}
    assert chosen == {both: {basic, early}, primary: {basic}, unknown: {basic}}


def test_when_all_grades_are_known_nothing_is_said_of_them(login, group_director, term, primary):
    assert "ยังไม่ระบุชั้น" not in login(group_director).get(open_url(term)).content.decode()


# --- one round ---


def test_a_round_recommends_what_fits_and_chooses_nothing(
    login, group_director, term, both, basic, early
):
    round_ = RoundFactory(bare=True, school=both, term=term)
    url = reverse("round_criteria", args=[round_.pk])
    html = login(group_director).get(url).content.decode()
    assert "โรงเรียนเปิดสอน อ.2–ป.6 ควรใช้ชุดระดับปฐมวัย และระดับขั้นพื้นฐาน" in html
    assert html.count("แนะนำสำหรับโรงเรียนนี้") == 2
    assert " checked" not in html


def test_a_school_of_unknown_grades_is_told_so(login, group_director, term, unknown, basic, early):
    round_ = RoundFactory(bare=True, school=unknown, term=term)
    url = reverse("round_criteria", args=[round_.pk])
    html = login(group_director).get(url).content.decode()
    assert "ยังไม่ระบุชั้นที่เปิดสอน" in html
    assert html.count("แนะนำสำหรับโรงเรียนนี้") == 1


def test_of_several_versions_the_newest_is_recommended(primary, basic):
    second = IndicatorSetFactory(name=basic.name, version=2, previous=basic)
    assert recommended_sets(primary, [second, basic]) == [second]


def test_a_set_for_classrooms_is_neither_offered_nor_taken(
    login, group_director, term, both, basic
):
    classroom = IndicatorSetFactory(name="สังเกตชั้นเรียน", use=SetUse.OBSERVATION)
    assert classroom.name not in login(group_director).get(open_url(term)).content.decode()
    with pytest.raises(ActionRefused, match="สังเกตชั้นเรียน"):
        actions.open_term_rounds(term, [both], by=group_director, indicator_sets=[classroom])


# --- all steps ---


def test_both_sets_go_from_the_sheet_to_the_report(
    login, both, term, basic, early, supervisor, school_director, group_director
):
    (round_,) = actions.open_term_rounds(
        term, [both], by=group_director, indicator_sets=[basic, early]
    )
    director = login(school_director)
    sheet = scenarios.assessments.start_self_assessment(round_, by=school_director).sheet
    for number, label in enumerate(BOTH, start=1):
        html = director.get(scenarios.standard_url(sheet.pk, number)).content.decode()
        assert f"<b>{label}</b>" in html
        assert all(label in html for label in BOTH)
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    pages = [
        round_.self_assessments.get().get_absolute_url(),
        round_.visits.get().get_absolute_url(),
        reverse("decision", args=[round_.pk]),
        reverse("term_report", args=[round_.pk]),
    ]
    leader = login(group_director)
    for url in pages:
        html = leader.get(url).content.decode()
        assert "ปฐมวัย" in html, url
        assert html.count("มาตรฐานทดสอบ 1") >= 2, url
    report = term_report(round_)
    assert [(row["level"], row["number"]) for row in report["standards"]] == [
        ("", 1),
        ("", 2),
        ("ปฐมวัย", 1),
        ("ปฐมวัย", 2),
    ]
    assert report["overall"]["visit"]["n"] == 8
    assert {chosen["name"] for chosen in report["criteria"]} == {"ชุดพื้นฐาน", "ชุดปฐมวัย"}
    compared = director.get(round_.get_absolute_url()).context["compared"]
    assert [(line.level, line.number, line.now) for line in compared] == [
        ("", 1, 4),
        ("", 2, 4),
        ("ปฐมวัย", 1, 4),
        ("ปฐมวัย", 2, 4),
    ]

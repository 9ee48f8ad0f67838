"""Sets given to many rounds at once, from the list of rounds that lack them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.core.errors import ActionRefused
from schools.enums import EducationLevel, Grade
from supervision.assessments import actions as assessments
from supervision.rounds import actions
from supervision.rounds.models import Round
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory, ScaleFactory, SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def basic():
    return IndicatorSetFactory(name="ชุดพื้นฐาน")


@pytest.fixture
def early():
    return IndicatorSetFactory(name="ชุดปฐมวัย", level=EducationLevel.EARLY_CHILDHOOD)


@pytest.fixture
def bare_rounds(term):
    """Three rounds without sets; the last one's school teaches both levels."""
    grades = [(Grade.P1, Grade.P6), (Grade.P1, Grade.P6), (Grade.K2, Grade.P6)]
    schools = [SchoolFactory(first_grade=low, last_grade=high) for low, high in grades]
    return [RoundFactory(bare=True, school=school, term=term) for school in schools]


def address(term):
    return reverse("term_criteria", args=[term.pk])


def sent(rounds, *sets):
    return {"rounds": [one.pk for one in rounds], "indicator_sets": [one.pk for one in sets]}


def sets_of(rounds):
    return [set(Round.objects.get(pk=one.pk).indicator_sets.all()) for one in rounds]


def test_one_press_settles_step_two_of_all_that_are_ticked(
    login, group_director, term, bare_rounds, basic, early
):
    client = login(group_director)
    page = client.get(address(term)).content.decode()
    assert page.count('name="rounds"') == 3
    assert "ย้อนกลับไม่ได้" in page
    answer = client.post(address(term), sent(bare_rounds, basic, early), follow=True)
    assert "กำหนดชุดตัวชี้วัดให้ 3 รอบแล้ว" in answer.content.decode()
    assert sets_of(bare_rounds) == [{basic}, {basic}, {basic, early}]
    chosen = Round.objects.values_list("criteria_chosen_by", flat=True)
    assert set(chosen) == {group_director.pk}


def test_only_ticked_rounds_are_given_sets(login, group_director, term, bare_rounds, basic):
    login(group_director).post(address(term), sent(bare_rounds[:1], basic))
    assert sets_of(bare_rounds) == [{basic}, set(), set()]


def test_a_round_whose_levels_are_not_all_covered_waits_and_is_named(
    login, group_director, term, bare_rounds, basic
):
    answer = login(group_director).post(address(term), sent(bare_rounds, basic), follow=True)
    assert sets_of(bare_rounds) == [{basic}, {basic}, set()]
    assert "อีก 1 รอบยังขาดชุดระดับปฐมวัย" in answer.content.decode()


def test_a_round_that_lacks_one_level_is_given_that_alone(
    login, group_director, term, basic, early
):
    """Its school's grades were entered after the round had opened."""
    school = SchoolFactory()
    round_ = RoundFactory(school=school, term=term, indicator_sets=[basic])
    client = login(group_director)
    assert 'name="rounds"' not in client.get(address(term)).content.decode()
    school.first_grade, school.last_grade = Grade.K2, Grade.P6
    school.save()
    page = client.get(address(term)).content.decode()
    assert "ขาดชุดระดับปฐมวัย" in page
    newer = IndicatorSetFactory(name="ชุดพื้นฐานใหม่")
    client.post(address(term), sent([round_], newer, early))
    assert sets_of([round_]) == [{basic, early}]


def test_a_round_whose_scores_were_confirmed_is_given_no_more_sets(
    login, group_director, term, school, basic, early, school_director
):
    round_ = RoundFactory(school=school, term=term, indicator_sets=[basic])
    scenarios.self_assessment_confirmed(round_, by=school_director)
    school.first_grade, school.last_grade = Grade.K2, Grade.P6
    school.save()
    client = login(group_director)
    assert 'name="rounds"' not in client.get(address(term)).content.decode()
    client.post(address(term), sent([round_], early))
    assert sets_of([round_]) == [{basic}]


def test_a_draft_begun_before_goes_on_with_the_added_level(
    group_director, term, school, basic, early, school_director
):
    round_ = RoundFactory(school=school, term=term, indicator_sets=[basic])
    assessment = assessments.start_self_assessment(round_, by=school_director)
    scenarios.fill_sheet(assessment.sheet, 4, by=school_director)
    school.first_grade, school.last_grade = Grade.K2, Grade.P6
    school.save()
    actions.assign_indicator_sets(term, [round_.pk], [early], by=group_director)
    with pytest.raises(ActionRefused, match="ขาดอีก 4 ตัวชี้วัด"):
        assessments.confirm_self_assessment(assessment, by=school_director)


def test_another_scale_is_not_added_to_a_round(group_director, term, basic):
    school = SchoolFactory(first_grade=Grade.K2, last_grade=Grade.P6)
    round_ = RoundFactory(school=school, term=term, indicator_sets=[basic])
    other = IndicatorSetFactory(
        level=EducationLevel.EARLY_CHILDHOOD, scale=ScaleFactory(key="other_scale", name="มาตราอื่น")
    )
    assert actions.assign_indicator_sets(term, [round_.pk], [other], by=group_director) == []
    assert sets_of([round_]) == [{basic}]


def test_pressing_twice_changes_nothing_and_says_so(
    login, group_director, term, bare_rounds, basic, early
):
    client = login(group_director)
    client.post(address(term), sent(bare_rounds, basic, early))
    before = Round.objects.values_list("criteria_chosen_at", flat=True).first()
    other = IndicatorSetFactory(name="ชุดอื่น")
    answer = client.post(address(term), sent(bare_rounds, other), follow=True)
    assert "มีชุดครบแล้ว" in answer.content.decode()
    assert sets_of(bare_rounds) == [{basic}, {basic}, {basic, early}]
    assert Round.objects.values_list("criteria_chosen_at", flat=True).first() == before


@pytest.mark.parametrize(
    ("rounds", "sets", "message"),
    [
        (0, 1, "โปรดเลือกรอบอย่างน้อย 1 รอบ"),
        (3, 0, "โปรดเลือกชุดตัวชี้วัดอย่างน้อย 1 ชุด"),
    ],
)
def test_what_was_not_chosen_is_named(
    login, group_director, term, bare_rounds, basic, rounds, sets, message
):
    chosen = sent(bare_rounds[:rounds], *[basic][:sets])
    assert message in login(group_director).post(address(term), chosen).content.decode()


def test_without_an_endorsed_set_the_page_leads_to_step_two(
    login, group_director, term, bare_rounds
):
    page = login(group_director).get(address(term)).content.decode()
    assert "ยังไม่มีชุดที่ ก.ต.ป.น. เห็นชอบ" in page
    assert f'href="{reverse("criteria")}"' in page


def test_with_nothing_lacking_the_page_says_so(login, group_director, round_):
    page = login(group_director).get(address(round_.term)).content.decode()
    assert "ทุกรอบของภาคเรียนนี้มีชุดตัวชี้วัดครบแล้ว" in page


def test_a_later_round_tells_what_is_to_change(login, group_director, round_, basic):
    actions.open_next_round(round_, planned_changes="เพิ่มการสังเกตชั้นเรียน", by=group_director)
    page = login(group_director).get(address(round_.term)).content.decode()
    assert "รอบที่ 2" in page
    assert "เพิ่มการสังเกตชั้นเรียน" in page
    assert page.count('name="rounds"') == 1


def test_as_many_queries_for_many_rounds(login, group_director, term, basic, early):
    client = login(group_director)

    def asked(count):
        rounds = [
            RoundFactory(
                bare=True,
                term=term,
                school=SchoolFactory(first_grade=Grade.K2, last_grade=Grade.P6),
            )
            for _ in range(count)
        ]
        client.get(address(term))
        with CaptureQueriesContext(connection) as page:
            client.get(address(term))
        with CaptureQueriesContext(connection) as act:
            client.post(address(term), sent(rounds, basic, early))
        assert all(sets_of(rounds))
        return len(page), len(act)

    few = asked(3)
    assert asked(12) == few
    assert few[0] <= 15


@pytest.mark.parametrize("who", ["supervisor", "school_director", "area_director", "clerk"])
def test_only_who_opens_rounds_may(request, login, term, who):
    client = login(request.getfixturevalue(who))
    assert client.get(address(term)).status_code == 403
    assert client.post(address(term)).status_code == 403


# --- home ---


def home(login, user):
    return login(user).get("/todos/").context["home"]


def test_home_tells_of_rounds_without_sets_before_step_one_is_done(
    login, group_director, term, basic
):
    for _ in range(6):
        RoundFactory(bare=True, term=term, school=SchoolFactory(last_grade=9, first_grade=4))
    (item,) = [one for one in home(login, group_director).waiting if "กำหนดชุด" in one.title]
    assert item.title == "กำหนดชุดตัวชี้วัดให้ 6 รอบ"
    assert item.url == address(term)


def test_home_says_what_to_do_first_where_no_set_is_endorsed(login, group_director, term):
    RoundFactory(bare=True, term=term)
    (item,) = [one for one in home(login, group_director).waiting if one.step == 2]
    assert item.title.startswith("เสนอ ก.ต.ป.น. เห็นชอบชุดตัวชี้วัด")
    assert item.url == reverse("criteria")


@pytest.mark.parametrize("who", ["supervisor", "area_director", "school_director"])
def test_others_are_told_who_gives_the_sets(request, login, term, school, who):
    RoundFactory(bare=True, term=term, school=school)
    page = login(request.getfixturevalue(who)).get("/todos/").content.decode()
    assert "1 รอบยังไม่มีชุดตัวชี้วัด" in page
    assert "รอผู้อำนวยการกลุ่มนิเทศฯ กำหนด" in page


def test_nothing_is_told_where_all_rounds_have_theirs(login, group_director, area_director, round_):
    for user in (group_director, area_director):
        assert "ชุดตัวชี้วัด" not in login(user).get("/todos/").content.decode().split("<main")[1]

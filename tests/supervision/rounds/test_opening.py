"""Opening a term: no round opens before sets of all levels that its school teaches are endorsed."""

import pytest
from django.urls import reverse

from schools.core.errors import ActionRefused
from schools.enums import EducationLevel, Grade
from supervision.criteria.enums import SetState
from supervision.rounds import actions
from supervision.rounds.models import Round
from supervision.rounds.queries import uncovered_levels
from tests.factories import IndicatorSetFactory, RoundFactory, SchoolFactory

pytestmark = pytest.mark.django_db
REMEDY = "ยังไม่มีชุดที่ ก.ต.ป.น. เห็นชอบ โปรดดำเนินการขั้นที่ 2 ก่อนเปิดรอบ"


@pytest.fixture
def primary():
    return SchoolFactory(name="โรงเรียนประถม", first_grade=Grade.P1, last_grade=Grade.P6)


@pytest.fixture
def both_levels():
    return SchoolFactory(name="โรงเรียนสองระดับ", first_grade=Grade.K2, last_grade=Grade.P6)


@pytest.fixture
def basic():
    return IndicatorSetFactory(name="ชุดพื้นฐาน")


@pytest.fixture
def early():
    return IndicatorSetFactory(name="ชุดปฐมวัย", level=EducationLevel.EARLY_CHILDHOOD)


def open_url(term):
    return reverse("term_open", args=[term.pk])


def test_without_an_endorsed_set_nothing_opens_and_the_page_names_the_remedy(
    login, group_director, term, primary
):
    IndicatorSetFactory(draft=True)
    client = login(group_director)
    page = client.get(open_url(term)).content.decode()
    assert REMEDY in page
    assert f'href="{reverse("criteria")}"' in page
    assert "เปิดรอบ 1 โรงเรียน" not in page
    assert client.post(open_url(term)).status_code == 200
    assert not Round.objects.exists()


def test_the_page_says_which_levels_are_taught_and_which_have_a_set(
    login, group_director, term, primary, both_levels, basic
):
    page = login(group_director).get(open_url(term))
    levels = {line.level: (line.schools, line.sets) for line in page.context["opening"].levels}
    assert levels == {EducationLevel.BASIC: (2, 1), EducationLevel.EARLY_CHILDHOOD: (1, 0)}
    html = page.content.decode()
    assert "ระดับปฐมวัย" in html
    assert "ยังไม่มีชุดที่ ก.ต.ป.น. เห็นชอบ" in html


def test_schools_whose_levels_are_all_covered_open_and_the_others_are_named(
    login, group_director, term, primary, both_levels, basic
):
    client = login(group_director)
    page = client.get(open_url(term)).content.decode()
    assert "เปิดรอบ 1 โรงเรียน" in page
    assert "ยังเปิดรอบไม่ได้ 1 โรงเรียน" in page
    assert "สองระดับ" in page
    told = client.post(open_url(term), {"indicator_sets": [basic.pk]}, follow=True)
    assert [round_.school for round_ in Round.objects.all()] == [primary]
    assert "ยังไม่เปิดอีก 1 โรงเรียน เพราะขาดชุดระดับปฐมวัย" in told.content.decode()


def test_later_the_rest_opens_and_what_stands_stays(
    login, group_director, term, primary, both_levels, basic, early
):
    client = login(group_director)
    client.post(open_url(term), {"indicator_sets": [basic.pk]})
    client.post(open_url(term), {"indicator_sets": [basic.pk, early.pk]})
    chosen = {r.school: set(r.indicator_sets.all()) for r in Round.objects.all()}
    assert chosen == {primary: {basic}, both_levels: {basic, early}}


def test_a_set_for_all_levels_covers_every_school(group_director, term, both_levels):
    every = IndicatorSetFactory(level=EducationLevel.ANY)
    (round_,) = actions.open_term_rounds(
        term, [both_levels], by=group_director, indicator_sets=[every]
    )
    assert round_.has_criteria


def test_no_set_chosen_is_told_and_nothing_opens(login, group_director, term, primary, basic):
    page = login(group_director).post(open_url(term), {}).content.decode()
    assert "โปรดเลือกชุดตัวชี้วัดอย่างน้อย 1 ชุด" in page
    assert not Round.objects.exists()


def test_sets_that_cover_no_school_are_refused(
    login, group_director, term, both_levels, basic, early
):
    page = login(group_director).post(open_url(term), {"indicator_sets": [early.pk]})
    assert "ชุดที่เลือกยังไม่ครบทุกระดับที่โรงเรียนเปิดสอน" in page.content.decode()
    with pytest.raises(ActionRefused):
        actions.open_term_rounds(term, [both_levels], by=group_director, indicator_sets=[early])
    assert not Round.objects.exists()


def test_a_round_that_is_opened_has_its_sets_on_record(group_director, term, primary, basic):
    actions.open_term_rounds(term, [primary], by=group_director, indicator_sets=[basic])
    round_ = Round.objects.get()
    assert round_.has_criteria
    assert (round_.criteria_chosen_by, round_.indicator_sets.get()) == (group_director, basic)


# --- home ---


def waiting(login, user):
    return login(user).get("/todos/").context["home"].waiting


def test_home_asks_to_endorse_sets_before_it_asks_to_open(login, group_director, term, primary):
    (item,) = waiting(login, group_director)
    assert item.title == f"เสนอ ก.ต.ป.น. เห็นชอบชุดตัวชี้วัดก่อนเปิดรอบภาคเรียนที่ {term}"
    assert item.detail == f"{REMEDY} · รอเปิดรอบ 1 โรงเรียน"
    assert item.url == reverse("criteria")


def test_home_asks_to_open_what_can_be_opened_and_names_what_the_rest_lacks(
    login, group_director, term, primary, both_levels, basic
):
    first, second = waiting(login, group_director)
    assert first.title == f"เปิดรอบการนิเทศภาคเรียนที่ {term} ให้ 1 โรงเรียน"
    assert first.url == open_url(term)
    assert second.title == f"เสนอ ก.ต.ป.น. เห็นชอบชุดตัวชี้วัดก่อนเปิดรอบภาคเรียนที่ {term}"
    assert second.url == reverse("criteria")


@pytest.mark.parametrize("grades", [(None, None), (1, 3), (2, 9), (4, 9), (4, 12)])
@pytest.mark.parametrize("levels", [(), (0,), (1,), (2,), (1, 2)])
def test_one_round_and_many_are_asked_the_same_question(term, grades, levels):
    """`uncovered_levels` of one school and `lacking_sets` of all rounds agree."""
    first, last = grades
    school = SchoolFactory(first_grade=first, last_grade=last)
    sets = [IndicatorSetFactory(level=level) for level in levels]
    round_ = RoundFactory(school=school, term=term, bare=True)
    round_.indicator_sets.set(sets)
    lacking = Round.objects.lacking_sets().filter(pk=round_.pk).exists()
    assert lacking == bool(uncovered_levels(school, sets))


def test_home_of_who_opens_says_so_even_where_rounds_stand(
    login, group_director, term, primary, both_levels, basic
):
    RoundFactory(school=primary, term=term)
    (item,) = [one for one in waiting(login, group_director) if "เห็นชอบ" in one.title]
    assert "รอเปิดรอบ 1 โรงเรียน" in item.detail


def test_a_set_taken_out_of_use_is_no_endorsed_set(login, group_director, term, primary):
    IndicatorSetFactory(state=SetState.RETIRED)
    (item,) = waiting(login, group_director)
    assert item.url == reverse("criteria")

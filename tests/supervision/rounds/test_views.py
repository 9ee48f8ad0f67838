from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.criteria.enums import SetState
from supervision.rounds import actions
from supervision.rounds.models import Round
from tests.factories import IndicatorSetFactory, RoundFactory, SchoolFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def approved():
    return IndicatorSetFactory(name="ชุดที่เห็นชอบ")


@pytest.fixture
def bare(school, term):
    return RoundFactory(bare=True, school=school, term=term)


def open_url(term):
    return reverse("term_open", args=[term.pk])


def deadlines_url(term):
    return reverse("term_deadlines", args=[term.pk])


def criteria_url(round_):
    return reverse("round_criteria", args=[round_.pk])


# --- opening a term ---


def test_confirm_page_says_how_many_open_and_who_has_one(
    login, group_director, bare, other_school, approved
):
    html = login(group_director).get(open_url(bare.term)).content.decode()
    assert "เปิดรอบ 1 โรงเรียน" in html
    assert other_school.short_name in html
    assert "1 โรงเรียนมีรอบอยู่แล้ว" in html
    assert reverse("term_criteria", args=[bare.term_id]) in html
    assert Round.objects.count() == 1


def test_opens_a_round_for_every_open_school_with_the_chosen_set(
    login, group_director, school, other_school, term, approved
):
    SchoolFactory(closed_on=timezone.localdate())
    response = login(group_director).post(open_url(term), {"indicator_sets": [approved.pk]})
    assert response.status_code == 302
    assert {r.school for r in Round.objects.for_term(term)} == {school, other_school}
    assert {r.indicator_sets.get() for r in Round.objects.all()} == {approved}
    assert {r.criteria_chosen_by for r in Round.objects.all()} == {group_director}


def test_pressing_twice_opens_nothing_new(login, group_director, school, term, approved):
    client = login(group_director)
    client.post(open_url(term), {"indicator_sets": [approved.pk]})
    other = IndicatorSetFactory()
    client.post(open_url(term), {"indicator_sets": [other.pk]})
    assert Round.objects.get().indicator_sets.get() == approved
    assert "ทุกโรงเรียนมีรอบ" in client.get(open_url(term)).content.decode()


def test_a_school_that_closes_before_the_term_gets_no_round(
    login, group_director, school, approved
):
    term = TermFactory(opens_on=timezone.localdate() + timedelta(days=30))
    school.closed_on = term.opens_on - timedelta(days=1)
    school.save()
    login(group_director).post(open_url(term), {"indicator_sets": [approved.pk]})
    assert not Round.objects.exists()


def test_a_set_out_of_use_cannot_be_chosen(login, group_director, school, term):
    retired = IndicatorSetFactory(state=SetState.RETIRED)
    html = login(group_director).post(open_url(term), {"indicator_sets": [retired.pk]})
    assert "โปรดเลือกจากชุดที่ ก.ต.ป.น. เห็นชอบ" in html.content.decode()
    with pytest.raises(ActionRefused):
        actions.open_term_rounds(term, [school], by=group_director, indicator_sets=[retired])
    assert not Round.objects.exists()


def test_opening_page_has_as_many_queries_for_many_schools(
    login, group_director, term, django_assert_max_num_queries
):
    for _ in range(3):
        RoundFactory(bare=True, term=term)
        SchoolFactory()
    client = login(group_director)
    with django_assert_max_num_queries(15):
        client.get(open_url(term))


@pytest.mark.parametrize(
    "name", ["supervisor", "school_director", "area_director", "administrator"]
)
@pytest.mark.parametrize("url", [open_url, deadlines_url])
def test_only_who_leads_the_group_sets_up_a_term(url, name, request, login, term):
    client = login(request.getfixturevalue(name))
    assert client.get(url(term)).status_code == 403
    assert client.post(url(term)).status_code == 403


@pytest.mark.parametrize("name", ["term_open", "term_deadlines"])
def test_a_term_that_does_not_exist_is_not_found(name, login, group_director):
    assert login(group_director).get(reverse(name, args=[9999])).status_code == 404


@pytest.mark.parametrize("name", ["term_open", "term_deadlines", "round_criteria"])
def test_a_stranger_is_asked_to_sign_in(name, client, db):
    assert client.get(reverse(name, args=[1])).url.startswith(reverse("account_login"))


# --- criteria of one round ---


def test_choosing_settles_step_two(login, group_director, bare, approved):
    client = login(group_director)
    html = client.get(criteria_url(bare)).content.decode()
    assert "ชุดที่เห็นชอบ ฉบับที่ 1 · ระดับขั้นพื้นฐาน · ก.ต.ป.น. ครั้งที่ 1/2569 · 4 ตัวชี้วัด" in html
    assert client.post(criteria_url(bare), {"indicator_sets": [approved.pk]}).status_code == 302
    bare.refresh_from_db()
    assert bare.has_criteria
    assert bare.criteria_chosen_by == group_director


def test_a_later_round_shows_what_will_change_and_the_round_before(
    login, group_director, round_, approved
):
    second = actions.open_next_round(round_, planned_changes="เพิ่มการสังเกตชั้นเรียน", by=group_director)
    html = login(group_director).get(criteria_url(second)).content.decode()
    assert "เพิ่มการสังเกตชั้นเรียน" in html
    assert round_.get_absolute_url() in html


@pytest.mark.parametrize("method", ["get", "post"])
def test_criteria_are_chosen_once(method, login, group_director, round_, approved):
    client = login(group_director)
    response = getattr(client, method)(criteria_url(round_), {"indicator_sets": [approved.pk]})
    assert response.status_code == 409
    assert approved not in round_.indicator_sets.all()


def test_nothing_chosen_is_told(login, group_director, bare, approved):
    html = login(group_director).post(criteria_url(bare), {}).content.decode()
    assert "โปรดเลือกชุดตัวชี้วัด" in html


def test_without_an_approved_set_the_page_says_what_to_do(login, group_director, bare):
    IndicatorSetFactory(draft=True)
    assert "เสนอ ก.ต.ป.น. เห็นชอบ" in login(group_director).get(criteria_url(bare)).content.decode()


def test_wrong_role_and_wrong_school(login, supervisor, school_director, outsider_director, bare):
    assert login(supervisor).get(criteria_url(bare)).status_code == 403
    assert login(school_director).post(criteria_url(bare)).status_code == 403
    assert login(outsider_director).get(criteria_url(bare)).status_code == 404

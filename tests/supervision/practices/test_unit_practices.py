"""The supervision unit's own methods, media, handbooks and models: nominated, seen, selected."""

import pytest
from django.db import IntegrityError
from django.urls import reverse

from supervision.practices import actions
from supervision.practices.enums import PracticeKind
from supervision.practices.models import GoodPractice
from tests.factories import TermFactory, WorkProcessFactory
from tests.form_data import page_form_data
from tests.supervision.practices.sample_practice import PRACTICE_DATA

NEW = reverse("unit_practice_nominate")
LIST = reverse("practices")


@pytest.fixture
def work(term):
    return WorkProcessFactory().work


@pytest.fixture
def unit_practice(work, supervisor):
    return actions.nominate_unit_practice(
        by=supervisor, kind=PracticeKind.METHOD, work=work, **PRACTICE_DATA
    )


def nomination(of_work, **changes):
    return {"kind": "method", "work": of_work.pk, **PRACTICE_DATA} | changes


def test_an_officer_nominates_a_method_with_its_work(login, supervisor, work):
    client = login(supervisor)
    assert NEW in client.get(LIST).content.decode()
    response = client.post(NEW, nomination(work), follow=True)
    page = response.content.decode()
    assert "เสนอผลงานของกลุ่มนิเทศฯ แล้ว" in page
    assert "วิธีการนิเทศ" in page
    assert str(work) in page
    practice = GoodPractice.objects.get()
    assert (practice.round, practice.nominated_by) == (None, supervisor)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"kind": ""}, "โปรดเลือกประเภทของผลงาน"),
        ({"kind": "school"}, "school"),
        ({"work": ""}, "โปรดเลือกงานที่ผลงานนี้อยู่ในขอบข่าย"),
        ({"title": ""}, "ชื่อผลงาน"),
    ],
)
def test_what_is_missing_is_named_and_the_rest_kept(login, supervisor, work, changes, message):
    page = login(supervisor).post(NEW, nomination(work, **changes)).content.decode()
    assert message in page
    assert PRACTICE_DATA["process"] in page
    assert not GoodPractice.objects.exists()


def test_the_same_title_twice_in_a_term_is_refused(login, supervisor, work, unit_practice):
    page = login(supervisor).post(NEW, nomination(work)).content.decode()
    assert "ภาคเรียนนี้เสนอผลงาน" in page
    assert GoodPractice.objects.count() == 1


def test_without_a_term_the_reason_is_said(login, supervisor, work):
    TermFactory._meta.model.objects.all().delete()
    page = login(supervisor).post(NEW, nomination(work)).content.decode()
    assert "ยังไม่มีภาคเรียนในทะเบียน" in page


@pytest.mark.parametrize("who", ["school_director", "clerk", "committee_member", "area_director"])
def test_only_officers_of_the_unit_nominate(request, login, work, who):
    client = login(request.getfixturevalue(who))
    assert client.get(NEW).status_code == 403
    assert client.post(NEW, nomination(work)).status_code == 403
    assert NEW not in client.get(LIST).content.decode()


def test_a_school_sees_it_once_it_is_selected(
    login, school_director, other_supervisor, group_director, unit_practice, round_
):
    page = unit_practice.get_absolute_url()
    paper = reverse("practice_paper", args=[unit_practice.pk])
    school = login(school_director)
    assert unit_practice.title not in school.get(LIST).content.decode()
    assert school.get(page).status_code == school.get(paper).status_code == 404
    assert unit_practice.title in login(other_supervisor).get(LIST).content.decode()
    actions.select_practice(unit_practice, by=group_director)
    assert unit_practice.title in school.get(LIST).content.decode()
    assert school.get(page).status_code == 200
    edit = reverse("practice_edit", args=[unit_practice.pk])
    assert school.get(edit).status_code == 403


def test_a_person_without_a_post_sees_none(unit_practice, group_director, administrator):
    actions.select_practice(unit_practice, by=group_director)
    assert not GoodPractice.objects.visible_to(administrator).exists()


def test_any_officer_changes_it_until_it_is_decided_on(
    login, other_supervisor, group_director, unit_practice
):
    edit = reverse("practice_edit", args=[unit_practice.pk])
    client = login(other_supervisor)
    client.post(edit, page_form_data(client, edit, kind="media", title="บอร์ดเกม"))
    unit_practice.refresh_from_db()
    assert (unit_practice.kind, unit_practice.title) == ("media", "บอร์ดเกม")
    actions.decline_practice(unit_practice, by=group_director, reason="ยังไม่มีผล")
    assert client.get(edit).status_code == 409


def test_reviewers_of_the_area_review_it_and_cluster_reviewers_do_not_see_it(
    login, committee_member, subcommittee_member, unit_practice
):
    review = reverse("practice_review", args=[unit_practice.pk])
    sent = {"score": 80, "comment": "ใช้ได้จริง"}
    assert login(committee_member).post(review, sent).status_code == 302
    assert login(subcommittee_member).post(review, sent).status_code == 404
    assert unit_practice.reviews.get().score == 80


def test_the_list_is_filtered_by_kind_and_term(login, supervisor, unit_practice, practice):
    client = login(supervisor)
    for query, found in (("kind=method", unit_practice), ("kind=school", practice)):
        page = client.get(f"{LIST}?{query}").content.decode()
        other = practice if found == unit_practice else unit_practice
        assert found.get_absolute_url() in page
        assert other.get_absolute_url() not in page
    of_term = client.get(f"{LIST}?term={unit_practice.term_id}").content.decode()
    assert unit_practice.get_absolute_url() in of_term
    assert practice.get_absolute_url() in of_term


def test_it_has_a_kind_a_work_and_no_round(unit_practice, round_):
    with pytest.raises(IntegrityError):
        GoodPractice.objects.filter(pk=unit_practice.pk).update(round=round_)


def test_a_selected_one_was_shown_to_schools_and_not_to_the_public(
    login, supervisor, group_director, unit_practice
):
    actions.select_practice(unit_practice, by=group_director)
    page = login(supervisor).get(reverse("dissemination_register")).context["page"]
    assert [line.audience for line in page] == ["schools"]

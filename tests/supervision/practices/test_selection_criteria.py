"""The criteria by which practices are scored, and reviews by them."""

import pytest
from django.urls import reverse

from supervision.practices.models import PracticeCriterion, PracticeReview
from supervision.practices.selection_criteria import CriterionLine, replace_practice_criteria

PROCESS, OUTCOME = CriterionLine("กระบวนการ", 40), CriterionLine("ผลที่เกิดกับผู้เรียน", 60)
URL = reverse("practice_criteria")


@pytest.fixture
def criteria(db):
    replace_practice_criteria([PROCESS, OUTCOME])
    return list(PracticeCriterion.objects.in_use())


def typed(*lines):
    return {
        key: value
        for at, (name, full_marks) in enumerate(lines)
        for key, value in ((f"name_{at}", name), (f"full_marks_{at}", full_marks))
    }


def give(client, practice, marks):
    url = reverse("practice_review", args=[practice.pk])
    sent = {f"marks_{row.pk}": given for row, given in marks.items()}
    return client.post(url, {"comment": "ทำตามได้จริง"} | sent, follow=True).content.decode()


def test_the_office_sets_its_criteria(login, group_director):
    client = login(group_director)
    client.post(URL, typed(PROCESS, OUTCOME))
    assert [(row.name, row.full_marks) for row in PracticeCriterion.objects.in_use()] == [
        PROCESS,
        OUTCOME,
    ]
    assert "ผลที่เกิดกับผู้เรียน" in client.get(URL).content.decode()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([PROCESS], "รวมได้ 40 คะแนน"),
        ([CriterionLine("ผล", 50), CriterionLine("ผล", 50)], "ชื่อเดียวกัน"),
        ([("กระบวนการ", "")], "กรอกให้ครบทั้งแถว"),
        ([("กระบวนการ", "101")], "ต้องไม่เกิน 100"),
    ],
)
def test_a_list_that_cannot_be_scored_by_is_refused(login, group_director, lines, message):
    assert message in login(group_director).post(URL, typed(*lines)).content.decode()
    assert not PracticeCriterion.objects.exists()


def test_criteria_are_for_those_who_prepare_criteria(login, supervisor, client):
    assert login(supervisor).get(URL).status_code == 403
    assert client.get(URL).status_code == 302


def test_marks_by_criterion_make_the_score(login, committee_member, practice, criteria):
    page = give(login(committee_member), practice, dict(zip(criteria, (30, 55), strict=True)))
    assert practice.reviews.get().score == 85
    assert "30/40" in page
    give(login(committee_member), practice, dict(zip(criteria, (20, 55), strict=True)))
    assert practice.reviews.get().score == 75


def test_marks_above_the_full_ones_are_refused(login, committee_member, practice, criteria):
    page = give(login(committee_member), practice, dict(zip(criteria, (41, 55), strict=True)))
    assert "คะแนนต้องอยู่ระหว่าง 0 ถึง 40" in page
    assert not PracticeReview.objects.exists()


def test_a_criterion_that_was_scored_by_is_kept(login, committee_member, practice, criteria):
    give(login(committee_member), practice, dict(zip(criteria, (30, 55), strict=True)))
    replace_practice_criteria([PROCESS, CriterionLine("การขยายผล", 60)])
    assert practice.reviews.get().marks.count() == 2
    assert PracticeCriterion.objects.count() == 3
    assert PracticeCriterion.objects.in_use().first() == criteria[0]

"""Good practice: judged by reviewers, then chosen or declined."""

import pytest
from django.urls import reverse

from supervision.practices import actions
from supervision.practices.enums import PracticeState
from tests.factories import MeetingFactory
from tests.supervision.practices.sample_practice import PRACTICE_DATA


def review(client, practice, **sent):
    url = reverse("practice_review", args=[practice.pk])
    return client.post(url, {"score": "85", "comment": "ทำตามได้จริง"} | sent, follow=True)


def test_reviewers_give_points_and_may_change_them(
    login, committee_member, group_director, practice
):
    review(login(committee_member), practice)
    review(login(committee_member), practice, score="90")
    page = review(login(group_director), practice, score="81").content.decode()
    assert "ผู้ให้คะแนน 2 คน · x̄ 85.50 · S.D. 6.36" in page


def test_the_school_does_not_read_its_reviewers(login, committee_member, school_director, practice):
    review(login(committee_member), practice, comment="ควรปรับการวัดผล")
    page = login(school_director).get(practice.get_absolute_url()).content.decode()
    assert "ควรปรับการวัดผล" not in page


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"score": "101"}, "ระหว่าง 0 ถึง 100"),
        ({"score": "-1"}, "ระหว่าง 0 ถึง 100"),
        ({"score": "ดี"}, "จำนวนเต็ม"),
        ({"score": ""}, "โปรดให้คะแนน"),
        ({"comment": " "}, "โปรดกรอกความเห็น"),
    ],
)
def test_a_review_says_what_is_wrong_and_keeps_the_words(
    login, committee_member, practice, sent, message
):
    page = review(login(committee_member), practice, **sent).content.decode()
    assert message in page
    assert not practice.reviews.exists()
    assert sent.get("comment", "ทำตามได้จริง").strip() in page


def test_reviews_end_with_the_choice(login, committee_member, group_director, practice):
    actions.decline_practice(practice, by=group_director, reason="ยังไม่มีผลกับผู้เรียน")
    response = review(login(committee_member), practice)
    assert "ยังไม่มีผลกับผู้เรียน" in response.content.decode()
    assert not practice.reviews.exists()


def test_review_is_for_reviewers(login, supervisor, school_director, outsider_director, practice):
    people = (supervisor, school_director, outsider_director)
    assert [review(login(who), practice).status_code for who in people] == [403, 403, 404]


def test_select_chooses_a_practice_once(login, group_director, academic_teacher, round_):
    practice = actions.nominate_practice(round_, by=academic_teacher, **PRACTICE_DATA)
    url = reverse("practice_select", args=[practice.pk])
    assert url in login(group_director).get(practice.get_absolute_url()).content.decode()
    assert login(group_director).get(url).status_code == 200
    assert "โปรดเลือกระดับที่คัดเลือก" in login(group_director).post(url).content.decode()
    meeting = MeetingFactory()
    login(group_director).post(url, {"level": "area", "meeting": meeting.pk})
    practice.refresh_from_db()
    assert (practice.state, practice.meeting) == (PracticeState.SELECTED, meeting)
    page = login(academic_teacher).get(practice.get_absolute_url()).content.decode()
    assert meeting.label_with_day in page
    assert login(group_director).post(url, {"level": "area"}).status_code == 409
    page = login(academic_teacher).get(reverse("decision", args=[round_.pk])).content.decode()
    assert "ระดับเขตพื้นที่การศึกษา" in page


def test_select_is_for_those_who_select(
    login, client, supervisor, school_director, outsider_director, round_
):
    practice = actions.nominate_practice(round_, by=school_director, **PRACTICE_DATA)
    url = reverse("practice_select", args=[practice.pk])
    for person in (supervisor, school_director):
        assert login(person).post(url).status_code == 403
    for hidden in (url, practice.get_absolute_url()):
        assert login(outsider_director).get(hidden).status_code == 404
        assert client.get(hidden).status_code == 302


def test_declining_gives_its_reason_and_keeps_the_work(
    login, group_director, school_director, practice
):
    url = reverse("practice_decline", args=[practice.pk])
    assert "โปรดระบุเหตุผล" in login(group_director).post(url).content.decode()
    login(group_director).post(url, {"reason": "ยังไม่มีผลกับผู้เรียน"})
    page = login(school_director).get(practice.get_absolute_url()).content.decode()
    assert "ไม่ได้รับคัดเลือก" in page
    assert "ยังไม่มีผลกับผู้เรียน" in page

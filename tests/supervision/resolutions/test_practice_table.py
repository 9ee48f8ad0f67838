"""Practices and indicator sets at the table of a meeting."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from supervision.criteria.enums import SetState
from supervision.practices import actions
from supervision.practices.enums import PracticeState
from supervision.practices.models import PracticeCriterion
from supervision.practices.selection_criteria import CriterionLine, replace_practice_criteria
from supervision.rounds.enums import SupervisionMethod
from supervision.rounds.methods import save_methods
from tests.factories import IndicatorSetFactory, MeetingFactory


@pytest.fixture
def meeting(db):
    return MeetingFactory(open=True, number=4)


@pytest.fixture
def practices(round_, supervisor):
    return [nominated(round_, supervisor, title) for title in ("ห้องสมุดชุมชน", "ครัวโรงเรียน")]


def nominated(round_, by, title):
    return actions.nominate_practice(round_, by=by, title=title, process="ทำ", outcome="ดี")


def table(client, meeting):
    return client.get(reverse("meeting_practices", args=[meeting.pk])).content.decode()


def resolve(client, meeting, **sent):
    url = reverse("meeting_practices_resolve", args=[meeting.pk])
    return client.post(url, sent, follow=True).content.decode()


def choices(practices, *values):
    return {f"{one.pk}-choice": value for one, value in zip(practices, values, strict=True)}


def test_the_table_shows_scores_by_criterion_best_first(
    login, group_director, committee_member, meeting, practices
):
    replace_practice_criteria([CriterionLine("กระบวนการ", 40), CriterionLine("ผล", 60)])
    first, second = PracticeCriterion.objects.in_use()
    for practice, given in zip(practices, (10, 30), strict=True):
        for by in (group_director, committee_member):
            marks = {first: given, second: 50}
            actions.review_practice(practice, by=by, score=given + 50, comment="ดี", marks=marks)
    page = table(login(group_director), meeting)
    assert page.index("ครัวโรงเรียน") < page.index("ห้องสมุดชุมชน")
    assert "ผู้ให้คะแนน 2 คน · x̄ 80.00" in page
    assert "กระบวนการ 30.00/40" in page


def test_a_meeting_selects_and_declines_together(login, group_director, meeting, practices):
    client = login(group_director)
    sent = choices(practices, "area", "decline") | {f"{practices[1].pk}-reason": "ยังไม่มีผล"}
    page = resolve(client, meeting, **sent)
    assert "ยืนยันมติเรื่องวิธีปฏิบัติที่เป็นเลิศ 2 เรื่อง" in page
    assert practices[0].__class__.objects.filter(state=PracticeState.NOMINATED).count() == 2
    with zeal_ignore():  # each is recorded by the action of a single one
        page = resolve(client, meeting, confirmed="yes", **sent)
    assert "บันทึกมติเรื่องวิธีปฏิบัติที่เป็นเลิศ 2 เรื่องแล้ว" in page
    for practice, state in zip(
        practices, (PracticeState.SELECTED, PracticeState.NOT_SELECTED), strict=True
    ):
        practice.refresh_from_db()
        assert (practice.state, practice.meeting) == (state, meeting)
    assert "ห้องสมุดชุมชน" in resolve(client, meeting, confirmed="yes", **sent)


def test_a_declined_practice_needs_its_reason(login, group_director, meeting, practices):
    page = resolve(login(group_director), meeting, **choices(practices, "area", "decline"))
    assert "โปรดระบุเหตุผลที่ไม่คัดเลือก" in page
    practices[0].refresh_from_db()
    assert practices[0].state == PracticeState.NOMINATED


def test_only_an_open_meeting_selects(login, group_director, practices):
    meeting = MeetingFactory(number=5)
    assert "-choice" not in table(login(group_director), meeting)
    sent = choices(practices, "area", "") | {"confirmed": "yes"}
    assert "ไม่ได้เปิดอยู่" in resolve(login(group_director), meeting, **sent)


def test_a_member_reads_the_scores_and_selects_nothing(login, committee_member, meeting, practices):
    client = login(committee_member)
    assert "-choice" not in table(client, meeting)
    url = reverse("meeting_practices_resolve", args=[meeting.pk])
    assert client.post(url, choices(practices, "area", "area")).status_code == 403


def test_the_table_costs_the_same_for_one_and_for_three(
    login, group_director, supervisor, meeting, round_
):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            table(client, meeting)
        return len(captured)

    client = login(group_director)
    one = nominated(round_, supervisor, "ผลงาน 1")
    actions.review_practice(one, by=group_director, score=80, comment="ดี")
    table(client, meeting)
    of_one = queries()
    for number in (2, 3):
        more = nominated(round_, supervisor, f"ผลงาน {number}")
        actions.review_practice(more, by=group_director, score=70, comment="ดี")
    assert queries() == of_one <= 15


# --- Indicator sets ---


@pytest.fixture
def waiting_sets(db):
    return [IndicatorSetFactory(draft=True, state=SetState.IN_REVIEW) for _ in range(2)]


def test_a_meeting_endorses_the_sets_that_are_ticked(
    login, committee_member, meeting, waiting_sets
):
    url = reverse("meeting_sets", args=[meeting.pk])
    client = login(committee_member)
    assert "checked" not in client.get(url).content.decode()
    assert "เห็นชอบอย่างน้อย 1 รายการ" in client.post(url).content.decode()
    client.post(url, {"indicator_sets": [waiting_sets[0].pk]})
    for one in waiting_sets:
        one.refresh_from_db()
    assert [one.meeting for one in waiting_sets] == [meeting, None]
    assert waiting_sets[1].state == SetState.IN_REVIEW


def test_tools_and_methods_are_endorsed_on_the_same_page(
    login, committee_member, work_group_head, meeting, term
):
    facts = {"methods": [SupervisionMethod.ON_SITE], "tools": [], "description": ""}
    row = save_methods(term, None, by=work_group_head, **facts)
    client, url = login(committee_member), reverse("meeting_sets", args=[meeting.pk])
    page = client.get(url).content.decode()
    assert str(row) in page
    assert "ชุดตัวชี้วัดที่เห็นชอบ" not in page
    assert "เห็นชอบอย่างน้อย 1 รายการ" in client.post(url).content.decode()
    client.post(url, {"methods": [row.pk]})
    row.refresh_from_db()
    assert (row.meeting, row.is_endorsed) == (meeting, True)
    assert client.get(url).status_code == 409


def test_sets_are_endorsed_in_an_open_meeting_by_who_endorses(
    login, committee_member, group_director, meeting, waiting_sets
):
    closed = reverse("meeting_sets", args=[MeetingFactory(number=5).pk])
    assert login(committee_member).get(closed).status_code == 409
    url = reverse("meeting_sets", args=[meeting.pk])
    assert login(group_director).get(url).status_code == 403

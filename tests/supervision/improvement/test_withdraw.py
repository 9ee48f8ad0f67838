"""Advice given by mistake is taken off a draft: its words stay, and nothing counts it any more."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.data.term import term_report
from supervision.improvement import actions
from supervision.improvement.enums import Assignee, RecommendationState
from supervision.improvement.models import Recommendation

MISTAKEN = "ข้อที่ให้ผิดโรงเรียน"
REASON = {"reason": "เป็นข้อเสนอแนะของโรงเรียนอื่น"}


def url_of(name, record):
    return reverse(name, args=[record.pk])


@pytest.fixture
def mistaken(summary, recommendation, supervisor):
    """A second piece of advice beside the one that stays."""
    due_on = timezone.localdate() + timedelta(days=3)
    facts = {"text": MISTAKEN, "assignee": Assignee.SCHOOL_DIRECTOR, "due_on": due_on}
    return actions.create_recommendation(summary, by=supervisor, **facts)


@pytest.fixture
def withdrawn(mistaken, supervisor):
    actions.withdraw_recommendation(mistaken, by=supervisor, **REASON)
    return mistaken


def test_advice_is_taken_off_a_draft_with_its_reason(login, summary, mistaken, supervisor):
    client, url = login(supervisor), url_of("recommendation_withdraw", mistaken)
    assert url in client.get(summary.get_absolute_url()).content.decode()
    assert MISTAKEN in client.get(url).content.decode()
    assert "โปรดระบุเหตุผล" in client.post(url, {"reason": " "}).content.decode()
    page = client.post(url, REASON, follow=True).content.decode()
    assert "ข้อเสนอแนะ 1 ข้อ" in page
    assert f'href="{url}"' not in page
    mistaken.refresh_from_db()
    assert mistaken.state == RecommendationState.WITHDRAWN


def test_the_school_finds_what_was_taken_off_and_why(login, summary, withdrawn, school_director):
    client = login(school_director)
    page = client.get(summary.get_absolute_url()).content.decode()
    assert withdrawn.get_absolute_url() in page
    told = client.get(withdrawn.get_absolute_url()).content.decode()
    assert MISTAKEN in told
    assert REASON["reason"] in told
    assert "ถอนแล้ว" in told
    history = client.get(reverse("round_history", args=[summary.round_id])).content.decode()
    assert REASON["reason"] in history


def test_nothing_counts_what_was_taken_off(
    login, withdrawn, summary, supervisor, school_director, group_director
):
    actions.propose_summary(summary, by=supervisor)
    actions.agree_to_summary(summary, by=school_director)
    ledger = login(group_director).get(reverse("recommendations"), {"show": "all"}).context
    assert [line.recommendation.text for line in ledger["lines"]] == ["จัดทำแผนนิเทศภายใน"]
    assert ledger["totals"].open == 1
    for page in ("/", reverse("notices"), summary.round.get_absolute_url()):
        assert MISTAKEN not in login(school_director).get(page).content.decode()
    school = login(school_director).get(summary.round.get_absolute_url()).content.decode()
    assert "ข้อเสนอแนะ 1 ข้อ" in school
    told = [line["text"] for line in term_report(summary.round)["recommendations"]]
    assert told == ["จัดทำแผนนิเทศภายใน"]


def test_a_summary_is_not_proposed_with_withdrawn_advice_alone(summary, recommendation, supervisor):
    actions.withdraw_recommendation(recommendation, by=supervisor, **REASON)
    assert "ข้อเสนอแนะอย่างน้อย 1 ข้อ" in actions.missing_to_propose_summary(summary)[-1]


def test_what_was_taken_off_may_be_given_again(summary, withdrawn, supervisor):
    facts = {"text": MISTAKEN, "assignee": Assignee.SCHOOL_DIRECTOR, "due_on": withdrawn.due_on}
    actions.create_recommendation(summary, by=supervisor, **facts)
    assert Recommendation.objects.not_withdrawn().count() == 2


def test_only_a_draft_loses_advice(login, proposed, recommendation, supervisor, school_director):
    url = url_of("recommendation_withdraw", recommendation)
    client = login(supervisor)
    assert client.get(url).status_code == client.post(url, REASON).status_code == 409
    actions.agree_to_summary(proposed, by=school_director)
    assert client.post(url, REASON).status_code == 409
    assert Recommendation.objects.not_withdrawn().count() == 1


def test_what_was_taken_off_takes_no_more_acts(login, withdrawn, supervisor):
    for name in ("recommendation_withdraw", "recommendation_edit", "recommendation_close"):
        assert login(supervisor).post(url_of(name, withdrawn), REASON).status_code == 409


def test_advice_is_taken_off_by_those_who_summarise(
    login, client, mistaken, school_director, other_supervisor, outsider_director
):
    url = url_of("recommendation_withdraw", mistaken)
    for person in (school_director, other_supervisor):
        assert login(person).post(url, REASON).status_code == 403
    assert login(outsider_director).get(url).status_code == 404
    assert client.get(url).status_code == 302

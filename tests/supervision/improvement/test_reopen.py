"""An agreed summary may be opened again; the school agrees anew, and its advice goes on."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.data.term import term_report
from reports.queries import steps_missing_for_term_report
from schools.core.errors import ActionRefused
from supervision.improvement import actions
from supervision.improvement.enums import Assignee, RecommendationState, SummaryState
from supervision.improvement.models import Summary
from tests import scenarios
from tests.crawler import addresses_of_words, crawl
from tests.factories import StepDeadlineFactory, TermFactory

REASON = {"reason": "จุดเด่นข้อสองเป็นของโรงเรียนอื่น"}
WORDS = {"strengths": "ครูตั้งใจ", "improvement_points": "การวัดผล", "guidelines": "จัด PLC"}


def url_of(name, record):
    return reverse(name, args=[record.pk])


@pytest.fixture
def achieved(achieved, school_director):
    scenarios.needs_submitted(achieved, by=school_director)
    return achieved


@pytest.fixture
def reopened(agreed, supervisor):
    actions.reopen_summary(agreed, by=supervisor, **REASON)
    return agreed


def test_an_agreed_summary_is_opened_again_with_its_reason(
    login, agreed, supervisor, school_director
):
    client, url = login(supervisor), url_of("summary_reopen", agreed)
    assert url in client.get(agreed.get_absolute_url()).content.decode()
    assert "เห็นชอบอีกครั้ง" in client.get(url).content.decode()
    assert "โปรดระบุเหตุผล" in client.post(url, {"reason": " "}).content.decode()
    client.post(url, REASON)
    agreed.refresh_from_db()
    assert (agreed.state, agreed.agreed_by, agreed.agreed_as) == (SummaryState.DRAFT, None, "")
    for person in (supervisor, school_director):
        page = login(person).get(agreed.get_absolute_url()).content.decode()
        assert "เปิดสรุปผลให้แก้ไขอีกครั้ง" in page
        assert REASON["reason"] in page
    assert client.post(url, REASON).status_code == 409


def test_what_was_agreed_before_can_still_be_read(login, reopened, supervisor, school_director):
    """Word for word, whatever the new draft says."""
    client, url = login(supervisor), reopened.get_absolute_url()
    before = reopened.strengths
    client.post(url, WORDS | {"version": client.get(url).context["form"].stored_version})
    reopened.refresh_from_db()
    assert reopened.strengths == "ครูตั้งใจ" != before
    page = client.get(url).content.decode()
    assert "ก่อนเปิดให้แก้ไข" in page
    assert before in page
    assert before in login(school_director).get(url).content.decode()


@pytest.fixture
def redrafted(reopened, recommendation, supervisor):
    """An opened summary with new words, a new piece of advice, and one amended already."""
    words = {field: f"QZDRAFT{field}" for field in WORDS}
    actions.update_summary(reopened, by=supervisor, texts=words)
    facts = {"assignee": Assignee.SCHOOL_DIRECTOR, "due_on": recommendation.due_on}
    fresh = actions.create_recommendation(reopened, by=supervisor, text="QZDRAFTADVICE", **facts)
    actions.update_recommendation(fresh, by=supervisor, text="QZDRAFTAMENDED", **facts)
    dropped = actions.create_recommendation(reopened, by=supervisor, text="QZDRAFTDROPPED", **facts)
    actions.withdraw_recommendation(dropped, by=supervisor, reason="QZDRAFTWHY")
    return reopened


@pytest.mark.db_agnostic
@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "subcommittee_member"])
def test_what_is_drafted_anew_stays_in_the_office_until_proposed(
    login, request, redrafted, recommendation, supervisor, who
):
    reader = login(request.getfixturevalue(who))
    starts = (reverse("home"), redrafted.get_absolute_url(), redrafted.round.get_absolute_url())
    told = crawl(reader, *starts)
    assert redrafted.get_absolute_url() in told
    assert addresses_of_words(["QZDRAFT"], told) == {}
    page = told[redrafted.get_absolute_url()]
    assert recommendation.text in page
    assert "จนกว่าจะเสนอฉบับใหม่" in page
    assert "ข้อเสนอแนะ 2 ข้อ" not in told[redrafted.round.get_absolute_url()]
    for advice in redrafted.round.recommendations.filter(agreed_at=None):
        assert reader.get(advice.get_absolute_url()).status_code == 404
    assert "QZDRAFTAMENDED" in login(supervisor).get(redrafted.get_absolute_url()).content.decode()
    actions.propose_summary(redrafted, by=supervisor)
    page = reader.get(redrafted.get_absolute_url()).content.decode()
    assert all(word in page for word in ("QZDRAFTstrengths", "QZDRAFTguidelines", "QZDRAFTAMENDED"))


def test_the_school_agrees_anew_and_reads_why(login, reopened, supervisor, school_director):
    client, url = login(supervisor), reopened.get_absolute_url()
    version = client.get(url).context["form"].stored_version
    client.post(url, WORDS | {"version": version})
    client.post(url_of("summary_propose", reopened))
    assert REASON["reason"] in login(school_director).get(url).content.decode()
    login(school_director).post(url_of("summary_agree", reopened))
    reopened.refresh_from_db()
    assert reopened.state == SummaryState.AGREED
    assert term_report(reopened.round)["summary"]["strengths"] == WORDS["strengths"]


def test_step_six_waits_again_for_the_supervisor_and_then_the_school(
    login, reopened, supervisor, school_director
):
    def waits_for(person):
        return [one.title for one in login(person).get("/todos/").context["home"].waiting]

    round_, today = reopened.round, timezone.localdate()
    assert steps_missing_for_term_report(round_, today)
    assert "แก้ไขสรุปผล ของเรา" in waits_for(supervisor)
    actions.propose_summary(reopened, by=supervisor)
    assert "เห็นชอบสรุปผล ของเรา" in waits_for(school_director)
    actions.agree_to_summary(reopened, by=school_director)
    assert not any("สรุปผล" in title for title in waits_for(supervisor))


def test_a_summary_of_a_term_gone_by_waits_as_well(
    login, reopened, supervisor, other_supervisor, school_director, academic_teacher
):
    def waits_for(person):
        return [one.url for one in login(person).get("/todos/").context["home"].waiting]

    opens_on = reopened.round.term.opens_on + timedelta(days=1)
    TermFactory(academic_year__year=2571, number=1, opens_on=opens_on)
    url = reopened.get_absolute_url()
    assert waits_for(supervisor).count(url) == 1
    assert url not in waits_for(school_director) + waits_for(other_supervisor)
    actions.propose_summary(reopened, by=supervisor)
    assert waits_for(school_director).count(url) == 1
    assert url not in waits_for(supervisor) + waits_for(academic_teacher)
    actions.agree_to_summary(reopened, by=school_director)
    assert url not in waits_for(supervisor) + waits_for(school_director)


def test_what_was_agreed_in_time_is_not_overdue_when_opened_again(login, reopened, supervisor):
    days_ago = timezone.now() - timedelta(days=3)
    Summary.objects.update(first_agreed_at=days_ago)
    yesterday = timezone.localdate() - timedelta(days=1)
    StepDeadlineFactory(term=reopened.round.term, step=6, due_on=yesterday)
    waiting = login(supervisor).get("/todos/").context["home"].waiting
    assert [one.overdue for one in waiting if one.title == "แก้ไขสรุปผล ของเรา"] == [0]


def test_when_it_was_first_agreed_is_kept_by_who_read_it_before(
    proposed, supervisor, school_director
):
    early = Summary.objects.get(pk=proposed.pk)
    actions.agree_to_summary(proposed, by=school_director)
    first = proposed.first_agreed_at
    actions.reopen_summary(proposed, by=supervisor, **REASON)
    actions.propose_summary(proposed, by=supervisor)
    actions.agree_to_summary(early, by=school_director)
    assert early.first_agreed_at == first


def test_agreed_advice_goes_on_while_the_summary_is_open(
    login, agreed, recommendation, supervisor, school_director, group_director
):
    actions.report_progress(recommendation, by=school_director, text="จัดทำร่างแผนแล้ว")
    actions.reopen_summary(agreed, by=supervisor, **REASON)
    ledger = login(group_director).get(reverse("recommendations")).context
    assert [line.recommendation for line in ledger["lines"]] == [recommendation]
    url = url_of("recommendation_report", recommendation)
    login(school_director).post(url, {"text": "ประกาศใช้แผนแล้ว", "is_done": "on"})
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.DONE
    assert recommendation.progress_reports.count() == 2
    told = [line["text"] for line in term_report(agreed.round)["recommendations"]]
    assert told == ["จัดทำแผนนิเทศภายใน"]
    actions.close_recommendation(recommendation, by=supervisor, proof="แผนลงนามแล้ว")


def test_what_is_given_anew_waits_for_the_schools_agreement(
    login, reopened, recommendation, supervisor, school_director
):
    facts = {"assignee": Assignee.SCHOOL_DIRECTOR, "due_on": recommendation.due_on}
    fresh = actions.create_recommendation(reopened, by=supervisor, text="ข้อใหม่", **facts)
    with pytest.raises(ActionRefused, match="ยังไม่เห็นชอบ"):
        actions.report_progress(fresh, by=school_director, text="เริ่มแล้ว")
    ledger = login(supervisor).get(reverse("recommendations")).context
    assert [line.recommendation for line in ledger["lines"]] == [recommendation]
    actions.propose_summary(reopened, by=supervisor)
    actions.agree_to_summary(reopened, by=school_director)
    ledger = login(supervisor).get(reverse("recommendations")).context
    assert [line.recommendation for line in ledger["lines"]] == [recommendation, fresh]


def test_agreed_advice_keeps_its_words_and_may_only_be_taken_off(
    login, reopened, recommendation, supervisor
):
    client, edit = login(supervisor), url_of("recommendation_edit", recommendation)
    withdraw = url_of("recommendation_withdraw", recommendation)
    page = client.get(reopened.get_absolute_url()).content.decode()
    assert edit not in page
    assert withdraw in page
    response = client.get(edit)
    assert response.status_code == 409
    assert "โปรดถอนพร้อมเหตุผล" in response.content.decode()
    client.post(withdraw, {"reason": "ให้ผิดโรงเรียน"})
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.WITHDRAWN


def test_a_report_on_advice_taken_off_meanwhile_is_told_so(
    login, reopened, recommendation, supervisor, school_director
):
    actions.withdraw_recommendation(recommendation, by=supervisor, reason="ให้ผิดโรงเรียน")
    url = url_of("recommendation_report", recommendation)
    page = login(school_director).post(url, {"text": "จัดทำร่างแผนแล้ว"}).content.decode()
    assert "ถอนข้อเสนอแนะไปแล้ว" in page
    assert "จัดทำร่างแผนแล้ว" in page
    assert "ยังไม่เห็นชอบ" not in page


def test_only_an_agreed_summary_is_opened_again(login, proposed, supervisor):
    url = url_of("summary_reopen", proposed)
    assert login(supervisor).get(url).status_code == 409
    assert login(supervisor).post(url, REASON).status_code == 409


def test_a_summary_is_opened_again_by_those_who_summarise(
    login, client, agreed, school_director, other_supervisor, outsider_director
):
    url = url_of("summary_reopen", agreed)
    for person in (school_director, other_supervisor):
        assert login(person).post(url, REASON).status_code == 403
    assert login(outsider_director).get(url).status_code == 404
    assert client.get(url).status_code == 302

"""Two people on one visit: signing, handing over, amending, cancelling and postponing it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date
from schools.enums import Grade
from supervision.assessments.journal import record_edits
from supervision.criteria.enums import SetUse
from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from supervision.workflow.models import Transition
from tests import scenarios
from tests.concurrency.parallel import (
    ONE_DONE_ONE_REFUSED,
    count_outcomes,
    level_edit,
    reloaded,
    run_during,
    run_together,
)
from tests.factories import IndicatorSetFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def signed(recorded, supervisor):
    visits.sign_visit(recorded, by=supervisor)
    return recorded


def url_of(visit, act):
    return reverse(f"visit_{act}", args=[visit.pk])


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


# --- Signing ---


def test_one_page_signs_twice(recorded, supervisor, login):
    """A double click, or the same page on the leader's phone and laptop."""
    pages = [login(supervisor), login(supervisor)]
    sent, url = scenarios.shown_version(recorded.sheet), url_of(recorded, "sign")
    answers = run_together(*[lambda page=page: page.post(url, sent) for page in pages])
    done, late = sorted(answers, key=lambda answer: answer.status_code)
    assert (done.status_code, late.status_code) == (302, 409)
    assert f"ลงนามบันทึกการนิเทศไปแล้วโดย{supervisor}" in late.content.decode()
    assert Transition.objects.filter(verb="sign").count() == 1


def test_the_former_leader_signs_what_the_new_one_has_signed(
    recorded, supervisor, group_director, login
):
    """The page to sign stood open since before the visit was handed over."""
    visits.change_visit_leader(recorded, by=supervisor, leader=group_director, reason="ไปราชการ")
    visits.sign_visit(reloaded(recorded), by=group_director)
    late = login(supervisor).post(url_of(recorded, "sign"))
    assert late.status_code == 409
    assert f"ลงนามบันทึกการนิเทศไปแล้วโดย{group_director}" in late.content.decode()
    assert reloaded(recorded).signed_by == group_director


def test_a_leader_signs_while_the_visit_is_handed_over(recorded, supervisor, group_director, login):
    late = run_during(
        lambda: visits.change_visit_leader(
            recorded, by=supervisor, leader=group_director, reason="ไปราชการ"
        ),
        lambda: login(supervisor).post(url_of(recorded, "sign")),
    )
    assert late.status_code == 409
    assert str(group_director) in late.content.decode()
    assert reloaded(recorded).state == "recording"


def test_a_visit_is_handed_over_while_its_leader_signs(recorded, supervisor, group_director):
    late = run_during(
        lambda: visits.sign_visit(recorded, by=supervisor),
        lambda: visits.change_visit_leader(
            reloaded(recorded), by=supervisor, leader=group_director, reason="ป่วย"
        ),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(recorded).leader == supervisor


# --- Amending ---


def test_two_revise(signed, supervisor):
    outcomes = run_together(
        *[lambda: visits.revise_visit(reloaded(signed), by=supervisor, reason="คลาดเคลื่อน")] * 2
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED
    assert Visit.objects.count() == 2


def test_the_school_acknowledges_what_is_being_revised(signed, supervisor, school_director, login):
    """Its page was open already: it is told to read the amended record, and keeps its words."""
    page, comment = login(school_director), {"comment": "โรงเรียนจะปรับแผน"}
    late = run_during(
        lambda: visits.revise_visit(signed, by=supervisor, reason="คลาดเคลื่อน"),
        lambda: page.post(url_of(signed, "acknowledge"), comment),
    )
    told = late.content.decode()
    assert "โปรดรับทราบการนิเทศครั้งที่ 1 ฉบับแก้ไขที่ 1 แทน" in told
    assert "โรงเรียนจะปรับแผน" in told
    assert reloaded(signed).state == "signed"


def test_the_leader_revises_what_is_being_acknowledged(signed, supervisor, school_director):
    """Both count: the amendment follows a record that the school had read."""
    following = run_during(
        lambda: visits.acknowledge_visit(signed, by=school_director),
        lambda: visits.revise_visit(reloaded(signed), by=supervisor, reason="คลาดเคลื่อน"),
    )
    assert (reloaded(signed).state, following.state) == ("acknowledged", "recording")
    assert reloaded(following).previous == signed


def test_a_round_is_decided_while_its_record_is_revised(
    signed, supervisor, school_director, group_director
):
    visits.acknowledge_visit(signed, by=school_director)
    outcomes = run_together(
        lambda: visits.revise_visit(reloaded(signed), by=supervisor, reason="คลาดเคลื่อน"),
        lambda: scenarios.round_decided(reloaded(signed.round), by=group_director),
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED


# --- Calling off, and another day ---


def test_words_arrive_while_the_visit_is_called_off(recorded, supervisor, group_director, login):
    """Who types on is told on the page and keeps the words; what stood before stays."""
    part = scenarios.standard_url(recorded.sheet_id, 1)
    page = login(supervisor)
    note = page.get(part).context["cards"][0].boxes["note"]
    typed = {f"version-{note.name}": note.shown_token, note.name: "พิมพ์ค้างไว้"}
    late = run_during(
        lambda: visits.cancel_visit(recorded, by=group_director, reason="น้ำท่วม"),
        lambda: page.post(part, typed),
    )
    told = late.content.decode()
    assert late.status_code == 409
    assert "ยกเลิกไปแล้ว" in told
    assert "พิมพ์ค้างไว้" in told
    assert set(recorded.sheet.answers.values_list("level", "note")) == {(4, "ข้อค้นพบจากการทดสอบ")}


def test_a_visit_is_called_off_while_words_arrive(recorded, supervisor, group_director):
    """They were first: kept with the half-filled record, for the office alone."""
    late = run_during(
        lambda: record_edits(recorded.sheet, level_edit(recorded.sheet, "1"), by=supervisor),
        lambda: visits.cancel_visit(reloaded(recorded), by=group_director, reason="น้ำท่วม"),
    )
    assert late is None
    assert recorded.sheet.answers.get(indicator__code="1.1").level == 1
    assert reloaded(recorded.sheet).frozen_at


def test_a_record_is_begun_while_the_visit_is_called_off(planned, supervisor, group_director):
    late = run_during(
        lambda: visits.cancel_visit(planned, by=group_director, reason="น้ำท่วม"),
        lambda: visits.start_visit_record(reloaded(planned), by=supervisor),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(planned).sheet is None


def test_a_visit_is_called_off_while_its_record_is_begun(planned, supervisor, group_director):
    """The sheet that was opened a moment before takes no words any more."""
    late = run_during(
        lambda: visits.start_visit_record(planned, by=supervisor),
        lambda: visits.cancel_visit(reloaded(planned), by=group_director, reason="น้ำท่วม"),
    )
    assert late is None
    assert reloaded(planned).sheet.frozen_at


def test_one_signs_and_one_calls_off(recorded, supervisor, group_director):
    outcomes = run_together(
        lambda: visits.sign_visit(reloaded(recorded), by=supervisor),
        lambda: visits.cancel_visit(reloaded(recorded), by=group_director, reason="น้ำท่วม"),
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED


def test_a_visit_is_postponed_while_it_is_called_off(planned, supervisor, group_director, login):
    page = login(supervisor)
    day = numeric_date(in_days(3))
    another_day = {"visit_on": day, "special_day": "on", "reason": "โรงเรียนติดสอบ"}
    late = run_during(
        lambda: visits.cancel_visit(planned, by=group_director, reason="น้ำท่วม"),
        lambda: page.post(url_of(planned, "postpone"), another_day),
    )
    told = late.content.decode()
    assert f"ยกเลิกการนิเทศไปแล้วโดย{group_director}" in told
    assert "โรงเรียนติดสอบ" in told
    assert reloaded(planned).visit_on == in_days(0)


def test_a_visit_is_called_off_while_it_is_postponed(planned, supervisor, group_director):
    """Both count, in this order: it is called off on its new day, and the history tells both."""
    late = run_during(
        lambda: visits.postpone_visit(planned, by=supervisor, reason="ติดสอบ", visit_on=in_days(3)),
        lambda: visits.cancel_visit(reloaded(planned), by=group_director, reason="น้ำท่วม"),
    )
    assert late is None
    assert (reloaded(planned).state, reloaded(planned).visit_on) == ("cancelled", in_days(3))
    verbs = list(Transition.objects.values_list("verb", flat=True))
    assert verbs == ["plan", "postpone", "cancel"]


def test_a_record_is_begun_while_its_day_is_moved(planned, supervisor, group_director):
    """The day it was moved from is not the day of the record."""
    Visit.objects.update(visit_on=in_days(-2))
    late = run_during(
        lambda: visits.postpone_visit(
            planned, by=group_director, reason="ติดสอบ", visit_on=in_days(3)
        ),
        lambda: visits.start_visit_record(reloaded(planned), by=supervisor),
    )
    assert late is None
    assert reloaded(planned).visit_on == in_days(0)


def test_a_lesson_is_seen_while_its_visit_is_called_off(round_, supervisor, group_director):
    form = IndicatorSetFactory(use=SetUse.OBSERVATION)
    lesson = {"teacher": "ครูประจำชั้น", "grade": Grade.P1, "subject": "ภาษาไทย"}
    visit = visits.plan_visit(
        round_,
        by=supervisor,
        visit_on=in_days(0),
        purpose="สังเกตชั้นเรียน",
        leader=supervisor,
        kind=VisitKind.CLASSROOM,
    )
    late = run_during(
        lambda: visits.cancel_visit(visit, by=group_director, reason="น้ำท่วม"),
        lambda: visits.start_observation(reloaded(visit), by=supervisor, form=form, lesson=lesson),
    )
    assert isinstance(late, ActionRefused)
    assert reloaded(visit).sheet is None

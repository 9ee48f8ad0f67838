"""A survey that was handed in goes back to the school with a reason."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import local_day
from supervision.cycle.step_facts import with_step_facts
from supervision.cycle.steps import all_steps
from supervision.needs import actions
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.rounds.models import Round
from supervision.workflow.models import Transition
from tests import scenarios
from tests.factories import NeedsAreaFactory

pytestmark = pytest.mark.django_db

REASON = "โปรดระบุเรื่องที่ต้องการให้ชัดเจน"


@pytest.fixture(autouse=True)
def area():
    return NeedsAreaFactory(name="ด้านวิชาการ")


@pytest.fixture
def survey(round_, school_director):
    return scenarios.needs_submitted(round_, by=school_director)


@pytest.fixture
def url(round_):
    return reverse("needs_return", args=[round_.pk])


@pytest.fixture
def page(round_):
    return reverse("needs", args=[round_.pk])


def test_it_goes_back_with_the_reason_and_comes_again(
    login, survey, url, page, supervisor, academic_teacher, round_
):
    supervising, teacher = login(supervisor), login(academic_teacher)
    assert url in supervising.get(page).content.decode()
    html = supervising.post(url, {"reason": REASON}, follow=True).content.decode()
    assert "โรงเรียนกำลังแก้ไข" in html
    assert NeedsSurvey.objects.get().state == SurveyState.RETURNED
    [loaded] = with_step_facts(Round.objects.filter(pk=round_.pk))
    assert all_steps()[0].facts([loaded])[round_.pk].next_action.label == "แก้ไขแบบสำรวจ"
    form = teacher.get(page)
    assert REASON in form.content.decode()
    answers = {name: value for name, value in form.context["form"].initial.items() if value}
    answers |= {"wanted_first": "สื่อใหม่", "version": form.context["form"].version}
    teacher.post(reverse("needs_submit", args=[round_.pk]), answers)
    again = NeedsSurvey.objects.get()
    assert (again.state, again.wanted_first) == (SurveyState.SUBMITTED, "สื่อใหม่")
    lines = Transition.objects.filter(record_id=survey.pk).values_list("verb", "reason")
    assert list(lines)[-2:] == [("return", REASON), ("submit", "")]


def test_a_correction_asked_for_does_not_make_it_late(survey, supervisor, school_director):
    """It came in time; the correction came after the last day."""
    first_submitted_at = timezone.now() - timedelta(days=5)
    NeedsSurvey.objects.update(first_submitted_at=first_submitted_at)
    NeedsCampaign.objects.update(closes_on=local_day(first_submitted_at) + timedelta(days=1))
    survey.refresh_from_db()
    actions.return_needs_survey_for_correction(survey, by=supervisor, reason=REASON)
    actions.submit_needs_survey(survey, by=school_director)
    assert not NeedsSurvey.objects.get().is_late


def test_a_reason_is_needed(login, survey, url, supervisor):
    html = login(supervisor).post(url, {"reason": " "}).content.decode()
    assert "โปรดระบุเหตุผล" in html
    assert NeedsSurvey.objects.get().state == SurveyState.SUBMITTED


def test_only_what_was_handed_in_goes_back(login, url, supervisor, campaign, round_, school):
    client = login(supervisor)
    assert client.get(url).status_code == 409
    actions.start_needs_survey(school, campaign, by=supervisor)
    assert client.get(url).status_code == 409
    assert client.post(url, {"reason": REASON}).status_code == 409


def test_who_may_not_is_refused(login, survey, url, page, other_supervisor, school_director):
    for person in (other_supervisor, school_director):
        client = login(person)
        assert url not in client.get(page).content.decode()
        assert client.post(url, {"reason": REASON}).status_code == 403


def test_another_school_finds_nothing(login, survey, url, outsider_director):
    assert login(outsider_director).post(url, {"reason": REASON}).status_code == 404

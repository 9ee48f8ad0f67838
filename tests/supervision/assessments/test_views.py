"""A school's self-assessment: begun, looked at, confirmed, sent back."""

import re
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.assessments import actions
from supervision.assessments.enums import AnswerField, SelfAssessmentState
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.models import SelfAssessment
from supervision.assessments.queries import sheet_indicators
from tests import scenarios
from tests.factories import RoundFactory, StepDeadlineFactory


@pytest.fixture
def draft(round_, academic_teacher):
    return actions.start_self_assessment(round_, by=academic_teacher)


@pytest.fixture
def complete(draft, academic_teacher):
    scenarios.fill_sheet(draft.sheet, 4, by=academic_teacher)
    return draft


@pytest.fixture
def confirmed(complete, school_director):
    actions.confirm_self_assessment(complete, by=school_director)
    return complete


def url_of(name, record):
    return reverse(name, args=[record.pk])


def text(response):
    return response.content.decode()


# --- Start ---


def test_start_asks_first_and_writes_nothing(login, round_, academic_teacher):
    StepDeadlineFactory(term=round_.term)
    html = text(login(academic_teacher).get(url_of("self_assessment_start", round_)))
    assert "มาตรฐานทดสอบ 1 · 2 ตัวชี้วัด" in html
    assert "กำหนดยืนยันผลภายในวันที่" in html
    assert not SelfAssessment.objects.exists()


def test_start_opens_the_sheet_once(login, round_, academic_teacher):
    client, url = login(academic_teacher), url_of("self_assessment_start", round_)
    first = client.post(url)
    assessment = SelfAssessment.objects.get()
    assert first.url == assessment.sheet.get_absolute_url()
    assert client.post(url).url == assessment.get_absolute_url()
    assert client.get(url).url == assessment.get_absolute_url()
    assert SelfAssessment.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
def test_start_waits_for_criteria(login, school, term, academic_teacher, method):
    bare = RoundFactory(school=school, term=term, number=1, bare=True)
    response = getattr(login(academic_teacher), method)(url_of("self_assessment_start", bare))
    assert response.status_code == 409
    assert "ยังไม่มีชุดตัวชี้วัด" in text(response)


def test_start_is_the_schools(login, round_, supervisor, outsider_director):
    url = url_of("self_assessment_start", round_)
    assert login(supervisor).post(url).status_code == 403
    assert login(outsider_director).post(url).status_code == 404
    assert Client().get(url).url.startswith(reverse("account_login"))
    assert not SelfAssessment.objects.exists()


# --- The page ---


def test_the_page_links_what_is_missing(login, draft, academic_teacher):
    first = sheet_indicators(draft.sheet)[0]
    record_edits(
        draft.sheet,
        [SubmittedEdit(uuid.uuid4(), first.pk, AnswerField.LEVEL, "na")],
        by=academic_teacher,
    )
    html = text(login(academic_teacher).get(draft.get_absolute_url()))
    assert "ขาดอีก 4 รายการจึงยืนยันได้" in html
    assert "โปรดระบุเหตุผลที่ไม่ประเมิน" in html
    place = scenarios.standard_url(draft.sheet_id, 1)
    assert f'href="{place}#indicator-{first.pk}"' in html


def test_scores_are_shown_once_all_is_answered(login, complete, academic_teacher):
    html = text(login(academic_teacher).get(complete.get_absolute_url()))
    rows = re.findall(r'<td class="n">(.*?)</td>', html)
    assert rows[-3:] == ["2", "4.00", "0.00"]
    assert ">ดีเลิศ</td>" in html


def test_the_teacher_waits_for_the_director(login, complete, academic_teacher, school_director):
    url = complete.get_absolute_url()
    confirm = url_of("self_assessment_confirm", complete)
    assert "รอผู้อำนวยการโรงเรียนยืนยัน" in text(login(academic_teacher).get(url))
    assert confirm not in text(login(academic_teacher).get(url))
    assert confirm in text(login(school_director).get(url))


def test_the_page_asks_the_database_little(
    login, confirmed, supervisor, django_assert_max_num_queries
):
    client = login(supervisor)
    with django_assert_max_num_queries(15):
        client.get(confirmed.get_absolute_url())


def test_another_school_does_not_see_the_page(login, draft, outsider_director):
    assert login(outsider_director).get(draft.get_absolute_url()).status_code == 404


# --- Confirm ---


def test_the_director_confirms(login, complete, school_director):
    client, url = login(school_director), url_of("self_assessment_confirm", complete)
    assert "แก้ไขไม่ได้อีก" in text(client.get(url))
    complete.refresh_from_db()
    assert complete.state == SelfAssessmentState.DRAFT
    html = text(client.post(url, scenarios.shown_version(complete.sheet), follow=True))
    complete.refresh_from_db()
    assert complete.state == SelfAssessmentState.CONFIRMED
    assert complete.sheet.frozen_at
    assert complete.confirmed_by == school_director
    assert complete.confirmed_as in html


def test_what_is_missing_stops_the_confirmation(login, draft, school_director):
    client, url = login(school_director), url_of("self_assessment_confirm", draft)
    assert "ยังยืนยันไม่ได้" in text(client.get(url))
    response = client.post(url, scenarios.shown_version(draft.sheet))
    assert response.status_code == 409
    assert "ขาดอีก 4 ตัวชี้วัด" in text(response)


def test_confirming_is_the_directors(login, complete, academic_teacher, outsider_director):
    url = url_of("self_assessment_confirm", complete)
    assert login(academic_teacher).post(url).status_code == 403
    assert login(outsider_director).post(url).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_confirmed_is_confirmed_once(login, confirmed, school_director, method):
    url = url_of("self_assessment_confirm", confirmed)
    assert getattr(login(school_director), method)(url).status_code == 409


def test_a_deadline_before_the_round_was_opened_makes_nobody_late(login, draft, supervisor):
    due = timezone.localdate() - timedelta(days=1)
    StepDeadlineFactory(term=draft.round.term, due_on=due)
    html = text(login(supervisor).get(draft.get_absolute_url()))
    assert "เกินกำหนด" not in html


# --- Send back ---


def test_the_supervisor_sends_back_with_a_reason(login, confirmed, supervisor, academic_teacher):
    url = url_of("self_assessment_return", confirmed)
    html = text(login(supervisor).post(url, {"reason": "โปรดเพิ่มหลักฐานข้อ 1.1"}, follow=True))
    assert "ส่งกลับให้โรงเรียนแก้ไขแล้ว" in html
    following = SelfAssessment.objects.get(version=2)
    assert following.sheet.answers.count() == 4
    html = text(login(academic_teacher).get(following.get_absolute_url()))
    assert "โปรดเพิ่มหลักฐานข้อ 1.1" in html
    assert confirmed.get_absolute_url() in html


def test_a_reason_is_asked(login, confirmed, supervisor):
    response = login(supervisor).post(url_of("self_assessment_return", confirmed), {"reason": " "})
    assert "โปรดระบุเหตุผล" in text(response)
    confirmed.refresh_from_db()
    assert confirmed.state == SelfAssessmentState.CONFIRMED


def test_a_reason_too_long_stays_on_the_page(login, confirmed, supervisor):
    reason = "ยาว" * 1000
    url = url_of("self_assessment_return", confirmed)
    response = login(supervisor).post(url, {"reason": reason})
    assert reason in text(response)
    assert SelfAssessment.objects.count() == 1


def test_a_draft_cannot_be_sent_back(login, draft, supervisor):
    url = url_of("self_assessment_return", draft)
    assert login(supervisor).post(url, {"reason": "เร็วไป"}).status_code == 409


@pytest.mark.parametrize("method", ["get", "post"])
def test_scores_that_a_signed_visit_was_judged_beside_stay(
    login, confirmed, round_, supervisor, method
):
    scenarios.visit_signed(round_, by=supervisor)
    client = login(supervisor)
    url = url_of("self_assessment_return", confirmed)
    response = getattr(client, method)(url, {"reason": "สายไป"})
    assert response.status_code == 409
    assert url not in text(client.get(confirmed.get_absolute_url()))
    assert SelfAssessment.objects.count() == 1


def test_sending_back_is_the_supervisors(
    login, confirmed, school_director, other_supervisor, outsider_director
):
    url = url_of("self_assessment_return", confirmed)
    assert login(school_director).get(url).status_code == 403
    assert login(other_supervisor).get(url).status_code == 403
    assert login(outsider_director).get(url).status_code == 404


# --- What the database itself holds ---


def test_confirmed_names_who_and_when(draft):
    with pytest.raises(IntegrityError):
        SelfAssessment.objects.filter(pk=draft.pk).update(state=SelfAssessmentState.CONFIRMED)


def test_returned_gives_its_reason(confirmed, supervisor):
    with pytest.raises(ActionRefused, match="โปรดระบุเหตุผล"):
        actions.return_self_assessment(confirmed, by=supervisor, reason=" ")
    with pytest.raises(IntegrityError):
        SelfAssessment.objects.filter(pk=confirmed.pk).update(state=SelfAssessmentState.RETURNED)


# --- A round that another one follows ---


@pytest.fixture
def ended(round_, supervisor, school_director, group_director):
    """Decided ไม่บรรลุ before the school had confirmed what it began."""
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    return lambda: scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="เครื่องมือ"
    )


@pytest.mark.parametrize("method", ["get", "post"])
def test_nothing_begins_in_a_round_that_ended(login, school_director, round_, ended, method):
    ended()
    url = reverse("self_assessment_start", args=[round_.pk])
    response = getattr(login(school_director), method)(url)
    assert response.status_code == 409
    assert "โปรดดำเนินการในรอบที่ 2" in response.content.decode()
    assert not round_.self_assessments.exists()


def test_nothing_is_confirmed_in_a_round_that_ended(login, school_director, round_, ended):
    assessment = actions.start_self_assessment(round_, by=school_director)
    scenarios.fill_sheet(assessment.sheet, 4, by=school_director)
    ended()
    url = reverse("self_assessment_confirm", args=[assessment.pk])
    assert login(school_director).post(url).status_code == 409
    assessment.refresh_from_db()
    assert assessment.state == "draft"

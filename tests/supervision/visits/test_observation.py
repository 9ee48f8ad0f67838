import pytest
from django.urls import reverse
from django.utils import timezone

from schools.enums import Grade
from supervision.assessments.models import AnswerSheet
from supervision.visits import actions
from supervision.visits.enums import TeacherPosition, VisitKind, VisitState
from supervision.visits.models import Observation
from supervision.visits.queries import deciding_visit
from tests import scenarios
from tests.factories import IndicatorSetFactory, RoundFactory
from tests.test_access_table import issue_and_publish

TEACHER = "ครูประจำชั้น (ก.ข.)"


@pytest.fixture
def planned(round_, supervisor):
    return actions.plan_visit(
        round_,
        by=supervisor,
        visit_on=timezone.localdate(),
        purpose="สังเกตการจัดการเรียนรู้เชิงรุก",
        leader=supervisor,
        kind=VisitKind.CLASSROOM,
    )


def lesson(form, **changes):
    return {
        "form": form.pk,
        "post": TeacherPosition.CLASS_TEACHER,
        "initials": "ก.ข.",
        "grade": Grade.P4,
        "subject": "ภาษาไทย",
        "lesson": "การอ่านจับใจความ",
    } | changes


def observed(visit, form, *, by):
    facts = {"teacher": TEACHER, "grade": Grade.P4, "subject": "ภาษาไทย"}
    actions.start_observation(visit, by=by, form=form, lesson=facts)
    scenarios.fill_sheet(visit.sheet, 4, by=by)
    return visit


def url_of(visit, act):
    return reverse(f"visit_{act}", args=[visit.pk])


def test_observing_opens_the_short_form(login, supervisor, planned, observation_form):
    client = login(supervisor)
    page = client.get(planned.get_absolute_url()).content.decode()
    assert "เริ่มสังเกตชั้นเรียน" in page
    assert "เริ่มบันทึกการนิเทศ" not in page
    page = client.get(url_of(planned, "observe")).content.decode()
    assert "ไม่ใช้ชื่อ-นามสกุล" in page
    assert page.count("checked") == 1
    response = client.post(url_of(planned, "observe"), lesson(observation_form))
    planned.refresh_from_db()
    assert response.url == planned.sheet.get_absolute_url()
    assert (planned.state, planned.sheet.own_indicator_set) == (
        VisitState.RECORDING,
        observation_form,
    )
    assert Observation.objects.get().teacher == TEACHER
    page = client.get(response.url, follow=True).content.decode()
    assert "โรงเรียนประเมินตนเอง" not in page


def test_it_needs_no_criteria_of_the_round(login, supervisor, school, term, observation_form):
    round_ = RoundFactory(school=school, term=term, bare=True)
    visit = actions.plan_visit(
        round_,
        by=supervisor,
        visit_on=timezone.localdate(),
        purpose="สังเกต",
        leader=supervisor,
        kind=VisitKind.CLASSROOM,
    )
    login(supervisor).post(url_of(visit, "observe"), lesson(observation_form))
    visit.refresh_from_db()
    assert visit.state == VisitState.RECORDING


def test_nobody_observes_in_a_round_that_has_ended(
    login, supervisor, school_director, group_director, planned, observation_form
):
    scenarios.self_assessment_confirmed(planned.round, by=school_director)
    scenarios.visit_acknowledged(planned.round, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        planned.round, by=group_director, result="not_achieved", planned_changes="ปรับ"
    )
    client = login(supervisor)
    for answer in (
        client.get(url_of(planned, "observe")),
        client.post(url_of(planned, "observe"), lesson(observation_form)),
    ):
        assert answer.status_code == 409
        assert "โปรดดำเนินการในรอบที่ 2" in answer.content.decode()
    assert not Observation.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"post": ""}, "โปรดเลือกครูผู้รับการสังเกต"),
        ({"post": "ครูสมมติ"}, "โปรดเลือก"),
        ({"grade": "99"}, "โปรดเลือก"),
        ({"subject": ""}, "โปรดกรอกวิชาหรือกิจกรรม"),
        ({"form": ""}, "โปรดเลือกแบบสังเกตชั้นเรียน"),
        ({"form": "0"}, "โปรดเลือก"),
    ],
)
def test_observing_says_what_is_wrong(
    login, supervisor, planned, observation_form, changes, message
):
    response = login(supervisor).post(
        url_of(planned, "observe"), lesson(observation_form) | changes
    )
    page = response.content.decode()
    assert message in page
    assert "การอ่านจับใจความ" in page
    assert not AnswerSheet.objects.exists()


@pytest.mark.parametrize(
    "name",
    [
        *("สมมติ ตัวอย่าง", "ครูสมมติ", "คุณครูสมมติ ตัวอย่าง", "น.ส. สมมติ", "Sommut Tuayang"),
        *("กข", "ก", "ก.ข", "กข.", "ก.ข.ค.ง.", "ก.สมมติ", "1.2."),
    ],
)
def test_no_teacher_stands_by_name(login, supervisor, planned, observation_form, name):
    data = lesson(observation_form, initials=name)
    page = login(supervisor).post(url_of(planned, "observe"), data).content.decode()
    assert "อักษรย่อของครูต้องเป็นตัวอักษรเดี่ยวตามด้วยจุด" in page
    assert f'value="{name}"' in page
    assert not AnswerSheet.objects.exists()


@pytest.mark.parametrize(
    ("initials", "stored"),
    [("", "ครูประจำชั้น"), ("ก.", "ครูประจำชั้น (ก.)"), (" ก. ข. A. ", "ครูประจำชั้น (ก.ข.A.)")],
)
def test_a_teacher_is_named_by_role_and_initials(
    login, supervisor, planned, observation_form, initials, stored
):
    data = lesson(observation_form, initials=initials)
    login(supervisor).post(url_of(planned, "observe"), data)
    assert Observation.objects.get().teacher == stored


def test_only_an_approved_observation_form_serves(login, supervisor, planned, observation_form):
    of_rounds = IndicatorSetFactory()
    draft = IndicatorSetFactory(draft=True, use="observation")
    for chosen in (of_rounds, draft):
        page = login(supervisor).post(url_of(planned, "observe"), lesson(chosen)).content.decode()
        assert "โปรดเลือก" in page


def test_without_a_form_the_page_says_what_to_do(login, supervisor, planned):
    page = login(supervisor).get(url_of(planned, "observe")).content.decode()
    assert "ยังไม่มีแบบสังเกตชั้นเรียน" in page
    assert reverse("criteria") in page


def test_each_kind_has_its_own_way_to_begin(login, supervisor, school_director, round_, planned):
    ordinary = scenarios.visit_planned(round_, by=supervisor)
    assert login(supervisor).get(url_of(ordinary, "observe")).status_code == 409
    assert login(supervisor).post(url_of(planned, "record")).status_code == 409


def test_sign_and_acknowledge_without_counting_as_step_4(
    login, supervisor, school_director, round_, planned, observation_form
):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director, level=1)
    observed(planned, observation_form, by=supervisor)
    login(supervisor).post(url_of(planned, "sign"), scenarios.shown_version(planned.sheet))
    page = login(school_director).get(planned.get_absolute_url()).content.decode()
    assert TEACHER in page
    assert "ผลการสังเกตชั้นเรียน" in page
    assert "ผลการนิเทศเทียบการประเมินตนเอง" not in page
    assert (
        planned.get_absolute_url() in login(school_director).get(reverse("home")).content.decode()
    )
    login(school_director).post(url_of(planned, "acknowledge"))
    planned.refresh_from_db()
    assert planned.state == VisitState.ACKNOWLEDGED
    assert deciding_visit(round_) is None
    page = login(supervisor).get(round_.get_absolute_url()).content.decode()
    assert "ยังไม่มีนัดหมายการนิเทศ" in page


def test_a_revised_observation_keeps_its_lesson(supervisor, planned, observation_form):
    observed(planned, observation_form, by=supervisor)
    actions.sign_visit(planned, by=supervisor)
    following = actions.revise_visit(planned, by=supervisor, reason="คลาดเคลื่อน")
    assert following.observation.teacher == planned.observation.teacher == TEACHER
    assert following.sheet.own_indicator_set == observation_form


def test_the_teacher_is_no_part_of_any_report(
    login,
    client,
    supervisor,
    school_director,
    group_director,
    area_director,
    round_,
    planned,
    observation_form,
):
    observed(planned, observation_form, by=supervisor)
    actions.sign_visit(planned, by=supervisor)
    actions.acknowledge_visit(planned, by=school_director)
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    report = scenarios.report_prepared(round_, by=group_director)
    issue_and_publish(report, by=area_director)
    report.refresh_from_db()
    assert report.snapshot["figures"]["visit"]["number"] == 2
    assert TEACHER not in str(report.snapshot)
    for address in (reverse("published"), reverse("published_report", args=[report.code])):
        assert "ครูประจำชั้น" not in client.get(address).content.decode()

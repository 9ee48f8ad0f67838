"""What assessors from outside recommend: in the one ledger, for who knows the school's profile."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date
from schools.enums import Role
from schools.registry.school_changes import close_or_merge_school
from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationState
from supervision.improvement.external_advice import external_advice_of, record_external_advice
from supervision.improvement.models import Recommendation
from supervision.profiles.external.actions import withdraw_external_assessment
from supervision.profiles.external.enums import ExternalAssessmentState
from supervision.programmes.plans.sources import source_groups
from supervision.results.advice import load_advice
from tests.exported_files import exported_table
from tests.factories import ClusterFactory, ExternalAssessmentFactory, SchoolFactory
from tests.personas import user_with_role

TEXT = "พัฒนาห้องสมุดให้มีชีวิต"


def today(days=0):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def assessment(school):
    return ExternalAssessmentFactory(school=school)


@pytest.fixture
def advice(assessment, supervisor):
    return record(assessment, by=supervisor)


def record(assessment, *, by, text=TEXT, assignee=Assignee.SCHOOL_DIRECTOR, due_in=3):
    return record_external_advice(
        assessment, by=by, text=text, assignee=assignee, due_on=today(due_in)
    )


def html(client, url):
    return client.get(url).content.decode()


def waiting(client):
    return [item.title for item in client.get("/todos/").context["home"].waiting]


# --- Recording ---


def test_the_supervisor_records_one_after_the_other(
    login, assessment, supervisor, school_director, term
):
    client, url = login(supervisor), reverse("external_advice_add", args=[assessment.pk])
    sent = {"text": TEXT, "assignee": "school_director", "due_on": numeric_date(today(3))}
    response = client.post(url, sent | {"then": "another"}, follow=True)
    assert response.redirect_chain[-1][0] == url
    assert "บันทึกไว้แล้ว 1 ข้อ" in response.content.decode()
    response = client.post(url, sent | {"text": "จัดทำแผนรับเหตุฉุกเฉิน"})
    second = Recommendation.objects.get(text="จัดทำแผนรับเหตุฉุกเฉิน")
    assert response.url == assessment.get_absolute_url()
    assert second.text in html(client, response.url)
    assert (second.origin, second.round, second.school) == (
        AdviceOrigin.EXTERNAL_ASSESSMENT,
        None,
        assessment.school,
    )
    page = html(login(school_director), reverse("recommendations"))
    assert "การประเมินภายนอก สมศ. รอบห้า" in page
    assert waiting(login(school_director)).count("ดำเนินการตามข้อเสนอแนะ ของเรา") == 2


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"text": ""}, "ข้อเสนอแนะ"),
        ({"due_on": "1/1/2560"}, "กำหนดเสร็จผ่านมาแล้ว"),
        ({"assignee": "nobody"}, "โปรดเลือกผู้รับผิดชอบจากรายการ"),
    ],
)
def test_what_is_missing_or_wrong_is_named(login, assessment, supervisor, wrong, says):
    sent = {"text": TEXT, "assignee": "school_director", "due_on": numeric_date(today(3))}
    url = reverse("external_advice_add", args=[assessment.pk])
    assert says in login(supervisor).post(url, sent | wrong).content.decode()
    assert not Recommendation.objects.exists()


def test_the_same_one_is_recorded_once_and_none_of_a_withdrawn_assessment(
    login, assessment, advice, supervisor
):
    with pytest.raises(ActionRefused, match="มีข้อเสนอแนะนี้อยู่แล้ว"):
        record(assessment, by=supervisor)
    assessment.state = ExternalAssessmentState.WITHDRAWN
    assessment.save()
    with pytest.raises(ActionRefused, match="ถอนรายการแล้ว"):
        record(assessment, by=supervisor, text="ข้ออื่น")
    url = reverse("external_advice_add", args=[assessment.pk])
    assert login(supervisor).get(url).status_code == 409
    assert external_advice_of(assessment, supervisor).add_url == ""


def test_an_origin_names_exactly_its_own_source(advice, round_):
    for change in ({"round": round_}, {"external_assessment": None}, {"origin": "round"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Recommendation.objects.filter(pk=advice.pk).update(**change)


# --- Following it up ---


def test_it_is_reported_on_and_closed_with_proof_as_any_other(
    login, advice, school_director, supervisor, term
):
    report = reverse("recommendation_report", args=[advice.pk])
    login(school_director).post(report, {"text": "จัดมุมอ่านแล้ว", "is_done": "on"})
    assert "ตรวจหลักฐานตามข้อเสนอแนะ ของเรา" in waiting(login(supervisor))
    close = reverse("recommendation_close", args=[advice.pk])
    page = login(supervisor).post(close, {"proof": "ภาพห้องสมุด"}, follow=True).content.decode()
    assert "ภาพห้องสมุด" in page
    advice.refresh_from_db()
    assert advice.state == RecommendationState.CLOSED
    assert f'<a href="{advice.external_assessment.get_absolute_url()}">สมศ. รอบห้า</a>' in page


def test_a_wrong_one_is_withdrawn_with_a_reason_and_never_reworded(
    login, advice, supervisor, school_director
):
    edit = reverse("recommendation_edit", args=[advice.pk])
    answer = login(supervisor).get(edit)
    assert answer.status_code == 409
    assert "โปรดถอนพร้อมเหตุผล" in answer.content.decode()
    withdraw = reverse("recommendation_withdraw", args=[advice.pk])
    assert withdraw in html(login(supervisor), advice.get_absolute_url())
    assert withdraw not in html(login(school_director), advice.get_absolute_url())
    assessment = advice.external_assessment
    with pytest.raises(ActionRefused, match="ยังอยู่ในทะเบียน"):
        withdraw_external_assessment(assessment, by=supervisor, reason="บันทึกผิดโรงเรียน")
    page = login(supervisor).post(withdraw, {"reason": "บันทึกผิดโรงเรียน"}, follow=True)
    assert "บันทึกผิดโรงเรียน" in page.content.decode()
    assert external_advice_of(assessment, supervisor).lines == []
    withdraw_external_assessment(assessment, by=supervisor, reason="บันทึกผิดโรงเรียน")


def test_the_school_hears_of_it_and_the_calendar_has_its_day(
    login, advice, school_director, supervisor, term
):
    assert "บันทึกข้อเสนอแนะจากภายนอก" in html(login(school_director), reverse("notices"))
    month = f"{reverse('calendar')}?view=list&month={today(3):%Y-%m}"
    assert TEXT in html(login(school_director), month)


# --- Who sees it ---


@pytest.mark.parametrize("who", ["supervisor", "school_director", "clerk", "area_director"])
def test_who_knows_the_profile_finds_it_in_the_ledger(request, login, advice, who):
    client = login(request.getfixturevalue(who))
    found = client.get(reverse("recommendations"), {"origin": "external_assessment"})
    assert [line.recommendation for line in found.context["lines"]] == [advice]
    of_rounds = client.get(reverse("recommendations"), {"origin": "round"})
    assert of_rounds.context["lines"] == []


@pytest.mark.parametrize(
    "who", ["other_supervisor", "committee_member", "subcommittee_member", "outsider_director"]
)
def test_who_does_not_meets_it_nowhere(request, login, advice, who, term):
    client = login(request.getfixturevalue(who))
    ledger = client.get(reverse("recommendations"), {"q": "ห้องสมุด", "show": "all"})
    assert ledger.context["lines"] == []
    assert ledger.context["totals"].open == 0
    assert client.get(advice.get_absolute_url()).status_code == 404
    for page in ("notices", "todos", "calendar"):
        assert TEXT not in html(client, reverse(page))
    assert "จากภายนอก" not in html(client, reverse("notices"))
    assert exported_table(client.get(reverse("ledger_export"), {"show": "all"})).rows == []


def test_figures_of_a_term_and_sources_of_a_plan_leave_it_out(advice, term, group_director):
    assert load_advice(group_director, [term]) == []
    sources = str(source_groups(group_director, today()))
    assert "ข้อเสนอแนะที่ยังไม่ปิด" not in sources


# --- A school that merges ---


def test_the_receiving_school_follows_up_what_was_said_of_a_merged_one(
    login, advice, supervisor, school_director, clerk, term
):
    into = SchoolFactory(name="โรงเรียนรับรวม", cluster=ClusterFactory())
    receiving = user_with_role(Role.SCHOOL_DIRECTOR, "receiving", school=into)
    assert TEXT not in html(login(receiving), reverse("recommendations"))
    close_or_merge_school(advice.school, by=clerk, on=today(), into=into)
    client = login(receiving)
    page = html(client, reverse("recommendations"))
    assert "รับรวม · จากโรงเรียนของเรา (รวมเมื่อ" in page
    assert "ดำเนินการตามข้อเสนอแนะ รับรวม" in waiting(client)
    report = reverse("recommendation_report", args=[advice.pk])
    client.post(report, {"text": "ทำต่อแล้ว", "is_done": "on"})
    assert advice.progress_reports.get().by == receiving
    close = reverse("recommendation_close", args=[advice.pk])
    assert login(supervisor).get(close).status_code == 403
    in_charge = user_with_role(Role.SUPERVISOR, "in_charge", cluster=into.cluster_on(today()))
    assert login(in_charge).post(close, {"proof": "ภาพ"}).status_code == 302


def test_it_goes_on_at_the_school_that_took_the_receiving_one_over(login, advice, clerk, term):
    into, last = SchoolFactory(name="โรงเรียนรับรวม"), SchoolFactory(name="โรงเรียนสุดท้าย")
    director = user_with_role(Role.SCHOOL_DIRECTOR, "last", school=last)
    close_or_merge_school(advice.school, by=clerk, on=today(), into=into)
    close_or_merge_school(into, by=clerk, on=today(1), into=last)
    client = login(director)
    assert TEXT not in html(client, reverse("recommendations"))
    assert client.get(advice.external_assessment.get_absolute_url()).status_code == 404
    type(into).objects.filter(pk=into.pk).update(closed_on=today())
    assert TEXT in html(client, reverse("recommendations"))
    assert client.get(advice.external_assessment.get_absolute_url()).status_code == 200
    report = reverse("recommendation_report", args=[advice.pk])
    assert client.post(report, {"text": "ทำต่อแล้ว"}).status_code == 302


def test_a_merger_to_come_moves_nothing_yet(login, advice, school_director, clerk):
    into = SchoolFactory(name="โรงเรียนรับรวม")
    close_or_merge_school(advice.school, by=clerk, on=today(1), into=into)
    assert Recommendation.objects.get().following_school == advice.school


# --- Cost ---


def test_the_ledger_costs_the_same_for_one_and_for_four(
    login, advice, supervisor, assessment, django_assert_max_num_queries
):
    client = login(supervisor)
    client.get(reverse("recommendations"))
    with django_assert_max_num_queries(15) as one:
        client.get(reverse("recommendations"))
    for number in range(3):
        school = SchoolFactory(cluster=assessment.school.cluster_on(today()))
        record(ExternalAssessmentFactory(school=school), by=supervisor, text=f"ข้อ {number}")
    with django_assert_max_num_queries(len(one)):
        assert len(client.get(reverse("recommendations")).context["lines"]) == 4

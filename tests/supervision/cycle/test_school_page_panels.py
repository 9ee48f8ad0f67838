"""What stands beside the steps on the school page, and its history."""

from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from schools.core.thai import short_date
from schools.models import Appointment
from supervision.improvement.models import Recommendation
from supervision.practices.queries import deciding_visit_of_round, standard_results
from supervision.standards.models import StepSheet
from tests import scenarios
from tests.factories import DutyFactory, OfficialOrderFactory, RoundFactory, TermFactory


def url(round_):
    return reverse("round", args=[round_.pk])


def test_what_the_manual_says_and_what_it_does_not(login, round_, school_director):
    StepSheet.objects.create(
        number=1,
        detail="รวบรวมข้อมูล",
        timing_suggested="ตลอดปีการศึกษา",
        quality_standard="ข้อมูลถูกต้องเป็นปัจจุบัน",
        responsible="กลุ่มงานนิเทศฯ",
    )
    text = login(school_director).get(url(round_)).content.decode()
    assert "อ่านไม่ได้ในคู่มือ (เสนอ: ตลอดปีการศึกษา)" in text
    assert "ข้อมูลถูกต้องเป็นปัจจุบัน" in text


def test_the_ledger_counts_and_only_the_supervising_side_closes(
    login, achieved, supervisor, school_director
):
    scenarios.summary_agreed(achieved, supervisor=supervisor, director=school_director)
    link = reverse("recommendation_close", args=[Recommendation.objects.get().pk])
    response = login(supervisor).get(url(achieved))
    ledger = response.context["ledger"]
    assert (ledger.late, ledger.in_time, ledger.closed) == (0, 1, 0)
    assert link in response.content.decode()
    assert link not in login(school_director).get(url(achieved)).content.decode()
    Recommendation.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    ledger = login(supervisor).get(url(achieved)).context["ledger"]
    assert (ledger.late, ledger.in_time) == (1, 0)


def test_the_result_stands_beside_the_term_before(
    login, acknowledged, term, supervisor, school_director, group_director
):
    earlier = TermFactory(
        academic_year=term.academic_year, number=1, opens_on=term.opens_on - timedelta(days=200)
    )
    before = RoundFactory(
        school=acknowledged.school, term=earlier, indicator_sets=acknowledged.indicator_sets.all()
    )
    scenarios.self_assessment_confirmed(before, by=school_director, level=3)
    scenarios.visit_acknowledged(before, supervisor=supervisor, director=school_director, level=3)
    scenarios.round_decided(before, by=group_director)
    found = login(school_director).get(url(acknowledged)).context["compared"]
    assert [line.now for line in found] == [
        r.score.mean for r in standard_results(deciding_visit_of_round(acknowledged))
    ]
    assert [line.before for line in found] == [
        r.score.mean for r in standard_results(deciding_visit_of_round(before))
    ]


def test_before_a_signed_visit_there_is_no_result(login, assessed, school_director):
    text = login(school_director).get(url(assessed)).content.decode()
    assert "ยังไม่มีผลการนิเทศที่ลงนามแล้ว" in text


def test_who_has_the_school_in_charge_and_by_which_order(login, round_, supervisor, clerk):
    text = login(clerk).get(url(round_)).content.decode()
    assert "ศึกษานิเทศก์ ตำแหน่งเลขที่ 16" in text
    assert "ยังไม่มีคำสั่ง" in text
    post = Appointment.objects.get(role="supervisor")
    DutyFactory(officer__order__number="1/2567", appointment=post)
    text = login(clerk).get(url(round_)).content.decode()
    joined = round_.school.memberships.get().starts_on
    since = max(joined, post.starts_on, date(2024, 5, 9))
    assert f"ตามคำสั่งที่ 1/2567 · ดูแลโรงเรียนนี้ตั้งแต่ {short_date(since)}" in text


def test_a_school_that_joined_later_is_not_claimed_from_the_day_of_the_order(
    login, round_, supervisor, clerk
):
    post = Appointment.objects.get(role="supervisor")
    Appointment.objects.filter(pk=post.pk).update(starts_on=date(2024, 5, 9))
    DutyFactory(officer__order__number="1/2567", appointment=post)
    membership = round_.school.memberships.get()
    membership.starts_on, membership.start_is_assumed = date(2026, 5, 16), True
    membership.save()
    text = login(clerk).get(url(round_)).content.decode()
    assert "ดูแลโรงเรียนนี้ตั้งแต่ 16 พ.ค. 2569 (วันที่สันนิษฐาน)" in text


def test_an_order_to_come_is_not_named_yet(login, round_, supervisor, clerk):
    tomorrow = timezone.localdate() + timedelta(days=1)
    order = OfficialOrderFactory(number="9/2570", ordered_on=tomorrow, effective_on=tomorrow)
    post = Appointment.objects.get(role="supervisor")
    DutyFactory(officer__order=order, appointment=post)
    assert "9/2570" not in login(clerk).get(url(round_)).content.decode()


def test_without_a_supervisor_the_page_says_so(login, round_, clerk):
    assert "ยังไม่มีศึกษานิเทศก์ประจำกลุ่มโรงเรียนนี้" in login(clerk).get(url(round_)).content.decode()


def test_other_rounds_are_listed(login, acknowledged, second_round, clerk):
    others = login(clerk).get(url(second_round)).context["others"]
    assert [(other.round, other.decision.state) for other in others] == [
        (acknowledged, "not_achieved")
    ]


# --- History ---


def test_history_lists_every_package_newest_first(login, round_, supervisor, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    assessment = scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.assessments.return_self_assessment(assessment, by=supervisor, reason="โปรดแนบหลักฐาน")
    response = login(school_director).get(reverse("round_history", args=[round_.pk]))
    lines = response.context["entries"]
    assert "โปรดแนบหลักฐาน" in response.content.decode()
    assert [line.when for line in lines] == sorted((x.when for x in lines), reverse=True)
    told = {line.what for line in lines}
    assert {
        "แบบสำรวจสภาพปัญหาและความต้องการ: ส่งแบบสำรวจ",
        "การประเมินตนเอง: ส่งกลับให้แก้ไข",
        "เปิดรอบที่ 1",
    } <= told


def test_history_of_another_round_stays_there(login, acknowledged, second_round, school_director):
    lines = (
        login(school_director)
        .get(reverse("round_history", args=[second_round.pk]))
        .context["entries"]
    )
    assert not any("การนิเทศ:" in line.what for line in lines)
    lines = (
        login(school_director)
        .get(reverse("round_history", args=[acknowledged.pk]))
        .context["entries"]
    )
    assert any(line.what == "ผลการพิจารณา: พิจารณาว่าไม่บรรลุ" for line in lines)

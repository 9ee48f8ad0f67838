"""Where a school's self-assessment stands and how late it is, as every page tells it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from supervision.assessments import actions
from supervision.assessments.models import SelfAssessment
from tests import scenarios
from tests.factories import StepDeadlineFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def day(days):
    return TODAY() + timedelta(days=days)


@pytest.fixture
def window(round_):
    """Step 3 was due three days ago, on a round opened well before."""
    scenarios.backdate_rounds(20)
    return StepDeadlineFactory(term=round_.term, opens_on=day(-10), due_on=day(-3))


def confirmed_on(round_, days, by):
    """Confirmed so many days from today."""
    assessment = actions.start_self_assessment(round_, by=by)
    if not assessment.sheet.answers.exists():
        scenarios.fill_sheet(assessment.sheet, 4, by=by)
    actions.confirm_self_assessment(assessment, by=by)
    SelfAssessment.objects.filter(pk=assessment.pk).update(
        confirmed_at=timezone.now() + timedelta(days=days)
    )
    return assessment


def pages(client, round_):
    """What the assessment's page, the school's page and the overview say."""
    assessment = round_.self_assessments.order_by("-version").first()
    addresses = [assessment.get_absolute_url(), round_.get_absolute_url(), "/self-assessments/"]
    return [client.get(address).content.decode() for address in addresses]


def lateness(html):
    """Every "… วัน" that the page says of it."""
    return set(re.findall("(?:เกิน|ช้ากว่า)กำหนด [0-9]+ วัน", html))


def test_late_is_said_in_days_wherever_it_shows(login, round_, window, supervisor, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    confirmed_on(round_, -1, school_director)
    for html in pages(login(supervisor), round_):
        assert lateness(html) == {"ช้ากว่ากำหนด 2 วัน"}


def test_in_time_is_not_late(login, round_, window, supervisor, school_director):
    confirmed_on(round_, -3, school_director)
    for html in pages(login(supervisor), round_):
        assert lateness(html) == set()


def test_what_is_still_awaited_is_overdue(login, round_, window, supervisor, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    actions.start_self_assessment(round_, by=school_director)
    for html in pages(login(supervisor), round_):
        assert lateness(html) == {"เกินกำหนด 3 วัน"}


def test_a_return_makes_nobody_late(login, round_, window, supervisor, school_director):
    """Handed in on its day, sent back long after: neither the draft nor version 2 is late."""
    scenarios.needs_submitted(round_, by=school_director)
    first = confirmed_on(round_, -3, school_director)
    first.refresh_from_db()
    actions.return_self_assessment(first, by=supervisor, reason="โปรดเพิ่มหลักฐาน")
    client = login(supervisor)
    for html in pages(client, round_):
        assert lateness(html) == set()
    confirmed_on(round_, 0, school_director)
    for html in pages(client, round_):
        assert lateness(html) == set()


def test_who_was_late_at_first_stays_so_many_days_late(
    login, round_, window, supervisor, school_director
):
    scenarios.needs_submitted(round_, by=school_director)
    first = confirmed_on(round_, -2, school_director)
    first.refresh_from_db()
    actions.return_self_assessment(first, by=supervisor, reason="โปรดเพิ่มหลักฐาน")
    for html in pages(login(supervisor), round_):
        assert lateness(html) == {"ช้ากว่ากำหนด 1 วัน"}
    versions = login(supervisor).get(first.get_absolute_url()).content.decode()
    assert versions.count("ช้ากว่ากำหนด 1 วัน") == 2  # beside the state, and at version 1 in the list


def test_before_its_day_the_step_says_from_when_and_is_taken(
    login, round_, window, academic_teacher, school_director
):
    scenarios.needs_submitted(round_, by=school_director)
    window.opens_on, window.due_on = day(2), day(9)
    window.save()
    client = login(academic_teacher)
    start = f"/rounds/{round_.pk}/self-assessment/"
    for address in ("/", round_.get_absolute_url(), start):
        assert "เปิดรับตั้งแต่" in client.get(address).content.decode(), address
    assert client.post(start).status_code == 302
    assessment = round_.self_assessments.get()
    assert "เปิดรับตั้งแต่" in client.get(assessment.get_absolute_url()).content.decode()
    window.opens_on = day(0)
    window.save()
    for html in pages(client, round_)[:2]:
        assert "เปิดรับตั้งแต่" not in html


def test_a_window_before_a_second_round_binds_only_the_first(
    login, round_, window, supervisor, school_director, group_director
):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="เครื่องมือ"
    )
    second = round_.next_round
    html = login(group_director).get("/self-assessments/").content.decode()
    assert lateness(html) == set()
    assert "รอบที่ 2" in html
    assert "ยังไม่กำหนดชุดตัวชี้วัด" in html
    assert second.get_absolute_url() in html


def test_a_version_sent_back_waits_for_its_correction_on_every_page(
    login, round_, supervisor, school_director, academic_teacher
):
    """It starts as a full copy, which is not yet an answer."""
    scenarios.needs_submitted(round_, by=school_director)
    first = confirmed_on(round_, 0, school_director)
    first.refresh_from_db()
    second = actions.return_self_assessment(first, by=supervisor, reason="โปรดเพิ่มหลักฐาน")
    client = login(supervisor)
    own, school, overview = pages(client, round_)
    assert "รอโรงเรียนแก้ไขตามเหตุผลที่ส่งกลับ" in own
    assert "ส่งกลับวันนี้" in overview
    scenarios.fill_sheet(second.sheet, 5, by=academic_teacher)
    own, school, overview = pages(client, round_)
    assert "รอผู้อำนวยการโรงเรียนยืนยัน" in own
    assert "รอผู้อำนวยการโรงเรียน ตั้งแต่" in school
    assert "รอผู้อำนวยการยืนยัน</span>" in overview


# --- The history of an assessment ---


def test_edits_are_told_by_person_and_day(
    login, round_, academic_teacher, school_director, supervisor
):
    assessment = actions.start_self_assessment(round_, by=academic_teacher)
    scenarios.fill_sheet(
        assessment.sheet, 3, by=academic_teacher
    )  # level, note and evidence of four
    scenarios.fill_sheet(
        assessment.sheet, 4, by=academic_teacher
    )  # the same twelve fields once more
    assessment.sheet.edits.update(
        made_at=timezone.now() - timedelta(days=1), received_at=timezone.now()
    )
    scenarios.fill_sheet(assessment.sheet, 4, by=academic_teacher, note="แก้คำ")
    scenarios.fill_sheet(assessment.sheet, 5, by=school_director)
    actions.confirm_self_assessment(assessment, by=school_director)
    history = login(supervisor).get(assessment.get_absolute_url()).context["history"]
    told = [(line.what, line.who) for line in history]
    teacher, director = str(academic_teacher), str(school_director)
    assert told == [
        ("ยืนยันผลการประเมินตนเอง", director),
        ("กรอกหรือแก้ไข 12 ช่อง", director),
        ("กรอกหรือแก้ไข 12 ช่อง", teacher),
        ("เริ่มประเมิน", teacher),
        ("กรอกหรือแก้ไข 12 ช่อง", teacher),
    ]


def test_the_history_costs_the_same_for_many_edits(
    login, round_, academic_teacher, supervisor, django_assert_max_num_queries
):
    assessment = actions.start_self_assessment(round_, by=academic_teacher)
    for level in (2, 3, 4):
        scenarios.fill_sheet(assessment.sheet, level, by=academic_teacher)
    client = login(supervisor)
    client.get("/")
    with django_assert_max_num_queries(15):
        client.get(assessment.get_absolute_url())

"""The table of a meeting: many schools decided on at once, each as a single one would be."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from zeal import zeal_ignore

from schools.enums import Role
from supervision.committees.models import Attendance, Recusal
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import (
    AppointmentFactory,
    CommitteeMemberFactory,
    MeetingFactory,
    StepDeadlineFactory,
)
from tests.supervision.resolutions.waiting import waiting_round

CHANGES = "ปรับแผนการสอนคละชั้น"


@pytest.fixture
def meeting(db):
    return MeetingFactory(open=True, number=4)


@pytest.fixture
def good(supervisor, term, cluster):
    return waiting_round(supervisor, term, cluster, level=4)


@pytest.fixture
def poor(supervisor, term, cluster):
    return waiting_round(supervisor, term, cluster, level=2)


@pytest.fixture
def client(login, group_director):
    return login(group_director)


def table(client, meeting, query=""):
    url = reverse("meeting_table", args=[meeting.pk])
    return client.get(f"{url}{query}").content.decode()


def resolve(client, meeting, **sent):
    url = reverse("meeting_resolve", args=[meeting.pk])
    return client.post(url, sent, follow=True).content.decode()


def achieve(client, meeting, *rounds, **more):
    texts = {f"{r.pk}-reason": "ถึงเกณฑ์ทุกมาตรฐาน" for r in rounds}
    chosen = [r.pk for r in rounds]
    sent = {"result": "achieved", "round": chosen, "confirmed": "yes"} | texts | more
    return resolve(client, meeting, **sent)


def not_achieve(client, meeting, *rounds, **more):
    texts = {f"{r.pk}-reason": "มาตรฐานที่ 1 ต่ำกว่าเกณฑ์" for r in rounds}
    texts |= {f"{r.pk}-planned_changes": CHANGES for r in rounds}
    chosen = [r.pk for r in rounds]
    sent = {"result": "not_achieved", "left": chosen, "confirmed": "yes"} | texts | more
    return resolve(client, meeting, **sent)


def test_the_table_shows_the_waiting_schools_and_ticks_none(client, meeting, good, poor):
    page = table(client, meeting)
    assert "รอพิจารณา 2 โรงเรียน" in page
    assert good.school.short_name in page
    assert "มาตรฐานที่ 1 ได้ 2.00 ต่ำกว่าเกณฑ์ 3.00" in page
    assert "checked" not in page
    assert table(client, meeting, "?tick=proposed").count(" checked") == 1


def test_search_and_cluster_leave_only_the_schools_asked_for(client, meeting, good, poor):
    page = table(client, meeting, f"?q={good.school.short_name}")
    assert good.school.short_name in page
    assert poor.school.short_name not in page


def test_one_page_asks_before_anything_is_recorded(client, meeting, good, poor):
    page = resolve(
        client, meeting, result="achieved", round=[good.pk], shown=f"{good.pk} {poor.pk}"
    )
    assert "ยืนยันมติ “บรรลุ”" in page
    assert "ผลการนิเทศถึงเกณฑ์ครบทุกมาตรฐานที่กำหนดเกณฑ์ ค่าเฉลี่ยรวม 4.00" in page
    assert poor.school.short_name not in page
    assert not Decision.objects.exists()


def test_achieved_is_recorded_for_each_as_on_its_own_page(client, meeting, good, poor):
    page = achieve(client, meeting, good)
    assert "บันทึกมติ “บรรลุ” 1 โรงเรียนแล้ว" in page
    assert "ลงมติแล้วในการประชุมนี้ 1 โรงเรียน" in page
    decision = Decision.objects.get()
    assert (decision.round, decision.meeting, decision.state) == (good, meeting, "achieved")
    assert decision.decided_as == "ผู้อำนวยการกลุ่มนิเทศฯ"
    assert "รอพิจารณา 1 โรงเรียน" in page


def test_the_rest_is_not_achieved_and_opens_the_next_rounds(client, meeting, good, poor):
    sent = {
        "result": "not_achieved",
        "round": [good.pk],
        "shown": f"{good.pk} {poor.pk}",
        f"{poor.pk}-planned_changes": CHANGES,
    }
    page = resolve(client, meeting, **sent)
    assert good.school.short_name not in page
    assert CHANGES in page
    assert "บันทึกมติ “ไม่บรรลุ” 1 โรงเรียนแล้ว" in not_achieve(client, meeting, poor)
    following = Round.objects.get(previous=poor)
    assert following.planned_changes == CHANGES


def test_the_next_rounds_get_the_days_that_were_confirmed(client, meeting, poor, term):
    StepDeadlineFactory(term=term, step=4)
    page = resolve(client, meeting, result="not_achieved", shown=poor.pk)
    assert "กำหนดเสร็จของรอบที่จะเปิด" in page
    assert "อยู่ก่อนเริ่มปีการศึกษา" in not_achieve(client, meeting, poor, step_4="1/1/2560")
    assert not Decision.objects.exists()
    not_achieve(client, meeting, poor, step_4="30/11/2569", opens_4="")
    days = Round.objects.get(previous=poor).deadlines.get(step=4)
    assert (days.due_on.isoformat(), days.is_proposed) == ("2026-11-30", False)


def test_a_school_proposed_as_achieved_is_not_part_of_the_rest(client, meeting, good, poor):
    page = resolve(client, meeting, result="not_achieved", shown=f"{good.pk} {poor.pk}")
    assert good.school.short_name not in page
    named = {f"{good.pk}-planned_changes": CHANGES}
    page = resolve(client, meeting, result="not_achieved", shown=f"{good.pk} {poor.pk}", **named)
    assert good.school.short_name in page
    assert "ต่างจากที่ระบบเสนอ" in page


def test_what_is_refused_says_why_and_keeps_its_words(client, meeting, good, poor):
    page = achieve(client, meeting, good, poor)
    assert "บันทึกมติ “บรรลุ” แล้ว 1 โรงเรียน" in page
    assert "โปรดระบุเหตุผลที่พิจารณาต่างจากผลที่ระบบเสนอ" in page
    assert page.count("ถึงเกณฑ์ทุกมาตรฐาน</textarea>") == 1
    against = {f"{poor.pk}-against_reason": "ที่ประชุมเห็นหลักฐานเพิ่มเติม"}
    achieve(client, meeting, poor, **against)
    assert Decision.objects.filter(state=DecisionResult.ACHIEVED).count() == 2


def test_sending_twice_records_once_and_says_so(client, meeting, good):
    achieve(client, meeting, good)
    assert "บันทึกมติ “บรรลุ” 1 โรงเรียนแล้ว" in achieve(client, meeting, good)
    assert Decision.objects.count() == 1


def test_what_somebody_else_decided_meanwhile_stays(client, meeting, good, poor, group_director):
    scenarios.round_decided(poor, by=group_director, against_reason="เห็นหลักฐาน")
    page = not_achieve(client, meeting, poor)
    assert "มีผลการพิจารณาอยู่แล้ว จึงไม่บันทึกซ้ำ" in page
    assert not Round.objects.filter(previous=poor).exists()


def test_a_revision_opened_meanwhile_is_refused_with_its_reason(client, meeting, good, supervisor):
    visits.revise_visit(good.visits.get(), by=supervisor, reason="คลาดเคลื่อน")
    assert 'name="round"' not in table(client, meeting)
    assert "โรงเรียนยังไม่รับทราบ" in achieve(client, meeting, good)
    assert not Decision.objects.exists()


def test_nobody_decides_on_the_own_school(client, meeting, good, group_director):
    AppointmentFactory(user=group_director, role=Role.SCHOOL_DIRECTOR, school=good.school)
    assert "ไม่ร่วมพิจารณาผลของโรงเรียนนี้" in achieve(client, meeting, good)
    assert not Decision.objects.exists()


def test_a_recused_member_stands_at_the_school(client, meeting, good):
    member = CommitteeMemberFactory(post="ผู้แทนผู้บริหารสถานศึกษา")
    Recusal.objects.create(
        meeting=meeting, member=member, school=good.school, reason="เป็นผู้บริหารโรงเรียน"
    )
    assert "ผู้แทนผู้บริหารสถานศึกษา ไม่ร่วมพิจารณา" in table(client, meeting)
    achieve(client, meeting, good)
    page = client.get(reverse("decision", args=[good.pk])).content.decode()
    assert "กรรมการที่ไม่ร่วมพิจารณา" in page


def test_a_head_who_came_and_is_not_recused_is_marked(client, meeting, good):
    director = good.school.appointments.get().user
    member = CommitteeMemberFactory(user=director)
    came = Attendance.objects.create(meeting=meeting, member=member, kind="present")
    note = f"{director} เป็นผู้บริหารโรงเรียนนี้และเข้าประชุม"
    assert note in table(client, meeting)
    Attendance.objects.filter(pk=came.pk).update(kind="excused")
    assert note not in table(client, meeting)


@pytest.mark.parametrize("state", ["planned", "closed"])
def test_only_an_open_meeting_resolves(client, good, state):
    meeting = MeetingFactory(number=5, **({"planned": True} if state == "planned" else {}))
    page = table(client, meeting)
    assert good.school.short_name in page
    assert "ลงมติ “บรรลุ”" not in page
    assert "ไม่ได้เปิดอยู่" in achieve(client, meeting, good)
    assert not Decision.objects.exists()


def test_a_member_reads_the_table_and_records_nothing(login, committee_member, meeting, good):
    client = login(committee_member)
    assert good.school.short_name in table(client, meeting)
    assert 'name="round"' not in table(client, meeting)
    url = reverse("meeting_resolve", args=[meeting.pk])
    assert client.post(url, {"result": "achieved", "round": good.pk}).status_code == 403


def test_going_back_keeps_ticks_and_words(client, meeting, good, poor):
    words = {f"{poor.pk}-planned_changes": CHANGES}
    page = resolve(client, meeting, result="achieved", round=[good.pk], edit="yes", **words)
    assert page.count(" checked") == 1
    assert f'value="{CHANGES}"' in page


@pytest.mark.parametrize("sent", [{}, {"result": "perhaps"}, {"result": "achieved", "round": "x"}])
def test_nonsense_records_nothing(client, meeting, good, sent):
    resolve(client, meeting, confirmed="yes", **sent)
    assert not Decision.objects.exists()


def test_twelve_schools_take_two_presses_and_one_page_costs_the_same(
    client, meeting, supervisor, term, cluster
):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            table(client, meeting)
        return len(captured)

    rounds = [waiting_round(supervisor, term, cluster, level=4)]
    table(client, meeting)
    of_one = queries()
    rounds += [waiting_round(supervisor, term, cluster, level=4) for _ in range(11)]
    assert queries() == of_one <= 15
    with zeal_ignore():  # each is decided by the action of a single one
        page = achieve(client, meeting, *rounds)
    assert "12 โรงเรียนแล้ว" in page
    assert Decision.objects.filter(meeting=meeting).count() == 12

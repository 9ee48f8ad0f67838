"""A meeting from its plan to its record, and what is corrected afterwards."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import be_year, long_date, numeric_date
from supervision.committees import meeting_actions, record_actions
from supervision.committees.enums import AgendaKind, AttendanceKind, CommitteeKind, MeetingState
from supervision.committees.models import Meeting
from tests import scenarios
from tests.factories import CommitteeFactory, MeetingFactory, RoundFactory
from tests.form_data import page_form_data

pytestmark = pytest.mark.django_db


def day(days=0):
    return timezone.localdate() + timedelta(days=days)


def url_of(name, row):
    return reverse(name, args=[row.pk])


def attended(meeting, kind=AttendanceKind.PRESENT):
    return {f"kind_{row.pk}": kind for row in meeting.attendance.all()}


# --- Planning ---


def test_a_meeting_is_planned_with_the_next_number_and_the_usual_agenda(
    login, clerk, committee, planned
):
    client, url = login(clerk), reverse("meeting_plan")
    coming = day(10)
    sent = {"committee": committee.pk, "held_on": numeric_date(coming), "begins_at": "9.30"}
    page = client.post(url, sent, follow=True).content.decode()
    meeting = Meeting.objects.get(held_on=coming)
    assert (meeting.number, meeting.year) == (
        (5, 2569) if be_year(coming) == 2569 else (1, be_year(coming))
    )
    assert "09.30" in page
    assert "พิจารณาผลการนิเทศ" in page
    assert "เปิดประชุม</a>" not in page  # its day is still to come
    taken = sent | {"number": planned.number, "year": planned.year}
    assert "เลขครั้งที่ใช้ได้ครั้งเดียว" in client.post(url, taken).content.decode()
    assert "โปรดกรอกวันที่ประชุม" in client.post(url, {"committee": committee.pk}).content.decode()


def test_a_plan_is_changed_until_it_opens(login, clerk, planned):
    client = login(clerk)
    data = page_form_data(client, url_of("meeting_edit", planned), held_on=numeric_date(day(3)))
    client.post(url_of("meeting_edit", planned), data)
    planned.refresh_from_db()
    assert planned.held_on == day(3)
    assert client.get(url_of("meeting_open", planned)).status_code == 409


def test_a_meeting_sent_twice_is_one_unless_its_number_is_given(login, clerk, planned):
    client, committee = login(clerk), planned.committee
    sent = {"committee": committee.pk, "held_on": numeric_date(planned.held_on)}
    page = client.post(reverse("meeting_plan"), sent).content.decode()
    assert f"นัดประชุม{planned}" in page
    assert committee.meetings.count() == 1
    client.post(reverse("meeting_plan"), sent | {"number": "9"})
    assert committee.meetings.count() == 2


def test_a_cancelled_meeting_stays_with_its_reason_and_number(login, clerk, term, planned):
    client, url = login(clerk), url_of("meeting_cancel", planned)
    assert "โปรดระบุเหตุผลที่ยกเลิก" in client.post(url, {}).content.decode()
    page = client.post(url, {"reason": "ประธานติดราชการ"}, follow=True).content.decode()
    assert "ยกเลิกแล้ว" in page
    assert "ประธานติดราชการ" in page
    for name in ("meeting_edit", "meeting_open", "meeting_correct", "agenda_item_add"):
        assert client.get(url_of(name, planned)).status_code == 409
    for name in ("calendar", "todos"):
        assert "ครั้งที่ 4/2569" not in client.get(reverse(name), {"who": "all"}).content.decode()
    coming = meeting_actions.plan_meeting(planned.committee, by=clerk, held_on=planned.held_on)
    assert coming.label == "5/2569"


def test_all_members_came_in_one_press(login, clerk, opened):
    client, url = login(clerk), url_of("attendance", opened)
    row = opened.attendance.first()
    type(row).objects.filter(pk=row.pk).update(kind=AttendanceKind.EXCUSED, note="มาสาย")
    assert "มาประชุมทุกคน" in client.get(url).content.decode()
    page = client.post(url_of("everyone_present", opened), follow=True)
    assert page.redirect_chain[-1][0] == url
    assert opened.attendance.filter(kind=AttendanceKind.PRESENT).count() == 3
    row.refresh_from_db()
    assert row.note == "มาสาย"
    type(opened).objects.filter(pk=opened.pk).update(state=MeetingState.PLANNED)
    assert client.post(url_of("everyone_present", opened)).status_code == 409


def test_agenda_items_are_added_moved_and_removed(login, clerk, planned):
    client, page = login(clerk), planned.get_absolute_url()
    new = {"kind": AgendaKind.CONSIDER, "title": "แผนนิเทศปีหน้า", "detail": ""}
    client.post(url_of("agenda_item_add", planned), new)
    item = planned.agenda.last()
    assert (item.position, item.title) == (6, "แผนนิเทศปีหน้า")
    client.post(url_of("agenda_item_move", item), {"up": "1"})
    item.refresh_from_db()
    assert item.position == 5
    client.post(url_of("agenda_item_delete", planned.agenda.first()))
    assert [one.position for one in planned.agenda.all()] == [1, 2, 3, 4, 5]
    assert "แผนนิเทศปีหน้า" in client.get(page).content.decode()
    edit = url_of("agenda_item", item)
    assert "resolution" not in client.get(edit).context["form"].fields
    missing = page_form_data(client, edit, title="")
    assert "โปรดกรอกเรื่อง" in client.post(edit, missing).content.decode()


# --- The meeting itself ---


def test_it_opens_on_its_day_with_the_members_of_that_day(login, clerk, planned):
    client = login(clerk)
    planned.committee.members.filter(post="ประธานทดสอบ").update(ends_on=day(-1))
    client.post(url_of("meeting_open", planned))
    planned.refresh_from_db()
    assert planned.is_open
    assert planned.attendance.count() == 2
    assert client.get(url_of("meeting_edit", planned)).status_code == 409
    empty = CommitteeFactory(kind=CommitteeKind.WORKING_GROUP)
    other = MeetingFactory(committee=empty, planned=True)
    assert "ไม่มีรายชื่อกรรมการ" in client.post(url_of("meeting_open", other)).content.decode()


def test_attendance_resolutions_and_closing(login, clerk, opened):
    client, page = login(clerk), opened.get_absolute_url()
    assert "ยังไม่บันทึกการเข้าประชุมของกรรมการ 3 คน" in client.get(page).content.decode()
    assert "ยังปิดประชุมไม่ได้" in client.post(url_of("meeting_close", opened), {}).content.decode()
    client.post(url_of("attendance", opened), attended(opened))
    assert "เข้าประชุม 3 จาก 3 คน" in client.get(page).content.decode()
    for item in opened.agenda.all():
        url = url_of("agenda_item", item)
        client.post(url, page_form_data(client, url, resolution="เห็นชอบตามเสนอ"))
    sent = {"ends_at": "12:00", "other_participants": "ศึกษานิเทศก์"}
    client.post(url_of("meeting_close", opened), sent)
    opened.refresh_from_db()
    assert (opened.state, opened.closed_by) == (MeetingState.CLOSED, clerk)
    closed_page = client.get(page).content.decode()
    assert "เห็นชอบตามเสนอ" in closed_page
    assert "ศึกษานิเทศก์" in closed_page
    with pytest.raises(ActionRefused):
        record_actions.save_agenda_item(opened.agenda.first(), fields={"resolution": "อื่น"})


def test_who_heads_a_school_is_proposed_to_take_no_part(login, clerk, opened, school):
    client, page = login(clerk), opened.get_absolute_url()
    assert "ระบบเสนอ" in client.get(page).content.decode()
    client.post(url_of("recusals_propose", opened))
    recusal = opened.recusals.get()
    assert (recusal.school, recusal.reason) == (school, f"เป็นผู้อำนวยการ{school}")
    assert "ระบบเสนอ" not in client.get(page).content.decode()
    add = url_of("recusal_add", opened)
    sent = {"member": recusal.member_id, "school": school.pk, "reason": "เป็นญาติ"}
    assert "บันทึกไว้แล้วว่า" in client.post(add, sent).content.decode()
    assert "โปรดระบุเหตุผลที่ไม่ร่วมพิจารณา" in client.post(add, {}).content.decode()
    client.post(url_of("recusal_delete", recusal))
    client.post(add, sent)
    assert opened.recusals.get().reason == "เป็นญาติ"


# --- Afterwards ---


def test_a_mistyped_number_is_corrected_and_follows_to_what_names_it(
    login, clerk, supervisor, school_director, group_director, closed, round_
):
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    decision = scenarios.round_decided(round_, by=group_director, meeting=closed)
    client, url = login(clerk), url_of("meeting_correct", closed)
    data = page_form_data(client, url, number="5")
    assert "โปรดระบุเหตุผล" in client.post(url, data).content.decode()
    client.post(url, data | {"reason": "พิมพ์ครั้งที่ผิด"})
    decision.refresh_from_db()
    assert decision.meeting_no == "5/2569"
    page = client.get(closed.get_absolute_url()).content.decode()
    assert f"พิมพ์ครั้งที่ผิด (เดิม: ครั้งที่ 4/2569 วันที่ {long_date(closed.held_on)})" in page
    assert round_.school.short_name in page  # what the meeting decided
    same = page_form_data(client, url, reason="อีกครั้ง")
    assert "ไม่มีสิ่งที่แก้ไข" in client.post(url, same).content.decode()
    later = same | {"held_on": numeric_date(day(2))}
    assert "ต้องไม่อยู่ในวันข้างหน้า" in client.post(url, later).content.decode()


def test_a_closed_record_changes_only_with_a_reason_that_the_log_keeps(login, clerk, closed):
    client, page = login(clerk), closed.get_absolute_url()
    attendance = url_of("attendance", closed)
    data = attended(closed, AttendanceKind.EXCUSED)
    assert "โปรดระบุเหตุผล" in client.post(attendance, data).content.decode()
    assert "เลือกให้ครบ" in client.post(attendance, {"reason": "ก"}).content.decode()
    client.post(attendance, data | {"reason": "บันทึกผิดคน"})
    assert closed.attendance.filter(kind=AttendanceKind.EXCUSED).count() == 3
    item = closed.agenda.last()
    words = {"resolution": "เห็นชอบและมอบหมาย", "reason": "ตกคำ"}
    client.post(url_of("agenda_item", item), words)
    shown = client.get(page).content.decode()
    for said in ("บันทึกผิดคน", "มาประชุม → ลา", "ตกคำ", "เดิม: เห็นชอบ", "เห็นชอบและมอบหมาย"):
        assert said in shown
    assert client.post(url_of("agenda_item_delete", item)).status_code == 409
    assert client.post(url_of("recusals_propose", closed)).status_code == 409


def test_what_was_typed_long_ago_says_so(login, clerk):
    meeting = MeetingFactory(number=None, recorded_as="ครั้งพิเศษ")
    client = login(clerk)
    assert "เลขครั้งที่ตามที่เคยพิมพ์ไว้" in client.get(meeting.get_absolute_url()).content.decode()
    url = url_of("meeting_correct", meeting)
    client.post(url, page_form_data(client, url, number="2", year="2569", reason="ตามรายงาน"))
    meeting.refresh_from_db()
    assert (meeting.label, meeting.recorded_as) == ("2/2569", "")


# --- Who reads, lists, calendar, home ---


def test_a_director_in_a_subcommittee_reads_no_results_of_other_schools(
    login, cluster, subcommittee_member, supervisor, outsider_director, group_director, other_school
):
    round_ = RoundFactory(school=other_school)
    scenarios.visit_acknowledged(round_, supervisor=group_director, director=outsider_director)
    of_cluster = CommitteeFactory(kind=CommitteeKind.SUBCOMMITTEE, cluster=cluster)
    meeting = MeetingFactory(committee=of_cluster)
    decision = scenarios.round_decided(round_, by=group_director)
    type(decision).objects.filter(pk=decision.pk).update(meeting=meeting)
    page = login(subcommittee_member).get(meeting.get_absolute_url()).content.decode()
    assert other_school.short_name not in page
    assert login(subcommittee_member).get(decision.meeting.get_absolute_url()).status_code == 404


def test_the_list_filters_and_does_not_grow(login, clerk, closed, django_assert_max_num_queries):
    client, url = login(clerk), reverse("meetings")
    with django_assert_max_num_queries(12) as few:
        client.get(url)
    for number in (7, 8):
        MeetingFactory(committee=closed.committee, number=number, planned=True)
    with django_assert_max_num_queries(len(few)):
        rows = client.get(url).context["rows"]
    assert len(rows) == 3
    found = client.get(url, {"state": "planned", "year": "2569", "committee": closed.committee_id})
    assert len(found.context["rows"]) == 2
    assert client.get(url, {"state": "x", "year": "2024", "committee": "x"}).status_code == 200


def test_the_page_of_an_open_meeting_asks_little(
    login, clerk, opened, term, django_assert_max_num_queries
):
    opened.attendance.update(kind="present")
    client = login(clerk)
    client.get(opened.get_absolute_url())  # the first request of a session renews it
    with django_assert_max_num_queries(15):
        client.get(opened.get_absolute_url())


def test_members_have_it_in_calendar_and_at_home_and_the_secretary_has_to_open_it(
    login, term, planned, committee_member, group_director, clerk, school_director
):
    words = "ประชุม ก.ต.ป.น. ครั้งที่ 4/2569"
    for person in (group_director, committee_member):
        assert words in login(person).get(reverse("calendar"), {"who": "all"}).content.decode()
    assert words not in login(school_director).get(reverse("calendar")).content.decode()
    todos = login(group_director).get(reverse("todos")).content.decode()
    assert "เปิดประชุม ก.ต.ป.น. ครั้งที่ 4/2569" in todos
    meeting_actions.open_meeting(planned, by=clerk)
    assert "บันทึกมติและปิดประชุม" in login(group_director).get(reverse("todos")).content.decode()


def test_the_page_leads_to_the_table_and_the_papers(login, group_director, opened):
    page = login(group_director).get(opened.get_absolute_url()).content.decode()
    for name in ("meeting_table", "meeting_agenda", "meeting_decision_sheet", "minutes_word"):
        assert url_of(name, opened) in page

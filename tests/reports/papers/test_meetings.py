"""Agenda, decision sheet and minutes of a meeting, as PDF and Word."""

from datetime import time
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from schools.core.thai import thai_digits
from supervision.committees.enums import (
    AgendaKind,
    AttendanceKind,
    CommitteePosition,
    MeetingState,
)
from supervision.committees.models import AgendaItem, Attendance, Meeting, Recusal
from supervision.practices import actions as practices
from supervision.practices.enums import DecisionResult
from supervision.practices.result_corrections import correct_result
from tests import scenarios
from tests.factories import AreaFactory, CommitteeMemberFactory, MeetingFactory
from tests.pdf_readers import pdfium_text, poppler_text, pypdf_text
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import text_of, texts_of
from tests.supervision.resolutions.waiting import waiting_round
from tests.word_readers import word_text

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]
MEMBERS = (
    ("ผู้อำนวยการสำนักงานเขต", CommitteePosition.CHAIR, AttendanceKind.PRESENT),
    ("ผู้แทนผู้บริหารสถานศึกษา", CommitteePosition.MEMBER, AttendanceKind.PRESENT),
    ("ผู้ทรงคุณวุฒิด้านวิจัย", CommitteePosition.MEMBER, AttendanceKind.EXCUSED),
    ("ผู้อำนวยการกลุ่มนิเทศฯ", CommitteePosition.SECRETARY, AttendanceKind.PRESENT),
)
AGENDA = (
    (AgendaKind.INFORM, "เรื่องแจ้งให้ที่ประชุมทราบ", "รับทราบ"),
    (AgendaKind.ROUNDS, "พิจารณาผลการนิเทศของสถานศึกษา", "เห็นชอบผลการพิจารณา"),
    (AgendaKind.PRACTICES, "คัดเลือกวิธีปฏิบัติที่เป็นเลิศ", "เห็นชอบ"),
)


@pytest.fixture
def meeting(db):
    AreaFactory()
    meeting = MeetingFactory(
        open=True,
        number=4,
        place="ห้องประชุมกำหนดน้ำใจ",
        begins_at=time(9, 30),
        other_participants="ศึกษานิเทศก์ผู้นำเสนอ",
    )
    for position, (kind, title, resolution) in enumerate(AGENDA, 1):
        AgendaItem.objects.create(
            meeting=meeting, position=position, kind=kind, title=title, resolution=resolution
        )
    for post, position, kind in MEMBERS:
        member = CommitteeMemberFactory(post=post, position=position)
        Attendance.objects.create(meeting=meeting, member=member, kind=kind)
    return meeting


@pytest.fixture
def rounds(supervisor, term, cluster):
    return [waiting_round(supervisor, term, cluster, level=level) for level in (4, 2)]


@pytest.fixture
def decided(meeting, rounds, group_director):
    good, poor = rounds
    Recusal.objects.create(
        meeting=meeting,
        member=meeting.attendance.get(member__post=MEMBERS[1][0]).member,
        school=good.school,
        reason="เป็นผู้บริหารโรงเรียน",
    )
    return [
        scenarios.round_decided(good, by=group_director, meeting=meeting),
        scenarios.round_decided(
            poor,
            by=group_director,
            meeting=meeting,
            result=DecisionResult.NOT_ACHIEVED,
            planned_changes="ปรับแผนการสอนคละชั้น",
        ),
    ]


def paper(client, name, meeting):
    return client.get(reverse(name, args=[meeting.pk]))


def test_the_agenda_has_the_schools_and_practices_that_wait(login, group_director, meeting, rounds):
    practices.nominate_practice(
        rounds[0], by=group_director, title="ห้องสมุดชุมชน", process="ทำ", outcome="ดี"
    )
    response = paper(login(group_director), "meeting_agenda", meeting)
    text = text_of(response)
    for passage in (
        "ระเบียบวาระการประชุม",
        "ครั้งที่ ๔/๒๕๖๙",
        "เวลา ๐๙.๓๐ น.",
        "ระเบียบวาระที่ ๒ พิจารณาผลการนิเทศของสถานศึกษา",
        "สถานศึกษาที่รอพิจารณา ๒ แห่ง",
        "มาตรฐานที่ ๑ ได้ ๒.๐๐ ต่ำกว่าเกณฑ์ ๓.๐๐",
        "ห้องสมุดชุมชน",
        *(thai_digits(round_.school.name) for round_ in rounds),
    ):
        assert normalized(passage) in text
    for read in (pdfium_text, pypdf_text, poppler_text):
        assert "ห้องประชุมกำหนดน้ำใจ" in "".join(read(response.content).split())


def test_the_decision_sheet_has_each_school_with_its_reason(
    login, group_director, meeting, decided
):
    sheet = paper(login(group_director), "meeting_decision_sheet", meeting)
    assert len(PdfReader(BytesIO(sheet.content)).pages) == 1
    text = text_of(sheet)
    for passage in (
        "ผล “บรรลุ” ๑ แห่ง ผล “ไม่บรรลุ” ๑ แห่ง",
        "ผลการนิเทศเป็นไปตามเกณฑ์ที่กำหนด",
        "สิ่งที่จะปรับ: ปรับแผนการสอนคละชั้น",
        "ผู้แทนผู้บริหารสถานศึกษา ไม่ร่วมพิจารณา",
        "ประธานที่ประชุม",
        "เลขานุการที่ประชุม",
    ):
        assert normalized(passage) in text
    assert normalized("ร่าง") in text


def test_a_result_that_a_later_meeting_changed_stands_as_it_was(
    login, group_director, meeting, decided
):
    later = MeetingFactory(open=True, number=5)
    correct_result(decided[1], by=group_director, meeting=later, reason="ตรวจหลักฐานใหม่")
    text = text_of(paper(login(group_director), "meeting_decision_sheet", meeting))
    assert normalized("ผล “ไม่บรรลุ” ๑ แห่ง") in text
    assert normalized("แก้ไขเป็น “บรรลุ” โดยมติครั้งที่ ๕/๒๕๖๙") in text
    assert "ตรวจหลักฐานใหม่" in text_of(paper(login(group_director), "meeting_decision_sheet", later))


MINUTES = (
    "รายงานการประชุม",
    "เมื่อวันที่ ๑๘ พฤศจิกายน ๒๕๖๙",
    "ณ ห้องประชุมกำหนดน้ำใจ",
    "ผู้มาประชุม",
    "ผู้แทนผู้บริหารสถานศึกษา",
    "ผู้ไม่มาประชุม",
    "ผู้ทรงคุณวุฒิด้านวิจัย",
    "ผู้เข้าร่วมประชุม",
    "ศึกษานิเทศก์ผู้นำเสนอ",
    "เริ่มประชุมเวลา ๐๙.๓๐ น.",
    "ผล “บรรลุ” ๑ โรงเรียน",
    "ผล “ไม่บรรลุ” ๑ โรงเรียน",
    "มติที่ประชุม เห็นชอบผลการพิจารณา",
    "เลิกประชุมเวลา",
    "ผู้จดรายงานการประชุม",
    "ผู้ตรวจรายงานการประชุม",
)


def test_minutes_say_who_came_and_what_was_resolved(login, group_director, meeting, decided):
    client = login(group_director)
    text = text_of(paper(client, "meeting_minutes", meeting))
    for passage in MINUTES:
        assert normalized(passage) in text
    word = normalized(word_text(paper(client, "minutes_word", meeting).content))
    for passage in MINUTES:
        assert normalized(passage) in word
    assert "{" not in word


def test_minutes_are_a_draft_until_the_meeting_is_closed(login, group_director, meeting):
    first, *_ = texts_of(paper(login(group_director), "meeting_minutes", meeting))
    assert normalized("ร่าง") in first
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.CLOSED, closed_at="2026-11-18T05:00Z", closed_by=group_director
    )
    first, *_ = texts_of(paper(login(group_director), "meeting_minutes", meeting))
    assert normalized("ร่าง") not in first


def test_what_was_judged_is_not_for_schools(login, school_director, meeting):
    for name in ("meeting_decision_sheet", "meeting_minutes", "minutes_word"):
        assert paper(login(school_director), name, meeting).status_code == 404

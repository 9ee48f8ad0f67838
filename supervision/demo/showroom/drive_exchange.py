"""What schools of the showroom learn from each other: an exchange event, requests for visits."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from schools.core.history import save_with_history
from schools.models import School
from supervision.demo.networks import ATTENDANCE
from supervision.demo.office_days import at_ten, working_day
from supervision.demo.showroom.drive_year import ShowroomDrive
from supervision.demo.showroom.writing import save_all
from supervision.practices.enums import PracticeState
from supervision.practices.models import GoodPractice
from supervision.programmes.networks.forum_actions import record_forum
from supervision.programmes.networks.published_practices import published_practices
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.exchange.event_actions import plan_exchange_event
from supervision.quality_drive.exchange.request_actions import (
    arrange_study_request,
    decline_study_request,
    finish_study_request,
    send_study_request,
)
from supervision.quality_drive.models import ExchangeEvent, PracticeDimension, Takeaway

PLANNED, HELD, ASKED = 0.5, 0.7, 0.75  # parts of the drive's days
DAYS_AHEAD = timedelta(days=18)
INVITED = 4
TITLE = "เวทีแลกเปลี่ยนเรียนรู้การขับเคลื่อนคุณภาพ ครั้งที่ {} (ตัวอย่าง)"
PROGRAMME = (
    "09.00 น. นำเสนอผลงานที่เชิญ\n10.30 น. แลกเปลี่ยนเป็นกลุ่มตามด้านคุณภาพ\n"
    "13.30 น. แต่ละโรงเรียนเลือกสิ่งที่จะนำไปใช้ (ตัวอย่าง)"
)
PLACE = "ห้องประชุมสำนักงานเขตพื้นที่การศึกษา (ตัวอย่าง)"
SHARED = "โรงเรียนนำเสนอวิธีสอนอ่านและวง PLC แต่ละโรงเรียนเลือก 1 เรื่องไปทดลองใช้ (ตัวอย่าง)"
TAKEN_HOME = "จะจับคู่พี่น้องอ่านร่วมกันวันละ 15 นาที และสะท้อนผลในวง PLC ของโรงเรียน (ตัวอย่าง)"
ASKS = "ขอดูวิธีจัดกลุ่มนักเรียนและการบันทึกความก้าวหน้ารายคน (ตัวอย่าง)"
ASKS_MENTOR = "ขอพี่เลี้ยงเรื่องการจัดการเรียนรู้แบบคละชั้น (ตัวอย่าง)"
ARRANGEMENT = "พบกันเวลา 09.30 น. โรงเรียนเจ้าของผลงานเปิดห้องเรียนให้ดู 1 คาบ แล้วสนทนาสะท้อนผล (ตัวอย่าง)"
LEARNED = "ได้แบบบันทึกการอ่านรายคนและวิธีจับคู่นักเรียน นำไปใช้ในชั้น ป.2–ป.3 (ตัวอย่าง)"
DECLINED = "พี่เลี้ยงติดภารกิจตลอดภาคเรียน สำนักงานจะประสานให้ในภาคเรียนถัดไป (ตัวอย่าง)"


def save_exchange(year: ShowroomDrive) -> None:
    """An event that was held, with what schools took home; in a year at work another to come."""
    published = [one for one in _school_practices() if one.school in year.schools]
    _save_dimensions(published)
    with year.days.at(PLANNED):
        event = _plan(year, 1, year.days.moment(HELD).date(), published[:INVITED])
    with year.days.at(HELD):
        record_forum(event.forum, by=year.office, shared=SHARED, attendance=ATTENDANCE)
    _take_home(year, event, published)
    if not year.is_over:
        coming = working_day((year.days.now + DAYS_AHEAD).date())
        _plan(year, 2, coming, published[:INVITED])
    if published:
        _ask_to_learn(year, published[0])


def _school_practices() -> list[GoodPractice]:
    """Published practices of schools, newest first."""
    published = [one.pk for one in published_practices() if one.school_id]
    rows = GoodPractice.objects.filter(pk__in=published, state=PracticeState.SELECTED)
    return list(rows.select_related("round__school").order_by("-pk"))


def _save_dimensions(practices: Sequence[GoodPractice]) -> None:
    """Which dimension each answers: a sample, given in turn."""
    codes = list(DimensionCode)
    for n, practice in enumerate(practices):
        if not practice.quality_dimensions.exists():
            row = PracticeDimension(practice=practice, code=codes[n % len(codes)], is_sample=True)
            save_with_history(row, by=practice.selected_by or practice.nominated_by)


def _plan(
    year: ShowroomDrive, number: int, day: date, practices: Sequence[GoodPractice]
) -> ExchangeEvent:
    fields = {
        "title": TITLE.format(f"{number}/{year.drive.academic_year}"),
        "programme": PROGRAMME,
        "starts_on": day,
        "ends_on": day,
        "place": PLACE,
        "is_sample": True,
    }
    return plan_exchange_event(year.drive, by=year.office, practices=practices, fields=fields)


def _take_home(
    year: ShowroomDrive, event: ExchangeEvent, practices: Sequence[GoodPractice]
) -> None:
    """Two of three schools wrote down what they will try."""
    at = year.days.moment(HELD + 0.01)
    came = [school for school in year.schools if year.place_of(school) % 3]
    save_all(
        Takeaway(
            event=event,
            school=school,
            practice=next((one for one in practices if one.school != school), None),
            text=TAKEN_HOME,
            try_by=min(at.date() + timedelta(days=30), year.ends_on),
            by=year.people.teacher_of(school),
            at=at,
        )
        for school in came
    )


def _ask_to_learn(year: ShowroomDrive, practice: GoodPractice) -> None:
    """A visit that was made, one with its day, one that waits, and a mentor not found."""
    schools = [school for school in year.schools if school != practice.school][:4]
    if len(schools) < 4:
        return
    visited, arranged, waiting, without_mentor = schools
    _visit(year, visited, practice)
    with year.days.at(ASKED):
        by = year.people.director_of(without_mentor)
        request = send_study_request(year.drive, without_mentor, by=by, text=ASKS_MENTOR)
    with year.days.at(ASKED + 0.05):
        decline_study_request(request, by=year.office, reason=DECLINED)
    if year.is_over:
        return
    for school in (arranged, waiting):
        by = year.people.director_of(school)
        request = send_study_request(year.drive, school, by=by, text=ASKS, practice=practice)
        if school == arranged:
            day = working_day((year.days.now + DAYS_AHEAD).date())
            arrange_study_request(request, by=year.office, arranged_on=day, arrangement=ARRANGEMENT)


def _visit(year: ShowroomDrive, school: School, practice: GoodPractice) -> None:
    """Asked for, arranged for some days later, and written down on that day."""
    by, day = year.people.director_of(school), year.days.moment(ASKED + 0.1).date()
    with year.days.at(ASKED):
        request = send_study_request(year.drive, school, by=by, text=ASKS, practice=practice)
        day = max(day, timezone.localdate())
        arrange_study_request(request, by=year.office, arranged_on=day, arrangement=ARRANGEMENT)
    with at_ten(day) if day < year.days.now.date() else year.days.at(0.99):
        finish_study_request(request, by=by, learned=LEARNED)

"""What the office and its committees did in a drive of the showroom, and what it asked schools."""

from datetime import timedelta

from django.utils import timezone

from schools.models import User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Committee
from supervision.demo.showroom.drive_year import ShowroomDrive
from supervision.demo.showroom.writing import save_all
from supervision.quality_drive.cooperation.climate_actions import (
    SAMPLE_STATEMENTS,
    close_climate_survey,
    draft_climate_survey,
    open_climate_survey,
)
from supervision.quality_drive.cooperation.climate_figures import FEWEST_ANSWERS
from supervision.quality_drive.cooperation.enums import DriveEventAction, DriveEventKind
from supervision.quality_drive.cooperation.event_actions import record_drive_event
from supervision.quality_drive.drives.enums import Sector
from supervision.quality_drive.mentoring.monitoring_actions import (
    draft_monitoring_report,
    submit_monitoring_report,
)
from supervision.quality_drive.models import (
    ClimateCount,
    DriveEvent,
    Partner,
)
from supervision.workflow.actions import start

SURVEY_DAYS = timedelta(days=14)
PARTNERS = (
    ("เครือข่ายศึกษานิเทศก์ของเขตพื้นที่ (ตัวอย่าง)", Sector.AREA_OFFICE, False, "ร่วมวิเคราะห์ผลและให้คำปรึกษา"),
    ("องค์การบริหารส่วนตำบลตัวอย่าง", Sector.LOCAL_GOVERNMENT, True, "สนับสนุนรถรับส่งนักเรียน (ตัวอย่าง)"),
    ("มหาวิทยาลัยตัวอย่าง", Sector.AGENCIES, True, "พัฒนาครูเรื่องการอ่านและการเขียน (ตัวอย่าง)"),
)


def cooperate(year: ShowroomDrive) -> None:
    """Partners, the meeting of heads, an event, and what a committee reported."""
    save_all(
        Partner(
            drive=year.drive,
            organisation=name,
            sector=sector,
            is_outside=outside,
            gives=gives,
            starts_on=year.days.days[0],
            is_sample=True,
        )
        for name, sector, outside, gives in PARTNERS
    )
    _hold(year, DriveEventKind.HEADS_MEETING, "ประชุมผู้บริหารสถานศึกษา (ตัวอย่าง)", 0.04)
    _hold(year, DriveEventKind.COOPERATION, "เปิดบ้านวิชาการกับชุมชน (ตัวอย่าง)", 0.5)
    _survey_climate(year)
    _report_monitoring(year)


def _hold(year: ShowroomDrive, kind: DriveEventKind, title: str, fraction: float) -> None:
    with year.days.at(fraction):
        event = DriveEvent(
            drive=year.drive,
            kind=kind,
            title=title,
            held_on=timezone.localdate(),
            place="ห้องประชุมสำนักงานเขตพื้นที่การศึกษา (ตัวอย่าง)",
            programme="ชี้แจงแนวทาง แลกเปลี่ยน และสรุปข้อตกลง (ตัวอย่าง)",
            is_sample=True,
        )
        start(event, DriveEventAction.PLAN, by=year.office)
        event.schools.set(year.schools)
        came = [school for school in year.schools if year.place_of(school) != 0]
        record_drive_event(
            event,
            by=year.office,
            people=len(came),
            result="ทุกกลุ่มโรงเรียนเห็นชอบแนวทางร่วมกัน (ตัวอย่าง)",
            attended=came,
        )


def _survey_climate(year: ShowroomDrive) -> None:
    """Most schools answered; nothing leads from a school to what it answered."""
    if len(year.schools) < FEWEST_ANSWERS:
        return
    with year.days.at(0.55):
        survey = draft_climate_survey(
            year.drive,
            by=year.office,
            title="แบบสำรวจบรรยากาศการทำงาน",
            closes_on=max(timezone.localdate(), year.days.days[-1]) + SURVEY_DAYS,
            statements=SAMPLE_STATEMENTS,
        )
        open_climate_survey(survey, by=year.office)
    turns = list(survey.turns.all())
    taken = turns if year.is_over else [turn for turn in turns if turn.school_id % 3]
    survey.turns.filter(pk__in=[turn.pk for turn in taken]).update(is_taken=True)
    counts = list(ClimateCount.objects.filter(statement__survey=survey).select_related("statement"))
    for count in counts:
        count.answers = _answers(len(taken), count.statement.position, count.level)
    ClimateCount.objects.bulk_update(counts, ["answers"])
    if year.is_over:
        with year.days.at(0.95):
            close_climate_survey(survey, by=year.office)


def _answers(schools: int, statement: int, level: int) -> int:
    """A sixth to a half fully agree, a third agree, the others neither agree nor disagree."""
    fully, mostly = schools * (statement % 3 + 1) // 6, schools // 3
    return {5: fully, 4: mostly, 3: schools - fully - mostly}.get(level, 0)


def _report_monitoring(year: ShowroomDrive) -> None:
    """ก.ต.ป.น. reported to the office; in a year at work the report of อ.ก.ต.ป.น. is a draft."""
    bodies = {one.kind: one for one in Committee.objects.filter(is_sample=True)}
    member = User.objects.get(username="subcommittee")
    with year.days.at(0.7):
        fields = {
            "starts_on": year.days.days[0],
            "ends_on": timezone.localdate(),
            "progress": "โรงเรียนส่วนใหญ่ดำเนินการตามข้อตกลง (ตัวอย่าง)",
            "problems": "โรงเรียนขนาดเล็กครูไม่ครบชั้น (ตัวอย่าง)",
            "proposals": "ขอให้สำนักงานสนับสนุนสื่อและครูพี่เลี้ยง (ตัวอย่าง)",
            "is_sample": True,
        }
        of_area, of_cluster = (
            draft_monitoring_report(year.drive, bodies[kind], by=by, fields=fields)
            for kind, by in (
                (CommitteeKind.AREA, year.people.office.committee),
                (CommitteeKind.SUBCOMMITTEE, member),
            )
        )
        submit_monitoring_report(of_area, by=year.people.office.committee)
        if year.is_over:
            submit_monitoring_report(of_cluster, by=member)

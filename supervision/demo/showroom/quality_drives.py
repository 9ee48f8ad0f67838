"""The quality drive of the showroom: last year's walked to its end, this year's at work.

All schools are invented. Their baselines and levels are what their signed visits say; agreements,
reports of progress and answers are made of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from schools.models import AcademicYear, School, Term, User
from supervision.committees.models import Meeting
from supervision.demo.office_days import OfficeDays, clock_set_to
from supervision.demo.quality_drives import create_endorsed_drive, create_sample_team
from supervision.demo.showroom.people import ShowroomPeople
from supervision.demo.showroom.terms import office_days_of
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.improvement.enums import Assignee
from supervision.quality_drive.agreements.enums import AgreementAction, AgreementState
from supervision.quality_drive.baselines.enums import (
    BaselineAction,
    BaselineSource,
    BaselineState,
)
from supervision.quality_drive.cooperation.climate_actions import (
    SAMPLE_STATEMENTS,
    close_climate_survey,
    draft_climate_survey,
    open_climate_survey,
)
from supervision.quality_drive.cooperation.climate_figures import FEWEST_ANSWERS
from supervision.quality_drive.cooperation.enums import DriveEventAction, DriveEventKind
from supervision.quality_drive.cooperation.event_actions import record_drive_event
from supervision.quality_drive.drives.actions import close_drive, save_next_plan
from supervision.quality_drive.drives.enums import Sector
from supervision.quality_drive.mentoring.enums import MonitoringAction
from supervision.quality_drive.models import (
    Agreement,
    AgreementSupport,
    AgreementTarget,
    BaselineLevel,
    ClimateCount,
    DriveEvent,
    DriveProgress,
    MonitoringReport,
    Partner,
    QualityDrive,
    SchoolDrive,
)
from supervision.quality_drive.ranking.actions import (
    compute_ranking,
    finish_ranking,
    show_ranking,
)
from supervision.quality_drive.scores import DriveDesign, load_design, load_signed_levels
from supervision.workflow.actions import start, transition

# Where one school of so many stands in the year that is at work; the others have signed.
NOT_CONFIRMED, WAITS_FOR_SCHOOL, WAITS_FOR_OFFICE, SHARE_OF = 1, 3, 5, 9
IMPROVEMENT, HIGHEST = Decimal("0.50"), Decimal("5.00")
REPORTED_INDICATORS = 3
SURVEY_DAYS = timedelta(days=14)
OBJECTION_DAYS = 10
DIAGNOSIS = {
    "problems": "ผลการนิเทศปีก่อนบางตัวชี้วัดต่ำกว่าค่าเป้าหมาย (ตัวอย่าง)",
    "needs": "สื่อและการพัฒนาครูเรื่องการจัดการเรียนรู้เชิงรุก (ตัวอย่าง)",
    "causes": "ครูไม่ครบชั้นและมีภาระงานหลายด้าน (ตัวอย่าง)",
    "plan": "นิเทศภายในเดือนละครั้ง และแลกเปลี่ยนเรียนรู้กับโรงเรียนใกล้เคียง (ตัวอย่าง)",
}
INTENTIONS = "ร่วมกันพัฒนาคุณภาพทั้ง 5 ด้านให้ถึงค่าเป้าหมายภายในปีการศึกษา (ตัวอย่าง)"
SUPPORT = "ศึกษานิเทศก์ร่วมออกแบบการเรียนรู้กับครูอย่างน้อยภาคเรียนละ 1 ครั้ง (ตัวอย่าง)"
DONE = "ดำเนินการตามแผนของโรงเรียนและสะท้อนผลในที่ประชุมครู (ตัวอย่าง)"
PARTNERS = (
    ("เครือข่ายศึกษานิเทศก์ของเขตพื้นที่ (ตัวอย่าง)", Sector.AREA_OFFICE, False, "ร่วมวิเคราะห์ผลและให้คำปรึกษา"),
    ("องค์การบริหารส่วนตำบลตัวอย่าง", Sector.LOCAL_GOVERNMENT, True, "สนับสนุนรถรับส่งนักเรียน (ตัวอย่าง)"),
    ("มหาวิทยาลัยตัวอย่าง", Sector.AGENCIES, True, "พัฒนาครูเรื่องการอ่านและการเขียน (ตัวอย่าง)"),
)
NEXT_PLAN = "ปีต่อไปเน้นห้องเรียนคุณภาพ และขยายการแลกเปลี่ยนเรียนรู้ระหว่างโรงเรียนขนาดเล็ก (ตัวอย่าง)"


@dataclass(frozen=True)
class ShowroomDrive:
    """A drive with what was known before it, its schools, and the office days that it has had."""

    drive: QualityDrive
    design: DriveDesign
    schools: Sequence[School]
    baselines: Mapping[int, Mapping[int, Decimal]]
    days: OfficeDays
    people: ShowroomPeople
    is_over: bool

    @property
    def office(self) -> User:
        return self.people.office.group

    def place_of(self, school: School) -> int:
        """Which of SHARE_OF it is, so that schools differ and stay the same at each loading."""
        return self.schools.index(school) % SHARE_OF


def create_showroom_drives(
    schools_by_year: Mapping[AcademicYear, Sequence[School]],
    terms: Sequence[Term],
    people: ShowroomPeople,
    now: datetime,
) -> None:
    """Those of the last two years that the showroom has, the older one ended."""
    for year, schools in list(schools_by_year.items())[-2:]:
        year_terms = [term for term in terms if term.academic_year == year]
        drive = create_endorsed_drive(people.office, year, now.date())
        if drive is None:
            continue
        is_over = year != terms[-1].academic_year
        create_sample_team(drive, year_terms[0].opens_on, by=people.office.group)
        _walk(_drive_year(drive, schools, year_terms, people, now, is_over=is_over))


def _drive_year(
    drive: QualityDrive,
    schools: Sequence[School],
    terms: Sequence[Term],
    people: ShowroomPeople,
    now: datetime,
    *,
    is_over: bool,
) -> ShowroomDrive:
    design = load_design(drive)
    last = office_days_of(terms[-1], now).days[-1]
    endorsed = drive.meeting.held_on if drive.meeting else terms[0].opens_on
    first = min(max(endorsed, terms[0].opens_on), last)
    return ShowroomDrive(
        drive=drive,
        design=design,
        schools=schools,
        baselines=_baselines(design, schools, terms[0].academic_year, now.date()),
        days=OfficeDays.between(first, last, now),
        people=people,
        is_over=is_over,
    )


def _baselines(
    design: DriveDesign, schools: Sequence[School], year: AcademicYear, today: date
) -> dict[int, dict[int, Decimal]]:
    """What the signed visits of the year before say, by school and DriveIndicator (pks)."""
    before = Term.objects.filter(academic_year__year=year.year - 1).select_related("academic_year")
    found = load_signed_levels(design, schools, list(before), today) if before else {}
    return {
        school: {row: Decimal(level.level) for row, level in levels.items()}
        for school, levels in found.items()
    }


def _walk(year: ShowroomDrive) -> None:
    """Schools first, then what the office did, and for a year that is over its end."""
    school_drives = _save_school_drives(year)
    agreements = _save_agreements(year)
    _save_progress(year, school_drives, agreements)
    _cooperate(year)
    if year.is_over:
        _evaluate(year)


# --- The schools ---


def _save_school_drives(year: ShowroomDrive) -> list[SchoolDrive]:
    """The state of each school before the work; in a year at work a few have not confirmed it."""
    at = year.days.moment(0.05)
    rows = save_all(_school_drive(year, school, at) for school in year.schools)
    save_all(
        BaselineLevel(
            school_drive=row,
            drive_indicator_id=indicator,
            level=level,
            source=BaselineSource.LAST_YEAR,
            source_text="การนิเทศที่ลงนามแล้วของปีก่อน (ตัวอย่าง)",
        )
        for row in rows
        for indicator, level in year.baselines.get(row.school_id, {}).items()
    )
    save_histories(History(row, list(_baseline_acts(year, row, at))) for row in rows)
    return rows


def _school_drive(year: ShowroomDrive, school: School, at: datetime) -> SchoolDrive:
    row = SchoolDrive(
        drive=year.drive, school=school, state=BaselineState.DRAFT, is_sample=True, **DIAGNOSIS
    )
    if year.is_over or year.place_of(school) != NOT_CONFIRMED:
        director = year.people.director_of(school)
        row.state, row.confirmed_at, row.confirmed_by = BaselineState.CONFIRMED, at, director
        row.confirmed_as = year.people.title_of(director)
    return row


def _baseline_acts(year: ShowroomDrive, row: SchoolDrive, at: datetime) -> Iterator[LoggedAct]:
    yield LoggedAct(BaselineAction.START, year.office, year.days.moment(0.01))
    if row.confirmed_by:
        yield LoggedAct(BaselineAction.CONFIRM, row.confirmed_by, at)


def _save_agreements(year: ShowroomDrive) -> list[Agreement]:
    """Most are signed by both; in a year at work some wait for the school, some for the office."""
    agreeing = [
        school for school in year.schools if year.is_over or year.place_of(school) != NOT_CONFIRMED
    ]
    rows = save_all(_agreement(year, school) for school in agreeing)
    save_all(target for row in rows for target in _targets(year, row))
    save_all(
        AgreementSupport(
            agreement=row,
            text=SUPPORT,
            assignee=Assignee.SUPERVISOR,
            due_on=year.days.days[-1],
        )
        for row in rows
    )
    save_histories(History(row, list(_agreement_acts(year, row))) for row in rows)
    return rows


def _agreement(year: ShowroomDrive, school: School) -> Agreement:
    row = Agreement(
        drive=year.drive,
        school=school,
        state=AgreementState.SIGNED,
        intentions=INTENTIONS,
        is_sample=True,
    )
    place = None if year.is_over else year.place_of(school)
    if place == WAITS_FOR_SCHOOL:
        row.state = AgreementState.PROPOSED
        return row
    director, area = year.people.director_of(school), year.people.office.area
    row.school_signed_at, row.school_signed_by = year.days.moment(0.12), director
    row.school_signed_as = year.people.title_of(director)
    if place == WAITS_FOR_OFFICE:
        row.state = AgreementState.SCHOOL_SIGNED
        return row
    row.signed_at, row.signed_by = year.days.moment(0.15), area
    row.signed_as = year.people.title_of(area)
    return row


def _targets(year: ShowroomDrive, row: Agreement) -> Iterator[AgreementTarget]:
    """Half a level above what was known; where nothing was, the drive's own target."""
    known = year.baselines.get(row.school_id, {})
    for dimension in year.design.dimensions:
        for one in year.design.indicators_of[dimension.code]:
            level = known.get(one.pk)
            target = min(level + IMPROVEMENT, HIGHEST) if level is not None else one.target
            yield AgreementTarget(
                agreement=row,
                drive_indicator=one,
                dimension_code=dimension.code,
                text=str(one.indicator),
                weight=one.weight,
                baseline=level,
                target=target,
            )


def _agreement_acts(year: ShowroomDrive, row: Agreement) -> Iterator[LoggedAct]:
    yield LoggedAct(AgreementAction.DRAFT, year.office, year.days.moment(0.06))
    yield LoggedAct(AgreementAction.PROPOSE, year.office, year.days.moment(0.08))
    if row.school_signed_by and row.school_signed_at:
        act = AgreementAction.SIGN_FOR_SCHOOL
        yield LoggedAct(act, row.school_signed_by, row.school_signed_at)
    if row.signed_by and row.signed_at:
        yield LoggedAct(AgreementAction.SIGN, row.signed_by, row.signed_at)


def _save_progress(
    year: ShowroomDrive, school_drives: Sequence[SchoolDrive], agreements: Sequence[Agreement]
) -> None:
    """Schools with an agreement reported on a few indicators; in a year at work most of them."""
    signed = {row.school_id for row in agreements if row.state == AgreementState.SIGNED}
    reporting = [
        row
        for row in school_drives
        if row.school_id in signed and (year.is_over or year.place_of(row.school) != 0)
    ]
    at = year.days.moment(0.6)
    save_all(
        DriveProgress(
            school_drive=row,
            drive_indicator=one,
            reported_on=at.date(),
            value=_reported(year, row, one.pk),
            text=DONE,
            evidence="บันทึกการประชุมครู (ตัวอย่าง)",
            by=year.people.teacher_of(row.school),
            at=at,
        )
        for row in reporting
        for one in year.design.indicators[:REPORTED_INDICATORS]
    )


def _reported(year: ShowroomDrive, row: SchoolDrive, indicator: int) -> Decimal:
    """Whole levels, as a school judges itself."""
    level = year.baselines.get(row.school_id, {}).get(indicator, Decimal(3))
    better = row.school_id % 3 != 0
    return min(level + 1, HIGHEST) if better else level


# --- The office ---


def _cooperate(year: ShowroomDrive) -> None:
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
            title="แบบสำรวจบรรยากาศการทำงาน (ตัวอย่าง)",
            closes_on=max(timezone.localdate(), year.days.days[-1]) + SURVEY_DAYS,
            statements=SAMPLE_STATEMENTS,
        )
        open_climate_survey(survey, by=year.office)
    turns = list(survey.turns.all())
    taken = turns if year.is_over else [turn for turn in turns if turn.school_id % 3]
    survey.turns.filter(pk__in=[turn.pk for turn in taken]).update(is_taken=True)
    counts = list(ClimateCount.objects.filter(statement__survey=survey))
    for count in counts:
        count.answers = _answers(len(taken), count.level)
    ClimateCount.objects.bulk_update(counts, ["answers"])
    if year.is_over:
        with year.days.at(0.95):
            close_climate_survey(survey, by=year.office)


def _answers(schools: int, level: int) -> int:
    """A quarter fully agree, half agree, the others neither agree nor disagree."""
    fully, mostly = schools // 4, schools // 2
    return {5: fully, 4: mostly, 3: schools - fully - mostly}.get(level, 0)


def _report_monitoring(year: ShowroomDrive) -> None:
    meeting = year.drive.meeting
    member = year.people.office.committee
    if meeting is None:
        return
    with year.days.at(0.7):
        report = MonitoringReport(
            drive=year.drive,
            committee=meeting.committee,
            starts_on=year.days.days[0],
            ends_on=timezone.localdate(),
            progress="โรงเรียนส่วนใหญ่ดำเนินการตามข้อตกลง (ตัวอย่าง)",
            problems="โรงเรียนขนาดเล็กครูไม่ครบชั้น (ตัวอย่าง)",
            proposals="ขอให้สำนักงานสนับสนุนสื่อและครูพี่เลี้ยง (ตัวอย่าง)",
            is_sample=True,
        )
        start(report, MonitoringAction.DRAFT, by=member)
        transition(
            report,
            MonitoringAction.SUBMIT,
            by=member,
            submitted_at=timezone.now(),
            submitted_by=member,
            submitted_as=year.people.title_of(member),
        )


# --- The end of a year ---


def _evaluate(year: ShowroomDrive) -> None:
    """Results written, the order told to schools and confirmed by a meeting, the next plan."""
    year.drive.expected_results.update(result="ดำเนินการแล้ว รายละเอียดตามรายงานการขับเคลื่อน (ตัวอย่าง)")
    with year.days.at(0.97):
        ranking = compute_ranking(year.drive, by=year.office)
        told_on = timezone.localdate()
        until = told_on + timedelta(days=OBJECTION_DAYS)
        show_ranking(ranking, by=year.office, objections_until=until)
    meeting = _meeting_after(until)
    if meeting and meeting.closed_at:
        with clock_set_to(meeting.closed_at):
            finish_ranking(ranking, by=year.office, meeting=meeting)
            save_next_plan(year.drive, by=year.office, next_plan=NEXT_PLAN)
            close_drive(year.drive, by=year.office)


def _meeting_after(until: date) -> Meeting | None:
    """The first meeting of ก.ต.ป.น. that was held after the last day for objections."""
    held = Meeting.objects.of_area_committee().filter(held_on__gt=until, closed_at__isnull=False)
    return held.order_by("held_on", "pk").first()

"""The quality drive of the showroom: last year's walked to its end, this year's at work.

All schools are invented. Their baselines and levels are what their signed visits say; agreements,
reports of progress and answers are made of them.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from schools.models import AcademicYear, ClusterMembership, School, Term
from supervision.committees.models import Meeting
from supervision.demo.office_days import OfficeDays, at_ten, clock_set_to
from supervision.demo.quality_drives import create_endorsed_drive, create_sample_team
from supervision.demo.showroom.drive_agreements import save_agreements
from supervision.demo.showroom.drive_exchange import save_exchange
from supervision.demo.showroom.drive_honours import (
    certify_honours,
    decide_honours,
    propose_honours,
    release_honours,
    report_on_drive,
)
from supervision.demo.showroom.drive_mentoring import save_mentoring
from supervision.demo.showroom.drive_office import cooperate
from supervision.demo.showroom.drive_schools import save_progress, save_school_drives
from supervision.demo.showroom.drive_year import ShowroomDrive
from supervision.demo.showroom.people import ShowroomPeople
from supervision.demo.showroom.terms import office_days_of
from supervision.quality_drive.drives.actions import close_drive, save_next_plan
from supervision.quality_drive.models import (
    QualityDrive,
    Ranking,
)
from supervision.quality_drive.ranking.actions import (
    compute_ranking,
    finish_ranking,
    show_ranking,
)
from supervision.quality_drive.ranking.objection_actions import (
    answer_by_keeping,
    submit_ranking_objection,
)
from supervision.quality_drive.scores import DriveDesign, load_design, load_signed_levels

OBJECTION_DAYS = 10
OBJECTION = "ขอให้ตรวจสอบผลด้านห้องเรียนคุณภาพ เพราะโรงเรียนมีหลักฐานเพิ่มเติมหลังวันนิเทศ (ตัวอย่าง)"
ANSWER = "ลำดับใช้ผลการนิเทศที่ลงนามแล้ว หลักฐานเพิ่มเติมจะใช้ในการนิเทศครั้งต่อไป จึงคงผลเดิม (ตัวอย่าง)"
NEXT_PLAN = "ปีต่อไปเน้นห้องเรียนคุณภาพ และขยายการแลกเปลี่ยนเรียนรู้ระหว่างโรงเรียนขนาดเล็ก (ตัวอย่าง)"


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
    design, supervisors = load_design(drive), people.supervisors
    last = office_days_of(terms[-1], now).days[-1]
    clusters = ClusterMembership.objects.filter(school__in=schools).order_by("starts_on")
    endorsed = drive.meeting.held_on if drive.meeting else terms[0].opens_on
    first = min(max(endorsed, terms[0].opens_on), last)
    return ShowroomDrive(
        drive=drive,
        design=design,
        schools=schools,
        baselines=_baselines(design, schools, terms[0].academic_year, now.date()),
        supervisors={one.school_id: supervisors[one.cluster_id] for one in clusters},
        days=OfficeDays.between(first, last, now),
        ends_on=max(one.closes_on for one in drive.academic_year.terms.all()),
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
    school_drives = save_school_drives(year)
    agreements = save_agreements(year)
    save_progress(year, school_drives, agreements)
    cooperate(year)
    save_mentoring(year)
    save_exchange(year)
    if year.is_over:
        _evaluate(year)
    else:
        propose_honours(year)


# --- The end of a year ---


def _evaluate(year: ShowroomDrive) -> None:
    """Results written, the order told to schools, honours, and the report when it is over."""
    year.drive.expected_results.update(result="ดำเนินการแล้ว รายละเอียดตามรายงานการขับเคลื่อน (ตัวอย่าง)")
    proposed = propose_honours(year)
    ranking, until = _rank(year)
    deciding, releasing = _meetings_after(until)
    if deciding is None or deciding.closed_at is None:
        return
    with clock_set_to(deciding.closed_at):
        finish_ranking(ranking, by=year.office, meeting=deciding)
        honoured = decide_honours(year, proposed, deciding)
        save_next_plan(year.drive, by=year.office, next_plan=NEXT_PLAN)
    last = releasing or deciding
    if releasing and releasing.closed_at:
        with clock_set_to(releasing.closed_at):
            release_honours(year, honoured, releasing)
    certify_honours(year, honoured, last.held_on)
    report_on_drive(year, last.held_on)
    with clock_set_to(last.closed_at or year.days.now):
        close_drive(year.drive, by=year.office)


def _rank(year: ShowroomDrive) -> tuple[Ranking, date]:
    """The order told to schools, one of which objected in vain; and until when they could."""
    with year.days.at(0.97):
        ranking = compute_ranking(year.drive, by=year.office)
        told_on = timezone.localdate()
        until = told_on + timedelta(days=OBJECTION_DAYS)
        show_ranking(ranking, by=year.office, objections_until=until)
    school = year.schools[-1]
    answered_on = told_on + timedelta(days=OBJECTION_DAYS - 2)
    if answered_on < year.days.now.date():
        with at_ten(told_on + timedelta(days=1)):
            by = year.people.director_of(school)
            objection = submit_ranking_objection(ranking, school, by=by, text=OBJECTION)
        with at_ten(answered_on):
            answer_by_keeping(objection, by=year.office, answer=ANSWER)
    return ranking, until


def _meetings_after(until: date) -> tuple[Meeting | None, Meeting | None]:
    """The first two meetings of ก.ต.ป.น. that were held after the last day for objections."""
    held = Meeting.objects.of_area_committee().filter(held_on__gt=until, closed_at__isnull=False)
    first, second, *_ = [*held.order_by("held_on", "pk")[:2], None, None]
    return first, second

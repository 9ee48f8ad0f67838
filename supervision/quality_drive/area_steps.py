"""The seven steps of TUMHOME as a task list for the area.

A step is never ticked off: it is done when the facts are there. The manual says in words what is
done in a step; what counts as done is ours and is said on the page.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from schools.access import Permission, rights_of
from schools.core.url_cache import cached_url
from schools.models import School, Term, User
from supervision.quality_drive.agreed_progress import (
    OPEN_STATES,
    AgreedProgress,
    agreed_progress,
)
from supervision.quality_drive.enums import DriveStep
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.progress.queries import DriveProgressOverview, load_progress_of
from supervision.quality_drive.ranking.enums import RankingState
from supervision.quality_drive.scores import DriveDesign
from supervision.quality_drive.step_facts import (
    AreaDriveFacts,
    SchoolDriveFacts,
    load_area_facts,
    load_school_facts,
    period_began_on,
)
from supervision.quality_drive.step_rows import SECRETARY_OF_MEETING, DriveStepRow, step_row
from supervision.quality_drive.step_state import (
    DriveStepConditions,
    DriveStepState,
)

# Where the area's work on a step is done: an address that takes the year, and who may open it.
AREA_PAGES = {
    DriveStep.TEAMWORK: ("drive_teams", Permission.VIEW_AREA),
    DriveStep.UNDERSTANDING: ("baselines", Permission.VIEW_AREA),
    DriveStep.MANAGEMENT: ("agreements", Permission.VIEW_AREA),
    DriveStep.HAPPINESS: ("drive_cooperation", Permission.VIEW_AREA),
    DriveStep.OBJECTIVE: ("drive_progress", Permission.VIEW_AREA),
    DriveStep.MENTORING: ("drive_mentoring", Permission.VIEW_AREA),
    DriveStep.EVALUATION: ("ranking", Permission.VIEW_RANKING),
}


@dataclass(frozen=True)
class AreaProgress:
    """How many of the area's open schools are how far in a drive."""

    schools: int
    baselines: int
    agreements: int
    reported: int
    answered: int
    mentored: int
    took_home: int


def count_schools(found: Sequence[SchoolDriveFacts], period: date | None) -> AreaProgress:
    """`period` is the day on which the present period of reports began."""
    return AreaProgress(
        schools=len(found),
        baselines=sum(one.baseline_confirmed for one in found),
        agreements=sum(one.in_force for one in found),
        reported=sum(one.has_reported_since(period) for one in found),
        answered=sum(one.survey_answered or one.joined_event for one in found),
        mentored=sum(one.visit_acknowledged for one in found),
        took_home=sum(one.takeaways for one in found),
    )


@dataclass(frozen=True)
class LaggingSchools:
    """The schools that still lack one thing which others have."""

    what: str
    schools: Sequence[School]


@dataclass(frozen=True)
class AreaSteps:
    """The area's steps with the facts that they were decided by."""

    rows: Sequence[DriveStepRow]
    facts: AreaDriveFacts
    schools: Sequence[SchoolDriveFacts]
    progress: AreaProgress
    period: date | None
    overview: DriveProgressOverview

    @property
    def behind(self) -> list[LaggingSchools]:
        """By what they lack, in the order of the steps; a school stands under the first only."""
        lacking: dict[str, list[School]] = {}
        for one in self.schools:
            if what := _first_lack(one, self.period):
                lacking.setdefault(what, []).append(one.school)
        return [LaggingSchools(what, lacking[what]) for what in LACKS if what in lacking]


NO_BASELINE, NO_AGREEMENT = "ยังไม่ยืนยันข้อมูลฐาน", "ยังไม่ลงนามบันทึกข้อตกลงครบสองฝ่าย"
NO_REPORT = "ยังไม่รายงานความก้าวหน้าของงวดนี้"
LACKS = (NO_BASELINE, NO_AGREEMENT, NO_REPORT)


def _first_lack(one: SchoolDriveFacts, period: date | None) -> str:
    if not one.baseline_confirmed:
        return NO_BASELINE
    if not one.in_force:
        return NO_AGREEMENT
    return "" if one.has_reported_since(period) else NO_REPORT


def next_step(rows: Sequence[DriveStepRow]) -> DriveStepRow | None:
    """The step that a page puts first: the reader's own, else the first that lacks something."""
    pending = [row for row in rows if row.missing and row.state != DriveStepState.NOT_REACHED]
    own = [row for row in pending if row.state == DriveStepState.WAITING_FOR_YOU]
    return next(iter(own or pending), None)


def area_steps(design: DriveDesign, user: User, terms: Sequence[Term], today: date) -> AreaSteps:
    """The seven steps as the area has them, in six queries whatever the number of schools.

    `terms` are those of the drive's year.
    """
    drive = design.drive
    facts = load_area_facts(drive)
    schools = load_school_facts(drive, School.objects.open_on(today))
    period = period_began_on(drive, terms, today)
    counts = count_schools(schools, period)
    overview = load_progress_of(design, terms, [one.school for one in schools], today)
    may = rights_of(user).allows(Permission.MANAGE_DRIVE)
    rows = [
        _area_team(drive, facts, may),
        _area_understanding(drive, counts),
        _area_management(drive, facts, counts, may),
        _area_happiness(drive, facts, counts, may),
        _area_objective(drive, counts, agreed_progress(overview.schools)),
        _area_mentoring(drive, counts),
        _area_evaluation(drive, facts, counts, may),
    ]
    found = [replace(row, url=_page_of(row.step, drive, user)) for row in rows]
    return AreaSteps(found, facts, schools, counts, period, overview)


def _page_of(step: DriveStep, drive: QualityDrive, user: User) -> str:
    """Where the step is done, for who may open it; for a draft only what prepares it."""
    if step not in AREA_PAGES or (drive.is_draft and step != DriveStep.TEAMWORK):
        return ""
    name, needed = AREA_PAGES[step]
    may_open = rights_of(user).allows(needed)
    return cached_url(name, drive.academic_year.year) if may_open else ""


def _area_team(drive: QualityDrive, facts: AreaDriveFacts, may: bool) -> DriveStepRow:
    """Done when a working group with its order has others than the office in it."""
    absent = [str(sector.label) for sector in facts.missing_sectors]
    missing = []
    if not facts.teams:
        missing.append("เลือกคณะทำงานขับเคลื่อนที่แต่งตั้งโดยคำสั่ง")
    elif not any(one.has_order for one in facts.teams):
        missing.append("คณะทำงานยังไม่มีคำสั่งแต่งตั้ง")
    if absent:
        missing.append(f"ยังไม่มีภาคส่วน: {', '.join(absent)}")
    names = ", ".join(str(one.team) for one in facts.teams)
    return step_row(
        DriveStep.TEAMWORK,
        DriveStepConditions(
            is_done=facts.has_team, has_its_turn=True, is_yours=may, has_begun=bool(facts.teams)
        ),
        [f"คณะทำงาน {names}" if names else "ยังไม่มีคณะทำงานขับเคลื่อน"]
        + ([f"ยังไม่มีภาคส่วน: {', '.join(absent)}"] if facts.has_team and absent else []),
        missing,
        f"รอ {SECRETARY_OF_MEETING}",
    )


def _area_understanding(drive: QualityDrive, counts: AreaProgress) -> DriveStepRow:
    """Done when every open school has confirmed its state before the work."""
    lacking = counts.schools - counts.baselines
    return step_row(
        DriveStep.UNDERSTANDING,
        DriveStepConditions(
            is_done=not lacking and counts.schools > 0,
            has_its_turn=not drive.is_draft,
            has_begun=True,
        ),
        [f"ยืนยันข้อมูลฐานแล้ว {counts.baselines} จาก {counts.schools} โรงเรียน"],
        [f"ยังไม่ยืนยันข้อมูลฐาน {lacking} โรงเรียน"],
        "รอศึกษานิเทศก์และผู้อำนวยการโรงเรียน",
    )


def _area_management(
    drive: QualityDrive, facts: AreaDriveFacts, counts: AreaProgress, may: bool
) -> DriveStepRow:
    """Done when heads have met, every school has its agreement, and a committee has reported."""
    missing = []
    if not facts.heads_meetings:
        missing.append("ยังไม่บันทึกการประชุมผู้บริหารสถานศึกษา")
    if lacking := counts.schools - counts.agreements:
        missing.append(f"ยังไม่ลงนามบันทึกข้อตกลงครบสองฝ่าย {lacking} โรงเรียน")
    if not facts.monitoring_reports:
        missing.append("ยังไม่มีรายงานการติดตามของ ก.ต.ป.น. หรือ อ.ก.ต.ป.น.")
    return step_row(
        DriveStep.MANAGEMENT,
        DriveStepConditions(
            is_done=not missing and counts.schools > 0,
            has_its_turn=not drive.is_draft,
            is_yours=may and not facts.heads_meetings,
            has_begun=True,
        ),
        [
            f"ลงนามบันทึกข้อตกลงแล้ว {counts.agreements} จาก {counts.schools} โรงเรียน",
            f"รายงานการติดตาม {facts.monitoring_reports} ฉบับ",
        ],
        missing,
        "รอโรงเรียน ผอ.สพป. และคณะกรรมการ",
    )


def _area_happiness(
    drive: QualityDrive, facts: AreaDriveFacts, counts: AreaProgress, may: bool
) -> DriveStepRow:
    """Done when partners inside and outside are on record, an event was held, a survey closed."""
    missing = []
    if not facts.partners_inside:
        missing.append("ยังไม่บันทึกภาคีเครือข่ายภายใน")
    if not facts.partners_outside:
        missing.append("ยังไม่บันทึกภาคีเครือข่ายภายนอก")
    if not facts.events:
        missing.append("ยังไม่จัดกิจกรรมสานความร่วมมือ")
    if not facts.closed_surveys:
        missing.append("ยังไม่สำรวจบรรยากาศการทำงานจนปิดแบบสำรวจ")
    partners = facts.partners_inside + facts.partners_outside
    return step_row(
        DriveStep.HAPPINESS,
        DriveStepConditions(
            is_done=not missing,
            has_its_turn=not drive.is_draft,
            is_yours=may and not facts.surveys,
            has_begun=True,
        ),
        [
            f"ภาคีเครือข่าย {partners} แห่ง กิจกรรม {facts.events} ครั้ง",
            f"ตอบแบบสำรวจหรือร่วมกิจกรรมแล้ว {counts.answered} จาก {counts.schools} โรงเรียน",
        ],
        missing,
        f"รอ {SECRETARY_OF_MEETING}และโรงเรียน",
    )


def _area_objective(
    drive: QualityDrive, counts: AreaProgress, agreed: AgreedProgress
) -> DriveStepRow:
    """Done when every agreed indicator is at its target; once the drive is over, has a result."""
    missing = [
        f"{state.label} {agreed.counts[state]} ตัวชี้วัด ใน {agreed.schools_in(state)} โรงเรียน"
        for state in OPEN_STATES
        if agreed.counts[state]
    ]
    if (lacking := counts.agreements - counts.reported) > 0:
        missing.append(f"ยังไม่รายงานความก้าวหน้าของงวดนี้ {lacking} โรงเรียน")
    reported = f"รายงานความก้าวหน้าของงวดนี้แล้ว {counts.reported} จาก {counts.agreements} โรงเรียนที่ลงนาม"
    return step_row(
        DriveStep.OBJECTIVE,
        DriveStepConditions(
            is_done=agreed.is_achieved(is_over=drive.is_over),
            has_its_turn=not drive.is_draft and counts.agreements > 0,
            is_behind=agreed.is_behind,
            has_begun=True,
        ),
        [agreed.words, reported] if agreed.total else [reported],
        missing,
        "รอโรงเรียน",
    )


def _area_mentoring(drive: QualityDrive, counts: AreaProgress) -> DriveStepRow:
    """Done when every open school has acknowledged a mentoring visit."""
    lacking = counts.schools - counts.mentored
    return step_row(
        DriveStep.MENTORING,
        DriveStepConditions(
            is_done=not lacking and counts.schools > 0,
            has_its_turn=not drive.is_draft,
            has_begun=counts.agreements > 0 or counts.mentored > 0,
        ),
        [f"ลงพื้นที่และโรงเรียนรับทราบแล้ว {counts.mentored} จาก {counts.schools} โรงเรียน"],
        [f"ยังไม่ลงพื้นที่ให้คำปรึกษา {lacking} โรงเรียน"],
        "รอคณะกรรมการและศึกษานิเทศก์",
    )


def _area_evaluation(
    drive: QualityDrive, facts: AreaDriveFacts, counts: AreaProgress, may: bool
) -> DriveStepRow:
    """Done with all four: the order confirmed, honours given, an exchange held, what comes next."""
    missing = []
    if facts.ranking != RankingState.FINAL:
        missing.append("7.1 ก.ต.ป.น. ยังไม่รับรองการจัดลำดับคุณภาพโรงเรียน")
    if not facts.honours:
        missing.append("7.2 ก.ต.ป.น. ยังไม่มีมติยกย่องเชิดชูเกียรติ")
    if not facts.exchanges:
        missing.append("7.3 ยังไม่จัดเวทีแลกเปลี่ยนเรียนรู้")
    if not facts.next_plan:
        missing.append("7.4 ยังไม่เขียนสิ่งที่นำไปวางแผนปีต่อไป")
    return step_row(
        DriveStep.EVALUATION,
        DriveStepConditions(
            is_done=not missing,
            has_its_turn=not drive.is_draft and bool(facts.ranking or len(missing) < 4),
            is_yours=may,
            has_begun=True,
        ),
        [
            f"ยกย่องแล้ว {facts.honours} รายการ เผยแพร่ {facts.released_honours} รายการ",
            f"เขียนผลที่เกิดขึ้นแล้ว {facts.results_written} จาก {facts.results} ข้อ",
        ],
        missing,
        f"รอ {SECRETARY_OF_MEETING}และ ก.ต.ป.น.",
    )

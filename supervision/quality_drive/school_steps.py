"""The seven steps of TUMHOME as a task list for one school.

A step is never ticked off: it is done when the facts are there. The manual says in words what is
done in a step; what counts as done is ours and is said on the page.
"""

from dataclasses import dataclass, replace
from datetime import date

from schools.access import Permission, rights_of
from schools.core.thai import short_date
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.quality_drive.agreed_progress import (
    OPEN_STATES,
    AgreedProgress,
    agreed_progress,
)
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.enums import DriveStep
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.progress.queries import DriveProgressOverview
from supervision.quality_drive.ranking.enums import RankingState
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
)

# Where a school's step is done or seen: an address that takes the year and the school, and who
# may open it there.
SCHOOL_PAGES = {
    DriveStep.UNDERSTANDING: ("school_baseline", Permission.VIEW_SCHOOL),
    DriveStep.MANAGEMENT: ("school_agreement", Permission.VIEW_SCHOOL),
    DriveStep.OBJECTIVE: ("drive_indicators", Permission.VIEW_SCHOOL),
    DriveStep.EVALUATION: ("own_place", Permission.VIEW_OWN_PLACE),
}


@dataclass(frozen=True)
class SchoolStepContext:
    """What a school's steps are decided by: the area's facts, its own, and what the reader may."""

    drive: QualityDrive
    area: AreaDriveFacts
    own: SchoolDriveFacts
    period: date | None
    agreed: AgreedProgress
    reader: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        return permission in self.reader


def school_steps(overview: DriveProgressOverview, user: User, today: date) -> list[DriveStepRow]:
    """The seven steps as the only school of this overview has them, in three queries.

    Nothing in it tells of another school, nor of the school's own place.
    """
    drive, school = overview.design.drive, overview.schools[0].school
    rights = rights_of(user)
    [own] = load_school_facts(drive, School.objects.filter(pk=school.pk))
    held = rights.everywhere | rights.at_school.get(school.pk, frozenset())
    period = period_began_on(drive, overview.terms, today)
    agreed = agreed_progress(overview.schools)
    facts = SchoolStepContext(drive, load_area_facts(drive), own, period, agreed, held)
    return decide_school_steps(facts, today)


def decide_school_steps(facts: SchoolStepContext, today: date) -> list[DriveStepRow]:
    """The rows of one school, of facts that are loaded."""
    rows = [
        _school_team(facts),
        _school_understanding(facts),
        _school_management(facts),
        _school_happiness(facts),
        _school_objective(facts),
        _school_mentoring(facts),
        _school_evaluation(facts, today),
    ]
    return [replace(row, url=_page_of(row.step, facts)) for row in rows]


def _page_of(step: DriveStep, facts: SchoolStepContext) -> str:
    """Where the step is done, for who may open it; none for what the area does."""
    if step not in SCHOOL_PAGES or facts.drive.is_draft:
        return ""
    name, needed = SCHOOL_PAGES[step]
    address = (facts.drive.academic_year.year, facts.own.school.pk)
    return cached_url(name, *address) if facts.may(needed) else ""


def _school_team(facts: SchoolStepContext) -> DriveStepRow:
    """The area's own step: a school sees whether it is done."""
    return step_row(
        DriveStep.TEAMWORK,
        DriveStepConditions(
            is_done=facts.area.has_team, has_its_turn=True, has_begun=bool(facts.area.teams)
        ),
        ["คณะทำงานขับเคลื่อนของเขตพื้นที่"],
        ["เขตพื้นที่ยังแต่งตั้งคณะทำงานไม่ครบ"],
        f"รอ {SECRETARY_OF_MEETING}",
    )


def _school_understanding(facts: SchoolStepContext) -> DriveStepRow:
    """Done when the school's director has confirmed what was known before the work."""
    own = facts.own
    confirms = facts.may(Permission.SIGN_AGREEMENT_FOR_SCHOOL) and bool(own.baseline)
    return step_row(
        DriveStep.UNDERSTANDING,
        DriveStepConditions(
            is_done=own.baseline_confirmed,
            has_its_turn=not facts.drive.is_draft,
            is_yours=confirms or facts.may(Permission.EDIT_SCHOOL_DRIVE),
            has_begun=True,
        ),
        ["ข้อมูลฐาน ปัญหา ความต้องการ สาเหตุ และแผนของโรงเรียน"],
        ["ผู้อำนวยการโรงเรียนยังไม่ยืนยันข้อมูลฐาน" if own.baseline else "ยังไม่เริ่มรวบรวมข้อมูลฐาน"],
        "รอศึกษานิเทศก์รวบรวม แล้วผู้อำนวยการโรงเรียนยืนยัน",
    )


def _school_management(facts: SchoolStepContext) -> DriveStepRow:
    """Done when the agreement is signed by both and progress was reported in the period."""
    own = facts.own
    reported = own.has_reported_since(facts.period)
    missing, waits, is_yours = _agreement_turn(facts)
    if own.in_force and not reported:
        missing, waits = "ยังไม่รายงานความก้าวหน้าของงวดนี้", "รอโรงเรียน"
        is_yours = facts.may(Permission.REPORT_PROGRESS)
    return step_row(
        DriveStep.MANAGEMENT,
        DriveStepConditions(
            is_done=own.in_force and reported,
            has_its_turn=not facts.drive.is_draft,
            is_yours=is_yours,
            has_begun=bool(own.agreement or own.in_force),
        ),
        ["บันทึกข้อตกลงลงนามครบสองฝ่ายแล้ว" if own.in_force else "บันทึกข้อตกลงยังลงนามไม่ครบสองฝ่าย"],
        [missing] if missing else [],
        waits,
    )


def _agreement_turn(facts: SchoolStepContext) -> tuple[str, str, bool]:
    """What the agreement still lacks, whose turn it is, and whether it is the reader's."""
    match facts.own.agreement:
        case AgreementState.PROPOSED:
            signs = facts.may(Permission.SIGN_AGREEMENT_FOR_SCHOOL)
            return "ร่างบันทึกข้อตกลงรอผู้อำนวยการโรงเรียนลงนาม", "รอผู้อำนวยการโรงเรียน", signs
        case AgreementState.SCHOOL_SIGNED:
            signs = facts.may(Permission.SIGN_AGREEMENT)
            return "โรงเรียนลงนามแล้ว รอ ผอ.สพป. ลงนาม", "รอ ผอ.สพป.", signs
        case AgreementState.DRAFT:
            return "สำนักงานกำลังร่างบันทึกข้อตกลง", "รอศึกษานิเทศก์", _drafts(facts)
    return "ยังไม่มีร่างบันทึกข้อตกลง", "รอศึกษานิเทศก์", _drafts(facts) and facts.own.baseline_confirmed


def _drafts(facts: SchoolStepContext) -> bool:
    return facts.may(Permission.EDIT_SCHOOL_DRIVE)


def _school_happiness(facts: SchoolStepContext) -> DriveStepRow:
    """Done when the school answered a climate survey or came to an event."""
    own = facts.own
    joined = "เข้าร่วมกิจกรรมแล้ว" if own.joined_event else "ยังไม่มีกิจกรรมที่เข้าร่วม"
    answered = "ตอบแบบสำรวจบรรยากาศแล้ว" if own.survey_answered else "ยังไม่ตอบแบบสำรวจบรรยากาศ"
    return step_row(
        DriveStep.HAPPINESS,
        DriveStepConditions(
            is_done=own.survey_answered or own.joined_event,
            has_its_turn=not facts.drive.is_draft,
            is_yours=own.survey_waits and facts.may(Permission.ANSWER_CLIMATE_SURVEY),
            has_begun=own.survey_waits,
        ),
        [joined, answered],
        ["แบบสำรวจบรรยากาศการทำงานเปิดให้ตอบอยู่"] if own.survey_waits else ["ยังไม่มีกิจกรรมหรือแบบสำรวจ"],
        "รอโรงเรียนตอบ",
    )


def _school_objective(facts: SchoolStepContext) -> DriveStepRow:
    """Behind where one agreed indicator lags, done when all are at their targets.

    Once the drive is over it is done when all have a result.
    """
    agreed = facts.agreed
    missing = [
        f"{state.label} {agreed.counts[state]} ตัวชี้วัด"
        for state in OPEN_STATES
        if agreed.counts[state]
    ]
    return step_row(
        DriveStep.OBJECTIVE,
        DriveStepConditions(
            is_done=facts.own.in_force and agreed.is_achieved(is_over=facts.drive.is_over),
            has_its_turn=facts.own.in_force,
            is_behind=agreed.is_behind,
            has_begun=True,
        ),
        [agreed.words or "เทียบผลกับค่าเป้าหมายตามข้อตกลงทีละตัวชี้วัด"],
        missing,
        "รอโรงเรียน",
    )


def _school_mentoring(facts: SchoolStepContext) -> DriveStepRow:
    """Done when the school has acknowledged a mentoring visit."""
    own = facts.own
    acknowledges = own.visit_signed and facts.may(Permission.ACKNOWLEDGE_VISIT)
    visits = facts.may(Permission.EDIT_SCHOOL_DRIVE) and not own.visit_signed
    if own.visit_signed:
        missing, waits = "ยังไม่รับทราบผลการลงพื้นที่", "รอผู้อำนวยการโรงเรียน"
    elif own.visit_planned:
        missing, waits = "นัดลงพื้นที่ให้คำปรึกษาแล้ว", "รอผู้ให้คำปรึกษา"
    else:
        missing, waits = "ยังไม่นัดลงพื้นที่ให้คำปรึกษา", "รอคณะกรรมการและศึกษานิเทศก์"
    return step_row(
        DriveStep.MENTORING,
        DriveStepConditions(
            is_done=own.visit_acknowledged,
            has_its_turn=own.in_force or own.visit_planned or own.visit_signed,
            is_yours=acknowledges or visits,
            has_begun=True,
        ),
        ["การลงพื้นที่ให้คำปรึกษาแก่โรงเรียน"],
        [missing],
        waits,
    )


def _school_evaluation(facts: SchoolStepContext, today: date) -> DriveStepRow:
    """Done when the order is final and the school wrote down what it took home, if there was one.

    Whether an order was told to the schools is no secret; a place never stands here.
    """
    area = facts.area
    told = area.ranking in (RankingState.SHOWN, RankingState.FINAL)
    lacks_takeaway = area.exchanges > 0 and not facts.own.takeaways
    until = _last_day_to_object(area, today)
    missing = []
    if until:
        missing.append(f"ดูลำดับของโรงเรียน ทักท้วงได้ถึง {short_date(until)}")
    if lacks_takeaway:
        missing.append("ยังไม่บันทึกสิ่งที่นำกลับไปใช้จากเวทีแลกเปลี่ยนเรียนรู้")
    looks = until is not None and facts.may(Permission.OBJECT_TO_PLACE)
    return step_row(
        DriveStep.EVALUATION,
        DriveStepConditions(
            is_done=area.ranking == RankingState.FINAL and not lacks_takeaway,
            has_its_turn=told or area.exchanges > 0,
            is_yours=looks or (lacks_takeaway and facts.may(Permission.REPORT_PROGRESS)),
            has_begun=True,
        ),
        ["ผลการประเมินแจ้งโรงเรียนแล้ว" if told else "ยังไม่แจ้งผลการประเมิน"],
        missing or ["รอ ก.ต.ป.น. รับรอง"],
        "รอโรงเรียน" if missing else "รอ ก.ต.ป.น.",
    )


def _last_day_to_object(area: AreaDriveFacts, today: date) -> date | None:
    """Until when schools may object to their places; None where they may not today."""
    until = area.objections_until
    is_open = area.ranking == RankingState.SHOWN and until is not None and today <= until
    return until if is_open else None

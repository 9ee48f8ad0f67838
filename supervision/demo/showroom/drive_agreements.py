"""Agreements of the showroom's schools with the office, and what it promised in them."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from schools.models import School
from supervision.demo.showroom.drive_ledger import LedgerLine, save_ledger_lines
from supervision.demo.showroom.drive_schools import HIGHEST, NOT_CONFIRMED
from supervision.demo.showroom.drive_year import ShowroomDrive
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.quality_drive.agreements.enums import AgreementAction, AgreementState
from supervision.quality_drive.agreements.signing import origin_of_promises
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import (
    Agreement,
    AgreementComment,
    AgreementSupport,
    AgreementTarget,
)

# Where one school of so many stands in the year that is at work; the others have signed.
WAITS_FOR_SCHOOL, WAITS_FOR_OFFICE = 3, 5
# What became of a promise, by its school's place; the others are kept, or in a year at work open.
PROMISES_WHEN_OVER = {7: RecommendationState.DONE, 8: RecommendationState.OPEN}
PROMISES_AT_WORK = {
    2: RecommendationState.IN_PROGRESS,
    4: RecommendationState.DONE,
    6: RecommendationState.CLOSED,
}
PROMISES_REPORTED = 0.8  # of the drive's days
IMPROVEMENT = Decimal("0.50")
INTENTIONS = "ร่วมกันพัฒนาคุณภาพทั้ง 5 ด้านให้ถึงค่าเป้าหมายภายในปีการศึกษา (ตัวอย่าง)"
SUPPORTS = (
    (
        DimensionCode.CLASSROOM,
        Assignee.SUPERVISOR,
        "ศึกษานิเทศก์ร่วมออกแบบการเรียนรู้กับครูอย่างน้อยภาคเรียนละ 1 ครั้ง (ตัวอย่าง)",
    ),
    (
        DimensionCode.STUDENT,
        Assignee.GROUP_DIRECTOR,
        "จัดสรรสื่อซ่อมเสริมการอ่านสำหรับชั้น ป.1–ป.3 (ตัวอย่าง)",
    ),
)
COMMENTS = (
    "ขอให้พิจารณาค่าเป้าหมายด้านห้องเรียนอีกครั้ง เพราะครูย้าย 1 คน (ตัวอย่าง)",
    "กลุ่มนิเทศฯ รับไว้พิจารณา และจะลงพื้นที่ร่วมออกแบบการสอน (ตัวอย่าง)",
)


def save_agreements(year: ShowroomDrive) -> list[Agreement]:
    """Most are signed by both; in a year at work some wait for the school, some for the office."""
    agreeing = [
        school for school in year.schools if year.is_over or year.place_of(school) != NOT_CONFIRMED
    ]
    rows = save_all(_agreement(year, school) for school in agreeing)
    save_all(target for row in rows for target in _targets(year, row))
    _save_promises(year, rows)
    save_all(comment for row in rows for comment in _comments(year, row))
    save_histories(History(row, list(_agreement_acts(year, row))) for row in rows)
    return rows


def _save_promises(year: ShowroomDrive, agreements: Sequence[Agreement]) -> None:
    """What the office promised; where both have signed it stands in the ledger."""
    lines = [
        _promise(year, row, *support)
        for row in agreements
        for support in SUPPORTS
        if row.state == AgreementState.SIGNED
    ]
    save_ledger_lines(lines)
    promised = {(line.row.school_id, line.row.text): line.row for line in lines}
    save_all(
        AgreementSupport(
            agreement=row,
            dimension_code=code,
            text=text,
            assignee=assignee,
            due_on=year.ends_on,
            recommendation=promised.get((row.school_id, text)),
        )
        for row in agreements
        for code, assignee, text in SUPPORTS
    )


def _promise(
    year: ShowroomDrive, agreement: Agreement, _: DimensionCode, assignee: Assignee, text: str
) -> LedgerLine:
    states = PROMISES_WHEN_OVER if year.is_over else PROMISES_AT_WORK
    others = RecommendationState.CLOSED if year.is_over else RecommendationState.OPEN
    in_charge = year.supervisors[agreement.school_id]
    row = Recommendation(
        school=agreement.school,
        origin=AdviceOrigin.QUALITY_DRIVE,
        origin_detail=origin_of_promises(agreement),
        origin_is_sample=True,
        state=states.get(year.place_of(agreement.school), others),
        text=text,
        assignee=assignee,
        due_on=year.ends_on,
        agreed_at=agreement.signed_at,
    )
    reporting = in_charge if assignee == Assignee.SUPERVISOR else year.office
    return LedgerLine(
        row, year.people.office.area, reporting, in_charge, year.days.moment(PROMISES_REPORTED)
    )


def _comments(year: ShowroomDrive, agreement: Agreement) -> Iterator[AgreementComment]:
    """What was said about one that waits for its school: the school asks, the office answers."""
    if agreement.state != AgreementState.PROPOSED:
        return
    sides = (year.people.director_of(agreement.school), year.office)
    for n, (by, text) in enumerate(zip(sides, COMMENTS, strict=True)):
        at, said_as = year.days.moment(0.09 + 0.01 * n), year.people.title_of(by)
        yield AgreementComment(agreement=agreement, text=text, by=by, said_as=said_as, at=at)


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

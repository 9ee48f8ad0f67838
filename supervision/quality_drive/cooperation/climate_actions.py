"""The climate survey: drafted, opened to all schools, answered, closed.

An answer is added to counts, and to nothing else: see the record of decision 50.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Case, F, IntegerField, Q, Value, When
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.models import School, User
from supervision.quality_drive.cooperation.climate_figures import FEWEST_ANSWERS
from supervision.quality_drive.cooperation.enums import AgreesWith, ClimateAction, ClimateState
from supervision.quality_drive.drives.going_on import check_drive_goes_on
from supervision.quality_drive.models import (
    ClimateCount,
    ClimateStatement,
    ClimateSurvey,
    ClimateTurn,
    QualityDrive,
)
from supervision.workflow.actions import start, transition

# The manual has no survey of this kind: these are ours.
SAMPLE_STATEMENTS = (
    "โรงเรียนทำงานตามแนวทางการขับเคลื่อนอย่างมีความสุข",
    "สำนักงานเขตพื้นที่ดูแลและให้คำปรึกษาแบบกัลยาณมิตร",
    "โรงเรียนได้รับข้อมูลที่ต้องใช้ครบและทันเวลา",
    "โรงเรียน ชุมชน และหน่วยงานภายนอกร่วมมือกันจริง",
    "งานที่เพิ่มขึ้นจากการขับเคลื่อนพอเหมาะกับกำลังของโรงเรียน",
)


@transaction.atomic
def draft_climate_survey(
    drive: QualityDrive, *, by: User, title: str, closes_on: date, statements: Sequence[str]
) -> ClimateSurvey:
    """Write a survey that nobody sees yet.

    Raises ActionRefused once the drive is over, and where it has a draft of this title: a form
    sent twice makes one.
    """
    drive = QualityDrive.objects.select_for_update(of=("self",)).get(pk=drive.pk)
    check_drive_goes_on(drive)
    if drive.climate_surveys.filter(title=title, state=ClimateState.DRAFT).exists():
        raise ActionRefused(f"มีร่าง “{title}” อยู่แล้ว โปรดแก้ไขร่างนั้น หรือใช้ชื่ออื่น")
    today = timezone.localdate()
    survey = ClimateSurvey(drive=drive, title=title, opens_on=today, closes_on=closes_on)
    survey.is_sample = _has_samples(statements)
    start(survey, ClimateAction.DRAFT, by=by)
    _write_statements(survey, statements)
    return survey


@transaction.atomic
def edit_climate_survey(
    survey: ClimateSurvey, *, by: User, title: str, closes_on: date, statements: Sequence[str]
) -> None:
    """Change a survey until it is opened. Raises ActionRefused afterwards, or the drive is over."""
    check_drive_goes_on(survey.drive)
    transition(
        survey,
        ClimateAction.EDIT,
        by=by,
        title=title,
        opens_on=timezone.localdate(),
        closes_on=closes_on,
        is_sample=_has_samples(statements),
    )
    survey.statements.all().delete()
    _write_statements(survey, statements)


def _has_samples(statements: Sequence[str]) -> bool:
    return any(text in SAMPLE_STATEMENTS for text in statements)


def _write_statements(survey: ClimateSurvey, statements: Sequence[str]) -> None:
    ClimateStatement.objects.bulk_create(
        ClimateStatement(survey=survey, position=position, text=text)
        for position, text in enumerate(statements, start=1)
    )


@transaction.atomic
def open_climate_survey(survey: ClimateSurvey, *, by: User) -> None:
    """Give each school that is open today its turn to answer once.

    Raises ActionRefused for a last day gone by, once the drive is over, and while the area has
    too few schools for figures that tell of none.
    """
    survey.refresh_from_db(from_queryset=ClimateSurvey.objects.select_for_update())
    check_drive_goes_on(survey.drive)
    today = timezone.localdate()
    if survey.closes_on < today:
        raise ActionRefused("วันสุดท้ายของแบบสำรวจผ่านไปแล้ว โปรดแก้ไขวันก่อนเปิด")
    schools = list(School.objects.open_on(today))
    if len(schools) < FEWEST_ANSWERS:
        raise ActionRefused(
            f"มีโรงเรียนไม่ถึง {FEWEST_ANSWERS} แห่ง จึงแสดงผลโดยไม่ให้ทราบคำตอบของโรงเรียนใดไม่ได้"
        )
    transition(survey, ClimateAction.OPEN, by=by, opens_on=today)
    ClimateTurn.objects.bulk_create(ClimateTurn(survey=survey, school=school) for school in schools)
    ClimateCount.objects.bulk_create(
        ClimateCount(statement=statement, level=level)
        for statement in survey.statements.all()
        for level in sorted(AgreesWith.values)
    )


def close_climate_survey(survey: ClimateSurvey, *, by: User) -> None:
    """Take no more answers. It is not opened again: figures of before and after would tell."""
    transition(survey, ClimateAction.CLOSE, by=by)


def check_takes_answer(turn: ClimateTurn) -> None:
    """Raises ActionRefused where the survey is over, or the school has had its turn."""
    survey = turn.survey
    if not survey.takes_answers_on(timezone.localdate()):
        raise ActionRefused("ปิดรับคำตอบของแบบสำรวจนี้แล้ว")
    if turn.is_taken:
        raise ActionRefused("โรงเรียนของคุณตอบแบบสำรวจนี้แล้ว แต่ละโรงเรียนตอบได้ครั้งเดียวและแก้ไขไม่ได้")


@transaction.atomic
def answer_climate_survey(turn: ClimateTurn, *, levels: Mapping[int, int]) -> None:
    """Add a school's answer to the counts, and mark that its turn is taken.

    `levels` has a level from 1 to 5 for each statement, by key. Nobody is named: there is no
    `by`, no entry in the log of transitions, and no row of the answer. Raises ActionRefused
    where the survey is over or the school has answered, also when two answer at once.
    """
    survey = ClimateSurvey.objects.select_for_update().get(pk=turn.survey_id)
    turn.refresh_from_db()
    turn.survey = survey
    check_takes_answer(turn)
    _check_is_complete(survey, levels)
    ClimateTurn.objects.filter(pk=turn.pk).update(is_taken=True)
    chosen = Q(pk__in=[])
    for statement, level in levels.items():
        chosen |= Q(statement=statement, level=level)
    one_more = Case(When(chosen, then=Value(1)), default=Value(0), output_field=IntegerField())
    # All of them are written, so that none shows by its place that it was written last.
    ClimateCount.objects.filter(statement__survey=survey).update(answers=F("answers") + one_more)


def _check_is_complete(survey: ClimateSurvey, levels: Mapping[int, int]) -> None:
    asked = set(survey.statements.values_list("pk", flat=True))
    if set(levels) != asked or not set(levels.values()) <= set(AgreesWith.values):
        raise ActionRefused("โปรดเลือกระดับของทุกข้อ")

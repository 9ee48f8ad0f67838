from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.core.history import set_history_author
from schools.core.thai import long_date
from schools.models import AcademicYear, School, Term, User
from supervision.needs.enums import SurveyAction
from supervision.needs.models import (
    NeedsArea,
    NeedsCampaign,
    NeedsItem,
    NeedsSurvey,
    SurveyTemplate,
)
from supervision.needs.queries import (
    SURVEY_TEXT_FIELDS,
    SurveyAnswers,
    need_field_name,
    problem_field_name,
    survey_answers,
)
from supervision.workflow.actions import ensure_allowed, start, transition

# --- The unit asks ---


@transaction.atomic
def open_needs_campaign(
    academic_year: AcademicYear,
    term: Term | None,
    *,
    by: User,
    survey_template: SurveyTemplate,
    opens_on: date,
    closes_on: date | None = None,
    is_sample: bool = False,
) -> NeedsCampaign:
    """Ask every school, for one term of the year or (without a term) for all of it.

    The year is locked, so that two people opening together never ask a school twice, and the
    template, so that nobody changes it meanwhile.
    Raises ActionRefused when a campaign of that term or year exists already.
    """
    AcademicYear.objects.select_for_update().get(pk=academic_year.pk)
    SurveyTemplate.objects.select_for_update().get(pk=survey_template.pk)
    standing = NeedsCampaign.objects.covering(term) if term else _any_of(academic_year)
    if standing:
        raise ActionRefused(f"{standing} เปิดแล้ว จึงเปิดซ้ำไม่ได้ โรงเรียนตอบแบบสำรวจนั้น")
    campaign = NeedsCampaign(
        academic_year=academic_year,
        term=term,
        survey_template=survey_template,
        opens_on=opens_on,
        closes_on=closes_on,
        opened_by=by,
        opened_at=timezone.now(),
        is_sample=is_sample,
    )
    set_history_author(campaign, by=by)
    campaign.save()
    return campaign


def _any_of(academic_year: AcademicYear) -> NeedsCampaign | None:
    return NeedsCampaign.objects.filter(academic_year=academic_year).first()


@transaction.atomic
def set_campaign_closing_day(campaign: NeedsCampaign, closes_on: date | None, *, by: User) -> None:
    """Give the schools more or less time; None takes the last day away."""
    campaign.refresh_from_db(from_queryset=NeedsCampaign.objects.select_for_update())
    campaign.closes_on = closes_on
    set_history_author(campaign, by=by)
    campaign.save(update_fields=["closes_on"])


# --- What the unit asks about ---


@transaction.atomic
def save_survey_template(
    survey_template: SurveyTemplate, *, name: str, provenance: str, areas: Sequence[str]
) -> None:
    """Save a survey template, new or changed. Raises ActionRefused once a campaign uses it."""
    if survey_template.pk:
        SurveyTemplate.objects.select_for_update().get(pk=survey_template.pk)
        check_survey_template_is_unused(survey_template)
    survey_template.name, survey_template.provenance = name, provenance
    with unique_violation_as_refusal(f"มีกรอบชื่อ “{name}” แล้ว โปรดใช้ชื่ออื่น เช่น เติมปีการศึกษา"):
        survey_template.save()
    survey_template.areas.all().delete()
    NeedsArea.objects.bulk_create(
        NeedsArea(survey_template=survey_template, position=position, name=area)
        for position, area in enumerate(areas, 1)
    )


def check_survey_template_is_unused(survey_template: SurveyTemplate) -> None:
    """Raises ActionRefused once a campaign has asked schools about this template's areas."""
    if survey_template.campaigns.exists():
        raise ActionRefused(
            f"กรอบ{survey_template}ใช้ในแบบสำรวจแล้ว จึงแก้ไขไม่ได้ โปรดคัดลอกเป็นกรอบใหม่แล้วแก้ไขในสำเนา"
        )


# --- The school answers ---


@transaction.atomic
def start_needs_survey(school: School, campaign: NeedsCampaign, *, by: User) -> NeedsSurvey:
    """The school's survey, begun now unless it has been begun before.

    The school is locked, so that two people beginning together begin one survey.
    Raises ActionRefused before the campaign's first day.
    """
    School.objects.select_for_update().get(pk=school.pk)
    survey = NeedsSurvey.objects.filter(school=school, campaign=campaign).first()
    if survey is None:
        check_campaign_has_opened(campaign)
        survey = NeedsSurvey(school=school, campaign=campaign)
        start(survey, SurveyAction.START, by=by)
        areas = campaign.survey_template.areas.all()
        NeedsItem.objects.bulk_create(NeedsItem(survey=survey, area=area) for area in areas)
    return survey


def check_campaign_has_opened(campaign: NeedsCampaign) -> None:
    """Raises ActionRefused before the survey's first day."""
    if not campaign.has_opened(timezone.localdate()):
        day = long_date(campaign.opens_on)
        raise ActionRefused(f"แบบสำรวจนี้เปิดให้กรอกวันที่ {day} โปรดกลับมากรอกตั้งแต่วันนั้น")


@transaction.atomic
def save_survey_answers(
    survey: NeedsSurvey, answers: SurveyAnswers, *, shown: SurveyAnswers
) -> SurveyAnswers:
    """Save what differs from what was `shown` when the page was opened, field by field.

    A field that somebody else has meanwhile answered otherwise is left as it is and returned
    with that answer, so that the person may choose. Raises ActionRefused once it is submitted.
    """
    survey.refresh_from_db(from_queryset=NeedsSurvey.objects.select_for_update())
    if not survey.is_open:
        raise ActionRefused("แบบสำรวจนี้ส่งแล้ว จึงบันทึกเพิ่มไม่ได้ โปรดเปิดหน้านี้ใหม่เพื่อดูฉบับที่ส่ง")
    saved = survey_answers(survey)
    mine = {name: text for name, text in answers.items() if text != shown.get(name, "")}
    theirs = {
        name: saved[name]
        for name, text in mine.items()
        if saved[name] not in (text, shown.get(name, ""))
    }
    _write(survey, {**saved, **mine, **theirs})
    return theirs


def _write(survey: NeedsSurvey, answers: SurveyAnswers) -> None:
    for name in SURVEY_TEXT_FIELDS:
        setattr(survey, name, answers[name])
    on = answers["preferred_on"]
    survey.preferred_on = date.fromisoformat(on) if on else None
    survey.save(update_fields=[*SURVEY_TEXT_FIELDS, "preferred_on"])
    items = list(NeedsItem.objects.filter(survey=survey))
    for item in items:
        item.problem_level = _level(answers[problem_field_name(item.area_id)])
        item.need_level = _level(answers[need_field_name(item.area_id)])
    NeedsItem.objects.bulk_update(items, ["problem_level", "need_level"])


def _level(text: str) -> int | None:
    return int(text) if text else None


@transaction.atomic
def submit_needs_survey(survey: NeedsSurvey, *, by: User) -> None:
    """Hand the survey to the unit (step 1 done). Raises ActionRefused with all that is empty."""
    survey.refresh_from_db(from_queryset=NeedsSurvey.objects.select_for_update())
    ensure_allowed(survey, SurveyAction.SUBMIT)
    missing = needs_survey_missing_to_submit(survey)
    if missing:
        raise ActionRefused("ยังส่งแบบสำรวจไม่ได้ โปรดกรอกให้ครบ", missing=missing)
    now = timezone.now()
    first_submitted_at = survey.first_submitted_at or now
    facts: dict[str, Any] = {
        "submitted_at": now,
        "first_submitted_at": first_submitted_at,
        "correct_by": None,
    }
    transition(survey, SurveyAction.SUBMIT, by=by, submitted_by=by, **facts)


def needs_survey_missing_to_submit(survey: NeedsSurvey) -> list[str]:
    """What the school must still answer, in the words the page shows."""
    missing = [
        f"{item.area.name}: ระดับสภาพปัญหาและระดับความต้องการ"
        for item in survey.items.select_related("area")
        if item.problem_level is None or item.need_level is None
    ]
    if not survey.wanted_first.strip():
        missing.append("สิ่งที่ต้องการมากที่สุด อันดับ 1")
    return missing


def return_needs_survey_for_correction(
    survey: NeedsSurvey, *, by: User, reason: str, correct_by: date | None = None
) -> None:
    """Ask the school to go on in the same survey until a day; step 1 waits for it again."""
    facts = {"submitted_by": None, "submitted_at": None, "correct_by": correct_by}
    transition(survey, SurveyAction.RETURN, by=by, reason=reason, **facts)

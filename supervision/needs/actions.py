from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.models import School, Term, User
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsArea, NeedsItem, NeedsSurvey
from supervision.needs.queries import Answers, answers_of, need_of, problem_of
from supervision.workflow.actions import begin, check, move
from supervision.workflow.errors import Refused


@transaction.atomic
def start(school: School, term: Term, *, by: User) -> NeedsSurvey:
    """The school's survey of the term, begun now unless it has been begun before.

    The school is locked, so that two people beginning together begin one survey.
    """
    School.objects.select_for_update().get(pk=school.pk)
    survey = NeedsSurvey.objects.filter(school=school, term=term).first()
    if survey is None:
        survey = NeedsSurvey(school=school, term=term)
        begin(survey, "start", by=by)
        areas = NeedsArea.objects.all()
        NeedsItem.objects.bulk_create(NeedsItem(survey=survey, area=area) for area in areas)
    return survey


@transaction.atomic
def save_answers(survey: NeedsSurvey, answers: Answers, *, seen: Answers) -> Answers:
    """Save what differs from what was `seen` when the page was opened, field by field.

    A field that somebody else has meanwhile answered otherwise is left as it is and returned
    with that answer, so that the person may choose. Raises Refused once it is submitted.
    """
    survey.refresh_from_db(from_queryset=NeedsSurvey.objects.select_for_update())
    if survey.state != SurveyState.DRAFT:
        raise Refused("แบบสำรวจนี้ส่งแล้ว จึงบันทึกเพิ่มไม่ได้ โปรดเปิดหน้านี้ใหม่เพื่อดูฉบับที่ส่ง")
    saved = answers_of(survey)
    mine = {name: text for name, text in answers.items() if text != seen.get(name, "")}
    theirs = {
        name: saved[name]
        for name, text in mine.items()
        if saved[name] not in (text, seen.get(name, ""))
    }
    _write(survey, {**saved, **mine, **theirs})
    return theirs


def _write(survey: NeedsSurvey, answers: Answers) -> None:
    survey.most_wanted = answers["most_wanted"]
    on = answers["preferred_on"]
    survey.preferred_on = date.fromisoformat(on) if on else None
    survey.preferred_mode = answers["preferred_mode"]
    survey.save(update_fields=["most_wanted", "preferred_on", "preferred_mode"])
    items = list(NeedsItem.objects.filter(survey=survey))
    for item in items:
        item.problem_level = _level(answers[problem_of(item.area_id)])
        item.need_level = _level(answers[need_of(item.area_id)])
    NeedsItem.objects.bulk_update(items, ["problem_level", "need_level"])


def _level(text: str) -> int | None:
    return int(text) if text else None


@transaction.atomic
def submit(survey: NeedsSurvey, *, by: User) -> None:
    """Hand the survey to the unit (step 1 done). Raises Refused naming what is still empty."""
    survey.refresh_from_db(from_queryset=NeedsSurvey.objects.select_for_update())
    check(survey, "submit")
    missing = missing_to_submit(survey)
    if missing:
        raise Refused("ยังส่งแบบสำรวจไม่ได้ โปรดกรอกให้ครบ", missing=missing)
    move(survey, "submit", by=by, submitted_by=by, submitted_at=timezone.now())


def missing_to_submit(survey: NeedsSurvey) -> list[str]:
    """What the school must still answer, in the words the page shows."""
    missing = [
        f"{item.area.name}: ระดับสภาพปัญหาและระดับความต้องการ"
        for item in survey.items.select_related("area")
        if item.problem_level is None or item.need_level is None
    ]
    if not survey.most_wanted.strip():
        missing.append("สิ่งที่ต้องการมากที่สุด")
    return missing

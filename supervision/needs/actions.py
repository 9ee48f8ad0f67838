from django.db import transaction
from django.utils import timezone

from schools.models import School, Term, User
from supervision.needs.models import NeedsArea, NeedsItem, NeedsSurvey
from supervision.workflow.actions import begin, move
from supervision.workflow.errors import Refused


@transaction.atomic
def start(school: School, term: Term, *, by: User) -> NeedsSurvey:
    """The school's survey of the term, begun now unless it has been begun before."""
    survey = NeedsSurvey.objects.filter(school=school, term=term).first()
    if survey is None:
        survey = NeedsSurvey(school=school, term=term)
        begin(survey, "start", by=by)
        areas = NeedsArea.objects.all()
        NeedsItem.objects.bulk_create(NeedsItem(survey=survey, area=area) for area in areas)
    return survey


def submit(survey: NeedsSurvey, *, by: User) -> None:
    """Hand the survey to the unit (step 1 done). Raises Refused naming what is still empty."""
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

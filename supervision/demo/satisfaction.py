"""Invented answers of schools on how content they were with acknowledged visits."""

from random import Random

from supervision.visits.enums import VisitState
from supervision.visits.models import Visit, VisitSatisfaction
from supervision.visits.models.satisfaction import STATEMENTS

COMMENTS = (
    "ขอให้ออกนิเทศช่วงต้นภาคเรียน (ตัวอย่าง)",
    "ตัวอย่างสื่อที่แนะนำใช้กับชั้นเรียนได้ทันที (ตัวอย่าง)",
    "อยากให้มีเวลาพูดคุยกับครูมากขึ้น (ตัวอย่าง)",
)
LEVELS = (5, 5, 5, 4, 4, 4, 4, 3, 3, 2)
COMMENTED_SHARE = 0.15


def create_satisfaction(share: float) -> None:
    """Answers on so many of the visits that schools have acknowledged, from 0 to 1."""
    visits = Visit.objects.in_latest_version().filter(state=VisitState.ACKNOWLEDGED)
    random = Random("satisfaction")  # the same on every machine
    VisitSatisfaction.objects.bulk_create(
        _answer(visit, random) for visit in visits.order_by("pk") if random.random() < share
    )


def _answer(visit: Visit, random: Random) -> VisitSatisfaction:
    comment = random.choice(COMMENTS) if random.random() < COMMENTED_SHARE else ""
    levels = {name: random.choice(LEVELS) for name in STATEMENTS}
    return VisitSatisfaction(visit=visit, comment=comment, **levels)

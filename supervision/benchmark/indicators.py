"""Endorsed indicator sets of any size, for measuring."""

from django.utils import timezone

from schools.models import User
from supervision.criteria.enums import SetState
from supervision.criteria.models import Indicator, IndicatorSet, Scale, Standard

STANDARDS = 3


def create_endorsed_set(size: int, *, by: User) -> list[Indicator]:
    """The indicators of a new set with three standards."""
    indicator_set = IndicatorSet.objects.create(
        name=f"ชุดสมมติ {size} ตัวชี้วัด",
        scale=Scale.objects.get(key="iqa_quality_5"),
        is_sample=True,
        state=SetState.APPROVED,
        meeting_no="1/2569",
        meeting_on=timezone.localdate(),
        endorsed_by=by,
        endorsed_at=timezone.now(),
    )
    standards = [
        Standard.objects.create(
            indicator_set=indicator_set, number=number, name=f"มาตรฐานสมมติ {number}", target=3
        )
        for number in range(1, STANDARDS + 1)
    ]
    return Indicator.objects.bulk_create(
        Indicator(
            standard=standards[n * STANDARDS // size],
            position=n,
            code=f"{n * STANDARDS // size + 1}.{n}",
            text=f"ตัวชี้วัดสมมติ {n}",
        )
        for n in range(size)
    )

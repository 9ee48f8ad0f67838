"""Endorsed indicator sets of any size, for measuring."""

from django.utils import timezone

from schools.core.thai import be_year
from schools.models import User
from supervision.committees.enums import CommitteeKind, MeetingState
from supervision.committees.models import Committee, Meeting
from supervision.criteria.enums import SetState
from supervision.criteria.models import Indicator, IndicatorSet, Scale, Standard

STANDARDS = 3


def _meeting(by: User) -> Meeting:
    """The invented meeting that endorses every set of a measurement."""
    named = {"name": "ก.ต.ป.น. สมมติ", "starts_on": timezone.localdate()}
    committee, _ = Committee.objects.get_or_create(kind=CommitteeKind.AREA, defaults=named)
    facts = {"held_on": timezone.localdate(), "state": MeetingState.CLOSED, "is_sample": True}
    facts |= {"closed_by": by, "closed_at": timezone.now()}
    number = {"number": 1, "year": be_year(timezone.localdate())}
    meeting, _ = committee.meetings.get_or_create(**number, defaults=facts)
    return meeting


def create_endorsed_set(size: int, *, by: User) -> list[Indicator]:
    """The indicators of a new set with three standards."""
    indicator_set = IndicatorSet.objects.create(
        name=f"ชุดสมมติ {size} ตัวชี้วัด",
        scale=Scale.objects.get(key="iqa_quality_5"),
        is_sample=True,
        state=SetState.APPROVED,
        meeting=_meeting(by),
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

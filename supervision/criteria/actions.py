from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.models import User
from supervision.criteria.models import IndicatorSet, Scale
from supervision.criteria.queries import missing_to_submit
from supervision.workflow.actions import move
from supervision.workflow.errors import Refused


@transaction.atomic
def submit(indicator_set: IndicatorSet, *, by: User) -> None:
    """Put a drafted set before ก.ต.ป.น. Raises Refused naming what it still lacks."""
    Scale.objects.select_for_update().get(pk=indicator_set.scale_id)  # frozen from here on
    move(indicator_set, "submit", by=by)
    check_complete(indicator_set)


def check_complete(indicator_set: IndicatorSet) -> None:
    """Raises Refused naming what a set still lacks before ก.ต.ป.น. may be asked."""
    missing = missing_to_submit(indicator_set)
    if missing:
        raise Refused("ยังเสนอ ก.ต.ป.น. ไม่ได้ โปรดทำให้ครบ", missing=missing)


def return_for_correction(indicator_set: IndicatorSet, *, by: User, reason: str) -> None:
    """ก.ต.ป.น. gives a set back to the unit, saying what is to be put right."""
    move(indicator_set, "return", by=by, reason=reason)


def endorse(indicator_set: IndicatorSet, *, by: User, meeting_no: str, meeting_on: date) -> None:
    """Record the endorsement of ก.ต.ป.น.; from here on the set is frozen (step 2)."""
    move(
        indicator_set,
        "endorse",
        by=by,
        meeting_no=meeting_no,
        meeting_on=meeting_on,
        endorsed_by=by,
        endorsed_at=timezone.now(),
    )


def retire(indicator_set: IndicatorSet, *, by: User) -> None:
    """Take an approved set out of choice; rounds that use it keep it."""
    move(indicator_set, "retire", by=by)

from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.models import User
from supervision.criteria.enums import IndicatorSetAction
from supervision.criteria.models import IndicatorSet, Scale
from supervision.criteria.queries import indicator_set_missing_to_submit
from supervision.workflow.actions import transition


@transaction.atomic
def submit_indicator_set(indicator_set: IndicatorSet, *, by: User) -> None:
    """Put a drafted set before ก.ต.ป.น. Raises Refused naming what it still lacks."""
    Scale.objects.select_for_update().get(pk=indicator_set.scale_id)  # frozen from here on
    transition(indicator_set, IndicatorSetAction.SUBMIT, by=by)
    check_indicator_set_complete(indicator_set)


def check_indicator_set_complete(indicator_set: IndicatorSet) -> None:
    """Raises Refused naming what a set still lacks before ก.ต.ป.น. may be asked."""
    missing = indicator_set_missing_to_submit(indicator_set)
    if missing:
        raise ActionRefused("ยังเสนอ ก.ต.ป.น. ไม่ได้ โปรดทำให้ครบ", missing=missing)


def return_indicator_set_for_correction(
    indicator_set: IndicatorSet, *, by: User, reason: str
) -> None:
    """ก.ต.ป.น. gives a set back to the unit, saying what is to be put right."""
    transition(indicator_set, IndicatorSetAction.RETURN, by=by, reason=reason)


def endorse_indicator_set(
    indicator_set: IndicatorSet, *, by: User, meeting_no: str, meeting_on: date
) -> None:
    """Record the endorsement of ก.ต.ป.น.; from here on the set is frozen (step 2)."""
    transition(
        indicator_set,
        IndicatorSetAction.ENDORSE,
        by=by,
        meeting_no=meeting_no,
        meeting_on=meeting_on,
        endorsed_by=by,
        endorsed_at=timezone.now(),
    )


def retire_indicator_set(indicator_set: IndicatorSet, *, by: User) -> None:
    """Take an approved set out of choice; rounds that use it keep it."""
    transition(indicator_set, IndicatorSetAction.RETIRE, by=by)

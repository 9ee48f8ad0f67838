"""Partners of a drive: entered, put right, ended; never deleted."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from schools.core.errors import ActionRefused
from schools.core.history import save_with_history
from schools.models import School, User
from supervision.programmes.networks.actions import end_dated_row
from supervision.quality_drive.drives.going_on import check_drive_goes_on
from supervision.quality_drive.models import Partner


@transaction.atomic
def save_partner(
    partner: Partner, *, by: User, schools: Collection[School], fields: Mapping[str, Any]
) -> Partner:
    """Enter an organisation as a partner of a drive, or put right what is written of it.

    Raises ActionRefused once the drive or the partnership is over, and for an organisation that
    the drive has already.
    """
    check_drive_goes_on(partner.drive)
    if partner.ends_on is not None:
        raise ActionRefused(f"ความร่วมมือกับ{partner} สิ้นสุดแล้ว โปรดเพิ่มรายการใหม่หากร่วมมือกันอีก")
    for name, value in fields.items():
        setattr(partner, name, value)
    _check_partner_is_new(partner)
    save_with_history(partner, by=by)
    partner.schools.set(schools)
    return partner


def _check_partner_is_new(partner: Partner) -> None:
    same = Partner.objects.filter(
        drive=partner.drive, organisation=partner.organisation, ends_on=None
    )
    if same.exclude(pk=partner.pk).exists():
        reason = f"มี “{partner.organisation}” อยู่แล้ว โปรดแก้ไขรายการเดิม"
        raise ActionRefused(field_errors={"organisation": reason})


def end_partner(partner: Partner, *, by: User, ends_on: date, reason: str) -> None:
    """End a partnership on that day; what it gave stays on record.

    Raises ActionRefused where it has ended, or would end before it began.
    """
    end_dated_row(partner, by=by, ends_on=ends_on, reason=reason)

from django.db import models

from schools.core.status import StatusKind
from supervision.workflow.enums import TransitionAction


class HonourState(models.TextChoices):
    """How far an honour is between being proposed and being released to the public."""

    PROPOSED = "proposed", "เสนอ ก.ต.ป.น."
    AWARDED = "awarded", "ก.ต.ป.น. มีมติยกย่อง"
    RELEASED = "released", "เผยแพร่แล้ว"
    DECLINED = "declined", "ไม่ผ่านการพิจารณา"
    REVOKED = "revoked", "เพิกถอนแล้ว"


class HonourAction(TransitionAction):
    """What can be done with an honour."""

    PROPOSE = "propose"
    EDIT = "edit"
    AWARD = "award"
    DECLINE = "decline"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    REVOKE = "revoke"


# The sign of each state, as status_pill.html shows it.
HONOUR_PILLS = {
    HonourState.PROPOSED: StatusKind.WAITING,
    HonourState.AWARDED: StatusKind.DONE,
    HonourState.RELEASED: StatusKind.DONE,
    HonourState.DECLINED: StatusKind.IDLE,
    HonourState.REVOKED: StatusKind.LATE,
}

from django.db import models

from schools.core.status import StatusKind
from supervision.workflow.enums import TransitionAction


class AgreementState(models.TextChoices):
    """How far an agreement is between the office that drafts it and both signatures."""

    DRAFT = "draft", "กำลังร่าง"
    PROPOSED = "proposed", "เสนอโรงเรียนพิจารณา"
    SCHOOL_SIGNED = "school_signed", "โรงเรียนลงนามแล้ว"
    SIGNED = "signed", "ลงนามทั้งสองฝ่ายแล้ว"
    SUPERSEDED = "superseded", "มีฉบับใหม่แทนแล้ว"
    CANCELLED = "cancelled", "ยกเลิก"


AGREEMENT_PILLS = {
    AgreementState.DRAFT: StatusKind.IDLE,
    AgreementState.PROPOSED: StatusKind.YOURS,
    AgreementState.SCHOOL_SIGNED: StatusKind.WAITING,
    AgreementState.SIGNED: StatusKind.DONE,
    AgreementState.SUPERSEDED: StatusKind.IDLE,
    AgreementState.CANCELLED: StatusKind.IDLE,
}


class AgreementAction(TransitionAction):
    """What can be done with an agreement."""

    DRAFT = "draft"
    REVISE = "revise"
    EDIT = "edit"
    PROPOSE = "propose"
    RETURN = "return"
    SIGN_FOR_SCHOOL = "sign_for_school"
    RETURN_TO_DRAFT = "return_to_draft"
    SIGN = "sign"
    SUPERSEDE = "supersede"
    CANCEL = "cancel"

from django.db import models

from supervision.workflow.enums import TransitionAction


class SetState(models.TextChoices):
    """How far a version of an indicator set is between its drafting and the end of its use."""

    DRAFT = "draft", "ร่าง"
    IN_REVIEW = "in_review", "เสนอ ก.ต.ป.น. พิจารณา"
    APPROVED = "approved", "เห็นชอบแล้ว"
    RETIRED = "retired", "เลิกใช้"


class IndicatorSetAction(TransitionAction):
    """What can be done with a version of an indicator set."""

    DRAFT = "draft"
    COPY = "copy"
    REVISE = "revise"
    IMPORT = "import"
    CHECK = "check"
    ADOPT = "adopt"
    DISCARD = "discard"
    SUBMIT = "submit"
    RETURN = "return"
    ENDORSE = "endorse"
    RETIRE = "retire"


class SetUse(models.TextChoices):
    """What a set is used for: a round's assessment and visit, or observing one classroom."""

    ROUND = "round", "ประเมินและนิเทศสถานศึกษา"
    OBSERVATION = "observation", "สังเกตชั้นเรียน"

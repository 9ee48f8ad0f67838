from django.db import models

from supervision.workflow.enums import TransitionAction


class DecisionResult(models.TextChoices):
    """How a round ends in step 5; after ไม่บรรลุ another begins at step 2."""

    ACHIEVED = "achieved", "บรรลุ"
    NOT_ACHIEVED = "not_achieved", "ไม่บรรลุ"


class DecisionAction(TransitionAction):
    """What can be done with a round's decision; what is mistyped is corrected in its state."""

    ACHIEVE = "achieve"
    NOT_ACHIEVE = "not_achieve"
    CORRECT_ACHIEVED = "correct_achieved"
    CORRECT_NOT_ACHIEVED = "correct_not_achieved"
    CORRECT_REASON_ACHIEVED = "correct_reason_achieved"
    CORRECT_REASON_NOT_ACHIEVED = "correct_reason_not_achieved"
    CHANGE_TO_ACHIEVED = "change_to_achieved"
    CHANGE_TO_NOT_ACHIEVED = "change_to_not_achieved"


class PracticeKind(models.TextChoices):
    """What a practice is: a school's, found in its round, or a work of the supervision unit.

    The unit's kinds are those of the manual: P1 step 5, P2 step 4, P3 steps 4 and 5.
    """

    SCHOOL = "school", "วิธีปฏิบัติของโรงเรียน"
    METHOD = "method", "วิธีการนิเทศ"
    MEDIA = "media", "สื่อ/นวัตกรรม"
    HANDBOOK = "handbook", "คู่มือ"
    MODEL = "model", "รูปแบบการนิเทศ"


class PracticeState(models.TextChoices):
    """What became of a practice that was nominated as a model for others."""

    NOMINATED = "nominated", "เสนอแล้ว รอพิจารณา"
    SELECTED = "selected", "ได้รับคัดเลือก"
    NOT_SELECTED = "not_selected", "ไม่ได้รับคัดเลือก"


class PracticeAction(TransitionAction):
    """What can be done with a good practice."""

    NOMINATE = "nominate"
    EDIT = "edit"
    SELECT = "select"
    DECLINE = "decline"


class AwardLevel(models.TextChoices):
    """At which level a practice is a model for others, from near to far."""

    SCHOOL = "school", "ระดับโรงเรียน"
    CLUSTER = "cluster", "ระดับกลุ่มโรงเรียน"
    AREA = "area", "ระดับเขตพื้นที่การศึกษา"
    PROVINCE = "province", "ระดับจังหวัด"
    REGION = "region", "ระดับภาค"
    COUNTRY = "country", "ระดับประเทศ"

from django.db import models

from supervision.workflow.enums import TransitionAction


class SurveyState(models.TextChoices):
    """How far a school's answer to form 7.1 is."""

    DRAFT = "draft", "กำลังกรอก"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"
    SUBMITTED = "submitted", "ส่งแล้ว"


class SurveyAction(TransitionAction):
    """What can be done with a school's needs survey."""

    START = "start"
    SUBMIT = "submit"
    RETURN = "return"


# While the school writes; before and after that the survey is read only.
EDITABLE_SURVEY_STATES = (SurveyState.DRAFT, SurveyState.RETURNED)


class TakenUpNeedState(models.TextChoices):
    """What became of a need that the unit took up."""

    OPEN = "open", "กำลังติดตาม"
    DONE = "done", "ดำเนินการแล้ว"
    WITHDRAWN = "withdrawn", "ถอนแล้ว"


class TakenUpNeedAction(TransitionAction):
    """What can be done with a need that the unit took up."""

    TAKE_UP = "take_up"
    CHANGE_LEAD = "change_lead"
    FINISH = "finish"
    WITHDRAW = "withdraw"


class NeedsLevel(models.IntegerChoices):
    """Five levels of problem and of need, as in form 7.1."""

    MOST = 5, "มากที่สุด"
    MUCH = 4, "มาก"
    MIDDLE = 3, "ปานกลาง"
    LITTLE = 2, "น้อย"
    LEAST = 1, "น้อยที่สุด"


class SupervisionMode(models.TextChoices):
    """How a supervisor meets a school: there, online, or both; a school may say what it prefers."""

    ON_SITE = "on_site", "ลงพื้นที่"
    ONLINE = "online", "ออนไลน์"
    HYBRID = "hybrid", "ผสมผสาน"

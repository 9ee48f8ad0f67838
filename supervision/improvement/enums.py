from django.db import models

from schools.enums import Role
from supervision.workflow.enums import TransitionAction


class SummaryState(models.TextChoices):
    """Where a summary is between the supervisor who writes it and the school that agrees."""

    DRAFT = "draft", "กำลังสรุป"
    PROPOSED = "proposed", "รอโรงเรียนเห็นชอบ"
    AGREED = "agreed", "เห็นชอบร่วมกันแล้ว"


class SummaryAction(TransitionAction):
    """What can be done with a round's summary."""

    DRAFT = "draft"
    EDIT = "edit"
    PROPOSE = "propose"
    RETURN = "return"
    AGREE = "agree"
    REOPEN = "reopen"


class AdviceOrigin(models.TextChoices):
    """Where a recommendation comes from; a drive's are its agreements and mentoring visits."""

    ROUND = "round", "การนิเทศ"
    EXTERNAL_ASSESSMENT = "external_assessment", "การประเมินภายนอก"
    QUALITY_DRIVE = "quality_drive", "การขับเคลื่อนคุณภาพ"


class RecommendationState(models.TextChoices):
    """How far a recommendation is between being given and being closed with proof."""

    OPEN = "open", "ยังไม่รายงาน"
    IN_PROGRESS = "in_progress", "กำลังดำเนินการ"
    DONE = "done", "รายงานว่าเสร็จ รอตรวจ"
    CLOSED = "closed", "ปิดแล้ว"
    WITHDRAWN = "withdrawn", "ถอนแล้ว"


class RecommendationAction(TransitionAction):
    """What can be done with a recommendation; `ADD` reports more once it was reported as done.

    `GIVE` drafts it with its round's summary; `RECORD` puts one from outside in force at once,
    `RECORD_FROM_DRIVE` one of an agreement or a mentoring visit.
    """

    GIVE = "give"
    RECORD = "record"
    RECORD_FROM_DRIVE = "record_from_drive"
    EDIT = "edit"
    REPORT = "report"
    ADD = "add"
    REPORT_DONE = "report_done"
    RETURN = "return"
    CLOSE = "close"
    WITHDRAW = "withdraw"


def _of_office(role: Role) -> tuple[str, str]:
    """A position in the area office, labelled with the office's name."""
    return role.value, f"สำนักงานเขตพื้นที่ฯ · {role.label}"


class Assignee(models.TextChoices):
    """The position that carries out a recommendation: people move on, positions stay."""

    SCHOOL_DIRECTOR = Role.SCHOOL_DIRECTOR.value, Role.SCHOOL_DIRECTOR.label
    ACADEMIC_TEACHER = Role.ACADEMIC_TEACHER.value, Role.ACADEMIC_TEACHER.label
    SUPERVISOR = Role.SUPERVISOR.value, Role.SUPERVISOR.label
    GROUP_DIRECTOR = _of_office(Role.GROUP_DIRECTOR)
    WORK_GROUP_HEAD = _of_office(Role.WORK_GROUP_HEAD)
    DEPUTY_AREA_DIRECTOR = _of_office(Role.DEPUTY_AREA_DIRECTOR)
    AREA_DIRECTOR = _of_office(Role.AREA_DIRECTOR)
    CLERK = _of_office(Role.CLERK)


# These positions carry out recommendations for every school of the area.
OFFICE_ASSIGNEES = (
    Assignee.GROUP_DIRECTOR,
    Assignee.WORK_GROUP_HEAD,
    Assignee.DEPUTY_AREA_DIRECTOR,
    Assignee.AREA_DIRECTOR,
    Assignee.CLERK,
)

from django.db import models

from schools.core.status import StatusKind
from supervision.workflow.enums import TransitionAction


class StudyRequestKind(models.TextChoices):
    """What a school asks for."""

    VISIT = "visit", "ขอไปศึกษาดูงาน"
    MENTOR = "mentor", "ขอพี่เลี้ยงจากเครือข่าย"


class StudyRequestState(models.TextChoices):
    """How far a request is between the school that asks and what it learned."""

    SENT = "sent", "รอสำนักงานประสาน"
    ARRANGED = "arranged", "นัดหมายแล้ว"
    DONE = "done", "ดำเนินการแล้ว"
    DECLINED = "declined", "ยังจัดให้ไม่ได้"
    WITHDRAWN = "withdrawn", "ถอนคำขอ"


STUDY_REQUEST_PILLS = {
    StudyRequestState.SENT: StatusKind.WAITING,
    StudyRequestState.ARRANGED: StatusKind.YOURS,
    StudyRequestState.DONE: StatusKind.DONE,
    StudyRequestState.DECLINED: StatusKind.IDLE,
    StudyRequestState.WITHDRAWN: StatusKind.IDLE,
}


class StudyRequestAction(TransitionAction):
    """What can be done with a request."""

    SEND = "send"
    ARRANGE = "arrange"
    FINISH = "finish"
    DECLINE = "decline"
    WITHDRAW = "withdraw"

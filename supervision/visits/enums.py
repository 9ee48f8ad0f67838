from django.db import models

from schools.core.status import StatusKind
from supervision.workflow.enums import TransitionAction


class VisitState(models.TextChoices):
    """How far a visit is between being planned and being acknowledged by the school."""

    PLANNED = "planned", "นัดหมายแล้ว"
    RECORDING = "recording", "กำลังบันทึก"
    SIGNED = "signed", "ศึกษานิเทศก์ลงนามแล้ว"
    ACKNOWLEDGED = "acknowledged", "โรงเรียนรับทราบแล้ว"
    CANCELLED = "cancelled", "ยกเลิก"


class VisitAction(TransitionAction):
    """What can be done with a visit and its record."""

    PLAN = "plan"
    POSTPONE = "postpone"
    UPDATE = "update"
    UPDATE_RECORD = "update_record"
    CHANGE_LEADER = "change_leader"
    CHANGE_LEADER_OF_RECORD = "change_leader_of_record"
    CANCEL = "cancel"
    REVISE_RECORD = "revise_record"
    RECORD = "record"
    ADOPT_AGREED = "adopt_agreed"
    SIGN = "sign"
    ACKNOWLEDGE = "acknowledge"


# The sign and colour of each state, as status_pill.html and the calendar show it.
VISIT_PILLS = {
    VisitState.PLANNED: StatusKind.WAITING,
    VisitState.RECORDING: StatusKind.YOURS,
    VisitState.SIGNED: StatusKind.WAITING,
    VisitState.ACKNOWLEDGED: StatusKind.DONE,
    VisitState.CANCELLED: StatusKind.IDLE,
}


class VisitKind(models.TextChoices):
    """What a visit is made for.

    A classroom observation has a short form of its own; mentoring has words and no scores.
    """

    ORDINARY = "ordinary", "นิเทศ ติดตามปกติ"
    TERM_OPENING = "term_opening", "เปิดภาคเรียน"
    WITH_COMMITTEE = "with_committee", "บูรณาการกับ ก.ต.ป.น."
    PROJECT = "project", "ติดตามโครงการ"
    ON_REQUEST = "on_request", "ตามคำขอของโรงเรียน"
    CLASSROOM = "classroom", "สังเกตชั้นเรียน"
    MENTORING = "mentoring", "ลงพื้นที่ให้คำปรึกษา"


# Visits that judge no school: no figure counts them, and step 4 goes on without them.
KINDS_JUDGING_NO_SCHOOL = (VisitKind.CLASSROOM, VisitKind.MENTORING)


class TeacherPosition(models.TextChoices):
    """The position that stands for a teacher in a classroom observation, in place of the name."""

    CLASS_TEACHER = "class_teacher", "ครูประจำชั้น"
    SUBJECT_TEACHER = "subject_teacher", "ครูประจำวิชา"
    ASSISTANT_TEACHER = "assistant_teacher", "ครูผู้ช่วย"
    HIRED_TEACHER = "hired_teacher", "ครูอัตราจ้าง"
    GOVERNMENT_EMPLOYEE = "government_employee", "พนักงานราชการ"
    STUDENT_TEACHER = "student_teacher", "นักศึกษาฝึกประสบการณ์วิชาชีพครู"

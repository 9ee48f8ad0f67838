from django.db import models

from schools.core.status import StatusKind
from supervision.workflow.enums import TransitionAction


class CommitteeKind(models.TextChoices):
    """Which body of the office it is; a sub-committee belongs to one cluster."""

    AREA = "area", "ก.ต.ป.น."
    SUBCOMMITTEE = "subcommittee", "อ.ก.ต.ป.น."
    WORKING_GROUP = "working_group", "คณะทำงาน"


class CommitteePosition(models.IntegerChoices):
    """What a member is in the committee, in the order in which papers list them."""

    CHAIR = 1, "ประธานกรรมการ"
    VICE_CHAIR = 2, "รองประธานกรรมการ"
    MEMBER = 3, "กรรมการ"
    SECRETARY = 4, "กรรมการและเลขานุการ"
    ASSISTANT_SECRETARY = 5, "ผู้ช่วยเลขานุการ"


class MeetingState(models.TextChoices):
    """How far a meeting is: planned, held just now, over with its record frozen, or cancelled."""

    PLANNED = "planned", "นัดประชุมแล้ว"
    OPEN = "open", "เปิดประชุมอยู่"
    CLOSED = "closed", "ปิดประชุมแล้ว"
    CANCELLED = "cancelled", "ยกเลิกแล้ว"


# The sign and colour of each state, as status_pill.html and the calendar show it.
MEETING_PILLS = {
    MeetingState.PLANNED: StatusKind.WAITING,
    MeetingState.OPEN: StatusKind.YOURS,
    MeetingState.CLOSED: StatusKind.DONE,
    MeetingState.CANCELLED: StatusKind.IDLE,
}


class MeetingAction(TransitionAction):
    """What can be done with a meeting; it is corrected in the state that it has."""

    PLAN = "plan"
    UPDATE_PLAN = "update_plan"
    CANCEL = "cancel"
    OPEN = "open"
    CLOSE = "close"
    CORRECT_OPEN = "correct_open"
    CORRECT_CLOSED = "correct_closed"
    CORRECT_ATTENDANCE = "correct_attendance"
    CORRECT_RESOLUTION = "correct_resolution"


class AgendaKind(models.TextChoices):
    """What an item of the agenda is for, in the usual order of ระเบียบวาระการประชุม."""

    INFORM = "inform", "เรื่องแจ้งให้ที่ประชุมทราบ"
    MINUTES = "minutes", "รับรองรายงานการประชุม"
    FOLLOW_UP = "follow_up", "เรื่องสืบเนื่อง"
    SETS = "sets", "พิจารณาชุดเกณฑ์ ตัวชี้วัด"
    ROUNDS = "rounds", "พิจารณาผลการนิเทศของสถานศึกษา"
    PRACTICES = "practices", "คัดเลือกวิธีปฏิบัติที่เป็นเลิศ"
    CONSIDER = "consider", "เรื่องเสนอเพื่อพิจารณา"
    OTHER = "other", "เรื่องอื่น ๆ"


# Of these the meeting is asked what it resolved before it can be closed.
DECIDING_AGENDA_KINDS = (
    AgendaKind.MINUTES,
    AgendaKind.SETS,
    AgendaKind.ROUNDS,
    AgendaKind.PRACTICES,
    AgendaKind.CONSIDER,
)


class AttendanceKind(models.TextChoices):
    """Whether a member came to a meeting; nothing is assumed before somebody records it."""

    PRESENT = "present", "มาประชุม"
    EXCUSED = "excused", "ลา"
    ABSENT = "absent", "ไม่มาประชุม"

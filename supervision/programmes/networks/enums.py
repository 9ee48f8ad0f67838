"""What networks, their members, learning sources and forums are (manual, process P2)."""

from django.db import models

from schools.core.status import StatusKind
from supervision.workflow.enums import TransitionAction


class NetworkKind(models.TextChoices):
    """Of whom a network is, in the order of the manual: its name, then 3.3 and 3.4 of P2."""

    AREA = "area", "เครือข่ายของเขตพื้นที่การศึกษา"
    SCHOOLS = "schools", "เครือข่ายสถานศึกษา"
    AGENCIES = "agencies", "เครือข่ายหน่วยงานที่เกี่ยวข้อง"
    COMMUNITY = "community", "เครือข่ายชุมชนเพื่อการเรียนรู้"
    PERSONS = "persons", "เครือข่ายบุคคล (ครูแกนนำ ครูต้นแบบ ครูภูมิปัญญา)"
    TEACHER_CLUB = "teacher_club", "ชมรมครู"
    DIRECTOR_CLUB = "director_club", "ชมรมผู้บริหาร"
    STAFF_CLUB = "staff_club", "ชมรมบุคลากรทางการศึกษา"


# What the manual counts under 3.3 and under 3.4 of the third step of P2.
SCHOOL_AND_COMMUNITY_KINDS = (
    NetworkKind.AREA,
    NetworkKind.SCHOOLS,
    NetworkKind.AGENCIES,
    NetworkKind.COMMUNITY,
)
PERSON_KINDS = (
    NetworkKind.PERSONS,
    NetworkKind.TEACHER_CLUB,
    NetworkKind.DIRECTOR_CLUB,
    NetworkKind.STAFF_CLUB,
)


class MemberRole(models.TextChoices):
    """As what somebody is a member: people are known by it and by their school, never by name."""

    LEAD_TEACHER = "lead_teacher", "ครูแกนนำ"
    MODEL_TEACHER = "model_teacher", "ครูต้นแบบ"
    WISDOM_TEACHER = "wisdom_teacher", "ครูภูมิปัญญา"
    DIRECTOR = "director", "ผู้บริหารสถานศึกษา"
    TEACHER = "teacher", "ครู"
    STAFF = "staff", "บุคลากรทางการศึกษา"
    SUPERVISOR = "supervisor", "ศึกษานิเทศก์"
    AGENCY = "agency", "หน่วยงาน"
    COMMUNITY = "community", "ผู้แทนชุมชน"


class SourceKind(models.TextChoices):
    """What was developed into a learning source (manual, P2 step 3.1)."""

    CLASSROOM = "classroom", "ห้องเรียน"
    LABORATORY = "laboratory", "ห้องปฏิบัติการ"
    SCHOOL = "school", "สถานศึกษา"


class ForumState(models.TextChoices):
    """Whether a forum was held."""

    PLANNED = "planned", "กำหนดจัด"
    HELD = "held", "จัดแล้ว"
    CANCELLED = "cancelled", "ยกเลิก"


class ForumAction(TransitionAction):
    """What can be done with a forum."""

    PLAN = "plan"
    UPDATE = "update"
    RECORD = "record"
    CORRECT = "correct"
    CANCEL = "cancel"


FORUM_PILLS = {
    ForumState.PLANNED: StatusKind.WAITING,
    ForumState.HELD: StatusKind.DONE,
    ForumState.CANCELLED: StatusKind.IDLE,
}

from django.db import models


class Role(models.TextChoices):
    """The post a person holds, as in the office's own list of who sees, does and signs."""

    SUPERVISOR = "supervisor", "ศึกษานิเทศก์"
    GROUP_DIRECTOR = "group_director", "ผู้อำนวยการกลุ่มนิเทศฯ"
    AREA_DIRECTOR = "area_director", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา"
    COMMITTEE_MEMBER = "committee_member", "กรรมการ ก.ต.ป.น."
    SCHOOL_DIRECTOR = "school_director", "ผู้อำนวยการโรงเรียน"
    ACADEMIC_TEACHER = "academic_teacher", "ครูวิชาการ"
    CLERK = "clerk", "เจ้าหน้าที่งานธุรการ"
    SYSTEM_ADMINISTRATOR = "system_administrator", "ผู้ดูแลระบบ"


SCHOOL_ROLES = (Role.SCHOOL_DIRECTOR, Role.ACADEMIC_TEACHER)

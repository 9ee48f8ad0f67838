"""What a school may be like, as far as the portal keeps it."""

from django.db import models


class CircumstanceKind(models.TextChoices):
    """One circumstance of a school that a visit should know of.

    What the registry says already is not kept a second time: size by pupils, grades taught,
    electricity and internet.
    """

    MIXED_CLASSES = "mixed_classes", "จัดการเรียนการสอนแบบคละชั้น"
    DLTV = "dltv", "ใช้การศึกษาทางไกลผ่านดาวเทียม (DLTV)"
    DLIT = "dlit", "ใช้การศึกษาทางไกลผ่านเทคโนโลยีสารสนเทศ (DLIT)"
    STAND_ALONE = "stand_alone", "โรงเรียนที่ตั้งโดดเดี่ยว (Stand Alone)"
    BRANCH = "branch", "โรงเรียนสาขา"
    SPECIAL_AREA = "special_area", "อยู่ในพื้นที่พิเศษหรือห่างไกล"
    INCLUSION = "inclusion", "จัดการเรียนรวม"


class FactPart(models.TextChoices):
    """The kinds of facts on the page of a school's circumstances, each with forms of its own."""

    CIRCUMSTANCES = "circumstances", "สภาพของโรงเรียน"
    PROJECTS = "projects", "โครงการที่เข้าร่วม"
    TEACHERS = "teachers", "ครูที่ต้องการ"

from django.db import models

from supervision.workflow.enums import TransitionAction


class CycleStep(models.IntegerChoices):
    """The seven steps of the manual's P3, by the names people read."""

    NEEDS = 1, "รวบรวมข้อมูลสารสนเทศ สภาพปัญหาและความต้องการ"
    CRITERIA = 2, "เกณฑ์ ตัวชี้วัด เครื่องมือและวิธีการนิเทศ"
    SELF_ASSESSMENT = 3, "โรงเรียนประเมินตนเอง"
    VISIT = 4, "นิเทศ ติดตาม และประเมินผล"
    DECISION = 5, "พิจารณาผล และคัดเลือกวิธีปฏิบัติที่เป็นเลิศ"
    SUMMARY = 6, "สรุปจุดเด่น จุดควรพัฒนา และแนวทางปรับปรุง"
    REPORT = 7, "รายงานผลและเผยแพร่"


class SupervisionMethod(models.TextChoices):
    """A way in which supervisors work with a school, of the choices of step 2."""

    ON_SITE = "on_site", "นิเทศแบบลงพื้นที่"
    ONLINE = "online", "นิเทศออนไลน์"
    HYBRID = "hybrid", "นิเทศแบบผสมผสาน"
    OBSERVATION = "observation", "สังเกตชั้นเรียน"
    COACHING = "coaching", "การชี้แนะและการเป็นพี่เลี้ยง (Coaching & Mentoring)"
    PLC = "plc", "ชุมชนแห่งการเรียนรู้ทางวิชาชีพ (PLC)"
    DOCUMENTS = "documents", "ศึกษาเอกสารและร่องรอย/หลักฐาน"
    INTERVIEW = "interview", "สัมภาษณ์และสนทนากลุ่ม"
    INTERNAL = "internal", "ส่งเสริมการนิเทศภายในสถานศึกษา"


class MethodsState(models.TextChoices):
    """Whether ก.ต.ป.น. has endorsed the tools and methods of a term or round."""

    DRAFT = "draft", "ร่าง"
    ENDORSED = "endorsed", "เห็นชอบแล้ว"


class MethodsAction(TransitionAction):
    """What can be done with the tools and methods of a term or round."""

    DRAFT = "draft"
    UPDATE = "update"
    ENDORSE = "endorse"
    REOPEN = "reopen"
    DELETE = "delete"

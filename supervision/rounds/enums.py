from django.db import models


class CycleStep(models.IntegerChoices):
    """The seven steps of the manual's P3, by the names people read."""

    NEEDS = 1, "รวบรวมข้อมูลสารสนเทศ สภาพปัญหาและความต้องการ"
    CRITERIA = 2, "เกณฑ์ ตัวชี้วัด เครื่องมือและวิธีการนิเทศ"
    SELF_ASSESSMENT = 3, "โรงเรียนประเมินตนเอง"
    VISIT = 4, "นิเทศ ติดตาม และประเมินผล"
    DECISION = 5, "พิจารณาผล และคัดเลือกวิธีปฏิบัติที่เป็นเลิศ"
    SUMMARY = 6, "สรุปจุดเด่น จุดควรพัฒนา และแนวทางปรับปรุง"
    REPORT = 7, "รายงานผลและเผยแพร่"

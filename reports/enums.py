from django.db import models


class DocumentKind(models.TextChoices):
    TERM = "term", "รายงานผลการนิเทศรายภาคเรียน"
    YEAR = "year", "รายงานผลการนิเทศประจำปีการศึกษา"


class DocumentState(models.TextChoices):
    PREPARED = "prepared", "เสนอลงนาม"
    RETURNED = "returned", "ส่งกลับให้แก้ไข"
    DROPPED = "dropped", "ยกเลิกฉบับแก้ไข"
    ISSUED = "issued", "ออกรายงานแล้ว"
    PUBLISHED = "published", "เผยแพร่แล้ว"

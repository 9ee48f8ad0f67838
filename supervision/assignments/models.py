from django.db import models

from schools.models import Appointment
from supervision.standards.models import WorkGroup


class OfficialOrder(models.Model):
    """A signed order (คำสั่ง) that gives duties; its two dates are different facts."""

    number = models.CharField("คำสั่งที่", max_length=30, unique=True)
    subject = models.CharField("เรื่อง", max_length=300)
    ordered_on = models.DateField("สั่ง ณ วันที่")
    effective_on = models.DateField("ทั้งนี้ ตั้งแต่วันที่")
    legal_basis = models.TextField("อาศัยอำนาจตามความใน", blank=True)
    supersedes = models.CharField("ยกเลิกคำสั่งที่", max_length=100, blank=True)
    data_note = models.TextField("ข้อสังเกตข้อมูล", blank=True)

    class Meta:
        verbose_name = "คำสั่ง"
        verbose_name_plural = verbose_name
        ordering = ("-effective_on",)

    def __str__(self) -> str:
        return f"คำสั่งที่ {self.number}"


class Duty(models.Model):
    """One numbered duty in an order's annex, and the appointment whose rights it explains."""

    order = models.ForeignKey(OfficialOrder, models.CASCADE, related_name="duties")
    code = models.CharField("ข้อ", max_length=10)
    text = models.CharField("หน้าที่", max_length=400)
    data_note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
    work_group = models.ForeignKey(WorkGroup, models.PROTECT, null=True, blank=True)
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="duties"
    )

    class Meta:
        verbose_name = "หน้าที่ตามคำสั่ง"
        verbose_name_plural = verbose_name
        ordering = ("order", "code")
        constraints = (models.UniqueConstraint(fields=("order", "code"), name="one_duty_per_code"),)

    def __str__(self) -> str:
        return f"{self.code} {self.text}"

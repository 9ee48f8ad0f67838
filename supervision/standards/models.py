from django.db import models
from simple_history.models import HistoricalRecords


class WorkGroup(models.Model):
    """A section of the supervision group (กลุ่มงาน), manual 4.1–4.7."""

    code = models.CharField("เลขที่", max_length=10, unique=True)
    name = models.CharField("ชื่อกลุ่มงาน", max_length=200)

    class Meta:
        verbose_name = "กลุ่มงาน"
        verbose_name_plural = verbose_name
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Work(models.Model):
    """A numbered work (งาน) of a work group, for example 4.5.3."""

    work_group = models.ForeignKey(WorkGroup, models.CASCADE, related_name="works")
    code = models.CharField("เลขที่", max_length=10, unique=True)
    name = models.CharField("ชื่องาน", max_length=200)

    class Meta:
        verbose_name = "งาน"
        verbose_name_plural = verbose_name
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class StepSheet(models.Model):
    """One row of the manual's standard-of-work sheet (แบบสรุปมาตรฐานงาน) of P3.

    An empty `timing` or `quality_standard` means the manual cannot be read there; the office
    fills it in. `timing_suggested` is our reading and never shown as fact.
    """

    number = models.PositiveSmallIntegerField("ลำดับที่", unique=True)
    detail = models.TextField("รายละเอียดงาน")
    timing = models.CharField("เวลาดำเนินการ", max_length=200, blank=True)
    timing_suggested = models.CharField("ข้อเสนอเวลาดำเนินการ", max_length=200, blank=True)
    quality_standard = models.CharField("มาตรฐานคุณภาพงาน", max_length=300, blank=True)
    responsible = models.CharField("ผู้รับผิดชอบ", max_length=300, blank=True)
    note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "ขั้นตอนในแบบสรุปมาตรฐานงาน"
        verbose_name_plural = verbose_name
        ordering = ("number",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=7), name="seven_step_sheets"
            ),
        )

    def __str__(self) -> str:
        return f"ขั้นที่ {self.number}"


class PrintedSheetRow(models.Model):
    """One row of that sheet exactly as the manual prints it: eight rows, two of them numbered 7.

    `step` is the step that we read it as, and `reading` says in which words we read it
    differently, or nothing. An empty text is an empty cell.
    """

    position = models.PositiveSmallIntegerField(unique=True)
    step = models.ForeignKey(StepSheet, models.PROTECT, related_name="printed_rows")
    number = models.CharField("ลำดับที่", max_length=5)
    detail = models.TextField("รายละเอียดงาน")
    timing = models.CharField("เวลาดำเนินการ", max_length=200, blank=True)
    quality_standard = models.CharField("มาตรฐานคุณภาพงาน", max_length=300, blank=True)
    responsible = models.CharField("ผู้รับผิดชอบ", max_length=300, blank=True)
    reading = models.TextField("ที่พอร์ทัลอ่าน", blank=True)

    class Meta:
        verbose_name = "แถวในแบบสรุปมาตรฐานงานตามที่คู่มือพิมพ์"
        verbose_name_plural = verbose_name
        ordering = ("position",)

    def __str__(self) -> str:
        return f"ลำดับที่ {self.number} {self.detail}"


class ManualForm(models.Model):
    """A form that the manual names, for example P3 7.3."""

    process = models.CharField("กระบวนงาน", max_length=5, blank=True)
    code = models.CharField("เลขที่แบบ", max_length=10)
    name = models.CharField("ชื่อแบบ", max_length=200)
    step = models.PositiveSmallIntegerField("ใช้ในขั้นที่", null=True, blank=True)

    class Meta:
        verbose_name = "แบบฟอร์มตามคู่มือ"
        verbose_name_plural = verbose_name
        ordering = ("process", "code")
        constraints = (
            models.UniqueConstraint(fields=("process", "code"), name="one_manual_form_per_code"),
        )

    def __str__(self) -> str:
        return f"แบบ {self.code} {self.name}"

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef
from simple_history.models import HistoricalRecords

from supervision.standards.enums import FlowSymbol, PassageKind

SUPERVISION_PROCESS = "P3"
MANUAL_FISCAL_YEAR = 2567  # of the manual's cover; what it says holds until the office writes anew


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


class WorkProcess(models.Model):
    """A process (กระบวนงาน) that the manual describes: P1, P2 or P3; it is a work of 4.5.

    `printed_names` are the other names that the manual has for it, one a line.
    """

    code = models.CharField("กระบวนงาน", max_length=5, unique=True)
    work = models.OneToOneField(Work, models.PROTECT, related_name="process", verbose_name="งาน")
    name = models.CharField("ชื่องาน", max_length=300)
    printed_names = models.TextField("ชื่ออื่นที่คู่มือพิมพ์", blank=True)
    note = models.TextField("ข้อสังเกตข้อมูล", blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "กระบวนงาน"
        verbose_name_plural = verbose_name
        ordering = ("code",)

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class ManualPassage(models.Model):
    """A text of the manual as we read it; those of a process bear its code.

    `printed` is the manual's wording to the letter where ours differs by more than spaces.
    `sheet_steps` says which steps of the standard-of-work sheet we take a step of the table for.
    """

    process = models.CharField("กระบวนงาน", max_length=5, blank=True)
    kind = models.CharField("หัวข้อ", max_length=20, choices=PassageKind)
    position = models.PositiveSmallIntegerField(unique=True)
    number = models.CharField("เลขที่", max_length=5, blank=True)
    title = models.CharField("เรื่อง", max_length=300, blank=True)
    text = models.TextField("ข้อความ", blank=True)
    printed = models.TextField("ตามที่คู่มือพิมพ์", blank=True)
    sheet_steps = models.CharField("ตรงกับขั้นในแบบสรุปมาตรฐานงาน", max_length=20, blank=True)

    class Meta:
        verbose_name = "ข้อความในคู่มือ"
        verbose_name_plural = verbose_name
        ordering = ("position",)

    def __str__(self) -> str:
        return " ".join(part for part in (self.number, self.title or self.text) if part)


class FlowNode(models.Model):
    """A box of a process's flow chart, beside the step of its sheet."""

    process = models.CharField("กระบวนงาน", max_length=5)
    step = models.PositiveSmallIntegerField("ขั้นที่")
    symbol = models.CharField("สัญลักษณ์", max_length=10, choices=FlowSymbol)
    label = models.CharField("ข้อความในผัง", max_length=200)
    printed = models.CharField("ตามที่คู่มือพิมพ์", max_length=200, blank=True)

    class Meta:
        verbose_name = "ช่องในผังขั้นตอน"
        verbose_name_plural = verbose_name
        ordering = ("process", "step")
        constraints = (
            models.UniqueConstraint(fields=("process", "step"), name="one_flow_node_per_step"),
        )

    def __str__(self) -> str:
        return self.label


class FlowEdge(models.Model):
    """An arrow of a process's flow chart, from step to step; back to an earlier one is a loop."""

    process = models.CharField("กระบวนงาน", max_length=5)
    start = models.PositiveSmallIntegerField("จากขั้นที่")
    end = models.PositiveSmallIntegerField("ถึงขั้นที่")
    label = models.CharField("เงื่อนไข", max_length=50, blank=True)

    class Meta:
        verbose_name = "เส้นในผังขั้นตอน"
        verbose_name_plural = verbose_name
        ordering = ("process", "start", "end")
        constraints = (
            models.UniqueConstraint(
                fields=("process", "start", "end"), name="one_flow_edge_per_direction"
            ),
        )

    def __str__(self) -> str:
        return f"{self.start} → {self.end}"


class StepSheetQuerySet(models.QuerySet["StepSheet"]):
    """Rows of the standard-of-work sheets, of all fiscal years."""

    def of_year(self, year: int) -> Self:
        """The sheets as they hold in a fiscal year (BE): of each step the newest row until then."""
        same_step = StepSheet.objects.filter(process=OuterRef("process"), number=OuterRef("number"))
        newer = same_step.filter(fiscal_year__lte=year, fiscal_year__gt=OuterRef("fiscal_year"))
        return self.filter(~Exists(newer), fiscal_year__lte=year)


class StepSheet(models.Model):
    """One row of a process's standard-of-work sheet (แบบสรุปมาตรฐานงาน).

    It holds from its fiscal year until a newer row of the same step; `of_year` finds it. Those of
    the manual's own year are what the manual has.

    An empty `timing` or `quality_standard` means the manual cannot be read there; the office
    fills it in. `timing_suggested` is our reading and never shown as fact.
    """

    process = models.CharField("กระบวนงาน", max_length=5, default=SUPERVISION_PROCESS)
    number = models.PositiveSmallIntegerField("ลำดับที่")
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ", default=MANUAL_FISCAL_YEAR)
    detail = models.TextField("รายละเอียดงาน")
    timing = models.CharField("เวลาดำเนินการ", max_length=200, blank=True)
    timing_suggested = models.CharField("ข้อเสนอเวลาดำเนินการ", max_length=200, blank=True)
    quality_standard = models.CharField("มาตรฐานคุณภาพงาน", max_length=300, blank=True)
    responsible = models.CharField("ผู้รับผิดชอบ", max_length=300, blank=True)
    note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
    history = HistoricalRecords()

    objects = StepSheetQuerySet.as_manager()

    class Meta:
        verbose_name = "ขั้นตอนในแบบสรุปมาตรฐานงาน"
        verbose_name_plural = verbose_name
        ordering = ("process", "number", "fiscal_year")
        constraints = (
            models.UniqueConstraint(
                fields=("process", "number", "fiscal_year"), name="one_step_sheet_per_year"
            ),
            models.CheckConstraint(
                condition=models.Q(number__gte=1, number__lte=7), name="seven_step_sheets"
            ),
        )

    def __str__(self) -> str:
        return f"ขั้นที่ {self.number}"

    @property
    def is_filled(self) -> bool:
        """Whether the manual or the office says more of the step than what it is."""
        return bool(self.timing or self.quality_standard or self.responsible)


class DocumentCode(models.Model):
    """The document code (รหัสเอกสาร) of a process's sheet, a cell that the manual leaves empty.

    It holds from its fiscal year until a newer one.
    """

    process = models.CharField("กระบวนงาน", max_length=5)
    fiscal_year = models.PositiveSmallIntegerField("ปีงบประมาณ")
    code = models.CharField("รหัสเอกสาร", max_length=50, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "รหัสเอกสาร"
        verbose_name_plural = verbose_name
        ordering = ("process", "fiscal_year")
        constraints = (
            models.UniqueConstraint(
                fields=("process", "fiscal_year"), name="one_document_code_per_year"
            ),
        )

    def __str__(self) -> str:
        return self.code


class PrintedSheetRow(models.Model):
    """One row of a sheet exactly as the manual prints it; P3 has eight, two of them numbered 7.

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

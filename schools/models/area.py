from django.core.validators import RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from schools.fields import ThaiSortKeyField
from schools.models.dated import Dated, ends_after_start
from schools.querysets import SchoolQuerySet

SCHOOL_PREFIX = "โรงเรียน"


class Area(models.Model):
    """The area office (สพป.) whose portal this is."""

    name = models.CharField("ชื่อสำนักงาน", max_length=200)
    short_name = models.CharField("ชื่อย่อ", max_length=50)
    group_name = models.CharField("ชื่อกลุ่มนิเทศฯ", max_length=200)
    address = models.CharField("ที่อยู่", max_length=300, blank=True)
    postal_code = models.CharField("รหัสไปรษณีย์", max_length=5, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "สำนักงานเขตพื้นที่การศึกษา"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.short_name


class Cluster(models.Model):
    """A cluster of nearby schools (กลุ่มโรงเรียน)."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="clusters")
    name = models.CharField("ชื่อกลุ่มโรงเรียน", max_length=100, unique=True)
    sort_key = ThaiSortKeyField(source="name")
    data_note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "กลุ่มโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name


class School(models.Model):
    """A school of the area. What the manual leaves unknown (codes, districts) stays empty."""

    area = models.ForeignKey(Area, models.PROTECT, related_name="schools")
    name = models.CharField("ชื่อโรงเรียน", max_length=150, unique=True)
    sort_key = ThaiSortKeyField(source="name")
    obec_code = models.CharField(
        "รหัสโรงเรียน 8 หลัก",
        max_length=8,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{8}$", "รหัสโรงเรียนต้องเป็นเลขอารบิก 8 หลัก")],
    )
    sub_district = models.CharField("ตำบล", max_length=100, blank=True)
    district = models.CharField("อำเภอ", max_length=100, blank=True)
    data_note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
    closed_on = models.DateField("วันที่เลิกหรือรวม", null=True, blank=True)
    history = HistoricalRecords()

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "โรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as people say it, without the prefix โรงเรียน."""
        return self.name.removeprefix(SCHOOL_PREFIX)


class ClusterMembership(Dated):
    """From when to when a school belongs to a cluster."""

    school = models.ForeignKey(School, models.CASCADE, related_name="memberships")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")

    class Meta:
        verbose_name = "การสังกัดกลุ่มโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("-starts_on",)
        constraints = (
            ends_after_start("membership_ends_after_start"),
            models.UniqueConstraint(
                fields=("school",),
                condition=models.Q(ends_on=None),
                name="one_open_membership_per_school",
                violation_error_message="โรงเรียนนี้สังกัดกลุ่มโรงเรียนอื่นอยู่แล้ว",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school} · {self.cluster}"

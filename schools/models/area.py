from datetime import date
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, OuterRef, Q
from simple_history.models import HistoricalRecords

from schools.core.fields import ThaiSortKeyField
from schools.core.querysets import SchoolQuerySet
from schools.enums import EducationLevel, Grade, Internet
from schools.models.dated import DatedModel, DatedQuerySet, ends_after_start_constraint
from schools.models.emblem import Emblem

SCHOOL_PREFIX = "โรงเรียน"
FIRST_BASIC_GRADE = Grade.P1
USUAL_PARENT_AGENCIES = "สำนักงานคณะกรรมการการศึกษาขั้นพื้นฐาน\nกระทรวงศึกษาธิการ"


class SizeScheme(models.Model):
    """A way to call schools small or large by pupils; several are in use in Thai offices."""

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField("ชื่อเกณฑ์", max_length=150)
    provenance = models.CharField("ที่มา", max_length=200, blank=True)

    class Meta:
        verbose_name = "เกณฑ์ขนาดโรงเรียน"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.name

    def size_of(self, pupils: int) -> str:
        """The scheme's word for a school of so many pupils; empty outside all bands."""
        return next((band.label for band in self.bands.all() if band.contains(pupils)), "")


class SizeBand(models.Model):
    """From how many to how many pupils a size goes; both ends inclusive, no upper end is open."""

    scheme = models.ForeignKey(SizeScheme, models.CASCADE, related_name="bands")
    label = models.CharField("ขนาด", max_length=30)
    low = models.PositiveIntegerField("ตั้งแต่ (คน)")
    high = models.PositiveIntegerField("ถึง (คน)", null=True, blank=True)

    class Meta:
        verbose_name = "ช่วงขนาด"
        verbose_name_plural = verbose_name
        ordering = ("low",)
        constraints = (
            models.UniqueConstraint(fields=("scheme", "label"), name="one_size_band_per_label"),
            models.CheckConstraint(
                condition=Q(high=None) | Q(high__gte=F("low")), name="size_band_high_not_below_low"
            ),
        )

    def __str__(self) -> str:
        return self.label

    @property
    def pupils(self) -> str:
        """From how many to how many, in words."""
        if self.high is None:
            return f"{self.low:,} คนขึ้นไป"
        return f"{self.low:,} คน" if self.low == self.high else f"{self.low:,}–{self.high:,} คน"

    def contains(self, pupils: int) -> bool:
        return self.low <= pupils and (self.high is None or pupils <= self.high)


class Area(models.Model):
    """The area office (สพป.) whose portal this is, with what its letterhead prints."""

    name = models.CharField("ชื่อสำนักงาน", max_length=200)
    short_name = models.CharField("ชื่อย่อ", max_length=50)
    group_name = models.CharField("ชื่อกลุ่มนิเทศฯ", max_length=200)
    code = models.CharField(
        "รหัสเขตพื้นที่ 4 หลัก",
        max_length=4,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{4}$", "รหัสเขตพื้นที่ต้องเป็นเลขอารบิก 4 หลัก")],
        help_text="สี่หลักแรกของรหัสโรงเรียน 8 หลักในเขตพื้นที่นี้",
    )
    letter_code = models.CharField(
        "เลขที่หนังสือออก", max_length=40, blank=True, help_text="เช่น ศธ 04xxx ตามทะเบียนสารบรรณ"
    )
    address = models.CharField("ที่อยู่", max_length=300, blank=True)
    postal_code = models.CharField("รหัสไปรษณีย์", max_length=5, blank=True)
    phone = models.CharField("โทรศัพท์", max_length=60, blank=True)
    email = models.EmailField("อีเมล", blank=True)
    size_scheme = models.ForeignKey(
        SizeScheme, models.PROTECT, null=True, blank=True, verbose_name="เกณฑ์ขนาดโรงเรียน"
    )
    parent_agencies = models.TextField(
        "หน่วยงานต้นสังกัดบนปก",
        blank=True,
        default=USUAL_PARENT_AGENCIES,
        help_text="พิมพ์ใต้ชื่อสำนักงานบนปก บรรทัดละหน่วยงาน ข้อความที่ให้ไว้เป็นค่าเริ่มต้น โปรดแก้ตามที่สำนักงานใช้",
    )
    emblem = models.ForeignKey(
        Emblem, models.PROTECT, null=True, blank=True, verbose_name="ตราสำนักงาน"
    )
    data_note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
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
    ordered_count = models.PositiveSmallIntegerField(
        "จำนวนโรงเรียนตามคำสั่ง", null=True, blank=True, help_text="เว้นว่างไว้เมื่อคำสั่งไม่ระบุ"
    )
    ordered_by = models.CharField(
        "คำสั่งที่ระบุจำนวนโรงเรียน", max_length=60, blank=True, help_text="เช่น คำสั่งที่ 195/2567"
    )
    data_note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "กลุ่มโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("sort_key",)

    def __str__(self) -> str:
        return self.name

    def notes(self, registered: int) -> list[str]:
        """What is to be checked about the cluster, given its number of schools in the register."""
        return [note for note in (self._count_note(registered), self.data_note) if note]

    def _count_note(self, registered: int) -> str:
        """Where the order's number of schools and the register's differ; else nothing."""
        if self.ordered_count is None or self.ordered_count == registered:
            return ""
        order = self.ordered_by or "คำสั่ง"
        note = f"{order} ระบุ {self.ordered_count} โรงเรียน ทะเบียนมี {registered} โรงเรียน"
        missing = self.ordered_count - registered
        return f"{note} ยังไม่ทราบชื่ออีก {missing} โรงเรียน" if missing > 0 else note


class School(models.Model):
    """A school of the area. What the manual leaves unknown (codes, districts) stays empty.

    `closed_on` is the first day on which it is no school of its own any more: closed, or
    merged into `merged_into`.
    """

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
    ministry_code = models.CharField(
        "รหัสสถานศึกษา 10 หลัก",
        max_length=10,
        unique=True,
        null=True,
        blank=True,
        validators=[RegexValidator(r"^[0-9]{10}$", "รหัสสถานศึกษาต้องเป็นเลขอารบิก 10 หลัก")],
    )
    sub_district = models.CharField("ตำบล", max_length=100, blank=True)
    district = models.CharField("อำเภอ", max_length=100, blank=True)
    first_grade = models.PositiveSmallIntegerField(
        "ชั้นต่ำสุดที่เปิดสอน", choices=Grade, null=True, blank=True
    )
    last_grade = models.PositiveSmallIntegerField(
        "ชั้นสูงสุดที่เปิดสอน", choices=Grade, null=True, blank=True
    )
    latitude = models.DecimalField(
        "ละติจูด",
        max_digits=8,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(21)],
    )
    longitude = models.DecimalField(
        "ลองจิจูด",
        max_digits=9,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[MinValueValidator(97), MaxValueValidator(106)],
    )
    internet = models.CharField("อินเทอร์เน็ต", max_length=20, choices=Internet, blank=True)
    has_electricity = models.BooleanField("มีไฟฟ้าใช้", null=True, blank=True)
    phone = models.CharField("โทรศัพท์", max_length=60, blank=True)
    email = models.EmailField("อีเมล", blank=True)
    data_note = models.CharField("ข้อสังเกตข้อมูล", max_length=300, blank=True)
    closed_on = models.DateField("วันที่เลิกหรือรวม", null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name="รวมกับโรงเรียน",
    )
    history = HistoricalRecords()

    # Added by SchoolQuerySet.with_cluster: the cluster on the day that was asked for.
    cluster_pk: int | None
    cluster_name: str | None
    cluster_key: str | None
    # Added by supervision.rounds.overview.schools_of_all_days: has it a round of the term?
    has_round: bool

    objects = SchoolQuerySet.as_manager()

    class Meta:
        verbose_name = "โรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("sort_key",)
        constraints = (
            models.CheckConstraint(
                condition=Q(first_grade=None, last_grade=None)
                | Q(last_grade__gte=F("first_grade")),
                name="school_grades_go_upwards",
                violation_error_message="ชั้นสูงสุดต้องไม่ต่ำกว่าชั้นต่ำสุด และต้องระบุทั้งสองช่อง",
            ),
            models.CheckConstraint(
                condition=Q(latitude=None, longitude=None)
                | Q(latitude__isnull=False, longitude__isnull=False),
                name="school_position_has_both_numbers",
                violation_error_message="พิกัดต้องมีทั้งละติจูดและลองจิจูด",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None)
                | (Q(closed_on__isnull=False) & ~Q(merged_into=F("pk"))),
                name="merged_school_has_its_day",
                violation_error_message="โรงเรียนที่รวมต้องระบุวันที่รวม และรวมกับโรงเรียนอื่น",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """The name as people say it, without the prefix โรงเรียน."""
        return self.name.removeprefix(SCHOOL_PREFIX)

    @property
    def grades(self) -> str:
        """The levels taught, as the office writes them: อ.2–ป.6; empty while unknown."""
        if self.first_grade is None or self.last_grade is None:
            return ""
        return f"{Grade(self.first_grade).label}–{Grade(self.last_grade).label}"

    @property
    def position(self) -> str:
        """Latitude and longitude as maps read them; empty while unknown."""
        return "" if self.latitude is None else f"{self.latitude},{self.longitude}"

    def teaches(self, level: int) -> bool | None:
        """Whether it has classes of that EducationLevel; None while its grades are unknown."""
        if level == EducationLevel.ANY:
            return True
        if self.first_grade is None or self.last_grade is None:
            return None
        if level == EducationLevel.EARLY_CHILDHOOD:
            return self.first_grade < FIRST_BASIC_GRADE
        return self.last_grade >= FIRST_BASIC_GRADE

    @property
    def taught_levels(self) -> list[EducationLevel]:
        """The levels by whose standards it is judged; while its grades are unknown, the basic."""
        if not self.grades:
            return [EducationLevel.BASIC]
        levels = (EducationLevel.EARLY_CHILDHOOD, EducationLevel.BASIC)
        return [level for level in levels if self.teaches(level)]

    def is_open_on(self, on: date) -> bool:
        return self.closed_on is None or self.closed_on > on

    def cluster_on(self, day: date) -> Cluster | None:
        """The cluster it is in on that day, if the register names one.

        It reads `memberships`, prefetched with their clusters where many schools or days are
        asked about; for many schools on one day there is SchoolQuerySet.with_cluster.
        """
        memberships = self.memberships.all()
        return next((one.cluster for one in memberships if one.is_in_force_on(day)), None)

    def status_on(self, on: date) -> str:
        """In one word: open, closed or merged; the day stands in `closed_on`."""
        if self.is_open_on(on):
            return "เปิดสอน"
        return "รวม" if self.merged_into_id else "เลิก"


class ClusterMembershipQuerySet(DatedQuerySet):
    """Which school belonged to which cluster, of all times."""

    def schools_of(self, cluster: Cluster | int | str, on: date) -> models.QuerySet[Any, Any]:
        """The schools in the cluster (or the one of that pk) on the day, to filter by."""
        return self.in_force(on).filter(cluster=cluster).values("school")

    def clusters_of(self, school: School | OuterRef, on: date) -> models.QuerySet[Any, Any]:
        """The cluster that the school is in on the day, to filter by."""
        return self.in_force(on).filter(school=school).values("cluster")


class ClusterMembership(DatedModel):
    """From when to when a school belongs to a cluster."""

    school = models.ForeignKey(School, models.CASCADE, related_name="memberships")
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="memberships")
    start_is_assumed = models.BooleanField("วันเริ่มเป็นข้อสันนิษฐาน", default=False)
    history = HistoricalRecords()

    objects: ClassVar = ClusterMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = "การสังกัดกลุ่มโรงเรียน"
        verbose_name_plural = verbose_name
        ordering = ("-starts_on",)
        constraints = (
            ends_after_start_constraint("membership_ends_after_start"),
            models.UniqueConstraint(
                fields=("school",),
                condition=models.Q(ends_on=None),
                name="one_open_membership_per_school",
                violation_error_message="โรงเรียนนี้สังกัดกลุ่มโรงเรียนอื่นอยู่แล้ว",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school} · {self.cluster}"

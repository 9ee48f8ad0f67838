"""Networks of supervision, their members, learning sources and forums (manual, process P2)."""

from collections.abc import Iterable
from datetime import date
from typing import Self, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from schools.access import Permission, rights_of
from schools.core.fields import ThaiSortKeyField
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import School, User
from schools.models.dated import DatedModel, ends_after_start_constraint
from supervision.assignments.models import LearningArea
from supervision.improvement.models import Recommendation
from supervision.practices.models import GoodPractice
from supervision.programmes.models.activities import Activity
from supervision.programmes.networks.enums import (
    FORUM_PILLS,
    ForumAction,
    ForumState,
    MemberRole,
    NetworkKind,
    SourceKind,
)
from supervision.standards.models import Work
from supervision.workflow.models import TransitionRule, WorkflowModel

NETWORK_WORK = "4.5.2"


class Network(DatedModel):
    """A network of supervision (เครือข่ายการนิเทศ) from the day it was formed until it ends.

    What it shows of its schools they publish by being in it: post and school, never a name.
    """

    kind = models.CharField("ประเภทเครือข่าย", max_length=20, choices=NetworkKind)
    name = models.CharField("ชื่อเครือข่าย", max_length=200)
    sort_key = ThaiSortKeyField()
    purpose = models.TextField("วัตถุประสงค์")
    work = models.ForeignKey(
        Work, models.PROTECT, related_name="networks", verbose_name="งานตามคู่มือ"
    )
    schools = models.ManyToManyField(
        School, blank=True, related_name="networks", verbose_name="โรงเรียนในเครือข่าย"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "เครือข่ายการนิเทศ"
        verbose_name_plural = verbose_name
        ordering = ("sort_key", "pk")
        constraints = (
            ends_after_start_constraint("network_ends_after_it_starts"),
            models.UniqueConstraint(
                fields=("name",),
                condition=Q(ends_on=None),
                name="one_network_in_force_per_name",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return cached_url("network", self.pk)


class NetworkMember(DatedModel):
    """A member of a network, known by role, subject and school, and what it can help with.

    There is no name, telephone or address: who wants help asks the unit.
    """

    network = models.ForeignKey(Network, models.PROTECT, related_name="members")
    role = models.CharField("บทบาท", max_length=20, choices=MemberRole)
    subject = models.CharField("ด้านหรือสาขา", max_length=100, blank=True)
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="network_members",
        verbose_name="โรงเรียน",
    )
    organisation = models.CharField("หน่วยงานหรือชุมชน", max_length=150, blank=True)
    learning_areas = models.ManyToManyField(
        LearningArea, blank=True, related_name="+", verbose_name="กลุ่มสาระการเรียนรู้"
    )
    works = models.ManyToManyField(Work, blank=True, related_name="+", verbose_name="งานที่ช่วยได้")
    topics = models.CharField("เรื่องที่ช่วยได้", max_length=300, blank=True)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "สมาชิกเครือข่าย"
        verbose_name_plural = verbose_name
        ordering = ("role", "subject", "pk")
        constraints = (
            ends_after_start_constraint("network_member_ends_after_start"),
            models.CheckConstraint(
                condition=(Q(school__isnull=False) & Q(organisation=""))
                | (Q(school=None) & ~Q(organisation="")),
                name="network_member_is_of_one_place",
                violation_error_message="โปรดระบุโรงเรียน หรือหน่วยงานหรือชุมชน อย่างใดอย่างหนึ่ง",
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} {self.place}"

    @property
    def title(self) -> str:
        """As what it helps, for example ครูแกนนำภาษาไทย."""
        return f"{self.get_role_display()}{self.subject}"

    @property
    def place(self) -> str:
        return self.school.name if self.school else self.organisation


class LearningSource(DatedModel):
    """A classroom, laboratory or school developed into a learning source (P2 step 3.1)."""

    kind = models.CharField("ประเภท", max_length=20, choices=SourceKind)
    name = models.CharField("ชื่อแหล่งเรียนรู้", max_length=200)
    school = models.ForeignKey(
        School, models.PROTECT, related_name="learning_sources", verbose_name="โรงเรียน"
    )
    network = models.ForeignKey(
        Network,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="learning_sources",
        verbose_name="เครือข่าย",
    )
    learning_areas = models.ManyToManyField(
        LearningArea, blank=True, related_name="+", verbose_name="กลุ่มสาระการเรียนรู้"
    )
    topics = models.CharField("เรื่องที่เรียนรู้ได้", max_length=300)
    description = models.TextField("สิ่งที่พัฒนา", blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "แหล่งเรียนรู้"
        verbose_name_plural = verbose_name
        ordering = ("-starts_on", "-pk")
        constraints = (ends_after_start_constraint("learning_source_ends_after_start"),)

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return cached_url("learning_source", self.pk)


class ForumQuerySet(models.QuerySet["Forum"]):
    """Academic forums, those cancelled among them."""

    def not_cancelled(self) -> Self:
        return self.exclude(state=ForumState.CANCELLED)

    def between(self, first: date, last: date) -> Self:
        """Whatever touches these days, both inclusive."""
        return self.filter(starts_on__lte=last, ends_on__gte=first)

    def with_schools(self, schools: Iterable[int] | models.QuerySet) -> Self:
        """Forums of networks that one of these schools is in, by itself or by a member."""
        networks = Network.objects.filter(
            Q(schools__in=schools) | Q(members__school__in=schools, members__ends_on=None)
        )
        return self.filter(network__in=networks.values("pk"))


class Forum(WorkflowModel):
    """An academic forum (เวทีวิชาการ) at which schools and others learn from each other (P2 3.2)."""

    TRANSITIONS = {
        ForumAction.PLAN: TransitionRule("กำหนดจัดเวทีวิชาการ", ("",), ForumState.PLANNED),
        ForumAction.UPDATE: TransitionRule(
            "แก้ไขกำหนดการ", (ForumState.PLANNED,), ForumState.PLANNED
        ),
        ForumAction.RECORD: TransitionRule("บันทึกผลการจัด", (ForumState.PLANNED,), ForumState.HELD),
        ForumAction.CORRECT: TransitionRule(
            "แก้ไขผลการจัด", (ForumState.HELD,), ForumState.HELD, needs_reason=True
        ),
        ForumAction.CANCEL: TransitionRule(
            "ยกเลิกการจัด", (ForumState.PLANNED,), ForumState.CANCELLED, needs_reason=True
        ),
    }

    state = models.CharField("สถานะ", max_length=20, choices=ForumState)
    title = models.CharField("ชื่อเวที", max_length=200)
    programme = models.TextField("กำหนดการและเนื้อหา")
    starts_on = models.DateField("ตั้งแต่วันที่")
    ends_on = models.DateField("ถึงวันที่")
    place = models.CharField("สถานที่", max_length=200)
    network = models.ForeignKey(
        Network,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forums",
        verbose_name="เครือข่าย",
    )
    activity = models.ForeignKey(
        Activity,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="forums",
        verbose_name="กิจกรรมในแผน",
    )
    practices = models.ManyToManyField(
        GoodPractice, blank=True, related_name="forums", verbose_name="ผลงานที่เชิญมานำเสนอ"
    )
    shared = models.TextField("สิ่งที่แลกเปลี่ยนเรียนรู้", blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = ForumQuerySet.as_manager()

    class Meta:
        verbose_name = "เวทีวิชาการ"
        verbose_name_plural = verbose_name
        ordering = ("-starts_on", "-pk")
        constraints = (
            ends_after_start_constraint("forum_ends_after_it_starts"),
            models.CheckConstraint(
                condition=~Q(state=ForumState.HELD) | ~Q(shared=""),
                name="held_forum_says_what_was_shared",
                violation_error_message="โปรดระบุสิ่งที่แลกเปลี่ยนเรียนรู้",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return cached_url("forum", self.pk)

    @property
    def pill(self) -> StatusKind:
        """The sign of its state."""
        return FORUM_PILLS[ForumState(self.state)]

    @property
    def attendance_total(self) -> int:
        return sum(line.people for line in self.attendance.all())


class ForumAttendance(models.Model):
    """How many people of one post came to a forum; never who."""

    forum = models.ForeignKey(Forum, models.CASCADE, related_name="attendance")
    role = models.CharField("ตำแหน่ง", max_length=20, choices=MemberRole)
    people = models.PositiveIntegerField("จำนวน (คน)")

    class Meta:
        verbose_name = "ผู้เข้าร่วมเวทีวิชาการ"
        verbose_name_plural = verbose_name
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("forum", "role"), name="one_attendance_per_role"),
            models.CheckConstraint(condition=Q(people__gte=1), name="attendance_is_somebody"),
        )

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.people} คน"


class NetworkFileQuerySet(models.QuerySet["NetworkFile"]):
    """Files of forums and learning sources, those that were removed among them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Kept ones; a photo of people who did not agree only for who sees the area.

        Photos are kept as JPEG (`schools.core.uploads`), and nothing else is.
        """
        kept = self.filter(removed_at=None)
        if rights_of(user).allows(Permission.VIEW_AREA):
            return kept
        return kept.exclude(has_consent=False, file__endswith=".jpg")


class NetworkFile(models.Model):
    """A file of a forum or a learning source: materials, evidence; removed ones stay on record."""

    forum = models.ForeignKey(Forum, models.PROTECT, null=True, blank=True, related_name="files")
    source = models.ForeignKey(
        LearningSource, models.PROTECT, null=True, blank=True, related_name="files"
    )
    caption = models.CharField("คำอธิบาย", max_length=200)
    file = models.FileField(upload_to="networks/%Y/%m/")
    file_name = models.CharField("ชื่อไฟล์", max_length=200)
    # Of the people in a photo (for a child, a parent): they agreed to be shown.
    has_consent = models.BooleanField("ได้รับความยินยอมจากผู้ที่อยู่ในภาพหรือผู้ปกครองแล้ว", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = NetworkFileQuerySet.as_manager()

    class Meta:
        verbose_name = "ไฟล์ของเครือข่าย"
        verbose_name_plural = verbose_name
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(forum__isnull=False, source=None) | Q(forum=None, source__isnull=False),
                name="network_file_belongs_to_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="removed_network_file_names_who_and_when",
            ),
        )

    def __str__(self) -> str:
        return self.caption

    @property
    def belongs_to(self) -> Forum | LearningSource:
        """The forum or learning source; a constraint says that there is one."""
        return cast("Forum | LearningSource", self.forum or self.source)


class AdviceHelp(models.Model):
    """An entry of the directory that can help with a recommendation, and who named it.

    Whoever takes it off again is on record; the row stays.
    """

    recommendation = models.ForeignKey(
        Recommendation, models.PROTECT, related_name="helps", verbose_name="ข้อเสนอแนะ"
    )
    member = models.ForeignKey(
        NetworkMember, models.PROTECT, null=True, blank=True, related_name="helps"
    )
    source = models.ForeignKey(
        LearningSource, models.PROTECT, null=True, blank=True, related_name="helps"
    )
    practice = models.ForeignKey(
        GoodPractice, models.PROTECT, null=True, blank=True, related_name="helps"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "แหล่งช่วยเหลือของข้อเสนอแนะ"
        verbose_name_plural = verbose_name
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(member__isnull=False, source=None, practice=None)
                | Q(member=None, source__isnull=False, practice=None)
                | Q(member=None, source=None, practice__isnull=False),
                name="advice_help_is_one_entry",
            ),
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None)
                | Q(removed_at__isnull=False, removed_by__isnull=False),
                name="removed_advice_help_names_who_and_when",
            ),
        )

    def __str__(self) -> str:
        return str(self.member or self.source or self.practice)

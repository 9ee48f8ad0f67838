from datetime import date
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from schools.access import Permission, clusters_with, rights_of
from schools.core.thai import long_date
from schools.core.url_cache import cached_url
from schools.models import Appointment, Cluster, School, User
from schools.models.dated import DatedModel, DatedQuerySet, ends_after_start_constraint
from supervision.assignments.models import OfficialOrder
from supervision.committees.enums import (
    AgendaKind,
    AttendanceKind,
    CommitteeKind,
    CommitteePosition,
    MeetingAction,
    MeetingState,
)
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states


class CommitteeQuerySet(DatedQuerySet):
    """Committees of all times, those that were dissolved among them."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """All for who sees the area; else those of one's clusters, and those one works in."""
        if not user.is_authenticated:
            return self.none()
        if rights_of(user).allows(Permission.VIEW_MEETINGS):
            return self
        of_cluster = Q(
            kind=CommitteeKind.SUBCOMMITTEE,
            cluster__in=clusters_with(user, Permission.VIEW_MEETINGS),
        )
        joined = CommitteeMember.objects.in_force(timezone.localdate()).filter(user=user.pk)
        own_work = Q(kind=CommitteeKind.WORKING_GROUP, pk__in=joined.values("committee"))
        return self.filter(of_cluster | own_work)


class Committee(DatedModel):
    """ก.ต.ป.น., the อ.ก.ต.ป.น. of a cluster, or a working group of the office.

    The body stays while its members come and go; how many it has is a matter of its order.
    """

    kind = models.CharField("ประเภท", max_length=20, choices=CommitteeKind)
    name = models.CharField("ชื่อคณะกรรมการ", max_length=200)
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, verbose_name="กลุ่มโรงเรียน"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    objects: ClassVar = CommitteeQuerySet.as_manager()

    class Meta:
        verbose_name = "คณะกรรมการ"
        verbose_name_plural = verbose_name
        ordering = ("kind", "cluster__sort_key", "name", "pk")
        constraints = (
            ends_after_start_constraint("committee_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kind=CommitteeKind.SUBCOMMITTEE, cluster__isnull=False)
                | (~Q(kind=CommitteeKind.SUBCOMMITTEE) & Q(cluster=None)),
                name="subcommittee_belongs_to_its_cluster",
                violation_error_message="อ.ก.ต.ป.น. ต้องระบุกลุ่มโรงเรียน คณะอื่นต้องไม่ระบุ",
            ),
            models.UniqueConstraint(
                fields=("kind",),
                condition=Q(kind=CommitteeKind.AREA, ends_on=None),
                name="one_area_committee",
                violation_error_message="มี ก.ต.ป.น. ของเขตพื้นที่แล้ว",
            ),
            models.UniqueConstraint(
                fields=("cluster",),
                condition=Q(kind=CommitteeKind.SUBCOMMITTEE, ends_on=None),
                name="one_subcommittee_per_cluster",
                violation_error_message="กลุ่มโรงเรียนนี้มี อ.ก.ต.ป.น. แล้ว",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return cached_url("committee", self.pk)

    @property
    def short_name(self) -> str:
        """As people say it: ก.ต.ป.น., or อ.ก.ต.ป.น. with its cluster."""
        if self.kind == CommitteeKind.WORKING_GROUP:
            return self.name
        return f"{self.get_kind_display()} {self.cluster or ''}".strip()


class CommitteeMember(DatedModel):
    """One person's membership in a committee, from one day to another.

    Who signs in is linked to the account and to the appointment that gives the rights; others are
    written as the office types them. `capacity` is whom or what the member stands for, such as
    ผู้ทรงคุณวุฒิ or ผู้แทนผู้บริหารสถานศึกษา.
    """

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="committee_members",
        verbose_name="บัญชีผู้ใช้",
    )
    name = models.CharField("ชื่อ", max_length=150, blank=True)
    post = models.CharField("ตำแหน่ง", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(
        "ตำแหน่งในคณะกรรมการ", choices=CommitteePosition, default=CommitteePosition.MEMBER
    )
    sequence = models.PositiveSmallIntegerField("ลำดับในคำสั่ง", default=1)
    capacity = models.CharField("เป็นกรรมการในฐานะ", max_length=200, blank=True)
    order = models.ForeignKey(
        OfficialOrder, models.PROTECT, null=True, blank=True, related_name="committee_members"
    )
    order_text = models.CharField("คำสั่งแต่งตั้ง", max_length=200, blank=True)
    appointment = models.ForeignKey(
        Appointment, models.PROTECT, null=True, blank=True, related_name="committee_members"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "กรรมการ"
        verbose_name_plural = verbose_name
        ordering = ("position", "sequence", "pk")
        constraints = (
            ends_after_start_constraint("committee_member_ends_after_start"),
            models.CheckConstraint(
                condition=~Q(name="") | ~Q(post="") | Q(user__isnull=False),
                name="committee_member_is_named",
                violation_error_message="โปรดระบุชื่อหรือตำแหน่งของกรรมการ",
            ),
        )

    def __str__(self) -> str:
        return self.name or self.post or str(self.user)

    @property
    def post_beside_name(self) -> str:
        """The post as it stands after the name; empty where it is all that is known."""
        return self.post if self.post != str(self) else ""


class MeetingQuerySet(models.QuerySet):
    """Meetings of all committees, from those to come to those that are over."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self.filter(committee__in=Committee.objects.visible_to(user))

    def held(self) -> Self:
        """Those that decisions may name: open just now, or over."""
        return self.filter(state__in=(MeetingState.OPEN, MeetingState.CLOSED))

    def to_be_held(self) -> Self:
        """Those to come and those open just now."""
        return self.filter(state__in=(MeetingState.PLANNED, MeetingState.OPEN))

    def of_area_committee(self) -> Self:
        return self.filter(committee__kind=CommitteeKind.AREA)

    def latest_first(self) -> Self:
        return self.order_by("-held_on", "-year", F("number").desc(nulls_last=True), "-pk")


class Meeting(WorkflowModel):
    """One meeting of a committee: its number in the year (B.E.), its day, and what came of it.

    A number is given once and has one day, also that of a meeting that was cancelled. What earlier
    versions of the portal had as a typed text that is no number, or as one number of several days,
    is kept in `recorded_as`.
    """

    TRANSITIONS = {
        MeetingAction.PLAN: TransitionRule("นัดประชุม", ("",), MeetingState.PLANNED),
        MeetingAction.UPDATE_PLAN: TransitionRule(
            "แก้ไขการนัดประชุม", (MeetingState.PLANNED,), MeetingState.PLANNED
        ),
        MeetingAction.CANCEL: TransitionRule(
            "ยกเลิกการประชุม", (MeetingState.PLANNED,), MeetingState.CANCELLED, needs_reason=True
        ),
        MeetingAction.OPEN: TransitionRule("เปิดประชุม", (MeetingState.PLANNED,), MeetingState.OPEN),
        MeetingAction.CLOSE: TransitionRule("ปิดประชุม", (MeetingState.OPEN,), MeetingState.CLOSED),
        MeetingAction.CORRECT_OPEN: TransitionRule(
            "แก้ไขครั้งที่ วันที่ หรือสถานที่ประชุม",
            (MeetingState.OPEN,),
            MeetingState.OPEN,
            needs_reason=True,
        ),
        MeetingAction.CORRECT_CLOSED: TransitionRule(
            "แก้ไขครั้งที่ วันที่ หรือสถานที่ประชุม",
            (MeetingState.CLOSED,),
            MeetingState.CLOSED,
            needs_reason=True,
        ),
        MeetingAction.CORRECT_ATTENDANCE: TransitionRule(
            "แก้ไขการเข้าประชุม", (MeetingState.CLOSED,), MeetingState.CLOSED, needs_reason=True
        ),
        MeetingAction.CORRECT_RESOLUTION: TransitionRule(
            "แก้ไขถ้อยคำของมติ", (MeetingState.CLOSED,), MeetingState.CLOSED, needs_reason=True
        ),
    }

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="meetings")
    number = models.PositiveSmallIntegerField("ครั้งที่", null=True)
    year = models.PositiveSmallIntegerField("ปี พ.ศ.")
    recorded_as = models.CharField("ครั้งที่ตามที่เคยพิมพ์ไว้", max_length=20, blank=True)
    held_on = models.DateField("วันที่ประชุม")
    begins_at = models.TimeField("เริ่มเวลา", null=True, blank=True)
    ends_at = models.TimeField("เลิกเวลา", null=True, blank=True)
    place = models.CharField("สถานที่ประชุม", max_length=200, blank=True)
    other_participants = models.TextField("ผู้เข้าร่วมประชุม", blank=True)
    state = models.CharField("สถานะ", max_length=20, choices=MeetingState)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "การประชุม"
        verbose_name_plural = verbose_name
        ordering = ("-held_on", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("committee", "number", "year"),
                name="one_meeting_per_number",
                violation_error_message="มีการประชุมครั้งที่นี้ในปีนี้แล้ว",
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) | (Q(number=None) & ~Q(recorded_as="")),
                name="meeting_has_its_number",
                violation_error_message="โปรดระบุครั้งที่ประชุม",
            ),
            fields_required_in_states(
                "closed_meeting_says_who_and_when", [MeetingState.CLOSED], "closed_at", "closed_by"
            ),
        )

    def __str__(self) -> str:
        return f"ครั้งที่ {self.label}"

    def get_absolute_url(self) -> str:
        return cached_url("meeting", self.pk)

    @property
    def label(self) -> str:
        """Its number as people say and print it: 4/2569; as it was typed where it has none."""
        return f"{self.number}/{self.year}" if self.number else self.recorded_as

    @property
    def title(self) -> str:
        """The committee with the number: ก.ต.ป.น. ครั้งที่ 4/2569."""
        return f"{self.committee.short_name} {self}"

    @property
    def label_with_day(self) -> str:
        return f"{self} วันที่ {long_date(self.held_on)}"

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def is_open(self) -> bool:
        return self.state == MeetingState.OPEN

    @property
    def is_closed(self) -> bool:
        return self.state == MeetingState.CLOSED

    @property
    def is_cancelled(self) -> bool:
        return self.state == MeetingState.CANCELLED

    def can_be_opened_on(self, today: date) -> bool:
        return self.is_planned and self.held_on <= today


class AgendaItem(models.Model):
    """One item of a meeting's agenda (ระเบียบวาระ), and what the meeting resolved on it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField("วาระที่")
    kind = models.CharField("ประเภทของวาระ", max_length=20, choices=AgendaKind)
    title = models.CharField("เรื่อง", max_length=300)
    detail = models.TextField("รายละเอียด", blank=True)
    resolution = models.TextField("มติที่ประชุม", blank=True)

    class Meta:
        verbose_name = "ระเบียบวาระ"
        verbose_name_plural = verbose_name
        ordering = ("meeting", "position", "pk")

    def __str__(self) -> str:
        return f"วาระที่ {self.position} {self.title}"


class Attendance(models.Model):
    """Whether one member came to one meeting; an empty `kind` is not recorded yet."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="attendance")
    kind = models.CharField("การเข้าประชุม", max_length=20, choices=AttendanceKind, blank=True)
    note = models.CharField("หมายเหตุ", max_length=200, blank=True)

    class Meta:
        verbose_name = "การเข้าประชุม"
        verbose_name_plural = verbose_name
        ordering = ("member__position", "member__sequence", "pk")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "member"), name="one_attendance_per_member"),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.get_kind_display()}"


class Recusal(models.Model):
    """A member takes no part in what the meeting decides on one school, and why."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="recusals")
    member = models.ForeignKey(CommitteeMember, models.PROTECT, related_name="recusals")
    school = models.ForeignKey(School, models.PROTECT, related_name="recusals")
    reason = models.CharField("เหตุผล", max_length=300)

    class Meta:
        verbose_name = "การไม่ร่วมพิจารณา"
        verbose_name_plural = verbose_name
        ordering = ("school__sort_key", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "member", "school"),
                name="one_recusal_per_school",
                violation_error_message="บันทึกไว้แล้วว่ากรรมการคนนี้ไม่ร่วมพิจารณาโรงเรียนนี้",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="recusal_gives_its_reason"),
        )

    def __str__(self) -> str:
        return f"{self.member}: {self.school}"

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from schools.core.fields import ThaiSortKeyField
from schools.enums import CLUSTER_ROLES, SCHOOL_ROLES, AcademicStanding, Capacity, Role
from schools.models.area import Cluster, School
from schools.models.dated import DatedModel, ends_after_start_constraint

MAX_PRINTED_TITLE = 200  # what each record that somebody signs has room for


class AccountHistoricalRecords(HistoricalRecords):
    """The account's changes; signing in writes its moment to the row, but changes nothing."""

    def post_save(
        self, instance: "User", created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        written = kwargs.get("update_fields")
        if written is None or not set(written) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, **kwargs)


class User(AbstractUser):
    """A person who signs in by user name; rights come from appointments, never from this row."""

    # One name instead of Django's two: a Thai name is written and sorted as a whole.
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    full_name = models.CharField("ชื่อที่แสดง", max_length=150)
    sort_key = ThaiSortKeyField(source="full_name")
    must_change_password = models.BooleanField("ต้องเปลี่ยนรหัสผ่าน", default=False)
    # When others last changed the access of this account, and until when its holder has read
    # what others did to the access of accounts: kept here so that home need not ask the log.
    access_changed_at = models.DateTimeField(null=True, editable=False)
    access_events_read_at = models.DateTimeField(null=True, editable=False)
    history = AccountHistoricalRecords(
        excluded_fields=[
            "password",
            "last_login",
            "sort_key",
            "access_changed_at",
            "access_events_read_at",
        ]
    )

    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "ผู้ใช้"
        verbose_name_plural = verbose_name

    def __str__(self) -> str:
        return self.full_name

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name


class Appointment(DatedModel):
    """A position that a person holds for some time, for the area, one cluster or one school.

    `title` is the position as printed on paper; `position_number` stands where other
    systems would ask for the national identity number. Who does not hold the position signs in a
    `capacity`, after the title of the position that they do hold, `own_title`, where it is known.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="appointments")
    role = models.CharField("บทบาท", max_length=30, choices=Role)
    cluster = models.ForeignKey(Cluster, models.PROTECT, null=True, blank=True)
    school = models.ForeignKey(
        School, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    title = models.CharField("ตำแหน่งที่พิมพ์ในเอกสาร", max_length=150, blank=True)
    position_number = models.CharField("ตำแหน่งเลขที่", max_length=20, blank=True)
    academic_standing = models.CharField(
        "วิทยฐานะ", max_length=20, choices=AcademicStanding, blank=True
    )
    capacity = models.CharField("ลักษณะการดำรงตำแหน่ง", max_length=20, choices=Capacity, blank=True)
    own_title = models.CharField("ตำแหน่งเดิมของผู้ทำการแทน", max_length=150, blank=True)
    # Since when, and by whose doing, this appointment signs nothing until a second person
    # confirms it.
    signing_withheld_at = models.DateTimeField("รอยืนยันการลงนามตั้งแต่", null=True, blank=True)
    signing_withheld_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+"
    )
    history = HistoricalRecords()

    # Added by access.load_appointments: the schools where it counts, by key, and whether another
    # person's appointment waits to be confirmed.
    places: list[int]
    others_wait: bool

    class Meta:
        verbose_name = "ตำแหน่ง"
        verbose_name_plural = verbose_name
        ordering = ("starts_on", "pk")
        constraints = (
            ends_after_start_constraint("post_ends_after_start"),
            models.CheckConstraint(
                condition=Q(signing_withheld_at=None, signing_withheld_by=None)
                | Q(signing_withheld_at__isnull=False, signing_withheld_by__isnull=False),
                name="post_withheld_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(own_title="") | ~Q(capacity=""),
                name="own_title_is_of_who_stands_in",
                violation_error_message="ผู้ดำรงตำแหน่งเองไม่ต้องระบุตำแหน่งเดิม",
            ),
            models.CheckConstraint(
                condition=Q(role__in=SCHOOL_ROLES, school__isnull=False, cluster=None)
                | Q(role__in=CLUSTER_ROLES, cluster__isnull=False, school=None)
                | (~Q(role__in=[*SCHOOL_ROLES, *CLUSTER_ROLES]) & Q(school=None)),
                name="post_scope_fits_role",
                violation_error_message=(
                    "ตำแหน่งในโรงเรียนต้องระบุโรงเรียน ประธานกลุ่มและ อ.ก.ต.ป.น. ต้องระบุกลุ่มโรงเรียน "
                    "ตำแหน่งอื่นต้องไม่ระบุโรงเรียน"
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.printed_title}"

    @property
    def printed_title(self) -> str:
        """The position with its capacity in one line; `signature_lines` breaks it for a paper."""
        own_title = f"{self.own_title} " if self.own_title else ""
        return f"{own_title}{self.get_capacity_display()}{self.title or self._usual_title()}"

    @property
    def title_with_place(self) -> str:
        """The title with the place where the appointment is held, unless the title names it
        already."""
        place = self.school.short_name if self.school else str(self.cluster or "")
        title = self.printed_title
        return title if place in title else f"{title} · {place}"

    def _usual_title(self) -> str:
        """As papers write it: a director with the school's name, a supervisor with the standing."""
        if self.role == Role.SCHOOL_DIRECTOR and self.school:
            return f"ผู้อำนวยการ{self.school.name}"
        if self.role == Role.SUPERVISOR:
            return f"{self.get_role_display()}{self.get_academic_standing_display()}"
        return self.get_role_display()


def signature_lines(printed_title: str) -> list[str]:
    """A printed title as it stands under a signature.

    The one's own position with the capacity, then below it the position that is stood in for.
    """
    for capacity in Capacity.labels:
        own, found, position = printed_title.partition(f" {capacity}")
        if found:
            return [own + found, position.strip()]
    return [printed_title] if printed_title else []


class PasswordLink(models.Model):
    """The way for the holder of a signing appointment to a password that nobody in the office sees.

    It is opened once, by whoever has its code, before it expires; only the digest is kept.
    """

    account = models.ForeignKey(User, models.PROTECT, related_name="password_links")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField("ออกเมื่อ")
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    expires_at = models.DateTimeField("ใช้ได้ถึง")
    opened_at = models.DateTimeField("เปิดเมื่อ", null=True, blank=True)
    withdrawn_at = models.DateTimeField("ยกเลิกเมื่อ", null=True, blank=True)

    class Meta:
        verbose_name = "ลิงก์ตั้งรหัสผ่าน"
        verbose_name_plural = verbose_name
        ordering = ("-issued_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(opened_at=None) | Q(withdrawn_at=None),
                name="password_link_opened_or_withdrawn",
            ),
            models.UniqueConstraint(
                fields=("account",),
                condition=Q(opened_at=None, withdrawn_at=None),
                name="one_open_password_link",
            ),
        )

    def __str__(self) -> str:
        return f"ลิงก์ตั้งรหัสผ่านของ{self.account}"

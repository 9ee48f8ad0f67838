from datetime import time
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from schools.core.errors import ActionRefused
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.url_cache import cached_url
from schools.enums import Grade
from schools.models import User
from supervision.assessments.models import AnswerSheet, RoundScopedQuerySet
from supervision.needs.enums import SupervisionMode
from supervision.rounds.models import Round
from supervision.visits.enums import (
    KINDS_JUDGING_NO_SCHOOL,
    VisitAction,
    VisitKind,
    VisitState,
)
from supervision.workflow.models import RevisableModel, TransitionRule, fields_required_in_states

SIGNED_STATES = (VisitState.SIGNED, VisitState.ACKNOWLEDGED)
BEGUN_STATES = (VisitState.RECORDING, *SIGNED_STATES)


def counted_q(path: str = "") -> Q:
    """Signed records that count, of a visit reached by `path`: of a school or of a classroom.

    A new version counts only once the school has acknowledged it.
    """
    acknowledged = Q(**{f"{path}state": VisitState.ACKNOWLEDGED})
    return acknowledged | Q(**{f"{path}state": VisitState.SIGNED, f"{path}version": 1})


def in_force_q(path: str = "") -> Q:
    """Signed records that count and judge the whole school."""
    return counted_q(path) & ~Q(**{f"{path}kind__in": KINDS_JUDGING_NO_SCHOOL})


class VisitQuerySet(RoundScopedQuerySet):
    """Visits with their records; each version of a record is a row of its own."""

    def not_cancelled(self) -> Self:
        """All but the cancelled ones."""
        return self.exclude(state=VisitState.CANCELLED)

    def of_whole_school(self) -> Self:
        """Visits that judge the school on its round's indicators, as step 4 asks."""
        return self.not_cancelled().exclude(kind__in=KINDS_JUDGING_NO_SCHOOL)

    def in_force(self) -> Self:
        """Signed records that count and judge the whole school."""
        return self.filter(in_force_q())

    def observations_in_force(self) -> Self:
        """Signed classroom observations that count: they describe a lesson and judge no school."""
        return self.filter(counted_q(), kind=VisitKind.CLASSROOM)

    def involving(self, person: User) -> Self:
        """Visits that the person leads or joins."""
        return self.filter(Q(leader=person) | Q(pk__in=person.visits_joined.values("pk")))

    def in_latest_version(self) -> Self:
        """One row for each visit: its newest version, cancelled ones left out."""
        newer = Visit.objects.not_cancelled().filter(
            round=OuterRef("round"), number=OuterRef("number"), version__gt=OuterRef("version")
        )
        return self.exclude(version__gt=1, state=VisitState.CANCELLED).filter(~Exists(newer))


class SignedCopyQuerySet(SchoolScopedQuerySet):
    """Scans of papers signed by hand; of removed ones only who removed them and why."""

    school_path = "visit__round__school"

    def present(self) -> Self:
        """Copies that have not been removed."""
        return self.filter(removed_at=None)


class Visit(RevisableModel):
    """One supervision visit to one school and its record (form 7.3, step 4).

    The record's scores and texts are an answer sheet; it is frozen when the leader signs,
    and the step is done when the school acknowledges. A mentoring visit has no sheet: its record
    is in words (records_of_kinds.py). What is signed is revised only by a
    new version that names the one before and keeps the visit's number.
    """

    TRANSITIONS = {
        VisitAction.PLAN: TransitionRule("นัดหมายการนิเทศ", ("",), VisitState.PLANNED),
        VisitAction.POSTPONE: TransitionRule(
            "เลื่อนนัดหมาย", (VisitState.PLANNED,), VisitState.PLANNED, needs_reason=True
        ),
        VisitAction.UPDATE: TransitionRule(
            "แก้ไขรายละเอียดนัดหมาย", (VisitState.PLANNED,), VisitState.PLANNED
        ),
        VisitAction.UPDATE_RECORD: TransitionRule(
            "แก้ไขรายละเอียดนัดหมาย", (VisitState.RECORDING,), VisitState.RECORDING
        ),
        VisitAction.CHANGE_LEADER: TransitionRule(
            "เปลี่ยนหัวหน้าคณะนิเทศ", (VisitState.PLANNED,), VisitState.PLANNED, needs_reason=True
        ),
        VisitAction.CHANGE_LEADER_OF_RECORD: TransitionRule(
            "เปลี่ยนหัวหน้าคณะนิเทศ",
            (VisitState.RECORDING,),
            VisitState.RECORDING,
            needs_reason=True,
        ),
        VisitAction.CANCEL: TransitionRule(
            "ยกเลิกการนิเทศ",
            (VisitState.PLANNED, VisitState.RECORDING),
            VisitState.CANCELLED,
            needs_reason=True,
        ),
        VisitAction.REVISE_RECORD: TransitionRule(
            "แก้ไขบันทึกเป็นฉบับใหม่", ("",), VisitState.RECORDING, needs_reason=True
        ),
        VisitAction.RECORD: TransitionRule(
            "เริ่มบันทึกการนิเทศ", (VisitState.PLANNED,), VisitState.RECORDING
        ),
        # Its name keeps quiet about raters: a refusal names the last move to the school too.
        VisitAction.ADOPT_AGREED: TransitionRule(
            "สรุปคะแนนลงในบันทึก",
            (VisitState.RECORDING,),
            VisitState.RECORDING,
            office_only=True,
        ),
        VisitAction.SIGN: TransitionRule(
            "ลงนามบันทึกการนิเทศ", (VisitState.RECORDING,), VisitState.SIGNED
        ),
        VisitAction.ACKNOWLEDGE: TransitionRule(
            "รับทราบผลการนิเทศ", (VisitState.SIGNED,), VisitState.ACKNOWLEDGED
        ),
    }
    REVISION_COPIES = (
        "round",
        "number",
        "visit_on",
        "starts_at",
        "ends_at",
        "kind",
        "mode",
        "purpose",
    )
    # Who revises a record leads it; team and sheet are copied once the copy has its key.
    REVISION_RESETS = (
        "version",
        "previous",
        "state",
        "leader",
        "team",
        "sheet",
        "signed_at",
        "signed_by",
        "signed_as",
        "acknowledged_at",
        "acknowledged_by",
        "acknowledged_as",
        "school_comment",
    )

    round = models.ForeignKey(Round, models.PROTECT, related_name="visits")
    number = models.PositiveSmallIntegerField("ครั้งที่")
    version = models.PositiveSmallIntegerField("ฉบับที่", default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_version"
    )
    state = models.CharField("สถานะ", max_length=20, choices=VisitState)
    visit_on = models.DateField("วันที่นิเทศ")
    starts_at = models.TimeField("เวลา", null=True, blank=True)
    ends_at = models.TimeField("ถึงเวลา", null=True, blank=True)
    kind = models.CharField(
        "ประเภทการนิเทศ", max_length=20, choices=VisitKind, default=VisitKind.ORDINARY
    )
    mode = models.CharField(
        "รูปแบบการนิเทศ", max_length=20, choices=SupervisionMode, default=SupervisionMode.ON_SITE
    )
    purpose = models.CharField("เรื่องที่นิเทศ", max_length=300)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="visits_led",
        verbose_name="หัวหน้าคณะนิเทศ",
    )
    team = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="visits_joined", blank=True, verbose_name="ผู้ร่วมนิเทศ"
    )
    sheet = models.OneToOneField(
        AnswerSheet, models.PROTECT, null=True, blank=True, related_name="visit"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_as = models.CharField(max_length=200, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    acknowledged_as = models.CharField(max_length=200, blank=True)
    school_comment = models.TextField("ความเห็นของโรงเรียน", blank=True)

    # Annotated by queries.with_last_reason and queries.with_leader_in_charge:
    last_reason: str | None
    leader_in_charge: bool

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = "การนิเทศ"
        verbose_name_plural = verbose_name
        ordering = ("round", "number", "version")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "number", "version"), name="one_visit_per_number_and_version"
            ),
            models.CheckConstraint(
                condition=Q(version=1, previous=None) | Q(version__gt=1, previous__isnull=False),
                name="amended_visit_names_the_one_before",
            ),
            models.CheckConstraint(
                condition=Q(state=VisitState.PLANNED, sheet=None)
                | Q(state__in=BEGUN_STATES, kind=VisitKind.MENTORING, sheet=None)
                | Q(state__in=BEGUN_STATES, sheet__isnull=False) & ~Q(kind=VisitKind.MENTORING)
                | Q(state=VisitState.CANCELLED),
                name="begun_record_has_its_sheet",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                name="visit_ends_after_it_starts",
                violation_error_message="เวลาสิ้นสุดต้องอยู่หลังเวลาเริ่ม",
            ),
            fields_required_in_states(
                "signed_visit_names_who_and_when", SIGNED_STATES, "signed_at", "signed_by"
            ),
            fields_required_in_states(
                "acknowledged_visit_names_who_and_when",
                [VisitState.ACKNOWLEDGED],
                "acknowledged_at",
                "acknowledged_by",
            ),
        )

    def __str__(self) -> str:
        return f"{self.label} {self.round}"

    @property
    def label(self) -> str:
        """Its number as people say it, with the version once it was revised."""
        return f"การนิเทศ{self.ordinal}"

    @property
    def ordinal(self) -> str:
        amended = f" ฉบับแก้ไขที่ {self.version - 1}" if self.version > 1 else ""
        return f"ครั้งที่ {self.number}{amended}"

    def get_absolute_url(self) -> str:
        return cached_url("visit", self.pk)

    @property
    def record_sheet(self) -> AnswerSheet:
        """The answer sheet of its record. Raises ActionRefused before the record is begun."""
        if self.sheet is None:
            raise ActionRefused("ยังไม่ได้เริ่มบันทึกการนิเทศครั้งนี้")
        return self.sheet

    @property
    def is_signed(self) -> bool:
        return self.state in SIGNED_STATES

    @property
    def is_cancelled(self) -> bool:
        return self.state == VisitState.CANCELLED

    @property
    def is_observation(self) -> bool:
        return self.kind == VisitKind.CLASSROOM

    @property
    def is_mentoring(self) -> bool:
        return self.kind == VisitKind.MENTORING

    @property
    def judges_no_school(self) -> bool:
        """Whether neither figures nor the round's decision rest on it."""
        return self.kind in KINDS_JUDGING_NO_SCHOOL

    @property
    def times(self) -> str:
        """The time as 09.30–11.30 น.; empty while only the day is planned."""
        if self.starts_at is None:
            return ""
        until = f"–{self.ends_at:%H.%M}" if self.ends_at else ""
        return f"{self.starts_at:%H.%M}{until} น."

    @property
    def is_outside_term(self) -> bool:
        """Whether its day lies outside its round's term, for which it counts all the same."""
        return not self.round.term.is_running_on(self.visit_on)

    def clashes_with(self, other: "Visit") -> bool:
        """Whether nobody could be at both: the same day, and times that overlap or are unknown."""
        if self.visit_on != other.visit_on:
            return False
        if self.starts_at is None or other.starts_at is None:
            return True
        ends = [visit.ends_at or time.max for visit in (self, other)]
        return self.starts_at < ends[1] and other.starts_at < ends[0]


class Observation(models.Model):
    """The lesson that a classroom observation is about; its form is the visit's answer sheet.

    The teacher stands here by role or initials only and is never shown in public.
    """

    visit = models.OneToOneField(Visit, models.CASCADE, related_name="observation")
    teacher = models.CharField("ครูผู้รับการสังเกต (ตำแหน่งหรืออักษรย่อ)", max_length=60)
    grade = models.PositiveSmallIntegerField("ชั้น", choices=Grade)
    subject = models.CharField("วิชาหรือกิจกรรม", max_length=100)
    lesson = models.CharField("เรื่องที่สอน", max_length=200, blank=True)

    class Meta:
        verbose_name = "การสังเกตชั้นเรียน"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=Q(grade__in=Grade.values), name="observed_grade_is_taught_somewhere"
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} {self.get_grade_display()}"


class Rating(models.Model):
    """The scores of one member of the team, from which the leader completes the one record.

    Kept with the record, whatever the leader chose.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="ratings")
    rater = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings", verbose_name="ผู้ให้คะแนน"
    )
    sheet = models.OneToOneField(AnswerSheet, models.PROTECT, related_name="rating")
    submitted_at = models.DateTimeField("ส่งเมื่อ", null=True, blank=True)

    class Meta:
        verbose_name = "คะแนนของผู้ร่วมนิเทศ"
        verbose_name_plural = verbose_name
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=("visit", "rater"), name="one_rating_per_rater"),
        )

    def __str__(self) -> str:
        return f"{self.rater} {self.visit}"


class SignedCopy(models.Model):
    """A scan of the paper that was signed by hand, which is the legally binding one.

    One attached by mistake keeps this row and loses its file.
    """

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="signed_copies")
    file = models.FileField(upload_to="signed/%Y/%m/", blank=True)
    name = models.CharField("ชื่อไฟล์", max_length=200)
    size = models.PositiveIntegerField("ขนาด (ไบต์)")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    removal_reason = models.TextField("เหตุผลที่นำออก", blank=True)

    objects = SignedCopyQuerySet.as_manager()

    class Meta:
        verbose_name = "สำเนาบันทึกที่ลงนาม"
        verbose_name_plural = verbose_name
        ordering = ("at", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(removed_at=None, removed_by=None, removal_reason="") & ~Q(file="")
                | Q(removed_at__isnull=False, removed_by__isnull=False, file="")
                & ~Q(removal_reason=""),
                name="removed_copy_names_who_and_why_and_has_no_file",
            ),
            models.UniqueConstraint(
                fields=("visit", "sha256"),
                condition=Q(removed_at=None) & ~Q(sha256=""),
                name="one_copy_of_the_same_content",
                violation_error_message="ไฟล์นี้แนบไว้กับบันทึกนี้แล้ว",
            ),
        )

    def __str__(self) -> str:
        return self.name

"""What schools learn from each other in a drive: exchange events, and what a school asks for."""

from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from schools.access import Permission, rights_of
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.practices.models import GoodPractice
from supervision.programmes.models import Forum, NetworkMember
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.exchange.enums import (
    STUDY_REQUEST_PILLS,
    StudyRequestAction,
    StudyRequestKind,
    StudyRequestState,
)
from supervision.quality_drive.models.drives import QualityDrive
from supervision.workflow.models import TransitionRule, WorkflowModel


class ExchangeEvent(models.Model):
    """An academic forum that a drive holds to exchange what went well (E, 7.3).

    Programme, invited practices and attendance by post are the forum's own.
    """

    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="exchange_events")
    forum = models.OneToOneField(
        Forum, models.PROTECT, related_name="exchange_event", verbose_name="เวทีวิชาการ"
    )

    class Meta:
        verbose_name = "เวทีแลกเปลี่ยนเรียนรู้"
        verbose_name_plural = verbose_name
        ordering = ("drive", "-forum__starts_on", "pk")

    def __str__(self) -> str:
        return str(self.forum)

    def get_absolute_url(self) -> str:
        return cached_url("exchange_event", self.pk)


class Takeaway(models.Model):
    """What a school took home from an exchange event, and what it will try by when."""

    event = models.ForeignKey(ExchangeEvent, models.PROTECT, related_name="takeaways")
    school = models.ForeignKey(School, models.PROTECT, related_name="takeaways")
    practice = models.ForeignKey(
        GoodPractice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="takeaways",
        verbose_name="จากผลงาน",
    )
    text = models.TextField("สิ่งที่ได้เรียนรู้และจะนำไปใช้")
    try_by = models.DateField("จะนำไปใช้ภายในวันที่", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SchoolScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "สิ่งที่นำกลับไปใช้"
        verbose_name_plural = verbose_name
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return self.text


class PracticeDimension(models.Model):
    """A dimension of quality that a good practice answers, as the office reads it.

    It says what the practice is about, never how its school was judged.
    """

    practice = models.ForeignKey(
        GoodPractice, models.PROTECT, related_name="quality_dimensions", verbose_name="ผลงาน"
    )
    code = models.CharField("ด้าน", max_length=5, choices=DimensionCode)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)
    history = HistoricalRecords()

    class Meta:
        verbose_name = "ด้านคุณภาพของผลงาน"
        verbose_name_plural = verbose_name
        ordering = ("practice", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("practice", "code"), name="one_dimension_of_a_practice_per_code"
            ),
        )

    def __str__(self) -> str:
        return self.get_code_display()


class StudyRequestQuerySet(SchoolScopedQuerySet):
    """What schools asked for, and appointments at schools that are visited."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of schools the person sees, and those for which their school was given a day."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_SCHOOL):
            return self
        seen = rights.schools(Permission.VIEW_SCHOOL)
        return self.filter(Q(school__in=seen) | self._arranged_with(seen))

    def concerning(self, schools: Iterable[int] | models.QuerySet) -> Self:
        """What these schools asked for, and what was arranged with them as hosts."""
        return self.filter(Q(school__in=schools) | self._arranged_with(schools))

    def arranged_with(self, schools: Iterable[int] | models.QuerySet) -> Self:
        """Those that were given a day at one of these schools, also where it came to nothing."""
        return self.filter(self._arranged_with(schools))

    def _arranged_with(self, schools: Iterable[int] | models.QuerySet) -> Q:
        host = Q(practice__round__school__in=schools) | Q(member__school__in=schools)
        return Q(arranged_on__isnull=False) & host


class StudyRequest(WorkflowModel):
    """A school asks to see a practice at another school, or for a mentor from the networks.

    The school that is visited learns of it once a day is arranged: which school comes, when, for
    which practice, and the arrangement; never what was asked, learned, or why it came to nothing.
    """

    TRANSITIONS = {
        StudyRequestAction.SEND: TransitionRule("ส่งคำขอ", ("",), StudyRequestState.SENT),
        StudyRequestAction.ARRANGE: TransitionRule(
            "นัดหมายให้",
            (StudyRequestState.SENT, StudyRequestState.ARRANGED),
            StudyRequestState.ARRANGED,
        ),
        StudyRequestAction.FINISH: TransitionRule(
            "บันทึกสิ่งที่ได้เรียนรู้", (StudyRequestState.ARRANGED,), StudyRequestState.DONE
        ),
        StudyRequestAction.DECLINE: TransitionRule(
            "แจ้งว่ายังจัดให้ไม่ได้",
            (StudyRequestState.SENT, StudyRequestState.ARRANGED),
            StudyRequestState.DECLINED,
            needs_reason=True,
        ),
        StudyRequestAction.WITHDRAW: TransitionRule(
            "ถอนคำขอ",
            (StudyRequestState.SENT, StudyRequestState.ARRANGED),
            StudyRequestState.WITHDRAWN,
        ),
    }

    school = models.ForeignKey(School, models.PROTECT, related_name="study_requests")
    drive = models.ForeignKey(QualityDrive, models.PROTECT, related_name="study_requests")
    kind = models.CharField("คำขอ", max_length=10, choices=StudyRequestKind)
    state = models.CharField("สถานะ", max_length=20, choices=StudyRequestState)
    practice = models.ForeignKey(
        GoodPractice,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="study_requests",
        verbose_name="ผลงานที่ขอไปศึกษา",
    )
    member = models.ForeignKey(
        NetworkMember,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="study_requests",
        verbose_name="พี่เลี้ยงจากเครือข่าย",
    )
    text = models.TextField("สิ่งที่ต้องการเรียนรู้")
    preferred_on = models.DateField("วันที่สะดวก", null=True, blank=True)
    arranged_on = models.DateField("วันที่นัดหมาย", null=True, blank=True)
    arrangement = models.TextField("รายละเอียดการนัดหมาย", blank=True)
    learned = models.TextField("สิ่งที่ได้เรียนรู้", blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = StudyRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "คำขอเรียนรู้จากโรงเรียนอื่น"
        verbose_name_plural = verbose_name
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind=StudyRequestKind.VISIT, practice__isnull=False, member=None)
                | Q(kind=StudyRequestKind.MENTOR, practice=None),
                name="study_request_names_what_its_kind_asks",
            ),
            models.CheckConstraint(
                condition=~Q(state=StudyRequestState.ARRANGED)
                | (Q(arranged_on__isnull=False) & ~Q(arrangement="")),
                name="arranged_study_request_says_when_and_how",
                violation_error_message="โปรดระบุวันที่และรายละเอียดการนัดหมาย",
            ),
            models.CheckConstraint(
                condition=~Q(state=StudyRequestState.DONE) | ~Q(learned=""),
                name="finished_study_request_says_what_was_learned",
                violation_error_message="โปรดระบุสิ่งที่ได้เรียนรู้",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.school}"

    def get_absolute_url(self) -> str:
        return cached_url("study_request", self.pk)

    @property
    def pill(self) -> StatusKind:
        """The sign of its state."""
        return STUDY_REQUEST_PILLS[StudyRequestState(self.state)]

    @property
    def host(self) -> School | None:
        """The school that is visited or sends the mentor; none for somebody from elsewhere."""
        if self.practice:
            return self.practice.school
        return self.member.school if self.member else None

    @property
    def subject(self) -> str:
        """What it is about: the practice, the mentor by post, or that any mentor will do."""
        return str(self.practice or self.member or "พี่เลี้ยงที่สำนักงานเห็นว่าเหมาะสม")

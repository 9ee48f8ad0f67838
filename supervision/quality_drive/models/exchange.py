"""What schools learn from each other in a drive: exchange events, and what a school asks for."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.core.querysets import SchoolScopedQuerySet
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import School
from supervision.practices.models import GoodPractice
from supervision.programmes.models import Forum, NetworkMember
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


class StudyRequest(WorkflowModel):
    """A school asks to see a practice at another school, or for a mentor from the networks."""

    TRANSITIONS = {
        StudyRequestAction.SEND: TransitionRule("ส่งคำขอ", ("",), StudyRequestState.SENT),
        StudyRequestAction.ARRANGE: TransitionRule(
            "นัดหมายให้", (StudyRequestState.SENT,), StudyRequestState.ARRANGED
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

    objects = SchoolScopedQuerySet.as_manager()

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

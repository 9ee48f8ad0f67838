import re
from typing import Self, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q

from reports.certificates.enums import CertificateAction, CertificateState
from reports.certificates.schema import CertificateSnapshot
from reports.verification import new_verification_code
from schools.access import Permission, rights_of
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.thai import arabic_digits
from schools.core.url_cache import cached_url
from schools.models import User
from supervision.practices.models import GoodPractice
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.models import Honour
from supervision.rounds.models import Round
from supervision.workflow.models import TransitionRule, WorkflowModel

NUMBER_WITH_YEAR = re.compile(r"([0-9]{1,5})\s*(?:/\s*([0-9]{4}))?")


class CertificateQuerySet(SchoolScopedQuerySet):
    """Lines of the register of certificates; a school sees its own."""

    school_path = "practice__round__school"

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of practices as practices are seen; those of honours as the honours are.

        A school sees each that it was given, whatever became of the honour.
        """
        rights = rights_of(user)
        of_practice = super().visible_to(user).filter(honour=None)
        given = Q(honour__in=Honour.objects.visible_to(user).order_by().values("pk"))
        if not rights.allows(Permission.VIEW_SCHOOL):
            given &= Q(honour__school__in=rights.schools(Permission.VIEW_SCHOOL))
        own = Q(honour__school__in=rights.schools(Permission.VIEW_OWN_PLACE))
        return self.filter(Q(pk__in=of_practice.order_by().values("pk")) | given | own)

    def issued(self) -> Self:
        """Those that are good: neither cancelled, nor given for an honour that was revoked."""
        return self.filter(state=CertificateState.ISSUED).exclude(honour__state=HonourState.REVOKED)

    def search(self, words: str) -> Self:
        """By recipient or title, or by a number as it is printed: 12 or 12/2569."""
        said = Q(recipient__icontains=words) | Q(title__icontains=words)
        if match := NUMBER_WITH_YEAR.fullmatch(arabic_digits(words)):
            number, year = match.groups()
            said |= Q(number=number, year=year) if year else Q(number=number)
        return self.filter(said)


class Certificate(WorkflowModel):
    """One line of the register of certificates (ทะเบียนคุมเกียรติบัตร).

    It is given for a selected good practice, or for an honour that a meeting awarded; the title
    of the latter is the category, its level the drive's year.

    Numbers run within a year of the Buddhist Era. Recipient, title and level are as they were on
    the day of issue; the paper is made from the `snapshot` alone, a CertificateSnapshot.
    """

    TRANSITIONS = {
        CertificateAction.ISSUE: TransitionRule("ออกเกียรติบัตร", ("",), CertificateState.ISSUED),
        CertificateAction.CANCEL: TransitionRule(
            "ยกเลิกเกียรติบัตร",
            (CertificateState.ISSUED,),
            CertificateState.CANCELLED,
            needs_reason=True,
        ),
    }

    practice = models.ForeignKey(
        GoodPractice, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    honour = models.ForeignKey(
        Honour, models.PROTECT, null=True, blank=True, related_name="certificates"
    )
    state = models.CharField("สถานะ", max_length=20, choices=CertificateState)
    year = models.PositiveSmallIntegerField("ปี พ.ศ.")
    number = models.PositiveIntegerField("เลขที่")
    recipient = models.CharField("ให้ไว้แก่", max_length=150)
    title = models.CharField("ชื่อผลงานหรือรางวัล", max_length=200)
    level = models.CharField("ระดับ", max_length=60)
    given_on = models.DateField("ให้ไว้ ณ วันที่")
    code = models.CharField(max_length=12, unique=True, default=new_verification_code)
    issued_at = models.DateTimeField("ออกเมื่อ")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_as = models.CharField("ลงนามในตำแหน่ง", max_length=200, blank=True)
    snapshot = models.JSONField()
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = "เกียรติบัตร"
        verbose_name_plural = verbose_name
        ordering = ("-year", "-number")
        constraints = (
            models.UniqueConstraint(fields=("year", "number"), name="one_certificate_per_number"),
            models.UniqueConstraint(
                fields=("practice",),
                condition=Q(state=CertificateState.ISSUED),
                name="one_certificate_in_force_per_practice",
            ),
            models.UniqueConstraint(
                fields=("honour",),
                condition=Q(state=CertificateState.ISSUED),
                name="one_certificate_in_force_per_honour",
            ),
            models.CheckConstraint(
                condition=Q(practice__isnull=False, honour=None)
                | Q(practice=None, honour__isnull=False),
                name="certificate_is_for_a_practice_or_an_honour",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="certificates_count_from_1"),
        )

    def __str__(self) -> str:
        return f"เกียรติบัตรเลขที่ {self.printed_number}"

    def get_absolute_url(self) -> str:
        return cached_url("certificate", self.pk)

    @property
    def printed_number(self) -> str:
        """Number and year, as they stand on the paper."""
        return f"{self.number}/{self.year}"

    @property
    def round(self) -> Round | None:
        """The round of its practice, by which the log knows its school; none of the unit's own."""
        return self.practice.round if self.practice else None

    @property
    def school_id(self) -> int | None:
        """The honoured school, by which the log knows it; that of a practice is its round's."""
        return self.honour.school_id if self.honour else None

    @property
    def is_cancelled(self) -> bool:
        return self.state == CertificateState.CANCELLED

    @property
    def is_revoked(self) -> bool:
        """Whether a meeting took back the honour that it was given for."""
        return self.honour is not None and self.honour.is_revoked

    @property
    def is_good(self) -> bool:
        return not (self.is_cancelled or self.is_revoked)

    @property
    def state_word(self) -> str:
        """Its state as people read it."""
        return "เพิกถอนรางวัลแล้ว" if self.is_revoked else self.get_state_display()

    @property
    def purpose(self) -> str:
        """What it is given for, in words of the register."""
        return "ยกย่องเชิดชูเกียรติ" if self.honour_id else "วิธีปฏิบัติที่เป็นเลิศ"

    @property
    def frozen(self) -> CertificateSnapshot:
        """What its paper is made from."""
        return cast("CertificateSnapshot", self.snapshot)  # written by issue_certificates alone

from functools import partial
from typing import Self, cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from reports.api.models import ApiToken as ApiToken
from reports.book.models import BookJob as BookJob
from reports.certificates.models import Certificate as Certificate
from reports.composer.models import Composition as Composition
from reports.composer.models import CompositionPart as CompositionPart
from reports.composer.models import PartVersion as PartVersion
from reports.data.schema import ReportSnapshot
from reports.enums import DocumentAction, DocumentKind, DocumentState
from reports.handbook.models import Handbook as Handbook
from reports.handbook.models import HandbookJob as HandbookJob
from reports.memos.models import Memo as Memo
from reports.papers.models import PaperBundle as PaperBundle
from reports.papers.models import VisitNotice as VisitNotice
from reports.verification import new_verification_code
from reports.word.models import OfficeWordTemplate as OfficeWordTemplate
from schools.access import Permission, can, rights_of
from schools.core.file_responses import is_stored
from schools.core.url_cache import cached_url
from schools.models import AcademicYear, Cluster, ClusterMembership, Term, User
from supervision.assessments.models import RoundScopedQuerySet
from supervision.quality_drive.models import QualityDrive
from supervision.rounds.models import Round
from supervision.workflow.models import RevisableModel, TransitionRule, fields_required_in_states

ISSUED_STATES = (DocumentState.ISSUED, DocumentState.PUBLISHED)
INTERIM_TITLE = "รายงานผลการนิเทศระหว่างปีการศึกษา"
WHOLE_AREA = "ทุกโรงเรียนในสังกัด"  # what a summary without a cluster is of

# What the office does with a report before it is signed; the school learns of the signed one.
office_only_transition = partial(TransitionRule, office_only=True)


def report_file_path(document: "IssuedDocument", filename: str) -> str:
    return f"documents/{document.code}/{filename}"


class IssuedDocumentQuerySet(RoundScopedQuerySet):
    """Lines of the register; several may be versions of one report."""

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The area's readers see all; others what is issued on schools that they may read.

        A cluster's summary is read by its sub-committee: who reads and looks on at all schools that
        were in the cluster since the term opened. No school's own people do, for its trend goes
        back to schools that had left by then.
        """
        if can(user, Permission.VIEW_REPORTS):
            return self
        rights = rights_of(user)
        readable = rights.schools(Permission.VIEW_SCHOOL)
        looked_on = rights.schools(Permission.VIEW_PROGRESS)
        looked_on |= rights.schools(Permission.VIEW_REPORTS)
        members = ClusterMembership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=OuterRef("term__opens_on")),
            cluster=OuterRef("cluster"),
        )
        reads_all = Exists(members) & ~Exists(members.exclude(school__in=readable & looked_on))
        return self.issued().filter(Q(round__school__in=readable) | reads_all)

    def issued(self) -> Self:
        """Signed ones, published or not."""
        return self.filter(state__in=ISSUED_STATES)

    def of_same_report(self, document: "IssuedDocument") -> Self:
        """All versions of one report."""
        return self.filter(
            round=document.round_id,
            academic_year=document.academic_year_id,
            term=document.term_id,
            cluster=document.cluster_id,
            drive=document.drive_id,
        )

    def not_discarded(self) -> Self:
        """All but corrected versions that were given up."""
        return self.exclude(state=DocumentState.DISCARDED)

    def with_is_replaced(self) -> Self:
        """Each with `is_replaced`: whether a corrected version of it was signed."""
        # No cluster is a value too: two summaries of the whole area are of the same report.
        same_summary = Q(term=OuterRef("term"), cluster_or_0=Coalesce(OuterRef("cluster"), 0))
        same = Q(round=OuterRef("round")) | Q(academic_year=OuterRef("academic_year"))
        same |= Q(drive=OuterRef("drive"))
        rows = IssuedDocument.objects.alias(cluster_or_0=Coalesce("cluster", 0))
        later = rows.filter(same | same_summary, version__gt=OuterRef("version"))
        return self.annotate(is_replaced=Exists(later.issued()))


class IssuedDocument(RevisableModel):
    """One line of the register of issued documents (step 7).

    It is a report on one round (kind `term`), on one academic year (kind `year`), on one term of
    all schools or of those of one cluster (kind `summary`; for all, `cluster` is None), or on a
    year's quality drive (kind `drive`). Issuing
    freezes `snapshot`, a ReportSnapshot from which the PDF is made, and nothing changes it again:
    what is found wrong later is corrected in a new version that names the one before.
    Publishing an allowed summary is a second, separate act. The printed QR opens the page that
    verifies `code`.
    """

    TRANSITIONS = {
        DocumentAction.PREPARE: office_only_transition("เสนอลงนาม", ("",), DocumentState.PREPARED),
        DocumentAction.REVISE: office_only_transition(
            "เสนอฉบับแก้ไข", ("",), DocumentState.PREPARED, needs_reason=True
        ),
        DocumentAction.RETURN: office_only_transition(
            "ส่งกลับให้แก้ไข", (DocumentState.PREPARED,), DocumentState.RETURNED, needs_reason=True
        ),
        DocumentAction.PREPARE_AGAIN: office_only_transition(
            "เสนอลงนามอีกครั้ง", (DocumentState.RETURNED,), DocumentState.PREPARED
        ),
        DocumentAction.DISCARD: office_only_transition(
            "ยกเลิกฉบับแก้ไข", (DocumentState.RETURNED,), DocumentState.DISCARDED, needs_reason=True
        ),
        DocumentAction.ISSUE: TransitionRule(
            "ลงนามออกรายงาน", (DocumentState.PREPARED,), DocumentState.ISSUED
        ),
        DocumentAction.PUBLISH: TransitionRule(
            "เผยแพร่", (DocumentState.ISSUED,), DocumentState.PUBLISHED
        ),
        DocumentAction.WITHDRAW: TransitionRule(
            "ถอนการเผยแพร่", (DocumentState.PUBLISHED,), DocumentState.ISSUED, needs_reason=True
        ),
    }
    REVISION_COPIES = (
        "kind",
        "round",
        "academic_year",
        "term",
        "cluster",
        "drive",
        "cover_number",
        "not_interim_reason",
        "is_sample",
    )
    REVISION_RESETS = (
        "is_interim",
        "version",
        "previous",
        "state",
        "number",
        "code",
        "prepared_by",
        "prepared_as",
        "prepared_at",
        "issued_at",
        "issued_by",
        "issued_as",
        "snapshot",
        "template_version",
        "file",
        "sha256",
    )

    kind = models.CharField("ประเภท", max_length=10, choices=DocumentKind)
    round = models.ForeignKey(Round, models.PROTECT, null=True, blank=True, related_name="reports")
    academic_year = models.ForeignKey(
        AcademicYear, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    term = models.ForeignKey(
        Term, models.PROTECT, null=True, blank=True, related_name="summary_reports"
    )
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, null=True, blank=True, related_name="summary_reports"
    )
    drive = models.ForeignKey(
        QualityDrive, models.PROTECT, null=True, blank=True, related_name="reports"
    )
    version = models.PositiveSmallIntegerField("ฉบับที่", default=1)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="next_version"
    )
    state = models.CharField("สถานะ", max_length=20, choices=DocumentState)
    number = models.CharField("เลขที่", max_length=50, unique=True)
    cover_number = models.CharField("ลำดับเอกสารบนปก", max_length=60, blank=True)
    # A year's report before the year is over is called interim, unless a reason is given.
    is_interim = models.BooleanField("รายงานระหว่างปี", default=False)
    not_interim_reason = models.CharField("เหตุผลที่ไม่ใช้ชื่อรายงานระหว่างปี", max_length=500, blank=True)
    code = models.CharField(max_length=12, unique=True, default=new_verification_code)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_as = models.CharField(max_length=200, blank=True)
    prepared_at = models.DateTimeField(default=timezone.now)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    issued_as = models.CharField(max_length=200, blank=True)
    snapshot = models.JSONField(null=True, blank=True)
    template_version = models.CharField(max_length=20, blank=True)
    file = models.FileField(upload_to=report_file_path, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    is_sample = models.BooleanField("ตัวอย่าง", default=False)

    is_replaced: bool  # annotated by IssuedDocumentQuerySet.with_is_replaced

    objects = IssuedDocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "รายงาน"
        verbose_name_plural = verbose_name
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    kind=DocumentKind.TERM,
                    round__isnull=False,
                    academic_year=None,
                    term=None,
                    cluster=None,
                    drive=None,
                )
                | Q(
                    kind=DocumentKind.YEAR,
                    round=None,
                    academic_year__isnull=False,
                    term=None,
                    cluster=None,
                    drive=None,
                )
                | Q(
                    kind=DocumentKind.SUMMARY,
                    round=None,
                    academic_year=None,
                    term__isnull=False,
                    drive=None,
                )
                | Q(
                    kind=DocumentKind.DRIVE,
                    round=None,
                    academic_year=None,
                    term=None,
                    cluster=None,
                    drive__isnull=False,
                ),
                name="report_is_on_what_its_kind_says",
            ),
            models.UniqueConstraint(fields=("round", "version"), name="one_report_per_version"),
            models.UniqueConstraint(
                fields=("academic_year", "version"), name="one_year_report_per_version"
            ),
            models.UniqueConstraint(
                fields=("term", "version"),
                condition=Q(cluster=None),
                name="one_area_summary_per_version",
            ),
            models.UniqueConstraint(
                fields=("term", "cluster", "version"), name="one_cluster_summary_per_version"
            ),
            models.UniqueConstraint(
                fields=("drive", "version"), name="one_drive_report_per_version"
            ),
            models.CheckConstraint(
                condition=Q(version=1, previous=None) | Q(version__gt=1, previous__isnull=False),
                name="revised_report_names_the_one_before",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.DISCARDED) | Q(version__gt=1),
                name="only_a_revised_report_is_discarded",
            ),
            models.CheckConstraint(
                condition=Q(is_interim=False)
                | Q(kind=DocumentKind.YEAR, is_interim=True, not_interim_reason=""),
                name="interim_is_a_year_report_without_a_reason",
            ),
            fields_required_in_states(
                "issued_report_is_frozen", ISSUED_STATES, "issued_at", "issued_by", "snapshot"
            ),
            models.CheckConstraint(
                condition=Q(file="", sha256="") | (~Q(file="") & ~Q(sha256="")),
                name="report_file_has_its_digest",
            ),
        )

    def __str__(self) -> str:
        about = self.round or self.academic_year or self.subject
        return f"{self.title} {about}{self.revision}"

    @property
    def title(self) -> str:
        """What it is called on its cover and in the register, before its subject."""
        return INTERIM_TITLE if self.is_interim else self.get_kind_display()

    @property
    def subject(self) -> str:
        """What it reports on, in words for the public: whose term, or the year."""
        if self.round:
            return f"{self.round.school} ภาคเรียนที่ {self.round.term}"
        if self.term:
            return f"{self.cluster or WHOLE_AREA} ภาคเรียนที่ {self.term}"
        if self.drive:
            return f"ปีการศึกษา {self.drive.academic_year}"
        return str(self.academic_year)

    def get_absolute_url(self) -> str:
        return cached_url("report", self.pk)

    @property
    def draft_target(self) -> str:
        """What it reports on, in the address of its draft (reports/drafts.py)."""
        if self.round_id:
            return str(self.round_id)
        if self.academic_year:
            return str(self.academic_year.year)
        if self.drive:
            return str(self.drive.academic_year.year)
        return f"{self.term_id}-{self.cluster_id}" if self.cluster_id else str(self.term_id)

    @property
    def revision(self) -> str:
        """Which correction it is, as it follows its name; empty for the first version."""
        return f" ฉบับแก้ไขที่ {self.version - 1}" if self.version > 1 else ""

    @property
    def is_issued(self) -> bool:
        return self.state in ISSUED_STATES

    @property
    def frozen(self) -> ReportSnapshot:
        """What signing froze. Raises ValueError for a document that is not issued."""
        if self.snapshot is None:
            raise ValueError(f"report {self.pk} is not issued")
        return cast("ReportSnapshot", self.snapshot)  # written by issue_report alone

    @property
    def has_file(self) -> bool:
        """Whether its PDF was made and is still in the storage."""
        return is_stored(self.file)


class EarlierFile(models.Model):
    """The digest of a report's PDF that was lost and made anew from the same frozen figures.

    Copies of the lost file remain in use; their digest proves them.
    """

    document = models.ForeignKey(
        IssuedDocument, models.PROTECT, related_name="earlier_files", verbose_name="รายงาน"
    )
    sha256 = models.CharField(max_length=64)
    replaced_at = models.DateTimeField("จัดทำใหม่เมื่อ")

    class Meta:
        verbose_name = "ไฟล์เดิมของรายงาน"
        verbose_name_plural = verbose_name
        ordering = ("-replaced_at", "-pk")

    def __str__(self) -> str:
        return f"{self.document} {self.sha256}"

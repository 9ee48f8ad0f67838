"""How far the making of a book is, and the drafts that came of it."""

from django.db import models
from django.db.models import F, Q

from reports.book.enums import ACTIVE_STATES, BookJobState
from reports.enums import DocumentKind
from schools.core.file_responses import is_stored
from schools.models import AcademicYear, Cluster, Term
from supervision.quality_drive.models import QualityDrive


def draft_file_path(job: "BookJob", filename: str) -> str:
    return f"drafts/{filename}"


class DrawingJob(models.Model):
    """The making of a joined PDF in the background, with how far it is.

    `attempt` counts how often it was begun: an earlier attempt that still runs ends when it finds
    a later one. Of `parts` in the file, `to_draw` were not kept from before, and `drawn` of them
    are drawn by now.
    """

    state = models.CharField(
        "สถานะ", max_length=10, choices=BookJobState, default=BookJobState.WAITING
    )
    attempt = models.PositiveIntegerField("ครั้งที่จัดทำ", default=0)
    parts = models.PositiveIntegerField("จำนวนส่วน", default=0)
    to_draw = models.PositiveIntegerField("ส่วนที่ต้องจัดทำ", default=0)
    drawn = models.PositiveIntegerField("ส่วนที่จัดทำแล้ว", default=0)
    asked_at = models.DateTimeField("ขอเมื่อ", null=True, blank=True)
    done_at = models.DateTimeField("เสร็จเมื่อ", null=True, blank=True)

    class Meta:
        abstract = True

    file: models.FileField

    @property
    def is_active(self) -> bool:
        return self.state in ACTIVE_STATES

    @property
    def has_file(self) -> bool:
        """Whether its PDF was made and is still in the storage."""
        return is_stored(self.file)


def drawn_parts_constraint(name: str) -> models.CheckConstraint:
    """No more parts are drawn than had to be, nor had to be than there are."""
    return models.CheckConstraint(
        condition=Q(drawn__lte=F("to_draw"), to_draw__lte=F("parts")), name=name
    )


class BookJob(DrawingJob):
    """The making of the book of an issued document, or of the draft of a report.

    A draft is of a year's report, of a drive's, or of a term's summary, there of one `cluster` or
    of the whole area. There is one row for each, however many people ask and however often. A
    draft's PDF is `file`; that of a document is the document's.
    """

    document = models.OneToOneField(
        "reports.IssuedDocument", models.CASCADE, null=True, blank=True, related_name="book_job"
    )
    academic_year = models.OneToOneField(
        AcademicYear, models.CASCADE, null=True, blank=True, related_name="draft_job"
    )
    term = models.ForeignKey(Term, models.CASCADE, null=True, blank=True, related_name="+")
    cluster = models.ForeignKey(Cluster, models.CASCADE, null=True, blank=True, related_name="+")
    drive = models.OneToOneField(
        QualityDrive, models.CASCADE, null=True, blank=True, related_name="draft_job"
    )
    file = models.FileField(upload_to=draft_file_path, blank=True)

    class Meta:
        verbose_name = "การจัดทำเล่มรายงาน"
        verbose_name_plural = verbose_name
        constraints = (
            models.CheckConstraint(
                condition=Q(
                    document__isnull=False,
                    academic_year=None,
                    term=None,
                    cluster=None,
                    drive=None,
                    file="",
                )
                | Q(document=None, academic_year__isnull=False, term=None, cluster=None, drive=None)
                | Q(document=None, academic_year=None, term__isnull=False, drive=None)
                | Q(
                    document=None, academic_year=None, term=None, cluster=None, drive__isnull=False
                ),
                name="book_job_is_of_a_document_or_a_draft",
            ),
            models.UniqueConstraint(
                fields=("term",),
                condition=Q(cluster=None, term__isnull=False),
                name="one_draft_job_per_term",
            ),
            models.UniqueConstraint(
                fields=("term", "cluster"), name="one_draft_job_per_term_and_cluster"
            ),
            drawn_parts_constraint("book_job_draws_no_more_than_there_is"),
        )

    def __str__(self) -> str:
        return str(self.document or self.academic_year or self.term or self.drive)

    @property
    def kind(self) -> DocumentKind:
        """What the report covers whose draft it is."""
        if self.drive_id:
            return DocumentKind.DRIVE
        return DocumentKind.YEAR if self.academic_year_id else DocumentKind.SUMMARY

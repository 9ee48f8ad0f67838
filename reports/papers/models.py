from typing import Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.urls import reverse

from reports.book.enums import BookJobState
from reports.book.models import DrawingJob, drawn_parts_constraint
from reports.papers.enums import BundleContent, VisitNoticeAction, VisitNoticeState
from schools.access import Permission, can
from schools.core.querysets import SchoolScopedQuerySet
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from schools.models import Term, User
from supervision.rounds.models import Round
from supervision.visits.models import Visit
from supervision.workflow.models import TransitionRule, WorkflowModel, fields_required_in_states

MAX_BODY_LENGTH = 6000
BUNDLE_PILLS = {
    BookJobState.WAITING: StatusKind.WAITING,
    BookJobState.DRAWING: StatusKind.WAITING,
    BookJobState.DONE: StatusKind.DONE,
    BookJobState.CANCELLED: StatusKind.IDLE,
    BookJobState.FAILED: StatusKind.LATE,
}


def filled_lines(text: str) -> list[str]:
    """The lines of a text that hold words."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def numbered_lines(text: str) -> list[str]:
    """Lines as an official letter lists them: with numbers where there are several."""
    lines = filled_lines(text)
    return lines if len(lines) < 2 else [f"{at}. {line}" for at, line in enumerate(lines, start=1)]


class VisitNoticeQuerySet(SchoolScopedQuerySet):
    """Letters that announce visits."""

    school_path = "visit__round__school"

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The area's readers see drafts too; all others a letter once it was sent."""
        rows = super().visible_to(user)
        if can(user, Permission.VIEW_AREA):
            return rows
        return rows.filter(state=VisitNoticeState.SENT)


class VisitNotice(WorkflowModel):
    """The letter (หนังสือภายนอก) that announces one visit to its school, as the office edited it.

    It is signed by hand; the portal keeps its words and whether the school may read it. Lists of
    references and enclosures, the paragraphs of `body` and the lines of `signer_post` are one a
    line. `appointment` is the visit as it stood when the words were saved.
    """

    TRANSITIONS = {
        VisitNoticeAction.WRITE: TransitionRule(
            "ร่างหนังสือแจ้งการนิเทศ", ("",), VisitNoticeState.DRAFT, office_only=True
        ),
        VisitNoticeAction.UPDATE: TransitionRule(
            "แก้ไขหนังสือแจ้งการนิเทศ",
            (VisitNoticeState.DRAFT,),
            VisitNoticeState.DRAFT,
            office_only=True,
        ),
        VisitNoticeAction.SEND: TransitionRule(
            "ส่งหนังสือแจ้งการนิเทศ", (VisitNoticeState.DRAFT,), VisitNoticeState.SENT
        ),
        VisitNoticeAction.RECALL: TransitionRule(
            "ถอนหนังสือแจ้งการนิเทศเพื่อแก้ไข",
            (VisitNoticeState.SENT,),
            VisitNoticeState.DRAFT,
            needs_reason=True,
        ),
    }

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="notice")
    state = models.CharField("สถานะ", max_length=20, choices=VisitNoticeState)
    number = models.CharField("ที่", max_length=80, blank=True)
    dated_on = models.DateField("วันที่ของหนังสือ", null=True, blank=True)
    subject = models.CharField("เรื่อง", max_length=300)
    addressee = models.CharField("เรียน", max_length=200)
    references = models.TextField("อ้างถึง", max_length=1000, blank=True)
    enclosures = models.TextField("สิ่งที่ส่งมาด้วย", max_length=1000, blank=True)
    body = models.TextField("ข้อความ", max_length=MAX_BODY_LENGTH)
    closing = models.TextField("ข้อความลงท้าย", max_length=1000)
    signer_name = models.CharField("ชื่อผู้ลงนาม", max_length=150, blank=True)
    signer_post = models.TextField("ตำแหน่งผู้ลงนาม", max_length=400, blank=True)
    contact = models.TextField("ส่วนราชการเจ้าของเรื่อง", max_length=400, blank=True)
    appointment = models.TextField("นัดหมายเมื่อบันทึกหนังสือ")
    sent_at = models.DateTimeField("ส่งให้โรงเรียนเมื่อ", null=True, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = VisitNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "หนังสือแจ้งการนิเทศ"
        verbose_name_plural = verbose_name
        constraints = (
            fields_required_in_states(
                "sent_notice_names_who_and_when", [VisitNoticeState.SENT], "sent_at", "sent_by"
            ),
        )

    def __str__(self) -> str:
        return f"หนังสือแจ้ง{self.visit}"

    @property
    def round(self) -> Round:
        return self.visit.round

    @property
    def is_sent(self) -> bool:
        return self.state == VisitNoticeState.SENT

    def is_visible_to(self, user: User) -> bool:
        """As VisitNoticeQuerySet says it of the letters of a visit that the person sees."""
        return self.is_sent or can(user, Permission.VIEW_AREA)

    @property
    def has_number(self) -> bool:
        """Whether a whole number was typed; else there is room to write it by hand."""
        return bool(self.number) and not self.number.endswith("/")

    @property
    def reference_list(self) -> list[str]:
        return numbered_lines(self.references)

    @property
    def enclosure_list(self) -> list[str]:
        return numbered_lines(self.enclosures)

    @property
    def paragraphs(self) -> list[str]:
        return filled_lines(self.body)

    @property
    def closing_list(self) -> list[str]:
        return filled_lines(self.closing)

    @property
    def post_lines(self) -> list[str]:
        return filled_lines(self.signer_post)

    @property
    def contact_list(self) -> list[str]:
        return filled_lines(self.contact)


def bundle_file_path(bundle: "PaperBundle", filename: str) -> str:
    return f"bundles/{filename}"


class PaperBundle(DrawingJob):
    """All papers of some schools' term in one PDF, as one person may open them; theirs alone.

    Or their signed agreements in the quality drive of the term's academic year (`content`).
    `schools` are the keys of the schools, `rights` the fingerprint of the appointments and rights
    by which the person saw the papers when the bundle was made: who holds others asks anew.
    """

    owner = models.ForeignKey(User, models.CASCADE, related_name="bundles")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    content = models.CharField(
        "เอกสาร", max_length=20, choices=BundleContent, default=BundleContent.PAPERS
    )
    schools = models.CharField(max_length=2400)  # an index holds no more
    subject = models.CharField("ชุดเอกสารของ", max_length=200)
    rights = models.CharField(max_length=200, blank=True)
    file = models.FileField(upload_to=bundle_file_path, blank=True)

    class Meta:
        verbose_name = "ชุดเอกสาร"
        verbose_name_plural = verbose_name
        ordering = ("-asked_at", "-pk")
        constraints = (
            drawn_parts_constraint("bundle_draws_no_more_than_there_is"),
            models.UniqueConstraint(
                fields=("owner", "term", "content", "schools"),
                name="one_bundle_of_the_same_schools",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_content_display()} {self.subject} {self.period}"

    def get_absolute_url(self) -> str:
        return cached_url("bundle", self.pk)

    @property
    def is_of_agreements(self) -> bool:
        return self.content == BundleContent.AGREEMENTS

    @property
    def period(self) -> str:
        """Of what its papers are: an agreement is of a year."""
        if self.is_of_agreements:
            return f"ปีการศึกษา {self.term.academic_year}"
        return f"ภาคเรียนที่ {self.term}"

    @property
    def again_url(self) -> str:
        """Where the same is asked for anew."""
        if self.is_of_agreements:
            return reverse("agreements_bundle", args=[self.term.academic_year.year])
        return reverse("bundle_create", args=[self.term_id])

    @property
    def school_keys(self) -> list[int]:
        return [int(key) for key in self.schools.split(",")]

    @property
    def pill(self) -> StatusKind:
        return BUNDLE_PILLS[BookJobState(self.state)]

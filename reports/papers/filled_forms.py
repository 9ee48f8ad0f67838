"""Form 7.3 filled in from a visit's record, and a school's self-assessment filled in, as PDFs.

Both stay drafts, and say so across each page, until the record is signed or confirmed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from reports.data.records import RecordTables, self_assessment_tables, visit_tables
from reports.data.school_head import SchoolHead, school_head
from reports.data.signers import confirming_signer, visit_signers
from reports.papers.blank_form import OBSERVATION_FORM_NAME, VISIT_FORM_NAME
from reports.papers.office_paper import DRAFT_WORD, SchoolPaper, paper_response
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.assessments.enums import SelfAssessmentState
from supervision.assessments.models import SelfAssessment, SheetText
from supervision.improvement.models import Recommendation
from supervision.visits.access import get_visit_or_404
from supervision.visits.enums import VisitAction
from supervision.visits.models import Visit
from supervision.visits.queries import newer_visit_version, visit_texts
from supervision.workflow.queries import workflow_history


@dataclass(frozen=True)
class RecordPaper(SchoolPaper):
    """What both filled forms have in common; `reason` says why a version was made or returned."""

    tables: RecordTables
    reason: str

    @property
    def images(self) -> Mapping[str, bytes]:
        return {photo.name: photo.content for photo in self.tables.photos if photo.content}


@dataclass(frozen=True)
class VisitPaper(RecordPaper):
    """Form 7.3 of one version of one visit, or the form of a classroom observation.

    `newer` is the next version, if there is one; `checked` is advice whose proof was seen there.
    """

    template = "reports/paper/visit_record.html"

    visit: Visit
    head: SchoolHead
    team: Sequence[User]
    texts: Sequence[SheetText]
    checked: Sequence[Recommendation]
    newer: Visit | None

    @property
    def is_compared(self) -> bool:
        """A lesson was judged by nobody else."""
        return not self.visit.is_observation

    @property
    def watermark(self) -> str:
        return "" if self.visit.is_signed else DRAFT_WORD

    @property
    def name(self) -> str:
        return OBSERVATION_FORM_NAME if self.visit.is_observation else VISIT_FORM_NAME

    @property
    def title(self) -> str:
        form = self.name if self.visit.is_observation else "แบบ 7.3"
        return f"{self.title_prefix}{form} {self.visit.label} {self.school.short_name}"


@dataclass(frozen=True)
class SelfAssessmentPaper(RecordPaper):
    """One version of a school's self-assessment."""

    template = "reports/paper/self_assessment.html"

    assessment: SelfAssessment

    @property
    def is_compared(self) -> bool:
        return False

    @property
    def watermark(self) -> str:
        """A version that was sent back is no result, and no draft any more either."""
        words = {SelfAssessmentState.DRAFT: DRAFT_WORD, SelfAssessmentState.RETURNED: "ส่งกลับแก้ไข"}
        return words.get(SelfAssessmentState(self.assessment.state), "")

    @property
    def name(self) -> str:
        return "แบบประเมินตนเองของสถานศึกษา"

    @property
    def title(self) -> str:
        version = self.assessment.version
        return f"{self.title_prefix}การประเมินตนเอง ฉบับที่ {version} {self.school.short_name}"


# --- Views ---


def visit_filled_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """The record for who may read it by now; nothing of a visit that was called off."""
    visit = get_visit_or_404(request, pk)
    if not visit.is_record_visible or visit.is_cancelled:
        raise Http404
    return paper_response(visit_paper(visit, reader=request.user))


def self_assessment_filled_form(request: SignedInRequest, pk: int) -> HttpResponse:
    """Any version, as its page shows it to the same people."""
    related = ("round__school__area", "round__term__academic_year", "confirmed_by", "sheet")
    rows = SelfAssessment.objects.visible_to(request.user).select_related(*related)
    return paper_response(self_assessment_paper(get_object_or_404(rows, pk=pk)))


# --- What the papers are made of ---


def visit_paper(visit: Visit, *, reader: User) -> VisitPaper:
    """All of the record that this reader may see."""
    team = list(visit.team.all())
    checked = Recommendation.objects.visible_to(reader).filter(
        closed_on_visit__round=visit.round, closed_on_visit__number=visit.number
    )
    return VisitPaper(
        school=visit.round.school,
        is_sample=visit.round.is_sample,
        tables=visit_tables(visit),
        signers=visit_signers(visit, team),
        printed_at=timezone.now(),
        reason=_revision_reason(visit),
        visit=visit,
        head=school_head(visit.round.school, visit.visit_on, visit.round.term.academic_year),
        team=team,
        texts=visit_texts(visit),
        checked=list(checked),
        newer=newer_visit_version(visit),
    )


def self_assessment_paper(assessment: SelfAssessment) -> SelfAssessmentPaper:
    return SelfAssessmentPaper(
        school=assessment.round.school,
        is_sample=assessment.round.is_sample,
        tables=self_assessment_tables(assessment),
        signers=[confirming_signer(assessment)],
        printed_at=timezone.now(),
        reason=assessment.return_reason,
        assessment=assessment,
    )


def _revision_reason(visit: Visit) -> str:
    if visit.version == 1:
        return ""
    lines = workflow_history(visit, to_school=True)
    return next((line.reason for line in lines if line.verb == VisitAction.REVISE_RECORD), "")

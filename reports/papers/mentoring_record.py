"""The record of a mentoring visit with the look back of both sides, as a PDF."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.data.signers import visit_signers
from reports.papers.office_paper import DRAFT_WORD, SchoolPaper, paper_response
from schools.access import Permission, can
from schools.core.http import SignedInRequest
from schools.models import User
from supervision.quality_drive.models import Mentoring
from supervision.visits.access import get_visit_or_404
from supervision.visits.models import Visit


@dataclass(frozen=True)
class MentoringPaper(SchoolPaper):
    """One version of the record of a mentoring visit."""

    template = "reports/paper/mentoring.html"
    name = "บันทึกการลงพื้นที่ให้คำปรึกษา"

    visit: Visit
    mentoring: Mentoring
    dimensions: Sequence[str]
    team: Sequence[User]

    @property
    def watermark(self) -> str:
        return "" if self.visit.is_signed else DRAFT_WORD

    @property
    def title(self) -> str:
        return f"{self.title_prefix}{self.name} {self.visit.ordinal} {self.school.short_name}"


def mentoring_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The record for who may read it by now; nothing of a visit that was called off."""
    visit = get_visit_or_404(request, pk)
    if not may_read_mentoring(visit, request.user) or not hasattr(visit, "mentoring"):
        raise Http404
    return paper_response(make_mentoring_paper(visit))


def may_read_mentoring(visit: Visit, reader: User) -> bool:
    """The office at any time, all others once the leader has signed."""
    if not visit.is_mentoring or visit.is_cancelled:
        return False
    return visit.is_signed or can(reader, Permission.VIEW_AREA)


def make_mentoring_paper(visit: Visit) -> MentoringPaper:
    mentoring = Mentoring.objects.select_related("drive__academic_year").get(visit=visit)
    team = list(visit.team.all())
    return MentoringPaper(
        school=visit.round.school,
        is_sample=visit.round.is_sample,
        signers=visit_signers(visit, team),
        printed_at=timezone.now(),
        visit=visit,
        mentoring=mentoring,
        dimensions=[str(one) for one in mentoring.dimensions.all()],
        team=team,
    )

"""Letters that announce visits to their schools, as PDFs: one, or those of many visits."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.emblem import emblem_images
from reports.papers.models import VisitNotice
from reports.papers.notice_actions import ensure_notice_is_current
from reports.papers.notice_draft import drafted_notices
from reports.papers.office_paper import OfficePaper, paper_response
from schools.access import Permission, can, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest, listed_keys
from schools.models import User
from supervision.visits.models import Visit, VisitQuerySet

MAX_LETTERS = 50


@dataclass(frozen=True)
class LetterPaper(OfficePaper):
    """Letters to schools, at least one, each beginning on a page of its own."""

    template = "reports/paper/letter.html"
    name = "หนังสือแจ้งการนิเทศ"

    letters: Sequence[VisitNotice]

    @property
    def title(self) -> str:
        if len(self.letters) > 1:
            return f"{self.name} {len(self.letters)} ฉบับ"
        visit = self.letters[0].visit
        return f"หนังสือแจ้ง{visit.label} {visit.round.school.short_name}"

    @property
    def area(self) -> AreaHeading:
        return area_heading(self.letters[0].round.school.area)

    @property
    def is_sample(self) -> bool:
        return any(letter.round.is_sample for letter in self.letters)

    @property
    def school_names(self) -> list[str]:
        return [letter.round.school.name for letter in self.letters]

    @property
    def images(self) -> Mapping[str, bytes]:
        return emblem_images(self.area)


def visit_notice_paper(request: SignedInRequest, pk: int) -> HttpResponse:
    """The letter of one visit, to whom `readable_notices` gives it."""
    letters = readable_notices(request.user, Visit.objects.visible_to(request.user).filter(pk=pk))
    if not letters:
        raise Http404
    return _letters_response(letters)


def visit_notices_paper(request: SignedInRequest) -> HttpResponse:
    """The letters of the visits ticked in the list, in the order of their days."""
    require_anywhere(request.user, Permission.RECORD_VISIT)
    chosen = listed_keys(request.GET.getlist("visit"))
    if not 1 <= len(chosen) <= MAX_LETTERS:
        raise ActionRefused(f"โปรดเลือกการนิเทศที่จะพิมพ์หนังสือแจ้ง 1 ถึง {MAX_LETTERS} ครั้ง")
    visits = Visit.objects.with_permission(request.user, Permission.RECORD_VISIT)
    letters = readable_notices(request.user, visits.filter(pk__in=chosen))
    if not letters:
        raise ActionRefused("การนิเทศที่เลือกไม่มีหนังสือแจ้งให้พิมพ์ เพราะยกเลิกแล้ว หรือไม่อยู่ในความดูแลของคุณ")
    return _letters_response(letters)


def _letters_response(letters: Sequence[VisitNotice]) -> HttpResponse:
    for letter in letters:
        ensure_notice_is_current(letter)
    return paper_response(LetterPaper(letters))


def readable_notices(user: User, visits: VisitQuerySet) -> list[VisitNotice]:
    """The letters of these visits that the person may read, by day, in a few queries.

    Where none is saved yet, who may plan the visit has the system's draft.
    """
    announced = list(first_versions(visits).order_by("visit_on", "starts_at", "pk"))
    saved = VisitNotice.objects.filter(visit__in=announced)
    begun = set(saved.values_list("visit", flat=True))
    found = {notice.visit_id: notice for notice in saved.visible_to(user)}
    drafted = [visit for visit in announced if visit.pk not in begun and _may_write(user, visit)]
    found |= {notice.visit_id: notice for notice in drafted_notices(drafted)}
    for visit in announced:
        if visit.pk in found:
            found[visit.pk].visit = visit
    return [found[visit.pk] for visit in announced if visit.pk in found]


def _may_write(user: User, visit: Visit) -> bool:
    return can(user, Permission.RECORD_VISIT, visit.round.school_id)


def first_versions(visits: VisitQuerySet) -> VisitQuerySet:
    """Visits that have a letter, with what it says: none for a corrected record, or called off."""
    announced = visits.not_cancelled().filter(version=1).prefetch_related("team")
    return announced.select_related("round__school__area", "round__term__academic_year", "leader")

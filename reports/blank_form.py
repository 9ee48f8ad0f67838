"""The printed form 7.3 (แบบนิเทศ ติดตาม และสรุปผล): filled by hand where there is no signal.

Blank for any indicator set, or for one visit with its head, the school's own levels and the names
of the team filled in. A set for classroom observation is printed as the short form that it is.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from reports.documents import official_text
from reports.pdf import render_pdf
from schools.core.file_responses import bytes_response
from schools.core.http import SignedInRequest
from schools.models import Area
from supervision.assessments.enums import SHEET_FIELDS
from supervision.assessments.models import Answer, AnswerSheet
from supervision.assessments.queries import school_sheet_q, sheets_of_same_round
from supervision.criteria.enums import SetUse
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.needs.enums import SupervisionMode
from supervision.visits.models import Visit

SCHOOL_COMMENT_LABEL = "ความเห็นของผู้รับการนิเทศ"


class FormSigner(NamedTuple):
    """Who signs at the end; the name is written by hand where it is not known yet."""

    duty: str
    name: str = ""


@dataclass(frozen=True)
class PrintedForm:
    """What the printed form is made of; `visit` fills it in, without one it stays blank."""

    title: str
    sets: list[IndicatorSet]
    visit: Visit | None = None

    @property
    def is_observation(self) -> bool:
        return any(chosen.use == SetUse.OBSERVATION for chosen in self.sets)

    @property
    def name(self) -> str:
        return "แบบสังเกตชั้นเรียน" if self.is_observation else "แบบนิเทศ ติดตาม และสรุปผล"

    @property
    def is_sample(self) -> bool:
        return any(chosen.is_sample for chosen in self.sets)

    @property
    def signers(self) -> list[FormSigner]:
        """The whole team and who received it; a blank form has room for two who join."""
        leader = self.visit.leader if self.visit else ""
        joining = self.visit.team.all() if self.visit else ["", ""]
        return [
            FormSigner("หัวหน้าคณะนิเทศ", str(leader)),
            *(FormSigner("ผู้ร่วมนิเทศ", str(person)) for person in joining),
            FormSigner("ผู้รับการนิเทศ"),
        ]

    def as_pdf(self) -> bytes:
        levels = list(self.sets[0].scale.levels.all()) if self.sets else []
        context: dict[str, Any] = {
            "paper": self,
            "area": Area.objects.first(),
            "levels": levels,
            "columns": len(levels) + (4 if self.is_observation else 5),
            "questions": [*(field.label for field in SHEET_FIELDS), SCHOOL_COMMENT_LABEL],
            "modes": SupervisionMode.labels,
        }
        names = [self.visit.round.school.name] if self.visit else []
        return render_pdf(
            official_text(render_to_string("reports/paper/form.html", context), names)
        )


def blank_form_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    sets = IndicatorSet.objects.visible_to(request.user)
    chosen = get_object_or_404(_with_indicators(sets, AnswerSheet.objects.none()), pk=pk)
    return _pdf_response(PrintedForm(str(chosen), [chosen]))


def visit_form_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """None for a cancelled visit, nor for an observation: its own form is printed from its set."""
    related = ("round__school__area", "round__term__academic_year", "leader", "sheet")
    visits = Visit.objects.visible_to(request.user).select_related(*related)
    visit = get_object_or_404(visits.of_whole_school().prefetch_related("team"), pk=pk)
    sets = _with_indicators(visit.round.indicator_sets.all(), _school_sheets(visit))
    return _pdf_response(
        PrintedForm(f"{visit.label} {visit.round.school.short_name}", list(sets), visit)
    )


def _school_sheets(visit: Visit) -> QuerySet[AnswerSheet]:
    """The school's confirmed sheet, which stands beside the visit before its record begins too."""
    record = visit.sheet or AnswerSheet(round=visit.round)
    return sheets_of_same_round(record, school_sheet_q(record))


def _with_indicators(
    sets: QuerySet[IndicatorSet], school_sheets: QuerySet[AnswerSheet]
) -> QuerySet[IndicatorSet]:
    """The sets with all that is printed; `school_level` is what the school's own sheets say."""
    levels = Answer.objects.filter(sheet__in=school_sheets, indicator=OuterRef("pk")).values(
        "level"
    )
    indicators = Indicator.objects.annotate(school_level=Subquery(levels))
    items = Prefetch("standards__indicators", indicators)
    return sets.select_related("scale").prefetch_related("scale__levels", items)


def _pdf_response(paper: PrintedForm) -> HttpResponse:
    return bytes_response(paper.as_pdf(), f"{paper.name} {paper.title}.pdf")

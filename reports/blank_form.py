"""The printed form 7.3 (แบบนิเทศ ติดตาม และสรุปผล): filled by hand where there is no signal.

Blank for any indicator set, or with the head already filled for one visit. A set for classroom
observation is printed as the short form that it is.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string

from reports.documents import official_text
from reports.pdf import render
from schools.models import Area
from schools.sending import sent_bytes
from supervision.assessments.enums import SHEET_FIELDS
from supervision.criteria.enums import SetUse
from supervision.criteria.models import IndicatorSet
from supervision.visits.models import Visit


@dataclass(frozen=True)
class Paper:
    """What the printed form is made of; `visit` fills its head, without one it stays blank."""

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

    def as_pdf(self) -> bytes:
        context: dict[str, Any] = {
            "paper": self,
            "area": Area.objects.first(),
            "levels": list(self.sets[0].scale.levels.all()) if self.sets else [],
            "texts": [field.label for field in SHEET_FIELDS],
        }
        names = [self.visit.round.school.name] if self.visit else []
        return render(official_text(render_to_string("reports/paper/form.html", context), names))


def form_of_set(request: HttpRequest, pk: int) -> HttpResponse:
    sets = _with_indicators(IndicatorSet.objects.visible_to(request.user))
    chosen = get_object_or_404(sets, pk=pk)
    return _sent(Paper(str(chosen), [chosen]))


def form_of_visit(request: HttpRequest, pk: int) -> HttpResponse:
    """None for a cancelled visit, nor for an observation: its own form is printed from its set."""
    related = ("round__school__area", "round__term__academic_year", "leader")
    visits = Visit.objects.visible_to(request.user).select_related(*related)
    visit = get_object_or_404(visits.of_the_school().prefetch_related("team"), pk=pk)
    sets = list(_with_indicators(IndicatorSet.objects.filter(rounds=visit.round_id)))
    return _sent(Paper(f"{visit.label} {visit.round.school.short_name}", sets, visit))


def _with_indicators(sets):
    return sets.select_related("scale").prefetch_related("scale__levels", "standards__indicators")


def _sent(paper: Paper) -> HttpResponse:
    return sent_bytes(paper.as_pdf(), f"{paper.name} {paper.title}.pdf")

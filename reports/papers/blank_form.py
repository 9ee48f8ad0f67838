"""The printed form 7.3 (แบบนิเทศ ติดตาม และสรุปผล): filled by hand where there is no signal.

Blank for any indicator set, or for one visit with its head, the school's own levels and the names
of the team filled in. A set for classroom observation is printed as the short form that it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404

from reports.data.school_head import SchoolHead, school_head
from reports.papers.office_paper import OfficePaper, paper_response
from schools.core.http import SignedInRequest
from schools.models import Area
from supervision.assessments.enums import SHEET_FIELDS
from supervision.assessments.models import Answer, AnswerSheet
from supervision.assessments.queries import school_sheet_q, sheets_of_same_round
from supervision.criteria.enums import SetUse
from supervision.criteria.models import IndicatorSet
from supervision.needs.enums import SupervisionMode
from supervision.needs.models import TakenUpNeed
from supervision.needs.taken_up_list import open_needs_of
from supervision.visits.models import Visit

VISIT_FORM_NAME = "แบบนิเทศ ติดตาม และสรุปผลการบริหารและการจัดการศึกษาของสถานศึกษา"
OBSERVATION_FORM_NAME = "แบบสังเกตชั้นเรียน"
SCHOOL_COMMENT_LABEL = "ความเห็นของผู้รับการนิเทศ"


class FormSigner(NamedTuple):
    """Who signs at the end; the name is written by hand where it is not known yet."""

    duty: str
    name: str = ""


class PrintedIndicator(NamedTuple):
    """One line of the table; the school's own level is printed where it is known."""

    code: str
    text: str
    school_level: int | None


class PrintedStandard(NamedTuple):
    """The lines of one standard under its heading."""

    heading: str
    indicators: list[PrintedIndicator]


class PrintedSet(NamedTuple):
    """The table of one indicator set."""

    heading: str
    standards: list[PrintedStandard]


@dataclass(frozen=True)
class PrintedForm(OfficePaper):
    """What the printed form is made of; `visit` fills it in, without one it stays blank.

    `school_levels` are the levels of the school's own confirmed sheets by indicator, `needs` what
    the unit took up of the school and looks into on the visit.
    """

    template = "reports/paper/form.html"

    subject: str
    sets: Sequence[IndicatorSet]
    visit: Visit | None = None
    school_levels: Mapping[int, int | None] = field(default_factory=dict)
    needs: Sequence[TakenUpNeed] = ()

    @property
    def is_observation(self) -> bool:
        return any(chosen.use == SetUse.OBSERVATION for chosen in self.sets)

    @property
    def name(self) -> str:
        return OBSERVATION_FORM_NAME if self.is_observation else VISIT_FORM_NAME

    @property
    def title(self) -> str:
        form = OBSERVATION_FORM_NAME if self.is_observation else "แบบ 7.3"
        return f"{form} {self.subject}"

    @property
    def head(self) -> SchoolHead | None:
        if self.visit is None:
            return None
        round_ = self.visit.round
        return school_head(round_.school, self.visit.visit_on, round_.term.academic_year)

    @property
    def school_names(self) -> list[str]:
        return [self.visit.round.school.name] if self.visit else []

    @property
    def is_sample(self) -> bool:
        return any(chosen.is_sample for chosen in self.sets)

    @property
    def tables(self) -> list[PrintedSet]:
        return [self._table(chosen) for chosen in self.sets]

    def _table(self, chosen: IndicatorSet) -> PrintedSet:
        says_so = not chosen.is_sample or "(ตัวอย่าง)" in chosen.name
        return PrintedSet(
            str(chosen) if says_so else f"{chosen} (ตัวอย่าง)",
            [
                PrintedStandard(
                    f"{standard.label} {standard.name}",
                    [
                        PrintedIndicator(i.code, i.text, self.school_levels.get(i.pk))
                        for i in standard.indicators.all()
                    ],
                )
                for standard in chosen.standards.all()
            ],
        )

    @property
    def signers(self) -> list[FormSigner]:
        """The whole team and who received it; a blank form has room for two who join."""
        leader = str(self.visit.leader) if self.visit else ""
        joining = [str(person) for person in self.visit.team.all()] if self.visit else ["", ""]
        return [
            FormSigner("หัวหน้าคณะนิเทศ", leader),
            *(FormSigner("ผู้ร่วมนิเทศ", name) for name in joining),
            FormSigner("ผู้รับการนิเทศ"),
        ]

    def context(self) -> dict[str, Any]:
        levels = list(self.sets[0].scale.levels.all()) if self.sets else []
        return {
            "paper": self,
            "head": self.head,
            "area": Area.objects.first(),
            "levels": levels,
            "columns": len(levels) + (4 if self.is_observation else 5),
            "questions": [*(field.label for field in SHEET_FIELDS), SCHOOL_COMMENT_LABEL],
            "modes": SupervisionMode.labels,
        }


def blank_form_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The blank form of one indicator set."""
    sets = _with_indicators(IndicatorSet.objects.visible_to(request.user))
    chosen = get_object_or_404(sets, pk=pk)
    return paper_response(PrintedForm(str(chosen), [chosen]))


def visit_form_pdf(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form of one visit with its head filled in.

    None for a cancelled visit, nor for an observation: its own form is printed from its set.
    """
    related = ("round__school__area", "round__term__academic_year", "leader", "sheet")
    visits = Visit.objects.visible_to(request.user).select_related(*related)
    visit = get_object_or_404(visits.of_whole_school().prefetch_related("team"), pk=pk)
    return paper_response(visit_form_paper(visit))


def visit_form_paper(visit: Visit) -> PrintedForm:
    """The form to take along on this visit."""
    sets = _with_indicators(visit.round.indicator_sets.all())
    subject = f"{visit.label} {visit.round.school.short_name}"
    needs = open_needs_of(visit.round.school)
    return PrintedForm(subject, list(sets), visit, _school_levels(visit), needs)


def _school_levels(visit: Visit) -> dict[int, int | None]:
    """Of the school's confirmed sheet, which is printed before the visit's record begins too."""
    record = visit.sheet or AnswerSheet(round=visit.round)
    sheets = sheets_of_same_round(record, school_sheet_q(record))
    return dict(Answer.objects.filter(sheet__in=sheets).values_list("indicator", "level"))


def _with_indicators(sets: QuerySet[IndicatorSet]) -> QuerySet[IndicatorSet]:
    return sets.select_related("scale").prefetch_related("scale__levels", "standards__indicators")

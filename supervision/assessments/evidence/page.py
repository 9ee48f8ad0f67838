"""What a sheet's page shows of evidence: the evidence of each field, and the panel that adds
more."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from supervision.assessments.edit_parsing import field_input_name
from supervision.assessments.models import AnswerSheet, Evidence
from supervision.assessments.queries import school_sheet_q, sheets_of_same_round

EvidenceByIndicator = Mapping[int | None, list[Evidence]]


@dataclass(frozen=True)
class AttachPanel:
    """The panel of one place; what was typed there and could not be taken stands in it."""

    indicator: int | None
    caption: str = ""
    url: str = ""
    has_consent: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The end of its names: `evidence-12`, or `evidence` on the whole sheet."""
        return field_input_name(self.indicator, "evidence")

    @property
    def names(self) -> dict[str, str]:
        return {
            name: field_input_name(self.indicator, name) for name in ("file", "url", "words", "yes")
        }


def evidence_by_indicator(
    sheet: AnswerSheet, places: Collection[int | None]
) -> tuple[EvidenceByIndicator, EvidenceByIndicator]:
    """The evidence of these fields on the sheet, and the school's own beside a visit's."""
    which = Q(pk=sheet.pk) | school_sheet_q(sheet) if sheet.is_of_visit else Q(pk=sheet.pk)
    here = Q(indicator=None) if None in places else Q(indicator__in=places)
    mine: EvidenceByIndicator = defaultdict(list)
    school: EvidenceByIndicator = defaultdict(list)
    for evidence_item in Evidence.objects.present().filter(
        here, sheet__in=sheets_of_same_round(sheet, which)
    ):
        (mine if evidence_item.sheet_id == sheet.pk else school)[evidence_item.indicator_id].append(
            evidence_item
        )
    return mine, school

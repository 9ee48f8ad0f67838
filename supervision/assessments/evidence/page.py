"""What a sheet's page shows of evidence: the pieces of each place, and the panel that adds more."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from supervision.assessments.evidence.models import Evidence
from supervision.assessments.models import AnswerSheet
from supervision.assessments.queries import beside, is_own
from supervision.assessments.sending import place_name

Pieces = Mapping[int | None, list[Evidence]]


@dataclass(frozen=True)
class Attach:
    """The panel of one place; what was typed there and could not be taken stands in it."""

    indicator: int | None
    caption: str = ""
    url: str = ""
    has_consent: bool = False
    problems: list[str] = field(default_factory=list)

    @property
    def place(self) -> str:
        """The end of its names: `evidence-12`, or `evidence` on the whole sheet."""
        return place_name(self.indicator, "evidence")

    @property
    def names(self) -> dict[str, str]:
        return {name: place_name(self.indicator, name) for name in ("file", "url", "words", "yes")}


def pieces_beside(sheet: AnswerSheet, places: Collection[int | None]) -> tuple[Pieces, Pieces]:
    """The pieces of these places on the sheet, and the school's own beside a visit's."""
    which = Q(pk=sheet.pk) | is_own(sheet) if sheet.is_of_visit else Q(pk=sheet.pk)
    here = Q(indicator=None) if None in places else Q(indicator__in=places)
    mine: Pieces = defaultdict(list)
    own: Pieces = defaultdict(list)
    for piece in Evidence.objects.present().filter(here, sheet__in=beside(sheet, which)):
        (mine if piece.sheet_id == sheet.pk else own)[piece.indicator_id].append(piece)
    return mine, own

"""What the texts of a report are made from: its figures as live numbers, and drafts of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from reports.composer.models import Composition, CompositionPart
from reports.composer.numbers import LiveNumbers
from reports.composer.year_drafts import YEAR_DRAFTS
from reports.composer.year_numbers import year_numbers
from reports.data.schema import YearReport
from reports.data.year import year_report


@dataclass(frozen=True)
class TextSources:
    """The live numbers of a report, and by part the draft that the system makes of them."""

    numbers: LiveNumbers
    drafts: Mapping[str, str]

    @cached_property
    def values(self) -> dict[str, str]:
        """What each live number says now."""
        return self.numbers.values

    def text_of(self, part: CompositionPart) -> str:
        """What the part says, in the format of texts: its own words or the system's draft."""
        return self.drafts.get(part.key, "") if part.is_draft else part.text


def text_sources(figures: YearReport) -> TextSources:
    """The sources of a report's texts, of frozen figures or of today's."""
    numbers = year_numbers(figures)
    return TextSources(
        numbers, {key: draft(figures, numbers) for key, draft in YEAR_DRAFTS.items()}
    )


def load_text_sources(composition: Composition) -> TextSources:
    """The same as of today."""
    if composition.academic_year:
        return text_sources(year_report(composition.academic_year))
    raise ValueError(f"there are no figures for {composition}")

"""What the texts of a report are made from: its figures as live numbers, and drafts of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.core.cache import cache
from django.db.models import Max
from django.utils import timezone

from reports.composer.drive_drafts import DRIVE_DRAFTS
from reports.composer.drive_numbers import drive_numbers
from reports.composer.enums import PartKey
from reports.composer.models import Composition, CompositionPart
from reports.composer.numbers import LiveNumbers
from reports.composer.shared_numbers import AreaReport
from reports.composer.summary_drafts import SUMMARY_DRAFTS
from reports.composer.summary_numbers import summary_numbers
from reports.composer.year_drafts import YEAR_DRAFTS
from reports.composer.year_numbers import year_numbers
from reports.data.drive_schema import DriveReport
from reports.data.quality_drive import drive_report
from reports.data.summary import summary_report
from reports.data.year import year_report
from supervision.workflow.models import Transition

KEPT_FOR = 300  # seconds


@dataclass(frozen=True)
class TextSources:
    """The live numbers of a report, and by part the draft that the system makes of them."""

    numbers: LiveNumbers
    drafts: Mapping[PartKey, str]

    @cached_property
    def values(self) -> dict[str, str]:
        """What each live number says now."""
        return self.numbers.values

    def text_of(self, part: CompositionPart) -> str:
        """What the part says, in the format of texts: its own words or the system's draft."""
        return self.drafts.get(PartKey(part.key), "") if part.is_draft else part.text


def text_sources(figures: AreaReport | DriveReport) -> TextSources:
    """The sources of a report's texts, of frozen figures or of today's."""
    if figures["kind"] == "drive":
        numbers = drive_numbers(figures)
        drafts = {key: draft(figures, numbers) for key, draft in DRIVE_DRAFTS.items()}
        return TextSources(numbers, drafts)
    if figures["kind"] == "summary":
        numbers = summary_numbers(figures)
        drafts = {key: draft(figures, numbers) for key, draft in SUMMARY_DRAFTS.items()}
        return TextSources(numbers, drafts)
    numbers = year_numbers(figures)
    return TextSources(
        numbers, {key: draft(figures, numbers) for key, draft in YEAR_DRAFTS.items()}
    )


def load_text_sources(composition: Composition, *, recent: bool = False) -> TextSources:
    """The same as of today, kept until anything of the portal changes its state.

    The figures of a large area take seconds. While somebody types, those of the last five minutes
    will do (`recent`): the page shows them, and signing asks anew.
    """
    subject = "-".join(
        str(getattr(composition, f"{name}_id"))
        for name in ("academic_year", "term", "cluster", "drive")
    )
    state = (timezone.localdate(), Transition.objects.aggregate(last=Max("pk"))["last"])
    kept_state, sources = cache.get(f"text_sources:{subject}", (None, None))
    if sources is None or not (recent or kept_state == state):
        sources = _sources_of_today(composition)
        cache.set(f"text_sources:{subject}", (state, sources), KEPT_FOR)
    return sources


def _sources_of_today(composition: Composition) -> TextSources:
    if composition.academic_year:
        return text_sources(year_report(composition.academic_year))
    if composition.term:
        return text_sources(summary_report(composition.term, composition.cluster))
    if composition.drive:
        return text_sources(drive_report(composition.drive))
    raise ValueError("a composition is of a year, of a term or of a drive")

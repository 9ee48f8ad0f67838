"""One report of the area as the pages on which it is written show it to somebody."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone

from reports.composer.actions import (
    check_composition_is_open,
    create_composition_of_drive,
    create_composition_of_term,
    create_composition_of_year,
)
from reports.composer.enums import Outline, PartKey
from reports.composer.models import Composition, CompositionPart
from reports.composer.outline import PARTS_WITH_FIGURES, OutlineHeading, outline_headings
from reports.composer.queries import (
    composition_of_drive,
    composition_of_term,
    composition_of_year,
    composition_parts,
)
from reports.composer.sources import TextSources, load_text_sources
from reports.enums import DocumentKind
from reports.models import IssuedDocument
from schools.access import Permission, can, require
from schools.core.errors import ActionRefused
from schools.core.http import SignedInRequest
from schools.core.thai import local_day, short_moment, short_time
from schools.models import AcademicYear, Cluster, Term
from supervision.quality_drive.models import QualityDrive


class PartStatus(StrEnum):
    """How far a part is written; the value is the CSS class of its sign."""

    WRITTEN = "done"
    FIGURES = "wait"
    DRAFT = "idle"
    EMPTY = "mine"

    @property
    def sign(self) -> str:
        return _STATUS_SIGNS[self]

    @property
    def word(self) -> str:
        return _STATUS_WORDS[self]


_STATUS_SIGNS = {
    PartStatus.WRITTEN: "✓",
    PartStatus.FIGURES: "⟳",
    PartStatus.DRAFT: "○",
    PartStatus.EMPTY: "○",
}
_STATUS_WORDS = {
    PartStatus.WRITTEN: "เขียนแล้ว",
    PartStatus.FIGURES: "สร้างจากข้อมูล",
    PartStatus.DRAFT: "ร่างของระบบ",
    PartStatus.EMPTY: "ยังไม่เขียน",
}


@dataclass(frozen=True)
class OutlineRow:
    """A line of the list of parts: a part with its page, or the heading of a chapter of several."""

    heading: OutlineHeading
    url: str = ""
    status: PartStatus | None = None


@dataclass(frozen=True)
class WrittenReport:
    """A report of a year, a term or a drive with its texts.

    `address` are the arguments of its URLs.
    """

    composition: Composition
    address: dict[str, int]
    may_write: bool
    lock_reason: str
    is_being_written: bool = False

    @cached_property
    def sources(self) -> TextSources:
        return load_text_sources(self.composition, recent=self.is_being_written)

    @cached_property
    def parts(self) -> list[CompositionPart]:
        return composition_parts(self.composition)

    @property
    def can_write(self) -> bool:
        """Whether this person may write in it now."""
        return self.may_write and not self.lock_reason

    @property
    def title(self) -> str:
        composition = self.composition
        if composition.academic_year:
            return f"{DocumentKind.YEAR.label} {composition.academic_year}"
        if composition.drive:
            return str(composition)
        place = composition.cluster or ""
        return f"{DocumentKind.SUMMARY.label} {composition.term} {place}".strip()

    def url(self, name: str, **more: Any) -> str:
        return reverse(name, kwargs={**self.address, **more})

    @property
    def prepare_url(self) -> str:
        """The page that puts the report forward for signing."""
        if self.composition.academic_year:
            return self.url("year_report")
        if self.composition.drive:
            return self.url("drive_report")
        name = "summary_report_cluster" if self.composition.cluster else "summary_report_area"
        return self.url(name)

    def draft_url(self, name: str) -> str:
        """The draft as a PDF (report_draft) or as a Word file (report_draft_word)."""
        of = self.composition
        document = IssuedDocument(
            academic_year=of.academic_year, term=of.term, cluster=of.cluster, drive=of.drive
        )
        return reverse(name, args=[of.kind, document.draft_target])

    def part(self, key: str) -> CompositionPart:
        """Raises Http404 unless the report has such a part."""
        found = next((part for part in self.parts if part.key == key), None)
        if found is None:
            raise Http404
        return found

    def status(self, part: CompositionPart) -> PartStatus:
        if not part.is_draft and part.text:
            return PartStatus.WRITTEN
        if part.key in PARTS_WITH_FIGURES:
            return PartStatus.FIGURES
        return PartStatus.DRAFT if self.sources.text_of(part) else PartStatus.EMPTY

    @cached_property
    def headings(self) -> list[OutlineHeading]:
        """The headings over the parts that are in the report."""
        keys = [PartKey(part.key) for part in self.parts if part.is_included]
        return outline_headings(keys, Outline(self.composition.outline))

    def heading(self, part: CompositionPart) -> OutlineHeading:
        """The part's own heading; one that is left out has no number."""
        own = (heading for heading in self.headings if heading.key == part.key)
        return next(own, OutlineHeading(part.key, "", part.get_key_display(), 1))

    def chapter(self, part: CompositionPart) -> OutlineHeading | None:
        """The heading under which the part stands with others; None where it has its own."""
        over = None
        for heading in self.headings:
            if heading.level == 1:
                over = heading
            if heading.key == part.key:
                return over if heading.level == 2 else None
        return None

    def outline_rows(self) -> Iterator[OutlineRow]:
        """The list of parts as the contents of the report have it, then those left out."""
        left_out = [self.heading(part) for part in self.parts if not part.is_included]
        by_key = {part.key: part for part in self.parts}
        for heading in [*self.headings, *left_out]:
            if part := by_key.get(heading.key):
                url = self.url("compose_part", key=part.key)
                yield OutlineRow(heading, url, self.status(part))
            else:
                yield OutlineRow(heading)


def get_written_report(
    request: SignedInRequest, address: dict[str, int], *, is_being_written: bool = False
) -> WrittenReport:
    """The report at this address, begun or not, for those who read the area's reports.

    While it `is_being_written`, figures of some minutes ago will do.
    """
    require(request.user, Permission.VIEW_REPORTS)
    composition = _composition_at(**address)
    may_write = can(request.user, Permission.PREPARE_REPORT)
    reason = _lock_reason(composition)
    return WrittenReport(composition, address, may_write, reason, is_being_written)


def _composition_at(
    year: int | None = None,
    pk: int | None = None,
    cluster_pk: int | None = None,
    drive_year: int | None = None,
) -> Composition:
    if drive_year is not None:
        drives = QualityDrive.objects.select_related("academic_year__area")
        return composition_of_drive(get_object_or_404(drives, academic_year__year=drive_year))
    if year is not None:
        years = AcademicYear.objects.select_related("area")
        return composition_of_year(get_object_or_404(years, year=year))
    term = get_object_or_404(Term.objects.select_related("academic_year__area"), pk=pk)
    cluster = None if cluster_pk is None else get_object_or_404(Cluster, pk=cluster_pk)
    return composition_of_term(term, cluster)


def _lock_reason(composition: Composition) -> str:
    try:
        check_composition_is_open(composition)
    except ActionRefused as refused:
        return str(refused)
    return ""


def get_report_to_write(request: SignedInRequest, address: dict[str, int]) -> WrittenReport:
    """The same for a POST by somebody who may write: the report is begun if nobody has."""
    report = get_written_report(request, address, is_being_written=True)
    require(request.user, Permission.PREPARE_REPORT)
    composition = report.composition
    if not composition.pk and composition.academic_year:
        composition = create_composition_of_year(composition.academic_year)
    elif not composition.pk and composition.term:
        composition = create_composition_of_term(composition.term, composition.cluster)
    elif not composition.pk and composition.drive:
        composition = create_composition_of_drive(composition.drive)
    return replace(report, composition=composition)


def get_report_to_change(request: SignedInRequest, address: dict[str, int]) -> WrittenReport:
    """The same for a page that asks before it acts: asking begins no report.

    Raises ActionRefused while nobody may write.
    """
    if request.method == "POST":
        return get_report_to_write(request, address)
    report = get_written_report(request, address)
    require(request.user, Permission.PREPARE_REPORT)
    check_composition_is_open(report.composition)
    return report


def authorship(part: CompositionPart) -> str:
    """Who wrote the part, in words, and when: the time of today, the day and time of earlier."""
    if not part.edited_by or not part.edited_at:
        return "ร่างโดยระบบ ยังไม่มีผู้แก้ไข"
    is_today = local_day(part.edited_at) == timezone.localdate()
    when = short_time(part.edited_at) if is_today else short_moment(part.edited_at)
    if part.is_draft:
        return f"ร่างโดยระบบ เริ่มใหม่โดย{part.edited_by} {when}"
    return f"ร่างโดยระบบ · แก้โดย{part.edited_by} {when}"

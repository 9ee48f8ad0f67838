"""What has changed since a report was signed: its frozen headlines beside those of today."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.data.drive_headlines import drive_headlines
from reports.data.drive_schema import DriveReport
from reports.data.headlines import (
    Figure,
    HeadlineSection,
    live_summary_headlines,
    live_year_headlines,
    summary_headlines,
    term_headlines,
    year_headlines,
)
from reports.data.quality_drive import drive_report
from reports.data.schema import SummaryReport, TermReport, YearReport
from reports.data.summary import load_summary_source
from reports.data.term import term_report
from schools.models import AcademicYear, Cluster, Term
from supervision.quality_drive.models import QualityDrive
from supervision.rounds.models import Round


@dataclass(frozen=True)
class ComparedHeadline:
    """One figure as it was signed and as it is today; None where there is no figure."""

    label: str
    unit: str
    frozen: Figure
    live: Figure

    @property
    def is_changed(self) -> bool:
        return self.frozen != self.live

    @property
    def in_words(self) -> str:
        """Such as: ได้รับการนิเทศเพิ่ม 4 โรงเรียน, or: ค่าเฉลี่ย ศน. จาก 3.52 เป็น 3.60."""
        if isinstance(self.frozen, int) and isinstance(self.live, int):
            word = "เพิ่ม" if self.live > self.frozen else "ลด"
            return f"{self.label}{word} {abs(self.live - self.frozen)} {self.unit}"
        return f"{self.label} จาก{_in_words(self.frozen)} เป็น{_in_words(self.live)}"


def _in_words(figure: Figure) -> str:
    return "ไม่มีตัวเลข" if figure is None else f" {figure}"


@dataclass(frozen=True)
class ComparedSection:
    """The figures of one term, or of the recommendations."""

    title: str
    figures: Sequence[ComparedHeadline]
    in_brief: bool

    @property
    def changes(self) -> list[ComparedHeadline]:
        return [one for one in self.figures if one.is_changed]

    @property
    def in_words(self) -> str:
        """What has changed, one after the other; empty where nothing has."""
        if self.changes and self.in_brief:
            return f"ตัวเลขเปลี่ยน {len(self.changes)} จาก {len(self.figures)} ค่า ดูในตาราง"
        return " · ".join(one.in_words for one in self.changes)


def changes_of_year(frozen: YearReport, year: AcademicYear, today: date) -> list[ComparedSection]:
    """A year's frozen figures beside those of today, in a constant number of queries."""
    return compare_headlines(year_headlines(frozen), live_year_headlines(year, today))


def changes_of_summary(
    frozen: SummaryReport, term: Term, cluster: Cluster | None
) -> list[ComparedSection]:
    """The same of a term of many schools."""
    live = live_summary_headlines(load_summary_source(term, cluster))
    return compare_headlines(summary_headlines(frozen), live)


def changes_of_term(frozen: TermReport, round_: Round) -> list[ComparedSection]:
    """The same of a school's term report."""
    return compare_headlines(term_headlines(frozen), term_headlines(term_report(round_)))


def changes_of_drive(frozen: DriveReport, drive: QualityDrive) -> list[ComparedSection]:
    """The same of the report on a quality drive."""
    return compare_headlines(drive_headlines(frozen), drive_headlines(drive_report(drive)))


def compare_headlines(
    frozen: Iterable[HeadlineSection], live: Iterable[HeadlineSection]
) -> list[ComparedSection]:
    """Section by section and figure by figure, in the order of the paper; new ones follow."""
    before = {section.title: section for section in frozen}
    now = {section.title: section for section in live}
    return [
        _compare_sections(section, before.get(title), now.get(title))
        for title, section in {**before, **now}.items()
    ]


def _compare_sections(
    section: HeadlineSection, frozen: HeadlineSection | None, live: HeadlineSection | None
) -> ComparedSection:
    """`section` is either of the two: it says what both are of."""
    before = {one.label: one for one in frozen.figures} if frozen else {}
    now = {one.label: one for one in live.figures} if live else {}
    figures = [
        ComparedHeadline(
            label=label,
            unit=one.unit,
            frozen=before[label].value if label in before else None,
            live=now[label].value if label in now else None,
        )
        for label, one in {**before, **now}.items()
    ]
    return ComparedSection(section.title, figures, section.in_brief)

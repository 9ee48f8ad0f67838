"""A school's profile on one sheet of paper, to take along on a visit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from reports.charts.lines import Sparkline
from reports.data.facts import area_heading
from reports.data.learning_lines import LearningLine
from reports.data.portal_results import PortalResultLine
from reports.data.profile_background import ProfileBackground, load_profile_background
from reports.data.profile_findings import (
    ProfileFindings,
    load_profile_findings,
    terms_of_profile,
)
from reports.data.schema import AreaHeading
from reports.data.school_profile import (
    SchoolProfile,
    get_profiled_school,
    load_school_profile,
)
from reports.papers.office_paper import OfficePaper
from reports.profiles.learning_charts import small_line
from schools.models import User
from supervision.improvement.ledger import LedgerEntry

# What fits the page beside texts of two lines each.
MOST_SUBJECTS = 8
MOST_STANDARDS = 7
MOST_FACTS = 5
MOST_FINDINGS = 3
MOST_ADVICE = 3


@dataclass(frozen=True)
class PaperSubject:
    """One subject of a test with its small line."""

    line: LearningLine
    spark: Sparkline


@dataclass(frozen=True)
class SchoolProfilePaper(OfficePaper):
    """One page whatever is known: lists are cut to what fits and say how much more there is."""

    template = "reports/paper/profile.html"
    name = "ข้อมูลโรงเรียนเพื่อการนิเทศ"

    profile: SchoolProfile
    findings: ProfileFindings
    background: ProfileBackground
    printed_at: datetime

    @property
    def title(self) -> str:
        return f"ข้อมูลโรงเรียน {self.profile.school.short_name}"

    @property
    def area(self) -> AreaHeading:
        return area_heading(self.profile.school.area)

    @property
    def is_sample(self) -> bool:
        return self.profile.is_sample or self.findings.is_sample or self.background.is_sample

    @property
    def school_names(self) -> Sequence[str]:
        return [self.profile.school.name]

    @property
    def learning(self) -> list[LearningLine]:
        """The subjects that fit: those of tests from outside before the school's own."""
        fitting = sorted(self._subjects, key=_subject_priority)[:MOST_SUBJECTS]
        return [line for line in self._subjects if line in fitting]

    @property
    def learning_rows(self) -> list[PaperSubject]:
        return [PaperSubject(line, small_line(line)) for line in self.learning]

    @property
    def more_learning(self) -> int:
        """How many subjects there is no room for; those that have levels alone never have any."""
        return sum(len(kind.lines) for kind in self.findings.kinds) - len(self.learning)

    @property
    def _subjects(self) -> list[LearningLine]:
        kinds = sorted(self.findings.kinds, key=lambda kind: kind.kind.is_entered_by_schools)
        return [line for kind in kinds for line in kind.lines if line.has_mean or line.is_withheld]

    @property
    def has_withheld(self) -> bool:
        """Whether some figure shown is of so few pupils that the reader may not see it."""
        return any(year.is_withheld for line in self.learning for year in line.years)

    @property
    def learning_sources(self) -> list[str]:
        return sorted({line.source for line in self.learning if line.source})

    @property
    def result_lines(self) -> Sequence[PortalResultLine]:
        """The standards that fit; the last line, all of them together, always does."""
        lines = self.findings.portal.lines
        if len(lines) <= MOST_STANDARDS:
            return lines
        return [*lines[: MOST_STANDARDS - 1], lines[-1]]

    @property
    def more_results(self) -> int:
        return len(self.findings.portal.lines) - len(self.result_lines)

    @property
    def facts(self) -> list[str]:
        """What the registry says, circumstances, projects, teachers wanted: a line each."""
        return self._facts[:MOST_FACTS]

    @property
    def more_facts(self) -> int:
        return len(self._facts) - len(self.facts)

    @property
    def _facts(self) -> list[str]:
        now = self.background.circumstances
        lines = [*now.circumstances, *now.projects, *now.teachers]
        known = [f"{fact.label} {fact.words}" for fact in self.background.registry if fact.words]
        of_registry = [" · ".join(self.background.kind_words), " · ".join(known)]
        return [
            *filter(None, of_registry),
            *(f"{line.title} {line.detail}".strip() for line in lines),
        ]

    @property
    def advice(self) -> Sequence[LedgerEntry]:
        """The most urgent of what is open."""
        return self.profile.advice.open[:MOST_ADVICE]

    @property
    def more_advice(self) -> int:
        return len(self.profile.advice.open) - len(self.advice)

    @property
    def external(self) -> list[str]:
        """What was found from outside in one line each, as much as fits."""
        return self._external[:MOST_FINDINGS]

    @property
    def more_external(self) -> int:
        return len(self._external) - len(self.external)

    @property
    def _external(self) -> list[str]:
        return [
            line
            for one in self.findings.external
            for line in (one.title, *(f"{row.aspect}: {row.level}" for row in one.results))
        ]


def _subject_priority(line: LearningLine) -> tuple[bool, bool]:
    """The school's own before those of merged schools, subjects before their totals."""
    return bool(line.origin_note), line.subject.is_total


def school_profile_paper(school_pk: int, *, reader: User) -> SchoolProfilePaper:
    """As it reads now; raises Http404 for a school that the reader may not see."""
    today = timezone.localdate()
    school = get_profiled_school(reader, school_pk, today)
    return SchoolProfilePaper(
        load_school_profile(reader, school, today),
        load_profile_findings(reader, school, terms_of_profile(today), today),
        load_profile_background(reader, school, today),
        timezone.now(),
    )

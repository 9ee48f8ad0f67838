"""A school's annual report beside what the portal knows of the same standards and year."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from schools.models import School, Term, User
from supervision.criteria.models import level_prefix
from supervision.profiles.models import AnnualReport
from supervision.profiles.sar.enums import QualityLevel
from supervision.profiles.sar.queries import ReportedLevel, ReportedStandard, reported_levels
from supervision.results.school_terms import ALL_RESULTS, load_school_terms
from supervision.results.scores import SchoolScore, load_scores
from supervision.results.standards import ResultScale, ResultStandard

_StandardName = tuple[str, int, str]  # level prefix, number and name: what makes two the same
_QUALITY_BY_WORD = {level.label: level for level in QualityLevel}


@dataclass(frozen=True)
class PortalLevel:
    """A mean of a term with the quality level that its scale gives it.

    `level` is None where the set is judged by another scale than the five quality levels.
    """

    mean: Decimal
    level: QualityLevel | None

    @property
    def words(self) -> str:
        """The mean and its level: 3.20 ดี."""
        return f"{self.mean} {self.level.label}" if self.level else str(self.mean)


@dataclass(frozen=True)
class TermLevels:
    """What the school and its supervisors came to in one term, by one standard."""

    term: Term
    own: PortalLevel | None
    visit: PortalLevel | None


@dataclass(frozen=True)
class ReportedStandardInTerms:
    """One standard of a report beside each term of its year that judged the same standard."""

    standard: ReportedStandard
    terms: Sequence[TermLevels]

    @property
    def latest(self) -> list[tuple[str, PortalLevel]]:
        """Who came to which level in the last term with a result; only what can be compared."""
        if not self.terms:
            return []
        pairs = (("โรงเรียนประเมินตนเอง", self.terms[-1].own), ("ศึกษานิเทศก์", self.terms[-1].visit))
        return [(who, found) for who, found in pairs if found and found.level]

    @property
    def differences(self) -> list[str]:
        """In words, where the last term with a result is a level or more away; else nothing."""
        reported = self.standard.quality_level
        if reported is None:
            return []
        words = [difference_words(reported, who, found) for who, found in self.latest]
        return [one for one in words if one]


def difference_words(reported: QualityLevel, who: str, portal: PortalLevel) -> str:
    """`SAR ดีเลิศ · ศึกษานิเทศก์ ดี ต่ำกว่า 1 ระดับ`; empty where the two agree or are not comparable."""
    if portal.level is None or portal.level == reported:
        return ""
    away = portal.level - reported
    direction = "สูงกว่า" if away > 0 else "ต่ำกว่า"
    return f"SAR {reported.label} · {who} {portal.level.label} {direction} {abs(away)} ระดับ"


@dataclass(frozen=True)
class ComparedLevel:
    """Early-childhood or basic education of a report beside the portal's results."""

    reported: ReportedLevel
    standards: Sequence[ReportedStandardInTerms]


@dataclass(frozen=True)
class AnnualReportComparison:
    """A sent report beside the portal's own results of its year; `terms` have a signed visit."""

    report: AnnualReport
    terms: Sequence[Term]
    levels: Sequence[ComparedLevel]
    is_sample: bool

    @property
    def compared(self) -> int:
        """How many standards of the report can be compared with a result."""
        return sum(bool(one.latest) for level in self.levels for one in level.standards)

    @property
    def different(self) -> int:
        return sum(bool(one.differences) for level in self.levels for one in level.standards)


def compare_annual_report(
    user: User, report: AnnualReport, school: School, today: date
) -> AnnualReportComparison:
    """A report of a school beside the results that the person may see, in five queries.

    Standards are the same where level, number and name agree.
    """
    terms = list(Term.objects.filter(academic_year=report.academic_year_id).order_by("opens_on"))
    rows = load_school_terms(user, [school], terms, today, with_clusters=False)
    by_term = load_scores(rows, ALL_RESULTS, own_of=school).scores_of_school(school.pk)
    scores = {term: _by_standard(by_term.get(term.pk, [])) for term in terms}
    return AnnualReportComparison(
        report=report,
        terms=[term for term in terms if scores[term]],
        levels=[_compared(level, scores) for level in reported_levels(report)],
        is_sample=report.is_sample or any(row.is_sample for row in rows),
    )


def _by_standard(scores: Iterable[SchoolScore]) -> dict[_StandardName, SchoolScore]:
    return {_name(one.standard): one for one in scores if one.standard}


def _name(standard: ResultStandard) -> _StandardName:
    return standard.level, standard.number, standard.name


def _compared(
    level: ReportedLevel, scores: Mapping[Term, Mapping[_StandardName, SchoolScore]]
) -> ComparedLevel:
    standards = []
    for standard in level.standards:
        name = (level_prefix(level.level), standard.number, standard.name)
        found = [(term, of_term[name]) for term, of_term in scores.items() if name in of_term]
        terms = [_term_levels(term, score) for term, score in found]
        standards.append(ReportedStandardInTerms(standard, terms))
    return ComparedLevel(level, standards)


def _term_levels(term: Term, score: SchoolScore) -> TermLevels:
    scale = score.standard.scale if score.standard else None
    return TermLevels(term, _portal_level(score.own, scale), _portal_level(score.visit, scale))


def _portal_level(mean: Decimal | None, scale: ResultScale | None) -> PortalLevel | None:
    if mean is None or scale is None:
        return None
    return PortalLevel(mean, _QUALITY_BY_WORD.get(scale.meaning(mean)))

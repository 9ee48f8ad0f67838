"""What the public may read of an issued document: of a school, of the area, or of its drive.

Points to improve, recommendations, findings, reasons and people are never part of it: what is
published is listed here figure by figure, so that a new figure stays inside until it is listed.
"""

from collections.abc import Sequence
from typing import Literal, TypedDict

from reports.data.drive_schema import DimensionResult, DriveReport, HonourFigures
from reports.data.schema import (
    AreaStandard,
    JudgedStandard,
    ReportFigures,
    SummaryReport,
    TermFigures,
    TermReport,
    YearReport,
)
from supervision.quality_drive.models import Honour

# A school knows its own part of a figure: it must rest on at least ten others as well.
MIN_SCHOOLS = 11
# A result that fewer schools got, or none, says of the others (or of all) what each of them got.
MIN_SCHOOLS_PER_RESULT = 3


class PublicStandard(TypedDict):
    """One standard's mean from the visits; `mean` and `meaning` are None where suppressed."""

    level: str
    number: int
    name: str
    n: int
    mean: str | None
    meaning: str | None
    top: int


class PublicTermReport(TypedDict):
    """What is published of one school's term report."""

    kind: Literal["term"]
    is_sample: bool
    area: str
    school: str
    term: str
    result: str
    standards: list[PublicStandard]
    practices: list[str]


class PublicResults(TypedDict):
    """How many schools got each result; None where that is suppressed."""

    achieved: int | None
    not_achieved: int | None
    results_suppressed: bool


class PublicTerm(PublicResults):
    """One term of the year over all schools."""

    term: str
    schools: int
    opened: int
    visited: int
    standards: list[PublicStandard]
    means_suppressed: bool
    min_schools: int


class PublicSummary(TypedDict):
    """What is published of a term's summary; `cluster` is empty for all schools of the area."""

    kind: Literal["summary"]
    is_sample: bool
    area: str
    cluster: str
    of_term: PublicTerm
    practices: int


class PublicYearReport(TypedDict):
    """What is published of the area's year-end report."""

    kind: Literal["year"]
    is_sample: bool
    area: str
    year: int
    terms: list[PublicTerm]
    practices: int


class PublicDimension(TypedDict):
    """One dimension's means over all schools; None where they are of too few."""

    name: str
    baseline: str | None
    now: str | None
    target: str | None


class PublicDrive(TypedDict):
    """What is published of the report on a quality drive; `agreements` None where of too few.

    Honours are those that a meeting released and nobody has taken back since.
    """

    kind: Literal["drive"]
    is_sample: bool
    area: str
    year: int
    model_name: str
    schools: int
    agreements: int | None
    events: int
    exchange: int
    practices: int
    dimensions: list[PublicDimension]
    means_suppressed: bool
    min_schools: int
    honours: list[HonourFigures]


def public_summary(
    figures: ReportFigures,
) -> PublicTermReport | PublicSummary | PublicYearReport | PublicDrive:
    """The allowed summary of a snapshot's figures."""
    if figures["kind"] == "drive":
        return _drive(figures)
    if figures["kind"] == "term":
        return _term(figures)
    return _summary(figures) if figures["kind"] == "summary" else _year(figures)


def _term(figures: TermReport) -> PublicTermReport:
    return {
        "kind": "term",
        "is_sample": figures["is_sample"],
        "area": figures["area"]["name"],
        "school": figures["school"],
        "term": figures["term"],
        "result": figures["decision"]["result"] if figures["decision"] else "",
        "standards": [_standard(row) for row in figures["standards"]],
        "practices": [practice["title"] for practice in figures["practices"]],
    }


def _summary(figures: SummaryReport) -> PublicSummary:
    """Of a cluster only how far supervision has come.

    Its means would be one subtraction away from those of the schools that it leaves out of the
    area's.
    """
    term = _year_term(figures["figures"])
    if figures["cluster"]:
        term |= {"achieved": None, "not_achieved": None, "results_suppressed": False}
        term |= {"standards": [], "means_suppressed": False}
    return {
        "kind": "summary",
        "is_sample": figures["is_sample"],
        "area": figures["area"]["name"],
        "cluster": figures["cluster"],
        "of_term": term,
        "practices": len(figures["practices"]),
    }


def _year(figures: YearReport) -> PublicYearReport:
    return {
        "kind": "year",
        "is_sample": figures["is_sample"],
        "area": figures["area"]["name"],
        "year": figures["year"],
        "terms": [_year_term(term) for term in figures["terms"] if term["opened"]],
        "practices": len(figures["practices"]),
    }


def _drive(figures: DriveReport) -> PublicDrive:
    work = figures["work"]
    dimensions = [_public_dimension(row, work["schools"]) for row in figures["results"]]
    return {
        "kind": "drive",
        "is_sample": figures["is_sample"],
        "area": figures["area"]["name"],
        "year": figures["year"],
        "model_name": figures["model_name"],
        "schools": work["schools"],
        "agreements": work["agreements"] if work["agreements"] >= MIN_SCHOOLS else None,
        "events": work["events"] + work["heads_meetings"],
        "exchange": len(figures["exchange"]),
        "practices": len(figures["practices"]),
        "dimensions": dimensions,
        "means_suppressed": any(row["now"] is None for row in dimensions),
        "min_schools": MIN_SCHOOLS,
        "honours": _still_released(figures["honours"]),
    }


def _public_dimension(row: DimensionResult, schools: int) -> PublicDimension:
    return {
        "name": row["name"],
        "baseline": row["baseline"] if row["baseline_n"] >= MIN_SCHOOLS else None,
        "now": row["now"] if row["now_n"] >= MIN_SCHOOLS else None,
        "target": row["target"] if schools >= MIN_SCHOOLS else None,
    }


def _still_released(honours: Sequence[HonourFigures]) -> list[HonourFigures]:
    """A meeting may take back what it released: then it is public no more, whatever was signed."""
    keys = [one["pk"] for one in honours]
    released = set(Honour.objects.released().filter(pk__in=keys).values_list("pk", flat=True))
    return [one for one in honours if one["pk"] in released]


def _year_term(term: TermFigures) -> PublicTerm:
    standards = [_area_standard(row) for row in term["standards"]]
    return {
        "term": term["term"],
        "schools": term["schools"],
        "opened": term["opened"],
        "visited": term["visited"],
        **_results(term),
        "standards": standards,
        "means_suppressed": any(row["mean"] is None for row in standards),
        "min_schools": MIN_SCHOOLS,
    }


def _results(term: TermFigures) -> PublicResults:
    """How many schools got each result, unless that says what one of them got."""
    achieved, not_achieved = term["achieved"], term["not_achieved"]
    decided = achieved + not_achieved
    if decided >= MIN_SCHOOLS and min(achieved, not_achieved) >= MIN_SCHOOLS_PER_RESULT:
        return {
            "achieved": achieved,
            "not_achieved": not_achieved,
            "results_suppressed": False,
        }
    return {"achieved": None, "not_achieved": None, "results_suppressed": decided > 0}


def _area_standard(row: AreaStandard) -> PublicStandard:
    shown = _standard(row)
    if shown["n"] < MIN_SCHOOLS:
        shown |= {"mean": None, "meaning": None}
    return shown


def _standard(row: JudgedStandard | AreaStandard) -> PublicStandard:
    return {
        "level": row["level"],
        "number": row["number"],
        "name": row["name"],
        "n": row["visit"]["n"],
        "mean": row["visit"]["mean"],
        "meaning": row["visit"]["meaning"],
        "top": row["top"],
    }

"""What the public may read of an issued document: means and results of a school, or the area.

Points to improve, recommendations, findings, reasons and people never pass this page: it
names what goes out, so that a new figure stays inside until somebody lets it go.
"""

from typing import Any

from reports.data.schema import TermReport
from reports.data.year_schema import YearReport

# A school knows its own part of a figure: it must rest on at least ten others as well.
MIN_SCHOOLS = 11
# A result that fewer schools got, or none, says of the others (or of all) what each of them got.
MIN_SCHOOLS_PER_RESULT = 3


def public_summary(figures: TermReport | YearReport) -> dict[str, Any]:
    """The allowed summary of a snapshot's figures."""
    return _term(figures) if figures["kind"] == "term" else _year(figures)


def _term(figures: Any) -> dict[str, Any]:
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


def _year(figures: Any) -> dict[str, Any]:
    return {
        "kind": "year",
        "is_sample": figures["is_sample"],
        "area": figures["area"]["name"],
        "year": figures["year"],
        "terms": [_year_term(term) for term in figures["terms"] if term["opened"]],
        "practices": len(figures["practices"]),
    }


def _year_term(term: Any) -> dict[str, Any]:
    counts = {name: term[name] for name in ("term", "schools", "opened", "visited")}
    standards = [_area_standard(row) for row in term["standards"]]
    means_suppressed = any(row["mean"] is None for row in standards)
    suppression = {"means_suppressed": means_suppressed, "min_schools": MIN_SCHOOLS}
    return counts | _results(term) | {"standards": standards} | suppression


def _results(term: Any) -> dict[str, Any]:
    """How many schools got each result, unless that tells what one of them got."""
    counts = {name: term[name] for name in ("achieved", "not_achieved")}
    decided = sum(counts.values())
    if decided >= MIN_SCHOOLS and min(counts.values()) >= MIN_SCHOOLS_PER_RESULT:
        return counts | {"results_suppressed": False}
    return dict.fromkeys(counts) | {"results_suppressed": decided > 0}


def _area_standard(row: Any) -> dict[str, Any]:
    shown = _standard(row)
    figures = {name: _unless_suppressed(shown["n"], shown[name]) for name in ("mean", "meaning")}
    return shown | figures


def _unless_suppressed(schools: int, figure: Any) -> Any:
    return figure if schools >= MIN_SCHOOLS else None


def _standard(row: Any) -> dict[str, Any]:
    return {
        "level": row["level"],
        "number": row["number"],
        "name": row["name"],
        "n": row["visit"]["n"],
        "mean": row["visit"]["mean"],
        "meaning": row["visit"]["meaning"],
        "top": row["top"],
    }

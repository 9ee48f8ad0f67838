"""A term over all schools: n counts schools, and a school's mean is one value."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Literal

from reports.data.facts import ReportedRound, cluster_name_on
from reports.data.schema import (
    NO_CLUSTER,
    AreaStandard,
    DecisionCounts,
    GroupRow,
    JudgedStandard,
    LevelCount,
    StandardChange,
    StepProgress,
    TermFigures,
)
from reports.data.scores import (
    figures_of_means,
    gap_text,
    judged_standards,
    lowest_level,
    overall_result,
)
from schools.access import NO_RIGHTS
from schools.models import School, Term
from supervision.criteria.models import Scale
from supervision.criteria.scoring import Band, interpretation, mean
from supervision.cycle.progress import progress_of_rounds

RoundsBySchool = dict[int, list[ReportedRound]]  # a term's rounds by school, first to last
NO_SIZE = "ยังไม่มีจำนวนนักเรียน"


def term_figures(
    term: Term,
    schools: Sequence[School],
    rounds_by_school: RoundsBySchool,
    sizes: Mapping[int, str],
    today: date,
) -> TermFigures:
    """Counts, progress, standards, clusters and sizes of one term.

    `sizes` says by school what the office's scheme calls it; without a scheme it is empty.
    """
    counted = _without_left_schools(rounds_by_school, today)
    latest = [rounds[-1] for rounds in counted.values()]
    measured = measured_rounds(counted)
    return {
        "term": str(term),
        "schools": sum(s.pk in counted or s.is_open_on(today) for s in schools),
        "opened": len(counted),
        "assessed": sum(any(r.self_assessments for r in rounds) for rounds in counted.values()),
        "visited": len(measured),
        **_count_decisions(latest),
        "repeated": sum(len(rounds) > 1 for rounds in counted.values()),
        "progress": _progress(latest, today),
        "standards": _standards(measured),
        "clusters": _clusters(counted),
        "sizes": _sizes(counted, sizes),
    }


def _without_left_schools(rounds_by_school: RoundsBySchool, today: date) -> RoundsBySchool:
    """Schools that closed or merged before they answered are in no count, as on the screens."""
    return {
        school: rounds
        for school, rounds in rounds_by_school.items()
        if not left_before_answering(rounds, today)
    }


def left_before_answering(rounds: Sequence[ReportedRound], today: date) -> bool:
    """Whether the school closed or merged with nothing confirmed and no signed visit."""
    answered = any(r.self_assessments or r.visits for r in rounds)
    return not answered and not rounds[0].school.is_open_on(today)


def _count_decisions(rounds: Sequence[ReportedRound]) -> DecisionCounts:
    achieved = [r.decision.is_achieved for r in rounds if r.decision]
    return {"achieved": achieved.count(True), "not_achieved": achieved.count(False)}


def measured_rounds(rounds_by_school: RoundsBySchool) -> list[ReportedRound]:
    """Of each school the last round with a signed visit: its scores count for the term."""
    visited = ([r for r in rounds if r.scoring_visit] for rounds in rounds_by_school.values())
    return [rounds[-1] for rounds in visited if rounds]


def _progress(latest: Sequence[ReportedRound], today: date) -> list[StepProgress]:
    all_progress = progress_of_rounds([r.round for r in latest], NO_RIGHTS, today)
    if not all_progress:
        return []
    return [
        {
            "number": round_step.step.number,
            "name": round_step.step.name,
            "done": sum(progress.steps[at].facts.done for progress in all_progress),
            "total": sum(not progress.steps[at].closure for progress in all_progress),
        }
        for at, round_step in enumerate(all_progress[0].steps)
    ]


def _standards(measured: Sequence[ReportedRound]) -> list[AreaStandard]:
    """One line a standard; sets that share level, number, name and scale are read together."""
    rows: dict[tuple[str, int, str, int], list[JudgedStandard]] = defaultdict(list)
    scales: dict[int, Scale] = {}
    for reported in measured:
        scale = reported.round.scale
        scales[scale.pk] = scale
        for row in judged_standards(reported):
            rows[row["level"], row["number"], row["name"], scale.pk].append(row)
    return [_area_standard(found, scales[key[3]]) for key, found in sorted(rows.items())]


def _area_standard(rows: Sequence[JudgedStandard], scale: Scale) -> AreaStandard:
    bands = sorted(scale.bands.all(), key=lambda band: band.low)
    own, visit = school_means(rows, "own"), school_means(rows, "visit")
    targets = {row["target"] for row in rows}
    return {
        "level": rows[0]["level"],
        "number": rows[0]["number"],
        "name": rows[0]["name"],
        "target": targets.pop() if len(targets) == 1 else None,
        "low": lowest_level(scale),
        "top": rows[0]["top"],
        "levels": level_counts(visit, bands),
        "own": figures_of_means(own, bands),
        "visit": figures_of_means(visit, bands),
        "gap": gap_text(mean(own), mean(visit)),
        "achieved": sum(row["achieved"] is True for row in rows),
        "judged": sum(row["achieved"] is not None for row in rows),
    }


def level_counts(means: Iterable[Decimal], bands: Sequence[Band]) -> list[LevelCount]:
    """How many of the means, at two decimals, lie in each of the bands."""
    found = Counter(interpretation(value, bands) for value in means)
    return [{"label": band.label, "schools": found[band.label]} for band in bands]


def school_means(rows: Iterable[JudgedStandard], side: Literal["own", "visit"]) -> list[Decimal]:
    """The schools' means as printed, so that a reader can check the area's mean by hand."""
    found = (row[side]["mean"] for row in rows)
    return [Decimal(value) for value in found if value is not None]


def _clusters(rounds_by_school: RoundsBySchool) -> list[GroupRow]:
    return _groups(rounds_by_school, _cluster_of)


def _cluster_of(reported: ReportedRound) -> str:
    """That of the visit's day: a school that moved in the term leaves its record where it was."""
    visit = reported.scoring_visit
    return (visit and cluster_name_on(reported.school, visit.visit_on)) or NO_CLUSTER


def _sizes(rounds_by_school: RoundsBySchool, sizes: Mapping[int, str]) -> list[GroupRow]:
    """From small to large, as `sizes` lists them; nothing while the office has no scheme."""
    if not sizes:
        return []
    order = [*dict.fromkeys(sizes.values()), NO_SIZE]
    rows = _groups(rounds_by_school, lambda r: sizes.get(r.school.pk) or NO_SIZE)
    return sorted(rows, key=lambda row: order.index(row["group"]))


def _groups(
    rounds_by_school: RoundsBySchool, name_of: Callable[[ReportedRound], str]
) -> list[GroupRow]:
    groups: dict[str, list[ReportedRound]] = defaultdict(list)
    for reported in measured_rounds(rounds_by_school):
        groups[name_of(reported)].append(reported)
    return [_group_row(name, rounds, rounds_by_school) for name, rounds in groups.items()]


def _group_row(
    name: str, measured: Sequence[ReportedRound], rounds_by_school: RoundsBySchool
) -> GroupRow:
    """Scores of the last signed visits, decisions of the last rounds, as in the whole area."""
    rows = [row for row in map(overall_result, measured) if row]
    bands = list(measured[0].round.scale.bands.all())
    return {
        "group": name,
        "schools": len(measured),
        "visit": figures_of_means(school_means(rows, "visit"), bands),
        **_count_decisions([rounds_by_school[r.school.pk][-1] for r in measured]),
    }


def standard_changes(terms: Sequence[TermFigures]) -> list[StandardChange]:
    """The supervisor's mean of each standard, term by term of the same year."""
    means: dict[tuple[str, int, str], dict[str, str | None]] = defaultdict(dict)
    for term in terms:
        for row in term["standards"]:
            key = row["level"], row["number"], row["name"]
            means[key][term["term"]] = row["visit"]["mean"]
    names = [term["term"] for term in terms]
    return [
        _standard_change(standard, [found.get(term) for term in names])
        for standard, found in sorted(means.items())
    ]


def _standard_change(standard: tuple[str, int, str], means: list[str | None]) -> StandardChange:
    level, number, name = standard
    first, last = (Decimal(value) if value else None for value in (means[0], means[-1]))
    change = gap_text(first, last)
    return {"level": level, "number": number, "name": name, "means": means, "change": change}

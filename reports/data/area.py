"""A term over all schools: n counts schools, and a school's mean is one value."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from reports.data.facts import LoadedRound, cluster_name_on, round_decision, round_scoring_visit
from reports.data.schema import JudgedStandard
from reports.data.scores import figures_of_means, gap_text, judged_standards, overall_result
from reports.data.year_schema import (
    AreaStandard,
    GroupRow,
    StandardChange,
    StepProgress,
    TermFigures,
)
from schools.access import NO_RIGHTS
from schools.models import School, Term
from supervision.criteria.scoring import Band, mean
from supervision.cycle.progress import progress_of_rounds

RoundsBySchool = dict[int, list[LoadedRound]]  # a term's rounds by school, first to last
NO_CLUSTER = "ไม่ระบุกลุ่มโรงเรียน"
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
    rounds_by_school = {
        school: rounds
        for school, rounds in rounds_by_school.items()
        if not left_before_answering(rounds, today)
    }
    latest = [rounds[-1] for rounds in rounds_by_school.values()]
    measured = measured_rounds(rounds_by_school)
    decisions = [round_decision(round_) for round_ in latest]
    counted = [
        school for school in schools if school.pk in rounds_by_school or school.is_open_on(today)
    ]
    return {
        "term": str(term),
        "schools": len(counted),
        "opened": len(rounds_by_school),
        "assessed": sum(
            any(r.confirmed_assessments for r in rounds) for rounds in rounds_by_school.values()
        ),
        "visited": len(measured),
        "achieved": sum(bool(d and d.is_achieved) for d in decisions),
        "not_achieved": sum(bool(d and not d.is_achieved) for d in decisions),
        "repeated": sum(len(rounds) > 1 for rounds in rounds_by_school.values()),
        "progress": _progress(latest, today),
        "standards": _standards(measured),
        "clusters": _clusters(rounds_by_school),
        "sizes": _sizes(rounds_by_school, sizes),
    }


def left_before_answering(rounds: Sequence[LoadedRound], today: date) -> bool:
    """Closed or merged before it answered: in no count, as on the screens (domain notes 1.2)."""
    answered = any(round_.confirmed_assessments or round_.signed_visits for round_ in rounds)
    return not answered and not rounds[0].school.is_open_on(today)


def measured_rounds(rounds_by_school: RoundsBySchool) -> list[LoadedRound]:
    """Of each school the last round with a signed visit: its scores stand for the term."""
    visited = (
        [r for r in rounds if round_scoring_visit(r)] for rounds in rounds_by_school.values()
    )
    return [rounds[-1] for rounds in visited if rounds]


def _progress(latest: Sequence[LoadedRound], today: date) -> list[StepProgress]:
    all_progress = progress_of_rounds(latest, NO_RIGHTS, today)
    if not all_progress:
        return []
    return [
        {
            "number": round_step.step.number,
            "name": round_step.step.name,
            "done": sum(progress.steps[at].fact.done for progress in all_progress),
            "total": sum(not progress.steps[at].closure for progress in all_progress),
        }
        for at, round_step in enumerate(all_progress[0].steps)
    ]


def _standards(measured: Sequence[LoadedRound]) -> list[AreaStandard]:
    """One line a standard; sets that share level, number, name and scale are read together."""
    rows: dict[tuple[str, int, str, int], list[JudgedStandard]] = defaultdict(list)
    bands: dict[int, list[Band]] = {}
    for round_ in measured:
        scale = round_.scale
        bands[scale.pk] = list(scale.bands.all())
        for row in judged_standards(round_):
            rows[row["level"], row["number"], row["name"], scale.pk].append(row)
    return [_area_standard(found, bands[key[3]]) for key, found in sorted(rows.items())]


def _area_standard(rows: Sequence[JudgedStandard], bands: Iterable[Band]) -> AreaStandard:
    own, visit = school_means(rows, "own"), school_means(rows, "visit")
    targets = {row["target"] for row in rows}
    return {
        "level": rows[0]["level"],
        "number": rows[0]["number"],
        "name": rows[0]["name"],
        "target": targets.pop() if len(targets) == 1 else None,
        "top": rows[0]["top"],
        "own": figures_of_means(own, bands),
        "visit": figures_of_means(visit, bands),
        "gap": gap_text(mean(own), mean(visit)),
        "achieved": sum(row["achieved"] is True for row in rows),
        "judged": sum(row["achieved"] is not None for row in rows),
    }


def school_means(rows: Iterable[JudgedStandard], side: str) -> list[Decimal]:
    """The schools' means as printed, so that a reader can check the area's mean by hand."""
    found = (row[side]["mean"] for row in rows)  # type: ignore[literal-required]
    return [Decimal(value) for value in found if value is not None]


def _clusters(rounds_by_school: RoundsBySchool) -> list[GroupRow]:
    return _groups(rounds_by_school, _cluster_of)


def _cluster_of(round_: LoadedRound) -> str:
    """That of the visit's day: a school that moved in the term leaves its record where it was."""
    visit = round_scoring_visit(round_)
    return (visit and cluster_name_on(round_.school, visit.visit_on)) or NO_CLUSTER


def _sizes(rounds_by_school: RoundsBySchool, sizes: Mapping[int, str]) -> list[GroupRow]:
    """From small to large, as `sizes` lists them; nothing while the office has no scheme."""
    if not sizes:
        return []
    order = [*dict.fromkeys(sizes.values()), NO_SIZE]
    rows = _groups(rounds_by_school, lambda round_: sizes.get(round_.school_id) or NO_SIZE)
    return sorted(rows, key=lambda row: order.index(row["group"]))


def _groups(
    rounds_by_school: RoundsBySchool, name_of: Callable[[LoadedRound], str]
) -> list[GroupRow]:
    groups: dict[str, list[LoadedRound]] = defaultdict(list)
    for round_ in measured_rounds(rounds_by_school):
        groups[name_of(round_)].append(round_)
    return [_group_row(name, rounds, rounds_by_school) for name, rounds in groups.items()]


def _group_row(
    name: str, measured: Sequence[LoadedRound], rounds_by_school: RoundsBySchool
) -> GroupRow:
    """Scores of the last signed visits, decisions of the last rounds, as in the whole area."""
    rows = [row for row in map(overall_result, measured) if row]
    bands = list(measured[0].scale.bands.all())
    decisions = [round_decision(rounds_by_school[round_.school_id][-1]) for round_ in measured]
    return {
        "group": name,
        "schools": len(measured),
        "visit": figures_of_means(school_means(rows, "visit"), bands),
        "achieved": sum(bool(d and d.is_achieved) for d in decisions),
        "not_achieved": sum(bool(d and not d.is_achieved) for d in decisions),
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

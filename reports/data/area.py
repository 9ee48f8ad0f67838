"""A term over all schools: n counts schools, and a school's mean is one value."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from reports.data.facts import Loaded, cluster_name, decision_of, last_visit
from reports.data.scores import figures_of_means, gap_text, overall_row, standard_rows
from reports.data.shapes import JudgedStandard
from reports.data.year_shapes import AreaStandard, Change, GroupRow, StepProgress, TermFigures
from schools.access import NO_RIGHTS
from schools.models import School, Term
from supervision.criteria.scoring import Band, mean
from supervision.cycle.walk import walks_of

Places = dict[int, list[Loaded]]  # a term's rounds by school, first to last
NO_CLUSTER = "ไม่ระบุกลุ่มโรงเรียน"
NO_SIZE = "ยังไม่มีจำนวนนักเรียน"


def term_figures(
    term: Term,
    schools: Sequence[School],
    places: Places,
    sizes: Mapping[int, str],
    today: date,
) -> TermFigures:
    """Counts, progress, standards, clusters and sizes of one term.

    `sizes` says by school what the office's scheme calls it; without a scheme it is empty.
    """
    places = {school: rounds for school, rounds in places.items() if not has_left(rounds, today)}
    latest = [rounds[-1] for rounds in places.values()]
    measured = measured_rounds(places)
    decisions = [decision_of(round_) for round_ in latest]
    counted = [school for school in schools if school.pk in places or school.is_open_on(today)]
    return {
        "term": str(term),
        "schools": len(counted),
        "opened": len(places),
        "assessed": sum(any(r.confirmed for r in rounds) for rounds in places.values()),
        "visited": len(measured),
        "achieved": sum(bool(d and d.is_achieved) for d in decisions),
        "not_achieved": sum(bool(d and not d.is_achieved) for d in decisions),
        "repeated": sum(len(rounds) > 1 for rounds in places.values()),
        "progress": _progress(latest, today),
        "standards": _standards(measured),
        "clusters": _clusters(places),
        "sizes": _sizes(places, sizes),
    }


def has_left(rounds: Sequence[Loaded], today: date) -> bool:
    """Closed or merged before it answered: in no count, as on the screens (domain notes 1.2)."""
    answered = any(round_.confirmed or round_.signed_visits for round_ in rounds)
    return not answered and not rounds[0].school.is_open_on(today)


def measured_rounds(places: Places) -> list[Loaded]:
    """Of each school the last round with a signed visit: its scores stand for the term."""
    visited = ([r for r in rounds if last_visit(r)] for rounds in places.values())
    return [rounds[-1] for rounds in visited if rounds]


def _progress(latest: Sequence[Loaded], today: date) -> list[StepProgress]:
    walks = walks_of(latest, NO_RIGHTS, today)
    if not walks:
        return []
    return [
        {
            "number": place.step.number,
            "name": place.step.name,
            "done": sum(walk.places[at].fact.done for walk in walks),
            "total": sum(not walk.places[at].gone for walk in walks),
        }
        for at, place in enumerate(walks[0].places)
    ]


def _standards(measured: Sequence[Loaded]) -> list[AreaStandard]:
    """One line a standard; sets that share level, number, name and scale are read together."""
    rows: dict[tuple[str, int, str, int], list[JudgedStandard]] = defaultdict(list)
    bands: dict[int, list[Band]] = {}
    for round_ in measured:
        scale = round_.scale
        bands[scale.pk] = list(scale.bands.all())
        for row in standard_rows(round_):
            rows[row["level"], row["number"], row["name"], scale.pk].append(row)
    return [_area_standard(found, bands[key[3]]) for key, found in sorted(rows.items())]


def _area_standard(rows: Sequence[JudgedStandard], bands: Iterable[Band]) -> AreaStandard:
    own, visit = means_of(rows, "own"), means_of(rows, "visit")
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


def means_of(rows: Iterable[JudgedStandard], side: str) -> list[Decimal]:
    """The schools' means as printed, so that a reader can check the area's mean by hand."""
    found = (row[side]["mean"] for row in rows)  # type: ignore[literal-required]
    return [Decimal(value) for value in found if value is not None]


def _clusters(places: Places) -> list[GroupRow]:
    return _groups(places, _cluster_of)


def _cluster_of(round_: Loaded) -> str:
    """That of the visit's day: a school that moved in the term leaves its record where it was."""
    visit = last_visit(round_)
    return (visit and cluster_name(round_.school, visit.visit_on)) or NO_CLUSTER


def _sizes(places: Places, sizes: Mapping[int, str]) -> list[GroupRow]:
    """From small to large, as `sizes` lists them; nothing while the office has no scheme."""
    if not sizes:
        return []
    order = [*dict.fromkeys(sizes.values()), NO_SIZE]
    rows = _groups(places, lambda round_: sizes.get(round_.school_id) or NO_SIZE)
    return sorted(rows, key=lambda row: order.index(row["group"]))


def _groups(places: Places, name_of: Callable[[Loaded], str]) -> list[GroupRow]:
    groups: dict[str, list[Loaded]] = defaultdict(list)
    for round_ in measured_rounds(places):
        groups[name_of(round_)].append(round_)
    return [_group_row(name, rounds, places) for name, rounds in groups.items()]


def _group_row(name: str, measured: Sequence[Loaded], places: Places) -> GroupRow:
    """Scores of the last signed visits, decisions of the last rounds, as in the whole area."""
    rows = [row for row in map(overall_row, measured) if row]
    bands = list(measured[0].scale.bands.all())
    decisions = [decision_of(places[round_.school_id][-1]) for round_ in measured]
    return {
        "group": name,
        "schools": len(measured),
        "visit": figures_of_means(means_of(rows, "visit"), bands),
        "achieved": sum(bool(d and d.is_achieved) for d in decisions),
        "not_achieved": sum(bool(d and not d.is_achieved) for d in decisions),
    }


def changes(terms: Sequence[TermFigures]) -> list[Change]:
    """The supervisor's mean of each standard, term by term of the same year."""
    means: dict[tuple[str, int, str], dict[str, str | None]] = defaultdict(dict)
    for term in terms:
        for row in term["standards"]:
            key = row["level"], row["number"], row["name"]
            means[key][term["term"]] = row["visit"]["mean"]
    names = [term["term"] for term in terms]
    return [
        _change(standard, [found.get(term) for term in names])
        for standard, found in sorted(means.items())
    ]


def _change(standard: tuple[str, int, str], means: list[str | None]) -> Change:
    level, number, name = standard
    first, last = (Decimal(value) if value else None for value in (means[0], means[-1]))
    change = gap_text(first, last)
    return {"level": level, "number": number, "name": name, "means": means, "change": change}

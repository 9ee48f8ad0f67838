"""What pupils reached in tests, as the report of a year says it: subjects, levels, clusters, years.

Shown beside what supervisors saw, never as its cause. Results of fewer than three pupils are in no
figure; each subject says of how many schools they were.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reports.charts.lines import MOST_LINES
from reports.charts.means import top_of_test_scale
from reports.data.area_learning import (
    AreaLearning,
    AreaLearningKind,
    AreaLearningLine,
    load_area_learning,
)
from reports.data.schema import (
    NO_CLUSTER,
    ClusterSubjectMean,
    LearningBlock,
    LearningClusterRow,
    LearningFigures,
    LearningKindFigures,
    LearningSubjectFigures,
    LevelPercentFigures,
    TermFigures,
    TrendFigures,
)
from reports.data.scores import two_decimals
from schools.models import AcademicYear, Cluster
from supervision.criteria.scoring import signed_text
from supervision.profiles.learning.results import LearningSums, sums_of_results
from supervision.profiles.learning.sums import ResultSum

# By the key of each cluster: its name and the supervisors' mean; None are schools without one.
Clusters = dict[int | None, tuple[str, str | None]]


def learning_figures(year: AcademicYear, term: TermFigures | None) -> LearningFigures:
    """Up to that academic year; `term` has the supervisors' means, the last one measured."""
    learning = load_area_learning(year.year)
    sums = _newest_sums(learning)
    clusters = _clusters(term)
    return {
        "term": term["term"] if term else "",
        "kinds": [_kind(kind, learning, sums, clusters) for kind in learning.kinds],
    }


def _newest_sums(learning: AreaLearning) -> LearningSums:
    """By cluster, of the newest year of each kind."""
    newest = {line.subject.pk: kind.year for kind in learning.kinds for line in kind.lines}
    rows = [one for one in learning.stored.rows if newest[one.subject_id] == one.year]
    return sums_of_results(replace(learning.stored, rows=rows))


def _clusters(term: TermFigures | None) -> Clusters:
    """In their order, schools without a cluster last."""
    visits = {row["group"]: row["visit"]["mean"] for row in term["clusters"]} if term else {}
    names = [(one.pk, one.name) for one in Cluster.objects.all()]
    return {pk: (name, visits.get(name)) for pk, name in [*names, (None, NO_CLUSTER)]}


def _kind(
    kind: AreaLearningKind, learning: AreaLearning, sums: LearningSums, clusters: Clusters
) -> LearningKindFigures:
    subjects = {line.subject.pk for line in kind.lines}
    return {
        "name": kind.kind.name,
        "long_name": kind.kind.long_name,
        "year": kind.year,
        "is_sample": any(
            one.is_sample and one.subject_id in subjects for one in learning.stored.rows
        ),
        "is_from_memory": kind.kind.is_from_memory,
        "has_means": any(line.newest.sum.mean is not None for line in kind.lines),
        "subjects": [_subject(line, kind.levels) for line in kind.lines],
        "blocks": [] if kind.kind.is_entered_by_schools else _blocks(kind, sums, clusters),
    }


def _subject(line: AreaLearningLine, levels: Sequence[tuple[int, str]]) -> LearningSubjectFigures:
    newest, change = line.newest, line.change
    return {
        "key": f"learning.{line.subject.pk}",
        "label": line.subject.label,
        "schools": newest.sum.schools,
        "tested": newest.sum.tested,
        "mean": two_decimals(newest.sum.mean),
        "sd": two_decimals(newest.sum.sd),
        "change": signed_text(change.points) if change else None,
        "change_schools": change.schools if change else 0,
        "nation": two_decimals(newest.nation),
        "left_out": newest.sum.left_out,
        "levels": _levels(newest.sum, levels),
    }


def _levels(found: ResultSum, levels: Sequence[tuple[int, str]]) -> list[LevelPercentFigures]:
    """From the lowest; nothing where no school gives its levels."""
    if not found.shares:
        return []
    return [
        {"label": name, "percent": f"{found.shares.get(pk, 0):.2f}"}
        for pk, name in reversed(levels)
    ]


def _blocks(kind: AreaLearningKind, sums: LearningSums, clusters: Clusters) -> list[LearningBlock]:
    return [
        {
            "grade": grade,
            "subjects": [line.subject.name for line in lines],
            "clusters": _cluster_rows(kind.year, lines, sums, clusters),
            "trend": _trend(f"{kind.kind} {grade}", lines),
        }
        for grade, lines in _lines_of_blocks(kind)
    ]


def _lines_of_blocks(kind: AreaLearningKind) -> Iterator[tuple[str, Sequence[AreaLearningLine]]]:
    for grade, of_grade in groupby(kind.lines, key=lambda line: line.subject.get_grade_display()):
        lines = list(of_grade)
        for at in range(0, len(lines), MOST_LINES):
            yield grade, lines[at : at + MOST_LINES]


def _cluster_rows(
    year: int, lines: Sequence[AreaLearningLine], sums: LearningSums, clusters: Clusters
) -> list[LearningClusterRow]:
    """The clusters with results in these subjects."""
    rows: list[LearningClusterRow] = []
    for pk, (name, visit) in clusters.items():
        found = [sums.cluster(pk, year, line.subject.pk) for line in lines]
        if any(one.schools for one in found):
            means = [_cluster_mean(one) for one in found]
            rows.append({"cluster": name, "visit": visit, "means": means})
    return rows


def _cluster_mean(found: ResultSum) -> ClusterSubjectMean:
    return {"mean": two_decimals(found.mean), "schools": found.schools}


def _trend(title: str, lines: Sequence[AreaLearningLine]) -> TrendFigures | None:
    """Over the years with a mean of any of the subjects, where there are two."""
    years = [
        at
        for at in range(len(lines[0].years))
        if any(line.years[at].sum.mean is not None for line in lines)
    ]
    if len(years) < 2:
        return None
    return {
        "title": title,
        "note": "",
        "low": 0,
        "top": top_of_test_scale(max(line.subject.highest_mean for line in lines)),
        "terms": [str(lines[0].years[at].year) for at in years],
        "lines": [
            {
                "label": line.subject.name,
                "means": [two_decimals(line.years[at].sum.mean) for at in years],
            }
            for line in lines
        ],
    }

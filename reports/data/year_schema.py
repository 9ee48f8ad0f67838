"""What the area's year-end report is made of, beside the shapes that it shares with a term's."""

from typing import TypedDict

from reports.data.schema import (
    AreaHeading,
    CriteriaFigures,
    DecisionFacts,
    EarlierRound,
    JudgedStandard,
    PracticeTexts,
    RecommendationRow,
    ScoreFigures,
    SummaryTexts,
)


class StepProgress(TypedDict):
    """How many schools of a term have done a step, of all that were to do it."""

    number: int
    name: str
    done: int
    total: int


class NeedsAverage(TypedDict):
    """One area of work over all schools that answered; `index` is PNI modified."""

    rank: int | None
    area: str
    n: int
    problem: str | None
    problem_sd: str | None
    need: str | None
    need_sd: str | None
    index: str | None


class NeedsFigures(TypedDict):
    """One survey of a term or a whole year: its areas, most urgent first."""

    period: str
    survey_template: str
    schools: int
    areas: list[NeedsAverage]


class AreaStandard(TypedDict):
    """One standard over the schools of a term; n counts schools."""

    level: str
    number: int
    name: str
    target: str | None
    top: int
    own: ScoreFigures
    visit: ScoreFigures
    gap: str | None
    achieved: int
    judged: int


class GroupRow(TypedDict):
    """Schools of one cluster, or of one size, taken together."""

    group: str
    schools: int
    visit: ScoreFigures
    achieved: int
    not_achieved: int


class TermFigures(TypedDict):
    """One term of the year over all schools."""

    term: str
    schools: int
    opened: int
    assessed: int
    visited: int
    achieved: int
    not_achieved: int
    repeated: int
    progress: list[StepProgress]
    standards: list[AreaStandard]
    clusters: list[GroupRow]
    sizes: list[GroupRow]


class StandardChange(TypedDict):
    """One standard's mean in each compared term; the change is last less first."""

    level: str
    number: int
    name: str
    means: list[str | None]
    change: str | None


class SchoolTerm(TypedDict):
    """One school's term in brief."""

    term: str
    rounds: int
    result: str
    kind: str
    mean: str | None
    meaning: str
    visit_on: str | None
    mode: str
    standards: list[JudgedStandard]
    before: list[EarlierRound]
    decision: DecisionFacts | None
    summary: SummaryTexts | None


class SchoolYear(TypedDict):
    """What one school's terms of the year came to, told beside the other schools."""

    school: str
    cluster: str
    terms: list[SchoolTerm]


class SupportWish(TypedDict):
    """What help a school asked for at a signed visit."""

    school: str
    term: str
    text: str


class CriteriaDetail(CriteriaFigures):
    """An indicator set in full, for the appendix."""

    standards: list[dict]


class ObservationCounts(TypedDict):
    """How many classrooms were observed in a year, and in how many schools."""

    times: int
    schools: int


class YearReport(TypedDict):
    """All figures of the area's academic year: what its year-end report says.

    Papers issued by templates 1 and 2 know no `observed`.
    """

    kind: str
    is_sample: bool
    as_of: str
    area: AreaHeading
    year: int
    foreword: list[str]
    executive: list[str]
    needs: list[NeedsFigures]
    terms: list[TermFigures]
    compared: list[str]
    comparison: list[StandardChange]
    observed: ObservationCounts
    support: list[SupportWish]
    schools: list[SchoolYear]
    recommendations: list[RecommendationRow]
    practices: list[PracticeTexts]
    criteria: list[CriteriaDetail]

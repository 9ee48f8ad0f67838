"""What reports are made of: plain values that JSON keeps as they are.

Days and moments are ISO text, means and deviations are text with two decimals, so that a
frozen snapshot reads the same for ever. Screen, PDF and public page all read these shapes.
"""

from datetime import date
from typing import TypedDict

from schools.thai import local_day


def iso(value: date | None) -> str | None:
    """The day in Thailand, as it is stored in a snapshot."""
    return local_day(value).isoformat() if value else None


class AreaFigures(TypedDict):
    name: str
    short_name: str
    group_name: str


class ScoreFigures(TypedDict):
    """n, x̄, S.D. and the meaning of one group of scores; None where there is nothing to say."""

    n: int
    mean: str | None
    sd: str | None
    meaning: str
    not_applicable: int
    unanswered: int


class IndicatorRow(TypedDict):
    """One indicator judged twice; a level of None with `set_aside` was not assessed.

    `weight` is told only where the standard's indicators do not all count the same.
    """

    code: str
    text: str
    weight: str | None
    own: int | None
    own_set_aside: bool
    visit: int | None
    visit_set_aside: bool
    set_aside_reason: str
    gap: int | None
    finding: str


class StandardRow(TypedDict):
    """One standard: the school's own score beside the supervisor's.

    `level` is ปฐมวัย where the set is for early childhood, else empty.
    """

    level: str
    number: int
    name: str
    target: str | None
    top: int
    own: ScoreFigures
    visit: ScoreFigures
    gap: str | None
    achieved: bool | None
    indicators: list[IndicatorRow]


class Criteria(TypedDict):
    name: str
    version: int
    scale: str
    bands: list[str]
    provenance: str
    meeting_no: str
    meeting_on: str | None
    is_sample: bool


class NeedRow(TypedDict):
    area: str
    problem: int | None
    need: int | None


class Needs(TypedDict):
    rows: list[NeedRow]
    wanted: list[str]
    submitted_on: str | None


class EarlierRound(TypedDict):
    """A round of the same term that ended in ไม่บรรลุ, and what was to change after it."""

    number: int
    result: str
    reason: str
    meeting_no: str
    meeting_on: str | None
    will_change: str


class VisitFacts(TypedDict):
    """One signed visit and what its record says of the whole school.

    Papers issued by template 1 know no `strengths`, `improvement_points`, `advice`, `support`.
    """

    number: int
    visit_on: str
    mode: str
    purpose: str
    leader: str
    strengths: str
    improvement_points: str
    problems: str
    advice: str
    support: str
    school_comment: str


class DecisionFacts(TypedDict):
    result: str
    achieved: bool
    reason: str
    meeting_no: str
    meeting_on: str


class SummaryTexts(TypedDict):
    strengths: str
    improvement_points: str
    guidelines: str


class Practice(TypedDict):
    school: str
    term: str
    title: str
    level: str
    background: str
    objectives: str
    process: str
    outcome: str
    success_factors: str
    lessons: str
    dissemination: str


class Advice(TypedDict):
    """One line of the recommendation ledger."""

    school: str
    term: str
    text: str
    owner: str
    due_on: str
    state: str
    closed_on: str | None
    proof: str
    overdue: bool


class Signature(TypedDict):
    """Who answered for what: the post, never the person's data."""

    act: str
    capacity: str
    on: str


class TermReport(TypedDict):
    """All figures of one school's round: what its term report says."""

    kind: str
    is_sample: bool
    as_of: str
    area: AreaFigures
    school: str
    cluster: str
    term: str
    year: int
    round_number: int
    will_change: str
    before: list[EarlierRound]
    needs: Needs | None
    criteria: list[Criteria]
    standards: list[StandardRow]
    overall: StandardRow | None
    earlier_visits: list[VisitFacts]
    visit: VisitFacts | None
    later_visits: list[VisitFacts]
    decision: DecisionFacts | None
    summary: SummaryTexts | None
    practices: list[Practice]
    recommendations: list[Advice]
    signatures: list[Signature]


class StepProgress(TypedDict):
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
    frame: str
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


class Change(TypedDict):
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
    standards: list[StandardRow]
    before: list[EarlierRound]
    decision: DecisionFacts | None
    summary: SummaryTexts | None


class SchoolYear(TypedDict):
    school: str
    cluster: str
    terms: list[SchoolTerm]


class SupportWish(TypedDict):
    """What help a school asked for at a signed visit."""

    school: str
    term: str
    text: str


class CriteriaDetail(Criteria):
    """An indicator set in full, for the appendix."""

    standards: list[dict]


class YearReport(TypedDict):
    """All figures of the area's academic year: what its year-end report says."""

    kind: str
    is_sample: bool
    as_of: str
    area: AreaFigures
    year: int
    foreword: list[str]
    executive: list[str]
    needs: list[NeedsFigures]
    terms: list[TermFigures]
    compared: list[str]
    comparison: list[Change]
    support: list[SupportWish]
    schools: list[SchoolYear]
    recommendations: list[Advice]
    practices: list[Practice]
    criteria: list[CriteriaDetail]

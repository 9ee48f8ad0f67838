"""What a school's term report is made of: plain values that JSON keeps as they are.

Days and moments are ISO text, means and deviations are text with two decimals, so that a
frozen snapshot reads the same for ever. Screen, PDF and public page all read these shapes.
"""

from datetime import date
from typing import TypedDict

from schools.core.thai import local_day


def iso_day(value: date | None) -> str | None:
    """The day in Thailand, as it is stored in a snapshot."""
    return local_day(value).isoformat() if value else None


class AreaHeading(TypedDict):
    """The office whose figures these are, as the head of a paper names it."""

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


class JudgedStandard(TypedDict):
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


class CriteriaFigures(TypedDict):
    """An indicator set that a round was judged by, and the meeting that endorsed it."""

    name: str
    version: int
    scale: str
    bands: list[str]
    provenance: str
    meeting_no: str
    meeting_on: str | None
    is_sample: bool


class NeedRow(TypedDict):
    """One area of work in a school's survey: its levels of problem and of need, 1 to 5."""

    area: str
    problem: int | None
    need: int | None


class SchoolNeeds(TypedDict):
    """What a school answered in form 7.1; `wanted` begins with what it wants most."""

    rows: list[NeedRow]
    wanted: list[str]
    submitted_on: str | None


class EarlierRound(TypedDict):
    """A round of the same term that ended in ไม่บรรลุ, and what was to change after it.

    Papers issued before template 3 know no `visit`, the one its decision rests on, and those
    before template 4 no `proposed`, `against_reason`, as in DecisionFacts.
    """

    number: int
    result: str
    reason: str
    proposed: str
    against_reason: str
    meeting_no: str
    meeting_on: str | None
    planned_changes: str
    visit: "VisitFacts | None"


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


class ObservationFacts(TypedDict):
    """One classroom observed, with its short form's score; the teacher is never told."""

    visit_on: str
    grade: str
    subject: str
    score: ScoreFigures
    strengths: str
    improvement_points: str
    advice: str


class DecisionFacts(TypedDict):
    """What step 5 found and why, and the meeting of ก.ต.ป.น. that says so.

    `against_reason` says why it is not what the rules proposed, and is empty where it is.
    Papers issued before template 4 know neither it nor `proposed`.
    """

    result: str
    achieved: bool
    reason: str
    proposed: str
    against_reason: str
    meeting_no: str
    meeting_on: str


class SummaryTexts(TypedDict):
    """What the school and the unit agreed in step 6, in words."""

    strengths: str
    improvement_points: str
    guidelines: str


class PracticeTexts(TypedDict):
    """A good practice chosen in step 5, as the school that made it tells it."""

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


class RecommendationRow(TypedDict):
    """One line of the recommendation ledger.

    Papers issued by templates 1 and 2 know no `visit`, `visit_on`, `indicator`.
    """

    school: str
    term: str
    text: str
    visit: str
    visit_on: str | None
    indicator: str
    owner: str
    due_on: str
    state: str
    closed_on: str | None
    proof: str
    overdue: bool


class StepSignature(TypedDict):
    """Who answered for what: the post, never the person's data."""

    act: str
    capacity: str
    on: str


class TermReport(TypedDict):
    """All figures of one school's round: what its term report says.

    Papers issued by templates 1 and 2 know no `observations`.
    """

    kind: str
    is_sample: bool
    as_of: str
    area: AreaHeading
    school: str
    cluster: str
    term: str
    year: int
    round_number: int
    planned_changes: str
    before: list[EarlierRound]
    needs: SchoolNeeds | None
    criteria: list[CriteriaFigures]
    standards: list[JudgedStandard]
    overall: JudgedStandard | None
    earlier_visits: list[VisitFacts]
    visit: VisitFacts | None
    later_visits: list[VisitFacts]
    observations: list[ObservationFacts]
    decision: DecisionFacts | None
    summary: SummaryTexts | None
    practices: list[PracticeTexts]
    recommendations: list[RecommendationRow]
    signatures: list[StepSignature]

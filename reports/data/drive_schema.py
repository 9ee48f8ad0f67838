"""The shape of the report on a year's quality drive: plain values kept as JSON.

Days are ISO text and means text with two decimals, as in reports/data/schema.py. Nothing in it
says what one school reached, agreed on or was placed at: schools stand in it by name only where a
meeting honoured them and where their practices were selected.
"""

from typing import Literal, TypedDict

from reports.data.area_schema import AreaHeading


class DriveCount(TypedDict):
    """How many there are of something; `key` means the same every year."""

    key: str
    name: str
    count: int


class DriveIndicatorFigures(TypedDict):
    """An indicator with the target and weight that ก.ต.ป.น. endorsed for the whole area."""

    text: str
    indicator_set: str
    weight: str
    target: str
    is_sample: bool


class DriveDimensionFigures(TypedDict):
    """A dimension of quality as the drive has it; `in_4q` whether the manual's headline has it."""

    code: str
    name: str
    in_4q: bool
    weight: str
    indicators: list[DriveIndicatorFigures]


class DriveStepFigures(TypedDict):
    """One of the seven steps with what was done of it, a sentence each."""

    number: int
    letter: str
    name: str
    facts: list[str]


class DriveWork(TypedDict):
    """What was done, in counts.

    `schools` are those that take part; `baselines`, `agreements`, `reporting` and `mentored` count
    schools among them. `people` are counted as often as they came.
    """

    schools: int
    teams: int
    sectors: int
    baselines: int
    heads_meetings: int
    agreements: int
    reporting: int
    reports: int
    partners: int
    partners_outside: int
    events: int
    people: int
    mentoring_visits: int
    mentored: int
    monitoring_reports: int


class DimensionResult(TypedDict):
    """One dimension over all schools: before the work, now, and the area's target.

    A mean is of as many schools as its `n` says, and None where none has one. `change` is the mean
    change of the schools that have both. `states` counts schools by how far they are.
    """

    code: str
    name: str
    baseline: str | None
    baseline_n: int
    now: str | None
    now_n: int
    target: str | None
    change: str | None
    change_n: int
    reached: int
    states: list[DriveCount]
    low: int
    top: int


class DriveInYear(TypedDict):
    """A year's drive as far as the texts of the year's report may say it."""

    model_name: str
    work: DriveWork
    results: list[DimensionResult]


class DriveGroupMean(TypedDict):
    """A group's means in one dimension; None where fewer schools have one than may be shown."""

    code: str
    baseline: str | None
    now: str | None


class DriveGroupRow(TypedDict):
    """A cluster, or the schools of one size; `schools` are those with a signed visit."""

    group: str
    schools: int
    means: list[DriveGroupMean]


class ExpectedResultFigures(TypedDict):
    """What the drive was to bring about, and what came of it; empty where nobody wrote."""

    kind: str
    code: str
    dimension: str
    text: str
    result: str


class OwedCounts(TypedDict):
    """Lines of the ledger by how far they are; `open` includes the `late` ones."""

    total: int
    kept: int
    reported: int
    open: int
    late: int


class OwedByPost(OwedCounts):
    """The same of what one post owes."""

    owner: str


class MonitoringFigures(TypedDict):
    """What a committee reported on the drive."""

    committee: str
    starts_on: str
    ends_on: str
    progress: str
    problems: str
    proposals: str


class HonourFigures(TypedDict):
    """An honour that a meeting released; `pk` finds it again once it is taken back."""

    pk: int
    category: str
    school: str
    reason: str
    meeting_no: str
    meeting_on: str


class ExchangeFigures(TypedDict):
    """An exchange event that was held."""

    title: str
    held_on: str
    people: int
    takeaways: int


class ClimateStatementMean(TypedDict):
    """One statement of a climate survey and how far the answers agree, 1 to 5, as it is shown."""

    text: str
    mean: str


class ClimateOfDrive(TypedDict):
    """A climate survey with enough answers; the others are only counted."""

    title: str
    answers: int
    statements: list[ClimateStatementMean]
    is_sample: bool


class DrivePractice(TypedDict):
    """A practice of the year that was selected."""

    title: str
    school: str
    level: str


class DriveReport(TypedDict):
    """All figures of a year's quality drive: what its report says.

    `meeting_no` and `meeting_on` are those of the meeting that endorsed it, empty and None before.
    `few_climate` counts surveys with too few answers to be shown.
    """

    kind: Literal["drive"]
    is_sample: bool
    as_of: str
    area: AreaHeading
    year: int
    model_name: str
    headline: str
    purpose: str
    provenance: str
    meeting_no: str
    meeting_on: str | None
    dimensions: list[DriveDimensionFigures]
    work: DriveWork
    sectors: list[str]
    steps: list[DriveStepFigures]
    results: list[DimensionResult]
    clusters: list[DriveGroupRow]
    sizes: list[DriveGroupRow]
    expected: list[ExpectedResultFigures]
    support: OwedCounts
    support_by_post: list[OwedByPost]
    mentored_dimensions: list[DriveCount]
    advice: OwedCounts
    monitoring: list[MonitoringFigures]
    honours: list[HonourFigures]
    exchange: list[ExchangeFigures]
    takeaways: int
    studies: list[DriveCount]
    practices: list[DrivePractice]
    climate: list[ClimateOfDrive]
    few_climate: int
    next_plan: str

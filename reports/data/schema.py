"""The shapes of a term report, a term's summary and a year report: plain values kept as JSON.

That of a quality drive's report is in reports/data/drive_schema.py.

Days and moments are ISO text, means and deviations are text with two decimals, so that a
frozen snapshot reads the same for ever. Screen, PDF and public page all read these shapes.
A key that papers of earlier templates lack is named in the docstring of its shape, and the
templates read those papers too; see TEMPLATE_VERSION in reports/actions.py.
"""

from datetime import date
from typing import Literal, NotRequired, TypedDict

from reports.data.area_schema import AreaHeading as AreaHeading
from reports.data.drive_schema import DriveInYear, DriveReport
from schools.core.thai import local_day


def iso_day(value: date | None) -> str | None:
    """The day in Thailand, as it is stored in a snapshot."""
    return local_day(value).isoformat() if value else None


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

    `weight` has two decimals and is None where the standard's indicators all count the same.
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
    """One standard: the school's own score and the supervisor's.

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
    """One classroom observed, with its short form's score; the teacher is never named."""

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
    """A good practice chosen in step 5, in the words of the school that made it."""

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


class MethodsFigures(TypedDict):
    """The endorsed tools and methods of supervision of a term, or of one round (step 2)."""

    term: str
    methods: list[str]
    tools: list[str]
    description: str
    meeting_no: str
    meeting_on: str
    is_sample: bool


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


class ReportPhoto(TypedDict):
    """A photo of the visit whose people agreed to be shown; `evidence` is its primary key."""

    evidence: str
    caption: str


class TermReport(TypedDict):
    """All figures of one school's round: what its term report says.

    `photos` are at most those that a paper has room for; `more_photos` counts what is not printed.
    `methods` holds one, or none before they are endorsed. Papers issued by templates 1 and 2 know
    no `observations`, those before template 5 no `photos` and `more_photos`, those before template
    6 no `methods`.
    """

    kind: Literal["term"]
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
    methods: list[MethodsFigures]
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
    photos: list[ReportPhoto]
    more_photos: int


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


class LevelCount(TypedDict):
    """How many schools' means lie in one band of the scale."""

    label: str
    schools: int


class AreaStandard(TypedDict):
    """One standard over the schools of a term; n counts schools.

    `levels` counts the supervisors' means by band, lowest first; `low` and `top` are the ends of
    the scale. Papers issued before template 5 know no `low`, `levels`.
    """

    level: str
    number: int
    name: str
    target: str | None
    low: int
    top: int
    levels: list[LevelCount]
    own: ScoreFigures
    visit: ScoreFigures
    gap: str | None
    achieved: int
    judged: int


class DecisionCounts(TypedDict):
    """How many schools came to บรรลุ, and how many to ไม่บรรลุ; the others wait for a decision."""

    achieved: int
    not_achieved: int


class GroupRow(DecisionCounts):
    """Schools of one cluster, or of one size, taken together."""

    group: str
    schools: int
    visit: ScoreFigures


class TermFigures(DecisionCounts):
    """One term of the year over all schools; all counts are of schools.

    `schools` are those of the term, `opened` those with a round, `assessed` with a confirmed
    self-assessment, `visited` with a signed visit, `repeated` with more than one round.
    """

    term: str
    schools: int
    opened: int
    assessed: int
    visited: int
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


class TrendLine(TypedDict):
    """The means of one standard, or of all together, term by term; None where there is none."""

    label: str
    means: list[str | None]


class TrendFigures(TypedDict):
    """Lines over the same terms, first to last, between the ends of their scale."""

    title: str
    note: str
    low: int
    top: int
    terms: list[str]
    lines: list[TrendLine]


class MeasuredInBrief(TypedDict):
    """What the visit that counts for a school's term found; empty where there was none.

    The `standards` come without their indicators.
    """

    mean: str | None
    meaning: str
    visit_on: str | None
    mode: str
    standards: list[JudgedStandard]


class SchoolTermFigures(MeasuredInBrief):
    """One school's term in brief; `kind` is that of the result's pill."""

    term: str
    rounds: int
    result: str
    kind: str
    before: list[EarlierRound]
    decision: DecisionFacts | None
    summary: SummaryTexts | None


NO_CLUSTER = "ไม่ระบุกลุ่มโรงเรียน"  # printed where a school's `cluster` is empty


class SchoolYear(TypedDict):
    """What one school's terms of the year came to; `cluster` is empty where it has none."""

    school: str
    cluster: str
    terms: list[SchoolTermFigures]


class RecordText(TypedDict):
    """What the record of a signed visit says: help that a school asked for, or a problem."""

    school: str
    term: str
    text: str


class IndicatorDetail(TypedDict):
    """One indicator of a set; `weight` as in IndicatorRow."""

    code: str
    text: str
    weight: str | None


class StandardDetail(TypedDict):
    """One standard of a set with its target, a mean with two decimals, and its indicators."""

    number: int
    name: str
    target: str | None
    indicators: list[IndicatorDetail]


class CriteriaDetail(CriteriaFigures):
    """An indicator set in full, for the appendix."""

    standards: list[StandardDetail]


class ObservationCounts(TypedDict):
    """How many classrooms were observed in a year, and in how many schools."""

    times: int
    schools: int


class NamedCount(TypedDict):
    """How many there are of one kind, as a table or a sentence lists it.

    `key` names the kind in the keys of live numbers, the same every year.
    """

    key: str
    name: str
    count: int


class ClusterSize(TypedDict):
    """A cluster and how many schools it has."""

    pk: int
    name: str
    schools: int


class OrderInForce(TypedDict):
    """An order by which the unit works; both days are ISO text."""

    number: str
    subject: str
    ordered_on: str
    effective_on: str


class TermDays(TypedDict):
    """From when to when a term goes; the day it closes is the first without class."""

    term: str
    opens_on: str
    closes_on: str


class IndicatorInBrief(TypedDict):
    """One indicator over the schools of a term: its name with its code, the mean, of how many."""

    label: str
    mean: str
    schools: int


class YearBackground(TypedDict):
    """What a year's results stand on: orders, people, schools, calendar and means of supervision.

    `staff` counts persons by post, `levels` schools by what they teach, `modes` signed visits.
    `pupils` is None where no school has its count of the year. `meetings` counts those of
    ก.ต.ป.น. that decided on rounds, and `lowest_indicators` begins with the lowest mean of the
    last term with results, `lowest_term`.
    """

    orders: list[OrderInForce]
    work_groups: list[str]
    staff: list[NamedCount]
    schools: int
    clusters: list[ClusterSize]
    sizes: list[NamedCount]
    levels: list[NamedCount]
    pupils: int | None
    terms: list[TermDays]
    modes: list[NamedCount]
    meetings: int
    lowest_term: str
    lowest_indicators: list[IndicatorInBrief]


class ProgrammeFigures(TypedDict):
    """Activities of approved plans: those that end in an academic year, and those that come after.

    `held` and `coming` name the first of them. Budgets are in baht as they are printed, and
    `coming_plans` are fiscal years (BE).
    """

    held: list[str]
    held_count: int
    done_count: int
    planned: str
    spent: str
    coming: list[str]
    coming_count: int
    coming_plans: list[int]


class NetworkFigures(TypedDict):
    """How many networks, members and learning sources there were in an academic year.

    `forums` were held in it, `people` came to them, each time counted; `disseminations` are the
    lines that people wrote into the register.
    """

    networks: int
    members: int
    sources: int
    forums: int
    people: int
    disseminations: int


class LevelPercentFigures(TypedDict):
    """How many of a hundred tested pupils reached a level of a test."""

    label: str
    percent: str


class LearningSubjectFigures(TypedDict):
    """One subject of a test over the schools together, and what it is read beside.

    `key` is that of its live number. `change` is since the year before, over the `change_schools`
    that were tested in both, and `nation` is the country's mean. `left_out` counts schools with
    fewer than three pupils, in none of the figures; `levels` begin with the lowest.
    """

    key: str
    label: str
    schools: int
    tested: int
    mean: str | None
    sd: str | None
    change: str | None
    change_schools: int
    nation: str | None
    left_out: int
    levels: list[LevelPercentFigures]


class ClusterSubjectMean(TypedDict):
    """The mean of one cluster in one subject, and of how many schools it is."""

    mean: str | None
    schools: int


class LearningClusterRow(TypedDict):
    """What supervisors saw in one cluster (`visit`), and beside it the means of some subjects."""

    cluster: str
    visit: str | None
    means: list[ClusterSubjectMean]


class LearningBlock(TypedDict):
    """Subjects of one grade, as many as a chart tells apart: by cluster, and over the years.

    `trend` is None where there is only one year.
    """

    grade: str
    subjects: list[str]
    clusters: list[LearningClusterRow]
    trend: TrendFigures | None


class LearningKindFigures(TypedDict):
    """One kind of test in the newest year with results up to that of the report (BE).

    `blocks` is empty for what schools examine themselves, which is compared neither by cluster nor
    with the country. Without `has_means` it is judged by level alone. `is_from_memory` says that
    nobody has held its subjects and levels against their source yet.
    """

    name: str
    long_name: str
    year: int
    is_sample: bool
    is_from_memory: bool
    has_means: bool
    subjects: list[LearningSubjectFigures]
    blocks: list[LearningBlock]


class LearningFigures(TypedDict):
    """What pupils reached in tests; `term` is that of the supervisors' means beside them."""

    term: str
    kinds: list[LearningKindFigures]


class StatementMean(TypedDict):
    """One statement on visits and how far schools agree, 1 to 5."""

    text: str
    mean: str | None


class SatisfactionInYear(TypedDict):
    """How content schools were with the visits of a year; `mean` is of all statements.

    Of five answers of three schools at least.
    """

    answers: int
    schools: int
    mean: str | None
    statements: list[StatementMean]
    is_sample: bool


class YearReport(TypedDict):
    """All figures of the area's academic year: what its year-end report says.

    `trends` go back over earlier years; `problems` are what the visits' records name; `practices`
    hold the unit's own beside the schools'. Papers issued by templates 1 and 2 know no `observed`,
    those before template 6 no `methods`, those before template 5 no `trends`, `problems`,
    `background`; they alone have `foreword` and `executive`, lists of paragraphs, in place of the
    snapshot's `parts`. Those issued before the plans of fiscal years know no `programmes`
    and no `networks`, those before template 7 no `learning` and no `satisfaction`,
    which is None until the year is over, and where schools said too little. `drive` is there where
    the year has an endorsed quality drive.
    """

    kind: Literal["year"]
    is_sample: bool
    as_of: str
    area: AreaHeading
    year: int
    foreword: NotRequired[list[str]]
    executive: NotRequired[list[str]]
    background: YearBackground
    programmes: NotRequired[ProgrammeFigures]
    networks: NotRequired[NetworkFigures]
    needs: list[NeedsFigures]
    terms: list[TermFigures]
    compared: list[str]
    comparison: list[StandardChange]
    trends: list[TrendFigures]
    observed: ObservationCounts
    problems: list[RecordText]
    support: list[RecordText]
    schools: list[SchoolYear]
    recommendations: list[RecommendationRow]
    practices: list[PracticeTexts]
    criteria: list[CriteriaDetail]
    methods: list[MethodsFigures]
    learning: NotRequired[LearningFigures]
    satisfaction: NotRequired[SatisfactionInYear | None]
    drive: NotRequired[DriveInYear]


class Signer(TypedDict):
    """Who signs a paper, by the name and post of the day of signing.

    `duty` is empty where the paper has one signer only. `post_lines` stand under the name, and
    are empty where the name is the post itself. `verb` says what was done in the portal at the
    moment `at`, which is None while the signature is awaited.
    """

    duty: str
    name: str
    post_lines: list[str]
    verb: str
    at: str | None


class ComparedMean(TypedDict):
    """A mean in the term before and in this one, over the schools that have one in both.

    `number` is 0 where it is of all standards together. The change is this term's less the other.
    """

    level: str
    number: int
    name: str
    before: str | None
    after: str | None
    change: str | None
    schools: int


class SummarySchool(TypedDict):
    """One school of a term in one line; `kind` is that of the result's pill.

    The mean is of all standards together, and the change is from the term before. `open_advice`
    counts agreed recommendations of any term that nobody has closed, `overdue_advice` those of
    them that nobody has reported as done by their day.
    """

    school: str
    cluster: str
    visit_on: str | None
    mean: str | None
    meaning: str
    change: str | None
    result: str
    kind: str
    rounds: int
    open_advice: int
    overdue_advice: int


class MeetingDecisions(DecisionCounts):
    """What one meeting of ก.ต.ป.น. decided in a term; all rounds of a school count."""

    meeting_no: str
    meeting_on: str | None


class ExplainedDecision(DecisionFacts):
    """A decision that a summary gives the reason of: ไม่บรรลุ, or not what the rules proposed."""

    school: str
    round_number: int


class UnfinishedSchools(TypedDict):
    """The schools of a term whose next step this is; `number` is 0 while they have no round."""

    number: int
    name: str
    schools: list[str]


class SummaryReport(TypedDict):
    """All figures of one term over all schools, or over those of one cluster.

    `cluster` is empty for all schools. A school belongs to the cluster that it was in on the day
    of its visit. `previous` names the term that `compared` compares with; it is None where there
    is none.
    """

    kind: Literal["summary"]
    is_sample: bool
    as_of: str
    area: AreaHeading
    cluster: str
    term: str
    year: int
    figures: TermFigures
    previous: str | None
    compared: list[ComparedMean]
    trends: list[TrendFigures]
    needs: list[NeedsFigures]
    criteria: list[CriteriaFigures]
    observed: ObservationCounts
    meetings: list[MeetingDecisions]
    explained: list[ExplainedDecision]
    problems: list[RecordText]
    practices: list[PracticeTexts]
    recommendations: list[RecommendationRow]
    schools: list[SummarySchool]
    unfinished: list[UnfinishedSchools]


ReportFigures = TermReport | SummaryReport | YearReport | DriveReport


class RegisterEntry(TypedDict):
    """What the register says of an issued document, as its paper prints it.

    `revision` and `replaces` are empty for a first version, `cover_number` where the office counts
    its reports in no other series. `preparers` are who made the report and who checked it. Papers
    issued before template 5 know no `cover_number`, `signer`, `preparers`.
    """

    number: str
    cover_number: str
    title: str
    code: str
    verify_url: str
    issued_at: str
    issued_as: str
    revision: str
    replaces: str
    signer: Signer
    preparers: list[Signer]


class TextRun(TypedDict):
    """A stretch of written text in one weight; its numbers are resolved."""

    text: str
    bold: bool


class TextBlock(TypedDict):
    """A paragraph, which has one item, or a list with an item a line."""

    kind: Literal["paragraph", "list"]
    items: list[list[TextRun]]


class ReportPart(TypedDict):
    """One part of a report that people write, in printing order.

    `key` is a value of PartKey, or begins with "chapter" where several parts stand under one
    numbered heading: that part has only its heading. `label` is บทที่ 4 or ส่วนที่ 2 and empty where
    the heading has no number. A part of `level` 1 begins a page, one of level 2 stands within the
    part of level 1 before it. With `figures` the system's tables of that key follow the text.
    """

    key: str
    label: str
    title: str
    level: Literal[1, 2]
    blocks: list[TextBlock]
    figures: bool


class ReportSnapshot(TypedDict):
    """All that an issued paper says: its figures, and what the register says of it.

    `parts` is empty for a school's term report. Papers issued before template 5 know no `parts`.
    """

    figures: ReportFigures
    parts: list[ReportPart]
    document: RegisterEntry

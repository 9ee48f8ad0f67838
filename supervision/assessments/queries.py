"""What is asked of answer sheets and self-assessments: rows, counts, scores, history."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Concat, TruncDate
from django.shortcuts import get_object_or_404

from schools.core.http import SignedInRequest
from schools.core.json_posts import ApiError
from supervision.assessments.enums import SelfAssessmentState, SheetKind
from supervision.assessments.models import Answer, AnswerSheet, Evidence, Reminder, SelfAssessment
from supervision.criteria.models import (
    Indicator,
    ScaleBand,
    ScaleLevel,
    Standard,
)
from supervision.criteria.scoring import Band, Score, interpretation, score_levels
from supervision.rounds.models import Round
from supervision.workflow.queries import HistoryEntry, workflow_history

# As Answer.is_answered says of one row.
ANSWERED = Q(level__isnull=False) | Q(not_applicable=True, na_reason__regex=r"\S")


@dataclass(frozen=True)
class MissingAnswer:
    """One thing still wanted before a sheet can be confirmed or signed."""

    indicator: Indicator
    message: str

    def __str__(self) -> str:
        return f"{self.indicator}: {self.message}"


@dataclass(frozen=True)
class ScoredStandard:
    """One standard with its score and what the mean means."""

    standard: Standard
    score: Score
    meaning: str


SHEET_RELATED = (
    *("round__school", "round__term__academic_year"),
    *("visit", "self_assessment", "rating__visit", "rating__rater"),
)


class RatedAnnotation(TypedDict):
    """What `get_visible_sheet` loads with a sheet: whether raters have submitted theirs."""

    is_rated: bool


class RaterAnnotation(TypedDict):
    """What `comparison_answers` loads with an answer: who rated, None for the school's own."""

    who: str | None


if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    VisibleSheet = WithAnnotations[AnswerSheet, RatedAnnotation]
    RaterAnswer = WithAnnotations[Answer, RaterAnnotation]
else:
    VisibleSheet, RaterAnswer = AnswerSheet, Answer


def get_visible_sheet(request: SignedInRequest, pk: int) -> VisibleSheet:
    """A sheet that the person may read, with its record. Raises Http404."""
    ratings = AnswerSheet.objects.filter(rating__visit__sheet=OuterRef("pk"))
    is_rated = Exists(ratings.filter(rating__submitted_at__isnull=False))
    rows = AnswerSheet.objects.visible_to(request.user).select_related(*SHEET_RELATED)
    return get_object_or_404(rows.annotate(is_rated=is_rated), pk=pk)


def ensure_sheet_writer(request: SignedInRequest, sheet: AnswerSheet) -> None:
    """Raises ApiError unless the sheet is this person's to write."""
    if not sheet.is_assigned_to(request.user):
        message = "บัญชีนี้ไม่มีสิทธิ์แก้ไขแบบประเมินนี้แล้ว จึงยังไม่บันทึก"
        raise ApiError(403, "no_right", message)


def sheet_indicators(sheet: AnswerSheet) -> list[Indicator]:
    return list(sheet.indicators().select_related("standard__indicator_set"))


def sheet_scale_levels(sheet: AnswerSheet) -> QuerySet[ScaleLevel]:
    """The levels of the one scale that the sheet's sets share, highest first."""
    return ScaleLevel.objects.filter(scale__in=sheet.indicator_sets().order_by().values("scale"))


def sheet_scale_bands(sheet: AnswerSheet) -> QuerySet[ScaleBand]:
    """What a mean means on the sheet, highest first."""
    return ScaleBand.objects.filter(scale__in=sheet.indicator_sets().order_by().values("scale"))


def answers_by_indicator(sheet: AnswerSheet | None) -> dict[int, Answer]:
    """A sheet's answers by indicator; none without a sheet."""
    return {a.indicator_id: a for a in sheet.answers.all()} if sheet else {}


def missing_answers(sheet: AnswerSheet) -> list[MissingAnswer]:
    """Indicators not yet judged nor set aside with a reason, in the set's order."""
    return missing_answers_among(sheet_indicators(sheet), answers_by_indicator(sheet))


def missing_answers_among(
    indicators: list[Indicator], answers: dict[int, Answer]
) -> list[MissingAnswer]:
    """The same on rows that are loaded already."""
    return [
        MissingAnswer(indicator, _what_is_missing(answers.get(indicator.pk)))
        for indicator in indicators
        if not (answers.get(indicator.pk) and answers[indicator.pk].is_answered)
    ]


def _what_is_missing(answer: Answer | None) -> str:
    if answer and answer.not_applicable:
        return "โปรดระบุเหตุผลที่ไม่ประเมิน"
    return "ยังไม่ได้เลือกระดับ"


def indicators_without_evidence(sheet: AnswerSheet) -> QuerySet[Indicator]:
    """Indicators that were given a level without evidence: neither words nor an evidence item.

    The sheet asks for evidence of every indicator that is judged; of one set aside it asks none.
    """
    judged = Answer.objects.filter(sheet=sheet, level__isnull=False)
    unsupported = judged.exclude(evidence__regex=r"\S").values("indicator")
    evidence_items = Evidence.objects.present().filter(sheet=sheet, indicator__isnull=False)
    found = sheet.indicators().filter(pk__in=unsupported)
    return found.exclude(pk__in=evidence_items.values("indicator")).select_related(
        "standard__indicator_set"
    )


def progress_by_standard(sheet: AnswerSheet) -> dict[int, tuple[int, int]]:
    """How many of how many indicators of each standard are answered, by the standard's pk."""
    every = sheet.indicators().order_by().values_list("standard").annotate(Count("pk"))
    answers = sheet.answers.filter(ANSWERED)
    answered = dict(answers.values_list("indicator__standard").annotate(Count("pk")))
    return {standard: (answered.get(standard, 0), total) for standard, total in every}


def with_progress(records: QuerySet) -> QuerySet:
    """Records that have a sheet, each with `answered` and `total` indicators.

    Counted apart: joined, answers times indicators would make thousands of rows a sheet.
    """
    answered = Answer.objects.filter(ANSWERED, sheet=OuterRef("sheet"))
    indicators = Indicator.objects.order_by()
    of_round = indicators.filter(standard__indicator_set__rounds=OuterRef("round"))
    of_form = indicators.filter(standard__indicator_set=OuterRef("sheet__own_indicator_set"))
    return records.annotate(
        answered=count_subquery(answered, by="sheet"),
        total=Case(
            When(
                sheet__own_indicator_set=None,
                then=count_subquery(of_round, by="standard__indicator_set__rounds"),
            ),
            default=count_subquery(of_form, by="standard__indicator_set"),
        ),
    )


def count_subquery(rows: QuerySet, *, by: str) -> Coalesce:
    """How many rows name the same `by`, beside another row; 0 where there are none."""
    return Coalesce(Subquery(rows.order_by().values(by).annotate(n=Count("pk")).values("n")), 0)


def latest_self_assessment(round_: Round) -> SelfAssessment | None:
    """The version of the self-assessment that counts now."""
    return round_.self_assessments.select_related("sheet").order_by("-version").first()


def self_assessment_versions(round_: Round) -> QuerySet[SelfAssessment]:
    """Every version of the round's self-assessment, newest first."""
    return round_.self_assessments.select_related("confirmed_by").order_by("-version")


def latest_reminders(rounds: Iterable[Round]) -> dict[int, Reminder]:
    """The last reminder of each of these rounds that had one, by the round's pk."""
    rows = Reminder.objects.filter(round__in=rounds).select_related("by").order_by("at")
    return {reminder.round_id: reminder for reminder in rows}


def signed_visit_sheets(round_: Round | OuterRef) -> QuerySet[AnswerSheet]:
    """Sheets of visits that were judged beside the school's scores and signed."""
    return AnswerSheet.objects.filter(
        round=round_, kind=SheetKind.VISIT, own_indicator_set=None, visit__signed_at__isnull=False
    )


def sheets_of_same_round(record: AnswerSheet, which: Q) -> QuerySet[AnswerSheet]:
    """Other sheets of the same round, few enough to look through."""
    return AnswerSheet.objects.filter(which, round=record.round_id)


def school_sheet_q(record: AnswerSheet) -> Q:
    """Which of the round's sheets is the school's own confirmed one, beside a visit's record.

    A signed record keeps the comparison it was signed with: what the school confirmed
    afterwards does not come to stand beside it.
    """
    own = Q(self_assessment__state=SelfAssessmentState.CONFIRMED)
    return own & Q(frozen_at__lte=record.frozen_at) if record.frozen_at else own


def school_answers(record: AnswerSheet) -> dict[int, Answer]:
    """The school's own confirmed answers beside a visit's record, by indicator."""
    rows = Answer.objects.filter(sheet__in=sheets_of_same_round(record, school_sheet_q(record)))
    return {answer.indicator_id: answer for answer in rows}


def comparison_answers(
    record: AnswerSheet, *, include_ratings: bool
) -> tuple[dict[int, Answer], dict[int, list[RaterAnswer]]]:
    """The school's own answers and, for who settles the record, those of each rater; one query."""
    which = school_sheet_q(record)
    if include_ratings:
        which |= Q(rating__visit__sheet=record, rating__submitted_at__isnull=False)
    rows = Answer.objects.filter(sheet__in=sheets_of_same_round(record, which))
    school: dict[int, Answer] = {}
    rated: dict[int, list[RaterAnswer]] = {}
    for answer in rows.annotate(who=F("sheet__rating__rater__full_name")).order_by("sheet__rating"):
        if answer.who is None:
            school[answer.indicator_id] = answer
        else:
            rated.setdefault(answer.indicator_id, []).append(answer)
    return school, rated


def scores_by_standard(
    indicators: Iterable[Indicator], answers: Mapping[int, Answer]
) -> dict[int, Score]:
    """Score of each standard (by its pk) on one sheet, from rows that are loaded already."""
    of_standard: dict[int, list[Indicator]] = {}
    for indicator in indicators:
        of_standard.setdefault(indicator.standard_id, []).append(indicator)
    return {pk: indicators_score(found, answers) for pk, found in of_standard.items()}


def indicators_score(indicators: Iterable[Indicator], answers: Mapping[int, Answer]) -> Score:
    """One score of these indicators: what was set aside is counted apart, a blank is a blank."""
    found = [(indicator, answers.get(indicator.pk)) for indicator in indicators]
    counted = [(i, a.level if a else None) for i, a in found if not (a and a.not_applicable)]
    return score_levels(
        [level for _, level in counted],
        [indicator.weight for indicator, _ in counted],
        not_applicable=len(found) - len(counted),
    )


def scored_standards(
    indicators: list[Indicator], answers: dict[int, Answer], bands: Sequence[Band]
) -> list[ScoredStandard]:
    """Every standard's score with its meaning, in the set's order."""
    scores = scores_by_standard(indicators, answers)
    standards = {indicator.standard_id: indicator.standard for indicator in indicators}
    return [
        ScoredStandard(standard, scores[pk], interpretation(scores[pk].mean, bands))
        for pk, standard in standards.items()
    ]


# --- History ---


def self_assessment_history(assessment: SelfAssessment) -> list[HistoryEntry]:
    """Who did what to the assessment, newest first; the journal by person and day."""
    entries = [*workflow_history(assessment), *sheet_edit_history(assessment.sheet)]
    return sorted(entries, key=lambda line: line.when, reverse=True)


def sheet_edit_history(sheet: AnswerSheet) -> Iterator[HistoryEntry]:
    """How many fields each person wrote in on each day, with the time of the last; one query."""
    indicator = Coalesce(Cast("indicator", CharField()), Value(""))
    place = Concat(indicator, Value(" "), F("field"), output_field=CharField())
    days = sheet.edits.order_by().annotate(day=TruncDate("made_at")).values("day", "by__full_name")
    for line in days.annotate(fields=Count(place, distinct=True), last=Max("made_at")):
        yield HistoryEntry(f"กรอกหรือแก้ไข {line['fields']} ช่อง", line["by__full_name"], line["last"])

"""Steps 1 to 3 of the showroom's rounds: opening, needs surveys, self-assessments."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from supervision.assessments.enums import SelfAssessmentAction, SelfAssessmentState, SheetKind
from supervision.assessments.models import Answer, AnswerSheet, SelfAssessment
from supervision.demo import texts
from supervision.demo.loading import NEEDS_FRAME, NEEDS_UNTIL
from supervision.demo.showroom.planned_rounds import PlannedRound, RoundProgressGoal
from supervision.demo.showroom.terms import ShowroomTerm
from supervision.demo.showroom.writing import (
    FilledSheet,
    History,
    LoggedAct,
    save_all,
    save_histories,
    save_sheets,
)
from supervision.needs.enums import SupervisionMode, SurveyAction, SurveyState
from supervision.needs.models import NeedsCampaign, NeedsItem, NeedsSurvey, SurveyTemplate
from supervision.rounds.models import Round

DAYS_TO_CORRECT = timedelta(days=14)


def save_first_steps(term: ShowroomTerm, planned: Sequence[PlannedRound]) -> None:
    """Open the rounds of a term and write what the schools did up to their self-assessment."""
    _save_rounds(planned)
    _save_surveys(term, [one for one in planned if one.number == 1])
    _save_assessments(planned)


# --- Rounds ---


def _save_rounds(planned: Sequence[PlannedRound]) -> None:
    """First rounds before second ones, which name them."""
    for number in sorted({one.number for one in planned}):
        these = [one for one in planned if one.number == number]
        for one in these:
            one.row = _round(one)
        save_all(one.row for one in these)
    through = Round.indicator_sets.through
    save_all(
        through(round=one.row, indicatorset=chosen)
        for one in planned
        if one.row.has_criteria
        for chosen in {indicator.standard.indicator_set for indicator in one.indicators}
    )


def _round(planned: PlannedRound) -> Round:
    group = planned.people.office.group
    opened_at = planned.term.days.moment(0)
    if planned.previous:
        opened_at = planned.previous.at("decide")
    row = Round(
        school=planned.school.row,
        term=planned.term.term,
        number=planned.number,
        previous=planned.previous.row if planned.previous else None,
        planned_changes=texts.WILL_CHANGE if planned.previous else "",
        opened_at=opened_at,
        opened_by=group,
        is_sample=True,
    )
    if planned.number == 1 or planned.has_reached(RoundProgressGoal.DRAFTED):
        row.criteria_chosen_at, row.criteria_chosen_by = opened_at, group
    return row


# --- Step 1 ---


def _save_surveys(term: ShowroomTerm, planned: Sequence[PlannedRound]) -> None:
    campaign = _create_campaign(term, planned[0])
    reached = [one for one in planned if one.has_reached(RoundProgressGoal.SURVEYED)]
    surveys = [_survey(one, campaign) for one in reached]
    save_all(surveys)
    areas = list(campaign.survey_template.areas.all())
    save_all(
        NeedsItem(
            survey=survey,
            area=area,
            problem_level=one.random.choice((2, 3, 3, 4)),
            need_level=one.random.choice((3, 4, 4, 5)),
        )
        for survey, one in zip(surveys, reached, strict=True)
        for area in areas
    )
    save_histories(
        History(survey, _acts_of_survey(one)) for survey, one in zip(surveys, reached, strict=True)
    )


def _create_campaign(term: ShowroomTerm, planned: PlannedRound) -> NeedsCampaign:
    opened_at = term.days.moment(0)
    return NeedsCampaign.objects.create(
        academic_year=term.term.academic_year,
        term=term.term,
        survey_template=SurveyTemplate.objects.get(name=NEEDS_FRAME),
        opens_on=opened_at.date(),
        closes_on=term.days.moment(NEEDS_UNTIL).date(),
        opened_by=planned.people.office.group,
        opened_at=opened_at,
        is_sample=True,
    )


def _survey(planned: PlannedRound, campaign: NeedsCampaign) -> NeedsSurvey:
    at = planned.at("needs")
    first, second = planned.random.sample(texts.WANTS, 2)
    return NeedsSurvey(
        school=planned.school.row,
        campaign=campaign,
        state=SurveyState.SUBMITTED,
        wanted_first=first,
        wanted_second=second,
        preferred_mode=planned.random.choice((SupervisionMode.ON_SITE, SupervisionMode.HYBRID)),
        first_submitted_at=at,
        submitted_at=at,
        submitted_by=planned.director,
    )


def _acts_of_survey(planned: PlannedRound) -> list[LoggedAct]:
    at = planned.at("needs")
    return [
        LoggedAct(SurveyAction.START, planned.teacher, at),
        LoggedAct(SurveyAction.SUBMIT, planned.director, at),
    ]


# --- Step 3 ---


def _save_assessments(planned: Sequence[PlannedRound]) -> None:
    """The version that was sent back before the one that follows it."""
    reached = [one for one in planned if one.has_reached(RoundProgressGoal.DRAFTED)]
    returned = {one.row.pk: _returned(one) for one in reached if one.is_returned}
    _save_versions([one for one in reached if one.is_returned], list(returned.values()))
    newest = [_newest(one, returned.get(one.row.pk)) for one in reached]
    _save_versions(reached, newest)


def _save_versions(planned: Sequence[PlannedRound], assessments: Sequence[SelfAssessment]) -> None:
    pairs = list(zip(planned, assessments, strict=True))
    save_sheets([_filled(one, assessment) for one, assessment in pairs])
    for assessment in assessments:
        assessment.sheet = assessment.sheet  # its key is known by now
    save_all(assessments)
    save_histories(
        History(assessment, list(_acts_of_assessment(one, assessment))) for one, assessment in pairs
    )


def _returned(planned: PlannedRound) -> SelfAssessment:
    return SelfAssessment(
        round=planned.row,
        sheet=_sheet(planned, "confirm"),
        state=SelfAssessmentState.RETURNED,
        started_at=planned.at("assess"),
        confirmed_at=planned.at("confirm"),
        confirmed_by=planned.director,
        confirmed_as=planned.people.title_of(planned.director),
        indicators_without_evidence_count=0,
        return_reason=texts.RETURN_REASON,
    )


def _newest(planned: PlannedRound, previous: SelfAssessment | None) -> SelfAssessment:
    confirm = "confirm_again" if previous else "confirm"
    row = SelfAssessment(
        round=planned.row,
        version=2 if previous else 1,
        previous=previous,
        sheet=_sheet(planned, confirm),
        state=SelfAssessmentState.DRAFT,
        started_at=planned.at("return_assessment" if previous else "assess"),
    )
    if previous:
        row.correct_by = planned.at("return_assessment").date() + DAYS_TO_CORRECT
    if planned.has_reached(RoundProgressGoal.CONFIRMED):
        row.state = SelfAssessmentState.CONFIRMED
        row.confirmed_at, row.confirmed_by = planned.at(confirm), planned.director
        row.confirmed_as = planned.people.title_of(planned.director)
        row.indicators_without_evidence_count = 0
    else:
        row.sheet.frozen_at = None
    return row


def _sheet(planned: PlannedRound, confirm: str) -> AnswerSheet:
    return AnswerSheet(round=planned.row, kind=SheetKind.SELF, frozen_at=planned.at(confirm))


def _filled(planned: PlannedRound, assessment: SelfAssessment) -> FilledSheet:
    is_half = planned.goal == RoundProgressGoal.DRAFTED
    indicators = planned.indicators[::2] if is_half else planned.indicators
    answers = [
        Answer(
            indicator=indicator,
            level=planned.own[indicator.pk],
            evidence=planned.random.choice(texts.EVIDENCE),
        )
        for indicator in indicators
    ]
    return FilledSheet(assessment.sheet, answers, planned.teacher, assessment.started_at)


def _acts_of_assessment(planned: PlannedRound, assessment: SelfAssessment) -> Iterator[LoggedAct]:
    by = planned.supervisor if assessment.previous else planned.teacher
    yield LoggedAct(SelfAssessmentAction.START, by, assessment.started_at)
    if assessment.confirmed_at:
        yield LoggedAct(SelfAssessmentAction.CONFIRM, planned.director, assessment.confirmed_at)
    if assessment.state == SelfAssessmentState.RETURNED:
        returned_at = planned.at("return_assessment")
        yield LoggedAct(
            SelfAssessmentAction.RETURN, planned.supervisor, returned_at, texts.RETURN_REASON
        )

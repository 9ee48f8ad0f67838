"""Step 5 of the showroom's rounds: decisions, and good practices with what became of them."""

from collections.abc import Iterator, Sequence
from datetime import date

from supervision.committees.models import Meeting
from supervision.demo import texts as demo_texts
from supervision.demo.committees import sample_meeting
from supervision.demo.showroom import texts
from supervision.demo.showroom.planned_rounds import PlannedRound, RoundProgressGoal
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.practices.enums import (
    AwardLevel,
    DecisionAction,
    DecisionResult,
    PracticeAction,
    PracticeState,
)
from supervision.practices.models import Decision, GoodPractice, PracticeReview

# The mean from which a school names a practice, and how many schools do.
PRACTICE_MEAN, PRACTICE_SHARE = 3.8, 0.25
SELECTED_SHARE, DECLINED_SHARE = 0.6, 0.15
LEVELS = (
    AwardLevel.SCHOOL,
    AwardLevel.CLUSTER,
    AwardLevel.CLUSTER,
    AwardLevel.AREA,
    AwardLevel.AREA,
    AwardLevel.PROVINCE,
)
REVIEW_SCORES = (68, 90)


def save_decisions(planned: Sequence[PlannedRound]) -> None:
    """Decide the rounds that came so far; good results bring good practices."""
    decided = [one for one in planned if one.has_reached(RoundProgressGoal.DECIDED)]
    meetings = _meetings(decided)
    decisions = save_all(_decision(one, meetings[one.at("decide").date()]) for one in decided)
    save_histories(History(decision, [_act_of(decision)]) for decision in decisions)
    _save_practices([one for one in decided if _has_practice(one)])


def _meetings(decided: Sequence[PlannedRound]) -> dict[date, Meeting]:
    """By the day; a decision is recorded on the day of its meeting."""
    found = {}
    for day in sorted({one.at("decide").date() for one in decided}):
        found[day] = sample_meeting(day, by=decided[0].people.office.group)
    return found


def _decision(planned: PlannedRound, meeting: Meeting) -> Decision:
    at, group, result = planned.at("decide"), planned.people.office.group, planned.result
    is_achieved, is_against = result == DecisionResult.ACHIEVED, result != planned.proposed
    return Decision(
        round=planned.row,
        state=result,
        reason=demo_texts.ACHIEVED if is_achieved else texts.NOT_ACHIEVED,
        proposed=planned.proposed,
        against_reason=texts.AGAINST_REASON if is_against else "",
        meeting=meeting,
        decided_by=group,
        decided_as=planned.people.title_of(group),
        decided_at=at,
    )


def _act_of(decision: Decision) -> LoggedAct:
    is_achieved = decision.state == DecisionResult.ACHIEVED
    action = DecisionAction.ACHIEVE if is_achieved else DecisionAction.NOT_ACHIEVE
    return LoggedAct(action, decision.decided_by, decision.decided_at)


# --- Good practices ---


def _has_practice(planned: PlannedRound) -> bool:
    mean = sum(planned.seen.values()) / len(planned.seen)
    return mean >= PRACTICE_MEAN and planned.random.random() < PRACTICE_SHARE


def _save_practices(planned: Sequence[PlannedRound]) -> None:
    practices = [_practice(one) for one in planned]
    save_all(practices)
    pairs = list(zip(planned, practices, strict=True))
    save_all(_review(one, practice) for one, practice in pairs)
    save_histories(
        History(practice, list(_acts_of_practice(one, practice))) for one, practice in pairs
    )


def _practice(planned: PlannedRound) -> GoodPractice:
    """Chosen at a level, declined, or still to be decided on."""
    words = planned.random.choice((demo_texts.PRACTICE, *texts.SAMPLE_PRACTICES))
    chance = planned.random.random()
    practice = GoodPractice(
        round=planned.row, nominated_by=planned.teacher, is_sample=planned.row.is_sample, **words
    )
    practice.state = PracticeState.NOMINATED
    if chance < SELECTED_SHARE:
        practice.state = PracticeState.SELECTED
        practice.level = planned.random.choice(LEVELS)
        practice.selected_at = planned.at("select")
        practice.selected_by = planned.people.office.group
    elif chance < SELECTED_SHARE + DECLINED_SHARE:
        practice.state = PracticeState.NOT_SELECTED
    return practice


def _review(planned: PlannedRound, practice: GoodPractice) -> PracticeReview:
    return PracticeReview(
        practice=practice,
        reviewer=planned.people.office.committee,
        score=planned.random.randint(*REVIEW_SCORES),
        comment=demo_texts.REVIEW_COMMENT,
        at=planned.at("review"),
    )


def _acts_of_practice(planned: PlannedRound, practice: GoodPractice) -> Iterator[LoggedAct]:
    group = planned.people.office.group
    yield LoggedAct(PracticeAction.NOMINATE, planned.teacher, planned.at("nominate"))
    if practice.state == PracticeState.SELECTED:
        yield LoggedAct(PracticeAction.SELECT, group, planned.at("select"))
    elif practice.state == PracticeState.NOT_SELECTED:
        at = planned.at("select")
        yield LoggedAct(PracticeAction.DECLINE, group, at, texts.DECLINED_REASON)

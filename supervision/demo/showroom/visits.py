"""Step 4 of the showroom's rounds: appointments, records, signatures, corrections."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from schools.enums import Grade
from supervision.assessments.enums import SheetKind
from supervision.assessments.models import Answer, AnswerSheet
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.criteria.scoring import wide_gap
from supervision.demo import texts
from supervision.demo.office_days import working_day
from supervision.demo.showroom.planned_rounds import PlannedRound, RoundProgressGoal
from supervision.demo.showroom.writing import (
    FilledSheet,
    History,
    LoggedAct,
    save_all,
    save_histories,
    save_sheets,
)
from supervision.needs.enums import SupervisionMode
from supervision.visits.enums import VisitAction, VisitKind, VisitState
from supervision.visits.models import Observation, Visit

G = RoundProgressGoal
# In every so many rounds: a visit called off, an earlier visit, a corrected record, a lesson.
CALLED_OFF_INTERVAL, TWO_VISITS_INTERVAL = 12, 9
CORRECTED_INTERVAL, OBSERVED_INTERVAL, POSTPONED_INTERVAL = 10, 15, 3
# An earlier visit found every so many indicators one level lower.
LOWER_INTERVAL = 4
# How many days ahead the visits of the running term are planned; some days have just passed.
PLANNED_AHEAD = (-4, 1, 2, 5, 8, 12)
MODES = (SupervisionMode.ON_SITE,) * 8 + (SupervisionMode.HYBRID, SupervisionMode.ONLINE)


@dataclass(frozen=True)
class VisitRecord:
    """A visit not saved yet, what was written on it, and what was done with it."""

    visit: Visit
    acts: Sequence[LoggedAct]
    filled: FilledSheet | None = None
    lesson: Observation | None = None


def save_visits(planned: Sequence[PlannedRound], observation_form: IndicatorSet) -> None:
    """Write the visits of rounds that came so far, and corrected versions after their firsts."""
    items = list(Indicator.objects.filter(standard__indicator_set=observation_form))
    reached = [one for one in planned if one.has_reached(G.PLANNED)]
    records = [record for one in reached for record in _visits(one, observation_form, items)]
    _save(records)
    _save([_corrected(record.visit, one) for record, one in _to_correct(records, reached)])


def _save(records: Sequence[VisitRecord]) -> None:
    filled = [record.filled for record in records if record.filled]
    save_sheets(filled)
    for record in records:
        record.visit.sheet = record.visit.sheet  # its key is known by now
    save_all(record.visit for record in records)
    for record in records:
        if record.lesson:
            record.lesson.visit = record.visit
    save_all(record.lesson for record in records if record.lesson)
    save_histories(History(record.visit, record.acts) for record in records)


def _visits(
    planned: PlannedRound, form: IndicatorSet, items: Sequence[Indicator]
) -> Iterator[VisitRecord]:
    """The visits of a round in the order of their numbers."""
    turn = planned.school.number + planned.term.index * 5
    number = 0
    if turn % CALLED_OFF_INTERVAL == 0:
        number += 1
        yield _called_off(planned, number)
    if planned.goal == G.PLANNED:
        yield _appointment(planned, number + 1)
        return
    if turn % TWO_VISITS_INTERVAL == 0 and planned.has_reached(G.ACKNOWLEDGED):
        number += 1
        yield _recorded(planned, number, VisitKind.TERM_OPENING, _lower(planned), "plan_first")
    yield _recorded(planned, number + 1, VisitKind.ORDINARY, planned.seen, "plan")
    if turn % OBSERVED_INTERVAL == 0 and planned.has_reached(G.ACKNOWLEDGED):
        yield _observation(planned, number + 2, form, items)


def _appointment(planned: PlannedRound, number: int) -> VisitRecord:
    """A visit still to come, or one whose day has just passed without a record."""
    now = planned.days.now
    day = working_day((now + timedelta(days=planned.random.choice(PLANNED_AHEAD))).date())
    visit = _visit(planned, number, VisitState.PLANNED)
    visit.visit_on, visit.starts_at = day, time(9, 30)
    acts = [LoggedAct(VisitAction.PLAN, planned.supervisor, planned.at("plan"))]
    if planned.school.number % POSTPONED_INTERVAL == 0:
        acts.append(
            LoggedAct(
                VisitAction.POSTPONE,
                planned.supervisor,
                planned.at("record"),
                texts.POSTPONE_REASON,
            )
        )
    return VisitRecord(visit, acts)


def _called_off(planned: PlannedRound, number: int) -> VisitRecord:
    visit = _visit(planned, number, VisitState.CANCELLED)
    visit.visit_on = planned.at("cancel_first").date()
    by = planned.supervisor
    return VisitRecord(
        visit,
        [
            LoggedAct(VisitAction.PLAN, by, planned.at("plan_first")),
            LoggedAct(VisitAction.CANCEL, by, planned.at("cancel_first"), texts.CANCEL_REASON),
        ],
    )


def _visit(planned: PlannedRound, number: int, state: VisitState) -> Visit:
    return Visit(
        round=planned.row,
        number=number,
        state=state,
        mode=planned.random.choice(MODES),
        purpose=texts.PURPOSE,
        leader=planned.supervisor,
    )


def _lower(planned: PlannedRound) -> dict[int, int]:
    """What an earlier visit of the term had found."""
    return {
        pk: max(level - (n % LOWER_INTERVAL == 0), 1)
        for n, (pk, level) in enumerate(planned.seen.items())
    }


# --- Records ---


def _recorded(
    planned: PlannedRound, number: int, kind: VisitKind, levels: Mapping[int, int], plan: str
) -> VisitRecord:
    """A visit with its record, as far as the round has come."""
    which = "_first" if plan == "plan_first" else ""
    visit = _visit(planned, number, VisitState.RECORDING)
    recorded_at = planned.at(f"record{which}")
    visit.kind, visit.visit_on, visit.starts_at = kind, recorded_at.date(), time(9)
    visit.sheet = AnswerSheet(round=planned.row, kind=SheetKind.VISIT)
    acts = [
        LoggedAct(VisitAction.PLAN, planned.supervisor, planned.at(plan)),
        LoggedAct(VisitAction.RECORD, planned.supervisor, recorded_at),
    ]
    if planned.has_reached(G.SIGNED):
        acts.append(_sign(visit, planned, planned.at(f"sign{which}")))
    if planned.has_reached(G.ACKNOWLEDGED):
        acts.append(_acknowledge(visit, planned, planned.at(f"acknowledge{which}")))
    answers = [_answer(planned, i, levels[i.pk]) for i in _judged(planned)]
    words = planned.random.choice(texts.VISIT_TEXTS)
    filled = FilledSheet(visit.sheet, answers, planned.supervisor, recorded_at, words)
    return VisitRecord(visit, acts, filled)


def _judged(planned: PlannedRound) -> Sequence[Indicator]:
    """All indicators; where the record is not signed, not yet the last ones."""
    if planned.has_reached(G.SIGNED):
        return planned.indicators
    return planned.indicators[: len(planned.indicators) * 2 // 3]


def _answer(planned: PlannedRound, indicator: Indicator, level: int) -> Answer:
    """A wide gap is always explained; of the other levels most have a finding."""
    own = planned.own[indicator.pk]
    if wide_gap(own, level):
        note = texts.FOUND_LESS if level < own else texts.FOUND_MORE
    else:
        below, at, above = texts.FINDINGS[indicator.standard.number]
        fitting = below if level < 3 else at if level == 3 else above
        note = planned.random.choice((fitting, fitting, fitting, ""))
    return Answer(indicator=indicator, level=level, note=note)


def _sign(visit: Visit, planned: PlannedRound, at: datetime) -> LoggedAct:
    visit.state, visit.signed_at, visit.signed_by = VisitState.SIGNED, at, planned.supervisor
    visit.signed_as = planned.people.title_of(planned.supervisor)
    visit.record_sheet.frozen_at = at
    return LoggedAct(VisitAction.SIGN, planned.supervisor, at)


def _acknowledge(visit: Visit, planned: PlannedRound, at: datetime) -> LoggedAct:
    visit.state, visit.acknowledged_at = VisitState.ACKNOWLEDGED, at
    visit.acknowledged_by = planned.director
    visit.acknowledged_as = planned.people.title_of(planned.director)
    visit.school_comment = texts.COMMENT
    return LoggedAct(VisitAction.ACKNOWLEDGE, planned.director, at)


# --- Corrected records, observed lessons ---


def _to_correct(
    records: Sequence[VisitRecord], planned: Sequence[PlannedRound]
) -> Iterator[tuple[VisitRecord, PlannedRound]]:
    """The main records of some rounds, each with its round."""
    by_round = {one.row.pk: one for one in planned}
    for record in records:
        one = by_round[record.visit.round_id]
        turn = one.school.number + one.term.index * 3
        is_main = record.visit.kind == VisitKind.ORDINARY and record.filled
        if is_main and turn % CORRECTED_INTERVAL == 0 and one.has_reached(G.ACKNOWLEDGED):
            yield record, one


def _corrected(before: Visit, planned: PlannedRound) -> VisitRecord:
    """A new version of an acknowledged record: one text was wrong, the levels stay."""
    by, begun_at = planned.supervisor, planned.at("amend")
    visit = Visit(
        **before.revision_copies(),
        version=2,
        previous=before,
        leader=by,
        sheet=AnswerSheet(round=planned.row, kind=SheetKind.VISIT),
    )
    acts = [
        LoggedAct(VisitAction.REVISE_RECORD, by, begun_at, texts.AMEND_REASON),
        _sign(visit, planned, planned.at("sign_again")),
        _acknowledge(visit, planned, planned.at("acknowledge_again")),
    ]
    answers = [_answer(planned, i, planned.seen[i.pk]) for i in planned.indicators]
    words = {**texts.VISIT_TEXTS[0], "problems": texts.AMENDED_PROBLEMS}
    return VisitRecord(visit, acts, FilledSheet(visit.record_sheet, answers, by, begun_at, words))


def _observation(
    planned: PlannedRound, number: int, form: IndicatorSet, items: Sequence[Indicator]
) -> VisitRecord:
    """One classroom, seen and signed on the same day."""
    by, seen_at = planned.supervisor, planned.at("observe")
    visit = _visit(planned, number, VisitState.RECORDING)
    visit.kind, visit.purpose = VisitKind.CLASSROOM, texts.OBSERVATION_PURPOSE
    visit.visit_on, visit.starts_at = seen_at.date(), time(13)
    visit.sheet = AnswerSheet(round=planned.row, kind=SheetKind.VISIT, own_indicator_set=form)
    acts = [
        LoggedAct(VisitAction.PLAN, by, seen_at),
        LoggedAct(VisitAction.RECORD, by, seen_at),
        _sign(visit, planned, seen_at),
        _acknowledge(visit, planned, planned.at("acknowledge_observation")),
    ]
    answers = [Answer(indicator=i, level=planned.random.choice((3, 3, 4))) for i in items]
    filled = FilledSheet(visit.sheet, answers, by, seen_at, texts.OBSERVED)
    lesson = Observation(grade=Grade.P4, **texts.LESSON)
    return VisitRecord(visit, acts, filled, lesson)

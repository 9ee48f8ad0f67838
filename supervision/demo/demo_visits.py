"""Step 4 of a demonstrated round: visits as planned, and as they sometimes go otherwise."""

from contextlib import AbstractContextManager
from datetime import date, time
from random import Random
from uuid import UUID

from django.utils import timezone

from reports.papers.notice_actions import save_visit_notice, send_visit_notice
from reports.papers.notice_draft import drafted_words
from schools.enums import Grade
from schools.models import User
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.models import Answer, AnswerSheet
from supervision.assessments.queries import school_answers, sheet_indicators
from supervision.criteria.enums import SetUse
from supervision.criteria.models import IndicatorSet
from supervision.criteria.scoring import wide_gap
from supervision.demo import texts
from supervision.demo.office_days import OfficeDays
from supervision.demo.people import DemoPeople
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from supervision.visits import ratings
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from supervision.visits.queries import visit_comparison

# Levels to draw from, by how strong a school is; 0 stays below the target of 3.00.
LEVEL_POOLS = ("22233", "33334", "33344", "34445", "44455")
# One in so many indicators is seen otherwise by the second rater.
DIFFERING_RATING_INTERVAL = 7
# When in its window each act takes place.
MOMENTS = {
    "needs": 0.06,
    "assess": 0.14,
    "draft": 0.14,
    "confirm": 0.20,
    "return_assessment": 0.24,
    "confirm_again": 0.28,
    "plan_first": 0.29,
    "cancel_first": 0.30,
    "plan": 0.32,
    "record": 0.42,
    "record_together": 0.42,
    "sign": 0.46,
    "acknowledge": 0.50,
    "amend": 0.51,
    "sign_again": 0.52,
    "acknowledge_again": 0.53,
    "nominate": 0.54,
    "observe": 0.55,
    "acknowledge_observation": 0.56,
    "review": 0.57,
    "select": 0.62,
    "summarise": 0.68,
    "propose": 0.72,
    "agree": 0.76,
    "report": 0.82,
    "issue": 0.88,
    "award": 0.9,
    "report_done": 0.92,
    "close_advice": 0.95,
    "close_most_advice": 0.95,
}
# One meeting of ก.ต.ป.น. decides on all schools of a term: a part of the term, not of a window.
MEETING = 0.60
# A step within an act: about an hour of a whole term, seconds on a term's first day.
MOMENT_GAP = 0.001


class DemoVisits:
    """What the people of a demonstrated round do about its visits."""

    round: Round
    people: DemoPeople
    days: OfficeDays
    random: Random
    strengths: dict[int, int]
    low: int | None
    window: tuple[float, float]
    supervisor: User
    director: User
    visit: Visit

    @property
    def sheet(self) -> AnswerSheet:
        """The sheet of the visit's record. Raises ValueError before the record is started."""
        if self.visit.sheet is None:
            raise ValueError("the record is not started")
        return self.visit.sheet

    def _fraction(self, act: str) -> float:
        """When in the term's days the act takes place, 0 to 1."""
        if act in ("decide", "decide_not"):
            return MEETING
        start, end = self.window
        return start + (end - start) * MOMENTS[act]

    def plan(self) -> None:
        self.plan_for(timezone.localdate(self.days.moment(self._fraction("record"))))

    def plan_for(
        self,
        visit_on: date,
        *,
        purpose: str = texts.PURPOSE,
        kind: VisitKind = VisitKind.ORDINARY,
        starts_at: time | None = None,
    ) -> None:
        self.visit = visits.plan_visit(
            self.round,
            by=self.supervisor,
            visit_on=visit_on,
            purpose=purpose,
            leader=self.supervisor,
            kind=kind,
            starts_at=starts_at,
        )

    def plan_first(self) -> None:
        """An appointment that will be called off."""
        self.plan_for(timezone.localdate(self.days.moment(self._fraction("plan"))))

    def cancel_first(self) -> None:
        visits.cancel_visit(self.visit, by=self.supervisor, reason=texts.CANCEL_REASON)

    def postpone_to(self, day: date) -> None:
        visits.postpone_visit(
            self.visit,
            by=self.supervisor,
            reason=texts.POSTPONE_REASON,
            visit_on=day,
            starts_at=time(9, 30),
            ends_at=time(15),
        )

    def announce(self) -> None:
        """The school gets the letter, in the words that the system drafts."""
        words = drafted_words(self.visit)
        notice = save_visit_notice(self.visit, by=self.supervisor, **words)
        send_visit_notice(notice, by=self.supervisor)

    def _before(self, act: str, steps: int) -> AbstractContextManager[None]:
        """A little ahead of the act's own moment, so that its history shows what came first."""
        start, end = self.window
        return self.days.at(self._fraction(act) - (end - start) * MOMENT_GAP * steps)

    # --- The record ---

    def record(self) -> None:
        """The supervisor fills the record; a wide gap is explained."""
        with self._before("record", 1):
            visits.start_visit_record(self.visit, by=self.supervisor)
        record_edits(self.sheet, self._visit_scores(self.sheet), by=self.supervisor)
        self._write_texts()

    def record_together(self) -> None:
        """Two rate for themselves; the supervisor settles what they see differently."""
        member = self.people.committee
        self.visit.team.add(member)
        with self._before("record_together", 3):
            visits.start_visit_record(self.visit, by=self.supervisor)
        edits = self._visit_scores(self.sheet)
        with self._before("record_together", 2):
            self._rate(edits, by=self.supervisor)
        with self._before("record_together", 1):
            self._rate(self._seen_otherwise(edits), by=member)
        ratings.adopt_agreed_ratings(self.visit, by=self.supervisor)
        settled = [
            edit
            for judged in ratings.rated_indicators(self.visit, visit_comparison(self.visit))
            if not judged.is_answered
            for edit in self._as_first_said(edits, judged.indicator.pk)
        ]
        record_edits(self.sheet, settled, by=self.supervisor)
        self._write_texts()

    def _rate(self, edits: list[SubmittedEdit], *, by: User) -> None:
        rating = ratings.start_rating(self.visit, by=by)
        again = [self._edit(e.indicator_id, e.field, e.value) for e in edits]
        record_edits(rating.sheet, again, by=by)
        ratings.submit_rating(rating, by=by)

    def _seen_otherwise(self, edits: list[SubmittedEdit]) -> list[SubmittedEdit]:
        """The same levels but for a few, one below."""
        levels = [edit for edit in edits if edit.field == AnswerField.LEVEL]
        return [
            self._edit(edit.indicator_id, edit.field, str(max(int(edit.value) - 1, 1)))
            if number % DIFFERING_RATING_INTERVAL == 0
            else edit
            for number, edit in enumerate(levels, 1)
        ]

    def _as_first_said(self, edits: list[SubmittedEdit], indicator: int) -> list[SubmittedEdit]:
        said = [edit for edit in edits if edit.indicator_id == indicator]
        level = next(edit.value for edit in said if edit.field == AnswerField.LEVEL)
        return [
            self._edit(indicator, AnswerField.LEVEL, level),
            self._edit(indicator, AnswerField.NOTE, texts.SETTLED_FINDING),
        ]

    def _visit_scores(self, sheet: AnswerSheet) -> list[SubmittedEdit]:
        own: dict[int, Answer] = school_answers(sheet)
        edits = []
        for indicator in sheet_indicators(sheet):
            level = self._level(indicator.standard.number)
            note = self._finding(indicator.standard.number, own[indicator.pk].level or 0, level)
            edits.append(self._edit(indicator.pk, AnswerField.LEVEL, str(level)))
            edits.append(self._edit(indicator.pk, AnswerField.NOTE, note))
        return edits

    def _finding(self, standard: int, own: int, level: int) -> str:
        """A wide gap is always explained; of the others three in four are."""
        if wide_gap(own, level):
            return texts.FOUND_LESS if level < own else texts.FOUND_MORE
        below, at, above = texts.FINDINGS[standard]
        fitting = below if level < 3 else at if level == 3 else above
        return self.random.choice((fitting, fitting, fitting, ""))

    def _write_texts(self) -> None:
        words = self.random.choice(texts.VISIT_TEXTS)
        edits = [self._edit(None, AnswerField(name), text) for name, text in words.items()]
        record_edits(self.sheet, edits, by=self.supervisor)

    def _level(self, standard: int) -> int:
        pool = 0 if standard == self.low else self.strengths[standard]
        return int(self.random.choice(LEVEL_POOLS[pool]))

    def _edit(self, indicator: int | None, field_: AnswerField, value: str) -> SubmittedEdit:
        return SubmittedEdit(
            UUID(int=self.random.getrandbits(128), version=4), indicator, field_, value
        )

    # --- Signatures, and corrections after them ---

    def sign(self) -> None:
        visits.sign_visit(self.visit, by=self.supervisor)

    def acknowledge(self) -> None:
        visits.acknowledge_visit(self.visit, by=self.director, comment=texts.COMMENT)

    def amend(self) -> None:
        """One text was wrong; all scores stay as they were."""
        with self._before("amend", 1):
            self.visit = visits.revise_visit(
                self.visit, by=self.supervisor, reason=texts.AMEND_REASON
            )
        edit = self._edit(None, AnswerField.PROBLEMS, texts.AMENDED_PROBLEMS)
        record_edits(self.sheet, [edit], by=self.supervisor)

    sign_again, acknowledge_again = sign, acknowledge

    def observe(self) -> None:
        """One classroom, seen and signed on the same day."""
        purpose, kind = texts.OBSERVATION_PURPOSE, VisitKind.CLASSROOM
        form = IndicatorSet.objects.approved(SetUse.OBSERVATION).get()
        lesson = texts.LESSON | {"grade": Grade.P4}
        with self._before("observe", 3):
            self.plan_for(timezone.localdate(), purpose=purpose, kind=kind, starts_at=time(9))
        with self._before("observe", 2):
            visits.start_observation(self.visit, by=self.supervisor, form=form, lesson=lesson)
        seen = sheet_indicators(self.sheet)
        levels = [self._edit(i.pk, AnswerField.LEVEL, self.random.choice("334")) for i in seen]
        words = [self._edit(None, AnswerField(k), v) for k, v in texts.OBSERVED.items()]
        with self._before("observe", 1):
            record_edits(self.sheet, levels + words, by=self.supervisor)
        self.sign()

    acknowledge_observation = acknowledge

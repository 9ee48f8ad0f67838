"""One school's round from step to step, each act done by the right person on its own day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from django.utils import timezone

from reports import actions as reports
from reports.certificates.actions import issue_certificates
from reports.certificates.queries import next_certificate_number
from reports.models import IssuedDocument
from schools.core.thai import be_year
from supervision.assessments import actions as assessments
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import record_edits
from supervision.assessments.queries import sheet_indicators
from supervision.criteria.models import Indicator
from supervision.demo import texts
from supervision.demo.committees import sample_meeting
from supervision.demo.demo_visits import LEVEL_POOLS, DemoVisits
from supervision.demo.office_days import OfficeDays
from supervision.demo.people import DemoPeople
from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from supervision.needs import actions as needs
from supervision.needs.enums import SupervisionMode
from supervision.needs.models import NeedsCampaign
from supervision.practices import actions as practices
from supervision.practices.enums import DecisionResult
from supervision.practices.models import PracticeCriterion
from supervision.rounds.models import Round
from supervision.visits.models import Visit

if TYPE_CHECKING:
    from schools.models import User

DRAFTED = 18


@dataclass
class DemoRound(DemoVisits):
    """A round, its people, its part of the term's days, and the quality of the school.

    `seed` makes the same scores on every machine; `low` names the standard kept below target.
    """

    round: Round
    people: DemoPeople
    days: OfficeDays
    strength: int
    seed: str
    window: tuple[float, float] = (0.0, 1.0)
    low: int | None = None
    practice: Mapping[str, str] = field(default_factory=lambda: texts.PRACTICE)
    visit: Visit = field(init=False)

    def __post_init__(self) -> None:
        self.random = Random(self.seed)
        around = (self.strength - 1, self.strength, self.strength, self.strength + 1)
        self.strengths = {
            standard: min(max(self.random.choice(around), 1), len(LEVEL_POOLS) - 1)
            for standard in texts.FINDINGS
        }
        self.director: User = self.people.directors[self.round.school_id]
        self.teacher: User = self.people.teachers[self.round.school_id]
        self.supervisor, self.group = self.people.supervisor, self.people.group

    def perform(self, *acts: str) -> "DemoRound":
        """Do these acts, each a method of this name, at their moments."""
        for act in acts:
            with self.days.at(self._fraction(act)):
                getattr(self, act)()
        return self

    # --- Step 1 ---

    def needs(self) -> None:
        campaign = NeedsCampaign.objects.get(term=self.round.term)
        survey = needs.start_needs_survey(self.round.school, campaign, by=self.teacher)
        for item in survey.items.all():
            item.problem_level = self.random.choice((2, 3, 3, 4))
            item.need_level = self.random.choice((3, 4, 4, 5))
            item.save()
        survey.wanted_first, survey.wanted_second = self.random.sample(texts.WANTS, 2)
        survey.preferred_mode = self.random.choice(
            (SupervisionMode.ON_SITE, SupervisionMode.HYBRID)
        )
        survey.save()
        needs.submit_needs_survey(survey, by=self.director)

    # --- Step 3 ---

    def assess(self) -> None:
        """The teacher fills the whole sheet."""
        self._fill_own()

    def draft(self) -> None:
        """The teacher fills all but the last indicators."""
        self._fill_own(DRAFTED)

    def _fill_own(self, count: int | None = None) -> None:
        sheet = assessments.start_self_assessment(self.round, by=self.teacher).sheet
        edits = []
        for indicator in sheet_indicators(sheet)[:count]:
            level = self._level(indicator.standard.number)
            edits.append(self._edit(indicator.pk, AnswerField.LEVEL, str(level)))
            evidence = self.random.choice(texts.EVIDENCE)
            edits.append(self._edit(indicator.pk, AnswerField.EVIDENCE, evidence))
        record_edits(sheet, edits, by=self.teacher)

    def confirm(self) -> None:
        assessments.confirm_self_assessment(
            assessments.start_self_assessment(self.round, by=self.director), by=self.director
        )

    confirm_again = confirm

    def return_assessment(self) -> None:
        assessment = assessments.start_self_assessment(self.round, by=self.supervisor)
        assessments.return_self_assessment(
            assessment, by=self.supervisor, reason=texts.RETURN_REASON
        )

    # --- Step 5 ---

    def decide(self) -> None:
        self._decide(DecisionResult.ACHIEVED, texts.ACHIEVED)

    def decide_not(self) -> None:
        self._decide(
            DecisionResult.NOT_ACHIEVED, texts.NOT_ACHIEVED, planned_changes=texts.WILL_CHANGE
        )

    def _decide(self, result: DecisionResult, reason: str, planned_changes: str = "") -> None:
        practices.decide_round(
            self.round,
            by=self.group,
            result=result,
            reason=reason,
            meeting=sample_meeting(timezone.localdate(), by=self.group),
            planned_changes=planned_changes,
        )

    def nominate(self) -> None:
        practices.nominate_practice(self.round, by=self.teacher, **self.practice)

    def review(self) -> None:
        criteria = PracticeCriterion.objects.in_use()
        marks = {one: one.full_marks - texts.MARKS_BELOW_FULL for one in criteria}
        practices.review_practice(
            self.round.practices.get(),
            by=self.people.committee,
            score=sum(marks.values()),
            comment=texts.REVIEW_COMMENT,
            marks=marks,
        )

    def select(self) -> None:
        practices.select_practice(self.round.practices.get(), by=self.group)

    # --- Step 6 ---

    def summarise(self) -> None:
        summary = improvement.start_summary(self.round, by=self.supervisor)
        indicators = Indicator.objects.filter(standard__indicator_set__rounds=self.round)
        for advice in texts.RECOMMENDATIONS:
            improvement.create_recommendation(
                summary,
                by=self.supervisor,
                text=advice.text,
                indicator=indicators.get(text=advice.indicator),
                assignee=advice.assignee,
                due_on=timezone.localdate() + timedelta(days=advice.days),
            )

    def propose(self) -> None:
        improvement.propose_summary(self.round.summary, by=self.supervisor)

    def agree(self) -> None:
        improvement.agree_to_summary(self.round.summary, by=self.director)

    def report_done(self) -> None:
        """The director has done the own part; the supervisor is to check it."""
        own = self.round.recommendations.get(assignee=Assignee.SCHOOL_DIRECTOR)
        improvement.report_progress(own, by=self.director, text=texts.DONE_SO_FAR, is_done=True)

    def close_advice(self) -> None:
        self._close(texts.RECOMMENDATIONS)

    def close_most_advice(self) -> None:
        """One stays open until it is overdue."""
        self._close(texts.RECOMMENDATIONS[1:])

    def _close(self, given: Sequence[texts.SampleRecommendation]) -> None:
        for advice in given:
            recommendation = self.round.recommendations.get(text=advice.text)
            improvement.close_recommendation(recommendation, by=self.supervisor, proof=advice.proof)

    # --- Step 7 ---

    def report(self) -> None:
        reports.prepare_term_report(self.round, number=sample_number(), by=self.group)

    def issue(self) -> None:
        reports.issue_report(self.round.reports.get(), by=self.people.area)

    def award(self) -> None:
        """The area director signs the certificate of the selected practice."""
        today = timezone.localdate()
        number = next_certificate_number(be_year(today))
        practice = self.round.practices.get()
        issue_certificates([practice], by=self.people.area, given_on=today, first_number=number)


def sample_number() -> str:
    """The next number of the sample register."""
    return f"ตัวอย่าง {IssuedDocument.objects.count() + 1}/{be_year(timezone.localdate())}"

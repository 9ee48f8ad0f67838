"""Many schools' rounds over many terms, made in bulk: for measuring only, never for showing.

The rows are what the portal's actions would have left behind; made-up schools are numbered.
"""

import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from reports.enums import DocumentKind, DocumentState
from reports.models import IssuedDocument
from schools.core.thai import academic_year
from schools.enums import Role
from schools.models import (
    AcademicYear,
    Appointment,
    Area,
    Cluster,
    ClusterMembership,
    School,
    Term,
    User,
)
from supervision.assessments.enums import AnswerField, SelfAssessmentState, SheetKind
from supervision.assessments.models import Answer, AnswerEdit, AnswerSheet, SelfAssessment
from supervision.benchmark.indicators import create_endorsed_set
from supervision.criteria.models import Indicator
from supervision.improvement.enums import Assignee, RecommendationState, SummaryState
from supervision.improvement.models import Recommendation, Summary
from supervision.manual.loading import load_manual, usual_terms_of
from supervision.needs.enums import SurveyState
from supervision.needs.models import NeedsCampaign, NeedsItem, NeedsSurvey, SurveyTemplate
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.rounds.models import Round, StepDeadline
from supervision.visits.enums import VisitAction, VisitState
from supervision.visits.models import Visit
from supervision.workflow.models import Transition

CLUSTER_SIZE = 13
APPOINTED_ON = date(2010, 1, 1)
BATCH = 2000
Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class BenchmarkData:
    """Who and where the benchmark measures."""

    supervisor: User
    group: User
    director: User
    school: School
    term: Term


@transaction.atomic
def build_benchmark_data(schools: int, years: int) -> BenchmarkData:
    """A database of that many schools and years, the newest term in force and half done."""
    load_manual()
    area = Area.objects.get()
    rows = _schools(area, schools)
    people = _people(rows[0])
    indicators = create_endorsed_set(21, by=people["group"])
    terms = _terms(area, years)
    for term in terms:
        _TermRows(term, rows, people, indicators, in_force=term == terms[-1]).write()
    return BenchmarkData(**people, school=rows[0], term=terms[-1])


def _schools(area: Area, count: int) -> list[School]:
    schools = [School(area=area, name=f"โรงเรียนสมมติ {n:03}") for n in range(1, count + 1)]
    School.objects.bulk_create(schools)
    for start in range(0, count, CLUSTER_SIZE):
        number = start // CLUSTER_SIZE + 1
        cluster = Cluster.objects.create(area=area, name=f"กลุ่มโรงเรียนสมมติ {number:02}")
        ClusterMembership.objects.bulk_create(
            ClusterMembership(school=school, cluster=cluster, starts_on=APPOINTED_ON)
            for school in schools[start : start + CLUSTER_SIZE]
        )
    return schools


def _people(school: School) -> dict[str, User]:
    cluster = school.memberships.get().cluster
    appointments = {
        "supervisor": Appointment(role=Role.SUPERVISOR, cluster=cluster),
        "group": Appointment(role=Role.GROUP_DIRECTOR),
        "director": Appointment(role=Role.SCHOOL_DIRECTOR, school=school),
    }
    for name, appointment in appointments.items():
        full_name = Role(appointment.role).label
        appointment.user = User.objects.create(username=name, full_name=full_name)
        appointment.starts_on = APPOINTED_ON
        appointment.save()
    return {name: appointment.user for name, appointment in appointments.items()}


def _terms(area: Area, years: int) -> list[Term]:
    """The terms of the years up to the present one that have opened, oldest first."""
    today = timezone.localdate()
    for year in range(academic_year(today) - years + 1, academic_year(today) + 1):
        row, _ = AcademicYear.objects.get_or_create(area=area, year=year)
        if not row.terms.exists():
            Term.objects.bulk_create(usual_terms_of(row))
    first = academic_year(today) - years + 1
    opened = Term.objects.filter(academic_year__year__gte=first, opens_on__lte=today)
    terms = list(opened.select_related("academic_year").order_by("opens_on"))
    StepDeadline.objects.bulk_create(
        StepDeadline(term=term, step=step, due_on=term.opens_on + timedelta(days=15 * step))
        for term in terms
        for step in range(1, 8)
    )
    return terms


@dataclass
class _TermRows:
    """One term of all schools; in the term in force each school stops somewhere else."""

    term: Term
    schools: Sequence[School]
    people: dict[str, User]
    indicators: Sequence[Indicator]
    in_force: bool

    def __post_init__(self) -> None:
        self.random = Random(self.term.pk)
        self.at = timezone.make_aware(datetime.combine(self.term.opens_on, time(9)))
        self.by = self.people["group"]
        self.last_step = {
            school.pk: n % 8 if self.in_force else 7 for n, school in enumerate(self.schools)
        }

    def write(self) -> None:
        rounds = map(self._round, self.schools)
        self.rounds = Round.objects.bulk_create(rounds, batch_size=BATCH)
        chosen = self.indicators[0].standard.indicator_set
        chosen.rounds.add(*self.rounds)
        self._save_needs()
        own = self._save_sheets(SheetKind.SELF, 3)
        SelfAssessment.objects.bulk_create(map(self._assessment, own))
        seen = self._save_sheets(SheetKind.VISIT, 4)
        Visit.objects.bulk_create(map(self._visit, seen))
        self._make(Decision, self._decision, 5)
        self._make(Summary, self._summary, 6)
        self._make(Recommendation, self._recommendation, 6, times=3)
        self._make(IssuedDocument, self._report, 7)
        self._make(Transition, self._transition, 1, times=8)

    def _make(
        self, model: type[Row], make: Callable[[Round], Row], step: int, times: int = 1
    ) -> list[Row]:
        """Rows of the rounds that have reached the step."""
        rows = [make(round_) for round_ in self._reached(step) for _ in range(times)]
        return model._default_manager.bulk_create(rows, batch_size=BATCH)

    def _reached(self, step: int) -> list[Round]:
        return [r for r in self.rounds if self.last_step[r.school_id] >= step]

    def _round(self, school: School) -> Round:
        return Round(
            school=school,
            term=self.term,
            criteria_chosen_at=self.at,
            criteria_chosen_by=self.by,
            opened_at=self.at,
            opened_by=self.by,
            is_sample=True,
        )

    def _save_needs(self) -> None:
        self.campaign = NeedsCampaign.objects.create(
            academic_year=self.term.academic_year,
            term=self.term,
            survey_template=SurveyTemplate.objects.all()[0],
            opens_on=self.term.opens_on,
            opened_by=self.by,
            opened_at=self.at,
            is_sample=True,
        )
        surveys = self._make(NeedsSurvey, self._survey, 1)
        areas = list(self.campaign.survey_template.areas.all())
        NeedsItem.objects.bulk_create(
            NeedsItem(survey=survey, area=area, problem_level=3, need_level=4)
            for survey in surveys
            for area in areas
        )

    def _survey(self, round_: Round) -> NeedsSurvey:
        return NeedsSurvey(
            school_id=round_.school_id,
            campaign=self.campaign,
            state=SurveyState.SUBMITTED,
            wanted_first="สื่อการเรียนรู้",
            first_submitted_at=self.at,
            submitted_at=self.at,
            submitted_by=self.by,
        )

    def _save_sheets(self, kind: SheetKind, step: int) -> list[AnswerSheet]:
        sheets = [AnswerSheet(round=r, kind=kind, frozen_at=self.at) for r in self._reached(step)]
        AnswerSheet.objects.bulk_create(sheets)
        answers = [(s, i, self.random.randint(2, 5)) for s in sheets for i in self.indicators]
        Answer.objects.bulk_create(
            (Answer(sheet=s, indicator=i, level=level, note="ข้อค้นพบ") for s, i, level in answers),
            batch_size=BATCH,
        )
        AnswerEdit.objects.bulk_create(self._edits(answers), batch_size=BATCH)
        return sheets

    def _edits(self, answers: list[tuple[AnswerSheet, Indicator, int]]) -> Iterator[AnswerEdit]:
        for sheet, indicator, level in answers:
            for field, value in ((AnswerField.LEVEL, str(level)), (AnswerField.NOTE, "ข้อค้นพบ")):
                yield AnswerEdit(
                    id=uuid.uuid4(),
                    sheet=sheet,
                    indicator=indicator,
                    field=field,
                    value=value,
                    by=self.by,
                    made_at=self.at,
                    received_at=self.at,
                )

    def _assessment(self, sheet: AnswerSheet) -> SelfAssessment:
        return SelfAssessment(
            round=sheet.round,
            sheet=sheet,
            state=SelfAssessmentState.CONFIRMED,
            started_at=self.at,
            confirmed_at=self.at,
            confirmed_by=self.by,
        )

    def _visit(self, sheet: AnswerSheet) -> Visit:
        return Visit(
            round=sheet.round,
            number=1,
            state=VisitState.ACKNOWLEDGED,
            visit_on=self.term.opens_on,
            purpose="นิเทศประจำภาคเรียน",
            leader=self.people["supervisor"],
            sheet=sheet,
            signed_at=self.at,
            signed_by=self.people["supervisor"],
            acknowledged_at=self.at,
            acknowledged_by=self.by,
        )

    def _decision(self, round_: Round) -> Decision:
        return Decision(
            round=round_,
            state=DecisionResult.ACHIEVED,
            reason="เป็นไปตามเกณฑ์",
            meeting_no=f"2/{self.term}",
            meeting_on=self.term.opens_on,
            decided_by=self.by,
            decided_at=self.at,
        )

    def _summary(self, round_: Round) -> Summary:
        return Summary(
            round=round_,
            state=SummaryState.AGREED,
            agreed_at=self.at,
            first_agreed_at=self.at,
            agreed_by=self.by,
        )

    def _recommendation(self, round_: Round) -> Recommendation:
        return Recommendation(
            round=round_,
            state=RecommendationState.OPEN,
            text="จัดทำแผนนิเทศภายใน",
            assignee=Assignee.SCHOOL_DIRECTOR,
            due_on=self.term.closes_on,
            agreed_at=self.at,
        )

    def _report(self, round_: Round) -> IssuedDocument:
        return IssuedDocument(
            kind=DocumentKind.TERM,
            round=round_,
            state=DocumentState.ISSUED,
            number=f"{round_.pk}/{self.term}",
            prepared_by=self.by,
            issued_at=self.at,
            issued_by=self.by,
            snapshot={},
            is_sample=True,
        )

    def _transition(self, round_: Round) -> Transition:
        return Transition(
            record_type="visits.visit",
            record_id=round_.pk,
            school_id=round_.school_id,
            verb=VisitAction.PLAN,
            to_state=VisitState.PLANNED,
            by=self.by,
            at=self.at,
        )

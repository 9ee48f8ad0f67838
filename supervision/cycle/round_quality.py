"""What is known of rounds for the manual's quality standards, and how many of a term reach them."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import (
    Case,
    Count,
    Exists,
    ExpressionWrapper,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, ExtractYear
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, require, rights_of
from schools.core.http import SignedInRequest
from schools.core.thai import BE_OFFSET, fiscal_year, local_day
from schools.models import School, Term, User
from schools.office import current_term
from supervision.criteria.models import Indicator
from supervision.cycle.progress import RoundProgress, progress_of_rounds
from supervision.cycle.quality_standards import (
    QualityCheck,
    QualityCount,
    QualityFacts,
    count_quality,
    quality_check,
)
from supervision.cycle.step_facts import with_criteria, with_step_facts
from supervision.cycle.steps import RoundStepFacts, RoundWithFacts
from supervision.profiles.models import PolicyFocus
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round
from supervision.rounds.queries import levels_text, uncovered_levels
from supervision.standards.models import SUPERVISION_PROCESS, StepSheet

FIRST_MONTH_OF_FISCAL_YEAR = 10


def with_policy_counts(rounds: QuerySet[RoundWithFacts]) -> QuerySet[RoundWithFacts]:
    """With the number of policies of the fiscal year in which a round's term opens (`policies`).

    And of those that no indicator of the round answers (`unanswered_policies`); the same
    indicator of another version of a set answers too, as in `focus_coverage`.
    """
    of_round = Indicator.objects.filter(
        standard__indicator_set__rounds=OuterRef(OuterRef(OuterRef("pk"))),
        standard__number=OuterRef("standard__number"),
        standard__indicator_set__level=OuterRef("standard__indicator_set__level"),
        code=OuterRef("code"),
        text=OuterRef("text"),
    )
    answering = Indicator.objects.filter(Exists(of_round), policy_focuses=OuterRef("pk"))
    policies = PolicyFocus.objects.filter(fiscal_year=OuterRef("policy_year"))
    opens_in_autumn = Q(term__opens_on__month__gte=FIRST_MONTH_OF_FISCAL_YEAR)
    next_year = Case(When(opens_in_autumn, then=Value(1)), default=Value(0))
    year = ExtractYear("term__opens_on") + Value(BE_OFFSET) + next_year
    return rounds.annotate(
        policy_year=ExpressionWrapper(year, IntegerField()),
        policies=_count(policies),
        unanswered_policies=_count(policies.filter(~Exists(answering))),
    )


def _count(policies: QuerySet[PolicyFocus]) -> Coalesce:
    """How many, for annotations."""
    of_year = policies.order_by().values("fiscal_year")
    count = of_year.annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count, IntegerField()), 0)


def quality_of_round(progress: RoundProgress, today: date) -> dict[CycleStep, QualityCheck | None]:
    """By step, of a round loaded `with_policy_counts` and `with_criteria`."""
    round_ = progress.round
    lacking = uncovered_levels(round_.school, getattr(round_, "criteria", ()))
    return {
        one.step.number: quality_check(
            QualityFacts(
                step=one.step.number,
                today=today,
                term_closes_on=round_.term.closes_on,
                done_on=_done_on(one.facts),
                asks_for_data=round_.data_opens_on is not None,
                data_confirmed_on=_day(round_.data_confirmed_at),
                lacking_levels=levels_text(lacking),
                policies=getattr(round_, "policies", 0),
                unanswered_policies=getattr(round_, "unanswered_policies", 0),
            )
        )
        for one in progress.steps
    }


def _done_on(facts: RoundStepFacts) -> date | None:
    return _day(facts.handed_in_at) if facts.done else None


def _day(moment: datetime | None) -> date | None:
    return local_day(moment) if moment else None


# --- Over the schools of a term ---


class StepQuality(NamedTuple):
    """A step with the manual's standard, and at how many schools it is reached."""

    step: CycleStep
    standard: str
    schools: QualityCount


def term_quality(request: SignedInRequest) -> HttpResponse:
    """At how many schools each step of the term in force reaches its standard."""
    require(request.user, Permission.VIEW_AREA)
    term, today = current_term(request), timezone.localdate()
    counts = _counts(request.user, term, today) if term else {}
    sheets = StepSheet.objects.of_year(fiscal_year(today)).filter(process=SUPERVISION_PROCESS)
    standards = {sheet.number: sheet.quality_standard for sheet in sheets}
    steps = [
        StepQuality(step, standards.get(step, ""), count) for step, count in sorted(counts.items())
    ]
    return render(request, "cycle/quality.html", {"term": term, "steps": steps})


def _counts(user: User, term: Term, today: date) -> Mapping[CycleStep, QualityCount]:
    rounds = Round.objects.for_term(term).current()
    rounds = rounds.filter(school__in=School.objects.open_on(today)).select_related("term")
    loaded = with_criteria(with_policy_counts(with_step_facts(rounds)))
    all_progress = progress_of_rounds(loaded, rights_of(user), today, user=user)
    return count_quality(
        check for progress in all_progress for check in quality_of_round(progress, today).items()
    )

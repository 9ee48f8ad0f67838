"""The self-assessments of all schools of a term at a glance, as the filters ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.models import Term, User
from schools.people.queries import supervisors_by_cluster
from schools.registry.school_lists import (
    ALL_STATES,
    ClusterGroup,
    StateCount,
    StateFilter,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
    state_counts,
)
from supervision.assessments.models import SelfAssessment
from supervision.assessments.progress import (
    SelfAssessmentRow,
    SelfAssessmentStage,
    with_stage_facts,
)
from supervision.assessments.queries import latest_reminders
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round, StepDeadline
from supervision.rounds.overview import (
    TermChoice,
    TermFilterForm,
    choose_term,
    schools_for_overview,
)
from supervision.rounds.queries import RoundDays, days_by_round

UNCONFIRMED, OVERDUE, CONFIRMED_LATE = "unconfirmed", "late", "confirmed_late"
# The counts on top of the page.
SELF_ASSESSMENT_STATE_FILTERS = (
    StateFilter(ALL_STATES, "ทั้งหมด", StatusKind.IDLE),
    StateFilter(UNCONFIRMED, "ยังไม่ยืนยัน", StatusKind.WAITING),
    *(StateFilter(str(stage), stage.word, stage.kind) for stage in SelfAssessmentStage),
    StateFilter(OVERDUE, "เกินกำหนด", StatusKind.LATE),
    StateFilter(CONFIRMED_LATE, "ยืนยันช้ากว่ากำหนด", StatusKind.LATE),
)
HIDDEN_WHEN_EMPTY = (str(SelfAssessmentStage.NOT_READY), CONFIRMED_LATE)


def self_assessment_list(request: SignedInRequest) -> HttpResponse:
    """The page of all schools whose progress the person may follow."""
    require_anywhere(request.user, Permission.VIEW_PROGRESS)
    found = self_assessment_overview(request.user, request.GET.dict(), timezone.localdate())
    if found is None:
        return render(request, "assessments/overview_empty.html")
    context = {"overview": found, "form": found.form, "moment": timezone.now()}
    return render(request, "assessments/overview.html", context)


class SelfAssessmentFilterForm(TermFilterForm):
    """What the overview shows: a term, a cluster, who has it in charge, a state."""

    supervisor = forms.ChoiceField(label="ศึกษานิเทศก์ผู้ดูแล", required=False)
    state = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[state[:2] for state in SELF_ASSESSMENT_STATE_FILTERS],
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, supervisors: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("supervisor", [("", "ทุกคน"), *supervisors.items()])


@dataclass(frozen=True)
class SelfAssessmentGroup(ClusterGroup[SelfAssessmentRow]):
    """One cluster: its supervisors, and how many of all its schools have confirmed."""

    @property
    def in_charge(self) -> str:
        """Who has the cluster in charge, as people read it."""
        return " และ ".join(map(str, self.rows[0].supervisors))

    @property
    def confirmed(self) -> int:
        return count_confirmed(self.all_rows)


@dataclass(frozen=True)
class SelfAssessmentOverview:
    """The self-assessments of one term as a person asked for them.

    `all_rows` is what cluster and supervisor leave, `shown` what the state leaves of that.
    `closed_rows` are the schools that closed or merged before they confirmed: they are in no
    count.
    """

    term: Term
    form: SelfAssessmentFilterForm
    deadline: StepDeadline | None
    all_rows: Sequence[SelfAssessmentRow]
    shown: Sequence[SelfAssessmentRow]
    closed_rows: Sequence[SelfAssessmentRow]

    @property
    def counts(self) -> list[StateCount]:
        return state_counts(
            self.all_rows,
            SELF_ASSESSMENT_STATE_FILTERS,
            self.form.cleaned_data.get("state", ALL_STATES),
            is_in_state,
            hidden_when_empty=HIDDEN_WHEN_EMPTY,
        )

    @property
    def confirmed(self) -> int:
        return count_confirmed(self.all_rows)

    @property
    def is_sample(self) -> bool:
        return any(row.round and row.round.is_sample for row in self.all_rows)

    @property
    def groups(self) -> list[SelfAssessmentGroup]:
        """The clusters of the rows shown."""
        return group_by_cluster(self.shown, self.all_rows, SelfAssessmentGroup)

    @property
    def to_remind(self) -> list[SelfAssessmentRow]:
        """Of the rows shown, the schools that this person may ask to go on."""
        return [row for row in self.shown if row.is_awaited and row.may_remind]


def count_confirmed(rows: Sequence[SelfAssessmentRow]) -> int:
    return sum(row.stage == SelfAssessmentStage.CONFIRMED for row in rows)


def is_in_state(row: SelfAssessmentRow, state: str) -> bool:
    """Whether a state of the counts on top of the page has the row."""
    if state == OVERDUE:
        return row.is_overdue
    if state == CONFIRMED_LATE:
        return row.was_late
    if state == UNCONFIRMED:
        return row.stage != SelfAssessmentStage.CONFIRMED
    return state in (ALL_STATES, row.stage)


def self_assessment_overview(
    user: User, asked: Mapping[str, str], today: date
) -> SelfAssessmentOverview | None:
    """The overview as the filters ask for it; None before any term has opened."""
    choice = choose_term(asked, today)
    if choice is None:
        return None
    term = choice.term
    rows = self_assessment_rows(user, term, choice.day, today)
    form = _filter_form(asked, choice, rows)
    wanted = [row for row in rows if _is_wanted(row, form.cleaned_data)]
    counted = [row for row in wanted if not row.closed_before_confirming]
    state = form.cleaned_data.get("state", ALL_STATES)
    return SelfAssessmentOverview(
        term=term,
        form=form,
        deadline=term.deadlines.filter(step=CycleStep.SELF_ASSESSMENT).first(),
        all_rows=counted,
        shown=[row for row in counted if is_in_state(row, state)],
        closed_rows=[row for row in wanted if row.closed_before_confirming],
    )


def _filter_form(
    asked: Mapping[str, str], choice: TermChoice, rows: Sequence[SelfAssessmentRow]
) -> SelfAssessmentFilterForm:
    """Bound always, so that the boxes show what the page shows."""
    form = SelfAssessmentFilterForm(
        {**asked, "term": str(choice.term.pk)},
        terms=choice.terms,
        clusters=cluster_names(rows),
        supervisors={person.pk: str(person) for row in rows for person in row.supervisors},
    )
    form.is_valid()
    return form


def _is_wanted(row: SelfAssessmentRow, filters: Mapping[str, str]) -> bool:
    supervisor = filters.get("supervisor")
    in_charge = {str(person.pk) for person in row.supervisors}
    return is_in_cluster(row, filters.get("cluster")) and (
        not supervisor or supervisor in in_charge
    )


# --- Rows ---


def self_assessment_rows(user: User, term: Term, day: date, today: date) -> list[SelfAssessmentRow]:
    """Every school of the term whose progress the person may see, by cluster and name.

    `day` is the one whose clusters count; a school closed by then is there if it has a round.
    """
    supervisors = supervisors_by_cluster(day)
    of_school = _facts_by_school(user, term)
    return [
        SelfAssessmentRow(
            school=school,
            supervisors=supervisors.get(school.cluster_pk, []),
            today=today,
            may_read=can(user, Permission.VIEW_SCHOOL, school.pk),
            may_remind=can(user, Permission.REMIND_SCHOOL, school.pk),
            **of_school.get(school.pk, NO_ROUND),
        )
        for school in schools_for_overview(user, term, day)
    ]


NO_ROUND: Mapping[str, Any] = {"round": None, "versions": (), "days": RoundDays({})}


def _facts_by_school(user: User, term: Term) -> dict[int, Mapping[str, Any]]:
    """What each school's round of the term knows of its self-assessment."""
    rounds = _visible_rounds(user, term)
    days = days_by_round(rounds)
    versions: dict[int, list[SelfAssessment]] = {}
    for row in with_stage_facts(SelfAssessment.objects.filter(round__in=rounds)):
        versions.setdefault(row.round_id, []).append(row)
    reminders = latest_reminders(rounds)
    return {
        round_.school_id: {
            "round": round_,
            "versions": versions.get(round_.pk, ()),
            "days": days[round_.pk],
            "reminder": reminders.get(round_.pk),
        }
        for round_ in rounds
    }


def _visible_rounds(user: User, term: Term) -> list[Round]:
    """Each school's latest round; the first one for who may not read the school.

    A second round shows that the first came to ไม่บรรลุ.
    """
    latest: dict[int, Round] = {}
    followed = Round.objects.with_permission(user, Permission.VIEW_PROGRESS).for_term(term)
    for round_ in followed.order_by("number"):
        if round_.number == 1 or can(user, Permission.VIEW_SCHOOL, round_.school_id):
            latest[round_.school_id] = round_
    return list(latest.values())

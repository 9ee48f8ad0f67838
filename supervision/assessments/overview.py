"""The self-assessments of all schools of a term at a glance, as the filters ask for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q

from schools.access import Permission, can
from schools.core.forms import PortalForm
from schools.enums import Role
from schools.models import Appointment, School, Term, User
from supervision.assessments.models import Reminder, SelfAssessment
from supervision.assessments.progress import (
    SelfAssessmentRow,
    SelfAssessmentStage,
    with_stage_facts,
)
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round, StepDeadline
from supervision.rounds.queries import RoundDays, days_by_round

NO_CLUSTER = "ยังไม่ระบุกลุ่มโรงเรียน"
# The counts on top, each a filter: name in the address, words, kind of its sign.
ALL, UNCONFIRMED, LATE, LATE_CONFIRMED = "", "unconfirmed", "late", "confirmed_late"
OVERVIEW_STATE_FILTERS = (
    (ALL, "ทั้งหมด", "idle"),
    (UNCONFIRMED, "ยังไม่ยืนยัน", "wait"),
    *((str(stage), stage.word, stage.kind) for stage in SelfAssessmentStage),
    (LATE, "เกินกำหนด", "late"),
    (LATE_CONFIRMED, "ยืนยันช้ากว่ากำหนด", "late"),
)
# Rarely of interest, so shown only where there is something to show.
HIDDEN_WHEN_EMPTY = (str(SelfAssessmentStage.NOT_READY), LATE_CONFIRMED)


class SelfAssessmentFilterForm(PortalForm):
    """What the overview shows; a value nobody offered is named as an error and left out."""

    term = forms.ChoiceField(label="ภาคเรียน", required=False)
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    supervisor = forms.ChoiceField(label="ศึกษานิเทศก์ผู้ดูแล", required=False)
    state = forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[count[:2] for count in OVERVIEW_STATE_FILTERS],
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        *args,
        terms: Sequence[Term],
        clusters: Mapping[int, str],
        supervisors: Mapping[int, str],
        **kwargs,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [(term.pk, str(term)) for term in terms]
        self.fields["cluster"].choices = [("", "ทุกกลุ่ม"), *clusters.items()]
        self.fields["supervisor"].choices = [("", "ทุกคน"), *supervisors.items()]


@dataclass(frozen=True)
class StateCount:
    """So many schools at one state; pressing it shows them."""

    key: str
    word: str
    kind: str
    schools: int
    is_chosen: bool


@dataclass(frozen=True)
class OverviewGroup:
    """One cluster: its supervisors, and how many of all its schools have confirmed."""

    name: str
    in_charge: str
    rows: Sequence[SelfAssessmentRow]
    every: Sequence[SelfAssessmentRow]

    @property
    def confirmed(self) -> int:
        return sum(row.stage == SelfAssessmentStage.CONFIRMED for row in self.every)


@dataclass(frozen=True)
class SelfAssessmentOverview:
    """`every` is what cluster and supervisor leave, `shown` what the state leaves of that.

    `closed_rows` are the schools that closed or merged before they handed in: they are no part of
    it.
    """

    term: Term
    form: SelfAssessmentFilterForm
    deadline: StepDeadline | None
    every: Sequence[SelfAssessmentRow]
    shown: Sequence[SelfAssessmentRow]
    closed_rows: Sequence[SelfAssessmentRow]
    in_charge: Mapping[int, Sequence[User]]

    @property
    def state(self) -> str:
        return self.form.cleaned_data.get("state", ALL)

    @property
    def counts(self) -> list[StateCount]:
        found = [
            StateCount(
                key, word, kind, sum(_is_at(row, key) for row in self.every), key == self.state
            )
            for key, word, kind in OVERVIEW_STATE_FILTERS
        ]
        return [
            one for one in found if one.schools or one.is_chosen or one.key not in HIDDEN_WHEN_EMPTY
        ]

    @property
    def confirmed(self) -> int:
        return sum(row.stage == SelfAssessmentStage.CONFIRMED for row in self.every)

    @property
    def is_sample(self) -> bool:
        return any(row.round and row.round.is_sample for row in self.every)

    @property
    def groups(self) -> list[OverviewGroup]:
        """The clusters of the rows shown."""
        pairs = groupby(self.shown, key=lambda row: row.school.cluster_pk)
        return [self._group(cluster, list(rows)) for cluster, rows in pairs]

    def _group(self, cluster: int | None, rows: Sequence[SelfAssessmentRow]) -> OverviewGroup:
        name = rows[0].school.cluster_name or NO_CLUSTER
        people = " และ ".join(map(str, self.in_charge.get(cluster, [])))
        every = [row for row in self.every if row.school.cluster_pk == cluster]
        return OverviewGroup(name, people, rows, every)

    @property
    def to_remind(self) -> list[SelfAssessmentRow]:
        """Of the rows shown, the schools that this person may ask to go on."""
        return [row for row in self.shown if row.is_awaited and row.may_remind]


def self_assessment_overview(
    user: User, asked: Mapping[str, str], today: date
) -> SelfAssessmentOverview | None:
    """The overview as the filters ask for it; None before any term has opened."""
    terms = list(Term.objects.select_related("academic_year__area"))
    now = next((term for term in terms if term.opens_on <= today), None)
    if now is None:
        return None
    term = next((term for term in terms if str(term.pk) == asked.get("term")), now)
    day = today if term == now else term.closes_on
    deadline = term.deadlines.filter(step=CycleStep.SELF_ASSESSMENT).first()
    rows, in_charge = self_assessment_rows(user, term, day, today), supervisors_by_cluster(day)
    form = _filter({**asked, "term": str(term.pk)}, terms, rows, in_charge)
    every = [row for row in rows if _is_wanted(row, form.cleaned_data, in_charge)]
    counted = [row for row in every if not row.closed_before_confirming]
    state = form.cleaned_data.get("state", ALL)
    return SelfAssessmentOverview(
        term=term,
        form=form,
        deadline=deadline,
        every=counted,
        shown=[row for row in counted if _is_at(row, state)],
        closed_rows=[row for row in every if row.closed_before_confirming],
        in_charge=in_charge,
    )


def _filter(
    asked: Mapping[str, str],
    terms: Sequence[Term],
    rows: Sequence[SelfAssessmentRow],
    in_charge: Mapping[int, Sequence[User]],
) -> SelfAssessmentFilterForm:
    """Bound always, so that the boxes show what the page shows."""
    clusters = {row.school.cluster_pk: row.school.cluster_name for row in rows}
    clusters.pop(None, None)
    people = {user.pk: str(user) for pk in clusters for user in in_charge.get(pk, [])}
    form = SelfAssessmentFilterForm(asked, terms=terms, clusters=clusters, supervisors=people)
    form.is_valid()
    return form


def _is_wanted(
    row: SelfAssessmentRow, wanted: Mapping[str, Any], in_charge: Mapping[int, Sequence[User]]
) -> bool:
    cluster, supervisor = wanted.get("cluster"), wanted.get("supervisor")
    if cluster and cluster != str(row.school.cluster_pk):
        return False
    people = in_charge.get(row.school.cluster_pk, [])
    return not supervisor or supervisor in {str(user.pk) for user in people}


def _is_at(row: SelfAssessmentRow, state: str) -> bool:
    if state == LATE:
        return row.is_overdue
    if state == LATE_CONFIRMED:
        return row.was_late
    if state == UNCONFIRMED:
        return row.stage != SelfAssessmentStage.CONFIRMED
    return state in (ALL, row.stage)


# --- Rows ---


def self_assessment_rows(user: User, term: Term, day: date, today: date) -> list[SelfAssessmentRow]:
    """Every school of the term whose progress the person may see, by cluster and name.

    `day` is the one whose clusters count; a school closed by then is there if it has a round.
    """
    of_school = _of_rounds(user, term)
    return [
        SelfAssessmentRow(
            school=school,
            today=today,
            may_read=can(user, Permission.VIEW_SCHOOL, school.pk),
            may_remind=can(user, Permission.REMIND_SCHOOL, school.pk),
            **of_school.get(school.pk, NO_ROUND),
        )
        for school in _schools(user, term, day)
    ]


NO_ROUND: Mapping[str, Any] = {"round": None, "versions": (), "days": RoundDays({})}


def _of_rounds(user: User, term: Term) -> dict[int, Mapping[str, Any]]:
    """What each school's round of the term knows of its self-assessment."""
    rounds = _visible_rounds(user, term)
    days = days_by_round(rounds)
    versions: dict[int, list[SelfAssessment]] = {}
    for row in with_stage_facts(SelfAssessment.objects.filter(round__in=rounds)):
        versions.setdefault(row.round_id, []).append(row)
    reminders = Reminder.objects.latest_by_round(rounds)
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

    A second round tells that the first came to ไม่บรรลุ.
    """
    told: dict[int, Round] = {}
    followed = Round.objects.with_permission(user, Permission.VIEW_PROGRESS).for_term(term)
    for round_ in followed.order_by("number"):
        if round_.number == 1 or can(user, Permission.VIEW_SCHOOL, round_.school_id):
            told[round_.school_id] = round_
    return list(told.values())


def _schools(user: User, term: Term, day: date) -> list[School]:
    walking = Round.objects.for_term(term).values("school")
    schools = School.objects.with_permission(user, Permission.VIEW_PROGRESS).with_cluster(day)
    schools = schools.filter(Q(pk__in=walking) | Q(closed_on=None) | Q(closed_on__gt=day))
    return sorted(schools, key=lambda s: (s.cluster_pk is None, s.cluster_key or "", s.sort_key))


def supervisors_by_cluster(day: date) -> dict[int, list[User]]:
    """Who has each cluster in charge on that day."""
    appointments = Appointment.objects.in_force(day).filter(
        role=Role.SUPERVISOR, cluster__isnull=False
    )
    found: dict[int, list[User]] = {}
    for appointment in appointments.select_related("user"):
        found.setdefault(appointment.cluster_id, []).append(appointment.user)
    return found

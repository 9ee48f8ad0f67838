"""The agreements of all schools in a year's drive, as the filters ask for them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from schools.access import Permission, can
from schools.core.status import StatusKind
from schools.core.thai import search_key
from schools.core.url_cache import cached_url
from schools.models import School, User
from schools.registry.school_lists import (
    ALL_STATES,
    ClusterGroup,
    SchoolSearchForm,
    StateCount,
    StateFilter,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
    list_position,
    state_counts,
    state_filter_field,
)
from supervision.quality_drive.agreements.enums import AGREEMENT_PILLS, AgreementState
from supervision.quality_drive.models import Agreement, QualityDrive

NOT_DRAFTED, AMENDED = "not_drafted", "amended"
# In the order of the work: what somebody has to do first.
AGREEMENT_STATE_FILTERS = (
    StateFilter(ALL_STATES, "ทั้งหมด", StatusKind.IDLE),
    StateFilter(NOT_DRAFTED, "ยังไม่ร่าง", StatusKind.IDLE),
    *(
        StateFilter(str(state), str(state.label), AGREEMENT_PILLS[state])
        for state in (
            AgreementState.DRAFT,
            AgreementState.PROPOSED,
            AgreementState.SCHOOL_SIGNED,
            AgreementState.SIGNED,
        )
    ),
    StateFilter(AMENDED, "กำลังทำฉบับใหม่", StatusKind.WAITING),
)
HIDDEN_WHEN_EMPTY = (NOT_DRAFTED, AMENDED, *map(str, AgreementState))


class AgreementFilterForm(SchoolSearchForm):
    """Which schools the register shows."""

    state = state_filter_field(AGREEMENT_STATE_FILTERS)


@dataclass(frozen=True)
class AgreementRow:
    """One school (with its cluster), the version in force and the one being made, if any.

    `may_edit` says whether the reader drafts and proposes for this school.
    """

    school: School
    year: int
    in_force: Agreement | None
    in_work: Agreement | None
    may_edit: bool

    @property
    def current(self) -> Agreement | None:
        """What the row is about: the version being made before the one in force."""
        return self.in_work or self.in_force

    @property
    def stage(self) -> str:
        return self.current.state if self.current else NOT_DRAFTED

    @property
    def word(self) -> str:
        return self.current.get_state_display() if self.current else "ยังไม่ร่าง"

    @property
    def kind(self) -> StatusKind:
        return self.current.pill if self.current else StatusKind.IDLE

    @property
    def is_amended(self) -> bool:
        """Whether a new version of one in force is being made."""
        return self.in_force is not None and self.in_work is not None

    @property
    def url(self) -> str:
        if self.current:
            return self.current.get_absolute_url()
        return cached_url("school_agreement", self.year, self.school.pk)

    def is_in_state(self, state: str) -> bool:
        if state == AMENDED:
            return self.is_amended
        if state == AgreementState.SIGNED:
            return self.in_force is not None
        return state in (ALL_STATES, self.stage)


@dataclass(frozen=True)
class AgreementGroup(ClusterGroup[AgreementRow]):
    """One cluster with the rows shown of it, and how many of all its schools have signed."""

    @property
    def signed(self) -> int:
        return sum(row.in_force is not None for row in self.all_rows)


@dataclass(frozen=True)
class AgreementRegister:
    """The agreements of a drive over the schools that the filters leave."""

    drive: QualityDrive
    form: AgreementFilterForm
    rows: Sequence[AgreementRow]

    @property
    def signed(self) -> int:
        return sum(row.in_force is not None for row in self.rows)

    @property
    def state(self) -> str:
        return self.form.cleaned_data.get("state", ALL_STATES)

    @property
    def counts(self) -> list[StateCount]:
        return state_counts(
            self.rows,
            AGREEMENT_STATE_FILTERS,
            self.state,
            AgreementRow.is_in_state,
            hidden_when_empty=HIDDEN_WHEN_EMPTY,
        )

    @property
    def shown(self) -> list[AgreementRow]:
        return [row for row in self.rows if row.is_in_state(self.state)]

    @property
    def groups(self) -> list[AgreementGroup]:
        return group_by_cluster(self.shown, self.rows, AgreementGroup)


def load_agreement_rows(user: User, drive: QualityDrive, today: date) -> list[AgreementRow]:
    """Every school that the reader sees, by cluster and name; a closed one only if it signed.

    Two queries, however many schools there are.
    """
    in_force, in_work = _by_school(Agreement.objects.visible_to(user).filter(drive=drive))
    schools = School.objects.visible_to(user).with_cluster(today)
    schools = schools.filter(Q(pk__in=in_force) | Q(closed_on=None) | Q(closed_on__gt=today))
    return [
        AgreementRow(
            school=school,
            year=drive.academic_year.year,
            in_force=in_force.get(school.pk),
            in_work=in_work.get(school.pk),
            may_edit=can(user, Permission.EDIT_SCHOOL_DRIVE, school.pk)
            and school.is_open_on(today),
        )
        for school in sorted(schools, key=list_position)
    ]


def _by_school(rows: Iterable[Agreement]) -> tuple[dict[int, Agreement], dict[int, Agreement]]:
    """The versions in force and those being made, by school (pk)."""
    in_force: dict[int, Agreement] = {}
    in_work: dict[int, Agreement] = {}
    for row in rows:
        if row.is_in_force:
            in_force[row.school_id] = row
        elif row.is_discussed:
            in_work[row.school_id] = row
    return in_force, in_work


def load_agreement_register(
    user: User, drive: QualityDrive, asked: Mapping[str, str], today: date
) -> AgreementRegister:
    """The register as the filters in the address ask for it."""
    rows = load_agreement_rows(user, drive, today)
    form = AgreementFilterForm(asked, clusters=cluster_names(rows))
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    return AgreementRegister(drive, form, _filtered(rows, form.cleaned_data))


def _filtered(rows: Iterable[AgreementRow], asked: Mapping[str, Any]) -> list[AgreementRow]:
    words = search_key(asked.get("words", ""))
    return [
        row
        for row in rows
        if is_in_cluster(row, asked.get("cluster")) and words in search_key(row.school.name)
    ]

"""Lists of all schools by cluster, as the filters in the address ask for them.

The area board, the self-assessments and the needs survey of all schools are such lists.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from django import forms
from django.db.models import Exists, OuterRef

from schools.access import Permission
from schools.core.forms import PortalForm, form_field
from schools.core.status import StatusKind
from schools.models import School, Term, User
from supervision.rounds.models import Round

NO_CLUSTER = "ยังไม่ระบุกลุ่มโรงเรียน"
ALL_STATES = ""


class SchoolRow(Protocol):
    """One line of a list: a school with the cluster it is in (`with_cluster`)."""

    @property
    def school(self) -> School: ...


Row = TypeVar("Row", bound=SchoolRow)


# --- Filters ---


class ClusterFilterForm(PortalForm):
    """What a list of schools shows; a value nobody offered is named as an error and left out."""

    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)

    def __init__(self, *args: Any, clusters: Mapping[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("cluster", [("", "ทุกกลุ่ม"), *clusters.items()])

    def set_choices(self, name: str, choices: Iterable[tuple[Any, str]]) -> None:
        """Offer these values in one of the form's choice fields."""
        form_field(self, name, forms.ChoiceField).choices = list(choices)


class TermFilterForm(ClusterFilterForm):
    """The same for a list of one term."""

    term = forms.ChoiceField(label="ภาคเรียน", required=False)
    field_order: Sequence[str] = ("term", "cluster")

    def __init__(self, *args: Any, terms: Iterable[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("term", [(term.pk, str(term)) for term in terms])


def cluster_names(rows: Iterable[SchoolRow]) -> dict[int, str]:
    """The clusters of the schools listed, by pk, in the order of the list."""
    schools = [row.school for row in rows]
    return {s.cluster_pk: s.cluster_name or "" for s in schools if s.cluster_pk is not None}


def is_in_cluster(row: SchoolRow, wanted: str | None) -> bool:
    """Whether the school is in the cluster that the filter names; every school without one."""
    return not wanted or wanted == str(row.school.cluster_pk)


@dataclass(frozen=True)
class TermChoice:
    """The term that a list is about, of all `terms`, and the one that is `current` today.

    `day` is the day whose clusters count: today in the current term, else the term's last.
    """

    terms: Sequence[Term]
    current: Term
    term: Term
    day: date

    def next_opening(self, today: date) -> date | None:
        """When the next term opens, as far as the register says."""
        return min((term.opens_on for term in self.terms if term.opens_on > today), default=None)


def choose_term(asked: Mapping[str, str], today: date) -> TermChoice | None:
    """The term that the address asks for, else the current one; None before any has opened."""
    terms = list(Term.objects.select_related("academic_year__area"))
    current = next((term for term in terms if term.opens_on <= today), None)
    if current is None:
        return None
    term = next((term for term in terms if str(term.pk) == asked.get("term")), current)
    return TermChoice(terms, current, term, today if term == current else term.closes_on)


# --- Schools, states and clusters ---


def schools_for_overview(user: User, term: Term, day: date) -> list[School]:
    """Schools whose progress the person may follow, by cluster and name.

    They are those open on the day, and those closed by then that have a round of the term.
    """
    return [one for one in schools_of_all_days(user, term, day) if is_listed(one, day)]


def schools_of_all_days(user: User, term: Term, day: date) -> list[School]:
    """The same with all that have closed: they may have results in terms gone by."""
    schools = School.objects.with_permission(user, Permission.VIEW_PROGRESS).with_cluster(day)
    rounds = Round.objects.for_term(term).filter(school=OuterRef("pk"))
    schools = schools.annotate(has_round=Exists(rounds))  # type: ignore[no-redef]  # declared there
    return sorted(schools, key=list_position)


def is_listed(school: School, day: date) -> bool:
    """Whether a list of the term shows the school, one of `schools_of_all_days`."""
    return school.has_round or school.is_open_on(day)


def list_position(school: School) -> tuple[bool, str, str]:
    """Where a school stands in a list: by cluster, those without one last, then by name."""
    return school.cluster_pk is None, school.cluster_key or "", school.sort_key


class StateFilter(NamedTuple):
    """A state to filter a list by: its value in the address, its words, the kind of its sign."""

    key: str
    word: str
    kind: StatusKind


@dataclass(frozen=True)
class StateCount:
    """So many schools at one state; pressing it shows them."""

    key: str
    word: str
    kind: StatusKind
    schools: int
    is_chosen: bool


def state_counts(
    rows: Sequence[Row],
    filters: Iterable[StateFilter],
    chosen: str,
    is_in_state: Callable[[Row, str], bool],
    *,
    hidden_when_empty: Collection[str],
) -> list[StateCount]:
    """How many rows are in each state; states of no interest stand only where they have rows."""
    counts = [
        StateCount(*state, sum(is_in_state(row, state.key) for row in rows), state.key == chosen)
        for state in filters
    ]
    return [c for c in counts if c.schools or c.is_chosen or c.key not in hidden_when_empty]


@dataclass(frozen=True)
class ClusterGroup(Generic[Row]):
    """One cluster of a list: `rows` are the schools shown, `all_rows` all those it counts."""

    cluster_pk: int | None
    name: str
    rows: Sequence[Row]
    all_rows: Sequence[Row]


Group = TypeVar("Group", bound=ClusterGroup[Any])


def group_by_cluster(
    shown: Iterable[Row], all_rows: Iterable[Row], group_class: type[Group]
) -> list[Group]:
    """The clusters that have a row to show, in the order of the list."""
    members: dict[int | None, list[Row]] = {}
    for row in all_rows:
        members.setdefault(row.school.cluster_pk, []).append(row)
    pairs = [(key, list(rows)) for key, rows in groupby(shown, key=lambda r: r.school.cluster_pk)]
    return [
        group_class(key, rows[0].school.cluster_name or NO_CLUSTER, rows, members[key])
        for key, rows in pairs
    ]

"""Lists of schools by cluster, as the filters in the address ask for them.

The area board, the self-assessments, the needs survey and the annual reports of all schools are
such lists.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from django import forms

from schools.core.forms import PortalForm, form_field
from schools.core.status import StatusKind
from schools.models import School

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


class SchoolSearchForm(ClusterFilterForm):
    """The same with words to look for in the names of schools."""

    words = forms.CharField(
        label="ค้นหาโรงเรียน",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    field_order: Sequence[str] | None = ("cluster", "words")


def cluster_names(rows: Iterable[SchoolRow]) -> dict[int, str]:
    """The clusters of the schools listed, by pk, in the order of the list."""
    schools = [row.school for row in rows]
    return {s.cluster_pk: s.cluster_name or "" for s in schools if s.cluster_pk is not None}


def is_in_cluster(row: SchoolRow, wanted: str | None) -> bool:
    """Whether the school is in the cluster that the filter names; every school without one."""
    return not wanted or wanted == str(row.school.cluster_pk)


# --- Schools, states and clusters ---


def list_position(school: School) -> tuple[bool, str, str]:
    """Where a school stands in a list: by cluster, those without one last, then by name."""
    return school.cluster_pk is None, school.cluster_key or "", school.sort_key


class StateFilter(NamedTuple):
    """A state to filter a list by: its value in the address, its words, the kind of its sign."""

    key: str
    word: str
    kind: StatusKind


def state_filter_field(filters: Iterable[StateFilter]) -> forms.ChoiceField:
    """The state that a list is filtered by; it is chosen by pressing a count."""
    return forms.ChoiceField(
        label="สถานะ",
        required=False,
        choices=[state[:2] for state in filters],
        widget=forms.HiddenInput,
    )


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

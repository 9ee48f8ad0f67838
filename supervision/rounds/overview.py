"""Lists of all schools of a term by cluster; what they share is schools/registry/school_lists.py.

The area board, the self-assessments and the needs survey of all schools are such lists.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef

from schools.access import Permission
from schools.models import School, Term, User
from schools.registry.school_lists import ClusterFilterForm, list_position
from supervision.rounds.models import Round


class TermFilterForm(ClusterFilterForm):
    """A list of one term by cluster."""

    term = forms.ChoiceField(label="ภาคเรียน", required=False)
    field_order: Sequence[str] = ("term", "cluster")

    def __init__(self, *args: Any, terms: Iterable[Term], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.set_choices("term", [(term.pk, str(term)) for term in terms])


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

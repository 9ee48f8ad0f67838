"""What a page of the overview is about: its term, and which of the schools its filters leave.

Every page, file and print of the overview reads its address with `select_for_overview`, so that
one address means the same schools everywhere.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, NamedTuple

from django import forms
from django.http import QueryDict

from schools.core.forms import form_field
from schools.core.thai import sort_key
from schools.enums import EducationLevel
from schools.models import School, Term, User
from schools.people.queries import supervisors_by_cluster
from schools.registry.school_lists import (
    cluster_names,
)
from schools.school_sizes import confirmed_size_bands, school_sizes_by_year
from supervision.criteria.models import IndicatorSet
from supervision.results.school_terms import SizeWords
from supervision.rounds.models import Round
from supervision.rounds.overview import (
    TermChoice,
    TermFilterForm,
    choose_term,
    is_listed,
    schools_of_all_days,
)

DEFAULT_COMPARED_TERMS = 5
COMPARED_TERMS = range(2, 11)
# What narrows the schools or their results; term and compared terms do not.
NARROWING_FIELDS = ("cluster", "district", "size", "level", "indicator_set", "supervisor")
TAUGHT_LEVELS = (EducationLevel.EARLY_CHILDHOOD, EducationLevel.BASIC)


@dataclass(frozen=True)
class OverviewSchool:
    """A school of the overview with its cluster (`with_cluster`) on the day that counts.

    `supervisors` have that cluster in charge on the day.
    """

    school: School
    supervisors: Sequence[User]


# --- The form ---


class FilterInWords(NamedTuple):
    """One filter as the head of a page, a file or a print says it."""

    label: str
    value: str


class OverviewChoices(NamedTuple):
    """What the filters offer besides terms, all of it from schools that the person may follow.

    Without a permission for a school neither its cluster, its district nor who has it in charge
    is named; an address that asks for it reads the same as one that asks for nothing known.
    """

    clusters: Mapping[int, str]
    districts: Sequence[str]
    sizes: Sequence[str]
    sets: Mapping[int, str]
    supervisors: Mapping[int, str]


class OverviewFilterForm(TermFilterForm):
    """The filters of the overview; a value nobody offered is named as an error and left out.

    A filter with nothing to choose from is no part of the form.
    """

    compared = forms.ChoiceField(
        label="เทียบย้อนหลัง",
        required=False,
        choices=[(number, f"{number} ภาคเรียน") for number in COMPARED_TERMS],
    )
    district = forms.ChoiceField(label="อำเภอ", required=False)
    size = forms.ChoiceField(label="ขนาด", required=False)
    level = forms.ChoiceField(
        label="ระดับที่เปิดสอน",
        required=False,
        choices=[("", "ทุกระดับ"), *((level.value, level.label) for level in TAUGHT_LEVELS)],
    )
    indicator_set = forms.ChoiceField(label="ชุดตัวชี้วัด", required=False)
    supervisor = forms.ChoiceField(label="ศึกษานิเทศก์ผู้ดูแล", required=False)
    field_order = ("term", "compared", *NARROWING_FIELDS)

    def __init__(
        self, *args: Any, choices: OverviewChoices, hidden: Collection[str] = (), **kwargs: Any
    ) -> None:
        """`hidden` are filters that the page keeps for others and has no use for itself."""
        super().__init__(*args, clusters=choices.clusters, **kwargs)
        self._offer("district", "ทุกอำเภอ", [(name, name) for name in choices.districts])
        self._offer("size", "ทุกขนาด", [(word, word) for word in choices.sizes])
        self._offer("indicator_set", "ทุกชุด", choices.sets.items())
        self._offer("supervisor", "ทุกคน", choices.supervisors.items())
        if not choices.clusters:
            del self.fields["cluster"]
        for name in hidden:
            if name in self.fields:
                self.fields[name].widget = forms.HiddenInput()

    def _offer(self, name: str, everything: str, offered: Iterable[tuple[Any, str]]) -> None:
        offered = list(offered)
        if offered:
            self.set_choices(name, [("", everything), *offered])
        else:
            del self.fields[name]

    def number(self, name: str) -> int | None:
        """The key or number chosen in a filter; None where nothing is."""
        return int(self.cleaned_data.get(name) or 0) or None

    def words(self) -> list[FilterInWords]:
        """What narrows the page, in the order of the form."""
        found = []
        for name in NARROWING_FIELDS:
            if value := self.cleaned_data.get(name):
                field = form_field(self, name, forms.ChoiceField)
                choices: Iterable[Any] = field.choices  # type: ignore[assignment]  # iterable once set
                offered = {str(key): word for key, word in choices}
                found.append(FilterInWords(str(field.label), str(offered[value])))
        return found


# --- What they select ---


@dataclass(frozen=True)
class OverviewFilters:
    """The filters as plain values: keys of rows, words and numbers; None or empty is no filter.

    `day` is the day whose clusters count. `compared` is how many terms are compared, the chosen
    one among them. `level` is the EducationLevel that a school teaches.
    """

    term: Term
    day: date
    compared: int = DEFAULT_COMPARED_TERMS
    cluster: int | None = None
    district: str = ""
    size: str = ""
    level: int | None = None
    indicator_set: int | None = None
    supervisor: int | None = None
    words: Sequence[FilterInWords] = ()

    @property
    def query(self) -> QueryDict:
        """The address of the same selection, for `{% querystring filters.query cluster=7 %}`.

        The term is always in it: a link that somebody shares means the same next term.
        """
        values = {"term": self.term.pk} | {
            name: getattr(self, name) for name in ("compared", *NARROWING_FIELDS)
        }
        query = QueryDict(mutable=True)
        query.update({name: str(value) for name, value in values.items() if value})
        return query

    def allows(self, row: OverviewSchool, sizes: SizeWords) -> bool:
        """Whether the filters leave the school; which sets it has is asked of its results."""
        school = row.school
        size = sizes.get((school.pk, self.term.academic_year_id), "")
        supervisors = {person.pk for person in row.supervisors}
        return all(
            (
                self.cluster in (None, school.cluster_pk),
                self.district in ("", school.district),
                self.size in ("", size),
                self.level is None or school.teaches(self.level),
                self.supervisor is None or self.supervisor in supervisors,
            )
        )


@dataclass(frozen=True)
class OverviewSelection:
    """What a page of the overview shows: the form as it was asked, its filters, the schools.

    `all_schools` are those that the person may follow in the term, by cluster and name;
    `schools_of_all_days` are these and all that have closed. `sizes` are loaded where the filters
    ask for a size, and empty elsewhere.
    """

    form: OverviewFilterForm
    filters: OverviewFilters
    choice: TermChoice
    all_schools: Sequence[OverviewSchool]
    schools_of_all_days: Sequence[School]
    sizes: SizeWords

    @property
    def term(self) -> Term:
        return self.filters.term

    @cached_property
    def schools(self) -> list[OverviewSchool]:
        """Those that the filters leave, in the same order."""
        return [row for row in self.all_schools if self.filters.allows(row, self.sizes)]

    @property
    def compared_terms(self) -> list[Term]:
        """The terms to compare, oldest first; the chosen one is the last."""
        until = [one for one in self.choice.terms if one.opens_on <= self.term.opens_on]
        return until[: self.filters.compared][::-1]


def select_for_overview(
    user: User, asked: Mapping[str, str], today: date, *, hidden: Collection[str] = ()
) -> OverviewSelection | None:
    """The selection that an address asks for; None before any term has opened.

    `hidden` are names of filters that the page only keeps; of these, sizes and sets are loaded
    only where the address asks for one. The number of queries is constant.
    """
    choice = choose_term(asked, today)
    if choice is None:
        return None
    schools = schools_of_all_days(user, choice.term, choice.day)
    in_charge = supervisors_by_cluster(choice.day)
    rows = [
        OverviewSchool(school, in_charge.get(school.cluster_pk, []))
        for school in schools
        if is_listed(school, choice.day)
    ]
    offered = {name for name in NARROWING_FIELDS if name not in hidden or asked.get(name)}
    bands = confirmed_size_bands() if "size" in offered else []
    sets = _sets_of_term(user, choice.term) if "indicator_set" in offered else {}
    form = OverviewFilterForm(
        {"compared": str(DEFAULT_COMPARED_TERMS), **asked, "term": str(choice.term.pk)},
        terms=choice.terms,
        choices=_offered(rows, [band.label for band in bands], sets),
        hidden=hidden,
    )
    form.is_valid()
    filters = _filters(form, choice)
    sizes = school_sizes_by_year(bands) if filters.size else {}
    return OverviewSelection(form, filters, choice, rows, schools, sizes)


def _offered(
    rows: Sequence[OverviewSchool], sizes: Sequence[str], sets: Mapping[int, str]
) -> OverviewChoices:
    people = {person for row in rows for person in row.supervisors}
    return OverviewChoices(
        clusters=cluster_names(rows),
        districts=sorted({row.school.district for row in rows} - {""}, key=sort_key),
        sizes=sizes,
        sets=sets,
        supervisors={one.pk: str(one) for one in sorted(people, key=lambda one: one.sort_key)},
    )


def _sets_of_term(user: User, term: Term) -> dict[int, str]:
    """The sets by which schools that the person sees are judged in the term, by key."""
    rounds = Round.objects.visible_to(user).for_term(term)
    sets = IndicatorSet.objects.filter(rounds__in=rounds).distinct()
    return {one.pk: str(one) for one in sets}


def _filters(form: OverviewFilterForm, choice: TermChoice) -> OverviewFilters:
    chosen = form.cleaned_data
    return OverviewFilters(
        term=choice.term,
        day=choice.day,
        compared=form.number("compared") or DEFAULT_COMPARED_TERMS,
        cluster=form.number("cluster"),
        district=chosen.get("district", ""),
        size=chosen.get("size", ""),
        level=form.number("level"),
        indicator_set=form.number("indicator_set"),
        supervisor=form.number("supervisor"),
        words=form.words(),
    )

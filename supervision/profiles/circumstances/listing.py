"""The circumstances of all schools on a day, for who plans visits."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.fields import BuddhistDateField
from schools.core.http import SignedInRequest
from schools.core.thai import search_key
from schools.models import School, User
from schools.registry.school_lists import (
    NO_CLUSTER,
    ClusterFilterForm,
    cluster_names,
    is_in_cluster,
    list_position,
)
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.circumstances.queries import (
    EXPANSION_SCHOOL,
    FactLine,
    SchoolCircumstances,
    circumstances_of,
)
from supervision.profiles.models import Circumstance, TeacherWanted

SCHOOLS_PER_PAGE = 50
EXPANSION = "expansion"  # known from the grades in the registry


class CheckFilter(models.TextChoices):
    """Schools whose circumstances somebody should look at again."""

    STALE = "stale", "ไม่ได้ตรวจเกิน 1 ปี หรือยังไม่เคยตรวจ"
    EMPTY = "empty", "ยังไม่มีรายการ"


class CircumstancesFilterForm(ClusterFilterForm):
    """What the list shows; a value nobody offered is named as an error and left out."""

    q = forms.CharField(
        label="ชื่อโรงเรียน",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label="สภาพของโรงเรียน", required=False)
    project = forms.ChoiceField(label="โครงการ", required=False)
    subject = forms.ChoiceField(label="ต้องการครู", required=False)
    size = forms.ChoiceField(label="ขนาด", required=False)
    check = forms.ChoiceField(
        label="การตรวจสอบ", required=False, choices=[("", "ทั้งหมด"), *CheckFilter.choices]
    )
    day = BuddhistDateField(label="ณ วันที่", required=False)
    field_order = ("q", "cluster", "kind", "project", "subject", "size", "check", "day")


@dataclass(frozen=True)
class CircumstancesRow:
    """One school of the list on the day."""

    known: SchoolCircumstances

    @property
    def school(self) -> School:
        return self.known.school

    @property
    def cluster(self) -> str:
        return self.school.cluster_name or NO_CLUSTER

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """What it is, each as the filter names it and in words."""
        found = [
            (line.fact.kind, str(line.fact))
            for line in self.known.circumstances
            if isinstance(line.fact, Circumstance)
        ]
        return [*found, (EXPANSION, EXPANSION_SCHOOL)] if self.known.teaches_secondary else found


@dataclass(frozen=True)
class KindCount:
    """So many schools are of a kind on the day; pressing it shows them."""

    key: str
    words: str
    schools: int


@dataclass(frozen=True)
class CircumstancesListing:
    """The schools that the filters leave, of all that were open on the day."""

    form: CircumstancesFilterForm
    day: date
    rows: Sequence[CircumstancesRow]
    all_rows: Sequence[CircumstancesRow]

    @property
    def counts(self) -> list[KindCount]:
        """How many of all schools are of each kind, most first; of one school each once."""
        counted = Counter(kind for row in self.all_rows for kind in row.kinds)
        return [KindCount(*kind, schools) for kind, schools in counted.most_common()]

    @property
    def to_check(self) -> int:
        return sum(row.known.needs_check for row in self.all_rows)

    @property
    def is_sample(self) -> bool:
        return any(row.known.is_sample for row in self.rows)


def circumstances_listing(
    user: User, asked: Mapping[str, str], today: date
) -> CircumstancesListing:
    """The list that the address asks for, as far as the reader may know."""
    day = _asked_day(asked.get("day", ""), today)
    schools = list(School.objects.visible_to(user).open_on(day).with_cluster(day))
    found = circumstances_of(schools, day, reader=user)
    all_rows = [CircumstancesRow(found[one.pk]) for one in sorted(schools, key=list_position)]
    form = _filter_form(asked, all_rows)
    wanted = form.cleaned_data
    rows = [row for row in all_rows if _is_wanted(row, wanted)]
    return CircumstancesListing(form, day, rows, all_rows)


def _asked_day(typed: str, today: date) -> date:
    """The day of the address; today where it names none that can be read."""
    try:
        return BuddhistDateField(required=False).clean(typed) or today
    except forms.ValidationError:
        return today


def _filter_form(
    asked: Mapping[str, str], rows: Sequence[CircumstancesRow]
) -> CircumstancesFilterForm:
    form = CircumstancesFilterForm(asked, clusters=cluster_names(rows))
    form.set_choices(
        "kind", [("", "ทั้งหมด"), *CircumstanceKind.choices, (EXPANSION, EXPANSION_SCHOOL)]
    )
    projects = {str(line.fact) for row in rows for line in row.known.projects}
    subjects = {subject for row in rows for subject in _subjects(row.known.teachers)}
    sizes = {row.known.size for row in rows if row.known.size}
    for name, offered in (("project", projects), ("subject", subjects), ("size", sizes)):
        form.set_choices(name, [("", "ทั้งหมด"), *((one, one) for one in sorted(offered))])
    form.is_valid()
    return form


def _subjects(lines: Iterable[FactLine]) -> list[str]:
    """The learning areas, or else the subjects, of the teachers wanted."""
    facts = [line.fact for line in lines if isinstance(line.fact, TeacherWanted)]
    return [str(fact.learning_area or fact.subject_text) for fact in facts]


def _is_kind(row: CircumstancesRow, kind: str) -> bool:
    return any(key == kind for key, _ in row.kinds)


def _is_wanted(row: CircumstancesRow, wanted: Mapping[str, str]) -> bool:
    known = row.known
    asked = {
        "q": lambda words: search_key(words) in search_key(row.school.name),
        "cluster": lambda cluster: is_in_cluster(row, cluster),
        "kind": lambda kind: _is_kind(row, kind),
        "project": lambda name: name in {str(line.fact) for line in known.projects},
        "subject": lambda subject: subject in _subjects(known.teachers),
        "size": lambda size: known.size == size,
        "check": lambda check: known.needs_check if check == CheckFilter.STALE else not known.lines,
    }
    return all(test(wanted[name]) for name, test in asked.items() if wanted.get(name))


def circumstances_list(request: SignedInRequest) -> HttpResponse:
    """The page of the area."""
    require(request.user, Permission.VIEW_AREA)
    listing = circumstances_listing(request.user, request.GET.dict(), timezone.localdate())
    context = {
        "listing": listing,
        "form": listing.form,
        "page": Paginator(listing.rows, SCHOOLS_PER_PAGE).get_page(request.GET.get("page")),
        "may_manage": can(request.user, Permission.MANAGE_PROFILES),
        "stale": CheckFilter.STALE,
    }
    return render(request, "profiles/circumstances/list.html", context)

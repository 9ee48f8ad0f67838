"""Which published practices of similar schools a school can learn from, asked of the facts."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.enums import Grade
from schools.models import School
from schools.school_sizes import confirmed_size_bands, latest_counts
from supervision.practices.enums import AwardLevel
from supervision.practices.models import GoodPractice
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.models import Circumstance
from supervision.programmes.networks.published_practices import (
    PublishedPractice,
    published_practices,
)
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.exchange.similarity import (
    CIRCUMSTANCES,
    LearnablePractice,
    SchoolLikeness,
    SimilarPractice,
    rank_similar_practices,
)
from supervision.quality_drive.models import PracticeDimension

PRACTICES_ON_A_PAGE = 20


class _SchoolFacts(NamedTuple):
    """What the register says of a school with a practice."""

    pk: int
    closed_on: date | None
    last_grade: int | None


def similar_practices(
    school: School, today: date, *, weak: Collection[DimensionCode] = ()
) -> list[SimilarPractice]:
    """Published practices of schools like this one, most alike first, in seven queries.

    `weak` are the dimensions in which the school itself has most to gain.
    """
    practices, facts = _learnable_practices()
    facts[school.pk] = _SchoolFacts(school.pk, school.closed_on, school.last_grade)
    likeness = _likeness_of(facts, today)
    return rank_similar_practices(likeness[school.pk], likeness, practices, weak)


def _learnable_practices() -> tuple[list[LearnablePractice], dict[int, _SchoolFacts]]:
    """Published practices of schools, and the facts of those schools; none of the unit's own."""
    published = {one.pk: one for one in published_practices() if one.school_id is not None}
    rows = GoodPractice.objects.filter(pk__in=published, round__isnull=False).values_list(
        *("pk", "level", "round__term__academic_year__year"),
        *("round__school", "round__school__closed_on", "round__school__last_grade"),
    )
    dimensions = _dimensions_of(published)
    practices, facts = [], {}
    for pk, level, year, *of_school in rows:
        found = _SchoolFacts(*of_school)
        facts[found.pk] = found
        answers = frozenset(dimensions.get(pk, ()))
        practices.append(_learnable(published[pk], AwardLevel(level), year, found.pk, answers))
    return practices, facts


def _learnable(
    one: PublishedPractice,
    level: AwardLevel,
    year: int,
    school: int,
    dimensions: frozenset[DimensionCode],
) -> LearnablePractice:
    return LearnablePractice(
        pk=one.pk,
        title=one.title,
        school=school,
        school_name=one.school,
        level=level,
        year=year,
        url=one.url,
        is_sample=one.is_sample,
        dimensions=dimensions,
    )


def _dimensions_of(practices: Iterable[int]) -> dict[int, list[DimensionCode]]:
    found: dict[int, list[DimensionCode]] = {}
    rows = PracticeDimension.objects.filter(practice__in=list(practices))
    for practice, code in rows.values_list("practice", "code"):
        found.setdefault(practice, []).append(DimensionCode(code))
    return found


def _likeness_of(facts: dict[int, _SchoolFacts], today: date) -> dict[int, SchoolLikeness]:
    """What each of these schools is like today; three queries."""
    counts, bands = latest_counts(School.objects.filter(pk__in=facts)), confirmed_size_bands()
    kinds = _circumstances_of(facts, today)
    found = {}
    for pk, row in facts.items():
        pupils = counts[pk].pupils if pk in counts else None
        sizes = (band.label for band in bands if pupils is not None and band.contains(pupils))
        found[pk] = SchoolLikeness(
            school=pk,
            is_open=row.closed_on is None or today < row.closed_on,
            size=next(sizes, ""),
            teaches_secondary=None if row.last_grade is None else row.last_grade >= Grade.M1,
            circumstances=frozenset(kinds.get(pk, ())),
        )
    return found


def _circumstances_of(schools: Iterable[int], today: date) -> dict[int, list[CircumstanceKind]]:
    found: dict[int, list[CircumstanceKind]] = {}
    rows = Circumstance.objects.filter(school__in=list(schools), kind__in=CIRCUMSTANCES)
    for school, kind in rows.in_force(today).order_by().values_list("school", "kind"):
        found.setdefault(school, []).append(CircumstanceKind(kind))
    return found


# --- The page ---


class SimilarPracticesForm(PortalForm):
    """In which dimensions a school looks for practices; another value asks for none."""

    weak = forms.MultipleChoiceField(
        label="ด้านที่ต้องการพัฒนา (ถ้ามี)",
        required=False,
        choices=DimensionCode.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def wanted(self) -> list[DimensionCode]:
        self.is_valid()  # a value that nobody offered asks for nothing
        return [DimensionCode(code) for code in self.cleaned_data.get("weak", [])]


def similar_schools(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Practices of schools like this one, for everybody who sees the school."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    drive, form = get_drive(request.user, year), SimilarPracticesForm(request.GET)
    found = similar_practices(school, timezone.localdate(), weak=form.wanted())
    context: dict[str, Any] = {
        "drive": drive,
        "school": school,
        "form": form,
        "page": Paginator(found, PRACTICES_ON_A_PAGE).get_page(request.GET.get("page")),
        "may_ask": can(request.user, Permission.REQUEST_STUDY_VISIT, school.pk),
    }
    return render(request, "quality_drive/exchange/similar.html", context)

"""A school's learning results: over the years, of one year, and the page where they are typed."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, can, require
from schools.core.forms import lock_rows_on_post, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import AcademicYear, School
from supervision.profiles.learning.actions import delete_learning_results, save_learning_results
from supervision.profiles.learning.earlier import earlier_results
from supervision.profiles.learning.entry_form import LearningEntryForm
from supervision.profiles.learning.results import LearningResults, load_learning_results
from supervision.profiles.learning.rights import may_enter
from supervision.profiles.learning.school_results import results_by_kind
from supervision.profiles.models import TestKind

YEARS_SHOWN = 5


def school_learning(request: SignedInRequest, pk: int) -> HttpResponse:
    """All that the reader may know of a school's results, the newest years beside each other."""
    school = _school(request, pk)
    years = list(AcademicYear.objects.order_by("-year").values_list("year", flat=True))
    results = load_learning_results(request.user, [school], years)
    shown = _newest_years(results)
    context = {
        "school": school,
        "years": shown,
        "kinds": results_by_kind(results, shown),
        "is_sample": results.has_samples,
        "enter_years": years[:YEARS_SHOWN] if _may_enter_any(request, school) else [],
    }
    return render(request, "profiles/learning/school.html", context)


def _school(request: SignedInRequest, pk: int) -> School:
    return get_object_or_404(School.objects.visible_to(request.user), pk=pk)


def _newest_years(results: LearningResults) -> list[int]:
    """The newest years with results, newest first."""
    return sorted({row.year for row in results.rows}, reverse=True)[:YEARS_SHOWN]


def _may_enter_any(request: SignedInRequest, school: School) -> bool:
    rights = (Permission.EDIT_LEARNING_RESULTS, Permission.EDIT_PROFILE)
    return any(can(request.user, one, school.pk) for one in rights)


def school_learning_year(request: SignedInRequest, pk: int, year: int) -> HttpResponse:
    """One year of a school, kind by kind, with what may be typed and what was changed."""
    school = _school(request, pk)
    academic_year = get_object_or_404(AcademicYear, year=year)
    results = load_learning_results(request.user, [school], [year])
    sees_changes = can(request.user, Permission.VIEW_PROFILE, school.pk)
    context = {
        "school": school,
        "year": academic_year,
        "kinds": results_by_kind(results, [year]),
        "is_sample": results.has_samples,
        "kinds_to_enter": _kinds_to_enter(request, school),
        "changes": earlier_results(request.user, school, year) if sees_changes else [],
    }
    return render(request, "profiles/learning/school_year.html", context)


def _kinds_to_enter(request: SignedInRequest, school: School) -> Sequence[TestKind]:
    return [
        kind
        for kind in TestKind.objects.filter(is_active=True)
        if may_enter(request.user, kind, school.pk)
    ]


@transaction.atomic
def school_learning_edit(
    request: SignedInRequest, pk: int, year: int, kind_pk: int
) -> HttpResponse:
    """Type the results of one kind of test; the school is held while they are compared and
    saved."""
    schools = lock_rows_on_post(request, School.objects.visible_to(request.user))
    school = get_object_or_404(schools, pk=pk)
    academic_year = get_object_or_404(AcademicYear, year=year)
    kind = get_object_or_404(TestKind, pk=kind_pk)
    _require_entering(request, kind, school)
    form = LearningEntryForm(
        post_data(request),
        instance=school,
        kind=kind,
        year=academic_year,
        stored=_stored(request, school, academic_year, kind),
    )
    if form.is_valid():
        with refusal_as_form_error(form):
            _save(request, form)
            message = f"บันทึกผล {kind} ปีการศึกษา {year} แล้ว"
            return redirect_with_message(request, message, "school_learning_year", pk, year)
    context = {"school": school, "year": academic_year, "kind": kind, "form": form}
    return render(request, "profiles/learning/entry_form.html", context)


def _require_entering(request: SignedInRequest, kind: TestKind, school: School) -> None:
    """Raises PermissionDenied where the person may not type results of this kind there."""
    if not may_enter(request.user, kind, school.pk):
        require(request.user, Permission.EDIT_LEARNING_RESULTS, school.pk)


def _stored(
    request: SignedInRequest, school: School, year: AcademicYear, kind: TestKind
) -> dict[int, Any]:
    """The school's own results of the kind by subject, as the person may see them."""
    subjects = list(kind.subjects.select_related("kind"))
    results = load_learning_results(request.user, [school], [year.year], subjects=subjects)
    return {row.subject.pk: row for row in results.rows if row.origin == school}


@transaction.atomic
def _save(request: SignedInRequest, form: LearningEntryForm) -> None:
    reason = form.cleaned_data.get("reason", "")
    save_learning_results(form.entries, by=request.user, reason=reason)
    if form.emptied:
        delete_learning_results(form.emptied, by=request.user, reason=reason)

"""Where bundles of a term's papers are asked for, and where one is waited for and fetched."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from reports.book.jobs import cancel_job
from reports.papers.bundles import (
    BUNDLE_KEPT_FOR,
    MAX_BUNDLE_SCHOOLS,
    ask_for_bundle,
    is_under_way,
    may_open_bundle,
)
from reports.papers.models import PaperBundle
from schools.access import Permission, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.file_responses import file_response
from schools.core.http import SignedInRequest
from schools.models import School, Term, User
from schools.registry.school_lists import (
    NO_CLUSTER,
    list_position,
)
from supervision.rounds.models import Round

RIGHTS_CHANGED = "ตำแหน่งหน้าที่ของคุณเปลี่ยนหลังจัดทำชุดเอกสารนี้ โปรดขอชุดเอกสารใหม่"


class ClusterOfSchools(NamedTuple):
    """The schools of one cluster that have papers in a term, as far as the reader sees them."""

    key: int | None
    name: str
    schools: list[School]


def term_papers(request: SignedInRequest, pk: int) -> HttpResponse:
    """The schools of a term to choose from, and the bundles that the person asked for."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    term = get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)
    schools = _schools_with_rounds(request.user, term)
    context = {
        "term": term,
        "clusters": _by_cluster(schools),
        "bundles": PaperBundle.objects.filter(owner=request.user, term=term),
        "most_schools": MAX_BUNDLE_SCHOOLS,
        "days": BUNDLE_KEPT_FOR.days,
    }
    return render(request, "reports/term_papers.html", context)


def bundle_create(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the papers of one school, of those ticked, or of a whole cluster."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    term = get_object_or_404(Term, pk=pk)
    if request.method != "POST":
        return redirect("term_papers", term.pk)
    schools = _schools_with_rounds(request.user, term)
    cluster, asked = request.POST.get("cluster"), request.POST.getlist("school")
    chosen = [
        school
        for school in schools
        if str(school.pk) in asked or (cluster and str(school.cluster_pk) == cluster)
    ]
    subject = _subject(chosen, schools)
    return redirect(ask_for_bundle(term, chosen, by=request.user, subject=subject))


def _subject(chosen: Sequence[School], schools: Sequence[School]) -> str:
    """What the bundle is of: the school, the cluster where all of it is chosen, or how many."""
    if len(chosen) == 1:
        return chosen[0].name
    clusters = {school.cluster_pk: school.cluster_name for school in chosen}
    whole = [school for school in schools if school.cluster_pk in clusters]
    if len(clusters) == 1 and len(whole) == len(chosen):
        return next(iter(clusters.values())) or NO_CLUSTER
    return f"{len(chosen)} โรงเรียน"


def _schools_with_rounds(user: User, term: Term) -> list[School]:
    """In the order of lists, each with its cluster on the last day of the term that has been."""
    rounds = Round.objects.visible_to(user).for_term(term)
    day = min(timezone.localdate(), term.closes_on)
    schools = School.objects.filter(pk__in=rounds.values("school")).with_cluster(day)
    return sorted(schools, key=list_position)


def _by_cluster(schools: Iterable[School]) -> list[ClusterOfSchools]:
    found = groupby(schools, lambda school: (school.cluster_pk, school.cluster_name))
    return [ClusterOfSchools(key, name or NO_CLUSTER, list(of)) for (key, name), of in found]


# --- One bundle ---


def bundle_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far it is; while it is made the page asks for its state alone."""
    bundle = _own_bundle(request, pk)
    context = {
        "bundle": bundle,
        "under_way": is_under_way(bundle),
        "changed": not may_open_bundle(bundle, request.user),
        "days": BUNDLE_KEPT_FOR.days,
    }
    if request.htmx and not request.htmx.boosted:
        return render(request, "reports/bundle_state.html", context)
    return render(request, "reports/bundle.html", context)


def bundle_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    bundle = _own_bundle(request, pk)
    if request.method == "POST":
        cancel_job(bundle)
    return redirect(bundle)


def bundle_file(request: SignedInRequest, pk: int) -> FileResponse:
    """The file, as long as the person has the rights by which it was made."""
    bundle = get_object_or_404(_bundles_of(request).exclude(file=""), pk=pk)
    if not may_open_bundle(bundle, request.user):
        raise ActionRefused(RIGHTS_CHANGED)
    return file_response(bundle.file, f"{bundle}.pdf", download=True)


def _own_bundle(request: SignedInRequest, pk: int) -> PaperBundle:
    return get_object_or_404(_bundles_of(request), pk=pk)


def _bundles_of(request: SignedInRequest) -> QuerySet[PaperBundle]:
    return PaperBundle.objects.filter(owner=request.user).select_related("term__academic_year")

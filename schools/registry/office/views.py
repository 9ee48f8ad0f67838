from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require
from schools.core.forms import clear_draft_tag, lock_rows_on_post, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import academic_year
from schools.models import AcademicYear, Cluster, ClusterMembership, SizeScheme
from schools.registry.office import actions
from schools.registry.office.forms import (
    AcademicYearForm,
    AreaForm,
    ClusterForm,
    NewAcademicYearForm,
)
from schools.registry.office.queries import cluster_memberships, clusters_with_schools, term_changes
from schools.registry.queries import get_area, registry_changes


def _redirect_with_message(request: SignedInRequest, words: str, page: str) -> HttpResponse:
    messages.success(request, words, extra_tags=clear_draft_tag(request))
    return redirect(page)


# --- Clusters ---


def cluster_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    context = {"clusters": clusters_with_schools(timezone.localdate())}
    return render(request, "schools/registry/clusters.html", context)


def cluster_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    form = ClusterForm(post_data(request), instance=Cluster(area=get_area()))
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_cluster(form.instance, by=request.user)
            return _redirect_with_message(request, f"เพิ่ม{form.instance}แล้ว", "clusters")
    return _cluster_form(request, form, "เพิ่มกลุ่มโรงเรียน", [])


@transaction.atomic
def cluster_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    cluster = get_object_or_404(lock_rows_on_post(request, Cluster.objects), pk=pk)
    heading, form = cluster.name, ClusterForm(post_data(request), instance=cluster)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_cluster(cluster, by=request.user)
            return _redirect_with_message(request, f"บันทึก{cluster}แล้ว", "clusters")
    return _cluster_form(request, form, heading, cluster_memberships(cluster))


def _cluster_form(
    request: SignedInRequest, form: ClusterForm, heading: str, memberships: list[ClusterMembership]
) -> HttpResponse:
    context = {"form": form, "heading": heading, "memberships": memberships}
    context |= {"cancel_url": reverse("clusters"), "parent": "กลุ่มโรงเรียน"}
    context["changes"] = registry_changes(form.instance) if form.instance.pk else []
    return render(request, "schools/registry/cluster_form.html", context)


# --- Calendar ---


def academic_calendar(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    years = AcademicYear.objects.prefetch_related("terms")
    return render(request, "schools/registry/calendar.html", {"years": years})


def academic_year_add(request: SignedInRequest) -> HttpResponse:
    """The year after the newest one, unless another is typed."""
    require(request.user, Permission.EDIT_REGISTRY)
    newest = AcademicYear.objects.first()
    following = newest.year + 1 if newest else academic_year(timezone.localdate())
    form = NewAcademicYearForm(post_data(request), instance=AcademicYear(year=following))
    if form.is_valid():
        with refusal_as_form_error(form):
            year = form.cleaned_data["year"]
            actions.create_academic_year(get_area(), by=request.user, year=year, terms=form.terms())
            return _redirect_with_message(request, f"เพิ่มปีการศึกษา {year} แล้ว", "academic_calendar")
    return _calendar_form(request, form, "เพิ่มปีการศึกษา")


@transaction.atomic
def academic_year_edit(request: SignedInRequest, year: int) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    area = get_area(locked=request.method == "POST")
    row = get_object_or_404(area.academic_years, year=year)
    form = AcademicYearForm(post_data(request), instance=row)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.update_terms(row, by=request.user, terms=form.terms())
            return _redirect_with_message(
                request, f"บันทึกวันเปิดปิดปีการศึกษา {year} แล้ว", "academic_calendar"
            )
    return _calendar_form(request, form, f"แก้ไขปีการศึกษา {year}")


def _calendar_form(request: SignedInRequest, form: AcademicYearForm, heading: str) -> HttpResponse:
    url = reverse("academic_calendar")
    context = {"form": form, "heading": heading, "cancel_url": url, "parent": "ปฏิทินการศึกษา"}
    context["changes"] = term_changes(form.instance)
    return render(request, "schools/registry/year_form.html", context)


# --- The office itself ---


@transaction.atomic
def area_office(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    area = get_area(locked=request.method == "POST")
    form = AreaForm(post_data(request), instance=area)
    if form.is_valid():
        actions.update_area(form.instance, by=request.user)
        return _redirect_with_message(request, "บันทึกข้อมูลสำนักงานแล้ว", "area_office")
    schemes = SizeScheme.objects.order_by("pk").prefetch_related("bands")
    context = {"form": form, "heading": "สำนักงานและเกณฑ์ขนาด", "schemes": schemes}
    context |= {"cancel_url": reverse("registry"), "parent": "", "changes": registry_changes(area)}
    return render(request, "schools/registry/area.html", context)

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require
from schools.forms import held, refusal_shown_in, saved_tag, typed
from schools.models import AcademicYear, Cluster, ClusterMembership, SizeScheme
from schools.registry.office import actions
from schools.registry.office.forms import AreaForm, ClusterForm, NewYearForm, TermsForm
from schools.registry.office.queries import changes_of_terms, clusters_on, memberships_of
from schools.registry.queries import changes_of, the_office
from schools.thai import academic_year


def _done(request: HttpRequest, words: str, page: str) -> HttpResponse:
    messages.success(request, words, extra_tags=saved_tag(request))
    return redirect(page)


# --- Clusters ---


def cluster_list(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    context = {"clusters": clusters_on(timezone.localdate())}
    return render(request, "schools/registry/clusters.html", context)


def add_cluster(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    form = ClusterForm(typed(request), instance=Cluster(area=the_office()))
    if form.is_valid():
        with refusal_shown_in(form):
            actions.save_cluster(form.instance, by=request.user)
            return _done(request, f"เพิ่ม{form.instance}แล้ว", "clusters")
    return _cluster_form(request, form, "เพิ่มกลุ่มโรงเรียน", [])


@transaction.atomic
def edit_cluster(request: HttpRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    cluster = get_object_or_404(held(request, Cluster.objects), pk=pk)
    heading, form = cluster.name, ClusterForm(typed(request), instance=cluster)
    if form.is_valid():
        with refusal_shown_in(form):
            actions.save_cluster(cluster, by=request.user)
            return _done(request, f"บันทึก{cluster}แล้ว", "clusters")
    return _cluster_form(request, form, heading, memberships_of(cluster))


def _cluster_form(
    request: HttpRequest, form: ClusterForm, heading: str, memberships: list[ClusterMembership]
) -> HttpResponse:
    context = {"form": form, "heading": heading, "memberships": memberships}
    context |= {"cancel_url": reverse("clusters"), "parent": "กลุ่มโรงเรียน"}
    context["changes"] = changes_of(form.instance) if form.instance.pk else []
    return render(request, "schools/registry/cluster_form.html", context)


# --- Calendar ---


def calendar(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    years = AcademicYear.objects.prefetch_related("terms")
    return render(request, "schools/registry/calendar.html", {"years": years})


def add_year(request: HttpRequest) -> HttpResponse:
    """The year after the newest one, unless another is typed."""
    require(request.user, Permission.KEEP_REGISTRY)
    newest = AcademicYear.objects.first()
    following = newest.year + 1 if newest else academic_year(timezone.localdate())
    form = NewYearForm(typed(request), instance=AcademicYear(year=following))
    if form.is_valid():
        with refusal_shown_in(form):
            year = form.cleaned_data["year"]
            actions.add_year(the_office(), by=request.user, year=year, terms=form.terms())
            return _done(request, f"เพิ่มปีการศึกษา {year} แล้ว", "academic_calendar")
    return _calendar_form(request, form, "เพิ่มปีการศึกษา")


@transaction.atomic
def edit_year(request: HttpRequest, year: int) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    area = the_office(locked=request.method == "POST")
    row = get_object_or_404(area.academic_years, year=year)
    form = TermsForm(typed(request), instance=row)
    if form.is_valid():
        with refusal_shown_in(form):
            actions.set_terms(row, by=request.user, terms=form.terms())
            return _done(request, f"บันทึกวันเปิดปิดปีการศึกษา {year} แล้ว", "academic_calendar")
    return _calendar_form(request, form, f"แก้ไขปีการศึกษา {year}")


def _calendar_form(request: HttpRequest, form: TermsForm, heading: str) -> HttpResponse:
    url = reverse("academic_calendar")
    context = {"form": form, "heading": heading, "cancel_url": url, "parent": "ปฏิทินการศึกษา"}
    context["changes"] = changes_of_terms(form.instance)
    return render(request, "schools/registry/year_form.html", context)


# --- The office itself ---


@transaction.atomic
def area_office(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.KEEP_REGISTRY)
    area = the_office(locked=request.method == "POST")
    form = AreaForm(typed(request), instance=area)
    if form.is_valid():
        form.save()
        return _done(request, "บันทึกข้อมูลสำนักงานแล้ว", "area_office")
    schemes = SizeScheme.objects.order_by("pk").prefetch_related("bands")
    context = {"form": form, "heading": "สำนักงานและเกณฑ์ขนาด", "schemes": schemes}
    context |= {"cancel_url": reverse("registry"), "parent": "", "changes": changes_of(area)}
    return render(request, "schools/registry/area.html", context)

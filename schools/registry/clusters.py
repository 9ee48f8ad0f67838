"""Clusters of schools: their names, and which schools are in them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require
from schools.core.errors import ActionRefused
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import sort_key
from schools.models import Cluster, ClusterMembership, School, User
from schools.registry.queries import get_area, lock_area, registry_changes


@dataclass(frozen=True)
class ClusterMembers:
    """A cluster with the schools that belong to it today."""

    cluster: Cluster
    schools: Sequence[School]

    @property
    def notes(self) -> list[str]:
        return self.cluster.notes(len(self.schools))


def clusters_with_schools(day: date) -> list[ClusterMembers]:
    """Every cluster with its schools of that day, in Thai order; closed schools left out."""
    schools: dict[int | None, list[School]] = defaultdict(list)
    for school in School.objects.open_on(day).with_cluster(day):
        schools[school.cluster_pk].append(school)
    return [ClusterMembers(cluster, schools[cluster.pk]) for cluster in Cluster.objects.all()]


def cluster_memberships(cluster: Cluster) -> list[ClusterMembership]:
    """All schools that belong or ever belonged to the cluster."""
    rows = cluster.memberships.select_related("school").order_by("school__sort_key", "starts_on")
    return list(rows)


class ClusterForm(ConflictCheckedForm):
    """A cluster's name and what is still to be checked about it."""

    class Meta:
        model = Cluster
        fields = ("name", "ordered_count", "ordered_by", "data_note")
        help_texts = {"data_note": "สิ่งอื่นที่ยังต้องตรวจสอบ ระบบเทียบจำนวนโรงเรียนตามคำสั่งกับทะเบียนให้เอง"}

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())

    def validate_unique(self) -> None:
        """In the words of the action, which also knows names that only look different."""
        if "name" in self.cleaned_data:
            with refusal_as_form_error(self):
                check_cluster_name_is_free(self.cleaned_data["name"], of=self.instance)


@transaction.atomic
def save_cluster(cluster: Cluster, *, by: User) -> None:
    """Enter a cluster, or put its name and note right."""
    lock_area(cluster.area)
    check_cluster_name_is_free(cluster.name, of=cluster)
    save_with_history(cluster, by=by)


def check_cluster_name_is_free(name: str, *, of: Cluster) -> None:
    """Raises ActionRefused, at the name, where another cluster is called so or nearly so."""
    if other := Cluster.objects.exclude(pk=of.pk).filter(sort_key=sort_key(name)).first():
        raise ActionRefused(field_errors={"name": f"มี{other}อยู่แล้ว โปรดใช้ชื่ออื่น"})


def cluster_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    context = {"clusters": clusters_with_schools(timezone.localdate())}
    return render(request, "schools/registry/clusters.html", context)


def cluster_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    form = ClusterForm(post_data(request), instance=Cluster(area=get_area()))
    if form.is_valid():
        with refusal_as_form_error(form):
            save_cluster(form.instance, by=request.user)
            return redirect_with_message(request, f"เพิ่ม{form.instance}แล้ว", "clusters")
    return _cluster_form(request, form, "เพิ่มกลุ่มโรงเรียน", [])


@transaction.atomic
def cluster_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    cluster = get_object_or_404(lock_rows_on_post(request, Cluster.objects), pk=pk)
    heading, form = cluster.name, ClusterForm(post_data(request), instance=cluster)
    if form.is_valid():
        with refusal_as_form_error(form):
            save_cluster(cluster, by=request.user)
            return redirect_with_message(request, f"บันทึก{cluster}แล้ว", "clusters")
    return _cluster_form(request, form, heading, cluster_memberships(cluster))


def _cluster_form(
    request: SignedInRequest, form: ClusterForm, heading: str, memberships: list[ClusterMembership]
) -> HttpResponse:
    context = {"form": form, "heading": heading, "memberships": memberships}
    context |= {"cancel_url": reverse("clusters"), "parent": "กลุ่มโรงเรียน"}
    context["changes"] = registry_changes(form.instance) if form.instance.pk else []
    return render(request, "schools/registry/cluster_form.html", context)

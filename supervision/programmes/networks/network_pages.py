"""Networks: listed, formed, put right, ended."""

from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    PortalForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models.dated import in_force_between_q
from schools.registry.queries import RegistryChange, registry_changes_among
from supervision.programmes.models.networks import Network, NetworkMember
from supervision.programmes.networks import actions
from supervision.programmes.networks.enums import NetworkKind
from supervision.programmes.networks.forms import (
    SHOW_ALL,
    SHOWN_CHOICES,
    EndForm,
    NetworkForm,
)

PAGE_SIZE = 50
CONSENT_LEAD = (
    "โรงเรียนและสมาชิกที่ใส่ไว้แสดงให้โรงเรียนอื่นเห็นเฉพาะตำแหน่งและสังกัด "
    "โปรดได้รับความยินยอมในการเข้าร่วมเครือข่ายก่อนบันทึก"
)
NETWORK_FACTS = ("kind", "name", "purpose", "work", "starts_on", "ends_on")
MEMBER_FACTS = ("role", "subject", "school", "organisation", "topics", "starts_on", "ends_on")


class NetworkFilter(PortalForm):
    """Filters of the list of networks; what cannot be read filters nothing."""

    q = forms.CharField(label="ชื่อหรือวัตถุประสงค์", max_length=100, required=False)
    kind = forms.ChoiceField(
        label="ประเภท", required=False, choices=[("", "ทุกประเภท"), *NetworkKind.choices]
    )
    show = forms.ChoiceField(label="แสดง", required=False, choices=SHOWN_CHOICES)

    def apply(self, rows: QuerySet[Network]) -> QuerySet[Network]:
        self.is_valid()  # a filter that is not understood shows its message and asks for nothing
        asked, today = self.cleaned_data, timezone.localdate()
        if words := asked.get("q"):
            rows = rows.filter(Q(name__icontains=words) | Q(purpose__icontains=words))
        if kind := asked.get("kind"):
            rows = rows.filter(kind=kind)
        return rows if asked.get("show") == SHOW_ALL else rows.exclude(ends_on__lt=today)


def network_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    may_edit = can(request.user, Permission.EDIT_PROGRAMMES)
    form, today = NetworkFilter(request.GET), timezone.localdate()
    present = in_force_between_q(today, today, "members__")
    rows = form.apply(Network.objects.all()).annotate(
        member_count=Count("members", filter=present, distinct=True),
        school_count=Count("schools", distinct=True),
    )
    rows = rows.order_by("sort_key", "pk")  # counting drops the model's own order
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_filtered": bool(request.GET),
        "sees_area": can(request.user, Permission.VIEW_AREA),
        "add_url": reverse("network_add") if may_edit else "",
    }
    return render(request, "programmes/networks/list.html", context)


def network_page(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    network = get_object_or_404(Network.objects.select_related("work"), pk=pk)
    today = timezone.localdate()
    members = network.members.select_related("school").prefetch_related("learning_areas", "works")
    may_edit = can(request.user, Permission.EDIT_PROGRAMMES)
    context = {
        "network": network,
        "members": [member for member in members if not member.is_over(today)],
        "former_members": [member for member in members if member.is_over(today)],
        "schools": network.schools.all(),
        "sources": network.learning_sources.in_force(today).select_related("school"),
        "forums": network.forums.all(),
        "may_edit": may_edit and network.ends_on is None,
        "changes": _changes(network) if may_edit else [],
    }
    return render(request, "programmes/networks/network.html", context)


def _changes(network: Network) -> list[RegistryChange]:
    """What was changed of a network and of its members, newest first; two queries."""
    own = Network.history.filter(id=network.pk).select_related("work")
    of_members = NetworkMember.history.filter(network_id=network.pk).select_related("school")
    changes = registry_changes_among(own, *NETWORK_FACTS, called=lambda row: "เครือข่าย")
    changes += registry_changes_among(
        of_members, *MEMBER_FACTS, called=lambda row: f"สมาชิก {row.instance.title}"
    )
    return sorted(changes, key=lambda change: change.when, reverse=True)


def network_add(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_PROGRAMMES)
    return _edit(request, None)


@transaction.atomic
def network_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.EDIT_PROGRAMMES)
    return _edit(request, get_object_or_404(lock_rows_on_post(request, Network.objects), pk=pk))


def _edit(request: SignedInRequest, network: Network | None) -> HttpResponse:
    form = NetworkForm(post_data(request), instance=network)
    if form.is_valid():
        fields: dict[str, Any] = dict(form.cleaned_data)
        with refusal_as_form_error(form):
            saved = actions.save_network(
                form.instance, by=request.user, schools=fields.pop("schools"), fields=fields
            )
            return redirect_with_message(request, f"บันทึก {saved} แล้ว", saved)
    context = {
        "form": form,
        "title": f"แก้ไข {network}" if network else "เพิ่มเครือข่าย",
        "lead": CONSENT_LEAD,
        "back_url": network.get_absolute_url() if network else reverse("networks"),
        "back_label": str(network or "เครือข่ายการนิเทศ"),
    }
    return render(request, "programmes/networks/edit.html", context)


def network_end(request: SignedInRequest, pk: int) -> HttpResponse:
    network = get_object_or_404(Network, pk=pk)
    require(request.user, Permission.EDIT_PROGRAMMES)
    return confirm_action(
        request,
        partial(actions.end_network, network, by=request.user),
        form=EndForm(post_data(request), initial={"ends_on": timezone.localdate()}),
        success_message="บันทึกการสิ้นสุดของเครือข่ายแล้ว",
        heading=f"สิ้นสุด {network}",
        effects=[
            "สมาชิกทุกรายสิ้นสุดในวันเดียวกัน และไม่แสดงในหน้าค้นหาผู้ช่วยเหลืออีก",
            "ข้อมูลเดิมทั้งหมดและเหตุผลเก็บไว้ดูย้อนหลังได้",
        ],
        submit_label="บันทึกการสิ้นสุด",
        cancel_url=network.get_absolute_url(),
        danger=True,
    )

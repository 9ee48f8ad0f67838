"""The list of needs that the unit has taken up, as its filters ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.models import Cluster, ClusterMembership, School, Term, User
from supervision.needs.enums import TakenUpNeedState
from supervision.needs.models import NeedsTopic, TakenUpNeed

PAGE_SIZE = 50
NEED_PILLS = {
    TakenUpNeedState.OPEN: StatusKind.YOURS,
    TakenUpNeedState.DONE: StatusKind.DONE,
    TakenUpNeedState.WITHDRAWN: StatusKind.IDLE,
}


class TakenUpNeedFilter(PortalForm):
    """Filters of the list; a value that is not valid filters nothing."""

    state = forms.ChoiceField(
        label="สถานะ", choices=[("", "ทุกสถานะ"), *TakenUpNeedState.choices], required=False
    )
    topic = forms.ModelChoiceField(
        NeedsTopic.objects.all(), label="ประเด็น", required=False, empty_label="ทุกประเด็น"
    )
    cluster = forms.ModelChoiceField(
        Cluster.objects.all(), label="กลุ่มโรงเรียน", required=False, empty_label="ทุกกลุ่ม"
    )
    term = forms.ModelChoiceField(
        Term.objects.select_related("academic_year"),
        label="รับในภาคเรียน",
        required=False,
        empty_label="ทุกภาคเรียน",
    )
    q = forms.CharField(label="ค้นหา", max_length=100, required=False)


@dataclass(frozen=True)
class TakenUpNeedRow:
    """One need of the list, or of a page that lists those of a school."""

    need: TakenUpNeed

    @property
    def kind(self) -> StatusKind:
        return NEED_PILLS[TakenUpNeedState(self.need.state)]

    @property
    def word(self) -> str:
        return self.need.get_state_display()


def search_taken_up_needs(
    user: User, asked: Mapping[str, Any], today: date
) -> QuerySet[TakenUpNeed]:
    """Needs that the person may see, as the filters ask for them, the newest first."""
    rows = TakenUpNeed.objects.visible_to(user)
    for name in ("state", "topic", "term"):
        if value := asked.get(name):
            rows = rows.filter(**{name: value})
    if cluster := asked.get("cluster"):
        rows = rows.filter(school__in=ClusterMembership.objects.schools_of(cluster, today))
    if words := asked.get("q"):
        rows = rows.filter(Q(text__icontains=words) | Q(school__name__icontains=words))
    return rows.select_related("school", "term__academic_year", "lead")


def open_needs_of(school: School) -> list[TakenUpNeed]:
    """What the unit took up of the school and still works on, for who plans or records a visit."""
    rows = TakenUpNeed.objects.still_open().filter(school=school)
    return list(rows.select_related("term__academic_year", "lead"))


def taken_up_needs(request: SignedInRequest) -> HttpResponse:
    """All of them for the office, those of its own for a school."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    form = taken_up_need_filter(request)
    rows = search_taken_up_needs(request.user, form.cleaned_data, timezone.localdate())
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [TakenUpNeedRow(need) for need in page],
        "counts": TakenUpNeed.objects.visible_to(request.user).aggregate(
            **{str(one): Count("pk", filter=Q(state=one)) for one in TakenUpNeedState}
        ),
        "is_filtered": any(form.cleaned_data.values()),
        "sees_area": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "needs/taken_up_needs.html", context)


def taken_up_need_filter(request: SignedInRequest) -> TakenUpNeedFilter:
    """The filters of the address; who sees a school or two has no use for clusters."""
    form = TakenUpNeedFilter(request.GET)
    form.is_valid()
    if not can(request.user, Permission.VIEW_AREA):
        del form.fields["cluster"]
    return form

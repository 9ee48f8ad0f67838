"""What was done under a duty: activities of the plans and, where the duty is to visit, visits."""

from dataclasses import dataclass
from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.http import SignedInRequest
from schools.models import ClusterMembership, User
from supervision.assignments.models import Duty
from supervision.programmes.models import Activity
from supervision.programmes.plans.activity_list import (
    activity_lines,
    with_activity_columns,
)
from supervision.standards.models import SUPERVISION_PROCESS, WorkProcess
from supervision.visits.models import Visit

PAGE_SIZE = 50


@dataclass(frozen=True)
class VisitsUnderDuty:
    """The visits that the officer led while the duty held, in their latest versions."""

    planned: int
    signed: int
    schools: int


def activities_of_duty(duty: Duty) -> QuerySet[Activity]:
    """Activities that name the duty, and the officer's own on the same subject while it held."""
    found = Q(duty=duty)
    subject = _subject_of(duty)
    if subject and duty.officer.user_id and duty.starts_on:
        last = duty.ends_on or date.max
        found |= subject & Q(
            owner=duty.officer.user_id, ends_on__gte=duty.starts_on, starts_on__lte=last
        )
    return Activity.objects.filter(found).not_cancelled()


def _subject_of(duty: Duty) -> Q:
    """Activities of the duty's work, learning area or project; of a work group's, all its works."""
    subject = Q()
    if duty.work_id:
        subject |= Q(work=duty.work_id)
    elif duty.work_group_id:
        subject |= Q(work__work_group=duty.work_group_id) | Q(work_group=duty.work_group_id)
    if duty.learning_area_id:
        subject |= Q(learning_area=duty.learning_area_id)
    if duty.project:
        subject |= Q(project=duty.project)
    return subject


def visits_under_duty(duty: Duty, today: date) -> VisitsUnderDuty | None:
    """Of the work that process P3 describes, and of a cluster; None of other duties."""
    is_visiting = WorkProcess.objects.filter(code=SUPERVISION_PROCESS, work=duty.work_id).exists()
    if not (is_visiting or duty.cluster_id) or not duty.officer.user_id or not duty.starts_on:
        return None
    visits = (
        Visit.objects.not_cancelled()
        .in_latest_version()
        .filter(
            leader=duty.officer.user_id,
            visit_on__range=(duty.starts_on, duty.ends_on or date.max),
        )
    )
    if duty.cluster_id and not is_visiting:
        members = ClusterMembership.objects.schools_of(duty.cluster_id, duty.ends_on or today)
        visits = visits.filter(round__school__in=members)
    counts = visits.order_by().aggregate(
        planned=Count("pk", distinct=True),
        signed=Count("pk", filter=Q(signed_at__isnull=False), distinct=True),
        schools=Count("round__school", distinct=True),
    )
    return VisitsUnderDuty(**counts)


def _visible_duty(user: User, pk: int) -> Duty:
    """One's own duty, and every signed one to who sees the area. Raises Http404."""
    duties = Duty.objects.with_order()
    duty = get_object_or_404(duties, pk=pk)
    if duty.officer.order.is_draft:
        raise Http404
    if duty.officer.user_id != user.pk and not can(user, Permission.VIEW_AREA):
        raise Http404
    return duty


def duty_work_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The work done under one duty, newest plans first."""
    duty, today = _visible_duty(request.user, pk), timezone.localdate()
    seen = Activity.objects.visible_to(request.user) & activities_of_duty(duty)
    page = Paginator(with_activity_columns(seen), PAGE_SIZE).get_page(request.GET.get("page"))
    lines = activity_lines(list(page), today)
    context = {
        "duty": duty,
        "visits": visits_under_duty(duty, today),
        "page": page,
        "lines": lines,
        "sees_area": can(request.user, Permission.VIEW_AREA),
    }
    return render(request, "programmes/duty_work.html", context)

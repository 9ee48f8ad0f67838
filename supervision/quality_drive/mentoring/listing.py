"""Which schools of a drive had a mentoring visit, by cluster, and where help is needed most."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can, require_anywhere
from schools.core.http import SignedInRequest
from schools.models import School, Term, User
from schools.registry.school_lists import (
    ClusterFilterForm,
    ClusterGroup,
    cluster_names,
    group_by_cluster,
    is_in_cluster,
    list_position,
)
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.scores import (
    DimensionScore,
    load_design,
    load_signed_levels,
    weakest_dimensions,
)
from supervision.rounds.models import Round
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit

HAD, PLANNED, NONE = "had", "planned", "none"
STATES = ((HAD, "ให้คำปรึกษาแล้ว"), (PLANNED, "นัดหมายแล้ว"), (NONE, "ยังไม่มี"))


@dataclass(frozen=True)
class MentoringRow:
    """One school: its mentoring visits of the year, and its dimension with the lowest score.

    `weakest` is None where no visit judged anything; `round_id` is the round in which the reader
    may plan one, if any.
    """

    school: School
    visits: Sequence[Visit]
    weakest: DimensionScore | None
    round_id: int | None

    @property
    def state(self) -> str:
        if any(visit.is_signed for visit in self.visits):
            return HAD
        return PLANNED if self.visits else NONE


class MentoringFilter(ClusterFilterForm):
    """Which schools the list shows."""

    state = forms.ChoiceField(label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *STATES])


@dataclass(frozen=True)
class MentoringCluster(ClusterGroup[MentoringRow]):
    """The schools of one cluster."""

    @property
    def had(self) -> int:
        return sum(row.state == HAD for row in self.all_rows)


def load_mentoring_rows(drive: QualityDrive, user: User, today: date) -> list[MentoringRow]:
    """The schools that the person may see, by cluster, in a constant number of queries."""
    schools = School.objects.visible_to(user).open_on(today).with_cluster(today)
    listed = sorted(schools, key=list_position)
    terms = list(Term.objects.filter(academic_year=drive.academic_year_id).order_by("opens_on"))
    weakest = _weakest(drive, listed, terms, today)
    visits = _visits_by_school(listed, terms)
    may_plan = [one for one in listed if can(user, Permission.RECORD_VISIT, one.pk)]
    rounds = _newest_rounds(may_plan, terms)
    return [
        MentoringRow(one, visits.get(one.pk, []), weakest.get(one.pk), rounds.get(one.pk))
        for one in listed
    ]


def _weakest(
    drive: QualityDrive, schools: Sequence[School], terms: Sequence[Term], today: date
) -> dict[int, DimensionScore]:
    design = load_design(drive)
    signed = load_signed_levels(design, schools, terms, today)
    weakest = {school: weakest_dimensions(design, levels) for school, levels in signed.items()}
    return {school: found[0] for school, found in weakest.items() if found}


def _visits_by_school(schools: Sequence[School], terms: Sequence[Term]) -> dict[int, list[Visit]]:
    visits = Visit.objects.in_latest_version().not_cancelled().filter(kind=VisitKind.MENTORING)
    visits = visits.filter(round__term__in=terms, round__school__in=[one.pk for one in schools])
    found: dict[int, list[Visit]] = {}
    for visit in visits.select_related("round").order_by("visit_on", "pk"):
        found.setdefault(visit.round.school_id, []).append(visit)
    return found


def _newest_rounds(schools: Sequence[School], terms: Sequence[Term]) -> dict[int, int]:
    rows = Round.objects.filter(term__in=terms, school__in=[one.pk for one in schools])
    return dict(rows.order_by("term__opens_on", "number").values_list("school", "pk"))


def drive_mentoring(request: SignedInRequest, year: int) -> HttpResponse:
    """The schools by cluster; a sub-committee sees those of its cluster."""
    drive = get_drive(request.user, year)
    if not can(request.user, Permission.VIEW_AREA):
        require_anywhere(request.user, Permission.MONITOR_DRIVE)
    rows = load_mentoring_rows(drive, request.user, timezone.localdate())
    form = MentoringFilter(request.GET, clusters=cluster_names(rows))
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    shown = _shown(rows, form.cleaned_data)
    context = {
        "drive": drive,
        "form": form,
        "groups": group_by_cluster(shown, rows, MentoringCluster),
        "schools": len(rows),
        "had": sum(row.state == HAD for row in rows),
        "planned": sum(row.state == PLANNED for row in rows),
        "without": sum(row.state == NONE for row in rows),
        "may_plan": drive.is_at_work and any(row.round_id for row in rows if row.state == NONE),
    }
    return render(request, "quality_drive/mentoring/list.html", context)


def _shown(rows: Sequence[MentoringRow], wanted: dict[str, Any]) -> list[MentoringRow]:
    return [
        row
        for row in rows
        if is_in_cluster(row, wanted.get("cluster"))
        and wanted.get("state") in (None, "", row.state)
    ]

"""Mentoring visits to many schools planned at once, each on its day, by what each needs most."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, apply_portal_style, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.thai import short_date
from schools.models import User
from schools.registry.school_lists import ClusterFilterForm, cluster_names, is_in_cluster
from supervision.needs.enums import SupervisionMode
from supervision.quality_drive.agreements.drafting import check_drive_is_at_work
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.mentoring.listing import (
    NONE,
    MentoringRow,
    load_mentoring_rows,
)
from supervision.rounds.models import Round
from supervision.visits.actions import plan_visit
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from supervision.visits.planning import day_descriptions

MOST_AT_ONCE = 40  # schools on one page; where there are more, one cluster at a time


class PlanLine(NamedTuple):
    """One school with the box of its day, and why its visit was not planned."""

    row: MentoringRow
    box: BoundField
    refused: str


class MentoringPlansForm(PortalForm):
    """A day for each school that is to have a visit; the person who plans leads them.

    Days outside the term, on a weekend or marked, and two places on one day are asked about once.
    """

    purpose = forms.CharField(
        label="เรื่องที่ให้คำปรึกษา", max_length=300, initial="ให้คำปรึกษาการขับเคลื่อนคุณภาพการศึกษา"
    )
    mode = forms.ChoiceField(
        label="รูปแบบการนิเทศ",
        choices=SupervisionMode,
        initial=SupervisionMode.ON_SITE,
        widget=forms.RadioSelect,
    )
    confirmed = forms.BooleanField(label="ยืนยันนัดหมายตามวันที่กรอก", required=False)

    def __init__(
        self,
        *args: Any,
        rows: Sequence[MentoringRow],
        rounds: Mapping[int, Round],
        leader: User,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.rows, self.rounds, self.leader = rows, rounds, leader
        self.refused: dict[int, str] = {}
        for row in rows:
            box = BuddhistDateField(label=f"วันที่นัด {row.school}", required=False)
            box.widget.attrs["class"] = "form-control"
            self.fields[f"day_{row.school.pk}"] = box
        apply_portal_style(self)
        if not self.is_bound:
            del self.fields["confirmed"]

    def lines(self) -> list[PlanLine]:
        """The boxes by school, for the page."""
        return [
            PlanLine(row, self[f"day_{row.school.pk}"], self.refused.get(row.school.pk, ""))
            for row in self.rows
        ]

    def days(self) -> dict[int, date]:
        """The day of each school (pk) that got one."""
        typed = {row.school.pk: self.cleaned_data.get(f"day_{row.school.pk}") for row in self.rows}
        return {school: day for school, day in typed.items() if day}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        days = self.days()
        if not days and not self.errors:
            self.add_error(None, "โปรดกรอกวันที่อย่างน้อย 1 โรงเรียน")
        doubts = self._doubts(days)
        if not doubts:
            del self.fields["confirmed"]
        elif not cleaned.get("confirmed"):
            self.add_error(
                "confirmed", [f"{doubt} โปรดแก้วันที่ หรือทำเครื่องหมายยืนยัน" for doubt in doubts]
            )
        return cleaned

    def _doubts(self, days: Mapping[int, date]) -> list[str]:
        """What is unusual about the days, each once."""
        found = [
            f"{short_date(day)} อยู่นอกภาคเรียนที่ {self.rounds[school].term}"
            for school, day in days.items()
            if not self.rounds[school].term.is_running_on(day)
        ]
        for day, count in sorted(Counter(days.values()).items()):
            found += [f"{short_date(day)} ตรงกับ{named}" for named in day_descriptions(day)]
            if count > 1:
                found.append(f"{short_date(day)} นัดหมาย {count} โรงเรียนในวันเดียวกัน")
        return list(dict.fromkeys(found + _other_visits(self.leader, days)))


def _other_visits(leader: User, days: Mapping[int, date]) -> list[str]:
    """What the person does elsewhere on these days, in one query."""
    visits = Visit.objects.not_cancelled().filter(visit_on__in=set(days.values()), version=1)
    visits = visits.filter(Q(leader=leader) | Q(team=leader)).exclude(round__school__in=days)
    rows = visits.distinct().select_related("round__school").order_by("visit_on", "pk")
    return [f"{short_date(one.visit_on)} คุณนิเทศ{one.round.school}อยู่แล้ว" for one in rows]


@dataclass(frozen=True)
class PlannedVisits:
    """How many visits were planned; of the others, by school (pk), why not."""

    planned: int = 0
    refused: dict[int, str] = field(default_factory=dict)


def plan_mentoring_visits(
    days: Mapping[int, date], *, by: User, purpose: str, mode: SupervisionMode
) -> PlannedVisits:
    """Plan a visit in each of these rounds (pks), each in a transaction of its own."""
    planned, refused = 0, {}
    for pk, day in days.items():
        round_ = Round.objects.select_related("school", "term__academic_year").get(pk=pk)
        try:
            plan_visit(
                round_,
                by=by,
                leader=by,
                visit_on=day,
                purpose=purpose,
                mode=mode,
                kind=VisitKind.MENTORING,
            )
            planned += 1
        except ActionRefused as refusal:
            refused[round_.school_id] = str(refusal)
    return PlannedVisits(planned, refused)


def mentoring_plan(request: SignedInRequest, year: int) -> HttpResponse:
    """A day for each school that has no mentoring visit yet, with its weakest dimension."""
    drive = get_drive(request.user, year)
    require_anywhere(request.user, Permission.RECORD_VISIT)
    check_drive_is_at_work(drive)
    found = load_mentoring_rows(drive, request.user, timezone.localdate())
    without = [row for row in found if row.round_id and row.state == NONE]
    asked = ClusterFilterForm(request.GET, clusters=cluster_names(without))
    asked.is_valid()  # a cluster that nobody offered shows its message and asks for nothing
    rows = _of_one_cluster(without, asked.cleaned_data.get("cluster"))
    rounds = _rounds_of(rows)
    form = MentoringPlansForm(post_data(request), rows=rows, rounds=rounds, leader=request.user)
    if form.is_valid():
        done = plan_mentoring_visits(
            {rounds[school].pk: day for school, day in form.days().items()},
            by=request.user,
            purpose=form.cleaned_data["purpose"],
            mode=SupervisionMode(form.cleaned_data["mode"]),
        )
        if not done.refused:
            told = f"นัดหมายให้คำปรึกษาแล้ว {done.planned} โรงเรียน"
            return redirect_with_message(request, told, "drive_mentoring", year)
        form.rows = [row for row in rows if row.school.pk in done.refused]
        form.refused = done.refused
        form.add_error(
            None, f"นัดหมายแล้ว {done.planned} โรงเรียน ยังไม่ได้นัด {len(done.refused)} โรงเรียน"
        )
    context = {
        "drive": drive,
        "form": form,
        "asked": asked,
        "shown": len(form.rows),
        "without": len(without),
    }
    return render(request, "quality_drive/mentoring/plan.html", context)


def _of_one_cluster(rows: Sequence[MentoringRow], chosen: str | None) -> list[MentoringRow]:
    """Those of the cluster asked for; of too many for one page, those of the first cluster."""
    if not chosen and len(rows) > MOST_AT_ONCE:
        chosen = next((str(pk) for pk in cluster_names(rows)), None)
    return [row for row in rows if is_in_cluster(row, chosen)]


def _rounds_of(rows: Sequence[MentoringRow]) -> dict[int, Round]:
    """The round in which each school's visit is planned, by school (pk)."""
    found = Round.objects.filter(pk__in=[row.round_id for row in rows])
    return {one.school_id: one for one in found.select_related("school", "term__academic_year")}

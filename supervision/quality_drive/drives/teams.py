"""The working groups of a drive (T), and the sectors that take part in them."""

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet, prefetch_related_objects
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.confirmation import confirm_action
from schools.core.errors import deleted_record_as_refusal, unique_violation_as_refusal
from schools.core.forms import (
    PortalForm,
    apply_portal_style,
    form_field,
    post_data,
    redirect_with_message,
)
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.committees.enums import CommitteeKind
from supervision.committees.models import Committee
from supervision.quality_drive.drives.enums import Sector
from supervision.quality_drive.drives.going_on import check_drive_goes_on
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import DriveTeam, DriveTeamSector, QualityDrive
from supervision.quality_drive.step_facts import OTHER_SECTORS, load_teams


@transaction.atomic
def save_drive_team(
    team: DriveTeam, *, by: User, committee: Committee, sectors: Mapping[str, str]
) -> DriveTeam:
    """Let a working group carry the drive; `sectors` who stands for each, a post or an agency.

    Raises ActionRefused where the drive has this group already, or is over. Who did it stands in
    the drive's history.
    """
    _lock_drive(team)
    if team.pk:
        _refresh(team)
    team.committee = committee
    with unique_violation_as_refusal("คณะนี้เป็นคณะทำงานขับเคลื่อนของปีนี้แล้ว โปรดแก้ไขรายการเดิม"):
        team.save()
    team.sectors.all().delete()
    DriveTeamSector.objects.bulk_create(
        DriveTeamSector(team=team, sector=sector, note=note) for sector, note in sectors.items()
    )
    save_with_history(team.drive, by=by, reason=f"คณะทำงาน: {committee}")
    return team


@transaction.atomic
def delete_drive_team(team: DriveTeam, *, by: User) -> None:
    """Take a working group off the drive; the group and its order stay.

    Raises ActionRefused once the drive is over.
    """
    _lock_drive(team)
    _refresh(team)
    save_with_history(team.drive, by=by, reason=f"นำคณะทำงานออก: {team}")
    team.delete()


def _lock_drive(team: DriveTeam) -> None:
    """Two who change the teams of a drive wait for each other."""
    drives = QualityDrive.objects.select_for_update(of=("self",)).select_related("academic_year")
    team.drive = drives.get(pk=team.drive_id)
    check_drive_goes_on(team.drive)


def _refresh(team: DriveTeam) -> None:
    """Raises ActionRefused where somebody has taken it off meanwhile."""
    with deleted_record_as_refusal():
        team.refresh_from_db(fields=["committee"])


class SectorLine(NamedTuple):
    """A sector with its tick box and the box of who stands for it."""

    is_in: BoundField
    note: BoundField


class DriveTeamForm(PortalForm):
    """A working group in force, and which sectors take part in it."""

    committee = forms.ModelChoiceField(
        label="คณะทำงาน",
        queryset=Committee.objects.none(),
        empty_label="เลือกคณะทำงาน",
        help_text="คณะทำงานที่แต่งตั้งโดยคำสั่ง หากไม่มีในรายการ เพิ่มได้ที่หน้าการประชุมและคณะกรรมการ",
    )

    def __init__(self, *args: Any, team: DriveTeam, **kwargs: Any) -> None:
        notes = {one.sector: one.note for one in team.sectors.all()} if team.pk else {}
        initial: dict[str, Any] = {"committee": team.committee_id}
        for sector in Sector:
            initial |= {f"is_{sector}": sector in notes, f"note_{sector}": notes.get(sector, "")}
        super().__init__(*args, initial=initial, **kwargs)
        for sector in Sector:
            self.fields[f"is_{sector}"] = forms.BooleanField(label=sector.label, required=False)
            note = f"ผู้แทน{sector.label} (ตำแหน่งหรือหน่วยงาน)"
            self.fields[f"note_{sector}"] = forms.CharField(
                label=note, max_length=200, required=False
            )
        apply_portal_style(self)
        form_field(self, "committee", forms.ModelChoiceField).queryset = _working_groups(team)

    def lines(self) -> list[SectorLine]:
        """The boxes by sector, for the page."""
        return [SectorLine(self[f"is_{one}"], self[f"note_{one}"]) for one in Sector]

    def sectors(self) -> dict[str, str]:
        """Who stands for each sector that was ticked."""
        typed = self.cleaned_data
        return {one: typed[f"note_{one}"] for one in Sector if typed[f"is_{one}"]}


def _working_groups(team: DriveTeam) -> QuerySet[Committee]:
    """Those that work today, and the one that was chosen before."""
    present = Committee.objects.in_force(timezone.localdate())
    offered = Q(kind=CommitteeKind.WORKING_GROUP, pk__in=present.values("pk"))
    return Committee.objects.filter(offered | Q(pk=team.committee_id)).order_by("name")


def drive_teams(request: SignedInRequest, year: int) -> HttpResponse:
    """The drive's working groups, and which sectors no group has."""
    drive = get_drive(request.user, year, Permission.VIEW_AREA)
    teams = load_teams(drive)
    prefetch_related_objects([one.team for one in teams], "sectors")
    found = {sector for one in teams for sector in one.sectors}
    context = {
        "drive": drive,
        "teams": teams,
        "missing": [one.label for one in OTHER_SECTORS if one not in found],
        "may_edit": can(request.user, Permission.MANAGE_DRIVE) and not drive.is_over,
    }
    return render(request, "quality_drive/teams.html", context)


def drive_team_add(request: SignedInRequest, year: int) -> HttpResponse:
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    return _edit(request, drive, DriveTeam(drive=drive))


def drive_team_edit(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    drive, team = _get_team(request, year, pk)
    return _edit(request, drive, team)


def _edit(request: SignedInRequest, drive: QualityDrive, team: DriveTeam) -> HttpResponse:
    form = DriveTeamForm(post_data(request), team=team)
    if form.is_valid():
        with refusal_as_form_error(form):
            committee = form.cleaned_data["committee"]
            save_drive_team(team, by=request.user, committee=committee, sectors=form.sectors())
            return redirect_with_message(
                request, "บันทึกคณะทำงานแล้ว", "drive_teams", drive.academic_year.year
            )
    context = {"drive": drive, "team": team, "form": form}
    return render(request, "quality_drive/team_edit.html", context)


def drive_team_delete(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    _, team = _get_team(request, year, pk)
    return confirm_action(
        request,
        partial(delete_drive_team, team, by=request.user),
        success_message="นำคณะทำงานออกแล้ว",
        heading=f"นำ{team}ออกจากการขับเคลื่อน",
        effects=["คณะทำงาน คำสั่ง และการประชุมของคณะยังอยู่ตามเดิม"],
        submit_label="นำออก",
        cancel_url=team.drive.get_absolute_url(),
        danger=True,
    )


def _get_team(request: SignedInRequest, year: int, pk: int) -> tuple[QualityDrive, DriveTeam]:
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    team = get_object_or_404(drive.teams.select_related("committee"), pk=pk)
    team.drive = drive
    return drive, team

"""The baselines of all schools, and last year's results taken for many of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require, require_anywhere
from schools.core.errors import ActionRefused
from schools.core.forms import redirect_with_message
from schools.core.http import SignedInRequest
from schools.models import School
from supervision.quality_drive.baselines import actions
from supervision.quality_drive.baselines.listing import load_baseline_listing
from supervision.quality_drive.baselines.queries import (
    load_baselines,
    load_last_year_levels,
    signed_source_text,
    untaken_baselines,
)
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.scores import load_design

MAX_TICKED = 500


@dataclass(frozen=True)
class LastYearOffer:
    """What last year's visit would add to one school's baseline: how many levels, of which visit.

    `source` is empty where there is nothing to take.
    """

    school: School
    offered: int
    source: str


def baselines(request: SignedInRequest, year: int) -> HttpResponse:
    """Which schools have begun, which have confirmed, and which dimensions they lack."""
    require(request.user, Permission.VIEW_AREA)
    drive = get_drive(request.user, year)
    listing = load_baseline_listing(request.user, drive, request.GET.dict(), timezone.localdate())
    context = {
        "drive": drive,
        "listing": listing,
        "form": listing.form,
        "editable": _editable_schools(request, drive, [row.school for row in listing.rows]),
    }
    return render(request, "quality_drive/baselines.html", context)


def _editable_schools(
    request: SignedInRequest, drive: QualityDrive, schools: Sequence[School]
) -> set[int]:
    """The schools (pks) whose baseline the person may write, while the drive is at work."""
    if not drive.is_at_work:
        return set()
    return {one.pk for one in schools if can(request.user, Permission.EDIT_SCHOOL_DRIVE, one.pk)}


def baselines_last_year(request: SignedInRequest, year: int) -> HttpResponse:
    """Shows what last year's visits said at the ticked schools; confirmed, takes it.

    The schools stand in the address while it asks, and in the form once it is confirmed.
    """
    require(request.user, Permission.VIEW_AREA)
    require_anywhere(request.user, Permission.EDIT_SCHOOL_DRIVE)
    drive = get_drive(request.user, year)
    schools = _ticked_schools(request)
    url = reverse("baselines", args=[year])
    if not schools:
        raise ActionRefused("ยังไม่ได้เลือกโรงเรียน โปรดเลือกอย่างน้อย 1 โรงเรียนที่คุณดูแลแล้วลองอีกครั้ง")
    if request.method == "POST":
        taken = actions.take_last_year(drive, schools, by=request.user)
        return redirect_with_message(request, f"ใช้ผลปีก่อนเป็นข้อมูลฐาน {taken} โรงเรียนแล้ว", url)
    offers = _offers(drive, schools)
    context = {
        "drive": drive,
        "offers": [one for one in offers if one.offered],
        "without": [one.school for one in offers if not one.offered],
        "back_url": url,
    }
    return render(request, "quality_drive/baselines_last_year.html", context)


def _ticked_schools(request: SignedInRequest) -> list[School]:
    sent = request.POST if request.method == "POST" else request.GET
    pks = [pk for pk in sent.getlist("school")[:MAX_TICKED] if pk.isdecimal() and len(pk) < 10]
    schools = School.objects.with_permission(request.user, Permission.EDIT_SCHOOL_DRIVE)
    return list(schools.filter(pk__in=pks).open_on(timezone.localdate()).order_by("sort_key"))


def _offers(drive: QualityDrive, schools: Sequence[School]) -> list[LastYearOffer]:
    design = load_design(drive)
    signed = load_last_year_levels(design, schools, timezone.localdate())
    known = load_baselines(drive, schools)
    offers = []
    for school in schools:
        levels = signed.get(school.pk, {})
        new = untaken_baselines(levels, known.get(school.pk, {}))
        source = signed_source_text(next(iter(levels.values()))) if new else ""
        offers.append(LastYearOffer(school, len(new), source))
    return offers

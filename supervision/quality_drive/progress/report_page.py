"""The page on which a school reports progress: one dimension at a time, a card an indicator."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, require
from schools.core.errors import ActionRefused
from schools.core.forms import clear_draft_tag, redirect_after_form
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import School
from supervision.criteria.models import ScaleLevel
from supervision.quality_drive.models import DriveDimension, QualityDrive
from supervision.quality_drive.progress.queries import (
    DimensionProgress,
    load_drive_progress,
)
from supervision.quality_drive.progress.report_forms import IndicatorCards, drive_indicator_cards
from supervision.quality_drive.progress.reporting import report_drive_progress
from supervision.quality_drive.progress.school_page import ReportPrompt, get_school_of_drive


def drive_progress_report(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """The cards of the dimension that the address names, else of the first."""
    drive, school = get_school_of_drive(request.user, year, pk)
    require(request.user, Permission.REPORT_PROGRESS, pk)
    if not drive.is_at_work:
        raise ActionRefused("รายงานได้เมื่อ ก.ต.ป.น. เห็นชอบการขับเคลื่อนของปีแล้ว และยังไม่สิ้นสุด")
    loaded = load_drive_progress(drive, [school], timezone.localdate())
    [found] = loaded.schools
    with_indicators = [one for one in found.dimensions if one.indicators]
    if not with_indicators:
        raise ActionRefused("การขับเคลื่อนปีนี้ยังไม่มีตัวชี้วัดให้รายงาน")
    asked = request.GET.get("dimension")
    chosen = next(
        (one for one in with_indicators if one.dimension.code == asked), with_indicators[0]
    )
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    cards = _cards(chosen, *posted)
    if posted and cards.is_valid() and _is_saved(request, drive, school, cards):
        return _go_on(request, year, pk, with_indicators, chosen.dimension)
    context = {
        "drive": drive,
        "school": school,
        "dimensions": with_indicators,
        "chosen": chosen,
        "cards": list(zip(chosen.indicators, cards.forms, strict=True)),
        "errors": cards.errors,
        "prompt": ReportPrompt(found.due) if found.due else None,
        "last_reported_on": found.last_reported_on,
    }
    return render(request, "quality_drive/drive_progress_report.html", context)


def _cards(chosen: DimensionProgress, *posted: Any) -> IndicatorCards:
    indicators = [one.drive_indicator for one in chosen.indicators]
    scales = {one.indicator.standard.indicator_set.scale_id for one in indicators}
    levels: dict[int, list[ScaleLevel]] = {}
    for level in ScaleLevel.objects.filter(scale__in=scales):
        levels.setdefault(level.scale_id, []).append(level)
    return drive_indicator_cards(indicators, levels, *posted)


def _is_saved(
    request: SignedInRequest, drive: QualityDrive, school: School, cards: IndicatorCards
) -> bool:
    """Whether the action took the report; a refusal stands in the first card that is filled."""
    reports = [one.report() for one in cards.filled]
    with refusal_as_form_error(cards.filled[0]):
        report_drive_progress(drive, school, by=request.user, reports=reports)
        return True
    return False


def _go_on(
    request: SignedInRequest,
    year: int,
    pk: int,
    dimensions: Iterable[DimensionProgress],
    reported: DriveDimension,
) -> HttpResponse:
    """To the next dimension; after the last one to the school's page."""
    codes = [one.dimension.code for one in dimensions]
    later = codes[codes.index(reported.code) + 1 :]
    kept = clear_draft_tag(request, f"drive-report-{pk}-{reported.code}")
    messages.success(request, f"บันทึกความก้าวหน้าด้าน{reported}แล้ว", extra_tags=kept)
    if not later:
        return redirect_after_form(request, "school_drive", year, pk)
    url = f"{reverse('drive_progress_report', args=[year, pk])}?dimension={later[0]}"
    return redirect_after_form(request, url)

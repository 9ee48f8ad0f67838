"""The register of agreements: every school's of a year, with its state."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require, rights_of
from schools.core.http import SignedInRequest
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.agreements.register import NOT_DRAFTED, load_agreement_register
from supervision.quality_drive.models import QualityDrive


def get_drive_or_404(request: SignedInRequest, year: int) -> QualityDrive:
    """The drive of the year, if the person sees it."""
    rows = QualityDrive.objects.visible_to(request.user).select_related("academic_year__area")
    return get_object_or_404(rows, academic_year__year=year)


def agreements(request: SignedInRequest, year: int) -> HttpResponse:
    """All schools by cluster; who drafts, proposes or signs ticks some of them, or takes all."""
    require(request.user, Permission.VIEW_AREA)
    drive = get_drive_or_404(request, year)
    today = timezone.localdate()
    register = load_agreement_register(request.user, drive, request.GET.dict(), today)
    may_edit = rights_of(request.user).allows_anywhere(Permission.EDIT_SCHOOL_DRIVE)
    may_sign = can(request.user, Permission.SIGN_AGREEMENT)
    own = [row for row in register.shown if row.may_edit]
    context = {
        "register": register,
        "drive": drive,
        "year": year,
        "form": register.form,
        "may_edit": may_edit and drive.is_at_work,
        "may_sign": may_sign and drive.is_at_work,
        "to_draft": sum(row.stage == NOT_DRAFTED for row in own),
        "to_propose": sum(row.stage == AgreementState.DRAFT for row in own),
        "to_sign": sum(row.stage == AgreementState.SCHOOL_SIGNED for row in register.shown),
    }
    return render(request, "quality_drive/agreements/register.html", context)

"""A year's drive as a page asks for it, and the years that may still begin one."""

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from schools.access import Permission, require
from schools.core.forms import lock_rows_on_post
from schools.core.http import SignedInRequest
from schools.models import AcademicYear, Term, User
from supervision.quality_drive.models import QualityDrive


def get_drive(user: User, year: int, *needed: Permission) -> QualityDrive:
    """The drive of an academic year (BE), if the person sees it and holds the permissions."""
    rows = QualityDrive.objects.visible_to(user)
    rows = rows.select_related("academic_year", "meeting", "previous__academic_year")
    drive = get_object_or_404(rows, academic_year__year=year)
    for permission in needed:
        require(user, permission)
    return drive


def get_drive_to_edit(request: SignedInRequest, year: int) -> QualityDrive:
    """The drive for who manages it; a POST holds it from the comparison until it is saved."""
    get_drive(request.user, year, Permission.MANAGE_DRIVE)
    rows = lock_rows_on_post(request, QualityDrive.objects.select_related("academic_year"))
    return get_object_or_404(rows, academic_year__year=year)


def terms_of_drive(drive: QualityDrive) -> list[Term]:
    """The terms of the drive's academic year, in their order."""
    terms = Term.objects.filter(academic_year=drive.academic_year).order_by("opens_on")
    return list(terms.select_related("academic_year"))


def years_without_drive() -> QuerySet[AcademicYear]:
    """The academic years of the register that have no drive, the newest first."""
    return AcademicYear.objects.filter(quality_drive=None).order_by("-year")

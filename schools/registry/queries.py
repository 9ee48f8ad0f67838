"""Who may read the registry, and which school or office a page is about."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from schools.access import Permission, can, require, rights_of
from schools.models import Area, School
from schools.querysets import SchoolQuerySet

READING = (Permission.VIEW_SCHOOL, Permission.KEEP_REGISTRY)


def require_reader(user: Any) -> None:
    """Raises PermissionDenied (403) for who neither sees a school nor keeps the registry."""
    if not any(map(rights_of(user).allows_anywhere, READING)):
        raise PermissionDenied


def readable_schools(user: Any) -> SchoolQuerySet:
    """Schools whose registry card the person may read: those they see; all for the keeper."""
    if can(user, Permission.KEEP_REGISTRY):
        return School.objects.all()
    return School.objects.visible_to(user)


def school_to_keep(request: HttpRequest, pk: int, *, locked: bool = False) -> School:
    """The school, if the person keeps the registry; locked from the look to the save."""
    schools = readable_schools(request.user)
    school = get_object_or_404(schools.select_for_update() if locked else schools, pk=pk)
    require(request.user, Permission.KEEP_REGISTRY)
    return school


def the_office(*, locked: bool = False) -> Area:
    """One portal serves one area office; who saves what is judged against all schools locks it."""
    area = (Area.objects.select_for_update() if locked else Area.objects).first()
    if area is None:
        raise Http404("load_manual has not been run")
    return area

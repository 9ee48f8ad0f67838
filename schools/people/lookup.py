"""The person or appointment that a page of the registrar is about, and how it is locked."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from schools.access import Permission, can_manage_account, require
from schools.core.confirmation import confirm_action
from schools.core.forms import PortalForm, post_data
from schools.core.http import SignedInRequest
from schools.models import Appointment, School, User

APPOINTMENTS_WITH_PLACES = Prefetch(
    "appointments", Appointment.objects.select_related("school", "cluster")
)


def get_person_for_edit(request: SignedInRequest, pk: int, *, to_change: bool = True) -> User:
    """The person with their appointments, as the registrar sees them.

    Raises PermissionDenied for who is no registrar and, where a change is meant, for whose
    account this registrar may not change; Http404 for nobody.
    """
    require(request.user, Permission.EDIT_REGISTRY)
    person = get_object_or_404(User.objects.prefetch_related(APPOINTMENTS_WITH_PLACES), pk=pk)
    if to_change and not can_manage_account(request.user, person):
        raise PermissionDenied
    return person


def get_appointment_for_edit(
    request: SignedInRequest, pk: int, *, at_school: bool = False
) -> Appointment:
    """The appointment, of a school if `at_school`, with its holder. Raises as for a person."""
    require(request.user, Permission.EDIT_REGISTRY)
    appointments = Appointment.objects.select_related("user", "school", "cluster")
    if at_school:
        appointments = appointments.filter(school__isnull=False)
    appointment = get_object_or_404(appointments.prefetch_related("user__appointments"), pk=pk)
    if not can_manage_account(request.user, appointment.user):
        raise PermissionDenied
    return appointment


def confirm_person_action(
    request: SignedInRequest,
    action: Callable[..., object],
    person: User,
    *,
    form: PortalForm | None = None,
    template: str = "schools/people/confirm.html",
    **page: Any,
) -> HttpResponse:
    """Ask before an action on a person, do it, and go back to the person's page.

    Without a form of its own the page only asks. `page` is as for confirm_action.
    """
    return confirm_action(
        request,
        action,
        form=form or PortalForm(post_data(request)),
        template=template,
        cancel_url=reverse("person", args=[person.pk]),
        person=person,
        **page,
    )


def ensure_can_manage_account(person: User, *, by: User) -> None:
    """Raises PermissionDenied unless `by` may change the account and appointments of the person."""
    if not can_manage_account(by, person):
        raise PermissionDenied


def lock_person_and_schools(person: User, *schools: School | None) -> None:
    """Lock the person, then schools by key, so that two registrars never wait for each other."""
    person.refresh_from_db(from_queryset=User.objects.select_for_update())
    for school in sorted(filter(None, schools), key=lambda school: school.pk):
        school.refresh_from_db(from_queryset=School.objects.select_for_update())

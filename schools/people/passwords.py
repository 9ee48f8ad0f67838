"""Temporary passwords and links that the registrar issues to many people at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import (
    Permission,
    can_manage_account,
    capacity_of,
    is_system_account,
    require,
    signs_for_office,
)
from schools.core.errors import ActionRefused
from schools.core.fields import ListedRowsField
from schools.core.forms import PortalForm
from schools.core.history import save_with_history
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.version_token import version_token
from schools.enums import AccessKind
from schools.models import User
from schools.people.access_log import log_access_event
from schools.people.lookup import APPOINTMENTS_WITH_PLACES, ensure_can_manage_account
from schools.people.password_links import (
    IssuedPasswordLink,
    generate_readable_code,
    issue_password_link,
)
from schools.people.person import appointments_by_period

PASSWORD_ISSUED = "ออกรหัสผ่านชั่วคราว"


# A password takes a fifth of a second to be kept safely: so many are issued in one answer.
PASSWORDS_PER_REQUEST = 20


class IssuePasswordsForm(PortalForm):
    """Whose passwords to issue, and the passwords as they were when this was asked.

    `issued` counts those of the same request who have theirs already.
    """

    person = ListedRowsField(
        queryset=User.objects.all(),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "โปรดเลือกผู้ใช้อย่างน้อย 1 คนในหน้ารายชื่อ"},
    )
    version = forms.CharField(widget=forms.HiddenInput, required=False)
    issued = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)


# --- Actions ---


@dataclass(frozen=True)
class IssuedPassword:
    """A temporary password as it is handed over, once; the portal keeps only its digest."""

    person: User
    password: str


def issue_passwords(
    people: Sequence[User], *, by: User, version: str
) -> list[IssuedPassword | IssuedPasswordLink]:
    """Give each a temporary password, to be changed at the next sign-in; running sessions end.

    Who signs for the office gets a link instead, for nobody else may know their password.
    `version` is the token of the passwords as the page showed them (passwords_version): the same
    request sent twice must not make the slips just printed worthless.
    """
    made = [
        IssuedPassword(each, generate_temporary_password())
        for each in people
        if not signs_for_office(each)
    ]
    # Slow on purpose, so it is done before any row is locked.
    digests = {each.person.pk: make_password(each.password) for each in made}
    issued: dict[int, IssuedPassword | IssuedPasswordLink] = {each.person.pk: each for each in made}
    with transaction.atomic():
        locked = list(
            User.objects.select_for_update()
            .filter(pk__in=[person.pk for person in people])
            .order_by("pk")
            .prefetch_related("appointments")
        )
        _check_can_issue_passwords(locked, by=by, version=version)
        for person in locked:
            if person.pk not in digests or signs_for_office(person):
                issued[person.pk] = issue_password_link(person, by=by)
            else:
                _set_temporary_password(person, digests[person.pk], by=by)
    return [issued[person.pk] for person in people]


def _set_temporary_password(person: User, digest: str, *, by: User) -> None:
    person.password, person.must_change_password = digest, True
    save_with_history(
        person, by=by, reason=PASSWORD_ISSUED, fields=["password", "must_change_password"]
    )
    log_access_event(AccessKind.PASSWORD_ISSUED, account=person, by=by)


def _check_can_issue_passwords(people: Sequence[User], *, by: User, version: str) -> None:
    for person in people:
        ensure_can_manage_account(person, by=by)
        if is_system_account(person):
            raise ActionRefused(f"{person} เป็นบัญชีของระบบของหน่วยงานอื่น ซึ่งใช้โทเคนแทนรหัสผ่าน")
        if not person.is_active:
            raise ActionRefused(f"บัญชีของ {person} ปิดอยู่ โปรดเปิดใช้บัญชีอีกครั้งก่อนออกรหัสผ่าน")
    if passwords_version(people) != version:
        raise ActionRefused(
            "รหัสผ่านของบัญชีที่เลือกเปลี่ยนไปหลังจากเปิดหน้านี้ จึงยังไม่ออกซ้ำ "
            "ใบแจ้งที่พิมพ์ล่าสุดยังใช้ได้ หากต้องการออกใหม่จริง โปรดกดออกรหัสผ่านอีกครั้ง"
        )


def generate_temporary_password() -> str:
    """Three groups of four, such as kmre-7fhp-w3nd."""
    return generate_readable_code(3)


def passwords_version(people: Sequence[User]) -> str:
    """The version token of these people's passwords; it tells nothing about them."""
    return version_token(sorted((each.pk, each.get_session_auth_hash()) for each in people))


# --- Pages ---


def people_passwords(request: SignedInRequest) -> HttpResponse:
    """Asks first; the answer to the POST is the only page that ever shows the passwords.

    Of many people the first get theirs, and the page asks for the others until all have.
    """
    require(request.user, Permission.EDIT_REGISTRY)
    form = IssuePasswordsForm(request.POST if request.method == "POST" else request.GET)
    people = _chosen_people(request, form)
    if form.is_valid() and form.cleaned_data["version"] and request.method == "POST":
        now, later, version = (
            people[:PASSWORDS_PER_REQUEST],
            people[PASSWORDS_PER_REQUEST:],
            form.cleaned_data["version"],
        )
        with refusal_as_form_error(form):
            credentials = issue_passwords(now, by=request.user, version=version)
            return _issued_passwords_page(
                request, credentials, later, form.cleaned_data["issued"] or 0
            )
    context = {
        "form": form,
        "people": people,
        "signing": list(filter(signs_for_office, people)),
        "version": passwords_version(people[:PASSWORDS_PER_REQUEST]),
    }
    response = render(request, "schools/people/issue_passwords.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _chosen_people(request: SignedInRequest, form: IssuePasswordsForm) -> list[User]:
    """Those ticked in the list, without accounts of other offices' systems: they have tokens."""
    if not form.is_valid():
        return []
    chosen = form.cleaned_data["person"].prefetch_related(APPOINTMENTS_WITH_PLACES)
    chosen = list(chosen.order_by("sort_key", "pk"))
    chosen = [person for person in chosen if not is_system_account(person)]
    if not all(can_manage_account(request.user, person) for person in chosen):
        raise PermissionDenied
    return chosen


def _issued_passwords_page(
    request: SignedInRequest,
    credentials: list[IssuedPassword | IssuedPasswordLink],
    later: list[User],
    before: int,
) -> HttpResponse:
    today = timezone.localdate()
    context = {
        "credentials": [
            (each, appointments_by_period(each.person, today).present) for each in credentials
        ],
        "issued": before + len(credentials),
        "every": before + len(credentials) + len(later),
        "later": later,
        "version": passwords_version(later[:PASSWORDS_PER_REQUEST]),
        "address": settings.SITE_URL,
        "issued_as": capacity_of(request.user, Permission.EDIT_REGISTRY),
        "moment": timezone.now(),
    }
    response = render(request, "schools/people/issued_passwords.html", context)
    response["Cache-Control"] = "no-store"
    return response

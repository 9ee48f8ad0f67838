"""The list of people: whom it shows, as the filters ask."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can_manage_account, is_system_account, require
from schools.core.forms import PortalForm, form_field
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.thai import arabic_digits, short_date
from schools.enums import Role
from schools.models import Appointment, Cluster, ClusterMembership, School, User
from schools.models.dated import not_over_q
from schools.people.lookup import APPOINTMENTS_WITH_PLACES

PEOPLE_PER_PAGE = 50


class AppointmentStatus(models.TextChoices):
    """Whom the list shows by the appointments they hold."""

    IN_FORCE = "in_force", "มีตำแหน่งวันนี้"
    COMING = "coming", "ตำแหน่งที่จะเริ่ม"
    ENDED = "ended", "ตำแหน่งที่สิ้นสุดแล้ว"
    NONE = "none", "ไม่มีตำแหน่งวันนี้และต่อไป"


class AccountStatus(models.TextChoices):
    """Whom the list shows by the state of their account."""

    NEVER = "never", "ยังไม่เคยเข้าสู่ระบบ"
    TEMPORARY = "temporary", "ใช้รหัสผ่านชั่วคราว"
    CLOSED = "closed", "ปิดแล้ว"


class PeopleFilterForm(PortalForm):
    """Whom the list shows; a value nobody offered is named as an error and left out."""

    q = forms.CharField(
        label="ชื่อ ชื่อผู้ใช้ หรือตำแหน่ง",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = forms.ChoiceField(
        label="บทบาท",
        required=False,
        choices=[("", "ทุกบทบาท"), *((role.value, role.label) for role in Role)],
    )
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    school = forms.ChoiceField(label="โรงเรียน", required=False)
    holding = forms.ChoiceField(
        label="ตำแหน่ง", required=False, choices=[("", "ทั้งหมด"), *AppointmentStatus.choices]
    )
    account = forms.ChoiceField(
        label="บัญชี", required=False, choices=[("", "ทุกบัญชี"), *AccountStatus.choices]
    )

    def __init__(
        self,
        *args: Any,
        clusters: Iterable[tuple[int, str]],
        schools: Iterable[tuple[int, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        form_field(self, "cluster", forms.ChoiceField).choices = [("", "ทุกกลุ่ม"), *clusters]
        form_field(self, "school", forms.ChoiceField).choices = [("", "ทุกโรงเรียน"), *schools]


@dataclass(frozen=True)
class PersonRow:
    """One person of the list, and whether this registrar may change the account."""

    person: User
    can_manage_account: bool
    today: date

    @property
    def may_get_password(self) -> bool:
        """Whether this registrar may issue it one; another office's system has tokens instead."""
        open_to_registrar = self.can_manage_account and self.person.is_active
        return open_to_registrar and not is_system_account(self.person)

    @property
    def appointments(self) -> list[Appointment]:
        """Held today; if none, those to come."""
        appointments = [
            appointment
            for appointment in self.person.appointments.all()
            if not appointment.is_over(self.today)
        ]
        return [
            appointment for appointment in appointments if appointment.is_in_force_on(self.today)
        ] or appointments

    @property
    def state(self) -> tuple[StatusKind, str]:
        """Kind and word of the pill."""
        if not self.person.is_active:
            return StatusKind.LATE, "ปิดบัญชี"
        if not self.appointments:
            return StatusKind.IDLE, "ไม่มีตำแหน่ง"
        if not self.appointments[0].is_in_force_on(self.today):
            return StatusKind.WAITING, f"เริ่ม {short_date(self.appointments[0].starts_on)}"
        if is_system_account(self.person):
            return StatusKind.DONE, "อ่านด้วยโทเคน"
        if self.person.last_login is None:
            return StatusKind.YOURS, "ยังไม่เคยเข้าสู่ระบบ"
        return StatusKind.DONE, "ใช้งานได้"


def person_rows(people: Iterable[User], registrar: User, today: date) -> list[PersonRow]:
    return [PersonRow(person, can_manage_account(registrar, person), today) for person in people]


def bound_people_filter(asked: Mapping[str, str]) -> PeopleFilterForm:
    """Bound always, so that the boxes show what the page shows."""
    form = PeopleFilterForm(
        asked,
        clusters=Cluster.objects.values_list("pk", "name"),
        schools=School.objects.values_list("pk", "name"),
    )
    form.is_valid()
    return form


def filtered_people(wanted: Mapping[str, str], today: date) -> QuerySet[User]:
    """In the order of names, each with the appointments and their places."""
    people = User.objects.prefetch_related(APPOINTMENTS_WITH_PLACES).order_by("sort_key", "pk")
    people = people.filter(
        _name_matches(wanted.get("q", "")), _account_status(wanted.get("account", ""))
    )
    appointments = _filtered_appointments(wanted, today)
    if appointments is not None:
        people = people.filter(Exists(appointments.filter(user=OuterRef("pk"))))
    if wanted.get("holding") == AppointmentStatus.NONE:
        lasting = Appointment.objects.filter(not_over_q(today))
        people = people.exclude(Exists(lasting.filter(user=OuterRef("pk"))))
    return people


def _name_matches(words: str) -> Q:
    if not words:
        return Q()
    number = arabic_digits(words)
    written = Appointment.objects.filter(Q(title__icontains=words) | Q(position_number=number))
    return (
        Q(full_name__icontains=words)
        | Q(username__icontains=number)
        | Q(Exists(written.filter(user=OuterRef("pk"))))
    )


def _account_status(wanted: str) -> Q:
    conditions: dict[str, Q] = {
        AccountStatus.NEVER: Q(is_active=True, last_login=None),
        AccountStatus.TEMPORARY: Q(is_active=True, must_change_password=True),
        AccountStatus.CLOSED: Q(is_active=False),
    }
    return conditions.get(wanted, Q())


def _filtered_appointments(wanted: Mapping[str, str], today: date) -> QuerySet[Appointment] | None:
    """The appointments one of which a person must have; None where nothing is asked of
    appointments."""
    asked = _role_and_place(wanted, today)
    appointments: dict[str | None, QuerySet[Appointment]] = {
        AppointmentStatus.IN_FORCE: Appointment.objects.in_force(today),
        AppointmentStatus.COMING: Appointment.objects.filter(starts_on__gt=today),
        AppointmentStatus.ENDED: Appointment.objects.filter(ends_on__lt=today),
    }
    when = appointments.get(wanted.get("holding"))
    if not asked and when is None:
        return None
    return (Appointment.objects.all() if when is None else when).filter(asked)


def _role_and_place(wanted: Mapping[str, str], today: date) -> Q:
    found = Q()
    if role := wanted.get("role"):
        found &= Q(role=role)
    if school := wanted.get("school"):
        found &= Q(school=school)
    if cluster := wanted.get("cluster"):
        members = ClusterMembership.objects.schools_of(cluster, today)
        found &= Q(cluster=cluster) | Q(school__in=members)
    return found


def person_list(request: SignedInRequest) -> HttpResponse:
    """The office's people, as the filters ask."""
    require(request.user, Permission.EDIT_REGISTRY)
    today, form = timezone.localdate(), bound_people_filter(request.GET.dict())
    found = filtered_people(form.cleaned_data, today)
    page = Paginator(found, PEOPLE_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": person_rows(page, request.user, today),
        "is_filtered": any(form.cleaned_data.values()),
        "all_ticked": "all" in request.GET,
    }
    return render(request, "schools/people/person_list.html", context)

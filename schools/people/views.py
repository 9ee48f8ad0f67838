from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from schools.access import Permission, can_manage_account, capacity_of, require, signs_for_office
from schools.core.forms import PortalForm, clear_draft_tag, post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import long_date
from schools.models import Appointment, User
from schools.people import actions
from schools.people.forms import (
    AccountForm,
    AppointmentEndForm,
    AppointmentForm,
    AppointmentTitleForm,
    AppointmentTransferForm,
    IssuePasswordsForm,
    OpenAccountForm,
)
from schools.people.password_links import IssuedPasswordLink
from schools.people.queries import (
    APPOINTMENTS_WITH_PLACES,
    appointments_by_period,
    bound_people_filter,
    filtered_people,
    person_history,
    person_rows,
)
from schools.people.second_factor import can_remove_second_factor, has_second_factor

PEOPLE_PER_PAGE = 50
# A password takes a fifth of a second to be kept safely: so many are issued in one answer.
PASSWORDS_PER_REQUEST = 20


def _get_person(request: SignedInRequest, pk: int, *, to_change: bool = True) -> User:
    """The person, if this keeper may see them and, where a change is meant, touch the account."""
    require(request.user, Permission.EDIT_REGISTRY)
    person = get_object_or_404(User.objects.prefetch_related(APPOINTMENTS_WITH_PLACES), pk=pk)
    if to_change and not can_manage_account(request.user, person):
        raise PermissionDenied
    return person


def _get_appointment(request: SignedInRequest, pk: int, **which: Any) -> Appointment:
    require(request.user, Permission.EDIT_REGISTRY)
    appointments = Appointment.objects.filter(**which).select_related("user", "school", "cluster")
    appointment = get_object_or_404(appointments.prefetch_related("user__appointments"), pk=pk)
    if not can_manage_account(request.user, appointment.user):
        raise PermissionDenied
    return appointment


def _redirect_to_person(request: SignedInRequest, person_pk: int, told: str) -> HttpResponse:
    messages.success(request, told, extra_tags=clear_draft_tag(request))
    return redirect("person", person_pk)


def _form_succeeded(form: BaseForm, verb: Callable[[], Any]) -> bool:
    """Whether the form was good and the verb was done; a refusal stands in the form."""
    if not form.is_valid():
        return False
    with refusal_as_form_error(form):
        verb()
    return form.is_valid()


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


def person_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _get_person(request, pk, to_change=False)
    context = {
        "person": found,
        "appointments": appointments_by_period(found, timezone.localdate()),
        "can_manage_account": can_manage_account(request.user, found),
        "is_me": found.pk == request.user.pk,
        "signs": signs_for_office(found),
        "link": found.password_links.first(),
        "can_remove_second_factor": has_second_factor(found)
        and can_remove_second_factor(request.user, found),
        "history": person_history(found),
    }
    return render(request, "schools/people/person.html", context)


def person_open(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.EDIT_REGISTRY)
    form = OpenAccountForm(post_data(request), by=request.user)
    if form.is_bound and form.is_valid():
        opened = form.person()
        allow_second_holder = form.cleaned_data["allow_second_holder"]
        if _form_succeeded(
            form,
            lambda: actions.open_account(
                opened,
                form.appointment_of(),
                by=request.user,
                allow_second_holder=allow_second_holder,
            ),
        ):
            told = f"เปิดบัญชีให้ {opened} แล้ว ขั้นต่อไปคือออกรหัสผ่านหรือลิงก์ตั้งรหัสผ่าน"
            messages.success(request, told, extra_tags=clear_draft_tag(request))
            return redirect(f"{reverse('people_passwords')}?{urlencode({'person': opened.pk})}")
    return render(request, "schools/people/account_open.html", {"form": form})


def person_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _get_person(request, pk)
    known = {"full_name": found.full_name, "email": found.email}
    form = AccountForm(post_data(request), initial=known)
    if _form_succeeded(
        form, lambda: actions.update_account(found, by=request.user, **form.cleaned_data)
    ):
        return _redirect_to_person(request, pk, "บันทึกข้อมูลบัญชีแล้ว")
    return _confirm_page(request, form, found, "แก้ไขข้อมูลบัญชี", "บันทึก")


def _confirm_page(
    request: SignedInRequest, form: BaseForm, person: User, heading: str, label: str, **more: Any
) -> HttpResponse:
    context = {
        "heading": heading,
        "form": form,
        "submit_label": label,
        "cancel_url": reverse("person", args=[person.pk]),
    }
    return render(request, "schools/people/confirm.html", context | {"person": person} | more)


def person_close(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _get_person(request, pk)
    form = PortalForm(post_data(request))
    if _form_succeeded(form, lambda: actions.close_account(found, by=request.user)):
        return _redirect_to_person(request, pk, f"ปิดบัญชีของ {found} แล้ว")
    effects = [
        "เข้าสู่ระบบไม่ได้อีก และถูกออกจากระบบทันทีในทุกเครื่อง",
        "ตำแหน่ง งาน และลายมือชื่อที่ผ่านมาคงอยู่ ตำแหน่งที่ยังไม่สิ้นสุดโปรดระบุวันสิ้นสุดแยกต่างหาก",
        "เปิดใช้อีกครั้งได้ภายหลัง",
    ]
    more = {"effects": effects, "danger": True}
    return _confirm_page(request, form, found, f"ปิดบัญชีของ {found}", "ปิดบัญชี", **more)


def person_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _get_person(request, pk)
    form = PortalForm(post_data(request))
    if _form_succeeded(form, lambda: actions.reopen_account(found, by=request.user)):
        told = f"เปิดใช้บัญชีของ {found} อีกครั้งแล้ว ขั้นต่อไปคือออกรหัสผ่านให้ใหม่"
        return _redirect_to_person(request, pk, told)
    effects = [
        "รหัสผ่านเดิมและที่อยู่ปฏิทินเดิมใช้ไม่ได้อีก โปรดออกรหัสผ่านให้ใหม่ในขั้นต่อไป",
        "สิทธิ์เป็นไปตามตำแหน่งที่มีผลในวันที่เข้าใช้",
    ]
    heading = f"เปิดใช้บัญชีของ {found} อีกครั้ง"
    return _confirm_page(request, form, found, heading, "เปิดใช้บัญชี", effects=effects)


def appointment_create(request: SignedInRequest, pk: int) -> HttpResponse:
    found = _get_person(request, pk)
    form = AppointmentForm(post_data(request), by=request.user)
    if _form_succeeded(
        form,
        lambda: actions.create_appointment(
            form.appointment_of(found),
            by=request.user,
            allow_second_holder=form.cleaned_data["allow_second_holder"],
        ),
    ):
        return _redirect_to_person(request, pk, "เพิ่มตำแหน่งแล้ว สิทธิ์มีผลตั้งแต่วันเริ่มตำแหน่ง")
    return render(request, "schools/people/appointment_form.html", {"form": form, "person": found})


def appointment_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = _get_appointment(request, pk)
    known = {name: getattr(appointment, name) for name in AppointmentTitleForm.base_fields}
    form = AppointmentTitleForm(post_data(request), initial=known)
    if _form_succeeded(
        form,
        lambda: actions.update_appointment_title(appointment, by=request.user, **form.cleaned_data),
    ):
        return _redirect_to_person(
            request, appointment.user_id, "แก้ไขตำแหน่งแล้ว เอกสารที่ลงนามไปก่อนหน้านี้ไม่เปลี่ยน"
        )
    return _confirm_page(
        request, form, appointment.user, f"แก้ไขตำแหน่ง {appointment.title_with_place}", "บันทึก"
    )


def appointment_end(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = _get_appointment(request, pk)
    form = AppointmentEndForm(post_data(request), initial={"last_day": appointment.ends_on})
    if _form_succeeded(
        form, lambda: actions.end_appointment(appointment, by=request.user, **form.cleaned_data)
    ):
        return _redirect_to_person(
            request, appointment.user_id, f"ตำแหน่งสิ้นสุด {long_date(appointment.ends_on)}"
        )
    effects = [
        "สิทธิ์ของตำแหน่งนี้มีถึงวันที่ระบุ รวมวันนั้น",
        "สิ่งที่ลงนามหรือบันทึกไว้แล้วยังเป็นชื่อและตำแหน่งเดิม",
    ]
    heading = f"สิ้นสุดตำแหน่ง: {appointment.title_with_place}"
    return _confirm_page(request, form, appointment.user, heading, "บันทึกวันสิ้นสุด", effects=effects)


def appointment_transfer(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = _get_appointment(request, pk, school__isnull=False)
    form = AppointmentTransferForm(post_data(request))
    if _form_succeeded(
        form, lambda: actions.transfer_appointment(appointment, form.appointment(), by=request.user)
    ):
        return _redirect_to_person(
            request,
            appointment.user_id,
            f"ย้าย {appointment.user} แล้ว ตำแหน่งเดิมสิ้นสุด {long_date(appointment.ends_on)}",
        )
    effects = [
        f"ตำแหน่งที่{appointment.school}สิ้นสุดในวันก่อนวันเริ่มที่โรงเรียนใหม่",
        "ตั้งแต่วันเริ่ม เห็นและทำงานของโรงเรียนใหม่ ไม่เห็นของโรงเรียนเดิม",
        "สิ่งที่ลงนามไว้แล้วยังเป็นชื่อและตำแหน่งเดิม",
    ]
    heading = f"ย้าย {appointment.user} ไปโรงเรียนอื่น"
    return _confirm_page(request, form, appointment.user, heading, "บันทึกการย้าย", effects=effects)


def appointment_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    appointment = _get_appointment(request, pk)
    form = PortalForm(post_data(request))
    if _form_succeeded(form, lambda: actions.withdraw_appointment(appointment, by=request.user)):
        return _redirect_to_person(request, appointment.user_id, "ยกเลิกตำแหน่งที่ยังไม่เริ่มแล้ว")
    effects = ["ตำแหน่งนี้จะไม่เริ่ม และไม่อยู่ในรายการตำแหน่งอีก ประวัติยังบอกว่าใครยกเลิกเมื่อใด"]
    more = {"effects": effects, "danger": True}
    heading = f"ยกเลิกตำแหน่งที่ยังไม่เริ่ม: {appointment.title_with_place}"
    return _confirm_page(request, form, appointment.user, heading, "ยกเลิกตำแหน่ง", **more)


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
            credentials = actions.issue_passwords(now, by=request.user, version=version)
            return _issued_passwords_page(
                request, credentials, later, form.cleaned_data["issued"] or 0
            )
    context = {
        "form": form,
        "people": people,
        "signing": list(filter(signs_for_office, people)),
        "version": actions.passwords_version(people[:PASSWORDS_PER_REQUEST]),
    }
    response = render(request, "schools/people/issue_passwords.html", context)
    response["Cache-Control"] = "no-store"
    return response


def _chosen_people(request: SignedInRequest, form: IssuePasswordsForm) -> list[User]:
    if not form.is_valid():
        return []
    chosen = form.cleaned_data["person"].prefetch_related(APPOINTMENTS_WITH_PLACES)
    chosen = list(chosen.order_by("sort_key", "pk"))
    if not all(can_manage_account(request.user, person) for person in chosen):
        raise PermissionDenied
    return chosen


def _issued_passwords_page(
    request: SignedInRequest,
    credentials: list[actions.IssuedPassword | IssuedPasswordLink],
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
        "version": actions.passwords_version(later[:PASSWORDS_PER_REQUEST]),
        "address": settings.SITE_URL,
        "issued_as": capacity_of(request.user, Permission.EDIT_REGISTRY),
        "moment": timezone.now(),
    }
    response = render(request, "schools/people/issued_passwords.html", context)
    response["Cache-Control"] = "no-store"
    return response

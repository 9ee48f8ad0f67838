"""The page of appointments whose signing waits for a second person, who confirms them here."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from schools.access import Permission, require
from schools.core.fields import ListedRowsField
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import Appointment, PasswordLink
from schools.people.signers import confirm_signing, confirmation_obstacles, withheld_appointments


class ConfirmSignersForm(PortalForm):
    """Which of the waiting appointments the person has asked about."""

    appointment = ListedRowsField(
        label="ผู้ลงนาม",
        queryset=Appointment.objects.all(),
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "โปรดทำเครื่องหมายหน้าผู้ที่คุณตรวจสอบกับเจ้าตัวแล้ว"},
    )


def signer_list(request: SignedInRequest) -> HttpResponse:
    """The signing appointments that wait, for whoever may be the second person."""
    require(request.user, Permission.CONFIRM_SIGNER)
    return _signer_page(request, ConfirmSignersForm())


@require_POST
def signers_confirm(request: SignedInRequest) -> HttpResponse:
    """Asked of the holders outside the portal, said here."""
    require(request.user, Permission.CONFIRM_SIGNER)
    form = ConfirmSignersForm(request.POST)
    if form.is_valid():
        appointments = list(form.cleaned_data["appointment"])
        with refusal_as_form_error(form):
            confirm_signing(appointments, by=request.user)
            messages.success(request, f"ยืนยันผู้ลงนาม {len(appointments)} รายการแล้ว ผู้ลงนามได้รับแจ้ง")
            return redirect("signers")
    return _signer_page(request, form)


def _signer_page(request: SignedInRequest, form: ConfirmSignersForm) -> HttpResponse:
    appointments = list(withheld_appointments())
    opened = PasswordLink.objects.filter(
        account__in=[appointment.user_id for appointment in appointments]
    )
    last = {link.account_id: link for link in opened.order_by("issued_at")}
    reasons = confirmation_obstacles(appointments, by=request.user)
    rows = [
        (appointment, last.get(appointment.user_id), reasons[appointment.pk])
        for appointment in appointments
    ]
    context = {
        "form": form,
        "rows": rows,
        "may_confirm_any": any(not why_not for _, _, why_not in rows),
    }
    return render(request, "schools/people/signers.html", context)

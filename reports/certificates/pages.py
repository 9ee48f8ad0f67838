"""The register of certificates (ทะเบียนคุมเกียรติบัตร), issuing many at once, cancelling one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from reports.certificates import actions
from reports.certificates.enums import CertificateAction, CertificateState
from reports.certificates.models import Certificate, CertificateQuerySet
from reports.certificates.queries import (
    certificate_rows,
    honours_without_certificate,
    next_certificate_number,
    practices_without_certificate,
)
from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField, BuddhistYearField, ListedRowsField
from schools.core.forms import (
    PortalForm,
    ReasonForm,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import be_year
from schools.models import User
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

PAGE_SIZE = 50


class CertificateFilter(PortalForm):
    """Filters of the register; what cannot be read filters nothing."""

    q = forms.CharField(label="โรงเรียน ผลงาน รางวัล หรือเลขที่", max_length=200, required=False)
    purpose = forms.ChoiceField(
        label="ให้ไว้เพื่อ",
        required=False,
        choices=[("", "ทุกประเภท"), ("practice", "วิธีปฏิบัติที่เป็นเลิศ"), ("honour", "ยกย่องเชิดชูเกียรติ")],
    )
    year = BuddhistYearField(label="ปี พ.ศ.", required=False)
    state = forms.ChoiceField(
        label="สถานะ", required=False, choices=[("", "ทุกสถานะ"), *CertificateState.choices]
    )


@dataclass(frozen=True)
class CertificateListing:
    """The certificates that the person may see, as the filters ask for them, newest first."""

    form: CertificateFilter
    rows: CertificateQuerySet


def certificate_listing(user: User, asked: Mapping[str, str]) -> CertificateListing:
    form = CertificateFilter(asked)
    form.is_valid()  # a filter that is not understood shows its message and asks for nothing
    wanted = {name: value for name, value in form.cleaned_data.items() if value}
    words, rows = wanted.pop("q", ""), certificate_rows(user)
    found = rows.search(words) if words else rows
    if purpose := wanted.pop("purpose", ""):
        found = found.exclude(**{purpose: None})
    return CertificateListing(form, found.filter(**wanted))


def certificate_list(request: SignedInRequest) -> HttpResponse:
    """The register; who signs learns how many practices and honours have no certificate."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    listing = certificate_listing(request.user, request.GET.dict())
    may_issue = can(request.user, Permission.ISSUE_REPORT)
    context = {
        "form": listing.form,
        "page": Paginator(listing.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "is_filtered": bool(request.GET),
        "all_ticked": "all" in request.GET,
        "may_issue": may_issue,
        "waiting": practices_without_certificate().count() if may_issue else 0,
        "waiting_honours": honours_without_certificate().count() if may_issue else 0,
    }
    return render(request, "reports/certificates/list.html", context)


def certificate_page(request: SignedInRequest, pk: int) -> HttpResponse:
    certificate = _certificate(request, pk)
    context = {
        "certificate": certificate,
        "may_cancel": can(request.user, Permission.ISSUE_REPORT) and not certificate.is_cancelled,
        "history": workflow_history(certificate),
    }
    return render(request, "reports/certificates/certificate.html", context)


def _certificate(request: SignedInRequest, pk: int) -> Certificate:
    rows = certificate_rows(request.user).select_related(
        "practice__round__school", "honour__category"
    )
    return get_object_or_404(rows, pk=pk)


class CertificateForm(PortalForm):
    """The day of certificates, and the number of the first."""

    given_on = BuddhistDateField(label="ให้ไว้ ณ วันที่")
    first_number = forms.IntegerField(
        label="เลขที่เริ่มต้น",
        min_value=1,
        max_value=99_999,
        help_text="เลขในทะเบียนคุมเกียรติบัตรของปี พ.ศ. ที่ให้ไว้ ฉบับต่อไปใช้เลขถัดไปตามลำดับในรายการ",
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
    )


class CertificateIssueForm(CertificateForm):
    """The practices that get a certificate."""

    practices = ListedRowsField(
        practices_without_certificate(),
        label="ผลงานที่ให้เกียรติบัตร",
        error_messages={"required": "โปรดเลือกผลงานอย่างน้อย 1 ผลงาน"},
    )

    @property
    def ticked(self) -> set[str]:
        """The keys of the practices that are ticked now."""
        return {str(key) for key in self["practices"].value() or ()}


class HonourCertificateForm(CertificateForm):
    """The honours that get a certificate."""

    honours = ListedRowsField(
        honours_without_certificate(),
        label="รางวัลที่ให้เกียรติบัตร",
        error_messages={"required": "โปรดเลือกรางวัลอย่างน้อย 1 รายการ"},
    )

    @property
    def ticked(self) -> set[str]:
        """The keys of the honours that are ticked now."""
        return {str(key) for key in self["honours"].value() or ()}


def certificate_issue(request: SignedInRequest) -> HttpResponse:
    """The area director chooses practices and signs their certificates."""
    require(request.user, Permission.ISSUE_REPORT)
    practices = list(practices_without_certificate())
    initial = _usual_values() | {"practices": _ticked(request, "practice", practices)}
    form = CertificateIssueForm(post_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            issued = actions.issue_certificates(by=request.user, **form.cleaned_data)
            return redirect_with_message(
                request, f"ออกเกียรติบัตรแล้ว {len(issued)} ฉบับ", "certificates"
            )
    context = {"form": form, "practices": practices, "all_ticked": "all" in request.GET}
    return render(request, "reports/certificates/issue.html", context)


def honour_certificates_issue(request: SignedInRequest) -> HttpResponse:
    """The area director chooses honours and signs their certificates."""
    require(request.user, Permission.ISSUE_REPORT)
    honours = list(honours_without_certificate())
    initial = _usual_values() | {"honours": _ticked(request, "honour", honours)}
    form = HonourCertificateForm(post_data(request), initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            issued = actions.issue_honour_certificates(by=request.user, **form.cleaned_data)
            return redirect_with_message(
                request, f"ออกเกียรติบัตรแล้ว {len(issued)} ฉบับ", "certificates"
            )
    context = {"form": form, "honours": honours, "all_ticked": "all" in request.GET}
    return render(request, "reports/certificates/issue_honours.html", context)


def _ticked(request: SignedInRequest, name: str, rows: Sequence[Model]) -> list[Any]:
    """What the address names, or all."""
    return [one.pk for one in rows] if "all" in request.GET else request.GET.getlist(name)


def _usual_values() -> dict[str, Any]:
    """Today and the next number of its year."""
    today = timezone.localdate()
    return {"given_on": today, "first_number": next_certificate_number(be_year(today))}


def certificate_cancel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Asks for the reason; the line of the register stays."""
    certificate = _certificate(request, pk)
    require(request.user, Permission.ISSUE_REPORT)
    ensure_allowed(certificate, CertificateAction.CANCEL)
    return confirm_action(
        request,
        partial(actions.cancel_certificate, certificate, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ยกเลิกเกียรติบัตรแล้ว",
        heading=f"ยกเลิก{certificate}",
        submit_label="ยกเลิกเกียรติบัตร",
        effects=[
            "ทะเบียนยังเก็บเลขที่ เหตุผล และผู้ยกเลิก เลขนี้ไม่ใช้ซ้ำ",
            "หน้าตรวจสอบเอกสารบอกว่าเกียรติบัตรนี้ยกเลิกแล้ว",
            "ออกเกียรติบัตรฉบับใหม่ให้ผลงานหรือรางวัลนี้ได้",
        ],
        cancel_url=certificate.get_absolute_url(),
        danger=True,
    )

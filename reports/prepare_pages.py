"""The pages on which a report is looked at and put forward for signing: one for each kind."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from reports import actions
from reports.composer.checklist import report_checklist
from reports.composer.composed import report_parts
from reports.composer.queries import (
    composition_of_drive,
    composition_of_term,
    composition_of_year,
)
from reports.composer.sources import text_sources
from reports.data.quality_drive import drive_report
from reports.data.summary import summary_report
from reports.data.term import term_report
from reports.data.year import year_report
from reports.forms import BookNumberForm, InterimBookForm, ReportNumberForm
from reports.interim import interim_reasons
from reports.models import IssuedDocument
from reports.queries import has_issued_report, register_rows, steps_missing_for_term_report
from schools.access import Permission, can, require
from schools.core.forms import post_data
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import AcademicYear, Cluster, Term
from supervision.quality_drive.models import QualityDrive
from supervision.quality_drive.models.drives import AT_WORK_STATES
from supervision.rounds.models import Round


def term_report_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """How the round's report would read now, and the form that puts it forward."""
    rows = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    round_ = get_object_or_404(rows, pk=pk)
    document = register_rows(request.user).not_discarded().filter(round=round_).first()
    if document:
        return redirect(document)
    if not can(request.user, Permission.VIEW_REPORTS):
        return render(request, "reports/not_issued.html", {"round": round_})
    missing = steps_missing_for_term_report(round_, timezone.localdate())
    return _prepare_page(
        request,
        partial(actions.prepare_term_report, round_, by=request.user),
        ReportNumberForm(post_data(request)),
        {"round": round_, "missing": missing, "r": term_report(round_)},
    )


def year_report_page(request: SignedInRequest, year: int) -> HttpResponse:
    """How the area's year would read now, and the form that puts its report forward."""
    require(request.user, Permission.VIEW_REPORTS)
    academic_year = get_object_or_404(AcademicYear.objects.select_related("area"), year=year)
    document = (
        register_rows(request.user).not_discarded().filter(academic_year=academic_year).first()
    )
    if document:
        return redirect(document)
    missing = [] if has_issued_report(academic_year) else ["รายงานรายภาคเรียนที่ออกแล้วอย่างน้อย 1 ฉบับ"]
    is_interim = bool(interim_reasons(academic_year, timezone.localdate()))
    form_class = InterimBookForm if is_interim else BookNumberForm
    composition, figures = composition_of_year(academic_year), year_report(academic_year)
    sources = text_sources(figures)
    return _prepare_page(
        request,
        partial(actions.prepare_year_report, academic_year, by=request.user),
        form_class(post_data(request)),
        {
            "academic_year": academic_year,
            "missing": missing,
            "r": figures,
            "parts": report_parts(composition, sources),
            "checklist": report_checklist(composition, sources),
        },
    )


def summary_report_page(
    request: SignedInRequest, pk: int, cluster_pk: int | None = None
) -> HttpResponse:
    """How a term of all schools, or of one cluster's, would read now, and the form."""
    require(request.user, Permission.VIEW_REPORTS)
    term = get_object_or_404(Term.objects.select_related("academic_year__area"), pk=pk)
    cluster = None if cluster_pk is None else get_object_or_404(Cluster, pk=cluster_pk)
    rows = register_rows(request.user).not_discarded()
    document = rows.filter(term=term, cluster=cluster).first()
    if document:
        return redirect(document)
    figures = summary_report(term, cluster)
    composition, sources = composition_of_term(term, cluster), text_sources(figures)
    is_visited = figures["figures"]["visited"] > 0
    return _prepare_page(
        request,
        partial(actions.prepare_summary_report, term, cluster, by=request.user),
        BookNumberForm(post_data(request)),
        {
            "term": term,
            "cluster": cluster,
            "missing": [] if is_visited else ["บันทึกการนิเทศที่ลงนามแล้วอย่างน้อย 1 โรงเรียน"],
            "r": figures,
            "draft_target": IssuedDocument(term=term, cluster=cluster).draft_target,
            "parts": report_parts(composition, sources),
            "checklist": report_checklist(composition, sources),
        },
    )


def drive_report_page(request: SignedInRequest, drive_year: int) -> HttpResponse:
    """How the report on a year's quality drive would read now, and the form."""
    require(request.user, Permission.VIEW_REPORTS)
    drives = QualityDrive.objects.select_related("academic_year__area")
    drive = get_object_or_404(drives, academic_year__year=drive_year)
    document = register_rows(request.user).not_discarded().filter(drive=drive).first()
    if document:
        return redirect(document)
    figures = drive_report(drive)
    composition, sources = composition_of_drive(drive), text_sources(figures)
    is_endorsed = drive.state in AT_WORK_STATES
    return _prepare_page(
        request,
        partial(actions.prepare_drive_report, drive, by=request.user),
        BookNumberForm(post_data(request)),
        {
            "drive": drive,
            "missing": [] if is_endorsed else ["มติเห็นชอบของ ก.ต.ป.น. ต่อการขับเคลื่อนของปีนี้"],
            "r": figures,
            "parts": report_parts(composition, sources),
            "checklist": report_checklist(composition, sources),
        },
    )


def _prepare_page(
    request: SignedInRequest,
    prepare: Callable[..., IssuedDocument],
    form: ReportNumberForm,
    context: dict[str, Any],
) -> HttpResponse:
    """The preview with its form; POST prepares by what was typed, and a refusal stays there."""
    if request.method == "POST":
        require(request.user, Permission.PREPARE_REPORT)
        if form.is_valid():
            with refusal_as_form_error(form):
                document = prepare(**form.cleaned_data)
                messages.success(request, f"เสนอรายงานเลขที่ {document.number} เพื่อลงนามแล้ว")
                return redirect(document)
    may_prepare = can(request.user, Permission.PREPARE_REPORT)
    return render(
        request, "reports/prepare.html", context | {"form": form, "may_prepare": may_prepare}
    )

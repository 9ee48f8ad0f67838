from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from reports import actions
from reports.data.public import public_summary
from reports.data.term import term_report
from reports.data.year import year_report
from reports.enums import DocumentState
from reports.forms import NumberForm, RegisterFilter
from reports.models import IssuedDocument
from reports.progress import Progress, progress_of
from reports.queries import (
    figures_of,
    has_issued_report,
    in_force_before,
    later_version,
    missing_for_term,
    register_rows,
    rounds_without_report,
)
from schools.access import Permission, can, require, require_anywhere
from schools.forms import ReasonForm, typed
from schools.models import AcademicYear
from schools.sending import sent_file
from supervision.rounds.models import Round
from supervision.workflow.actions import check
from supervision.workflow.asking import ask
from supervision.workflow.queries import history_of
from supervision.workflow.refusals import refusal_shown_in

PER_PAGE = 30


def register(request: HttpRequest) -> HttpResponse:
    """The register of reports; what waits for a signature stands first."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    filters = RegisterFilter(request.GET)
    rows = filters.apply(register_rows(request.user))
    may_sign = can(request.user, Permission.ISSUE_REPORT)
    context = {
        "filters": filters,
        "waiting": list(rows.filter(state=DocumentState.PREPARED)) if may_sign else [],
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "years": _years(request),
        "is_filtered": bool(request.GET),
    }
    return render(request, "reports/register.html", context)


def _years(request: HttpRequest) -> list[AcademicYear]:
    """Years whose report may be looked at or put forward from here."""
    if not can(request.user, Permission.VIEW_REPORTS):
        return []
    return list(AcademicYear.objects.filter(terms__rounds__isnull=False, reports=None).distinct())


def term_report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """How the round's report would read now, and the form that puts it forward."""
    rows = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    round_ = get_object_or_404(rows, pk=pk)
    document = register_rows(request.user).standing().filter(round=round_).first()
    if document:
        return redirect(document)
    if not can(request.user, Permission.VIEW_REPORTS):
        return render(request, "reports/not_yet.html", {"round": round_})
    missing = missing_for_term(round_, timezone.localdate())
    return _prepare_page(
        request,
        lambda number: actions.prepare_term_report(round_, number=number, by=request.user),
        {"round": round_, "missing": missing, "r": term_report(round_)},
    )


def year_report_page(request: HttpRequest, year: int) -> HttpResponse:
    """How the area's year would read now, and the form that puts its report forward."""
    require(request.user, Permission.VIEW_REPORTS)
    academic_year = get_object_or_404(AcademicYear.objects.select_related("area"), year=year)
    document = register_rows(request.user).standing().filter(academic_year=academic_year).first()
    if document:
        return redirect(document)
    missing = [] if has_issued_report(academic_year) else ["รายงานรายภาคเรียนที่ออกแล้วอย่างน้อย 1 ฉบับ"]
    return _prepare_page(
        request,
        lambda number: actions.prepare_year_report(academic_year, number=number, by=request.user),
        {
            "academic_year": academic_year,
            "missing": missing,
            "open_rounds": rounds_without_report(academic_year),
            "r": year_report(academic_year),
        },
    )


def _prepare_page(request: HttpRequest, prepare, context: dict) -> HttpResponse:
    """The preview with its form; POST prepares, and a refusal stays at the form."""
    form = NumberForm(typed(request))
    if request.method == "POST":
        require(request.user, Permission.PREPARE_REPORT)
        if form.is_valid():
            with refusal_shown_in(form):
                document = prepare(form.cleaned_data["number"])
                messages.success(request, f"เสนอรายงานเลขที่ {document.number} เพื่อลงนามแล้ว")
                return redirect(document)
    may_prepare = can(request.user, Permission.PREPARE_REPORT)
    return render(
        request, "reports/prepare.html", context | {"form": form, "may_prepare": may_prepare}
    )


def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One report: state, file, proof, what may be done next, figures and history."""
    document = report_of(request, pk)
    progress = progress_of(document)
    context = {"document": document, "progress": progress, "making": progress == Progress.MAKING}
    context["earlier_files"] = document.earlier_files.all()
    if request.htmx and not request.htmx.boosted:
        return render(request, "reports/file_state.html", context | _rights(request, document))
    history = history_of(document, to_school=not can(request.user, Permission.VIEW_REPORTS))
    context |= {"r": figures_of(document), "history": history}
    context |= _versions(request, document) | _rights(request, document)
    return render(request, "reports/report.html", context)


def report_of(request: HttpRequest, pk: int) -> IssuedDocument:
    """The report, if the person sees it, with its frozen figures."""
    return get_object_or_404(register_rows(request.user).defer(None), pk=pk)


def _versions(request: HttpRequest, document: IssuedDocument) -> dict[str, IssuedDocument | None]:
    """The versions before and after it, as far as the person sees them."""
    versions = register_rows(request.user).of_same(document).standing()
    return {
        "before": versions.filter(version__lt=document.version).order_by("-version").first(),
        "following": versions.filter(version__gt=document.version).order_by("version").first(),
    }


def _rights(request: HttpRequest, document: IssuedDocument) -> dict[str, bool]:
    """Which acts the page offers: the state allows them and so do the person's posts."""
    may_issue = can(request.user, Permission.ISSUE_REPORT)
    may_publish = can(request.user, Permission.PUBLISH_REPORT)
    may_prepare = can(request.user, Permission.PREPARE_REPORT)
    state = document.state
    is_back = may_prepare and state == DocumentState.RETURNED
    return {
        "may_prepare_again": is_back,
        "may_drop": is_back and document.version > 1,
        "may_revise": may_prepare and document.is_issued and not later_version(document),
        "may_issue": may_issue and state == DocumentState.PREPARED,
        "may_render": may_issue,
        "may_publish": may_publish and _is_publishable(document),
        "may_withdraw": may_publish and state == DocumentState.PUBLISHED,
    }


def _is_publishable(document: IssuedDocument) -> bool:
    """Signed, its file made, and not replaced by a corrected version."""
    is_whole = document.state == DocumentState.ISSUED and document.has_file
    return is_whole and not document.is_replaced


def report_file(request: HttpRequest, pk: int) -> FileResponse:
    """The PDF, for those who may see the report."""
    document = report_of(request, pk)
    if not document.file:
        raise Http404
    return sent_file(document.file, f"{document}.pdf", download=True)


def issue_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then sign: from here on the figures stand still."""
    document = report_of(request, pk)
    require(request.user, Permission.ISSUE_REPORT)
    check(document, "issue")
    return ask(
        request,
        partial(actions.issue, document, by=request.user),
        done="ลงนามออกรายงานแล้ว กำลังจัดทำเอกสาร PDF",
        heading=f"ลงนามออกรายงานเลขที่ {document.number}",
        effects=[
            f"ตัวเลขและข้อความทั้งหมดของ{document} หยุดอยู่ ณ เวลาที่ลงนาม",
            "การแก้ไขข้อมูลภายหลังไม่เปลี่ยนรายงานฉบับนี้ หากพบข้อผิดต้องออกเป็นฉบับแก้ไข",
            "ระบบจัดทำเอกสาร PDF พร้อมรหัสตรวจสอบและ QR Code",
            "โรงเรียนที่เกี่ยวข้องเห็นรายงานของตน แต่บุคคลภายนอกยังไม่เห็น การเผยแพร่เป็นขั้นแยกต่างหาก",
            *_what_replacing_means(document),
        ],
        irreversible="รายงานที่ลงนามแล้วแก้ไขหรือยกเลิกการลงนามไม่ได้",
        submit_label="ลงนามออกรายงาน",
        cancel_url=document.get_absolute_url(),
    )


def _what_replacing_means(document: IssuedDocument) -> list[str]:
    before = in_force_before(document)
    if before is None:
        return []
    told = [f"ใช้แทนรายงานเลขที่ {before.number} ซึ่งยังเก็บไว้ในทะเบียน"]
    if before.state == DocumentState.PUBLISHED:
        told.append(f"สรุปผลของเลขที่ {before.number} ที่เผยแพร่อยู่จะถูกถอน แล้วเผยแพร่ฉบับนี้ได้")
    return told


def render_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Try again to make the PDF after a failure; the frozen figures stay the same.

    Who comes back here after signing in again is led to the report.
    """
    document = report_of(request, pk)
    if request.method != "POST":
        return redirect(document)
    require(request.user, Permission.ISSUE_REPORT)
    actions.render_again(document)
    messages.success(request, "เริ่มจัดทำเอกสารอีกครั้งแล้ว")
    return redirect(document)


def publish_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask with the very summary the public will see, then publish it."""
    document = report_of(request, pk)
    require(request.user, Permission.PUBLISH_REPORT)
    actions.check_publish(document)
    return ask(
        request,
        partial(actions.publish, document, by=request.user),
        done="เผยแพร่สรุปผลแล้ว",
        template="reports/publish.html",
        heading=f"เผยแพร่สรุปผลของรายงานเลขที่ {document.number}",
        look_up=lambda: {"summary": public_summary(document.snapshot["figures"])},
        submit_label="เผยแพร่",
        cancel_url=document.get_absolute_url(),
    )


def withdraw_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask why, then take the summary back from the public page."""
    document = report_of(request, pk)
    require(request.user, Permission.PUBLISH_REPORT)
    check(document, "withdraw")
    return ask(
        request,
        partial(actions.withdraw, document, by=request.user),
        form=ReasonForm(typed(request)),
        done="ถอนการเผยแพร่แล้ว",
        heading=f"ถอนการเผยแพร่รายงานเลขที่ {document.number}",
        effects=[
            "หน้าเผยแพร่บอกเพียงว่าถอนแล้ว จนกว่าจะเผยแพร่ใหม่",
            "รายงานที่ลงนามแล้วยังอยู่เช่นเดิม",
        ],
        danger=True,
        submit_label="ถอนการเผยแพร่",
        cancel_url=document.get_absolute_url(),
    )

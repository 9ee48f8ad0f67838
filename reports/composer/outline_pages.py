"""Which parts a report has, in which order, under which headings; last year's texts."""

from functools import partial

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from reports.composer.actions import (
    NO_EARLIER_TEXTS,
    carry_texts_over,
    move_part,
    set_outline,
    set_part_included,
)
from reports.composer.enums import Outline
from reports.composer.models import CompositionPart
from reports.composer.queries import earlier_composition
from reports.composer.sources import load_text_sources
from reports.composer.written_report import (
    WrittenReport,
    get_report_to_change,
    get_report_to_write,
    get_written_report,
)
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, post_data, redirect_with_message
from schools.core.http import SignedInRequest


class OutlineForm(PortalForm):
    """How the headings are numbered."""

    outline = forms.ChoiceField(
        label="การแบ่งหัวข้อ", choices=Outline.choices, widget=forms.RadioSelect
    )


def compose_outline(request: SignedInRequest, **address: int) -> HttpResponse:
    """The parts of the report with their places; a POST chooses how headings are numbered."""
    if request.method == "POST":
        report = get_report_to_write(request, address)
    else:
        report = get_written_report(request, address)
    form = OutlineForm(post_data(request), initial={"outline": report.composition.outline})
    if form.is_valid():
        set_outline(report.composition, outline=Outline(form.cleaned_data["outline"]))
        return redirect_with_message(request, "บันทึกการแบ่งหัวข้อแล้ว", request.path)
    earlier = earlier_composition(report.composition)
    context = {
        "report": report,
        "form": form,
        "lines": [_line(report, part) for part in report.parts],
        "carry_over_url": report.url("compose_carry_over") if earlier else "",
        "back_url": report.url("compose"),
    }
    return render(request, "reports/composer/outline.html", context)


def _line(report: WrittenReport, part: CompositionPart) -> dict[str, object]:
    return {
        "part": part,
        "heading": report.heading(part),
        "chapter": report.chapter(part),
        "url": report.url("compose_part", key=part.key),
        "move_url": report.url("compose_move", key=part.key),
        "include_url": report.url("compose_include", key=part.key),
    }


@require_POST
def compose_move(request: SignedInRequest, key: str, **address: int) -> HttpResponse:
    """Put a part one place up, or down."""
    report = get_report_to_write(request, address)
    part = report.part(key)
    move_part(part, up="up" in request.POST)
    return redirect_with_message(
        request, f"ย้าย{part}แล้ว", f"{report.url('compose_outline')}#{part.key}"
    )


@require_POST
def compose_include(request: SignedInRequest, key: str, **address: int) -> HttpResponse:
    """Take a part into the report, or leave it out."""
    report = get_report_to_write(request, address)
    part, is_included = report.part(key), "include" in request.POST
    set_part_included(part, is_included=is_included)
    done = f"พิมพ์{part}ในรายงาน" if is_included else f"ไม่พิมพ์{part}ในรายงาน ข้อความยังเก็บไว้"
    return redirect_with_message(request, done, f"{report.url('compose_outline')}#{part.key}")


def compose_carry_over(request: SignedInRequest, **address: int) -> HttpResponse:
    """Ask, then take last year's texts into the parts that nobody has written yet."""
    report = get_report_to_change(request, address)
    return confirm_action(
        request,
        partial(_carry_over, request, report),
        cancel_url=report.url("compose_outline"),
        success_message="นำข้อความของปีก่อนมาใช้แล้ว โปรดตรวจแต่ละส่วน",
        heading="นำข้อความของปีก่อนมาใช้",
        effects=[
            "ส่วนที่ยังเป็นร่างของระบบได้ข้อความที่เขียนไว้ในรายงานของปีก่อน ส่วนที่เขียนแล้วไม่เปลี่ยน",
            "ตัวเลขในข้อความเป็นของปีนี้ ตัวเลขที่ปีนี้ไม่มีคงเป็นข้อความเดิม และมีคำเตือน",
            "เริ่มจากร่างของระบบใหม่ได้ทุกส่วน",
        ],
        submit_label="นำข้อความมาใช้",
    )


def _carry_over(request: SignedInRequest, report: WrittenReport) -> None:
    earlier = earlier_composition(report.composition)
    if earlier is None:
        raise ActionRefused(NO_EARLIER_TEXTS)
    carry_texts_over(
        report.composition,
        sources=report.sources,
        earlier_sources=load_text_sources(earlier),
        by=request.user,
    )

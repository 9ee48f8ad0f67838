"""The page on which a part of a report is written, and what its script saves in between."""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.views.decorators.http import require_POST

from reports.composer.actions import (
    SavedText,
    part_version_token,
    save_part_text,
    use_current_number,
)
from reports.composer.checklist import report_checklist
from reports.composer.checklist_lines import ChecklistItem, ChecklistLine
from reports.composer.enums import PartKey
from reports.composer.markup import number_warnings, text_blocks
from reports.composer.models import CompositionPart
from reports.composer.outline import PARTS_WITH_FIGURES
from reports.composer.written_report import (
    OutlineRow,
    WrittenReport,
    authorship,
    get_report_to_write,
    get_written_report,
)
from reports.typography import official_text
from schools.access import Permission, can
from schools.core.forms import PortalForm, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.json_posts import ApiError, ensure_same_user, json_post_view
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import short_time

SENT_TEXTS = ("text", "version", "unanswered")
UNREADABLE = "ระบบอ่านข้อมูลที่ส่งมาไม่ได้ จึงยังไม่บันทึก โปรดเปิดหน้านี้ใหม่แล้วลองอีกครั้ง"
NO_PERMISSION = "บัญชีนี้ไม่มีสิทธิ์เขียนรายงานนี้แล้ว จึงยังไม่บันทึก"
OVERTAKEN = "มีการบันทึกส่วนนี้จากหน้าอื่นระหว่างที่คุณเขียน โปรดเลือกว่าจะใช้ข้อความใด"


class PartTextForm(PortalForm):
    """The text of a part as the page without a script sends it."""

    text = forms.CharField(label="ข้อความ", required=False, widget=forms.Textarea)
    version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].widget.attrs |= {"rows": 18, "class": "form-control"}

    def show_version(self, version: str) -> None:
        """Show what was sent again with the version that is stored now: the next try saves it."""
        data = MultiValueDict({name: [value] for name, value in self.data.items()})
        data["version"] = version
        self.data = data


def compose(request: SignedInRequest, **address: int) -> HttpResponse:
    """The report's texts begin with its first part."""
    report = get_written_report(request, address)
    included = [part for part in report.parts if part.is_included]
    return redirect(report.url("compose_part", key=(included or report.parts)[0].key))


def compose_part(request: SignedInRequest, key: str, **address: int) -> HttpResponse:
    """One part with its text; a POST saves it, for who has no script."""
    if request.method == "POST":
        return _save_form(request, key, address)
    report = get_written_report(request, address)
    part = report.part(key)
    form = PartTextForm(
        initial={"text": report.sources.text_of(part), "version": part_version_token(part)}
    )
    return _part_page(request, report, part, form)


def _save_form(request: SignedInRequest, key: str, address: dict[str, int]) -> HttpResponse:
    report = get_report_to_write(request, address)
    part, form = report.part(key), PartTextForm(request.POST)
    saved = None
    if form.is_valid():
        with refusal_as_form_error(form):
            saved = save_part_text(
                part, **form.cleaned_data, sources=report.sources, by=request.user
            )
    if saved and not saved.set_aside:
        return redirect_with_message(request, "บันทึกข้อความแล้ว", request.path)
    if saved:
        form.add_error(None, f"{OVERTAKEN} กดบันทึกอีกครั้งหากจะใช้ข้อความของคุณ")
        form.show_version(saved.version)
    return _part_page(request, report, saved.part if saved else part, form, overtaken=saved)


def _part_page(
    request: SignedInRequest,
    report: WrittenReport,
    part: CompositionPart,
    form: PartTextForm,
    overtaken: SavedText | None = None,
) -> HttpResponse:
    values = report.sources.values
    text = report.sources.text_of(part)
    rows = list(report.outline_rows())
    context = {
        "report": report,
        "part": part,
        "heading": report.heading(part),
        "chapter": report.chapter(part),
        "rows": rows,
        "neighbours": _neighbours(rows, part),
        "form": form,
        "stored_blocks": text_blocks(text, values),
        "overtaken": overtaken,
        "authorship": authorship(part),
        "warnings": number_warnings(text, values),
        "numbers": list(report.sources.numbers),
        "has_figures": part.key in PARTS_WITH_FIGURES,
        "urls": _part_urls(report, part),
        "checklist": _checklist(report),
    }
    return render(request, "reports/composer/part.html", context)


def _checklist(report: WrittenReport) -> list[ChecklistLine]:
    """What the report has and lacks; a part that is named leads to its page."""
    lines = report_checklist(report.composition, report.sources)
    return [replace(line, items=[_linked(item, report) for item in line.items]) for line in lines]


def _linked(item: ChecklistItem, report: WrittenReport) -> ChecklistItem:
    return replace(item, url=report.url("compose_part", key=item.part)) if item.part else item


def _neighbours(rows: Sequence[OutlineRow], part: CompositionPart) -> dict[str, OutlineRow | None]:
    """The parts before and after it in the list."""
    parts = [row for row in rows if row.url]
    at = next(place for place, row in enumerate(parts) if row.heading.key == part.key)
    return {
        "before": parts[at - 1] if at else None,
        "after": parts[at + 1] if at + 1 < len(parts) else None,
    }


def _part_urls(report: WrittenReport, part: CompositionPart) -> dict[str, str]:
    """Where the page of a part leads, and where its script and buttons send."""
    own = ("save", "preview", "history", "restore_draft", "use_number")
    urls = {name: report.url(f"compose_{name}", key=part.key) for name in own}
    return urls | {
        "outline": report.url("compose_outline"),
        "prepare": report.prepare_url,
        "draft": report.draft_url("report_draft"),
        "word": report.draft_url("report_draft_word"),
    }


def compose_preview(request: SignedInRequest, key: str, **address: int) -> HttpResponse:
    """The part as the paper prints it."""
    report = get_written_report(request, address, is_being_written=True)
    part = report.part(key)
    context = {
        "heading": report.heading(part),
        "blocks": text_blocks(report.sources.text_of(part), report.sources.values),
        "has_figures": part.key in PARTS_WITH_FIGURES,
    }
    html = render_to_string("reports/composer/preview.html", context)
    return HttpResponse(official_text(html, []))


@json_post_view
def compose_save(request: SignedInRequest, key: str, **address: int) -> dict[str, str]:
    """Save what is typed, while it is being typed."""
    sent = _sent_text(request.body)
    ensure_same_user(request, sent.pop("user"))
    if not can(request.user, Permission.PREPARE_REPORT):
        raise ApiError(403, "no_right", NO_PERMISSION)
    report = get_report_to_write(request, address)
    saved = save_part_text(report.part(key), **sent, sources=report.sources, by=request.user)
    if saved.set_aside:
        other = _other_text(saved, report.sources.text_of(saved.part))
        raise ApiError(409, "overtaken", OVERTAKEN, {"other": other})
    return {
        "version": saved.version,
        "at": short_time(timezone.now()),
        "written_by": authorship(saved.part),
    }


def _sent_text(body: bytes) -> dict[str, Any]:
    """Who sends, and the keywords of save_part_text. Raises ApiError."""
    try:
        sent = json.loads(body)
        user, texts = sent["user"], {name: sent[name] for name in SENT_TEXTS}
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ApiError(400, "unreadable", UNREADABLE) from None
    if not isinstance(user, int) or not all(isinstance(text, str) for text in texts.values()):
        raise ApiError(400, "unreadable", UNREADABLE)
    return {"user": user, **texts}


def _other_text(saved: SavedText, text: str) -> dict[str, str]:
    """What another page saved meanwhile, for the person to choose."""
    return {"text": text, "version": saved.version, "by": authorship(saved.part)}


@require_POST
def compose_use_number(request: SignedInRequest, key: str, **address: int) -> HttpResponse:
    """Let a number that was typed over follow the figures again."""
    report = get_report_to_write(request, address)
    typed, number = request.POST.get("typed", ""), request.POST.get("number", "")
    use_current_number(report.part(key), key=number, typed=typed, by=request.user)
    return redirect_with_message(
        request, "ใช้ค่าจากข้อมูลแล้ว", report.url("compose_part", key=PartKey(key))
    )

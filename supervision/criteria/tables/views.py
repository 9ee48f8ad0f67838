"""A set as an Excel file: taken along, and brought back after a look at what will happen."""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from schools.access import Permission, require
from schools.imports.reading import Unreadable
from schools.sending import sent_bytes
from supervision.criteria.content import Content, changes, content_of
from supervision.criteria.drafting import actions
from supervision.criteria.drafting.views import draft_of, set_of
from supervision.criteria.models import IndicatorSet, Scale
from supervision.criteria.tables.forms import FileForm
from supervision.criteria.tables.reading import SetTable, read_set
from supervision.criteria.tables.workbook import template_of, workbook_of
from supervision.workflow.errors import Refused


def export_set(request: HttpRequest, pk: int) -> HttpResponse:
    sets = IndicatorSet.objects.visible_to(request.user).select_related("scale")
    indicator_set = get_object_or_404(sets, pk=pk)
    content = workbook_of(indicator_set, content_of(indicator_set))
    return sent_bytes(content, f"{indicator_set}.xlsx")


def template(request: HttpRequest) -> HttpResponse:
    """An empty workbook for the scale that the address names, or the first."""
    require(request.user, Permission.PREPARE_CRITERIA)
    scales = Scale.objects.complete()
    named = request.GET.get("scale", "")
    scale = scales.filter(key=named).first() or get_object_or_404(scales.order_by("pk")[:1])
    return sent_bytes(template_of(scale), f"แบบฟอร์มชุดตัวชี้วัด {scale}.xlsx")


def import_new(request: HttpRequest) -> HttpResponse:
    """A file for a new draft: first the form, then what the file says."""
    require(request.user, Permission.PREPARE_CRITERIA)
    return _look(request, None)


def save_new(request: HttpRequest) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    file, table = _sent(request, None)
    if table.problems:
        return _preview(request, None, file, table)
    new = IndicatorSet(**table.facts)
    actions.begin_set(new, by=request.user, verb="import", content=table.content)
    messages.success(request, "นำเข้าเป็นร่างชุดใหม่แล้ว")
    return redirect(new)


def import_into(request: HttpRequest, pk: int) -> HttpResponse:
    """A file that takes the place of all that stands in a draft."""
    indicator_set = set_of(request, pk)
    actions.check_draft(indicator_set)
    return _look(request, indicator_set)


@transaction.atomic
def save_into(request: HttpRequest, pk: int) -> HttpResponse:
    """The draft is held before it is compared, so that nobody's words go unseen."""
    indicator_set = draft_of(request, pk)
    file, table = _sent(request, indicator_set)
    if table.problems or request.POST.get("seen") != _digest(indicator_set):
        return _preview(request, indicator_set, file, table, overtaken=not table.problems)
    actions.replace(indicator_set, by=request.user, facts=table.facts, content=table.content)
    messages.success(request, "นำเข้าแทนเนื้อหาเดิมของร่างแล้ว")
    return redirect(indicator_set)


def _look(request: HttpRequest, into: IndicatorSet | None) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FileForm(*sent)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _preview(request, into, file, read_set(file, into=into))
        except Unreadable as why:
            form.add_error("file", str(why))
    scales = Scale.objects.complete().order_by("pk")
    context = {"set": into, "form": form, "scales": scales}
    return render(request, "criteria/import.html", context)


def _preview(
    request: HttpRequest,
    into: IndicatorSet | None,
    file: bytes,
    table: SetTable,
    *,
    overtaken: bool = False,
) -> HttpResponse:
    """The file travels in the page: it is read and checked again when it is saved."""
    before: Content = content_of(into) if into else []
    context: dict[str, Any] = {
        "set": into,
        "table": table,
        "changes": changes(before, table.content) if into and not table.problems else [],
        "facts": _fact_changes(into, table) if into and not table.problems else [],
        "file": b64encode(file).decode(),
        "seen": _digest(into) if into else "",
        "overtaken": overtaken,
        "form": FileForm(),
        "again_url": _url(into, "import"),
        "save_url": _url(into, "import_save"),
    }
    return render(request, "criteria/import_preview.html", context)


def _url(into: IndicatorSet | None, name: str) -> str:
    return reverse(f"indicator_set_{name}", args=[into.pk]) if into else reverse(f"criteria_{name}")


def _sent(request: HttpRequest, into: IndicatorSet | None) -> tuple[bytes, SetTable]:
    """The file that the preview carried. Raises Refused where it is none any more."""
    try:
        file = b64decode(request.POST.get("file", ""), validate=True)
        return file, read_set(file, into=into)
    except (NotBase64, ValueError, Unreadable):
        raise Refused("ไม่พบไฟล์ที่ตรวจไว้ โปรดเลือกไฟล์แล้วนำเข้าอีกครั้ง") from None


def _digest(indicator_set: IndicatorSet) -> str:
    """What stands in the draft now, in short: who saves must have seen it."""
    facts = (indicator_set.name, indicator_set.scale_id, indicator_set.provenance)
    said = repr((facts, content_of(indicator_set)))
    return hashlib.sha256(said.encode()).hexdigest()


def _fact_changes(into: IndicatorSet, table: SetTable) -> list[tuple[str, str, str]]:
    """What the file calls otherwise than the draft: label, before, after."""
    lines = []
    for name, after in table.facts.items():
        before = getattr(into, name)
        if before != after:
            label = str(IndicatorSet._meta.get_field(name).verbose_name)
            lines.append((label, _as_read(name, before), _as_read(name, after)))
    return lines


def _as_read(name: str, value: Any) -> str:
    choices = dict(IndicatorSet._meta.get_field(name).choices or ())
    return str(choices.get(value, value)) or "ว่าง"

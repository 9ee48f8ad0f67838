"""A set as an Excel file: taken along, and brought back after a look at what will happen."""

from base64 import b64decode, b64encode
from binascii import Error as NotBase64
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Choices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from schools.access import Permission, require
from schools.core.errors import ActionRefused
from schools.core.file_responses import bytes_response
from schools.core.forms import PortalForm
from schools.core.http import SignedInRequest
from schools.core.tables.reading import UnreadableTableError
from schools.core.version_token import version_token
from schools.enums import EducationLevel
from supervision.criteria import actions
from supervision.criteria.content import Content, content_changes, content_of
from supervision.criteria.drafting.sets import get_draft_for_preparer, get_set_for_preparer
from supervision.criteria.enums import IndicatorSetAction, SetUse
from supervision.criteria.models import IndicatorSet, Scale
from supervision.criteria.tables.reading import IndicatorSetWorkbook, read_indicator_set_workbook
from supervision.criteria.tables.workbook import (
    SET_FIELD_LABELS,
    write_blank_set_workbook,
    write_indicator_set_workbook,
)

CHOICES_BY_FIELD: dict[str, type[Choices]] = {"level": EducationLevel, "use": SetUse}
MOST_BYTES = 2 * 1024 * 1024  # a set with every rubric filled in has a twentieth of it


class IndicatorSetFileForm(PortalForm):
    """The workbook of a set."""

    file = forms.FileField(
        label="ไฟล์ Excel (.xlsx)",
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        error_messages={
            "required": "โปรดเลือกไฟล์ Excel ของชุดตัวชี้วัด",
            "empty": "ไฟล์นี้ไม่มีข้อมูล โปรดตรวจว่าเลือกไฟล์ที่บันทึกแล้ว",
            "missing": "โปรดเลือกไฟล์ Excel ของชุดตัวชี้วัด",
            "invalid": "โปรดเลือกไฟล์ Excel ของชุดตัวชี้วัด",
        },
    )

    def clean_file(self) -> bytes:
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise ValidationError(
                "ไฟล์ใหญ่เกิน 2 MB ซึ่งเกินกว่าชุดตัวชี้วัดปกติ โปรดตรวจว่าเลือกไฟล์ถูก และลบรูปภาพในไฟล์ออก",
                code="too_big",
            )
        return file.read()


def indicator_set_export(request: SignedInRequest, pk: int) -> HttpResponse:
    sets = IndicatorSet.objects.visible_to(request.user).select_related("scale")
    indicator_set = get_object_or_404(sets, pk=pk)
    content = write_indicator_set_workbook(indicator_set, content_of(indicator_set))
    return bytes_response(content, f"{indicator_set}.xlsx")


def criteria_template(request: SignedInRequest) -> HttpResponse:
    """An empty workbook for the scale that the address names, or the first."""
    require(request.user, Permission.PREPARE_CRITERIA)
    scales = Scale.objects.complete()
    named = request.GET.get("scale", "")
    scale = scales.filter(key=named).first() or get_object_or_404(scales.order_by("pk")[:1])
    return bytes_response(write_blank_set_workbook(scale), f"แบบฟอร์มชุดตัวชี้วัด {scale}.xlsx")


def criteria_import(request: SignedInRequest) -> HttpResponse:
    """A file for a new draft: first the form, then what the file says."""
    require(request.user, Permission.PREPARE_CRITERIA)
    return _look(request, None)


def criteria_import_save(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    file, table = _sent(request, None)
    if table.problems:
        return _preview(request, None, file, table)
    new = IndicatorSet(**table.facts)
    actions.create_set_draft(
        new, by=request.user, action=IndicatorSetAction.IMPORT, content=table.content
    )
    messages.success(request, "นำเข้าเป็นร่างชุดใหม่แล้ว")
    return redirect(new)


def indicator_set_import(request: SignedInRequest, pk: int) -> HttpResponse:
    """A file whose content replaces that of a draft."""
    indicator_set = get_set_for_preparer(request, pk)
    actions.check_set_is_draft(indicator_set)
    return _look(request, indicator_set)


@transaction.atomic
def indicator_set_import_save(request: SignedInRequest, pk: int) -> HttpResponse:
    """Replace the content of the draft, locked and compared with what was previewed."""
    indicator_set = get_draft_for_preparer(request, pk)
    file, table = _sent(request, indicator_set)
    if table.problems or request.POST.get("version") != _content_version(indicator_set):
        return _preview(request, indicator_set, file, table, draft_has_changed=not table.problems)
    actions.replace_set_content(
        indicator_set, by=request.user, facts=table.facts, content=table.content
    )
    messages.success(request, "นำเข้าแทนเนื้อหาเดิมของร่างแล้ว")
    return redirect(indicator_set)


def _look(request: SignedInRequest, into: IndicatorSet | None) -> HttpResponse:
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = IndicatorSetFileForm(*sent)
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            return _preview(request, into, file, read_indicator_set_workbook(file, into=into))
        except UnreadableTableError as why:
            form.add_error("file", str(why))
    scales = Scale.objects.complete().order_by("pk")
    context = {"set": into, "form": form, "scales": scales}
    return render(request, "criteria/import.html", context)


def _preview(
    request: SignedInRequest,
    into: IndicatorSet | None,
    file: bytes,
    table: IndicatorSetWorkbook,
    *,
    draft_has_changed: bool = False,
) -> HttpResponse:
    """The file travels in the page: it is read and checked again when it is saved."""
    before: Content = content_of(into) if into else []
    context: dict[str, Any] = {
        "set": into,
        "table": table,
        "changes": content_changes(before, table.content) if into and not table.problems else [],
        "facts": _fact_changes(into, table) if into and not table.problems else [],
        "file": b64encode(file).decode(),
        "version": _content_version(into) if into else "",
        "draft_has_changed": draft_has_changed,
        "form": IndicatorSetFileForm(),
        "again_url": _url(into, "import"),
        "save_url": _url(into, "import_save"),
    }
    return render(request, "criteria/import_preview.html", context)


def _url(into: IndicatorSet | None, name: str) -> str:
    return reverse(f"indicator_set_{name}", args=[into.pk]) if into else reverse(f"criteria_{name}")


def _sent(
    request: SignedInRequest, into: IndicatorSet | None
) -> tuple[bytes, IndicatorSetWorkbook]:
    """The file that the preview carried. Raises ActionRefused where it is none any more."""
    try:
        file = b64decode(request.POST.get("file", ""), validate=True)
        return file, read_indicator_set_workbook(file, into=into)
    except (NotBase64, ValueError, UnreadableTableError):
        raise ActionRefused("ไม่พบไฟล์ที่ตรวจไว้ โปรดเลือกไฟล์แล้วนำเข้าอีกครั้ง") from None


def _content_version(indicator_set: IndicatorSet) -> str:
    """The version token of the draft as it stands now: who saves must have seen it."""
    facts = (indicator_set.name, indicator_set.scale_id, indicator_set.provenance)
    return version_token((facts, content_of(indicator_set)))


def _fact_changes(into: IndicatorSet, table: IndicatorSetWorkbook) -> list[tuple[str, str, str]]:
    """What the file calls otherwise than the draft: label, before, after."""
    lines = []
    for name, after in table.facts.items():
        before = getattr(into, name)
        if before != after:
            lines.append((SET_FIELD_LABELS[name], _as_read(name, before), _as_read(name, after)))
    return lines


def _as_read(name: str, value: Any) -> str:
    if name in CHOICES_BY_FIELD:
        return str(CHOICES_BY_FIELD[name](value).label)
    return str(value) or "ว่าง"

"""What all exported files share: how they are sent, their filters in words, their first columns."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from django import forms
from django.http import HttpResponse
from django.utils import timezone

from reports.overview.filters import OverviewFilters
from schools.core.file_responses import bytes_response
from schools.core.tables.export_table import (
    NO_FILTER,
    CellKind,
    ExportColumn,
    ExportRow,
    ExportSheet,
)
from schools.core.tables.export_workbook import ExportStamp, export_workbook
from schools.models import Area, ClusterMembership, School, Term
from supervision.rounds.models import Round

# Where columns come from, as the dictionary says it.
REGISTRY = "ทะเบียนโรงเรียน"
STEP_5 = "ขั้นที่ 5"
SCORE_SHEETS = "แบบประเมินตนเองและแบบ 7.3"
SIGNED_RESULTS = "ผลการนิเทศที่ลงนามแล้ว"

SCHOOL_UNIT = "โรงเรียน"


def excel_response(sheets: Sequence[ExportSheet[Any]], name: str) -> HttpResponse:
    """The sheets as they are now, as a file of that name."""
    area = Area.objects.first()
    stamp = ExportStamp(office=area.short_name if area else "", at=timezone.now())
    return bytes_response(export_workbook(sheets, stamp), f"{name}.xlsx")


def term_words(term: Term) -> str:
    return f"ภาคเรียนที่ {term}"


def clusters_by_school(day: date) -> dict[int, str]:
    """The name of each school's cluster on the day; schools without one are left out."""
    memberships = ClusterMembership.objects.in_force(day)
    return dict(memberships.values_list("school", "cluster__name"))


def filters_in_words(
    form: forms.Form,
    *,
    leave_out: Sequence[str] = ("term",),
    usual: Mapping[str, str] | None = None,
) -> str:
    """The filters of a screen as its boxes call them.

    `leave_out` names those that the file says elsewhere, `usual` what a filter asks for by
    itself while nothing is chosen.
    """
    usual = usual or {}
    asked = {name: form.cleaned_data.get(name) or usual.get(name) for name in form.fields}
    words = [
        f"{form.fields[name].label} {_choice_in_words(form.fields[name], value)}"
        for name, value in asked.items()
        if value and name not in leave_out
    ]
    return " · ".join(words) or NO_FILTER


def selection_in_words(filters: OverviewFilters) -> str:
    """The filters of the overview, as its pages say them."""
    return " · ".join(f"{one.label} {one.value}" for one in filters.words) or NO_FILTER


def _choice_in_words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.ModelChoiceField):
        return str(value)
    if isinstance(field, forms.ChoiceField):
        choices = cast("Iterable[tuple[Any, Any]]", field.choices)  # none of ours is grouped
        words = {str(key): str(word) for key, word in choices}
        return words.get(str(value), str(value))
    return f"“{value}”"


# --- Columns that many files begin or end with ---


def school_columns(
    school_of: Callable[[ExportRow], School | None], cluster_of: Callable[[ExportRow], str]
) -> list[ExportColumn[ExportRow]]:
    """Where a row belongs: cluster, code and name of its school; empty where it has none."""
    return [
        ExportColumn("กลุ่มโรงเรียน", cluster_of, "กลุ่มที่โรงเรียนสังกัด", source=REGISTRY),
        ExportColumn(
            "รหัสโรงเรียน",
            lambda row: getattr(school_of(row), "obec_code", "") or "",
            "รหัสโรงเรียน 8 หลัก ว่างเมื่อทะเบียนยังไม่มี",
            source=REGISTRY,
        ),
        ExportColumn(
            "โรงเรียน", lambda row: getattr(school_of(row), "name", ""), "ชื่อเต็ม", source=REGISTRY
        ),
    ]


def round_number_column(round_of: Callable[[ExportRow], Round | None]) -> ExportColumn[ExportRow]:
    return ExportColumn(
        "รอบที่",
        lambda row: getattr(round_of(row), "number", None),
        "รอบการนิเทศของโรงเรียนในภาคเรียน รอบที่ 2 ขึ้นไปเกิดหลังผลไม่บรรลุ",
        CellKind.WHOLE,
    )


def sample_column(is_sample: Callable[[ExportRow], bool]) -> ExportColumn[ExportRow]:
    return ExportColumn(
        "ข้อมูลตัวอย่าง",
        lambda row: "ตัวอย่าง" if is_sample(row) else "",
        "ตัวอย่าง คือข้อมูลที่สร้างไว้เพื่อสาธิต ไม่ใช่ข้อมูลจริง",
    )

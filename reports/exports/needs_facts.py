"""Stated needs beside results, and the needs that the unit took up, as Excel files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.files import (
    SCHOOL_UNIT,
    clusters_by_school,
    excel_response,
    filters_in_words,
    sample_column,
    school_columns,
)
from reports.needs_facts.area_page import needs_facts_asked_for
from reports.needs_facts.rows import NeedsFacts, SchoolNeedsRow, TopicCount
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.core.thai import long_date
from schools.registry.school_lists import NO_CLUSTER
from supervision.needs.matching import NeedsMatch, TopicMatch
from supervision.needs.models import TakenUpNeed
from supervision.needs.taken_up_list import search_taken_up_needs, taken_up_need_filter

STEP_1_AND_RESULTS = "แบบ 7.1 ผลการทดสอบ และผลการนิเทศ"
TAKEN_UP = "ความต้องการที่รับไว้ติดตาม"


@dataclass(frozen=True)
class NeedsFactsExportRow:
    """One topic of one school."""

    school_needs: SchoolNeedsRow
    match: TopicMatch

    @property
    def cluster(self) -> str:
        return self.school_needs.row.school.cluster_name or NO_CLUSTER

    @property
    def levels(self) -> str:
        return "\n".join(
            f"{area.name}: ปัญหา {area.problem.mean:.0f} ความต้องการ {area.need.mean:.0f}"
            for area in self.match.areas
        )


def needs_facts_export(request: SignedInRequest) -> HttpResponse:
    """Topics with their counts, and a row for each topic of a school, as the filters ask."""
    found = needs_facts_asked_for(request)
    if found is None:
        raise Http404
    filters = filters_in_words(found.results.form, leave_out=("campaign", "state", "by"))
    sheets: list[ExportSheet[Any]] = [_topics_sheet(found, filters), _schools_sheet(found, filters)]
    return excel_response(sheets, f"ความต้องการเทียบกับผล {found.results.campaign.period}")


def _topics_sheet(found: NeedsFacts, filters: str) -> ExportSheet[TopicCount]:
    return ExportSheet(
        name="รายประเด็น",
        title="ความต้องการของโรงเรียนเทียบกับผล รายประเด็น",
        columns=_topic_columns(),
        rows=found.area.topics,
        one_row="1 ประเด็น",
        period=found.results.campaign.period,
        filters=filters,
    )


def _topic_columns() -> list[ExportColumn[TopicCount]]:
    return [
        ExportColumn("ประเด็น", lambda one: one.topic.name, "ประเด็นที่ใช้จับคู่"),
        *[_count_column(group) for group in NeedsMatch],
        ExportColumn(
            "ผลการทดสอบปีล่าสุด",
            lambda one: "\n".join(one.facts),
            "ค่าเฉลี่ยถ่วงน้ำหนักด้วยผู้เข้าสอบ ไม่นับผลของผู้เข้าสอบน้อยกว่า 3 คน",
            CellKind.LONG_TEXT,
        ),
    ]


def _count_column(group: NeedsMatch) -> ExportColumn[TopicCount]:
    return ExportColumn(
        str(group.label),
        lambda one: one.counts.get(group, 0),
        "จำนวนโรงเรียน",
        CellKind.WHOLE,
        SCHOOL_UNIT,
        STEP_1_AND_RESULTS,
    )


def _schools_sheet(found: NeedsFacts, filters: str) -> ExportSheet[NeedsFactsExportRow]:
    return ExportSheet(
        name="รายโรงเรียน",
        title="ความต้องการของโรงเรียนเทียบกับผล รายโรงเรียน",
        columns=_school_columns(is_sample=found.results.campaign.is_sample),
        rows=[NeedsFactsExportRow(*pair) for pair in found.shown],
        one_row="1 ประเด็นของ 1 โรงเรียน",
        period=found.results.campaign.period,
        filters=filters,
        frozen_columns=3,
    )


def _school_columns(*, is_sample: bool) -> list[ExportColumn[NeedsFactsExportRow]]:
    long, source = CellKind.LONG_TEXT, STEP_1_AND_RESULTS
    return [
        *school_columns(lambda one: one.school_needs.row.school, lambda one: one.cluster),
        ExportColumn("ประเด็น", lambda one: one.match.topic.name, "ประเด็นที่ใช้จับคู่"),
        ExportColumn("กลุ่ม", lambda one: str(one.match.group.label), "ระบุและพบ", source=source),
        ExportColumn("ระดับที่ระบุ", lambda one: one.levels, "ระดับ 1–5 ของด้าน", long, source=source),
        ExportColumn(
            "ข้อความที่ระบุ",
            lambda one: "\n".join(one.match.wants),
            "สิ่งที่โรงเรียนเขียน",
            long,
            source=source,
        ),
        _facts_column("ผลที่ต่ำกว่าเกณฑ์", is_low=True),
        _facts_column("ผลอื่นในประเด็น", is_low=False),
        sample_column(lambda _: is_sample),
    ]


def _facts_column(label: str, *, is_low: bool) -> ExportColumn[NeedsFactsExportRow]:
    return ExportColumn(
        label,
        lambda one: "\n".join(fact.words for fact in one.match.facts if fact.is_low is is_low),
        "ผลการทดสอบ ผลการนิเทศ และข้อเสนอแนะที่ยังไม่ปิด",
        CellKind.LONG_TEXT,
        source=STEP_1_AND_RESULTS,
    )


# --- Needs that the unit took up ---


def taken_up_needs_export(request: SignedInRequest) -> HttpResponse:
    """The list of needs that the unit took up, with the filters of the screen."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    today, form = timezone.localdate(), taken_up_need_filter(request)
    rows = search_taken_up_needs(request.user, form.cleaned_data, today)
    sheet = ExportSheet(
        name=TAKEN_UP,
        title=TAKEN_UP,
        columns=_need_columns(clusters_by_school(today)),
        rows=list(rows.select_related("topic", "taken_up_by")),
        one_row="1 ความต้องการของ 1 โรงเรียน",
        filters=filters_in_words(form, leave_out=()),
        frozen_columns=3,
    )
    return excel_response([sheet], f"{TAKEN_UP} {long_date(today)}")


def _need_columns(clusters: Mapping[int, str]) -> Sequence[ExportColumn[TakenUpNeed]]:
    long = CellKind.LONG_TEXT
    return [
        *school_columns(
            lambda need: need.school, lambda need: clusters.get(need.school_id, NO_CLUSTER)
        ),
        ExportColumn("ความต้องการ", lambda need: need.text, "ความต้องการที่รับไว้"),
        ExportColumn("ภาคเรียน", lambda need: str(need.term), "ภาคเรียนที่รับ"),
        ExportColumn("สถานะ", lambda need: need.get_state_display(), "สถานะวันนี้"),
        ExportColumn("ผู้รับผิดชอบ", lambda need: str(need.lead), "ผู้รับผิดชอบวันนี้"),
        ExportColumn("รับเมื่อ", lambda need: need.taken_up_at, "วันที่รับ", CellKind.DATE),
        ExportColumn("ข้อมูลในวันที่รับ", lambda need: need.facts, "ตัวเลขของวันที่รับ", long),
        ExportColumn("เหตุผลที่รับ", lambda need: need.reason, "เหตุผลที่รับ", long),
        ExportColumn("สิ่งที่ดำเนินการ", lambda need: need.outcome, "ผล หรือเหตุผลที่ถอน", long),
        sample_column(lambda need: need.is_sample),
    ]

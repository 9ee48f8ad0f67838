"""The decisions on the rounds of a term as an Excel file (step 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.utils import timezone

from reports.exports.files import (
    STEP_5,
    excel_response,
    filters_in_words,
    round_number_column,
    sample_column,
    school_columns,
    term_words,
)
from schools.access import Permission, require_anywhere
from schools.core.http import SignedInRequest
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet, ExportValue
from schools.models import School, Term, User
from schools.registry.school_lists import (
    NO_CLUSTER,
    cluster_names,
    is_in_cluster,
    list_position,
)
from supervision.practices.enums import DecisionResult
from supervision.practices.models import Decision
from supervision.rounds.models import Round
from supervision.rounds.overview import (
    TermFilterForm,
    choose_term,
)

UNDECIDED = "undecided"


class DecisionFilter(TermFilterForm):
    """Which rounds the file has: of a term, a cluster, with a result."""

    result = forms.ChoiceField(
        label="ผลการพิจารณา",
        required=False,
        choices=[("", "ทุกผล"), *DecisionResult.choices, (UNDECIDED, "ยังไม่พิจารณา")],
    )


@dataclass(frozen=True)
class DecisionExportRow:
    """One round of a school (with its cluster) and what was decided on it, if anything yet."""

    school: School
    round: Round
    is_latest: bool

    @property
    def decision(self) -> Decision | None:
        return getattr(self.round, "decision", None)

    @property
    def cluster(self) -> str:
        return self.school.cluster_name or NO_CLUSTER

    @property
    def result(self) -> str:
        return self.decision.state if self.decision else UNDECIDED

    @property
    def result_word(self) -> str:
        return self.decision.get_state_display() if self.decision else "ยังไม่พิจารณา"


@dataclass(frozen=True)
class DecisionListing:
    """The rounds of a term that the person may see, by cluster and school, latest round first."""

    term: Term
    form: DecisionFilter
    rows: list[DecisionExportRow]


def decisions_export(request: SignedInRequest) -> HttpResponse:
    """The decisions of a term on the schools that the person may see."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    listing = decision_listing(request.user, request.GET.dict(), timezone.localdate())
    if listing is None:
        raise Http404
    name = f"ผลการพิจารณา {term_words(listing.term)}"
    return excel_response([decisions_sheet(listing)], name)


def decision_listing(user: User, asked: Mapping[str, str], today: date) -> DecisionListing | None:
    """The decisions as the filters ask for them; None before any term has opened."""
    choice = choose_term(asked, today)
    if choice is None:
        return None
    rounds = Round.objects.visible_to(user).for_term(choice.term)
    rows = _rows(rounds.select_related("decision__meeting", "next_round"), choice.day)
    form = DecisionFilter(
        {**asked, "term": str(choice.term.pk)}, terms=choice.terms, clusters=cluster_names(rows)
    )
    form.is_valid()
    kept = [row for row in rows if _is_wanted(row, form.cleaned_data)]
    return DecisionListing(choice.term, form, kept)


def _rows(rounds: QuerySet[Round], day: date) -> list[DecisionExportRow]:
    schools = School.objects.filter(pk__in=rounds.order_by().values("school")).with_cluster(day)
    of_school: dict[int, list[Round]] = {}
    for round_ in rounds.order_by("-number"):
        of_school.setdefault(round_.school_id, []).append(round_)
    return [
        DecisionExportRow(school, round_, is_latest=not hasattr(round_, "next_round"))
        for school in sorted(schools, key=list_position)
        for round_ in of_school[school.pk]
    ]


def _is_wanted(row: DecisionExportRow, wanted: Mapping[str, Any]) -> bool:
    if not is_in_cluster(row, wanted.get("cluster")):
        return False
    return not wanted.get("result") or row.result == wanted["result"]


def decisions_sheet(listing: DecisionListing) -> ExportSheet[DecisionExportRow]:
    return ExportSheet(
        name="ผลการพิจารณา",
        title="ผลการพิจารณา",
        columns=_columns(),
        rows=listing.rows,
        one_row="1 รอบของ 1 โรงเรียน (รอบก่อนมีหมายเหตุ)",
        period=term_words(listing.term),
        filters=filters_in_words(listing.form),
        frozen_columns=3,
    )


def _columns() -> list[ExportColumn[DecisionExportRow]]:
    return [
        *school_columns(lambda row: row.school, lambda row: row.cluster),
        round_number_column(lambda row: row.round),
        ExportColumn(
            "รอบล่าสุด",
            lambda row: "รอบล่าสุด" if row.is_latest else "รอบก่อน",
            "แต่ละโรงเรียนมีรอบล่าสุด 1 รอบ ซึ่งนับเป็นผลของภาคเรียน รอบก่อนคงผลไว้",
        ),
        ExportColumn("ผลการพิจารณา", lambda row: row.result_word, "บรรลุหรือไม่บรรลุ", source=STEP_5),
        _text_column("เหตุผล", "reason", "เหตุผลของผลการพิจารณา"),
        ExportColumn(
            "ผลที่ระบบเสนอ", _proposed, "ผลตามเกณฑ์ของชุดตัวชี้วัด ว่างเมื่อระบบไม่เสนอ", source=STEP_5
        ),
        _text_column("เหตุผลที่ต่างจากที่ระบบเสนอ", "against_reason", "เหตุผลเมื่อผลต่างจากที่ระบบเสนอ"),
        _decision_column("ก.ต.ป.น. ครั้งที่", "meeting_no", "ครั้งที่ประชุม", CellKind.TEXT),
        _decision_column("วันที่ประชุม", "meeting_on", "วันที่ประชุม ก.ต.ป.น.", CellKind.DATE),
        _decision_column("บันทึกเมื่อ", "decided_at", "วันที่บันทึกผล", CellKind.DATE),
        ExportColumn(
            "สิ่งที่จะปรับในรอบนี้",
            lambda row: row.round.planned_changes,
            "สิ่งที่กำหนดไว้เมื่อเริ่มรอบที่ 2 ขึ้นไป",
            CellKind.LONG_TEXT,
        ),
        sample_column(lambda row: row.round.is_sample),
    ]


def _text_column(label: str, name: str, meaning: str) -> ExportColumn[DecisionExportRow]:
    return _decision_column(label, name, meaning, CellKind.LONG_TEXT)


def _decision_column(
    label: str, name: str, meaning: str, kind: CellKind
) -> ExportColumn[DecisionExportRow]:
    """A field of the decision; empty while nothing is decided."""

    def cell(row: DecisionExportRow) -> ExportValue:
        value: ExportValue = getattr(row.decision, name, None)
        return value

    return ExportColumn(label, cell, meaning, kind, source=STEP_5)


def _proposed(row: DecisionExportRow) -> str:
    return row.decision.get_proposed_display() if row.decision else ""

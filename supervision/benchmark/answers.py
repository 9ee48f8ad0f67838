"""Whole sheets of answers submitted by two processes at once, and what was kept of them."""

import json
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context

from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from supervision.assessments.enums import AnswerField, SheetKind
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.models import Answer, AnswerEdit, AnswerSheet
from supervision.benchmark.data import BenchmarkData
from supervision.benchmark.indicators import create_endorsed_set
from supervision.benchmark.measurements import Measurement
from supervision.criteria.models import Indicator
from supervision.rounds.actions import choose_round_criteria, open_next_round
from supervision.rounds.models import Round

PROCESSES = 2
SHEET_ANSWERS, SHEETS_PER_SECOND = 250, 50


@dataclass(frozen=True)
class SubmittingDirector:
    """A school director who submits one sheet after another."""

    data: BenchmarkData
    indicators: list[Indicator]

    @cached_property
    def round(self) -> Round:
        """A round of its own, for the school's other round has fewer indicators."""
        first = Round.objects.get(school=self.data.school, term=self.data.term)
        return open_next_round(first, planned_changes="", by=self.data.group)

    @cached_property
    def client(self) -> Client:
        client = Client(SERVER_NAME="localhost")
        client.force_login(self.data.director)
        return client

    def sheet(self) -> AnswerSheet:
        return AnswerSheet.objects.create(round=self.round, kind=SheetKind.SELF)

    def record(self) -> None:
        """Through the action alone, without HTTP."""
        edits = [SubmittedEdit(uuid.uuid4(), i.pk, AnswerField.LEVEL, "4") for i in self.indicators]
        record_edits(self.sheet(), edits, by=self.data.director)

    def post(self) -> None:
        """As a page's script does, through every layer to the receipt."""
        post_edits(self.client, self.sheet(), self.indicators, self.data)


def post_edits(
    client: Client, sheet: AnswerSheet, indicators: list[Indicator], data: BenchmarkData
) -> None:
    """Post a level for each indicator. Raises RuntimeError unless all of them are saved."""
    edits = [
        {"id": str(uuid.uuid4()), "indicator": i.pk, "field": AnswerField.LEVEL, "value": "4"}
        for i in indicators
    ]
    body = json.dumps({"user": data.director.pk, "edits": edits})
    response = client.post(reverse("sheet_edits", args=[sheet.pk]), body, "application/json")
    if response.status_code != 200 or len(response.json()["saved"]) != len(indicators):
        raise RuntimeError(f"not saved: {response.content.decode()}")


def measure_answer_saving(data: BenchmarkData, seconds: float) -> Iterator[Measurement]:
    """Sheets a second by the action alone and through HTTP, and whether every answer is stored."""
    submitter = SubmittingDirector(data, create_endorsed_set(SHEET_ANSWERS, by=data.group))
    choose_round_criteria(
        submitter.round, [submitter.indicators[0].standard.indicator_set], by=data.group
    )
    yield from _measure_submitting("บันทึกลงสมุดคำตอบ", submitter.record, seconds)
    yield from _measure_submitting("ส่งผ่านหน้าเว็บ", submitter.post, seconds)


def _measure_submitting(
    what: str, one: Callable[[], None], seconds: float
) -> Iterator[Measurement]:
    before = _stored()
    rate, sheets = _all_at_once(one, seconds)
    kept = [now - then for now, then in zip(_stored(), before, strict=True)]
    # The budget is for PostgreSQL; on SQLite, with one writer at a time, the number has no budget.
    enough = rate >= SHEETS_PER_SECOND if connection.vendor == "postgresql" else None
    what = f"{what}: {SHEET_ANSWERS} ข้อ ต่อวินาที"
    yield Measurement(what, f"{rate:.1f} แผ่น", f"≥ {SHEETS_PER_SECOND} (PostgreSQL)", enough)
    complete = kept == [sheets * SHEET_ANSWERS] * 2
    yield Measurement(
        "คำตอบที่เก็บครบ", f"{kept[0]:,} จาก {sheets * SHEET_ANSWERS:,}", "100 %", complete
    )


def _stored() -> tuple[int, int]:
    return AnswerEdit.objects.count(), Answer.objects.count()


def _all_at_once(one: Callable[[], None], seconds: float) -> tuple[float, int]:
    """Sheets a second, and how many. A process made by a fork needs a connection of its own."""
    connections.close_all()
    if getattr(connection, "pool", None):
        connection.close_pool()  # type: ignore[attr-defined]  # only PostgreSQL's has a pool
    with get_context("fork").Pool(PROCESSES) as pool:
        done = pool.starmap(_repeat, [(one, seconds)] * PROCESSES)
    return sum(sheets / took for sheets, took in done), sum(sheets for sheets, _ in done)


def _repeat(one: Callable[[], None], seconds: float) -> tuple[int, float]:
    sheets, start = 0, time.perf_counter()
    while (took := time.perf_counter() - start) < seconds or not sheets:
        one()
        sheets += 1
    connections.close_all()
    return sheets, took

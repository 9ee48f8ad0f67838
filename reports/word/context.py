"""What the tags of a Word template may read: a report's snapshot, frozen or as it would be now."""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from reports.book.outline import report_outline
from reports.data.ledger_counts import count_ledger
from reports.data.schema import (
    RecommendationRow,
    ReportFigures,
    ReportSnapshot,
)
from reports.data.signers import (
    frozen_signer,
    issuing_signer,
    preparing_signers,
)
from reports.drafts import draft_snapshot
from reports.emblem import emblem_content
from reports.memos.models import Memo
from reports.memos.paper import MemoPaper, memo_context
from reports.models import IssuedDocument
from reports.papers.meetings import MinutesPaper
from reports.papers.office_paper import DRAFT_WORD
from reports.papers.order_paper import OrderPaper, order_context
from reports.verification import group_code
from supervision.needs.scoring import REVERSED_LEVEL_SUM


def document_context(document: IssuedDocument) -> dict[str, Any]:
    """Of a line of the register: what signing froze, or a draft of what it would freeze now."""
    if document.is_issued:
        return report_context(document.frozen)
    return report_context(draft_snapshot(document), draft=DRAFT_WORD)


def report_context(snapshot: ReportSnapshot, *, draft: str = "") -> dict[str, Any]:
    """`report` are the figures, `parts` what people wrote, `document` what the register says.

    `ledger` counts the recommendations, `signers` are who made, checked and signed the report.
    `emblem` is the office's picture in base64, `draft` is empty for what is signed, and `title` and
    `author` are those of the file.
    """
    figures, document = snapshot["figures"], snapshot["document"]
    return {
        "report": figures,
        "parts": report_outline(snapshot),
        "ledger": ledger_context(recommendations_in(figures)),
        "needs_level_sum": REVERSED_LEVEL_SUM,
        "document": document | {"code": group_code(document["code"])},
        "signers": [
            frozen_signer(one) for one in (*preparing_signers(document), issuing_signer(document))
        ],
        "emblem": b64encode(emblem_content(figures["area"])).decode(),
        "draft": draft,
        "title": document["title"],
        "author": f"{figures['area']['group_name']} {figures['area']['name']}",
    }


def recommendations_in(figures: ReportFigures) -> Sequence[RecommendationRow]:
    """The ledger that the report prints line by line; that on a drive has only its counts."""
    return [] if figures["kind"] == "drive" else figures["recommendations"]


def memo_word_context(memo: Memo) -> dict[str, Any]:
    """Of the memo that forwards a report, as it was saved."""
    paper = MemoPaper(memo)
    return memo_words(
        memo_context(memo),
        is_sample=paper.is_sample,
        emblem=emblem_content(paper.area),
        title=paper.title,
    )


def memo_words(
    said: Mapping[str, Any], *, is_sample: bool, emblem: bytes, title: str
) -> dict[str, Any]:
    """`memo` is what memo_context says, `report` is what it forwards."""
    return {
        "memo": {**said, "sections": [asdict(section) for section in said["sections"]]},
        "report": {"is_sample": is_sample},
        "emblem": b64encode(emblem).decode(),
        "title": title,
        "author": said["office_unit"],
    }


def order_word_context(paper: OrderPaper) -> dict[str, Any]:
    """Of an order with its annex, as it stands."""
    return order_words(
        order_context(paper.order, paper.area),
        draft=paper.watermark,
        remark=paper.remark,
        emblem=emblem_content(paper.area),
        title=paper.title,
    )


def order_words(
    said: Mapping[str, Any], *, draft: str, remark: str, emblem: bytes, title: str
) -> dict[str, Any]:
    """`order` is what order_context says; `draft` that it does not hold yet, or no longer."""
    return {
        "order": {**said, "remark": remark},
        "draft": draft,
        "emblem": b64encode(emblem).decode(),
        "title": title,
        "author": f"{said['group_name']} {said['office']}",
    }


def minutes_word_context(paper: MinutesPaper) -> dict[str, Any]:
    """Of the minutes of a meeting, as they stand."""
    return minutes_words(
        paper.said,
        is_sample=paper.is_sample,
        draft=paper.watermark,
        title=paper.title,
        author=f"{paper.area['group_name']} {paper.area['name']}",
    )


def minutes_words(
    said: Mapping[str, Any], *, is_sample: bool, draft: str, title: str, author: str
) -> dict[str, Any]:
    """`minutes` is what minutes_context says; `draft` that the meeting is not closed yet."""
    return {
        "minutes": {**said, "is_sample": is_sample},
        "draft": draft,
        "emblem": "",
        "title": title,
        "author": author,
    }


def ledger_context(lines: Sequence[RecommendationRow]) -> dict[str, Any]:
    """Who is responsible for how many recommendations: a row each, and one for all together."""
    counts = count_ledger(lines)
    rows = [asdict(row) | {"total": row.total} for row in (*counts.owners, counts.total)]
    return {"states": list(counts.states), "owners": rows}

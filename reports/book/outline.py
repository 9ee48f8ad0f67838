"""The parts of a report and their headings, for papers of every age."""

from collections.abc import Sequence
from typing import Literal

from reports.data.schema import ReportPart, ReportSnapshot, TextBlock, YearReport

# What stands before the numbered parts, around the contents.
FRONT_KEYS = ("foreword", "executive")
# What reports had before people wrote in them: key, number and title.
EARLIER_OUTLINE = (
    ("overview", "ส่วนที่ 1", "ภาพรวมการดำเนินงาน"),
    ("steps", "ส่วนที่ 2", "ผลตามขั้นตอนการนิเทศ"),
    ("schools", "ส่วนที่ 3", "ผลรายโรงเรียน"),
    ("appendix", "", "ภาคผนวก"),
)


def report_outline(snapshot: ReportSnapshot) -> Sequence[ReportPart]:
    """The parts that were signed; those of a paper frozen without parts are the earlier ones."""
    figures = snapshot["figures"]
    if parts := snapshot.get("parts"):
        return parts
    return earlier_outline(figures) if figures["kind"] == "year" else []


def earlier_outline(figures: YearReport) -> list[ReportPart]:
    """The system's sentences in front, and its tables under headings of their own."""
    return [
        _part("foreword", "", "คำนำ", figures.get("foreword", ())),
        _part("executive", "", "บทสรุปผู้บริหาร", figures.get("executive", ())),
        *(_part(key, label, title, ()) for key, label, title in EARLIER_OUTLINE),
    ]


def _part(key: str, label: str, title: str, paragraphs: Sequence[str]) -> ReportPart:
    chapter: Literal[1] = 1
    return {
        "key": key,
        "label": label,
        "title": title,
        "level": chapter,
        "blocks": [_paragraph(text) for text in paragraphs],
        "figures": not paragraphs,
    }


def _paragraph(text: str) -> TextBlock:
    return {"kind": "paragraph", "items": [[{"text": text, "bold": False}]]}

"""The parts of a report, and the numbered headings that they stand under."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from reports.composer.enums import Outline, PartKey

YEAR_PARTS = (
    PartKey.FOREWORD,
    PartKey.EXECUTIVE,
    PartKey.INTRODUCTION,
    PartKey.METHOD,
    PartKey.RESULTS,
    PartKey.DISCUSSION,
    PartKey.OBSTACLES,
    PartKey.PROPOSALS,
    PartKey.NEXT_YEAR,
    PartKey.SCHOOLS,
    PartKey.APPENDIX,
)
SUMMARY_PARTS = (
    PartKey.EXECUTIVE,
    PartKey.RESULTS,
    PartKey.DISCUSSION,
    PartKey.OBSTACLES,
    PartKey.PROPOSALS,
    PartKey.NEXT_STEPS,
    PartKey.SCHOOLS,
    PartKey.APPENDIX,
)
DRIVE_PARTS = (
    PartKey.FOREWORD,
    PartKey.EXECUTIVE,
    PartKey.MODEL,
    PartKey.STEPS,
    PartKey.DIMENSIONS,
    PartKey.EXPECTED,
    PartKey.SUPPORT,
    PartKey.SHARING,
    PartKey.DISCUSSION,
    PartKey.OBSTACLES,
    PartKey.PROPOSALS,
    PartKey.NEXT_DRIVE,
    PartKey.APPENDIX,
)
# After these texts follow tables that the system makes.
PARTS_WITH_FIGURES = frozenset(
    {
        PartKey.RESULTS,
        PartKey.SCHOOLS,
        PartKey.APPENDIX,
        PartKey.MODEL,
        PartKey.STEPS,
        PartKey.DIMENSIONS,
        PartKey.EXPECTED,
        PartKey.SUPPORT,
        PartKey.SHARING,
    }
)
# The chapters of what a drive came to, in one.
_OF_DRIVE = {
    PartKey.MODEL: PartKey.MODEL.label,
    PartKey.STEPS: PartKey.STEPS.label,
    **dict.fromkeys(
        (PartKey.DIMENSIONS, PartKey.EXPECTED, PartKey.SUPPORT, PartKey.SHARING),
        "ผลการขับเคลื่อน",
    ),
}

_ENDING = "สรุป อภิปรายผล และข้อเสนอแนะ"
# Parts next to each other with one shared heading are one chapter; others have no number.
SHARED_HEADINGS = {
    Outline.CHAPTERS: {
        **_OF_DRIVE,
        PartKey.INTRODUCTION: PartKey.INTRODUCTION.label,
        PartKey.METHOD: PartKey.METHOD.label,
        PartKey.RESULTS: PartKey.RESULTS.label,
        PartKey.DISCUSSION: "อภิปรายผลและปัญหาอุปสรรค",
        PartKey.OBSTACLES: "อภิปรายผลและปัญหาอุปสรรค",
        PartKey.PROPOSALS: "ข้อเสนอแนะและการดำเนินงานต่อไป",
        PartKey.NEXT_YEAR: "ข้อเสนอแนะและการดำเนินงานต่อไป",
        PartKey.NEXT_STEPS: "ข้อเสนอแนะและการดำเนินงานต่อไป",
        PartKey.NEXT_DRIVE: "ข้อเสนอแนะและการดำเนินงานต่อไป",
    },
    Outline.PARTS: {
        **_OF_DRIVE,
        PartKey.INTRODUCTION: PartKey.INTRODUCTION.label,
        PartKey.METHOD: PartKey.METHOD.label,
        PartKey.RESULTS: PartKey.RESULTS.label,
        PartKey.DISCUSSION: _ENDING,
        PartKey.OBSTACLES: _ENDING,
        PartKey.PROPOSALS: _ENDING,
        PartKey.NEXT_YEAR: _ENDING,
        PartKey.NEXT_STEPS: _ENDING,
        PartKey.NEXT_DRIVE: _ENDING,
    },
}
NUMBER_WORDS = {Outline.CHAPTERS: "บทที่", Outline.PARTS: "ส่วนที่"}


@dataclass(frozen=True)
class OutlineHeading:
    """One heading of the report: a part's, or that of several parts together."""

    key: str
    label: str
    title: str
    level: Literal[1, 2]


def outline_headings(keys: Iterable[PartKey], outline: Outline) -> list[OutlineHeading]:
    """The headings over these parts in their order, numbered through."""
    shared = SHARED_HEADINGS[outline]
    found: list[OutlineHeading] = []
    number = 0
    for title, group in groupby(keys, key=lambda key: shared.get(key, "")):
        if not title:
            found += [OutlineHeading(key, "", key.label, 1) for key in group]
            continue
        number += 1
        found += _chapter(title, f"{NUMBER_WORDS[outline]} {number}", list(group))
    return found


def _chapter(title: str, label: str, keys: Sequence[PartKey]) -> list[OutlineHeading]:
    """A part alone has the number itself; several stand under a heading of their own."""
    if len(keys) == 1:
        return [OutlineHeading(keys[0], label, keys[0].label, 1)]
    head = OutlineHeading(f"chapter_{keys[0]}", label, title, 1)
    return [head, *(OutlineHeading(key, "", key.label, 2) for key in keys)]

"""The memo as paper: what it says part by part, and its PDF."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.data.facts import area_heading
from reports.data.schema import AreaHeading
from reports.emblem import emblem_images
from reports.memos.models import Memo
from reports.papers.models import filled_lines
from reports.papers.office_paper import OfficePaper
from reports.queries import area_of
from schools.core.thai import long_date


@dataclass(frozen=True)
class MemoSection:
    """One numbered section of the memo; an empty one is left out and not counted."""

    number: int
    title: str
    paragraphs: Sequence[str]


def memo_context(memo: Memo) -> dict[str, Any]:
    """All that the memo says, for its page, its PDF and its Word file.

    `date` is empty where it is written by hand; `opinions` are the posts of those who write what
    they think of it below, from the unit upwards.
    """
    area = area_of(memo.document)
    return {
        "office_unit": memo.office_unit,
        "number": memo.number,
        "date": long_date(memo.dated_on) if memo.dated_on else "",
        "subject": memo.subject,
        "addressee": memo.addressee,
        "enclosures": memo.enclosure_list,
        "sections": list(_sections(memo)),
        "closing": memo.closing,
        "signer_name": memo.signer_name,
        "signer_post_lines": memo.post_lines,
        "opinions": [
            f"ผู้อำนวยการ{area.group_name}",
            f"รองผู้อำนวยการ{area.name}",
            f"ผู้อำนวยการ{area.name}",
        ],
    }


def _sections(memo: Memo) -> Iterator[MemoSection]:
    number = 0
    for title, text in (
        ("เรื่องเดิม", memo.background),
        ("ข้อเท็จจริง", memo.facts),
        ("ข้อกฎหมาย", memo.legal_basis),
        ("ข้อเสนอ", memo.proposal),
    ):
        if paragraphs := filled_lines(text):
            number += 1
            yield MemoSection(number, title, paragraphs)


@dataclass(frozen=True)
class MemoPaper(OfficePaper):
    """The memo as official rules set it, with room for the opinions of those above."""

    template = "reports/paper/memo.html"
    name = "บันทึกข้อความ"

    memo: Memo

    @property
    def title(self) -> str:
        return f"{self.name} {self.memo.subject}"

    @property
    def area(self) -> AreaHeading:
        return area_heading(area_of(self.memo.document))

    @property
    def is_sample(self) -> bool:
        return self.memo.document.is_sample

    @property
    def school_names(self) -> list[str]:
        round_ = self.memo.document.round
        return [round_.school.name] if round_ else []

    @property
    def images(self) -> Mapping[str, bytes]:
        return emblem_images(self.area)

    def context(self) -> dict[str, Any]:
        return {"r": self, "memo": memo_context(self.memo)}

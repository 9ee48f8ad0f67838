"""A line of what a report should have before it is put forward, and the places to look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from schools.core.status import StatusKind


@dataclass(frozen=True)
class ChecklistItem:
    """One place to look at: a page by its `url`, or a part of the report by its key."""

    text: str
    url: str = ""
    part: str = ""


@dataclass(frozen=True)
class ChecklistLine:
    """One thing that was checked, with its sign; `items` are what is missing."""

    kind: StatusKind
    text: str
    items: Sequence[ChecklistItem] = ()

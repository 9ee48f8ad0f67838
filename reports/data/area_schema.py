"""The shape of the office's own facts, which the figures of all reports begin with."""

from typing import TypedDict


class AreaHeading(TypedDict):
    """The office whose figures these are, as the head of a paper names it.

    `agencies` are those above it, nearest first; `emblem` is the digest of its Emblem, empty where
    it has none. Papers issued before template 5 know neither.
    """

    name: str
    short_name: str
    group_name: str
    agencies: list[str]
    emblem: str

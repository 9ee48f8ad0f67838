"""From an issued document's frozen snapshot to its PDF."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape

from reports.line_breaking import nonbreaking_replacer
from reports.models import IssuedDocument
from reports.pdf import render_pdf
from schools.core.thai import thai_digits

PAPER_TEMPLATES = {"term": "reports/paper/term.html", "year": "reports/paper/year.html"}

_MARKUP = r'<(?P<tag>\w+)[^<>]* translate="no"[^<>]*>.*?</(?P=tag)>|<[^<>]*>|&[#\w]+;'
_MARKUP_ONLY = re.compile(_MARKUP, re.DOTALL)
# What people type: an address of the web or of mail, then codes of Latin letters and digits.
_ADDRESS = r"(?:https?://|www\.)[^\s<>ก-๛]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?:[:/][^\s<>ก-๛]*)?"
_CODE = r"[0-9]*[A-Za-z][A-Za-z0-9]*"
_KEEPS_DIGITS = re.compile(
    "|".join((_MARKUP, _ADDRESS, rf"(?<![A-Za-z0-9])(?:{_HOST}|{_CODE})")), re.DOTALL | re.ASCII
)


def report_pdf(document: IssuedDocument) -> bytes:
    """The paper of the snapshot; what changed in the database since then does not matter."""
    return render_pdf(paper_html(document.snapshot))


def paper_html(snapshot: dict[str, Any]) -> str:
    """The paper as HTML."""
    figures = snapshot["figures"]
    context = {"r": figures, "document": snapshot["document"]}
    return official_text(
        render_to_string(PAPER_TEMPLATES[figures["kind"]], context), _names(figures)
    )


def official_text(html: str, names: Iterable[str]) -> str:
    """Thai digits throughout; official words and these names of schools stay on one line."""
    head, body, paper = official_digits(html).partition("<body>")
    return (
        head
        + body
        + _replace_outside(
            _MARKUP_ONLY, paper, nonbreaking_replacer(map(_printed_school_name, names))
        )
    )


def official_digits(html: str) -> str:
    """Thai digits in the text of a page; in markup, addresses and codes they stay."""
    return _replace_outside(_KEEPS_DIGITS, html, thai_digits)


def _replace_outside(kept_as_is: re.Pattern[str], html: str, change: Callable[[str], str]) -> str:
    pieces, at = [], 0
    for kept in kept_as_is.finditer(html):
        pieces += [change(html[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*pieces, change(html[at:])])


def _names(figures: dict[str, Any]) -> list[str]:
    return [row["school"] for row in figures.get("schools", [figures])]


def _printed_school_name(school: str) -> str:
    """As the page has it, without the word before it, which may end a line."""
    return escape(school.removeprefix("โรงเรียน"))

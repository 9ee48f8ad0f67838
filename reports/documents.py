"""From an issued document's frozen snapshot to its PDF."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape

from reports.lines import kept_whole
from reports.models import IssuedDocument
from reports.pdf import render
from schools.thai import thai_digits

PAPERS = {"term": "reports/paper/term.html", "year": "reports/paper/year.html"}

# Markup, entities and what is marked translate="no" (codes, addresses) keep their digits.
_KEPT = re.compile(r'<(\w+)[^<>]* translate="no"[^<>]*>.*?</\1>|<[^<>]*>|&[#\w]+;', re.DOTALL)


def pdf_of(document: IssuedDocument) -> bytes:
    """The paper of the snapshot; what changed in the database since then does not matter."""
    return render(paper_html(document.snapshot))


def paper_html(snapshot: dict[str, Any]) -> str:
    """The paper as HTML."""
    figures = snapshot["figures"]
    context = {"r": figures, "document": snapshot["document"]}
    return official_text(render_to_string(PAPERS[figures["kind"]], context), _names(figures))


def official_text(html: str, names: Iterable[str]) -> str:
    """Thai digits throughout; official words and these names of schools stay on one line."""
    head, body, paper = official_digits(html).partition("<body>")
    return head + body + _in_text(paper, kept_whole(map(_own_name, names)))


def official_digits(html: str) -> str:
    """Thai digits in the text of a page, and in nothing else."""
    return _in_text(html, thai_digits)


def _in_text(html: str, change: Callable[[str], str]) -> str:
    pieces, at = [], 0
    for kept in _KEPT.finditer(html):
        pieces += [change(html[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*pieces, change(html[at:])])


def _names(figures: dict[str, Any]) -> list[str]:
    return [row["school"] for row in figures.get("schools", [figures])]


def _own_name(school: str) -> str:
    """As the page has it, without the word before it, which may end a line."""
    return escape(school.removeprefix("โรงเรียน"))

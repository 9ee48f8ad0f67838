"""From an issued document's frozen snapshot to its PDF."""

import re
from collections.abc import Callable
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
    """The paper as HTML, with Thai digits throughout and no official word cut in two."""
    figures = snapshot["figures"]
    context = {"r": figures, "document": snapshot["document"]}
    html = official_digits(render_to_string(PAPERS[figures["kind"]], context))
    head, body, paper = html.partition("<body>")
    return head + body + _in_text(paper, kept_whole(_names(figures)))


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
    """The schools' own names; the word before them may end a line."""
    rows = figures.get("schools", [figures])
    return [escape(row["school"].removeprefix("โรงเรียน")) for row in rows]

"""From an issued document's frozen snapshot to its PDF."""

import re
from typing import Any

from django.template.loader import render_to_string

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
    """The paper as HTML, with Thai digits throughout."""
    context = {"r": snapshot["figures"], "document": snapshot["document"]}
    template = PAPERS[snapshot["figures"]["kind"]]
    return official_digits(render_to_string(template, context))


def official_digits(html: str) -> str:
    """Thai digits in the text of a page, and in nothing else."""
    pieces, at = [], 0
    for kept in _KEPT.finditer(html):
        pieces += [thai_digits(html[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*pieces, thai_digits(html[at:])])

"""What the tags of a Word template may read: a report's snapshot, frozen or as it would be now."""

from collections.abc import Sequence
from typing import Any

from reports.data.schema import RegisterEntry, ReportFigures, ReportSnapshot
from reports.data.signers import (
    PaperSigner,
    frozen_signer,
    issuing_signer,
    office_signer,
    preparing_signers,
    report_preparers,
)
from reports.enums import DocumentKind
from reports.models import IssuedDocument
from reports.queries import report_figures
from reports.verification import group_code
from schools.access import Permission

DRAFT_WORD = "ร่าง"


def document_context(document: IssuedDocument) -> dict[str, Any]:
    """Of a line of the register: what signing froze, or a draft of what it would freeze now."""
    if document.is_issued:
        return report_context(document.frozen)
    preparers = report_preparers(document)
    return draft_context(report_figures(document), number=document.number, preparers=preparers)


def draft_context(
    figures: ReportFigures, *, number: str = "", preparers: Sequence[PaperSigner] = ()
) -> dict[str, Any]:
    """Of a report that is not signed, or not even put forward yet."""
    entry: RegisterEntry = {
        "number": number,
        "cover_number": "",
        "title": DocumentKind(figures["kind"]).label,
        "code": "",
        "verify_url": "",
        "issued_at": "",
        "issued_as": "",
        "revision": "",
        "replaces": "",
        "signer": frozen_signer(office_signer(Permission.ISSUE_REPORT)),
        "preparers": [frozen_signer(one) for one in preparers],
    }
    snapshot: ReportSnapshot = {"figures": figures, "parts": [], "document": entry}
    return report_context(snapshot) | {"draft": DRAFT_WORD}


def report_context(snapshot: ReportSnapshot) -> dict[str, Any]:
    """`report` are the figures, `parts` what people wrote, `document` what the register says.

    `signers` are who made, checked and signed it; `draft` is empty for what is signed; `title` and
    `author` are those of the file.
    """
    figures, document = snapshot["figures"], snapshot["document"]
    return {
        "report": figures,
        "parts": snapshot.get("parts", []),
        "document": document | {"code": group_code(document["code"])},
        "signers": [
            frozen_signer(one) for one in (*preparing_signers(document), issuing_signer(document))
        ],
        "draft": "",
        "title": document["title"],
        "author": f"{figures['area']['group_name']} {figures['area']['name']}",
    }

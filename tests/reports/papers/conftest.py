"""The papers of a round as the portal answers them, read page by page."""

import io

import pypdf

from tests.reports.conftest import normalized


def pages_of(response) -> list[pypdf.PageObject]:
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "private, no-store"
    return list(pypdf.PdfReader(io.BytesIO(response.content)).pages)


def texts_of(response) -> list[str]:
    """The text of each page, normalized."""
    return [normalized(page.extract_text()) for page in pages_of(response)]


def text_of(response) -> str:
    return "".join(texts_of(response))

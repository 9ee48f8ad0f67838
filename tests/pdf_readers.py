"""The text of a PDF as three independent programs read it, none of it normalized.

PDFium reads in Chrome and Edge, poppler in the readers of Linux desktops, pypdf in scripts.
"""

import io
import shutil
import subprocess

import pypdf
import pypdfium2
import pytest


def page_texts(pdf: bytes) -> list[str]:
    """The text of each page as PDFium reads it, many times quicker than pypdf."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def pdfium_text(pdf: bytes) -> str:
    return "\n".join(page_texts(pdf))


def pypdf_text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def poppler_text(pdf: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


READERS = [
    pytest.param(pdfium_text, id="pdfium"),
    pytest.param(pypdf_text, id="pypdf"),
    pytest.param(
        poppler_text,
        id="poppler",
        marks=pytest.mark.skipif(
            shutil.which("pdftotext") is None,
            reason="pdftotext is not there (Debian package poppler-utils)",
        ),
    ),
]


def images_on(page: pypdf.PageObject) -> int:
    """How many images the page draws; its list of them is shared by all pages."""
    operations = page.get_contents().operations
    return sum(operator == b"Do" for _, operator in operations)

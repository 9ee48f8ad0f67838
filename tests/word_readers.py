"""Word files as programs read them: paragraphs and tables by python-docx, pages by LibreOffice."""

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

needs_libreoffice = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="soffice is not there (Debian package libreoffice-writer)",
)


def written_template(*paragraphs: str) -> bytes:
    """A Word file of these paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    return saved(document)


def saved(document) -> bytes:
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def open_word(content: bytes):
    return docx.Document(io.BytesIO(content))


def word_text(content: bytes) -> str:
    """All text of the body in its order, that of tables too, a line a paragraph."""
    paragraphs = open_word(content).element.body.iter(qn("w:p"))
    return "\n".join("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in paragraphs)


def word_headings(content: bytes, level: int) -> list[str]:
    paragraphs = open_word(content).paragraphs
    return [p.text for p in paragraphs if p.style.name == f"Heading {level}"]


def pdf_by_libreoffice(content: bytes, folder: Path) -> bytes:
    """The file as LibreOffice prints it, which opens nothing that needs repair."""
    source = folder / "report.docx"
    source.write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return source.with_suffix(".pdf").read_bytes()

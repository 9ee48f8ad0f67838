"""Parts that were drawn, kept in BOOK_PARTS_ROOT under the hash of all they are made of."""

import hashlib
import os
import secrets
import time
from collections.abc import Iterable
from datetime import timedelta
from functools import cache
from importlib.metadata import version
from pathlib import Path

from django.conf import settings

from reports import paper_fonts, pdf, typography
from reports.book.parts import BookPart
from schools.core import thai

PartToDraw = tuple[BookPart, Path]

KEPT_FOR = timedelta(days=60)
_MADE_BY = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "fonttools")
_CODE = (pdf, typography, paper_fonts, thai)


def part_file(part: BookPart) -> Path:
    """Where the part lies once it is drawn; another text, style, font or version lies elsewhere."""
    said = [common_inputs(), *part.names, part.html, *(name for name, _ in part.images)]
    content = hashlib.sha256("\0".join(said).encode())
    for _, image in part.images:
        content.update(image)
    digest = content.hexdigest()
    return settings.BOOK_PARTS_ROOT / digest[:2] / f"{digest}.pdf"


@cache
def common_inputs() -> str:
    """What all parts have in common; read once, for it changes with an update of the portal."""
    files = [paper_fonts.paper_font(face) for face in paper_fonts.FACES]
    files += [Path(str(module.__file__)) for module in _CODE]
    digest = hashlib.sha256(pdf.paper_styles().encode())
    for file in files:
        digest.update(file.read_bytes())
    return f"{digest.hexdigest()} {' '.join(map(version, _MADE_BY))}"


def keep_part(file: Path, content: bytes) -> None:
    """Whole or not at all, also when two processes draw the same part or the power goes."""
    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{secrets.token_hex(8)}")
    with unfinished.open("wb") as part:
        part.write(content)
        part.flush()
        os.fsync(part.fileno())
    unfinished.replace(file)


def is_kept(file: Path) -> bool:
    """Whether the part was drawn before; from now on it is kept for as long as a new one."""
    try:
        os.utime(file)
    except FileNotFoundError:
        return False
    return True


def missing_parts(parts: Iterable[BookPart]) -> list[PartToDraw]:
    """Those that have to be drawn, each with its file."""
    files = ((part, part_file(part)) for part in parts)
    return [(part, file) for part, file in files if not is_kept(file)]


def purge_part_files() -> int:
    """Delete what no book has used for KEPT_FOR; return how many."""
    before = time.time() - KEPT_FOR.total_seconds()
    files = [file for file in settings.BOOK_PARTS_ROOT.rglob("*") if file.is_file()]
    old = [file for file in files if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)

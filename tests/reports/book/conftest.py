"""A book of several schools, and its parts."""

import json
import shutil
from pathlib import Path

import pytest

from reports.book.making import BookProgress, make_book
from reports.drafts import draft_snapshot
from reports.models import IssuedDocument


class HeardProgress(BookProgress):
    """Remembers how far the book was said to be."""

    def __init__(self) -> None:
        self.parts = self.to_draw = 0
        self.numbers: list[int] = []

    def begin(self, *, parts: int, to_draw: int) -> None:
        self.parts, self.to_draw = parts, to_draw

    def drawn(self, number: int) -> None:
        self.numbers.append(number)


@pytest.fixture
def heard():
    return HeardProgress()


@pytest.fixture
def year(issued):
    return issued.round.term.academic_year


@pytest.fixture(scope="session")
def made():
    """What takes long, made for the first test that needs it."""
    return {}


@pytest.fixture
def snapshot(made, request, db):
    """Of five schools, as a draft; tests change it as if the database had changed."""
    if "snapshot" not in made:
        year = request.getfixturevalue("year")
        request.getfixturevalue("more_schools")(2, 3, 4, 5)
        document = IssuedDocument(kind="year", academic_year=year)
        made["snapshot"] = json.dumps(draft_snapshot(document))
    return json.loads(made["snapshot"])


@pytest.fixture
def book(made, snapshot, settings, tmp_path, tmp_path_factory):
    """The book of the snapshot, whose parts are kept from now on."""
    if "book" not in made:
        settings.BOOK_PARTS_ROOT = made["parts"] = tmp_path_factory.mktemp("parts") / "kept"
        made["book"] = make_book(snapshot, {})
    settings.BOOK_PARTS_ROOT = tmp_path / "parts of the book"
    shutil.copytree(made["parts"], settings.BOOK_PARTS_ROOT)
    return made["book"]


@pytest.fixture
def kept_parts(settings):
    """The files of the parts that are kept just now."""

    def files() -> set[Path]:
        return set(settings.BOOK_PARTS_ROOT.rglob("*.pdf"))

    return files

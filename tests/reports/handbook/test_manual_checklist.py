"""The handbook of position 16 for fiscal year 2567 holds everything that the manual holds."""

import io
from pathlib import Path

import pypdf
import pytest
import yaml

from schools.core.thai import thai_digits

pytestmark = pytest.mark.db_agnostic

CHECKLIST = Path(__file__).parent / "manual_checklist.yaml"
READINGS_BEGIN = "ข้อความที่อ่านต่างจากคู่มือต้นฉบับ คู่มือต้นฉบับเป็นข้อความที่เครื่องอ่านจากภาพ"
FOOT_LINES = 2  # the running head and the number of a page are drawn last


def plain(text: str) -> str:
    """Without white space, in Thai digits; a name in [ ] stands without them."""
    return "".join(thai_digits(text).translate({ord("["): "", ord("]"): ""}).split())


@pytest.fixture
def chapters_and_readings(handbook_bytes):
    """The text of the handbook before its list of readings, and from there on."""
    pages = [
        page.extract_text().splitlines()
        for page in pypdf.PdfReader(io.BytesIO(handbook_bytes)).pages
    ]
    text = plain(
        "".join("\n".join(lines[: -FOOT_LINES if at else None]) for at, lines in enumerate(pages))
    )
    before, begin, after = text.partition(plain(READINGS_BEGIN))
    assert begin
    return before, after


def entries():
    parts = yaml.safe_load(CHECKLIST.read_text(encoding="utf-8"))
    return [entry for part in parts for entry in part["entries"]]


def test_every_entry_is_printed_or_says_why_not(chapters_and_readings):
    chapters, _ = chapters_and_readings
    asked = [entry.get("printed", entry["manual"]) for entry in entries() if "omitted" not in entry]
    assert len(asked) > 300
    assert [text for text in asked if plain(text) not in chapters] == []


def test_the_manual_s_own_words_stand_beside_each_correction(chapters_and_readings):
    _, readings = chapters_and_readings
    corrected = [one for one in entries() if "printed" in one and "unlisted" not in one]
    assert len(corrected) > 60
    asked = [one["manual"] for one in corrected]
    assert [text for text in asked if not is_printed(plain(text), readings)] == []


def is_printed(text: str, printed: str) -> bool:
    """Whether it stands there whole, or in two pieces where its row breaks over a page."""
    begins = next(end for end in range(len(text), -1, -1) if text[:end] in printed)
    return text[begins:] in printed


def test_every_entry_is_complete():
    for entry in entries():
        assert entry["manual"]
        assert entry.keys() <= {"manual", "printed", "why", "unlisted", "omitted"}
        assert ("printed" in entry) == ("why" in entry)
        assert "omitted" not in entry or "printed" not in entry
        assert all(entry.values())

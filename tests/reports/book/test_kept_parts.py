"""What was drawn is kept, and only what changed is drawn again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reports.book import drawing
from reports.book.drawing import draw_parts
from reports.book.making import make_book
from reports.book.part_files import KEPT_FOR, part_file, purge_part_files
from reports.book.parts import SCHOOLS_PER_PART, BookPart, book_parts

pytestmark = pytest.mark.db_agnostic

PAGE = '<html lang="th"><head><title>ก</title></head><body><p>{}</p></body></html>'


def small_parts(count: int) -> list[BookPart]:
    return [BookPart(f"small-{number}", PAGE.format(number), ()) for number in range(count)]


def with_files(parts):
    return [(part, part_file(part)) for part in parts]


def test_the_second_time_nothing_is_drawn_but_the_number_of_the_contents(
    book, snapshot, kept_parts, heard
):
    before = kept_parts()
    make_book(snapshot, {}, heard)
    assert kept_parts() == before
    assert heard.to_draw == 1
    assert heard.parts == len(before)


def test_a_school_that_changed_is_drawn_with_those_beside_it(book, snapshot, kept_parts):
    before = kept_parts()
    snapshot["figures"]["schools"][-1]["terms"][0]["summary"]["strengths"] += " และอีกข้อหนึ่ง"
    make_book(snapshot, {})
    new = kept_parts() - before
    assert len(new) == 1
    assert len(kept_parts()) == len(before) + 1


def test_a_page_more_in_one_school_changes_only_it_and_the_contents(book, snapshot, kept_parts):
    before = kept_parts()
    school = snapshot["figures"]["schools"][0]["terms"][0]
    school["summary"]["strengths"] = "\n".join(["ครูร่วมมือกันดี"] * 60)
    make_book(snapshot, {})
    assert len(kept_parts() - before) == 2


def test_schools_are_drawn_a_few_at_a_time(snapshot):
    parts = book_parts(snapshot, {})
    schools = [part for part in parts if 'class="school-brief"' in part.html]
    assert [part.html.count('class="school-brief"') for part in schools] == [2, 2, 1]
    assert SCHOOLS_PER_PART == 2


def test_each_further_cluster_of_a_long_ledger_begins_a_page(snapshot):
    figures = snapshot["figures"]
    first, second, *_ = figures["schools"]
    first["cluster"], second["cluster"] = "กลุ่ม ก", "กลุ่ม ข"
    line = figures["recommendations"][0]
    figures["recommendations"] = [line | {"school": first["school"]}] * 30 + [
        line | {"school": second["school"]}
    ] * 30
    ledgers = [part for part in book_parts(snapshot, {}) if 'class="stat ledger"' in part.html]
    assert len(ledgers) == 2
    assert "ทะเบียนข้อเสนอแนะ กลุ่ม ก" in ledgers[0].html
    assert 'id="step-6"' in ledgers[0].html
    assert "ทะเบียนข้อเสนอแนะ กลุ่ม ข" in ledgers[1].html


def test_another_style_is_another_part(snapshot):
    part = small_parts(1)[0]
    assert part_file(part) != part_file(BookPart("small-0", part.html, ("ชื่อ",)))
    shown = BookPart("small-0", part.html, (), images=(("emblem", b"1"),))
    other = BookPart("small-0", part.html, (), images=(("emblem", b"2"),))
    assert len({part_file(part), part_file(shown), part_file(other)}) == 3


def test_many_parts_are_drawn_by_processes_and_few_here():
    for count in (2, drawing.FEW_PARTS + 3):
        parts, numbers = with_files(small_parts(count)), []
        draw_parts(parts, numbers.append)
        assert numbers == list(range(1, count + 1))
        assert all(file.read_bytes().startswith(b"%PDF") for _, file in parts)


def test_what_a_killed_process_was_at_is_drawn_by_another():
    parts, killed = with_files(small_parts(drawing.FEW_PARTS + 8)), []

    def kill_one(number: int) -> None:
        if number == 1:
            child = Path(f"/proc/{os.getpid()}/task/{os.getpid()}/children").read_text().split()
            workers = [pid for pid in map(int, child) if "spawn_main" in command_of(pid)]
            killed.extend(workers[:1])
            os.kill(workers[0], signal.SIGKILL)

    draw_parts(parts, kill_one)
    assert killed
    assert all(file.is_file() for _, file in parts)


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()


def test_what_is_raised_ends_the_drawing_and_keeps_what_is_drawn(kept_parts):
    class Enough(Exception):
        pass

    def stop(number: int) -> None:
        raise Enough

    parts = with_files(small_parts(drawing.FEW_PARTS + 20))
    with pytest.raises(Enough):
        draw_parts(parts, stop)
    assert 1 <= len(kept_parts()) < len(parts)


@pytest.mark.real_clock
def test_processes_end_with_the_one_that_started_them(settings, tmp_path):
    """Killed in the midst, it leaves parts that are whole, and nobody behind who waits for more."""
    script = tmp_path / "draw.py"
    script.write_text(
        "import os\n"
        "import django\n"
        "if __name__ == '__main__':\n"
        "    django.setup()\n"
        "    from django.conf import settings\n"
        "    from pathlib import Path\n"
        f"    settings.BOOK_PARTS_ROOT = Path({str(settings.BOOK_PARTS_ROOT)!r})\n"
        "    from tests.reports.book.test_kept_parts import small_parts, with_files\n"
        "    from reports.book.drawing import draw_parts\n"
        "    draw_parts(with_files(small_parts(200)), lambda number: print(number, flush=True))\n"
    )
    environment = os.environ | {"PYTHONPATH": os.getcwd()}
    command = [sys.executable, script]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as process:
        process.stdout.readline()
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
        process.kill()
    wait_until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))
    files = list(settings.BOOK_PARTS_ROOT.rglob("*.pdf"))
    assert 1 <= len(files) < 200
    assert all(file.read_bytes().rstrip().endswith(b"%%EOF") for file in files)


def wait_until(is_so, seconds: float = 20) -> None:
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.1)


def test_parts_that_no_book_uses_are_deleted(settings):
    (used, _), (unused, _) = [(file, part) for part, file in with_files(small_parts(2))]
    draw_parts(with_files(small_parts(2)), lambda number: None)
    old = time.time() - KEPT_FOR.total_seconds() - 60
    os.utime(unused, (old, old))
    assert purge_part_files() == 1
    assert used.is_file()
    assert not unused.exists()

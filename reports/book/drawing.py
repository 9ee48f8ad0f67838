"""Draws the parts of a book that are not kept yet, several at a time.

Each process that draws holds fonts and styles once and gives the memory of a part back before the
next. One that is killed loses the part it was at; the parts drawn before are kept.
"""

import gc
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from reports.book.part_files import PartToDraw, keep_part
from reports.pdf import render_pdf, styles_and_fonts
from reports.typography import official_text

FEW_PARTS = 4
"""So many are drawn sooner here than by processes that have to start first."""
ATTEMPTS = 3


def draw_parts(parts: Sequence[PartToDraw], when_drawn: Callable[[int], None]) -> None:
    """Draw and keep them all, longest first; `when_drawn` gets how many are done so far.

    What it raises ends the drawing. Raises BrokenProcessPool when processes are killed again and
    again.
    """
    waiting = sorted(parts, key=lambda part: len(part[0].html), reverse=True)
    if len(waiting) <= FEW_PARTS:
        drawn: Iterable[Path] = map(draw_part, waiting)
    else:
        drawn = _drawn_by_processes(waiting)
    for number, _ in enumerate(drawn, start=1):
        when_drawn(number)


def draw_part(part: PartToDraw) -> Path:
    """Draw one part into its file."""
    page, file = part
    html = official_text(page.html, page.names)
    keep_part(file, render_pdf(html, dict(page.images), tagged=False))
    return file


def _drawn_by_processes(parts: Sequence[PartToDraw]) -> Iterator[Path]:
    """The files as they are ready; what a killed process had not drawn is drawn once more."""
    waiting = dict.fromkeys(parts)
    for attempt in range(1, ATTEMPTS + 1):
        try:
            for part in _draw_at_once(list(waiting)):
                del waiting[part]
                yield part[1]
            return
        except BrokenProcessPool:
            if attempt == ATTEMPTS:
                raise


def _draw_at_once(parts: Sequence[PartToDraw]) -> Iterator[PartToDraw]:
    """As many processes as processors; they end when no more is wanted."""
    pool = ProcessPoolExecutor(
        min(len(parts), os.cpu_count() or 1),
        mp_context=multiprocessing.get_context("spawn"),
        initializer=_prepare_process,
    )
    try:
        futures = {pool.submit(_draw_and_tidy, part): part for part in parts}
        for future in as_completed(futures):
            future.result()
            yield futures[future]
    finally:
        pool.shutdown(cancel_futures=True)


def _prepare_process() -> None:
    """What stays for all parts is loaded first, so that no search for garbage goes through it."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    styles_and_fonts()
    gc.freeze()
    gc.disable()


def _end_with_parent() -> None:
    """A process that waits for work does not notice by itself that nobody will send any."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _draw_and_tidy(part: PartToDraw) -> None:
    """A drawn page is full of cycles, which are looked for here and not while it is drawn."""
    draw_part(part)
    gc.collect()

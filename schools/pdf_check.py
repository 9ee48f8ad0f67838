"""Looks through a PDF that somebody sent for anything that would run when it is opened.

Run as a program of its own, `python -m schools.pdf_check FILE`. What a hostile or huge file
does to its reader happens there, never in the web worker.
"""

import resource
import sys
from collections.abc import Iterator
from typing import Any

MEMORY, SECONDS = 700 * 1024**2, 50
LOCKED, SCRIPTED = 3, 4
# Actions that run a script or a program, fetch, or send; going to a page or a link is harmless.
RUNNING = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}


def main(path: str) -> int:
    """Ends with nought, LOCKED, SCRIPTED, or the reader's own error."""
    import pikepdf

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                return LOCKED
            return SCRIPTED if any(map(runs, dictionaries_of(pdf.objects))) else 0
    except pikepdf.PasswordError:
        return LOCKED


def dictionaries_of(objects: Any) -> Iterator[Any]:
    """Every dictionary of the file, however deep; indirect ones come in their own turn."""
    import pikepdf

    waiting = list(objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            waiting += [value for value in item.values() if not is_indirect(value)]
        elif isinstance(item, pikepdf.Array):
            waiting += [value for value in item if not is_indirect(value)]


def is_indirect(item: Any) -> bool:
    return bool(getattr(item, "is_indirect", False))


def runs(item: Any) -> bool:
    """Whether this is an action that runs, a table of scripts, or a form with its own."""
    kind = item.get("/S")
    return str(kind) in RUNNING or any(key in item for key in ("/JS", "/JavaScript", "/XFA"))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

"""Looks through a PDF that somebody sent for anything that would run when it is opened.

Run as a program of its own, `python -m schools.core.pdf_check FILE`. What a hostile or huge file
does to its reader happens there, never in the web worker.
"""

import resource
import sys
from collections.abc import Iterator
from typing import Any

PDF_CHECK_MEMORY_BYTES, PDF_CHECK_CPU_SECONDS = 700 * 1024**2, 50
EXIT_ENCRYPTED, EXIT_ACTIVE_CONTENT = 3, 4
# Actions that run a script or a program, fetch, or send; going to a page or a link is harmless.
ACTIVE_ACTIONS = {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/GoToE", "/Rendition"}


def check_pdf_file(path: str) -> int:
    """Returns 0, EXIT_ENCRYPTED or EXIT_ACTIVE_CONTENT as exit code, or raises a reader's error."""
    import pikepdf

    resource.setrlimit(resource.RLIMIT_AS, (PDF_CHECK_MEMORY_BYTES, PDF_CHECK_MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (PDF_CHECK_CPU_SECONDS, PDF_CHECK_CPU_SECONDS))
    try:
        with pikepdf.open(path) as pdf:
            if pdf.is_encrypted:
                return EXIT_ENCRYPTED
            return (
                EXIT_ACTIVE_CONTENT
                if any(map(has_active_content, iter_pdf_dictionaries(pdf.objects)))
                else 0
            )
    except pikepdf.PasswordError:
        return EXIT_ENCRYPTED


def iter_pdf_dictionaries(objects: Any) -> Iterator[Any]:
    """Every dictionary of the file, however deep; indirect ones come in their own turn."""
    import pikepdf

    waiting = list(objects)
    while waiting:
        item = waiting.pop()
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            waiting += [value for value in item.values() if not is_indirect_object(value)]
        elif isinstance(item, pikepdf.Array):
            waiting += [value for value in item if not is_indirect_object(value)]


def is_indirect_object(item: Any) -> bool:
    return bool(getattr(item, "is_indirect", False))


def has_active_content(item: Any) -> bool:
    """Whether this is an action that runs, a table of scripts, or a form with its own."""
    kind = item.get("/S")
    return str(kind) in ACTIVE_ACTIONS or any(key in item for key in ("/JS", "/JavaScript", "/XFA"))


if __name__ == "__main__":
    sys.exit(check_pdf_file(sys.argv[1]))

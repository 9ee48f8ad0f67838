from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction


class Refused(Exception):
    """A verb that cannot be done now. `str()` is the Thai text that people read."""

    def __init__(self, message: str, *, missing: list[Any] | None = None) -> None:
        super().__init__(message)
        self.missing = missing or []


class Outdated(Refused):
    """The record moved on after the page was made, which is shown anew."""


@contextmanager
def taken_is_refused(message: str) -> Iterator[None]:
    """Two save the same name at once: the database takes one, and the other reads the message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise Refused(message) from None

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction


class ActionRefused(Exception):
    """A verb that cannot be done now. `str()` is the Thai text that people read."""

    def __init__(self, message: str, *, missing: list[Any] | None = None) -> None:
        super().__init__(message)
        self.missing = missing or []


class Outdated(ActionRefused):
    """The record moved on after the page was made, which is shown anew."""


@contextmanager
def unique_violation_as_refusal(message: str) -> Iterator[None]:
    """Two save the same name at once: the database takes one, and the other reads the message."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise ActionRefused(message) from None


RECORD_DELETED = "มีผู้ลบรายการนี้ไปแล้ว จึงไม่ได้บันทึก โปรดกลับไปที่หน้ารายการเพื่อดูสถานะปัจจุบัน"


@contextmanager
def deleted_record_as_refusal() -> Iterator[None]:
    """Somebody deleted the record between the look at it and the act."""
    try:
        yield
    except ObjectDoesNotExist:
        raise ActionRefused(RECORD_DELETED) from None

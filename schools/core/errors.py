"""Why an action is not done now, in words for the person who asked for it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, transaction


class ActionRefused(Exception):
    """An action that cannot be done now; nothing was changed. `str()` is the Thai reason.

    `missing` lists what is still to be done first, each shown by its `str()`. `field_errors`
    has a reason for each field of the action's form that is at fault; without a message of its
    own the exception reads as these reasons together. Any view may let it pass: the person gets
    a page of status 409 (ActionRefusedMiddleware); refusal_as_form_error shows it in a form.
    """

    def __init__(
        self,
        message: str = "",
        *,
        missing: Sequence[object] = (),
        field_errors: Mapping[str, str] | None = None,
    ) -> None:
        self.missing = list(missing)
        self.field_errors = dict(field_errors or {})
        super().__init__(message or " ".join(self.field_errors.values()))


class Outdated(ActionRefused):
    """The record was changed after the page was made, which is shown anew."""


@contextmanager
def unique_violation_as_refusal(message: str) -> Iterator[None]:
    """Two people save the same name at once: the second one reads the message.

    Raises ActionRefused where the database refuses the row. It opens a savepoint.
    """
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise ActionRefused(message) from None


RECORD_DELETED = "มีผู้ลบรายการนี้ไปแล้ว จึงไม่ได้บันทึก โปรดกลับไปที่หน้ารายการเพื่อดูสถานะปัจจุบัน"


@contextmanager
def deleted_record_as_refusal() -> Iterator[None]:
    """Raises ActionRefused where somebody deleted the record before the action locked it."""
    try:
        yield
    except ObjectDoesNotExist:
        raise ActionRefused(RECORD_DELETED) from None

"""Records of visits that have no answer sheet; an app above keeps what such a record says."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from schools.core.registry import Registry
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit


@dataclass(frozen=True)
class RecordOfKind:
    """What signing, acknowledging and revising ask of a record without a sheet.

    `missing_to_sign` and `missing_to_acknowledge` say what each lacks; `copy` gives a new version
    what the one before says.
    """

    missing_to_sign: Callable[[Visit], Sequence[object]]
    missing_to_acknowledge: Callable[[Visit], Sequence[object]]
    copy: Callable[[Visit, Visit], None]


records_of_kinds: Registry[VisitKind, RecordOfKind] = Registry("records of visits without a sheet")


def record_of_kind(visit: Visit) -> RecordOfKind | None:
    """None for a visit whose record is an answer sheet."""
    return records_of_kinds.get(VisitKind(visit.kind)) if visit.is_mentoring else None

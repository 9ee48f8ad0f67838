"""The values of area, province, agency and country beside which a school's results are read."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.models import User
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.models import ReferenceResult, TestSubject

WRITTEN_FIELDS = ("tested", "mean", "sd", "source", "is_sample", "updated_at", "updated_by")


@dataclass(frozen=True)
class ReferenceEntry:
    """One value as it was typed; `scope` is a ReferenceScope, the others are keys."""

    year_id: int
    subject_id: int
    scope: str
    mean: Decimal | None
    sd: Decimal | None = None
    tested: int | None = None
    source: str = ""
    is_sample: bool = False


def reference_means(
    years: Collection[int], subjects: Collection[int], scopes: Collection[ReferenceScope]
) -> dict[tuple[int, int, str], Decimal]:
    """The means given for area, country or others, by year (BE), subject's key and scope."""
    rows = ReferenceResult.objects.filter(
        academic_year__year__in=years,
        subject__in=subjects,
        scope__in=scopes,
        mean__isnull=False,
    )
    columns = ("academic_year__year", "subject", "scope", "mean")
    return {
        (year, subject, scope): mean for year, subject, scope, mean in rows.values_list(*columns)
    }


@transaction.atomic
def save_reference_results(entries: Sequence[ReferenceEntry], *, by: User | None) -> None:
    """Write values of a year; one without mean, S.D. and pupils is no longer kept.

    Raises ActionRefused where a mean cannot be one of its subject.
    """
    subjects = TestSubject.objects.select_related("kind").in_bulk(
        {one.subject_id for one in entries}
    )
    for one in entries:
        if one.mean is not None and not 0 <= one.mean <= subjects[one.subject_id].highest_mean:
            raise ActionRefused(f"{subjects[one.subject_id].label}: ค่าเฉลี่ยเกินคะแนนเต็ม โปรดแก้ไข")
    given = [one for one in entries if (one.mean, one.sd, one.tested) != (None, None, None)]
    for one in entries:
        if one not in given:
            ReferenceResult.objects.filter(
                academic_year=one.year_id, subject=one.subject_id, scope=one.scope
            ).delete()
    ReferenceResult.objects.bulk_create(
        [_row(one, by) for one in given],
        update_conflicts=True,
        unique_fields=("academic_year", "subject", "scope"),
        update_fields=WRITTEN_FIELDS,
    )


def _row(entry: ReferenceEntry, by: User | None) -> ReferenceResult:
    return ReferenceResult(
        academic_year_id=entry.year_id,
        subject_id=entry.subject_id,
        scope=entry.scope,
        tested=entry.tested,
        mean=entry.mean,
        sd=entry.sd,
        source=entry.source,
        is_sample=entry.is_sample,
        updated_at=timezone.now(),
        updated_by=by,
    )

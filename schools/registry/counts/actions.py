from collections.abc import Mapping

from django.db import transaction

from schools.models import GradeCount, YearlyCount


@transaction.atomic
def save_yearly_count(
    count: YearlyCount, *, grades: Mapping[int, Mapping[str, int | None]]
) -> None:
    """Keep one year's numbers of a school; a grade that is left out is no longer counted."""
    count.is_sample = False  # whoever saves it answers for it
    count.save()
    count.grades.exclude(grade__in=grades).delete()
    GradeCount.objects.bulk_create(
        [GradeCount(count=count, grade=grade, **numbers) for grade, numbers in grades.items()],
        update_conflicts=True,
        unique_fields=("count", "grade"),
        update_fields=("boys", "girls", "rooms"),
    )

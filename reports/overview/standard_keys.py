"""Which standard of the results a stored row is, whatever version of its set it belongs to."""

from collections.abc import Iterable

from django.db.models import QuerySet

from schools.models import User
from supervision.criteria.models import IndicatorSet, Standard, level_prefix
from supervision.results.standards import ResultStandard


def readable_standards(user: User) -> QuerySet[Standard]:
    """Standards of the sets that the person may read, drafts left out: nobody is judged by one."""
    sets = IndicatorSet.objects.visible_to(user).exclude(endorsed_at=None)
    return Standard.objects.filter(indicator_set__in=sets).select_related("indicator_set")


def find_result_standard(
    user: User, pk: int, standards: Iterable[ResultStandard]
) -> ResultStandard | Standard | None:
    """The standard of the results with that key, whatever version it is the key of.

    The stored row where nobody was judged by it, None for an unknown key. Takes a query unless
    the key is the newest version's.
    """
    found = list(standards)
    named = next((one for one in found if one.pk == pk), None)
    if named is not None:
        return named
    stored = readable_standards(user).filter(pk=pk).first()
    return stored and (same_standard(stored, found) or stored)


def same_standard(stored: Standard, standards: Iterable[ResultStandard]) -> ResultStandard | None:
    """The standard of the results that a stored row is a version of."""
    level = level_prefix(stored.indicator_set.level)
    key = level, stored.number, stored.name, stored.indicator_set.scale_id
    return next((s for s in standards if (s.level, s.number, s.name, s.scale.pk) == key), None)

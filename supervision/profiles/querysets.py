"""Whose profile a row belongs to, and how the past of merged schools follows to where they went."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db.models import Q, QuerySet
from django.utils import timezone

from schools.access import Permission, rights_of
from schools.core.querysets import SchoolScopedQuerySet
from schools.models import School

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from schools.models import User


class ProfileQuerySet(SchoolScopedQuerySet):
    """What only those learn of a school who know all of it: VIEW_PROFILE there.

    Rows of a merged school belong to the profile of the one it was merged into as well.
    """

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Rows of schools whose profile the user may read, and of those merged into them."""
        rights = rights_of(user)
        if rights.allows(Permission.VIEW_PROFILE):
            return self
        return self.filter(_in_profiles(rights.schools(Permission.VIEW_PROFILE), "school"))

    def of_profile(self, school: School) -> Self:
        """Rows of the school and of those that were merged into it."""
        return self.filter(_in_profiles([school.pk], "school"))


def schools_with_profile(user: "User | AnonymousUser") -> "QuerySet[School]":
    """Schools whose profile the user may read, and those that were merged into them."""
    rights = rights_of(user)
    if rights.allows(Permission.VIEW_PROFILE):
        return School.objects.all()
    return School.objects.filter(_in_profiles(rights.schools(Permission.VIEW_PROFILE), ""))


def _in_profiles(schools: Collection[int], path: str) -> Q:
    """That the school at this path ("" for the row itself) is one of these, or merged into one.

    A school that took others over may itself be merged later; their past goes on with it.
    """
    prefix, today = f"{path}__" if path else "", timezone.localdate()
    into = f"{prefix}merged_into"
    directly = Q(**{f"{prefix}closed_on__lte": today, f"{into}__in": schools})
    through = {f"{into}__closed_on__lte": today, f"{into}__merged_into__in": schools}
    return (
        Q(**{f"{path or 'pk'}__in": schools})
        | directly
        | Q(**{f"{prefix}closed_on__lte": today}, **through)
    )

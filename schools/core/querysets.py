"""Rows that belong to a school: who may see them, and the school's cluster on a day."""

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, FilteredRelation, Q

from schools.access import Permission, rights_of

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from schools.models import School, User


class SchoolScopedQuerySet(models.QuerySet):
    """Rows that belong to a school, which views reach only through `visible_to`.

    `school_path` is the lookup from the row to its school.
    """

    school_path = "school"

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """Only rows of schools that the user's appointments in force today let them see."""
        return self.with_permission(user, Permission.VIEW_SCHOOL)

    def with_permission(self, user: "User | AnonymousUser", permission: Permission) -> Self:
        """Only rows of schools at which the user holds the permission today."""
        rights = rights_of(user)
        if rights.allows(permission):
            return self
        return self.filter(**{f"{self.school_path}__in": rights.schools(permission)})

    def with_cluster(self, on: date) -> Self:
        """Add the cluster that the row's school is in on that day; the one way to ask this in SQL.

        Each row has `cluster_pk`, `cluster_name` and `cluster_key` (its place in Thai order),
        all None where the register names no cluster. A model whose rows are used with them
        declares them, as School does. Of one school on many days: School.cluster_on.
        """
        path = "memberships" if self.school_path == "pk" else f"{self.school_path}__memberships"
        lasts = Q(**{f"{path}__ends_on": None}) | Q(**{f"{path}__ends_on__gte": on})
        return self.annotate(
            membership_on_day=FilteredRelation(
                path, condition=lasts & Q(**{f"{path}__starts_on__lte": on})
            ),
            cluster_pk=F("membership_on_day__cluster"),
            cluster_name=F("membership_on_day__cluster__name"),
            cluster_key=F("membership_on_day__cluster__sort_key"),
        )


class SchoolQuerySet(SchoolScopedQuerySet):
    """Schools of the register, those that closed or merged among them."""

    school_path = "pk"

    def open_on(self, on: date) -> Self:
        """Schools neither closed nor merged by that day; only these are in denominators."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))

    def became_part_of(self, school: "School", on: date) -> Self:
        """Schools merged into this one by that day, directly or through another."""
        through = Q(merged_into__merged_into=school, merged_into__closed_on__lte=on)
        merged = Q(merged_into=school) | through
        return self.filter(merged, closed_on__lte=on).exclude(pk=school.pk)

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, FilteredRelation, Q

from schools.access import Permission, rights_of


class SchoolScopedQuerySet(models.QuerySet):
    """Rows that belong to a school; every room reaches them through `visible_to`."""

    school_path = "school"

    def visible_to(self, user) -> Self:
        """Only rows of schools that the user's appointments in force today let them see."""
        return self.with_permission(user, Permission.VIEW_SCHOOL)

    def with_permission(self, user, permission: Permission) -> Self:
        """Only rows of schools at which the user holds the permission today."""
        rights = rights_of(user)
        if rights.allows(permission):
            return self
        return self.filter(**{f"{self.school_path}__in": rights.schools(permission)})


class SchoolQuerySet(SchoolScopedQuerySet):
    """Schools of the register, those that closed or merged among them."""

    school_path = "pk"

    def open_on(self, on: date) -> Self:
        """Schools neither closed nor merged by that day; only these are in denominators."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))

    def with_cluster(self, on: date) -> Self:
        """Each with the cluster it is in on that day: `cluster_pk`, `cluster_name` and so on."""
        in_force = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=on)
        return self.annotate(
            current_membership=FilteredRelation(
                "memberships", condition=in_force & Q(memberships__starts_on__lte=on)
            ),
            cluster_pk=F("current_membership__cluster"),
            cluster_name=F("current_membership__cluster__name"),
            cluster_key=F("current_membership__cluster__sort_key"),
        )

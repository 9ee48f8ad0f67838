from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, FilteredRelation, Q

from schools.access import Permission, rights_of


class SchoolScoped(models.QuerySet):
    """Rows that belong to a school; every room reaches them through `visible_to`."""

    school_path = "school"

    def visible_to(self, user) -> Self:
        """Only rows of schools that the user's posts in force today let them see."""
        return self.where(user, Permission.VIEW_SCHOOL)

    def where(self, user, permission: Permission) -> Self:
        """Only rows of schools at which the user holds the permission today."""
        rights = rights_of(user)
        if rights.allows(permission):
            return self
        return self.filter(**{f"{self.school_path}__in": rights.schools(permission)})


class SchoolQuerySet(SchoolScoped):
    """Schools of the register, those that closed or merged among them."""

    school_path = "pk"

    def open_on(self, on: date) -> Self:
        """Schools neither closed nor merged by that day; only these are in denominators."""
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=on))

    def with_cluster(self, on: date) -> Self:
        """Each with the cluster it is in on that day: `cluster_pk`, `cluster_name` and so on."""
        in_force = Q(memberships__ends_on=None) | Q(memberships__ends_on__gte=on)
        return self.annotate(
            belongs=FilteredRelation(
                "memberships", condition=in_force & Q(memberships__starts_on__lte=on)
            ),
            cluster_pk=F("belongs__cluster"),
            cluster_name=F("belongs__cluster__name"),
            cluster_key=F("belongs__cluster__sort_key"),
        )

"""Ticking schools, below the names of their clusters."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from schools.core.fields import ListedRowsField
from schools.core.querysets import SchoolQuerySet
from schools.models import School
from schools.registry.school_lists import (
    NO_CLUSTER,
)


def schools_to_choose(today: date, chosen: Collection[int]) -> SchoolQuerySet:
    """Schools open on the day, and those that were chosen while they were."""
    is_open = School.objects.open_on(today).values("pk")
    return School.objects.filter(Q(pk__in=is_open) | Q(pk__in=chosen))


class SchoolTicksField(ListedRowsField):
    """Schools open today, each a tick box below its cluster."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(School.objects.all(), **kwargs)

    def offer_schools_of_today(self, chosen: Collection[int]) -> None:
        """Ask for the schools when a form is made; closed ones only if chosen before."""
        today = timezone.localdate()
        self.queryset = schools_to_choose(today, chosen)
        rows = schools_to_choose(today, chosen).with_cluster(today)
        ordered = sorted(rows, key=lambda school: (school.cluster_key or "", school.sort_key))
        self.choices = [
            (cluster, [(school.pk, school.short_name) for school in schools])
            for cluster, schools in groupby(
                ordered, key=lambda school: school.cluster_name or NO_CLUSTER
            )
        ]

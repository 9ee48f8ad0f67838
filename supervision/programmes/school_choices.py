"""Ticking schools, below the names of their clusters."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils import timezone

from schools.core.fields import ListedRowsField
from schools.models import School
from supervision.rounds.overview import NO_CLUSTER


class SchoolTicksField(ListedRowsField):
    """Schools open today, each a tick box below its cluster."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(School.objects.all(), **kwargs)

    def offer_schools_of_today(self) -> None:
        """Ask for the schools, as a form does when it is made: they change, forms are kept."""
        today = timezone.localdate()
        self.queryset = School.objects.open_on(today)
        rows = School.objects.open_on(today).with_cluster(today)
        ordered = sorted(rows, key=lambda school: (school.cluster_key or "", school.sort_key))
        self.choices = [
            (cluster, [(school.pk, school.short_name) for school in schools])
            for cluster, schools in groupby(
                ordered, key=lambda school: school.cluster_name or NO_CLUSTER
            )
        ]

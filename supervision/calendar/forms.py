from typing import Any, cast

from django import forms
from django.db.models import QuerySet, Value

from schools.core.forms import PortalForm
from schools.models import Cluster, User
from supervision.calendar.queries import CalendarScope

MINE, ALL = "mine", "all"


class CalendarScopeForm(PortalForm):
    """Whose calendar is shown; what is not understood shows one's own."""

    who = forms.ChoiceField(label="ปฏิทินของ", required=False)

    def __init__(
        self,
        *args: Any,
        people: QuerySet[User],
        clusters: QuerySet[Cluster],
        usually: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.usually = usually
        who = cast("forms.ChoiceField", self.fields["who"])  # declared above
        who.choices = [(MINE, "ของฉัน"), (ALL, "ทั้งหมดที่เห็นได้"), *_choices(clusters, people)]

    @property
    def chosen(self) -> str:
        """What was asked for; unasked, whose calendar this person usually sees."""
        return self.cleaned_data.get("who") or self.usually

    def scope(self, user: User) -> CalendarScope:
        kind, _, pk = self.chosen.partition("-")
        if kind == "cluster":
            return CalendarScope(cluster=int(pk))
        if kind == "person":
            return CalendarScope(person=User.objects.get(pk=pk))
        return CalendarScope(person=user) if self.chosen == MINE else CalendarScope()


def _choices(clusters: QuerySet[Cluster], people: QuerySet[User]) -> list[tuple[str, str]]:
    """Clusters, then people, each in the order of their names; asked for in one query."""
    rows = clusters.order_by().values_list(Value("cluster"), "pk", "name", "sort_key")
    others = people.order_by().values_list(Value("person"), "pk", "full_name", "full_name")
    found = sorted(rows.union(others), key=lambda row: (row[0], row[3]))
    return [(f"{kind}-{pk}", name) for kind, pk, name, _ in found]

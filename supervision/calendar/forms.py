from django import forms
from django.db.models import QuerySet

from schools.forms import PortalForm
from schools.models import Cluster, User
from supervision.calendar.queries import Scope

MINE, ALL = "mine", "all"


class ScopeForm(PortalForm):
    """Whose calendar is shown; what is not understood shows one's own."""

    who = forms.ChoiceField(label="ปฏิทินของ", required=False)

    def __init__(
        self, *args, people: QuerySet[User], clusters: QuerySet[Cluster], usually: str, **kwargs
    ):
        super().__init__(*args, **kwargs)
        self.usually = usually
        self.fields["who"].choices = [
            (MINE, "ของฉัน"),
            (ALL, "ทั้งหมดที่เห็นได้"),
            *((f"cluster-{cluster.pk}", cluster.name) for cluster in clusters),
            *((f"person-{person.pk}", person.full_name) for person in people),
        ]

    @property
    def chosen(self) -> str:
        """What was asked for; unasked, whose calendar this person usually sees."""
        return self.cleaned_data.get("who") or self.usually

    def scope(self, user: User) -> Scope:
        kind, _, pk = self.chosen.partition("-")
        if kind == "cluster":
            return Scope(cluster=int(pk))
        if kind == "person":
            return Scope(person=User.objects.get(pk=pk))
        return Scope(person=user) if self.chosen == MINE else Scope()

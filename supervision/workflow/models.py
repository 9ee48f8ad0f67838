from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from schools.core.querysets import SchoolScopedQuerySet
from schools.models import School


@dataclass(frozen=True)
class TransitionRule:
    """What one action does to a record: from any of the states `sources` to the state `target`.

    `label` is the action in Thai. A record that the action creates has the source "". The
    school is not told of an action that is `office_only`.
    """

    label: str
    sources: tuple[str, ...]
    target: str
    needs_reason: bool = False
    office_only: bool = False


class WorkflowModel(models.Model):
    """A record whose state is changed by actions only, as its TRANSITIONS allow.

    The keys of TRANSITIONS are members of the record's own enum of actions; being strings, they
    are found by the names that the transition log stores.
    """

    TRANSITIONS: ClassVar[Mapping[str, TransitionRule]]
    state = models.CharField("สถานะ", max_length=20)

    class Meta:
        abstract = True


class RevisableModel(WorkflowModel):
    """A record that is frozen once signed or agreed; what changes later is a copy of it.

    REVISION_COPIES names the fields that the copy takes over as they are. REVISION_RESETS names
    all the others: the action that revises the record sets them anew or leaves them empty.
    """

    REVISION_COPIES: ClassVar[tuple[str, ...]]
    REVISION_RESETS: ClassVar[tuple[str, ...]]

    class Meta:
        abstract = True

    def revision_copies(self) -> dict[str, Any]:
        """The values that a copy of this record starts from, by the names of their fields."""
        return {name: getattr(self, name) for name in self.REVISION_COPIES}


def fields_required_in_states(
    name: str, states: Iterable[str], *fields: str, message: str = ""
) -> models.CheckConstraint:
    """A constraint that ties a state to its facts: filled in these states, empty in all others."""
    reached = Q(state__in=list(states))
    filled = Q(**{f"{field}__isnull": False for field in fields})
    empty = Q(**{f"{field}__isnull": True for field in fields})
    return models.CheckConstraint(
        condition=(reached & filled) | (~reached & empty),
        name=name,
        violation_error_message=message or None,
    )


class Transition(models.Model):
    """One line of the transition log: who did what to which record, when, and why.

    `verb` is the value of a member of the record's enum of actions. An empty `from_state` means
    that the record was created by this action.
    """

    record_type = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    school = models.ForeignKey(School, models.PROTECT, null=True, related_name="transitions")
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=30, blank=True)
    to_state = models.CharField(max_length=30)
    needs_reason = models.BooleanField(default=False)
    reason = models.TextField("เหตุผล", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = SchoolScopedQuerySet.as_manager()

    class Meta:
        verbose_name = "ประวัติการดำเนินการ"
        verbose_name_plural = verbose_name
        ordering = ("at", "pk")
        indexes = (models.Index(fields=("record_type", "record_id")),)
        constraints = (
            models.CheckConstraint(
                condition=Q(needs_reason=False) | ~Q(reason=""),
                name="transition_gives_its_reason",
                violation_error_message="โปรดระบุเหตุผล",
            ),
        )

    def __str__(self) -> str:
        return f"{self.record_type} {self.record_id} {self.verb}"

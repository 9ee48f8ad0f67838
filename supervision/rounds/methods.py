"""Tools and methods of supervision (step 2): what holds for a round, and what is done with them."""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar, cast

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.models import Term, User
from supervision.committees.meeting_field import check_meeting_decides
from supervision.committees.models import Meeting
from supervision.criteria.models import IndicatorSet
from supervision.rounds.enums import MethodsAction, MethodsState
from supervision.rounds.models import Round, SupervisionMethods, SupervisionMethodsQuerySet
from supervision.workflow.actions import ensure_allowed, start, transition, transition_entry

RoundT = TypeVar("RoundT", bound=Round)


def with_methods(rounds: QuerySet[RoundT]) -> QuerySet[RoundT]:
    """Each round with the state, methods and tools that hold for it, without another query.

    `methods_state`, `methods_chosen` and `methods_tools` are None where nothing is set.
    """
    held = SupervisionMethods.objects.filter(
        Q(round=OuterRef("pk")) | Q(round=None, term=OuterRef("term"))
    ).order_by(F("round").asc(nulls_last=True))
    loaded = rounds.annotate(
        methods_state=Subquery(held.values("state")[:1]),
        methods_chosen=Subquery(held.values("methods")[:1]),
        methods_tools=Subquery(held.values("tools")[:1]),
    )
    return cast("QuerySet[RoundT]", loaded)


def methods_of_rounds(rounds: Iterable[Round]) -> dict[int, SupervisionMethods]:
    """What holds for each round, by its pk: its own, else its term's; in one query."""
    asked = list(rounds)
    rows = SupervisionMethods.objects.select_related("meeting").filter(
        Q(round__in=asked) | Q(round=None, term__in={one.term_id for one in asked})
    )
    own = {row.round_id: row for row in rows if row.round_id}
    of_term = {row.term_id: row for row in rows if not row.round_id}
    found = {one.pk: own.get(one.pk) or of_term.get(one.term_id) for one in asked}
    return {key: row for key, row in found.items() if row}


def methods_of_term(term: Term) -> SupervisionMethods | None:
    """What all rounds of the term have that have none of their own."""
    return SupervisionMethods.objects.filter(term=term, round=None).first()


def methods_before(term: Term, round_: Round | None) -> SupervisionMethods | None:
    """What a new one starts from: of a round that of its term, of a term that of the last term."""
    if round_:
        return methods_of_term(term)
    earlier = SupervisionMethods.objects.filter(round=None, term__opens_on__lt=term.opens_on)
    related = earlier.select_related("term__academic_year")
    return related.order_by("-term__opens_on").first()


def methods_beside_set(indicator_set: IndicatorSet) -> SupervisionMethods | None:
    """The endorsed ones of the newest term whose rounds are judged by the set."""
    rows = SupervisionMethods.objects.endorsed().filter(
        round=None, term__rounds__indicator_sets=indicator_set
    )
    related = rows.select_related("meeting", "term__academic_year")
    return related.order_by("-term__opens_on").first()


def methods_of_meeting(meeting: Meeting) -> SupervisionMethodsQuerySet:
    """Those that the meeting endorsed, the terms' before those of single rounds."""
    rows = SupervisionMethods.objects.filter(meeting=meeting)
    related = rows.select_related("term__academic_year", "round__school", "round__term")
    return related.order_by("term__opens_on", F("round").asc(nulls_first=True))


def waiting_methods(reader: User) -> SupervisionMethodsQuerySet:
    """Those that no meeting has endorsed yet, as far as the reader sees them, latest term first."""
    rows = SupervisionMethods.objects.visible_to(reader).filter(state=MethodsState.DRAFT)
    related = rows.select_related("term__academic_year", "round__school", "round__term")
    return related.order_by("-term__opens_on", F("round").asc(nulls_first=True))


@transaction.atomic
def save_methods(
    term: Term,
    round_: Round | None,
    *,
    by: User,
    methods: Sequence[str],
    tools: Sequence[str],
    description: str,
    is_sample: bool = False,
) -> SupervisionMethods:
    """Write down the tools and methods of a term, or of one round that differs from it.

    Raises ActionRefused once they are endorsed.
    """
    Term.objects.select_for_update().get(pk=term.pk)
    facts: dict[str, Any] = {"methods": [*methods], "tools": [*tools], "description": description}
    row = SupervisionMethods.objects.filter(term=term, round=round_).first()
    if row:
        transition(row, MethodsAction.UPDATE, by=by, **facts)
        return row
    row = SupervisionMethods(term=term, round=round_, is_sample=is_sample, **facts)
    start(row, MethodsAction.DRAFT, by=by)
    return row


def endorse_methods(row: SupervisionMethods, *, by: User, meeting: Meeting) -> None:
    """Record that ก.ต.ป.น. endorsed them in a meeting; from here on they are frozen.

    Raises ActionRefused while the meeting is not held.
    """
    check_meeting_decides(meeting)
    transition(
        row,
        MethodsAction.ENDORSE,
        by=by,
        meeting=meeting,
        endorsed_by=by,
        endorsed_at=timezone.now(),
    )


def reopen_methods(row: SupervisionMethods, *, by: User, reason: str) -> None:
    """Open endorsed ones again, with the reason; they wait for another meeting."""
    transition(
        row,
        MethodsAction.REOPEN,
        by=by,
        reason=reason,
        meeting=None,
        endorsed_by=None,
        endorsed_at=None,
    )


@transaction.atomic
def delete_round_methods(row: SupervisionMethods, *, by: User) -> None:
    """Let a round do as its term again; the log keeps that it had its own.

    Raises ActionRefused for the term's own and for endorsed ones.
    """
    row.refresh_from_db(from_queryset=SupervisionMethods.objects.select_for_update())
    check_can_delete_methods(row)
    state = row.state
    transition_entry(row, MethodsAction.DELETE, from_state=state, by=by, at=timezone.now()).save()
    row.delete()


def check_can_delete_methods(row: SupervisionMethods) -> None:
    """Raises ActionRefused as delete_round_methods would, for the page that asks before it."""
    ensure_allowed(row, MethodsAction.DELETE)
    if not row.round_id:
        raise ActionRefused("เครื่องมือและวิธีการของภาคเรียนลบไม่ได้ โปรดแก้ไขแทน")

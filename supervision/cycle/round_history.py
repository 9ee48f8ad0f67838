"""Who did what when in one round, whichever app keeps the record."""

from collections.abc import Iterator, Mapping

from django.apps import apps
from django.db.models import Q, QuerySet

from schools.access import Permission, can
from schools.core.querysets import SchoolScopedQuerySet
from schools.models import User
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.profiles.models import DataConfirmation
from supervision.rounds.models import Round
from supervision.workflow.models import Transition, TransitionRule, WorkflowModel
from supervision.workflow.queries import HistoryEntry


def history_of_round(round_: Round, user: User) -> list[HistoryEntry]:
    """Who did what when in this round, whichever app keeps the record; newest first.

    Of a record that the person may not see yet, such as an unsigned report, nothing is said.
    """
    sources = dict(_records_of(round_, user))
    wanted = Q(pk__in=[])
    for model, records in sources.items():
        wanted |= Q(record_type=model._meta.label_lower, record_id__in=records.values("pk"))
    models = {model._meta.label_lower: model for model in sources}
    lines = list(Transition.objects.filter(wanted).select_related("by"))
    if not can(user, Permission.VIEW_AREA):
        lines = [line for line in lines if not _transition_of(line, models).office_only]
    entries = [*_of_round(round_), *(_line(line, models[line.record_type]) for line in lines)]
    return sorted(entries, key=lambda entry: entry.when)[::-1]


def _records_of(round_: Round, user: User) -> Iterator[tuple[type[WorkflowModel], QuerySet]]:
    """Every kind of record that names its round, and what step 1 asks of a school for its term."""
    for model in apps.get_models():
        if issubclass(model, WorkflowModel) and any(f.name == "round" for f in model._meta.fields):
            records = model._default_manager.all()
            # Of records without a school nobody could say who may see them.
            if isinstance(records, SchoolScopedQuerySet):
                yield model, records.visible_to(user).filter(round=round_)
    campaign = NeedsCampaign.objects.covering(round_.term)
    surveys = NeedsSurvey.objects.visible_to(user)
    yield NeedsSurvey, surveys.filter(school=round_.school_id, campaign=campaign)
    confirmations = DataConfirmation.objects.visible_to(user)
    yield (
        DataConfirmation,
        confirmations.filter(school=round_.school_id, request__term=round_.term_id),
    )


def _transition_of(line: Transition, models: Mapping[str, type[WorkflowModel]]) -> TransitionRule:
    return models[line.record_type].TRANSITIONS[line.verb]


def _line(line: Transition, model: type[WorkflowModel]) -> HistoryEntry:
    what = f"{model._meta.verbose_name}: {model.TRANSITIONS[line.verb].label}"
    return HistoryEntry(what, str(line.by), line.at, line.reason)


def _of_round(round_: Round) -> Iterator[HistoryEntry]:
    """The round's own two facts, which are no transitions of a record."""
    yield HistoryEntry(f"เปิดรอบที่ {round_.number}", str(round_.opened_by), round_.opened_at)
    if round_.criteria_chosen_at:
        chosen = " และ ".join(map(str, round_.indicator_sets.all()))
        what = f"กำหนดชุดตัวชี้วัด: {chosen}"
        yield HistoryEntry(what, str(round_.criteria_chosen_by), round_.criteria_chosen_at)

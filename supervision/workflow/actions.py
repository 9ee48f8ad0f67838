from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, deleted_record_as_refusal
from schools.models import User
from supervision.workflow.models import Transition, TransitionRule, WorkflowModel
from supervision.workflow.queries import last_transition


@transaction.atomic
def start(record: WorkflowModel, verb: str, *, by: User, reason: str = "") -> None:
    """Save a new record in the state its first move names, and log who began it (and why)."""
    allowed = record.TRANSITIONS[verb]
    _check_reason(allowed, reason)
    record.state = allowed.target
    record.save()
    _log(record, verb, allowed, from_state="", by=by, reason=reason.strip())


@transaction.atomic
def transition(
    record: WorkflowModel, verb: str, *, by: User, reason: str = "", **facts: Any
) -> None:
    """Lock the record, move it as its table allows, set `facts` with it, and log it.

    Raises Refused when the record has moved on or was deleted meanwhile, or a needed reason is
    empty.
    """
    allowed = record.TRANSITIONS[verb]
    with deleted_record_as_refusal():
        record.refresh_from_db(from_queryset=type(record)._base_manager.select_for_update())
    if record.state not in allowed.sources:
        raise ActionRefused(_moved_on(record))
    _check_reason(allowed, reason)
    from_state, record.state = record.state, allowed.target
    for name, value in facts.items():
        setattr(record, name, value)
    record.save(update_fields=["state", *facts])
    _log(record, verb, allowed, from_state=from_state, by=by, reason=reason.strip())


def _check_reason(allowed: TransitionRule, reason: str) -> None:
    if allowed.needs_reason and not reason.strip():
        raise ActionRefused("โปรดระบุเหตุผลก่อนดำเนินการ")


def ensure_allowed(record: WorkflowModel, verb: str) -> None:
    """For the page that asks before the act: raises Refused as `move` would, changes nothing."""
    if record.state not in record.TRANSITIONS[verb].sources:
        raise ActionRefused(_moved_on(record))


def _log(record: WorkflowModel, verb: str, allowed: TransitionRule, **facts: Any) -> None:
    Transition.objects.create(
        record_type=record._meta.label_lower,
        record_id=record.pk,
        school_id=_school_of(record),
        verb=verb,
        to_state=record.state,
        needs_reason=allowed.needs_reason,
        at=timezone.now(),
        **facts,
    )


def _school_of(record: Any) -> int | None:
    """A record names its school itself or through its round; area records name none."""
    round_ = getattr(record, "round", None)
    return round_.school_id if round_ else getattr(record, "school_id", None)


def _moved_on(record: WorkflowModel) -> str:
    last = last_transition(record)
    if last is None:
        return "รายการนี้เปลี่ยนสถานะไปแล้ว โปรดกลับไปดูสถานะปัจจุบัน"
    label = record.TRANSITIONS[last.verb].label
    return f"ทำรายการนี้ไม่ได้ เพราะ{label}ไปแล้วโดย{last.by} โปรดกลับไปดูสถานะปัจจุบัน"

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused, deleted_record_as_refusal
from schools.models import User
from supervision.workflow.enums import TransitionAction
from supervision.workflow.models import Transition, TransitionRule, WorkflowModel
from supervision.workflow.queries import last_transition


@transaction.atomic
def start(record: WorkflowModel, action: TransitionAction, *, by: User, reason: str = "") -> None:
    """Save a new record in the state that `action` leads to, and log who created it and why.

    Raises ActionRefused when a needed reason is empty.
    """
    rule = record.TRANSITIONS[action]
    _check_reason(rule, reason)
    record.state = rule.target
    record.save()
    transition_entry(record, action, from_state="", by=by, at=timezone.now(), reason=reason).save()


@transaction.atomic
def transition(
    record: WorkflowModel, action: TransitionAction, *, by: User, reason: str = "", **facts: Any
) -> None:
    """Lock the record, change its state and the fields `facts`, and log it.

    Raises ActionRefused when the record's state does not allow the action any more, when the
    record was deleted meanwhile, or when a needed reason is empty.
    """
    rule = record.TRANSITIONS[action]
    with deleted_record_as_refusal():
        record.refresh_from_db(from_queryset=type(record)._base_manager.select_for_update())
    ensure_allowed(record, action)
    _check_reason(rule, reason)
    from_state, record.state = record.state, rule.target
    for name, value in facts.items():
        setattr(record, name, value)
    record.save(update_fields=["state", *facts])
    transition_entry(
        record, action, from_state=from_state, by=by, at=timezone.now(), reason=reason
    ).save()


def ensure_allowed(record: WorkflowModel, action: TransitionAction) -> None:
    """Check the action against the record's state, for the page that asks before it.

    Raises ActionRefused as `transition` would; changes nothing.
    """
    if record.state not in record.TRANSITIONS[action].sources:
        raise ActionRefused(_state_has_changed(record))


def _check_reason(rule: TransitionRule, reason: str) -> None:
    if rule.needs_reason and not reason.strip():
        raise ActionRefused("โปรดระบุเหตุผลก่อนดำเนินการ")


def transition_entry(
    record: WorkflowModel,
    action: TransitionAction,
    *,
    from_state: str,
    by: User,
    at: datetime,
    reason: str = "",
) -> Transition:
    """The line that the log has of this action, not saved yet."""
    rule = record.TRANSITIONS[action]
    return Transition(
        record_type=record._meta.label_lower,
        record_id=record.pk,
        school_id=_school_id_of(record),
        verb=action,
        from_state=from_state,
        to_state=rule.target,
        needs_reason=rule.needs_reason,
        reason=reason.strip(),
        by=by,
        at=at,
    )


def _school_id_of(record: WorkflowModel) -> int | None:
    """A record names its school itself or through its round; records of the area name none."""
    round_ = getattr(record, "round", None)
    return round_.school_id if round_ else getattr(record, "school_id", None)


def _state_has_changed(record: WorkflowModel) -> str:
    last = last_transition(record)
    if last is None:
        return "รายการนี้เปลี่ยนสถานะไปแล้ว โปรดกลับไปดูสถานะปัจจุบัน"
    label = record.TRANSITIONS[last.verb].label
    return f"ทำรายการนี้ไม่ได้ เพราะ{label}ไปแล้วโดย{last.by} โปรดกลับไปดูสถานะปัจจุบัน"

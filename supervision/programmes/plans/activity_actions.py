"""What is done with an activity: planned, changed, begun, noted, finished, called off."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.history import display_value
from schools.core.thai import baht_text
from schools.core.uploads import SanitizedFile, delete_files_on_rollback
from schools.models import School, User
from supervision.programmes.models import (
    Activity,
    ActivityEvidence,
    ActivityIndicator,
    ActivityProgress,
    PlanSource,
    SupervisionPlan,
)
from supervision.programmes.plans.enums import ActivityAction, ActivityIndicatorKind, ActivityState
from supervision.programmes.plans.plan_actions import (
    NEEDS_A_REASON,
    check_plan_is_approved,
    check_plan_is_not_proposed,
    lock_plan,
)
from supervision.workflow.actions import ensure_allowed, start, transition

RESULT_FIELDS = ("result", "problems", "lessons", "budget_spent")
CANCELLED_TAKES_NO_FILES = "กิจกรรมนี้ยกเลิกแล้ว จึงเพิ่มหลักฐานไม่ได้"


@dataclass(frozen=True)
class IndicatorFacts:
    """An indicator as its activity's form describes it."""

    kind: ActivityIndicatorKind
    text: str
    target: str


@dataclass(frozen=True)
class ActivityFacts:
    """An activity as its form describes it; `fields` are those of its row, by name."""

    fields: Mapping[str, Any]
    schools: Sequence[School]
    team: Sequence[User]
    indicators: Sequence[IndicatorFacts]


@dataclass(frozen=True)
class ActivityIndicatorResult:
    """What came of an indicator, and whether its target was reached; None is not judged."""

    indicator: int
    result: str
    is_achieved: bool | None


@transaction.atomic
def plan_activity(
    plan: SupervisionPlan,
    facts: ActivityFacts,
    *,
    by: User,
    source: PlanSource | None = None,
    reason: str = "",
) -> Activity:
    """Add an activity to the plan; to an approved one with the reason.

    Raises ActionRefused where the plan has it already: a form sent twice makes one.
    """
    lock_plan(plan)
    _check_change(plan, reason)
    activity = Activity(plan=plan, source=source, **facts.fields)
    _check_is_new(activity)
    start(activity, ActivityAction.PLAN, by=by, reason=reason)
    _set_relations(activity, facts)
    return activity


def _check_is_new(activity: Activity) -> None:
    same = activity.plan.activities.not_cancelled().filter(
        title=activity.title,
        owner=activity.owner,
        starts_on=activity.starts_on,
        ends_on=activity.ends_on,
    )
    if same.exists():
        raise ActionRefused(
            f"แผนมีกิจกรรม “{activity}” ของผู้รับผิดชอบเดียวกันในวันเดียวกันอยู่แล้ว โปรดแก้ไขกิจกรรมนั้น หรือใช้ชื่ออื่น"
        )


@transaction.atomic
def update_activity(
    activity: Activity, facts: ActivityFacts, *, by: User, reason: str = ""
) -> bool:
    """Change what was planned; False when nothing differs. The log says what stood there before.

    Raises ActionRefused once the activity is over, and without a reason in an approved plan.
    """
    lock_plan(activity.plan)
    stored = Activity.objects.get(pk=activity.pk)
    changes = _changes(stored, facts)
    if not changes:
        return False
    _check_change(activity.plan, reason)
    said = "\n".join([reason.strip(), *changes]).strip()
    transition(activity, update_action(stored), by=by, reason=said, **facts.fields)
    _set_relations(activity, facts)
    return True


def update_action(activity: Activity) -> ActivityAction:
    """Changing an activity leaves it in its state."""
    if activity.state == ActivityState.IN_PROGRESS:
        return ActivityAction.UPDATE_RUNNING
    return ActivityAction.UPDATE_PLANNED


def _check_change(plan: SupervisionPlan, reason: str) -> None:
    check_plan_is_not_proposed(plan)
    if plan.is_approved and not reason.strip():
        raise ActionRefused(NEEDS_A_REASON)


def _changes(stored: Activity, facts: ActivityFacts) -> list[str]:
    """What differs, each with what stood there before."""
    labels = {field.name: field.verbose_name for field in Activity._meta.fields}
    changes = [
        f"{labels[name]} (เดิม: {display_value(stored, name)})"
        for name, value in facts.fields.items()
        if getattr(stored, name) != value
    ]
    if set(stored.target_schools.all()) != set(facts.schools):
        changes.append(f"โรงเรียนเป้าหมาย (เดิม: {stored.target_schools.count()} โรงเรียน)")
    if set(stored.team.all()) != set(facts.team):
        changes.append(f"ผู้ร่วมดำเนินการ (เดิม: {_names(stored.team.all())})")
    if _stored_indicators(stored) != list(facts.indicators):
        changes.append(f"ตัวชี้วัด (เดิม: {_names(stored.indicators.all())})")
    return changes


def _names(rows: Iterable[object]) -> str:
    return " · ".join(map(str, rows)) or "ว่าง"


def _stored_indicators(activity: Activity) -> list[IndicatorFacts]:
    return [
        IndicatorFacts(ActivityIndicatorKind(one.kind), one.text, one.target)
        for one in activity.indicators.all()
    ]


def _set_relations(activity: Activity, facts: ActivityFacts) -> None:
    activity.target_schools.set(facts.schools)
    activity.team.set(facts.team)
    if _stored_indicators(activity) == list(facts.indicators):
        return
    activity.indicators.all().delete()
    ActivityIndicator.objects.bulk_create(
        ActivityIndicator(
            activity=activity, position=place, kind=one.kind, text=one.text, target=one.target
        )
        for place, one in enumerate(facts.indicators, start=1)
    )


# --- While it goes on ---


def begin_activity(activity: Activity, *, by: User) -> None:
    """Begin what was planned. Raises ActionRefused before the plan is approved."""
    check_plan_is_approved(activity.plan)
    transition(activity, ActivityAction.BEGIN, by=by)


@transaction.atomic
def record_activity_progress(
    activity: Activity, *, by: User, noted_on: date, percent: int, text: str
) -> None:
    """Note how far it is, which begins it if nobody has. `percent` is 0–100."""
    check_plan_is_approved(activity.plan)
    transition(activity, ActivityAction.RECORD, by=by)
    ActivityProgress.objects.create(
        activity=activity,
        noted_on=noted_on,
        percent=percent,
        text=text.strip(),
        by=by,
        at=timezone.now(),
    )


@transaction.atomic
def finish_activity(
    activity: Activity, *, by: User, indicators: Iterable[ActivityIndicatorResult], **results: Any
) -> None:
    """Record what came of it. `results` are the RESULT_FIELDS; budgets are in baht.

    Raises ActionRefused before the plan is approved, and once it is over.
    """
    check_plan_is_approved(activity.plan)
    _check_result(results)
    transition(activity, ActivityAction.FINISH, by=by, finished_at=timezone.now(), **results)
    _record_indicator_results(activity, indicators)


@transaction.atomic
def correct_activity_result(
    activity: Activity,
    *,
    by: User,
    reason: str,
    indicators: Iterable[ActivityIndicatorResult],
    **results: Any,
) -> None:
    """Put a recorded result right, with the reason; the log keeps the amount of before."""
    _check_result(results)
    before = _spent_before(activity.budget_spent, results["budget_spent"])
    said = f"{reason.strip()}{before}" if reason.strip() else ""
    transition(activity, ActivityAction.CORRECT_RESULT, by=by, reason=said, **results)
    _record_indicator_results(activity, indicators)


def _check_result(results: Mapping[str, Any]) -> None:
    if not results["result"].strip():
        raise ActionRefused("โปรดระบุผลการดำเนินการ")


def _spent_before(before: Decimal | None, after: Decimal | None) -> str:
    if before == after or before is None:
        return ""
    return f" (งบประมาณที่ใช้ เดิม: {baht_text(before)} บาท)"


def _record_indicator_results(activity: Activity, found: Iterable[ActivityIndicatorResult]) -> None:
    rows = {row.pk: row for row in activity.indicators.all()}
    for one in found:
        row = rows[one.indicator]
        row.result, row.is_achieved = one.result, one.is_achieved
    ActivityIndicator.objects.bulk_update(rows.values(), ["result", "is_achieved"])


def cancel_activity(activity: Activity, *, by: User, reason: str) -> None:
    """Call the activity off, with the reason; it stays in the plan as such."""
    check_plan_is_not_proposed(activity.plan)
    transition(activity, ActivityAction.CANCEL, by=by, reason=reason)


# --- Evidence ---


def add_activity_evidence(
    activity: Activity, *, by: User, caption: str, file: SanitizedFile, has_consent: bool
) -> ActivityEvidence:
    """Keep a file that shows what was done. Raises ActionRefused once it was called off."""
    if activity.state == ActivityState.CANCELLED:
        raise ActionRefused(CANCELLED_TAKES_NO_FILES)
    evidence = ActivityEvidence(
        activity=activity,
        caption=caption.strip(),
        file_name=file.name,
        has_consent=has_consent and file.small is not None,
        by=by,
        at=timezone.now(),
    )
    with delete_files_on_rollback(evidence.file):
        evidence.file.save(f"evidence{file.suffix}", file.content, save=False)
        evidence.save()
    return evidence


@transaction.atomic
def remove_activity_evidence(evidence: ActivityEvidence, *, by: User, reason: str) -> None:
    """Take a file away for good, with the reason; the activity's history keeps its caption."""
    activity, file = evidence.activity, evidence.file
    action = update_action(activity) if activity.is_open else ActivityAction.CORRECT_RESULT
    ensure_allowed(activity, action)
    said = f"{reason.strip()} (นำหลักฐานออก: {evidence.caption})" if reason.strip() else ""
    if not said:
        raise ActionRefused("โปรดระบุเหตุผลก่อนดำเนินการ")
    transition(activity, action, by=by, reason=said)
    evidence.delete()
    transaction.on_commit(partial(file.storage.delete, str(file.name)))

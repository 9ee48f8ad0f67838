"""What happens to sets of criteria: drafted, changed, put before ก.ต.ป.น., endorsed, retired."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from schools.core.errors import (
    RECORD_DELETED,
    ActionRefused,
    deleted_record_as_refusal,
    unique_violation_as_refusal,
)
from schools.models import User
from supervision.committees.meeting_field import check_meeting_decides
from supervision.committees.models import Meeting
from supervision.criteria.content import Content, content_of, replace_content
from supervision.criteria.enums import IndicatorSetAction, SetState
from supervision.criteria.models import Indicator, IndicatorSet, Rubric, Scale, Standard
from supervision.criteria.queries import indicator_set_missing_to_submit
from supervision.workflow.actions import start, transition


def check_set_is_draft(indicator_set: IndicatorSet) -> None:
    """Raises ActionRefused unless the set may still be changed."""
    if indicator_set.state == SetState.IN_REVIEW:
        raise ActionRefused("ชุดนี้เสนอ ก.ต.ป.น. แล้ว จึงแก้ไขไม่ได้ หากต้องแก้ไข โปรดขอให้ ก.ต.ป.น. ส่งกลับก่อน")
    if indicator_set.state != SetState.DRAFT:
        raise ActionRefused("ชุดนี้ ก.ต.ป.น. เห็นชอบแล้ว จึงแก้ไขไม่ได้ หากต้องปรับปรุง โปรดจัดทำฉบับใหม่")


def lock_set_draft(indicator_set: IndicatorSet) -> None:
    """Lock the set until the transaction ends; whoever changes anything in it takes turns.

    Raises ActionRefused once it is deleted, or no draft any more.
    """
    with deleted_record_as_refusal():
        indicator_set.refresh_from_db(from_queryset=IndicatorSet.objects.select_for_update())
    check_set_is_draft(indicator_set)


def lock_draft_of_part(part: Standard | Indicator) -> None:
    """Lock the set of this standard or indicator. Raises ActionRefused once any is deleted."""
    standard = part.standard if isinstance(part, Indicator) else part
    lock_set_draft(standard.indicator_set)
    for row in (standard, part):
        if row.pk and not type(row)._base_manager.filter(pk=row.pk).exists():
            raise ActionRefused(RECORD_DELETED)


# --- Whole sets ---


@transaction.atomic
def create_set_draft(
    indicator_set: IndicatorSet,
    *,
    by: User,
    action: IndicatorSetAction = IndicatorSetAction.DRAFT,
    content: Content = (),
) -> IndicatorSet:
    """Begin a draft of a name that no set has yet, empty unless `content` is given."""
    with unique_violation_as_refusal(_taken(indicator_set)):
        start(indicator_set, action, by=by)
    replace_content(indicator_set, content)
    return indicator_set


def _taken(indicator_set: IndicatorSet) -> str:
    return f"มีชุด “{indicator_set.name}” แล้ว โปรดใช้ชื่ออื่น หรือจัดทำฉบับใหม่จากชุดนั้น"


def copy_indicator_set(
    source: IndicatorSet, *, by: User, name: str, provenance: str
) -> IndicatorSet:
    """Begin a set of another name with all that this one has."""
    new = IndicatorSet(
        name=name,
        level=source.level,
        use=source.use,
        scale=source.scale,
        provenance=provenance,
        is_sample=source.is_sample,
        is_borrowed=True,
    )
    return create_set_draft(new, by=by, action=IndicatorSetAction.COPY, content=content_of(source))


@transaction.atomic
def revise_indicator_set(source: IndicatorSet, *, by: User) -> IndicatorSet:
    """Begin the next version of an endorsed set; rounds that use this one keep it."""
    with deleted_record_as_refusal():
        source.refresh_from_db(from_queryset=IndicatorSet.objects.select_for_update())
    check_set_can_be_revised(source)
    versions = IndicatorSet.objects.filter(name=source.name)
    new = IndicatorSet(
        **source.revision_copies(),
        version=versions.aggregate(last=Max("version"))["last"] + 1,
        previous=source,
        is_borrowed=True,
    )
    start(new, IndicatorSetAction.REVISE, by=by)
    replace_content(new, content_of(source))
    return new


def check_set_can_be_revised(source: IndicatorSet) -> None:
    """A version is followed by one other, and only once it was endorsed."""
    if not source.is_endorsed:
        raise ActionRefused("ชุดนี้ยังไม่ได้รับความเห็นชอบ จึงยังไม่ต้องจัดทำฉบับใหม่ โปรดแก้ไขร่างนี้")
    following = IndicatorSet.objects.filter(previous=source).first()
    if following:
        raise ActionRefused(f"มี{following} ต่อจากฉบับนี้แล้ว โปรดปรับปรุงที่ฉบับนั้น")


@transaction.atomic
def update_set_draft(indicator_set: IndicatorSet, *, facts: Mapping[str, Any]) -> None:
    """Change what a draft is called and judged by; rubric texts go along to the new scale."""
    lock_set_draft(indicator_set)
    before = indicator_set.scale
    for name, value in facts.items():
        setattr(indicator_set, name, value)
    with unique_violation_as_refusal(_taken(indicator_set)):
        indicator_set.save(update_fields=[*facts])
    if indicator_set.scale != before:
        _carry_rubrics(indicator_set, before)


def _carry_rubrics(indicator_set: IndicatorSet, before: Scale) -> None:
    levels = {level.value: level for level in indicator_set.scale.levels.all()}
    rubrics = Rubric.objects.filter(indicator__standard__indicator_set=indicator_set)
    moved = list(rubrics.select_related("level"))
    lost = sorted({rubric.level.value for rubric in moved} - levels.keys())
    if lost:
        raise ActionRefused(
            f"เปลี่ยนมาตราส่วนไม่ได้ เพราะมีคำอธิบายของระดับ {', '.join(map(str, lost))} "
            f"ซึ่งไม่มีใน{indicator_set.scale} โปรดลบคำอธิบายระดับนั้นก่อน หรือใช้{before}ต่อไป"
        )
    for rubric in moved:
        rubric.level = levels[rubric.level.value]
    Rubric.objects.bulk_update(moved, ["level"])


@transaction.atomic
def replace_set_content(
    indicator_set: IndicatorSet, *, by: User, facts: Mapping[str, Any], content: Content
) -> None:
    """Put the content of a table in the place of all that the draft has, and log it."""
    lock_set_draft(indicator_set)
    indicator_set.standards.all().delete()
    transition(indicator_set, IndicatorSetAction.IMPORT, by=by, **facts)
    replace_content(indicator_set, content)


def remove_sample_flag(
    indicator_set: IndicatorSet, *, by: User, verb: IndicatorSetAction, provenance: str
) -> None:
    """Take the sample mark off a draft: its items were checked, or are the office's own now."""
    check_set_is_sample(indicator_set)
    transition(indicator_set, verb, by=by, is_sample=False, provenance=provenance)


def check_set_is_sample(indicator_set: IndicatorSet) -> None:
    """Raises ActionRefused unless the set is a draft that still bears the sample mark."""
    check_set_is_draft(indicator_set)
    if not indicator_set.is_sample:
        raise ActionRefused("ชุดนี้ไม่มีเครื่องหมายตัวอย่างแล้ว")


@transaction.atomic
def delete_set_draft(indicator_set: IndicatorSet, *, by: User) -> None:
    """Throw a draft away; no round has ever used it. The log goes on naming who did it."""
    lock_set_draft(indicator_set)
    transition(indicator_set, IndicatorSetAction.DISCARD, by=by, reason=str(indicator_set))
    indicator_set.delete()


# --- Standards ---


@transaction.atomic
def save_standard(standard: Standard, *, facts: Mapping[str, Any]) -> None:
    """Add a standard to a draft, or change one."""
    lock_draft_of_part(standard)
    for name, value in facts.items():
        setattr(standard, name, value)
    others = standard.indicator_set.standards.exclude(pk=standard.pk)
    if others.filter(number=standard.number).exists():
        raise ActionRefused(f"มีมาตรฐานที่ {standard.number} แล้ว โปรดใช้เลขอื่น")
    standard.save()


@transaction.atomic
def delete_standard(standard: Standard) -> None:
    """Take a standard out of a draft, with all its indicators."""
    lock_draft_of_part(standard)
    standard.delete()


@transaction.atomic
def move_standard(standard: Standard, *, up: bool) -> None:
    """Exchange its number with that of the standard before or after; at the end nothing moves."""
    lock_draft_of_part(standard)
    others = standard.indicator_set.standards.order_by("number")
    before, after = (
        others.filter(number__lt=standard.number),
        others.filter(number__gt=standard.number),
    )
    other = before.last() if up else after.first()
    if other is None:
        return
    # No standard has the number 0: it keeps the place while the two change theirs.
    for row, number in ((standard, 0), (other, standard.number), (standard, other.number)):
        Standard.objects.filter(pk=row.pk).update(number=number)


# --- Indicators ---


@transaction.atomic
def save_indicator(indicator: Indicator, *, facts: Mapping[str, Any]) -> None:
    """Add an indicator at the end of its standard, or change one."""
    lock_draft_of_part(indicator)
    for name, value in facts.items():
        setattr(indicator, name, value)
    check_indicator_code(indicator)
    if indicator.pk is None:
        last = indicator.standard.indicators.aggregate(last=Max("position"))["last"]
        indicator.position = (last or 0) + 1
    indicator.save()


def check_indicator_code(indicator: Indicator) -> None:
    """A code is said without its standard, so the whole set has it once."""
    others = Indicator.objects.filter(
        standard__indicator_set=indicator.standard.indicator_set, code=indicator.code
    )
    if other := others.exclude(pk=indicator.pk).first():
        raise ActionRefused(f"มีตัวชี้วัดเลขที่ {other} ในชุดนี้แล้ว โปรดใช้เลขที่อื่น")


@transaction.atomic
def save_rubrics(indicator: Indicator, *, texts: Mapping[int, str]) -> None:
    """Say what each level means for this indicator, by the level's value; empty takes it away."""
    lock_draft_of_part(indicator)
    indicator.rubrics.all().delete()
    levels = indicator.standard.indicator_set.scale.levels.all()
    Rubric.objects.bulk_create(
        Rubric(indicator=indicator, level=level, text=texts[level.value])
        for level in levels
        if texts.get(level.value)
    )


@transaction.atomic
def delete_indicator(indicator: Indicator) -> None:
    """Take an indicator out of a draft, with what its levels mean."""
    lock_draft_of_part(indicator)
    indicator.delete()


@transaction.atomic
def move_indicator(indicator: Indicator, *, up: bool) -> None:
    """One place up or down in its standard; at the end nothing moves."""
    lock_draft_of_part(indicator)
    rows = list(indicator.standard.indicators.all())
    at = next(at for at, row in enumerate(rows) if row.pk == indicator.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(rows):
        rows[at], rows[to] = rows[to], rows[at]
    for position, row in enumerate(rows, start=1):
        row.position = position
    Indicator.objects.bulk_update(rows, ["position"])


@transaction.atomic
def submit_indicator_set(indicator_set: IndicatorSet, *, by: User) -> None:
    """Put a drafted set before ก.ต.ป.น. Raises ActionRefused naming what it still lacks."""
    Scale.objects.select_for_update().get(pk=indicator_set.scale_id)  # frozen from here on
    transition(indicator_set, IndicatorSetAction.SUBMIT, by=by)
    check_indicator_set_complete(indicator_set)


def check_indicator_set_complete(indicator_set: IndicatorSet) -> None:
    """Raises ActionRefused naming what a set still lacks before ก.ต.ป.น. may be asked."""
    missing = indicator_set_missing_to_submit(indicator_set)
    if missing:
        raise ActionRefused("ยังเสนอ ก.ต.ป.น. ไม่ได้ โปรดทำให้ครบ", missing=missing)


def return_indicator_set_for_correction(
    indicator_set: IndicatorSet, *, by: User, reason: str
) -> None:
    """ก.ต.ป.น. gives a set back to the unit, saying what is to be put right."""
    transition(indicator_set, IndicatorSetAction.RETURN, by=by, reason=reason)


def endorse_indicator_set(indicator_set: IndicatorSet, *, by: User, meeting: Meeting) -> None:
    """Record the endorsement of ก.ต.ป.น. in a meeting; from here on the set is frozen (step 2).

    Raises ActionRefused while the meeting is not held.
    """
    check_meeting_decides(meeting)
    transition(
        indicator_set,
        IndicatorSetAction.ENDORSE,
        by=by,
        meeting=meeting,
        endorsed_by=by,
        endorsed_at=timezone.now(),
    )


def retire_indicator_set(indicator_set: IndicatorSet, *, by: User) -> None:
    """Take an approved set out of choice; rounds that use it keep it."""
    transition(indicator_set, IndicatorSetAction.RETIRE, by=by)

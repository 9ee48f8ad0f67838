"""What the office does with the crosswalk: one line, many lines at once, proposals."""

from collections.abc import Collection, Iterable, Sequence

from django.db import transaction
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from schools.core.errors import ActionRefused, unique_violation_as_refusal
from schools.core.history import save_with_history
from schools.models import Area, User
from supervision.criteria.models import Indicator, level_prefix
from supervision.criteria.queries import indicator_key
from supervision.profiles.models import EducationStandard
from supervision.quality_drive.crosswalk.lines import (
    crosswalk_lines_by_key,
    load_crosswalk,
    newest_indicators_in_use,
)
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import CrosswalkLine

LONGEST_REASON = 100


@transaction.atomic
def save_crosswalk_line(
    indicator: Indicator,
    *,
    by: User,
    dimension_code: str,
    education_standards: Collection[EducationStandard],
    note: str = "",
) -> CrosswalkLine:
    """Say what one indicator answers; who says it has looked at it, so it is no sample any more.

    What holds for other versions of its set stays with those until this one has a line of its own.
    """
    line = CrosswalkLine.objects.filter(indicator=indicator).first()
    line = line or CrosswalkLine(indicator=indicator)
    line.dimension_code, line.note, line.is_sample = dimension_code, note.strip(), False
    with unique_violation_as_refusal("มีผู้บันทึกตัวชี้วัดนี้พร้อมกัน โปรดเปิดหน้านี้ใหม่แล้วตรวจสอบอีกครั้ง"):
        save_with_history(line, by=by, reason=_standards_in_words(education_standards))
    line.education_standards.set(education_standards)
    return line


def _standards_in_words(standards: Iterable[EducationStandard]) -> str:
    """For the history, which names no rows: ตอบ มาตรฐานที่ 1, ปฐมวัย มาตรฐานที่ 2."""
    words = [f"{level_prefix(one.level)} มาตรฐานที่ {one.number}".strip() for one in standards]
    return f"ตอบ {', '.join(words)}"[:LONGEST_REASON] if words else "ไม่ตอบมาตรฐานใด"


@transaction.atomic
def set_crosswalk_dimension(
    indicators: Sequence[Indicator], *, by: User, dimension_code: DimensionCode
) -> int:
    """Say of many indicators that they answer one dimension; what else they answer stays.

    Returns how many lines that changed. Raises ActionRefused where none was chosen.
    """
    if not indicators:
        raise ActionRefused("ยังไม่ได้เลือกตัวชี้วัด โปรดเลือกอย่างน้อย 1 ข้อ")
    _lock_crosswalk()
    stored = _lines_to_change(indicators, by=by)
    changed = [line for line in stored if line.dimension_code != dimension_code or line.is_sample]
    for line in changed:
        line.dimension_code, line.is_sample = dimension_code, False
    fields = ["dimension_code", "is_sample"]
    if changed:
        bulk_update_with_history(changed, CrosswalkLine, fields, default_user=by)
    return len(changed)


def _lock_crosswalk() -> None:
    """Two people make a line once: the second one waits, and finds it."""
    Area.objects.select_for_update(no_key=True).first()


def _lines_to_change(indicators: Sequence[Indicator], *, by: User) -> list[CrosswalkLine]:
    """A line for each of these indicators; a new one starts with what an older version answers."""
    own = _stored_lines(indicators)
    without = [one for one in indicators if one.pk not in own]
    return [*own.values(), *_start_lines(without, by=by)]


def _stored_lines(indicators: Sequence[Indicator]) -> dict[int, CrosswalkLine]:
    rows = CrosswalkLine.objects.filter(indicator__in=indicators)
    return {line.indicator_id: line for line in rows}


def _start_lines(indicators: Sequence[Indicator], *, by: User) -> list[CrosswalkLine]:
    if not indicators:
        return []
    older = crosswalk_lines_by_key()
    lines = []
    for one in indicators:
        before = older.get(indicator_key(one))
        code, note = (before.dimension_code, before.note) if before else ("", "")
        lines.append(CrosswalkLine(indicator=one, dimension_code=code, note=note))
    bulk_create_with_history(lines, CrosswalkLine, default_user=by)
    saved = _stored_lines(indicators)
    earlier = {
        before.pk: saved[one.pk] for one in indicators if (before := older.get(indicator_key(one)))
    }
    through = CrosswalkLine.education_standards.through
    rows = through.objects.filter(crosswalkline__in=earlier)
    pairs = rows.values_list("crosswalkline", "educationstandard")
    _answer_standards([(earlier[line], standard) for line, standard in pairs])
    return list(saved.values())


def _answer_standards(answers: Iterable[tuple[CrosswalkLine, int]]) -> None:
    """Say of new lines which standards (pks) they answer."""
    through = CrosswalkLine.education_standards.through
    through.objects.bulk_create(
        through(crosswalkline=line, educationstandard_id=standard) for line, standard in answers
    )


@transaction.atomic
def propose_crosswalk(*, by: User | None, academic_year: int) -> int:
    """Propose which standard of the announcement in force each indicator in use answers.

    Sets that are the announcement's own: level, number and name of the standard agree. Only
    indicators of which nobody has said anything get a line, marked as a sample until somebody
    has looked. Returns how many.
    """
    _lock_crosswalk()
    crosswalk = load_crosswalk(academic_year, 0)
    proposals = {
        one: standard
        for one in newest_indicators_in_use()
        if crosswalk.answers(one).line is None
        and (standard := _same_standard(one, crosswalk.standards))
    }
    lines = [CrosswalkLine(indicator=one, is_sample=True) for one in proposals]
    bulk_create_with_history(
        lines, CrosswalkLine, default_user=by, default_change_reason="ระบบเสนอตามโครงสร้างของชุด"
    )
    saved = _stored_lines(list(proposals))
    _answer_standards([(saved[one.pk], standard.pk) for one, standard in proposals.items()])
    return len(proposals)


def _same_standard(
    indicator: Indicator, standards: Iterable[EducationStandard]
) -> EducationStandard | None:
    """The standard of the announcement that the indicator's own standard is."""
    own = indicator.standard
    key = own.indicator_set.level, own.number, own.name
    return next((one for one in standards if (one.level, one.number, one.name) == key), None)

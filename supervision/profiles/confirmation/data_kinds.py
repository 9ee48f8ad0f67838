"""Who keeps each kind of data of a school, how often it changes, and who answers what is wrong.

Assumed: the manual wants the data of step 1 "ถูกต้องเป็นปัจจุบัน" and does not say who keeps which
of them, or how often. Pupils and teachers are counted as of 10 มิ.ย., as DMC does.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

from schools.access import Permission
from supervision.profiles.confirmation.enums import DataKind


class DataKeeper(models.TextChoices):
    """Who puts a kind of data right."""

    SCHOOL = "school", "โรงเรียน"
    CLERK = "clerk", "งานธุรการของสำนักงานเขตพื้นที่"
    SUPERVISOR = "supervisor", "ศึกษานิเทศก์"


class DataRhythm(models.TextChoices):
    """How often a kind of data is to be renewed."""

    YEARLY_COUNT = "yearly_count", "ทุกปีการศึกษา ข้อมูล ณ วันที่ 10 มิ.ย."
    AFTER_YEAR = "after_year", "ทุกปีการศึกษา หลังสิ้นปี"
    YEARLY_CHECK = "yearly_check", "ตรวจสอบอย่างน้อยปีละครั้ง"
    WHEN_CHANGED = "when_changed", "เมื่อมีการเปลี่ยนแปลง"


@dataclass(frozen=True)
class DataKindRule:
    """Who keeps a kind, its rhythm, and the permission with which an issue of it is answered."""

    keeper: DataKeeper
    rhythm: DataRhythm
    answered_with: Permission


_BY_CLERK = (DataKeeper.CLERK, Permission.EDIT_REGISTRY)
_BY_SCHOOL = (DataKeeper.SCHOOL, Permission.ANSWER_NEEDS)


def _rule(keeper: tuple[DataKeeper, Permission], rhythm: DataRhythm) -> DataKindRule:
    return DataKindRule(keeper[0], rhythm, keeper[1])


DATA_KIND_RULES: Mapping[DataKind, DataKindRule] = {
    DataKind.CONTACTS: _rule(_BY_CLERK, DataRhythm.WHEN_CHANGED),
    DataKind.PUPILS: _rule(_BY_CLERK, DataRhythm.YEARLY_COUNT),
    DataKind.STAFF: _rule(_BY_CLERK, DataRhythm.YEARLY_COUNT),
    DataKind.LEARNING: _rule(
        (DataKeeper.CLERK, Permission.EDIT_LEARNING_RESULTS), DataRhythm.AFTER_YEAR
    ),
    DataKind.SCHOOL_RESULTS: _rule(_BY_SCHOOL, DataRhythm.AFTER_YEAR),
    DataKind.ANNUAL_REPORT: _rule(_BY_SCHOOL, DataRhythm.AFTER_YEAR),
    # Who checks what a school hands in for step 1 has what came from outside as well.
    DataKind.EXTERNAL: _rule(
        (DataKeeper.SUPERVISOR, Permission.RETURN_NEEDS), DataRhythm.WHEN_CHANGED
    ),
    DataKind.CIRCUMSTANCES: _rule(_BY_SCHOOL, DataRhythm.YEARLY_CHECK),
}


def is_kept_by_school(kind: DataKind | str) -> bool:
    """Whether the school itself puts it right, so that there is nobody to report it to."""
    return DATA_KIND_RULES[DataKind(kind)].keeper == DataKeeper.SCHOOL


def kinds_answered_with(permission: Permission) -> list[DataKind]:
    """The kinds whose issues somebody with this permission answers."""
    return [
        kind
        for kind, rule in DATA_KIND_RULES.items()
        if rule.answered_with == permission and rule.keeper != DataKeeper.SCHOOL
    ]

"""Who may read the registry, which school or office a page is about, and who changed it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from schools.access import Permission, can, require, rights_of
from schools.core.history import display_value
from schools.core.querysets import SchoolQuerySet
from schools.enums import Role
from schools.models import Appointment, Area, Cluster, School, User

REGISTRY_CHANGES_SHOWN = 20
REGISTRY_HISTORY_ROWS_READ = 200
REGISTRY_HISTORY_LABELS = {"+": "เพิ่ม", "~": "แก้ไข", "-": "ลบ"}
REGISTRY_READER_PERMISSIONS = (Permission.VIEW_SCHOOL, Permission.EDIT_REGISTRY)


def require_registry_reader(user: User) -> None:
    """Raises PermissionDenied (403) for who neither sees a school nor keeps the registry."""
    if not any(map(rights_of(user).allows_anywhere, REGISTRY_READER_PERMISSIONS)):
        raise PermissionDenied


def registry_readable_schools(user: User) -> SchoolQuerySet:
    """Schools whose registry card the person may read: those they see; all for the registrar."""
    if can(user, Permission.EDIT_REGISTRY):
        return School.objects.all()
    return School.objects.visible_to(user)


def get_school_for_edit(user: User, pk: int, *, locked: bool = False) -> School:
    """The school for the registrar who changes it; locked from the comparison until it is saved.

    Raises Http404 for a school whose card the person may not read, PermissionDenied for one
    that they may read but not change.
    """
    schools = registry_readable_schools(user)
    school = get_object_or_404(schools.select_for_update() if locked else schools, pk=pk)
    require(user, Permission.EDIT_REGISTRY)
    return school


def get_area(*, locked: bool = False) -> Area:
    """The one area office of this portal; locked by who saves what is compared with all schools."""
    area = (Area.objects.select_for_update() if locked else Area.objects).first()
    if area is None:
        raise Http404("load_manual has not been run")
    return area


def lock_area(area: Area) -> None:
    """Lock the office: who saves what must not clash with any school or term waits their turn."""
    Area.objects.select_for_update().get(pk=area.pk)


def keys_of_schools_with_director(schools: SchoolQuerySet, day: date) -> set[int]:
    """The keys of those of the schools that have a director on that day, acting or not."""
    held = Appointment.objects.in_force(day).filter(role=Role.SCHOOL_DIRECTOR, school__in=schools)
    return {key for key in held.values_list("school", flat=True) if key}


# --- Who changed what ---


@dataclass(frozen=True)
class RegistryChange:
    """One saved change of a row of the registry, as components/history.html shows it."""

    what: str
    who: str
    when: datetime
    reason: str


def registry_changes(row: School | Cluster | Area) -> list[RegistryChange]:
    """The newest changes first; the oldest line is its entry in the register."""
    keys = [field.name for field in row._meta.fields if field.is_relation]
    records = list(row.history.select_related("history_user", *keys)[: REGISTRY_CHANGES_SHOWN + 1])
    changes = [_difference(new, old) for new, old in pairwise(records)]
    if len(records) <= REGISTRY_CHANGES_SHOWN:
        changes += [_change(first, "เพิ่มในทะเบียน") for first in records[-1:]]
    return changes


def _difference(new: Any, old: Any) -> RegistryChange:
    changed = new.diff_against(old, excluded_fields=["sort_key"]).changed_fields
    labels = {name: new.instance_type._meta.get_field(name).verbose_name for name in changed}
    lines = [
        f"{labels[name]}: {display_value(old, name)} → {display_value(new, name)}"
        for name in changed
    ]
    what = f"แก้ไข{' '.join(labels.values())}" if labels else "บันทึกโดยไม่เปลี่ยนข้อมูล"
    return _change(new, what, *lines)


def _change(record: Any, what: str, *lines: str) -> RegistryChange:
    who = str(record.history_user or "ระบบ")
    why = "\n".join(filter(None, [*lines, record.history_change_reason]))
    return RegistryChange(what, who, record.history_date, why)


def registry_changes_among(
    records: QuerySet, *facts: str, called: Callable[[Any], str]
) -> list[RegistryChange]:
    """The newest changes of several rows, each row by what it is `called`; a removal too."""
    before: dict[int, Any] = {}
    found = []
    for record in reversed(
        list(records.select_related("history_user")[:REGISTRY_HISTORY_ROWS_READ])
    ):
        old, before[record.id] = before.get(record.id), record
        lines = _fact_changes(record, old, facts)
        if lines or record.history_type == "-":
            found.append(
                _change(
                    record,
                    f"{REGISTRY_HISTORY_LABELS[record.history_type]}{called(record)}",
                    *lines,
                )
            )
    return found[::-1][:REGISTRY_CHANGES_SHOWN]


def _fact_changes(record: Any, old: Any, facts: Sequence[str]) -> list[str]:
    """What the facts came to, and from what; of an older row the first change knows no before."""
    lines = []
    for name in facts:
        label, now = (
            record.instance_type._meta.get_field(name).verbose_name,
            display_value(record, name),
        )
        if old is None:
            lines.append(f"{label}: {now}")
        elif display_value(old, name) != now:
            lines.append(f"{label}: {display_value(old, name)} → {now}")
    return lines

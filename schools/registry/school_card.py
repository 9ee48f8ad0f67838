"""A school's registry card: everything the office knows of it, and what looks wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.http import SignedInRequest
from schools.core.thai import short_date
from schools.models import Appointment, ClusterMembership, School, SizeScheme, YearlyCount
from schools.registry.counts import GradeLine, count_warnings, grade_lines, yearly_counts_of
from schools.registry.queries import RegistryChange, registry_changes, registry_readable_schools
from schools.school_sizes import confirmed_size_scheme

YEARS_SHOWN = 5


@dataclass(frozen=True)
class SchoolCard:
    """What the page of one school in the register shows beside the school's own facts."""

    memberships: Sequence[ClusterMembership]
    appointments: Sequence[Appointment]
    merged_from: Sequence[School]
    counts: Sequence[YearlyCount]
    scheme: SizeScheme | None
    warnings: Sequence[str]

    @property
    def counted(self) -> YearlyCount | None:
        """The newest count with pupils: what the size is reckoned from."""
        return next((count for count in self.counts if count.grades.all()), None)

    @property
    def size(self) -> str:
        if self.scheme is None or self.counted is None:
            return ""
        return self.scheme.size_of(self.counted.pupils)

    @property
    def years(self) -> Sequence[YearlyCount]:
        return self.counts[:YEARS_SHOWN]

    @property
    def lines(self) -> list[GradeLine]:
        return grade_lines(self.years)


def load_school_card(school: School, today: date) -> SchoolCard:
    counts = yearly_counts_of(school)
    return SchoolCard(
        memberships=list(school.memberships.select_related("cluster")),
        appointments=list(school.appointments.in_force(today).select_related("user")),
        merged_from=list(school.merged_from.order_by("closed_on")),
        counts=counts,
        scheme=confirmed_size_scheme(),
        warnings=[*school_code_warnings(school), *count_warnings(counts)],
    )


def school_code_warnings(school: School) -> Iterator[str]:
    """A code of another area is possible, so it is shown and never refused."""
    code, of_area = school.obec_code, school.area.code
    if of_area and code and not code.startswith(of_area):
        yield f"รหัสโรงเรียน {code} ไม่ขึ้นต้นด้วยรหัสเขตพื้นที่ {of_area} โปรดตรวจกับทะเบียนของ สพฐ."


MEMBERSHIP_CHANGE_LABELS = {"+": "เข้ากลุ่มโรงเรียน", "~": "แก้ไขวันที่สังกัดกลุ่ม", "-": "ยกเลิกการสังกัดกลุ่ม"}


def school_history(school: School) -> list[RegistryChange]:
    """Who changed the school's facts or its clusters; the newest first."""
    rows = ClusterMembership.history.filter(school=school.pk)
    moves = map(_membership_change, rows.select_related("cluster", "history_user"))
    return sorted([*registry_changes(school), *moves], key=lambda change: change.when, reverse=True)


def _membership_change(row: Any) -> RegistryChange:
    until = f" ถึง {short_date(row.ends_on)}" if row.ends_on else ""
    span = f"{row.cluster} ตั้งแต่ {short_date(row.starts_on)}{until}"
    return RegistryChange(
        MEMBERSHIP_CHANGE_LABELS[row.history_type],
        str(row.history_user or "ระบบ"),
        row.history_date,
        span,
    )


def school_card(request: SignedInRequest, pk: int) -> HttpResponse:
    """Everything the register knows of one school."""
    today, can_edit_registry = timezone.localdate(), can(request.user, Permission.EDIT_REGISTRY)
    schools = registry_readable_schools(request.user).with_cluster(today)
    school = get_object_or_404(schools.select_related("area", "merged_into"), pk=pk)
    context = {
        "school": school,
        "card": load_school_card(school, today),
        "is_open": school.is_open_on(today),
        "status": school.status_on(today),
        "can_edit_registry": can_edit_registry,
        "can_view_rounds": can(request.user, Permission.VIEW_SCHOOL, school.pk),
        "changes": school_history(school) if can_edit_registry else [],
    }
    return render(request, "schools/registry/school_card.html", context)

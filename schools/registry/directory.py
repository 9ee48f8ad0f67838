"""The directory of schools: what it lists, as the filters ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.forms import PortalForm, form_field
from schools.core.http import SignedInRequest
from schools.core.querysets import SchoolQuerySet
from schools.core.thai import academic_year, arabic_digits, search_key
from schools.enums import Grade, Internet
from schools.models import ClusterMembership, School, SizeScheme
from schools.registry.queries import (
    keys_of_schools_with_director,
    registry_readable_schools,
    require_registry_reader,
)
from schools.school_sizes import PupilCount, confirmed_size_scheme, latest_counts, school_size

SCHOOLS_PER_PAGE = 50


class SchoolStatusFilter(models.TextChoices):
    """Which schools the directory lists: those that teach, unless asked otherwise."""

    OPEN = "open", "เปิดสอน"
    CLOSED = "closed", "เลิก"
    MERGED = "merged", "รวมกับโรงเรียนอื่น"
    ALL = "all", "ทั้งหมด"


class SchoolLevel(models.TextChoices):
    """The levels by which an office sorts its schools."""

    KINDERGARTEN = "kindergarten", "ปฐมวัย"
    PRIMARY = "primary", "ประถมศึกษา"
    SECONDARY = "secondary", "มัธยมศึกษาตอนต้น"


class RegistryGap(models.TextChoices):
    """What the register may not know yet of a school."""

    CODE = "code", "รหัสโรงเรียน 8 หลัก"
    CLUSTER = "cluster", "กลุ่มโรงเรียน"
    DISTRICT = "district", "อำเภอ"
    GRADES = "grades", "ชั้นที่เปิดสอน"
    POSITION = "position", "พิกัด"
    INTERNET = "internet", "อินเทอร์เน็ต"
    PUPILS = "pupils", "จำนวนนักเรียนปีนี้"
    DIRECTOR = "director", "ผู้อำนวยการโรงเรียน"


GRADES_BY_LEVEL = {
    SchoolLevel.KINDERGARTEN: (Grade.K1, Grade.K3),
    SchoolLevel.PRIMARY: (Grade.P1, Grade.P6),
    SchoolLevel.SECONDARY: (Grade.M1, Grade.M3),
}


class DirectoryFilterForm(PortalForm):
    """What the directory shows; a value nobody offered is named as an error and left out."""

    q = forms.CharField(
        label="ชื่อหรือรหัสโรงเรียน",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    cluster = forms.ChoiceField(label="กลุ่มโรงเรียน", required=False)
    district = forms.ChoiceField(label="อำเภอ", required=False)
    size = forms.ChoiceField(label="ขนาด", required=False)
    level = forms.ChoiceField(
        label="ระดับที่เปิดสอน",
        required=False,
        choices=[("", "ทุกระดับ"), *SchoolLevel.choices],
    )
    internet = forms.ChoiceField(
        label="อินเทอร์เน็ต",
        required=False,
        choices=[("", "ทุกแบบ"), *Internet.choices],
    )
    gap = forms.ChoiceField(
        label="ข้อมูลที่ยังขาด", required=False, choices=[("", "ไม่กรอง"), *RegistryGap.choices]
    )
    status = forms.ChoiceField(label="สถานะ", required=False, choices=SchoolStatusFilter)

    def __init__(
        self,
        *args: Any,
        clusters: Iterable[tuple[int, str]],
        districts: Iterable[str],
        scheme: SizeScheme | None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("cluster", "ทุกกลุ่ม", clusters)
        self._offer("district", "ทุกอำเภอ", [(name, name) for name in districts])
        if scheme is None:  # without a scheme no school has a size
            del self.fields["size"]
        else:
            self._offer("size", "ทุกขนาด", [(b.label, b.label) for b in scheme.bands.all()])

    def _offer(self, name: str, everything: str, choices: Iterable[tuple]) -> None:
        form_field(self, name, forms.ChoiceField).choices = [("", everything), *choices]


@dataclass(frozen=True)
class DirectoryRow:
    """One school of the directory on one day."""

    school: School
    has_director: bool
    counted: PupilCount | None
    size: str
    today: date

    @property
    def cluster(self) -> str:
        return self.school.cluster_name or ""

    @property
    def status(self) -> str:
        return self.school.status_on(self.today)

    @property
    def is_open(self) -> bool:
        return self.school.is_open_on(self.today)

    @property
    def is_counted_this_year(self) -> bool:
        return self.counted is not None and self.counted.year >= academic_year(self.today)


# How a school shows that the register does not know something of it.
GAP_TESTS: Mapping[RegistryGap, Callable[[DirectoryRow], bool]] = {
    RegistryGap.CODE: lambda row: not row.school.obec_code,
    RegistryGap.CLUSTER: lambda row: not row.cluster,
    RegistryGap.DISTRICT: lambda row: not row.school.district,
    RegistryGap.GRADES: lambda row: not row.school.grades,
    RegistryGap.POSITION: lambda row: not row.school.position,
    RegistryGap.INTERNET: lambda row: not row.school.internet,
    RegistryGap.PUPILS: lambda row: not row.is_counted_this_year,
    RegistryGap.DIRECTOR: lambda row: not row.has_director,
}


@dataclass(frozen=True)
class SchoolDirectory:
    """The schools asked for, of all that the person may read."""

    form: DirectoryFilterForm
    rows: Sequence[DirectoryRow]
    total: int
    scheme: SizeScheme | None

    @property
    def pupils(self) -> str:
        """Of all the rows together; empty while none is counted."""
        pupils = sum(row.counted.pupils for row in self.rows if row.counted)
        return f"{pupils:,}" if pupils else ""


def load_directory(user: Any, asked: Mapping[str, str], today: date) -> SchoolDirectory:
    readable, scheme = registry_readable_schools(user), confirmed_size_scheme()
    form = _filter(asked, readable, scheme, today)
    wanted = form.cleaned_data
    schools = readable.filter(_status(wanted.get("status"), today), _facts(wanted))
    rows = [row for row in _rows(schools, scheme, today) if _is_wanted(row, wanted)]
    return SchoolDirectory(form, rows, readable.count(), scheme)


def _filter(
    asked: Mapping[str, str], readable: SchoolQuerySet, scheme: SizeScheme | None, today: date
) -> DirectoryFilterForm:
    memberships = ClusterMembership.objects.in_force(today).filter(school__in=readable)
    clusters = memberships.order_by("cluster__sort_key").values_list("cluster", "cluster__name")
    districts = readable.exclude(district="").order_by("district").values_list("district")
    form = DirectoryFilterForm(
        asked,
        clusters=clusters.distinct(),
        districts=[name for (name,) in districts.distinct()],
        scheme=scheme,
    )
    form.is_valid()
    return form


def _rows(
    schools: SchoolQuerySet, scheme: SizeScheme | None, today: date
) -> Iterable[DirectoryRow]:
    counts = latest_counts(schools)
    with_director = keys_of_schools_with_director(schools, today)
    for school in schools.with_cluster(today):
        counted, has_director = counts.get(school.pk), school.pk in with_director
        yield DirectoryRow(school, has_director, counted, school_size(scheme, counted), today)


def _status(wanted: str | None, today: date) -> Q:
    is_open = Q(closed_on=None) | Q(closed_on__gt=today)
    conditions: dict[str | None, Q] = {
        SchoolStatusFilter.ALL: Q(),
        SchoolStatusFilter.CLOSED: ~is_open & Q(merged_into=None),
        SchoolStatusFilter.MERGED: ~is_open & Q(merged_into__isnull=False),
    }
    return conditions.get(wanted, is_open)


def _facts(wanted: Mapping[str, str]) -> Q:
    found = Q(**{name: wanted[name] for name in ("district", "internet") if wanted.get(name)})
    if level := wanted.get("level"):
        lowest, highest = GRADES_BY_LEVEL[SchoolLevel(level)]
        found &= Q(first_grade__lte=highest, last_grade__gte=lowest)
    return found


def _is_wanted(row: DirectoryRow, wanted: Mapping[str, str]) -> bool:
    if wanted.get("cluster") and str(row.school.cluster_pk) != wanted["cluster"]:
        return False
    if wanted.get("size") and row.size != wanted["size"]:
        return False
    if wanted.get("gap") and not GAP_TESTS[RegistryGap(wanted["gap"])](row):
        return False
    return _is_named(row.school, wanted.get("q", ""))


def _is_named(school: School, words: str) -> bool:
    """By a part of the name, however it is spelt, or by the beginning of a code."""
    key, digits = search_key(words), "".join(arabic_digits(words).split())
    codes = [code for code in (school.obec_code, school.ministry_code) if code]
    return key in search_key(school.name) or any(code.startswith(digits) for code in codes)


def registry_gaps(today: date) -> list[tuple[RegistryGap, int]]:
    """In how many of the open schools each thing is still unknown; nothing for what is complete."""
    rows = list(_rows(School.objects.open_on(today), None, today))
    lacking = ((gap, sum(lacks(row) for row in rows)) for gap, lacks in GAP_TESTS.items())
    return [(gap, schools) for gap, schools in lacking if schools]


def directory(request: SignedInRequest) -> HttpResponse:
    """The schools that the person may read, as the filters ask."""
    require_registry_reader(request.user)
    found = load_directory(request.user, request.GET.dict(), timezone.localdate())
    context = {
        "directory": found,
        "form": found.form,
        "page": Paginator(found.rows, SCHOOLS_PER_PAGE).get_page(request.GET.get("page")),
        "can_edit_registry": can(request.user, Permission.EDIT_REGISTRY),
    }
    return render(request, "schools/registry/directory.html", context)

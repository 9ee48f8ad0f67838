"""What is to be checked in the data before its numbers are used, computed each time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from reports.overview.page import (
    ResultsPage,
    page_context,
    render_without_term,
    results_page_of,
)
from reports.overview.school_lines import SchoolCount
from schools.access import Permission, rights_of
from schools.core.http import SignedInRequest
from schools.core.thai import short_date
from schools.core.url_cache import cached_url
from schools.models import Cluster, School
from schools.registry.directory import RegistryGap
from schools.school_sizes import latest_counts
from supervision.results.school_terms import CountedVisit
from supervision.rounds.models import Round


@dataclass(frozen=True)
class NoteRow:
    """One row that a note is about, with the page on which it is put right."""

    name: str
    url: str


@dataclass(frozen=True)
class QualityNote:
    """One thing to check: the rows it is about, and the page that lists or mends all, if any."""

    text: str
    rows: Sequence[NoteRow] = ()
    url: str = ""
    label: str = ""


def notes_of_rows(
    rows: Iterable[NoteRow], text: str, url: str = "", label: str = ""
) -> list[QualityNote]:
    """One note about these rows, whose number stands at {} in its text; none without rows."""
    found = list(rows)
    return [QualityNote(text.format(len(found)), found, url, label)] if found else []


@dataclass(frozen=True)
class DataNotes:
    """The page of what is to be checked in the data of a term."""

    page: ResultsPage

    @cached_property
    def notes(self) -> list[QualityNote]:
        """From the register to the rounds and the visits; nothing for what is complete."""
        return [
            *self._register_notes(),
            *self._cluster_notes(),
            *self._school_notes(),
            *self._round_notes(),
            *self._visit_notes(),
        ]

    # --- The register ---

    def _register_notes(self) -> Iterable[QualityNote]:
        schools = [row.school for row in self.page.selection.schools]
        counts, year = latest_counts(schools), self.page.results.term.academic_year.year
        lacking: Mapping[RegistryGap, Callable[[School], bool]] = {
            RegistryGap.CLUSTER: lambda one: one.cluster_pk is None,
            RegistryGap.DISTRICT: lambda one: not one.district,
            RegistryGap.GRADES: lambda one: not one.grades,
            RegistryGap.PUPILS: lambda one: one.pk not in counts or counts[one.pk].year < year,
            RegistryGap.POSITION: lambda one: not one.position,
        }
        for gap, lacks in lacking.items():
            yield from notes_of_rows(
                (_school_row(school) for school in schools if lacks(school)),
                f"ยังไม่มี{gap.label}ในทะเบียน {{}} โรงเรียน",
                self._directory_url(gap),
                "ดูโรงเรียนในทะเบียน",
            )

    def _directory_url(self, gap: RegistryGap) -> str:
        filters, query = self.page.selection.filters, QueryDict(mutable=True)
        asked = {"gap": gap, "cluster": filters.cluster, "district": filters.district}
        query.update({name: str(value) for name, value in asked.items() if value})
        return f"{reverse('directory')}?{query.urlencode()}"

    def _cluster_notes(self) -> Iterable[QualityNote]:
        """Clusters whose order names another number of schools, and what the office noted."""
        selection = self.page.selection
        registered = Counter(
            row.school.cluster_pk
            for row in selection.all_schools
            if row.school.is_open_on(selection.filters.day)
        )
        clusters = {row.school.cluster_pk for row in selection.schools}
        shown = [pk for pk in clusters if pk is not None]
        may_edit = rights_of(self.page.user).allows(Permission.EDIT_REGISTRY)
        for cluster in Cluster.objects.filter(pk__in=shown):
            url = cached_url("cluster", cluster.pk) if may_edit else ""
            for note in cluster.notes(registered[cluster.pk]):
                yield QualityNote(f"{cluster}: {note}", url=url, label="แก้ไขกลุ่มโรงเรียน")

    def _school_notes(self) -> Iterable[QualityNote]:
        schools = self.page.selection.schools
        yield from notes_of_rows(
            (_school_row(row.school) for row in schools if not row.supervisors),
            "ไม่มีศึกษานิเทศก์ประจำกลุ่มโรงเรียน {} โรงเรียน",
        )
        yield from notes_of_rows(
            (_noted_school(row.school) for row in schools if row.school.data_note),
            "ทะเบียนบันทึกข้อสังเกตไว้ {} โรงเรียน",
        )

    # --- Rounds and visits ---

    def _round_notes(self) -> Iterable[QualityNote]:
        rows = self.page.rows
        rounds = Round.objects.visible_to(self.page.user).for_term(self.page.results.term)
        of_these = rounds.current().filter(school__in=[row.school.pk for row in rows])
        yield from notes_of_rows(
            (
                NoteRow(one.school.short_name, one.get_absolute_url())
                for one in of_these.lacking_sets().select_related("school")
            ),
            "รอบที่ยังไม่มีชุดตัวชี้วัดครบระดับที่เปิดสอน {} รอบ",
        )
        yield from notes_of_rows(
            (_school_row(row.school) for row in rows if not row.rounds),
            "ยังไม่เปิดรอบในภาคเรียนนี้ {} โรงเรียน",
            self.page.links.schools(show=SchoolCount.UNOPENED),
            "ดูรายชื่อ",
        )

    def _visit_notes(self) -> Iterable[QualityNote]:
        visited = [(row.school, row.visit) for row in self.page.rows if row.visit]
        yield from notes_of_rows(
            (_school_row(school) for school, visit in visited if not visit.own_sheet_id),
            "นิเทศแล้วแต่ไม่มีการประเมินตนเองที่ยืนยันในรอบเดียวกัน {} โรงเรียน จึงไม่มีผลต่างให้เทียบ",
            self.page.links.schools(show=SchoolCount.WITHOUT_OWN),
            "ดูรายชื่อ",
        )
        term = self.page.results.term
        yield from notes_of_rows(
            (
                _visit_row(school, visit)
                for school, visit in visited
                if not term.is_running_on(visit.visit_on)
            ),
            "วันที่นิเทศอยู่นอกภาคเรียน {} โรงเรียน ผลยังนับในภาคเรียนนี้",
        )


def _school_row(school: School) -> NoteRow:
    return NoteRow(school.short_name, cached_url("school", school.pk))


def _noted_school(school: School) -> NoteRow:
    return NoteRow(f"{school.short_name}: {school.data_note}", cached_url("school_card", school.pk))


def _visit_row(school: School, visit: CountedVisit) -> NoteRow:
    day = short_date(visit.visit_on)
    return NoteRow(f"{school.short_name} {day}", cached_url("visit", visit.pk))


def overview_data_notes(request: SignedInRequest) -> HttpResponse:
    """What is to be checked in the data of a term, for who sees the whole area."""
    page = results_page_of(request)
    if page is None:
        return render_without_term(request)
    context = page_context(page, found=DataNotes(page), moment=timezone.now())
    return render(request, "reports/overview/data_notes.html", context)

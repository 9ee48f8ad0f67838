"""What is to be checked in the data before its numbers are used, computed each time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from reports.overview.filters import OverviewSchool
from reports.overview.page import (
    ResultsPage,
    page_context,
    render_without_term,
    results_page_of,
)
from schools.access import Permission, rights_of
from schools.core.http import SignedInRequest
from schools.core.thai import short_date
from schools.core.url_cache import cached_url
from schools.models import Cluster
from schools.registry.directory import RegistryGap
from schools.school_sizes import latest_counts
from supervision.rounds.models import Round


@dataclass(frozen=True)
class NoteRow:
    """One row that a note is about, with the page on which it is put right."""

    name: str
    url: str


@dataclass(frozen=True)
class QualityNote:
    """One thing to check: how many rows it is about, and where they are listed or mended."""

    text: str
    url: str = ""
    label: str = ""
    rows: Sequence[NoteRow] = ()


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
            *self._rounds_without_sets(),
            *self._result_notes(),
        ]

    # --- The register ---

    def _register_notes(self) -> Iterable[QualityNote]:
        schools = self.page.selection.schools
        counts, year = latest_counts([row.school for row in schools]), self._year
        lacking: Mapping[RegistryGap, Callable[[OverviewSchool], bool]] = {
            RegistryGap.CLUSTER: lambda row: row.school.cluster_pk is None,
            RegistryGap.DISTRICT: lambda row: not row.school.district,
            RegistryGap.GRADES: lambda row: not row.school.grades,
            RegistryGap.PUPILS: lambda row: (
                row.school.pk not in counts or counts[row.school.pk].year < year
            ),
            RegistryGap.POSITION: lambda row: not row.school.position,
        }
        for gap, lacks in lacking.items():
            count = sum(map(lacks, schools))
            if count:
                text = f"ยังไม่มี{gap.label}ในทะเบียน {count} โรงเรียน"
                yield QualityNote(text, self._directory_url(gap), "ดูโรงเรียนในทะเบียน")

    @property
    def _year(self) -> int:
        return self.page.results.term.academic_year.year

    def _directory_url(self, gap: RegistryGap) -> str:
        filters, query = self.page.selection.filters, QueryDict(mutable=True)
        asked = {"gap": gap, "cluster": filters.cluster, "district": filters.district}
        query.update({name: str(value) for name, value in asked.items() if value})
        return f"{reverse('directory')}?{query.urlencode()}"

    def _cluster_notes(self) -> Iterable[QualityNote]:
        """Clusters whose order names another number of schools, and what the office noted."""
        selection = self.page.selection
        registered: dict[int | None, int] = {}
        for row in selection.all_schools:
            if row.school.is_open_on(selection.filters.day):
                registered[row.school.cluster_pk] = registered.get(row.school.cluster_pk, 0) + 1
        clusters = {row.school.cluster_pk for row in selection.schools}
        shown = [pk for pk in clusters if pk is not None]
        may_edit = rights_of(self.page.user).allows(Permission.EDIT_REGISTRY)
        for cluster in Cluster.objects.filter(pk__in=shown):
            url = cached_url("cluster", cluster.pk) if may_edit else ""
            for note in cluster.notes(registered.get(cluster.pk, 0)):
                yield QualityNote(f"{cluster}: {note}", url, "แก้ไขกลุ่มโรงเรียน")

    def _school_notes(self) -> Iterable[QualityNote]:
        without = [row for row in self.page.selection.schools if not row.supervisors]
        if without:
            names = [_school_row(row) for row in without]
            yield QualityNote(f"ไม่มีศึกษานิเทศก์ประจำกลุ่มโรงเรียน {len(without)} โรงเรียน", rows=names)
        noted = [
            NoteRow(
                f"{row.school.short_name}: {row.school.data_note}",
                cached_url("school_card", row.school.pk),
            )
            for row in self.page.selection.schools
            if row.school.data_note
        ]
        if noted:
            yield QualityNote(f"ทะเบียนบันทึกข้อสังเกตไว้ {len(noted)} โรงเรียน", rows=noted)

    # --- Rounds and visits ---

    def _rounds_without_sets(self) -> Iterable[QualityNote]:
        schools = [row.school.pk for row in self.page.rows]
        rounds = Round.objects.visible_to(self.page.user).for_term(self.page.results.term)
        lacking = list(
            rounds.current().filter(school__in=schools).lacking_sets().select_related("school")
        )
        if lacking:
            rows = [NoteRow(one.school.short_name, one.get_absolute_url()) for one in lacking]
            yield QualityNote(f"รอบที่ยังไม่มีชุดตัวชี้วัดครบระดับที่เปิดสอน {len(rows)} รอบ", rows=rows)

    def _result_notes(self) -> Iterable[QualityNote]:
        links, label = self.page.links, "ดูรายชื่อ"
        unopened = sum(not row.rounds for row in self.page.rows)
        if unopened:
            url = links.schools(show="unopened")
            yield QualityNote(f"ยังไม่เปิดรอบในภาคเรียนนี้ {unopened} โรงเรียน", url, label)
        alone = sum(row.visit is not None and not row.visit.own_sheet_id for row in self.page.rows)
        if alone:
            text = f"นิเทศแล้วแต่ไม่มีการประเมินตนเองที่ยืนยันในรอบเดียวกัน {alone} โรงเรียน จึงไม่มีผลต่างให้เทียบ"
            yield QualityNote(text, links.schools(show="without_own"), label)
        term = self.page.results.term
        outside = [
            NoteRow(
                f"{row.school.short_name} {short_date(row.visit.visit_on)}",
                cached_url("visit", row.visit.pk),
            )
            for row in self.page.rows
            if row.visit and not term.is_running_on(row.visit.visit_on)
        ]
        if outside:
            text = f"วันที่นิเทศอยู่นอกภาคเรียน {len(outside)} โรงเรียน ผลยังนับในภาคเรียนนี้"
            yield QualityNote(text, rows=outside)


def _school_row(row: OverviewSchool) -> NoteRow:
    return NoteRow(row.school.short_name, cached_url("school", row.school.pk))


def overview_data_notes(request: SignedInRequest) -> HttpResponse:
    """What is to be checked in the data of a term, for who sees the whole area."""
    page = results_page_of(request)
    if page is None:
        return render_without_term(request)
    context = page_context(page, found=DataNotes(page), moment=timezone.now())
    return render(request, "reports/overview/data_notes.html", context)

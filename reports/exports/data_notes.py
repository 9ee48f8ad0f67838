"""What is to be checked about the data: notes of clusters and schools, as a sheet."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from reports.exports.files import term_words
from reports.overview.filters import OverviewSelection
from schools.core.tables.export_table import CellKind, ExportColumn, ExportSheet
from schools.models import Cluster

REGISTRY_PAGES = "ทะเบียนกลุ่มโรงเรียนและโรงเรียน"


@dataclass(frozen=True)
class DataNoteRow:
    """One note: what it is about, and what is to be checked."""

    kind: str
    name: str
    note: str


def data_notes_sheet(selection: OverviewSelection, today: date) -> ExportSheet[DataNoteRow]:
    """The notes of all clusters, and of the schools that the person may follow."""
    return ExportSheet(
        name="ข้อสังเกตข้อมูล",
        title="ข้อสังเกตข้อมูลที่ควรตรวจสอบ",
        columns=[
            ExportColumn("เรื่อง", lambda row: row.kind, "กลุ่มโรงเรียนหรือโรงเรียน"),
            ExportColumn("ชื่อ", lambda row: row.name, "ชื่อกลุ่มหรือโรงเรียน", source=REGISTRY_PAGES),
            ExportColumn(
                "ข้อสังเกต",
                lambda row: row.note,
                "สิ่งที่ทะเบียนกับเอกสารต่างกันหรือยังไม่ครบ",
                CellKind.LONG_TEXT,
                source=REGISTRY_PAGES,
            ),
        ],
        rows=[*_cluster_notes(selection, today), *_school_notes(selection)],
        one_row="1 ข้อสังเกต",
        period=term_words(selection.term),
    )


def _cluster_notes(selection: OverviewSelection, today: date) -> list[DataNoteRow]:
    schools = [row.school for row in selection.all_schools]
    registered = Counter(one.cluster_pk for one in schools if one.is_open_on(today))
    return [
        DataNoteRow("กลุ่มโรงเรียน", cluster.name, note)
        for cluster in Cluster.objects.all()
        for note in cluster.notes(registered[cluster.pk])
    ]


def _school_notes(selection: OverviewSelection) -> list[DataNoteRow]:
    return [
        DataNoteRow("โรงเรียน", row.school.name, row.school.data_note)
        for row in selection.all_schools
        if row.school.data_note
    ]

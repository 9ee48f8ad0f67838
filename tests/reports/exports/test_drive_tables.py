"""The tables of the report on a drive as an Excel file: those of the report, and of no school."""

import pytest
from django.urls import reverse

from reports import actions
from reports.data.quality_drive import drive_report
from reports.exports.drive_tables import drive_sheets
from supervision.criteria.models import Indicator
from tests import drive_records as records
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.exported_files import exported_tables


@pytest.fixture
def drive(round_, term, group_director):
    indicator_set = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return drive_at_work(term, indicators, by=group_director)


def export(client, drive):
    return exported_tables(
        client.get(reverse("drive_tables_export", args=[drive.academic_year.year]))
    )


def words(table) -> str:
    return " ".join(str(value) for row in table.rows for value in row.values())


def test_it_has_the_figures_of_the_report(drive, login, supervisor):
    figures = drive_report(drive)
    tables = export(login(supervisor), drive)
    assert {sheet.name for sheet in drive_sheets(figures)} < set(tables)
    results = tables["ผลการขับเคลื่อนรายด้าน"]
    assert results.column("ด้าน") == [row["name"] for row in figures["results"]]
    assert results.column("โรงเรียนที่มีผล") == [row["now_n"] for row in figures["results"]]


def test_no_school_is_in_it_but_the_honoured_one(drive, school, group_director, login, supervisor):
    agreement_in_force(drive, school, by=group_director)
    assert not any(school.name in words(one) for one in export(login(supervisor), drive).values())
    records.honour_on_record(drive, school)
    assert school.name in words(export(login(supervisor), drive)["การยกย่อง"])


def test_what_was_signed_is_what_it_says(drive, school, group_director, area_director, login):
    document = actions.prepare_drive_report(drive, number="9/2569", by=group_director)
    actions.issue_report(document, by=area_director)
    records.honour_on_record(drive, school)
    assert export(login(group_director), drive)["การยกย่อง"].rows == []

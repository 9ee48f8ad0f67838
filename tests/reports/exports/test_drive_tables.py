"""The tables of the report on a drive as an Excel file: those of the report, and of no school."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from reports import actions
from reports.data.quality_drive import drive_report
from reports.exports.drive_tables import drive_sheets
from supervision.criteria.models import Indicator
from tests import drive_records as records
from tests.drive_scenarios import agreement_in_force, drive_at_work


@pytest.fixture
def drive(round_, term, group_director):
    indicator_set = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return drive_at_work(term, indicators, by=group_director)


def export(client, drive):
    url = reverse("drive_tables_export", args=[drive.academic_year.year])
    return openpyxl.load_workbook(BytesIO(client.get(url).getvalue()))


def cells(sheet) -> set[str]:
    return {str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}


def test_it_has_a_sheet_for_each_table(drive, login, supervisor):
    figures = drive_report(drive)
    names = export(login(supervisor), drive).sheetnames
    assert [sheet.name for sheet in drive_sheets(figures)] == [
        name for name in names if name in {sheet.name for sheet in drive_sheets(figures)}
    ]
    assert {row["name"] for row in figures["results"]} <= cells(
        export(login(supervisor), drive)["ผลการขับเคลื่อนรายด้าน"]
    )


def test_no_school_is_in_it_but_the_honoured_one(drive, school, group_director, login, supervisor):
    agreement_in_force(drive, school, by=group_director)
    assert school.name not in set().union(*map(cells, export(login(supervisor), drive)))
    records.honour_on_record(drive, school)
    assert school.name in cells(export(login(supervisor), drive)["การยกย่อง"])


def test_what_was_signed_is_what_it_says(drive, school, group_director, area_director, login):
    document = actions.prepare_drive_report(drive, number="9/2569", by=group_director)
    actions.issue_report(document, by=area_director)
    records.honour_on_record(drive, school)
    assert school.name not in cells(export(login(group_director), drive)["การยกย่อง"])

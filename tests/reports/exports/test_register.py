"""The register of reports, and the list of good practices, as Excel files."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import actions as reports
from supervision.practices import actions as practices
from tests import scenarios
from tests.exported_files import exported_table
from tests.factories import RoundFactory

REGISTER, PRACTICES = "/reports/export/", "/practices/export/"


@pytest.fixture
def issued(round_, supervisor, school_director, group_director, area_director):
    people = {"supervisor": supervisor, "director": school_director}
    scenarios.round_until_summary_agreed(round_, group_director=group_director, **people)
    document = scenarios.report_prepared(round_, by=group_director)
    reports.issue_report(document, by=area_director)
    return document


@pytest.fixture
def prepared_elsewhere(other_school, term, supervisor, outsider_director, group_director):
    round_ = RoundFactory(school=other_school, term=term)
    people = {"supervisor": supervisor, "director": outsider_director}
    scenarios.round_until_summary_agreed(round_, group_director=group_director, **people)
    return scenarios.report_prepared(round_, by=group_director, number="2/2569")


def test_the_register_says_what_the_screen_says(
    login, supervisor, area_director, issued, prepared_elsewhere
):
    client = login(supervisor)
    found = exported_table(client.get(REGISTER))
    on_screen = client.get(reverse("reports")).context["page"]
    assert found.column("เลขที่") == [one.number for one in on_screen] == ["2/2569", "1/2569"]
    prepared, signed = found.rows
    assert (prepared["สถานะ"], prepared["ออกเมื่อ"], prepared["รหัสตรวจสอบ"]) == ("เสนอลงนาม", "", "")
    assert (signed["ออกเมื่อ"], signed["ผู้ลงนาม"]) == (timezone.localdate(), str(area_director))
    assert signed["รหัสตรวจสอบ"] == issued.code


def test_filters_of_the_register_hold(login, supervisor, issued, prepared_elsewhere):
    found = exported_table(login(supervisor).get(REGISTER, {"state": "issued"}))
    assert found.column("เลขที่") == ["1/2569"]
    assert found.head[2] == "ตัวกรอง: สถานะ ออกรายงานแล้ว"


def test_a_school_gets_its_issued_reports_alone(
    login, school_director, outsider_director, issued, prepared_elsewhere
):
    ours = exported_table(login(school_director).get(REGISTER))
    assert ours.column("เลขที่") == ["1/2569"]
    assert "โรงเรียนอื่น" not in str(ours)
    assert exported_table(login(outsider_director).get(REGISTER)).rows == []


@pytest.fixture
def nominated(round_, supervisor):
    return practices.nominate_practice(
        round_, by=supervisor, title="=อ่านออก", process="สอน", outcome="อ่านได้"
    )


def test_the_practices_come_as_they_are_listed(login, supervisor, nominated):
    found = exported_table(login(supervisor).get(PRACTICES))
    assert found.column("ชื่อผลงาน") == ["=อ่านออก"]
    assert found.column("สถานะ") == ["เสนอแล้ว รอพิจารณา"]
    assert exported_table(login(supervisor).get(PRACTICES, {"state": "selected"})).rows == []


def test_no_school_gets_a_practice_of_another(login, outsider_director, nominated):
    assert exported_table(login(outsider_director).get(PRACTICES)).rows == []

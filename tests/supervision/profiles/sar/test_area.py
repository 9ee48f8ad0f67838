"""The annual reports of all schools: who has sent, who is late, who gave itself which level."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.profiles.models import AnnualReportDeadline
from supervision.profiles.sar import actions
from supervision.profiles.sar.area import annual_report_overview
from tests.factories import AcademicYearFactory, SchoolFactory, TermFactory
from tests.supervision.profiles.sar.sample_report import draft_report, paper_report, sent_report

pytestmark = pytest.mark.usefixtures("standards", "year", "term")


def overview(user, **asked):
    return annual_report_overview(user, {"year": "2568", **asked}, timezone.localdate())


def test_the_list_says_who_has_not_sent_and_reminds(
    login, group_director, school_director, school, other_school, year
):
    sent_report(school, year, by=school_director)
    page = login(group_director).get(reverse("annual_report_list"), {"year": 2568})
    text = page.content.decode()
    assert "1 จาก 2 โรงเรียน" in text
    assert "กลุ่มโรงเรียนอื่น: อื่น" in text
    assert "ดีเลิศ" in text
    found = overview(group_director, state="missing")
    assert [row.school for row in found.shown] == [other_school]


def test_a_school_is_found_however_its_name_is_typed(group_director, school, other_school, year):
    other_school.name = "โรงเรียนบ้านแม่น้ำ 2"
    other_school.save()
    found = overview(group_director, words="เเม่นํ้า ๒")
    assert [row.school for row in found.rows] == [other_school]


def test_the_year_that_ended_last_is_shown_first(group_director, term):
    for year in (2566, 2567, 2568):
        closed = timezone.localdate() - timedelta(days=20 + 365 * (2568 - year))
        facts = {"opens_on": closed - timedelta(days=100), "closes_on": closed}
        TermFactory(academic_year=AcademicYearFactory(year=year), **facts)
    found = annual_report_overview(group_director, {}, timezone.localdate())
    assert found.year.year == 2568
    assert [year for year, _ in found.form.fields["year"].choices] == [2569, 2568, 2567, 2566]


def test_levels_are_counted_over_what_was_sent(
    group_director, school_director, outsider_director, school, other_school, year
):
    sent_report(school, year, by=school_director)
    draft_report(other_school, year, by=outsider_director)
    (basic,) = overview(group_director).level_counts
    assert [(row.label, row.counts) for row in basic.rows] == [
        ("มาตรฐานที่ 1 คุณภาพด้านที่ 1", [0, 1, 0, 0, 0]),
        ("มาตรฐานที่ 2 คุณภาพด้านที่ 2", [0, 0, 1, 0, 0]),
        ("มาตรฐานที่ 3 คุณภาพด้านที่ 3", [0, 1, 0, 0, 0]),
        ("ภาพรวม", [0, 1, 0, 0, 0]),
    ]


def test_late_is_who_sent_after_the_day_or_has_not_yet(
    group_director, clerk, school, other_school, year
):
    today = timezone.localdate()
    assert not any(row.late_word for row in overview(group_director).rows)
    actions.set_annual_report_deadline(year, by=clerk, due_on=today - timedelta(days=2))
    report = paper_report(school, year, by=clerk, received_on=today - timedelta(days=3))
    words = {row.school: row.late_word for row in overview(group_director).rows}
    assert words == {school: "", other_school: "เกินกำหนด"}
    actions.return_annual_report(report, by=group_director, reason="ก")
    actions.record_paper_annual_report(report, by=clerk, received_on=today)
    paper_report(other_school, year, by=clerk, received_on=today)
    words = {row.school: row.late_word for row in overview(group_director).rows}
    assert words == {school: "", other_school: "ส่งช้ากว่ากำหนด"}  # a correction makes nobody late


def test_a_supervisor_sees_their_own_schools(login, supervisor, school, other_school):
    assert [row.school for row in overview(supervisor).rows] == [school]
    page = login(supervisor).get(reverse("annual_report_list")).content.decode()
    assert other_school.short_name not in page.split("<main", 1)[1]


def test_the_office_sets_the_last_day(login, clerk, year):
    url = reverse("annual_report_deadline", args=[2568])
    page = login(clerk).post(url, {"due_on": "30/5/2026"}).content.decode()
    assert "พ.ศ." in page
    assert not AnnualReportDeadline.objects.exists()
    day = timezone.localdate()
    login(clerk).post(url, {"due_on": numeric_date(day)})
    assert year.annual_report_deadline.due_on == day


def test_the_list_costs_the_same_for_more_schools(
    login, group_director, clerk, school, year, django_assert_num_queries
):
    today = timezone.localdate()
    paper_report(school, year, by=clerk, received_on=today)
    overview(group_director)  # who also asks for the rights, once
    with django_assert_num_queries(6):
        assert len(overview(group_director).level_counts) == 1
    for _ in range(2):
        paper_report(SchoolFactory(), year, by=clerk, received_on=today)
    with django_assert_num_queries(6):
        assert overview(group_director).level_counts[0].rows[0].schools == 3

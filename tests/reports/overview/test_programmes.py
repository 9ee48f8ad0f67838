"""Plan and networks in the overview and in the texts of the year's report."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.composer.enums import PartKey
from reports.composer.sources import text_sources
from reports.data.year import year_report
from tests import scenarios
from tests.factories import AcademicYearFactory, TermFactory
from tests.reports.conftest import printed_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(group_director, area_director, school, term):
    """Approved, its first activity finished."""
    plan = scenarios.plan_approved(
        group_director=group_director, area_director=area_director, schools=[school]
    )
    scenarios.activity_finished(plan.activities.get(), by=group_director)
    return plan


def test_the_panel_counts_the_present_year(login, supervisor, group_director, plan):
    today = timezone.localdate()
    scenarios.activity_planned(
        plan,
        by=group_director,
        reason="ก",
        starts_on=today - timedelta(days=9),
        ends_on=today - timedelta(days=1),
    )
    page = login(supervisor).get(reverse("overview_programmes")).content.decode()
    assert "ดำเนินการแล้ว 1 จาก 2 กิจกรรม" in page
    assert "พ้นกำหนด ยังไม่บันทึกผล" in page
    assert "ใช้ 900 จากที่ตั้งไว้ 2,000 บาท" in page
    assert "บรรลุ 1 จาก 1 ตัวที่มีผลแล้ว" in page
    assert "0 เครือข่าย" in page


def test_the_panel_follows_the_chosen_term(login, supervisor, plan, term):
    """The first term of an academic year ends in October, in the next fiscal year."""
    earlier = TermFactory(
        academic_year=AcademicYearFactory(year=2567),
        number=1,
        opens_on=date(2024, 5, 16),
        closes_on=date(2024, 10, 11),
    )
    page = login(supervisor).get(reverse("overview_programmes"), {"term": earlier.pk})
    assert [panel.year for panel in page.context["panels"]] == [2568, 2567]
    assert all(panel.plan is None for panel in page.context["panels"])


def test_a_year_without_a_plan_says_so(login, supervisor, term):
    page = login(supervisor).get(reverse("overview_programmes")).content.decode()
    assert "ไม่มีแผน" in page


def test_the_years_report_names_activities_held_and_to_come(plan, group_director, term):
    scenarios.activity_planned(
        plan,
        by=group_director,
        reason="ก",
        title="อบรมหลังสิ้นปี",
        starts_on=timezone.localdate().replace(year=2027, month=6),
        ends_on=timezone.localdate().replace(year=2027, month=7),
    )
    sources = text_sources(year_report(term.academic_year))
    method = printed_text(sources.drafts[PartKey.METHOD], sources.values)
    coming = printed_text(sources.drafts[PartKey.NEXT_YEAR], sources.values)
    assert "นิเทศการอ่าน" in method
    assert "งบประมาณที่ตั้งไว้ 1,000 บาท ใช้ 900 บาท" in method
    assert "ปีงบประมาณ 2570" in coming
    assert "อบรมหลังสิ้นปี" in coming

"""A school's page in a drive, its steps, its indicators, and the files of its reports."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.criteria.models import Indicator
from supervision.improvement.drive_advice import record_drive_advice
from supervision.improvement.enums import Assignee
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import DriveProgress
from tests.drive_scenarios import (
    agreement_in_force,
    drive_at_work,
    progress_reported,
    school_project_added,
)
from tests.scenarios import visit_signed

PAGES = ["school_drive", "school_drive_steps", "school_drive_lessons", "drive_indicators"]


@pytest.fixture
def drive(round_, term, group_director):
    indicator_set = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return drive_at_work(term, indicators, by=group_director)


def url_of(name, drive, school):
    return reverse(name, args=[drive.academic_year.year, school.pk])


def page(client, name, drive, school):
    response = client.get(url_of(name, drive, school))
    assert response.status_code == 200
    return response.content.decode()


def test_without_an_agreement_the_page_says_so_and_shows_the_areas_targets(
    drive, school, login, school_director
):
    html = page(login(school_director), "school_drive", drive, school)
    assert "ยังไม่มีบันทึกข้อตกลงที่ลงนามทั้งสองฝ่าย" in html
    assert "ค่าเป้าหมายกลาง" in html
    assert "ยังไม่มีผล" in html


def test_the_page_shows_from_where_to_where_and_why(
    drive, school, round_, login, supervisor, area_director, school_director
):
    agreement_in_force(drive, school, by=area_director, baseline="2.00", target="4.00")
    visit_signed(round_, by=supervisor, level=3)
    html = page(login(school_director), "school_drive", drive, school)
    assert "ข้อตกลง 5 ด้าน (MOU) ลงนาม" in html
    assert "เหลือ 1.00" in html
    assert "ปัจจุบัน 3.00 ตามแผนวันนี้ควรได้ 2.00 เหลือ 1.00 ถึงค่าเป้าหมาย 4.00" in html


def test_what_is_behind_says_so_in_words(
    drive, school, round_, login, supervisor, area_director, school_director
):
    long_ago = timezone.now() - timedelta(days=100)
    agreement_in_force(drive, school, by=area_director, signed_at=long_ago)
    visit_signed(round_, by=supervisor, level=2)
    assert "ช้ากว่าแผน" in page(login(school_director), "school_drive", drive, school)


def test_a_reported_level_is_marked_as_the_schools(drive, school, login, school_director):
    progress_reported(drive, school, by=school_director)
    client = login(school_director)
    assert "มีผลที่โรงเรียนรายงาน" in page(client, "school_drive", drive, school)
    assert "โรงเรียนรายงาน" in page(client, "drive_indicators", drive, school)


def test_the_indicators_show_every_level_with_its_source(
    drive, school, round_, login, supervisor, school_director
):
    progress_reported(drive, school, by=school_director, value="2.00")
    progress_reported(drive, school, by=school_director, value="4.00")
    visit = visit_signed(round_, by=supervisor, level=3)
    html = page(login(school_director), "drive_indicators", drive, school)
    assert html.count("จัดมุมอ่านทุกห้อง") == 2
    assert reverse("visit", args=[visit.pk]) in html
    assert "การนิเทศที่ลงนามแล้ว" in html


def test_the_page_has_projects_and_advice_and_takes_its_steps_from_a_page_of_their_own(
    drive, school, login, school_director
):
    school_project_added(drive, school, by=school_director)
    client = login(school_director)
    html = page(client, "school_drive", drive, school)
    assert "มุมอ่านคละชั้น" in html
    assert "ยังไม่มีข้อเสนอแนะหรือการสนับสนุน" in html
    steps = page(client, "school_drive_steps", drive, school)
    assert [steps.count(f'id="{name}"') for name in ("steps", "next-steps")] == [1, 1]
    assert f'href="{url_of("school_baseline", drive, school)}"' in steps


@pytest.mark.parametrize("name", PAGES)
def test_a_school_sees_only_itself(drive, school, other_school, login, school_director, name):
    client = login(school_director)
    assert client.get(url_of(name, drive, other_school)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_a_school_does_not_see_a_draft(
    round_, term, school, login, school_director, supervisor, group_director, name
):
    draft = drive_at_work(term, [], by=group_director, state=DriveState.DRAFT)
    assert login(school_director).get(url_of(name, draft, school)).status_code == 404
    assert login(supervisor).get(url_of(name, draft, school)).status_code == 200


@pytest.mark.parametrize("name", PAGES)
def test_pages_ask_few_queries(
    drive,
    school,
    round_,
    login,
    supervisor,
    school_director,
    area_director,
    name,
    django_assert_max_num_queries,
):
    agreement_in_force(drive, school, by=area_director)
    progress_reported(drive, school, by=school_director)
    visit_signed(round_, by=supervisor, level=3)
    client = login(school_director)
    page(client, name, drive, school)  # the first page of a session also writes the session
    with django_assert_max_num_queries(15):
        page(client, name, drive, school)


def test_the_file_of_a_report_is_for_who_sees_the_school(
    drive, school, login, school_director, outsider_director, subcommittee_member
):
    progress_reported(drive, school, by=school_director, with_file=True)
    url = reverse("drive_progress_file", args=[DriveProgress.objects.get().pk])
    assert login(subcommittee_member).get(url).getvalue() == b"%PDF-1.7"
    assert login(outsider_director).get(url).status_code == 404


def test_what_a_supervisor_promised_is_the_offices(
    drive, school, login, school_director, supervisor
):
    record_drive_advice(
        school=school,
        by=supervisor,
        text="จัดอบรมครู",
        assignee=Assignee.SUPERVISOR,
        due_on=timezone.localdate() + timedelta(days=30),
        origin_detail="บันทึกข้อตกลง",
        is_sample=False,
    )
    html = page(login(school_director), "school_drive", drive, school)
    assert "<h3>สำนักงานรับไว้</h3>" in html
    assert "<h3>โรงเรียนดำเนินการ</h3>" not in html


def test_the_agreement_in_force_is_one_press_away(
    drive, school, login, area_director, school_director
):
    client = login(school_director)
    assert "บันทึกข้อตกลง (PDF)" not in page(client, "school_drive", drive, school)
    agreement = agreement_in_force(drive, school, by=area_director)
    paper = reverse("agreement_paper", args=[agreement.pk])
    assert paper in page(client, "school_drive", drive, school)


# --- The drives of a school over the years ---


def drives_of(client, school):
    return client.get(reverse("school_drives", args=[school.pk])).content.decode()


def test_the_schools_page_leads_to_its_newest_drive(
    drive, school, round_, login, supervisor, school_director
):
    visit_signed(round_, by=supervisor, level=3)
    own = login(school_director).get(reverse("school", args=[school.pk])).content.decode()
    assert reverse("school_drives", args=[school.pk]) in own
    html = drives_of(login(school_director), school)
    assert 'id="drive-line"' in html
    assert url_of("school_drive", drive, school) in html
    assert "3.00" in html


def test_a_school_without_a_drive_reads_so(school, login, school_director):
    html = drives_of(login(school_director), school)
    assert "ยังไม่มีการขับเคลื่อนคุณภาพ" in html


def test_nobody_reads_of_a_school_that_is_not_theirs(drive, other_school, login, school_director):
    address = reverse("school_drives", args=[other_school.pk])
    assert login(school_director).get(address).status_code == 404


def test_the_overview_leads_to_the_drive_of_its_year(drive, login, area_director):
    html = login(area_director).get(reverse("overview")).content.decode()
    assert f'hx-get="{drive.get_absolute_url()}"' in html

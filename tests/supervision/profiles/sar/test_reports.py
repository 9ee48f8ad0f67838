"""A school's annual report: drafted, sent, entered from paper, returned, read."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date
from supervision.profiles.models import AnnualReport
from supervision.profiles.sar import actions
from supervision.profiles.sar.enums import AnnualReportState
from supervision.profiles.sar.queries import load_annual_reports
from tests.factories import AcademicYearFactory, EducationStandardFactory, SchoolFactory
from tests.sample_files import PDF
from tests.supervision.profiles.sar.sample_report import (
    REPORT_DATA,
    draft_report,
    paper_report,
    sent_report,
)


def address(name, school, year=2568):
    return reverse(name, args=[school.pk, year])


@pytest.mark.usefixtures("year", "standards")
def test_a_teacher_drafts_and_the_director_sends(login, academic_teacher, school_director, school):
    teacher = login(academic_teacher)
    data = REPORT_DATA | {"file": SimpleUploadedFile("SAR 2568.pdf", PDF)}
    page = teacher.post(address("annual_report_edit", school), data, follow=True).content.decode()
    assert "4 ดีเลิศ" in page
    assert "ผู้เรียนอ่านออกทุกคน" in page
    assert "SAR 2568.pdf" in page
    assert teacher.post(address("annual_report_send", school)).status_code == 403
    sent = login(school_director).post(address("annual_report_send", school), follow=True)
    assert "ส่งรายงานแล้ว" in sent.content.decode()
    report = AnnualReport.objects.get()
    assert (report.state, report.sent_by) == (AnnualReportState.SENT, school_director)
    assert login(school_director).get(address("annual_report_file", school)).getvalue() == PDF


@pytest.mark.usefixtures("standards")
def test_the_page_names_what_is_missing_before_sending(login, school_director, school, year):
    draft_report(school, year, by=school_director, overalls={}, plan=" ")
    page = login(school_director).get(address("annual_report", school)).content.decode()
    assert "ยังขาด 2 รายการ" in page
    assert "ระดับคุณภาพในภาพรวมของระดับขั้นพื้นฐาน" in page
    response = login(school_director).post(address("annual_report_send", school))
    assert response.status_code == 409
    assert "แผนพัฒนาคุณภาพเพื่อยกระดับ" in response.content.decode()


@pytest.mark.usefixtures("standards")
def test_a_sent_report_is_frozen_until_it_is_returned(
    login, supervisor, school_director, school, year
):
    sent_report(school, year, by=school_director)
    client = login(school_director)
    refused = client.post(address("annual_report_edit", school), REPORT_DATA | {"plan": "ใหม่"})
    assert refused.status_code == 409
    data = {"reason": "ระดับมาตรฐานที่ 2 ไม่ตรงกับเล่ม"}
    login(supervisor).post(address("annual_report_return", school), data)
    page = client.get(address("annual_report", school)).content.decode()
    assert "ระดับมาตรฐานที่ 2 ไม่ตรงกับเล่ม" in page
    form = client.get(address("annual_report_edit", school)).context["form"]
    data = REPORT_DATA | {"standard_2_2": "4", "version": form.stored_version}
    client.post(address("annual_report_edit", school), data)
    client.post(address("annual_report_send", school))
    assert "4 ดีเลิศ" in client.get(address("annual_report", school)).content.decode()
    assert AnnualReport.objects.get().standards.get(number=2).quality_level == 4


@pytest.mark.usefixtures("standards")
def test_a_return_gives_its_reason(login, supervisor, school_director, school, year):
    report = sent_report(school, year, by=school_director)
    page = login(supervisor).post(address("annual_report_return", school), {"reason": " "})
    assert "โปรดระบุเหตุผล" in page.content.decode()
    report.refresh_from_db()
    assert report.is_sent


@pytest.mark.usefixtures("standards")
def test_two_people_in_one_draft_lose_nothing(
    login, academic_teacher, school_director, school, year
):
    url = address("annual_report_edit", school)
    login(academic_teacher).post(url, REPORT_DATA)
    page = login(school_director).post(url, REPORT_DATA | {"plan": "แผนของผู้อำนวยการ"})
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “โครงการคิดเลขเร็ว”" in page.content.decode()
    assert "แผนของผู้อำนวยการ" in page.content.decode()
    assert AnnualReport.objects.get().plan == "โครงการคิดเลขเร็ว"


@pytest.mark.usefixtures("standards", "year")
def test_a_level_that_is_none_of_the_five_is_refused(login, school_director, school):
    url = address("annual_report_edit", school)
    page = login(school_director).post(url, REPORT_DATA | {"standard_2_1": "6"}).content.decode()
    assert "จาก 1 ถึง 5" in page
    assert not AnnualReport.objects.exists()


@pytest.mark.usefixtures("standards")
def test_the_clerk_enters_what_came_on_paper(login, clerk, school, year):
    client = login(clerk)
    client.post(address("annual_report_edit", school), {"standard_2_1": "5"})
    day = timezone.localdate() - timedelta(days=3)
    url = address("annual_report_paper", school)
    client.post(url, {"received_on": numeric_date(day)})
    report = AnnualReport.objects.get()
    assert (report.is_from_paper, report.sent_on, report.sent_by) == (True, day, clerk)
    page = client.get(address("annual_report", school)).content.decode()
    assert "สำนักงานบันทึกจากเอกสาร" in page


@pytest.mark.usefixtures("standards")
def test_paper_has_come_already_and_says_something(clerk, school, year):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(ActionRefused, match="ยังมาไม่ถึง"):
        paper_report(school, year, by=clerk, received_on=tomorrow)
    report = draft_report(school, year, by=clerk, standards={})
    with pytest.raises(ActionRefused, match="ยังไม่มีระดับคุณภาพหรือไฟล์"):
        actions.record_paper_annual_report(report, by=clerk, received_on=timezone.localdate())


def test_a_school_reports_by_the_standards_of_the_year_and_of_what_it_teaches(
    login, school_director, school, year, standards
):
    EducationStandardFactory(level=1, number=1, name="คุณภาพของเด็ก")
    EducationStandardFactory(number=1, name="มาตรฐานใหม่", first_year=2569)
    page = login(school_director).get(address("annual_report_edit", school)).content.decode()
    assert "มาตรฐานที่ 1 คุณภาพด้านที่ 1" in page
    assert "คุณภาพของเด็ก" not in page  # its grades are unknown
    AcademicYearFactory(year=2569)
    url = address("annual_report_edit", school, 2569)
    page = login(school_director).get(url).content.decode()
    assert "มาตรฐานใหม่" in page
    assert "คุณภาพด้านที่ 2" not in page


@pytest.mark.usefixtures("standards")
def test_the_past_of_a_merged_school_follows(
    login, school_director, outsider_director, other_school, school, year
):
    sent_report(other_school, year, by=outsider_director)
    client = login(school_director)
    assert client.get(address("annual_report", other_school)).status_code == 404
    other_school.closed_on, other_school.merged_into = timezone.localdate(), school
    other_school.save()
    client = login(school_director)
    assert client.get(address("annual_report", other_school)).status_code == 200
    assert client.get(address("annual_report_edit", other_school)).status_code == 403
    page = client.get(reverse("school_annual_reports", args=[school.pk])).content.decode()
    assert "จากโรงเรียนอื่น (รวมเมื่อ" in page
    found = load_annual_reports(school, [2568])
    assert [one.merged_school for one in found] == [other_school]


@pytest.mark.usefixtures("standards")
def test_reading_costs_the_same_for_more_years(
    login, school_director, school, year, django_assert_num_queries
):
    sent_report(school, year, by=school_director)
    for earlier in (2566, 2567):
        sent_report(school, AcademicYearFactory(year=earlier), by=school_director)
    with django_assert_num_queries(3):
        assert len(load_annual_reports(school, range(2560, 2570))) == 3
    with django_assert_num_queries(3):
        assert [one.year for one in load_annual_reports(school, [2567])] == [2567]


def test_a_year_to_come_and_another_school_have_no_page(login, school_director, school, year):
    AcademicYearFactory(year=2599)
    client = login(school_director)
    assert client.get(address("annual_report", school, 2599)).status_code == 404
    assert client.get(address("annual_report", SchoolFactory())).status_code == 404


@pytest.mark.usefixtures("standards")
def test_a_return_is_news_to_the_school_alone(
    login, supervisor, committee_member, school_director, school, year
):
    report = sent_report(school, year, by=school_director)
    actions.return_annual_report(report, by=supervisor, reason="ระดับไม่ตรง")
    page = login(school_director).get(reverse("notices")).content.decode()
    assert "ส่งกลับให้แก้ไข (SAR)" in page
    assert "SAR" not in login(committee_member).get(reverse("notices")).content.decode()


@pytest.mark.usefixtures("standards")
def test_the_pages_stay_within_the_budget(
    login, school_director, school, year, django_assert_max_num_queries
):
    sent_report(school, year, by=school_director)
    AcademicYearFactory(year=2569)
    client = login(school_director)
    for url in (
        address("annual_report", school),
        reverse("school_annual_reports", args=[school.pk]),
        address("annual_report_edit", school, 2569),
    ):
        with django_assert_max_num_queries(15):
            assert client.get(url).status_code == 200

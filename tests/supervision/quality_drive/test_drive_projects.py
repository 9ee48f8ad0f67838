"""A school's own projects in the drive."""

from decimal import Decimal

import pytest
from django.urls import reverse

from schools.core.status import StatusKind
from supervision.quality_drive.models import DriveProgress, SchoolProject
from supervision.quality_drive.progress.projects import ProjectLine, load_school_projects
from tests.drive_scenarios import drive_at_work, school_project_added


@pytest.fixture
def drive(term, group_director):
    return drive_at_work(term, [], by=group_director)


@pytest.fixture
def project(drive, school, school_director):
    return school_project_added(drive, school, by=school_director)


FIELDS = {
    "dimension_code": "Q1",
    "title": "ธนาคารขยะ",
    "indicator_text": "ขยะที่คัดแยก",
    "unit": "กิโลกรัม",
    "baseline": "",
    "target": "120.5",
}


def test_a_school_adds_its_own(drive, school, login, academic_teacher):
    url = reverse("drive_project_new", args=[drive.academic_year.year, school.pk])
    response = login(academic_teacher).post(url, FIELDS)
    project = SchoolProject.objects.get()
    assert response.url == reverse("drive_project", args=[project.pk])
    assert (project.target, project.baseline) == (Decimal("120.5"), None)


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "", "โปรดกรอกโครงการหรือกิจกรรมของโรงเรียน"),
        ("title", "มุมอ่านคละชั้น", "มีโครงการชื่อนี้ของโรงเรียนแล้ว"),
        ("target", "มาก", "โปรดกรอกค่าเป้าหมายเป็นตัวเลข"),
        ("dimension_code", "Q9", "จากรายการ"),
    ],
)
def test_bad_input(drive, school, project, login, school_director, field, value, message):
    url = reverse("drive_project_new", args=[drive.academic_year.year, school.pk])
    html = login(school_director).post(url, FIELDS | {field: value}).content.decode()
    assert message in html
    assert SchoolProject.objects.count() == 1


def test_it_changes_until_it_is_reported_on(project, login, school_director):
    client, url = login(school_director), reverse("drive_project_edit", args=[project.pk])
    version = client.get(url).context["form"].initial["version"]
    client.post(url, FIELDS | {"version": version})
    project.refresh_from_db()
    assert project.title == "ธนาคารขยะ"

    report(client, project, "60")
    assert client.get(url).status_code == 409
    assert client.post(url, FIELDS).status_code == 409


def test_two_people_at_once(project, login, school_director, academic_teacher):
    url = reverse("drive_project_edit", args=[project.pk])
    version = login(academic_teacher).get(url).context["form"].initial["version"]
    SchoolProject.objects.filter(pk=project.pk).update(unit="คน (ป.1–ป.3)")
    html = login(school_director).post(url, FIELDS | {"version": version}).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า" in html
    project.refresh_from_db()
    assert project.title == "มุมอ่านคละชั้น"


def report(client, project, value, **fields):
    url = reverse("drive_project_report", args=[project.pk])
    return client.post(url, {"value": value, "text": "อ่านทุกเช้า"} | fields)


def test_progress_in_the_projects_own_unit(drive, school, project, login, school_director):
    client = login(school_director)
    report(client, project, "5")
    [line] = load_school_projects(drive, school)
    assert (line.word, line.kind) == ("ต้องลดอีก 2 คน", StatusKind.WAITING)
    report(client, project, "2.5")
    [line] = load_school_projects(drive, school)
    assert (line.word, line.kind) == ("ถึงเป้าหมายแล้ว", StatusKind.DONE)
    assert line.numbers == "ก่อนพัฒนา 9 · ปัจจุบัน 2.5 · เป้าหมาย ไม่เกิน 3 คน"
    html = client.get(reverse("drive_project", args=[project.pk])).content.decode()
    assert html.count("อ่านทุกเช้า") == 2


def test_a_report_without_words_is_refused(project, login, school_director):
    response = report(login(school_director), project, "5", text="")
    assert "โปรดกรอกสิ่งที่ดำเนินการ" in response.content.decode()
    assert not DriveProgress.objects.exists()


def test_where_more_is_better():
    project = SchoolProject(unit="เล่ม", target=Decimal(10))
    line = ProjectLine(project, [DriveProgress(value=Decimal("7.25"))])
    assert line.word == "เหลือ 2.75 เล่ม"
    assert ProjectLine(project, []).word == "ยังไม่มีรายงาน"


def test_it_is_the_schools_alone(project, login, supervisor, outsider_director):
    url = reverse("drive_project", args=[project.pk])
    assert login(supervisor).get(url).status_code == 200
    assert login(outsider_director).get(url).status_code == 404
    assert report(login(supervisor), project, "5").status_code == 403

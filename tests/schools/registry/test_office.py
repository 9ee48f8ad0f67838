"""The office keeps its clusters, its calendar and its own letterhead."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from schools.models import AcademicYear, Area, Cluster, Term
from tests.factories import (
    AcademicYearFactory,
    AppointmentFactory,
    AreaFactory,
    ClusterFactory,
    SchoolFactory,
)
from tests.form_data import page_form_data
from tests.schools.registry.conftest import count_queries

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)  # the day of every test, see conftest.py


@pytest.fixture
def client(login, clerk):
    return login(clerk)


@pytest.fixture
def save(client):
    """Send a page's form as the page offers it, with some boxes typed anew."""

    def send(page, *args, version=None, **typed):
        url = reverse(page, args=args)
        return client.post(
            url, page_form_data(client, url, **typed) | ({"version": version} if version else {})
        )

    return send


def problems(response) -> str:
    assert response.status_code == 200
    return " ".join(m for errors in response.context["form"].errors.values() for m in errors)


# --- The landing page ---


def test_the_registrar_sees_what_can_be_edited_and_what_is_missing(client, school, other_school):
    page = client.get(reverse("registry")).content.decode()
    for name in ("directory", "clusters", "academic_calendar", "area_office"):
        assert f'href="{reverse(name)}"' in page
    assert "รอสำนักงานยืนยัน" in page
    assert f"{reverse('directory')}?gap=code" in page


def test_only_open_schools_lack_something(client, school):
    SchoolFactory(closed_on=TODAY)
    gaps = dict(client.get(reverse("registry")).context["gaps"])
    assert gaps["code"] == 1
    assert "cluster" not in gaps


# --- Clusters ---


def test_clusters_are_listed_with_their_schools_of_today(client, cluster, school, other_school):
    SchoolFactory(cluster=cluster, closed_on=TODAY)
    moved = SchoolFactory(cluster=cluster)
    moved.memberships.update(ends_on=TODAY - timedelta(days=1))
    listed = {
        m.cluster.name: m.schools for m in client.get(reverse("clusters")).context["clusters"]
    }
    assert listed[cluster.name] == [school]


def test_the_list_of_clusters_is_flat(client):
    SchoolFactory(cluster=ClusterFactory())
    with_one = count_queries(client, reverse("clusters"))
    for _ in range(3):
        SchoolFactory(cluster=ClusterFactory())
    assert count_queries(client, reverse("clusters")) == with_one <= 15


def test_a_cluster_is_added_renamed_and_noted(save, client, school, cluster):
    AreaFactory()
    assert save("cluster_add", name="กลุ่มโรงเรียนภูเรือ").status_code == 302
    assert save("cluster", cluster.pk, name="กลุ่มโรงเรียนใหม่", data_note="ขาด 2").status_code == 302
    cluster.refresh_from_db()
    assert (cluster.name, cluster.data_note) == ("กลุ่มโรงเรียนใหม่", "ขาด 2")
    page = client.get(reverse("cluster", args=[cluster.pk])).content.decode()
    assert "ของเรา" in page
    assert "ข้อสังเกตข้อมูล: ว่าง → ขาด 2" in page


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "โปรดกรอกชื่อกลุ่มโรงเรียน"),
        ("กลุ่มโรงเรียน อื่น", "มีกลุ่มโรงเรียนอื่นอยู่แล้ว"),
        ("ก" * 101, "ยาวเกิน 100 ตัวอักษร"),
        ("ก\x00ข", "มีอักขระที่มองไม่เห็น"),
    ],
)
def test_a_name_that_cannot_be_taken_is_explained(save, cluster, other_school, name, message):
    assert message in problems(save("cluster", cluster.pk, name=name))
    cluster.refresh_from_db()
    assert cluster.name == "กลุ่มโรงเรียนของเรา"


def test_two_clerks_do_not_rename_over_each_other(save, client, cluster):
    page = reverse("cluster", args=[cluster.pk])
    version = client.get(page).context["form"]["version"].value()
    save("cluster", cluster.pk, name="กลุ่มหนึ่ง")
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “กลุ่มหนึ่ง”" in problems(
        save("cluster", cluster.pk, version=version, name="กลุ่มสอง")
    )
    assert Cluster.objects.get(pk=cluster.pk).name == "กลุ่มหนึ่ง"


# --- Calendar ---


@pytest.fixture
def year():
    """The year 2569 with the usual days."""
    year = AcademicYearFactory(year=2569)
    for number, opens, closes in ((1, (5, 16), (10, 11)), (2, (11, 1), None)):
        Term.objects.create(
            academic_year=year,
            number=number,
            opens_on=date(2026, *opens),
            closes_on=date(2026, *closes) if closes else date(2027, 4, 1),
        )
    return year


def test_the_next_year_is_offered_with_the_usual_days(client, save, year):
    boxes = client.get(reverse("academic_year_add")).context["form"].initial
    assert (boxes["year"], boxes["opens_1"]) == (2570, date(2027, 5, 16))
    assert save("academic_year_add").status_code == 302
    assert AcademicYear.objects.get(year=2570).terms.count() == 2
    page = client.get(reverse("academic_calendar")).content.decode()
    assert "ปีการศึกษา 2570" in page
    assert "เปิด 16 พฤษภาคม 2570 · ปิด 11 ตุลาคม 2570" in page


def test_the_days_of_a_term_can_be_moved(save, year):
    assert save("academic_year", 2569, opens_1="1/7/2569").status_code == 302
    assert year.terms.get(number=1).opens_on == date(2026, 7, 1)


def test_the_page_tells_who_moved_the_days(save, client, year, clerk):
    save("academic_year", 2569, opens_1="1/7/2569")
    newest = client.get(reverse("academic_year", args=[2569])).context["changes"][0]
    assert (newest.who, newest.what) == (str(clerk), "แก้ไขภาคเรียนที่ 1")
    assert newest.reason == "วันเปิดภาคเรียน: 16 พ.ค. 2569 → 1 ก.ค. 2569"


def test_two_clerks_do_not_move_days_over_each_other(save, client, year):
    page = reverse("academic_year", args=[2569])
    version = client.get(page).context["form"]["version"].value()
    save("academic_year", 2569, opens_1="20/5/2569")
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “20 พ.ค. 2569”" in problems(
        save("academic_year", 2569, version=version, opens_1="1/7/2569")
    )
    assert year.terms.get(number=1).opens_on == date(2026, 5, 20)


def test_a_year_without_terms_gets_its_days(save):
    year = AcademicYearFactory(year=2565)
    assert save("academic_year", 2565).status_code == 302
    assert year.terms.count() == 2


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"year": "2027"}, "ปี 2027 เป็น ค.ศ."),
        ({"year": "2569"}, "ต้องเปิดในปี 2569"),
        ({"opens_1": "16/5/2569"}, "ต้องเปิดในปี 2570"),
        ({"closes_1": "1/5/2570"}, "ต้องไม่ก่อนวันเปิดภาคเรียนที่ 1"),
        ({"opens_2": "1/10/2570"}, "ต้องไม่ก่อนวันปิดภาคเรียนที่ 1"),
        ({"opens_2": ""}, "โปรดกรอกวันเปิดภาคเรียนที่ 2"),
    ],
)
def test_days_that_cannot_be_are_explained(save, year, typed, message):
    assert message in problems(save("academic_year_add", **typed))
    assert AcademicYear.objects.count() == 1


def test_a_year_is_entered_once(save, client, year):
    days = {"opens_1": "16/5/2569", "closes_1": "11/10/2569", "opens_2": "1/11/2569"}
    response = save("academic_year_add", year="2569", closes_2="1/4/2570", **days)
    assert "ปฏิทินมีปีการศึกษา 2569 แล้ว" in problems(response)


def test_terms_never_overlap(save, year):
    response = save("academic_year", 2569, closes_2="1/6/2570")
    assert response.status_code == 302  # nothing else lies there
    response = save("academic_year_add", opens_1="16/5/2570")
    assert "วันเรียนซ้อนกับภาคเรียนที่ 2/2569 (1 พ.ย. 2569 ถึง 1 มิ.ย. 2570)" in problems(response)
    assert not AcademicYear.objects.filter(year=2570).exists()


# --- The office itself ---


def test_the_letterhead_is_kept(save, client, scheme):
    facts = {"code": "๔๒๐๓", "postal_code": "42120", "letter_code": "ศธ 04xxx"}
    assert save("area_office", **facts, size_scheme=scheme.pk).status_code == 302
    area = Area.objects.get()
    assert (area.code, area.postal_code, area.letter_code) == ("4203", "42120", "ศธ 04xxx")
    page = client.get(reverse("area_office")).content.decode()
    assert "เลขที่หนังสือออก: ว่าง → ศธ 04xxx" in page
    assert f"เกณฑ์ขนาดโรงเรียน: ว่าง → {scheme}" in page


def test_the_schemes_are_shown_with_bands_and_provenance(client, scheme):
    page = client.get(reverse("area_office")).content.decode()
    for words in ("เกณฑ์ทดสอบ", "1–120 คน", "601 คนขึ้นไป", "ที่มา: ทดสอบ"):
        assert words in page


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"code": "42"}, "รหัสเขตพื้นที่ต้องเป็นเลขอารบิก 4 หลัก"),
        ({"postal_code": "4212"}, "รหัสไปรษณีย์ต้องเป็นตัวเลข 5 หลัก"),
        ({"size_scheme": "99"}, "จากรายการ"),
        ({"name": ""}, "โปรดกรอกชื่อสำนักงาน"),
    ],
)
def test_a_letterhead_that_cannot_be_is_explained(save, typed, message):
    AreaFactory()
    assert message in problems(save("area_office", **typed))


def test_who_only_reads_keeps_nothing(login, supervisor, area_director):
    for name in ("registry", "clusters", "cluster_add", "academic_calendar", "area_office"):
        for user in (supervisor, area_director):
            assert login(user).get(reverse(name)).status_code == 403


def test_an_acting_director_is_named_as_such_on_the_card(client, school):
    AppointmentFactory(role="school_director", school=school, capacity="acting")
    page = client.get(reverse("school_card", args=[school.pk])).content.decode()
    assert "รักษาการในตำแหน่งผู้อำนวยการ" in page

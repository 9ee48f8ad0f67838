"""Handbooks as their readers find them, and the foreword that the officer writes."""

from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.handbook.models import Handbook
from reports.handbook.officers import OFFICER_ROLES
from schools.access import Permission, roles_with
from schools.core.thai import fiscal_year
from schools.enums import Role
from tests.factories import AppointmentFactory, UserFactory
from tests.reports.handbook.conftest import YEAR


def address(name, officer, year=YEAR):
    return reverse(name, args=[year, officer.pk])


def write(client, officer, foreword):
    url = address("handbook_foreword", officer)
    version = client.get(url).context["form"].initial["version"]
    return client.post(url, {"foreword": foreword, "version": version}, follow=True)


def test_whose_handbooks_there_are_is_who_may_write_one():
    assert roles_with(Permission.WRITE_HANDBOOK) == set(OFFICER_ROLES)


def test_who_is_to_come_has_no_handbook_yet(login, area_director, cluster):
    tomorrow = timezone.localdate() + timedelta(days=1)
    place = {"role": Role.SUPERVISOR, "cluster": cluster}
    AppointmentFactory(user=UserFactory(), starts_on=tomorrow, **place)
    page = login(area_director).get(reverse("handbooks"))
    assert list(page.context["page"]) == []
    assert "ยังไม่มีคู่มือ" in page.content.decode()


def test_directors_find_all_officers_of_a_year(login, group_director, supervisor, other_supervisor):
    page = login(group_director).get(reverse("handbooks"), {"year": YEAR})
    assert {row.of.officer for row in page.context["page"]} == {
        group_director,
        supervisor,
        other_supervisor,
    }
    found = login(group_director).get(reverse("handbooks"), {"q": str(supervisor)})
    assert [row.of.officer for row in found.context["page"]] == [supervisor]


def test_an_officer_finds_their_own_of_every_year(login, supervisor, other_supervisor):
    page = login(supervisor).get(reverse("handbooks"))
    assert [row.of.officer for row in page.context["page"]] == [supervisor]
    years = [year for year, _ in page.context["form"].fields["year"].choices]
    assert years == list(range(fiscal_year(timezone.localdate()), 2566, -1))


def test_who_came_later_or_left_before_has_none_of_the_year(login, group_director, cluster):
    later, gone = UserFactory(), UserFactory()
    place = {"role": Role.SUPERVISOR, "cluster": cluster}
    AppointmentFactory(user=later, starts_on="2024-10-01", **place)
    AppointmentFactory(user=gone, starts_on="2022-10-01", ends_on="2023-09-30", **place)
    client = login(group_director)
    for officer in (later, gone):
        assert client.get(address("handbook", officer)).status_code == 404
    assert client.get(address("handbook", later, 2568)).status_code == 200
    assert client.get(address("handbook", later, 1)).status_code == 404


def test_the_number_of_queries_does_not_grow(
    login, group_director, supervisor, django_assert_num_queries, cluster
):
    client, url = login(group_director), reverse("handbooks")
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for _ in range(3):
        AppointmentFactory(user=UserFactory(), role=Role.SUPERVISOR, cluster=cluster)
    with django_assert_num_queries(len(few)):
        client.get(url)


def test_the_manual_s_foreword_is_the_draft_of_its_author_and_others_get_their_own_name(
    login, author, other_supervisor, group_director
):
    call_command("load_manual")
    client = login(group_director)
    own = client.get(address("handbook", author)).context["handbook"].foreword
    assert f"ของ{author} ตำแหน่ง ศึกษานิเทศก์ชำนาญการพิเศษ ตามกลุ่มงาน" in own
    assert "ในกลุ่มงานนิเทศ ติดตาม และประเมินผลระบบบริหารและจัดการศึกษา กลุ่มนิเทศ" in own
    another = client.get(address("handbook", other_supervisor)).context["handbook"].foreword
    assert "ตำแหน่งเลขที่ 16" not in another
    assert "ปฏิบัติงานในกลุ่มนิเทศ ติดตามและประเมินผลการจัดการศึกษา" in another
    assert not Handbook.objects.exists()


def test_the_officer_writes_the_foreword_and_its_history_is_kept(login, author):
    client = login(author)
    assert "บันทึกคำนำแล้ว" in write(client, author, "หนึ่ง\nสอง").content.decode()
    write(client, author, "สาม")
    handbook = Handbook.objects.get()
    assert (handbook.officer, handbook.fiscal_year, handbook.paragraphs) == (author, YEAR, ["สาม"])
    kept = handbook.history.values_list("foreword", "history_user")
    assert list(kept) == [("สาม", author.pk), ("หนึ่ง\nสอง", author.pk)]
    page = client.get(address("handbook_foreword", author))
    assert [version.foreword for version in page.context["earlier"]] == ["หนึ่ง\nสอง"]
    assert "ข้อความเดิม 1 ฉบับ" in page.content.decode()


def test_two_windows_do_not_overwrite_each_other(login, author):
    client, url = login(author), address("handbook_foreword", author)
    write(client, author, "เดิม")
    version = client.get(url).context["form"].initial["version"]
    write(client, author, "ของหน้าต่างแรก")
    answer = client.post(url, {"foreword": "ของหน้าต่างที่สอง", "version": version})
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของหน้าต่างแรก”" in answer.content.decode()
    assert Handbook.objects.get().foreword == "ของหน้าต่างแรก"


def test_an_empty_foreword_is_asked_for(login, author):
    assert "โปรดกรอกคำนำ" in write(login(author), author, "").content.decode()
    assert not Handbook.objects.exists()


def test_only_the_officer_writes(login, author, group_director, other_supervisor, school_director):
    url = address("handbook_foreword", author)
    assert login(group_director).post(url, {"foreword": "ก"}).status_code == 403
    for stranger in (other_supervisor, school_director):
        assert login(stranger).post(url, {"foreword": "ก"}).status_code == 404
    assert not Handbook.objects.exists()


def test_the_page_asks_little_and_leads_to_the_officer_s_other_years(login, ordered):
    client, url = login(ordered), address("handbook", ordered)
    client.get(url)
    with CaptureQueriesContext(connection) as asked:
        page = client.get(url).content.decode()
    assert len(asked) <= 15
    assert "คำสั่งที่ 195/2567 ตั้งแต่วันที่ 9 พฤษภาคม 2567" in page
    assert 'aria-current="page">2567<' in page
    assert address("handbook", ordered, 2568) in page
    assert address("handbook", ordered, 2566) not in page

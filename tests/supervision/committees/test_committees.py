"""Committees and their members: added, put right, ended; who sat in them on a day."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from schools.enums import Role
from schools.models import Cluster
from supervision.committees.enums import CommitteeKind, CommitteePosition
from supervision.committees.models import Committee, CommitteeMember
from tests.factories import CommitteeFactory, CommitteeMemberFactory
from tests.form_data import page_form_data
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db


def member_data(**changes):
    fields = {
        "user": "",
        "name": "",
        "post": "ข้าราชการบำนาญ",
        "position": CommitteePosition.MEMBER,
        "sequence": "",
        "capacity": "ผู้ทรงคุณวุฒิ",
        "order": "",
        "order_text": "คำสั่ง สพป. ที่ 12/2569",
        "starts_on": "1/5/2569",
        "ends_on": "",
    }
    return fields | changes


def test_a_committee_is_added_and_there_is_one_of_the_area(login, clerk, cluster):
    client, url = login(clerk), reverse("committee_add")
    data = {"kind": "area", "name": "ก.ต.ป.น. เขต", "starts_on": "9/5/2567", "cluster": ""}
    page = client.post(url, data, follow=True).content.decode()
    assert "ก.ต.ป.น. เขต" in page
    assert "ไม่มีรายชื่อกรรมการ" in page
    assert "มี ก.ต.ป.น. ของเขตพื้นที่แล้ว" in client.post(url, data).content.decode()
    of_cluster = data | {"kind": "subcommittee", "cluster": cluster.pk}
    for wrong in (data | {"cluster": cluster.pk}, of_cluster | {"cluster": ""}):
        assert "อ.ก.ต.ป.น. ต้องระบุกลุ่มโรงเรียน" in client.post(url, wrong).content.decode()
    client.post(url, of_cluster)
    assert Committee.objects.get(cluster=cluster).short_name == f"อ.ก.ต.ป.น. {cluster}"


def test_a_member_with_an_account_is_linked_to_the_appointment(login, clerk, committee_member):
    committee = CommitteeFactory()
    client, url = login(clerk), reverse("committee_member_add", args=[committee.pk])
    unlisted = client.get(committee.get_absolute_url()).content.decode()
    assert f"{url}?user={committee_member.pk}" in unlisted
    client.post(url, member_data(user=committee_member.pk, post=""))
    member = committee.members.get()
    assert member.appointment == committee_member.appointments.get()
    assert str(member) == committee_member.full_name
    page = client.get(committee.get_absolute_url()).content.decode()
    assert "มีตำแหน่งในระบบ แต่ยังไม่อยู่ในรายชื่อ" not in page
    assert "ยังไม่มีตำแหน่งในระบบ" not in page
    again = client.post(url, member_data(user=committee_member.pk)).content.decode()
    assert "เป็นกรรมการคณะนี้อยู่แล้ว" in again


def test_a_member_whose_account_reads_nothing_is_named(login, clerk, school_director):
    committee = CommitteeFactory()
    CommitteeMemberFactory(committee=committee, user=school_director)
    page = login(clerk).get(committee.get_absolute_url()).content.decode()
    assert "ยังไม่มีตำแหน่งในระบบ" in page


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"post": ""}, "โปรดระบุชื่อหรือตำแหน่งของกรรมการ"),
        ({"ends_on": "1/5/2568"}, "วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม"),
        ({"starts_on": "1/5/2026"}, "เป็น ค.ศ."),
        ({"position": "9"}, "โปรดเลือกตำแหน่งในคณะกรรมการ"),
        ({"user": "9" * 30}, "โปรดเลือกบัญชีผู้ใช้"),
    ],
)
def test_what_is_wrong_with_a_member_is_said(login, clerk, changes, message):
    url = reverse("committee_member_add", args=[CommitteeFactory().pk])
    page = login(clerk).post(url, member_data(**changes)).content.decode()
    assert message in page
    assert not CommitteeMember.objects.exists()


def test_a_correction_needs_its_reason_and_stays_in_the_history(login, clerk):
    member = CommitteeMemberFactory(post="ตำแหน่งที่พิมพ์ผิด")
    client, url = login(clerk), reverse("committee_member", args=[member.pk])
    sent = page_form_data(client, url, post="ตำแหน่งที่ถูก")
    assert "โปรดระบุเหตุผลที่แก้ไข" in client.post(url, sent).content.decode()
    client.post(url, sent | {"reason": "พิมพ์ผิด"})
    member.refresh_from_db()
    assert member.post == "ตำแหน่งที่ถูก"
    page = client.get(member.committee.get_absolute_url()).content.decode()
    assert "ตำแหน่งที่พิมพ์ผิด → ตำแหน่งที่ถูก" in page
    assert "พิมพ์ผิด" in page


def test_a_membership_ends_and_is_shown_on_the_days_it_held(login, clerk):
    member = CommitteeMemberFactory(post="กรรมการที่ครบวาระ", starts_on=date(2025, 1, 1))
    client, page = login(clerk), member.committee.get_absolute_url()
    url = reverse("committee_member_end", args=[member.pk])
    early = client.post(url, {"last_day": "1/1/2560"}).content.decode()
    assert "โปรดระบุวันนั้นหรือวันหลังจากนั้น" in early
    yesterday = timezone.localdate() - timedelta(days=1)
    client.post(url, {"last_day": numeric_date(yesterday)})
    today = client.get(page)
    assert [row.member for row in today.context["members"].present] == []
    assert today.context["members"].past == [member]
    then = client.get(page, {"on": numeric_date(yesterday)})
    assert [row.member for row in then.context["members"].present] == [member]
    assert client.get(page, {"on": "ไม่ใช่วัน"}).status_code == 200


def test_who_only_reads_changes_nothing(login, committee_member):
    member = CommitteeMemberFactory()
    client = login(committee_member)
    assert "เพิ่มกรรมการ" not in client.get(member.committee.get_absolute_url()).content.decode()
    for name in ("committee_member", "committee_member_end"):
        assert client.post(reverse(name, args=[member.pk])).status_code == 403


def test_queries_do_not_grow(login, clerk, django_assert_max_num_queries):
    committee = CommitteeFactory()
    CommitteeMemberFactory(committee=committee)
    client = login(clerk)
    client.get(reverse("committees"))
    counts = []
    for _ in range(2):
        for url in (reverse("committees"), committee.get_absolute_url(), reverse("meeting_plan")):
            with django_assert_max_num_queries(15) as found:
                client.get(url)
            counts.append(len(found))
        CommitteeMemberFactory.create_batch(2, committee=committee)
        for other in Cluster.objects.all()[:2]:
            CommitteeFactory(kind=CommitteeKind.SUBCOMMITTEE, cluster=other)
    assert counts[:3] == counts[3:]


def test_who_held_an_appointment_before_is_listed_as_a_member(committee_member, cluster):
    other = user_with_role(Role.SUBCOMMITTEE_MEMBER, "of_cluster", cluster=cluster)
    migration = import_module("supervision.committees.migrations.0002_committees_of_appointments")
    migration.make_committees(apps, None)
    for person, kind in ((committee_member, "area"), (other, "subcommittee")):
        member = person.committee_members.get()
        assert (member.committee.kind, member.name) == (kind, person.full_name)
        assert member.appointment == person.appointments.get()
        assert member.starts_on == member.appointment.starts_on
    assert other.committee_members.get().committee.cluster == cluster

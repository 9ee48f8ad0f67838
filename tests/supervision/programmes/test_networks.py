from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.calendar.feeds import build_calendar_feed
from supervision.programmes.models import (
    Forum,
    LearningSource,
    Network,
    NetworkFile,
    NetworkMember,
)
from tests import scenarios
from tests.factories import (
    LONG_AGO,
    ForumFactory,
    LearningSourceFactory,
    NetworkFactory,
    NetworkMemberFactory,
    SchoolFactory,
    WorkFactory,
)
from tests.form_data import page_form_data
from tests.sample_files import jpeg


def typed_day(days=0):
    return numeric_date(timezone.localdate() + timedelta(days=days))


def form_network(client, school, **typed):
    fields = {
        "kind": "persons",
        "name": "เครือข่ายครูแกนนำภาษาไทย",
        "purpose": "พัฒนาการอ่าน",
        "work": WorkFactory().pk,
        "starts_on": typed_day(),
        "schools": [school.pk],
    }
    return client.post(reverse("network_add"), fields | typed, follow=True)


def add_member(client, network, school, **typed):
    fields = {
        "role": "lead_teacher",
        "subject": "ภาษาไทย",
        "topics": "การอ่าน",
        "starts_on": typed_day(),
    }
    sent = fields | ({"school": school.pk} if school else {}) | typed
    return client.post(reverse("network_member_add", args=[network.pk]), sent, follow=True)


def test_a_network_is_formed_with_its_schools_and_members(login, supervisor, school):
    client = login(supervisor)
    form_network(client, school)
    network = Network.objects.get()
    assert list(network.schools.all()) == [school]
    page = add_member(client, network, school).content.decode()
    assert "ครูแกนนำภาษาไทย" in page
    assert school.name in page
    assert "เพิ่มสมาชิก ครูแกนนำภาษาไทย" in page


def test_the_same_member_twice_is_one(login, supervisor, school):
    client, network = login(supervisor), NetworkFactory()
    add_member(client, network, school)
    assert "อยู่แล้ว โปรดแก้ไขรายการเดิม" in add_member(client, network, school).content.decode()
    assert NetworkMember.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"subject": "ภาษาไทย 081 234 5678"}, "ไม่เก็บเบอร์โทรศัพท์"),
        ({"topics": "ถามที่ kru@example.org"}, "ไม่เก็บเบอร์โทรศัพท์"),
        ({"organisation": "ชุมชน"}, "อย่างใดอย่างหนึ่ง"),
        ({"starts_on": "1/1/2026"}, "พ.ศ."),
    ],
)
def test_a_member_says_what_is_wrong(login, supervisor, school, typed, message):
    page = add_member(login(supervisor), NetworkFactory(), school, **typed)
    assert message in page.content.decode()
    assert not NetworkMember.objects.exists()


def test_a_member_is_of_some_place(login, supervisor):
    page = add_member(login(supervisor), NetworkFactory(), None)
    assert "อย่างใดอย่างหนึ่ง" in page.content.decode()


def test_a_network_that_ended_takes_its_members_along_and_stays(login, supervisor):
    member = NetworkMemberFactory()
    client = login(supervisor)
    url = reverse("network_end", args=[member.network_id])
    page = client.post(url, {"ends_on": typed_day(), "reason": "ครบวาระ"}, follow=True)
    assert "ครบวาระ" in page.content.decode()
    member.refresh_from_db()
    assert member.ends_on == timezone.localdate()
    refused = client.post(reverse("network_edit", args=[member.network_id]), {}, follow=True)
    assert refused.status_code in (200, 409)
    assert Network.objects.count() == 1


def test_an_end_before_the_beginning_is_refused(login, supervisor):
    source = LearningSourceFactory(starts_on=timezone.localdate())
    url = reverse("learning_source_end", args=[source.pk])
    sent = {"ends_on": typed_day(-1), "reason": "ก"}
    page = login(supervisor).post(url, sent).content.decode()
    assert "วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม" in page
    source.refresh_from_db()
    assert source.ends_on is None


def test_nobody_overwrites_a_network_they_have_not_seen(login, supervisor):
    client, network = login(supervisor), NetworkFactory()
    url = reverse("network_edit", args=[network.pk])
    before = page_form_data(client, url, name="ชื่อของฉัน")
    client.post(url, page_form_data(client, url, name="ชื่อของเขา"))
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ชื่อของเขา”" in client.post(url, before).content.decode()


def test_a_learning_source_keeps_its_evidence(login, supervisor, school_director, school):
    client = login(supervisor)
    sent = {
        "kind": "laboratory",
        "name": "ห้องวิทยาศาสตร์",
        "school": school.pk,
        "topics": "การทดลอง",
        "starts_on": typed_day(),
    }
    client.post(reverse("learning_source_add"), sent)
    source = LearningSource.objects.get()
    photo = SimpleUploadedFile("ห้อง.jpg", jpeg())
    url = reverse("source_file_add", args=[source.pk])
    page = client.post(url, {"caption": "ภาพห้อง", "file": photo}, follow=True)
    assert "ภาพห้อง" in page.content.decode()
    file = NetworkFile.objects.get()
    assert client.get(reverse("network_file", args=[file.pk])).getvalue()
    school_page = login(school_director).get(source.get_absolute_url()).content.decode()
    assert "ภาพห้อง" not in school_page
    assert login(school_director).get(reverse("network_file", args=[file.pk])).status_code == 404
    client.post(reverse("network_file_remove", args=[file.pk]))
    photo = SimpleUploadedFile("ห้อง.jpg", jpeg())
    client.post(url, {"caption": "ภาพห้อง", "file": photo, "has_consent": "on"})
    file = NetworkFile.objects.get(removed_at=None)
    sent = login(school_director).get(reverse("network_file", args=[file.pk]))
    assert sent.getvalue().startswith(b"\xff\xd8")
    client.post(reverse("network_file_remove", args=[file.pk]))
    assert client.get(reverse("network_file", args=[file.pk])).status_code == 404


def plan_forum(client, **typed):
    fields = {
        "title": "เวทีวิชาการครูแกนนำ",
        "programme": "นำเสนอผลงาน",
        "starts_on": typed_day(3),
        "ends_on": "",
        "place": "ห้องประชุม",
    }
    return client.post(reverse("forum_add"), fields | typed, follow=True)


def test_a_forum_is_planned_held_and_put_right_with_a_reason(login, supervisor):
    client = login(supervisor)
    plan_forum(client)
    forum = Forum.objects.get()
    assert forum.ends_on == forum.starts_on
    url = reverse("forum_record", args=[forum.pk])
    sent = {"shared": "วิธีสอนอ่าน", "lead_teacher": "12", "director": "3"}
    assert "ครูแกนนำ 12 คน" in client.post(url, sent, follow=True).content.decode()
    assert "โปรดระบุเหตุผลที่แก้ไข" in client.post(url, sent).content.decode()
    corrected = sent | {"lead_teacher": "15", "reason": "นับใหม่"}
    page = client.post(url, corrected, follow=True).content.decode()
    assert "ครูแกนนำ 15 คน" in page
    assert "เดิม: ครูแกนนำ 12 คน" in page


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"shared": "ก"}, "อย่างน้อย 1 ตำแหน่ง"),
        ({"lead_teacher": "1"}, "โปรดกรอกสิ่งที่แลกเปลี่ยนเรียนรู้"),
        ({"shared": "ก", "lead_teacher": "-1"}, "ต้องไม่น้อยกว่า 0"),
    ],
)
def test_a_result_says_what_is_missing(login, supervisor, sent, message):
    url = reverse("forum_record", args=[ForumFactory().pk])
    assert message in login(supervisor).post(url, sent).content.decode()
    assert Forum.objects.get().state == "planned"


def test_a_cancelled_forum_is_not_held(login, supervisor):
    client, forum = login(supervisor), ForumFactory()
    client.post(reverse("forum_cancel", args=[forum.pk]), {"reason": "เลื่อน"})
    assert client.get(reverse("forum_record", args=[forum.pk])).status_code == 409


def count_queries(client, url):
    client.get(url)  # what is asked once for all pages
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


LISTS = {
    "networks": NetworkMemberFactory,
    "learning_sources": LearningSourceFactory,
    "forums": ForumFactory,
    "help_directory": NetworkMemberFactory,
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_cost_the_same_with_more_rows(login, school_director, name):
    client, url = login(school_director), reverse(name)
    LISTS[name]()
    few = count_queries(client, url)
    for _ in range(2):
        LISTS[name]()
    assert count_queries(client, url) == few <= 15


def test_a_network_page_costs_the_same_with_more_members(login, supervisor):
    network = NetworkFactory()
    client, url = login(supervisor), network.get_absolute_url()
    NetworkMemberFactory(network=network, school=SchoolFactory())
    few = count_queries(client, url)
    for _ in range(2):
        NetworkMemberFactory(network=network, school=SchoolFactory())
    assert count_queries(client, url) == few <= 15


def test_a_forum_is_in_the_calendar_of_its_network_s_schools(
    login, school_director, outsider_director, school
):
    forum = ForumFactory(network=NetworkMemberFactory(school=school).network)
    address = {"day": forum.starts_on.isoformat(), "who": "mine"}
    for person, shown in ((school_director, True), (outsider_director, False)):
        page = login(person).get(reverse("calendar"), address).content.decode()
        assert (f"เวทีวิชาการ {forum}" in page) == shown
        feed = build_calendar_feed(person).decode()
        assert (forum.get_absolute_url() in feed) == shown


def test_a_school_that_closed_stays_in_its_network(login, supervisor, school):
    network = NetworkFactory()
    network.schools.add(school)
    school.closed_on = timezone.localdate()
    school.save()
    client, url = login(supervisor), reverse("network_edit", args=[network.pk])
    client.post(url, page_form_data(client, url, purpose="เรื่องใหม่"))
    network.refresh_from_db()
    assert network.purpose == "เรื่องใหม่"
    assert list(network.schools.all()) == [school]


def test_lists_leave_out_what_ended_unless_asked(login, school_director):
    source = LearningSourceFactory(name="สวนเกษตรเดิม", ends_on=LONG_AGO)
    client, url = login(school_director), reverse("learning_sources")
    assert source.name not in client.get(url).content.decode()
    assert source.name in client.get(url, {"show": "all"}).content.decode()


def test_an_invited_practice_is_opened_only_by_who_may_read_it(
    login, round_, supervisor, group_director, outsider_director
):
    forum = ForumFactory()
    practice = scenarios.practice_selected(
        round_, supervisor=supervisor, group_director=group_director
    )
    forum.practices.add(practice)
    for person, opens in ((supervisor, True), (outsider_director, False)):
        page = login(person).get(forum.get_absolute_url()).content.decode()
        assert practice.title in page
        assert (practice.get_absolute_url() in page) == opens


def test_who_set_a_forum_is_asked_for_its_result(login, supervisor, round_):
    today = timezone.localdate()
    forum = ForumFactory(created_by=supervisor, starts_on=today - timedelta(days=2))
    page = login(supervisor).get(reverse("home")).content.decode()
    assert f"บันทึกผลเวทีวิชาการ {forum}" in page
    assert "เกินกำหนด 2 วัน" in page

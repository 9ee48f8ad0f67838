"""The unit keeps its lists of areas."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from supervision.needs import actions
from supervision.needs.models import NeedsFrame
from supervision.workflow.errors import Refused
from tests.factories import NeedsAreaFactory, NeedsCampaignFactory, NeedsFrameFactory
from tests.forms import opened

pytestmark = pytest.mark.django_db

NEW, LIST = "/needs/frames/new/", "/needs/frames/"


@pytest.fixture
def frame():
    return NeedsAreaFactory(name="วิชาการ", frame=NeedsFrameFactory(name="งาน 4 ด้าน")).frame


def areas_of(name):
    return [area.name for area in NeedsFrame.objects.get(name=name).areas.all()]


def test_a_list_is_written_one_area_a_line(login, work_group_head):
    client = login(work_group_head)
    sent = {"name": "จุดเน้น", "provenance": "นโยบาย", "areas": " อ่านออก \n\nเขียนได้\r\n"}
    text = client.post(NEW, sent, follow=True).content.decode()
    assert "บันทึกกรอบจุดเน้น แล้ว" in text
    assert areas_of("จุดเน้น") == ["อ่านออก", "เขียนได้"]


def test_a_copy_starts_with_what_the_other_says(login, group_director, frame):
    client = login(group_director)
    form = client.get(f"{NEW}?copy={frame.pk}").context["form"]
    assert (form["name"].value(), form["areas"].value()) == ("งาน 4 ด้าน (สำเนา)", "วิชาการ")
    assert client.get(f"{NEW}?copy=x").context["form"]["name"].value() == ""
    client.post(NEW, {"name": "งาน 4 ด้าน (สำเนา)", "areas": "วิชาการ\nบุคคล"})
    assert areas_of("งาน 4 ด้าน (สำเนา)") == ["วิชาการ", "บุคคล"]
    assert areas_of("งาน 4 ด้าน") == ["วิชาการ"]


def test_while_unused_it_can_be_changed(login, group_director, frame):
    client, url = login(group_director), reverse("needs_frame", args=[frame.pk])
    assert client.get(url).context["form"]["areas"].value() == "วิชาการ"
    client.post(url, opened(client, url, name="งานของเรา", areas="บุคคล\nวิชาการ"))
    assert areas_of("งานของเรา") == ["บุคคล", "วิชาการ"]


def test_nobody_overwrites_areas_they_have_not_seen(login, group_director, frame):
    client, url = login(group_director), reverse("needs_frame", args=[frame.pk])
    before = opened(client, url, areas="วิชาการ\nบุคคล")
    client.post(url, opened(client, url, areas="วิชาการ\nงบประมาณ"))
    text = client.post(url, before).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “วิชาการ\nงบประมาณ”" in text
    assert areas_of("งาน 4 ด้าน") == ["วิชาการ", "งบประมาณ"]


def test_once_used_it_stays_as_it_is(login, group_director, frame, term):
    client, url = login(group_director), reverse("needs_frame", args=[frame.pk])
    assert url in client.get(LIST).content.decode()
    NeedsCampaignFactory(term=term, frame=frame)
    text = client.get(LIST).content.decode()
    assert url not in text
    assert "ใช้แล้ว" in text
    assert client.get(url).status_code == 409
    assert client.post(url, {"name": "ก", "areas": "ข"}).status_code == 409
    with pytest.raises(Refused, match="คัดลอกเป็นกรอบใหม่"):
        actions.write_frame(frame, name="ก", provenance="", areas=["ข"])
    assert areas_of("งาน 4 ด้าน") == ["วิชาการ"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "โปรดกรอกชื่อกรอบการสำรวจ"),
        ({"name": "งาน 4 ด้าน"}, "มีกรอบชื่อนี้แล้ว"),
        ({"areas": " \n "}, "โปรดกรอกอย่างน้อย 1 ด้าน"),
        ({"areas": "วิชาการ\nบุคคล\nวิชาการ"}, "ซ้ำกัน"),
        ({"areas": "ก" * 101}, "ยาวเกิน 100 ตัวอักษร"),
        ({"areas": "\n".join(map(str, range(16)))}, "โปรดรวมให้ไม่เกิน 15 ด้าน"),
    ],
)
def test_what_is_wrong_is_told_and_kept(wrong, message, login, group_director, frame):
    sent = {"name": "ใหม่", "areas": "วิชาการ"} | wrong
    text = login(group_director).post(NEW, sent).content.decode()
    assert message in text
    assert NeedsFrame.objects.count() == 1


@pytest.mark.usefixtures("frame")
def test_the_list_stays_flat(login, group_director, django_assert_num_queries):
    client = login(group_director)
    client.get(LIST)  # the first request of a session renews it
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    NeedsAreaFactory.create_batch(3, frame=NeedsFrameFactory(name="อื่น"))
    NeedsFrameFactory(name="ว่าง")
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_without_any_the_list_says_what_to_do(login, group_director):
    assert "ยังไม่มีกรอบการสำรวจ" in login(group_director).get(LIST).content.decode()

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.special_days.enums import SpecialDayKind
from supervision.special_days.models import SpecialDay
from tests.form_data import page_form_data


def mark(client, **sent):
    today = numeric_date(timezone.localdate())
    fields = {"name": "วันครู", "kind": SpecialDayKind.HOLIDAY, "starts_on": today, "ends_on": ""}
    return client.post(reverse("calendar_day_add"), fields | sent, follow=True)


def test_the_clerk_adds_special_days(login, clerk):
    assert "วันครู" in mark(login(clerk)).content.decode()
    day = SpecialDay.objects.get()
    assert day.ends_on == day.starts_on == timezone.localdate()
    url = reverse("calendar_day", args=[day.pk])
    ends = numeric_date(day.starts_on + timedelta(days=2))
    client = login(clerk)
    client.post(url, page_form_data(client, url, starts_on="9/5/2567", ends_on=ends))
    day.refresh_from_db()
    assert day.starts_on == date(2024, 5, 9)
    login(clerk).post(reverse("calendar_day_remove", args=[day.pk]))
    assert not SpecialDay.objects.exists()


def test_the_list_tells_who_marked_moved_and_removed_a_day(login, clerk, administrator):
    client, other = login(clerk), login(administrator)
    mark(client)
    url = reverse("calendar_day", args=[SpecialDay.objects.get().pk])
    other.post(url, page_form_data(other, url, kind="test"))
    client.post(f"{url}remove/")
    page = client.get(reverse("calendar_days"))
    assert [(line.who, line.what) for line in page.context["changes"]] == [
        (str(clerk), "ลบวันครู"),
        (str(administrator), "แก้ไขวันครู"),
        (str(clerk), "เพิ่มวันครู"),
    ]
    assert "ประเภท: วันหยุด → วันสอบ" in page.content.decode()


def test_the_list_costs_the_same_with_more_changes(login, clerk, django_assert_num_queries):
    client = login(clerk)
    mark(client)
    with CaptureQueriesContext(connection) as few:
        client.get(reverse("calendar_days"))
    cost = len(few)
    for name in ("ก", "ข", "ค"):
        mark(client, name=name)
    with django_assert_num_queries(cost):
        client.get(reverse("calendar_days"))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"name": ""}, "โปรดกรอก"),
        ({"kind": ""}, "โปรดเลือก"),
        ({"starts_on": "9/5/2024"}, "พ.ศ."),
        ({"ends_on": "1/1/2560"}, "ต้องไม่ก่อนวันเริ่ม"),
    ],
)
def test_a_day_says_what_is_wrong(login, clerk, sent, message):
    assert message in mark(login(clerk), **sent).content.decode()
    assert not SpecialDay.objects.exists()


def test_the_same_day_twice_is_one(login, clerk):
    mark(login(clerk))
    assert "มีวันนี้ในปฏิทินแล้ว" in mark(login(clerk)).content.decode()


def test_nobody_overwrites_a_day_they_have_not_seen(login, clerk):
    client = login(clerk)
    mark(client)
    url = reverse("calendar_day", args=[SpecialDay.objects.get().pk])
    before = page_form_data(client, url, name="วันของฉัน")
    client.post(url, page_form_data(client, url, name="วันของเขา"))
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “วันของเขา”" in client.post(url, before).content.decode()
    assert SpecialDay.objects.get().name == "วันของเขา"


def test_no_kind_of_day_is_chosen_beforehand_and_none_is_empty(login, clerk):
    form = login(clerk).get(reverse("calendar_day_add")).context["form"]
    assert [value for value, _ in form.fields["kind"].choices] == SpecialDayKind.values
    assert not form["kind"].value()

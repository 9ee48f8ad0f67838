"""The page of one's own duties: today's by order, those without one, those to come and over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.models import Duty, DutyLine
from tests.factories import DutyFactory, OfficialOrderFactory, OrderOfficerFactory

URL = "/duties/mine/"


def own(login, person):
    response = login(person).get(URL)
    assert response.status_code == 200
    return response


def test_duties_of_today_stand_below_their_order(login, supervisor, cluster, order_cluster, school):
    duty = order_cluster(supervisor, cluster)
    DutyLine.objects.create(duty=duty, position=1, text="สาระ ประวัติศาสตร์")
    response = own(login, supervisor)
    text = response.content.decode()
    for words in ("คำสั่งที่ 195/2567", "5.3", "จำนวน 7 โรงเรียน", "สาระ ประวัติศาสตร์"):
        assert words in text
    [charge] = response.context["own"].clusters
    assert (charge.cluster, list(charge.schools)) == (cluster, [school])
    assert not response.context["own"].without_order


def test_an_appointment_without_an_order_says_so(login, supervisor, academic_teacher):
    assert "ยังไม่มีคำสั่ง" in own(login, supervisor).content.decode()
    assert "ไม่มีหน้าที่ตามคำสั่งในวันนี้" in own(login, academic_teacher).content.decode()


def test_duties_to_come_and_over_stand_apart_and_drafts_nowhere(login, supervisor):
    today = timezone.localdate()
    days = {
        "coming": {"starts_on": today + timedelta(days=1)},
        "earlier": {"ends_on": today - timedelta(days=1), "end_reason": "โอนไปเขตอื่น"},
        "present": {"ends_on": today, "end_reason": "เกษียณอายุราชการ"},
    }
    for facts in days.values():
        DutyFactory(officer=OrderOfficerFactory(user=supervisor), **facts)
    draft = OfficialOrderFactory(draft=True)
    DutyFactory(officer=OrderOfficerFactory(order=draft, user=supervisor))
    response = own(login, supervisor)
    for name in days:
        assert len(getattr(response.context["own"], name)) == 1
    assert "เพราะ\n                โอนไปเขตอื่น" in response.content.decode()
    assert OrderState.DRAFT.label not in response.content.decode()


def test_others_duties_are_not_shown(login, supervisor, other_supervisor, cluster, order_cluster):
    order_cluster(supervisor, cluster)
    assert "195/2567" not in own(login, other_supervisor).content.decode()


def test_queries_do_not_grow_with_duties(
    login,
    supervisor,
    cluster,
    order_cluster,
    django_assert_num_queries,
    django_assert_max_num_queries,
):
    duty = order_cluster(supervisor, cluster)
    client = login(supervisor)
    client.get(URL)
    with django_assert_max_num_queries(15) as one:
        client.get(URL)
    for number in range(3):
        DutyFactory(officer=duty.officer, kind=DutyKind.OTHER, code=f"5.{4 + number}")
    with django_assert_num_queries(len(one)):
        client.get(URL)
    assert Duty.objects.count() == 4


@pytest.mark.parametrize("name", ["supervisor", "school_director", "administrator"])
def test_the_menu_leads_everybody_to_it(login, request, name):
    person = request.getfixturevalue(name)
    assert reverse("my_duties") in login(person).get(reverse("my_account")).content.decode()

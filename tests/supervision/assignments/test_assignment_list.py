"""The manual's list of assigned work beside the annex of its order, and their differences."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from supervision.assignments.assignment_list import compare_assignments, text_difference
from supervision.assignments.models import ListedAssignment, OrderOfficer
from tests.factories import OfficialOrderFactory


@pytest.fixture
def officer(db):
    call_command("load_manual")
    return OrderOfficer.objects.get(order__is_from_manual=True)


def test_the_differences_are_those_of_the_manual(officer):
    found = compare_assignments(officer)
    differences = {row.duty.code if row.duty else "": row.difference for row in found.rows}
    assert [row.difference for row in found.rows if row.difference] == [
        "ภาระงานใช้คำว่า “กระบวน” คำสั่งใช้คำว่า “ระบบ”",
        "คำสั่งไม่มีคำว่า “การ”",
        "ภาระงานไม่มีคำว่า “หัวหน้า”",
        "ภาระงานไม่มีคำว่า “ในสังคม”",
        "ภาระงานไม่มีคำว่า “การ”",
        "ภาระงานระบุ 5 คำสั่งระบุ 7",
        "ทะเบียนเขียนว่า “โรงเรียนบ้านหนองหลวง-ชั่งสี”",
        "ไม่มีในภาระงาน",
    ]
    assert differences["5.6"] == "ไม่มีในภาระงาน"
    assert found.notes == [
        "ภาระงานมี 6 ข้อ คำสั่งมี 7 ข้อ",
        "ภาระงานเรียงลำดับเป็นข้อ 5.1, 5.2, 5.4, 5.5, 5.3, 5.7 ของคำสั่ง",
        "ภาระงานระบุชื่อ 5 โรงเรียน คำสั่งระบุ 7 โรงเรียนในกลุ่มโรงเรียนโคกงาม",
    ]


@pytest.mark.parametrize(
    ("listed", "ordered", "difference"),
    [
        ("มีงาน ดังนี้", "มีงานดังนี้", ""),
        ("กู้เงิน", "กู่เงิน", "ภาระงานใช้คำว่า “กู้” คำสั่งใช้คำว่า “กู่”"),
        ("ก", "", "คำสั่งไม่มีคำว่า “ก”"),
    ],
)
def test_words_are_cut_between_letters(listed, ordered, difference):
    assert text_difference(listed, ordered) == difference


def test_loading_it_again_changes_nothing(officer):
    rows = ListedAssignment.objects.count()
    call_command("load_manual")
    assert ListedAssignment.objects.count() == rows == 17


def test_the_page_shows_both_in_few_queries(login, clerk, officer, django_assert_max_num_queries):
    client, url = login(clerk), reverse("order_assignment_list", args=[officer.order_id])
    with django_assert_max_num_queries(15):
        text = client.get(url).content.decode()
    assert "โรงเรียนบ้านหนองหลวง - ชั่งสี" in text
    other = OfficialOrderFactory()
    url = reverse("order_assignment_list", args=[other.pk])
    assert client.get(url).status_code == 404


def test_the_order_s_page_leads_to_its_paper_and_the_list(login, clerk, officer):
    text = login(clerk).get(officer.order.get_absolute_url()).content.decode()
    for name in ("order_paper", "order_word", "order_assignment_list"):
        assert reverse(name, args=[officer.order_id]) in text

"""The overview on one page of paper says the figures of the screen, in Thai digits."""

import io

import pypdf
import pytest
from django.urls import reverse

from schools.core.thai import thai_digits
from tests.factories import ClusterFactory
from tests.reports.conftest import normalized

pytestmark = pytest.mark.django_db

PAPER = reverse("overview_pdf")


def paper(client, **asked) -> list[str]:
    """The text of its pages."""
    response = client.get(PAPER, asked)
    assert response["Content-Type"] == "application/pdf"
    content = b"".join(response) if response.streaming else response.content
    return [normalized(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def test_one_page_has_the_figures_of_the_screen(login, area_director, judge, round_, earlier_term):
    for name in ("ก", "ข"):
        judge(name, 3, own=4, of_term=earlier_term)
        judge(name, 4)
    judge("ค", 2)
    client = login(area_director)
    area = client.get(reverse("overview")).context["area"]
    (text,) = paper(client)
    for card in area.cards:
        assert normalized(thai_digits(card.label)) in text
        assert normalized(thai_digits(card.number)) in text
    assert normalized(thai_digits("ภาพรวมเขตพื้นที่ ภาคเรียนที่ 2/2569")) in text
    assert normalized(thai_digits(str(area.dumbbells[0][0].visit))) in text
    assert normalized("กลุ่มโรงเรียนของเรา") in text
    assert normalized("ควรลงมือก่อน") in text


def test_it_keeps_the_filters_and_stays_one_page_without_results(
    login, area_director, round_, cluster
):
    pages = paper(login(area_director), cluster=cluster.pk)
    assert len(pages) == 1
    assert normalized("กลุ่มโรงเรียน กลุ่มโรงเรียนของเรา") in pages[0]
    assert normalized("ยังไม่มีการนิเทศที่ลงนามในภาคเรียนนี้") in pages[0]


def test_many_clusters_leave_no_room_for_schools_to_act_on(login, area_director, judge):
    for number in range(15):
        judge(f"ร{number}", 2, in_cluster=ClusterFactory())
    pages = paper(login(area_director))
    assert len(pages) == 1
    assert normalized("ควรลงมือก่อน") not in pages[0]

"""The page that shows a signed report beside the figures of today."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertRedirects

from reports.models import IssuedDocument
from supervision.improvement.actions import close_recommendation


def changes_url(document):
    return reverse("report_changes", args=[document.pk])


def test_nothing_has_changed(login, issued, area_director):
    page = login(area_director).get(changes_url(issued))
    assertContains(page, "หลังลงนามเมื่อ 18 พ.ย. 2569")
    assertContains(page, "ไม่มีตัวเลขใดเปลี่ยน")


def test_it_says_in_words_what_has_changed(login, issued, supervisor, school_director):
    advice = issued.round.recommendations.get()
    close_recommendation(advice, by=supervisor, proof="แผนที่ลงนามแล้ว")
    page = login(school_director).get(changes_url(issued))
    assertContains(page, "ปิดแล้วพร้อมหลักฐานเพิ่ม 1 ข้อ")


def test_the_report_asks_for_the_comparison_alone(login, issued, area_director):
    client = login(area_director)
    assertContains(client.get(issued.get_absolute_url()), f'hx-get="{changes_url(issued)}"')
    part = client.get(changes_url(issued), headers={"HX-Request": "true"})
    assertContains(part, "ไม่มีตัวเลขใดเปลี่ยน")
    assert b"<html" not in part.content


def test_a_year_report_is_compared_too(login, year_prepared, issue, area_director):
    year = issue(year_prepared)
    assertContains(login(area_director).get(changes_url(year)), "ภาคเรียนที่ 2/2569")


def test_before_the_signature_figures_are_live(login, prepared, area_director):
    client = login(area_director)
    assertRedirects(client.get(changes_url(prepared)), prepared.get_absolute_url())
    assert "hx-get" not in client.get(prepared.get_absolute_url()).content.decode()


def test_another_school_does_not_learn_of_it(login, issued, outsider_director):
    assert login(outsider_director).get(changes_url(issued)).status_code == 404


@pytest.mark.parametrize("who", ["area_director", "school_director"])
def test_what_the_comparison_costs(request, login, issued, who, django_assert_max_num_queries):
    client = login(request.getfixturevalue(who))
    client.get(changes_url(issued))
    with django_assert_max_num_queries(50):
        client.get(changes_url(IssuedDocument.objects.get(pk=issued.pk)))

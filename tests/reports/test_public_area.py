"""The area's year in public: figures of all schools together, of none of them alone."""

import pytest
from django.urls import reverse

from reports import actions
from reports.data.public import public_summary
from reports.rendering import attach_pdf

MEANS_SUPPRESSED = "ไม่แสดงค่าเฉลี่ยที่มาจากโรงเรียนน้อยกว่า 11 แห่ง"
RESULTS_SUPPRESSED = "ไม่แสดงจำนวนโรงเรียนที่บรรลุและไม่บรรลุ"


@pytest.fixture
def year_page(issued, more_schools, group_director, area_director, client):
    """What a visitor reads of the year, once there are schools at these levels besides ours."""

    def read(*levels: int) -> str:
        more_schools(*levels)
        year = issued.round.term.academic_year
        document = actions.prepare_year_report(year, number="2/2569", by=group_director)
        actions.issue_report(document, by=area_director)
        attach_pdf(document.pk, b"%PDF-1.7")
        document.refresh_from_db()
        actions.publish_report(document, by=area_director)
        page = client.get(reverse("published_report", args=[document.code]))
        return page.content.decode()

    return read


@pytest.mark.parametrize("others", [(), (2, 3, 2, 3)])
def test_means_over_fewer_than_ten_other_schools_are_suppressed(year_page, others):
    text = year_page(*others)
    assert MEANS_SUPPRESSED in text
    assert RESULTS_SUPPRESSED in text
    assert f"ได้รับการนิเทศ {1 + len(others)} แห่ง</p>" in text
    assert [figure for figure in ("4.00", "2.80", "ดีเลิศ", " บรรลุ ") if figure in text] == []
    assert "มาตรฐานทดสอบ 1" in text


def test_means_over_eleven_schools_are_told_and_a_result_that_all_got_is_not(year_page):
    """Nobody not achieved says of every school that it achieved."""
    text = year_page(*[3] * 5, *[2] * 5)
    assert MEANS_SUPPRESSED not in text
    assert RESULTS_SUPPRESSED in text
    assert "ได้รับการนิเทศ 11 แห่ง</p>" in text
    assert "2.64" in text


@pytest.mark.db_agnostic
@pytest.mark.parametrize(
    ("achieved", "not_achieved", "is_shown"),
    [(8, 3, True), (3, 8, True), (9, 2, False), (11, 0, False), (0, 11, False), (7, 3, False)],
)
def test_results_are_counted_where_no_schools_own_can_be_read(achieved, not_achieved, is_shown):
    term = {"term": "1/2569", "schools": 20, "opened": 20, "visited": 20, "standards": []}
    counts = {"achieved": achieved, "not_achieved": not_achieved}
    year = {"kind": "year", "is_sample": False, "area": {"name": "ก"}, "year": 2569}
    figures = year | {"terms": [term | counts], "practices": []}
    (shown,) = public_summary(figures)["terms"]
    assert (shown["achieved"] is not None) is is_shown
    assert shown["results_suppressed"] is not is_shown


@pytest.mark.db_agnostic
def test_a_term_without_a_decision_has_nothing_suppressed():
    term = {"term": "1/2569", "schools": 20, "opened": 20, "visited": 0, "standards": []}
    figures = {"kind": "year", "is_sample": False, "area": {"name": "ก"}, "year": 2569}
    figures |= {"terms": [term | {"achieved": 0, "not_achieved": 0}], "practices": []}
    (shown,) = public_summary(figures)["terms"]
    assert not shown["results_suppressed"]

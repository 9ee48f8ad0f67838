"""The area's year in public: figures of all schools together, of none of them alone."""

import pytest
from django.urls import reverse

from reports import actions
from reports.tasks import attach

HELD_BACK = "ไม่แสดงผลที่มาจากโรงเรียนน้อยกว่า 3 แห่ง"


@pytest.fixture
def year_page(issued, more_schools, group_director, area_director, client):
    """What a visitor reads of the year, once schools at these levels stand beside ours."""

    def read(*levels: int) -> str:
        more_schools(*levels)
        year = issued.round.term.academic_year
        document = actions.prepare_year_report(year, number="2/2569", by=group_director)
        actions.issue(document, by=area_director)
        attach(document.pk, b"%PDF-1.7")
        document.refresh_from_db()
        actions.publish(document, by=area_director)
        page = client.get(reverse("published_report", args=[document.code]))
        return page.content.decode()

    return read


@pytest.mark.parametrize("others", [(), (2,)])
def test_what_would_tell_of_one_school_is_held_back(year_page, others):
    text = year_page(*others)
    assert HELD_BACK in text
    assert f"ได้รับการนิเทศ {1 + len(others)} แห่ง</p>" in text
    assert [figure for figure in ("4.00", "3.00", "ดีเลิศ", " บรรลุ ") if figure in text] == []
    assert "มาตรฐานทดสอบ 1" in text


def test_of_three_schools_and_more_the_figures_are_told(year_page):
    text = year_page(3, 2)
    assert HELD_BACK not in text
    assert "ได้รับการนิเทศ 3 แห่ง บรรลุ 3 แห่ง ไม่บรรลุ 0 แห่ง" in text
    assert "3.00" in text
    assert "4.00" not in text

"""Charts: where their shapes stand, and that words say the same, on screen and on paper."""

import io
import re
from decimal import Decimal
from itertools import pairwise

import pypdf
import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from reports.charts import (
    BarSegment,
    DoneBar,
    DotDistribution,
    Dumbbell,
    LineSeries,
    StackedBar,
    bucket_means,
    level_bar,
    line_chart,
    sparkline,
)
from reports.charts.bars import level_colour
from reports.charts.comparisons import MOST_DOTS
from reports.pdf import render_pdf
from supervision.criteria.axis import axis_position, axis_ticks
from tests.reports.conftest import normalized

pytestmark = pytest.mark.db_agnostic

LEVELS = ("กำลังพัฒนา", "ปานกลาง", "ดี", "ดีเลิศ", "ยอดเยี่ยม")
TERMS = ("1/2568", "2/2568", "1/2569")
ROWS = "มาตรฐาน"


def levels(label="คุณภาพของผู้เรียน", counts=(2, 14, 38, 17, 5), url=""):
    return level_bar(label, list(zip(LEVELS, counts, strict=True)), url)


def means(label, *values):
    points = zip(TERMS, values, strict=True)
    return LineSeries(label, [(term, value and Decimal(value)) for term, value in points])


@given(st.lists(st.integers(0, 300), min_size=5, max_size=5).filter(any))
def test_the_parts_of_a_full_bar_follow_each_other_and_fill_it(counts):
    parts = levels(counts=counts).parts
    assert parts[0].x == 0
    assert sum(part.width for part in parts) == 100
    assert all(one.x + one.width == other.x for one, other in pairwise(parts))
    assert all(0 <= part.text_at <= 100 for part in parts)


@given(done=st.integers(0, 200), late=st.integers(0, 200), total=st.integers(0, 150))
def test_no_bar_is_longer_than_its_ground(done, late, total):
    parts = DoneBar("ประเมินตนเอง", done, late, total).parts
    assert sum(part.width for part in parts) <= 100
    assert all(part.width > 0 for part in parts)


def test_what_is_not_counted_stays_empty_at_the_end():
    bar = StackedBar("ผล", [BarSegment("ดี", 30, "l3")], total=40)
    assert [(part.x, part.width) for part in bar.parts] == [(0, 75)]


def test_a_number_stands_in_its_segment_where_there_is_room():
    texts = [(part.text, part.text_at) for part in levels().parts]
    assert texts == [("", 1), ("14", 12), ("38", 46), ("17", 82), ("5", 97)]


def test_a_bar_of_nothing_has_no_parts():
    assert levels(counts=(0,) * 5).parts == ()
    assert DoneBar("ประเมินตนเอง", 0, 0, 0).parts == ()


@pytest.mark.parametrize(
    ("count", "colours"),
    [
        (1, "l3"),
        (2, "l1 l5"),
        (3, "l1 l3 l5"),
        (4, "l1 l2 l4 l5"),
        (5, "l1 l2 l3 l4 l5"),
        (6, "l1 l2 l3 l3 l4 l5"),
    ],
)
def test_scales_share_out_the_five_colours(count, colours):
    assert [level_colour(place, count) for place in range(count)] == colours.split()


@given(value=st.decimals(-20, 20, places=2), low=st.integers(0, 3), span=st.integers(1, 10))
def test_what_lies_outside_a_scale_stands_at_its_end(value, low, span):
    top = low + span
    assert axis_position(low, low, top) <= axis_position(value, low, top)
    assert axis_position(value, low, top) <= axis_position(top, low, top)


@given(low=st.integers(0, 3), span=st.integers(1, 10))
def test_a_scale_shows_both_ends_and_few_lines(low, span):
    ticks = axis_ticks(low, low + span)
    assert (ticks[0].label, ticks[-1].label) == (low, low + span)
    assert len(ticks) <= 6
    assert len({after.label - before.label for before, after in pairwise(ticks)}) == 1


@pytest.mark.parametrize(
    ("own", "visit", "text", "wide"),
    [
        ("3.61", "3.02", "−0.59", True),
        ("3.00", "3.50", "+0.50", True),
        ("3.00", "3.49", "+0.49", False),
        ("4.00", "4.00", "0.00", False),
        (None, "4.00", None, False),
        ("4.00", None, None, False),
    ],
)
def test_the_gap_is_the_supervisor_less_the_school(own, visit, text, wide):
    row = Dumbbell("ผลสัมฤทธิ์", own and Decimal(own), visit and Decimal(visit), 1, 5)
    assert (row.gap_text, row.is_wide) == (text, wide)


def test_a_missing_term_interrupts_a_line():
    whole, broken, lonely = line_chart(
        [means("ก", "3", "4", "5"), means("ข", "3", None, "5"), means("ค", None, "4", None)], 1, 5
    ).lines
    assert [len(line.pieces) for line in (whole, broken, lonely)] == [2, 0, 0]
    assert [len(line.points) for line in (whole, broken, lonely)] == [3, 2, 1]
    assert len({(line.dash, line.marker) for line in (whole, broken, lonely)}) == 3


def test_the_ends_of_a_scale_stand_where_its_numbers_do():
    chart = line_chart([means("ก", "1", "5", "3")], 1, 5)
    heights = dict(chart.levels)
    assert [y for _, y in chart.lines[0].points] == [heights[1], heights[5], heights[3]]


def test_lines_share_their_terms_and_are_four_at_most():
    with pytest.raises(ValueError, match="share their terms"):
        line_chart([means("ก", "1", "2", "3"), LineSeries("ข", [("1/2568", Decimal(3))])], 1, 5)
    with pytest.raises(ValueError, match="at most 4"):
        line_chart([means(str(i), "1", "2", "3") for i in range(5)], 1, 5)


def test_a_sparkline_is_broken_where_a_term_is_missing():
    points = [("1", Decimal(1)), ("2", Decimal(5)), ("3", None), ("4", Decimal(3))]
    line = sparkline(points, 1, 5)
    assert line.paths == ("5.00,23.00 41.67,5.00", "115.00,14.00")
    assert len(line.dots) == 3


def test_means_are_counted_at_the_nearest_quarter():
    found = bucket_means(map(Decimal, ("3.12", "3.13", "3.37", "3.38", "1.00")))
    assert found == {Decimal("1.00"): 1, Decimal("3.00"): 1, Decimal("3.25"): 2, Decimal("3.50"): 1}


@given(st.dictionaries(st.integers(1, 5), st.integers(1, 400)))
def test_no_column_of_dots_is_higher_than_its_drawing(others):
    row = DotDistribution("ผล", others, Decimal(3), 1, 5)
    columns = [x for x, _ in row.dots]
    assert len(set(columns)) == len(others)
    assert all(columns.count(x) <= MOST_DOTS for x in columns)
    assert row.others_total == sum(others.values())


DONE = DoneBar("ประเมินตนเอง", 98, 6, 107, "/board/", "/board/?late=1")
GAPS = [
    Dumbbell("ผลสัมฤทธิ์", Decimal("3.61"), Decimal("3.02"), 1, 5, 98, "/standard/"),
    Dumbbell("คุณลักษณะ", None, Decimal("4.00"), 1, 5, 2),
    Dumbbell("ไม่มีคะแนน", None, None, 1, 5),
]
DOTS = [
    DotDistribution("คุณภาพ", bucket_means([Decimal("3.20")] * 12), Decimal("3.42"), 1, 5),
    DotDistribution("ไม่มีผล", {}, None, 1, 5),
]
TREND = line_chart([means("คุณภาพ", "3.1", None, "3.4"), means("บริหาร", "2", "3", None)], 1, 5)
FIGURES = {
    "bars": [
        ({"rows": [], "with_late": True}, ["ยังไม่มีข้อมูล"]),
        ({"rows": [DONE]}, ["ประเมินตนเอง", "98/107"]),
        ({"rows": [DONE, DONE], "with_late": True}, ["98/107", "เกินกำหนด 6"]),
    ],
    "stacked_bars": [
        ({"rows": []}, ["ยังไม่มีข้อมูล"]),
        ({"rows": [levels()]}, ["กำลังพัฒนา", "38", "76"]),
        ({"rows": [levels(counts=(0,) * 5), levels(url="/x/")], "unit": "โรงเรียน"}, ["76 โรงเรียน"]),
    ],
    "dumbbells": [
        ({"rows": []}, ["ยังไม่มีข้อมูล"]),
        ({"rows": GAPS[:1]}, ["3.61", "3.02", "−0.59 ต่างมาก", "98 โรงเรียน"]),
        ({"rows": GAPS}, ["2 โรงเรียน (น้อยกว่า 3 โรงเรียน)", "–"]),
    ],
    "lines": [
        ({"chart": line_chart([], 1, 5)}, ["ยังไม่มีข้อมูล"]),
        ({"chart": line_chart([LineSeries("ก", [("1/2569", Decimal(3))])], 1, 5)}, ["3.00"]),
        ({"chart": TREND}, ["คุณภาพ", "บริหาร", *TERMS, "3.10", "3.40", "–"]),
    ],
    "dots": [
        ({"rows": []}, ["ยังไม่มีข้อมูล"]),
        ({"rows": DOTS[:1]}, ["โรงเรียนนี้", "3.42", "3.25: 12 โรงเรียน"]),
        ({"rows": DOTS}, ["12 โรงเรียน", "0 โรงเรียน", "–"]),
    ],
}
CASES = [(kind, context, words) for kind, cases in FIGURES.items() for context, words in cases]


def drawn(kind, context):
    common = {"title": "ชื่อแผนภูมิ", "head": ROWS, "note": "คำอธิบายแผนภูมิ"}
    return render_to_string(f"reports/charts/{kind}.html", common | context)


def words_of(html):
    return " ".join(re.sub("<[^>]*>", "", html).split())


@pytest.mark.parametrize(("kind", "context", "words"), CASES)
def test_a_figure_says_its_numbers_in_words(kind, context, words):
    html = drawn(kind, context)
    assert re.search("<figcaption>ชื่อแผนภูมิ</figcaption>.*คำอธิบายแผนภูมิ", html, re.DOTALL)
    assert [word for word in words if word not in words_of(html)] == []


@pytest.mark.parametrize(("kind", "context", "words"), CASES)
def test_a_figure_needs_neither_styles_of_its_own_nor_svg_text(kind, context, words):
    html = drawn(kind, context)
    assert "style=" not in html
    assert "<text" not in html
    drawings = re.findall("<svg[^>]* width=[^>]*>", html)  # not the markers inside them
    assert all('aria-hidden="true"' in drawing for drawing in drawings)


def test_the_page_may_say_the_title_itself():
    html = drawn("bars", {"rows": [DONE], "heading_above": True})
    assert '<figcaption class="visually-hidden">ชื่อแผนภูมิ</figcaption>' in html


def test_rows_lead_to_what_they_count():
    html = drawn("bars", {"rows": [DONE], "with_late": True})
    assert re.findall('href="([^"]*)"', html) == ["/board/", "/board/?late=1"]


def test_a_sparkline_is_read_out():
    line = sparkline([("1/2568", Decimal("3.1")), ("2/2568", None)], 1, 5)
    html = render_to_string("reports/charts/sparkline.html", {"line": line})
    assert words_of(html) == "ภาคเรียนที่ 1/2568 3.10 ภาคเรียนที่ 2/2568 –"
    empty = render_to_string("reports/charts/sparkline.html", {"line": sparkline([], 1, 5)})
    assert words_of(empty) == "ยังไม่มีข้อมูล"


def test_paper_has_the_same_words():
    figures = "".join(drawn(kind, cases[-1][0]) for kind, cases in FIGURES.items())
    pdf = pypdf.PdfReader(io.BytesIO(render_pdf(f'<html lang="th">{figures}</html>')))
    text = normalized("".join(page.extract_text() for page in pdf.pages))
    words = [word for cases in FIGURES.values() for word in cases[-1][1]]
    assert [word for word in words if normalized(word) not in text] == []

"""What the executive summary claims is true of the figures, at their edges too."""

import pytest

from reports.data.sentences import executive_summary


def standard(number: int, mean: str | None, top: int = 5, level: str = "") -> dict:
    return {
        "level": level,
        "number": number,
        "name": f"ชื่อ {number}",
        "top": top,
        "visit": {"mean": mean, "meaning": "ดี" if mean else ""},
    }


def term(opened=1, achieved=0, not_achieved=0, **more) -> dict:
    counts = {"opened": opened, "achieved": achieved, "not_achieved": not_achieved}
    rest = {"term": "1/2569", "schools": opened, "visited": 0, "repeated": 0, "standards": []}
    return rest | counts | more


def said(*terms: dict, recommendations=(), practices=()) -> str:
    report = {"terms": terms, "recommendations": recommendations, "practices": practices}
    return "\n".join(executive_summary(report))


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 0, 0), "ยังไม่มีโรงเรียนใดได้รับการพิจารณาผล"),
        ((1, 1, 0), "ผลการพิจารณาบรรลุ 1 โรงเรียน"),
        ((3, 3, 0), "ผลการพิจารณาบรรลุ 3 โรงเรียน"),
        ((2, 0, 2), "ผลการพิจารณาไม่บรรลุ 2 โรงเรียน"),
        ((3, 2, 1), "ผลการพิจารณาบรรลุ 2 โรงเรียน และไม่บรรลุ 1 โรงเรียน"),
        ((4, 2, 1), "บรรลุ 2 โรงเรียน ไม่บรรลุ 1 โรงเรียน และอยู่ระหว่างดำเนินการ 1 โรงเรียน"),
    ],
)
def test_only_results_that_exist_are_told(counts, words):
    text = said(term(*counts))
    assert words in text
    assert " 0 " not in text


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ({"schools": 3, "opened": 2}, "เปิดรอบการนิเทศ 2 จากทั้งหมด 3 โรงเรียน (ร้อยละ 66.67)"),
        ({"schools": 1, "opened": 1}, "เปิดรอบการนิเทศ 1 จากทั้งหมด 1 โรงเรียน (ร้อยละ 100.00)"),
        ({"opened": 8, "visited": 1}, "1 โรงเรียน (ร้อยละ 12.50 ของโรงเรียนที่เปิดรอบ)"),
        (
            {"opened": 4, "achieved": 2, "not_achieved": 1},
            "บรรลุร้อยละ 66.67 ของโรงเรียนที่พิจารณาแล้ว",
        ),
    ],
)
def test_shares_are_those_of_the_counts(counts, words):
    assert words in said(term(**counts))


@pytest.mark.parametrize("counts", [(3, 2, 0), (3, 0, 2), (3, 0, 0)])
def test_no_share_is_told_where_all_came_to_the_same(counts):
    assert "ของโรงเรียนที่พิจารณาแล้ว" not in said(term(*counts))


def test_a_term_without_a_visit_says_so():
    assert "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว" in said(term())
    assert "มีบันทึกการนิเทศที่ลงนามแล้ว 1 โรงเรียน" in said(term(visited=1))


def test_the_highest_and_the_lowest_are_named_with_all_that_share_them():
    rows = [standard(1, "3.10"), standard(2, "4.00"), standard(3, "4.00"), standard(4, None)]
    text = said(term(standards=rows))
    assert "สูงสุด คือ มาตรฐานที่ 2 ชื่อ 2 และมาตรฐานที่ 3 ชื่อ 3 (ค่าเฉลี่ย 4.00 ระดับดี)" in text
    assert "ต่ำสุด คือ มาตรฐานที่ 1 ชื่อ 1 (ค่าเฉลี่ย 3.10 ระดับดี)" in text


def test_equal_standards_have_no_highest():
    text = said(term(standards=[standard(1, "4.00"), standard(2, "4.00"), standard(3, None)]))
    assert "ทุกมาตรฐานที่มีผลการนิเทศมีค่าเฉลี่ยเท่ากัน คือ 4.00" in text
    assert "สูงสุด" not in text


def test_standards_of_two_levels_are_told_apart():
    text = said(term(standards=[standard(2, "3.00"), standard(2, "4.00", level="ปฐมวัย")]))
    assert "สูงสุด คือ ปฐมวัย มาตรฐานที่ 2 ชื่อ 2 (" in text
    assert "ต่ำสุด คือ มาตรฐานที่ 2 ชื่อ 2 (" in text


@pytest.mark.parametrize(
    "rows",
    [
        [standard(1, "4.00")],
        [standard(1, None), standard(2, None)],
        [standard(1, "3.00", top=4), standard(2, "4.00", top=5)],
    ],
)
def test_what_cannot_be_compared_is_not(rows):
    assert "สูงสุด" not in said(term(standards=rows))


def advice(state: str, term: str = "1/2569") -> dict:
    return {"state": state, "term": term}


def test_the_ledger_adds_up_in_its_own_words():
    closed, silent, late = map(advice, ("ปิดแล้ว", "ยังไม่รายงาน", "เกินกำหนด"))
    assert "มี 1 ข้อ สถานะปิดแล้ว 1 ข้อ" in said(term(), recommendations=[closed])
    text = said(term(), recommendations=[closed, silent, silent, late])
    assert "มี 4 ข้อ สถานะปิดแล้ว 1 ข้อ ยังไม่รายงาน 2 ข้อ และเกินกำหนด 1 ข้อ" in text


def test_advice_of_earlier_years_is_told_as_such():
    text = said(term(), recommendations=[advice("ปิดแล้ว", "2/2568"), advice("ปิดแล้ว")])
    assert "มี 2 ข้อ ในจำนวนนี้ยกมาจากปีการศึกษาก่อน 1 ข้อ สถานะปิดแล้ว 2 ข้อ" in text


def test_a_year_of_nothing_but_old_advice_says_that_no_round_was_opened():
    text = said(term(opened=0), recommendations=[advice("เกินกำหนด", "2/2568")])
    assert text.startswith("ปีการศึกษานี้ยังไม่มีรอบการนิเทศ")


def test_a_school_in_a_second_round_was_judged_before():
    text = said(term(1, repeated=1))
    assert "ยังไม่มีโรงเรียนใดได้รับการพิจารณาผลในรอบล่าสุด" in text
    assert "โดยมี 1 โรงเรียนที่ไม่บรรลุในรอบก่อน จึงดำเนินการรอบใหม่" in text


def test_practices_are_counted_by_level():
    area, school = {"level": "ระดับเขตพื้นที่การศึกษา"}, {"level": "ระดับโรงเรียน"}
    assert "มี 1 ผลงาน คือ ระดับโรงเรียน 1 ผลงาน" in said(practices=[school])
    text = said(practices=[area, school, school])
    assert "มี 3 ผลงาน คือ ระดับเขตพื้นที่การศึกษา 1 ผลงาน และระดับโรงเรียน 2 ผลงาน" in text


def test_a_term_never_opened_is_passed_over():
    assert said(term(opened=0)) == "ปีการศึกษานี้ยังไม่มีรอบการนิเทศ"

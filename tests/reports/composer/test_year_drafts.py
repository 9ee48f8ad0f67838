"""What the system's drafts claim is true of the figures, at their edges too."""

import pytest

from reports.composer.enums import PartKey
from reports.composer.markup import number_warnings
from reports.composer.obstacle_drafts import quoted_problems
from reports.composer.sources import text_sources
from tests.reports.conftest import printed_text

SCORE = {"mean": None, "sd": None, "meaning": "", "n": 1}


def standard(number: int, mean: str | None, top: int = 5, level: str = "", **more) -> dict:
    return {
        "level": level,
        "number": number,
        "name": f"ชื่อ {number}",
        "target": None,
        "top": top,
        "own": SCORE,
        "visit": SCORE | {"mean": mean, "meaning": "ดี" if mean else ""},
        "gap": None,
        "achieved": 0,
        "judged": 0,
        **more,
    }


def term(opened=1, achieved=0, not_achieved=0, **more) -> dict:
    counts = {"opened": opened, "achieved": achieved, "not_achieved": not_achieved}
    rest = {"term": "1/2569", "schools": opened, "assessed": 0, "visited": 0, "repeated": 0}
    lists = {"progress": [], "standards": [], "clusters": [], "sizes": []}
    return rest | lists | counts | more


def year(*terms: dict, **more) -> dict:
    """The figures of a year in which nothing was done but what is given."""
    names = ("orders", "work_groups", "staff", "clusters", "sizes", "levels", "modes")
    background = {name: [] for name in names}
    background |= {"schools": 3, "pupils": None, "terms": [], "meetings": 0}
    background |= {"lowest_term": "", "lowest_indicators": []}
    names = ("comparison", "needs", "recommendations", "practices", "problems", "support")
    lists = {name: [] for name in names}
    return {
        "kind": "year",
        "year": 2569,
        "as_of": "2026-11-29",
        "area": {"name": "สำนักงาน", "short_name": "สนง.", "group_name": "กลุ่มนิเทศฯ"},
        "terms": terms,
        "background": background,
        "observed": {"times": 0, "schools": 0},
        "criteria": [],
        "schools": [],
        **lists,
        **more,
    }


def draft(key: PartKey, *terms: dict, **more) -> str:
    """A draft of these figures, as the paper prints it."""
    sources = text_sources(year(*terms, **more))
    assert not number_warnings(sources.drafts[key], sources.values)
    return printed_text(sources.drafts[key], sources.values)


def said(*terms: dict, **more) -> str:
    return draft(PartKey.EXECUTIVE, *terms, **more)


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
        ({"schools": 3, "opened": 2}, "เปิดรอบการนิเทศ 2 โรงเรียน จากทั้งหมด 3 โรงเรียน (ร้อยละ 66.67)"),
        ({"schools": 1, "opened": 1}, "เปิดรอบการนิเทศ 1 โรงเรียน จากทั้งหมด 1 โรงเรียน (ร้อยละ 100.00)"),
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
    closed_on = "2026-11-01" if state == "ปิดแล้ว" else None
    return {
        "state": state,
        "term": term,
        "closed_on": closed_on,
        "overdue": state == "เกินกำหนด",
        "school": "โรงเรียน",
    }


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
    assert text.startswith("ปีการศึกษา 2569 ยังไม่มีรอบการนิเทศ")


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
    assert said(term(opened=0)) == "ปีการศึกษา 2569 ยังไม่มีรอบการนิเทศ"


# --- Discussion, obstacles, what is to be done ---


def measured(*rows: dict, **more) -> dict:
    return term(opened=2, visited=2, standards=rows, **more)


def test_a_standard_below_its_target_is_named_and_no_cause_claimed():
    text = draft(
        PartKey.DISCUSSION,
        measured(standard(1, "2.60", target="3.00"), standard(2, "3.00", target="3.00")),
    )
    assert "ยังไม่ถึงเป้าหมายที่กำหนด คือ มาตรฐานที่ 1 ชื่อ 1 จึง" in text
    assert "2 จาก 2 โรงเรียน ที่เปิดรอบ" in text


@pytest.mark.parametrize(
    ("own", "words"),
    [("3.57", "ประเมินตนเองสูงกว่าผลการนิเทศ 0.57"), ("2.90", "ประเมินตนเองต่ำกว่าผลการนิเทศ 0.10")],
)
def test_where_the_two_sides_differ_most(own, words):
    rows = [standard(1, "3.00", own=SCORE | {"mean": own}), standard(2, "4.00")]
    assert words in draft(PartKey.DISCUSSION, measured(*rows))


def test_no_difference_is_told_where_there_is_none():
    rows = [standard(1, "3.00", own=SCORE | {"mean": "3.00"}), standard(2, "4.00")]
    text = draft(PartKey.DISCUSSION, measured(*rows))
    assert "ต่างกันมากที่สุด" not in text
    assert "0.00" not in text


def test_a_year_without_results_has_nothing_to_discuss():
    assert "ยังไม่มีผลให้อภิปราย" in draft(PartKey.DISCUSSION, term())


def changed(number: int, first: str | None, last: str | None) -> dict:
    return {"level": "", "number": number, "name": "ก", "means": [first, last], "change": None}


def test_changes_between_terms_are_counted_and_named():
    rows = [changed(1, "3.00", "3.25"), changed(2, "3.00", "2.93"), changed(3, None, "4.00")]
    text = draft(PartKey.DISCUSSION, measured(standard(1, "3.00")), comparison=rows)
    assert "ค่าเฉลี่ยเพิ่มขึ้น 1 มาตรฐาน คือ มาตรฐานที่ 1 ก (เพิ่มขึ้น 0.25)" in text
    assert "ค่าเฉลี่ยลดลง 1 มาตรฐาน คือ มาตรฐานที่ 2 ก (ลดลง 0.07)" in text
    assert "มาตรฐานที่ 3 ก" not in text


def test_a_writer_finds_the_change_of_each_standard():
    rows = [changed(1, "3.00", "3.25"), changed(2, "3.00", "3.00"), changed(3, None, "4.00")]
    values = text_sources(year(term(), comparison=rows)).values
    assert values["change.1"] == "เพิ่มขึ้น 0.25"
    assert values["change.2"] == "ไม่เปลี่ยนแปลง"
    assert "change.3" not in values


def test_equal_means_have_not_changed():
    text = draft(
        PartKey.DISCUSSION, measured(standard(1, "3.00")), comparison=[changed(1, "3.00", "3.00")]
    )
    assert "ค่าเฉลี่ยของทุกมาตรฐานไม่เปลี่ยนแปลง" in text


def problem(text: str, school: str = "โรงเรียนบ้านนา") -> dict:
    return {"school": school, "term": "1/2569", "text": text}


def test_problems_are_counted_and_quoted():
    problems = [problem("ครูไม่ครบชั้น"), problem("ขาดสื่อ {x} **", "โรงเรียนบ้านไร่")]
    text = draft(PartKey.OBSTACLES, term(), problems=problems)
    assert "ระบุปัญหาและอุปสรรค 2 รายการ จาก 2 โรงเรียน" in text
    assert "“ครูไม่ครบชั้น”" in text
    assert "“ขาดสื่อ (x)”" in text
    assert "ไม่ได้ระบุปัญหาและอุปสรรค" in draft(PartKey.OBSTACLES, term())


def test_no_quotation_names_a_school_or_is_long_and_the_most_frequent_come_first():
    problems = [problem("น้อย"), problem("บ่อย"), problem("บ่อย"), problem("ย" * 201)]
    problems.append(problem("โรงเรียนบ้านนาขาดครู"))
    problems.append(problem("ที่บ้านนาไม่มีไฟฟ้า"))
    assert quoted_problems(problems, ["โรงเรียนบ้านนา"]) == ["บ่อย", "น้อย"]


def test_what_is_open_is_to_be_followed():
    late = {"recommendations": [advice("เกินกำหนด"), advice("ปิดแล้ว")]}
    for key in (PartKey.PROPOSALS, PartKey.NEXT_YEAR):
        assert "ข้อเสนอแนะที่ยังไม่ปิด 1 ข้อ โดยเฉพาะที่เกินกำหนดแล้ว 1 ข้อ" in draft(key, term(), **late)
    assert "เกินกำหนดแล้ว 1 ข้อ" in draft(PartKey.OBSTACLES, term(), **late)


def test_nothing_to_propose_is_no_part():
    assert draft(PartKey.PROPOSALS, term()) == ""
    assert draft(PartKey.NEXT_YEAR, term()) == ""

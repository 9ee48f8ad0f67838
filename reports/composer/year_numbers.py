"""The live numbers of a year report, from the figures that its tables print."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from reports.composer.numbers import LiveNumbers, share_text
from reports.composer.term_numbers import (
    SCHOOLS,
    add_term_numbers,
    listed,
    standard_name,
)
from reports.data.schema import (
    CriteriaFigures,
    NamedCount,
    OrderInForce,
    PracticeTexts,
    RecommendationRow,
    StandardChange,
    SupportWish,
    YearBackground,
    YearReport,
)
from reports.data.term import OVERDUE
from schools.core.thai import long_date
from supervision.improvement.enums import RecommendationState

ADVICE_STATES = {
    "closed": RecommendationState.CLOSED.label,
    "done": RecommendationState.DONE.label,
    "in_progress": RecommendationState.IN_PROGRESS.label,
    "open": RecommendationState.OPEN.label,
    "overdue": OVERDUE,
}
NEEDS_RANKS = 3


def term_prefix(term: str) -> str:
    """term1 of 1/2569: keys mean the same every year."""
    return f"term{term.split('/')[0]}"


def year_numbers(report: YearReport) -> LiveNumbers:
    """All that the year's texts may say."""
    numbers, background = LiveNumbers(), report["background"]
    _add_dates(numbers, report)
    _add_background(numbers, background)
    _add_texts(numbers, "tool", "ชุดตัวชี้วัดลำดับที่", map(_tool_text, report["criteria"]))
    groups = {cluster["name"]: f"cluster.{cluster['pk']}" for cluster in background["clusters"]}
    groups |= {size["name"]: f"size.{size['key']}" for size in background["sizes"]}
    for term in report["terms"]:
        add_term_numbers(numbers, term_prefix(term["term"]), term, groups)
    _add_changes(numbers, report["comparison"])
    _add_needs(numbers, report)
    own_terms = {term["term"] for term in report["terms"]}
    add_advice_numbers(numbers, report["recommendations"], own_terms)
    _add_practices(numbers, report["practices"])
    numbers.add("observed.times", "สังเกตชั้นเรียน", report["observed"]["times"], "ครั้ง")
    numbers.add("observed.schools", "สังเกตชั้นเรียน", report["observed"]["schools"], SCHOOLS)
    add_wish_numbers(numbers, "problems", "บันทึกที่ระบุปัญหาและอุปสรรค", report["problems"])
    add_wish_numbers(numbers, "support", "ความต้องการรับการสนับสนุน", report["support"])
    return numbers


def _add_dates(numbers: LiveNumbers, report: YearReport) -> None:
    numbers.add("year", "ปีการศึกษา", report["year"])
    numbers.add("next_year", "ปีการศึกษาถัดไป", report["year"] + 1)
    numbers.add("as_of", "ข้อมูล ณ วันที่", long_date(date.fromisoformat(report["as_of"])))
    for term in report["background"]["terms"]:
        key, label = term_prefix(term["term"]), f"ภาคเรียนที่ {term['term']}"
        numbers.add(f"{key}.opens_on", f"{label} เปิด", _day(term["opens_on"]))
        numbers.add(f"{key}.closes_on", f"{label} ปิด", _day(term["closes_on"]))


def _day(iso: str) -> str:
    return f"วันที่ {long_date(date.fromisoformat(iso))}"


def _add_background(numbers: LiveNumbers, background: YearBackground) -> None:
    numbers.add("schools", "โรงเรียนในสังกัด", background["schools"], SCHOOLS)
    numbers.add("pupils", "นักเรียนในสังกัด", _thousands(background["pupils"]), "คน")
    numbers.add("clusters", "กลุ่มโรงเรียน", len(background["clusters"]), "กลุ่ม")
    for cluster in background["clusters"]:
        key = f"cluster.{cluster['pk']}.schools"
        numbers.add(key, f"{cluster['name']} จำนวน", cluster["schools"], SCHOOLS)
    _add_list(numbers, "size", "โรงเรียนขนาด", background["sizes"], SCHOOLS)
    _add_list(numbers, "level", "เปิดสอน", background["levels"], SCHOOLS)
    _add_list(numbers, "staff", "บุคลากร", background["staff"], "คน")
    _add_texts(numbers, "order", "คำสั่งลำดับที่", map(_order_text, background["orders"]))
    _add_list(numbers, "mode", "การนิเทศแบบ", background["modes"], "ครั้ง")
    total = sum(mode["count"] for mode in background["modes"])
    numbers.add("visits", "บันทึกการนิเทศที่ลงนามแล้ว", total, "ครั้ง")
    numbers.add("meetings", "การประชุม ก.ต.ป.น. ที่พิจารณาผล", background["meetings"], "ครั้ง")
    lowest = [
        f"{one['label']} (ค่าเฉลี่ย {one['mean']} จาก {one['schools']} {SCHOOLS})"
        for one in background["lowest_indicators"]
    ]
    _add_texts(numbers, "indicator", "ตัวชี้วัดต่ำสุดลำดับที่", lowest)
    numbers.add("indicator.term", "ภาคเรียนของตัวชี้วัดต่ำสุด", background["lowest_term"])


def _order_text(order: OrderInForce) -> str:
    return (
        f"คำสั่งที่ {order['number']} เรื่อง {order['subject']} สั่ง ณ {_day(order['ordered_on'])} "
        f"มีผลตั้งแต่{_day(order['effective_on'])}"
    )


def _tool_text(chosen: CriteriaFigures) -> str:
    name = f"{chosen['name']} ฉบับที่ {chosen['version']}"
    if not chosen["meeting_on"]:
        return name
    return (
        f"{name} คณะกรรมการ ก.ต.ป.น. เห็นชอบในการประชุมครั้งที่ {chosen['meeting_no']} "
        f"{_day(chosen['meeting_on'])}"
    )


def _add_texts(numbers: LiveNumbers, key: str, label: str, texts: Iterable[str]) -> None:
    for position, text in enumerate(texts, start=1):
        numbers.add(f"{key}.{position}", f"{label} {position}", text)


def _thousands(count: int | None) -> str | None:
    return None if count is None else f"{count:,}"


def _add_list(
    numbers: LiveNumbers, key: str, label: str, rows: Sequence[NamedCount], unit: str
) -> None:
    for row in rows:
        numbers.add(f"{key}.{row['key']}", f"{label} {row['name']}", row["count"], unit)


def _add_changes(numbers: LiveNumbers, rows: Sequence[StandardChange]) -> None:
    """What changed between the first and the last term that can be compared."""
    changed = [
        (_difference(row), row) for row in rows if None not in (row["means"][0], row["means"][-1])
    ]
    rises = [(change, row) for change, row in changed if change > 0]
    falls = [(change, row) for change, row in changed if change < 0]
    for key, label, found in (("rises", "เพิ่มขึ้น", rises), ("falls", "ลดลง", falls)):
        words = [f"{_name_of_change(row)} ({label} {abs(change)})" for change, row in found]
        numbers.add(key, f"มาตรฐานที่ค่าเฉลี่ย{label}ระหว่างภาคเรียน", listed(words))
    if changed:
        numbers.add("rises.count", "จำนวนมาตรฐานที่เพิ่มขึ้น", len(rises), "มาตรฐาน")
        numbers.add("falls.count", "จำนวนมาตรฐานที่ลดลง", len(falls), "มาตรฐาน")


def _difference(row: StandardChange) -> Decimal:
    return Decimal(row["means"][-1] or 0) - Decimal(row["means"][0] or 0)


def _name_of_change(row: StandardChange) -> str:
    return standard_name(row["level"], row["number"], row["name"])


def _add_needs(numbers: LiveNumbers, report: YearReport) -> None:
    """The most urgent areas of each survey of the year."""
    for position, survey in enumerate(report["needs"], start=1):
        key, label = f"needs{position}", f"แบบสำรวจ {survey['period']}"
        numbers.add(f"{key}.schools", f"{label} ตอบแล้ว", survey["schools"], SCHOOLS)
        numbers.add(f"{key}.period", "แบบสำรวจความต้องการ", survey["period"])
        for rank, area in enumerate(survey["areas"][:NEEDS_RANKS], start=1):
            text = f"{area['area']} (PNI {area['index']})" if area["index"] else None
            numbers.add(f"{key}.rank{rank}", f"{label} เร่งด่วนลำดับที่ {rank}", text)


def add_advice_numbers(
    numbers: LiveNumbers, rows: Sequence[RecommendationRow], own_terms: set[str]
) -> None:
    """The ledger by state; what comes from before `own_terms` was carried over."""
    states = Counter(row["state"] for row in rows)
    carried = sum(row["term"] not in own_terms for row in rows)
    numbers.add("advice.total", "ข้อเสนอแนะทั้งหมด", len(rows), "ข้อ")
    numbers.add("advice.carried", "ข้อเสนอแนะที่ยกมาจากก่อนหน้า", carried, "ข้อ")
    for key, state in ADVICE_STATES.items():
        numbers.add(f"advice.{key}", f"ข้อเสนอแนะ {state}", states[state], "ข้อ")
    unfinished = len(rows) - states[RecommendationState.CLOSED.label]
    numbers.add("advice.unfinished", "ข้อเสนอแนะที่ยังไม่ปิด", unfinished, "ข้อ")
    closed = states[RecommendationState.CLOSED.label]
    numbers.add("advice.closed_share", "ข้อเสนอแนะที่ปิดแล้ว", share_text(closed, len(rows)))


def _add_practices(numbers: LiveNumbers, rows: Sequence[PracticeTexts]) -> None:
    numbers.add("practices", "วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก", len(rows), "ผลงาน")
    by_level = [
        f"{level} {count} ผลงาน" for level, count in Counter(r["level"] for r in rows).items()
    ]
    numbers.add("practices.levels", "วิธีปฏิบัติที่เป็นเลิศตามระดับ", listed(by_level))


def add_wish_numbers(
    numbers: LiveNumbers, key: str, label: str, rows: Sequence[SupportWish]
) -> None:
    """How many records say something of that kind, and of how many schools."""
    numbers.add(key, label, len(rows), "รายการ")
    numbers.add(f"{key}.schools", label, len({row["school"] for row in rows}), SCHOOLS)

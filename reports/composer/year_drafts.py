"""The drafts of a year report: what the system writes of the figures until a person writes.

Each is a function from the figures and their live numbers to a text in the format of
reports/composer/markup.py. Every number in it is live.
"""

from collections.abc import Callable, Mapping

from reports.composer.background_drafts import introduction_draft, method_draft
from reports.composer.enums import PartKey
from reports.composer.markup import plain_markup
from reports.composer.numbers import LiveNumbers
from reports.composer.obstacle_drafts import obstacles_draft
from reports.composer.term_drafts import (
    advice_in_brief,
    bullet_list,
    numbered_texts,
    paragraphs,
    term_discussion,
    term_in_brief,
)
from reports.composer.year_numbers import ADVICE_STATES, NEEDS_RANKS, term_prefix
from reports.data.schema import TermFigures, YearReport

YearDraft = Callable[[YearReport, LiveNumbers], str]


def foreword_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """What the report is and what its figures rest on."""
    area = report["area"]
    office = plain_markup(f"{area['group_name']} {area['name']}")
    return paragraphs(
        [
            "รายงานผลการนิเทศ ติดตาม และประเมินผลการจัดการศึกษา ปีการศึกษา "
            f"{numbers.field('year')} ฉบับนี้ {office} จัดทำขึ้นเพื่อรายงานผลการดำเนินงาน"
            "ตามขั้นตอนการนิเทศ 7 ขั้น ต่อผู้บังคับบัญชาและหน่วยงานต้นสังกัด "
            "และเพื่อใช้วางแผนการนิเทศในปีต่อไป",
            "ตัวเลขในรายงานคำนวณจากแบบสำรวจที่โรงเรียนส่งแล้ว "
            "ผลการประเมินตนเองที่ผู้อำนวยการโรงเรียนยืนยันแล้ว "
            f"และบันทึกการนิเทศที่ศึกษานิเทศก์ลงนามแล้ว ณ วันที่ {numbers.field('as_of')}",
            "ขอขอบคุณผู้บริหารสถานศึกษา ครู คณะกรรมการติดตาม ตรวจสอบ ประเมินผล "
            "และนิเทศการศึกษา และผู้เกี่ยวข้องทุกฝ่ายที่ร่วมดำเนินงาน",
        ]
    )


def executive_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """The year in a few paragraphs: each term, the ledger, the good practices."""
    opened = [term for term in report["terms"] if term["opened"]]
    found = [term_in_brief(numbers, term_prefix(term["term"]), term) for term in opened]
    if not found:
        found = [f"ปีการศึกษา {numbers.field('year')} ยังไม่มีรอบการนิเทศ"]
    return paragraphs([*found, _advice(report, numbers), _practices(report, numbers)])


def _advice(report: YearReport, numbers: LiveNumbers) -> str:
    rows = report["recommendations"]
    if not rows:
        return ""
    states = {row["state"] for row in rows}
    own_terms = {term["term"] for term in report["terms"]}
    is_carried = any(row["term"] not in own_terms for row in rows)
    counts = [(key, name) for key, name in ADVICE_STATES.items() if name in states]
    return advice_in_brief(numbers, counts, "ปีการศึกษาก่อน" if is_carried else "")


def _practices(report: YearReport, numbers: LiveNumbers) -> str:
    if not report["practices"]:
        return ""
    return (
        f"วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือกในปีการศึกษานี้มี {numbers.field('practices')} "
        f"คือ {numbers.field('practices.levels')}"
    )


def results_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """What the tables after it show, and of when they are."""
    return (
        f"ผลการดำเนินงานปีการศึกษา {numbers.field('year')} ณ วันที่ {numbers.field('as_of')} "
        "เสนอเป็นภาพรวมของแต่ละภาคเรียน แล้วเสนอผลในแต่ละขั้นของการนิเทศ ดังนี้"
    )


def discussion_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """What the means may say: the last term with results, and what changed since the first."""
    measured = last_measured_term(report)
    if measured is None:
        return "ยังไม่มีผลการนิเทศที่ลงนามแล้วของปีการศึกษานี้ จึงยังไม่มีผลให้อภิปราย"
    found = term_discussion(numbers, term_prefix(measured["term"]))
    return paragraphs([*found, _changes(numbers), _observed(report, numbers)])


def last_measured_term(report: YearReport) -> TermFigures | None:
    """The last term of which signed visits say something."""
    return next((term for term in reversed(report["terms"]) if term["standards"]), None)


def _changes(numbers: LiveNumbers) -> str:
    if "rises.count" not in numbers:
        return ""
    said = ["เมื่อเปรียบเทียบระหว่างภาคเรียนของปีการศึกษานี้"]
    for key, word in (("rises", "เพิ่มขึ้น"), ("falls", "ลดลง")):
        if key in numbers:
            count, names = numbers.field(key, "count"), numbers.field(key)
            said.append(f"ค่าเฉลี่ย{word} {count} คือ {names}")
    if len(said) == 1:
        said.append("ค่าเฉลี่ยของทุกมาตรฐานไม่เปลี่ยนแปลง")
    said.append("ทั้งนี้ โรงเรียนที่มีผลในแต่ละภาคเรียนอาจไม่ใช่โรงเรียนเดียวกันทั้งหมด")
    return " ".join(said)


def _observed(report: YearReport, numbers: LiveNumbers) -> str:
    if not report["observed"]["times"]:
        return ""
    times, schools = numbers.field("observed.times"), numbers.field("observed.schools")
    return (
        f"นอกจากนี้ มีการสังเกตชั้นเรียน {times} ใน {schools} ซึ่งบันทึกเป็นรายชั้นเรียน "
        "และไม่นำมารวมในค่าเฉลี่ยของโรงเรียน"
    )


def proposals_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """What should be considered, each for a figure that the tables have."""
    items = [*_standards_to_promote(report, numbers), *_advice_to_follow(report, numbers)]
    if "needs1.rank1" in numbers:
        items.append(
            f"ควรจัดการสนับสนุนให้สอดคล้องกับด้านที่โรงเรียนต้องการเร่งด่วน คือ {numbers.field('needs1.rank1')}"
        )
    if report["practices"]:
        items.append(f"ควรเผยแพร่และขยายผลวิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก {numbers.field('practices')}")
    if not items:
        return ""
    return paragraphs(["จากผลการดำเนินงานข้างต้น มีข้อเสนอแนะเพื่อพิจารณา ดังนี้", bullet_list(items)])


def _standards_to_promote(report: YearReport, numbers: LiveNumbers) -> list[str]:
    measured = last_measured_term(report)
    prefix = term_prefix(measured["term"]) if measured else ""
    found = []
    if f"{prefix}.lowest" in numbers:
        found.append(f"ควรส่งเสริมการพัฒนาตามมาตรฐานที่มีค่าเฉลี่ยต่ำสุด คือ {numbers.field(prefix, 'lowest')}")
    if f"{prefix}.widest_gap" in numbers:
        found.append("ควรทำความเข้าใจเกณฑ์และหลักฐานร่วมกับโรงเรียนก่อนการประเมินตนเองครั้งต่อไป")
    return found


def _advice_to_follow(report: YearReport, numbers: LiveNumbers) -> list[str]:
    lines = report["recommendations"]
    if all(line["closed_on"] for line in lines):
        return []
    text = f"ควรติดตามข้อเสนอแนะที่ยังไม่ปิด {numbers.field('advice.unfinished')}"
    if any(line["overdue"] for line in lines):
        text += f" โดยเฉพาะที่เกินกำหนดแล้ว {numbers.field('advice.overdue')}"
    return [text]


def next_year_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """What next year's plan can start from: open advice, lowest indicators, needs, wishes."""
    field = numbers.field
    found = [
        f"แผนการนิเทศปีการศึกษา {field('next_year')} ควรกำหนดจากผลของปีการศึกษา {field('year')} "
        "โดยมีข้อมูลประกอบการพิจารณา ดังนี้"
    ]
    for head, items in (
        ("**งานที่ต้องติดตามต่อ**", _advice_to_follow(report, numbers)),
        (
            "**ตัวชี้วัดที่มีค่าเฉลี่ยต่ำสุดในภาคเรียนล่าสุดที่มีผล**",
            numbered_texts(numbers, "indicator", report["background"]["lowest_indicators"]),
        ),
        ("**ด้านที่โรงเรียนต้องการเร่งด่วน**", _urgent_needs(numbers)),
        ("**การสนับสนุนที่โรงเรียนขอ**", _wishes(report, numbers)),
    ):
        found += [head, bullet_list(items)] if items else []
    if len(found) == 1:
        return ""
    return paragraphs(found)


def _urgent_needs(numbers: LiveNumbers) -> list[str]:
    keys = (f"needs1.rank{rank}" for rank in range(1, NEEDS_RANKS + 1))
    return [numbers.field(key) for key in keys if key in numbers]


def _wishes(report: YearReport, numbers: LiveNumbers) -> list[str]:
    if not report["support"]:
        return []
    wishes, schools = numbers.field("support"), numbers.field("support.schools")
    return [f"บันทึกการนิเทศระบุความต้องการรับการสนับสนุน {wishes} จาก {schools} ตามตารางในผลการดำเนินงาน"]


YEAR_DRAFTS: Mapping[PartKey, YearDraft] = {
    PartKey.FOREWORD: foreword_draft,
    PartKey.EXECUTIVE: executive_draft,
    PartKey.INTRODUCTION: introduction_draft,
    PartKey.METHOD: method_draft,
    PartKey.RESULTS: results_draft,
    PartKey.DISCUSSION: discussion_draft,
    PartKey.OBSTACLES: obstacles_draft,
    PartKey.PROPOSALS: proposals_draft,
    PartKey.NEXT_YEAR: next_year_draft,
}

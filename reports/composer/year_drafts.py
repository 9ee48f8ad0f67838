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
from reports.composer.shared_drafts import (
    advice_in_brief,
    advice_to_follow,
    changes_in_brief,
    observed_in_brief,
    practices_in_brief,
    proposals_draft,
    urgent_needs,
)
from reports.composer.shared_numbers import measured_prefix, terms_of_report
from reports.composer.term_drafts import (
    bullet_list,
    headed_list,
    numbered_texts,
    paragraphs,
    term_discussion,
    term_in_brief,
)
from reports.data.schema import YearReport

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
    found = [
        term_in_brief(numbers, prefix, term)
        for prefix, term in terms_of_report(report)
        if term["opened"]
    ]
    if not found:
        found = [f"ปีการศึกษา {numbers.field('year')} ยังไม่มีรอบการนิเทศ"]
    return paragraphs(
        [
            *found,
            advice_in_brief(report, numbers, "ปีการศึกษาก่อน"),
            practices_in_brief(report, numbers),
        ]
    )


def results_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """What the tables after it show, and of when they are."""
    return (
        f"ผลการดำเนินงานปีการศึกษา {numbers.field('year')} ณ วันที่ {numbers.field('as_of')} "
        "เสนอเป็นภาพรวมของแต่ละภาคเรียน แล้วเสนอผลในแต่ละขั้นของการนิเทศ ดังนี้"
    )


def discussion_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """What the means may say: the last term with results, and what changed since the first."""
    prefix = measured_prefix(report)
    if not prefix:
        return "ยังไม่มีผลการนิเทศที่ลงนามแล้วของปีการศึกษานี้ จึงยังไม่มีผลให้อภิปราย"
    changes = changes_in_brief(
        numbers,
        "เมื่อเปรียบเทียบระหว่างภาคเรียนของปีการศึกษานี้",
        "ทั้งนี้ โรงเรียนที่มีผลในแต่ละภาคเรียนอาจไม่ใช่โรงเรียนเดียวกันทั้งหมด",
    )
    found = term_discussion(numbers, prefix)
    return paragraphs([*found, changes, observed_in_brief(report, numbers)])


def next_year_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """What next year's plan can start from: open advice, lowest indicators, needs, wishes."""
    field = numbers.field
    found = [
        f"แผนการนิเทศปีการศึกษา {field('next_year')} ควรกำหนดจากผลของปีการศึกษา {field('year')} "
        "โดยมีข้อมูลประกอบการพิจารณา ดังนี้"
    ]
    for head, items in (
        ("งานที่ต้องติดตามต่อ", advice_to_follow(report, numbers)),
        (
            "ตัวชี้วัดที่มีค่าเฉลี่ยต่ำสุดในภาคเรียนล่าสุดที่มีผล",
            numbered_texts(numbers, "indicator", report["background"]["lowest_indicators"]),
        ),
        ("ด้านที่โรงเรียนต้องการเร่งด่วน", urgent_needs(numbers)),
        ("การสนับสนุนที่โรงเรียนขอ", _wishes(report, numbers)),
    ):
        found += headed_list(head, items)
    found += _planned_activities(report, numbers)
    if len(found) == 1:
        return ""
    return paragraphs(found)


def _planned_activities(report: YearReport, numbers: LiveNumbers) -> list[str]:
    """What the approved plans of fiscal years hold already for after the academic year."""
    programmes = report.get("programmes")
    if not programmes or not programmes["coming"]:
        return []
    plans, count = numbers.field("coming", "plans"), numbers.field("coming")
    head = f"แผนที่อนุมัติแล้วของปีงบประมาณ {plans} มีกิจกรรมหลังสิ้นปีการศึกษานี้ {count} ได้แก่"
    return [head, bullet_list(numbered_texts(numbers, "coming_activity", programmes["coming"]))]


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

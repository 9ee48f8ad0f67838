"""Sentences that a year report and a term's summary share, made of their live numbers."""

from reports.composer.numbers import LiveNumbers
from reports.composer.shared_numbers import (
    ADVICE_STATES,
    NEEDS_RANKS,
    AreaReport,
    measured_prefix,
    terms_of_report,
)
from reports.composer.term_drafts import bullet_list, paragraphs
from reports.composer.term_numbers import listed


def advice_in_brief(report: AreaReport, numbers: LiveNumbers, earlier: str) -> str:
    """The ledger in its own words, the closed first; `earlier` names the time before."""
    rows = report["recommendations"]
    if not rows:
        return ""
    own_terms = {term["term"] for _, term in terms_of_report(report)}
    text = f"ข้อเสนอแนะที่ตกลงร่วมกับโรงเรียนมี {numbers.field('advice', 'total')}"
    if any(row["term"] not in own_terms for row in rows):
        text += f" ในจำนวนนี้ยกมาจาก{earlier} {numbers.field('advice', 'carried')}"
    found = {row["state"] for row in rows}
    states = [
        f"{name} {numbers.field('advice', key)}"
        for key, name in ADVICE_STATES.items()
        if name in found
    ]
    return f"{text} สถานะ{listed(states)}"


def practices_in_brief(report: AreaReport, numbers: LiveNumbers) -> str:
    """How many good practices were selected, by level."""
    if not report["practices"]:
        return ""
    return (
        f"วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือกมี {numbers.field('practices')} "
        f"คือ {numbers.field('practices', 'levels')}"
    )


def changes_in_brief(numbers: LiveNumbers, opening: str, caution: str) -> str:
    """Which means rose and fell; nothing where no two terms can be compared."""
    if "rises.count" not in numbers:
        return ""
    said = [opening]
    for key, word in (("rises", "เพิ่มขึ้น"), ("falls", "ลดลง")):
        if key in numbers:
            said.append(f"ค่าเฉลี่ย{word} {numbers.field(key, 'count')} คือ {numbers.field(key)}")
    if len(said) == 1:
        said.append("ค่าเฉลี่ยของทุกมาตรฐานไม่เปลี่ยนแปลง")
    return " ".join([*said, caution])


def observed_in_brief(report: AreaReport, numbers: LiveNumbers) -> str:
    """How many lessons were observed, which judge no school."""
    if not report["observed"]["times"]:
        return ""
    times, schools = numbers.field("observed.times"), numbers.field("observed.schools")
    return (
        f"นอกจากนี้ มีการสังเกตชั้นเรียน {times} ใน {schools} ซึ่งบันทึกเป็นรายชั้นเรียน "
        "และไม่นำมารวมในค่าเฉลี่ยของโรงเรียน"
    )


def proposals_draft(report: AreaReport, numbers: LiveNumbers) -> str:
    """What should be considered, each for a figure that the tables have."""
    items = [*_standards_to_promote(report, numbers), *advice_to_follow(report, numbers)]
    if "needs1.rank1" in numbers:
        items.append(
            f"ควรจัดการสนับสนุนให้สอดคล้องกับด้านที่โรงเรียนต้องการเร่งด่วน คือ {numbers.field('needs1.rank1')}"
        )
    if report["practices"]:
        items.append(f"ควรเผยแพร่และขยายผลวิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก {numbers.field('practices')}")
    if not items:
        return ""
    return paragraphs(["จากผลการดำเนินงานข้างต้น มีข้อเสนอแนะเพื่อพิจารณา ดังนี้", bullet_list(items)])


def _standards_to_promote(report: AreaReport, numbers: LiveNumbers) -> list[str]:
    prefix, found = measured_prefix(report), []
    if f"{prefix}.lowest" in numbers:
        lowest = numbers.field(prefix, "lowest")
        found.append(f"ควรส่งเสริมการพัฒนาตามมาตรฐานที่มีค่าเฉลี่ยต่ำสุด คือ {lowest}")
    if f"{prefix}.widest_gap" in numbers:
        found.append("ควรทำความเข้าใจเกณฑ์และหลักฐานร่วมกับโรงเรียนก่อนการประเมินตนเองครั้งต่อไป")
    return found


def advice_to_follow(report: AreaReport, numbers: LiveNumbers) -> list[str]:
    """What of the ledger is still open, as one item of a list; none where all is closed."""
    lines = report["recommendations"]
    if all(line["closed_on"] for line in lines):
        return []
    text = f"ควรติดตามข้อเสนอแนะที่ยังไม่ปิด {numbers.field('advice.unfinished')}"
    if any(line["overdue"] for line in lines):
        text += f" โดยเฉพาะที่เกินกำหนดแล้ว {numbers.field('advice.overdue')}"
    return [text]


def urgent_needs(numbers: LiveNumbers) -> list[str]:
    """The most urgent areas of the first survey."""
    keys = (f"needs1.rank{rank}" for rank in range(1, NEEDS_RANKS + 1))
    return [numbers.field(key) for key in keys if key in numbers]

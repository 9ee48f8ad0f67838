"""The drafts of a year report's first chapters: what the work stands on, and how it was done."""

from collections.abc import Sequence

from reports.composer.markup import plain_markup
from reports.composer.numbers import LiveNumbers
from reports.composer.shared_numbers import term_prefix
from reports.composer.term_drafts import bullet_list, headed_list, numbered_texts, paragraphs
from reports.composer.term_numbers import listed
from reports.data.schema import (
    NamedCount,
    TermDays,
    YearBackground,
    YearReport,
)
from supervision.rounds.enums import CycleStep


def introduction_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """Orders, structure, staff, schools and the calendar of the year."""
    background = report["background"]
    return paragraphs(
        [
            _opening(report, numbers),
            *headed_list("คำสั่งที่ใช้ปฏิบัติงาน", numbered_texts(numbers, "order", background["orders"])),
            *headed_list(
                "โครงสร้างของกลุ่มนิเทศฯ", [plain_markup(n) for n in background["work_groups"]]
            ),
            *headed_list(
                "บุคลากรของกลุ่มนิเทศฯ ตามทะเบียนตำแหน่ง", _counts(numbers, "staff", background["staff"])
            ),
            *_schools(background, numbers),
            *headed_list("ปฏิทินการศึกษา", _calendar(background["terms"], numbers)),
        ]
    )


def _opening(report: YearReport, numbers: LiveNumbers) -> str:
    area = report["area"]
    office = plain_markup(f"{area['group_name']} {area['name']}")
    pupils = f" นักเรียน {numbers.field('pupils')}" if "pupils" in numbers else ""
    return (
        f"{office} มีหน้าที่นิเทศ ติดตาม และประเมินผลการจัดการศึกษาของโรงเรียนในสังกัด "
        f"{numbers.field('schools')}{pupils} "
        f"รายงานนี้เป็นผลการดำเนินงานปีการศึกษา {numbers.field('year')}"
    )


def _counts(numbers: LiveNumbers, key: str, rows: Sequence[NamedCount]) -> list[str]:
    return [f"{row['name']} จำนวน {numbers.field(key, row['key'])}" for row in rows]


def _schools(background: YearBackground, numbers: LiveNumbers) -> list[str]:
    """By cluster, size and level, each as a list of its own."""
    clusters = [
        f"{plain_markup(one['name'])} จำนวน {numbers.field('cluster', str(one['pk']), 'schools')}"
        for one in background["clusters"]
    ]
    return [
        *headed_list("โรงเรียนจำแนกตามกลุ่มโรงเรียน", clusters),
        *headed_list("โรงเรียนจำแนกตามขนาด", _counts(numbers, "size", background["sizes"])),
        *headed_list("โรงเรียนจำแนกตามระดับที่เปิดสอน", _counts(numbers, "level", background["levels"])),
    ]


def _calendar(terms: Sequence[TermDays], numbers: LiveNumbers) -> list[str]:
    field = numbers.field
    return [
        f"ภาคเรียนที่ {field(key, 'name')} เปิด{field(key, 'opens_on')} ปิด{field(key, 'closes_on')}"
        for key in (term_prefix(term["term"]) for term in terms)
    ]


def method_draft(report: YearReport, numbers: LiveNumbers) -> str:
    """The seven steps, the tools with who endorsed them, and the visits by mode."""
    return paragraphs(
        [
            "การนิเทศ ติดตาม และประเมินผลการจัดการศึกษา ดำเนินการทุกภาคเรียนตามขั้นตอน 7 ขั้น ดังนี้",
            bullet_list(f"ขั้นที่ {step.value} {step.label}" for step in CycleStep),
            *headed_list("เครื่องมือที่ใช้", numbered_texts(numbers, "tool", report["criteria"])),
            _visits(report["background"]["modes"], numbers),
            *_activities(report, numbers),
            _networks(report, numbers),
            "ค่าเฉลี่ยของโรงเรียนคำนวณจากตัวชี้วัดที่ให้ระดับแล้ว ค่าเฉลี่ยของเขตพื้นที่คำนวณจากค่าเฉลี่ยรายโรงเรียน "
            "และแปลผลตามช่วงคะแนนของมาตราส่วนที่ใช้",
        ]
    )


def _activities(report: YearReport, numbers: LiveNumbers) -> list[str]:
    """The activities of the unit's plans that ended in the year; nothing where none did."""
    programmes = report.get("programmes")
    if not programmes or not programmes["held"]:
        return []
    field = numbers.field
    head = (
        f"กิจกรรมตามแผนส่งเสริมและพัฒนาระบบการนิเทศที่ครบกำหนดในปีการศึกษานี้ {field('activities')} "
        f"ดำเนินการแล้ว {field('activities', 'done')} งบประมาณที่ตั้งไว้ {field('activities', 'planned')} "
        f"ใช้ {field('activities', 'spent')} ได้แก่"
    )
    return [head, bullet_list(numbered_texts(numbers, "activity", programmes["held"]))]


def _networks(report: YearReport, numbers: LiveNumbers) -> str:
    """Networks, forums and dissemination of the year; nothing where there is no network."""
    networks = report.get("networks")
    if not networks or not networks["networks"]:
        return ""
    field = numbers.field
    return (
        f"การส่งเสริมเครือข่ายการนิเทศมีเครือข่ายที่ดำเนินการ {field('networks')} "
        f"สมาชิก {field('networks', 'members')} แหล่งเรียนรู้ {field('networks', 'sources')} "
        f"จัดเวทีวิชาการ {field('forums')} ผู้เข้าร่วมรวม {field('forums', 'people')} "
        f"และบันทึกในทะเบียนเผยแพร่ {field('disseminations')}"
    )


def _visits(modes: Sequence[NamedCount], numbers: LiveNumbers) -> str:
    if not modes:
        return "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว"
    by_mode = listed(_counts(numbers, "mode", modes))
    return f"มีบันทึกการนิเทศที่ลงนามแล้ว {numbers.field('visits')} แบ่งเป็น{by_mode}"

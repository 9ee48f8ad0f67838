"""The drafts of the report on a quality drive: what the system writes until a person writes.

Each is a function from the figures and their live numbers to a text in the format of
reports/composer/markup.py. They say what the tables say: a cause is named only as possible.
"""

from collections.abc import Callable, Mapping, Sequence

from reports.composer.drive_numbers import late_schools
from reports.composer.enums import PartKey
from reports.composer.markup import plain_markup
from reports.composer.numbers import LiveNumbers
from reports.composer.obstacle_drafts import quoted_texts
from reports.composer.term_drafts import bullet_list, headed_list, paragraphs
from reports.composer.term_numbers import listed
from reports.data.drive_schema import DimensionResult, DriveReport, OwedCounts
from supervision.quality_drive.enums import DimensionCode

DriveDraft = Callable[[DriveReport, LiveNumbers], str]


def drive_foreword_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """What the report is, and what its figures rest on."""
    area = report["area"]
    office = plain_markup(f"{area['group_name']} {area['name']}")
    return paragraphs(
        [
            f"รายงานผลการขับเคลื่อนคุณภาพการศึกษาตามรูปแบบ {numbers.field('model')} ปีการศึกษา "
            f"{numbers.field('year')} ฉบับนี้ {office} จัดทำขึ้นเพื่อรายงานผลการดำเนินงานตามขั้นตอนการขับเคลื่อน "
            "7 ขั้น และเพื่อใช้วางแผนการขับเคลื่อนในปีต่อไป",
            "ค่าเฉลี่ยในรายงานคำนวณจากบันทึกการนิเทศที่ลงนามแล้วและข้อมูลฐานของโรงเรียน "
            f"ณ วันที่ {numbers.field('as_of')} รายงานฉบับนี้ไม่แสดงคะแนน ลำดับ หรือข้อตกลงของโรงเรียนแห่งใด",
            "ขอขอบคุณผู้บริหารสถานศึกษา ครู คณะกรรมการ ภาคีเครือข่าย และผู้เกี่ยวข้องทุกฝ่ายที่ร่วมขับเคลื่อน",
        ]
    )


def drive_executive_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """The drive in a few paragraphs: agreements, results, what was owed, what was shared."""
    field = numbers.field
    begun = (
        f"ปีการศึกษา {field('year')} มีโรงเรียนร่วมขับเคลื่อน {field('schools')} "
        f"ยืนยันข้อมูลฐานแล้ว {field('baselines')} ลงนามบันทึกข้อตกลงแล้ว {field('agreements')}"
    )
    if "agreements.share" in numbers:
        begun += f" ({field('agreements.share')})"
    return paragraphs(
        [
            begun,
            _extremes(numbers),
            _owed_in_brief(report["support"], numbers, "support", "การสนับสนุนที่สำนักงานให้ไว้ตามข้อตกลง"),
            _shared_in_brief(report, numbers),
        ]
    )


def model_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """The model and its goals; the manual's headline has fewer dimensions than its steps."""
    endorsed = ""
    if "meeting" in numbers:
        endorsed = (
            f"คณะกรรมการ ก.ต.ป.น. เห็นชอบค่าเป้าหมายและน้ำหนักในการประชุม{numbers.field('meeting')}"
        )
    return paragraphs(
        [
            f"การขับเคลื่อนคุณภาพการศึกษาใช้รูปแบบ {numbers.field('model')} "
            f"จุดมุ่งหมาย คือ {plain_markup(report['purpose'])}",
            _dimensions_in_words(report),
            endorsed,
        ]
    )


def _dimensions_in_words(report: DriveReport) -> str:
    rows = report["dimensions"]
    names = listed(plain_markup(row["name"]) for row in rows)
    said = f"{plain_markup(report['headline'])} การดำเนินงานมี {len(rows)} ด้าน ได้แก่ {names}"
    added = [plain_markup(row["name"]) for row in rows if not row["in_4q"]]
    if added and len(rows) == len(DimensionCode):
        said += f" ทั้งนี้ {listed(added)} มีในขั้นตอนของคู่มือ แต่ไม่มีในหัวข้อ 4Q"
    return said


def steps_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """What the table after it shows, and of when it is."""
    return f"การดำเนินงานตามขั้นตอนการขับเคลื่อน 7 ขั้น ณ วันที่ {numbers.field('as_of')} มีดังนี้"


def dimensions_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """Which dimensions stand at the ends, and where most schools reached their target."""
    if not any(row["now_n"] for row in report["results"]):
        return "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้วของปีการศึกษานี้ จึงยังไม่มีผลรายด้าน"
    return paragraphs(
        [
            "ผลการพัฒนารายด้านเปรียบเทียบข้อมูลฐานก่อนการพัฒนา ผลปัจจุบันจากการนิเทศ และค่าเป้าหมาย มีดังนี้",
            _extremes(numbers),
        ]
    )


def _extremes(numbers: LiveNumbers) -> str:
    if "highest" not in numbers:
        return ""
    high, low = numbers.field("highest"), numbers.field("lowest")
    return f"ด้านที่มีค่าเฉลี่ยปัจจุบันสูงสุด คือ {high} และต่ำสุด คือ {low}"


def expected_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """How many of the expected results say what came of them."""
    if not report["expected"]:
        return ""
    written, total = numbers.field("expected.written"), numbers.field("expected")
    return f"ผลที่คาดหวังตามรูปแบบมี {total} สรุปผลที่เกิดขึ้นแล้ว {written} ดังตาราง"


def support_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """What the office owed and kept, and what came of the advice."""
    return paragraphs(
        [
            _owed_in_brief(report["support"], numbers, "support", "การสนับสนุนที่สำนักงานให้ไว้ตามข้อตกลง"),
            _mentored(report, numbers),
        ]
    )


def _mentored(report: DriveReport, numbers: LiveNumbers) -> str:
    if not report["work"]["mentoring_visits"]:
        return "ยังไม่มีการลงพื้นที่ให้คำปรึกษาที่ลงนามบันทึกแล้ว"
    visits, schools = numbers.field("mentoring"), numbers.field("mentoring.schools")
    return f"การลงพื้นที่ให้คำปรึกษาดำเนินการแล้ว {visits} ใน {schools}"


def _owed_in_brief(counts: OwedCounts, numbers: LiveNumbers, key: str, what: str) -> str:
    if not counts["total"]:
        return ""
    said = f"{what}มี {numbers.field(key, 'total')} ปิดแล้วพร้อมหลักฐาน {numbers.field(key, 'kept')}"
    if counts["open"]:
        said += f" ยังไม่เสร็จ {numbers.field(key, 'open')}"
    if counts["late"]:
        said += f" ในจำนวนนี้เกินกำหนด {numbers.field(key, 'late')}"
    return said


def sharing_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """Honours that were released, exchange events, and what schools took home."""
    honoured = (
        f"คณะกรรมการ ก.ต.ป.น. มีมติยกย่องเชิดชูเกียรติและให้เผยแพร่ {numbers.field('honours')} "
        f"แก่ {numbers.field('honours.schools')}"
    )
    return paragraphs(
        [honoured if report["honours"] else "", _shared_in_brief(report, numbers)]
    ) or ("ยังไม่มีการยกย่องเชิดชูเกียรติที่เผยแพร่ และยังไม่มีเวทีแลกเปลี่ยนเรียนรู้")


def _shared_in_brief(report: DriveReport, numbers: LiveNumbers) -> str:
    if not report["exchange"]:
        return ""
    return (
        f"จัดเวทีแลกเปลี่ยนเรียนรู้ {numbers.field('exchange')} "
        f"โรงเรียนบันทึกสิ่งที่นำกลับไปใช้ {numbers.field('takeaways')}"
    )


def drive_discussion_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """By how much each dimension changed, and which way most schools went."""
    rows = [row for row in report["results"] if row["change"]]
    if not rows:
        return "ยังไม่มีโรงเรียนที่มีทั้งข้อมูลฐานและผลการนิเทศเพียงพอ จึงยังไม่มีผลให้อภิปราย"
    return paragraphs(
        [
            "เมื่อเปรียบเทียบเฉพาะโรงเรียนที่มีทั้งข้อมูลฐานและผลการนิเทศ ค่าเฉลี่ยเปลี่ยนแปลงดังนี้",
            bullet_list(_change(row, numbers) for row in rows),
            "ทั้งนี้ เป็นความแตกต่างของผลที่พบ ยังไม่อาจสรุปสาเหตุจากตัวเลขเพียงอย่างเดียว",
        ]
    )


def _change(row: DimensionResult, numbers: LiveNumbers) -> str:
    key, name = row["code"].lower(), plain_markup(row["name"])
    reached = numbers.field(key, "reached")
    return f"{name} {numbers.field(key, 'change')} ถึงเป้าหมายแล้ว {reached}"


def drive_obstacles_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """Problems that committees reported in their words, and what is not finished."""
    problems = [one["problems"] for one in report["monitoring"]]
    quotes = quoted_texts(problems, _named_schools(report))
    found = []
    if quotes:
        found = ["รายงานการติดตามของคณะกรรมการระบุปัญหาและอุปสรรค ดังนี้", bullet_list(quotes)]
    if unfinished := _unfinished(report, numbers):
        found += ["งานที่ยังดำเนินการไม่แล้วเสร็จ มีดังนี้", bullet_list(unfinished)]
    return paragraphs(found or ["ไม่มีปัญหาและอุปสรรคที่คณะกรรมการรายงาน"])


def _named_schools(report: DriveReport) -> list[str]:
    return [one["school"] for one in (*report["honours"], *report["practices"]) if one["school"]]


def _unfinished(report: DriveReport, numbers: LiveNumbers) -> list[str]:
    work, found = report["work"], []
    if work["schools"] > work["agreements"]:
        found.append(f"โรงเรียนที่ยังไม่ลงนามบันทึกข้อตกลง {numbers.field('agreements.missing')}")
    if report["support"]["late"]:
        found.append(f"การสนับสนุนตามข้อตกลงที่เกินกำหนด {numbers.field('support.late')}")
    if report["advice"]["late"]:
        found.append(f"ข้อเสนอแนะจากการให้คำปรึกษาที่เกินกำหนด {numbers.field('advice.late')}")
    return found


def drive_proposals_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """What committees proposed, and what the figures ask for."""
    proposed = quoted_texts(
        [one["proposals"] for one in report["monitoring"]], _named_schools(report)
    )
    owed = []
    if report["support"]["open"]:
        owed = [f"ควรดำเนินการสนับสนุนตามข้อตกลงที่ยังไม่เสร็จ {numbers.field('support.open')}"]
    return paragraphs(
        [
            *headed_list("ข้อเสนอแนะจากรายงานการติดตามของคณะกรรมการ", proposed),
            *headed_list(
                "ด้านที่ควรให้คำปรึกษาแก่โรงเรียนที่ช้ากว่าแผนหรือใกล้ช้ากว่าแผน",
                _lagging(report["results"], numbers),
            ),
            *headed_list("การสนับสนุนของสำนักงาน", owed),
        ]
    )


def _lagging(results: Sequence[DimensionResult], numbers: LiveNumbers) -> list[str]:
    """A dimension in which schools lag behind their plan is one to go on with."""
    return [
        f"{plain_markup(row['name'])} {numbers.field(row['code'].lower(), 'late')}"
        for row in results
        if late_schools(row)
    ]


def next_drive_draft(report: DriveReport, numbers: LiveNumbers) -> str:
    """What the office wrote for next year's plan, and where it can begin."""
    written = [plain_markup(line) for line in report["next_plan"].splitlines()]
    year, following = numbers.field("year"), numbers.field("next_year")
    begins = f"การขับเคลื่อนปีการศึกษา {following} เริ่มจากผลของปีการศึกษา {year}"
    lowest = f"ด้านที่ควรให้ความสำคัญ คือ {numbers.field('lowest')}" if "lowest" in numbers else ""
    return paragraphs([begins, *written, lowest])


DRIVE_DRAFTS: Mapping[PartKey, DriveDraft] = {
    PartKey.FOREWORD: drive_foreword_draft,
    PartKey.EXECUTIVE: drive_executive_draft,
    PartKey.MODEL: model_draft,
    PartKey.STEPS: steps_draft,
    PartKey.DIMENSIONS: dimensions_draft,
    PartKey.EXPECTED: expected_draft,
    PartKey.SUPPORT: support_draft,
    PartKey.SHARING: sharing_draft,
    PartKey.DISCUSSION: drive_discussion_draft,
    PartKey.OBSTACLES: drive_obstacles_draft,
    PartKey.PROPOSALS: drive_proposals_draft,
    PartKey.NEXT_DRIVE: next_drive_draft,
}

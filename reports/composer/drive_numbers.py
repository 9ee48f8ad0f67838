"""The live numbers of the report on a quality drive, from the figures that its tables print."""

from datetime import date
from decimal import Decimal

from reports.composer.numbers import LiveNumbers, share_text
from reports.composer.term_numbers import SCHOOLS, listed
from reports.data.drive_schema import DimensionResult, DriveReport, DriveWork, OwedCounts
from schools.core.thai import long_date
from supervision.quality_drive.progress.enums import ProgressState

TIMES, ITEMS = "ครั้ง", "ข้อ"
LATE_STATES = (ProgressState.AT_RISK, ProgressState.BEHIND)


def drive_numbers(report: DriveReport) -> LiveNumbers:
    """All that the texts on a drive may say."""
    numbers = LiveNumbers()
    numbers.add("year", "ปีการศึกษา", report["year"])
    numbers.add("next_year", "ปีการศึกษาถัดไป", report["year"] + 1)
    numbers.add("as_of", "ข้อมูล ณ วันที่", long_date(date.fromisoformat(report["as_of"])))
    numbers.add("model", "ชื่อรูปแบบ", report["model_name"])
    _add_meeting(numbers, report)
    add_drive_figures(numbers, report["work"], report["results"])
    _add_owed(numbers, "support", "การสนับสนุนตามข้อตกลง", report["support"])
    _add_owed(numbers, "advice", "ข้อเสนอแนะจากการให้คำปรึกษา", report["advice"])
    _add_sharing(numbers, report)
    return numbers


def add_drive_figures(
    numbers: LiveNumbers, work: DriveWork, results: list[DimensionResult]
) -> None:
    """What was done, and what the dimensions came to."""
    _add_work(numbers, work)
    for row in results:
        _add_dimension(numbers, row)
    _add_ends(numbers, results)


def _add_meeting(numbers: LiveNumbers, report: DriveReport) -> None:
    if report["meeting_on"]:
        day = long_date(date.fromisoformat(report["meeting_on"]))
        text = f"ครั้งที่ {report['meeting_no']} วันที่ {day}"
        numbers.add("meeting", "การประชุม ก.ต.ป.น. ที่เห็นชอบ", text)


def _add_work(numbers: LiveNumbers, work: DriveWork) -> None:
    schools = work["schools"]
    numbers.add("schools", "โรงเรียนที่ร่วมขับเคลื่อน", schools, SCHOOLS)
    numbers.add("teams", "คณะทำงานขับเคลื่อน", work["teams"], "คณะ")
    numbers.add("sectors", "ภาคส่วนที่มีส่วนร่วม", work["sectors"], "ภาคส่วน")
    numbers.add("baselines", "โรงเรียนที่ยืนยันข้อมูลฐาน", work["baselines"], SCHOOLS)
    numbers.add("heads_meetings", "การประชุมผู้บริหารสถานศึกษา", work["heads_meetings"], TIMES)
    numbers.add("agreements", "โรงเรียนที่ลงนามบันทึกข้อตกลงแล้ว", work["agreements"], SCHOOLS)
    share = share_text(work["agreements"], schools)
    numbers.add("agreements.share", "ส่วนที่ลงนามบันทึกข้อตกลงแล้ว", share)
    unsigned = schools - work["agreements"]
    numbers.add("agreements.missing", "โรงเรียนที่ยังไม่ลงนาม", unsigned, SCHOOLS)
    numbers.add("reporting", "โรงเรียนที่รายงานความก้าวหน้า", work["reporting"], SCHOOLS)
    numbers.add("reports", "รายงานความก้าวหน้าของโรงเรียน", work["reports"], TIMES)
    numbers.add("partners", "ภาคีเครือข่าย", work["partners"], "แห่ง")
    numbers.add("partners.outside", "ภาคีเครือข่ายภายนอก", work["partners_outside"], "แห่ง")
    numbers.add("events", "กิจกรรมสานความร่วมมือ", work["events"], TIMES)
    numbers.add("mentoring", "การลงพื้นที่ให้คำปรึกษา", work["mentoring_visits"], TIMES)
    numbers.add("mentoring.schools", "โรงเรียนที่ได้รับคำปรึกษา", work["mentored"], SCHOOLS)
    numbers.add("monitoring", "รายงานการติดตามของคณะกรรมการ", work["monitoring_reports"], "ฉบับ")


def _add_dimension(numbers: LiveNumbers, row: DimensionResult) -> None:
    key, name = row["code"].lower(), row["name"]
    numbers.add(f"{key}.baseline", f"{name} ก่อนพัฒนา", row["baseline"])
    numbers.add(f"{key}.now", f"{name} ปัจจุบัน", row["now"])
    numbers.add(f"{key}.schools", f"{name} มีผลการนิเทศ", row["now_n"], SCHOOLS)
    numbers.add(f"{key}.target", f"{name} ค่าเป้าหมายเฉลี่ย", row["target"])
    numbers.add(f"{key}.change", f"{name} เปลี่ยนจากก่อนพัฒนา", row["change"])
    numbers.add(f"{key}.reached", f"{name} ถึงเป้าหมายแล้ว", row["reached"], SCHOOLS)
    numbers.add(f"{key}.late", f"{name} ช้ากว่าแผนหรือใกล้ช้า", late_schools(row), SCHOOLS)


def late_schools(row: DimensionResult) -> int:
    """How many schools lag behind their plan in the dimension, or soon do."""
    return sum(one["count"] for one in row["states"] if one["key"] in LATE_STATES)


def _add_ends(numbers: LiveNumbers, rows: list[DimensionResult]) -> None:
    """The dimensions with the highest and the lowest mean, where they differ."""
    found = [(row["now"], row) for row in rows if row["now"]]
    means = {now for now, _ in found}
    if len(means) < 2:
        return
    for key, word, choose in (("highest", "สูงสุด", max), ("lowest", "ต่ำสุด", min)):
        mean = choose(means, key=Decimal)
        named = listed(row["name"] for now, row in found if now == mean)
        numbers.add(key, f"ด้านที่ค่าเฉลี่ย{word}", f"{named} ({mean})")


def _add_owed(numbers: LiveNumbers, key: str, label: str, counts: OwedCounts) -> None:
    for part, word, count in (
        ("total", "ทั้งหมด", counts["total"]),
        ("kept", "ปิดแล้วพร้อมหลักฐาน", counts["kept"]),
        ("reported", "รายงานว่าเสร็จ รอตรวจ", counts["reported"]),
        ("open", "ยังไม่เสร็จ", counts["open"]),
        ("late", "เกินกำหนด", counts["late"]),
    ):
        numbers.add(f"{key}.{part}", f"{label} {word}", count, ITEMS)


def _add_sharing(numbers: LiveNumbers, report: DriveReport) -> None:
    honoured = {one["school"] for one in report["honours"]}
    numbers.add("honours", "การยกย่องเชิดชูเกียรติที่เผยแพร่", len(report["honours"]), "รายการ")
    numbers.add("honours.schools", "โรงเรียนที่ได้รับการยกย่อง", len(honoured), SCHOOLS)
    numbers.add("exchange", "เวทีแลกเปลี่ยนเรียนรู้", len(report["exchange"]), TIMES)
    numbers.add("takeaways", "สิ่งที่โรงเรียนนำกลับไปใช้", report["takeaways"], "รายการ")
    numbers.add("practices", "วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก", len(report["practices"]), "ผลงาน")
    answers = sum(one["answers"] for one in report["climate"])
    numbers.add("climate", "คำตอบแบบสำรวจบรรยากาศ", answers or None, "คำตอบ")
    written = sum(bool(one["result"]) for one in report["expected"])
    numbers.add("expected", "ผลที่คาดหวัง", len(report["expected"]), ITEMS)
    numbers.add("expected.written", "ผลที่คาดหวังที่สรุปแล้ว", written, ITEMS)

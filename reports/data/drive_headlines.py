"""The figures by which the report on a quality drive is known at a glance."""

from decimal import Decimal

from reports.data.drive_schema import DimensionResult, DriveReport
from reports.data.headlines import ITEMS, SCHOOLS, Headline, HeadlineSection

TIMES = "ครั้ง"


def drive_headlines(figures: DriveReport) -> list[HeadlineSection]:
    """What the report says, whether frozen or of today."""
    return [
        _work(figures),
        HeadlineSection("ผลรายด้าน", [h for one in figures["results"] for h in _of_dimension(one)]),
        _owed(figures),
    ]


def _work(figures: DriveReport) -> HeadlineSection:
    work = figures["work"]
    return HeadlineSection(
        "การดำเนินงาน",
        [
            Headline("โรงเรียนที่ร่วมขับเคลื่อน", work["schools"], SCHOOLS),
            Headline("ยืนยันข้อมูลฐาน", work["baselines"], SCHOOLS),
            Headline("ลงนามบันทึกข้อตกลง", work["agreements"], SCHOOLS),
            Headline("ลงพื้นที่ให้คำปรึกษา", work["mentoring_visits"], TIMES),
            Headline("กิจกรรมสานความร่วมมือ", work["events"], TIMES),
            Headline("เวทีแลกเปลี่ยนเรียนรู้", len(figures["exchange"]), TIMES),
            Headline("ยกย่องเชิดชูเกียรติ", len(figures["honours"]), "รายการ"),
        ],
    )


def _of_dimension(row: DimensionResult) -> list[Headline]:
    name = row["name"]
    return [
        Headline(f"{name} ค่าเฉลี่ยปัจจุบัน", Decimal(row["now"]) if row["now"] else None),
        Headline(f"{name} จำนวนที่มีผล", row["now_n"], SCHOOLS),
        Headline(f"{name} ถึงเป้าหมาย", row["reached"], SCHOOLS),
    ]


def _owed(figures: DriveReport) -> HeadlineSection:
    support, advice = figures["support"], figures["advice"]
    return HeadlineSection(
        "การสนับสนุนและข้อเสนอแนะ",
        [
            Headline("การสนับสนุนตามข้อตกลง", support["total"], ITEMS),
            Headline("สนับสนุนแล้วพร้อมหลักฐาน", support["kept"], ITEMS),
            Headline("ข้อเสนอแนะจากการให้คำปรึกษา", advice["total"], ITEMS),
            Headline("ปิดแล้วพร้อมหลักฐาน", advice["kept"], ITEMS),
        ],
    )

"""Which target a draft proposes to one school: a stated rule over its baseline and the drive's."""

from decimal import Decimal

# So many levels are proposed at most above what a school has.
LARGEST_STEP = Decimal(1)

TARGET_RULE = (
    f"ค่าเป้าหมายที่ระบบเสนอคือค่าเป้าหมายของเขตพื้นที่ หากข้อมูลฐานของโรงเรียนต่ำกว่าเกิน {LARGEST_STEP} ระดับ "
    f"เสนอให้เพิ่ม {LARGEST_STEP} ระดับจากข้อมูลฐาน หากข้อมูลฐานถึงค่าเป้าหมายแล้ว เสนอให้รักษาระดับเดิม "
    "แก้ไขได้ทุกตัวชี้วัดก่อนเสนอโรงเรียน"
)


def propose_target(baseline: Decimal | None, drive_target: Decimal) -> Decimal:
    """The target that a draft begins with, a level with two decimals.

    The drive's target, but not more than one level above the baseline, and never below it.
    """
    if baseline is None:
        return drive_target
    return max(baseline, min(drive_target, baseline + LARGEST_STEP))

"""Plain sentences made of the figures, so that no foreword claims what the tables do not."""

from datetime import date
from decimal import Decimal

from reports.data.shapes import TermFigures, YearReport
from schools.thai import long_date


def foreword(report: YearReport) -> list[str]:
    """What the report is and what its figures rest on."""
    area, day = report["area"], long_date(date.fromisoformat(report["as_of"]))
    return [
        f"รายงานผลการนิเทศ ติดตาม และประเมินผลการจัดการศึกษา ปีการศึกษา {report['year']} ฉบับนี้ "
        f"{area['group_name']} {area['name']} จัดทำขึ้นเพื่อรายงานผลการดำเนินงานตามขั้นตอนการนิเทศ 7 ขั้น "
        "ต่อผู้บังคับบัญชาและหน่วยงานต้นสังกัด และเพื่อใช้วางแผนการนิเทศในปีต่อไป",
        "ตัวเลขในรายงานคำนวณจากผลการประเมินตนเองที่ผู้อำนวยการโรงเรียนยืนยันแล้ว "
        f"และบันทึกการนิเทศที่ศึกษานิเทศก์ลงนามแล้ว ณ วันที่ {day} "
        "วิธีคำนวณแสดงไว้ในภาคผนวก",
        "ขอขอบคุณผู้บริหารสถานศึกษา ครู คณะกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา "
        "และผู้เกี่ยวข้องทุกฝ่ายที่ร่วมดำเนินงาน",
    ]


def executive(report: YearReport) -> list[str]:
    """The year in a few sentences: counts, the strongest and weakest standard, the ledger."""
    sentences = [line for term in report["terms"] if term["opened"] for line in _term(term)]
    sentences += [_advice(report)] if report["recommendations"] else []
    if report["practices"]:
        count = len(report["practices"])
        sentences.append(f"วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือกในปีการศึกษานี้มี {count} ผลงาน")
    return sentences or ["ปีการศึกษานี้ยังไม่มีรอบการนิเทศ"]


def _term(term: TermFigures) -> list[str]:
    pending = term["opened"] - term["achieved"] - term["not_achieved"]
    counts = (
        f"ภาคเรียนที่ {term['term']} เปิดรอบการนิเทศ {term['opened']} จาก {term['schools']} โรงเรียน "
        f"มีบันทึกการนิเทศที่ลงนามแล้ว {term['visited']} โรงเรียน "
        f"ผลการพิจารณาบรรลุ {term['achieved']} โรงเรียน ไม่บรรลุ {term['not_achieved']} โรงเรียน "
        f"และอยู่ระหว่างดำเนินการ {pending} โรงเรียน"
    )
    if term["repeated"]:
        counts += f" โดยมี {term['repeated']} โรงเรียนที่ดำเนินการมากกว่า 1 รอบ"
    return [counts, *_extremes(term)]


def _extremes(term: TermFigures) -> list[str]:
    rows = [row for row in term["standards"] if row["visit"]["mean"]]
    if len(rows) < 2:
        return []
    rows.sort(key=lambda row: Decimal(row["visit"]["mean"] or 0))
    low, high = rows[0], rows[-1]
    if low["visit"]["mean"] == high["visit"]["mean"]:
        return [f"ทุกมาตรฐานมีค่าเฉลี่ยจากการนิเทศเท่ากัน คือ {low['visit']['mean']}"]
    said = [
        f"มาตรฐานที่ {row['number']} {row['name']} (ค่าเฉลี่ย {row['visit']['mean']} "
        f"ระดับ{row['visit']['meaning']})"
        for row in (high, low)
    ]
    return [f"มาตรฐานที่มีค่าเฉลี่ยจากการนิเทศสูงสุด คือ {said[0]} และต่ำสุด คือ {said[1]}"]


def _advice(report: YearReport) -> str:
    lines = report["recommendations"]
    closed = sum(bool(line["closed_on"]) for line in lines)
    overdue = sum(line["overdue"] for line in lines)
    return (
        f"ข้อเสนอแนะที่ตกลงร่วมกับโรงเรียนมี {len(lines)} ข้อ ดำเนินการแล้วเสร็จ {closed} ข้อ "
        f"กำลังดำเนินการ {len(lines) - closed - overdue} ข้อ และเกินกำหนด {overdue} ข้อ"
    )

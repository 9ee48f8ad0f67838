"""Plain sentences made of the figures, so that no foreword claims what the tables do not."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from reports.data.shapes import Advice, AreaStandard, TermFigures, YearReport
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
    """The year in a few paragraphs: each term, the ledger, the good practices."""
    paragraphs = [_term(term) for term in report["terms"] if term["opened"]]
    paragraphs += [_advice(report["recommendations"])] if report["recommendations"] else []
    if report["practices"]:
        count = len(report["practices"])
        paragraphs.append(f"วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือกในปีการศึกษานี้มี {count} ผลงาน")
    return paragraphs or ["ปีการศึกษานี้ยังไม่มีรอบการนิเทศ"]


def _term(term: TermFigures) -> str:
    said = [
        f"ภาคเรียนที่ {term['term']} เปิดรอบการนิเทศ {term['opened']} "
        f"จากทั้งหมด {term['schools']} โรงเรียน",
        _visited(term),
        _decided(term),
    ]
    if term["repeated"]:
        said.append(f"โดยมี {term['repeated']} โรงเรียนที่ดำเนินการมากกว่า 1 รอบ")
    return " ".join([*said, *_extremes(term["standards"])])


def _visited(term: TermFigures) -> str:
    if not term["visited"]:
        return "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว"
    return f"มีบันทึกการนิเทศที่ลงนามแล้ว {term['visited']} โรงเรียน"


def _decided(term: TermFigures) -> str:
    pending = term["opened"] - term["achieved"] - term["not_achieved"]
    if pending == term["opened"]:
        return "และยังไม่มีโรงเรียนใดได้รับการพิจารณาผล"
    counts = [
        ("บรรลุ", term["achieved"]),
        ("ไม่บรรลุ", term["not_achieved"]),
        ("อยู่ระหว่างดำเนินการ", pending),
    ]
    return f"ผลการพิจารณา{_counted(counts, 'โรงเรียน')}"


def _counted(counts: Iterable[tuple[str, int]], unit: str) -> str:
    """Only what there is: บรรลุ 3 โรงเรียน และไม่บรรลุ 1 โรงเรียน."""
    return _listed([f"{word} {count} {unit}" for word, count in counts if count])


def _listed(parts: Sequence[str]) -> str:
    *before, last = parts
    return f"{' '.join(before)} และ{last}" if before else last


def _extremes(standards: Sequence[AreaStandard]) -> list[str]:
    """The highest and lowest means, all that share them; of one scale only."""
    rows = [row for row in standards if row["visit"]["mean"]]
    if len(rows) < 2 or len({row["top"] for row in rows}) > 1:
        return []
    means = sorted({Decimal(row["visit"]["mean"] or 0) for row in rows})
    if len(means) == 1:
        return [f"ทุกมาตรฐานมีค่าเฉลี่ยจากการนิเทศเท่ากัน คือ {means[0]}"]
    low, high = (_standards_at(mean, rows) for mean in (means[0], means[-1]))
    return [f"มาตรฐานที่มีค่าเฉลี่ยจากการนิเทศสูงสุด คือ {high} และต่ำสุด คือ {low}"]


def _standards_at(mean: Decimal, rows: Sequence[AreaStandard]) -> str:
    found = [row for row in rows if row["visit"]["mean"] == str(mean)]
    names = _listed([f"มาตรฐานที่ {row['number']} {row['name']}" for row in found])
    meaning = found[0]["visit"]["meaning"]
    return f"{names} (ค่าเฉลี่ย {mean}{f' ระดับ{meaning}' if meaning else ''})"


def _advice(lines: Sequence[Advice]) -> str:
    closed = sum(bool(line["closed_on"]) for line in lines)
    overdue = sum(line["overdue"] for line in lines)
    counts = [
        ("ดำเนินการแล้วเสร็จ", closed),
        ("กำลังดำเนินการ", len(lines) - closed - overdue),
        ("เกินกำหนด", overdue),
    ]
    return f"ข้อเสนอแนะที่ตกลงร่วมกับโรงเรียนมี {len(lines)} ข้อ {_counted(counts, 'ข้อ')}"

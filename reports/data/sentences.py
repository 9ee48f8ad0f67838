"""Plain sentences made of the figures, so that no foreword claims what the tables do not."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from decimal import Decimal

from reports.data.schema import (
    AreaStandard,
    PracticeTexts,
    RecommendationRow,
    TermFigures,
    YearReport,
)
from schools.core.thai import long_date
from supervision.criteria.scoring import half_up
from supervision.improvement.enums import RecommendationState

OVERDUE = "เกินกำหนด"


def foreword(report: YearReport) -> list[str]:
    """What the report is and what its figures rest on."""
    area, day = report["area"], long_date(date.fromisoformat(report["as_of"]))
    return [
        f"รายงานผลการนิเทศ ติดตาม และประเมินผลการจัดการศึกษา ปีการศึกษา {report['year']} ฉบับนี้ "
        f"{area['group_name']} {area['name']} จัดทำขึ้นเพื่อรายงานผลการดำเนินงานตามขั้นตอนการนิเทศ 7 ขั้น "
        "ต่อผู้บังคับบัญชาและหน่วยงานต้นสังกัด และเพื่อใช้วางแผนการนิเทศในปีต่อไป",
        "ตัวเลขในรายงานคำนวณจากแบบสำรวจที่โรงเรียนส่งแล้ว ผลการประเมินตนเองที่ผู้อำนวยการโรงเรียนยืนยันแล้ว "
        f"และบันทึกการนิเทศที่ศึกษานิเทศก์ลงนามแล้ว ณ วันที่ {day} "
        "วิธีคำนวณแสดงไว้ในภาคผนวก",
        "ขอขอบคุณผู้บริหารสถานศึกษา ครู คณะกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา "
        "และผู้เกี่ยวข้องทุกฝ่ายที่ร่วมดำเนินงาน",
    ]


def executive_summary(report: YearReport) -> list[str]:
    """The year in a few paragraphs: each term, the ledger, the good practices."""
    terms = [_term(term) for term in report["terms"] if term["opened"]]
    paragraphs = terms or ["ปีการศึกษานี้ยังไม่มีรอบการนิเทศ"]
    if report["recommendations"]:
        own = {term["term"] for term in report["terms"]}
        paragraphs.append(_advice(report["recommendations"], own))
    if report["practices"]:
        paragraphs.append(_practices(report["practices"]))
    return paragraphs


def _term(term: TermFigures) -> str:
    said = [
        f"ภาคเรียนที่ {term['term']} เปิดรอบการนิเทศ {term['opened']} "
        f"จากทั้งหมด {term['schools']} โรงเรียน ({_share(term['opened'], term['schools'])})",
        _visited(term),
        _decided(term),
    ]
    if term["repeated"]:
        said.append(f"โดยมี {term['repeated']} โรงเรียนที่ไม่บรรลุในรอบก่อน จึงดำเนินการรอบใหม่")
    return " ".join([*said, *_extremes(term["standards"])])


def _visited(term: TermFigures) -> str:
    if not term["visited"]:
        return "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว"
    share = _share(term["visited"], term["opened"])
    return f"มีบันทึกการนิเทศที่ลงนามแล้ว {term['visited']} โรงเรียน ({share} ของโรงเรียนที่เปิดรอบ)"


def _decided(term: TermFigures) -> str:
    pending = term["opened"] - term["achieved"] - term["not_achieved"]
    if pending == term["opened"]:
        # A school in a further round was judged before, in the round that came to ไม่บรรลุ.
        latest = "ในรอบล่าสุด" if term["repeated"] else ""
        return f"และยังไม่มีโรงเรียนใดได้รับการพิจารณาผล{latest}"
    counts = [
        ("บรรลุ", term["achieved"]),
        ("ไม่บรรลุ", term["not_achieved"]),
        ("อยู่ระหว่างดำเนินการ", pending),
    ]
    said = f"ผลการพิจารณา{_counted(counts, 'โรงเรียน')}"
    if not term["achieved"] or not term["not_achieved"]:
        return said
    share = _share(term["achieved"], term["achieved"] + term["not_achieved"])
    return f"{said} คิดเป็นบรรลุ{share} ของโรงเรียนที่พิจารณาแล้ว"


def _share(part: int, whole: int) -> str:
    return f"ร้อยละ {half_up(Decimal(part) * 100 / whole)}"


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
        return [f"ทุกมาตรฐานที่มีผลการนิเทศมีค่าเฉลี่ยเท่ากัน คือ {means[0]}"]
    low, high = (_standards_at(mean, rows) for mean in (means[0], means[-1]))
    return [f"มาตรฐานที่มีค่าเฉลี่ยจากการนิเทศสูงสุด คือ {high} และต่ำสุด คือ {low}"]


def _standards_at(mean: Decimal, rows: Sequence[AreaStandard]) -> str:
    found = [row for row in rows if row["visit"]["mean"] == str(mean)]
    names = _listed([_full_name(row) for row in found])
    meaning = found[0]["visit"]["meaning"]
    return f"{names} (ค่าเฉลี่ย {mean}{f' ระดับ{meaning}' if meaning else ''})"


def _full_name(row: AreaStandard) -> str:
    """Early childhood has standards of the same number and even the same name."""
    level = f"{row['level']} " if row["level"] else ""
    return f"{level}มาตรฐานที่ {row['number']} {row['name']}"


def _advice(lines: Sequence[RecommendationRow], own_terms: Collection[str]) -> str:
    """The ledger in its own words, the closed first, and how many lines come from earlier years."""
    found = Counter(line["state"] for line in lines)
    states = [*reversed(RecommendationState.labels), OVERDUE]
    text = f"ข้อเสนอแนะที่ตกลงร่วมกับโรงเรียนมี {len(lines)} ข้อ"
    carried = sum(line["term"] not in own_terms for line in lines)
    if carried:
        text += f" ในจำนวนนี้ยกมาจากปีการศึกษาก่อน {carried} ข้อ"
    return f"{text} สถานะ{_counted([(state, found[state]) for state in states], 'ข้อ')}"


def _practices(rows: Sequence[PracticeTexts]) -> str:
    levels = Counter(row["level"] for row in rows)
    by_level = _counted(levels.items(), "ผลงาน")
    return f"วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือกในปีการศึกษานี้มี {len(rows)} ผลงาน คือ {by_level}"

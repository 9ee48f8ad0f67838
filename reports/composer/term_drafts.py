"""Sentences on one term over schools, made of its live numbers and true of its tables.

They say what the tables say and no more: where a figure is lacking, so is its sentence, and a
cause is named only as possible. `prefix` is that of the term's numbers.
"""

from collections.abc import Iterable, Sequence

from reports.composer.numbers import LiveNumbers
from reports.composer.term_numbers import listed, pending_schools
from reports.data.schema import TermFigures


def paragraphs(texts: Iterable[str]) -> str:
    """The texts as paragraphs; empty ones are left out."""
    return "\n\n".join(text for text in texts if text)


def bullet_list(items: Iterable[str]) -> str:
    """The items as a list in the format of texts."""
    return "\n".join(f"- {item}" for item in items if item)


def headed_list(head: str, items: Sequence[str]) -> list[str]:
    """A list under its heading; nothing for an empty one."""
    return [f"**{head}**", bullet_list(items)] if items else []


def numbered_texts(numbers: LiveNumbers, key: str, rows: Sequence[object]) -> list[str]:
    """One live text for each row: order.1, order.2 and so on."""
    return [numbers.field(key, str(position)) for position, _ in enumerate(rows, start=1)]


def term_in_brief(numbers: LiveNumbers, prefix: str, term: TermFigures) -> str:
    """How far the schools came, what was decided, and which standards stand at the ends."""
    field = numbers.field
    said = [
        f"ภาคเรียนที่ {field(prefix, 'name')} เปิดรอบการนิเทศ {field(prefix, 'opened')} "
        f"จากทั้งหมด {field(prefix, 'schools')} ({field(prefix, 'opened_share')})",
        _visited(numbers, prefix, term),
        _decided(numbers, prefix, term),
    ]
    if term["repeated"]:
        said.append(f"โดยมี {field(prefix, 'repeated')}ที่ไม่บรรลุในรอบก่อน จึงดำเนินการรอบใหม่")
    return " ".join([*said, extremes(numbers, prefix)]).strip()


def _visited(numbers: LiveNumbers, prefix: str, term: TermFigures) -> str:
    if not term["visited"]:
        return "ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว"
    visited, share = numbers.field(prefix, "visited"), numbers.field(prefix, "visited_share")
    return f"มีบันทึกการนิเทศที่ลงนามแล้ว {visited} ({share} ของโรงเรียนที่เปิดรอบ)"


def _decided(numbers: LiveNumbers, prefix: str, term: TermFigures) -> str:
    pending = pending_schools(term)
    if pending == term["opened"]:
        # A school in a further round was judged before, in the round that came to ไม่บรรลุ.
        latest = "ในรอบล่าสุด" if term["repeated"] else ""
        return f"และยังไม่มีโรงเรียนใดได้รับการพิจารณาผล{latest}"
    counts = [
        ("บรรลุ", "achieved", term["achieved"]),
        ("ไม่บรรลุ", "not_achieved", term["not_achieved"]),
        ("อยู่ระหว่างดำเนินการ", "pending", pending),
    ]
    words = [f"{word} {numbers.field(prefix, key)}" for word, key, count in counts if count]
    said = f"ผลการพิจารณา{listed(words)}"
    if not term["achieved"] or not term["not_achieved"]:
        return said
    return f"{said} คิดเป็นบรรลุ{numbers.field(prefix, 'achieved_share')} ของโรงเรียนที่พิจารณาแล้ว"


def extremes(numbers: LiveNumbers, prefix: str) -> str:
    """The standards with the highest and the lowest mean."""
    if f"{prefix}.same_mean" in numbers:
        mean = numbers.field(prefix, "same_mean")
        return f"ทุกมาตรฐานที่มีผลการนิเทศมีค่าเฉลี่ยเท่ากัน คือ {mean}"
    if f"{prefix}.highest" not in numbers:
        return ""
    high, low = numbers.field(prefix, "highest"), numbers.field(prefix, "lowest")
    return f"มาตรฐานที่มีค่าเฉลี่ยจากการนิเทศสูงสุด คือ {high} และต่ำสุด คือ {low}"


def term_discussion(numbers: LiveNumbers, prefix: str) -> list[str]:
    """What the means of a term with signed visits may say, paragraph by paragraph."""
    field = numbers.field
    coverage = (
        f"ผลการนิเทศภาคเรียนที่ {field(prefix, 'name')} มาจากโรงเรียนที่มีบันทึกการนิเทศลงนามแล้ว "
        f"{field(prefix, 'visited_of')} ที่เปิดรอบ {extremes(numbers, prefix)}"
    )
    found = [coverage.strip()]
    if f"{prefix}.below" in numbers:
        found.append(
            f"มาตรฐานที่ค่าเฉลี่ยยังไม่ถึงเป้าหมายที่กำหนด คือ {field(prefix, 'below')} "
            "จึงควรพิจารณาเป็นจุดเน้นของการนิเทศในระยะต่อไป"
        )
    if f"{prefix}.widest_gap" in numbers:
        found.append(
            "ผลการประเมินตนเองของโรงเรียนกับผลการนิเทศต่างกันมากที่สุดที่"
            f"{field(prefix, 'widest_gap')} ทั้งนี้ อาจเนื่องมาจากการอ่านเกณฑ์หรือหลักฐานที่ต่างกัน "
            "จึงควรทำความเข้าใจเกณฑ์ร่วมกับโรงเรียน"
        )
    return [*found, _spread(numbers, prefix)]


def _spread(numbers: LiveNumbers, prefix: str) -> str:
    """How far clusters and sizes of school lie apart; nothing where there is one of them."""
    said = []
    if f"{prefix}.clusters_low" in numbers:
        low = numbers.field(prefix, "clusters_low")
        high = numbers.field(prefix, "clusters_high")
        said.append(f"ค่าเฉลี่ยภาพรวมของกลุ่มโรงเรียนอยู่ระหว่าง {low} ถึง {high}")
    if f"{prefix}.sizes_low" in numbers:
        low, high = numbers.field(prefix, "sizes_low"), numbers.field(prefix, "sizes_high")
        said.append(
            f"เมื่อจำแนกตามขนาดโรงเรียน ค่าเฉลี่ยสูงสุดอยู่ที่ขนาด{high} และต่ำสุดอยู่ที่ขนาด{low} "
            "ซึ่งเป็นความแตกต่างของผลที่พบ ยังไม่อาจสรุปสาเหตุจากตัวเลขเพียงอย่างเดียว"
        )
    return " ".join(said)

"""The live numbers of one term over schools, for a year report and for a term's summary."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from reports.composer.numbers import LiveNumbers, share_text
from reports.data.schema import (
    AreaStandard,
    ComparedMean,
    GroupRow,
    StandardChange,
    TermFigures,
)

NamedStandard = AreaStandard | StandardChange | ComparedMean

SCHOOLS = "โรงเรียน"
# Early childhood has standards of the same numbers; no other level has a name in a report.
EARLY_PREFIX = "early"


def add_term_numbers(
    numbers: LiveNumbers, prefix: str, term: TermFigures, group_keys: Mapping[str, str]
) -> None:
    """Each key begins with `prefix`; `group_keys` are those of clusters and sizes by name."""
    name = f"ภาคเรียนที่ {term['term']}"
    numbers.add(f"{prefix}.name", "ภาคเรียน", term["term"])
    _add_counts(numbers, prefix, name, term)
    _add_shares(numbers, prefix, name, term)
    for code, row in zip(standard_codes(term["standards"]), term["standards"], strict=True):
        _add_standard(numbers, f"{prefix}.standard.{code}", name, row)
    _add_extremes(numbers, prefix, name, term["standards"])
    for group in (*term["clusters"], *term["sizes"]):
        if key := group_keys.get(group["group"]):
            _add_group(numbers, f"{prefix}.{key}", name, group)
    _add_spread(numbers, prefix, name, term)


def _add_counts(numbers: LiveNumbers, prefix: str, name: str, term: TermFigures) -> None:
    counts = (
        ("schools", "โรงเรียนทั้งหมด", term["schools"]),
        ("opened", "เปิดรอบการนิเทศ", term["opened"]),
        ("assessed", "ประเมินตนเองแล้ว", term["assessed"]),
        ("visited", "ได้รับการนิเทศ", term["visited"]),
        ("achieved", "บรรลุ", term["achieved"]),
        ("not_achieved", "ไม่บรรลุ", term["not_achieved"]),
        ("pending", "อยู่ระหว่างดำเนินการ", pending_schools(term)),
        ("unvisited", "เปิดรอบแล้วแต่ยังไม่ได้รับการนิเทศ", term["opened"] - term["visited"]),
        ("repeated", "ดำเนินการมากกว่า 1 รอบ", term["repeated"]),
        ("issued", "ออกรายงานรายภาคเรียนแล้ว", reports_issued(term)),
    )
    for key, label, count in counts:
        numbers.add(f"{prefix}.{key}", f"{name} {label}", count, SCHOOLS)


def pending_schools(term: TermFigures) -> int:
    """Schools with a round whose latest round still waits for its decision."""
    return term["opened"] - term["achieved"] - term["not_achieved"]


def reports_issued(term: TermFigures) -> int | None:
    """How many schools' reports of the term are issued; None before a round is opened."""
    return next((step["done"] for step in term["progress"] if step["number"] == 7), None)


def _add_shares(numbers: LiveNumbers, prefix: str, name: str, term: TermFigures) -> None:
    opened, decided = term["opened"], term["achieved"] + term["not_achieved"]
    shares = (
        ("opened_share", "เปิดรอบ ของทั้งหมด", share_text(opened, term["schools"])),
        ("assessed_share", "ประเมินตนเอง ของที่เปิดรอบ", share_text(term["assessed"], opened)),
        ("visited_share", "ได้รับการนิเทศ ของที่เปิดรอบ", share_text(term["visited"], opened)),
        ("achieved_share", "บรรลุ ของที่พิจารณาแล้ว", share_text(term["achieved"], decided)),
    )
    for key, label, text in shares:
        numbers.add(f"{prefix}.{key}", f"{name} {label}", text)
    text = f"{term['visited']} จาก {opened} {SCHOOLS}" if opened else None
    numbers.add(f"{prefix}.visited_of", f"{name} ได้รับการนิเทศ จากที่เปิดรอบ", text)


def standard_codes(rows: Iterable[NamedStandard]) -> list[str]:
    """3, or early3: what a standard is called in keys; a second one of its number is 3_2."""
    found: list[str] = []
    for row in rows:
        code = f"{EARLY_PREFIX if row['level'] else ''}{row['number']}"
        same = sum(one.split("_")[0] == code for one in found)
        found.append(f"{code}_{same + 1}" if same else code)
    return found


def name_of_row(row: NamedStandard) -> str:
    """Early childhood has standards of the same number and even the same name."""
    return f"{row['level']} มาตรฐานที่ {row['number']} {row['name']}".strip()


def _add_standard(numbers: LiveNumbers, key: str, name: str, row: AreaStandard) -> None:
    label = f"{name} {name_of_row(row)}"
    numbers.add(f"{key}.mean", f"{label} ค่าเฉลี่ยจากการนิเทศ", row["visit"]["mean"])
    numbers.add(f"{key}.meaning", f"{label} แปลผล", row["visit"]["meaning"])
    numbers.add(f"{key}.sd", f"{label} S.D.", row["visit"]["sd"])
    numbers.add(f"{key}.own", f"{label} ค่าเฉลี่ยที่โรงเรียนประเมินตนเอง", row["own"]["mean"])
    numbers.add(f"{key}.gap", f"{label} ผลต่าง", row["gap"])
    if row["judged"]:
        text = f"{row['achieved']} จาก {row['judged']} {SCHOOLS}"
        numbers.add(f"{key}.reached", f"{label} ถึงเป้าหมาย", text)


def rows_with_means(rows: Sequence[AreaStandard]) -> list[AreaStandard]:
    """Standards that can be compared; none where they are read on several scales."""
    found = [row for row in rows if row["visit"]["mean"]]
    return found if len({row["top"] for row in found}) == 1 else []


def _add_extremes(
    numbers: LiveNumbers, prefix: str, name: str, rows: Sequence[AreaStandard]
) -> None:
    """The highest and lowest means, with all standards that share them."""
    found = rows_with_means(rows)
    means = sorted({_mean(row) for row in found})
    if len(found) > 1 and len(means) == 1:
        numbers.add(f"{prefix}.same_mean", f"{name} ค่าเฉลี่ยเท่ากันทุกมาตรฐาน", f"{means[0]}")
    if len(means) > 1:
        numbers.add(f"{prefix}.lowest", f"{name} มาตรฐานต่ำสุด", _standards_at(means[0], found))
        numbers.add(f"{prefix}.highest", f"{name} มาตรฐานสูงสุด", _standards_at(means[-1], found))
    below = [row for row in found if row["target"] and _mean(row) < Decimal(row["target"])]
    numbers.add(f"{prefix}.below", f"{name} มาตรฐานต่ำกว่าเป้าหมาย", listed(map(name_of_row, below)))
    numbers.add(f"{prefix}.widest_gap", f"{name} ผลต่างมากที่สุด", _widest_gap(found))


def _mean(row: AreaStandard | GroupRow) -> Decimal:
    return Decimal(row["visit"]["mean"] or 0)


def _standards_at(mean: Decimal, rows: Sequence[AreaStandard]) -> str:
    found = [row for row in rows if _mean(row) == mean]
    meaning = found[0]["visit"]["meaning"]
    words = f" ระดับ{meaning}" if meaning else ""
    return f"{listed(map(name_of_row, found))} (ค่าเฉลี่ย {mean}{words})"


def _widest_gap(rows: Sequence[AreaStandard]) -> str | None:
    """The standard where the two sides differ most; None while they agree everywhere."""
    gaps = [(_mean(row) - Decimal(row["own"]["mean"]), row) for row in rows if row["own"]["mean"]]
    widest = max(gaps, key=lambda found: abs(found[0]), default=None)
    if widest is None or not widest[0]:
        return None
    gap, row = widest
    side = "สูงกว่า" if gap < 0 else "ต่ำกว่า"
    return f"{name_of_row(row)} (โรงเรียนประเมินตนเอง{side}ผลการนิเทศ {abs(gap)})"


def _add_group(numbers: LiveNumbers, key: str, name: str, row: GroupRow) -> None:
    label = f"{name} {row['group']}"
    numbers.add(f"{key}.visited", f"{label} ได้รับการนิเทศ", row["schools"], SCHOOLS)
    numbers.add(f"{key}.mean", f"{label} ค่าเฉลี่ยภาพรวม", row["visit"]["mean"])


def _add_spread(numbers: LiveNumbers, prefix: str, name: str, term: TermFigures) -> None:
    """Between which means the clusters lie, and which sizes of school stand at the ends."""
    means = sorted(_mean(row) for row in term["clusters"] if row["visit"]["mean"])
    if len(means) > 1:
        numbers.add(f"{prefix}.clusters_low", f"{name} ค่าเฉลี่ยกลุ่มโรงเรียนที่ต่ำสุด", f"{means[0]}")
        numbers.add(f"{prefix}.clusters_high", f"{name} ค่าเฉลี่ยกลุ่มโรงเรียนที่สูงสุด", f"{means[-1]}")
    sizes = sorted((row for row in term["sizes"] if row["visit"]["mean"]), key=_mean)
    if len(sizes) > 1 and _mean(sizes[0]) < _mean(sizes[-1]):
        numbers.add(f"{prefix}.sizes_low", f"{name} ขนาดที่ค่าเฉลี่ยต่ำสุด", _group_text(sizes[0]))
        numbers.add(f"{prefix}.sizes_high", f"{name} ขนาดที่ค่าเฉลี่ยสูงสุด", _group_text(sizes[-1]))


def _group_text(row: GroupRow) -> str:
    return f"{row['group']} (ค่าเฉลี่ย {row['visit']['mean']})"


def listed(words: Iterable[str]) -> str:
    """ก ข และค; empty for none."""
    *before, last = [*words] or [""]
    return f"{' '.join(before)} และ{last}" if before else last

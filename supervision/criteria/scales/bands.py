"""What the meanings of means must satisfy, as pure functions."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from supervision.criteria.scoring import CENT, Band


def band_problems(bands: Sequence[Band], low: Decimal, high: Decimal) -> list[str]:
    """Why some mean from `low` to `high` would have no meaning or two; nothing if all is well.

    Means have two decimals, so a band that ends at 3.49 is followed by one from 3.50.
    """
    upside_down = [band for band in bands if band.low > band.high]
    if upside_down:
        return [f"ช่วง {_span(b.low, b.high)} ค่าต้นมากกว่าค่าปลาย โปรดสลับกัน" for b in upside_down]
    return list(_problems(sorted(bands, key=lambda band: band.low), low, high)) if bands else []


def _problems(bands: Sequence[Band], low: Decimal, high: Decimal) -> Iterator[str]:
    first, last = bands[0], max(bands, key=lambda band: band.high)
    if first.low < low:
        yield f"ช่วง {_span(first.low, first.high)} ต่ำกว่าระดับต่ำสุด ({low:.2f}) โปรดเริ่มที่ {low:.2f}"
    if first.low > low:
        yield _hole(low, first.low - CENT)
    for below, above in pairwise(bands):
        if above.low > below.high + CENT:
            yield _hole(below.high + CENT, above.low - CENT)
        elif above.low <= below.high:
            spans = f"{_span(below.low, below.high)} กับ {_span(above.low, above.high)}"
            shared = _span(above.low, min(below.high, above.high))
            yield f"ช่วง {spans} ทับกันที่ {shared} โปรดแก้ให้ต่อกันพอดี"
    if last.high < high:
        yield _hole(last.high + CENT, high)
    if last.high > high:
        yield f"ช่วง {_span(last.low, last.high)} เกินระดับสูงสุด ({high:.2f}) โปรดจบที่ {high:.2f}"


def _hole(low: Decimal, high: Decimal) -> str:
    return f"ค่าเฉลี่ย {_span(low, high)} ไม่อยู่ในช่วงใด โปรดแก้ให้ครบทุกค่า"


def _span(low: Decimal, high: Decimal) -> str:
    return f"{low:.2f}" if low == high else f"{low:.2f}–{high:.2f}"

"""What a cell of a table of results says: a number of pupils, a figure, or that there is none."""

import re
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from schools.core.thai import arabic_digits
from schools.imports.cell_parsers import CellParser, whole_number_parser
from supervision.profiles.imports.headings import Measure
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS

MAX_PUPILS = 100_000
HIGHEST_FIGURE = 999
NO_VALUE = {
    *("-", "–", "—", "na", "n/a", "ไม่มี", "ไม่มีข้อมูล", "ไม่เข้าสอบ", "ขาดสอบ"),
    SMALL_GROUP_WORDS,  # as our own lists write a figure that their reader may not see
}
WHOLE_NUMBERS = {Measure.ENROLLED, Measure.TESTED, Measure.COUNT, Measure.LEVEL_COUNT}
_FIGURE = re.compile(r"[0-9]*\.?[0-9]+(?:e-[0-9]+)?")


def figure_parser(measure: Measure) -> CellParser[Any]:
    """A number of pupils, or a figure with two decimals; None where the cell says there is none."""
    parse = whole_number_parser(MAX_PUPILS) if measure in WHOLE_NUMBERS else parse_figure

    def read(text: str) -> Any:
        return None if text.lower() in NO_VALUE else parse(text)

    return read


def parse_figure(text: str) -> Decimal:
    """A mean, deviation or share as it stands, with or without its sign of percent."""
    figure = re.sub("[, ]|%$", "", arabic_digits(text)).lower()
    if not _FIGURE.fullmatch(figure):
        raise ValidationError("ต้องเป็นตัวเลขตั้งแต่ 0 ขึ้นไป เช่น 45.23 ถ้าไม่มีให้ใส่ - หรือเว้นว่าง")
    if Decimal(figure) > HIGHEST_FIGURE:
        raise ValidationError("มากเกินคะแนนเต็มของทุกวิชา โปรดตรวจตัวเลข")
    return Decimal(figure)

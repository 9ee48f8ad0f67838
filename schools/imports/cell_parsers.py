"""What one cell says: each reader takes the cell's text and returns the fact it states.

An empty cell says nothing and is never asked. A reader that cannot understand the text raises
ValidationError with the cause and the remedy, as the clerk reads them.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from schools.core import thai
from schools.enums import Grade

Fact = TypeVar("Fact")
CellParser = Callable[[str], Fact]

_SHORTENED = re.compile(r"([0-9](?:[.,][0-9]+)?)[eE]\+?([0-9]{1,2})")
_TRUE_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_CLOCK = re.compile(r"[T ][0-9]{1,2}:[0-9:.]+$")
_SHORT_YEAR = re.compile(r"(?:^|[^0-9])([0-9]{2})$")
FIRST_ACADEMIC_YEAR = 2530
LAST_CE_CENTURY_YEAR = 40  # "24" may be 2524 or 2024; "67" can only be 2567


def normalize_digits(text: str) -> str:
    """Arabic figures without the .0 that programs add to whole numbers."""
    return re.sub(r"\.0+$", "", thai.arabic_digits(text))


def word_key(text: str) -> str:
    """What is left of a word without its spaces, dots and capitals."""
    return re.sub(r"[.\s]", "", text).lower()


def code_parser(length: int) -> CellParser[str]:
    """A code of so many figures, however Excel or the clerk has written it."""

    def read(text: str) -> str:
        figures = re.sub(r"[\s'’-]", "", normalize_digits(text))
        if shortened := _SHORTENED.fullmatch(figures):
            figures = _written_out(shortened, length, text)
        if re.fullmatch(rf"[0-9]{{{length}}}", figures):
            return figures
        if figures.isdecimal():
            raise ValidationError(f"ต้องมี {length} หลัก แต่พบ {len(figures)} หลัก โปรดตรวจรหัสกับทะเบียน")
        raise ValidationError(f"ต้องเป็นตัวเลข {length} หลัก โปรดพิมพ์เฉพาะตัวเลข")

    return read


def _written_out(shortened: re.Match, length: int, text: str) -> str:
    """4.2030001E+07 still has all its figures; 4.203E+07 has lost some, and nobody may guess."""
    figures = re.sub("[.,]", "", shortened[1])
    if len(figures) < length:
        raise ValidationError(
            f"โปรแกรมตารางย่อรหัสเป็น {text} เลขท้ายจึงหายไป โปรดจัดคอลัมน์นี้เป็น “ข้อความ” "
            "พิมพ์รหัสให้ครบ แล้วบันทึกใหม่"
        )
    return figures.ljust(int(shortened[2]) + 1, "0")


def whole_number_parser(most: int) -> CellParser[int]:
    """A number of people or classrooms; a dash is none."""

    def read(text: str) -> int:
        figures = normalize_digits(re.sub(r"[,\s]|คน|ห้อง", "", text))
        if figures in ("-", "–", "—"):
            return 0
        if not figures.isdecimal():
            raise ValidationError("ต้องเป็นจำนวนเต็ม เช่น 12 ถ้าไม่มีให้ใส่ 0 หรือเว้นว่าง")
        if int(figures) > most:
            raise ValidationError(f"มากกว่า {most:,} ซึ่งเกินจริง โปรดตรวจตัวเลข")
        return int(figures)

    return read


def parse_year(text: str) -> int:
    """An academic year in the Buddhist era; a CE year is refused with its BE year."""
    return thai.parse_be_year(re.sub(r"^(?:ปีการศึกษา|พ\.?\s?ศ\.?)\s*", "", normalize_digits(text)))


def past_year_parser(newest: int) -> CellParser[int]:
    """An academic year that has begun, in the Buddhist era."""

    def read(text: str) -> int:
        year = parse_year(text)
        if not FIRST_ACADEMIC_YEAR <= year <= newest:
            raise ValidationError(f"ต้องเป็นปีการศึกษา {FIRST_ACADEMIC_YEAR} ถึง {newest} โปรดตรวจปี")
        return year

    return read


def parse_day(text: str) -> date:
    """A day in either era: 2567 and 2024 cannot be mistaken for each other."""
    text = _CLOCK.sub("", thai.arabic_digits(text))
    if true_date := _TRUE_DATE.fullmatch(text):
        text = "/".join(reversed(true_date.groups()))
    if (short := _SHORT_YEAR.search(text)) and int(short[1]) <= LAST_CE_CENTURY_YEAR:
        raise ValidationError(
            f"ปี “{short[1]}” อ่านได้ทั้ง พ.ศ. และ ค.ศ. โปรดพิมพ์ปี พ.ศ. 4 หลัก เช่น 9/5/2567"
        )
    return thai.parse_be_date(re.sub(r"(?<![0-9])(1[89]|20|21)[0-9]{2}$", _in_be, text))


def _in_be(ce_year: re.Match) -> str:
    return str(int(ce_year[0]) + thai.BE_OFFSET)


def text_parser(longest: int, as_kept: Callable[[str], str] = str) -> CellParser[str]:
    """Words of at most so many letters in the form in which the register keeps them."""

    def read(text: str) -> str:
        text = as_kept(text)
        if len(text) > longest:
            raise ValidationError(f"ยาวเกิน {longest:,} ตัวอักษร โปรดย่อให้สั้นลง")
        return text

    return read


def parse_email(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as error:
        raise ValidationError("ไม่ใช่อีเมล โปรดพิมพ์แบบ name@example.com หรือเว้นว่าง") from error
    return text_parser(254)(text)


def parse_phone(text: str) -> str:
    """As written; a leading zero that Excel has removed is put back."""
    figures = re.sub(r"[\s-]", "", normalize_digits(text))
    if re.fullmatch("[1-9][0-9]{7,8}", figures):
        return f"0{figures}"
    return text_parser(60)(text)


def degrees_parser(low: int, high: int, example: str, other: str) -> CellParser[Decimal]:
    """One number of a position on the map of Thailand; `other` is what it is mistaken for."""

    def read(text: str) -> Decimal:
        figures = thai.arabic_digits(text).replace(",", ".").rstrip("°NEne ")
        if not re.fullmatch(r"[0-9]{1,3}(\.[0-9]+)?", figures):
            raise ValidationError(f"ต้องเป็นเลขทศนิยม ระหว่าง {low} ถึง {high} เช่น {example}")
        number = Decimal(figures).quantize(Decimal("0.000001"))
        if not low <= number <= high:
            raise ValidationError(
                f"ต้องอยู่ระหว่าง {low} ถึง {high} (ในประเทศไทย) โปรดตรวจว่าไม่ได้สลับกับ{other}"
            )
        return number

    return read


def choice_parser(words_of: Mapping[Fact, Sequence[str]]) -> CellParser[Fact]:
    """One of a few things, each under any of its words; the first word is the one we show."""
    known = {word_key(word): value for value, all_ in words_of.items() for word in all_}
    shown = ", ".join(all_[0] for all_ in words_of.values())

    def read(text: str) -> Fact:
        try:
            return known[word_key(text)]
        except KeyError:
            raise ValidationError(f"ไม่รู้จักคำนี้ โปรดใช้คำใดคำหนึ่งต่อไปนี้: {shown}") from None

    return read


_YES = ("ใช่", "มี", "เป็น", "yes", "true", "y", "1", "✓", "/")
_NO = ("ไม่ใช่", "ไม่มี", "ไม่", "ไม่เป็น", "no", "false", "n", "0", "x", "-")
parse_has_or_not = choice_parser({True: ("มี", *_YES), False: ("ไม่มี", *_NO)})

_STAGES = {"อ": Grade.K1, "ป": Grade.P1, "ม": Grade.M1}
_GRADE = re.compile(r"(อ|ป|ม)(?:นุบาล|ระถม|ัธยม)?(?:ศึกษา)?(?:ตอนต้น|ต้น)?(?:ปีที่|ชั้นปีที่|ปี)?([1-9])")
_BETWEEN = re.compile(r"\s*(?:[-–—~]|ถึง)\s*")


def grade_or_none(text: str) -> Grade | None:
    """อ.2, อนุบาล 2, ป.6, ประถมศึกษาปีที่ 6, ม.3; None for anything else."""
    bare = re.sub(r"[()]|^(?:ระดับ)?ชั้น", "", word_key(thai.arabic_digits(text)))
    match = _GRADE.fullmatch(bare)
    if match is None:
        return None
    stage, year = match[1], int(match[2])
    return Grade(_STAGES[stage] + year - 1) if year <= (6 if stage == "ป" else 3) else None


def parse_grade(text: str) -> Grade:
    if found := grade_or_none(text):
        return found
    raise ValidationError("ไม่รู้จักชั้นนี้ โปรดพิมพ์ เช่น อ.2, ป.6 หรือ ม.3")


def parse_grade_range(text: str) -> tuple[Grade, Grade]:
    """The levels taught, from–to: อ.2-ป.6."""
    ends = [grade_or_none(end) for end in _BETWEEN.split(text)]
    if len(ends) == 2 and ends[0] and ends[1] and ends[0] <= ends[1]:
        return ends[0], ends[1]
    raise ValidationError("อ่านระดับที่เปิดสอนไม่ได้ โปรดพิมพ์ชั้นต่ำสุดถึงสูงสุด เช่น อ.2-ป.6 หรือ อ.2-ม.3")

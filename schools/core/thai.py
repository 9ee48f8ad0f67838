"""Thai ways of writing: Buddhist-era dates, digits, alphabetical order, school and fiscal years.

Dates are stored ISO in the Common Era and shown in the Buddhist Era (พ.ศ. = ค.ศ. + 543).
"""

import re
from calendar import monthrange
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone

BANGKOK = ZoneInfo("Asia/Bangkok")
BE_OFFSET = 543
FIRST_BE_YEAR, LAST_BE_YEAR = 2400, 2700

# fmt: off
MONTHS = [
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
]
SHORT_MONTHS = [
    "ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.",
    "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.",
]
# fmt: on
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]

# --- Digits and widths ---

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
_ABOVE_AND_BELOW = dict.fromkeys((0xE31, *range(0xE34, 0xE3B), *range(0xE47, 0xE4F)))


def thai_digits(text: object) -> str:
    """Thai digits, for official print."""
    return str(text).translate(_TO_THAI)


def arabic_digits(text: object) -> str:
    """Arabic digits, for the screen and for reading what was typed."""
    return str(text).translate(_TO_ARABIC)


def printed_width(text: str) -> int:
    """How many letters wide a text is: vowels and marks above and below take no place."""
    return len(text.translate(_ABOVE_AND_BELOW))


# --- Dates as people read them ---


def local_day(value: date) -> date:
    """The calendar day in Thailand; a naive datetime is taken as Thai time already."""
    if not isinstance(value, datetime):
        return value
    return _local(value).date()


def _local(value: datetime) -> datetime:
    return timezone.localtime(value, BANGKOK) if timezone.is_aware(value) else value


def be_year(value: date) -> int:
    """2024-05-09 → 2567."""
    return local_day(value).year + BE_OFFSET


def long_date(value: date) -> str:
    """9 พฤษภาคม 2567."""
    day = local_day(value)
    return f"{day.day} {MONTHS[day.month - 1]} {be_year(day)}"


def long_date_with_era(value: date) -> str:
    """9 พฤษภาคม พ.ศ. 2567, as orders and certificates give their day."""
    day = local_day(value)
    return f"{day.day} {MONTHS[day.month - 1]} พ.ศ. {be_year(day)}"


def month_and_year(value: date) -> str:
    """พฤษภาคม 2567."""
    day = local_day(value)
    return f"{MONTHS[day.month - 1]} {be_year(day)}"


def short_date(value: date) -> str:
    """9 พ.ค. 2567."""
    day = local_day(value)
    return f"{day.day} {SHORT_MONTHS[day.month - 1]} {be_year(day)}"


def numeric_date(value: date) -> str:
    """9/5/2567, as people type it."""
    day = local_day(value)
    return f"{day.day}/{day.month}/{be_year(day)}"


def official_date(value: date) -> str:
    """๙ พฤษภาคม ๒๕๖๗, for official papers."""
    return thai_digits(long_date(value))


def weekday_date(value: date) -> str:
    """วันพฤหัสบดีที่ 9 พฤษภาคม 2567."""
    return f"วัน{WEEKDAYS[local_day(value).weekday()]}ที่ {long_date(value)}"


def short_time(value: datetime) -> str:
    """13.42 น."""
    return f"{_local(value):%H.%M}\u00a0น."


def short_moment(value: datetime) -> str:
    """22 พ.ย. 2569 10.15 น."""
    return f"{short_date(value)} {short_time(value)}"


# --- The school year and the budget year ---


def academic_year(value: date) -> int:
    """BE academic year, 16 May to 15 May (ระเบียบ ศธ. 2549 ข้อ 7)."""
    day = local_day(value)
    return be_year(day) - ((day.month, day.day) < (5, 16))


def academic_year_days(year: int) -> tuple[date, date]:
    """The first and the last day of a BE academic year."""
    begins_in = year - BE_OFFSET
    return date(begins_in, 5, 16), date(begins_in + 1, 5, 15)


def fiscal_year(value: date) -> int:
    """BE budget year, 1 October to 30 September, named by the year it ends in."""
    day = local_day(value)
    return be_year(day) + (day.month >= 10)


def fiscal_year_days(year: int) -> tuple[date, date]:
    """The first and the last day of a BE budget year."""
    ends_in = year - BE_OFFSET
    return date(ends_in - 1, 10, 1), date(ends_in, 9, 30)


def baht_text(value: Decimal) -> str:
    """An amount as people read it, without its unit: 12,500 or 12,500.50."""
    return f"{value:,.2f}".removesuffix(".00")


# --- Dates and years as people type them ---

_MONTH_NUMBERS = {
    name.replace(".", ""): number
    for names in (MONTHS, SHORT_MONTHS)
    for number, name in enumerate(names, start=1)
}
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})")
_NUMERIC = re.compile(
    r"(?P<day>[0-9]{1,2}) ?[/. -] ?(?P<month>[0-9]{1,2}) ?[/. -] ?(?P<year>[0-9]+)"
)
_WORDED = re.compile(
    r"(?:วันที่)? ?(?P<day>[0-9]{1,2}) ?(?P<month>[ก-๎. ]+?) ?(?:พ\. ?ศ\.)? ?(?P<year>[0-9]+)"
)


# Signs of no width that come along when Thai text is copied; the joiners of emoji are none.
_INVISIBLE = dict.fromkeys((0xAD, 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F), 0x2060, 0xFEFF))


def strip_invisible(text: str) -> str:
    """The text without signs that nobody sees and no search expects."""
    return text.translate(_INVISIBLE)


def parse_be_date(text: str) -> date:
    """Read a date typed in the Buddhist Era; the error says in Thai what to type instead."""
    text = " ".join(strip_invisible(arabic_digits(text)).split())
    for pattern in (_ISO, _NUMERIC, _WORDED):
        if match := pattern.fullmatch(text):
            year = parse_be_year(match["year"])
            return _real_date(year, _month_number(match["month"]), int(match["day"]))
    raise ValidationError(
        f"อ่านวันที่ “{_start_of(text)}” ไม่ได้ โปรดพิมพ์ วัน/เดือน/ปี พ.ศ. เช่น 9/5/2567", code="date_format"
    )


def parse_be_year(text: str) -> int:
    """Read a BE year of four digits, or of two (67 is 2567); a CE year is refused."""
    text = arabic_digits(text).strip()
    if not re.fullmatch("[0-9]{2}|[0-9]{4}", text):
        raise ValidationError(
            f"อ่านปี “{_start_of(text)}” ไม่ได้ โปรดพิมพ์ปี พ.ศ. 4 หลัก เช่น 2567", code="year_format"
        )
    year = int(text) + (2500 if len(text) == 2 else 0)
    if FIRST_BE_YEAR <= year <= LAST_BE_YEAR:
        return year
    if FIRST_BE_YEAR <= year + BE_OFFSET <= LAST_BE_YEAR:
        raise ValidationError(
            f"ปี {year} เป็น ค.ศ. โปรดพิมพ์เป็น พ.ศ. คือ {year + BE_OFFSET}", code="ce_year"
        )
    raise ValidationError(
        f"ปี {year} อยู่นอกช่วง พ.ศ. {FIRST_BE_YEAR}–{LAST_BE_YEAR} โปรดตรวจปีที่พิมพ์",
        code="year_range",
    )


def _start_of(text: str) -> str:
    """As much of what was typed as an error message can carry."""
    return text if len(text) <= 40 else f"{text[:40]}…"


def _month_number(text: str) -> int:
    number = int(text) if text.isdigit() else _MONTH_NUMBERS.get(re.sub("[. ]", "", text), 0)
    if 1 <= number <= 12:
        return number
    raise ValidationError(
        f"ไม่มีเดือน “{_start_of(text)}” โปรดพิมพ์เดือนเป็นเลข 1–12 หรือชื่อเดือน เช่น พ.ค.", code="month"
    )


def _real_date(year: int, month: int, day: int) -> date:
    last = monthrange(year - BE_OFFSET, month)[1]
    if 1 <= day <= last:
        return date(year - BE_OFFSET, month, day)
    raise ValidationError(
        f"ไม่มีวันที่ {day} {MONTHS[month - 1]} {year} เพราะเดือนนี้มีวันที่ 1–{last} โปรดตรวจวันที่",
        code="day",
    )


# --- Alphabetical order and search ---

_CONSONANTS = "".join(map(chr, range(0x0E01, 0x0E2F)))  # ก to ฮ, with ฤ and ฦ in their places
_VOWELS = "ะัาำิีึืุูเแโใไ"
_MARKS = "็่้๊๋์ํฺ๎"
# Two decimal digits a letter: figures alone sort the same under every database collation.
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz" + _CONSONANTS + _VOWELS
_WEIGHTS = {letter: f"{weight:02}" for weight, letter in enumerate(_LETTERS, start=1)}
SCHOOL_WORD = re.compile(r"^\s*(?:โรงเรียน|ร\. ?ร\.|รร\.)\s*")
_SPLIT_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32")
_LEADING_VOWEL = re.compile(r"([เแโใไ])([ก-ฮ])")
# Letters of any script, and the Thai marks that \w leaves out; ฯ and ๆ are signs, not letters.
_NOT_SEARCHED = re.compile(r"[^\w\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]|[_ฯๆ]")


def search_key(text: str) -> str:
    """What two spellings of one name share, so that กตปน finds ก.ต.ป.น."""
    text = SCHOOL_WORD.sub("", arabic_digits(text).lower())
    # Keyboards and PDFs give these two look-alikes: two เ for แ, and ํ with า for ำ.
    text = _SPLIT_AM.sub(r"\1ำ", text.replace("เเ", "แ"))
    return _NOT_SEARCHED.sub("", text)


def sort_key(name: str) -> str:
    """Figures whose order is that of the Royal Institute dictionary (พจนานุกรม ฉบับราชบัณฑิตยสถาน).

    Consonants weigh before vowels, a leading vowel after its consonant, and tone and other marks
    only where all letters are equal. Numbers sort by value.
    """
    text = re.sub("[0-9]+", lambda number: number[0].zfill(8), search_key(name))
    text = _LEADING_VOWEL.sub(r"\2\1", text.replace("ๅ", "า"))
    letters = "".join(_WEIGHTS.get(char, "") for char in text)
    return f"{letters}00{_mark_weights(text)}".removesuffix("00")


def _mark_weights(text: str) -> str:
    """A 0 for each letter, after the marks that it bears; zeros at the end are left out."""
    weights = ""
    for char in text:
        if char in _MARKS:
            weights = f"{weights[:-1]}{_MARKS.index(char) + 1}0"
        elif char in _WEIGHTS:
            weights += "0"
    return weights.rstrip("0")

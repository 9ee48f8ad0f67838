"""Thai as official papers set it: Thai digits, and what stays on one line.

Pango breaks Thai between the words of a small dictionary, for which ผู้อำนวยการ is three; so
official words, dates, numbers of a year and ranges are made unbreakable here.
"""

import re
from collections.abc import Callable, Iterable

from django.utils.html import escape

from schools.core.thai import MONTHS, SHORT_MONTHS, thai_digits

_MARKUP = r'<(?P<tag>\w+)[^<>]* translate="no"[^<>]*>.*?</(?P=tag)>|<[^<>]*>|&[#\w]+;'
# The title of a drawing, like that of the page, holds no elements.
_MARKUP_ONLY = re.compile(rf"<title>.*?</title>|{_MARKUP}", re.DOTALL)
# What people type: an address of the web or of mail, then codes of Latin letters and digits.
_ADDRESS = r"(?:https?://|www\.)[^\s<>ก-๛]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
_HOST = r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?:[:/][^\s<>ก-๛]*)?"
_CODE = r"[0-9]*[A-Za-z][A-Za-z0-9]*"
_KEEPS_DIGITS = re.compile(
    "|".join((_MARKUP, _ADDRESS, rf"(?<![A-Za-z0-9])(?:{_HOST}|{_CODE})")), re.DOTALL | re.ASCII
)

NONBREAKING_WORDS = (
    "ผู้อำนวยการ",
    "คณะกรรมการ",
    "คณะอนุกรรมการ",
    "เขตพื้นที่",
    "สถานศึกษา",
    "ประถมศึกษา",
    "ปีการศึกษา",
    "การศึกษา",
    "การจัดการศึกษา",
    "ความรู้",
    "ผู้บริหาร",
    "ผู้รับผิดชอบ",
    "ผู้เรียน",
    "ผู้ประเมิน",
    "ผลสัมฤทธิ์",
    "ข้อเสนอแนะ",
    "ข้อค้นพบ",
    "ตัวชี้วัด",
    "ค่าเฉลี่ย",
    "จุดเด่น",
    "การเรียนรู้",
    "การจัดการ",
    "ความต้องการ",
    "การสนับสนุน",
    "ความคิดเห็น",
    "ความสามารถ",
    "ความสุข",
    "ค่านิยม",
    "คิดวิเคราะห์",
    "จับใจความ",
    "จิตสังคม",
    "ซ่อมเสริม",
    "ข้อใด",
    "น้อยกว่า",
    "รายบุคคล",
    "รายคน",
    "รายเดือน",
    "หลักสูตร",
    "หลากหลาย",
    "ชั้นเรียน",
    "ส่วนใหญ่",
    "วิธีคำนวณ",
    "คำสั่ง",
    "คำนำ",
    "ภาคผนวก",
    "ผลงาน",
    "ลงนาม",
    "ลงพื้นที่",
    "เห็นชอบ",
    "จัดทำ",
    "แล้วเสร็จ",
    "ไม่บรรลุ",
    "ดีเลิศ",
    "กำลังพัฒนา",
    "ดำเนินการ",
    "รักษาการในตำแหน่ง",
    "รักษาราชการแทน",
    "ปฏิบัติราชการแทน",
    "ประเมินผล",
    "วิธีปฏิบัติ",
    "ล่าสุด",
)
# In Thai digits: the text has them by then.
ORDINAL = r"(?:มาตรฐาน|ภาคเรียน|ขั้น|ครั้ง|ฉบับ|รอบ)ที่ [๐-๙]+(?:/[๐-๙]+)?"
AREA_NUMBER = "เขต [๐-๙]+"
MONTH = "|".join(map(re.escape, (*MONTHS, *SHORT_MONTHS)))
DAY = rf"(?:วันที่ )?[๐-๙]{{1,2}} (?:{MONTH}) [๐-๙]{{4}}"
NUMBER = r"[๐-๙]+(?:\.[๐-๙]+)+"
RANGE = f"(?:ร้อยละ )?{NUMBER}(?:–{NUMBER})?"
COUNT = "[๐-๙]+ (?:โรงเรียน|แห่ง|ข้อ|ผลงาน|รอบ|ขั้น|ระดับ|ครั้ง|คน|เล่ม|ฉบับ|เรื่อง)"
# Else the opening quotation mark may end a line; a longer quotation would not fit the columns.
QUOTED = "“[^“”]{1,16}”"
PAIR = re.compile("(?<=[๐-๙])[/–](?=[๐-๙])")
WORD_JOINER = "\u2060"

LONGEST_NAME = 20  # letters with a width; a longer name would not fit the columns of the tables
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def official_text(html: str, names: Iterable[str]) -> str:
    """Thai digits throughout; official words and these names of schools stay on one line."""
    head, body, paper = official_digits(html).partition("<body>")
    return (
        head
        + body
        + _replace_outside(
            _MARKUP_ONLY, paper, nonbreaking_replacer(map(_printed_school_name, names))
        )
    )


def with_sign(gap: int | None) -> str:
    """+1, 0 or −2: a difference with its sign; – where there is none."""
    return "–" if gap is None else f"{gap:+d}".replace("-", "−").replace("+0", "0")


def official_digits(html: str) -> str:
    """Thai digits in the text of a page; in markup, addresses and codes they stay."""
    return _replace_outside(_KEEPS_DIGITS, html, thai_digits)


def _replace_outside(kept_as_is: re.Pattern[str], html: str, change: Callable[[str], str]) -> str:
    pieces, at = [], 0
    for kept in kept_as_is.finditer(html):
        pieces += [change(html[at : kept.start()]), kept[0]]
        at = kept.end()
    return "".join([*pieces, change(html[at:])])


def _printed_school_name(school: str) -> str:
    """As the page has it, without the word before it, which may end a line."""
    return escape(school.removeprefix("โรงเรียน"))


def nonbreaking_replacer(names: Iterable[str]) -> Callable[[str], str]:
    """Makes official words, numbers and the short ones of these names unbreakable in a text."""
    short = (name for name in names if len(_MARKS.sub("", name)) <= LONGEST_NAME)
    words = sorted({*NONBREAKING_WORDS, *short}, key=len, reverse=True)
    patterns = [QUOTED, ORDINAL, AREA_NUMBER, DAY, COUNT, RANGE, *map(re.escape, words)]
    whole = re.compile("|".join(patterns))
    return lambda text: PAIR.sub(rf"\g<0>{WORD_JOINER}", whole.sub(_wrap_nonbreaking, text))


def _wrap_nonbreaking(found: re.Match[str]) -> str:
    """No joining letter binds Thai, a span does; but then its edges must say that they may break.

    What is alone in its cell needs no span, and each span costs time.
    """
    text, start, end = found.string, found.start(), found.end()
    if text.strip() == found[0]:
        return found[0]
    before = "<wbr>" if re.match("[ก-๎]", text[start - 1 : start]) else ""
    after = "<wbr>" if re.match("[ก-ฮเ-ไ]", text[end : end + 1]) else ""
    return f'{before}<span class="nowrap">{found[0]}</span>{after}'

"""What a paper keeps on one line."""

import pytest

from reports.typography import WORD_JOINER, nonbreaking_replacer, official_text

whole = nonbreaking_replacer(["บ้านห้วยน้ำเมย", "ชื่อยาวเกินกว่าช่องตารางจะรับได้"])


def span(text: str) -> str:
    return f'<span class="nowrap">{text}</span>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ที่ผู้อำนวยการโรงเรียน", f"ที่<wbr>{span('ผู้อำนวยการ')}<wbr>โรงเรียน"),
        ("โรงเรียนบ้านห้วยน้ำเมย", f"โรงเรียน<wbr>{span('บ้านห้วยน้ำเมย')}"),
        ("ตัวอย่าง เขต ๓)", f"ตัวอย่าง {span('เขต ๓')})"),
        ("(ลงพื้นที่)", f"({span('ลงพื้นที่')})"),
        ("เมื่อ ๔ พฤศจิกายน ๒๕๖๙", f"เมื่อ {span('๔ พฤศจิกายน ๒๕๖๙')}"),
        ("ทั้งหมด ๕ โรงเรียน", f"ทั้งหมด {span('๕ โรงเรียน')}"),
        ("ค่าเฉลี่ย ๔.๑๓ ระดับดี", f"{span('ค่าเฉลี่ย')} {span('๔.๑๓')} ระดับดี"),
        ("คิดเป็นร้อยละ ๖๖.๖๗", f"คิดเป็น<wbr>{span('ร้อยละ ๖๖.๖๗')}"),
        ("ผล “ไม่บรรลุ” ๑ แห่ง", f"ผล {span('“ไม่บรรลุ”')} {span('๑ แห่ง')}"),
        ("ช่วง ๑.๕๐–๒.๔๙ ดี", f"ช่วง {span(f'๑.๕๐–{WORD_JOINER}๒.๔๙')} ดี"),
    ],
)
def test_words_dates_and_numbers_stay_whole(text, expected):
    assert whole(text) == expected


@pytest.mark.parametrize("text", [" ดีเลิศ ", "ชื่อยาวเกินกว่าช่องตารางจะรับได้", "ผู้เชี่ยวชาญ"])
def test_other_text_is_left_as_it_is(text):
    assert whole(text) == text


def test_the_words_of_a_drawing_hold_no_elements():
    html = "<body><svg><title>ค่าเฉลี่ย 4.13 ผู้อำนวยการ</title></svg>"
    assert official_text(html, []) == html.replace("4.13", "๔.๑๓")

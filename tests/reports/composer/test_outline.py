"""Headings are numbered over what the report has, in its order."""

from reports.composer.enums import Outline, PartKey
from reports.composer.outline import YEAR_PARTS, outline_headings


def said(keys, outline: Outline) -> list[str]:
    return [
        f"{'  ' if heading.level == 2 else ''}{heading.label} {heading.title}".rstrip()
        for heading in outline_headings(keys, outline)
    ]


def test_five_chapters():
    assert said(YEAR_PARTS, Outline.CHAPTERS) == [
        " คำนำ",
        " บทสรุปผู้บริหาร",
        "บทที่ 1 บทนำและบริบท",
        "บทที่ 2 วิธีดำเนินการ",
        "บทที่ 3 ผลการดำเนินงาน",
        "บทที่ 4 อภิปรายผลและปัญหาอุปสรรค",
        "   อภิปรายผล",
        "   ปัญหาและอุปสรรค",
        "บทที่ 5 ข้อเสนอแนะและการดำเนินงานต่อไป",
        "   ข้อเสนอแนะ",
        "   แผนการนิเทศปีการศึกษาถัดไป",
        " ผลรายโรงเรียน",
        " ภาคผนวก",
    ]


def test_four_parts():
    numbered = [line for line in said(YEAR_PARTS, Outline.PARTS) if line.startswith("ส่วนที่")]
    assert numbered == [
        "ส่วนที่ 1 บทนำและบริบท",
        "ส่วนที่ 2 วิธีดำเนินการ",
        "ส่วนที่ 3 ผลการดำเนินงาน",
        "ส่วนที่ 4 สรุป อภิปรายผล และข้อเสนอแนะ",
    ]


def test_a_part_alone_has_its_own_heading_and_what_is_left_out_leaves_no_gap():
    keys = [PartKey.METHOD, PartKey.OBSTACLES, PartKey.RESULTS, PartKey.DISCUSSION]
    assert said(keys, Outline.CHAPTERS) == [
        "บทที่ 1 วิธีดำเนินการ",
        "บทที่ 2 ปัญหาและอุปสรรค",
        "บทที่ 3 ผลการดำเนินงาน",
        "บทที่ 4 อภิปรายผล",
    ]


def test_every_heading_has_a_key_of_its_own():
    for outline in Outline:
        keys = [heading.key for heading in outline_headings(YEAR_PARTS, outline)]
        assert len(set(keys)) == len(keys)

"""What the unit writes in the demonstration's year reports, on top of the system's drafts."""

from collections.abc import Mapping

from reports.composer.actions import (
    create_composition_of_drive,
    create_composition_of_year,
    part_version_token,
    save_part_text,
)
from reports.composer.enums import PartKey
from reports.composer.models import Composition
from reports.composer.shared_numbers import AreaReport
from reports.composer.sources import text_sources
from reports.data.drive_schema import DriveReport
from reports.data.quality_drive import drive_report
from reports.data.year import year_report
from schools.models import AcademicYear, User
from supervision.quality_drive.models import QualityDrive

SAMPLE_PARAGRAPHS = {
    PartKey.DISCUSSION: (
        "(ตัวอย่าง) กลุ่มนิเทศฯ เห็นว่าผลของโรงเรียนขนาดเล็กควรอ่านร่วมกับจำนวนครูที่มีไม่ครบชั้น "
        "และควรเทียบกับผลของโรงเรียนเดิมในภาคเรียนก่อน มากกว่าเทียบระหว่างโรงเรียน"
    ),
    PartKey.PROPOSALS: (
        "**ข้อเสนอแนะของกลุ่มนิเทศฯ (ตัวอย่าง)**\n\n"
        "- จัดครูพี่เลี้ยงข้ามโรงเรียนในกลุ่มโรงเรียนเดียวกัน\n"
        "- ใช้ผลการวัดระหว่างเรียนเป็นหัวข้อของการสังเกตชั้นเรียนทุกครั้ง"
    ),
}
DRIVE_PARAGRAPHS = {
    PartKey.DISCUSSION: (
        "(ตัวอย่าง) โรงเรียนที่สะท้อนผลทุกเดือนพัฒนาได้ใกล้ค่าเป้าหมายกว่า "
        "และด้านห้องเรียนคุณภาพใช้เวลามากกว่าด้านอื่น เพราะต้องปรับทั้งแผนการสอนและการวัดผล"
    ),
    PartKey.PROPOSALS: (
        "**ข้อเสนอแนะของกลุ่มนิเทศฯ (ตัวอย่าง)**\n\n"
        "- ลงพื้นที่ให้คำปรึกษาแก่โรงเรียนที่ยังไม่ได้รับก่อนสิ้นภาคเรียนที่ 1\n"
        "- จัดเวทีแลกเปลี่ยนเรียนรู้ตามด้านที่โรงเรียนส่วนใหญ่ยังไม่ถึงค่าเป้าหมาย"
    ),
}


def write_report_texts(year: AcademicYear, *, by: User) -> None:
    """Add a paragraph of the unit's own to some parts of the year's report."""
    composition = create_composition_of_year(year)
    _add_paragraphs(composition, year_report(year), SAMPLE_PARAGRAPHS, by=by)


def write_drive_report_texts(drive: QualityDrive, *, by: User) -> None:
    """The same of the report on a quality drive."""
    composition = create_composition_of_drive(drive)
    _add_paragraphs(composition, drive_report(drive), DRIVE_PARAGRAPHS, by=by)


def _add_paragraphs(
    composition: Composition,
    figures: AreaReport | DriveReport,
    paragraphs: Mapping[PartKey, str],
    *,
    by: User,
) -> None:
    sources = text_sources(figures)
    for part in composition.parts.filter(key__in=paragraphs):
        draft, added = sources.text_of(part), paragraphs[PartKey(part.key)]
        save_part_text(
            part,
            text=f"{draft}\n\n{added}",
            version=part_version_token(part),
            sources=sources,
            by=by,
        )

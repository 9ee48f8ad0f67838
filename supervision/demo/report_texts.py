"""What the unit writes in the demonstration's year reports, on top of the system's drafts."""

from reports.composer.actions import (
    create_composition_of_year,
    part_version_token,
    save_part_text,
)
from reports.composer.enums import PartKey
from reports.composer.sources import text_sources
from reports.data.year import year_report
from schools.models import AcademicYear, User

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


def write_report_texts(year: AcademicYear, *, by: User) -> None:
    """Add a paragraph of the unit's own to some parts of the year's report."""
    composition, sources = create_composition_of_year(year), text_sources(year_report(year))
    for part in composition.parts.filter(key__in=SAMPLE_PARAGRAPHS):
        draft, added = sources.text_of(part), SAMPLE_PARAGRAPHS[PartKey(part.key)]
        save_part_text(
            part,
            text=f"{draft}\n\n{added}",
            version=part_version_token(part),
            sources=sources,
            by=by,
        )

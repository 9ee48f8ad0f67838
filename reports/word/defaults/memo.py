"""The Word template of the memo (บันทึกข้อความ) that forwards a report, as official rules set it."""

from reports.word.defaults.parts import DOTS, HOW_TO_EDIT
from reports.word.template_styles import TEXT_WIDTH
from reports.word.template_writer import Column, TemplateWriter

SHORT_DOTS = "." * 26


def memo_template() -> bytes:
    page = TemplateWriter(is_numbered=False, top_margin=1.5)
    page.comment(HOW_TO_EDIT)
    page.header("{% if report.is_sample %}ข้อมูลตัวอย่าง{% endif %}")
    _write_head(page)
    page.paragraph("เรียน  {{ memo.addressee }}")
    page.tag("for line in memo.enclosures")
    page.paragraph("{% if loop.first %}สิ่งที่ส่งมาด้วย{% endif %}\t{{ line }}", style="Memo Enclosure")
    page.tag("endfor")
    page.tag("for section in memo.sections")
    page.paragraph("**{{ section.number }}. {{ section.title }}**", style="Body Text")
    page.tag("for paragraph in section.paragraphs")
    page.paragraph("{{ paragraph }}", style="Body Text")
    page.tag("endfor")
    page.tag("endfor")
    closing = page.paragraph("{{ memo.closing }}", style="Body Text")
    closing.paragraph_format.keep_with_next = True
    _write_signature(page)
    _write_opinions(page)
    return page.content()


def _write_head(page: TemplateWriter) -> None:
    """The emblem and the name of the paper, then what it is about, on dotted lines."""
    emblem = "{% if emblem %}{{ emblem }}{% endif %}"
    page.plain_table([2.5, 11.0, 2.5], [[emblem, "บันทึกข้อความ", ""]], style="Memo Title")
    page.paragraph("**ส่วนราชการ**  {{ memo.office_unit }}\t", style="Memo Line")
    page.paragraph("**ที่**  {{ memo.number }}\t**วันที่**  {{ memo.date }}\t", style="Memo Halves")
    page.paragraph("**เรื่อง**  {{ memo.subject }}\t", style="Memo Line")


def _write_signature(page: TemplateWriter) -> None:
    page.paragraph(f"\n(ลงชื่อ){DOTS}", style="Signature")
    page.paragraph(f'({{{{ memo.signer_name or "{DOTS}" }}}})', style="Signature")
    page.tag("for line in memo.signer_post_lines")
    page.paragraph("{{ line }}", style="Signature")
    page.tag("endfor")
    page.paragraph("")


def _write_opinions(page: TemplateWriter) -> None:
    """A box for each of those above, who write by hand what they think of it."""
    width = TEXT_WIDTH / 3
    box = (
        "**ความเห็น{% if loop.last %}/คำสั่ง{% endif %}**\n{{ post }}\n"
        f"{'.' * 38}\n{'.' * 38}\n(ลงชื่อ){SHORT_DOTS}\n({'.' * 34})\nวันที่{SHORT_DOTS}"
    )
    page.table(
        [Column("", width)] * 3,
        [["{%tc for post in memo.opinions %}", box, "{%tc endfor %}"]],
        has_head=False,
    )

"""The Word template of an order (คำสั่ง) with its annex; the words are those of its PDF."""

from docx.shared import Pt

from reports.word.defaults.parts import DOTS, HOW_TO_EDIT
from reports.word.template_writer import TemplateWriter

BLANK = "." * 26


def order_template() -> bytes:
    page = TemplateWriter(is_numbered=False, top_margin=1.5)
    page.comment(HOW_TO_EDIT)
    page.header("**{{ draft }}** {{ order.remark }}")
    _write_order(page)
    _write_annex(page)
    return page.content()


def _write_order(page: TemplateWriter) -> None:
    """The order itself, from the emblem to the signature."""
    page.paragraph("{% if emblem %}{{ emblem }}{% else %}\n\n{% endif %}", centred=True)
    page.paragraph("**คำสั่ง{{ order.office }}**", centred=True)
    page.paragraph(f'ที่ {{{{ order.number or "{BLANK}" }}}}', centred=True)
    page.paragraph("เรื่อง {{ order.subject }}", centred=True)
    page.paragraph("_" * 26, centred=True)
    page.tag("for paragraph in order.paragraphs")
    page.paragraph("{{ paragraph }}", style="Body Text")
    page.tag("endfor")
    page.paragraph(f'ทั้งนี้ ตั้งแต่วันที่ {{{{ order.effective_on or "{BLANK}" }}}}', style="Body Text")
    page.paragraph(f'สั่ง ณ วันที่ {{{{ order.ordered_on or "{BLANK}" }}}}', style="Order Day")
    page.paragraph(f'\n\n({{{{ order.signer_name or "{DOTS}" }}}})', style="Signature")
    page.tag("for line in order.signer_post_lines")
    page.paragraph("{{ line }}", style="Signature")
    page.tag("endfor")


def _write_annex(page: TemplateWriter) -> None:
    """The officers in their sequence, each with numbered duties of up to three levels."""
    title = page.paragraph("**{{ order.annex_title }}**", centred=True)
    title.paragraph_format.page_break_before = True
    title.paragraph_format.space_before = Pt(24)  # below the head of the page
    page.paragraph(
        f'แนบท้ายคำสั่ง{{{{ order.office }}}} ที่\u00a0{{{{ order.number or "{BLANK}" }}}}', centred=True
    )
    page.paragraph(
        f'สั่ง ณ วันที่ {{{{ order.annex_day or "{BLANK}" }}}}\n{{{{ order.group_name }}}}\n',
        centred=True,
    )
    page.tag("for officer in order.officers")
    officer = page.paragraph("**{{ officer.heading }}**")
    officer.paragraph_format.keep_with_next = True
    page.tag("for duty in officer.duties")
    for level in (1, 2, 3):
        page.tag(f"if duty.level == {level}")
        page.paragraph("{{ duty.code }}\t{{ duty.text }}", style=f"Order Duty {level}")
        page.tag("endif")
    page.tag("for line in duty.lines")
    page.paragraph("- {{ line }}", style="Order Line")
    page.tag("endfor")
    page.tag("endfor")
    page.tag("endfor")

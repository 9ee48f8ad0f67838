"""The Word template of the minutes of a meeting; the words are those of their PDF."""

from reports.word.defaults.parts import DOTS, HOW_TO_EDIT
from reports.word.template_writer import TemplateWriter

BLANK_TIME = "." * 16
MEMBER_WIDTHS = [1.1, 10.5, 4.4]  # cm


def minutes_template() -> bytes:
    page = TemplateWriter()
    page.comment(HOW_TO_EDIT)
    sample = "{% if minutes.is_sample %}ข้อมูลตัวอย่าง{% endif %}"
    page.header(f"{sample}{{% if draft %}} **{{{{ draft }}}}**{{% endif %}}")
    _write_head(page)
    _write_members(page, "ผู้มาประชุม", "present")
    _write_members(page, "ผู้ไม่มาประชุม", "absent")
    page.tag("if minutes.others")
    page.paragraph("**ผู้เข้าร่วมประชุม**", style="Text Heading")
    page.tag("for person in minutes.others")
    page.paragraph("{{ loop.index }}. {{ person }}")
    page.tag("endfor")
    page.tag("endif")
    page.paragraph(f'**เริ่มประชุมเวลา**  {{{{ minutes.begins_at or "{BLANK_TIME}" }}}} น.')
    _write_items(page)
    page.paragraph(f'**เลิกประชุมเวลา**  {{{{ minutes.ends_at or "{BLANK_TIME}" }}}} น.')
    _write_signatures(page)
    return page.content()


def _write_head(page: TemplateWriter) -> None:
    page.paragraph("**รายงานการประชุม{{ minutes.committee }}**", centred=True)
    page.paragraph("**ครั้งที่ {{ minutes.number }}**", centred=True)
    page.paragraph("**เมื่อวันที่ {{ minutes.held_on }}**", centred=True)
    page.tag("if minutes.place")
    page.paragraph("**ณ {{ minutes.place }}**", centred=True)
    page.tag("endif")
    page.paragraph("_" * 26, centred=True)


def _write_members(page: TemplateWriter, heading: str, name: str) -> None:
    """Members in a table without lines; where there is nobody the paper says so."""
    page.paragraph(f"**{heading}**", style="Text Heading")
    page.tag(f"if minutes.{name}")
    cells = [
        "{{ loop.index }}.",
        "{{ member.name }}{% if member.post %}\n{{ member.post }}{% endif %}",
        "{{ member.position }}{% if member.note %}\n{{ member.note }}{% endif %}",
    ]
    page.plain_table(MEMBER_WIDTHS, [f"for member in minutes.{name}", cells, "endfor"])
    page.tag("else")
    page.paragraph("ไม่มี", style="Body Text")
    page.tag("endif")


def _write_items(page: TemplateWriter) -> None:
    """The agenda with what was said and resolved."""
    page.tag("for item in minutes.items")
    page.paragraph("**ระเบียบวาระที่ {{ item.position }}  {{ item.title }}**", style="Text Heading")
    for lines, said in (("paragraphs", "{{ line }}"), ("outcomes", "- {{ line }}")):
        page.tag(f"for line in item.{lines}")
        page.paragraph(said, style="Body Text")
        page.tag("endfor")
    page.tag("for line in item.resolution")
    page.paragraph("{% if loop.first %}**มติที่ประชุม**  {% endif %}{{ line }}", style="Body Text")
    page.tag("endfor")
    page.tag("endfor")


def _write_signatures(page: TemplateWriter) -> None:
    page.tag("for signer in minutes.signers")
    page.paragraph(f"\n(ลงชื่อ){DOTS}", style="Signature")
    page.paragraph(f'({{{{ signer.name or "{DOTS}" }}}})', style="Signature")
    page.tag("for line in signer.post_lines")
    page.paragraph("{{ line }}", style="Signature")
    page.tag("endfor")
    page.paragraph("{{ signer.duty }}", style="Signature")
    page.tag("endfor")

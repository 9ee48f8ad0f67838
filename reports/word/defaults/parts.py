"""What the templates of several reports have in common, and says the same in all of them."""

from reports.word.template_writer import SAME_AS_ABOVE, Column, Row, TemplateWriter

HOW_TO_EDIT = (
    "แม่แบบนี้แก้ไขข้อความ ตัวอักษร และลำดับได้ตามต้องการ ข้อความในวงเล็บปีกกาคู่ "
    "ระบบแทนด้วยข้อมูลของรายงาน บรรทัดสีน้ำเงินบอกส่วนที่ทำซ้ำหรือแสดงตามเงื่อนไข และไม่ปรากฏในรายงาน"
)
DASH = 'or "–"'
DOTS = "." * 40
METHODS_TEXT = (
    'วิธีการนิเทศ {{ one.methods|join(", ") }}{% if one.is_sample %} (ตัวอย่าง){% endif %}'
    '{% if one.tools %} เครื่องมือ {{ one.tools|join(", ") }}{% endif %}'
    "{% if one.description %} {{ one.description }}{% endif %} "
    "คณะกรรมการ ก.ต.ป.น. เห็นชอบในการประชุมครั้งที่ {{ one.meeting_no }} "
    "วันที่ {{ one.meeting_on|be_long }}"
)
WRITTEN_RUNS = (
    "{%r for run in item %}{%r if run.bold %}**{{ run.text }}**"
    "{%r else %}{{ run.text }}{%r endif %}{%r endfor %}"
)


def write_introduction(page: TemplateWriter, *, running: str) -> None:
    """How to edit the template, and the head of each page: what it is, and what it is not yet."""
    page.comment(HOW_TO_EDIT)
    sample = "{% if report.is_sample %} · ข้อมูลตัวอย่าง{% endif %}"
    page.header(f"{running}{sample}{{% if draft %}} · **{{{{ draft }}}}**{{% endif %}}")


def write_cover(page: TemplateWriter, title: str) -> None:
    """The cover: emblem or room for it, title, who reports and the agencies above."""
    page.bare_first_page()
    page.paragraph(
        "**{% if draft %}{{ draft }} {% endif %}{% if report.is_sample %}ข้อมูลตัวอย่าง{% endif %}**",
        centred=True,
    )
    for key, text in (("cover_number", ""), ("number", "เลขที่ ")):
        page.tag(f"if document.{key}")
        page.paragraph(f"{text}{{{{ document.{key} }}}}", centred=True)
        page.tag("endif")
    page.paragraph("{% if emblem %}{{ emblem }}{% else %}\n\n\n{% endif %}", centred=True)
    page.paragraph(f"\n\n{title}", style="Title")
    page.tag("if document.replaces")
    page.paragraph("{{ document.revision }} ใช้แทนรายงานเลขที่ {{ document.replaces }}", centred=True)
    page.tag("endif")
    page.paragraph(
        "\n\n\n\n\n\n\n{{ report.area.group_name }}\n{{ report.area.name }}"
        "{% for agency in report.area.agencies %}\n{{ agency }}{% endfor %}",
        style="Title",
    )


def write_origin(page: TemplateWriter) -> None:
    """That the file is a copy to work with, and where the signed original is."""
    page.tag("if draft")
    page.paragraph("ร่างก่อนลงนาม ตัวเลขและข้อความยังเปลี่ยนตามข้อมูลปัจจุบัน", style="Small")
    page.tag("else")
    page.paragraph(
        "ไฟล์ Word นี้จัดทำจากรายงานเลขที่ {{ document.number }} ซึ่ง{{ document.issued_as }} "
        "ลงนามในระบบวันที่ {{ document.issued_at|be_long }} ต้นฉบับเป็นไฟล์ PDF ตรวจสอบได้ด้วยรหัส "
        "{{ document.code|exact }} ที่ {{ document.verify_url|exact }}",
        style="Small",
    )
    page.tag("endif")


def write_signers(page: TemplateWriter) -> None:
    """Who made, checked and signed the report, or will."""
    page.comment("ผู้จัดทำ ผู้ตรวจสอบ และผู้ลงนาม")
    page.tag("for signer in signers")
    page.tag("if signer.duty")
    page.paragraph("**{{ signer.duty }}**", style="Signature")
    page.tag("endif")
    page.paragraph(f"(ลงชื่อ){DOTS}", style="Signature")
    page.paragraph(f'({{{{ signer.name or "{DOTS}" }}}})', style="Signature")
    page.tag("for line in signer.post_lines")
    page.paragraph("{{ line }}", style="Signature")
    page.tag("endfor")
    page.paragraph(
        "{% if signer.at %}{{ signer.verb }}ในระบบ วันที่ {{ signer.at|be_long }}"
        f"{{% else %}}วันที่{DOTS}{{% endif %}}\n",
        style="Signature",
    )
    page.tag("endfor")


def write_texts(page: TemplateWriter) -> None:
    """The heading of a part and what people wrote below it: paragraphs and lists.

    A paragraph all in bold heads what follows.
    """
    title = "{% if part.label %}{{ part.label }} {% endif %}{{ part.title }}"
    page.tag("if part.level == 1")
    page.heading(title, 1)
    page.tag("else")
    page.heading(title, 2)
    page.tag("endif")
    page.tag("for block in part.blocks")
    page.tag("for item in block.items")
    page.tag('if block.kind == "list"')
    page.paragraph(WRITTEN_RUNS, style="List Bullet")
    page.tag("elif item|length == 1 and item[0].bold")
    page.paragraph(WRITTEN_RUNS, style="Text Heading")
    page.tag("else")
    page.paragraph(WRITTEN_RUNS, style="Body Text")
    for code in ("endif", "endfor", "endfor"):
        page.tag(code)


def write_visit(page: TemplateWriter, name: str) -> None:
    """A visit and what its record says of the whole school."""
    page.particulars(
        [
            [
                "การนิเทศ",
                f"ครั้งที่ {{{{ {name}.number }}}} วันที่ {{{{ {name}.visit_on|be_long }}}} "
                f"รูปแบบ{{{{ {name}.mode }}}}",
            ],
            ["เรื่องที่นิเทศ", f"{{{{ {name}.purpose }}}}"],
            ["หัวหน้าคณะนิเทศ", f"{{{{ {name}.leader {DASH} }}}}"],
            *_written(name, "strengths", "จุดเด่น"),
            *_written(name, "improvement_points", "จุดควรพัฒนา"),
            *_written(name, "problems", "ปัญหาและอุปสรรค"),
            *_written(name, "advice", "ข้อเสนอแนะ"),
            *_written(name, "support", "ความต้องการรับการสนับสนุน"),
            *_written(name, "school_comment", "ความเห็นของโรงเรียน"),
        ]
    )


def _written(name: str, key: str, label: str) -> list[Row]:
    """A line that is left out where nothing was written."""
    return [f"if {name}.{key}", [label, f"{{{{ {name}.{key} }}}}"], "endif"]


def write_summary(page: TemplateWriter, name: str) -> None:
    """What school and supervisors agreed on."""
    page.particulars(
        [
            [label, f"{{{{ {name}.{key} {DASH} }}}}"]
            for label, key in (
                ("จุดเด่น", "strengths"),
                ("จุดควรพัฒนา", "improvement_points"),
                ("แนวทางปรับปรุงแก้ไข", "guidelines"),
            )
        ]
    )


def write_practice(page: TemplateWriter, name: str) -> None:
    """The parts of a good practice that were written."""
    for key, label in (
        ("background", "ความเป็นมา"),
        ("objectives", "วัตถุประสงค์"),
        ("process", "กระบวนการ"),
        ("outcome", "ผลที่เกิดขึ้น"),
        ("success_factors", "ปัจจัยความสำเร็จ"),
        ("lessons", "บทเรียนที่ได้รับ"),
        ("dissemination", "การเผยแพร่"),
    ):
        page.tag(f"if {name}.{key}")
        page.paragraph(f"**{label}:** {{{{ {name}.{key} }}}}")
        page.tag("endif")


def standard_title(name: str) -> str:
    """ปฐมวัย 1. ผู้เรียน; the line over all standards has no number."""
    level = f"{{% if {name}.level %}}{{{{ {name}.level }}}} {{% endif %}}"
    number = f"{{% if {name}.number %}}{{{{ {name}.number }}}}. {{% endif %}}"
    return f"{level}{number}{{{{ {name}.name }}}}"


def write_standards(page: TemplateWriter, *, caption: str, rows: str, unit: str) -> None:
    """Each standard judged twice, one above the other; `rows` is an expression of jinja."""
    page.caption(caption, is_counted=True)
    page.table(
        [
            Column("มาตรฐานและผู้ประเมิน", 3.6),
            Column(f"n\n({unit})", 1.3, is_number=True),
            Column("x̄", 1.4, is_number=True),
            Column("S.D.", 1.4, is_number=True),
            Column("แปลผล", 2.4),
            Column("ผลต่าง", 1.7, is_number=True),
            Column("เป้าหมาย", 2.0, is_number=True),
            Column("ผล", 2.2),
        ],
        [
            f"for row in {rows}",
            [f"**{standard_title('row')}**"],
            _side("โรงเรียน", "own", "{{ row.gap }}", "{{ row.target }}", "{{ row|achieved }}"),
            _side("ศึกษานิเทศก์", "visit", SAME_AS_ABOVE, SAME_AS_ABOVE, SAME_AS_ABOVE),
            "endfor",
        ],
    )


def _side(who: str, key: str, *more: str) -> Row:
    score = [f"{{{{ row.{key}.{name} }}}}" for name in ("n", "mean", "sd")]
    return [who, *score, f"{{{{ row.{key}.meaning {DASH} }}}}", *more]


def write_below_target_note(page: TemplateWriter, *, rows: str) -> None:
    """Said once where a mean has the name of a band and is below its target all the same."""
    page.tag(f'for row in {rows}|selectattr("achieved", "sameas", false) if row.visit.meaning')
    page.tag("if loop.first")
    page.paragraph(
        "แปลผล คือ ช่วงคะแนนของมาตราส่วน เป้าหมาย คือ ค่าเฉลี่ยต่ำสุดที่ถือว่าบรรลุ "
        "มาตรฐานหนึ่งจึงแปลผลว่า “{{ row.visit.meaning }}” แต่ต่ำกว่าเป้าหมายและไม่บรรลุได้",
        style="Small",
    )
    page.tag("endif")
    page.tag("endfor")


def write_recommendations(page: TemplateWriter, *, names_schools: bool) -> None:
    """The recommendation ledger, grouped as it comes."""
    school = "{{ line.school }} " if names_schools else ""
    page.tag("if report.recommendations")
    page.caption("ทะเบียนข้อเสนอแนะ")
    page.table(
        [
            Column("ที่", 1.0, is_number=True),
            Column("ข้อเสนอแนะ", 6.9),
            Column("ผู้รับผิดชอบ", 3.0),
            Column("กำหนดเสร็จ", 2.3),
            Column("สถานะ", 2.8),
        ],
        [
            "for line in report.recommendations",
            "if loop.changed(line.school, line.term)",
            [f"**{school}ภาคเรียนที่ {{{{ line.term }}}}**"],
            "endif",
            [
                "{{ loop.index }}",
                "{{ line.text }}{% if line.visit or line.indicator %}\nที่มา: "
                "{% if line.visit %}{{ line.visit }} วันที่ {{ line.visit_on|be_short }} {% endif %}"
                "{% if line.indicator %}ตัวชี้วัด {{ line.indicator }}{% endif %}{% endif %}"
                "{% if line.proof %}\nหลักฐาน: {{ line.proof }}{% endif %}",
                "{{ line.owner }}",
                "{{ line.due_on|be_short }}",
                "{{ line.state }}{% if line.closed_on %}\n{{ line.closed_on|be_short }}{% endif %}",
            ],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ไม่มีข้อเสนอแนะที่ตกลงร่วมกับโรงเรียน")
    page.tag("endif")

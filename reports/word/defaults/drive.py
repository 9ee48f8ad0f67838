"""The Word template of the report on a year's quality drive."""

from reports.word.defaults.area_figures import cell_for_each, column_for_each
from reports.word.defaults.parts import (
    DASH,
    write_cover,
    write_introduction,
    write_origin,
    write_signers,
    write_texts,
)
from reports.word.template_writer import THAI_NUMBERS, Column, TemplateWriter

OWED_HEADS = ("ทั้งหมด", "ปิดแล้ว", "รอตรวจ", "ยังไม่เสร็จ", "เกินกำหนด")
OWED_KEYS = ("total", "kept", "reported", "open", "late")


def drive_template() -> bytes:
    page = TemplateWriter(is_numbered=False)
    write_introduction(page, running="{{ document.title }} ปีการศึกษา {{ report.year }}")
    write_cover(
        page,
        "รายงานผลการขับเคลื่อน\nคุณภาพการศึกษา\n{{ report.model_name }}\nปีการศึกษา {{ report.year }}",
    )
    page.new_section(THAI_NUMBERS)
    page.paragraph("สารบัญ", style="Title")
    page.contents()
    page.tag("for part in parts")
    write_texts(page)
    for key, write in (
        ("model", _write_model),
        ("steps", _write_steps),
        ("dimensions", _write_dimensions),
        ("expected", _write_expected),
        ("support", _write_support),
        ("sharing", _write_sharing),
        ("appendix", _write_appendix),
    ):
        page.tag(f'if part.figures and part.key == "{key}"')
        write(page)
        page.tag("endif")
    page.tag("endfor")
    write_signers(page)
    write_origin(page)
    return page.content()


def _write_model(page: TemplateWriter) -> None:
    page.caption("ด้านคุณภาพของการขับเคลื่อน")
    page.table(
        [Column("ด้าน", 8.0), Column("ในหัวข้อ 4Q ของคู่มือ", 4.0), Column("น้ำหนัก (ร้อยละ)", 4.0, True)],
        [
            "for row in report.dimensions",
            ["{{ row.name }}", "{% if row.in_4q %}มี{% else %}ไม่มี{% endif %}", "{{ row.weight }}"],
            "endfor",
        ],
    )
    page.tag("if report.provenance")
    page.paragraph("ที่มา: {{ report.provenance }}", style="Small")
    page.tag("endif")


def _write_steps(page: TemplateWriter) -> None:
    page.caption("การดำเนินงานตามขั้นตอนของ {{ report.model_name }}")
    page.table(
        [
            Column("ขั้น", 1.2, True),
            Column("อักษร", 1.4),
            Column("ขั้นตอน", 4.4),
            Column("สิ่งที่ดำเนินการ", 9.0),
        ],
        [
            "for step in report.steps",
            [
                "{{ step.number }}",
                "{{ step.letter }}",
                "{{ step.name }}",
                "{% for fact in step.facts %}{{ fact }}{% if not loop.last %}\n{% endif %}"
                "{% endfor %}",
            ],
            "endfor",
        ],
        rows_break=True,
    )


def _write_dimensions(page: TemplateWriter) -> None:
    page.caption("ค่าเฉลี่ยรายด้าน (จำนวนโรงเรียนในวงเล็บ)")
    page.table(
        [
            Column("ด้าน", 4.6),
            Column("ก่อนพัฒนา", 2.3, True),
            Column("ปัจจุบัน", 2.3, True),
            Column("เป้าหมาย", 2.0, True),
            Column("เปลี่ยนแปลง", 2.5, True),
            Column("ถึงเป้าหมาย\n(โรงเรียน)", 2.3, True),
        ],
        [
            "for row in report.results",
            [
                "{{ row.name }}",
                f"{{{{ row.baseline {DASH} }}}} ({{{{ row.baseline_n }}}})",
                f"{{{{ row.now {DASH} }}}} ({{{{ row.now_n }}}})",
                f"{{{{ row.target {DASH} }}}}",
                f"{{{{ row.change {DASH} }}}} ({{{{ row.change_n }}}})",
                "{{ row.reached }}",
            ],
            "endfor",
        ],
    )
    page.caption("จำนวนโรงเรียนจำแนกตามความก้าวหน้าเทียบกับแผน")
    page.table(
        [Column("ด้าน", 5.0), Column("ความก้าวหน้าและจำนวนโรงเรียน", 11.0)],
        [
            "for row in report.results",
            [
                "{{ row.name }}",
                "{% for one in row.states if one.count %}{{ one.name }} {{ one.count }}"
                "{% if not loop.last %}, {% endif %}{% endfor %}",
            ],
            "endfor",
        ],
    )
    _write_groups(page, "report.clusters", "กลุ่มโรงเรียน")
    _write_groups(page, "report.sizes", "ขนาดโรงเรียน")
    page.paragraph(
        "“เปลี่ยนแปลง” เทียบเฉพาะโรงเรียนที่มีทั้งข้อมูลฐานและผลการนิเทศ ค่าเฉลี่ยของโรงเรียนน้อยกว่า ๓ แห่ง "
        "และค่าที่อาจใช้คำนวณย้อนถึงโรงเรียนเหล่านั้น ไม่แสดง",
        style="Small",
    )


def _write_groups(page: TemplateWriter, groups: str, by: str) -> None:
    """The means by group of schools, before and now."""
    page.tag(f"if {groups}")
    page.caption(f"ค่าเฉลี่ยรายด้าน ก่อนพัฒนา → ปัจจุบัน จำแนกตาม{by}")
    page.table(
        [
            Column(by, 3.2),
            Column("โรงเรียน", 1.8, True),
            *column_for_each("row in report.results", "{{ row.name }}", [2.2] * 5),
        ],
        [
            f"for group in {groups}",
            [
                "{{ group.group }}",
                "{{ group.schools }}",
                *cell_for_each(
                    "one in group.means",
                    f"{{{{ one.baseline {DASH} }}}}\n→ {{{{ one.now {DASH} }}}}",
                ),
            ],
            "endfor",
        ],
    )
    page.tag("endif")


def _write_expected(page: TemplateWriter) -> None:
    page.caption("ผลที่คาดหวังและผลที่เกิดขึ้น")
    page.table(
        [Column("ข้อ", 1.4), Column("ผลที่คาดหวัง", 7.3), Column("ผลที่เกิดขึ้น", 7.3)],
        [
            "for row in report.expected",
            "if loop.changed(row.kind)",
            ["**{{ row.kind }}**"],
            "endif",
            [
                "{{ row.code }}",
                "{% if row.dimension %}{{ row.dimension }}\n{% endif %}{{ row.text }}",
                '{{ row.result or "ยังไม่สรุปผล" }}',
            ],
            "endfor",
        ],
        rows_break=True,
    )


def _write_support(page: TemplateWriter) -> None:
    page.tag("if report.support_by_post")
    page.caption("การสนับสนุนของสำนักงานตามบันทึกข้อตกลง (ข้อ)")
    page.table(
        [Column("ผู้รับผิดชอบ", 6.0), *(Column(head, 2.0, True) for head in OWED_HEADS)],
        [
            "for row in report.support_by_post",
            ["{{ row.owner }}", *(f"{{{{ row.{key} }}}}" for key in OWED_KEYS)],
            "endfor",
            ["รวม", *(f"{{{{ report.support.{key} }}}}" for key in OWED_KEYS)],
        ],
    )
    page.tag("else")
    page.paragraph("ไม่มีการสนับสนุนของสำนักงานตามบันทึกข้อตกลงที่ลงนามแล้ว")
    page.tag("endif")
    page.paragraph(
        "ข้อเสนอแนะจากการลงพื้นที่ให้คำปรึกษา {{ report.advice.total }} ข้อ "
        "ปิดแล้วพร้อมหลักฐาน {{ report.advice.kept }} ข้อ รายงานว่าเสร็จ รอตรวจ "
        "{{ report.advice.reported }} ข้อ ยังไม่เสร็จ {{ report.advice.open }} ข้อ "
        "(เกินกำหนด {{ report.advice.late }} ข้อ)"
    )
    page.tag("if report.mentored_dimensions")
    page.paragraph(
        "ด้านที่ให้คำปรึกษา: {% for one in report.mentored_dimensions %}{{ one.name }} "
        "{{ one.count }} ครั้ง{% if not loop.last %}, {% endif %}{% endfor %}"
    )
    page.tag("endif")
    _write_monitoring(page)


def _write_monitoring(page: TemplateWriter) -> None:
    page.heading("รายงานการติดตามของคณะกรรมการ", 3)
    page.tag("for one in report.monitoring")
    page.paragraph(
        "{{ one.committee }} ({{ one.starts_on|be_short }} – {{ one.ends_on|be_short }})",
        style="Text Heading",
    )
    for key, label in (
        ("progress", "ความก้าวหน้าที่พบ"),
        ("problems", "ปัญหาและอุปสรรค"),
        ("proposals", "ข้อเสนอแนะต่อสำนักงาน"),
    ):
        page.tag(f"if one.{key}")
        page.paragraph(f"{label}: {{{{ one.{key} }}}}")
        page.tag("endif")
    page.tag("else")
    page.paragraph("ยังไม่มีรายงานการติดตามของคณะกรรมการ")
    page.tag("endfor")


def _write_sharing(page: TemplateWriter) -> None:
    _write_honours(page)
    page.heading("เวทีแลกเปลี่ยนเรียนรู้", 3)
    page.tag("for one in report.exchange")
    page.paragraph(
        "{{ one.title }} วันที่ {{ one.held_on|be_long }} ผู้เข้าร่วม {{ one.people }} คน "
        "สิ่งที่นำกลับไปใช้ {{ one.takeaways }} รายการ",
        style="List Bullet",
    )
    page.tag("else")
    page.paragraph("ยังไม่มีเวทีแลกเปลี่ยนเรียนรู้ที่จัดแล้ว")
    page.tag("endfor")
    page.paragraph(
        "โรงเรียนเรียนรู้จากโรงเรียนอื่นตามคำขอแล้ว{% for one in report.studies %} "
        "{% if loop.last and not loop.first %}และ{% endif %}{{ one.name }} {{ one.count }} ครั้ง"
        "{% endfor %}"
    )
    page.tag("for one in report.practices")
    page.tag("if loop.first")
    page.heading("วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือกในปีนี้", 3)
    page.tag("endif")
    page.paragraph("{{ one.title }} {{ one.school }} ({{ one.level }})", style="List Bullet")
    page.tag("endfor")
    _write_climate(page)


def _write_honours(page: TemplateWriter) -> None:
    page.heading("การยกย่องเชิดชูเกียรติตามมติที่ประชุม", 3)
    page.tag("if report.honours")
    page.table(
        [Column("โรงเรียน", 4.4), Column("เหตุผลที่ยกย่อง", 7.6), Column("มติที่ประชุม", 4.0)],
        [
            "for one in report.honours",
            "if loop.changed(one.category)",
            ["**{{ one.category }}**"],
            "endif",
            [
                "{{ one.school }}",
                "{{ one.reason }}",
                "ครั้งที่ {{ one.meeting_no }} วันที่ {{ one.meeting_on|be_short }}",
            ],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ยังไม่มีการยกย่องที่ที่ประชุมมีมติให้เผยแพร่")
    page.tag("endif")


def _write_climate(page: TemplateWriter) -> None:
    page.heading("บรรยากาศการทำงาน", 3)
    page.tag("for survey in report.climate")
    page.caption(
        "{{ survey.title }}{% if survey.is_sample %} (ตัวอย่าง){% endif %} {{ survey.answers }} คำตอบ"
    )
    page.table(
        [Column("ข้อความ", 12.5), Column("ค่าเฉลี่ย\n(เต็ม ๕)", 3.5, True)],
        ["for one in survey.statements", ["{{ one.text }}", "{{ one.mean }}"], "endfor"],
    )
    page.tag("else")
    page.paragraph(
        "{% if report.few_climate %}แบบสำรวจมีคำตอบน้อยกว่า ๕ คำตอบ จึงไม่แสดงผล"
        "{% else %}ยังไม่มีแบบสำรวจบรรยากาศที่ปิดแล้ว{% endif %}"
    )
    page.tag("endfor")


def _write_appendix(page: TemplateWriter) -> None:
    page.heading("ตัวชี้วัด ค่าเป้าหมาย และน้ำหนัก", 2)
    page.tag("if report.meeting_on")
    page.paragraph(
        "คณะกรรมการ ก.ต.ป.น. เห็นชอบในการประชุมครั้งที่ {{ report.meeting_no }} "
        "วันที่ {{ report.meeting_on|be_long }}"
    )
    page.tag("endif")
    page.table(
        [
            Column("ตัวชี้วัด", 10.4),
            Column("น้ำหนัก (ร้อยละของด้าน)", 3.2, True),
            Column("ค่าเป้าหมาย", 2.4, True),
        ],
        [
            "for dimension in report.dimensions",
            ["**{{ dimension.name }}**"],
            "for row in dimension.indicators",
            [
                "{{ row.text }} ({{ row.indicator_set }})"
                "{% if row.is_sample %} (ตัวอย่าง){% endif %}",
                "{{ row.weight }}",
                "{{ row.target }}",
            ],
            "endfor",
            "endfor",
        ],
    )
    page.heading("วิธีคำนวณ", 2)
    for text in (
        "คะแนนรายด้านของโรงเรียน คือ ค่าเฉลี่ยถ่วงน้ำหนักของระดับที่ตัวชี้วัดในด้านนั้นได้ ปัดเป็นทศนิยม ๒ ตำแหน่ง",
        "“ปัจจุบัน” ใช้ระดับจากการนิเทศที่ลงนามแล้วครั้งล่าสุดของปีการศึกษา “ก่อนพัฒนา” ใช้ข้อมูลฐาน",
        "ค่าเฉลี่ยของเขตพื้นที่และกลุ่มโรงเรียนคำนวณจากคะแนนรายโรงเรียนที่ปัดแล้ว โรงเรียนที่ยังไม่มีผลไม่นำมารวม",
        "ความก้าวหน้าเทียบกับแผนใช้ผลการนิเทศก่อน และใช้ผลที่โรงเรียนรายงานเมื่อยังไม่มีผลการนิเทศ",
        "รายงานไม่แสดงคะแนน ลำดับ ข้อตกลง หรือค่าเป้าหมายของโรงเรียนแห่งใด",
    ):
        page.paragraph(text, style="List Bullet")

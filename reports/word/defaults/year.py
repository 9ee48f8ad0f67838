"""The Word template of the area's year-end report: the book that its PDF is, part by part."""

from reports.book.outline import FRONT_KEYS
from reports.word.defaults.area_figures import (
    write_criteria_lines,
    write_groups,
    write_how_computed,
    write_ledger_counts,
    write_levels,
    write_needs,
    write_progress,
    write_trends,
)
from reports.word.defaults.parts import (
    DASH,
    METHODS_TEXT,
    standard_title,
    write_cover,
    write_introduction,
    write_origin,
    write_practice,
    write_recommendations,
    write_signers,
    write_standards,
    write_texts,
)
from reports.word.defaults.year_learning import write_learning
from reports.word.defaults.year_schools import write_schools
from reports.word.template_writer import THAI_LETTERS, THAI_NUMBERS, Column, TemplateWriter

ABBREVIATIONS = (
    ("ก.ต.ป.น.", "คณะกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา"),
    ("อ.ก.ต.ป.น.", "คณะอนุกรรมการติดตาม ตรวจสอบ ประเมินผล และนิเทศการศึกษา"),
    ("สพป.", "สำนักงานเขตพื้นที่การศึกษาประถมศึกษา"),
    ("ศน.", "ศึกษานิเทศก์"),
    ("n", "จำนวนโรงเรียนหรือจำนวนข้อที่นำมาคำนวณ"),
    ("x̄", "ค่าเฉลี่ย"),
    ("S.D.", "ส่วนเบี่ยงเบนมาตรฐาน"),
    ("PNI", "ดัชนีลำดับความสำคัญของความต้องการ"),
)


def year_template() -> bytes:
    page = TemplateWriter(is_numbered=False, is_book=True)
    write_introduction(page, running="{{ document.title }} {{ report.year }}")
    write_cover(page, "{{ document.title }}\n{{ report.year }}")
    page.new_section(THAI_LETTERS)
    _write_front(page)
    page.new_section(THAI_NUMBERS)
    page.comment("ส่วนต่าง ๆ ตามลำดับที่จัดไว้ ข้อความที่เขียนมาก่อน แล้วตามด้วยตารางของระบบ")
    page.tag(f"for part in parts if part.key not in {list(FRONT_KEYS)}")
    write_texts(page)
    _write_overview(page)
    _write_steps(page)
    write_schools(page)
    _write_appendix(page)
    page.tag("endfor")
    write_origin(page)
    return page.content()


def _write_front(page: TemplateWriter) -> None:
    """Foreword with the signature, contents, executive summary: the pages ก ข ค."""
    page.tag('for part in parts if part.key == "foreword"')
    write_texts(page)
    page.tag("endfor")
    write_signers(page)
    page.page_break()
    page.paragraph("สารบัญ", style="Title")
    page.contents()
    page.paragraph("สารบัญตาราง", style="Title")
    page.list_of_tables()
    page.paragraph("คำย่อและสัญลักษณ์", style="Title")
    page.particulars(ABBREVIATIONS)
    page.tag('for part in parts if part.key == "executive"')
    write_texts(page)
    page.tag("endfor")


def _write_overview(page: TemplateWriter) -> None:
    page.tag('if part.figures and part.key in ["overview", "results"]')
    page.caption(
        "จำนวนโรงเรียนในแต่ละภาคเรียน ปีการศึกษา {{ report.year }} (บรรลุและไม่บรรลุเป็นผลของรอบล่าสุด)",
        is_counted=True,
    )
    page.table(
        [
            Column("ภาคเรียน", 2.4),
            Column("ทั้งหมด", 1.9, True),
            Column("เปิดรอบ", 1.7, True),
            Column("ประเมิน\nตนเอง", 2.0, True),
            Column("ได้รับ\nการนิเทศ", 2.2, True),
            Column("บรรลุ", 1.6, True),
            Column("ไม่บรรลุ", 1.9, True),
            Column("ไม่บรรลุ\nในรอบก่อน", 2.3, True),
        ],
        [
            "for term in report.terms",
            [
                "{{ term.term }}",
                "{{ term.schools }}",
                "{{ term.opened }}",
                "{{ term.assessed }}",
                "{{ term.visited }}",
                "{{ term.achieved }}",
                "{{ term.not_achieved }}",
                "{{ term.repeated }}",
            ],
            "endfor",
        ],
    )
    page.tag("for term in report.terms")
    write_progress(page, "term")
    page.tag("endfor")
    page.tag("endif")


def _write_steps(page: TemplateWriter) -> None:
    page.tag('if part.figures and part.key in ["steps", "results"]')
    write_learning(page)
    page.heading("ขั้นที่ ๑ สภาพปัญหาและความต้องการ", 2)
    write_needs(page)
    page.heading("ขั้นที่ ๒ เกณฑ์ ตัวชี้วัด เครื่องมือและวิธีการ", 2)
    write_criteria_lines(page)
    page.tag("for one in report.methods")
    page.paragraph(f"ภาคเรียนที่ {{{{ one.term }}}} {METHODS_TEXT}")
    page.tag("endfor")
    page.heading("ขั้นที่ ๓ และ ๔ การประเมินตนเองและผลการนิเทศ", 2)
    _write_results(page)
    _write_support(page)
    page.heading("ขั้นที่ ๕ ผลการพิจารณาและวิธีปฏิบัติที่เป็นเลิศ", 2)
    _write_decisions(page)
    _write_practices(page)
    page.heading("ขั้นที่ ๖ ข้อเสนอแนะที่ตกลงร่วมกับโรงเรียน", 2)
    write_ledger_counts(page)
    write_recommendations(page, names_schools=True)
    page.heading("ขั้นที่ ๗ การรายงานผล", 2)
    _write_reporting(page)
    page.tag("endif")


def _write_results(page: TemplateWriter) -> None:
    page.tag("for term in report.terms")
    page.tag("if term.standards")
    page.heading("ภาคเรียนที่ {{ term.term }}", 3)
    write_standards(page, caption="ผลรายมาตรฐานของโรงเรียนในสังกัด", rows="term.standards", unit="แห่ง")
    write_levels(page, "term")
    write_groups(page, "term.clusters", "กลุ่มโรงเรียน")
    write_groups(page, "term.sizes", "ขนาดโรงเรียน")
    page.tag("else")
    page.paragraph("ภาคเรียนที่ {{ term.term }} ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว")
    page.tag("endif")
    page.tag("endfor")
    _write_comparison(page)
    write_trends(page)
    page.tag("if report.observed and report.observed.times")
    page.paragraph(
        "ปีการศึกษา {{ report.year }} สังเกตชั้นเรียน {{ report.observed.times }} ครั้ง "
        "ใน {{ report.observed.schools }} โรงเรียน"
    )
    page.tag("endif")
    page.tag("if report.satisfaction")
    page.paragraph(
        "ความเห็นของโรงเรียนต่อการนิเทศ{% if report.satisfaction.is_sample %} (ตัวอย่าง){% endif %} "
        "{{ report.satisfaction.answers }} คำตอบจาก {{ report.satisfaction.schools }} โรงเรียน "
        "ค่าเฉลี่ยรวม {{ report.satisfaction.mean }} จาก ๕ ได้แก่ "
        "{% for one in report.satisfaction.statements %}{{ one.text }} {{ one.mean }}"
        "{% if not loop.last %}, {% endif %}{% endfor %}"
    )
    page.tag("endif")


def _write_comparison(page: TemplateWriter) -> None:
    page.tag("if report.comparison")
    page.caption("ค่าเฉลี่ยจากการนิเทศเปรียบเทียบระหว่างภาคเรียน", is_counted=True)
    page.table(
        [
            Column("มาตรฐาน", 7.0),
            Column("{%tc for term in report.compared %}", 2.25, True),
            Column("{{ term }}", 2.25, True),
            Column("{%tc endfor %}", 2.25, True),
            Column("เปลี่ยนแปลง", 2.25, True),
        ],
        [
            "for row in report.comparison",
            [
                standard_title("row"),
                "{%tc for mean in row.means %}",
                "{{ mean }}",
                "{%tc endfor %}",
                "{{ row.change }}",
            ],
            "endfor",
        ],
    )
    page.tag("endif")


def _write_support(page: TemplateWriter) -> None:
    page.tag("if report.support is defined")
    page.heading("การสนับสนุนที่โรงเรียนต้องการ", 3)
    page.tag("if report.support")
    page.caption("ความต้องการรับการสนับสนุนตามบันทึกการนิเทศที่ลงนามแล้ว", is_counted=True)
    page.table(
        [Column("ที่", 1.0, True), Column("โรงเรียน", 5.0), Column("ความต้องการรับการสนับสนุน", 10)],
        [
            "for wish in report.support",
            "if loop.changed(wish.term)",
            ["**ภาคเรียนที่ {{ wish.term }}**"],
            "endif",
            ["{{ loop.index }}", "{{ wish.school }}", "{{ wish.text }}"],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ไม่มีโรงเรียนใดแจ้งความต้องการรับการสนับสนุน")
    page.tag("endif")
    page.tag("endif")


def _write_decisions(page: TemplateWriter) -> None:
    page.caption("ผลการพิจารณาของทุกโรงเรียน (จำนวนรอบในวงเล็บ เมื่อมากกว่า ๑ รอบ)", is_counted=True)
    page.table(
        [
            Column("ที่", 1.0, True),
            Column("โรงเรียน", 3.8),
            Column("กลุ่มโรงเรียน", 2.4),
            Column("{%tc for term in report.terms %}", 2.2),
            Column("{{ term.term }}", 2.2),
            Column("x̄", 2.2, True),
            Column("{%tc endfor %}", 2.2),
        ],
        [
            "for school in report.schools",
            [
                "{{ loop.index }}",
                "{{ school.school }}",
                f"{{{{ school.cluster {DASH} }}}}",
                "{%tc for term in school.terms %}",
                "{{ term.result }}{% if term.rounds > 1 %} ({{ term.rounds }}){% endif %}",
                "{{ term.mean }}",
                "{%tc endfor %}",
            ],
            "endfor",
        ],
    )


def _write_practices(page: TemplateWriter) -> None:
    page.tag("for practice in report.practices")
    page.tag("if loop.first")
    page.heading("วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก", 3)
    page.tag("endif")
    page.tag("if loop.changed(practice.level)")
    page.paragraph("**{{ practice.level }}**")
    page.tag("endif")
    page.paragraph(
        "**{{ loop.index }}. {{ practice.title }}** {{ practice.school }} "
        "ภาคเรียนที่ {{ practice.term }}"
    )
    write_practice(page, "practice")
    page.tag("else")
    page.paragraph("ยังไม่มีวิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก")
    page.tag("endfor")


def _write_reporting(page: TemplateWriter) -> None:
    page.tag("for term in report.terms")
    page.tag("for step in term.progress")
    page.tag("if step.number == 7")
    page.paragraph(
        "ภาคเรียนที่ {{ term.term }} ออกรายงานรายโรงเรียนแล้ว {{ step.done }} "
        "จาก {{ step.total }} โรงเรียน"
    )
    page.tag("endif")
    page.tag("else")
    page.paragraph("ภาคเรียนที่ {{ term.term }} ยังไม่เปิดรอบการนิเทศ")
    page.tag("endfor")
    page.tag("endfor")


def _write_appendix(page: TemplateWriter) -> None:
    page.tag('if part.figures and part.key == "appendix"')
    page.heading("ก. ชุดเกณฑ์และตัวชี้วัดที่ใช้", 2)
    page.tag("for chosen in report.criteria")
    page.caption(
        "{{ chosen.name }} ฉบับที่ {{ chosen.version }}{% if chosen.is_sample %} (ตัวอย่าง){% endif %}"
    )
    page.table(
        [Column("ข้อ", 1.6), Column("มาตรฐานและตัวชี้วัด", 12.2), Column("เป้าหมาย", 2.2, True)],
        [
            "for standard in chosen.standards",
            ["", "**มาตรฐานที่ {{ standard.number }} {{ standard.name }}**", "{{ standard.target }}"],
            "for row in standard.indicators",
            [
                "{{ row.code }}",
                "{{ row.text }}{% if row.weight %} (น้ำหนัก {{ row.weight }}){% endif %}",
                "",
            ],
            "endfor",
            "endfor",
        ],
    )
    page.paragraph(
        '{{ chosen.scale }}: {{ chosen.bands|join(", ") }}'
        "{% if chosen.provenance %} ที่มา: {{ chosen.provenance }}{% endif %}",
        style="Small",
    )
    page.tag("endfor")
    page.heading("ข. วิธีคำนวณ", 2)
    write_how_computed(page)
    page.tag("endif")

"""Tables of many schools, as the reports of a year and of a term share them."""

from reports.word.defaults.parts import DASH, standard_title
from reports.word.template_writer import Column, TemplateWriter


def write_progress(page: TemplateWriter, term: str) -> None:
    """How many schools have done each of the seven steps."""
    page.tag(f"if {term}.progress")
    page.caption(f"จำนวนโรงเรียนที่ดำเนินการเสร็จในแต่ละขั้น (รอบล่าสุด) ภาคเรียนที่ {{{{ {term}.term }}}}")
    page.table(
        [Column("ขั้น", 10), Column("เสร็จแล้ว", 3, True), Column("ทั้งหมด", 3, True)],
        [
            f"for step in {term}.progress",
            ["{{ step.number }}. {{ step.name }}", "{{ step.done }}", "{{ step.total }}"],
            "endfor",
        ],
    )
    page.tag("endif")


def write_needs(page: TemplateWriter) -> None:
    """The needs of all schools that answered the survey, most urgent first."""
    page.tag("for one in report.needs")
    page.caption(
        "ความต้องการจำเป็นรายด้าน {{ one.period }} ({{ one.survey_template }}) "
        "ตอบ {{ one.schools }} แห่ง เรียงจากเร่งด่วนที่สุด",
        is_counted=True,
    )
    page.table(
        [
            Column("อันดับ", 1.6, True),
            Column("ด้าน", 3.1),
            Column("n\n(แห่ง)", 1.5, True),
            Column("สภาพ\nปัญหา x̄", 2.0, True),
            Column("สภาพ\nปัญหา S.D.", 2.0, True),
            Column("ความ\nต้องการ x̄", 2.0, True),
            Column("ความ\nต้องการ S.D.", 2.0, True),
            Column("PNI", 1.8, True),
        ],
        [
            "for row in one.areas",
            [
                "{{ row.rank }}",
                "{{ row.area }}",
                "{{ row.n }}",
                "{{ row.problem }}",
                "{{ row.problem_sd }}",
                "{{ row.need }}",
                "{{ row.need_sd }}",
                "{{ row.index }}",
            ],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ยังไม่มีแบบสำรวจที่ส่งแล้ว")
    page.tag("endfor")
    page.tag("if report.needs")
    page.paragraph(
        "วิธีคำนวณ PNI (modified) = (I − D) ÷ D โดย I คือค่าเฉลี่ยระดับความต้องการ และ D คือสภาพที่เป็นอยู่ "
        "ซึ่งเท่ากับ {{ needs_level_sum }} ลบค่าเฉลี่ยระดับสภาพปัญหา ค่ายิ่งมากยิ่งควรช่วยเหลือก่อน "
        "ด้านที่ค่าเท่ากันได้อันดับเดียวกัน นับเฉพาะโรงเรียนที่ส่งแล้ว",
        style="Small",
    )
    page.tag("endif")


def write_criteria_lines(page: TemplateWriter, *, with_bands: bool = False) -> None:
    """The indicator sets that were used, and the meetings that endorsed them."""
    bands = ' {{ chosen.scale }}: {{ chosen.bands|join(", ") }}' if with_bands else ""
    page.tag("for chosen in report.criteria")
    page.paragraph(
        "{{ chosen.name }} ฉบับที่ {{ chosen.version }}{% if chosen.is_sample %} (ตัวอย่าง){% endif %} "
        "คณะกรรมการ ก.ต.ป.น. เห็นชอบในการประชุมครั้งที่ {{ chosen.meeting_no }} "
        f"วันที่ {{{{ chosen.meeting_on|be_long }}}}{bands}",
        style="List Bullet",
    )
    page.tag("else")
    page.paragraph("ยังไม่กำหนดชุดตัวชี้วัด")
    page.tag("endfor")


def write_levels(page: TemplateWriter, term: str) -> None:
    """How many schools' means are in each band, standard by standard."""
    page.tag(f"if {term}.standards[0].levels")
    page.caption("จำนวนโรงเรียนจำแนกตามระดับ รายมาตรฐาน")
    page.table(
        [Column("มาตรฐาน", 6), Column("ระดับและจำนวนโรงเรียน", 10)],
        [
            f"for row in {term}.standards",
            [
                standard_title("row"),
                "{% for level in row.levels if level.schools %}{{ level.label }} "
                "{{ level.schools }}{% if not loop.last %}, {% endif %}{% endfor %}",
            ],
            "endfor",
        ],
    )
    page.tag("endif")


def write_groups(page: TemplateWriter, groups: str, by: str) -> None:
    """The overall mean by group of schools; of a single group a sentence."""
    page.tag(f"if {groups}|length == 1")
    page.tag(f"for row in {groups}")
    page.paragraph(
        f"โรงเรียนที่มีผลการนิเทศทั้งหมดอยู่ใน{by}เดียว คือ {{{{ row.group }}}} {{{{ row.visit.n }}}} โรงเรียน "
        "ค่าเฉลี่ยภาพรวม {{ row.visit.mean }}"
        "{% if row.visit.meaning %} ระดับ{{ row.visit.meaning }}{% endif %} "
        "บรรลุ {{ row.achieved }} โรงเรียน ไม่บรรลุ {{ row.not_achieved }} โรงเรียน"
    )
    page.tag("endfor")
    page.tag(f"elif {groups}")
    page.caption(f"ผลการนิเทศภาพรวมจำแนกตาม{by}", is_counted=True)
    page.table(
        [
            Column(by, 4.6),
            Column("จำนวนโรงเรียน", 2.4, True),
            Column("x̄", 1.5, True),
            Column("S.D.", 1.5, True),
            Column("แปลผล", 2.4),
            Column("บรรลุ", 1.6, True),
            Column("ไม่บรรลุ", 2.0, True),
        ],
        [
            f"for row in {groups}",
            [
                "{{ row.group }}",
                "{{ row.visit.n }}",
                "{{ row.visit.mean }}",
                "{{ row.visit.sd }}",
                f"{{{{ row.visit.meaning {DASH} }}}}",
                "{{ row.achieved }}",
                "{{ row.not_achieved }}",
            ],
            "endfor",
        ],
    )
    page.tag("endif")


def write_trends(page: TemplateWriter) -> None:
    """Means over the last terms; papers of before template 5 have none."""
    page.tag("for trend in report.trends")
    page.caption("ค่าเฉลี่ยจากการนิเทศรายภาคเรียน {{ trend.title }}")
    page.table(
        [
            Column("มาตรฐาน", 6.4),
            *column_for_each("term in trend.terms", "{{ term }}", [3.2] * 3),
        ],
        [
            "for line in trend.lines",
            ["{{ line.label }}", *cell_for_each("mean in line.means", "{{ mean }}")],
            "endfor",
        ],
    )
    page.paragraph("{{ trend.note }}", style="Small")
    page.tag("endfor")


def write_ledger_counts(page: TemplateWriter) -> None:
    """Who is responsible for how many recommendations, by state."""
    page.tag("if ledger.states")
    page.caption("จำนวนข้อเสนอแนะจำแนกตามผู้รับผิดชอบและสถานะ (ข้อ)", is_counted=True)
    page.table(
        [
            Column("ผู้รับผิดชอบ", 5.5),
            *column_for_each("state in ledger.states", "{{ state }}", [2.5, 2.5, 2.5]),
            Column("รวม", 3.0, True),
        ],
        [
            "for owner in ledger.owners",
            [
                "{{ owner.owner }}",
                *cell_for_each("count in owner.by_state", "{{ count }}"),
                "{{ owner.total }}",
            ],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ไม่มีข้อเสนอแนะที่ตกลงร่วมกับโรงเรียน")
    page.tag("endif")


def column_for_each(loop: str, head: str, widths: list[float]) -> list[Column]:
    """A column that is repeated for each of the loop; its tags take cells of their own."""
    texts = [f"{{%tc for {loop} %}}", head, "{%tc endfor %}"]
    return [Column(text, width, is_number=True) for text, width in zip(texts, widths, strict=False)]


def cell_for_each(loop: str, text: str) -> list[str]:
    """A cell that is repeated for each of the loop."""
    return [f"{{%tc for {loop} %}}", text, "{%tc endfor %}"]


def write_how_computed(page: TemplateWriter) -> None:
    """How the figures of many schools are counted."""
    for line in (
        "ค่าเฉลี่ยของโรงเรียน (x̄) คำนวณจากตัวชี้วัดที่ให้ระดับแล้วเท่านั้น ตัวชี้วัดที่ “ไม่ประเมิน” ไม่นำมารวม",
        "x̄ คือ ผลรวมของ (น้ำหนัก × ระดับ) หารด้วยผลรวมของน้ำหนัก ตัวชี้วัดมีน้ำหนัก ๑ เท่ากันทุกข้อ "
        "เว้นแต่ชุดตัวชี้วัดกำหนดน้ำหนักไว้ ซึ่งแสดงท้ายข้อนั้น",
        "ค่าเฉลี่ยปัดเป็นทศนิยม ๒ ตำแหน่ง (ตั้งแต่ครึ่งขึ้นไปปัดขึ้น) ก่อนแปลผลตามช่วงคะแนนของมาตราส่วน",
        "ส่วนเบี่ยงเบนมาตรฐาน (S.D.) เป็นของกลุ่มตัวอย่าง คิดจากระดับโดยไม่ถ่วงน้ำหนัก ใช้ตัวหาร n − ๑ "
        "และไม่แสดงเมื่อมีข้อมูลน้อยกว่า ๒ ค่า",
        "ค่าเฉลี่ยของเขตพื้นที่และกลุ่มโรงเรียน คำนวณจากค่าเฉลี่ยรายโรงเรียนที่ปัดแล้ว n คือ จำนวนโรงเรียน",
        "โรงเรียนที่ดำเนินการหลายรอบในภาคเรียนเดียวกัน ใช้คะแนนของรอบล่าสุดที่ศึกษานิเทศก์ลงนามแล้ว "
        "และใช้ผลการพิจารณาของรอบล่าสุด",
        "มาตรฐานบรรลุเมื่อค่าเฉลี่ยจากการนิเทศไม่ต่ำกว่าเป้าหมาย ผลต่าง คือ "
        "ค่าเฉลี่ยของศึกษานิเทศก์ลบค่าเฉลี่ยของโรงเรียน",
    ):
        page.paragraph(line, style="List Bullet")

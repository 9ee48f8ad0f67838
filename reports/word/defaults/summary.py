"""The Word template of the summary of a term, over all schools or those of one cluster."""

from reports.word.defaults.area_figures import (
    write_criteria_lines,
    write_groups,
    write_how_computed,
    write_ledger_counts,
    write_levels,
    write_progress,
    write_trends,
)
from reports.word.defaults.parts import (
    DASH,
    standard_title,
    write_cover,
    write_introduction,
    write_origin,
    write_signers,
    write_standards,
    write_texts,
)
from reports.word.template_writer import THAI_NUMBERS, Column, TemplateWriter


def summary_template() -> bytes:
    page = TemplateWriter(is_numbered=False)
    write_introduction(page, running="{{ document.title }} {{ report.term }}")
    schools = '{{ report.cluster or "ทุกโรงเรียนในสังกัด" }}'
    write_cover(page, f"รายงานสรุปผลการนิเทศ\nภาคเรียนที่ {{{{ report.term }}}}\n{schools}")
    page.new_section(THAI_NUMBERS)
    page.paragraph("สารบัญ", style="Title")
    page.contents()
    page.tag("for part in parts")
    write_texts(page)
    page.tag('if part.figures and part.key == "results"')
    _write_work(page)
    _write_means(page)
    _write_decisions(page)
    page.heading("ข้อเสนอแนะที่ตกลงร่วมกับโรงเรียน", 2)
    write_ledger_counts(page)
    page.tag("if report.recommendations")
    page.paragraph("รวมข้อเสนอแนะของภาคเรียนก่อนที่ยังไม่ปิดเมื่อเปิดภาคเรียนนี้", style="Small")
    page.tag("endif")
    page.tag('elif part.figures and part.key == "schools"')
    _write_schools(page)
    page.tag('elif part.figures and part.key == "appendix"')
    page.heading("ชุดเกณฑ์และตัวชี้วัดที่ใช้", 2)
    write_criteria_lines(page, with_bands=True)
    page.heading("วิธีคำนวณ", 2)
    write_how_computed(page)
    page.tag("endif")
    page.tag("endfor")
    write_signers(page)
    write_origin(page)
    return page.content()


def _write_work(page: TemplateWriter) -> None:
    page.heading("การดำเนินงานตามขั้นตอน", 2)
    page.paragraph(
        "ภาคเรียนที่ {{ report.term }} {% if report.cluster %}{{ report.cluster }} มีโรงเรียน{% else %}"
        "{{ report.area.name }} มีโรงเรียนในสังกัด{% endif %} {{ report.figures.schools }} โรงเรียน "
        "เปิดรอบการนิเทศ {{ report.figures.opened }} โรงเรียน "
        "ประเมินตนเองแล้ว {{ report.figures.assessed }} โรงเรียน "
        "ได้รับการนิเทศแล้ว {{ report.figures.visited }} โรงเรียน "
        "ผลการพิจารณาของรอบล่าสุดบรรลุ {{ report.figures.achieved }} โรงเรียน "
        "ไม่บรรลุ {{ report.figures.not_achieved }} โรงเรียน"
        "{% if report.figures.repeated %} และมีโรงเรียนที่ดำเนินการมากกว่า ๑ รอบ "
        "{{ report.figures.repeated }} โรงเรียน{% endif %}"
        "{% if report.observed.times %} ศึกษานิเทศก์สังเกตชั้นเรียน {{ report.observed.times }} ครั้ง "
        "ใน {{ report.observed.schools }} โรงเรียน{% endif %}",
        style="Body Text",
    )
    page.tag("if report.cluster and report.figures.schools < 3")
    page.paragraph(
        "กลุ่มโรงเรียนนี้มีโรงเรียนน้อยกว่า ๓ โรงเรียน ค่าเฉลี่ยในรายงานจึงเป็นผลของโรงเรียนเพียงไม่กี่แห่ง "
        "ไม่ควรใช้เปรียบเทียบกับกลุ่มโรงเรียนอื่น",
        style="Body Text",
    )
    page.tag("endif")
    page.tag("for one in report.needs if one.areas")
    page.paragraph(
        "ความต้องการจำเป็นตามแบบสำรวจ {{ one.period }} ซึ่งตอบ {{ one.schools }} โรงเรียน ที่เร่งด่วนที่สุด คือ "
        "{% for row in one.areas[:3] %}{{ row.area }}"
        "{% if row.index %} (PNI {{ row.index }}){% endif %}"
        "{% if not loop.last %}, {% endif %}{% endfor %}",
        style="Body Text",
    )
    page.tag("endfor")
    write_progress(page, "report.figures")
    page.heading("โรงเรียนที่ยังดำเนินการไม่ครบ", 3)
    page.tag("for step in report.unfinished")
    page.paragraph(
        "**{% if step.number %}รอขั้นที่ {{ step.number }} {% endif %}{{ step.name }}** "
        '({{ step.schools|length }} โรงเรียน): {{ step.schools|join(", ") }}'
    )
    page.tag("else")
    page.paragraph(
        "{% if report.figures.schools %}ทุกโรงเรียนดำเนินการครบทุกขั้นแล้ว"
        "{% else %}ไม่มีโรงเรียนในภาคเรียนนี้{% endif %}"
    )
    page.tag("endfor")


def _write_means(page: TemplateWriter) -> None:
    page.heading("ผลการนิเทศรายมาตรฐาน", 2)
    page.tag("if report.figures.standards")
    write_standards(page, caption="ผลรายมาตรฐาน", rows="report.figures.standards", unit="แห่ง")
    write_levels(page, "report.figures")
    _write_comparison(page)
    write_trends(page)
    page.tag("if not report.cluster")
    write_groups(page, "report.figures.clusters", "กลุ่มโรงเรียน")
    page.tag("endif")
    write_groups(page, "report.figures.sizes", "ขนาดโรงเรียน")
    page.tag("else")
    page.paragraph("ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว")
    page.tag("endif")


def _write_comparison(page: TemplateWriter) -> None:
    page.tag("if report.compared")
    page.caption("ค่าเฉลี่ยจากการนิเทศเทียบกับภาคเรียนก่อน (เฉพาะโรงเรียนที่มีผลทั้งสองภาคเรียน)")
    page.table(
        [
            Column("มาตรฐาน", 6.0),
            Column("{{ report.previous }}", 2.4, True),
            Column("{{ report.term }}", 2.4, True),
            Column("เปลี่ยนแปลง", 2.6, True),
            Column("โรงเรียน", 2.6, True),
        ],
        [
            "for row in report.compared",
            [
                standard_title("row"),
                "{{ row.before }}",
                "{{ row.after }}",
                "{{ row.change }}",
                "{{ row.schools }}",
            ],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ไม่มีผลของภาคเรียนก่อนให้เปรียบเทียบ")
    page.tag("endif")


def _write_decisions(page: TemplateWriter) -> None:
    page.heading("ผลการพิจารณาและวิธีปฏิบัติที่เป็นเลิศ", 2)
    page.tag("if report.meetings")
    page.caption("ผลการพิจารณาตามการประชุม ก.ต.ป.น. (นับทุกรอบของภาคเรียน)")
    page.table(
        [
            Column("การประชุม", 4.0),
            Column("วันที่", 6.0),
            Column("บรรลุ (รอบ)", 3.0, True),
            Column("ไม่บรรลุ (รอบ)", 3.0, True),
        ],
        [
            "for meeting in report.meetings",
            [
                "ครั้งที่ {{ meeting.meeting_no }}",
                "{{ meeting.meeting_on|be_long }}",
                "{{ meeting.achieved }}",
                "{{ meeting.not_achieved }}",
            ],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ยังไม่มีผลการพิจารณาของคณะกรรมการ ก.ต.ป.น.")
    page.tag("endif")
    _write_explained(page)
    page.tag("for one in report.practices")
    page.tag("if loop.first")
    page.heading("วิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก", 3)
    page.tag("endif")
    page.paragraph("{{ one.title }} {{ one.school }} ({{ one.level }})", style="List Bullet")
    page.tag("else")
    page.paragraph("ยังไม่มีวิธีปฏิบัติที่เป็นเลิศที่ได้รับคัดเลือก")
    page.tag("endfor")


def _write_explained(page: TemplateWriter) -> None:
    page.tag("if report.explained")
    page.caption("โรงเรียนที่ไม่บรรลุ หรือพิจารณาต่างจากที่ระบบเสนอ และเหตุผล")
    page.table(
        [Column("โรงเรียน", 4.5), Column("ผลการพิจารณา", 3.0), Column("เหตุผล", 8.5)],
        [
            "for one in report.explained",
            [
                "{{ one.school }}",
                "{{ one.result }} รอบที่ {{ one.round_number }}",
                "{{ one.reason }}{% if one.against_reason %}\nระบบเสนอ “{{ one.proposed }}” "
                "เหตุผลที่พิจารณาต่างออกไป: {{ one.against_reason }}{% endif %}",
            ],
            "endfor",
        ],
    )
    page.tag("endif")


def _write_schools(page: TemplateWriter) -> None:
    page.tag("if report.schools")
    page.caption("ผลรายโรงเรียน ภาคเรียนที่ {{ report.term }} (จำนวนรอบในวงเล็บ เมื่อมากกว่า ๑ รอบ)")
    page.table(
        [
            Column("ที่", 1.0, True),
            Column("โรงเรียน", 4.5),
            Column("x̄", 1.5, True),
            Column("แปลผล", 2.2),
            Column("เทียบภาคเรียนก่อน", 2.0, True),
            Column("ผลการพิจารณา", 2.4),
            Column("ข้อเสนอแนะที่ยังไม่ปิด (เกินกำหนด)", 2.4, True),
        ],
        [
            "for school in report.schools",
            "if not report.cluster and loop.changed(school.cluster)",
            ['**{{ school.cluster or "ไม่ระบุกลุ่มโรงเรียน" }}**'],
            "endif",
            [
                "{{ loop.index }}",
                "{{ school.school }}",
                "{{ school.mean }}",
                f"{{{{ school.meaning {DASH} }}}}",
                "{{ school.change }}",
                "{{ school.result }}{% if school.rounds > 1 %} ({{ school.rounds }}){% endif %}",
                "{{ school.open_advice }}"
                "{% if school.overdue_advice %} ({{ school.overdue_advice }}){% endif %}",
            ],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ไม่มีโรงเรียนในภาคเรียนนี้")
    page.tag("endif")

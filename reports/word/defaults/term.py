"""The Word template of the term report of one school; the words are those of its PDF."""

from reports.word.defaults.parts import (
    DASH,
    METHODS_TEXT,
    write_below_target_note,
    write_introduction,
    write_origin,
    write_practice,
    write_recommendations,
    write_signers,
    write_standards,
    write_summary,
    write_visit,
)
from reports.word.template_writer import Column, TemplateWriter

MEETING = "คณะกรรมการ ก.ต.ป.น. ครั้งที่ {{ %s.meeting_no }} วันที่ {{ %s.meeting_on|be_long }}"


def term_template() -> bytes:
    page = TemplateWriter()
    write_introduction(page, running="{{ report.school }} ภาคเรียนที่ {{ report.term }}")
    _write_masthead(page)
    _write_particulars(page)
    _write_needs(page)
    _write_results(page)
    _write_decision(page)
    page.heading("๕. จุดเด่น จุดควรพัฒนา และแนวทางปรับปรุง", 1)
    page.tag("if report.summary")
    write_summary(page, "report.summary")
    page.tag("else")
    page.paragraph("ยังไม่มีสรุปผลที่โรงเรียนเห็นชอบ")
    page.tag("endif")
    page.heading("๖. ข้อเสนอแนะและการติดตาม", 1)
    write_recommendations(page, names_schools=False)
    _write_steps_signed(page)
    write_signers(page)
    page.tag("if report.photos")
    page.paragraph("ภาพประกอบอยู่ท้ายไฟล์ PDF ของรายงาน", style="Small")
    page.tag("endif")
    write_origin(page)
    return page.content()


def _write_masthead(page: TemplateWriter) -> None:
    page.paragraph("{{ report.area.name }}\n{{ report.area.group_name }}", centred=True)
    page.paragraph("{{ document.title }}\n{{ report.school }}", style="Title")
    repeated = "{% if report.round_number > 1 %} รอบที่ {{ report.round_number }}{% endif %}"
    page.paragraph(f"ภาคเรียนที่ {{{{ report.term }}}}{repeated}", centred=True)
    page.tag("if document.replaces")
    page.paragraph("{{ document.revision }} ใช้แทนรายงานเลขที่ {{ document.replaces }}", centred=True)
    page.tag("endif")
    page.paragraph(
        'เลขที่ {{ document.number or "................" }} '
        'วันที่ {{ document.issued_at|be_long or "................" }}',
        centred=True,
    )


def _write_particulars(page: TemplateWriter) -> None:
    page.heading("๑. ข้อมูลทั่วไปและเกณฑ์ที่ใช้", 1)
    page.particulars(
        [
            ["โรงเรียน", "{{ report.school }}"],
            ["กลุ่มโรงเรียน", '{{ report.cluster or "ไม่ระบุ" }}'],
            ["ภาคเรียนและรอบ", "ภาคเรียนที่ {{ report.term }} รอบที่ {{ report.round_number }}"],
            "for chosen in report.criteria",
            [
                "ชุดเกณฑ์ ตัวชี้วัด",
                "{{ chosen.name }} ฉบับที่ {{ chosen.version }}"
                "{% if chosen.is_sample %} (ตัวอย่าง){% endif %} คณะกรรมการ ก.ต.ป.น. "
                "เห็นชอบในการประชุมครั้งที่ {{ chosen.meeting_no }} "
                "วันที่ {{ chosen.meeting_on|be_long }}",
            ],
            "if loop.last",
            ["มาตราส่วน", '{{ chosen.scale }}: {{ chosen.bands|join(", ") }}'],
            "endif",
            "endfor",
            "for one in report.methods",
            ["เครื่องมือและวิธีการ", METHODS_TEXT],
            "endfor",
        ]
    )
    page.comment("รอบก่อนของภาคเรียนเดียวกันที่ไม่บรรลุ")
    page.tag("for round in report.before")
    page.heading("รอบที่ {{ round.number }}: {{ round.result }}", 2)
    page.paragraph(f"{MEETING.replace('%s', 'round')} เหตุผล: {{{{ round.reason }}}}")
    page.tag("if round.against_reason")
    page.paragraph(
        "ระบบเสนอ “{{ round.proposed }}” เหตุผลที่พิจารณาต่างออกไป: {{ round.against_reason }}"
    )
    page.tag("endif")
    page.paragraph("สิ่งที่ปรับในรอบถัดมา: {{ round.planned_changes }}")
    page.tag("if round.visit")
    write_visit(page, "round.visit")
    page.tag("endif")
    page.tag("endfor")


def _write_needs(page: TemplateWriter) -> None:
    page.heading("๒. สภาพปัญหาและความต้องการของโรงเรียน", 1)
    page.tag("if report.needs")
    page.caption(
        "ระดับสภาพปัญหาและความต้องการ (๑–๕) จากแบบสำรวจที่ส่งเมื่อ {{ report.needs.submitted_on|be_long }}"
    )
    page.table(
        [Column("ด้าน", 10), Column("สภาพปัญหา", 3, True), Column("ความต้องการ", 3, True)],
        [
            "for row in report.needs.rows",
            ["{{ row.area }}", "{{ row.problem }}", "{{ row.need }}"],
            "endfor",
        ],
    )
    page.caption("สิ่งที่ต้องการมากที่สุด")
    page.tag("for wanted in report.needs.wanted")
    page.paragraph("{{ loop.index }}. {{ wanted }}")
    page.tag("endfor")
    page.tag("else")
    page.paragraph("โรงเรียนยังไม่ส่งแบบสำรวจ")
    page.tag("endif")


def _write_results(page: TemplateWriter) -> None:
    page.heading("๓. ผลการประเมินตนเองและผลการนิเทศ", 1)
    page.tag("for visit in report.earlier_visits")
    write_visit(page, "visit")
    page.tag("endfor")
    page.tag("if report.visit")
    write_visit(page, "report.visit")
    page.tag("else")
    page.paragraph("ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว")
    page.tag("endif")
    page.tag("if report.earlier_visits or report.later_visits")
    page.paragraph(
        "คะแนนของศึกษานิเทศก์ในตารางเป็นของการนิเทศครั้งที่ {{ report.visit.number }}"
        "{% if report.decision %} ซึ่งใช้พิจารณาผล{% else %} ซึ่งเป็นครั้งล่าสุด{% endif %}",
        style="Small",
    )
    page.tag("endif")
    _write_scores(page)
    _write_observations(page)
    page.tag("for visit in report.later_visits")
    page.tag("if loop.first")
    page.heading("การนิเทศหลังการพิจารณาผล", 2)
    page.tag("endif")
    write_visit(page, "visit")
    page.tag("endfor")


def _write_scores(page: TemplateWriter) -> None:
    page.tag(
        "if report.overall and (report.overall.own.n or report.overall.own.not_applicable "
        "or report.overall.visit.n or report.overall.visit.not_applicable)"
    )
    write_standards(
        page, caption="ผลการประเมินรายมาตรฐาน", rows="report.standards + [report.overall]", unit="ข้อ"
    )
    page.paragraph(
        "n คือ จำนวนตัวชี้วัดที่ให้ระดับแล้ว x̄ ถ่วงน้ำหนักเมื่อตัวชี้วัดระบุน้ำหนักไว้ ผลต่าง คือ "
        "ค่าเฉลี่ยของศึกษานิเทศก์ลบค่าเฉลี่ยของโรงเรียน",
        style="Small",
    )
    write_below_target_note(page, rows="report.standards")
    _write_indicators(page)
    page.tag("else")
    page.paragraph("ยังไม่มีผลการประเมินตนเองที่โรงเรียนยืนยันแล้ว")
    page.tag("endif")


def _write_indicators(page: TemplateWriter) -> None:
    page.caption("ผลรายตัวชี้วัดและข้อค้นพบ")
    page.table(
        [
            Column("ข้อ", 1.6),
            Column("ตัวชี้วัด", 5.2),
            Column("โรงเรียน", 2.0, True),
            Column("ศน.", 1.3, True),
            Column("ผลต่าง", 1.7, True),
            Column("ข้อค้นพบ", 4.2),
        ],
        [
            "for standard in report.standards",
            [
                "**{% if standard.level %}{{ standard.level }} {% endif %}"
                "มาตรฐานที่ {{ standard.number }} {{ standard.name }}**"
            ],
            "for row in standard.indicators",
            [
                "{{ row.code }}",
                "{{ row.text }}{% if row.weight %} (น้ำหนัก {{ row.weight }}){% endif %}",
                "{% if row.own_set_aside %}ไม่ประเมิน{% else %}{{ row.own }}{% endif %}",
                "{% if row.visit_set_aside %}ไม่ประเมิน{% else %}{{ row.visit }}{% endif %}",
                "{{ row.gap|with_sign }}",
                f"{{{{ row.finding or row.set_aside_reason {DASH} }}}}",
            ],
            "endfor",
            "endfor",
        ],
    )


def _write_observations(page: TemplateWriter) -> None:
    page.tag("if report.observations")
    page.heading("การสังเกตชั้นเรียน", 2)
    page.caption("ผลการสังเกตชั้นเรียนตามแบบสังเกตที่ลงนามแล้ว")
    page.table(
        [
            Column("วันที่", 2.8),
            Column("ชั้น", 1.8),
            Column("วิชาหรือกิจกรรม", 6.4),
            Column("ค่าเฉลี่ย", 2.0, True),
            Column("แปลผล", 3.0),
        ],
        [
            "for seen in report.observations",
            [
                "{{ seen.visit_on|be_short }}",
                "{{ seen.grade }}",
                "{{ seen.subject }}",
                "{{ seen.score.mean }}",
                f"{{{{ seen.score.meaning {DASH} }}}}",
            ],
            *_observed_text("strengths", "จุดเด่น"),
            *_observed_text("improvement_points", "จุดควรพัฒนา"),
            *_observed_text("advice", "ข้อเสนอแนะ"),
            "endfor",
        ],
    )
    page.tag("endif")


def _observed_text(key: str, label: str) -> list[str | list[str]]:
    return [f"if seen.{key}", [f"**{label}:** {{{{ seen.{key} }}}}"], "endif"]


def _write_decision(page: TemplateWriter) -> None:
    page.heading("๔. ผลการพิจารณาและวิธีปฏิบัติที่เป็นเลิศ", 1)
    page.tag("if report.decision")
    page.particulars(
        [
            ["ผลการพิจารณา", "**{{ report.decision.result }}**"],
            ["เหตุผล", "{{ report.decision.reason }}"],
            "if report.decision.against_reason",
            [
                "ต่างจากผลที่ระบบเสนอ",
                "ระบบเสนอ “{{ report.decision.proposed }}” ตามเกณฑ์ของชุดตัวชี้วัด "
                "เหตุผลที่พิจารณาต่างออกไป: {{ report.decision.against_reason }}",
            ],
            "endif",
            ["การประชุม", MEETING.replace("%s", "report.decision")],
        ]
    )
    page.tag("else")
    page.paragraph("ยังไม่พิจารณาผล")
    page.tag("endif")
    page.tag("for practice in report.practices")
    page.heading("วิธีปฏิบัติที่เป็นเลิศ {{ practice.level }}: {{ practice.title }}", 2)
    write_practice(page, "practice")
    page.tag("endfor")


def _write_steps_signed(page: TemplateWriter) -> None:
    page.heading("๗. การยืนยันและลงนามในแต่ละขั้น", 1)
    page.tag("if report.signatures")
    page.caption("ผู้รับผิดชอบในแต่ละขั้นตามที่บันทึกในระบบ")
    page.table(
        [Column("การดำเนินการ", 5.0), Column("ตำแหน่ง", 7.0), Column("วันที่", 4.0)],
        [
            "for line in report.signatures",
            ["{{ line.act }}", f"{{{{ line.capacity {DASH} }}}}", "{{ line.on|be_long }}"],
            "endfor",
        ],
    )
    page.tag("else")
    page.paragraph("ยังไม่มีการยืนยันหรือลงนาม")
    page.tag("endif")

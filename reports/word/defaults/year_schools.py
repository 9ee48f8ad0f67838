"""The results of each school in the Word template of the year-end report."""

from reports.word.defaults.parts import (
    DASH,
    standard_title,
    write_below_target_note,
    write_summary,
)
from reports.word.template_writer import Column, TemplateWriter


def write_schools(page: TemplateWriter) -> None:
    """One section a school, one after another, below the heading of their part."""
    page.tag('if part.figures and part.key == "schools"')
    page.tag("for school in report.schools")
    page.heading("{{ school.school }}", 2)
    page.tag("if school.cluster")
    page.paragraph("{{ school.cluster }}")
    page.tag("endif")
    page.tag("for term in school.terms")
    rounds = "{% if term.rounds > 1 %} (รอบที่ {{ term.rounds }}){% endif %}"
    page.heading(f"ภาคเรียนที่ {{{{ term.term }}}}: {{{{ term.result }}}}{rounds}", 3)
    _write_earlier_rounds(page)
    _write_school_scores(page)
    _write_school_decision(page)
    page.tag("endfor")
    page.tag("endfor")
    page.tag("endif")


def _write_earlier_rounds(page: TemplateWriter) -> None:
    page.tag("for round in term.before")
    page.paragraph(
        "รอบที่ {{ round.number }} {{ round.result }} (ก.ต.ป.น. ครั้งที่ {{ round.meeting_no }}) "
        "เหตุผล: {{ round.reason }}{% if round.against_reason %} ระบบเสนอ “{{ round.proposed }}” "
        "เหตุผลที่พิจารณาต่างออกไป: {{ round.against_reason }}{% endif %} "
        "สิ่งที่ปรับ: {{ round.planned_changes }}"
    )
    for key, label in (("improvement_points", "จุดควรพัฒนา"), ("advice", "ข้อเสนอแนะ")):
        page.tag(f"if round.visit and round.visit.{key}")
        page.paragraph(f"**{label}:** {{{{ round.visit.{key} }}}}")
        page.tag("endif")
    page.tag("endfor")


def _write_school_scores(page: TemplateWriter) -> None:
    page.tag("if term.visit_on")
    page.paragraph(
        "นิเทศวันที่ {{ term.visit_on|be_long }} ({{ term.mode }}) ค่าเฉลี่ยภาพรวม {{ term.mean }}"
        "{% if term.meaning %} ระดับ{{ term.meaning }}{% endif %}"
    )
    page.tag("elif term.rounds")
    page.paragraph("ยังไม่มีบันทึกการนิเทศที่ลงนามแล้ว")
    page.tag("endif")
    page.tag("if term.standards")
    page.table(
        [
            Column("มาตรฐาน", 5.6),
            Column("โรงเรียน x̄", 2.1, True),
            Column("ศน. x̄", 1.8, True),
            Column("แปลผล", 2.3),
            Column("เป้าหมาย", 2.0, True),
            Column("ผล", 2.2),
        ],
        [
            "for row in term.standards",
            [
                standard_title("row"),
                "{{ row.own.mean }}",
                "{{ row.visit.mean }}",
                f"{{{{ row.visit.meaning {DASH} }}}}",
                "{{ row.target }}",
                "{{ row|achieved }}",
            ],
            "endfor",
        ],
    )
    write_below_target_note(page, rows="term.standards")
    page.tag("endif")


def _write_school_decision(page: TemplateWriter) -> None:
    page.tag("if term.decision")
    page.paragraph(
        "เหตุผลของผลการพิจารณา: {{ term.decision.reason }} (ก.ต.ป.น. ครั้งที่ "
        "{{ term.decision.meeting_no }} วันที่ {{ term.decision.meeting_on|be_long }})"
        "{% if term.decision.against_reason %} ระบบเสนอ “{{ term.decision.proposed }}” "
        "เหตุผลที่พิจารณาต่างออกไป: {{ term.decision.against_reason }}{% endif %}"
    )
    page.tag("endif")
    page.tag("if term.summary")
    write_summary(page, "term.summary")
    page.tag("elif term.decision and term.decision.achieved")
    page.paragraph("ยังไม่มีสรุปผลที่โรงเรียนเห็นชอบ")
    page.tag("endif")

"""What pupils reached in tests, in the Word template of the year's report: tables of its book."""

from reports.word.defaults.area_figures import cell_for_each, column_for_each
from reports.word.defaults.parts import DASH
from reports.word.template_writer import Column, TemplateWriter


def write_learning(page: TemplateWriter) -> None:
    """Nothing where there are no results; papers of before template 7 have none."""
    page.tag("if report.learning and report.learning.kinds")
    page.heading("ผลการเรียนรู้ของผู้เรียน", 2)
    page.paragraph(
        "ผลการทดสอบของปีการศึกษาล่าสุดที่มีผล แสดงคู่กับผลการนิเทศเพื่อประกอบการพิจารณา "
        "ไม่ได้แสดงว่าสิ่งใดเป็นเหตุของสิ่งใด"
    )
    page.tag("for kind in report.learning.kinds")
    page.heading("{{ kind.name }}{% if kind.long_name %} {{ kind.long_name }}{% endif %}", 3)
    _write_subjects(page)
    page.tag("if kind.is_from_memory")
    page.paragraph("รายการวิชาและระดับยังไม่ได้เทียบกับเอกสารต้นฉบับ", style="Small")
    page.tag("endif")
    _write_levels(page)
    page.tag("for block in kind.blocks")
    _write_clusters(page)
    _write_years(page)
    page.tag("endfor")
    page.tag("endfor")
    page.paragraph(
        "ค่าเฉลี่ย (x̄) ถ่วงน้ำหนักด้วยจำนวนผู้เข้าสอบ S.D. คิดรวมทุกคนจากโรงเรียนที่ให้ S.D. ไว้ "
        "“จากปีก่อน” เทียบเฉพาะโรงเรียนที่มีผลทั้งสองปี จำนวนโรงเรียนอยู่ในวงเล็บ “ไม่นับ” คือ "
        "โรงเรียนที่มีผู้เข้าสอบน้อยกว่า ๓ คน ซึ่งไม่นำมารวมในตัวเลขใด กลุ่มโรงเรียนเป็นของวันสิ้นปีการศึกษาที่สอบ"
        "{% if report.learning.term %} ผลการนิเทศเป็นของภาคเรียนที่ {{ report.learning.term }}"
        "{% endif %}",
        style="Small",
    )
    page.tag("endif")


def _write_subjects(page: TemplateWriter) -> None:
    page.caption(
        "{{ kind.name }} ปีการศึกษา {{ kind.year }} ของโรงเรียนในสังกัด"
        "{% if kind.is_sample %} (ตัวอย่าง){% endif %}",
        is_counted=True,
    )
    page.tag("if kind.has_means")
    _write_means(page)
    page.tag("else")
    page.table(
        [
            Column("วิชา", 7.6),
            Column("โรงเรียน\n(แห่ง)", 2.8, True),
            Column("เข้าสอบ\n(คน)", 2.8, True),
            Column("ไม่นับ\n(แห่ง)", 2.8, True),
        ],
        [
            "for row in kind.subjects",
            ["{{ row.label }}", "{{ row.schools }}", "{{ row.tested }}", "{{ row.left_out }}"],
            "endfor",
        ],
    )
    page.tag("endif")


def _write_means(page: TemplateWriter) -> None:
    page.table(
        [
            Column("วิชา", 3.5),
            Column("โรงเรียน\n(แห่ง)", 1.8, True),
            Column("เข้าสอบ\n(คน)", 1.8, True),
            Column("x̄", 1.7, True),
            Column("S.D.", 1.7, True),
            Column("จากปีก่อน\n(แห่ง)", 2.3, True),
            Column("ประเทศ", 1.7, True),
            Column("ไม่นับ\n(แห่ง)", 1.5, True),
        ],
        [
            "for row in kind.subjects",
            [
                "{{ row.label }}",
                "{{ row.schools }}",
                "{{ row.tested }}",
                "{{ row.mean }}",
                "{{ row.sd }}",
                f"{{{{ row.change {DASH} }}}}"
                "{% if row.change %} ({{ row.change_schools }}){% endif %}",
                "{{ row.nation }}",
                "{{ row.left_out }}",
            ],
            "endfor",
        ],
    )


def _write_levels(page: TemplateWriter) -> None:
    page.tag('if kind.subjects|selectattr("levels")|list')
    page.caption("ร้อยละของผู้เข้าสอบในแต่ละระดับ {{ kind.name }}")
    page.table(
        [Column("วิชา", 4.5), Column("ระดับและร้อยละ", 11.5)],
        [
            'for row in kind.subjects|selectattr("levels")',
            [
                "{{ row.label }}",
                "{% for level in row.levels %}{{ level.label }} {{ level.percent }}"
                "{% if not loop.last %}, {% endif %}{% endfor %}",
            ],
            "endfor",
        ],
    )
    page.tag("endif")


def _write_clusters(page: TemplateWriter) -> None:
    page.tag("if block.clusters|length > 1")
    page.caption(
        "{{ kind.name }} {{ block.grade }} จำแนกตามกลุ่มโรงเรียน คู่กับผลการนิเทศ (จำนวนโรงเรียนในวงเล็บ)",
        is_counted=True,
    )
    page.table(
        [
            Column("กลุ่มโรงเรียน", 4.0),
            Column("ผลการนิเทศ", 2.0, True),
            *column_for_each("subject in block.subjects", "{{ subject }}", [3.3] * 3),
        ],
        [
            "for row in block.clusters",
            [
                "{{ row.cluster }}",
                f"{{{{ row.visit {DASH} }}}}",
                *cell_for_each(
                    "one in row.means",
                    f"{{{{ one.mean {DASH} }}}}"
                    "{% if one.schools %} ({{ one.schools }}){% endif %}",
                ),
            ],
            "endfor",
        ],
    )
    page.tag("endif")


def _write_years(page: TemplateWriter) -> None:
    page.tag("if block.trend")
    page.caption("ค่าเฉลี่ยรายปีการศึกษา {{ block.trend.title }}")
    page.table(
        [
            Column("วิชา", 4.0),
            *column_for_each("year in block.trend.terms", "{{ year }}", [4.0] * 3),
        ],
        [
            "for line in block.trend.lines",
            ["{{ line.label }}", *cell_for_each("mean in line.means", "{{ mean }}")],
            "endfor",
        ],
    )
    page.tag("endif")

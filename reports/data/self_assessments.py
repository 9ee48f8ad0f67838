"""The overview of self-assessments as a table: the words of the screen, one row a school."""

from schools.core.thai import short_date
from supervision.assessments.overview import SelfAssessmentOverview
from supervision.assessments.progress import SelfAssessmentRow


def self_assessment_export_rows(overview: SelfAssessmentOverview) -> list[dict[str, str]]:
    """The rows that the filters leave, in the order of the screen, by column heading."""
    return [
        {
            "กลุ่มโรงเรียน": group.name,
            "ศึกษานิเทศก์ผู้ดูแล": group.in_charge,
            "โรงเรียน": row.school.name,
            "รอบ": row.round_word,
            "สถานะ": row.stage.word,
            "รายละเอียด": row.detail,
            "กำหนดเสร็จ": short_date(row.due_on) if row.due_on else "",
            "ช้ากว่ากำหนด": row.late_word,
            "เตือนล่าสุด": _reminded(row),
        }
        for group in overview.groups
        for row in group.rows
    ]


def _reminded(row: SelfAssessmentRow) -> str:
    if row.reminder is None:
        return ""
    return f"{short_date(row.reminder.at)} {row.reminder.get_channel_display()}"

"""The friendly word to the schools that have not answered yet, ready to paste into LINE."""

from datetime import date

from django.conf import settings

from schools.core.thai import long_date
from schools.models import Area
from supervision.needs.models import NeedsCampaign
from supervision.needs.results import NeedsResults

REMINDER_CLOSING = "ทำทางโทรศัพท์ได้ บันทึกร่างไว้แล้วกลับมาทำต่อได้\nหากส่งแล้ว ขอขอบคุณเป็นอย่างยิ่ง"


def needs_reminder_text(results: NeedsResults, area: Area, today: date) -> str:
    """Who is still missing, cluster by cluster, and by when; nothing when all have answered."""
    if not results.missing:
        return ""
    campaign = results.campaign
    lines = [
        f"{group.name}: {', '.join(row.school.short_name for row in group.rows)}"
        for group in results.missing_groups
    ]
    return "\n".join(
        [
            "เรียน ผู้อำนวยการโรงเรียนและครูวิชาการ",
            "",
            f"{area.group_name} {area.short_name} ขอความร่วมมือโรงเรียนต่อไปนี้"
            f"ตอบ{campaign} {_by_when(campaign, today)}",
            "",
            *lines,
            "",
            f"เข้าระบบที่ {settings.SITE_URL}",
            REMINDER_CLOSING,
        ]
    )


def _by_when(campaign: NeedsCampaign, today: date) -> str:
    if campaign.closes_on is None:
        return "ในระบบ"
    day = long_date(campaign.closes_on)
    if campaign.has_closed(today):
        return f"ซึ่งครบกำหนดเมื่อวันที่ {day} แล้ว ระบบยังเปิดรับอยู่"
    return f"ภายในวันที่ {day}"

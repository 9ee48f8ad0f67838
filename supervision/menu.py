"""The links at the top of every page, as far as the person's posts reach."""

from django.http import HttpRequest
from django.urls import reverse

from schools.access import Permission, rights_of

# Address, label, and the permissions of which one is enough; none are needed for all.
LINKS = (
    ("home", "งานที่รอคุณ", ()),
    ("notices", "การแจ้งเตือน", ()),
    ("board", "ความก้าวหน้า", (Permission.VIEW_PROGRESS,)),
    ("needs_progress", "ความต้องการ", (Permission.VIEW_AREA,)),
    ("self_assessments", "ประเมินตนเอง", (Permission.VIEW_PROGRESS,)),
    ("directory", "โรงเรียน", (Permission.VIEW_SCHOOL, Permission.KEEP_REGISTRY)),
    ("criteria", "เกณฑ์", (Permission.VIEW_AREA,)),
    ("visits", "การนิเทศ", (Permission.VIEW_SCHOOL,)),
    ("calendar", "ปฏิทิน", (Permission.VIEW_SCHOOL,)),
    ("recommendations", "ข้อเสนอแนะ", (Permission.VIEW_SCHOOL,)),
    ("practices", "วิธีปฏิบัติที่เป็นเลิศ", (Permission.VIEW_SCHOOL,)),
    ("reports", "รายงาน", (Permission.VIEW_SCHOOL,)),
    ("standards", "มาตรฐานงาน", ()),
    ("registry", "ทะเบียน", (Permission.KEEP_REGISTRY,)),
    ("admin:index", "ผู้ดูแลระบบ", (Permission.ADMINISTER,)),
    ("help", "ช่วยเหลือ", ()),
)


def menu(request: HttpRequest) -> dict:
    """Template context: the links this person may follow."""
    if not request.user.is_authenticated or request.user.must_change_password:
        return {"nav": []}
    rights = rights_of(request.user)
    return {
        "nav": [
            {"url": reverse(name), "label": label, "current": request.path == reverse(name)}
            for name, label, needed in LINKS
            if not needed or any(map(rights.allows_anywhere, needed))
        ]
    }

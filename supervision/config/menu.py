"""The links at the top of every page, as far as the person's appointments allow."""

from django.http import HttpRequest
from django.urls import reverse

from schools.access import Permission, rights_of

# Address, label, and the permissions of which one is enough; none are needed for all.
PRIMARY_LINKS = (
    ("overview", "ภาพรวม", (Permission.VIEW_PROGRESS,)),
    ("home", "งานที่รอคุณ", ()),
    ("notices", "การแจ้งเตือน", ()),
    ("board", "ความก้าวหน้า", (Permission.VIEW_PROGRESS,)),
    ("self_assessments", "ประเมินตนเอง", (Permission.VIEW_PROGRESS,)),
    ("directory", "โรงเรียน", (Permission.VIEW_SCHOOL, Permission.EDIT_REGISTRY)),
    ("visits", "การนิเทศ", (Permission.VIEW_SCHOOL,)),
    ("calendar", "ปฏิทิน", (Permission.VIEW_SCHOOL,)),
    ("recommendations", "ข้อเสนอแนะ", (Permission.VIEW_SCHOOL,)),
    ("reports", "รายงาน", (Permission.VIEW_SCHOOL,)),
    ("registry", "ทะเบียน", (Permission.EDIT_REGISTRY,)),
)
# What is needed now and then: a wide screen folds it away so that the first list fits a line.
SECONDARY_LINKS = (
    ("profiles", "ข้อมูลสารสนเทศ", (Permission.VIEW_AREA,)),
    ("needs_progress", "ความต้องการ", (Permission.VIEW_AREA,)),
    ("criteria", "เกณฑ์", (Permission.VIEW_AREA,)),
    ("practices", "วิธีปฏิบัติที่เป็นเลิศ", (Permission.VIEW_SCHOOL,)),
    ("meetings", "การประชุม", (Permission.VIEW_MEETINGS,)),
    ("year_plans", "แผนงาน", (Permission.VIEW_SCHOOL,)),
    ("drives", "ขับเคลื่อนคุณภาพ", (Permission.VIEW_SCHOOL,)),
    ("help_directory", "ใครช่วยเราได้บ้าง", (Permission.VIEW_SCHOOL,)),
    ("dissemination_register", "ทะเบียนเผยแพร่", (Permission.VIEW_AREA,)),
    ("overview_files", "ไฟล์ข้อมูล", (Permission.VIEW_AREA,)),
    ("orders", "คำสั่งและหน้าที่", (Permission.VIEW_AREA,)),
    ("standards", "มาตรฐานงาน", ()),
    ("system_health", "สถานะระบบ", (Permission.ADMINISTER,)),
    ("api_tokens", "โทเคน API", (Permission.ADMINISTER,)),
    ("admin:index", "ข้อมูลอ้างอิง", (Permission.ADMINISTER,)),
    ("help", "ช่วยเหลือ", ()),
)


def menu(request: HttpRequest) -> dict:
    """Template context: the links this person may follow."""
    if not request.user.is_authenticated or request.user.must_change_password:
        return {"nav": []}
    rights = rights_of(request.user)
    # Whose first page is the overview has what waits on a page of its own.
    pages = {"home": "todos"} if rights.allows(Permission.OVERSEE_AREA) else {}
    return {
        "nav": [
            _item(request, pages.get(name, name), label, more=links is SECONDARY_LINKS)
            for links in (PRIMARY_LINKS, SECONDARY_LINKS)
            for name, label, needed in links
            if not needed or any(map(rights.allows_anywhere, needed))
        ]
    }


def _item(request: HttpRequest, name: str, label: str, *, more: bool) -> dict:
    url = reverse(name)
    return {"url": url, "label": label, "current": request.path == url, "more": more}

"""The links at the top of every page, as far as the person's posts reach."""

from django.http import HttpRequest
from django.urls import reverse

from schools.access import Permission, rights_of

LINKS = (
    ("home", "งานที่รอคุณ", None),
    ("board", "ความก้าวหน้า", Permission.VIEW_AREA),
    ("criteria", "เกณฑ์", Permission.VIEW_AREA),
    ("reports", "รายงาน", Permission.VIEW_SCHOOL),
    ("standards", "มาตรฐานงาน", None),
    ("admin:index", "ทะเบียนและผู้ใช้", Permission.ADMINISTER),
    ("help", "ช่วยเหลือ", None),
)


def menu(request: HttpRequest) -> dict:
    """Template context: the links this person may follow."""
    if not request.user.is_authenticated:
        return {"nav": []}
    rights = rights_of(request.user)
    return {
        "nav": [
            {"url": reverse(name), "label": label, "current": request.path == reverse(name)}
            for name, label, needed in LINKS
            if needed is None or rights.allows_anywhere(needed)
        ]
    }

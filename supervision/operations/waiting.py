"""What of the portal itself waits for its administrator."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from schools.access import Permission, can
from schools.models import User
from supervision.cycle.waiting import Waiting
from supervision.cycle.walk import Walk
from supervision.operations.health import Health, checks


def problems_waiting(user: User, walks: Sequence[Walk]) -> list[Waiting]:
    """Only in production: the demonstration makes no backups."""
    if not settings.PRODUCTION or not can(user, Permission.ADMINISTER):
        return []
    problems = [check for check in checks() if check.health != Health.OK]
    if not problems:
        return []
    labels = " · ".join(check.label for check in problems)
    return [Waiting(f"ตรวจสอบสถานะระบบ {len(problems)} เรื่อง", reverse("system_health"), labels)]

"""What of the portal itself waits for its administrator."""

from collections.abc import Sequence

from django.conf import settings
from django.urls import reverse

from schools.access import Permission, can
from schools.models import User
from supervision.cycle.progress import RoundProgress
from supervision.cycle.todos import TodoItem
from supervision.operations.health import HealthStatus, run_health_checks


def health_todos(user: User, all_progress: Sequence[RoundProgress]) -> list[TodoItem]:
    """Only in production: the demonstration makes no backups."""
    if not settings.PRODUCTION or not can(user, Permission.ADMINISTER):
        return []
    problems = [check for check in run_health_checks() if check.health != HealthStatus.OK]
    if not problems:
        return []
    labels = " · ".join(check.label for check in problems)
    return [TodoItem(f"ตรวจสอบสถานะระบบ {len(problems)} เรื่อง", reverse("system_health"), labels)]

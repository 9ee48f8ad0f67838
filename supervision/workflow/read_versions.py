"""Who signs a record signs what they have read: refused where it was changed since.

The page that was read carries the record's version, the page that asks sends it back.
"""

from typing import Any

from schools.core.errors import Outdated
from schools.core.http import SignedInRequest
from supervision.workflow.models import WorkflowModel
from supervision.workflow.queries import last_transition

CHANGED_SINCE = "มีการแก้ไขหลังจากที่คุณเปิดหน้านี้ โปรดอ่านอีกครั้งก่อน แล้วจึงดำเนินการ"


def record_version(record: WorkflowModel) -> str:
    """The newest line of the record's log: each change that is logged makes another version."""
    last = last_transition(record)
    return str(last.pk) if last else ""


def ensure_as_read(now: str, read: str | None) -> None:
    """Raises Outdated where a record's version is not the one that was read.

    The record is locked. None stands for an act that no page asked for, as in the demonstration.
    """
    if read is not None and read != now:
        raise Outdated(CHANGED_SINCE)


def posted_version(request: SignedInRequest) -> str:
    """The version that was read, as the page that asked sends it back; empty without one."""
    return request.POST.get("version", "")


def version_context(request: SignedInRequest, now: str) -> dict[str, Any]:
    """What components/confirm_read.html carries: the version of the page that led to it.

    After a refusal it is the present one, which the person has then been told to read.
    """
    read = now if request.method == "POST" else request.GET.get("version", now)
    return {"version_read": read}

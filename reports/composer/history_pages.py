"""What was ever written in a part of a report, and the ways back to it."""

from dataclasses import dataclass
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from reports.composer.actions import (
    restore_draft,
    restore_part_version,
)
from reports.composer.markup import text_blocks
from reports.composer.models import CompositionPart, PartVersion
from reports.composer.queries import part_history
from reports.composer.written_report import (
    WrittenReport,
    authorship,
    get_report_to_change,
    get_report_to_write,
    get_written_report,
)
from reports.data.schema import TextBlock
from schools.core.confirmation import confirm_action
from schools.core.forms import redirect_with_message
from schools.core.http import SignedInRequest
from schools.models import User


def compose_history(request: SignedInRequest, key: str, **address: int) -> HttpResponse:
    """The texts that people wrote in a part, newest first."""
    report = get_written_report(request, address)
    part = report.part(key)
    context = {
        "report": report,
        "part": part,
        "heading": report.heading(part),
        "part_url": report.url("compose_part", key=part.key),
        "authorship": authorship(part),
        "entries": _entries(report, part),
    }
    return render(request, "reports/composer/history.html", context)


@dataclass(frozen=True)
class PartHistoryEntry:
    """A text of the history; `is_current` marks the one that the part has now."""

    version: PartVersion
    blocks: list[TextBlock]
    is_current: bool
    restore_url: str


def _entries(report: WrittenReport, part: CompositionPart) -> list[PartHistoryEntry]:
    versions = list(part_history(part)) if part.pk else []
    in_use = (version for version in versions if not version.is_set_aside)
    current = next(in_use, None)
    return [
        PartHistoryEntry(
            version,
            text_blocks(version.text, report.sources.values),
            version == current,
            report.url("compose_restore_version", key=part.key, version=version.pk),
        )
        for version in versions
    ]


@require_POST
def compose_restore_version(
    request: SignedInRequest, key: str, version: int, **address: int
) -> HttpResponse:
    """Make an earlier text the part's text again; today's stays in the history."""
    report = get_report_to_write(request, address)
    earlier = get_object_or_404(part_history(report.part(key)), pk=version)
    restore_part_version(earlier, by=request.user)
    return redirect_with_message(
        request, "นำข้อความเดิมกลับมาใช้แล้ว", report.url("compose_part", key=key)
    )


def compose_restore_draft(request: SignedInRequest, key: str, **address: int) -> HttpResponse:
    """Ask, then begin the part again with the system's draft."""
    report = get_report_to_change(request, address)
    part = report.part(key)
    return confirm_action(
        request,
        partial(_restore_draft, part, by=request.user),
        cancel_url=report.url("compose_part", key=key),
        success_message="เริ่มจากร่างของระบบใหม่แล้ว",
        heading=f"เริ่ม{report.heading(part).title}จากร่างของระบบใหม่",
        effects=[
            "ส่วนนี้กลับเป็นข้อความที่ระบบร่างจากข้อมูลขณะนี้ และเปลี่ยนตามข้อมูลจนกว่าจะมีผู้แก้ไข",
            "ข้อความที่เขียนไว้ยังอยู่ในประวัติของส่วนนี้ และนำกลับมาใช้ได้",
        ],
        submit_label="เริ่มจากร่างของระบบ",
    )


def _restore_draft(part: CompositionPart, *, by: User) -> None:
    restore_draft(part, by=by)

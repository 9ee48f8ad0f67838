"""What can be done with the letter that announces a visit."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from reports.papers.enums import VisitNoticeAction
from reports.papers.models import VisitNotice
from reports.papers.notice_draft import appointment_text
from schools.core.errors import ActionRefused
from schools.models import User
from supervision.notices.enums import NoticeKind
from supervision.notices.news import NewsRecord
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.workflow.actions import start, transition

OUTDATED = "นัดหมายเปลี่ยนหลังร่างหนังสือ โปรดตรวจข้อความให้ตรงกับนัดหมาย แล้วบันทึกอีกครั้ง"

VISIT_NOTICE_NEWS = NewsRecord(
    VisitNotice,
    NoticeKind.VISIT,
    page="announced_visit",
    silent=(VisitNoticeAction.WRITE, VisitNoticeAction.UPDATE),
)


@transaction.atomic
def save_visit_notice(visit: Visit, *, by: User, **words: Any) -> VisitNotice:
    """Keep the letter's words, which the visit as it stands now is noted with.

    Raises ActionRefused for a letter that the school has: it is recalled first.
    """
    visit.round.lock()
    words["appointment"] = appointment_text(visit)
    notice = VisitNotice.objects.filter(visit=visit).first()
    if notice is None:
        notice = VisitNotice(visit=visit, **words)
        start(notice, VisitNoticeAction.WRITE, by=by)
    else:
        transition(notice, VisitNoticeAction.UPDATE, by=by, **words)
    return notice


@transaction.atomic
def send_visit_notice(notice: VisitNotice, *, by: User) -> None:
    """Let the school read the letter. Raises ActionRefused where the appointment changed since."""
    notice.visit.round.lock()
    ensure_notice_is_current(notice)
    now = timezone.now()
    transition(notice, VisitNoticeAction.SEND, by=by, sent_at=now, sent_by=by)


def recall_visit_notice(notice: VisitNotice, *, by: User, reason: str) -> None:
    """Take the letter back to write it anew; the school reads the reason."""
    facts = {"sent_at": None, "sent_by": None}
    transition(notice, VisitNoticeAction.RECALL, by=by, reason=reason, **facts)


def is_notice_outdated(notice: VisitNotice) -> bool:
    """Whether a planned visit was changed after its letter was written."""
    visit = notice.visit
    return visit.state == VisitState.PLANNED and notice.appointment != appointment_text(visit)


def ensure_notice_is_current(notice: VisitNotice) -> None:
    """Raises ActionRefused for a letter of an appointment that was changed since."""
    if is_notice_outdated(notice):
        raise ActionRefused(f"{notice.visit.round.school.name}: {OUTDATED}")

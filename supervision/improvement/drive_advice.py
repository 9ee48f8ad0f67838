"""Recommendations of a quality drive: support promised in an agreement, advice of mentoring."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.registry import Registry
from schools.models import School, User
from supervision.improvement.actions import check_is_new_advice
from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationAction
from supervision.improvement.models import Recommendation
from supervision.visits.models import Visit
from supervision.workflow.actions import start


@dataclass(frozen=True)
class DriveAdviceSource:
    """The agreement or report that a recommendation of a drive stands in, and its page.

    What is `binding` was signed by both sides, and ends only with what they signed.
    """

    label: str
    url: str
    binding: bool = False


# Higher apps answer where a recommendation stands, or None for one that is not theirs.
drive_advice_sources: Registry[str, Callable[[Recommendation], DriveAdviceSource | None]] = (
    Registry("recommendations of a quality drive")
)


@transaction.atomic
def record_drive_advice(
    *,
    school: School,
    by: User,
    text: str,
    assignee: Assignee,
    due_on: date,
    origin_detail: str,
    is_sample: bool,
    visit: Visit | None = None,
) -> Recommendation:
    """Put one recommendation of a drive into the ledger, in force from now on.

    `origin_detail` says which agreement or mentoring visit it comes from; `visit` is the visit at
    which it was given. Raises ActionRefused for one that is there already, and at a school that
    has closed.
    """
    School.objects.select_for_update().get(pk=school.pk)
    if not school.is_open_on(timezone.localdate()):
        raise ActionRefused(f"{school} ยุบหรือรวมแล้ว จึงบันทึกข้อเสนอแนะใหม่ไม่ได้")
    facts = {"text": text.strip(), "assignee": assignee, "due_on": due_on}
    origin = {"origin": AdviceOrigin.QUALITY_DRIVE, "origin_detail": origin_detail}
    check_is_new_advice(Recommendation.objects.filter(school=school, **origin), facts)
    recommendation = Recommendation(
        school=school,
        origin_is_sample=is_sample,
        visit=visit,
        agreed_at=timezone.now(),
        **origin,
        **facts,
    )
    start(recommendation, RecommendationAction.RECORD_FROM_DRIVE, by=by)
    return recommendation


def drive_advice_source(recommendation: Recommendation) -> DriveAdviceSource | None:
    """Where a recommendation of a drive stands; None for one of another origin."""
    if not recommendation.is_of_drive:
        return None
    found = (source(recommendation) for source in drive_advice_sources)
    return next((one for one in found if one), None)


def check_can_withdraw_advice(recommendation: Recommendation) -> None:
    """Raises ActionRefused for what both sides have signed: it ends with their agreement."""
    source = drive_advice_source(recommendation)
    if source and source.binding:
        raise ActionRefused(
            f"ข้อนี้เป็นการสนับสนุนที่ให้ไว้ใน{source.label} จึงถอนจากทะเบียนไม่ได้ "
            "หากต้องเปลี่ยน โปรดจัดทำบันทึกข้อตกลงฉบับใหม่"
        )

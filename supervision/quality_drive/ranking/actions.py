"""What the office does with an order of schools: computes, shows to schools, records the word."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.models import User
from supervision.committees.meeting_field import check_meeting_decides
from supervision.committees.models import Meeting
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import (
    QualityDrive,
    Ranking,
    RankingObjection,
    RankingPlace,
)
from supervision.quality_drive.ranking.enums import ObjectionState, RankingAction, RankingState
from supervision.quality_drive.ranking.inputs import RankingInputs, as_decimal, inputs_to_json
from supervision.quality_drive.ranking.lists import RankingLine, compute_lists
from supervision.quality_drive.ranking.loading import load_ranking_inputs
from supervision.workflow.actions import start, transition

REASON_FOR_NEW_ORDER = "โปรดระบุเหตุผลที่คำนวณใหม่"


@transaction.atomic
def compute_ranking(drive: QualityDrive, *, by: User, reason: str = "") -> Ranking:
    """Freeze today's figures and put the schools in order; replaces an order that is there.

    Raises ActionRefused unless the drive is at work and its weights sum to 100, once ก.ต.ป.น. has
    confirmed an order, and for an order that is replaced without a reason.
    """
    drive = QualityDrive.objects.select_for_update(of=("self",)).get(pk=drive.pk)
    if drive.state != DriveState.ENDORSED:
        raise ActionRefused("คำนวณลำดับได้เมื่อ ก.ต.ป.น. เห็นชอบการขับเคลื่อนแล้ว และยังไม่สิ้นสุดการขับเคลื่อนของปี")
    version = _replace_order_in_use(drive, by=by, reason=reason)
    inputs = load_ranking_inputs(drive, timezone.localdate())
    ranking = Ranking(
        drive=drive,
        version=version,
        inputs=inputs_to_json(inputs),
        computed_at=timezone.now(),
        computed_by=by,
        is_sample=drive.is_sample,
    )
    start(ranking, RankingAction.COMPUTE, by=by, reason=reason)
    RankingPlace.objects.bulk_create(places_of(ranking, inputs))
    return ranking


def _replace_order_in_use(drive: QualityDrive, *, by: User, reason: str) -> int:
    """The number of the order that comes next."""
    orders = Ranking.objects.filter(drive=drive).order_by("-version")
    last = orders.first()
    if last is None:
        return 1
    if last.state == RankingState.FINAL:
        raise ActionRefused("ก.ต.ป.น. รับรองลำดับของปีนี้แล้ว จึงคำนวณใหม่ไม่ได้")
    if not reason.strip():
        raise ActionRefused(field_errors={"reason": REASON_FOR_NEW_ORDER})
    transition(last, RankingAction.REPLACE, by=by, reason=reason)
    return last.version + 1


def places_of(ranking: Ranking, inputs: RankingInputs) -> list[RankingPlace]:
    """The rows of an order, not saved yet: the same inputs always give the same rows."""
    return [_place(ranking, line) for line in compute_lists(inputs)]


def _place(ranking: Ranking, line: RankingLine) -> RankingPlace:
    facts: dict[str, Any] = {"why_not": line.why_not}
    if line.placing:
        found = line.placing
        facts = {
            "place": found.place,
            "highest": found.highest,
            "lowest": found.lowest,
            "group": found.group,
            "score": as_decimal(found.score),
        }
    return RankingPlace(
        ranking=ranking,
        school_id=line.school.pk,
        list=line.kind,
        size_group=line.school.size_group,
        out_of=line.out_of,
        detail=_detail(line),
        **facts,
    )


def _detail(line: RankingLine) -> dict[str, Any]:
    """Figures in hundredths by dimension, and what explains the place."""
    return {
        "figures": dict(line.figures),
        "medians": dict(line.medians),
        "moves": [vars(move) for move in line.moves],
    }


@transaction.atomic
def show_ranking(ranking: Ranking, *, by: User, objections_until: date) -> None:
    """Let each school see its own place, and object to it until the day.

    Raises ActionRefused for a day that is not after today, and where weights and targets are not
    those by which the order was computed.
    """
    drive = QualityDrive.objects.select_for_update(of=("self",)).get(pk=ranking.drive_id)
    check_can_be_shown(ranking, drive)
    if objections_until <= timezone.localdate():
        raise ActionRefused(
            field_errors={"objections_until": "วันสุดท้ายที่รับข้อทักท้วงต้องอยู่หลังวันนี้ โปรดเลือกวันอื่น"}
        )
    transition(ranking, RankingAction.SHOW, by=by, objections_until=objections_until)


def check_can_be_shown(ranking: Ranking, drive: QualityDrive) -> None:
    """Raises ActionRefused unless ก.ต.ป.น. endorsed what the order was computed by, and no other.

    A drive that was opened again may have other weights since.
    """
    if drive.state != DriveState.ENDORSED:
        raise ActionRefused(
            "แจ้งลำดับแก่โรงเรียนได้เมื่อ ก.ต.ป.น. เห็นชอบการขับเคลื่อนแล้ว และยังไม่สิ้นสุดการขับเคลื่อนของปี"
        )
    if drive.endorsed_at and drive.endorsed_at > ranking.computed_at:
        raise ActionRefused(
            "ก.ต.ป.น. เห็นชอบน้ำหนักและค่าเป้าหมายใหม่หลังคำนวณลำดับนี้ โปรดคำนวณลำดับใหม่ก่อนแจ้งโรงเรียน"
        )


@transaction.atomic
def finish_ranking(ranking: Ranking, *, by: User, meeting: Meeting) -> None:
    """Record that a meeting of ก.ต.ป.น. confirmed the order.

    Raises ActionRefused while objections are unanswered or may still come, or where the meeting
    was held before schools could no longer object.
    """
    ranking = Ranking.objects.select_for_update(of=("self",)).get(pk=ranking.pk)
    check_meeting_decides(meeting)
    _check_objections_are_over(ranking, meeting)
    transition(ranking, RankingAction.FINISH, by=by, meeting=meeting)


def _check_objections_are_over(ranking: Ranking, meeting: Meeting) -> None:
    waiting = open_objections(ranking.drive)
    if waiting:
        raise ActionRefused(
            f"ยังมีข้อทักท้วงที่ยังไม่ตอบ {len(waiting)} เรื่อง โปรดตอบให้ครบก่อนบันทึกมติรับรอง", missing=waiting
        )
    if ranking.objections_until and meeting.held_on <= ranking.objections_until:
        raise ActionRefused(
            field_errors={
                "meeting": "การประชุมที่รับรองต้องจัดหลังวันสุดท้ายที่โรงเรียนทักท้วงได้ โปรดเลือกการประชุมอื่น"
            }
        )


def open_objections(drive: QualityDrive) -> list[RankingObjection]:
    """Those that wait for the office's answer, whichever order of the drive they are about."""
    rows = RankingObjection.objects.filter(ranking__drive=drive, state=ObjectionState.SUBMITTED)
    return list(rows.select_related("school", "ranking").order_by("submitted_at", "pk"))

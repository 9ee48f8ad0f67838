"""The order of schools for the office: computed, read, shown to schools, confirmed by ก.ต.ป.น."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm, ReasonForm, post_data
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.core.url_cache import cached_url
from supervision.committees.meeting_field import MeetingForm
from supervision.quality_drive.models import QualityDrive, Ranking, RankingObjection
from supervision.quality_drive.ranking import actions
from supervision.quality_drive.ranking.enums import (
    ObjectionState,
    RankingAction,
    RankingList,
    RankingState,
)
from supervision.quality_drive.ranking.figures import LEAST_KNOWN
from supervision.quality_drive.ranking.listing import ranking_listing
from supervision.quality_drive.ranking.placing import SWING
from supervision.quality_drive.ranking.queries import drive_of_year, orders_in_use
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

SCHOOLS_PER_PAGE = 50
RANKING_PILLS = {
    RankingState.COMPUTED: StatusKind.YOURS,
    RankingState.SHOWN: StatusKind.WAITING,
    RankingState.FINAL: StatusKind.DONE,
    RankingState.REPLACED: StatusKind.IDLE,
}
OBJECTION_PILLS = {
    ObjectionState.SUBMITTED: StatusKind.YOURS,
    ObjectionState.CORRECTED: StatusKind.DONE,
    ObjectionState.KEPT: StatusKind.DONE,
    ObjectionState.WITHDRAWN: StatusKind.IDLE,
}


class ShowRankingForm(PortalForm):
    """Until which day schools may object."""

    objections_until = BuddhistDateField(label="รับข้อทักท้วงถึงวันที่")


def ranking_page(request: SignedInRequest, year: int) -> HttpResponse:
    """One list of the order in use, its objections, and how it is reckoned."""
    require(request.user, Permission.VIEW_RANKING)
    drive = drive_of_year(request.user, year)
    ranking = orders_in_use(drive).first()
    may_manage = can(request.user, Permission.MANAGE_DRIVE)
    if ranking is None:
        context = {"drive": drive, "may_manage": may_manage}
        return render(request, "quality_drive/ranking/none.html", context)
    today, objections = timezone.localdate(), _objections(drive)
    listing = ranking_listing(ranking, request.GET.dict(), today)
    context = {
        "drive": drive,
        "ranking": ranking,
        "kind": RANKING_PILLS[RankingState(ranking.state)],
        "listing": listing,
        "form": listing.form,
        "page": Paginator(listing.placed, SCHOOLS_PER_PAGE).get_page(request.GET.get("page")),
        "lists": list(RankingList),
        "objections": objections,
        "may_manage": may_manage and ranking.state != RankingState.FINAL,
        "may_finish": can(request.user, Permission.RESOLVE_DRIVE)
        and _may_be_finished(ranking, objections, today),
        "swing": SWING,
        "least_known": LEAST_KNOWN,
        "history": workflow_history(ranking),
    }
    return render(request, "quality_drive/ranking/ranking.html", context)


def _objections(drive: QualityDrive) -> list[tuple[RankingObjection, StatusKind]]:
    """Of all orders of the year, those that wait first."""
    rows = RankingObjection.objects.filter(ranking__drive=drive).select_related("school")
    ordered = sorted(
        rows, key=lambda one: (one.state != ObjectionState.SUBMITTED, one.submitted_at)
    )
    return [(one, OBJECTION_PILLS[ObjectionState(one.state)]) for one in ordered]


def _may_be_finished(
    ranking: Ranking, objections: Iterable[tuple[RankingObjection, StatusKind]], today: date
) -> bool:
    """Whether schools were told and no objection may come or waits any more."""
    waits = any(one.state == ObjectionState.SUBMITTED for one, _ in objections)
    is_told = ranking.state == RankingState.SHOWN
    return is_told and not waits and not ranking.takes_objections_on(today)


def ranking_compute(request: SignedInRequest, year: int) -> HttpResponse:
    """Asks before the order is computed; for one that replaces another also why."""
    require(request.user, Permission.MANAGE_DRIVE)
    drive = drive_of_year(request.user, year)
    present = orders_in_use(drive).first()
    if present:
        ensure_allowed(present, RankingAction.REPLACE)
    form = ReasonForm(post_data(request), required=actions.REASON_FOR_NEW_ORDER)
    effects = [
        "ระบบเก็บข้อมูลของทุกโรงเรียนในขณะนี้ไว้เป็นฐานของการจัดลำดับครั้งนี้",
        "โรงเรียนยังไม่เห็นลำดับ จนกว่าจะแจ้งผลแก่โรงเรียน",
    ]
    if present and present.is_told:
        effects.append("ลำดับที่แจ้งโรงเรียนไว้จะเลิกแสดง ข้อทักท้วงและคำตอบเดิมยังอยู่")
    return confirm_action(
        request,
        partial(actions.compute_ranking, drive, by=request.user),
        form=form if present else None,
        success_message="คำนวณลำดับแล้ว",
        cancel_url=cached_url("ranking", year),
        heading=f"คำนวณลำดับ{'ใหม่' if present else ''} ปีการศึกษา {year}",
        effects=effects,
        submit_label="คำนวณลำดับ",
    )


def ranking_show(request: SignedInRequest, year: int) -> HttpResponse:
    """Asks before each school sees its own place."""
    require(request.user, Permission.MANAGE_DRIVE)
    ranking = _order_in_use(request, year)
    ensure_allowed(ranking, RankingAction.SHOW)
    actions.check_can_be_shown(ranking, ranking.drive)
    return confirm_action(
        request,
        partial(actions.show_ranking, ranking, by=request.user),
        form=ShowRankingForm(post_data(request)),
        success_message="แจ้งผลแก่โรงเรียนแล้ว",
        cancel_url=ranking.get_absolute_url(),
        heading="แจ้งผลการจัดลำดับแก่โรงเรียน",
        effects=[
            "แต่ละโรงเรียนเห็นเฉพาะลำดับ คะแนน และเหตุผลของตนเอง ไม่เห็นของโรงเรียนอื่น",
            "ผู้อำนวยการโรงเรียนทักท้วงได้ถึงวันที่กำหนด",
        ],
        submit_label="แจ้งผลแก่โรงเรียน",
    )


def ranking_finish(request: SignedInRequest, year: int) -> HttpResponse:
    """Records the meeting that confirmed the order."""
    require(request.user, Permission.RESOLVE_DRIVE)
    ranking = _order_in_use(request, year)
    ensure_allowed(ranking, RankingAction.FINISH)
    return confirm_action(
        request,
        partial(actions.finish_ranking, ranking, by=request.user),
        form=MeetingForm(post_data(request)),
        success_message="บันทึกมติรับรองลำดับแล้ว",
        cancel_url=ranking.get_absolute_url(),
        heading="บันทึกมติ ก.ต.ป.น. รับรองลำดับ",
        effects=[
            "โรงเรียนยังเห็นเฉพาะลำดับของตนเอง ไม่มีการเผยแพร่ลำดับ",
            "รายงานการประชุมระบุเพียงว่าที่ประชุมรับรองการจัดลำดับ ไม่มีลำดับของโรงเรียน",
        ],
        irreversible="เมื่อรับรองแล้วคำนวณใหม่ไม่ได้",
        submit_label="บันทึกมติ",
    )


def _order_in_use(request: SignedInRequest, year: int) -> Ranking:
    return get_object_or_404(orders_in_use(drive_of_year(request.user, year)))

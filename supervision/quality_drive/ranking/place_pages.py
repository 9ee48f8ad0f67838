"""A school's own place, and its objection to it, for the school and for the office."""

from collections.abc import Iterable
from functools import partial

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, post_data
from schools.core.http import SignedInRequest
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.quality_drive.models import (
    QualityDrive,
    Ranking,
    RankingObjection,
    RankingPlace,
)
from supervision.quality_drive.ranking import objection_actions as actions
from supervision.quality_drive.ranking.enums import ObjectionAction, ObjectionState
from supervision.quality_drive.ranking.pages import OBJECTION_PILLS
from supervision.quality_drive.ranking.placing import SWING
from supervision.quality_drive.ranking.queries import drive_of_year, orders_in_use, replaced_orders
from supervision.quality_drive.ranking.school_places import LEAST_OTHERS, school_places
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

LONGEST_OBJECTION = 4000


class ObjectionForm(PortalForm):
    """What the school objects to."""

    text = forms.CharField(
        label="ข้อทักท้วง",
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea,
        help_text="ระบุว่าข้อมูลใดไม่ถูกต้อง และหลักฐานที่สำนักงานตรวจสอบได้",
        error_messages={"required": "โปรดพิมพ์ข้อทักท้วง ว่าข้อมูลใดไม่ถูกต้องเพราะเหตุใด"},
    )


class ObjectionAnswerForm(PortalForm):
    """What the office answers."""

    answer = forms.CharField(
        label="คำตอบถึงโรงเรียน",
        max_length=LONGEST_OBJECTION,
        widget=forms.Textarea,
        help_text="โรงเรียนอ่านข้อความนี้ โปรดไม่กล่าวถึงผลของโรงเรียนอื่น",
        error_messages={"required": "โปรดพิมพ์คำตอบพร้อมเหตุผล"},
    )


# --- The place ---


def own_place(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """Where the school stands in each list; before schools were told, only that it waits."""
    school = _school(request, pk)
    drive = drive_of_year(request.user, year)
    of_office = can(request.user, Permission.VIEW_RANKING)
    rows = _visible_places(request.user, drive, school)
    ranking = rows[0].ranking if rows else None
    told_before = replaced_orders(drive).filter(objections_until__isnull=False)
    objections = RankingObjection.objects.visible_to(request.user).filter(
        school=school, ranking__drive=drive
    )
    context = {
        "school": school,
        "drive": drive,
        "ranking": ranking,
        "is_recomputed": ranking is None and told_before.exists(),
        "places": school_places(rows, of_office=of_office),
        "objections": [(one, OBJECTION_PILLS[ObjectionState(one.state)]) for one in objections],
        "may_object": ranking is not None
        and _may_object(request.user, ranking, school, objections),
        "of_office": of_office,
        "least_others": LEAST_OTHERS,
        "swing": SWING,
    }
    return render(request, "quality_drive/ranking/own_place.html", context)


def _school(request: SignedInRequest, pk: int) -> School:
    school = get_object_or_404(School.objects.visible_to(request.user), pk=pk)
    if not can(request.user, Permission.VIEW_RANKING):
        require(request.user, Permission.VIEW_OWN_PLACE, school.pk)
    return school


def _visible_places(user: User, drive: QualityDrive, school: School) -> list[RankingPlace]:
    ranking = orders_in_use(drive).first()
    if ranking is None:
        return []
    return list(ranking.places.visible_to(user).filter(school=school))


def _may_object(
    user: User, ranking: Ranking, school: School, objections: Iterable[RankingObjection]
) -> bool:
    """Whether the person may object now, and nothing of the school's waits for an answer."""
    waits = any(
        one.ranking_id == ranking.pk and one.state == ObjectionState.SUBMITTED for one in objections
    )
    allowed = can(user, Permission.OBJECT_TO_PLACE, school.pk)
    return allowed and not waits and ranking.takes_objections_on(timezone.localdate())


# --- The objection ---


def place_object(request: SignedInRequest, year: int, pk: int) -> HttpResponse:
    """The school's objection is written and submitted."""
    school = _school(request, pk)
    require(request.user, Permission.OBJECT_TO_PLACE, school.pk)
    drive = drive_of_year(request.user, year)
    rows = _visible_places(request.user, drive, school)
    if not rows:
        raise PermissionDenied
    actions.check_takes_objections(rows[0].ranking)
    return confirm_action(
        request,
        partial(actions.submit_ranking_objection, rows[0].ranking, school, by=request.user),
        form=ObjectionForm(post_data(request)),
        success_message="ยื่นข้อทักท้วงแล้ว",
        cancel_url=cached_url("own_place", year, school.pk),
        heading="ยื่นข้อทักท้วงลำดับของโรงเรียน",
        effects=["สำนักงานตรวจสอบและตอบก่อน ก.ต.ป.น. รับรองลำดับ", "โรงเรียนอื่นไม่เห็นข้อทักท้วงนี้"],
        submit_label="ยื่นข้อทักท้วง",
    )


def ranking_objection(request: SignedInRequest, pk: int) -> HttpResponse:
    """The objection with the figures that it is about, and its answer."""
    objection = _objection(request, pk)
    school, waits = objection.school_id, objection.state == ObjectionState.SUBMITTED
    of_office = can(request.user, Permission.VIEW_RANKING)
    rows = objection.ranking.places.filter(school=school)
    context = {
        "objection": objection,
        "kind": OBJECTION_PILLS[ObjectionState(objection.state)],
        "places": school_places(rows, of_office=of_office),
        "of_office": of_office,
        "least_others": LEAST_OTHERS,
        "may_answer": waits and can(request.user, Permission.MANAGE_DRIVE),
        "may_withdraw": waits and can(request.user, Permission.OBJECT_TO_PLACE, school),
        "newer": actions.corrected_ranking(objection) if of_office and waits else None,
        "history": workflow_history(objection),
    }
    return render(request, "quality_drive/ranking/objection.html", context)


def _objection(request: SignedInRequest, pk: int) -> RankingObjection:
    rows = RankingObjection.objects.visible_to(request.user).select_related(
        "school", "ranking__drive__academic_year", "corrected_in__drive__academic_year"
    )
    return get_object_or_404(rows, pk=pk)


def objection_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    objection = _objection(request, pk)
    require(request.user, Permission.OBJECT_TO_PLACE, objection.school_id)
    ensure_allowed(objection, ObjectionAction.WITHDRAW)
    return confirm_action(
        request,
        partial(actions.withdraw_ranking_objection, objection, by=request.user),
        success_message="ถอนข้อทักท้วงแล้ว",
        cancel_url=objection.get_absolute_url(),
        heading="ถอนข้อทักท้วง",
        effects=["สำนักงานไม่ต้องตอบเรื่องนี้", "ยื่นใหม่ได้ภายในวันที่กำหนด"],
        submit_label="ถอนข้อทักท้วง",
    )


def objection_correct(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office answers that it corrected what the order rests on."""
    objection = _objection_to_answer(request, pk, ObjectionAction.CORRECT)
    if actions.corrected_ranking(objection) is None:
        raise ActionRefused(actions.COMPUTE_FIRST)
    return confirm_action(
        request,
        partial(actions.answer_by_correction, objection, by=request.user),
        form=ObjectionAnswerForm(post_data(request)),
        success_message="ตอบข้อทักท้วงแล้ว",
        cancel_url=objection.get_absolute_url(),
        heading=f"ตอบว่าแก้ไขตามที่ทักท้วง {objection.school.short_name}",
        effects=["คำตอบอ้างถึงลำดับที่คำนวณใหม่", "โรงเรียนเห็นลำดับใหม่เมื่อแจ้งผลแก่โรงเรียนแล้ว"],
        submit_label="บันทึกคำตอบ",
    )


def objection_keep(request: SignedInRequest, pk: int) -> HttpResponse:
    """The office answers that the place stays, and why."""
    objection = _objection_to_answer(request, pk, ObjectionAction.KEEP)
    return confirm_action(
        request,
        partial(actions.answer_by_keeping, objection, by=request.user),
        form=ObjectionAnswerForm(post_data(request)),
        success_message="ตอบข้อทักท้วงแล้ว",
        cancel_url=objection.get_absolute_url(),
        heading=f"ตอบว่าคงผลเดิม {objection.school.short_name}",
        effects=["โรงเรียนเห็นคำตอบและเหตุผลทันที"],
        submit_label="บันทึกคำตอบ",
    )


def _objection_to_answer(
    request: SignedInRequest, pk: int, action: ObjectionAction
) -> RankingObjection:
    objection = _objection(request, pk)
    require(request.user, Permission.MANAGE_DRIVE)
    ensure_allowed(objection, action)
    return objection

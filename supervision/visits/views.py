"""A visit's page, and what its leader and the school do with the record."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from schools.access import Permission, can, require
from schools.forms import ReasonForm, saved_tag, typed
from schools.models import User
from supervision.assessments.late_edits import late_words_of
from supervision.assessments.marks import mark_sent, page_marks
from supervision.assessments.queries import bands_of, latest_assessment
from supervision.visits import actions
from supervision.visits.advice import open_advice_of
from supervision.visits.copies import may_remove
from supervision.visits.enums import PILLS, VisitState
from supervision.visits.forms import AcknowledgeForm, ObservationForm
from supervision.visits.history import history_with_edits, reason_of
from supervision.visits.models import Visit
from supervision.visits.queries import (
    comparison_of,
    late_sheets,
    newer_version,
    pieces_of,
    signed_before,
    standard_rows,
    texts_of,
    unwritten,
    visits_seen_by,
)
from supervision.visits.ratings import Rater, may_rate, rated_version, raters_of, still_rating
from supervision.workflow.actions import check
from supervision.workflow.asking import ask
from supervision.workflow.refusals import refusal_shown_in

OPEN_STATES = (VisitState.PLANNED, VisitState.RECORDING)


def visit_of(request: HttpRequest, pk: int, permission: Permission | None = None) -> Visit:
    """The visit, if the person sees it and, where a permission is named, may act on it."""
    visit = get_object_or_404(visits_seen_by(request.user), pk=pk)
    if permission:
        require(request.user, permission, visit.round.school_id)
    return visit


def ask_about(
    request: HttpRequest, visit: Visit, act: Callable[..., Any], **page: Any
) -> HttpResponse:
    """The page that asks before an act on the visit; `here` names the act in a word or two."""
    cancel_url = visit.get_absolute_url()
    return ask(request, act, template="visits/ask.html", visit=visit, cancel_url=cancel_url, **page)


def visit_page(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk)
    newer, raters = newer_version(visit), raters_of(visit)
    may_compare = can(request.user, Permission.VIEW_AREA)
    history = history_with_edits(visit, raters, to_school=not may_compare)
    signed = visit.signed_copies.select_related("by", "removed_by") if visit.is_signed else []
    context = {
        "visit": visit,
        "pill": PILLS[VisitState(visit.state)],
        "newer": newer,
        "signed_before": signed_before(visit),
        "assessment": latest_assessment(visit.round),
        "history": history,
        "may_compare": may_compare,
        "why": reason_of(history, "cancel" if visit.is_cancelled else "postpone"),
        "why_amended": reason_of(history, "amend"),
        "copies": [(copy, may_remove(copy, request.user)) for copy in signed],
        "is_early": visit.visit_on > timezone.localdate(),
        "late_words": late_words_of(late_sheets(visit.pk), reader=request.user)
        if visit.has_late_edits
        else [],
    }
    context |= _record(visit) | _team(visit, raters, request.user) | _rights(visit, request.user)
    may_write = context["may_record"] and not newer
    context["held_act"] = (
        "ลงนาม" if context["may_sign"] else "ส่งคะแนน" if context["may_rate"] else ""
    )
    context["may_amend"] = may_write and _is_amendable(visit, request.user)
    return render(request, "visits/visit.html", context)


def _is_amendable(visit: Visit, by: User) -> bool:
    is_open = visit.is_signed and not actions.is_decided_on(visit)
    return is_open and actions.is_signer(visit, by)


def _rights(visit: Visit, user: User) -> dict:
    """What the person may do with the visit as it stands."""
    school = visit.round.school_id
    may_record = can(user, Permission.RECORD_VISIT, school)
    may_acknowledge = can(user, Permission.ACKNOWLEDGE_VISIT, school)
    is_open = visit.state in OPEN_STATES
    return {
        "may_record": may_record,
        "may_change": may_record and is_open,
        "may_sign": visit.state == VisitState.RECORDING and actions.is_signer(visit, user),
        "may_acknowledge": may_acknowledge,
        "may_plan_again": may_record and _leaves_to_plan(visit),
        "may_copy": visit.is_signed and (may_record or may_acknowledge),
        "advice": open_advice_of(visit.round.school) if may_record and is_open else [],
    }


def _leaves_to_plan(visit: Visit) -> bool:
    """Called off before its round was decided; below an amendment a record stays in force."""
    return visit.is_cancelled and visit.version == 1 and not hasattr(visit.round, "decision")


def _team(visit: Visit, raters: Sequence[Rater], user: User) -> dict:
    """Who is there; and, for the office, how far each has rated for themselves."""
    own = next((rater for rater in raters if rater.person == user), None)
    return {
        "team": [rater.person for rater in raters if rater.on_team],
        "raters": raters if any(rater.has_begun for rater in raters) else [],
        "own_rating": own if own and own.has_begun else None,
        "may_rate": may_rate(visit, user),
        "held_sheets": _own_sheets(visit, own),
        "rated": rated_version(visit),
    }


def _own_sheets(visit: Visit, own: Rater | None) -> str:
    """The record's sheet and the reader's own rating, as the page's script reads them."""
    return " ".join(str(pk) for pk in (visit.sheet_id, own and own.sheet_id) if pk)


def _record(visit: Visit) -> dict:
    """Scores, texts and photos of the record, for those who may read them by now."""
    if not visit.record_seen:
        return {"comparison": None}
    comparison = comparison_of(visit)
    rows = standard_rows(comparison, list(bands_of(visit.sheet)))
    pieces = pieces_of(visit)
    return {
        "comparison": comparison,
        "rows": rows,
        "texts": texts_of(visit),
        "photos": [piece for piece in pieces if piece.is_photo],
        "papers": [piece for piece in pieces if not piece.is_photo],
    }


def start_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Who comes back here after a refusal is shown the visit as it stands."""
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    if request.method == "POST":
        actions.start_record(visit, by=request.user)
        messages.success(request, "เปิดบันทึกการนิเทศแล้ว ระบบบันทึกทุกข้อที่กรอกโดยอัตโนมัติ")
        return redirect(visit.sheet)
    return redirect(visit)


def start_observation(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    actions.check_observes(visit)
    form = ObservationForm(typed(request))
    if request.method == "POST" and form.is_valid():
        with refusal_shown_in(form):
            chosen, lesson = form.cleaned_data["form"], form.lesson()
            actions.start_observation(visit, by=request.user, form=chosen, lesson=lesson)
            done = "เปิดแบบสังเกตชั้นเรียนแล้ว ระบบบันทึกทุกข้อที่กรอกโดยอัตโนมัติ"
            messages.success(request, done, extra_tags=saved_tag(request))
            return redirect(visit.sheet)
    return render(request, "visits/observation.html", {"visit": visit, "form": form})


def sign_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    check(visit, "sign")
    actions.check_signer(visit, by=request.user)
    return ask(
        request,
        partial(actions.sign, visit, by=request.user, seen=mark_sent(request)),
        done="ลงนามบันทึกการนิเทศแล้ว รอผู้อำนวยการโรงเรียนรับทราบ",
        template="visits/sign.html",
        visit=visit,
        sheet_id=visit.sheet_id,
        verb="ลงนาม",
        look_up=lambda: {
            "missing": comparison_of(visit).missing,
            "still_rating": still_rating(raters_of(visit)),
            "unwritten": unwritten(visit),
            **page_marks(request, visit.sheet),
        },
        heading=f"ลงนามบันทึกการนิเทศ {visit.round.school.short_name}",
        effects=[
            "คะแนน ข้อค้นพบ และข้อความทั้งหมดของบันทึกนี้แก้ไขไม่ได้อีก",
            "โรงเรียนอ่านผลการนิเทศได้ และผู้อำนวยการโรงเรียนจะรับทราบ",
        ],
        irreversible="เมื่อลงนามแล้วจะแก้ไขไม่ได้ โปรดตรวจบันทึกให้เรียบร้อยก่อนลงนาม "
        "หากพบข้อผิดภายหลังต้องทำเป็นฉบับแก้ไข",
        submit_label="ลงนาม",
        cancel_url=visit.get_absolute_url(),
    )


def acknowledge_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.ACKNOWLEDGE_VISIT)
    actions.check_can_acknowledge(visit)
    return ask_about(
        request,
        visit,
        partial(actions.acknowledge, visit, by=request.user),
        form=AcknowledgeForm(typed(request)),
        done="รับทราบผลการนิเทศแล้ว",
        here="รับทราบ",
        heading=f"รับทราบผล{visit.label}",
        effects=[_what_acknowledging_means(visit)],
        submit_label="รับทราบ",
    )


def _what_acknowledging_means(visit: Visit) -> str:
    if visit.is_observation:
        return "กลุ่มนิเทศฯ ทราบว่าโรงเรียนอ่านผลการสังเกตชั้นเรียนแล้ว"
    if visit.version > 1:
        return "ฉบับแก้ไขนี้ใช้แทนฉบับเดิม และกลุ่มนิเทศฯ พิจารณาผลจากฉบับนี้"
    return "การดำเนินงานขั้นที่ 4 เสร็จสิ้น กลุ่มนิเทศฯ จะพิจารณาผลต่อไป"


def amend_visit(request: HttpRequest, pk: int) -> HttpResponse:
    visit = visit_of(request, pk, Permission.RECORD_VISIT)
    actions.check_can_amend(visit, by=request.user)
    return ask_about(
        request,
        visit,
        partial(actions.amend, visit, by=request.user),
        form=ReasonForm(
            typed(request),
            help_text="ระบุสิ่งที่คลาดเคลื่อน โรงเรียนเห็นเหตุผลนี้",
            required="โปรดระบุเหตุผลที่แก้ไข โรงเรียนจะเห็นเหตุผลนี้",
        ),
        done="เปิดฉบับแก้ไขแล้ว เริ่มจากข้อความและคะแนนของฉบับเดิม",
        here="แก้ไขเป็นฉบับใหม่",
        heading=f"แก้ไขบันทึก{visit.label} เป็นฉบับใหม่",
        effects=[
            "ฉบับที่ลงนามแล้วเก็บไว้ถาวรและยังอ่านได้",
            "ฉบับแก้ไขเริ่มจากคะแนนและข้อความเดิม คุณแก้ไขแล้วลงนามใหม่",
            "ฉบับเดิมยังใช้อยู่จนกว่าผู้อำนวยการโรงเรียนรับทราบฉบับแก้ไข",
        ],
        submit_label="เริ่มฉบับแก้ไข",
    )

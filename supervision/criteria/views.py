from collections.abc import Callable
from functools import partial
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.forms import ReasonForm, post_data
from schools.core.http import SignedInRequest
from schools.core.status import StatusKind
from schools.office import current_term
from supervision.committees.meeting_field import MeetingForm
from supervision.criteria import actions
from supervision.criteria.content import content_changes, content_of
from supervision.criteria.enums import IndicatorSetAction, SetState, SetUse
from supervision.criteria.models import IndicatorSet
from supervision.criteria.policy_focus import SET_FOCUS, SetFocus, set_focus_sources
from supervision.criteria.queries import indicator_set_parts, missing_in_parts, visible_set_versions
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

# The sign and colour of each state (components/status_pill.html).
PILL_BY_SET_STATE = {
    SetState.DRAFT: StatusKind.YOURS,
    SetState.IN_REVIEW: StatusKind.WAITING,
    SetState.APPROVED: StatusKind.DONE,
    SetState.RETIRED: StatusKind.IDLE,
}


def criteria_list(request: SignedInRequest) -> HttpResponse:
    sets = IndicatorSet.objects.visible_to(request.user).with_counts().select_related("meeting")
    context = {
        "rows": [{"set": row, "kind": PILL_BY_SET_STATE[SetState(row.state)]} for row in sets],
        "may_prepare": can(request.user, Permission.PREPARE_CRITERIA),
        "term": current_term(request),
    }
    return render(request, "criteria/list.html", context)


def indicator_set_page(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = _visible_set(request, pk)
    levels = list(indicator_set.scale.levels.all())
    parts = indicator_set_parts(indicator_set, levels)
    allowed = _allowed_actions(request, indicator_set)
    context = {
        "set": indicator_set,
        "kind": PILL_BY_SET_STATE[SetState(indicator_set.state)],
        "parts": parts,
        "levels": levels,
        "bands": indicator_set.scale.bands.all(),
        "versions": visible_set_versions(indicator_set, request.user),
        "round_count": indicator_set.rounds.visible_to(request.user).count(),
        "history": workflow_history(indicator_set),
        "missing": missing_in_parts(indicator_set, parts, levels) if allowed["edit"] else [],
        "allowed": allowed,
        "focus": _set_focus(indicator_set),
    }
    return render(request, "criteria/set_detail.html", context)


def _set_focus(indicator_set: IndicatorSet) -> SetFocus | None:
    """The policies of the year beside a set by which schools are judged now, or will be."""
    if indicator_set.use != SetUse.ROUND or indicator_set.state == SetState.RETIRED:
        return None
    return set_focus_sources.get(SET_FOCUS)(indicator_set)


def indicator_set_changes(request: SignedInRequest, pk: int) -> HttpResponse:
    """What this version says otherwise than the one before."""
    indicator_set = _visible_set(request, pk)
    before = indicator_set.previous
    if before is None or not IndicatorSet.objects.visible_to(request.user).contains(before):
        raise Http404
    found = content_changes(content_of(before), content_of(indicator_set))
    context = {"set": indicator_set, "before": before, "changes": found}
    return render(request, "criteria/changes.html", context)


def indicator_set_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = _set_to_move(
        request, pk, IndicatorSetAction.SUBMIT, Permission.PREPARE_CRITERIA
    )
    actions.check_indicator_set_complete(indicator_set)
    return confirm_indicator_set_action(
        request,
        indicator_set,
        partial(actions.submit_indicator_set, indicator_set, by=request.user),
        success_message="เสนอชุดตัวชี้วัดต่อ ก.ต.ป.น. แล้ว",
        heading="เสนอ ก.ต.ป.น. พิจารณาชุดตัวชี้วัด",
        effects=[
            "กรรมการ ก.ต.ป.น. พิจารณาเห็นชอบหรือส่งกลับให้แก้ไขได้",
            "แก้ไขชุดนี้ไม่ได้จนกว่า ก.ต.ป.น. จะส่งกลับ",
        ],
        submit_label="เสนอ ก.ต.ป.น.",
    )


def indicator_set_return(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = _set_to_move(
        request, pk, IndicatorSetAction.RETURN, Permission.ENDORSE_CRITERIA
    )
    return confirm_indicator_set_action(
        request,
        indicator_set,
        partial(actions.return_indicator_set_for_correction, indicator_set, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ส่งชุดตัวชี้วัดกลับให้แก้ไขแล้ว",
        heading="ส่งชุดตัวชี้วัดกลับให้แก้ไข",
        effects=["ชุดตัวชี้วัดกลับเป็นร่าง ผู้จัดทำเห็นเหตุผลและเสนอใหม่ได้"],
        submit_label="ส่งกลับให้แก้ไข",
    )


def indicator_set_endorse(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = _set_to_move(
        request, pk, IndicatorSetAction.ENDORSE, Permission.ENDORSE_CRITERIA
    )
    return confirm_indicator_set_action(
        request,
        indicator_set,
        partial(actions.endorse_indicator_set, indicator_set, by=request.user),
        form=MeetingForm(post_data(request)),
        success_message="บันทึกความเห็นชอบของ ก.ต.ป.น. แล้ว",
        heading="เห็นชอบชุดตัวชี้วัด",
        effects=["ใช้ชุดนี้เป็นเกณฑ์ของรอบการนิเทศได้"],
        irreversible="ชุดที่เห็นชอบแล้วแก้ไขไม่ได้ หากต้องปรับปรุงให้จัดทำฉบับใหม่",
        submit_label="บันทึกความเห็นชอบ",
    )


def indicator_set_retire(request: SignedInRequest, pk: int) -> HttpResponse:
    indicator_set = _set_to_move(
        request, pk, IndicatorSetAction.RETIRE, Permission.PREPARE_CRITERIA
    )
    return confirm_indicator_set_action(
        request,
        indicator_set,
        partial(actions.retire_indicator_set, indicator_set, by=request.user),
        success_message="เลิกใช้ชุดตัวชี้วัดแล้ว",
        heading="เลิกใช้ชุดตัวชี้วัด",
        effects=["รอบใหม่เลือกชุดนี้ไม่ได้", "รอบที่ใช้ชุดนี้อยู่ยังใช้ต่อและเก็บผลไว้ตามเดิม"],
        irreversible="ชุดที่เลิกใช้แล้วนำกลับมาใช้อีกไม่ได้",
        danger=True,
        submit_label="เลิกใช้",
    )


def _visible_set(request: SignedInRequest, pk: int) -> IndicatorSet:
    sets = IndicatorSet.objects.visible_to(request.user).select_related(
        "scale", "previous", "next_version", "meeting"
    )
    return get_object_or_404(sets, pk=pk)


def _set_to_move(
    request: SignedInRequest, pk: int, action: IndicatorSetAction, needed: Permission
) -> IndicatorSet:
    """The set, for somebody who may move it; nobody is asked about a move that cannot be made."""
    indicator_set = _visible_set(request, pk)
    require(request.user, needed)
    ensure_allowed(indicator_set, action)
    return indicator_set


def _allowed_actions(request: SignedInRequest, indicator_set: IndicatorSet) -> dict[str, bool]:
    """Which acts the page offers this person now."""
    prepares = can(request.user, Permission.PREPARE_CRITERIA)
    reviews = indicator_set.state == SetState.IN_REVIEW
    return {
        "edit": prepares and indicator_set.state == SetState.DRAFT,
        "copy": prepares,
        "revise": prepares
        and indicator_set.is_endorsed
        and not hasattr(indicator_set, "next_version"),
        "endorse": reviews and can(request.user, Permission.ENDORSE_CRITERIA),
        "retire": prepares and indicator_set.state == SetState.APPROVED,
    }


def confirm_indicator_set_action(
    request: SignedInRequest, indicator_set: IndicatorSet, act: Callable[..., Any], **page: Any
) -> HttpResponse:
    """The page that asks before an act on a set."""
    page |= {"set": indicator_set, "cancel_url": indicator_set.get_absolute_url()}
    return confirm_action(request, act, template="criteria/confirm.html", **page)

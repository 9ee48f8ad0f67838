"""A visit's page, and what its leader and the school do with the record."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from schools.access import Permission, can
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    PortalForm,
    PortalModelForm,
    ReasonForm,
    form_field,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.assessments.late_edits import late_edit_rows
from supervision.assessments.queries import (
    latest_self_assessment,
    sheet_edit_history,
    sheet_scale_bands,
)
from supervision.assessments.version_tokens import posted_version_token, version_token_context
from supervision.criteria.enums import SetUse
from supervision.criteria.models import IndicatorSet
from supervision.needs.taken_up_list import open_needs_of
from supervision.visits import actions
from supervision.visits.access import confirm_visit_action, get_visit_or_404
from supervision.visits.enums import VISIT_PILLS, TeacherPosition, VisitAction, VisitState
from supervision.visits.models import Observation, SignedCopy, Visit
from supervision.visits.queries import (
    ReadableVisit,
    compared_standards,
    late_edits_of_visit,
    newer_visit_version,
    previous_signed_version,
    unfilled_texts,
    visit_comparison,
    visit_evidence,
    visit_texts,
)
from supervision.visits.ratings import Rater, may_rate, rated_version, raters_of, still_rating
from supervision.visits.recommendation_source import open_recommendations_of
from supervision.visits.satisfaction.asking import is_open_for_answers
from supervision.visits.signed_copies import can_remove_signed_copy
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import HistoryEntry, workflow_history

INITIALS_PATTERN = r"^([ก-ฮA-Za-z]\.\s*){1,3}$"
OPEN_VISIT_STATES = (VisitState.PLANNED, VisitState.RECORDING)


class ObservationForm(PortalModelForm):
    """Which lesson is seen, and on which form; the teacher by post or initials only."""

    form = forms.ModelChoiceField(
        IndicatorSet.objects.none(),
        label="แบบสังเกตชั้นเรียน",
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={"required": "โปรดเลือกแบบสังเกตชั้นเรียน"},
    )
    post = forms.ChoiceField(
        label="ครูผู้รับการสังเกต",
        choices=[("", "เลือกตำแหน่ง"), *TeacherPosition.choices],
        help_text="บันทึกเป็นตำแหน่ง ไม่ใช้ชื่อ-นามสกุล",
    )
    initials = forms.RegexField(
        INITIALS_PATTERN,
        strip=True,
        label="อักษรย่อของครู (ถ้ามี)",
        required=False,
        help_text="ใช้เมื่อมีครูตำแหน่งเดียวกันหลายคน เช่น ก.ข.",
        error_messages={
            "invalid": "อักษรย่อของครูต้องเป็นตัวอักษรเดี่ยวตามด้วยจุด ไม่เกิน 3 ตัว เช่น ก.ข. โปรดแก้ไขหรือเว้นว่าง"
        },
    )
    field_order = ("form", "post", "initials", "grade", "subject", "lesson")

    class Meta:
        model = Observation
        fields = ("grade", "subject", "lesson")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forms_in_use = IndicatorSet.objects.approved(SetUse.OBSERVATION)
        form_field(self, "form", forms.ModelChoiceField).queryset = forms_in_use
        self.initial.setdefault("form", _only(forms_in_use))

    def lesson(self) -> dict[str, Any]:
        """The facts of an Observation."""
        facts = {name: self.cleaned_data[name] for name in ("grade", "subject", "lesson")}
        return facts | {"teacher": self._teacher()}

    def _teacher(self) -> str:
        post = TeacherPosition(self.cleaned_data["post"]).label
        initials = "".join(self.cleaned_data["initials"].split())
        return f"{post} ({initials})" if initials else str(post)


def _only(rows: QuerySet) -> object | None:
    """The one there is, so that nobody chooses from a list of one."""
    found = list(rows[:2])
    return found[0] if len(found) == 1 else None


class VisitAcknowledgeForm(PortalForm):
    """The school's director has read the record and may add a word."""

    comment = forms.CharField(
        label="ความเห็นของโรงเรียน (ถ้ามี)",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        error_messages={"max_length": "ความเห็นยาวเกิน 2,000 ตัวอักษร โปรดย่อให้สั้นลง"},
    )


def visit_page(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk)
    newer, raters = newer_visit_version(visit), raters_of(visit)
    may_compare = can(request.user, Permission.VIEW_AREA)
    history = visit_history(visit, raters, to_school=not may_compare)
    context = {
        "visit": visit,
        "pill": VISIT_PILLS[VisitState(visit.state)],
        "newer": newer,
        "previous_signed_version": previous_signed_version(visit),
        "assessment": latest_self_assessment(visit.round),
        "history": history,
        "may_compare": may_compare,
        "last_reason": last_reason_of(
            history, VisitAction.CANCEL if visit.is_cancelled else VisitAction.POSTPONE
        ),
        "revision_reason": last_reason_of(history, VisitAction.REVISE_RECORD),
        "copies": _signed_copies(visit, request.user),
        "is_early": visit.visit_on > timezone.localdate(),
        "late_edit_rows": late_edit_rows(late_edits_of_visit(visit.pk), reader=request.user)
        if visit.has_late_edits
        else [],
    }
    context |= _record(visit) | _team(visit, raters, request.user) | _rights(visit, request.user)
    may_write = context["may_record"] and not newer
    context["unsent_action"] = (
        "ลงนาม" if context["may_sign"] else "ส่งคะแนน" if context["may_rate"] else ""
    )
    context["may_revise"] = may_write and _is_revisable(visit, request.user)
    return render(request, "visits/visit.html", context)


def _signed_copies(visit: Visit, reader: User) -> list[tuple[SignedCopy, bool]]:
    """Scans of the signed paper, each with whether the reader may remove it."""
    if not visit.is_signed:
        return []
    copies = visit.signed_copies.select_related("by", "removed_by")
    return [(copy, can_remove_signed_copy(copy, reader)) for copy in copies]


def _is_revisable(visit: Visit, by: User) -> bool:
    is_open = visit.is_signed and not actions.is_decided_on(visit)
    return is_open and actions.is_visit_signer(visit, by)


def _rights(visit: Visit, user: User) -> dict[str, Any]:
    """What the person may do with the visit as it stands."""
    school = visit.round.school_id
    may_record = can(user, Permission.RECORD_VISIT, school)
    may_acknowledge = can(user, Permission.ACKNOWLEDGE_VISIT, school)
    is_open = visit.state in OPEN_VISIT_STATES
    return {
        "shows_mentoring": visit.is_mentoring and not visit.is_cancelled,
        "may_record": may_record,
        "may_change": may_record and is_open,
        "may_sign": visit.state == VisitState.RECORDING and actions.is_visit_signer(visit, user),
        "may_acknowledge": may_acknowledge,
        "may_plan_again": may_record and _leaves_to_plan(visit),
        "may_answer": may_acknowledge and is_open_for_answers(visit),
        "may_attach_copy": visit.is_signed and (may_record or may_acknowledge),
        "open_needs": open_needs_of(visit.round.school) if may_record and is_open else [],
        "open_recommendations": (
            open_recommendations_of(visit.round.school, user) if may_record and is_open else []
        ),
    }


def _leaves_to_plan(visit: Visit) -> bool:
    """Called off before its round was decided; below an amendment a record stays in force."""
    return visit.is_cancelled and visit.version == 1 and not hasattr(visit.round, "decision")


def _team(visit: Visit, raters: Sequence[Rater], user: User) -> dict[str, Any]:
    """Who is there; and, for the office, how far each has rated for themselves."""
    own = next((rater for rater in raters if rater.person == user), None)
    return {
        "team": [rater.person for rater in raters if rater.on_team],
        "raters": raters if any(rater.has_begun for rater in raters) else [],
        "own_rating": own if own and own.has_begun else None,
        "may_rate": may_rate(visit, user),
        "unsent_sheets": _own_sheets(visit, own),
        "rated": rated_version(visit),
    }


def _own_sheets(visit: Visit, own: Rater | None) -> str:
    """The record's sheet and the reader's own rating, as the page's script reads them."""
    return " ".join(str(pk) for pk in (visit.sheet_id, own and own.sheet_id) if pk)


def _record(visit: ReadableVisit) -> dict[str, Any]:
    """Scores, texts and photos of the record, for those who may read them by now."""
    if not visit.is_record_visible:
        return {"comparison": None}
    comparison = visit_comparison(visit)
    rows = compared_standards(comparison, list(sheet_scale_bands(visit.record_sheet)))
    evidence = visit_evidence(visit)
    return {
        "comparison": comparison,
        "rows": rows,
        "texts": visit_texts(visit),
        "photos": [item for item in evidence if item.is_photo],
        "documents": [item for item in evidence if not item.is_photo],
    }


def visit_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who comes back here after a refusal is shown the visit as it stands."""
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    if request.method == "POST":
        actions.start_visit_record(visit, by=request.user)
        messages.success(request, "เปิดบันทึกการนิเทศแล้ว ระบบบันทึกทุกข้อที่กรอกโดยอัตโนมัติ")
        return redirect(visit.record_sheet)
    return redirect(visit)


def visit_observe(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    actions.check_can_start_observation(visit)
    form = ObservationForm(post_data(request))
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            chosen, lesson = form.cleaned_data["form"], form.lesson()
            actions.start_observation(visit, by=request.user, form=chosen, lesson=lesson)
            done = "เปิดแบบสังเกตชั้นเรียนแล้ว ระบบบันทึกทุกข้อที่กรอกโดยอัตโนมัติ"
            return redirect_with_message(request, done, visit.record_sheet)
    return render(request, "visits/observation.html", {"visit": visit, "form": form})


def visit_sign(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    if visit.is_mentoring:
        return redirect("mentoring", pk)
    ensure_allowed(visit, VisitAction.SIGN)
    actions.check_visit_signer(visit, by=request.user)
    return confirm_action(
        request,
        partial(
            actions.sign_visit, visit, by=request.user, shown_version=posted_version_token(request)
        ),
        success_message="ลงนามบันทึกการนิเทศแล้ว รอผู้อำนวยการโรงเรียนรับทราบ",
        template="visits/sign.html",
        visit=visit,
        sheet_id=visit.sheet_id,
        verb="ลงนาม",
        get_extra_context=lambda: {
            "missing": visit_comparison(visit).missing,
            "still_rating": still_rating(raters_of(visit)),
            "unfilled_texts": unfilled_texts(visit),
            **version_token_context(request, visit.record_sheet),
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


def visit_acknowledge(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.ACKNOWLEDGE_VISIT)
    if visit.is_mentoring:
        return redirect("mentoring", pk)
    actions.check_can_acknowledge_visit(visit)
    return confirm_visit_action(
        request,
        visit,
        partial(actions.acknowledge_visit, visit, by=request.user),
        form=VisitAcknowledgeForm(post_data(request)),
        success_message="รับทราบผลการนิเทศแล้ว",
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


def visit_revise(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.RECORD_VISIT)
    actions.check_can_revise_visit(visit, by=request.user)
    return confirm_visit_action(
        request,
        visit,
        partial(actions.revise_visit, visit, by=request.user),
        form=ReasonForm(
            post_data(request),
            help_text="ระบุสิ่งที่คลาดเคลื่อน โรงเรียนเห็นเหตุผลนี้",
            required="โปรดระบุเหตุผลที่แก้ไข โรงเรียนจะเห็นเหตุผลนี้",
        ),
        success_message="เปิดฉบับแก้ไขแล้ว เริ่มจากข้อความและคะแนนของฉบับเดิม",
        here="แก้ไขเป็นฉบับใหม่",
        heading=f"แก้ไขบันทึก{visit.label} เป็นฉบับใหม่",
        effects=[
            "ฉบับที่ลงนามแล้วเก็บไว้ถาวรและยังอ่านได้",
            "ฉบับแก้ไขเริ่มจากคะแนนและข้อความเดิม คุณแก้ไขแล้วลงนามใหม่",
            "ฉบับเดิมยังใช้อยู่จนกว่าผู้อำนวยการโรงเรียนรับทราบฉบับแก้ไข",
        ],
        submit_label="เริ่มฉบับแก้ไข",
    )


def visit_history(
    visit: ReadableVisit, raters: Sequence[Rater], *, to_school: bool
) -> list[HistoryEntry]:
    """Who did what to the visit, newest first; the record's journal is told by person and day.

    Who may not read the record yet does not learn who writes it either, and a school never
    learns who rated.
    """
    told = workflow_history(visit, to_school=to_school)
    if not to_school:
        told += _submitted_ratings(raters)
    if visit.is_record_visible:
        told += sheet_edit_history(visit.record_sheet)
    return sorted(told, key=lambda line: line.when, reverse=True)


def _submitted_ratings(raters: Sequence[Rater]) -> Iterator[HistoryEntry]:
    for rater in raters:
        if rater.submitted_at:
            yield HistoryEntry("ส่งคะแนนของตนเอง", str(rater.person), rater.submitted_at)


def last_reason_of(history: Sequence[HistoryEntry], action: VisitAction) -> str:
    """Why this was last done; empty if it never was."""
    return next((line.reason for line in history if line.verb == action), "")

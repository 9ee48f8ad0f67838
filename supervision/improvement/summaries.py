"""A round's summary (step 6): drafted, proposed to the school, agreed, reopened."""

from functools import partial
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require
from schools.core.confirmation import confirm_action
from schools.core.forms import ConflictCheckedForm, ReasonForm, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.status import StatusKind
from schools.models import User
from supervision.improvement import actions
from supervision.improvement.enums import (
    SummaryAction,
    SummaryState,
)
from supervision.improvement.ledger import LedgerEntry
from supervision.improvement.models import Recommendation, Summary
from supervision.rounds.models import Round
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import HistoryEntry, workflow_history

ROUND_RELATIONS = ("round__school", "round__term__academic_year")
SUMMARY_PILLS = {
    SummaryState.DRAFT: StatusKind.YOURS,
    SummaryState.PROPOSED: StatusKind.WAITING,
    SummaryState.AGREED: StatusKind.DONE,
}
MAX_TEXT_LENGTH = 4000


class SummaryForm(ConflictCheckedForm):
    """The summary's three texts; any may stay empty while it is a draft."""

    class Meta:
        model = Summary
        fields = ("strengths", "improvement_points", "guidelines")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.compared_fields():
            self.fields[name].widget.attrs["rows"] = 6

    def clean(self) -> dict[str, Any]:
        for name in self.compared_fields():
            if len(self.cleaned_data.get(name) or "") > MAX_TEXT_LENGTH:
                self.add_error(name, f"ข้อความยาวเกิน {MAX_TEXT_LENGTH:,} ตัวอักษร โปรดย่อให้สั้นลง")
        return super().clean()


def get_summary_or_404(
    request: SignedInRequest, pk: int, permission: Permission | None = None
) -> Summary:
    """The summary, if the person sees it and, where a permission is named, may act on it."""
    summaries = Summary.objects.visible_to(request.user).select_related(
        *ROUND_RELATIONS, "agreed_by"
    )
    summary = get_object_or_404(summaries, pk=pk)
    if permission:
        require(request.user, permission, summary.round.school_id)
    return summary


def summary_start(request: SignedInRequest, pk: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("school", "summary")
    round_ = get_object_or_404(rounds, pk=pk)
    if hasattr(round_, "summary"):
        return redirect(round_.summary)
    require(request.user, Permission.SUMMARISE, round_.school_id)
    actions.check_can_start_summary(round_)
    return confirm_action(
        request,
        partial(actions.start_summary, round_, by=request.user),
        success_message="เริ่มสรุปผลแล้ว แก้ไขข้อความให้เรียบร้อย แล้วเสนอโรงเรียน",
        heading=f"เริ่มสรุปผลการนิเทศ {round_.school.short_name}",
        effects=[
            "ระบบยกจุดเด่น จุดควรพัฒนา และข้อเสนอแนะจากบันทึกการนิเทศมาให้แก้ไขต่อ",
            "โรงเรียนเห็นร่างนี้ และจะเห็นชอบเมื่อคุณเสนอ",
        ],
        submit_label="เริ่มสรุปผล",
        cancel_url=round_.get_absolute_url(),
    )


def improvement_summary_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The draft's texts are saved here; once proposed the page is for reading."""
    if request.method == "POST":
        return _save_words(request, get_summary_or_404(request, pk, Permission.SUMMARISE))
    summary = get_summary_or_404(request, pk)
    return _page(request, summary, SummaryForm(instance=summary))


@transaction.atomic
def _save_words(request: SignedInRequest, summary: Summary) -> HttpResponse:
    """The row stays locked from the look at what others saved until the save itself."""
    locked = Summary.objects.select_for_update().get(pk=summary.pk)
    form = SummaryForm(request.POST, instance=locked)
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.update_summary(locked, by=request.user, texts=form.cleaned_data)
            return redirect_with_message(request, "บันทึกสรุปผลแล้ว", _after_saving(request, locked))
    return _page(request, summary, form)


def _after_saving(request: SignedInRequest, summary: Summary) -> Summary | str:
    """The page that asks before proposing, if that was pressed and nothing is missing."""
    if request.POST.get("then") == "propose" and not actions.missing_to_propose_summary(summary):
        return reverse("summary_propose", args=[summary.pk])
    return summary


def _page(request: SignedInRequest, summary: Summary, form: SummaryForm) -> HttpResponse:
    school, is_draft = summary.round.school_id, summary.state == SummaryState.DRAFT
    may_write = can(request.user, Permission.SUMMARISE, school)
    history, texts = workflow_history(summary), summary.version_for(request.user)
    context = {
        "summary": summary,
        "texts": texts,
        "round": summary.round,
        "pill": SUMMARY_PILLS[SummaryState(summary.state)],
        # What was typed stays in sight even where a colleague has proposed meanwhile.
        "form": form if may_write and (is_draft or form.errors) else None,
        "missing": actions.missing_to_propose_summary(summary) if may_write and is_draft else [],
        "may_write": may_write,
        "may_agree": can(request.user, Permission.AGREE_SUMMARY, school),
        "agreed_versions": [one for one in summary.agreed_versions.all() if one != texts],
        "history": history,
        "asked": _asked(summary, history),
        **_recommendations(summary, request.user),
    }
    status = 409 if form.is_bound and not is_draft else 200
    return render(request, "improvement/summary.html", context, status=status)


def _recommendations(summary: Summary, reader: User) -> dict[str, list[Any]]:
    """The round's recommendations as `lines` (of LedgerEntry), those withdrawn by themselves."""
    given = list(Recommendation.objects.visible_to(reader).filter(round=summary.round))
    today = timezone.localdate()
    return {
        "lines": [LedgerEntry(one, today) for one in given if not one.is_withdrawn],
        "withdrawn": [one for one in given if one.is_withdrawn],
    }


def _asked(summary: Summary, history: list[HistoryEntry]) -> HistoryEntry | None:
    """The history's last entry with a reason, until the school has agreed."""
    if summary.state == SummaryState.AGREED:
        return None
    return next((line for line in history if line.reason), None)


def summary_propose(request: SignedInRequest, pk: int) -> HttpResponse:
    summary = get_summary_or_404(request, pk, Permission.SUMMARISE)
    ensure_allowed(summary, SummaryAction.PROPOSE)
    actions.check_summary_is_complete(summary)
    return confirm_action(
        request,
        partial(actions.propose_summary, summary, by=request.user),
        success_message="เสนอสรุปผลแล้ว รอผู้อำนวยการโรงเรียนเห็นชอบ",
        heading=f"เสนอสรุปผลให้โรงเรียน{summary.round.school.short_name}เห็นชอบ",
        effects=[
            "ข้อความและข้อเสนอแนะแก้ไขไม่ได้ระหว่างรอโรงเรียน",
            "ผู้อำนวยการโรงเรียนเห็นชอบ หรือขอให้ปรับพร้อมเหตุผล",
        ],
        submit_label="เสนอโรงเรียน",
        cancel_url=summary.get_absolute_url(),
    )


def summary_agree(request: SignedInRequest, pk: int) -> HttpResponse:
    summary = get_summary_or_404(request, pk, Permission.AGREE_SUMMARY)
    ensure_allowed(summary, SummaryAction.AGREE)
    return confirm_action(
        request,
        partial(actions.agree_to_summary, summary, by=request.user),
        success_message="เห็นชอบสรุปผลแล้ว",
        heading=f"เห็นชอบสรุปผลการนิเทศ {summary.round.school.short_name}",
        effects=[
            "ขั้นที่ 6 ของรอบนี้เสร็จ และกลุ่มนิเทศฯ จัดทำรายงานต่อ",
            "ผู้รับผิดชอบเริ่มดำเนินการตามข้อเสนอแนะ และศึกษานิเทศก์ติดตามตามกำหนด",
            "ข้อความแก้ไขไม่ได้ เว้นแต่ศึกษานิเทศก์เปิดแก้ไขพร้อมเหตุผล แล้วเสนอให้คุณเห็นชอบอีกครั้ง",
        ],
        submit_label="เห็นชอบ",
        cancel_url=summary.get_absolute_url(),
    )


def summary_return(request: SignedInRequest, pk: int) -> HttpResponse:
    summary = get_summary_or_404(request, pk, Permission.AGREE_SUMMARY)
    ensure_allowed(summary, SummaryAction.RETURN)
    return confirm_action(
        request,
        partial(actions.return_summary_for_correction, summary, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="ส่งสรุปผลกลับให้ปรับแล้ว",
        heading=f"ขอให้ปรับสรุปผล {summary.round.school.short_name}",
        effects=["ศึกษานิเทศก์เห็นเหตุผลของคุณ ปรับสรุปผล แล้วเสนอใหม่"],
        submit_label="ส่งกลับให้ปรับ",
        cancel_url=summary.get_absolute_url(),
    )


def summary_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    summary = get_summary_or_404(request, pk, Permission.SUMMARISE)
    ensure_allowed(summary, SummaryAction.REOPEN)
    return confirm_action(
        request,
        partial(actions.reopen_summary, summary, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="เปิดสรุปผลให้แก้ไขแล้ว แก้ไขเสร็จโปรดเสนอโรงเรียนอีกครั้ง",
        heading=f"เปิดสรุปผลให้แก้ไขอีกครั้ง {summary.round.school.short_name}",
        effects=[
            "ขั้นที่ 6 ของรอบนี้ยังไม่เสร็จ จนกว่าคุณจะเสนอและโรงเรียนเห็นชอบอีกครั้ง",
            "โรงเรียนจะเห็นเหตุผลนี้ และอ่านข้อความที่เห็นชอบไว้ต่อไป จนกว่าคุณจะเสนอฉบับใหม่",
            "ข้อเสนอแนะที่เห็นชอบแล้วยังติดตามต่อ ความก้าวหน้าที่รายงานไว้คงเดิม",
            "รายงานที่ลงนามแล้วไม่เปลี่ยน และออกฉบับใหม่ได้เมื่อโรงเรียนเห็นชอบอีกครั้ง",
        ],
        submit_label="เปิดให้แก้ไข",
        cancel_url=summary.get_absolute_url(),
    )

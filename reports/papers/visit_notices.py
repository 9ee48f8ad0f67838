"""The letter that announces a visit (หนังสือแจ้งการนิเทศ): writing it and sending it to the school."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from reports.papers import notice_actions as actions
from reports.papers.enums import VisitNoticeAction
from reports.papers.letters import first_versions
from reports.papers.models import MAX_BODY_LENGTH, VisitNotice
from reports.papers.notice_draft import NOTICE_WORDS, appointment_text, drafted_notices
from schools.access import Permission, require
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.forms import ConflictCheckedForm, ReasonForm, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.visits.models import Visit
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

ONE_A_LINE = "บรรทัดละรายการ"


class VisitNoticeForm(ConflictCheckedForm):
    """The words of the letter; numbers and days that are left empty stay dotted on the paper."""

    dated_on = BuddhistDateField(
        label="วันที่ของหนังสือ", required=False, help_text="เว้นว่างไว้เพื่อลงวันที่ด้วยมือ"
    )
    body = forms.CharField(
        label="ข้อความ",
        max_length=MAX_BODY_LENGTH,
        widget=forms.Textarea,
        help_text="บรรทัดละย่อหน้า ทุกย่อหน้าเว้นเข้า 2.5 เซนติเมตร",
    )

    class Meta:
        model = VisitNotice
        fields = NOTICE_WORDS
        help_texts = {
            "number": "เลขที่หนังสือออกตามทะเบียนสารบรรณ เว้นว่างหรือลงท้ายด้วย / เพื่อเขียนเลขด้วยมือ",
            "references": f"{ONE_A_LINE} เว้นว่างได้",
            "enclosures": f"{ONE_A_LINE} เว้นว่างได้",
            "signer_name": "เว้นว่างไว้เพื่อเขียนชื่อด้วยมือ",
            "signer_post": "ตำแหน่ง หากลงนามแทนให้ใส่บรรทัดละส่วน เช่น ปฏิบัติราชการแทน",
            "contact": "ชื่อกลุ่มและโทรศัพท์ที่ท้ายหนังสือ",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].widget.attrs["rows"] = 16

    def words(self) -> dict[str, Any]:
        """The words of the letter as they were typed."""
        return {name: self.cleaned_data[name] for name in self.compared_fields()}


# --- Page and acts ---


def visit_notice_page(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form of a draft, which starts from the system's words; a letter sent is only read."""
    visit = _announced_visit(request, pk)
    if request.method == "POST":
        return _save_words(request, visit)
    notice = VisitNotice.objects.filter(visit=visit).first()
    [draft] = drafted_notices([visit])
    form = VisitNoticeForm(instance=notice or draft)
    if "fresh" in request.GET:
        form.initial.update({name: getattr(draft, name) for name in form.compared_fields()})
    return _page(request, visit, form)


@transaction.atomic
def _save_words(request: SignedInRequest, visit: Visit) -> HttpResponse:
    """The round stays locked from the look at what others saved until the save itself."""
    visit.round.lock()
    notice = VisitNotice.objects.filter(visit=visit).first()
    form = VisitNoticeForm(request.POST, instance=notice or drafted_notices([visit])[0])
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_visit_notice(visit, by=request.user, **form.words())
            done = "บันทึกหนังสือแจ้งการนิเทศแล้ว"
            return redirect_with_message(request, done, "visit_notice", visit.pk)
    return _page(request, visit, form)


def _page(request: SignedInRequest, visit: Visit, form: VisitNoticeForm) -> HttpResponse:
    notice = form.instance if form.instance.pk else None
    context = {
        "visit": visit,
        "notice": notice,
        "form": form,
        "is_outdated": notice is not None and actions.is_notice_outdated(notice),
        "appointment": appointment_text(visit),
        "history": workflow_history(notice) if notice else [],
    }
    return render(request, "reports/visit_notice.html", context)


def announced_visit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The appointment that a letter announces: news of a letter leads there, recalled or not."""
    return redirect(get_object_or_404(Visit.objects.visible_to(request.user), notice__pk=pk))


def visit_notice_send(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = _saved_notice(request, pk)
    ensure_allowed(notice, VisitNoticeAction.SEND)
    actions.ensure_notice_is_current(notice)
    return confirm_action(
        request,
        partial(actions.send_visit_notice, notice, by=request.user),
        success_message="ส่งหนังสือแจ้งให้โรงเรียนแล้ว",
        cancel_url=_page_url(notice),
        heading=f"ส่งหนังสือแจ้ง{notice.visit.label} {notice.round.school.short_name}",
        effects=[
            "โรงเรียนเปิดอ่านและพิมพ์หนังสือฉบับนี้ได้จากหน้านัดหมาย",
            "แก้ไขข้อความไม่ได้จนกว่าจะถอนกลับ",
        ],
        submit_label="ส่งให้โรงเรียน",
    )


def visit_notice_recall(request: SignedInRequest, pk: int) -> HttpResponse:
    notice = _saved_notice(request, pk)
    ensure_allowed(notice, VisitNoticeAction.RECALL)
    return confirm_action(
        request,
        partial(actions.recall_visit_notice, notice, by=request.user),
        form=ReasonForm(
            post_data(request),
            help_text="โรงเรียนเห็นเหตุผลนี้",
            required="โปรดระบุเหตุผลที่ถอนหนังสือ โรงเรียนจะเห็นเหตุผลนี้",
        ),
        success_message="ถอนหนังสือกลับมาแก้ไขแล้ว",
        cancel_url=_page_url(notice),
        heading=f"ถอนหนังสือแจ้ง{notice.visit.label} {notice.round.school.short_name}",
        effects=["โรงเรียนเปิดหนังสือไม่ได้จนกว่าจะส่งใหม่", "ข้อความเดิมคงอยู่ แก้ไขแล้วส่งอีกครั้งได้"],
        submit_label="ถอนกลับมาแก้ไข",
    )


def _announced_visit(request: SignedInRequest, pk: int) -> Visit:
    """A visit that the person may plan; a cancelled one and a corrected record have no letter."""
    visits = first_versions(Visit.objects.visible_to(request.user))
    visit = get_object_or_404(visits, pk=pk)
    require(request.user, Permission.RECORD_VISIT, visit.round.school_id)
    return visit


def _saved_notice(request: SignedInRequest, pk: int) -> VisitNotice:
    visit = _announced_visit(request, pk)
    return get_object_or_404(
        VisitNotice.objects.select_related("visit__round__school"), visit=visit
    )


def _page_url(notice: VisitNotice) -> str:
    return reverse("visit_notice", args=[notice.visit_id])

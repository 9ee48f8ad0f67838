"""Pages of the tools and methods of supervision of a term, and of a round that differs (step 2)."""

from functools import partial
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from schools.access import Permission, can, require, require_anywhere
from schools.core.confirmation import confirm_action
from schools.core.forms import (
    ConflictCheckedForm,
    ReasonForm,
    form_field,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import Term, User
from supervision.committees.meeting_field import MeetingForm
from supervision.criteria.enums import SetUse
from supervision.criteria.models import IndicatorSet
from supervision.rounds import methods as actions
from supervision.rounds.enums import MethodsAction, SupervisionMethod
from supervision.rounds.methods import methods_before, methods_of_rounds
from supervision.rounds.models import Round, SupervisionMethods
from supervision.standards.models import SUPERVISION_PROCESS, ManualForm
from supervision.workflow.actions import ensure_allowed
from supervision.workflow.queries import workflow_history

MAX_OTHER_TOOLS = 2000


def offered_tools() -> list[str]:
    """Names of the tools that the portal knows: the process's forms and observation forms."""
    named = ManualForm.objects.filter(process=SUPERVISION_PROCESS)
    observing = IndicatorSet.objects.approved(SetUse.OBSERVATION)
    return [*map(str, named), *(one.name for one in observing)]


class MethodsForm(ConflictCheckedForm):
    """Methods and tools to tick, tools to name, and how they are used."""

    methods = forms.MultipleChoiceField(
        label="วิธีการนิเทศ",
        choices=SupervisionMethod,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "โปรดเลือกวิธีการนิเทศอย่างน้อย 1 วิธี"},
    )
    tools = forms.MultipleChoiceField(
        label="เครื่องมือ", required=False, widget=forms.CheckboxSelectMultiple
    )
    other_tools = forms.CharField(
        label="เครื่องมืออื่น",
        required=False,
        max_length=MAX_OTHER_TOOLS,
        widget=forms.Textarea,
        help_text="บรรทัดละ 1 รายการ เช่น ชื่อแบบสอบถามหรือไฟล์ที่ใช้",
    )
    description = forms.CharField(
        label="คำอธิบายวิธีการ",
        required=False,
        max_length=4000,
        widget=forms.Textarea,
        help_text="นิเทศอย่างไร ใครร่วม ใช้เครื่องมือใดเมื่อใด พิมพ์ในรายงานและแบบ 7.2",
    )

    class Meta:
        model = SupervisionMethods
        fields = ("methods", "tools", "description")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered, chosen = offered_tools(), self.initial.get("tools", [])
        ticks = form_field(self, "tools", forms.MultipleChoiceField)
        ticks.choices = [(name, name) for name in offered]
        self.initial["tools"] = [name for name in chosen if name in offered]
        others = [name for name in chosen if name not in offered]
        self.initial["other_tools"] = "\n".join(others)

    def clean(self) -> dict[str, Any]:
        """The tools named by hand follow those that are ticked."""
        cleaned = super().clean()
        lines = [line.strip() for line in cleaned.pop("other_tools", "").splitlines()]
        ticked = cleaned.get("tools", [])
        cleaned["tools"] = [*ticked, *(line for line in lines if line and line not in ticked)]
        return cleaned

    def _display_value(self, name: str) -> str:
        value = self.stored[name]
        if not isinstance(value, list):
            return super()._display_value(name)
        labels = dict(SupervisionMethod.choices)
        return ", ".join(str(labels.get(one, one)) for one in value) or "ว่าง"


def term_methods(request: SignedInRequest, pk: int) -> HttpResponse:
    """The tools and methods of all rounds of a term that have none of their own."""
    require_anywhere(request.user, Permission.VIEW_SCHOOL)
    return _page(request, _term(pk), None)


def round_methods(request: SignedInRequest, pk: int) -> HttpResponse:
    """What holds for one round: its own, or its term's."""
    round_ = _round(request, pk)
    return _page(request, round_.term, round_)


def term_methods_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    return _edit(request, _term(pk), None)


def round_methods_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    round_ = _round(request, pk)
    require(request.user, Permission.PREPARE_CRITERIA)
    return _edit(request, round_.term, round_)


def _term(pk: int) -> Term:
    return get_object_or_404(Term.objects.select_related("academic_year"), pk=pk)


def _round(request: SignedInRequest, pk: int) -> Round:
    rounds = Round.objects.visible_to(request.user).select_related("school", "term__academic_year")
    return get_object_or_404(rounds, pk=pk)


def _shown_methods(user: User, term: Term, round_: Round | None) -> SupervisionMethods | None:
    """Those of the term, or those that hold for the round; as far as the person may read them."""
    seen = SupervisionMethods.objects.visible_to(user).select_related("meeting")
    if round_ is None:
        return seen.filter(term=term, round=None).first()
    held = methods_of_rounds([round_]).get(round_.pk)
    return held if held and seen.contains(held) else None


def _page(request: SignedInRequest, term: Term, round_: Round | None) -> HttpResponse:
    row = _shown_methods(request.user, term, round_)
    prepares = can(request.user, Permission.PREPARE_CRITERIA)
    own = row if row and row.round == round_ else None
    waits = own is not None and not own.is_endorsed
    context = {
        "term": term,
        "round": round_,
        "row": row,
        "is_own": own is not None,
        "may_edit": prepares and (waits or own is None),
        "may_reopen": prepares and own is not None and not waits,
        "may_delete": prepares and waits and round_ is not None,
        "may_endorse": waits and can(request.user, Permission.ENDORSE_CRITERIA),
        "history": workflow_history(row) if row else [],
    }
    return render(request, "rounds/methods.html", context)


@transaction.atomic
def _edit(request: SignedInRequest, term: Term, round_: Round | None) -> HttpResponse:
    if request.method == "POST":
        Term.objects.select_for_update().get(pk=term.pk)
    row = SupervisionMethods.objects.filter(term=term, round=round_).first()
    if row:
        ensure_allowed(row, MethodsAction.UPDATE)
    before = None if row else methods_before(term, round_)
    form = MethodsForm(post_data(request), instance=row, initial=_values_of(before))
    if form.is_valid():
        with refusal_as_form_error(form):
            actions.save_methods(term, round_, by=request.user, **form.cleaned_data)
            return redirect_with_message(
                request, "บันทึกเครื่องมือและวิธีการนิเทศแล้ว", _address(term, round_)
            )
    context = {"term": term, "round": round_, "form": form, "before": before}
    return render(request, "rounds/methods_edit.html", context | {"url": _address(term, round_)})


def _values_of(before: SupervisionMethods | None) -> dict[str, Any]:
    if before is None:
        return {}
    return {name: getattr(before, name) for name in MethodsForm.Meta.fields}


def _address(term: Term, round_: Round | None) -> str:
    if round_:
        return reverse("round_methods", args=[round_.pk])
    return reverse("term_methods", args=[term.pk])


def _row(request: SignedInRequest, pk: int) -> SupervisionMethods:
    rows = SupervisionMethods.objects.visible_to(request.user)
    related = rows.select_related("term__academic_year", "round__school", "round__term")
    return get_object_or_404(related, pk=pk)


def methods_endorse(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    require(request.user, Permission.ENDORSE_CRITERIA)
    ensure_allowed(row, MethodsAction.ENDORSE)
    return confirm_action(
        request,
        partial(actions.endorse_methods, row, by=request.user),
        form=MeetingForm(post_data(request)),
        success_message="บันทึกความเห็นชอบของ ก.ต.ป.น. แล้ว",
        heading=f"เห็นชอบ{row}",
        effects=["โรงเรียนเห็นเครื่องมือและวิธีการนี้ในขั้นที่ 2 และพิมพ์ในรายงาน", "แก้ไขได้เมื่อเปิดแก้ไขพร้อมเหตุผล"],
        submit_label="บันทึกความเห็นชอบ",
        cancel_url=row.get_absolute_url(),
    )


def methods_reopen(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    require(request.user, Permission.PREPARE_CRITERIA)
    ensure_allowed(row, MethodsAction.REOPEN)
    return confirm_action(
        request,
        partial(actions.reopen_methods, row, by=request.user),
        form=ReasonForm(post_data(request)),
        success_message="เปิดแก้ไขแล้ว โปรดเสนอ ก.ต.ป.น. เห็นชอบอีกครั้งเมื่อแก้เสร็จ",
        heading=f"เปิดแก้ไข{row}",
        effects=["กลับเป็นร่าง โรงเรียนไม่เห็นจนกว่า ก.ต.ป.น. จะเห็นชอบอีกครั้ง", "รายงานที่ออกแล้วคงเดิม"],
        submit_label="เปิดแก้ไข",
        cancel_url=row.get_absolute_url(),
    )


def methods_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    require(request.user, Permission.PREPARE_CRITERIA)
    actions.check_can_delete_methods(row)
    return confirm_action(
        request,
        partial(actions.delete_round_methods, row, by=request.user),
        success_message="รอบนี้ใช้เครื่องมือและวิธีการตามภาคเรียนแล้ว",
        heading="ใช้เครื่องมือและวิธีการตามภาคเรียน",
        effects=["ลบร่างที่กำหนดไว้เฉพาะรอบนี้ รอบนี้ใช้ตามภาคเรียน"],
        submit_label="ใช้ตามภาคเรียน",
        cancel_url=row.get_absolute_url(),
    )

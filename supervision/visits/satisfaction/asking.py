"""The one page on which a school says, if it cares to, how content it was with a visit."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from schools.access import Permission
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.visits.access import get_visit_or_404
from supervision.visits.actions import lock_visit
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit, VisitSatisfaction
from supervision.visits.models.satisfaction import (
    ANSWERED_AFTER_TERM,
    COMMENT_LABEL,
    STATEMENTS,
    AgreementLevel,
    answers_end_on,
)

# So long after acknowledging a visit its director is asked at home.
ASKED_FOR = timedelta(days=30)


def is_open_for_answers(visit: Visit) -> bool:
    """Whether the school may still say how content it was: acknowledged, and not long over."""
    acknowledged = visit.state == VisitState.ACKNOWLEDGED
    return acknowledged and timezone.localdate() <= answers_end_on(visit.round.term)


def visits_to_answer_on(user: User, today: date) -> QuerySet[Visit]:
    """Visits acknowledged in the last days on which the user's school has said nothing yet."""
    said = VisitSatisfaction.objects.filter(
        visit__round=OuterRef("round"), visit__number=OuterRef("number")
    )
    visits = Visit.objects.with_permission(user, Permission.ACKNOWLEDGE_VISIT)
    return visits.in_latest_version().filter(
        ~Exists(said),
        state=VisitState.ACKNOWLEDGED,
        acknowledged_at__date__gt=today - ASKED_FOR,
        round__term__closes_on__gte=today - ANSWERED_AFTER_TERM,
    )


def check_can_answer(visit: Visit) -> None:
    """Raises ActionRefused before the visit is acknowledged, and once its figures were counted."""
    if visit.state != VisitState.ACKNOWLEDGED:
        raise ActionRefused("ให้ความเห็นได้เมื่อโรงเรียนรับทราบผลการนิเทศแล้ว")
    if not is_open_for_answers(visit):
        raise ActionRefused("หมดช่วงให้ความเห็นต่อการนิเทศของภาคเรียนนี้แล้ว จึงบันทึกหรือแก้ไขไม่ได้")


@transaction.atomic
def answer_satisfaction(visit: Visit, *, levels: Mapping[str, int], comment: str = "") -> None:
    """Save what the school thinks, in place of what it said before; nobody is named.

    `levels` has each of STATEMENTS. Raises ActionRefused where it cannot be said now.
    """
    _save(visit, is_skipped=False, comment=comment.strip(), **levels)


@transaction.atomic
def skip_satisfaction(visit: Visit) -> None:
    """Save that the school does not care to say; what it said before is deleted."""
    _save(visit, is_skipped=True, comment="", **dict.fromkeys(STATEMENTS))


def _save(visit: Visit, **said: Any) -> None:
    lock_visit(visit)
    check_can_answer(visit)
    row = VisitSatisfaction.objects.of_visit(visit).first() or VisitSatisfaction(visit=visit)
    for name, value in said.items():
        setattr(row, name, value)
    row.save()


class VisitSatisfactionForm(PortalForm):
    """Three statements from 1 to 5, none chosen before, and one free line."""

    comment = forms.CharField(
        label=COMMENT_LABEL,
        max_length=300,
        required=False,
        help_text="ไม่เกิน 300 ตัวอักษร โปรดไม่ระบุชื่อบุคคลหรือโรงเรียน",
        error_messages={"max_length": "ข้อความยาวเกิน 300 ตัวอักษร โปรดย่อให้สั้นลง"},
    )

    def __init__(self, *args: Any, said: VisitSatisfaction | None, **kwargs: Any) -> None:
        if said and not said.is_skipped:
            names = (*STATEMENTS, "comment")
            kwargs["initial"] = {name: getattr(said, name) for name in names}
        super().__init__(*args, **kwargs)
        for name in STATEMENTS:
            self.fields[name] = _statement_field(name)
        self.order_fields((*STATEMENTS, "comment"))

    def levels(self) -> dict[str, int]:
        return {name: self.cleaned_data[name] for name in STATEMENTS}


def _statement_field(name: str) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=STATEMENTS[name],
        choices=[(level.value, f"{level.value} {level.label}") for level in AgreementLevel],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": "โปรดเลือกระดับ 1 ถึง 5 หรือกด “ไม่ตอบ”",
            "invalid_choice": "โปรดเลือกระดับ 1 ถึง 5",
        },
    )


def visit_satisfaction(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask the director, who may as well not answer."""
    visit = get_visit_or_404(request, pk, Permission.ACKNOWLEDGE_VISIT)
    check_can_answer(visit)
    said = VisitSatisfaction.objects.of_visit(visit).first()
    form = VisitSatisfactionForm(post_data(request), said=said)
    if request.method == "POST" and form.is_valid():
        with refusal_as_form_error(form):
            comment = form.cleaned_data["comment"]
            answer_satisfaction(visit, levels=form.levels(), comment=comment)
            return redirect_with_message(request, "บันทึกความเห็นแล้ว ขอบคุณ", visit)
    context = {
        "visit": visit,
        "form": form,
        "has_answered": bool(said and not said.is_skipped),
        "last_day": answers_end_on(visit.round.term),
    }
    return render(request, "visits/satisfaction/ask.html", context)


@require_POST
def visit_satisfaction_skip(request: SignedInRequest, pk: int) -> HttpResponse:
    visit = get_visit_or_404(request, pk, Permission.ACKNOWLEDGE_VISIT)
    skip_satisfaction(visit)
    messages.success(request, "ไม่ตอบความเห็นต่อการนิเทศครั้งนี้ เปลี่ยนใจได้จากหน้าการนิเทศ")
    return redirect(visit)

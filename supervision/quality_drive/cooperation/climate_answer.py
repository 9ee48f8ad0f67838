"""The one page on which a school answers a climate survey; it names nobody and keeps nothing."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, require
from schools.core.forms import PortalForm, apply_portal_style, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import School
from schools.unsaved_posts.opting_out import never_kept_unsaved
from supervision.quality_drive.cooperation.climate_actions import (
    answer_climate_survey,
    check_takes_answer,
)
from supervision.quality_drive.cooperation.climate_figures import FEWEST_ANSWERS
from supervision.quality_drive.cooperation.enums import AgreesWith
from supervision.quality_drive.models import ClimateStatement, ClimateSurvey, ClimateTurn


class ClimateAnswerForm(PortalForm):
    """Each statement from 1 to 5, none chosen before, and no line to write on."""

    def __init__(self, *args: Any, survey: ClimateSurvey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        statements = list(survey.statements.all())
        self.names = {one.pk: f"statement-{one.position}" for one in statements}
        for one in statements:
            self.fields[self.names[one.pk]] = _level_field(one)
        apply_portal_style(self)

    def levels(self) -> dict[int, int]:
        """The level of each statement, by its key."""
        return {pk: self.cleaned_data[name] for pk, name in self.names.items()}


def _level_field(statement: ClimateStatement) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=f"{statement.position}. {statement.text}",
        choices=[(level.value, f"{level.value} {level.label}") for level in AgreesWith],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": f"โปรดเลือกระดับ 1 ถึง 5 ของข้อ {statement.position}",
            "invalid_choice": f"โปรดเลือกระดับ 1 ถึง 5 ของข้อ {statement.position}",
        },
    )


@never_kept_unsaved
def climate_answer(request: SignedInRequest, pk: int, school_pk: int) -> HttpResponse:
    """Ask the school's people, one of whom answers for the school."""
    school = get_object_or_404(School.objects.visible_to(request.user), pk=school_pk)
    turns = ClimateTurn.objects.select_related("survey__drive__academic_year", "school")
    turn = get_object_or_404(turns, survey=pk, school=school)
    require(request.user, Permission.ANSWER_CLIMATE_SURVEY, school.pk)
    check_takes_answer(turn)
    form = ClimateAnswerForm(post_data(request), survey=turn.survey)
    if form.is_valid():
        with refusal_as_form_error(form):
            answer_climate_survey(turn, levels=form.levels())
            return redirect_with_message(
                request, "ส่งคำตอบแล้ว ขอบคุณ ไม่มีการบันทึกว่าใครตอบอย่างไร", turn.survey
            )
    context = {"form": form, "turn": turn, "fewest": FEWEST_ANSWERS}
    return render(request, "quality_drive/cooperation/climate_answer.html", context)

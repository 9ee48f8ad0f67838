"""The climate survey as the office keeps it: drafted, opened, closed, and what schools said."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from schools.access import Permission, can, require, rights_of
from schools.core.confirmation import confirm_action
from schools.core.fields import BuddhistDateField
from schools.core.forms import (
    ConflictCheckedForm,
    apply_portal_style,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.core.thai import long_date
from schools.models import User
from supervision.quality_drive.cooperation import climate_actions
from supervision.quality_drive.cooperation.climate_figures import (
    FEWEST_ANSWERS,
    FEWEST_FOR_SCHOOLS,
    climate_result,
)
from supervision.quality_drive.cooperation.enums import ClimateAction
from supervision.quality_drive.drives.queries import get_drive
from supervision.quality_drive.models import ClimateSurvey, ClimateTurn, QualityDrive
from supervision.workflow.actions import ensure_allowed

FEWEST_STATEMENTS, MOST_STATEMENTS = 3, 6
STATEMENT_NAMES = [f"statement_{number}" for number in range(1, MOST_STATEMENTS + 1)]


class ClimateSurveyForm(ConflictCheckedForm):
    """A draft of a survey: its title, its last day, and three to six statements."""

    closes_on = BuddhistDateField(label="ตอบได้ถึงวันที่")

    class Meta:
        model = ClimateSurvey
        fields = ("title", "closes_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, name in enumerate(STATEMENT_NAMES, start=1):
            self.fields[name].required = number <= FEWEST_STATEMENTS
        apply_portal_style(self)

    def compared_fields(self) -> list[str]:
        """The statements too; they are put into the form here, before they are compared."""
        shown = _statement_texts(self.instance)
        for number, name in enumerate(STATEMENT_NAMES, start=1):
            optional = "" if number <= FEWEST_STATEMENTS else " (ถ้ามี)"
            self.fields[name] = forms.CharField(
                label=f"ข้อความที่ {number}{optional}", max_length=300, required=False
            )
            self.initial[name] = shown[number - 1] if number <= len(shown) else ""
        return ["title", "closes_on", *STATEMENT_NAMES]

    def clean_closes_on(self) -> Any:
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise ValidationError("วันสุดท้ายผ่านไปแล้ว โปรดแก้ไขเป็นวันนี้หรือหลังจากนี้")
        return day

    def written(self) -> dict[str, Any]:
        """The keywords of the actions that draft and edit a survey."""
        asked = self.cleaned_data
        return {
            "title": asked["title"],
            "closes_on": asked["closes_on"],
            "statements": [asked[name] for name in STATEMENT_NAMES if asked[name]],
        }


def _statement_texts(survey: ClimateSurvey) -> list[str]:
    if survey.pk:
        return [one.text for one in survey.statements.all()]
    return list(climate_actions.SAMPLE_STATEMENTS)


def climate_survey(request: SignedInRequest, pk: int) -> HttpResponse:
    """A survey and, once it is over, what schools said; the office sees who has answered."""
    survey = _survey_or_404(request, pk)
    today, sees_area = timezone.localdate(), can(request.user, Permission.VIEW_AREA)
    turns = list(_all_turns(survey)) if sees_area else []
    is_open = survey.takes_answers_on(today)
    context = {
        "survey": survey,
        "statements": survey.statements.all(),
        "is_open": is_open,
        "is_over": survey.is_over_on(today),
        "asked": len(turns),
        "taken": sum(turn.is_taken for turn in turns),
        "awaited": [turn.school for turn in turns if not turn.is_taken],
        "result": climate_result(survey, today, for_area=sees_area),
        "fewest": FEWEST_ANSWERS if sees_area else FEWEST_FOR_SCHOOLS,
        "own_turns": _own_turns(request.user, survey) if is_open else [],
        "sees_area": sees_area,
        "may_edit": can(request.user, Permission.MANAGE_DRIVE),
    }
    return render(request, "quality_drive/cooperation/climate.html", context)


def _all_turns(survey: ClimateSurvey) -> QuerySet[ClimateTurn]:
    return survey.turns.select_related("school").order_by("school__sort_key")


def _own_turns(user: User, survey: ClimateSurvey) -> list[ClimateTurn]:
    schools = rights_of(user).schools(Permission.ANSWER_CLIMATE_SURVEY)
    return list(survey.turns.filter(school__in=schools).select_related("school"))


def _survey_or_404(request: SignedInRequest, pk: int) -> ClimateSurvey:
    surveys = ClimateSurvey.objects.visible_to(request.user)
    return get_object_or_404(surveys.select_related("drive__academic_year"), pk=pk)


def climate_survey_add(request: SignedInRequest, year: int) -> HttpResponse:
    drive = get_drive(request.user, year, Permission.MANAGE_DRIVE)
    named = {"title": f"แบบสำรวจบรรยากาศการทำงาน ปีการศึกษา {drive.academic_year}"}
    form = ClimateSurveyForm(post_data(request), initial=named)
    if form.is_valid():
        with refusal_as_form_error(form):
            survey = climate_actions.draft_climate_survey(drive, by=request.user, **form.written())
            return redirect_with_message(request, "บันทึกร่างแบบสำรวจแล้ว ยังไม่เปิดให้โรงเรียนตอบ", survey)
    return _edit_page(request, form, drive, None)


@transaction.atomic
def climate_survey_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    rows = ClimateSurvey.objects.visible_to(request.user)
    rows = rows.select_related("drive__academic_year")
    survey = get_object_or_404(lock_rows_on_post(request, rows), pk=pk)
    require(request.user, Permission.MANAGE_DRIVE)
    ensure_allowed(survey, ClimateAction.EDIT)
    form = ClimateSurveyForm(post_data(request), instance=survey)
    if form.is_valid():
        with refusal_as_form_error(form):
            climate_actions.edit_climate_survey(survey, by=request.user, **form.written())
            return redirect_with_message(request, "แก้ไขแบบสำรวจแล้ว", survey)
    return _edit_page(request, form, survey.drive, survey)


def _edit_page(
    request: SignedInRequest,
    form: ClimateSurveyForm,
    drive: QualityDrive,
    survey: ClimateSurvey | None,
) -> HttpResponse:
    overview = reverse("drive_cooperation", args=[drive.academic_year.year])
    context = {
        "form": form,
        "drive": drive,
        "title": "แก้ไขแบบสำรวจบรรยากาศ" if survey else "จัดทำแบบสำรวจบรรยากาศ",
        "lead": (
            "คู่มือไม่ได้กำหนดแบบสำรวจนี้ ข้อความที่ให้ไว้เป็นตัวอย่าง แก้ไขได้จนกว่าจะเปิดให้ตอบ "
            "โรงเรียนตอบข้อละ 1 ถึง 5 ไม่มีช่องเขียนข้อความ"
        ),
        "back_url": survey.get_absolute_url() if survey else overview,
    }
    return render(request, "quality_drive/cooperation/edit.html", context)


def climate_survey_open(request: SignedInRequest, pk: int) -> HttpResponse:
    survey = _survey_or_404(request, pk)
    require(request.user, Permission.MANAGE_DRIVE)
    ensure_allowed(survey, ClimateAction.OPEN)
    return confirm_action(
        request,
        partial(climate_actions.open_climate_survey, survey, by=request.user),
        success_message="เปิดให้ทุกโรงเรียนตอบแล้ว",
        heading=f"เปิด {survey}",
        effects=[
            f"ทุกโรงเรียนที่เปิดสอนวันนี้ตอบได้แห่งละหนึ่งครั้ง ถึง {long_date(survey.closes_on)}",
            "ไม่มีการบันทึกว่าใครตอบอย่างไร และไม่มีผู้ใดเห็นผลก่อนปิดรับคำตอบ",
            f"ผลแสดงเป็นค่าเฉลี่ยทั้งเขต เมื่อมีอย่างน้อย {FEWEST_ANSWERS} คำตอบ",
        ],
        irreversible="เปิดแล้วแก้ไขข้อความและวันสุดท้ายไม่ได้",
        submit_label="เปิดแบบสำรวจ",
        cancel_url=survey.get_absolute_url(),
    )


def climate_survey_close(request: SignedInRequest, pk: int) -> HttpResponse:
    survey = _survey_or_404(request, pk)
    require(request.user, Permission.MANAGE_DRIVE)
    ensure_allowed(survey, ClimateAction.CLOSE)
    return confirm_action(
        request,
        partial(climate_actions.close_climate_survey, survey, by=request.user),
        success_message="ปิดรับคำตอบแล้ว",
        heading=f"ปิด {survey}",
        effects=["โรงเรียนที่ยังไม่ตอบจะตอบไม่ได้อีก", "แสดงผลหากมีคำตอบมากพอ"],
        irreversible="ปิดแล้วเปิดใหม่ไม่ได้ เพราะผลก่อนและหลังจะทำให้ทราบคำตอบของโรงเรียนที่ตอบทีหลัง",
        submit_label="ปิดแบบสำรวจ",
        cancel_url=survey.get_absolute_url(),
        danger=True,
    )

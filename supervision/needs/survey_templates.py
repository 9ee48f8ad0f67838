"""Survey templates: lists of areas to ask about; once used by a campaign, one stays as it is."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, require
from schools.core.forms import (
    ConflictCheckedForm,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.needs import actions
from supervision.needs.models import MAX_AREA_NAME_LENGTH, SurveyTemplate

MAX_AREAS = 15


class SurveyTemplateForm(ConflictCheckedForm):
    """A list of areas, written as people write a list: one area a line."""

    areas = forms.CharField(
        label="ด้านที่สำรวจ",
        help_text="บรรทัดละ 1 ด้าน เรียงตามที่ต้องการให้โรงเรียนเห็น",
        widget=forms.Textarea,
        max_length=2000,
        error_messages={"required": "โปรดกรอกอย่างน้อย 1 ด้าน"},
    )

    class Meta:
        model = SurveyTemplate
        fields = ("name", "provenance")
        help_texts = {"provenance": "เช่น เอกสารหรือนโยบายที่กำหนดด้านเหล่านี้"}
        error_messages = {"name": {"unique": "มีกรอบชื่อนี้แล้ว โปรดใช้ชื่ออื่น เช่น เติมปีการศึกษา"}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].widget.attrs["rows"] = 8

    def compared_fields(self) -> Iterable[str]:
        return [*super().compared_fields(), "areas"]

    def clean_areas(self) -> list[str]:
        areas = [line.strip() for line in self.cleaned_data["areas"].splitlines() if line.strip()]
        if not areas:
            raise ValidationError("โปรดกรอกอย่างน้อย 1 ด้าน")
        if len(areas) > MAX_AREAS:
            raise ValidationError(
                f"มี {len(areas)} ด้าน โปรดรวมให้ไม่เกิน {MAX_AREAS} ด้าน เพื่อให้โรงเรียนตอบไหว"
            )
        for area in areas:
            if len(area) > MAX_AREA_NAME_LENGTH:
                raise ValidationError(
                    f"“{area[:30]}…” ยาวเกิน {MAX_AREA_NAME_LENGTH} ตัวอักษร โปรดย่อให้สั้นลง"
                )
            if areas.count(area) > 1:
                raise ValidationError(f"“{area}” ซ้ำกัน โปรดลบให้เหลือบรรทัดเดียว")
        return areas


def template_areas_as_lines(survey_template: SurveyTemplate) -> str:
    """The template's areas as the form shows them: one a line."""
    return "\n".join(area.name for area in survey_template.areas.all())


def survey_template_list(request: SignedInRequest) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    unused = set(SurveyTemplate.objects.unused().values_list("pk", flat=True))
    survey_templates = SurveyTemplate.objects.prefetch_related("areas")
    rows = [
        {"survey_template": survey_template, "is_used": survey_template.pk not in unused}
        for survey_template in survey_templates
    ]
    return render(request, "needs/survey_templates.html", {"rows": rows})


def survey_template_add(request: SignedInRequest) -> HttpResponse:
    """An empty form, or with ?copy= a copy of another template to change."""
    require(request.user, Permission.PREPARE_CRITERIA)
    return _survey_template_page(request, SurveyTemplate(), "เพิ่มกรอบการสำรวจ", _copied(request))


@transaction.atomic
def survey_template_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    require(request.user, Permission.PREPARE_CRITERIA)
    survey_template = get_object_or_404(lock_rows_on_post(request, SurveyTemplate.objects), pk=pk)
    actions.check_survey_template_is_unused(survey_template)
    return _survey_template_page(
        request,
        survey_template,
        "แก้ไขกรอบการสำรวจ",
        {"areas": template_areas_as_lines(survey_template)},
    )


def _survey_template_page(
    request: SignedInRequest, survey_template: SurveyTemplate, heading: str, initial: dict[str, Any]
) -> HttpResponse:
    posted = post_data(request)
    form = SurveyTemplateForm(posted, instance=survey_template, initial=initial)
    if form.is_valid():
        with refusal_as_form_error(form):
            areas = form.cleaned_data.pop("areas")
            actions.save_survey_template(survey_template, areas=areas, **form.cleaned_data)
            return redirect_with_message(
                request, f"บันทึกกรอบ{survey_template} แล้ว", "survey_template_list"
            )
    return render(request, "needs/survey_template.html", {"form": form, "heading": heading})


def _copied(request: SignedInRequest) -> dict[str, Any]:
    """The fields of the template to copy, under a name of its own; empty when none is asked for."""
    asked = request.GET.get("copy", "")
    survey_templates = {
        str(survey_template.pk): survey_template
        for survey_template in SurveyTemplate.objects.prefetch_related("areas")
    }
    if asked not in survey_templates:
        return {}
    survey_template = survey_templates[asked]
    return {
        "name": f"{survey_template} (สำเนา)",
        "provenance": survey_template.provenance,
        "areas": template_areas_as_lines(survey_template),
    }

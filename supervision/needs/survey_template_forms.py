from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from schools.core.forms import ConflictCheckedForm
from supervision.needs.models import NeedsArea, SurveyTemplate

MAX_AREAS = 15
MAX_AREA_NAME_LENGTH = NeedsArea._meta.get_field("name").max_length


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

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["areas"].widget.attrs["rows"] = 8

    def compared_fields(self) -> Iterable[str]:
        return [*self._meta.fields, "areas"]

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
    """The survey_template's areas as the form shows them."""
    return "\n".join(area.name for area in survey_template.areas.all())

from collections.abc import Mapping
from typing import Any

from django import forms

from schools.core.fields import ListedRowsField
from supervision.criteria.models import IndicatorSet


class ApprovedSetsField(ListedRowsField):
    """A choice among the sets in use, each with what distinguishes it.

    `notes` says more of a set, by its pk: for whom it is, or why it is recommended.
    """

    widget = forms.CheckboxSelectMultiple
    notes: Mapping[int, str] = {}

    def __init__(self, **kwargs: Any) -> None:
        kwargs = {
            "label": "ชุดตัวชี้วัด",
            "help_text": "เลือกได้ระดับการศึกษาละ 1 ชุด",
            "queryset": IndicatorSet.objects.none(),
        } | kwargs
        super().__init__(**kwargs)
        self.error_messages["invalid_choice"] = (
            "ชุดที่เลือกใช้ไม่ได้แล้ว โปรดเลือกจากชุดที่ ก.ต.ป.น. เห็นชอบในรายการ"
        )

    def label_from_instance(self, indicator_set: IndicatorSet) -> str:
        sample = "ตัวอย่าง · " if indicator_set.is_sample else ""
        level = indicator_set.get_level_display()
        return (
            f"{indicator_set} · ระดับ{level} · {sample}ก.ต.ป.น. ครั้งที่ {indicator_set.meeting_no}"
            f" · {indicator_set.indicator_count} ตัวชี้วัด{self.notes.get(indicator_set.pk, '')}"
        )

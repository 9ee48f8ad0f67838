"""What is typed and ticked of the policies of a year."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from django import forms
from django.db.models import Q
from django.forms.boundfield import BoundWidget

from schools.core.fields import ListedRowsField
from schools.core.forms import ConflictCheckedForm, PortalForm, form_field
from supervision.criteria.enums import SetState, SetUse
from supervision.criteria.models import Indicator
from supervision.profiles.models import PolicyFocus


class PolicyFocusForm(ConflictCheckedForm):
    """A policy of a year: whose it is, what it says, where that is written."""

    class Meta:
        model = PolicyFocus
        fields = ("origin", "text", "source", "position")
        widgets = {"origin": forms.RadioSelect, "text": forms.Textarea}
        help_texts = {
            "text": "ตามถ้อยคำของประกาศ หนึ่งข้อต่อหนึ่งรายการ",
            "source": "ประกาศ หนังสือ หรือแผนที่กำหนดจุดเน้นนี้ พร้อมวันที่",
            "position": "ลำดับในรายการของปี",
        }


class IndicatorTicks(NamedTuple):
    """The tick boxes of one standard's indicators, and how many of them are ticked."""

    standard: str
    boxes: list[BoundWidget]
    ticked: int


class FocusIndicatorsForm(PortalForm):
    """The indicators that answer a policy: of the sets in use, and those linked before."""

    indicators = ListedRowsField(
        Indicator.objects.none(),
        label="ตัวชี้วัดที่ตอบจุดเน้น",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, focus: PolicyFocus, **kwargs: Any) -> None:
        chosen = [indicator.pk for indicator in focus.indicators.all()]
        super().__init__(*args, initial={"indicators": chosen}, **kwargs)
        in_use = Q(
            standard__indicator_set__state=SetState.APPROVED,
            standard__indicator_set__use=SetUse.ROUND,
        )
        rows = Indicator.objects.filter(in_use | Q(pk__in=chosen))
        rows = rows.select_related("standard__indicator_set").order_by(
            "-standard__indicator_set__level",
            "standard__indicator_set",
            "standard__number",
            "position",
        )
        field = form_field(self, "indicators", ListedRowsField)
        field.queryset = rows
        self.offered = list(rows)
        field.choices = [(row.pk, str(row)) for row in self.offered]

    def standards(self) -> Iterator[IndicatorTicks]:
        """The boxes by set and standard, for the page."""
        boxes = zip(self.offered, self["indicators"], strict=True)
        for named, group in groupby(boxes, key=lambda pair: _standard_words(pair[0])):
            of_standard = [box for _, box in group]
            yield IndicatorTicks(
                named, of_standard, sum(box.data["selected"] for box in of_standard)
            )


def _standard_words(indicator: Indicator) -> str:
    standard = indicator.standard
    return f"{standard.indicator_set} · {standard}"

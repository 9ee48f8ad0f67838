from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from schools import thai
from schools.fields import BuddhistDateField
from schools.forms import PortalForm
from schools.models import Term
from supervision.criteria.forms import ApprovedSetsField
from supervision.criteria.models import IndicatorSet
from supervision.rounds.actions import check_choice
from supervision.rounds.enums import CycleStep
from supervision.workflow.errors import Refused

# Needs and criteria may be gathered all year; from here on one step needs the one before.
IN_ORDER = (
    CycleStep.SELF_ASSESSMENT,
    CycleStep.VISIT,
    CycleStep.DECISION,
    CycleStep.SUMMARY,
    CycleStep.REPORT,
)


class CriteriaForm(PortalForm):
    """The sets a round is walked with, one for each level the school teaches."""

    indicator_sets = ApprovedSetsField(error_messages={"required": "โปรดเลือกชุดตัวชี้วัดอย่างน้อย 1 ชุด"})

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator_sets"].queryset = IndicatorSet.objects.approved().with_counts()

    def clean_indicator_sets(self) -> QuerySet[IndicatorSet]:
        chosen = self.cleaned_data["indicator_sets"]
        try:
            check_choice(chosen)
        except Refused as refused:
            raise ValidationError(str(refused)) from None
        return chosen


class OpenTermForm(CriteriaForm):
    """Which sets the opened rounds start with; they may be chosen later for each school."""

    indicator_sets = ApprovedSetsField(
        required=False, help_text="ไม่เลือก คือ กำหนดภายหลังเป็นรายโรงเรียน"
    )


class DeadlinesForm(PortalForm):
    """By when each of the seven steps should be done; a step may go without."""

    def __init__(self, *args, term: Term, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        for step in CycleStep:
            self.fields[field_of(step)] = BuddhistDateField(
                label=f"ขั้นที่ {step.value} {step.label}", required=False
            )

    def clean(self) -> dict:
        cleaned = super().clean()
        self._refuse_other_years()
        self._refuse_steps_before_earlier_ones()
        return cleaned

    def due(self) -> dict[int, date | None]:
        return {step.value: self.cleaned_data[field_of(step)] for step in CycleStep}

    def _refuse_other_years(self) -> None:
        year, begins = self.term.academic_year.year, first_day(self.term)
        for step in CycleStep:
            due_on = self.cleaned_data.get(field_of(step))
            if due_on and due_on < begins:
                message = f"อยู่ก่อนเริ่มปีการศึกษา {year} โปรดตรวจสอบวันที่และปี พ.ศ."
                self.add_error(field_of(step), message)
            elif due_on and thai.academic_year(due_on) > year + 1:
                message = f"อยู่หลังปีการศึกษา {year} เกิน 1 ปี โปรดตรวจสอบปี พ.ศ."
                self.add_error(field_of(step), message)

    def _refuse_steps_before_earlier_ones(self) -> None:
        before: tuple[int, date] | None = None
        for step in IN_ORDER:
            due_on = self.cleaned_data.get(field_of(step))
            if due_on is None:
                continue
            if before and due_on < before[1]:
                day = thai.short_date(before[1])
                message = f"อยู่ก่อนกำหนดของขั้นที่ {before[0]} ({day}) โปรดเลือกวันเดียวกันหรือหลังจากนั้น"
                self.add_error(field_of(step), message)
            else:
                before = (step.value, due_on)


def field_of(step: int) -> str:
    return f"step_{int(step)}"


def initial_of(due: Mapping[int, date]) -> dict[str, date]:
    return {field_of(step): due_on for step, due_on in due.items()}


def first_day(term: Term) -> date:
    """The year begins on 16 May (ระเบียบ ศธ. 2549 ข้อ 7) or with a term that opens before."""
    opens = [other.opens_on for other in term.academic_year.terms.all()]
    return min([date(term.academic_year.year - 543, 5, 16), *opens])

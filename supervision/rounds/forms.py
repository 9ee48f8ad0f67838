from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils import timezone

from schools import thai
from schools.fields import BuddhistDateField, ListedRowsField
from schools.forms import PortalForm, ReasonForm, SharedWordsForm
from schools.models import School, Term
from schools.models.calendar import usual_terms
from supervision.criteria.forms import ApprovedSetsField
from supervision.criteria.models import IndicatorSet
from supervision.rounds.actions import check_choice, check_covers
from supervision.rounds.due_dates import USUAL_TURN_DAYS, Window
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import MOST_TURN_DAYS, Round
from supervision.rounds.queries import (
    allowance_of,
    days_of,
    fits,
    levels_lacking,
    recommended_for,
    windows_of_term,
)
from supervision.workflow.errors import Refused

# Needs and criteria may be gathered all year; from here on one step needs the one before.
IN_ORDER = (
    CycleStep.SELF_ASSESSMENT,
    CycleStep.VISIT,
    CycleStep.DECISION,
    CycleStep.SUMMARY,
    CycleStep.REPORT,
)
FARTHEST = timedelta(days=366)


class CriteriaForm(PortalForm):
    """The sets a round is walked with, one for each level the school teaches.

    Those that fit the school are recommended; none is chosen beforehand.
    """

    indicator_sets = ApprovedSetsField(error_messages={"required": "โปรดเลือกชุดตัวชี้วัดอย่างน้อย 1 ชุด"})

    def __init__(self, *args, schools: Sequence[School], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.schools = schools
        field = self.fields["indicator_sets"]
        field.queryset = IndicatorSet.objects.approved().with_counts()
        field.notes = self.notes(list(field.queryset), schools)

    def notes(self, sets: Sequence[IndicatorSet], schools: Sequence[School]) -> dict[int, str]:
        recommended = recommended_for(schools[0], sets)
        return {chosen.pk: " · แนะนำสำหรับโรงเรียนนี้" for chosen in recommended}

    def clean_indicator_sets(self) -> QuerySet[IndicatorSet]:
        chosen = self.cleaned_data["indicator_sets"]
        try:
            check_choice(chosen)
        except Refused as refused:
            raise ValidationError(str(refused)) from None
        return chosen


class WindowBoxes(PortalForm):
    """For each step two boxes: from when and by when it is asked for; a step may go without.

    Who uses it says whose `term` it is and calls `add_boxes`.
    """

    term: Term
    steps: Sequence[CycleStep] = ()

    def add_boxes(self, steps: Iterable[int], windows: Mapping[int, Window]) -> None:
        self.steps = [CycleStep(step) for step in sorted(steps)]
        for step in self.steps:
            number, window = f"ขั้นที่ {step.value}", windows.get(step, Window())
            for name, day, label in (
                (opens(step), window.opens_on, f"{number} เริ่มตั้งแต่"),
                (due(step), window.due_on, f"{number} กำหนดเสร็จ"),
            ):
                self.fields[name] = BuddhistDateField(label=label, required=False)
                self.initial.setdefault(name, day)

    def box_names(self) -> list[str]:
        return [name for step in self.steps for name in (opens(step), due(step))]

    def by_step(self) -> list[tuple[CycleStep, BoundField, BoundField]]:
        """The steps with their two boxes, as the page sets them side by side."""
        return [(step, self[opens(step)], self[due(step)]) for step in self.steps]

    def windows(self) -> dict[int, Window]:
        days = self.cleaned_data
        return {step.value: Window(days[opens(step)], days[due(step)]) for step in self.steps}

    def clean(self) -> dict:
        self._refuse_other_years()
        for step in self.steps:
            self._refuse_half_a_window(step)
        self._refuse_steps_before_earlier_ones()
        return super().clean()

    def _refuse_other_years(self) -> None:
        year, begins = self.term.academic_year.year, first_day(self.term)
        for name in self.box_names():
            day = self.cleaned_data.get(name)
            if day and day < begins:
                message = f"อยู่ก่อนเริ่มปีการศึกษา {year} โปรดตรวจสอบวันที่และปี พ.ศ."
                self.add_error(name, message)
            elif day and thai.academic_year(day) > year + 1:
                message = f"อยู่หลังปีการศึกษา {year} เกิน 1 ปี โปรดตรวจสอบปี พ.ศ."
                self.add_error(name, message)

    def _refuse_half_a_window(self, step: CycleStep) -> None:
        opens_on, due_on = (self.cleaned_data.get(name) for name in (opens(step), due(step)))
        if opens_on and not due_on and due(step) not in self.errors:
            self.add_error(due(step), "ระบุวันเริ่มแล้ว โปรดระบุกำหนดเสร็จด้วย หรือลบวันเริ่มออก")
        elif opens_on and due_on and opens_on > due_on:
            day = thai.short_date(due_on)
            message = f"อยู่หลังกำหนดเสร็จของขั้นนี้ ({day}) โปรดเลือกวันเดียวกันหรือก่อนหน้านั้น"
            self.add_error(opens(step), message)

    def _refuse_steps_before_earlier_ones(self) -> None:
        before: tuple[int, date] | None = None
        for step in IN_ORDER:
            due_on = self.cleaned_data.get(due(step))
            if due_on is None:
                continue
            if before and due_on < before[1]:
                day = thai.short_date(before[1])
                message = f"อยู่ก่อนกำหนดของขั้นที่ {before[0]} ({day}) โปรดเลือกวันเดียวกันหรือหลังจากนั้น"
                self.add_error(due(step), message)
            else:
                before = (step.value, due_on)


class OpenTermForm(WindowBoxes, CriteriaForm):
    """Which sets the opened rounds have, one for each level that is taught.

    Opened late, the rounds have days of their own: those that the system proposes stand in
    the boxes.
    """

    def __init__(self, *args, term: Term, offered: Mapping[int, Window], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        self.add_boxes(offered, offered)

    def notes(self, sets: Sequence[IndicatorSet], schools: Sequence[School]) -> dict[int, str]:
        counts = {one.pk: sum(fits(one, school) for school in schools) for one in sets}
        return {pk: f" · ใช้กับ {count} โรงเรียนที่รอเปิดรอบ" for pk, count in counts.items()}

    def clean_indicator_sets(self) -> QuerySet[IndicatorSet]:
        chosen = super().clean_indicator_sets()
        try:
            check_covers(chosen, self.schools)
        except Refused as refused:
            raise ValidationError(str(refused)) from None
        return chosen


class RoundsField(ListedRowsField):
    """Rounds that lack sets, each with its school and what it lacks."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, round_: Round) -> str:
        lacking = levels_lacking([round_.school], round_.indicator_sets.all())
        label = f"{round_.school.short_name} · ขาดชุด{lacking}"
        if round_.number > 1:
            label += f" · รอบที่ {round_.number} สิ่งที่จะปรับ: {round_.will_change or 'ไม่ได้ระบุ'}"
        return label


class AssignSetsForm(CriteriaForm):
    """Which rounds of a term are given sets, and which; all that lack some are ticked.

    A round that was given its sets meanwhile is a good answer too: the action leaves it alone.
    """

    field_order = ("indicator_sets", "rounds")
    rounds = RoundsField(
        queryset=Round.objects.none(),
        label="รอบที่กำหนดชุด",
        error_messages={"required": "โปรดเลือกรอบอย่างน้อย 1 รอบ"},
    )

    def __init__(self, *args, term: Term, lacking: Sequence[Round], **kwargs) -> None:
        super().__init__(*args, schools=[round_.school for round_ in lacking], **kwargs)
        field = self.fields["rounds"]
        field.queryset = Round.objects.for_term(term)
        field.choices = [(one.pk, field.label_from_instance(one)) for one in lacking]
        self.initial["rounds"] = [one.pk for one in lacking]

    def notes(self, sets: Sequence[IndicatorSet], schools: Sequence[School]) -> dict[int, str]:
        counts = {one.pk: sum(fits(one, school) for school in schools) for one in sets}
        return {pk: f" · ตรงกับระดับของ {count} โรงเรียน" for pk, count in counts.items()}


class NextRoundDaysForm(WindowBoxes):
    """The days of the round after ไม่บรรลุ, as the system proposes them."""

    def __init__(self, *args, term: Term, offered: Mapping[int, Window], **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        self.add_boxes(offered, offered)


class ReturnForm(ReasonForm):
    """Why work of a round is sent back, and until when it is to be put right."""

    correct_by = BuddhistDateField(label="แก้ไขภายในวันที่", required=False)

    def __init__(self, *args, round_: Round, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.today, turn_days = timezone.localdate(), days_of([round_])[round_.pk].turn_days
        self.offered = self.today + timedelta(days=turn_days)
        self.initial["correct_by"] = self.offered
        self.fields[
            "correct_by"
        ].help_text = (
            f"ระบบเสนอ {turn_days} วันนับจากวันนี้ แก้ไขได้ หากเว้นว่าง ใช้วันที่ {thai.long_date(self.offered)}"
        )

    def clean_correct_by(self) -> date:
        day = self.cleaned_data["correct_by"] or self.offered
        if day < self.today:
            raise ValidationError("วันที่ผ่านไปแล้ว โปรดเลือกวันนี้หรือหลังจากนี้")
        if day > self.today + FARTHEST:
            raise ValidationError("อยู่ห่างจากวันนี้เกิน 1 ปี โปรดตรวจสอบปี พ.ศ.")
        return day


class DeadlinesForm(WindowBoxes, SharedWordsForm):
    """The days of a term for each of the seven steps, and the days whoever it comes to has.

    Whoever leads the group may write them: the days of a colleague are never overwritten unseen.
    """

    turn_days = forms.IntegerField(
        label="ให้เวลาแต่ละคนอย่างน้อย (วัน)",
        min_value=1,
        max_value=MOST_TURN_DAYS,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": "โปรดระบุจำนวนวัน",
            "invalid": "จำนวนวันต้องเป็นจำนวนเต็ม เช่น 7",
            "min_value": f"จำนวนวันต้องอยู่ระหว่าง 1 ถึง {MOST_TURN_DAYS}",
            "max_value": f"จำนวนวันต้องอยู่ระหว่าง 1 ถึง {MOST_TURN_DAYS}",
        },
    )

    class Meta:
        model = Term
        fields = ()

    def __init__(self, *args, instance: Term, **kwargs) -> None:
        self.term = instance
        self.allowance = allowance_of(instance)
        days = self.allowance.days if self.allowance else USUAL_TURN_DAYS
        initial = initial_of(windows_of_term(instance), {"turn_days": days})
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.add_boxes(CycleStep, windows_of_term(instance))

    def shared_names(self) -> list[str]:
        return list(self.initial)


class RoundDaysForm(WindowBoxes, SharedWordsForm):
    """The days of one round, in place of those of its term."""

    class Meta:
        model = Round
        fields = ()

    def __init__(self, *args, instance: Round, **kwargs) -> None:
        self.term = instance.term
        self.days = days_of([instance])[instance.pk]
        initial = initial_of(self.days.windows)
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.add_boxes(CycleStep, self.days.windows)

    def shared_names(self) -> list[str]:
        return list(self.initial)


def opens(step: int) -> str:
    return f"opens_{int(step)}"


def due(step: int) -> str:
    return f"step_{int(step)}"


def initial_of(windows: Mapping[int, Window], more: Mapping[str, Any] | None = None) -> dict:
    """Every box has a value, so that an empty one is compared as empty."""
    initial = dict(more or {})
    for step in CycleStep:
        window = windows.get(step, Window())
        initial |= {opens(step): window.opens_on, due(step): window.due_on}
    return initial


def first_day(term: Term) -> date:
    """The year begins on 16 May (ระเบียบ ศธ. 2549 ข้อ 7) or with a term that opens before."""
    opens = [other.opens_on for other in term.academic_year.terms.all()]
    usually, _ = usual_terms(term.academic_year.year)[1]
    return min([usually, *opens])

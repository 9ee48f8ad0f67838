from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BoundField
from django.utils import timezone

from schools.core import thai
from schools.core.errors import ActionRefused
from schools.core.fields import BuddhistDateField, ListedRowsField
from schools.core.forms import ConflictCheckedForm, PortalForm, ReasonForm, form_field
from schools.models import School, Term
from schools.models.calendar import usual_terms
from supervision.criteria.forms import ApprovedSetsField
from supervision.criteria.models import IndicatorSet
from supervision.rounds.actions import ensure_sets_can_be_chosen, ensure_sets_cover_a_school
from supervision.rounds.due_dates import DEFAULT_TURN_DAYS, StepWindow
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import MAX_TURN_DAYS, Round
from supervision.rounds.queries import (
    days_by_round,
    recommended_sets,
    set_fits_school,
    term_turn_allowance,
    term_windows,
    uncovered_levels_text,
)

# Needs and criteria may be gathered all year; from here on one step needs the one before.
SEQUENTIAL_STEPS = (
    CycleStep.SELF_ASSESSMENT,
    CycleStep.VISIT,
    CycleStep.DECISION,
    CycleStep.SUMMARY,
    CycleStep.REPORT,
)
MAX_CORRECTION_PERIOD = timedelta(days=366)


class RoundCriteriaForm(PortalForm):
    """The indicator sets of a round, one for each level the school teaches.

    Those that fit the school are recommended; none is chosen beforehand.
    """

    indicator_sets = ApprovedSetsField(error_messages={"required": "โปรดเลือกชุดตัวชี้วัดอย่างน้อย 1 ชุด"})

    def __init__(self, *args: Any, schools: Sequence[School], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.schools = schools
        field = form_field(self, "indicator_sets", ApprovedSetsField)
        field.queryset = sets = (
            IndicatorSet.objects.approved().with_counts().select_related("meeting")
        )
        field.notes = self.notes(list(sets), schools)

    def notes(self, sets: Sequence[IndicatorSet], schools: Sequence[School]) -> dict[int, str]:
        recommended = recommended_sets(schools[0], sets)
        return {chosen.pk: " · แนะนำสำหรับโรงเรียนนี้" for chosen in recommended}

    def clean_indicator_sets(self) -> QuerySet[IndicatorSet]:
        chosen = self.cleaned_data["indicator_sets"]
        try:
            ensure_sets_can_be_chosen(chosen)
        except ActionRefused as refused:
            raise ValidationError(str(refused)) from None
        return chosen


class StepWindowsForm(PortalForm):
    """For each step two boxes: from when and by when it is asked for; a step may go without.

    Who uses it says whose `term` it is and calls `add_window_fields`.
    """

    term: Term
    steps: Sequence[CycleStep] = ()

    def add_window_fields(self, steps: Iterable[int], windows: Mapping[int, StepWindow]) -> None:
        self.steps = [CycleStep(step) for step in sorted(steps)]
        for step in self.steps:
            number, window = f"ขั้นที่ {step.value}", windows.get(step, StepWindow())
            for name, day, label in (
                (opens_on_field_name(step), window.opens_on, f"{number} เริ่มตั้งแต่"),
                (due_on_field_name(step), window.due_on, f"{number} กำหนดเสร็จ"),
            ):
                self.fields[name] = BuddhistDateField(label=label, required=False)
                self.initial.setdefault(name, day)

    def window_field_names(self) -> list[str]:
        return [
            name
            for step in self.steps
            for name in (opens_on_field_name(step), due_on_field_name(step))
        ]

    def by_step(self) -> list[tuple[CycleStep, BoundField, BoundField]]:
        """The steps with their two boxes, as the page sets them side by side."""
        return [
            (step, self[opens_on_field_name(step)], self[due_on_field_name(step)])
            for step in self.steps
        ]

    def windows(self) -> dict[int, StepWindow]:
        days = self.cleaned_data
        return {
            step.value: StepWindow(days[opens_on_field_name(step)], days[due_on_field_name(step)])
            for step in self.steps
        }

    def clean(self) -> dict[str, Any]:
        self._refuse_other_years()
        for step in self.steps:
            self._refuse_half_a_window(step)
        self._refuse_steps_before_earlier_ones()
        return super().clean() or self.cleaned_data

    def _refuse_other_years(self) -> None:
        year, begins = self.term.academic_year.year, academic_year_first_day(self.term)
        for name in self.window_field_names():
            day = self.cleaned_data.get(name)
            if day and day < begins:
                message = f"อยู่ก่อนเริ่มปีการศึกษา {year} โปรดตรวจสอบวันที่และปี พ.ศ."
                self.add_error(name, message)
            elif day and thai.academic_year(day) > year + 1:
                message = f"อยู่หลังปีการศึกษา {year} เกิน 1 ปี โปรดตรวจสอบปี พ.ศ."
                self.add_error(name, message)

    def _refuse_half_a_window(self, step: CycleStep) -> None:
        opens_on, due_on = (
            self.cleaned_data.get(name)
            for name in (opens_on_field_name(step), due_on_field_name(step))
        )
        if opens_on and not due_on and due_on_field_name(step) not in self.errors:
            self.add_error(due_on_field_name(step), "ระบุวันเริ่มแล้ว โปรดระบุกำหนดเสร็จด้วย หรือลบวันเริ่มออก")
        elif opens_on and due_on and opens_on > due_on:
            day = thai.short_date(due_on)
            message = f"อยู่หลังกำหนดเสร็จของขั้นนี้ ({day}) โปรดเลือกวันเดียวกันหรือก่อนหน้านั้น"
            self.add_error(opens_on_field_name(step), message)

    def _refuse_steps_before_earlier_ones(self) -> None:
        before: tuple[int, date] | None = None
        for step in SEQUENTIAL_STEPS:
            due_on = self.cleaned_data.get(due_on_field_name(step))
            if due_on is None:
                continue
            if before and due_on < before[1]:
                day = thai.short_date(before[1])
                message = f"อยู่ก่อนกำหนดของขั้นที่ {before[0]} ({day}) โปรดเลือกวันเดียวกันหรือหลังจากนั้น"
                self.add_error(due_on_field_name(step), message)
            else:
                before = (step.value, due_on)


class OpenTermRoundsForm(StepWindowsForm, RoundCriteriaForm):
    """Which sets the opened rounds have, one for each level that is taught.

    Opened late, the rounds have days of their own: those that the system proposes stand in
    the boxes.
    """

    def __init__(
        self, *args: Any, term: Term, proposed_windows: Mapping[int, StepWindow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        self.add_window_fields(proposed_windows, proposed_windows)

    def notes(self, sets: Sequence[IndicatorSet], schools: Sequence[School]) -> dict[int, str]:
        counts = {one.pk: sum(set_fits_school(one, school) for school in schools) for one in sets}
        return {pk: f" · ใช้กับ {count} โรงเรียนที่รอเปิดรอบ" for pk, count in counts.items()}

    def clean_indicator_sets(self) -> QuerySet[IndicatorSet]:
        chosen = super().clean_indicator_sets()
        try:
            ensure_sets_cover_a_school(list(chosen), self.schools)
        except ActionRefused as refused:
            raise ValidationError(str(refused)) from None
        return chosen


class RoundsWithoutSetsField(ListedRowsField):
    """Rounds that lack sets, each with its school and what it lacks."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, round_: Round) -> str:
        lacking = uncovered_levels_text([round_.school], round_.indicator_sets.all())
        label = f"{round_.school.short_name} · ขาดชุด{lacking}"
        if round_.number > 1:
            label += f" · รอบที่ {round_.number} สิ่งที่จะปรับ: {round_.planned_changes or 'ไม่ได้ระบุ'}"
        return label


class AssignIndicatorSetsForm(RoundCriteriaForm):
    """Which rounds of a term are given sets, and which; all that lack some are ticked.

    A round that was given its sets meanwhile is a good answer too: the action leaves it alone.
    """

    field_order = ("indicator_sets", "rounds")
    rounds = RoundsWithoutSetsField(
        queryset=Round.objects.none(),
        label="รอบที่กำหนดชุด",
        error_messages={"required": "โปรดเลือกรอบอย่างน้อย 1 รอบ"},
    )

    def __init__(self, *args: Any, term: Term, lacking: Sequence[Round], **kwargs: Any) -> None:
        super().__init__(*args, schools=[round_.school for round_ in lacking], **kwargs)
        field = form_field(self, "rounds", RoundsWithoutSetsField)
        field.queryset = Round.objects.for_term(term)
        field.choices = [(one.pk, field.label_from_instance(one)) for one in lacking]
        self.initial["rounds"] = [one.pk for one in lacking]

    def notes(self, sets: Sequence[IndicatorSet], schools: Sequence[School]) -> dict[int, str]:
        counts = {one.pk: sum(set_fits_school(one, school) for school in schools) for one in sets}
        return {pk: f" · ตรงกับระดับของ {count} โรงเรียน" for pk, count in counts.items()}


class NextRoundDeadlinesForm(StepWindowsForm):
    """The days of the round after ไม่บรรลุ, as the system proposes them."""

    def __init__(
        self, *args: Any, term: Term, proposed_windows: Mapping[int, StepWindow], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        self.add_window_fields(proposed_windows, proposed_windows)


class ReturnForCorrectionForm(ReasonForm):
    """Why work of a round is sent back, and until when it is to be put right."""

    correct_by = BuddhistDateField(label="แก้ไขภายในวันที่", required=False)

    def __init__(self, *args: Any, round_: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, turn_days = timezone.localdate(), days_by_round([round_])[round_.pk].turn_days
        self.proposed_date = self.today + timedelta(days=turn_days)
        self.initial["correct_by"] = self.proposed_date
        self.fields["correct_by"].help_text = (
            f"ระบบเสนอ {turn_days} วันนับจากวันนี้ แก้ไขได้ หากเว้นว่าง "
            f"ใช้วันที่ {thai.long_date(self.proposed_date)}"
        )

    def clean_correct_by(self) -> date:
        day = self.cleaned_data["correct_by"] or self.proposed_date
        if day < self.today:
            raise ValidationError("วันที่ผ่านไปแล้ว โปรดเลือกวันนี้หรือหลังจากนี้")
        if day > self.today + MAX_CORRECTION_PERIOD:
            raise ValidationError("อยู่ห่างจากวันนี้เกิน 1 ปี โปรดตรวจสอบปี พ.ศ.")
        return day


class TermDeadlinesForm(StepWindowsForm, ConflictCheckedForm):
    """The days of a term for each of the seven steps, and the days whoever it comes to has.

    Whoever leads the group may write them: the days of a colleague are never overwritten unseen.
    """

    turn_days = forms.IntegerField(
        label="ให้เวลาแต่ละคนอย่างน้อย (วัน)",
        min_value=1,
        max_value=MAX_TURN_DAYS,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": "โปรดระบุจำนวนวัน",
            "invalid": "จำนวนวันต้องเป็นจำนวนเต็ม เช่น 7",
            "min_value": f"จำนวนวันต้องอยู่ระหว่าง 1 ถึง {MAX_TURN_DAYS}",
            "max_value": f"จำนวนวันต้องอยู่ระหว่าง 1 ถึง {MAX_TURN_DAYS}",
        },
    )

    class Meta:
        model = Term
        fields = ()

    def __init__(self, *args: Any, instance: Term, **kwargs: Any) -> None:
        self.term = instance
        self.allowance = term_turn_allowance(instance)
        days = self.allowance.days if self.allowance else DEFAULT_TURN_DAYS
        initial = initial_windows(term_windows(instance), {"turn_days": days})
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.add_window_fields(CycleStep, term_windows(instance))

    def compared_fields(self) -> list[str]:
        return list(self.initial)


class RoundDeadlinesForm(StepWindowsForm, ConflictCheckedForm):
    """The days of one round, in place of those of its term."""

    class Meta:
        model = Round
        fields = ()

    def __init__(self, *args: Any, instance: Round, **kwargs: Any) -> None:
        self.term = instance.term
        self.days = days_by_round([instance])[instance.pk]
        initial = initial_windows(self.days.windows)
        super().__init__(*args, instance=instance, initial=initial, **kwargs)
        self.add_window_fields(CycleStep, self.days.windows)

    def compared_fields(self) -> list[str]:
        return list(self.initial)


def opens_on_field_name(step: int) -> str:
    return f"opens_{int(step)}"


def due_on_field_name(step: int) -> str:
    return f"step_{int(step)}"


def initial_windows(
    windows: Mapping[int, StepWindow], more: Mapping[str, Any] | None = None
) -> dict:
    """Every box has a value, so that an empty one is compared as empty."""
    initial = dict(more or {})
    for step in CycleStep:
        window = windows.get(step, StepWindow())
        initial |= {
            opens_on_field_name(step): window.opens_on,
            due_on_field_name(step): window.due_on,
        }
    return initial


def academic_year_first_day(term: Term) -> date:
    """The year begins on 16 May (ระเบียบ ศธ. 2549 ข้อ 7) or with a term that opens before."""
    opens = [other.opens_on for other in term.academic_year.terms.all()]
    usually, _ = usual_terms(term.academic_year.year)[1]
    return min([usually, *opens])

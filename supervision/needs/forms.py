import json
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from schools.core import thai
from schools.core.fields import BuddhistDateField
from schools.core.forms import PortalForm
from supervision.needs import actions
from supervision.needs.enums import NeedsLevel, SupervisionMode
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.needs.queries import (
    SURVEY_TEXT_FIELDS,
    SurveyAnswers,
    need_field_name,
    problem_field_name,
    survey_answers,
    survey_areas,
)

MINE, THEIRS = "mine", "theirs"
OPTIONAL_FIELDS = ("wanted_second", "wanted_third", "remarks", "preferred_on", "preferred_mode")
CONFLICT_MESSAGE = "มีผู้บันทึกคำตอบอื่นไว้ระหว่างที่หน้านี้เปิดอยู่ โปรดเลือกคำตอบที่จะใช้แล้วกดบันทึกอีกครั้ง"


def text_answer_field(name: str, *, longest: int = 300) -> forms.CharField:
    """A text of form 7.1 that may stay empty in a draft."""
    label = str(forms.fields_for_model(NeedsSurvey, [name])[name].label)
    return forms.CharField(
        label=f"{label} (ถ้ามี)" if name in OPTIONAL_FIELDS else label,
        required=False,
        widget=forms.Textarea,
        # Not max_length: the browser would cut a pasted text short without a word.
        validators=[
            MaxLengthValidator(longest, f"ยาว %(show_value)d ตัวอักษร โปรดย่อให้ไม่เกิน {longest} ตัวอักษร")
        ],
    )


class NeedsSurveyForm(PortalForm):
    """Form 7.1. Every field may stay empty in a draft; what is right is saved, the rest is told.

    The page sends back `version`, what was saved when it was opened, so that an answer somebody
    else saved meanwhile is not overwritten: both are shown and the person chooses.
    """

    wanted_first = text_answer_field("wanted_first")
    wanted_second = text_answer_field("wanted_second")
    wanted_third = text_answer_field("wanted_third")
    remarks = text_answer_field("remarks", longest=2000)
    preferred_on = BuddhistDateField(label="วันที่สะดวกรับการนิเทศ (ถ้ามี)", required=False)
    preferred_mode = forms.ChoiceField(
        label="รูปแบบการนิเทศที่ต้องการ (ถ้ามี)",
        choices=SupervisionMode.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    data: QueryDict  # a copy that the form may change, so that the page shows what is saved

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        campaign: NeedsCampaign,
        survey: NeedsSurvey | None,
    ) -> None:
        self.survey = survey
        self.areas = survey_areas(campaign, survey)
        self.saved = survey_answers(survey)
        super().__init__(data.copy() if data is not None else None, initial=self._initial())
        for area in self.areas:
            self.fields[problem_field_name(area.pk)] = level_answer_field(
                f"{area.name} ระดับสภาพปัญหา"
            )
            self.fields[need_field_name(area.pk)] = level_answer_field(
                f"{area.name} ระดับความต้องการ"
            )
        for name in ("wanted_first", "wanted_second", "wanted_third"):
            self.fields[name].widget.attrs["rows"] = 2
        self.names = list(self.fields)
        self.conflicting_fields = [
            name for name in self.names if name in self._list_of("conflicting_fields")
        ]

    @property
    def version(self) -> str:
        """What is saved now, for the page to send back."""
        return json.dumps(self.saved, ensure_ascii=False)

    @property
    def questions(self) -> list[dict[str, Any]]:
        """The areas, each with its two questions."""
        return [
            {
                "area": area,
                "levels": [self[problem_field_name(area.pk)], self[need_field_name(area.pk)]],
            }
            for area in self.areas
        ]

    @property
    def choices(self) -> list[forms.BoundField]:
        """Where two people differ: one choice for each such field."""
        return [self[conflict_field_name(name)] for name in self.conflicting_fields]

    def save(self, survey: NeedsSurvey) -> None:
        """Save what is right; what somebody else answered otherwise becomes a question."""
        typed = self._typed()
        mine = {
            name: text
            for name, text in typed.items()
            if name not in self.conflicting_fields or self._choice(name) == MINE
        }
        theirs = actions.save_survey_answers(survey, mine, shown=self._shown_then())
        self.saved = survey_answers(survey)
        theirs |= self._undecided(typed)
        self._show_saved([name for name in typed if name not in theirs])
        self.conflicting_fields = list(theirs)
        for name, text in theirs.items():
            self._ask(name, theirs=text, mine=typed.get(name, ""))

    def mark_missing(self) -> None:
        """What the school must still answer, each at its field."""
        self.saved = survey_answers(self.survey)  # somebody may have emptied one meanwhile
        for name in self.names:
            if (
                not self.saved[name].strip()
                and name not in self.errors
                and name not in OPTIONAL_FIELDS
            ):
                verb = "กรอก" if name == "wanted_first" else "เลือกระดับ"
                self.add_error(name, f"โปรด{verb}ก่อนส่งแบบสำรวจ")

    def _initial(self) -> dict[str, Any]:
        return self.saved | ({"preferred_on": self.survey.preferred_on} if self.survey else {})

    def _typed(self) -> SurveyAnswers:
        self.full_clean()
        return {
            n: answer_as_text(self.cleaned_data[n]) for n in self.names if n in self.cleaned_data
        }

    def _undecided(self, typed: SurveyAnswers) -> SurveyAnswers:
        """Questions still open; where the other's answer was chosen, it takes its place."""
        still_open = {}
        for name in self.conflicting_fields:
            if self._choice(name) == THEIRS:
                self._show_saved([name])
                self.errors.pop(name, None)
            elif self._choice(name) != MINE and typed.get(name) != self.saved[name]:
                still_open[name] = self.saved[name]
        return still_open

    def _show_saved(self, names: list[str]) -> None:
        """The page goes on from what is saved; else an answer left alone would undo another's."""
        for name in names:
            self.data[name] = answer_as_input(name, self.saved[name])

    def _ask(self, name: str, *, theirs: str, mine: str) -> None:
        choice = conflict_field_name(name)
        self.fields[choice] = forms.ChoiceField(
            label=self.fields[name].label,
            widget=forms.RadioSelect,
            required=False,
            choices=[
                (THEIRS, f"ใช้คำตอบที่บันทึกไว้แล้ว: {answer_as_display(name, theirs)}"),
                (MINE, f"ใช้คำตอบของคุณ: {answer_as_display(name, mine)}"),
            ],
        )
        self.data.pop(choice, None)
        self.add_error(choice, CONFLICT_MESSAGE)

    def _choice(self, name: str) -> str:
        return self.data.get(conflict_field_name(name), "")

    def _list_of(self, name: str) -> list[str]:
        return self.data.getlist(name) if self.is_bound else []

    def _shown_then(self) -> SurveyAnswers:
        """What the page was opened with; a page that does not say so has shown nothing."""
        try:
            shown = json.loads(self.data.get("version", ""))
        except (ValueError, RecursionError):
            return {}
        return shown if isinstance(shown, dict) else {}


def level_answer_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=NeedsLevel.choices,
        required=False,
        widget=forms.RadioSelect,
        error_messages={
            "invalid_choice": (f"ระดับต้องเป็น {min(NeedsLevel):d} ถึง {max(NeedsLevel):d} โปรดเลือกใหม่")
        },
    )


def conflict_field_name(name: str) -> str:
    return f"choose_{name}"


def answer_as_text(value: Any) -> str:
    """A cleaned value as `survey_answers` gives it; lines end one way, as browsers do not agree."""
    if isinstance(value, date):
        return value.isoformat()
    return "\n".join((value or "").splitlines())


def answer_as_input(name: str, text: str) -> str:
    if name == "preferred_on" and text:
        return thai.numeric_date(date.fromisoformat(text))
    return text


def answer_as_display(name: str, text: str) -> str:
    """An answer as people read it."""
    if not text:
        return "(ว่าง)"
    if name == "preferred_on":
        return thai.long_date(date.fromisoformat(text))
    if name == "preferred_mode":
        return SupervisionMode(text).label
    return text if name in SURVEY_TEXT_FIELDS else f"{text} {NeedsLevel(int(text)).label}"

"""A reviewer's form: marks by each criterion of the office, or one score where it has none."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from schools.core.forms import PortalForm, apply_portal_style
from supervision.practices.models import MAX_REVIEW_SCORE, PracticeCriterion, PracticeReview


def _marks_field(label: str, full_marks: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        min_value=0,
        max_value=full_marks,
        widget=forms.NumberInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={
            "required": "โปรดให้คะแนน",
            "invalid": f"คะแนนต้องเป็นจำนวนเต็ม 0 ถึง {full_marks}",
            "min_value": f"คะแนนต้องอยู่ระหว่าง 0 ถึง {full_marks}",
            "max_value": f"คะแนนต้องอยู่ระหว่าง 0 ถึง {full_marks}",
        },
    )


class PracticeReviewForm(PortalForm):
    """A reviewer's score and comment on a nominated practice."""

    comment = forms.CharField(label="ความเห็น", max_length=2000, widget=forms.Textarea)

    def __init__(
        self,
        *args: Any,
        criteria: Sequence[PracticeCriterion],
        review: PracticeReview | None = None,
        **kwargs: Any,
    ) -> None:
        initial = _stored_values(review) if review else {}
        super().__init__(*args, initial=initial, **kwargs)
        self.criteria = {f"marks_{row.pk}": row for row in criteria}
        for name, row in self.criteria.items():
            label = f"{row.name} (0–{row.full_marks})"
            self.fields[name] = _marks_field(label, row.full_marks)
        if not self.criteria:
            self.fields["score"] = _marks_field(f"คะแนน (0–{MAX_REVIEW_SCORE})", MAX_REVIEW_SCORE)
        self.order_fields([*self.criteria, "score", "comment"])
        apply_portal_style(self)

    def clean(self) -> dict[str, Any]:
        """The comment, the marks by criterion, and their total."""
        cleaned = super().clean() or self.cleaned_data
        if self.errors or not self.criteria:
            return cleaned
        marks: Mapping[PracticeCriterion, int] = {
            row: cleaned[name] for name, row in self.criteria.items()
        }
        return {"comment": cleaned["comment"], "marks": marks, "score": sum(marks.values())}


def _stored_values(review: PracticeReview) -> dict[str, Any]:
    marks = {f"marks_{row.criterion_id}": row.marks for row in review.marks.all()}
    return {"comment": review.comment, "score": review.score} | marks

"""By which criteria practices are scored: the list that the office sets, as a whole."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django import forms
from django.db import transaction
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from schools.access import Permission, require
from schools.core.errors import ActionRefused
from schools.core.forms import PortalForm, apply_portal_style, post_data, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from supervision.practices.models import MAX_REVIEW_SCORE, PracticeCriterion

ROWS = 10


class CriterionLine(NamedTuple):
    """One criterion as it was typed, with its full marks."""

    name: str
    full_marks: int


@transaction.atomic
def replace_practice_criteria(lines: Sequence[CriterionLine]) -> None:
    """Let reviewers score by these criteria from now on, in this order.

    One that stays as it was keeps its marks; the others are replaced, and those that nobody
    scored by are deleted. Raises ActionRefused unless the full marks make 100, or where a
    criterion is named twice; without lines, reviewers give one score from 0 to 100.
    """
    check_criteria(lines)
    in_use = list(PracticeCriterion.objects.select_for_update().in_use())
    kept = {row.name: row for row in in_use if (row.name, row.full_marks) in lines}
    gone = [row.pk for row in in_use if row.name not in kept]
    PracticeCriterion.objects.filter(pk__in=gone, marks=None).delete()
    PracticeCriterion.objects.filter(pk__in=gone).update(replaced_at=timezone.now())
    for position, line in enumerate(lines, 1):
        row = kept.get(line.name) or PracticeCriterion(**line._asdict())
        row.position, row.is_sample = position, False
        row.save()


def check_criteria(lines: Sequence[CriterionLine]) -> None:
    """Raises ActionRefused unless the full marks make 100 and each criterion stands once."""
    total = sum(line.full_marks for line in lines)
    if lines and total != MAX_REVIEW_SCORE:
        raise ActionRefused(
            f"คะแนนเต็มของทุกเกณฑ์รวมได้ {total} คะแนน โปรดแก้ให้รวมเป็น {MAX_REVIEW_SCORE} คะแนน"
        )
    if len({line.name for line in lines}) < len(lines):
        raise ActionRefused("มีเกณฑ์ชื่อเดียวกันมากกว่า 1 แถว โปรดรวมเป็นแถวเดียว")


class PracticeCriteriaForm(PortalForm):
    """The list of criteria, a row each; rows left empty do not count."""

    def __init__(self, *args: Any, criteria: Sequence[PracticeCriterion], **kwargs: Any) -> None:
        stored: dict[str, Any] = {f"name_{at}": row.name for at, row in enumerate(criteria)}
        stored |= {f"full_marks_{at}": row.full_marks for at, row in enumerate(criteria)}
        super().__init__(*args, initial=stored, **kwargs)
        for at in range(ROWS):
            self.fields[f"name_{at}"] = forms.CharField(
                label=f"เกณฑ์ที่ {at + 1}", required=False, max_length=200
            )
            self.fields[f"full_marks_{at}"] = forms.IntegerField(
                label="คะแนนเต็ม", required=False, min_value=1, max_value=MAX_REVIEW_SCORE
            )
        apply_portal_style(self)

    def rows(self) -> Iterator[tuple[BoundField, BoundField]]:
        """The boxes of each row, for the page."""
        for at in range(ROWS):
            yield self[f"name_{at}"], self[f"full_marks_{at}"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        lines = list(self._filled(cleaned))
        return {} if self.errors else {"lines": lines}

    def _filled(self, cleaned: dict[str, Any]) -> Iterable[CriterionLine]:
        for name, full_marks in self.rows():
            named, marks = cleaned.get(name.name), cleaned.get(full_marks.name)
            if named and marks:
                yield CriterionLine(named, marks)
            elif (named or marks) and not (name.errors or full_marks.errors):
                empty = full_marks if named else name
                self.add_error(empty.name, "โปรดกรอกให้ครบทั้งแถว หรือลบทั้งแถวให้ว่าง")


def practice_criteria(request: SignedInRequest) -> HttpResponse:
    """The page on which the office sets its criteria."""
    require(request.user, Permission.PREPARE_CRITERIA)
    criteria = list(PracticeCriterion.objects.in_use())
    form = PracticeCriteriaForm(post_data(request), criteria=criteria)
    if form.is_valid():
        with refusal_as_form_error(form):
            replace_practice_criteria(**form.cleaned_data)
            return redirect_with_message(request, "บันทึกเกณฑ์การคัดเลือกแล้ว", "practices")
    context = {"form": form, "is_sample": any(row.is_sample for row in criteria)}
    return render(request, "practices/criteria.html", context)

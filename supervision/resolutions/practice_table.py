"""Practices at the table of a meeting: scored by criteria, then selected or declined together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render

from schools.access import Permission, require, rights_of
from schools.core.forms import PortalForm, redirect_with_message
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.models import User
from supervision.committees.models import Meeting
from supervision.criteria.scoring import mean
from supervision.practices.actions import decline_practice, select_practice
from supervision.practices.enums import AwardLevel, PracticeState
from supervision.practices.models import GoodPractice, PracticeCriterion
from supervision.practices.queries import ReviewStatistics, review_statistics
from supervision.resolutions.meeting_table import area_meeting, check_meeting_is_open

DECLINE = "decline"
CHOICES = [
    ("", "ยังไม่พิจารณา"),
    *((level.value, f"คัดเลือก{level.label}") for level in AwardLevel),
    (DECLINE, "ไม่คัดเลือก"),
]


class PracticeResolutionForm(PortalForm):
    """What the meeting resolves on one practice: a level, or why it is not selected."""

    choice = forms.ChoiceField(
        label="มติ",
        choices=CHOICES,
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    reason = forms.CharField(
        label="เหตุผลที่ไม่คัดเลือก",
        required=False,
        max_length=2000,
        widget=forms.TextInput(attrs={"class": "form-control"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("choice") == DECLINE and not cleaned.get("reason", "").strip():
            self.add_error("reason", "โปรดระบุเหตุผลที่ไม่คัดเลือก โรงเรียนอ่านได้")
        return cleaned

    @property
    def choice_label(self) -> str:
        """The chosen resolution as people read it."""
        return dict(CHOICES)[self.cleaned_data["choice"]]


@dataclass(frozen=True)
class CriterionMean:
    """The mean of the reviewers' marks by one criterion, of its full marks."""

    name: str
    mean: str
    full_marks: int


@dataclass(frozen=True, eq=False)
class PracticeTableRow:
    """One nominated practice with what its reviewers gave; without a form for who selects none."""

    practice: GoodPractice
    figures: ReviewStatistics
    criteria: Sequence[CriterionMean]
    form: PracticeResolutionForm | None


def meeting_practices(request: SignedInRequest, pk: int) -> HttpResponse:
    """The nominated practices, best scored first."""
    meeting = area_meeting(request, pk)
    return _table(request, meeting, practice_table_rows(request.user, meeting, None))


def meeting_practices_resolve(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask before recording; then record each by the action of a single one."""
    meeting = area_meeting(request, pk)
    require(request.user, Permission.SELECT_PRACTICE)
    if request.method != "POST":  # after signing in again
        return _table(request, meeting, practice_table_rows(request.user, meeting, None))
    check_meeting_is_open(meeting)
    rows = practice_table_rows(request.user, meeting, request.POST)
    chosen = _chosen_rows(rows)
    if not chosen or "edit" in request.POST:
        return _table(request, meeting, rows)
    if "confirmed" not in request.POST:
        context = {"meeting": meeting, "chosen": chosen}
        return render(request, "resolutions/confirm_practices.html", context)
    refused = [row for row in chosen if not _is_recorded(row, meeting, by=request.user)]
    if refused:
        return _table(request, meeting, rows, recorded=len(chosen) - len(refused))
    message = f"บันทึกมติเรื่องวิธีปฏิบัติที่เป็นเลิศ {len(chosen)} เรื่องแล้ว"
    return redirect_with_message(request, message, "meeting_practices", pk)


def _chosen_rows(rows: Sequence[PracticeTableRow]) -> list[PracticeTableRow]:
    """Those that get a resolution now; none while what was typed of any has an error."""
    asked = [row for row in rows if row.form]
    wrong = [row for row in asked if row.form and not row.form.is_valid()]
    return [] if wrong else [row for row in asked if _choice(row)]


def practice_table_rows(
    user: User, meeting: Meeting, data: QueryDict | None
) -> list[PracticeTableRow]:
    """Practices that wait for their selection, best mean first, in a constant number of queries."""
    practices = GoodPractice.objects.visible_to(user).filter(state=PracticeState.NOMINATED)
    practices = practices.select_related("round__school", "work")
    practices = practices.prefetch_related("reviews__marks__criterion").order_by("pk")
    rights, rows = rights_of(user), []
    for practice in practices:
        may_select = rights.allows(Permission.SELECT_PRACTICE, practice.school_id)
        form = PracticeResolutionForm(data, prefix=str(practice.pk)) if may_select else None
        reviews = list(practice.reviews.all())
        row = PracticeTableRow(
            practice=practice,
            figures=review_statistics(reviews),
            criteria=criterion_means(mark for review in reviews for mark in review.marks.all()),
            form=form if meeting.is_open else None,
        )
        rows.append(row)
    return sorted(rows, key=lambda row: -(row.figures.mean or 0))


def criterion_means(marks: Iterable[Any]) -> list[CriterionMean]:
    """The means of these marks by criterion, in the order of the criteria."""
    given: dict[PracticeCriterion, list[int]] = {}
    for mark in marks:
        given.setdefault(mark.criterion, []).append(mark.marks)
    return [
        CriterionMean(criterion.name, str(mean(values)), criterion.full_marks)
        for criterion, values in sorted(given.items(), key=lambda item: item[0].position)
    ]


def _choice(row: PracticeTableRow) -> str:
    return row.form.cleaned_data["choice"] if row.form else ""


def _is_recorded(row: PracticeTableRow, meeting: Meeting, *, by: User) -> bool:
    """Record one; its form has the reason where it was refused."""
    if row.form is None:
        return False
    with refusal_as_form_error(row.form):
        choice = _choice(row)
        if choice == DECLINE:
            reason = row.form.cleaned_data["reason"]
            decline_practice(row.practice, by=by, reason=reason, meeting=meeting)
        else:
            select_practice(row.practice, by=by, level=AwardLevel(choice), meeting=meeting)
        return True
    return False


def _table(
    request: SignedInRequest,
    meeting: Meeting,
    rows: Sequence[PracticeTableRow],
    recorded: int = 0,
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "rows": rows,
        "recorded": recorded,
        "may_select": any(row.form for row in rows),
        "resolved": GoodPractice.objects.visible_to(request.user)
        .filter(meeting=meeting)
        .order_by("pk"),
    }
    return render(request, "resolutions/practices.html", context)

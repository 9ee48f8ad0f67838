"""The page on which the values of area, province, agency and country are typed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render

from schools.access import Permission, require
from schools.core.forms import (
    ConflictCheckedForm,
    apply_portal_style,
    lock_rows_on_post,
    post_data,
    redirect_with_message,
)
from schools.core.http import SignedInRequest
from schools.core.refusals import refusal_as_form_error
from schools.enums import Grade
from schools.models import AcademicYear
from supervision.profiles.learning.entry_form import FigureBox, GradeBoxes, ScoreField, SubjectBoxes
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.learning.references import ReferenceEntry, save_reference_results
from supervision.profiles.models import ReferenceResult, TestKind, TestSubject

VALUES = {"mean": "ค่าเฉลี่ย", "sd": "S.D."}
ReferenceKey = tuple[int, str]


class ReferenceForm(ConflictCheckedForm):
    """The values of one kind of test and year: mean and S.D. of each subject in each scope."""

    source = forms.CharField(
        label="แหล่งข้อมูล", max_length=200, required=False, help_text="เช่น รายงานผลของหน่วยงานที่จัดสอบ"
    )

    class Meta:
        model = TestKind
        fields = ()

    def __init__(
        self, *args: Any, stored: Mapping[ReferenceKey, ReferenceResult], **kwargs: Any
    ) -> None:
        kind: TestKind = kwargs["instance"]
        self.results = stored
        self.subjects = list(kind.subjects.select_related("kind"))
        kwargs["initial"] = {
            _box(name, subject, scope): getattr(row, name)
            for (subject, scope), row in stored.items()
            for name in VALUES
        }
        sources = {row.source for row in stored.values()}
        kwargs["initial"]["source"] = sources.pop() if len(sources) == 1 else ""
        super().__init__(*args, **kwargs)
        for subject in self.subjects:
            for scope in ReferenceScope:
                for name, words in VALUES.items():
                    self.fields[_box(name, subject.pk, scope)] = ScoreField(
                        label=f"{subject.label} {scope.label} {words}",
                        highest=subject.highest_mean,
                    )
        apply_portal_style(self)

    def compared_fields(self) -> Iterable[str]:
        return ["source", *(name for one in self.subjects for name in self._boxes_of(one))]

    def _boxes_of(self, subject: TestSubject) -> list[str]:
        return [_box(name, subject.pk, scope) for scope in ReferenceScope for name in VALUES]

    def grades(self) -> Iterator[GradeBoxes]:
        """The rows of the page, grade by grade."""
        for grade, subjects in groupby(self.subjects, key=lambda subject: subject.grade):
            rows = [SubjectBoxes(one, list(self._figure_boxes(one))) for one in subjects]
            yield GradeBoxes(Grade(grade).label, rows)

    def _figure_boxes(self, subject: TestSubject) -> Iterator[FigureBox]:
        for scope in ReferenceScope:
            for name, words in VALUES.items():
                yield FigureBox(f"{scope.label} {words}", self[_box(name, subject.pk, scope)])

    def entries(self, year: AcademicYear) -> Sequence[ReferenceEntry]:
        """The values that were changed, all that are filled in where the source was."""
        return list(self._entries(year))

    def _entries(self, year: AcademicYear) -> Iterator[ReferenceEntry]:
        for subject in self.subjects:
            for scope in ReferenceScope:
                names = [_box(name, subject.pk, scope) for name in VALUES]
                stored = self.results.get((subject.pk, scope))
                is_resourced = "source" in self.changed_data and stored is not None
                if is_resourced or set(names) & set(self.changed_data):
                    mean, sd = (self.cleaned_data[name] for name in names)
                    source = self.cleaned_data["source"]
                    if stored and "source" not in self.changed_data:
                        source = stored.source
                    yield ReferenceEntry(
                        year_id=year.pk,
                        subject_id=subject.pk,
                        scope=scope,
                        mean=mean,
                        sd=sd,
                        tested=stored.tested if stored and mean is not None else None,
                        source=source,
                    )


def _box(name: str, subject_id: int, scope: str) -> str:
    return f"{name}_{subject_id}_{scope}"


@transaction.atomic
def reference_results(request: SignedInRequest, year: int, kind_pk: int) -> HttpResponse:
    """Type the values; the kind is held while they are compared and saved."""
    require(request.user, Permission.EDIT_LEARNING_RESULTS)
    kind = get_object_or_404(lock_rows_on_post(request, TestKind.objects), pk=kind_pk)
    academic_year = get_object_or_404(AcademicYear, year=year)
    rows = ReferenceResult.objects.filter(academic_year=academic_year, subject__kind=kind)
    stored = {(row.subject_id, row.scope): row for row in rows}
    form = ReferenceForm(post_data(request), instance=kind, stored=stored)
    if form.is_valid():
        with refusal_as_form_error(form):
            save_reference_results(form.entries(academic_year), by=request.user)
            message = f"บันทึกค่าเปรียบเทียบของ {kind} ปีการศึกษา {year} แล้ว"
            return redirect_with_message(request, message, "reference_results", year, kind.pk)
    context = {
        "form": form,
        "kind": kind,
        "year": academic_year,
        "scopes": ReferenceScope,
        "is_sample": any(row.is_sample for row in stored.values()),
    }
    return render(request, "profiles/learning/reference_form.html", context)

"""What a school is asked to confirm, kind by kind, as one person may read it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from schools.access import Permission, can
from schools.core.url_cache import cached_url
from schools.models import School, User
from supervision.profiles.confirmation.actions import (
    answers_of,
    blocking_questions,
    shown_data_token,
)
from supervision.profiles.confirmation.data_kinds import (
    DATA_KIND_RULES,
    DataKindRule,
    is_kept_by_school,
)
from supervision.profiles.confirmation.enums import ConfirmationState, DataKind
from supervision.profiles.confirmation.figures import FigureLine, changed_kinds, figure_lines
from supervision.profiles.confirmation.records import SchoolRecord
from supervision.profiles.confirmation.rules import DataQuestion, data_questions
from supervision.profiles.models import (
    ConfirmationRequest,
    DataAnswer,
    DataConfirmation,
    DataIssue,
)


class EditPage(NamedTuple):
    """Where a kind of data of a school is put right, and who may do so."""

    url_name: str
    permission: Permission


EDIT_PAGES: Mapping[DataKind, EditPage] = {
    DataKind.CONTACTS: EditPage("school_edit", Permission.EDIT_REGISTRY),
    DataKind.PUPILS: EditPage("school_counts", Permission.EDIT_REGISTRY),
    DataKind.STAFF: EditPage("school_counts", Permission.EDIT_REGISTRY),
    DataKind.LEARNING: EditPage("school_learning", Permission.EDIT_LEARNING_RESULTS),
    DataKind.SCHOOL_RESULTS: EditPage("school_learning", Permission.EDIT_PROFILE),
    DataKind.EXTERNAL: EditPage("school_external_assessments", Permission.EDIT_PROFILE),
    DataKind.CIRCUMSTANCES: EditPage("school_circumstances", Permission.EDIT_PROFILE),
    DataKind.ANNUAL_REPORT: EditPage("school_annual_reports", Permission.EDIT_PROFILE),
}


def edit_url(kind: DataKind, user: User, school_id: int) -> str:
    """Where this person may put that kind right; empty where they may not."""
    page = EDIT_PAGES[kind]
    return cached_url(page.url_name, school_id) if can(user, page.permission, school_id) else ""


@dataclass(frozen=True)
class AskedQuestion:
    """A question about the data, with the school's answer if it gave one."""

    question: DataQuestion
    answer: DataAnswer | None


@dataclass(frozen=True)
class DataSection:
    """One kind of data on the page: its figures, what is asked about them, what was reported.

    `confirmed_lines` are those of the confirmation where they have changed since.
    """

    kind: DataKind
    lines: Sequence[FigureLine]
    questions: Sequence[AskedQuestion]
    issues: Sequence[DataIssue]
    confirmed_lines: Sequence[FigureLine]
    has_changed: bool
    edit_url: str

    @property
    def rule(self) -> DataKindRule:
        return DATA_KIND_RULES[self.kind]

    @property
    def is_own(self) -> bool:
        """Whether the school puts it right itself."""
        return is_kept_by_school(self.kind)

    @property
    def is_wrong(self) -> bool:
        return any(asked.question.is_wrong for asked in self.questions)

    @property
    def is_asked(self) -> bool:
        """Whether a question waits for an answer."""
        return any(asked.answer is None for asked in self.questions)


@dataclass(frozen=True)
class SchoolData:
    """All of it for one reader; `request` is None where the term asks nothing."""

    school: School
    record: SchoolRecord
    request: ConfirmationRequest | None
    confirmation: DataConfirmation | None
    sections: Sequence[DataSection]
    blocking: Sequence[DataQuestion]
    open_issues: Sequence[DataIssue]

    @property
    def is_confirmed(self) -> bool:
        return (
            self.confirmation is not None and self.confirmation.state == ConfirmationState.CONFIRMED
        )

    @property
    def is_sample(self) -> bool:
        return self.request is not None and self.request.is_sample

    @property
    def is_prepared(self) -> bool:
        return self.confirmation is not None and not self.is_confirmed

    @property
    def changed(self) -> list[DataSection]:
        """What is no longer as it was confirmed."""
        return [section for section in self.sections if section.has_changed]

    @property
    def unanswered(self) -> int:
        """How many questions the school may still answer; they do not hold it up."""
        asked = [question for section in self.sections for question in section.questions]
        return sum(one.answer is None and not one.question.is_wrong for one in asked)

    @cached_property
    def token(self) -> str:
        """What the page carries of the data that it shows."""
        return shown_data_token(self.record)


def load_school_data(
    school: School, record: SchoolRecord, request: ConfirmationRequest | None, user: User
) -> SchoolData:
    """The record as this person may read it, in a constant number of queries.

    Who may not see results of fewer than three pupils is shown neither their figures nor what
    is asked about them.
    """
    sees_small = can(user, Permission.VIEW_SMALL_RESULTS, school.pk)
    confirmation = _confirmation(school, request)
    issues = list(
        DataIssue.objects.filter(school=school).select_related("reported_by", "answered_by")
    )
    questions, answers = data_questions(record.facts()), answers_of(school)
    asked = [
        AskedQuestion(question, answers.get(question.text))
        for question in questions
        if sees_small or not question.is_small
    ]
    kept = confirmation.figures if confirmation else None
    changed = changed_kinds(kept, record) if kept else {}
    lines = figure_lines(record)
    sections = [
        DataSection(
            kind,
            [line.shown_to(sees_small) for line in lines[kind]],
            [one for one in asked if one.question.kind == kind],
            [issue for issue in issues if issue.data_kind == kind],
            [line.shown_to(sees_small) for line in changed.get(kind, ())],
            kind in changed,
            edit_url(kind, user, school.pk),
        )
        for kind in DataKind
    ]
    open_issues = [issue for issue in issues if issue.is_open]
    blocking = blocking_questions([one.question for one in asked], open_issues)
    return SchoolData(school, record, request, confirmation, sections, blocking, open_issues)


def _confirmation(school: School, request: ConfirmationRequest | None) -> DataConfirmation | None:
    if request is None:
        return None
    found = DataConfirmation.objects.filter(school=school, request=request)
    return found.select_related("confirmed_by").first()


def request_of_term(term_id: int | None) -> ConfirmationRequest | None:
    """What the unit asks in that term, if anything."""
    requests = ConfirmationRequest.objects.select_related("term__academic_year__area")
    return requests.filter(term=term_id).first() if term_id else None

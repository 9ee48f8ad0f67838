"""The unit asks schools to confirm their data; a school confirms, or reports what is wrong."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from schools.access import Permission, capacity_of
from schools.core.errors import ActionRefused, Outdated, unique_violation_as_refusal
from schools.core.history import save_with_history
from schools.core.thai import long_date
from schools.core.version_token import version_token
from schools.models import School, Term, User
from supervision.profiles.confirmation.data_kinds import is_kept_by_school
from supervision.profiles.confirmation.enums import (
    ConfirmationAction,
    DataKind,
    IssueAction,
    IssueState,
)
from supervision.profiles.confirmation.figures import frozen_figures
from supervision.profiles.confirmation.records import SchoolRecord, load_school_records
from supervision.profiles.confirmation.rules import DataQuestion, data_questions
from supervision.profiles.models import (
    ConfirmationRequest,
    DataAnswer,
    DataConfirmation,
    DataIssue,
)
from supervision.workflow.actions import ensure_allowed, start, transition

# --- The unit asks ---


@transaction.atomic
def open_confirmation_request(
    term: Term,
    *,
    by: User,
    opens_on: date,
    closes_on: date | None = None,
    is_sample: bool = False,
) -> ConfirmationRequest:
    """Ask every school to confirm its data in the term; step 1 waits for it from then on.

    Raises ActionRefused where the term's schools are asked already, and for a term gone by, in
    which no school could confirm any more.
    """
    current = Term.objects.in_force(timezone.localdate())
    if current and term.opens_on < current.opens_on:
        raise ActionRefused(
            f"ภาคเรียนที่ {term} ผ่านไปแล้ว โรงเรียนจึงยืนยันไม่ได้ โปรดขอในภาคเรียนที่ {current}"
        )
    request = ConfirmationRequest(
        term=term,
        opens_on=opens_on,
        closes_on=closes_on,
        opened_by=by,
        opened_at=timezone.now(),
        is_sample=is_sample,
    )
    with unique_violation_as_refusal(f"ขอให้โรงเรียนยืนยันข้อมูล ภาคเรียนที่ {term} แล้ว จึงขอซ้ำไม่ได้"):
        save_with_history(request, by=by)
    return request


@transaction.atomic
def set_confirmation_closing_day(
    request: ConfirmationRequest, closes_on: date | None, *, by: User
) -> None:
    """Give the schools more or less time; None takes the last day away."""
    request.refresh_from_db(from_queryset=ConfirmationRequest.objects.select_for_update())
    request.closes_on = closes_on
    save_with_history(request, by=by, fields=["closes_on"])


# --- A school confirms ---


def load_school_record(school: School, request: ConfirmationRequest) -> SchoolRecord:
    """The school's data in the year of the request, as they stand today."""
    today = timezone.localdate()
    schools = School.objects.filter(pk=school.pk)
    return load_school_records(schools, request.term.academic_year.year, today)[school.pk]


def shown_data_token(record: SchoolRecord) -> str:
    """What a page carries of the data that it showed."""
    return version_token(frozen_figures(record))


@transaction.atomic
def prepare_confirmation(school: School, request: ConfirmationRequest, *, by: User) -> None:
    """The school has looked through its data; its director is to confirm them.

    Raises ActionRefused before the first day, and where that was said or confirmed already.
    """
    _lock_and_check_open(school, request)
    if found := _confirmation_of(school, request):
        ensure_allowed(found, ConfirmationAction.PREPARE)
    start(DataConfirmation(school=school, request=request), ConfirmationAction.PREPARE, by=by)


@transaction.atomic
def confirm_data(
    school: School, request: ConfirmationRequest, *, by: User, shown: str | None = None
) -> DataConfirmation:
    """The director confirms all that is known of the school, apart from what was reported wrong.

    `shown` is the token of the data on the page that asked; None where no page did.
    Raises ActionRefused before the first day, once confirmed, and while something cannot be true
    and was not reported; Outdated where the data are others than those shown.
    """
    _lock_and_check_open(school, request)
    record = load_school_record(school, request)
    if shown is not None and shown != shown_data_token(record):
        raise Outdated("ข้อมูลมีการแก้ไขหลังจากที่คุณเปิดหน้านี้ โปรดตรวจอีกครั้งแล้วจึงยืนยัน")
    issues = list(DataIssue.objects.filter(school=school, state=IssueState.OPEN))
    questions = data_questions(record.facts())
    if blocking := blocking_questions(questions, issues):
        texts = [question.text for question in blocking]
        raise ActionRefused(
            "ยังยืนยันไม่ได้ เพราะมีข้อมูลที่เป็นไปไม่ได้ โปรดแก้ไข หรือแจ้งผู้ดูแลข้อมูลก่อน", missing=texts
        )
    facts: dict[str, Any] = {
        "confirmed_at": timezone.now(),
        "confirmed_by": by,
        "confirmed_as": capacity_of(by, Permission.CONFIRM_DATA, school.pk),
        "figures": _kept(school, record, questions, issues),
    }
    found = _confirmation_of(school, request)
    if found:
        transition(found, ConfirmationAction.CONFIRM, by=by, **facts)
        return found
    confirmation = DataConfirmation(school=school, request=request, **facts)
    start(confirmation, ConfirmationAction.CONFIRM, by=by)
    return confirmation


def blocking_questions(
    questions: list[DataQuestion], issues: list[DataIssue]
) -> list[DataQuestion]:
    """What cannot be true, of kinds that the school has not reported as wrong."""
    reported = {issue.data_kind for issue in issues}
    return [one for one in questions if one.is_wrong and one.kind not in reported]


def _kept(
    school: School,
    record: SchoolRecord,
    questions: list[DataQuestion],
    issues: list[DataIssue],
) -> dict[str, Any]:
    """The figures, the questions with their answers, and what was reported, as of this moment."""
    answers = answers_of(school)
    return {
        "lines": frozen_figures(record),
        "questions": [
            {
                "kind": one.kind.value,
                "text": one.text,
                "answer": answers[one.text].text if one.text in answers else "",
                "is_small": one.is_small,
            }
            for one in questions
        ],
        "reported": [{"kind": issue.data_kind, "text": issue.text} for issue in issues],
    }


def _lock_and_check_open(school: School, request: ConfirmationRequest) -> None:
    School.objects.select_for_update().get(pk=school.pk)
    today = timezone.localdate()
    if not request.has_opened(today):
        raise ActionRefused(f"ยืนยันข้อมูลได้ตั้งแต่วันที่ {long_date(request.opens_on)}")
    if not school.is_open_on(today):
        raise ActionRefused(f"โรงเรียน{school.status_on(today)}แล้ว จึงไม่ต้องยืนยันข้อมูล")


def _confirmation_of(school: School, request: ConfirmationRequest) -> DataConfirmation | None:
    return DataConfirmation.objects.filter(school=school, request=request).first()


# --- Questions and issues ---


def answers_of(school: School) -> dict[str, DataAnswer]:
    """The school's answers by the question that they answer."""
    rows = DataAnswer.objects.filter(school=school).select_related("answered_by")
    return {answer.question: answer for answer in rows}


def answer_data_question(school: School, *, by: User, question: str, text: str) -> None:
    """Keep what the school says to a question, in place of what it said before."""
    DataAnswer.objects.update_or_create(
        school=school,
        question=question,
        defaults={"text": text, "answered_by": by, "answered_at": timezone.now()},
    )


@transaction.atomic
def report_data_issue(
    school: School,
    *,
    by: User,
    data_kind: DataKind | str,
    text: str,
    should_be: str,
    is_sample: bool = False,
) -> DataIssue:
    """Tell who keeps the data that they are wrong, and what they should be.

    Raises ActionRefused for data that the school keeps itself, and where the same was reported
    already and still waits.
    """
    School.objects.select_for_update().get(pk=school.pk)
    if is_kept_by_school(data_kind):
        raise ActionRefused("โรงเรียนแก้ไขข้อมูลส่วนนี้ได้เอง โปรดแก้ไขที่หน้าของข้อมูลนั้น")
    same = DataIssue.objects.filter(school=school, data_kind=data_kind, text=text)
    if same.filter(state=IssueState.OPEN).exists():
        raise ActionRefused("แจ้งเรื่องนี้ไว้แล้วและกำลังรอแก้ไข จึงไม่ต้องแจ้งซ้ำ")
    issue = DataIssue(
        school=school,
        data_kind=data_kind,
        text=text,
        should_be=should_be,
        reported_at=timezone.now(),
        reported_by=by,
        is_sample=is_sample,
    )
    start(issue, IssueAction.REPORT, by=by)
    return issue


def close_data_issue_as_corrected(issue: DataIssue, *, by: User, answer: str = "") -> None:
    """The data were put right. Raises ActionRefused once the issue was answered."""
    _answer(issue, IssueAction.CORRECT, by=by, answer=answer)


def keep_reported_data(issue: DataIssue, *, by: User, reason: str) -> None:
    """The data stay as they are, for a reason that the school reads.

    Raises ActionRefused without a reason, and once the issue was answered.
    """
    _answer(issue, IssueAction.KEEP, by=by, answer=reason, reason=reason)


def _answer(
    issue: DataIssue, action: IssueAction, *, by: User, answer: str, reason: str = ""
) -> None:
    facts = {"answer": answer.strip(), "answered_at": timezone.now(), "answered_by": by}
    transition(issue, action, by=by, reason=reason, **facts)

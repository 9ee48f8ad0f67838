"""Schools of the demonstration that confirm their data in the present term, and others."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from django.utils import timezone

from schools.models import School, Term, User
from supervision.demo.office_days import OfficeDays
from supervision.profiles.confirmation import actions
from supervision.profiles.confirmation.enums import DataKind
from supervision.profiles.models import ConfirmationRequest

CLOSES_AFTER = timedelta(days=10)
# When in the term the unit asks, and the schools confirm: after what the term has brought so far.
ASKED, REPORTED, CONFIRMED = 0.975, 0.98, 0.985
WRONG, RIGHT = "จำนวนครูของปีนี้น้อยกว่าที่มาปฏิบัติงานจริง 1 คน (ตัวอย่าง)", "รวมครูที่ย้ายมาแล้ว 1 คน (ตัวอย่าง)"


def ask_for_confirmations(term: Term, *, by: User, today: date) -> ConfirmationRequest:
    """The unit asks the term's schools from today on, as a sample."""
    return actions.open_confirmation_request(
        term,
        by=by,
        opens_on=timezone.localdate(),
        closes_on=today + CLOSES_AFTER,
        is_sample=True,
    )


def create_data_confirmations(
    term: Term,
    days: OfficeDays,
    *,
    by: User,
    confirmed: Collection[School],
    with_issue: School,
    prepared: School,
    directors: Mapping[int, User],
    teacher: User,
) -> None:
    """Some confirm, one of them but for what it reports; one teacher has told the director."""
    with days.at(ASKED):
        asked = ask_for_confirmations(term, by=by, today=days.now.date())
    with days.at(REPORTED):
        report_sample_issue(with_issue, by=directors[with_issue.pk])
        actions.prepare_confirmation(prepared, asked, by=teacher)
    with days.at(CONFIRMED):
        for school in confirmed:
            actions.confirm_data(school, asked, by=directors[school.pk])


def report_sample_issue(school: School, *, by: User) -> None:
    actions.report_data_issue(
        school, by=by, data_kind=DataKind.STAFF, text=WRONG, should_be=RIGHT, is_sample=True
    )

"""Step 1 of the showroom's running term: most schools have confirmed their data."""

from collections.abc import Sequence

from schools.access import Permission, capacity_of
from schools.models import School
from supervision.demo.data_confirmations import ask_for_confirmations, report_sample_issue
from supervision.demo.office_days import clock_set_to
from supervision.demo.showroom.planned_rounds import PlannedRound, RoundProgressGoal
from supervision.demo.showroom.terms import ShowroomTerm
from supervision.demo.showroom.writing import History, LoggedAct, save_all, save_histories
from supervision.profiles.confirmation.enums import ConfirmationAction, ConfirmationState
from supervision.profiles.confirmation.figures import frozen_figures
from supervision.profiles.confirmation.records import SchoolRecord, load_school_records
from supervision.profiles.models import ConfirmationRequest, DataConfirmation

# Of the schools still under way every so manieth has not confirmed; so many report something.
UNCONFIRMED_INTERVAL, REPORTING = 7, 3


def save_confirmations(term: ShowroomTerm, planned: Sequence[PlannedRound]) -> None:
    """The unit asked with the survey; whose report is signed has confirmed."""
    first_rounds = [one for one in planned if one.number == 1]
    with clock_set_to(term.days.moment(0)):
        asked = ask_for_confirmations(
            term.term, by=first_rounds[0].people.office.group, today=term.days.now.date()
        )
    confirming = [one for one in first_rounds if _has_confirmed(one)]
    year = term.term.academic_year.year
    schools = School.objects.filter(pk__in=[one.school.row.pk for one in confirming])
    records = load_school_records(schools, year, term.days.now.date())
    rows = [_confirmation(one, asked, records[one.school.row.pk]) for one in confirming]
    save_all(rows)
    save_histories(
        History(row, [LoggedAct(ConfirmationAction.CONFIRM, one.director, one.at("needs"))])
        for row, one in zip(rows, confirming, strict=True)
    )
    for one in [one for one in first_rounds if one not in confirming][:REPORTING]:
        report_sample_issue(one.school.row, by=one.director)


def _has_confirmed(planned: PlannedRound) -> bool:
    if planned.has_reached(RoundProgressGoal.PREPARED):
        return True
    surveyed = planned.has_reached(RoundProgressGoal.SURVEYED)
    return surveyed and planned.school.number % UNCONFIRMED_INTERVAL != 0


def _confirmation(
    planned: PlannedRound, asked: ConfirmationRequest, record: SchoolRecord
) -> DataConfirmation:
    lines = frozen_figures(record)
    return DataConfirmation(
        school=planned.school.row,
        request=asked,
        state=ConfirmationState.CONFIRMED,
        confirmed_at=planned.at("needs"),
        confirmed_by=planned.director,
        confirmed_as=capacity_of(planned.director, Permission.CONFIRM_DATA, record.school.pk),
        figures={"lines": lines, "questions": [], "reported": []},
    )

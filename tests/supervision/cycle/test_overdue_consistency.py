"""Home, board, school page, calendar, notices, mail and files say the same of what is overdue."""

import re
from datetime import UTC, timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from supervision.assessments import actions as assessments
from supervision.needs import actions as needs
from supervision.needs.models import NeedsCampaign, NeedsSurvey
from supervision.rounds import actions as rounds
from supervision.rounds.due_dates import StepWindow
from supervision.visits import actions as visits
from tests import scenarios
from tests.exported_files import exported_table
from tests.factories import StepDeadlineFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


def back(days):
    """So many days ago."""
    return time_machine.travel((timezone.now() - timedelta(days=days)).astimezone(UTC), tick=False)


@pytest.fixture
def personas(supervisor, school_director, group_director):
    return {
        "supervisor": supervisor,
        "school_director": school_director,
        "group_director": group_director,
    }


# Each brings the round, opened 25 days ago, to its place; the step's day was 4 days ago.


def nothing_done(round_, personas):
    pass


def _surveyed(round_, personas, days=20):
    with back(days):
        return scenarios.needs_submitted(round_, by=personas["school_director"])


def _assessed(round_, personas, days):
    _surveyed(round_, personas)
    with back(days):
        return scenarios.self_assessment_confirmed(round_, by=personas["school_director"])


def drafted_long_ago(round_, personas):
    _surveyed(round_, personas)
    with back(15):
        assessments.start_self_assessment(round_, by=personas["school_director"])


def filled_long_ago(round_, personas):
    _surveyed(round_, personas)
    with back(15):
        draft = assessments.start_self_assessment(round_, by=personas["school_director"])
        scenarios.fill_sheet(draft.sheet, 4, by=personas["school_director"])


def filled_today(round_, personas):
    """The director's turn came today, after the day of the step."""
    _surveyed(round_, personas)
    draft = assessments.start_self_assessment(round_, by=personas["school_director"])
    scenarios.fill_sheet(draft.sheet, 4, by=personas["school_director"])


def survey_sent_back(round_, personas, correct_by=-1):
    survey = _surveyed(round_, personas)
    _assessed_too(round_, personas)
    with back(3):
        facts = {"reason": "โปรดเพิ่ม", "correct_by": day(correct_by + 3)}
        needs.return_needs_survey_for_correction(survey, by=personas["supervisor"], **facts)


def _assessed_too(round_, personas):
    with back(18):
        scenarios.self_assessment_confirmed(round_, by=personas["school_director"])


def assessment_sent_back(round_, personas, correct_by=2):
    done = _assessed(round_, personas, 18)
    with back(3):
        facts = {"reason": "โปรดเพิ่ม", "correct_by": day(correct_by + 3)}
        assessments.return_self_assessment(done, by=personas["supervisor"], **facts)


def assessment_sent_back_too_long_ago(round_, personas):
    assessment_sent_back(round_, personas, correct_by=-2)


def not_visited(round_, personas):
    _assessed(round_, personas, 18)


def not_visited_since_yesterday(round_, personas):
    """The supervisor's turn came yesterday, after the day of the step."""
    _assessed(round_, personas, 1)


def _planned(round_, personas, on, at):
    _assessed(round_, personas, 18)
    with back(at):
        facts = {"visit_on": day(at + on), "purpose": "นิเทศ", "leader": personas["supervisor"]}
        return visits.plan_visit(round_, by=personas["supervisor"], **facts)


def visit_to_come(round_, personas):
    _planned(round_, personas, on=3, at=10)


def visit_not_made(round_, personas):
    _planned(round_, personas, on=-9, at=12)


def visit_signed_today(round_, personas):
    visit = _planned(round_, personas, on=-5, at=12)
    visits.start_visit_record(visit, by=personas["supervisor"])
    scenarios.fill_sheet(visit.sheet, 4, by=personas["supervisor"])
    visits.sign_visit(visit, by=personas["supervisor"])


def days_of_its_own(round_, personas):
    rounds.set_round_deadlines(round_, {1: StepWindow(None, day(9))}, by=personas["group_director"])


SITUATIONS = [
    (nothing_done, 1, "school_director", 4),
    (days_of_its_own, 1, "school_director", 0),
    (survey_sent_back, 1, "school_director", 1),
    (drafted_long_ago, 3, "school_director", 4),
    (filled_long_ago, 3, "school_director", 4),
    (filled_today, 3, "school_director", 0),
    (assessment_sent_back, 3, "school_director", 0),
    (assessment_sent_back_too_long_ago, 3, "school_director", 2),
    (not_visited, 4, "supervisor", 4),
    (not_visited_since_yesterday, 4, "supervisor", 0),
    (visit_to_come, 4, "supervisor", 0),
    (visit_not_made, 4, "supervisor", 2),
    (visit_signed_today, 4, "school_director", 0),
]


@pytest.mark.parametrize(
    ("situation", "step", "who", "overdue"), SITUATIONS, ids=[row[0].__name__ for row in SITUATIONS]
)
def test_every_page_and_file_agrees(
    login, round_, campaign, personas, situation, step, who, overdue
):
    scenarios.backdate_rounds(25)
    NeedsCampaign.objects.update(opens_on=day(-25))
    StepDeadlineFactory(term=round_.term, step=step, due_on=day(-4))
    situation(round_, personas)
    reader, office = login(personas[who]), login(personas["group_director"])
    told = {
        "home": at_home(reader, step),
        "notices": in_notices(reader, step),
        "LINE": in_line(reader, round_, step),
        "mail": in_mail(personas[who]),
        "calendar": in_calendar(reader, step),
        "school page": on_school_page(reader, round_, step),
        "board": on_board(office, step),
        "board as a file": in_board_file(office, step),
    }
    if step == 3:
        told |= {"overview": in_overview(office), "overview as a file": in_overview_file(office)}
    assert told == dict.fromkeys(told, overdue)


def days_in(text):
    """How many days overdue the words say; 0 where they say nothing of it."""
    found = re.search(r"เกิน(?:กำหนด)? ([0-9]+) วัน", text)
    return int(found[1]) if found else 0


def at_home(client, step):
    waiting = client.get("/todos/").context["home"].waiting
    (item,) = [one for one in waiting if one.step == step and not one.for_information]
    return days_in(item.word)


def in_notices(client, step):
    notices = client.get(reverse("notices")).context["notices"]
    return max((days_in(row.when) for row in notices.waiting), default=0)


def in_line(client, round_, step):
    return days_in(client.get(reverse("notices")).context["text"])


def in_mail(person):
    person.email = "somebody@office.example"
    person.save()
    call_command("send_digests", verbosity=0)
    return max(days_in(message.body) for message in mail.outbox)


def in_calendar(client, step):
    """What the months around say of the step, all of it."""
    told = [0]
    for around in (day(-20), day(0), day(20)):
        days = client.get(reverse("calendar"), {"day": around.isoformat()}).context["days"]
        entries = [entry for one in days for entry in one.entries if f"#step-{step}" in entry.url]
        told += [days_in(entry.word) for entry in entries]
    return max(told)


def on_school_page(client, round_, step):
    tasks = client.get(round_.get_absolute_url()).context["tasks"]
    return days_in(tasks[step - 1].word)


def on_board(client, step):
    board = client.get(reverse("board")).context["board"]
    return days_in(board.rows[0].cells[step - 1].word)


def in_board_file(client, step):
    [row] = sheet(client, "board_export").rows
    (cell,) = [cell for name, cell in row.items() if name.startswith(str(step))]
    return days_in(cell)


def in_overview(client):
    (row,) = client.get(reverse("self_assessments")).context["overview"].all_rows
    return days_in(row.late_word)


def in_overview_file(client):
    [row] = sheet(client, "self_assessments_export").rows
    return days_in(row["ช้ากว่ากำหนด"])


def sheet(client, name):
    return exported_table(client.get(reverse(name)))


def test_two_things_sent_back_are_two_things_at_home(login, round_, campaign, personas):
    scenarios.backdate_rounds(25)
    NeedsCampaign.objects.update(opens_on=day(-25))
    assessment_sent_back(round_, personas)
    survey = NeedsSurvey.objects.get()
    needs.return_needs_survey_for_correction(
        survey, by=personas["supervisor"], reason="โปรดเพิ่ม", correct_by=day(3)
    )
    told = {one.title: one.due_on for one in waiting(login(personas["school_director"]))}
    assert told == {"แก้ไขแบบสำรวจ ของเรา": day(3), "แก้ไขตามที่ส่งกลับ ของเรา": day(2)}


def waiting(client):
    return client.get("/todos/").context["home"].waiting

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Q
from django.test import Client
from django.utils import timezone

from reports.enums import DocumentKind, DocumentState
from reports.models import IssuedDocument
from schools.access import rights_of
from schools.core.thai import academic_year
from schools.models import AcademicYear, Appointment, Term, User, YearlyCount
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import Duty
from supervision.cycle.progress import RoundProgress, progress_of_rounds
from supervision.cycle.step_facts import with_step_facts
from supervision.demo.people import PASSWORD
from supervision.improvement.enums import AdviceOrigin
from supervision.improvement.models import Recommendation
from supervision.practices.enums import PracticeState
from supervision.practices.models import Decision, GoodPractice
from supervision.practices.queries import deciding_visit_of_round, standard_results
from supervision.profiles.models import DataIssue, LearningResult
from supervision.quality_drive.models import (
    Agreement,
    AgreementTarget,
    DriveIndicator,
    DriveProgress,
    Honour,
    QualityDrive,
    RankingPlace,
    SchoolDrive,
)
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round
from supervision.special_days.models import SpecialDay
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.workflow.models import Transition
from tests.factories import UserFactory
from tests.personas import ROLES_OF_PEOPLE
from tests.supervision.database_rows import all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

BANGKOK = ZoneInfo("Asia/Bangkok")
DAYS = {
    "middle of a term": datetime(2026, 12, 16, 10, 0, tzinfo=BANGKOK),
    "first day of a term, a Sunday, before dawn": datetime(2026, 11, 1, 0, 5, tzinfo=BANGKOK),
    "second day of a term": datetime(2026, 11, 2, 9, 0, tzinfo=BANGKOK),
    "between terms": datetime(2026, 10, 20, 14, 0, tzinfo=BANGKOK),
    "last day of an academic year": datetime(2027, 5, 15, 9, 0, tzinfo=BANGKOK),
    "first day of an academic year": datetime(2027, 5, 16, 23, 30, tzinfo=BANGKOK),
}


def load(day: datetime) -> None:
    with time_machine.travel(day.astimezone(ZoneInfo("UTC")), tick=False):
        call_command("load_manual")
        call_command("load_demo")


@pytest.fixture
def on_day(request):
    day = DAYS[request.param]
    load(day)
    with time_machine.travel(day.astimezone(ZoneInfo("UTC")), tick=False):
        yield day


@pytest.fixture
def demo():
    load(timezone.now())


def term_now() -> Term:
    return Term.objects.in_force(timezone.localdate())


def progress_now() -> dict[str, RoundProgress]:
    """The present progress of each school, as the group's director sees it."""
    today = timezone.localdate()
    rounds = Round.objects.for_term(term_now()).current()
    rights = rights_of(User.objects.get(username="group"))
    return {
        w.round.school.short_name: w
        for w in progress_of_rounds(with_step_facts(rounds), rights, today)
    }


@pytest.mark.parametrize("on_day", DAYS, indirect=True)
def test_the_story_holds_on_any_day(on_day):
    each_school_but_one_has_three_years_of_results()
    each_school_is_where_the_story_says(on_day)
    nothing_is_done_ahead_of_now_or_out_of_order(on_day)
    earlier_terms_are_finished_and_reported()


def each_school_but_one_has_three_years_of_results():
    results = LearningResult.objects.values_list("school", "academic_year__year").distinct()
    assert len({school for school, _ in results}) == 4
    years = {year for _, year in results}
    assert len(years) == 3
    assert len(results) == 4 * 3
    assert LearningResult.objects.get(tested=2, subject__kind__name="NT", subject__is_total=True)


def each_school_is_where_the_story_says(on_day):
    all_progress = progress_now()
    steps = {
        name: progress.current and progress.current.step.number
        for name, progress in all_progress.items()
    }
    assert steps == {
        "บ้านโคกงาม": 6,
        "บ้านนาเจียง": 1,
        "บ้านหนองหลวง-ชั่งสี": 1,
        "บ้านห้วยน้ำเมย": 1,
        "บ้านหนองสนุ่น": None,
    }
    assert all_progress["บ้านโคกงาม"].current.facts.word == "รอโรงเรียน"
    # Nothing can be overdue in the first week: whoever it comes to has seven days.
    first_day = min(round_.opened_at for round_ in Round.objects.for_term(term_now()))
    days_in = (on_day.date() - timezone.localdate(first_day)).days
    visit = all_progress["บ้านนาเจียง"].steps[CycleStep.VISIT - 1]
    assert days_in > 7 or visit.overdue == 0
    assert days_in < 21 or visit.overdue > 0
    assert visit.facts.word == "21/21"
    assert all_progress["บ้านนาเจียง"].current.facts.word == "รอยืนยันข้อมูล"
    second = all_progress["บ้านหนองหลวง-ชั่งสี"].steps[CycleStep.SELF_ASSESSMENT - 1]
    assert second.overdue == 0
    assert all_progress["บ้านหนองหลวง-ชั่งสี"].round.number == 2
    assert second.facts.word == "18/35"
    assert DataIssue.objects.get().school.short_name == "บ้านโคกงาม"
    assert all_progress["บ้านหนองสนุ่น"].done == 7


def nothing_is_done_ahead_of_now_or_out_of_order(on_day):
    moments = [line.at for line in Transition.objects.order_by("pk").filter(school=None)]
    assert moments
    assert Transition.objects.filter(at__gt=on_day).count() == 0
    # What is of an academic year rather than a term is loaded before the terms.
    external = Recommendation.objects.filter(origin=AdviceOrigin.EXTERNAL_ASSESSMENT)
    advice = Q(record_type=Recommendation._meta.label_lower, record_id__in=external.values("pk"))
    of_years = advice | Q(record_type__startswith="profiles.")
    by_term = Transition.objects.order_by("pk").exclude(of_years)
    for round_ in Round.objects.all():
        lines = by_term.filter(school=round_.school)
        assert [line.at for line in lines] == sorted(line.at for line in lines)
    planned = Visit.objects.get(state=VisitState.PLANNED, round__school__name__contains="ห้วยน้ำเมย")
    assert timedelta() <= planned.visit_on - on_day.date() <= timedelta(days=7)
    assert planned.visit_on.weekday() < 5


def earlier_terms_are_finished_and_reported():
    terms = list(Term.objects.filter(rounds__isnull=False).distinct())
    assert len(terms) == 3
    for term in terms[1:]:
        reports = IssuedDocument.objects.filter(round__term=term, state=DocumentState.ISSUED)
        assert reports.count() == 5
    older = AcademicYear.objects.get(terms=terms[2])
    assert older.reports.get().state == DocumentState.PUBLISHED
    present = AcademicYear.objects.get(terms=terms[0])
    assert present.reports.get().state in (DocumentState.ISSUED, DocumentState.PUBLISHED)
    assert present != older


def test_what_the_story_shows(demo):
    decisions_agree_with_the_scores()
    shows_an_overdue_recommendation_and_a_return()
    shows_a_chosen_practice_and_one_that_waits()
    gives_each_who_judges_something_to_do()
    marks_holidays_and_a_test_in_the_present_year()
    all_of_it_is_marked_as_a_sample()
    the_drive_makes_up_nothing_for_a_real_school()
    people_are_named_by_post()
    the_published_report_has_its_file()


def decisions_agree_with_the_scores():
    for decision in Decision.objects.select_related("round"):
        reached = [
            result.achieved for result in standard_results(deciding_visit_of_round(decision.round))
        ]
        assert len(reached) == 3 * decision.round.indicator_sets.count()
        assert all(reached) == decision.is_achieved
    assert Decision.objects.filter(state="not_achieved").count() == 1


def marks_holidays_and_a_test_in_the_present_year():
    year = term_now().academic_year.year
    assert {academic_year(day.starts_on) for day in SpecialDay.objects.all()} == {year}
    assert set(SpecialDay.objects.values_list("kind", flat=True)) == {"holiday", "test"}


def shows_an_overdue_recommendation_and_a_return():
    today = timezone.localdate()
    open_ = [r for r in Recommendation.objects.all() if r.is_overdue(today)]
    assert [r.round.school.short_name for r in open_] == ["บ้านโคกงาม"]
    assert Transition.objects.filter(verb="return", needs_reason=True).exclude(reason="").exists()


def shows_a_chosen_practice_and_one_that_waits():
    of_schools = GoodPractice.objects.exclude(round=None)  # the unit has its own
    chosen, waiting = of_schools.order_by("state").reverse()
    assert (chosen.state, chosen.round.school.short_name) == (
        PracticeState.SELECTED,
        "บ้านหนองสนุ่น",
    )
    assert chosen.reviews.exists()
    assert (waiting.state, waiting.round.school.short_name) == (
        PracticeState.NOMINATED,
        "บ้านโคกงาม",
    )


def gives_each_who_judges_something_to_do():
    acts = {"committee": "ให้ความเห็น", "group": "คัดเลือก", "supervisor": "ตรวจหลักฐาน"}
    for username, act in acts.items():
        client = Client()
        client.force_login(User.objects.get(username=username))
        waiting = client.get("/todos/").context["home"].waiting
        assert any(item.title.startswith(act) for item in waiting), username


def all_of_it_is_marked_as_a_sample():
    assert not Round.objects.filter(is_sample=False).exists()
    assert not IssuedDocument.objects.filter(is_sample=False).exists()
    assert YearlyCount.objects.exists()
    assert not YearlyCount.objects.filter(is_sample=False).exists()
    assert not LearningResult.objects.filter(is_sample=False).exists()
    assert not Round.objects.filter(indicator_sets__is_sample=False).exists()


def the_drive_makes_up_nothing_for_a_real_school():
    drive = QualityDrive.objects.get()
    assert drive.is_at_work
    assert drive.is_sample
    assert drive.teams.get().sectors.count() > 1
    assert drive.events.filter(schools=None).count() == 1
    rows = DriveIndicator.objects.filter(dimension__drive=drive)
    assert {row.is_sample for row in rows} == {True}
    for of_a_school in (Agreement, AgreementTarget, SchoolDrive, DriveProgress, RankingPlace):
        assert not of_a_school.objects.exists(), of_a_school
    assert not Honour.objects.exists()


def people_are_named_by_post():
    offices = (
        "ศึกษานิเทศก์ ตำแหน่ง",
        "หัวหน้ากลุ่มงาน",
        "ผู้อำนวยการ",
        "รองผู้อำนวยการ",
        "กรรมการ",
        "อนุกรรมการ",
        "ประธาน",
        "ครูวิชาการ",
        "เจ้าหน้าที่",
        "ผู้ดูแลระบบ",
    )
    acting = "รักษาการในตำแหน่ง"
    for user in User.objects.all():
        assert user.full_name.removeprefix(acting).startswith(offices)
        held = user.appointments.count()
        # One sits in ก.ต.ป.น. too, one had the cluster before.
        assert held == 1 or (held == 2 and user.username in ("director5", "workgroup"))
    assert Appointment.objects.filter(capacity="acting").count() == 1
    assert set(Appointment.objects.values_list("role", flat=True)) == set(ROLES_OF_PEOPLE)
    assert Duty.objects.get(code="5.3").appointment.position_number == "16"
    moved = Duty.objects.filter(kind=DutyKind.CLUSTER).order_by("starts_on")
    assert [duty.officer.user.username for duty in moved] == ["workgroup", "supervisor"]
    assert all(duty.officer.order.is_sample for duty in moved if duty.ends_on)


def test_every_account_signs_in_with_the_printed_password(capsys):
    load(timezone.now())
    printed = capsys.readouterr().out
    assert PASSWORD in printed
    for user in User.objects.all():
        form = {"login": user.username, "password": PASSWORD}
        assert Client().post("/accounts/login/", form).status_code == 302
    for name in ("supervisor", "group", "area", "committee", "director1", "teacher1", "admin"):
        assert f"  {name} " in printed


def test_a_second_run_changes_nothing_even_after_visitors(demo):
    UserFactory(username="visitor")
    before = all_rows()
    call_command("load_demo")
    assert all_rows() == before


def test_refuses_an_office_with_people(db):
    call_command("load_manual")
    UserFactory(username="somebody")
    before = all_rows()
    with pytest.raises(CommandError, match="ข้อมูลของสำนักงาน"):
        call_command("load_demo")
    assert all_rows() == before


def test_refuses_production(settings):
    settings.MODE = "production"
    with pytest.raises(CommandError, match="MODE=demo"):
        call_command("load_demo")
    assert not User.objects.exists()


def test_asks_for_the_manual_first(db):
    with pytest.raises(CommandError, match="load_manual"):
        call_command("load_demo")
    assert not User.objects.exists()


def the_published_report_has_its_file():
    report = IssuedDocument.objects.get(state=DocumentState.PUBLISHED)
    assert report.kind == DocumentKind.YEAR
    assert report.file.size > 0

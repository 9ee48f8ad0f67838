"""The showroom: invented schools over five years, and pages that open with them."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db.models import Count
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reports.certificates.models import Certificate
from reports.enums import DocumentKind, DocumentState
from reports.models import IssuedDocument
from schools.access import NO_RIGHTS
from schools.models import Area, Cluster, School, Term, User, YearlyCount
from supervision.criteria.models import IndicatorSet
from supervision.cycle.progress import progress_of_rounds
from supervision.cycle.step_facts import with_step_facts
from supervision.demo.people import PASSWORD
from supervision.improvement.models import Recommendation
from supervision.practices.models import Decision
from supervision.practices.queries import (
    deciding_visit_of_round,
    proposed_result,
    standard_results,
)
from supervision.profiles.models import LearningResult
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import (
    Agreement,
    DriveEvent,
    ExchangeEvent,
    Honour,
    MonitoringReport,
    Partner,
    PracticeDimension,
    QualityDrive,
    SchoolDrive,
    StudyRequest,
)
from supervision.quality_drive.ranking.enums import RankingState
from supervision.rounds.models import Round
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from supervision.visits.queries import missing_to_sign
from supervision.workflow.models import Transition
from tests.factories import UserFactory
from tests.supervision.database_rows import all_rows

pytestmark = [pytest.mark.django_db, pytest.mark.db_agnostic]

SCHOOLS = 12
# The first day of a term, before dawn; between two terms; the first day of an academic year.
DAYS = (
    datetime(2026, 10, 31, 17, 5, tzinfo=UTC),
    datetime(2026, 10, 20, 7, 0, tzinfo=UTC),
    datetime(2027, 5, 16, 16, 30, tzinfo=UTC),
)
ACCOUNTS = (
    "supervisor",
    "supervisor2",
    "workgroup",
    "group",
    "deputy",
    "area",
    "committee",
    "subcommittee",
    "chair",
    "director1",
    "director7",  # of a school that has closed
    "teacher1",
    "clerk",
    "admin",
)
PAGES = ("home", "board", "calendar", "recommendations", "reports", "notices", "visits")


@pytest.fixture
def showroom():
    call_command("load_showroom", "--schools", str(SCHOOLS))


def test_what_the_showroom_shows(showroom):
    every_school_is_invented_and_has_its_place()
    all_of_it_is_marked_as_a_sample()
    schools_open_close_merge_and_move()
    the_terms_of_five_years_have_results()
    signed_records_lack_nothing()
    decisions_agree_with_the_scores()
    the_running_term_waits_at_every_step()
    nothing_is_done_ahead_of_now_or_out_of_order()
    the_year_before_is_reported_and_went_on()
    the_drives_are_walked_and_at_work()


def every_school_is_invented_and_has_its_place():
    assert Area.objects.get().short_name == "สพป.ตัวอย่าง"
    schools = School.objects.all()
    assert [school.name for school in schools] == [
        f"โรงเรียนตัวอย่าง {number:03}" for number in range(1, SCHOOLS + 1)
    ]
    assert {school.district for school in schools} == {"ตัวอย่าง ก", "ตัวอย่าง ข"}
    assert School.objects.filter(latitude=None).count() == 1
    assert School.objects.filter(obec_code__isnull=False).count() == 0
    assert all(name.startswith("กลุ่มโรงเรียนตัวอย่าง") for name in names_of(Cluster))


def names_of(model):
    return model.objects.values_list("name", flat=True)


def all_of_it_is_marked_as_a_sample():
    for model in (Round, IssuedDocument, YearlyCount, LearningResult):
        assert model.objects.exists()
        assert not model.objects.filter(is_sample=False).exists()
    assert not Round.objects.filter(indicator_sets__is_sample=False).exists()


def schools_open_close_merge_and_move():
    terms = [term.pk for term in Term.objects.filter(rounds__isnull=False).distinct()][::-1]
    rounds = Round.objects.filter(number=1)
    counts = dict(rounds.values_list("school__name").annotate(n=Count("pk")))
    assert len(terms) == 10
    assert counts["โรงเรียนตัวอย่าง 001"] == 10
    assert counts["โรงเรียนตัวอย่าง 005"] == 5  # opened later
    assert counts["โรงเรียนตัวอย่าง 007"] == 7  # closed
    merged = School.objects.exclude(merged_into=None).get()
    assert merged.merged_into.name == "โรงเรียนตัวอย่าง 008"
    moved = School.objects.annotate(n=Count("memberships")).get(n=2)
    leaders = Visit.objects.filter(round__school=moved).values_list("leader__username", flat=True)
    assert set(leaders) == {"supervisor", "supervisor2"}


def the_terms_of_five_years_have_results():
    used = IndicatorSet.objects.filter(rounds__isnull=False).distinct()
    assert sorted(used.values_list("version", flat=True)) == [1, 1, 2]
    for term in Term.objects.filter(rounds__isnull=False).distinct():
        seen = Visit.objects.in_force().filter(round__term=term)
        assert seen.count() >= 4
    assert Visit.objects.filter(version=2).exists()
    assert Round.objects.filter(number=2).exists()


def signed_records_lack_nothing():
    """Among other things every wide gap between school and supervisor is explained."""
    for visit in Visit.objects.in_force().select_related("round", "sheet"):
        assert missing_to_sign(visit) == []


def decisions_agree_with_the_scores():
    for decision in Decision.objects.select_related("round"):
        results = standard_results(deciding_visit_of_round(decision.round))
        assert proposed_result(results) == decision.proposed
        assert len(results) == 3 * decision.round.indicator_sets.count()


def the_running_term_waits_at_every_step():
    term = Term.objects.in_force(timezone.localdate())
    rounds = with_step_facts(Round.objects.for_term(term).current())
    current = [one.current for one in progress_of_rounds(rounds, NO_RIGHTS, timezone.localdate())]
    steps = {step.step.number for step in current if step}
    assert steps >= {1, 3, 4, 5, 6}
    assert any(step is None for step in current)
    assert any(step and step.overdue for step in current)


def nothing_is_done_ahead_of_now_or_out_of_order():
    assert Transition.objects.filter(at__gt=timezone.now()).count() == 0
    for visit in Visit.objects.filter(acknowledged_at__isnull=False):
        lines = Transition.objects.filter(record_type="visits.visit", record_id=visit.pk)
        assert lines.last().to_state == visit.state
        assert visit.signed_at <= visit.acknowledged_at


def the_year_before_is_reported_and_went_on():
    report = IssuedDocument.objects.get(kind=DocumentKind.YEAR)
    rounds = Round.objects.filter(term__academic_year=report.academic_year)
    assert report.frozen["figures"]["year"] == report.academic_year.year
    assert len(report.frozen["figures"]["schools"]) >= 10
    late = Visit.objects.filter(round__in=rounds, signed_at__gt=report.issued_at)
    assert late.exists()


def the_drives_are_walked_and_at_work():
    at_work, over = QualityDrive.objects.order_by("-academic_year__year")
    assert (at_work.state, over.state) == (DriveState.ENDORSED, DriveState.CLOSED)
    assert over.rankings.get().state == RankingState.FINAL
    states = set(at_work.agreements.values_list("state", flat=True))
    assert states == {"signed", "proposed", "school_signed"}
    assert set(over.agreements.values_list("state", flat=True)) == {"signed"}
    for model in (
        *(Agreement, SchoolDrive, Partner, DriveEvent, MonitoringReport),
        *(Honour, StudyRequest, PracticeDimension, Certificate),
    ):
        assert model.objects.exists()
        assert not model.objects.filter(is_sample=False).exists()
    the_drives_are_honoured_and_reported(over)
    promises_and_advice_stand_in_the_ledger(at_work)
    schools_were_visited_and_learn_from_each_other(at_work, over)


def the_drives_are_honoured_and_reported(over):
    honours = Honour.objects.filter(category__drive=over)
    assert {one.state for one in honours} == {"released", "awarded", "declined"}
    assert Certificate.objects.filter(honour__in=honours).count() == honours.awarded().count()
    assert IssuedDocument.objects.get(drive=over).state == DocumentState.PUBLISHED
    page = Client().get(reverse("honoured_schools")).content.decode()
    assert all(one.school.name in page for one in honours.released().select_related("school"))


def promises_and_advice_stand_in_the_ledger(at_work):
    promised = Recommendation.objects.filter(agreement_supports__agreement__drive=at_work)
    signed = at_work.agreements.in_force()
    assert {one.school_id for one in promised} == {one.school_id for one in signed}
    assert promised.filter(state="open").exists()
    advised = Recommendation.objects.filter(visit__mentoring__isnull=False)
    assert advised.filter(origin="quality_drive").count() == advised.count() > 0


def schools_were_visited_and_learn_from_each_other(at_work, over):
    visits = Visit.objects.filter(kind=VisitKind.MENTORING)
    assert {one.state for one in visits.filter(mentoring__drive=over)} == {"acknowledged"}
    assert visits.filter(state="planned").exists()
    assert {one.state for one in at_work.study_requests.all()} >= {"sent", "arranged", "done"}
    held = ExchangeEvent.objects.filter(forum__state="held").annotate(n=Count("takeaways"))
    assert [one.n > 0 for one in held] == [True, True]


def test_pages_open(showroom):
    every_account_opens_its_pages()
    the_office_reads_schools_and_documents()


def every_account_opens_its_pages():
    for name in ACCOUNTS:
        client = Client()
        assert client.login(username=name, password=PASSWORD)
        for page in PAGES:
            assert client.get(reverse(page), follow=True).status_code in (200, 403), (name, page)


def the_office_reads_schools_and_documents():
    client = Client()
    client.force_login(User.objects.get(username="area"))
    rows = [*School.objects.all(), *Visit.objects.all()[:40], *Round.objects.all()[:40]]
    documents = IssuedDocument.objects.order_by("kind")
    for row in [*rows, *documents.reverse()[:5], documents.latest("issued_at")]:
        address = reverse("school", args=[row.pk]) if isinstance(row, School) else None
        assert client.get(address or row.get_absolute_url()).status_code == 200, row


def test_a_second_run_changes_nothing(capsys):
    call_command("load_showroom", "--schools", "2", "--years", "1")
    before = all_rows()
    call_command("load_showroom", "--schools", "2")
    assert all_rows() == before
    assert PASSWORD in capsys.readouterr().out


def test_never_joins_other_data():
    UserFactory(username="somebody")
    before = all_rows()
    with pytest.raises(CommandError, match="ฐานข้อมูลของตนเอง"):
        call_command("load_showroom", "--schools", "3")
    assert all_rows() == before


def test_refuses_production_and_no_schools(settings):
    with pytest.raises(CommandError, match="ตั้งแต่ 1"):
        call_command("load_showroom", "--schools", "0")
    settings.MODE = "production"
    with pytest.raises(CommandError, match="MODE=demo"):
        call_command("load_showroom")
    assert not User.objects.exists()


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_loads_on_any_day(day):
    with time_machine.travel(day, tick=False):
        call_command("load_showroom", "--schools", "6", "--years", "2")
        nothing_is_done_ahead_of_now_or_out_of_order()
        rounds = with_step_facts(Round.objects.current())
        assert progress_of_rounds(rounds, NO_RIGHTS, timezone.localdate())


def test_a_single_school_of_one_year():
    call_command("load_showroom", "--schools", "1", "--years", "1")
    assert Round.objects.filter(number=1).count() == 2

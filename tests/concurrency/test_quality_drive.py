"""Two people on one drive: its weights, teams and order, baselines, the crosswalk, agreements."""

from decimal import Decimal

import pytest
from django.urls import reverse

from supervision.criteria.models import Indicator
from supervision.quality_drive.agreements import signing
from supervision.quality_drive.agreements.drafting import draft_agreement, edit_agreement
from supervision.quality_drive.baselines import actions as baselines
from supervision.quality_drive.crosswalk.actions import propose_crosswalk, set_crosswalk_dimension
from supervision.quality_drive.drives.actions import endorse_drive
from supervision.quality_drive.drives.design_actions import save_dimension_weights
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.drives.teams import save_drive_team
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.mentoring import actions as mentoring
from supervision.quality_drive.models import Agreement, CrosswalkLine, Mentoring
from supervision.quality_drive.ranking.actions import finish_ranking
from supervision.quality_drive.ranking.objection_actions import submit_ranking_objection
from supervision.quality_drive.scores import load_design
from supervision.visits.enums import VisitState
from tests.concurrency.parallel import (
    ONE_DONE_ONE_REFUSED,
    count_outcomes,
    reloaded,
    run_during,
    run_together,
)
from tests.drive_scenarios import agreement_drafted, drive_at_work, ranking_shown
from tests.factories import (
    AcademicYearFactory,
    CommitteeFactory,
    IndicatorSetFactory,
    MeetingFactory,
    TermFactory,
)
from tests.form_data import page_form_data
from tests.mentoring_scenarios import MENTORING_WORDS, mentoring_planned
from tests.supervision.quality_drive.baseline_rows import TEXTS, entered, visited_last_year

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def indicators(db):
    found = IndicatorSetFactory()
    return list(Indicator.objects.filter(standard__indicator_set=found).order_by("pk"))


@pytest.fixture
def drive(term, indicators, group_director):
    return drive_at_work(term, [*indicators, indicators[0]], by=group_director)


@pytest.fixture
def draft(drive):
    facts = {"meeting": None, "endorsed_by": None, "endorsed_at": None}
    type(drive).objects.update(state=DriveState.DRAFT, **facts)
    return reloaded(drive)


# --- The design of a drive ---


def test_a_meeting_does_not_endorse_weights_that_are_just_being_changed(draft, group_director):
    weights = {one.pk: Decimal(10) for one in draft.dimensions.all()}
    meeting = MeetingFactory()
    late = run_during(
        lambda: save_dimension_weights(reloaded(draft), by=group_director, weights=weights),
        lambda: endorse_drive(reloaded(draft), by=group_director, meeting=meeting),
    )
    assert count_outcomes([late]) == {"ActionRefused": 1}
    assert reloaded(draft).is_draft


def test_two_pages_of_weights_do_not_overwrite_each_other(draft, group_director, login):
    url, first = reverse("drive_weights", args=[2569]), draft.dimensions.first()
    sent = page_form_data(login(group_director), url)

    def save(weight):
        return login(group_director).post(url, sent | {f"weight_{first.pk}": weight})

    answers = run_together(lambda: save(15), lambda: save(25))
    assert sorted(answer.status_code for answer in answers) == [200, 302]


def test_one_team_is_saved_twice(draft, group_director):
    team = draft.teams.create(committee=CommitteeFactory(kind="working_group"))
    facts = {"committee": team.committee, "sectors": {"parents": "", "community": ""}}
    outcomes = run_together(
        *[lambda: save_drive_team(reloaded(team), by=group_director, **facts)] * 2
    )
    assert count_outcomes(outcomes) == {"done": 2}
    assert team.sectors.count() == 2


def test_the_crosswalk_is_proposed_twice(indicators, group_director):
    outcomes = run_together(
        lambda: propose_crosswalk(by=group_director, academic_year=2569),
        lambda: set_crosswalk_dimension(
            indicators, by=group_director, dimension_code=DimensionCode.TEACHER
        ),
    )
    assert count_outcomes(outcomes) == {"done": 2}
    assert CrosswalkLine.objects.count() == len(indicators)


# --- A school in the drive ---


def test_last_year_is_taken_while_the_school_enters_its_levels(
    drive, indicators, school, term, supervisor, school_director
):
    year = AcademicYearFactory(year=term.academic_year.year - 1)
    last_term = TermFactory(academic_year=year, number=2)
    visited_last_year(
        school, last_term, indicators, director=school_director, supervisor=supervisor
    )
    late = run_during(
        lambda: baselines.save_baseline_levels(
            drive, school, by=school_director, baselines=entered(drive)
        ),
        lambda: baselines.take_last_year(reloaded(drive), [school], by=supervisor),
    )
    assert count_outcomes([late]) == {"ActionRefused": 1}


def test_a_baseline_is_changed_while_the_director_confirms_it(
    drive, school, supervisor, school_director, login
):
    baselines.save_baseline_levels(drive, school, by=supervisor, baselines=entered(drive))
    part = baselines.save_baseline_texts(drive, school, by=supervisor, **TEXTS)
    director, url = (
        login(school_director),
        reverse("school_baseline_confirm", args=[2569, school.pk]),
    )
    sent = {"version": director.get(url).context["version_read"]}
    late = run_during(
        lambda: baselines.save_baseline_texts(
            drive, school, by=supervisor, **TEXTS | {"plan": "แผนใหม่"}
        ),
        lambda: director.post(url, sent),
    )
    assert late.status_code == 409
    assert not reloaded(part).is_confirmed


def test_a_record_is_written_on_while_its_leader_signs(drive, round_, supervisor, login):
    visit = mentoring_planned(round_, leader=supervisor)
    record = mentoring.start_mentoring(visit, by=supervisor)
    mentoring.update_mentoring(record, dimensions=["Q1"], words=MENTORING_WORDS)
    leader, url = login(supervisor), reverse("mentoring_sign", args=[visit.pk])
    sent = {"version": leader.get(url).context["version_read"]}
    words = MENTORING_WORDS | {"observed": "อีกคนแก้"}
    late = run_during(
        lambda: mentoring.update_mentoring(Mentoring.objects.get(), dimensions=["Q1"], words=words),
        lambda: leader.post(url, sent),
    )
    assert late.status_code == 409
    assert reloaded(visit).state == VisitState.RECORDING


# --- Agreements and the order ---


def test_an_agreement_is_drafted_once(drive, school, supervisor, group_director):
    design = load_design(drive)
    outcomes = run_together(
        lambda: draft_agreement(design, school, by=supervisor),
        lambda: draft_agreement(design, school, by=group_director),
    )
    assert count_outcomes(outcomes) == ONE_DONE_ONE_REFUSED
    assert Agreement.objects.count() == 1


def test_a_draft_is_not_changed_once_it_is_put_before_the_school(drive, school, supervisor):
    agreement = agreement_drafted(drive, school, by=supervisor)
    late = run_during(
        lambda: signing.propose_agreement(reloaded(agreement), by=supervisor),
        lambda: edit_agreement(reloaded(agreement), by=supervisor, intentions="อื่น", targets={}),
    )
    assert count_outcomes([late]) == {"ActionRefused": 1}


def test_an_order_is_not_confirmed_over_an_objection_just_sent(
    drive, school, school_director, group_director
):
    ranking = ranking_shown(drive, by=group_director)
    late = run_during(
        lambda: submit_ranking_objection(ranking, school, by=school_director, text="ผิดข้อ"),
        lambda: finish_ranking(reloaded(ranking), by=group_director, meeting=MeetingFactory()),
    )
    assert count_outcomes([late]) == {"ActionRefused": 1}

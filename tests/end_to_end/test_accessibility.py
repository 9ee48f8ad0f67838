"""Every main screen in a real Chromium: sound for a screen reader, whole, without script errors."""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from django.utils import timezone

from reports.api.tokens import create_api_token
from schools.core.thai import fiscal_year
from supervision.assignments.enums import DutyKind
from supervision.criteria.models import Indicator
from supervision.practices import actions as practices
from supervision.quality_drive.ranking.actions import compute_ranking
from supervision.standards.enums import FlowSymbol
from supervision.standards.models import FlowNode, StepSheet
from tests import scenarios
from tests.browser import complaints_of, sign_in
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.factories import (
    DisseminationFactory,
    DutyFactory,
    ForumFactory,
    IndicatorSetFactory,
    LearningSourceFactory,
    ListedAssignmentFactory,
    NeedsAreaFactory,
    NeedsTopicFactory,
    NetworkMemberFactory,
    RoundFactory,
    SchoolFactory,
    StepDeadlineFactory,
    TermFactory,
    WorkProcessFactory,
)
from tests.honour_scenarios import honour_awarded
from tests.mentoring_scenarios import mentoring_signed, monitoring_submitted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def agreed(round_, supervisor, school_director, group_director):
    """Our school's round with everything in it."""
    NeedsAreaFactory()
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    practices.nominate_practice(round_, by=supervisor, title="นิทานพื้นบ้าน", process="ก", outcome="ข")
    return round_


@pytest.fixture
def other_round(cluster, term, supervisor, group_director):
    """Another school of the cluster, with a record under way."""
    round_ = RoundFactory(school=SchoolFactory(cluster=cluster), term=term)
    StepDeadlineFactory(term=term, step=4, due_on=term.opens_on)
    visit = scenarios.visit_planned(round_, by=supervisor)
    scenarios.visits.start_visit_record(visit, by=supervisor)
    return round_


@pytest.fixture
def school_urls(agreed):
    return [
        reverse("home"),
        agreed.get_absolute_url(),
        reverse("round_history", args=[agreed.pk]),
        reverse("school_results", args=[agreed.school_id]),
        reverse("school_circumstances", args=[agreed.school_id]),
        reverse("needs", args=[agreed.pk]),
        agreed.self_assessments.get().get_absolute_url(),
        reverse("sheet", args=[agreed.self_assessments.get().sheet_id]),
        agreed.visits.get().get_absolute_url(),
        reverse("decision", args=[agreed.pk]),
        agreed.practices.get().get_absolute_url(),
        agreed.summary.get_absolute_url(),
        agreed.recommendations.get().get_absolute_url(),
        reverse("recommendations"),
        reverse("practices"),
        reverse("calendar"),
        reverse("calendar_feed_settings"),
        reverse("notices"),
        reverse("notices_choose"),
        reverse("help"),
        reverse("help_directory"),
    ]


@pytest.fixture
def plan_urls(school, group_director, area_director):
    """The year's plan with one activity, and what is made of it."""
    plan = scenarios.plan_approved(
        group_director=group_director, area_director=area_director, schools=[school]
    )
    activity = plan.activities.get()
    return [
        reverse("year_plans"),
        reverse("plan_steps"),
        reverse("activities"),
        plan.get_absolute_url(),
        reverse("year_plan_sources", args=[plan.pk]),
        reverse("activity_new", args=[plan.pk]),
        activity.get_absolute_url(),
        reverse("activity_finish", args=[activity.pk]),
        reverse("overview_programmes"),
        reverse("duty_work", args=[DutyFactory(officer__user=group_director).pk]),
    ]


@pytest.fixture
def later_term(term):
    """No survey asks in it yet."""
    days = timedelta(days=400)
    year = {"academic_year__year": term.academic_year.year + 1}
    return TermFactory(opens_on=term.opens_on + days, **year)


@pytest.fixture
def unit_urls(agreed, other_round, term, later_term, group_director):
    return [
        reverse("overview"),
        reverse("overview_todos"),
        reverse("overview_work"),
        reverse("overview_actions"),
        reverse("todos"),
        reverse("board"),
        reverse("school_results", args=[agreed.school_id]),
        reverse("visits"),
        reverse("circumstances_list"),
        reverse("policy_focuses"),
        reverse("needs_progress"),
        reverse("term_open", args=[term.pk]),
        reverse("term_deadlines", args=[term.pk]),
        reverse("needs_open", args=[later_term.pk]),
        reverse("needs_progress"),
        reverse("needs_summary"),
        reverse("needs_wants"),
        *needs_facts_urls(agreed),
        reverse("needs_days"),
        reverse("needs_closing", args=[scenarios.needs_campaign_for(agreed).pk]),
        reverse("survey_template_list"),
        reverse("survey_template_add"),
        reverse("self_assessments"),
        reverse("self_assessments_reminder"),
        reverse("criteria"),
        IndicatorSetFactory(draft=True).get_absolute_url(),
        reverse("standards"),
        reverse("manual_texts"),
        reverse("work_process", args=[process_with_flow()]),
        reverse("visit_plan", args=[other_round.pk]),
        other_round.visits.get().get_absolute_url(),
        reverse("sheet", args=[other_round.visits.get().sheet_id]),
        reverse("sheet_texts", args=[other_round.visits.get().sheet_id]),
        reverse("recommendation_close", args=[agreed.recommendations.get().pk]),
        reverse("summary_reopen", args=[agreed.summary.pk]),
        *results_urls(agreed),
        *duty_urls(agreed.school),
        *order_urls(),
        *handbook_urls(group_director),
        *network_urls(agreed),
    ]


def needs_facts_urls(round_):
    """Stated needs beside results, with a topic of the school's advice, and a need taken up."""
    topic = NeedsTopicFactory(words=[round_.recommendations.get().text])
    need = scenarios.need_taken_up(round_.school, round_.term, by=round_.opened_by)
    return [
        reverse("needs_facts"),
        reverse("needs_facts") + "?by=school",
        reverse("school_needs_facts", args=[round_.school_id]),
        reverse("needs_take_up") + f"?pick={round_.school_id}-{topic.pk}",
        reverse("needs_topics"),
        reverse("needs_topic_edit", args=[topic.pk]),
        reverse("taken_up_needs"),
        need.get_absolute_url(),
    ]


def handbook_urls(officer):
    """The list, and a handbook with its foreword, of an officer of the present year."""
    year = fiscal_year(timezone.localdate())
    of = [year, officer.pk]
    return [
        reverse("handbooks"),
        reverse("handbook", args=of),
        reverse("handbook_foreword", args=of),
    ]


def order_urls():
    """The pages of a signed order and of a draft that replaces it for one officer."""
    signed, draft = DutyFactory(), DutyFactory(officer__order__draft=True)
    order = draft.officer.order
    replaced = order.supersessions.create(superseded=signed.officer.order, text="คำสั่งเดิม")
    return [
        reverse("orders"),
        signed.officer.order.get_absolute_url(),
        order.get_absolute_url(),
        reverse("order_edit", args=[order.pk]),
        reverse("order_rights", args=[order.pk]),
        reverse("order_officer_edit", args=[draft.officer_id]),
        reverse("order_duty_kinds", args=[draft.officer_id]),
        reverse("order_duty_add", args=[draft.officer_id, DutyKind.WORK]),
        reverse("supersession_officers", args=[replaced.pk]),
        reverse("officer_end_duties", args=[signed.officer_id]),
        reverse("order_scan_add", args=[signed.officer.order_id]),
    ]


def network_urls(round_):
    """The pages of networks and of the register, with a row on each."""
    member = NetworkMemberFactory(school=round_.school)
    forum = ForumFactory(network=member.network)
    return [
        reverse("help_directory"),
        reverse("networks"),
        reverse("network_steps"),
        member.network.get_absolute_url(),
        reverse("network_edit", args=[member.network_id]),
        reverse("network_member", args=[member.pk]),
        LearningSourceFactory(school=round_.school).get_absolute_url(),
        forum.get_absolute_url(),
        reverse("forum_record", args=[forum.pk]),
        reverse("advice_help_choose", args=[round_.recommendations.get().pk]),
        DisseminationFactory().get_absolute_url(),
        reverse("dissemination_register"),
        reverse("dissemination_add"),
    ]


def duty_urls(school):
    """The pages of duties, with an officer in each."""
    cluster = school.memberships.get().cluster
    listed = ListedAssignmentFactory(officer__printed_name="ผู้ไม่มีบัญชี")
    DutyFactory(officer=listed.officer, kind=DutyKind.CLUSTER, cluster=cluster)
    return [
        reverse("my_duties"),
        f"{reverse('duty_matrix')}?by=clusters",
        reverse("duty_coverage"),
        reverse("duty_workload"),
        reverse("school_responsible", args=[school.pk]),
        reverse("order_assignment_list", args=[listed.officer.order_id]),
    ]


def process_with_flow() -> str:
    """A process with a step in its sheet and its chart."""
    code = WorkProcessFactory().code
    StepSheet.objects.create(process=code, number=1, detail="รวบรวมข้อมูลสารสนเทศ")
    FlowNode.objects.create(
        process=code, step=1, symbol=FlowSymbol.TERMINATOR, label="รวบรวม", printed="รวม"
    )
    return code


def results_urls(round_):
    """The pages of a term's results, from the area down to one indicator."""
    indicator = round_.visits.get().sheet.answers.first().indicator
    return [
        reverse("overview_results"),
        reverse("overview_indicators"),
        reverse("overview_advice"),
        reverse("overview_data_notes"),
        reverse("overview_schools"),
        reverse("overview_standard", args=[indicator.standard_id]),
        reverse("overview_indicator", args=[indicator.pk]),
    ]


@pytest.fixture
def administrator_urls(administrator, external_system):
    facts = {"receiver": "ก", "purpose": "ข", "scopes": ["terms"], "rate_limit": 60}
    last_day = timezone.localdate()
    token = create_api_token(
        by=administrator, account=external_system, expires_on=last_day, **facts
    )
    return [
        reverse("api_tokens"),
        reverse("api_token_open"),
        reverse("api_token_revoke", args=[token.row.pk]),
        reverse("api_reference"),
        reverse("person", args=[external_system.pk]),
    ]


@pytest.fixture
def drive_urls(agreed, supervisor, group_director, area_director):
    """The pages of a quality drive, with a record on each."""
    indicators = Indicator.objects.filter(standard__indicator_set=agreed.indicator_sets.get())
    drive = drive_at_work(agreed.term, indicators, by=group_director)
    agreement = agreement_in_force(drive, agreed.school, by=area_director)
    honour = honour_awarded(drive, agreed.school, by=group_director)
    compute_ranking(drive, by=group_director)
    year = drive.academic_year.year
    of_year = (
        *("drive", "drive_progress", "baselines", "agreements", "drive_cooperation"),
        *("drive_exchange", "study_requests", "drive_mentoring", "monitoring_reports"),
        *("ranking", "drive_honours", "area_answers", "drive_report"),
    )
    of_school = (
        *("school_drive", "school_drive_steps", "drive_indicators", "school_baseline"),
        *("similar_schools", "school_answers", "own_place"),
    )
    return [
        *(reverse(name, args=[year]) for name in of_year),
        *(reverse(name, args=[year, agreed.school_id]) for name in of_school),
        reverse("school_drives", args=[agreed.school_id]),
        reverse("crosswalk"),
        agreement.get_absolute_url(),
        honour.get_absolute_url(),
        reverse("mentoring", args=[mentoring_signed(agreed, leader=supervisor).pk]),
        monitoring_submitted(agreed, by=group_director).get_absolute_url(),
    ]


@pytest.mark.parametrize("width", [390, 1280])
def test_every_screen_of_a_drive_is_sound_and_whole(
    page, live_server, login, group_director, drive_urls, width
):
    complaints = complaints_of(page)
    page.set_viewport_size({"width": width, "height": 800})
    sign_in(page, login(group_director), live_server.url)
    for url in drive_urls:
        _check_screen(page, live_server.url + url, width)
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_every_screen_is_sound_and_whole(
    page,
    live_server,
    login,
    school_director,
    group_director,
    cluster_chair,
    administrator,
    school_urls,
    unit_urls,
    plan_urls,
    administrator_urls,
    width,
):
    complaints = complaints_of(page)
    page.set_viewport_size({"width": width, "height": 800})
    for person, urls in (
        (school_director, school_urls),
        (group_director, [*unit_urls, *plan_urls]),
        (cluster_chair, [reverse("home"), reverse("overview"), reverse("board")]),
        (administrator, administrator_urls),
    ):
        sign_in(page, login(person), live_server.url)
        for url in urls:
            _check_screen(page, live_server.url + url, width)
    assert complaints == []


def _check_screen(page, address, width):
    assert page.goto(address).status == 200, address
    found = Axe().run(page)
    assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address

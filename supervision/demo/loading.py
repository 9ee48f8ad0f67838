"""The demonstration: two finished terms, and five schools at five places of the present one.

Everything is done by the portal's own actions on its own day, so the portal shows nothing that
people could not have done. The present term is the one in force on the day of loading, and
every day of the demonstration is counted from it, whatever day that is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from reports import actions as reports
from reports.models import IssuedDocument
from reports.rendering import render_document
from schools.enums import Grade
from schools.models import AcademicYear, Cluster, School, Term, User
from supervision.criteria import actions as criteria
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.demo import texts
from supervision.demo.annual_reports import (
    create_annual_reports,
    create_external_assessment,
    follow_up_external_assessment,
    years_with_annual_reports,
)
from supervision.demo.circumstances import FactMaker, create_policies
from supervision.demo.committees import create_coming_meetings, create_committees
from supervision.demo.data_confirmations import create_data_confirmations
from supervision.demo.demo_round import DemoRound, sample_number
from supervision.demo.endorsed_sets import endorse_manual_sets
from supervision.demo.handbooks import write_sample_foreword
from supervision.demo.learning_results import create_learning_results, years_with_known_results
from supervision.demo.moved_cluster import create_earlier_supervisor
from supervision.demo.networks import NetworkMaker
from supervision.demo.office_days import OfficeDays, at_ten, working_day
from supervision.demo.orders import create_sample_orders
from supervision.demo.people import (
    SINCE,
    AccountMaker,
    DemoPeople,
    create_demo_people,
    give_order_to_supervisor,
)
from supervision.demo.pupil_counts import create_pupil_counts
from supervision.demo.quality_drives import create_demo_drive
from supervision.demo.report_texts import write_report_texts
from supervision.demo.satisfaction import create_satisfaction
from supervision.demo.special_days import create_special_days
from supervision.demo.taken_up_needs import create_taken_up_needs
from supervision.demo.unit_work import create_unit_practices, set_term_methods
from supervision.demo.year_plans import create_year_plans
from supervision.needs.actions import open_needs_campaign
from supervision.needs.models import SurveyTemplate
from supervision.rounds.actions import choose_round_criteria, open_term_rounds, set_round_deadlines
from supervision.rounds.due_dates import StepWindow
from supervision.rounds.enums import CycleStep
from supervision.rounds.models import Round, StepDeadline

CLUSTER = "กลุ่มโรงเรียนโคกงาม"
NEEDS_FRAME = "งาน 4 ด้าน"
NEEDS_UNTIL = 0.15
FINISHED = "บ้านหนองสนุ่น"
WAITS_FOR_SCHOOL = "บ้านโคกงาม"
SECOND_ROUND = "บ้านหนองหลวง-ชั่งสี"
VISIT_PLANNED = "บ้านห้วยน้ำเมย"
NOT_SIGNED = "บ้านนาเจียง"
NO_RESULTS = NOT_SIGNED
TESTS = ("RT", "NT", "O-NET", "การอ่านออกเขียนได้")
REPORTED_YEARS = 2  # of which there are annual reports
LEARNING_YEARS = 3
# Sample facts: these teach อ.2–ป.6 and are judged by both sets. What the others teach is unknown.
OF_BOTH_LEVELS = (FINISHED, SECOND_ROUND)
# How strong each school is, from the oldest term to the present one.
STRENGTHS = {
    WAITS_FOR_SCHOOL: (2, 3, 3),
    NOT_SIGNED: (1, 1, 2),
    SECOND_ROUND: (1, 2, 2),
    VISIT_PLANNED: (2, 2, 3),
    FINISHED: (3, 3, 4),
}
# The present term's deadlines: parts of the days that have passed, and days ahead. The second
# round, opened after some of them, gets days of its own.
PAST_DEADLINES = {2: 0.15, 3: 0.3}
OPENS_STEP_3 = 0.05
COMING_DEADLINES = {5: 14, 6: 28, 7: 60}

TO_CONFIRMED = ("needs", "assess", "confirm")
TO_ACKNOWLEDGED = (*TO_CONFIRMED, "plan", "record", "sign", "acknowledge")
TO_PROPOSED = (*TO_ACKNOWLEDGED, "decide", "summarise", "propose")
RATED_TOGETHER = (
    *(act.replace("record", "record_together") for act in TO_ACKNOWLEDGED),
    "nominate",
    *TO_PROPOSED[len(TO_ACKNOWLEDGED) :],
)
TO_ISSUED = (*TO_PROPOSED, "agree", "report", "issue")
WITH_RETURN = (
    *TO_CONFIRMED,
    "return_assessment",
    "confirm_again",
    *TO_ISSUED[len(TO_CONFIRMED) :],
)
AMENDED = ("amend", "sign_again", "acknowledge_again")
OBSERVED = ("observe", "acknowledge_observation")
WITH_PRACTICE = (
    *TO_ACKNOWLEDGED,
    *AMENDED,
    "nominate",
    *OBSERVED,
    "review",
    "decide",
    "select",
    *TO_ISSUED[8:],
    "award",
    "report_done",
)


class MissingReferenceData(Exception):
    """What the demonstration builds on is missing: the manual has not been loaded."""


@dataclass(frozen=True)
class DemoTerm:
    """One term of the demonstration; `index` 0 is the oldest."""

    index: int
    term: Term
    days: OfficeDays
    rounds: dict[str, Round]
    people: DemoPeople

    def demo_round(
        self,
        school: str,
        *,
        round_: Round | None = None,
        window: tuple[float, float] | None = None,
        low: int | None = None,
        practice: Mapping[str, str] = texts.PRACTICE,
    ) -> DemoRound:
        """The school's first round, unless another is given; no two schools act at once."""
        shift = 0.02 * list(STRENGTHS).index(school)
        return DemoRound(
            round=round_ or self.rounds[school],
            people=self.people,
            days=self.days,
            strength=STRENGTHS[school][self.index],
            seed=f"{school} {self.index} {bool(round_)}",
            window=window or (shift, 0.9 + shift),
            low=low,
            practice=practice,
        )


@transaction.atomic
def load_demo_data() -> None:
    """Make the people, then the three terms with all that they did in them.

    Raises MissingReferenceData before the manual is loaded.
    """
    now = timezone.localtime()
    cluster, schools, terms = _reference_data(now.date())
    people = create_demo_people(cluster.area, cluster, schools, AccountMaker(SINCE))
    give_order_to_supervisor(people.supervisor)
    create_committees(SINCE)
    create_sample_orders(people, cluster, SINCE)
    create_special_days(terms[-1].academic_year)
    create_pupil_counts(cluster.area, schools, {term.academic_year for term in terms}, now.date())
    sets = endorse_manual_sets(people, terms[0])
    set_term_methods(terms[0], people)
    _set_grades(schools)
    _create_learning_results(schools, people)
    _create_annual_reports(schools, people)
    oldest, before, present = (
        _open(index, term, sets, people, schools, now) for index, term in enumerate(terms)
    )
    _load_oldest_term(oldest)
    _issue_year(oldest.term.academic_year, people)
    set_term_methods(terms[1], people)
    _load_previous_term(before)
    create_satisfaction(share=1)
    set_term_methods(terms[2], people)
    _set_deadlines(present, now.date())
    _load_present_term(present, now.date())
    _draft_next_version(sets[0], present)
    create_unit_practices(people)
    create_year_plans(people, schools, now.date())
    NetworkMaker(people.group, schools, now.date()).make_all()
    FactMaker(people.group, now.date()).make_all(schools)
    create_policies(by=people.group, today=now.date())
    write_sample_foreword(people.group, now.date())
    earlier = User.objects.get(username="workgroup")
    create_earlier_supervisor(cluster, earlier, SINCE - timedelta(days=1))
    create_coming_meetings(now.date(), by=people.group)
    create_taken_up_needs(schools, terms[-1], by=people.supervisor)
    create_demo_drive(people, terms[-1].academic_year, now.date())


def _reference_data(today: date) -> tuple[Cluster, list[School], list[Term]]:
    cluster = Cluster.objects.filter(name=CLUSTER).first()
    schools = list(School.objects.filter(name__in=[f"โรงเรียน{name}" for name in STRENGTHS]))
    terms = list(Term.objects.filter(opens_on__lte=today).select_related("academic_year")[:3])
    if cluster is None or len(schools) < len(STRENGTHS) or len(terms) < 3:
        raise MissingReferenceData
    return cluster, sorted(schools, key=lambda school: school.pk), terms[::-1]


def _set_grades(schools: Sequence[School]) -> None:
    for school in schools:
        if school.short_name in OF_BOTH_LEVELS:
            school.first_grade, school.last_grade = Grade.K2, Grade.P6
            school.save(update_fields=["first_grade", "last_grade"])


def _create_learning_results(schools: Sequence[School], people: DemoPeople) -> None:
    """Three years of tests: one school has no result, one had only two pupils last time."""
    by_name = {school.short_name: school for school in schools}
    years = years_with_known_results(AcademicYear.objects.all())[-LEARNING_YEARS:]
    with_results = [school for name, school in by_name.items() if name != NO_RESULTS]
    create_learning_results(
        with_results, years, by=people.group, kinds=TESTS, few=by_name[VISIT_PLANNED]
    )


def _create_annual_reports(schools: Sequence[School], people: DemoPeople) -> None:
    """Two years of reports, and what assessors from outside found at one school."""
    by_name = {school.short_name: school for school in schools}
    years = years_with_annual_reports(AcademicYear.objects.all())[-REPORTED_YEARS:]
    in_order = (FINISHED, WAITS_FOR_SCHOOL, SECOND_ROUND, VISIT_PLANNED, NOT_SIGNED)
    create_annual_reports(people, [by_name[name] for name in in_order], years)
    assessment = create_external_assessment(by_name[SECOND_ROUND], years[-1], by=people.supervisor)
    follow_up_external_assessment(assessment, by=people.supervisor)


def _open(
    index: int,
    term: Term,
    sets: Sequence[IndicatorSet],
    people: DemoPeople,
    schools: Sequence[School],
    now: datetime,
) -> DemoTerm:
    last = min(term.closes_on - timedelta(days=1), now.date())
    days = OfficeDays.between(term.opens_on, last, now)
    with days.at(0):
        rounds = open_term_rounds(
            term, schools, by=people.group, indicator_sets=sets, is_sample=True
        )
        _ask_for_needs(term, days, people)
    by_school = {round_.school.short_name: round_ for round_ in rounds}
    return DemoTerm(index, term, days, by_school, people)


def _ask_for_needs(term: Term, days: OfficeDays, people: DemoPeople) -> None:
    open_needs_campaign(
        term.academic_year,
        term,
        by=people.group,
        survey_template=SurveyTemplate.objects.get(name=NEEDS_FRAME),
        opens_on=timezone.localdate(),
        closes_on=days.days[int(NEEDS_UNTIL * len(days.days))],
        is_sample=True,
    )


def _load_oldest_term(demo_term: DemoTerm) -> None:
    for school in STRENGTHS:
        demo_term.demo_round(school).perform(*TO_ISSUED, "close_advice")


def _load_previous_term(demo_term: DemoTerm) -> None:
    for school in STRENGTHS:
        acts = WITH_RETURN if school == NOT_SIGNED else TO_ISSUED
        end = "close_most_advice" if school == WAITS_FOR_SCHOOL else "close_advice"
        demo_term.demo_round(school).perform(*acts, end)
    with demo_term.days.at(0.99):
        summary = _prepare_summary(demo_term, None)
        reports.issue_report(summary, by=demo_term.people.area)


def _load_present_term(demo_term: DemoTerm, today: date) -> None:
    demo_term.demo_round(FINISHED).perform(*WITH_PRACTICE)
    demo_term.demo_round(WAITS_FOR_SCHOOL, practice=texts.NOMINATED).perform(*RATED_TOGETHER)
    called_off = ("plan_first", "cancel_first")
    demo_term.demo_round(NOT_SIGNED).perform(*TO_CONFIRMED, *called_off, "plan", "record")
    planned = demo_term.demo_round(VISIT_PLANNED).perform(*TO_CONFIRMED)
    _plan(planned, demo_term, today)
    with demo_term.days.at(0.93):
        planned.postpone_to(working_day(planned.visit.visit_on + timedelta(days=1)))
    with demo_term.days.at(0.94):
        planned.announce()
    _load_second_round(demo_term, today)
    with demo_term.days.at(0.97):
        _prepare_and_issue(demo_term.term.academic_year, demo_term.people)
        _prepare_summary(demo_term, Cluster.objects.first())
    _confirm_data(demo_term)


def _confirm_data(demo_term: DemoTerm) -> None:
    """One school has confirmed its data, one but for what it reports; the others are asked to."""
    schools = {name: round_.school for name, round_ in demo_term.rounds.items()}
    people = demo_term.people
    create_data_confirmations(
        demo_term.term,
        demo_term.days,
        by=people.group,
        confirmed=[schools[FINISHED], schools[WAITS_FOR_SCHOOL]],
        with_issue=schools[WAITS_FOR_SCHOOL],
        prepared=schools[VISIT_PLANNED],
        directors=people.directors,
        teacher=people.teachers[schools[VISIT_PLANNED].pk],
    )


def _prepare_summary(demo_term: DemoTerm, cluster: Cluster | None) -> IssuedDocument:
    """The summary of a term, which waits for the area director's signature."""
    by = demo_term.people.group
    return reports.prepare_summary_report(demo_term.term, cluster, number=sample_number(), by=by)


def _load_second_round(demo_term: DemoTerm, today: date) -> None:
    """ไม่บรรลุ in the first round; the second is at the draft of the self-assessment."""
    first = demo_term.demo_round(SECOND_ROUND, low=1, window=(0.01, 0.91))
    first.perform(*TO_ACKNOWLEDGED, "decide_not")
    second = demo_term.demo_round(SECOND_ROUND, round_=first.round.next_round, window=(0.62, 1.0))
    with demo_term.days.at(0.61):
        choose_round_criteria(
            second.round, list(first.round.indicator_sets.all()), by=demo_term.people.group
        )
        window = StepWindow(None, today + timedelta(days=7))
        set_round_deadlines(
            second.round, {int(CycleStep.SELF_ASSESSMENT): window}, by=demo_term.people.group
        )
    second.perform("draft")
    _plan(second, demo_term, today + timedelta(days=14))


def _plan(demo_round: DemoRound, demo_term: DemoTerm, day: date) -> None:
    """An appointment for a working day."""
    with demo_term.days.at(0.9):
        demo_round.plan_for(working_day(day))


def _draft_next_version(indicator_set: IndicatorSet, demo_term: DemoTerm) -> None:
    """The unit prepares next year's criteria: one item of the district's own so far."""
    with demo_term.days.at(0.9):
        draft = criteria.revise_indicator_set(indicator_set, by=demo_term.people.group)
        own = Indicator(standard=draft.standards.get(number=1), group="1.3 จุดเน้นของเขตพื้นที่ (ตัวอย่าง)")
        facts = {"code": "1.3.1", "text": "อ่านออกเขียนได้ตามเป้าหมายของเขตพื้นที่ (ตัวอย่าง)"}
        criteria.save_indicator(own, facts=facts | {"is_local": True, "achieved_from": 3})


def _set_deadlines(demo_term: DemoTerm, today: date) -> None:
    """That of step 4 has just passed, unless the term has only just opened."""
    days = demo_term.days.days
    just_passed = min(max(len(days) * 4 // 5, len(days) - 4), max(len(days) - 2, 0))
    due = {step: days[int(part * len(days))] for step, part in PAST_DEADLINES.items()}
    due[4] = days[just_passed]
    due |= {step: today + timedelta(days=ahead) for step, ahead in COMING_DEADLINES.items()}
    opens = {3: days[int(OPENS_STEP_3 * len(days))]}
    StepDeadline.objects.bulk_create(
        StepDeadline(term=demo_term.term, step=step, opens_on=opens.get(step), due_on=day)
        for step, day in due.items()
    )


def _issue_year(year: AcademicYear, people: DemoPeople) -> None:
    """The older year's report, three weeks after its last term, and published."""
    closes = max(term.closes_on for term in year.terms.all())
    with at_ten(closes + timedelta(days=21)):
        document = _prepare_and_issue(year, people)
        # Only a made document can be published; the worker makes the others.
        render_document.call(document.pk)
        document.refresh_from_db()
        reports.publish_report(document, by=people.area)


def _prepare_and_issue(year: AcademicYear, people: DemoPeople) -> IssuedDocument:
    write_report_texts(year, by=people.group)
    document = reports.prepare_year_report(year, number=sample_number(), by=people.group)
    reports.issue_report(document, by=people.area)
    return document

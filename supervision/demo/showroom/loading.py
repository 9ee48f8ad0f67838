"""Make the showroom: places and people, then term after term what they did."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from schools.enums import Grade
from schools.models import AcademicYear, Area, School, Term
from supervision.criteria import actions as criteria
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.demo.annual_reports import years_with_annual_reports
from supervision.demo.circumstances import FactMaker, create_policies
from supervision.demo.committees import create_coming_meetings, create_committees
from supervision.demo.endorsed_sets import (
    OBSERVATION_FORM,
    endorse_before_term,
    endorse_manual_sets,
)
from supervision.demo.handbooks import write_sample_foreword
from supervision.demo.learning_results import create_learning_results
from supervision.demo.networks import NetworkMaker
from supervision.demo.office_days import OfficeDays, at_ten
from supervision.demo.satisfaction import create_satisfaction
from supervision.demo.showroom.annual_reports import save_annual_reports
from supervision.demo.showroom.certificates import AWARDED_AFTER, issue_term_certificates
from supervision.demo.showroom.confirmations import save_confirmations
from supervision.demo.showroom.decisions import save_decisions
from supervision.demo.showroom.documents import (
    SUMMARY_AFTER,
    issue_area_summary,
    issue_year_report,
    publish_practices,
    save_term_reports,
)
from supervision.demo.showroom.first_steps import save_first_steps
from supervision.demo.showroom.improvement import FollowUp, follow_up_advice, save_summaries
from supervision.demo.showroom.orders import create_supervisors_order
from supervision.demo.showroom.people import (
    ShowroomPeople,
    create_showroom_people,
    move_cluster,
)
from supervision.demo.showroom.places import (
    ONE_DAY,
    SAMPLE_AREA,
    ShowroomSchool,
    create_places,
    school_name,
)
from supervision.demo.showroom.planned_rounds import (
    PlannedRound,
    RoundProgressGoal,
    plan_term_rounds,
)
from supervision.demo.showroom.quality_drives import create_showroom_drives
from supervision.demo.showroom.terms import (
    ShowroomTerm,
    create_deadlines,
    office_days_of,
    open_terms,
)
from supervision.demo.showroom.visits import save_visits
from supervision.demo.taken_up_needs import create_taken_up_needs
from supervision.demo.unit_work import create_unit_practices, set_term_methods
from supervision.demo.year_plans import create_year_plans
from supervision.manual.loading import load_manual_lists

# In every so many schools the visit of the reported year's last term came after its report.
LATE_INTERVAL, LATE_DAYS = 12, timedelta(days=30)
COMMITTEES_BEFORE = timedelta(days=30)  # the first term, whose sets ก.ต.ป.น. endorses
TESTS = ("RT", "NT", "O-NET", "การอ่านออกเขียนได้")
TESTED_GRADES = (Grade.P1, Grade.P3, Grade.P6)
ANSWERED_SHARE = 0.45  # of the visits that schools acknowledged
TERMS_WITH_PUBLISHED = 2  # practices, of those whose certificates were given
REPORTED_YEARS = 2  # of which there are annual reports
ADVICE_FOLLOWED_UNTIL = 0.8  # of a term: before its reports are signed


def is_showroom_loaded() -> bool:
    return School.objects.filter(name=school_name(1)).exists()


@transaction.atomic
def load_showroom(schools: int, years: int) -> None:
    """Fill an empty database with that many invented schools and years, up to now."""
    now = timezone.localtime()
    area = Area.objects.create(**SAMPLE_AREA)
    load_manual_lists(area)
    terms = open_terms(area, years, now)
    places = create_places(area, schools, terms)
    people = create_showroom_people(area, places, terms[0].opens_on)
    create_supervisors_order(people)
    create_committees(terms[0].opens_on - COMMITTEES_BEFORE)
    _create_learning_results(places, terms, people)
    _save_annual_reports(places, terms, people)
    reported = _last_term_of_year_before(terms)
    follow_ups: list[FollowUp] = []
    for term in _with_sets(terms, people, now):
        create_deadlines(term)
        planned = plan_term_rounds(term, places, people)
        save = _save_last_term_of_reported_year if term.term == reported else _save_term
        follow_ups = save(term, planned, follow_ups)
    follow_up_advice(follow_ups, now)
    if len(terms) > 1 and terms[-2].closes_on + SUMMARY_AFTER < now.date():
        issue_area_summary(terms[-2], people)
    over = [term for term in terms if term.closes_on + AWARDED_AFTER < now.date()]
    for earlier in over:
        issue_term_certificates(earlier, people)
    for earlier in over[-TERMS_WITH_PUBLISHED:]:
        publish_practices(earlier, people)
    move_cluster(people)
    today = now.date()
    open_schools = [place.row for place in places if place.row.is_open_on(today)]
    create_satisfaction(share=ANSWERED_SHARE)
    create_unit_practices(people.office)
    create_year_plans(people.office, open_schools, today)
    NetworkMaker(people.office.group, list(area.schools.all()[:5]), now.date()).make_all()
    FactMaker(people.office.group, today).make_all(open_schools)
    create_policies(by=people.office.group, today=today)
    write_sample_foreword(people.office.group, today)
    create_coming_meetings(now.date(), by=people.office.group)
    create_taken_up_needs(open_schools, terms[-1], by=people.office.group)
    by_year = {
        year: [school for school in schools if school in open_schools]
        for year, schools in _schools_by_year(places, terms).items()
    }
    create_showroom_drives(by_year, terms, people, now)


def _create_learning_results(
    places: Sequence[ShowroomSchool], terms: Sequence[Term], people: ShowroomPeople
) -> None:
    """The tests of each year, of the schools that there were at its end."""
    for year, schools in _schools_by_year(places, terms).items():
        create_learning_results(
            schools, [year], by=people.office.group, kinds=TESTS, grades=TESTED_GRADES
        )


def _save_annual_reports(
    places: Sequence[ShowroomSchool], terms: Sequence[Term], people: ShowroomPeople
) -> None:
    """Those of the last years, by the schools that there were at their ends."""
    schools = _schools_by_year(places, terms)
    for year in years_with_annual_reports(schools)[-REPORTED_YEARS:]:
        save_annual_reports(schools[year], year, people)


def _schools_by_year(
    places: Sequence[ShowroomSchool], terms: Sequence[Term]
) -> dict[AcademicYear, list[School]]:
    """The schools that there were at the end of each year, or are by now."""
    last_terms = {term.academic_year: index for index, term in enumerate(terms)}
    return {
        year: [place.row for place in places if place.exists_in(index)]
        for year, index in last_terms.items()
    }


def _last_term_of_year_before(terms: Sequence[Term]) -> Term | None:
    """The last term of the year before the present one."""
    earlier = [term for term in terms if term.academic_year != terms[-1].academic_year]
    return earlier[-1] if earlier else None


def _with_sets(
    terms: Sequence[Term], people: ShowroomPeople, now: datetime
) -> Iterator[ShowroomTerm]:
    """The manual's sets; a revised version for basic education from the later terms on.

    Each is endorsed when its term comes, so that meetings are numbered in the order of their days.
    """
    basic, early = endorse_manual_sets(people.office, terms[0])
    for index, term in enumerate(terms):
        if index and index == len(terms) * 2 // 3:
            basic = _revise(basic, people, term)
        set_term_methods(term, people.office)
        yield ShowroomTerm(
            index=index,
            progress=index / max(len(terms) - 1, 1),
            term=term,
            days=office_days_of(term, now),
            is_running=index == len(terms) - 1,
            basic=basic,
            early=early,
            indicators={one.pk: _indicators_of(one) for one in (basic, early)},
        )


def _revise(basic: IndicatorSet, people: ShowroomPeople, term: Term) -> IndicatorSet:
    """The next version, with one item of the district's own; the one before is retired."""
    group = people.office.group
    with at_ten(term.opens_on - timedelta(days=20)):
        draft = criteria.revise_indicator_set(basic, by=group)
        own = Indicator(standard=draft.standards.get(number=1), group="1.3 จุดเน้นของเขตพื้นที่ (ตัวอย่าง)")
        facts = {"code": "1.3.1", "text": "อ่านออกเขียนได้ตามเป้าหมายของเขตพื้นที่ (ตัวอย่าง)"}
        criteria.save_indicator(own, facts=facts | {"is_local": True, "achieved_from": 3})
    endorse_before_term(draft, people.office, term)
    with at_ten(term.opens_on - timedelta(days=1)):
        criteria.retire_indicator_set(basic, by=group)
    return draft


def _indicators_of(indicator_set: IndicatorSet) -> list[Indicator]:
    rows = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return list(rows.select_related("standard__indicator_set"))


def _save_term(
    term: ShowroomTerm, planned: Sequence[PlannedRound], follow_ups: Sequence[FollowUp]
) -> list[FollowUp]:
    """One term of all schools; returns what is still to be done about advice."""
    save_first_steps(term, planned)
    if term.is_running:
        save_confirmations(term, planned)
    return _save_later_steps(term, planned, follow_ups)


def _save_last_term_of_reported_year(
    term: ShowroomTerm, planned: Sequence[PlannedRound], follow_ups: Sequence[FollowUp]
) -> list[FollowUp]:
    """The year's report is signed; the visits of some schools come after it."""
    save_first_steps(term, planned)
    late = _late_rounds(planned)
    in_time = [one for one in planned if one not in late]
    following = _save_later_steps(term, in_time, follow_ups)
    signed_at = issue_year_report(term.term.academic_year, planned[0].people)
    first, now = (signed_at + ONE_DAY).date(), term.days.now
    for one in late:
        one.days = OfficeDays.between(first, min(first + LATE_DAYS, now.date()), now)
    return [*following, *_save_later_steps(term, late, [])]


def _late_rounds(planned: Sequence[PlannedRound]) -> list[PlannedRound]:
    """Some of the rounds that were complete after all, of schools without a second round."""
    second = {one.school.number for one in planned if one.previous}
    complete = [one for one in planned if one.has_reached(RoundProgressGoal.ISSUED)]
    return [one for one in complete if one.school.number not in second][::LATE_INTERVAL]


def _save_later_steps(
    term: ShowroomTerm, planned: Sequence[PlannedRound], follow_ups: Sequence[FollowUp]
) -> list[FollowUp]:
    """Steps 4 to 7; advice given before is followed up until the reports are signed."""
    save_visits(planned, IndicatorSet.objects.get(name=OBSERVATION_FORM))
    save_decisions(planned)
    given = save_summaries(planned)
    until = term.days.moment(ADVICE_FOLLOWED_UNTIL)
    remaining = follow_up_advice(follow_ups, until)
    save_term_reports(planned)
    return [*remaining, *given]

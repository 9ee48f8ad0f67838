from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from supervision.criteria.models import Indicator
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.baselines.enums import BaselineSource, BaselineState
from supervision.quality_drive.drives.enums import ProgressRhythm
from supervision.quality_drive.models import (
    Agreement,
    BaselineLevel,
    DriveDimension,
    DriveIndicator,
    DriveProgress,
    SchoolDrive,
)
from supervision.quality_drive.progress.enums import LevelSource, ProgressState
from supervision.quality_drive.progress.queries import (
    area_dimensions,
    load_drive_progress,
    load_progress,
)
from supervision.results.school_terms import ResultFilter, load_area_school_terms
from supervision.results.scores import load_scores
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.factories import RoundFactory, SchoolFactory
from tests.scenarios import visit_signed

SIGNED_DAYS_AGO = 10


@pytest.fixture
def drive(round_, term, group_director):
    indicator_set = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return drive_at_work(term, indicators, by=group_director)


def of_school(drive, school):
    [found] = load_progress(drive, [school], timezone.localdate())
    return found


def report(drive, school, indicator, value, *, by, on=None):
    school_drive, _ = SchoolDrive.objects.get_or_create(
        drive=drive, school=school, defaults={"state": BaselineState.DRAFT}
    )
    return DriveProgress.objects.create(
        school_drive=school_drive,
        drive_indicator=indicator,
        reported_on=on or timezone.localdate(),
        value=Decimal(value),
        text="จัดมุมอ่าน",
        by=by,
        at=timezone.now(),
    )


def first_indicator(drive):
    return DriveIndicator.objects.filter(dimension__drive=drive, dimension__code="Q1").get()


def test_the_level_of_a_signed_visit_stands_before_what_the_school_reports(
    drive, school, round_, supervisor, school_director
):
    report(drive, school, first_indicator(drive), "4.50", by=school_director)
    [known] = of_school(drive, school).dimensions[0].indicators
    assert (known.known.level, known.known.source) == (Decimal("4.50"), LevelSource.REPORT)
    assert of_school(drive, school).dimensions[0].has_reported_levels

    visit_signed(round_, by=supervisor, level=3)
    [known] = of_school(drive, school).dimensions[0].indicators
    assert (known.known.level, known.known.source) == (3, LevelSource.VISIT)
    assert not of_school(drive, school).dimensions[0].has_reported_levels


def test_the_latest_report_counts(drive, school, school_director):
    one, today = first_indicator(drive), timezone.localdate()
    report(drive, school, one, "2.00", by=school_director, on=today - timedelta(days=40))
    report(drive, school, one, "3.00", by=school_director, on=today)
    report(drive, school, one, "4.00", by=school_director, on=today - timedelta(days=1))
    found = of_school(drive, school)
    assert found.dimensions[0].progress.now == 3
    assert found.last_reported_on == today


def test_what_was_agreed_stands_before_the_drive_and_the_baseline(
    drive, school, school_director, area_director
):
    one = first_indicator(drive)
    school_drive = SchoolDrive.objects.create(drive=drive, school=school, state=BaselineState.DRAFT)
    BaselineLevel.objects.create(
        school_drive=school_drive,
        drive_indicator=one,
        level=Decimal("2.50"),
        source=BaselineSource.ENTERED,
    )
    [row] = of_school(drive, school).dimensions[0].indicators
    assert (row.progress.baseline, row.progress.target) == (Decimal("2.50"), 4)
    assert not row.is_agreed

    agreement_in_force(drive, school, by=area_director, baseline="2.00", target="3.50")
    [row] = of_school(drive, school).dimensions[0].indicators
    assert (row.progress.baseline, row.progress.target) == (2, Decimal("3.50"))
    assert row.is_agreed


def test_an_amended_agreement_does_not_begin_the_plan_anew(drive, school, area_director):
    long_ago = timezone.now() - timedelta(days=20)
    first = agreement_in_force(drive, school, by=area_director, signed_at=long_ago)
    Agreement.objects.filter(pk=first.pk).update(state=AgreementState.SUPERSEDED)
    second = Agreement.objects.create(
        drive=drive,
        school=school,
        version=2,
        previous=first,
        state=AgreementState.SIGNED,
        school_signed_at=timezone.now(),
        school_signed_by=area_director,
        signed_at=timezone.now(),
        signed_by=area_director,
    )
    for target in first.targets.all():
        target.pk, target.agreement, target.target = None, second, Decimal("3.00")
        target.save()
    found = of_school(drive, school)
    assert found.agreed_on == timezone.localdate(long_ago)
    assert found.dimensions[0].progress.target == 3


def test_a_school_owes_a_report_only_once_it_has_agreed(
    drive, term, school, school_director, area_director
):
    assert of_school(drive, school).due is None
    agreement_in_force(drive, school, by=area_director)
    due = of_school(drive, school).due
    assert (due.due_on, due.is_overdue) == (term.closes_on - timedelta(days=1), False)
    report(drive, school, first_indicator(drive), "3.00", by=school_director)
    assert of_school(drive, school).due is None


def test_monthly_reports_are_due_at_the_end_of_each_whole_month(drive, school, area_director):
    drive.rhythm = ProgressRhythm.MONTHLY
    drive.save()
    agreement_in_force(
        drive, school, by=area_director, signed_at=timezone.now() - timedelta(days=70)
    )
    found = of_school(drive, school)
    assert found.is_report_overdue
    assert found.due.due_on == timezone.localdate().replace(day=1) - timedelta(days=1)


def test_figures_are_those_of_the_overview(
    drive, term, school, other_school, round_, supervisor, group_director
):
    """A dimension made of one whole standard has the overview's mean of that standard."""
    indicator_set = round_.indicator_sets.get()
    student = DriveDimension.objects.get(drive=drive, code="Q1")
    whole = Indicator.objects.filter(standard__indicator_set=indicator_set, standard__number=1)
    DriveIndicator.objects.filter(dimension__drive=drive).delete()
    for position, indicator in enumerate(whole):
        DriveIndicator.objects.create(
            dimension=student, indicator=indicator, position=position, weight=50, target=4
        )
    visit_signed(round_, by=supervisor, level=3)
    other_round = RoundFactory(school=other_school, term=term, indicator_sets=[indicator_set])
    visit_signed(other_round, by=group_director, level=4)
    schools, today = [school, other_school, SchoolFactory()], timezone.localdate()

    school_terms = load_area_school_terms(schools, [term], today)
    overview = load_scores(school_terms, ResultFilter()).standard_results(term.pk)[0].summary.visit
    found = load_drive_progress(drive, schools, today)
    area = area_dimensions(found.design, found.schools)[0]
    assert (area.signed, area.judged) == (overview.mean, overview.n) == (Decimal("3.50"), 2)
    assert [row.dimensions[0].signed for row in found.schools] == [3, 4, None]


def test_states_are_counted_by_dimension(drive, school, other_school, round_, supervisor):
    visit_signed(round_, by=supervisor, level=4)
    found = load_drive_progress(drive, [school, other_school], timezone.localdate())
    counts = area_dimensions(found.design, found.schools)[0].counts
    assert counts == {ProgressState.ON_TARGET: 1, ProgressState.NO_RESULT: 1}


def test_as_many_queries_for_many_schools_as_for_one(
    drive, school, other_school, area_director, django_assert_num_queries
):
    for one in (school, other_school):
        agreement_in_force(drive, one, by=area_director)
        report(drive, one, first_indicator(drive), "3.00", by=area_director)
    many = [school, other_school, SchoolFactory(), SchoolFactory()]
    today = timezone.localdate()
    for schools in ([school], many):
        with django_assert_num_queries(5):
            load_progress(drive, schools, today)

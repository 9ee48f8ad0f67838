"""What the report on a drive says, against the rows and the pages that say the same."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.composer.drive_checklist import drive_checklist
from reports.composer.sources import text_sources
from reports.data.public import public_summary
from reports.data.quality_drive import drive_report
from reports.data.year import year_report
from supervision.criteria.models import Indicator
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.models import DriveIndicator
from supervision.quality_drive.progress.enums import ProgressState
from supervision.quality_drive.progress.queries import area_dimensions, load_drive_progress
from tests import drive_records as records
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.factories import ClusterFactory, MeetingFactory, RoundFactory, SchoolFactory
from tests.scenarios import visit_signed


@pytest.fixture
def drive(round_, term, group_director):
    indicator_set = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=indicator_set)
    return drive_at_work(term, indicators, by=group_director)


@pytest.fixture
def visited(drive, round_, supervisor, school_director, group_director):
    """Schools with a baseline, an agreement and a signed visit each; the first is the round's."""

    def act(levels):
        schools = [round_.school, *(SchoolFactory(cluster=None) for _ in levels[1:])]
        for school, level in zip(schools, levels, strict=True):
            own = round_ if school == round_.school else _round_like(round_, school)
            records.baseline_confirmed(drive, school, by=school_director)
            agreement_in_force(drive, school, by=group_director)
            visit_signed(own, by=group_director, level=level)
        return schools

    return act


def _round_like(round_, school):
    own = RoundFactory(school=school, term=round_.term)
    own.indicator_sets.set(round_.indicator_sets.all())
    return own


def test_a_drive_that_has_only_begun_is_told_without_figures(drive):
    figures = drive_report(drive)
    assert [one["letter"] for one in figures["steps"]] == list("TUMHOME")
    assert figures["work"]["agreements"] == 0
    assert all(row["baseline"] is None and row["now"] is None for row in figures["results"])
    assert figures["honours"] == figures["clusters"] == figures["climate"] == []
    assert [row["in_4q"] for row in figures["dimensions"]] == [True, True, True, True, False]


def test_its_means_are_those_of_the_page_of_progress(drive, visited):
    schools = visited([3, 4, 5])
    figures, today = drive_report(drive), timezone.localdate()
    overview = load_drive_progress(drive, schools, today)
    areas = area_dimensions(overview.design, overview.schools)
    judged = [pair for pair in zip(figures["results"], areas, strict=True) if pair[1].judged]
    assert judged
    for row, area in judged:
        assert (row["baseline"], row["now"]) == (f"{area.baseline:.2f}", f"{area.signed:.2f}")
        assert (row["now"], row["now_n"], row["target"]) == ("4.00", 3, "4.00")
        assert (row["change"], row["reached"]) == ("+2.00", 2)
        counted = {one["key"]: one["count"] for one in row["states"]}
        assert counted[ProgressState.ON_TARGET] == area.counts[ProgressState.ON_TARGET]


def test_no_mean_of_one_or_two_schools_is_in_it(drive, visited):
    visited([3, 5])
    row = drive_report(drive)["results"][0]
    assert (row["now"], row["now_n"], row["baseline"], row["change"]) == (None, 2, None, None)


def test_a_dimension_without_indicators_has_no_target(drive):
    DriveIndicator.objects.filter(dimension__drive=drive, dimension__code="Q2").delete()
    [row] = [row for row in drive_report(drive)["results"] if row["code"] == "Q2"]
    assert row["target"] is None


def test_a_cluster_of_few_schools_has_no_mean(drive, visited, cluster):
    schools = visited([3, 4, 5, 4])
    for school in schools[1:]:
        school.memberships.all().delete()
        ClusterFactory()
    figures = drive_report(drive)
    assert all(one["now"] is None for row in figures["clusters"] for one in row["means"])


def test_no_school_is_named_but_the_honoured_ones(drive, visited, school_director, group_director):
    honoured, *others = visited([3, 4, 5])
    records.honour_on_record(drive, honoured)
    records.honour_on_record(drive, others[0], state=HonourState.AWARDED)
    records.exchange_held(drive, others[1], by=school_director)
    said = json.dumps(drive_report(drive), ensure_ascii=False)
    assert honoured.name in said
    assert not any(school.name in said for school in others)


def test_what_is_owed_is_counted_as_the_ledger_has_it(drive, school, group_director):
    agreement = agreement_in_force(drive, school, by=group_director)
    records.support_promised(agreement, "สื่อการอ่าน", closed_by=group_director)
    records.support_promised(agreement, "อบรมครู", late=True)
    records.support_promised(agreement, "นิเทศติดตาม")
    figures = drive_report(drive)
    assert figures["support"] == {"total": 3, "kept": 1, "reported": 0, "open": 2, "late": 1}
    [row] = figures["support_by_post"]
    assert {key: row[key] for key in figures["support"]} == figures["support"]


@pytest.mark.parametrize(("answers", "is_shown"), [(4, False), (5, True)])
def test_a_climate_survey_is_told_from_five_answers_on(drive, answers, is_shown):
    records.climate_survey_closed(drive, answers=answers)
    figures = drive_report(drive)
    assert bool(figures["climate"]) == is_shown
    assert figures["few_climate"] == (0 if is_shown else 1)
    assert ("4 คำตอบ" in json.dumps(figures, ensure_ascii=False)) is False


def test_an_open_climate_survey_is_not_told_yet(drive):
    survey = records.climate_survey_closed(drive, answers=9)
    survey.state, survey.closes_on = "open", timezone.localdate() + timedelta(days=3)
    survey.save()
    figures = drive_report(drive)
    assert (figures["climate"], figures["few_climate"]) == ([], 0)


def test_the_steps_tell_what_was_done(drive, group_director):
    records.steps_on_record(drive, by=group_director)
    figures = drive_report(drive)
    said = {step["number"]: " ".join(step["facts"]) for step in figures["steps"]}
    assert "คณะทำงานขับเคลื่อน 1 คณะ" in said[1]
    assert "ผู้ปกครองและนักเรียน" in said[1]
    assert "ประชุมผู้บริหารสถานศึกษา 1 ครั้ง" in said[3]
    assert "ภาคีภายนอก 1 แห่ง" in said[4]
    assert "40 คน" in said[4]
    assert [row["result"] for row in figures["expected"]] == ["เข้าร่วมครบ", ""]


def test_the_queries_do_not_grow_with_the_schools(drive, django_assert_max_num_queries, visited):
    visited([3])
    with django_assert_max_num_queries(60) as few:
        drive_report(drive)
    for _ in range(3):
        SchoolFactory()
    with django_assert_max_num_queries(len(few.captured_queries)):
        drive_report(drive)


def test_the_years_report_may_say_the_same_figures(drive, visited):
    visited([3, 4, 5])
    figures, values = drive_report(drive), text_sources(drive_report(drive)).values
    year = year_report(drive.academic_year)
    assert (year["drive"]["results"], year["drive"]["work"]) == (
        figures["results"],
        figures["work"],
    )
    said = text_sources(year).values
    own = {key.removeprefix("drive."): said[key] for key in said if key.startswith("drive.")}
    assert own["q1.now"] == "4.00"
    assert own == {key: values[key] for key in own}


def test_a_draft_is_not_in_the_years_report(round_, term, group_director):
    drive_at_work(term, [], by=group_director, state=DriveState.DRAFT)
    assert "drive" not in year_report(term.academic_year)


def test_the_checklist_leads_to_where_what_is_missing_is_written(drive, school):
    drive.expected_results.create(kind="quantity", code="1.1", text="ก")
    urls = {item.url for line in drive_checklist(drive) for item in line.items}
    year = drive.academic_year.year
    assert reverse("school_baseline", args=[year, school.pk]) in urls
    assert reverse("school_agreement", args=[year, school.pk]) in urls
    assert reverse("drive_results", args=[year]) in urls


# --- What the public reads of it ---


def test_the_public_learns_no_mean_of_ten_schools(drive, visited):
    visited([3, 4, 5])
    shown = public_summary(drive_report(drive))
    assert shown["means_suppressed"]
    assert {(row["baseline"], row["now"], row["target"]) for row in shown["dimensions"]} == {
        (None, None, None)
    }
    assert shown["agreements"] is None


def test_an_honour_that_was_taken_back_is_public_no_more(drive, school):
    honour = records.honour_on_record(drive, school)
    frozen = drive_report(drive)
    assert [one["school"] for one in public_summary(frozen)["honours"]] == [school.name]
    honour.state, honour.revoke_meeting = HonourState.REVOKED, MeetingFactory()
    honour.save()
    assert public_summary(frozen)["honours"] == []

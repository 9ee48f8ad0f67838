"""The seven steps: each state is decided by facts, for the area and for a school."""

from datetime import timedelta
from itertools import product

import pytest
from django.utils import timezone

from supervision.cycle.waiting_todos import waiting_todos
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.area_steps import area_steps
from supervision.quality_drive.baselines.enums import BaselineState
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.drives.queries import terms_of_drive
from supervision.quality_drive.manual_words import manual_drive
from supervision.quality_drive.models import Agreement, Ranking, RankingObjection
from supervision.quality_drive.progress.queries import load_drive_progress
from supervision.quality_drive.ranking.enums import ObjectionState, RankingList, RankingState
from supervision.quality_drive.school_steps import school_steps
from supervision.quality_drive.scores import load_design
from supervision.quality_drive.step_state import (
    DriveStepConditions,
    DriveStepState,
    drive_step_state,
)
from tests.drive_scenarios import agreement_in_force, drive_at_work, progress_reported
from tests.factories import IndicatorSetFactory, SchoolFactory

FLAGS = ("is_done", "has_its_turn", "is_behind", "is_yours", "has_begun")


@pytest.fixture
def drive(term, group_director):
    standards = IndicatorSetFactory().standards.all()
    indicators = [one for standard in standards for one in standard.indicators.all()]
    return drive_at_work(term, indicators, by=group_director)


def steps_of(drive, school, reader):
    today = timezone.localdate()
    return school_steps(load_drive_progress(drive, [school], today), reader, today)


def objective_of_area(drive, reader):
    terms = terms_of_drive(drive)
    return area_steps(load_design(drive), reader, terms, timezone.localdate()).rows[4]


def confirmed(drive, school, by):
    return drive.school_drives.create(
        school=school,
        state=BaselineState.CONFIRMED,
        confirmed_at=timezone.now(),
        confirmed_by=by,
    )


def agreement_in(drive, school, state, by):
    facts = {}
    if state in (AgreementState.SCHOOL_SIGNED, AgreementState.SIGNED):
        facts |= {"school_signed_at": timezone.now(), "school_signed_by": by}
    if state == AgreementState.SIGNED:
        facts |= {"signed_at": timezone.now(), "signed_by": by}
    return Agreement.objects.create(drive=drive, school=school, state=state, **facts)


@pytest.mark.parametrize("values", list(product((False, True), repeat=len(FLAGS))))
def test_what_is_done_stays_done_and_nothing_waits_before_its_turn(values):
    flags = dict(zip(FLAGS, values, strict=True))
    state = drive_step_state(DriveStepConditions(**flags))
    assert (state == DriveStepState.DONE) == flags["is_done"]
    if not flags["is_done"] and not flags["has_its_turn"]:
        assert state == DriveStepState.NOT_REACHED
    if state == DriveStepState.WAITING_FOR_YOU:
        assert flags["is_yours"]


def test_the_manual_has_seven_steps_in_three_phases_with_the_letters_of_tumhome():
    steps = manual_drive().steps
    assert "".join(one.letter for one in steps) == "TUMHOME"
    assert [one.name for one in steps] == [one.step.label for one in steps]
    assert len({one.phase for one in steps}) == 3
    assert "Inno" not in "".join(one.text for one in steps)  # nowhere explained


def test_a_school_goes_from_its_baseline_to_its_agreement(
    drive, school, school_director, supervisor
):
    assert steps_of(drive, school, supervisor)[1].word == "รอคุณ"
    confirmed(drive, school, school_director)
    understanding, management = steps_of(drive, school, school_director)[1:3]
    assert understanding.word == "เสร็จแล้ว"
    assert management.missing == ["ยังไม่มีร่างบันทึกข้อตกลง"]
    agreement_in(drive, school, AgreementState.PROPOSED, school_director)
    assert steps_of(drive, school, school_director)[2].word == "รอคุณ"
    assert steps_of(drive, school, supervisor)[2].waits == "รอผู้อำนวยการโรงเรียน"


def test_what_lags_is_told_to_school_and_area_by_indicator(
    drive, school, school_director, supervisor, area_director
):
    long_ago = timezone.now() - timedelta(days=100)
    agreement_in_force(drive, school, by=area_director, signed_at=long_ago)
    progress_reported(drive, school, by=school_director, value="2.00")
    objective = steps_of(drive, school, school_director)[4]
    assert (objective.word, objective.kind.value) == ("ช้ากว่าแผน", "late")
    assert objective.missing == ["ช้ากว่าแผน 1 ตัวชี้วัด", "ยังไม่มีผล 3 ตัวชี้วัด"]
    area = objective_of_area(drive, supervisor)
    assert area.word == "ช้ากว่าแผน"
    assert "ช้ากว่าแผน 1 ตัวชี้วัด ใน 1 โรงเรียน" in area.missing
    assert area.details[0] == "ตัวชี้วัดตามข้อตกลง 4: ช้ากว่าแผน 1, ยังไม่มีผล 3"


def test_step_o_is_done_when_every_agreed_target_is_reached(
    drive, school, school_director, supervisor, area_director
):
    agreement_in_force(drive, school, by=area_director, target="3.00")
    for one in load_design(drive).indicators:
        assert objective_of_area(drive, supervisor).word != "เสร็จแล้ว"
        progress_reported(drive, school, by=school_director, value="3.00", indicator=one)
    assert objective_of_area(drive, supervisor).word == "เสร็จแล้ว"
    assert steps_of(drive, school, school_director)[4].word == "เสร็จแล้ว"


@pytest.mark.parametrize(("known", "word"), [(4, "เสร็จแล้ว"), (3, "ช้ากว่าแผน")])
def test_once_the_drive_is_over_step_o_asks_for_a_result_of_each_indicator(
    drive, school, school_director, supervisor, area_director, known, word
):
    long_ago = timezone.now() - timedelta(days=100)
    agreement_in_force(drive, school, by=area_director, signed_at=long_ago)
    for one in load_design(drive).indicators[:known]:
        progress_reported(drive, school, by=school_director, value="2.00", indicator=one)
    type(drive).objects.update(state=DriveState.CLOSED)
    drive.refresh_from_db()
    assert objective_of_area(drive, supervisor).word == word


def test_the_last_step_tells_a_school_that_it_may_object_and_no_place(
    drive, school, school_director, group_director
):
    ranking = shown_ranking(drive, group_director)
    ranking.places.create(**place_of(school, 17))
    row = steps_of(drive, school, school_director)[6]
    assert row.word == "รอคุณ"
    assert "ทักท้วงได้ถึง" in row.missing[0]
    words = " ".join([*row.details, *row.missing, row.waits])
    assert "17" not in words.replace(str(timezone.localdate().year), "")


def shown_ranking(drive, by):
    return Ranking.objects.create(
        drive=drive,
        state=RankingState.SHOWN,
        inputs={},
        computed_at=timezone.now(),
        computed_by=by,
        objections_until=timezone.localdate() + timedelta(days=5),
    )


def place_of(school, place):
    facts = dict.fromkeys(("place", "highest", "lowest"), place)
    return facts | {
        "school": school,
        "list": RankingList.LEVEL,
        "group": 1,
        "out_of": 110,
        "score": 3,
    }


def test_the_area_counts_its_open_schools(drive, school, school_director, supervisor):
    SchoolFactory(closed_on=timezone.localdate() - timedelta(days=1))
    other = SchoolFactory()
    confirmed(drive, school, school_director)
    found = area_steps(load_design(drive), supervisor, terms_of_drive(drive), timezone.localdate())
    assert (found.progress.baselines, found.progress.schools) == (1, 2)
    lacking = {line.what: list(line.schools) for line in found.behind}
    assert lacking["ยังไม่ยืนยันข้อมูลฐาน"] == [other]
    assert lacking["ยังไม่ลงนามบันทึกข้อตกลงครบสองฝ่าย"] == [school]


# --- What waits on the home page ---


def titles(user):
    return [item.title for item in waiting_todos(user, timezone.localdate())]


def test_each_signer_is_asked_for_what_waits_for_them(
    drive, school, school_director, area_director, outsider_director
):
    agreement = agreement_in(drive, school, AgreementState.PROPOSED, school_director)
    asked = f"ลงนามบันทึกข้อตกลง {school.short_name}"
    assert asked in titles(school_director)
    assert asked not in titles(area_director)
    assert asked not in titles(outsider_director)
    facts = {"school_signed_at": timezone.now(), "school_signed_by": school_director}
    Agreement.objects.filter(pk=agreement.pk).update(state="school_signed", **facts)
    assert asked in titles(area_director)
    assert asked not in titles(school_director)


def test_a_draft_that_a_school_sent_back_waits_for_its_supervisor(
    drive, school, supervisor, other_supervisor, school_director
):
    agreement_in(drive, school, "draft", by=school_director)
    asked = f"ปรับและเสนอบันทึกข้อตกลง {school.short_name}"
    assert asked in titles(supervisor)
    assert asked not in titles(other_supervisor)
    assert asked not in titles(school_director)


def test_a_supervisor_is_asked_for_baselines_of_their_own_schools(
    drive, school, supervisor, other_supervisor, school_director
):
    asked = "รวบรวมข้อมูลฐานของโรงเรียนในความรับผิดชอบ 1 โรงเรียน"
    assert asked in titles(supervisor)
    assert asked not in titles(other_supervisor)
    confirmed(drive, school, school_director)
    assert asked not in titles(supervisor)


def test_objections_wait_for_the_office_and_days_to_object_for_the_school(
    drive, school, school_director, group_director, outsider_director
):
    ranking = shown_ranking(drive, group_director)
    ranking.places.create(**place_of(school, 3))
    looks = f"ดูผลการจัดลำดับของโรงเรียน ปีการศึกษา {drive.academic_year}"
    assert looks in titles(school_director)
    assert looks not in titles(outsider_director)
    RankingObjection.objects.create(
        ranking=ranking,
        school=school,
        state=ObjectionState.SUBMITTED,
        text="ก",
        submitted_at=timezone.now(),
        submitted_by=school_director,
    )
    assert looks not in titles(school_director)
    answers = f"ตอบข้อทักท้วง {school.short_name}"
    assert answers in titles(group_director)
    assert answers not in titles(outsider_director)


def test_what_waits_is_one_query(drive, school_director, django_assert_num_queries):
    today = timezone.localdate()
    waiting_todos(school_director, today)  # rights are kept on the person
    with django_assert_num_queries(1):
        waiting_todos(school_director, today)

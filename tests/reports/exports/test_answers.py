"""Every answer as CSV: which answers, what is said of each, and for whom."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from schools.enums import Grade, Role
from schools.models import ClusterMembership
from supervision.assessments.models import Answer
from supervision.criteria.enums import SetUse
from supervision.practices.enums import DecisionResult
from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from tests import scenarios
from tests.factories import (
    ClusterFactory,
    IndicatorSetFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
)
from tests.personas import user_with_role

URL = "/overview/export/answers/"


def text(client, **wanted) -> str:
    response = client.get(URL, wanted)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    return b"".join(response.streaming_content).decode()


def rows(client, **wanted) -> list[dict]:
    return list(csv.DictReader(StringIO(text(client, **wanted).removeprefix("\ufeff"))))


@pytest.fixture
def judged(round_, supervisor, school_director):
    """Our school gave itself 4 throughout, the supervisor 3."""
    scenarios.self_assessment_confirmed(round_, by=school_director, level=4)
    return scenarios.visit_acknowledged(
        round_, supervisor=supervisor, director=school_director, level=3
    )


def test_each_answer_of_both_sides_is_a_row(login, supervisor, judged):
    found = rows(login(supervisor))
    assert [row["ฝ่าย"] for row in found] == ["โรงเรียน"] * 4 + ["ศึกษานิเทศก์"] * 4
    assert [row["เลขที่ตัวชี้วัด"] for row in found] == ["1.1", "1.2", "2.1", "2.2"] * 2
    assert {row["ระดับ"] for row in found[:4]} == {"4"}
    today = timezone.localdate().isoformat()
    last = found[-1]
    assert last["ภาคเรียน"] == "2/2569"
    assert (last["โรงเรียน"], last["กลุ่มโรงเรียน"]) == ("โรงเรียนของเรา", "กลุ่มโรงเรียนของเรา")
    assert (last["มาตรฐานที่"], last["มาตรฐาน"]) == ("2", "มาตรฐานทดสอบ 2")
    assert (last["ตัวชี้วัด"], last["น้ำหนัก"], last["ระดับ"]) == ("ตัวชี้วัดทดสอบ 2.2", "1.00", "3")
    assert (last["ยืนยันหรือลงนามเมื่อ"], last["วันที่นิเทศ"]) == (today, today)
    assert (last["รอบที่"], last["นับเป็นผลของภาคเรียน"]) == ("1", "1")


def test_the_file_is_as_excel_and_programs_want_it(login, supervisor, judged):
    told = text(login(supervisor))
    assert told.startswith("\ufeffภาคเรียน,รหัสโรงเรียน,โรงเรียน,")
    assert told.endswith("\r\n")
    name = login(supervisor).get(URL)["Content-Disposition"]
    assert name.startswith("attachment; filename*=utf-8''")
    assert name.endswith("2-2569.csv")


def test_what_is_set_aside_says_why_and_is_no_formula(login, supervisor, judged):
    answers = Answer.objects.filter(sheet=judged.sheet, indicator__code="1.2")
    answers.update(level=None, not_applicable=True, na_reason="=1+1")
    row = rows(login(supervisor))[5]
    assert (row["ระดับ"], row["ไม่ประเมิน"], row["เหตุผลที่ไม่ประเมิน"]) == ("", "1", "'=1+1")


def test_evidence_is_said_to_be_there(login, supervisor, judged):
    assert [row["มีร่องรอยหลักฐาน"] for row in rows(login(supervisor))] == ["1"] * 4 + ["0"] * 4


def test_drafts_and_unsigned_records_are_in_no_file(login, supervisor, round_, school_director):
    assessment = scenarios.assessments.start_self_assessment(round_, by=school_director)
    scenarios.fill_sheet(assessment.sheet, 5, by=school_director)
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 5, by=supervisor)
    assert rows(login(supervisor)) == []


def test_a_classroom_observation_is_in_no_file(login, supervisor, judged):
    form = IndicatorSetFactory(name="แบบสังเกต", use=SetUse.OBSERVATION)
    visit = visits.plan_visit(
        judged.round,
        by=supervisor,
        visit_on=timezone.localdate(),
        purpose="สังเกต",
        leader=supervisor,
        kind=VisitKind.CLASSROOM,
    )
    lesson = {"teacher": "ครูประจำชั้น (ก.ข.)", "grade": Grade.P4, "subject": "ภาษาไทย"}
    visits.start_observation(visit, by=supervisor, form=form, lesson=lesson)
    scenarios.fill_sheet(visit.sheet, 5, by=supervisor)
    visits.sign_visit(visit, by=supervisor)
    assert len(rows(login(supervisor))) == 8
    assert "แบบสังเกต" not in text(login(supervisor))


def test_an_earlier_round_is_there_and_does_not_count(
    login, supervisor, school_director, group_director, judged
):
    scenarios.round_decided(
        judged.round,
        by=group_director,
        result=DecisionResult.NOT_ACHIEVED,
        planned_changes="เครื่องมือ",
    )
    again = judged.round.next_round
    again.indicator_sets.set(judged.round.indicator_sets.all())
    type(again).objects.filter(pk=again.pk).update(
        criteria_chosen_at=timezone.now(), criteria_chosen_by=supervisor
    )
    again.refresh_from_db()
    scenarios.self_assessment_confirmed(again, by=school_director)
    scenarios.visit_signed(again, by=supervisor)
    found = rows(login(supervisor))
    assert [(row["รอบที่"], row["นับเป็นผลของภาคเรียน"]) for row in found] == (
        [("1", "0")] * 8 + [("2", "1")] * 8
    )


def test_a_school_that_moved_stays_where_it_was_visited(login, supervisor, judged, cluster):
    new = ClusterFactory(name="กลุ่มใหม่")
    memberships = ClusterMembership.objects.filter(school=judged.round.school)
    memberships.update(ends_on=timezone.localdate())
    tomorrow = timezone.localdate() + timedelta(days=1)
    ClusterMembership.objects.create(school=judged.round.school, cluster=new, starts_on=tomorrow)
    assert {row["กลุ่มโรงเรียน"] for row in rows(login(supervisor))} == {cluster.name}


@pytest.fixture
def elsewhere(other_school, term, supervisor, outsider_director):
    """The other school has confirmed, and awaits its visit."""
    round_ = RoundFactory(school=other_school, term=term)
    scenarios.self_assessment_confirmed(round_, by=outsider_director)


def test_filters_of_the_overview_hold(login, supervisor, judged, elsewhere, cluster):
    client = login(supervisor)
    assert {row["โรงเรียน"] for row in rows(client)} == {"โรงเรียนของเรา", "โรงเรียนอื่น"}
    assert {row["โรงเรียน"] for row in rows(client, cluster=cluster.pk)} == {"โรงเรียนของเรา"}
    own_set = judged.round.indicator_sets.get()
    found = rows(client, indicator_set=own_set.pk)
    assert {row["ชุดตัวชี้วัด"] for row in found} == {own_set.name}


def test_a_year_has_all_its_terms(login, supervisor, school_director, judged, school, term):
    opens_on = term.opens_on - timedelta(days=200)
    first = TermFactory(number=1, opens_on=opens_on)
    round_ = RoundFactory(school=school, term=first)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    client = login(supervisor)
    assert {row["ภาคเรียน"] for row in rows(client, term=first.pk)} == {"1/2569"}
    found = [row["ภาคเรียน"] for row in rows(client, term=term.pk, period="year")]
    assert found == ["1/2569"] * 4 + ["2/2569"] * 8


@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "cluster_chair"])
def test_who_does_not_see_the_area_gets_no_file(request, login, judged, who):
    assert login(request.getfixturevalue(who)).get(URL).status_code == 403


def test_no_file_before_any_term(login, supervisor):
    assert login(supervisor).get(URL).status_code == 404


def asked(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        text(client)
    return len(queries)


def test_more_schools_are_no_more_queries(login, supervisor, judged, term):
    client = login(supervisor)
    text(client)
    before = asked(client)
    for n in range(2):
        school = SchoolFactory()
        director = user_with_role(Role.SCHOOL_DIRECTOR, f"director{n}", school=school)
        round_ = RoundFactory(school=school, term=term)
        scenarios.self_assessment_confirmed(round_, by=director)
    assert Visit.objects.count() == 1
    assert asked(client) == before <= 20

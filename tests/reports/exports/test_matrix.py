"""The score matrix as an Excel file: both sides' scores by standard and by indicator."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from schools.enums import Role
from supervision.assessments.models import Answer
from tests import scenarios
from tests.exported_files import ExportedTable, exported_tables
from tests.factories import RoundFactory, SchoolFactory
from tests.personas import user_with_role

URL = "/overview/export/matrix/"
STANDARDS, INDICATORS = "คะแนนรายมาตรฐาน", "คะแนนรายตัวชี้วัด"


def tables(client, **wanted) -> dict[str, ExportedTable]:
    return exported_tables(client.get(URL, wanted))


@pytest.fixture
def judged(round_, supervisor, school_director, other_school):
    """Our school gave itself 4, the supervisor 3 and once 4; the other school has no round."""
    scenarios.self_assessment_confirmed(round_, by=school_director, level=4)
    visit = scenarios.visit_acknowledged(
        round_, supervisor=supervisor, director=school_director, level=3
    )
    answers = Answer.objects.filter(sheet=visit.sheet)
    answers.filter(indicator__code="1.1").update(level=4)
    answers.filter(indicator__code="2.2").update(level=None, not_applicable=True, na_reason="ก")
    return visit


def test_standards_have_the_means_of_both_sides(login, supervisor, judged):
    found = tables(login(supervisor))[STANDARDS]
    ours = next(row for row in found.rows if row["โรงเรียน"] == "โรงเรียนของเรา")
    first = "1 มาตรฐานทดสอบ 1"
    assert [ours[f"{first}: {side}"] for side in ("โรงเรียน", "ศึกษานิเทศก์", "ต่าง")] == [4, 3.5, -0.5]
    assert ours["2 มาตรฐานทดสอบ 2: ศึกษานิเทศก์"] == 3
    assert (ours["ทุกมาตรฐาน: ศึกษานิเทศก์"], ours["ทุกมาตรฐาน: การแปลผล"]) == (3.33, "ดี")
    assert ours["วันที่นิเทศ"] == timezone.localdate()


def test_a_school_without_a_visit_is_a_row_without_scores(login, supervisor, judged):
    for found in tables(login(supervisor)).values():
        other = next(row for row in found.rows if row["โรงเรียน"] == "โรงเรียนอื่น")
        assert set(list(other.values())[4:]) == {""}


def test_indicators_have_the_levels_of_both_sides(login, supervisor, judged):
    found = tables(login(supervisor))[INDICATORS]
    ours = next(row for row in found.rows if row["โรงเรียน"] == "โรงเรียนของเรา")
    assert found.headings[5:8] == ["1.1: โรงเรียน", "1.1: ศึกษานิเทศก์", "1.1: ต่าง"]
    assert [ours[heading] for heading in found.headings[5:11]] == [4, 4, 0, 4, 3, -1]
    assert [ours[f"2.2: {side}"] for side in ("โรงเรียน", "ศึกษานิเทศก์", "ต่าง")] == [
        4,
        "ไม่ประเมิน",
        "",
    ]


def test_indicators_of_one_code_are_told_apart_by_their_words(
    login, supervisor, judged, other_school, term, outsider_director
):
    round_ = RoundFactory(school=other_school, term=term)
    for indicator in round_.indicator_sets.get().standards.get(number=1).indicators.all():
        indicator.text = f"ข้ออื่น {indicator.code}"
        indicator.save()
    scenarios.self_assessment_confirmed(round_, by=outsider_director)
    scenarios.visit_signed(round_, by=supervisor, level=4)
    headings = tables(login(supervisor))[INDICATORS].headings
    assert "1.1 ตัวชี้วัดทดสอบ 1.1: โรงเรียน" in headings
    assert "1.1 ข้ออื่น 1.1: โรงเรียน" in headings
    assert len(headings) == len(set(headings))


def test_filters_of_the_overview_hold_and_are_named(login, supervisor, judged, cluster):
    for found in tables(login(supervisor), cluster=cluster.pk).values():
        assert found.column("โรงเรียน") == ["โรงเรียนของเรา"]
        assert found.head[2] == "ตัวกรอง: กลุ่มโรงเรียน กลุ่มโรงเรียนของเรา"


def test_there_is_a_file_before_any_score(login, supervisor, round_):
    found = tables(login(supervisor))
    assert found[STANDARDS].column("โรงเรียน") == ["โรงเรียนของเรา"]
    assert found[INDICATORS].column("โรงเรียน") == ["โรงเรียนของเรา"]


def test_unsigned_scores_are_in_no_file(login, supervisor, round_, school_director):
    assessment = scenarios.assessments.start_self_assessment(round_, by=school_director)
    scenarios.fill_sheet(assessment.sheet, 5, by=school_director)
    assert 5 not in [
        value for row in tables(login(supervisor))[INDICATORS].rows for value in row.values()
    ]


@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "cluster_chair"])
def test_who_does_not_see_the_area_gets_no_file(request, login, judged, who):
    assert login(request.getfixturevalue(who)).get(URL).status_code == 403


def test_no_file_before_any_term(login, supervisor):
    assert login(supervisor).get(URL).status_code == 404


def asked(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        tables(client)
    return len(queries)


def test_more_schools_are_no_more_queries(login, supervisor, judged, term):
    client = login(supervisor)
    tables(client)
    before = asked(client)
    for n in range(2):
        school = SchoolFactory()
        director = user_with_role(Role.SCHOOL_DIRECTOR, f"director{n}", school=school)
        round_ = RoundFactory(school=school, term=term)
        scenarios.self_assessment_confirmed(round_, by=director)
        scenarios.visit_signed(round_, by=supervisor)
    assert asked(client) == before

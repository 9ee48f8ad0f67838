"""The decisions of a term as an Excel file."""

import pytest
from django.utils import timezone

from supervision.practices.enums import DecisionResult
from tests import scenarios
from tests.exported_files import ExportedTable, exported_table
from tests.factories import RoundFactory, SchoolFactory

URL = "/decisions/export/"
AGAINST = "ที่ประชุมเห็นหลักฐานเพิ่มเติม"


def table(client, **wanted) -> ExportedTable:
    return exported_table(client.get(URL, wanted))


@pytest.fixture
def decided(round_, supervisor, school_director, group_director, other_school, term):
    """Our school's first round came to ไม่บรรลุ against the proposal; the other has nothing yet."""
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        round_,
        by=group_director,
        result=DecisionResult.NOT_ACHIEVED,
        planned_changes="-ปรับเครื่องมือ",
    )
    RoundFactory(school=other_school, term=term)


def test_a_school_stands_with_its_latest_round_first(login, supervisor, decided):
    found = table(login(supervisor))
    ours = [row for row in found.rows if row["โรงเรียน"] == "โรงเรียนของเรา"]
    assert [(row["รอบที่"], row["รอบล่าสุด"]) for row in ours] == [(2, "รอบล่าสุด"), (1, "รอบก่อน")]
    assert [row["ผลการพิจารณา"] for row in ours] == ["ยังไม่พิจารณา", "ไม่บรรลุ"]
    assert ours[0]["สิ่งที่จะปรับในรอบนี้"] == "-ปรับเครื่องมือ"
    assert found.column("รอบล่าสุด").count("รอบล่าสุด") == 2


def test_a_decision_gives_its_reasons_and_its_meeting(login, supervisor, decided):
    [row] = table(login(supervisor), result="not_achieved").rows
    assert row["เหตุผล"] == "ผลการนิเทศเป็นไปตามเกณฑ์ที่กำหนด"
    assert (row["ผลที่ระบบเสนอ"], row["เหตุผลที่ต่างจากที่ระบบเสนอ"]) == ("บรรลุ", AGAINST)
    assert (row["ก.ต.ป.น. ครั้งที่"], row["วันที่ประชุม"]) == ("3/2569", timezone.localdate())


def test_filters_hold_and_are_named(login, supervisor, decided, cluster):
    found = table(login(supervisor), cluster=cluster.pk, result="undecided")
    assert found.column("โรงเรียน") == ["โรงเรียนของเรา"]
    assert found.head[2] == "ตัวกรอง: กลุ่มโรงเรียน กลุ่มโรงเรียนของเรา · ผลการพิจารณา ยังไม่พิจารณา"


def test_a_school_gets_its_own_alone(login, school_director, decided):
    found = table(login(school_director))
    assert set(found.column("โรงเรียน")) == {"โรงเรียนของเรา"}
    assert "โรงเรียนอื่น" not in str(found)


def test_a_cluster_chair_learns_no_result(login, cluster_chair, decided):
    assert login(cluster_chair).get(URL).status_code == 403


def test_no_file_before_any_term(login, supervisor):
    assert login(supervisor).get(URL).status_code == 404


def test_no_query_for_each_row(login, supervisor, decided, term, django_assert_max_num_queries):
    for _ in range(3):
        RoundFactory(school=SchoolFactory(), term=term)
    client = login(supervisor)
    with django_assert_max_num_queries(9):
        assert len(table(client).rows) == 6

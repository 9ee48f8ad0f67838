"""The ledger of recommendations as an Excel file."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.improvement import actions as improvement
from supervision.improvement.models import Recommendation
from tests import scenarios
from tests.exported_files import ExportedTable, exported_table
from tests.factories import RoundFactory, SchoolFactory

URL = "/recommendations/export/"


def table(client, **wanted) -> ExportedTable:
    return exported_table(client.get(URL, wanted))


def texts_on_screen(client, **wanted) -> list[str]:
    lines = client.get(reverse("recommendations"), wanted).context["lines"]
    return [line.recommendation.text for line in lines]


@pytest.fixture
def recommendation(round_, supervisor, school_director, group_director):
    people = {"supervisor": supervisor, "director": school_director}
    scenarios.round_until_summary_agreed(round_, group_director=group_director, **people)
    return Recommendation.objects.get()


@pytest.fixture
def late_elsewhere(other_school, term, supervisor, outsider_director, group_director):
    """At the other school, its day passed; a text that a spreadsheet would reckon."""
    round_ = RoundFactory(school=other_school, term=term)
    people = {"supervisor": supervisor, "director": outsider_director}
    scenarios.round_until_summary_agreed(round_, group_director=group_director, **people)
    due_on = timezone.localdate() - timedelta(days=3)
    Recommendation.objects.filter(round=round_).update(text="=1+1", due_on=due_on)


def test_the_file_says_what_the_screen_says(login, supervisor, recommendation, late_elsewhere):
    client = login(supervisor)
    found = table(client)
    assert found.column("ข้อเสนอแนะ") == texts_on_screen(client) == ["=1+1", recommendation.text]
    late, ours = found.rows
    assert (late["เกินกำหนด (วัน)"], ours["เกินกำหนด (วัน)"]) == (3, "")
    assert ours["กำหนดเสร็จ"] == recommendation.due_on
    assert (ours["กลุ่มโรงเรียน"], ours["ภาคเรียน"]) == ("กลุ่มโรงเรียนของเรา", "2/2569")
    assert (ours["ผู้รับผิดชอบ"], ours["สถานะ"]) == ("ผู้อำนวยการโรงเรียน", "ยังไม่รายงาน")


@pytest.mark.parametrize("wanted", [{"show": "late"}, {"show": "closed"}, {"q": "แผนนิเทศ"}])
def test_filters_hold_in_the_file(login, supervisor, recommendation, late_elsewhere, wanted):
    client = login(supervisor)
    assert table(client, **wanted).column("ข้อเสนอแนะ") == texts_on_screen(client, **wanted)


def test_the_file_names_its_filters(login, supervisor, recommendation, cluster):
    found = table(login(supervisor), cluster=cluster.pk)
    assert found.head[2] == "ตัวกรอง: แสดง ที่ยังไม่ปิด · กลุ่มโรงเรียน กลุ่มโรงเรียนของเรา"


def test_a_school_gets_its_own_alone(login, school_director, recommendation, late_elsewhere):
    found = table(login(school_director))
    assert found.column("โรงเรียน") == ["โรงเรียนของเรา"]
    assert "โรงเรียนอื่น" not in str(found)


def test_what_was_closed_is_there_with_its_proof(login, supervisor, recommendation):
    improvement.close_recommendation(recommendation, by=supervisor, proof="แผนนิเทศภายใน")
    found = table(login(supervisor), show="closed", term=recommendation.round.term.pk)
    assert found.column("หลักฐานการดำเนินการ") == ["แผนนิเทศภายใน"]
    assert found.column("ปิดเมื่อ") == [timezone.localdate()]


def test_when_all_is_closed_the_file_says_so(login, supervisor, recommendation):
    improvement.close_recommendation(recommendation, by=supervisor, proof="แผนนิเทศภายใน")
    found = table(login(supervisor), q="แผนนิเทศ")
    assert "จึงแสดงข้อที่ปิดแล้ว" in found.head[2]
    assert len(found.rows) == 1


def test_no_query_for_each_row(login, supervisor, recommendation, django_assert_max_num_queries):
    for _ in range(3):
        round_ = RoundFactory(school=SchoolFactory(), term=recommendation.round.term)
        Recommendation.objects.create(
            school=round_.school,
            round=round_,
            state=recommendation.state,
            text="ข้ออื่น",
            assignee=recommendation.assignee,
            due_on=recommendation.due_on,
            agreed_at=timezone.now(),
        )
    client = login(supervisor)
    with django_assert_max_num_queries(9):
        assert len(table(client).rows) == 4

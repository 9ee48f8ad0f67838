"""The visits of a term as an Excel file."""

from datetime import time

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from tests import scenarios
from tests.exported_files import ExportedTable, exported_table
from tests.factories import RoundFactory

URL = "/visits/export/"


def table(client, **wanted) -> ExportedTable:
    return exported_table(client.get(URL, wanted))


def schools_on_screen(client, **wanted) -> list[str]:
    rows = client.get(reverse("visits"), wanted).context["rows"]
    return [row.visit.round.school.name for row in rows]


@pytest.fixture
def visits(round_, supervisor, school_director, other_supervisor, other_school, term):
    """One acknowledged at our school, one planned at the other."""
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    elsewhere = RoundFactory(school=other_school, term=term)
    visit = scenarios.visit_planned(elsewhere, by=supervisor)
    visit.team.add(other_supervisor)
    Visit.objects.filter(pk=visit.pk).update(starts_at=time(9, 30), purpose="@นัด")


def test_the_file_says_what_the_screen_says(login, supervisor, other_supervisor, visits):
    client = login(supervisor)
    found = table(client)
    assert found.column("โรงเรียน") == schools_on_screen(client)
    planned, read = found.rows
    assert (planned["เวลา"], planned["เรื่องที่นิเทศ"]) == ("09.30 น.", "@นัด")
    assert planned["ผู้ร่วมนิเทศ"] == str(other_supervisor)
    assert (planned["ลงนามเมื่อ"], planned["แก้ไขบันทึก (ครั้ง)"]) == ("", 0)
    assert read["วันที่นิเทศ"] == read["ลงนามเมื่อ"] == timezone.localdate()
    assert read["สถานะ"] == "โรงเรียนรับทราบแล้ว"


@pytest.mark.parametrize("state", ["planned", "acknowledged", "cancelled"])
def test_filters_hold_in_the_file(login, supervisor, visits, state):
    client = login(supervisor)
    assert table(client, state=state).column("โรงเรียน") == schools_on_screen(client, state=state)


def test_classroom_observations_are_in_no_file(login, supervisor, visits):
    Visit.objects.filter(state="planned").update(kind=VisitKind.CLASSROOM)
    found = table(login(supervisor))
    assert found.column("โรงเรียน") == ["โรงเรียนของเรา"]
    assert "ไม่รวมการสังเกตชั้นเรียน" in found.head[0]


def test_a_school_gets_its_own_alone(login, school_director, visits):
    found = table(login(school_director))
    assert found.column("โรงเรียน") == ["โรงเรียนของเรา"]
    assert "โรงเรียนอื่น" not in str(found)


def test_no_file_before_any_term(login, supervisor):
    assert login(supervisor).get(URL).status_code == 404


def test_no_query_for_each_row(login, supervisor, visits, term, django_assert_max_num_queries):
    for _ in range(3):
        scenarios.visit_planned(RoundFactory(term=term), by=supervisor)
    client = login(supervisor)
    with django_assert_max_num_queries(14):
        assert len(table(client).rows) == 5

"""The schools behind a number of the overview as an Excel file."""

import pytest
from django.urls import reverse
from django.utils import timezone

from tests import scenarios
from tests.exported_files import ExportedTable, exported_table
from tests.factories import RoundFactory

URL = "/overview/export/schools/"


def table(client, **wanted) -> ExportedTable:
    return exported_table(client.get(URL, wanted))


def names_on_screen(client, **wanted) -> list[str]:
    found = client.get(reverse("overview_schools"), wanted).context["found"]
    return [line.row.school.name for line in found.shown]


@pytest.fixture
def judged(round_, supervisor, school_director, other_school, term, outsider_director):
    """Our school visited, two levels below its own; the other has confirmed and waits."""
    scenarios.self_assessment_confirmed(round_, by=school_director, level=5)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=3)
    elsewhere = RoundFactory(school=other_school, term=term)
    scenarios.self_assessment_confirmed(elsewhere, by=outsider_director)


def test_a_school_stands_with_its_results(login, supervisor, judged):
    rows = {row["โรงเรียน"]: row for row in table(login(supervisor)).rows}
    ours, other = rows["โรงเรียนของเรา"], rows["โรงเรียนอื่น"]
    assert (ours["ศึกษานิเทศก์"], ours["โรงเรียน (ตนเอง)"], ours["ผลต่าง"]) == (3, 5, -2)
    assert (ours["การแปลผล"], ours["วันที่นิเทศ"]) == ("ดี", timezone.localdate())
    assert (ours["ต่างมาก (ข้อ)"], ours["อธิบายแล้ว (ข้อ)"]) == (4, 4)
    assert (other["สถานะ"], other["ศึกษานิเทศก์"]) == ("ประเมินตนเองแล้ว รอนิเทศ", "")


@pytest.mark.parametrize(
    "wanted",
    [{}, {"show": "unvisited"}, {"show": "gap"}, {"q": "อื่น"}, {"sort": "-name"}, {"band": 4}],
)
def test_the_file_has_the_rows_of_the_screen_in_their_order(login, supervisor, judged, wanted):
    client = login(supervisor)
    assert table(client, **wanted).column("โรงเรียน") == names_on_screen(client, **wanted)


def test_the_file_names_what_the_list_asks(login, supervisor, judged, cluster):
    head = table(login(supervisor), cluster=cluster.pk, show="gap", q="เรา").head
    assert head[0] == "ผลรายโรงเรียน ทุกมาตรฐานรวมกัน"
    assert head[2] == "ตัวกรอง: กลุ่มโรงเรียน กลุ่มโรงเรียนของเรา · คะแนนต่างกันมาก · ค้นหา “เรา”"


def test_the_screen_leads_to_the_file(login, supervisor, judged):
    html = login(supervisor).get(reverse("overview_schools"), {"show": "gap"}).content.decode()
    assert f"{URL}?show=gap" in html


@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "cluster_chair"])
def test_who_does_not_see_the_area_gets_no_file(request, login, judged, who):
    assert login(request.getfixturevalue(who)).get(URL).status_code == 403


def test_no_file_before_any_term(login, supervisor):
    assert login(supervisor).get(URL).status_code == 404

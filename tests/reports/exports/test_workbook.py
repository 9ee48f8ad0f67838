"""Everything of a term in one workbook."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.enums import Role
from supervision.criteria.models import Indicator
from supervision.improvement.models import Recommendation
from supervision.quality_drive.drives.enums import DriveState
from supervision.visits.enums import VisitKind
from supervision.visits.models import Visit
from tests import scenarios
from tests.drive_scenarios import drive_at_work
from tests.exported_files import ExportedTable, exported_tables
from tests.factories import (
    AcademicYearFactory,
    LearningResultFactory,
    NeedsAreaFactory,
    NeedsCampaignFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
)
from tests.personas import user_with_role

URL = "/overview/export/workbook/"
SHEETS = [
    "ภาพรวม",
    "โรงเรียน",
    "ผลรายมาตรฐาน",
    "ผลรายตัวชี้วัด",
    "ผลรายกลุ่มโรงเรียน",
    "คะแนนรายมาตรฐาน",
    "คะแนนรายตัวชี้วัด",
    "การนิเทศ",
    "ผลการพิจารณา",
    "ความต้องการรายด้าน",
    "ความต้องการรายโรงเรียน",
    "ทะเบียนรายงาน",
    "ข้อเสนอแนะ",
    "ผลการเรียนรู้",
    "ข้อสังเกตข้อมูล",
    "พจนานุกรมข้อมูล",
]
DRIVE_SHEETS = {"การขับเคลื่อนคุณภาพ", "การขับเคลื่อนรายด้าน"}


def tables(client, **wanted) -> dict[str, ExportedTable]:
    return exported_tables(client.get(URL, wanted))


def figures(client, **wanted) -> dict:
    rows = tables(client, **wanted)["ภาพรวม"].rows
    return {row["รายการ"]: row["ภาคเรียนนี้"] for row in rows}


@pytest.fixture
def whole_term(round_, supervisor, school_director, group_director):
    """Our school went all the way to its report; a survey asked for its needs."""
    NeedsAreaFactory(name="วิชาการ")
    NeedsCampaignFactory(term=round_.term)
    people = {"supervisor": supervisor, "director": school_director}
    scenarios.round_until_summary_agreed(round_, group_director=group_director, **people)
    return scenarios.report_prepared(round_, by=group_director)


@pytest.fixture
def elsewhere(other_school, term, supervisor, outsider_director):
    """The other school was visited and judged lower."""
    round_ = RoundFactory(school=other_school, term=term)
    scenarios.self_assessment_confirmed(round_, by=outsider_director, level=4)
    scenarios.visit_signed(round_, by=supervisor, level=3)
    return round_


def test_there_is_a_sheet_for_each_subject(login, supervisor, whole_term):
    response = login(supervisor).get(URL)
    assert list(exported_tables(response)) == SHEETS
    assert response["Content-Disposition"].endswith("2-2569.xlsx")


def test_the_drive_of_the_year_has_the_figures_of_its_own_pages(
    login, supervisor, group_director, school, elsewhere, term, cluster
):
    used = elsewhere.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=used).order_by("pk")
    drive = drive_at_work(term, indicators, by=group_director)
    client = login(supervisor)
    assert set(tables(client)) > DRIVE_SHEETS
    rows = tables(client)["การขับเคลื่อนคุณภาพ"].rows
    assert {row["โรงเรียน"] for row in rows} == {school.name, elsewhere.school.name}
    own = exported_tables(client.get(f"{drive.get_absolute_url()}progress/export/"))
    assert tables(client)["การขับเคลื่อนรายด้าน"].rows == own["รายด้าน"].rows
    of_cluster = tables(client, cluster=str(cluster.pk))["การขับเคลื่อนคุณภาพ"].rows
    assert [row["โรงเรียน"] for row in of_cluster] == [school.name]


def test_a_drive_that_is_only_a_draft_is_in_no_workbook(login, supervisor, group_director, term):
    drive_at_work(term, [], by=group_director, state=DriveState.DRAFT)
    assert not DRIVE_SHEETS & set(tables(login(supervisor)))


def test_the_figures_are_those_of_the_term(login, supervisor, whole_term, elsewhere):
    found = figures(login(supervisor))
    assert (found["โรงเรียนทั้งหมด"], found["นิเทศแล้ว"], found["บรรลุ"]) == (2, 2, 1)
    assert found["นิเทศแล้ว ร้อยละ"] == 100
    assert (found["ค่าเฉลี่ยของศึกษานิเทศก์"], found["S.D. ของศึกษานิเทศก์"]) == (3.5, 0.71)
    assert (found["ค่าเฉลี่ยของโรงเรียน"], found["ต่าง"]) == (4, -0.5)
    assert (found["ข้อเสนอแนะ"], found["ข้อเสนอแนะที่ยังไม่ปิด"]) == (1, 1)


def test_every_sheet_has_what_its_own_file_has(login, supervisor, whole_term, elsewhere):
    client = login(supervisor)
    found = tables(client)
    own_files = {
        "การนิเทศ": "visits_export",
        "ผลการพิจารณา": "decisions_export",
        "ข้อเสนอแนะ": "ledger_export",
        "ความต้องการรายโรงเรียน": "needs_export",
        "คะแนนรายมาตรฐาน": "matrix_export",
        "คะแนนรายตัวชี้วัด": "matrix_export",
    }
    for sheet, url in own_files.items():
        assert found[sheet].rows == exported_tables(client.get(reverse(url)))[sheet].rows, sheet
        assert found[sheet].rows, sheet
    assert found["ทะเบียนรายงาน"].column("เลขที่") == [whole_term.number]


def test_advice_that_is_still_open_from_before_is_counted_and_listed(
    login, supervisor, whole_term, school
):
    """Every figure has its rows."""
    before = whole_term.round.term.opens_on - timedelta(days=200)
    earlier = RoundFactory(school=school, term=TermFactory(number=1, opens_on=before))
    advice = Recommendation.objects.get()
    Recommendation.objects.filter(pk=advice.pk).update(round=earlier)
    found = tables(login(supervisor))
    assert found["ข้อเสนอแนะ"].column("ภาคเรียน") == ["1/2569"]
    assert figures(login(supervisor))["ข้อเสนอแนะ"] == 1


def test_schools_stand_with_their_steps_and_results(login, supervisor, whole_term, elsewhere):
    rows = {row["โรงเรียน"]: row for row in tables(login(supervisor))["โรงเรียน"].rows}
    ours, other = rows["โรงเรียนของเรา"], rows["โรงเรียนอื่น"]
    assert (ours["ผลการพิจารณา"], other["ผลการพิจารณา"]) == ("บรรลุ", "")
    assert (ours["ศึกษานิเทศก์ ค่าเฉลี่ย"], other["ศึกษานิเทศก์ ค่าเฉลี่ย"]) == (4, 3)
    assert (ours["การแปลผล"], other["ต่าง"]) == ("ดีเลิศ", -1)
    assert ours["6 ปรับปรุง"] == "เสร็จ"
    assert ours["วันที่นิเทศ"] == timezone.localdate()


def test_standards_and_clusters_are_summed_up(login, supervisor, whole_term, elsewhere):
    found = tables(login(supervisor))
    first = found["ผลรายมาตรฐาน"].rows[0]
    assert (first["มาตรฐานที่"], first["n"], first["ศึกษานิเทศก์ ค่าเฉลี่ย"]) == (1, 2, 3.5)
    assert first["น้อยกว่า 3 โรงเรียน"] == "น้อยกว่า 3"
    assert (first["เกณฑ์บรรลุ"], first["บรรลุ (โรงเรียน)"], first["ดี (โรงเรียน)"]) == (3, 2, 1)
    clusters = {row["กลุ่มโรงเรียน"]: row for row in found["ผลรายกลุ่มโรงเรียน"].rows}
    assert clusters["กลุ่มโรงเรียนของเรา"]["ศึกษานิเทศก์ ค่าเฉลี่ย"] == 4
    assert clusters["กลุ่มโรงเรียนอื่น"]["นิเทศแล้ว"] == 1


def test_indicators_are_counted_by_level(login, supervisor, whole_term, elsewhere):
    row = tables(login(supervisor))["ผลรายตัวชี้วัด"].rows[0]
    assert (row["มาตรฐาน"], row["เลขที่"]) == ("1 มาตรฐานทดสอบ 1", "1.1")
    assert [row[f"ศึกษานิเทศก์ {what}"] for what in ("n", "ค่าเฉลี่ย", "ระดับ 4", "ระดับ 3")] == [
        2,
        3.5,
        1,
        1,
    ]
    assert (row["โรงเรียน ค่าเฉลี่ย"], row["ผลต่างเฉลี่ย"], row["ต่างมาก"]) == (4, -0.5, 0)


def test_the_dictionary_explains_every_column(login, supervisor, whole_term):
    found = tables(login(supervisor))
    told = {(row["แผ่นงาน"], row["คอลัมน์"]) for row in found["พจนานุกรมข้อมูล"].rows}
    for name in SHEETS[:-1]:
        assert {(name, heading) for heading in found[name].headings} <= told
    assert all(row["ความหมาย"] and row["หน่วย"] for row in found["พจนานุกรมข้อมูล"].rows)


def test_filters_hold_on_every_sheet(login, supervisor, whole_term, elsewhere, cluster):
    found = tables(login(supervisor), cluster=cluster.pk)
    for name in SHEETS[:-1]:
        assert found[name].head[2] == "ตัวกรอง: กลุ่มโรงเรียน กลุ่มโรงเรียนของเรา", name
        assert "โรงเรียนอื่น" not in str(found[name]), name
    assert found["ภาพรวม"].rows[0]["ภาคเรียนนี้"] == 1


def test_classroom_observations_are_on_no_sheet(login, supervisor, whole_term, elsewhere):
    Visit.objects.filter(round=elsewhere).update(kind=VisitKind.CLASSROOM, purpose="สังเกตครู")
    found = tables(login(supervisor))
    assert "สังเกตครู" not in str(found)
    assert found["ภาพรวม"].rows[3]["ภาคเรียนนี้"] == 1


def test_learning_results_show_small_ones_to_who_may_see_them(
    login, supervisor, area_director, school, other_school, round_, elsewhere
):
    year = round_.term.academic_year
    shares = [Decimal(share) for share in (20, 30, 30, 20)]
    LearningResultFactory(school=school, academic_year=year, shares=shares)
    LearningResultFactory(school=other_school, academic_year=year, tested=2, mean=Decimal(90))
    LearningResultFactory(school=school, academic_year=AcademicYearFactory(year=year.year - 2))
    rows = {row["โรงเรียน"]: row for row in tables(login(area_director))["ผลการเรียนรู้"].rows}
    ours, small = rows["โรงเรียนของเรา"], rows["โรงเรียนอื่น"]
    assert (ours["การทดสอบ"], ours["ชั้น"], ours["วิชา"]) == ("NT", "ป.3", "ภาษาไทย")
    assert (ours["เข้าสอบ"], ours["ค่าเฉลี่ย"], ours["ระดับที่ 1"]) == (20, 61.25, 20)
    assert ours["ชื่อระดับ"] == "ดีมาก, ดี, พอใช้, ปรับปรุง"
    assert (small["เข้าสอบ"], small["ค่าเฉลี่ย"]) == ("น้อยกว่า 3 คน", "")
    [own] = tables(login(supervisor), cluster=school.memberships.get().cluster_id)[
        "ผลการเรียนรู้"
    ].rows
    assert own["ปีการศึกษา"] == year.year


def test_notes_of_clusters_are_listed(login, supervisor, round_, cluster):
    cluster.data_note = "ชื่อกลุ่มต่างจากคำสั่ง"
    cluster.save()
    notes = tables(login(supervisor))["ข้อสังเกตข้อมูล"].column("ข้อสังเกต")
    assert f"{cluster.name}: {cluster.data_note}" in notes


def test_there_is_a_workbook_before_any_round_and_survey(login, supervisor, school, term):
    found = tables(login(supervisor))
    assert list(found) == [name for name in SHEETS if not name.startswith("ความต้องการ")]
    assert figures(login(supervisor))["นิเทศแล้ว"] == 0


@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "cluster_chair"])
def test_who_does_not_see_the_area_gets_no_workbook(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(URL).status_code == 403


def test_no_workbook_before_any_term(login, supervisor):
    assert login(supervisor).get(URL).status_code == 404


def asked(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        tables(client)
    return len(queries)


def test_more_schools_are_no_more_queries(login, supervisor, group_director, whole_term):
    client = login(supervisor)
    tables(client)
    before = asked(client)
    for n in range(2):
        school = SchoolFactory()
        director = user_with_role(Role.SCHOOL_DIRECTOR, f"director{n}", school=school)
        round_ = RoundFactory(school=school, term=whole_term.round.term)
        people = {"supervisor": supervisor, "director": director}
        scenarios.round_until_summary_agreed(round_, group_director=group_director, **people)
    assert asked(client) == before

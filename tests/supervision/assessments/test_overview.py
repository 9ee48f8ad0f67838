"""All schools' self-assessments at a glance: who sees what, the counts, filters, the Excel file."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import short_date
from schools.enums import Role
from schools.models import ClusterMembership
from supervision.assessments import actions
from tests import scenarios
from tests.exported_files import ExportedTable, exported_table
from tests.factories import (
    AppointmentFactory,
    ClusterFactory,
    IndicatorSetFactory,
    RoundFactory,
    SchoolFactory,
    StepDeadlineFactory,
    TermFactory,
)
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

URL = reverse("self_assessments")
EXPORT = reverse("self_assessments_export")
REASON = "โปรดเพิ่มหลักฐานข้อ 1.1"


def page(client, **wanted):
    response = client.get(URL, wanted)
    assert response.status_code == 200
    return response.context["overview"]


def names(client, **wanted):
    return [row.school.short_name for row in page(client, **wanted).shown]


def counted(client, **wanted):
    return {count.key: count.schools for count in page(client, **wanted).counts}


@pytest.fixture
def make(cluster, term):
    """A school of our cluster with its round and director, begun and filled as asked."""

    def school_at(name, stage="", in_cluster=cluster):
        round_ = RoundFactory(
            school=SchoolFactory(name=f"โรงเรียน{name}", cluster=in_cluster), term=term
        )
        director = user_with_role(
            Role.SCHOOL_DIRECTOR, f"director{round_.pk}", school=round_.school
        )
        if stage in ("drafting", "complete"):
            assessment = actions.start_self_assessment(round_, by=director)
        if stage == "complete":
            scenarios.fill_sheet(assessment.sheet, 4, by=director)
        if stage in ("confirmed", "returned"):
            assessment = scenarios.self_assessment_confirmed(round_, by=director)
        if stage == "returned":
            actions.return_self_assessment(assessment, by=director, reason=REASON)
        return round_

    return school_at


@pytest.fixture
def stages(make, cluster, term):
    """One school at each stage."""
    SchoolFactory(name="โรงเรียน0", cluster=cluster)
    RoundFactory(school=SchoolFactory(name="โรงเรียน1", cluster=cluster), term=term, bare=True)
    every = ("", "drafting", "complete", "returned", "confirmed")
    return [make(str(at), stage) for at, stage in enumerate(every, 2)]


@pytest.fixture
def overdue(term):
    """Step 3 was due three days ago for every round there is."""
    scenarios.backdate_rounds(20)
    return StepDeadlineFactory(term=term, due_on=timezone.localdate() - timedelta(days=3))


# --- What is told ---


def test_each_school_stands_at_its_stage(login, stages, supervisor):
    today = short_date(timezone.localdate())
    rows = page(login(supervisor)).shown
    assert [(row.school.short_name, row.stage.word, row.detail) for row in rows] == [
        ("0", "รอกลุ่มนิเทศฯ", "ยังไม่เปิดรอบ"),
        ("1", "รอกลุ่มนิเทศฯ", "ยังไม่กำหนดชุดตัวชี้วัด"),
        ("2", "ยังไม่เริ่ม", ""),
        ("3", "กำลังกรอก", "กรอกแล้ว 0/4 ตัวชี้วัด"),
        ("4", "รอผู้อำนวยการยืนยัน", "กรอกแล้ว 4/4 ตัวชี้วัด"),
        ("5", "ส่งกลับให้แก้ไข", f"ส่งกลับวันนี้: {REASON}"),
        ("6", "ยืนยันแล้ว", f"{today} โดยผู้อำนวยการโรงเรียน6"),
    ]


def test_a_corrected_version_waits_for_the_director_again(login, make, supervisor):
    round_ = make("1", "returned")
    following = round_.self_assessments.get(version=2)
    scenarios.fill_sheet(following.sheet, 5, by=supervisor)
    assert counted(login(supervisor))["complete"] == 1


def test_a_school_with_two_sets_counts_the_indicators_of_both(login, make, supervisor):
    round_ = make("1", "drafting")
    round_.indicator_sets.add(IndicatorSetFactory(level=1))
    (row,) = page(login(supervisor)).shown
    assert row.detail == "กรอกแล้ว 0/8 ตัวชี้วัด"


def test_counts_are_filters(login, stages, supervisor):
    client = login(supervisor)
    assert counted(client) == {
        "": 7,
        "unconfirmed": 6,
        "not_ready": 2,
        "not_started": 1,
        "drafting": 1,
        "complete": 1,
        "returned": 1,
        "confirmed": 1,
        "late": 0,
    }
    assert names(client, state="complete") == ["4"]
    assert names(client, state="unconfirmed") == ["0", "1", "2", "3", "4", "5"]
    html = client.get(URL, {"state": "drafting"}).content.decode()
    assert 'aria-current="true"' in html
    assert "ยืนยันแล้ว <strong>1 จาก 7 โรงเรียน</strong>" in html


def test_late_are_those_who_are_waited_for_too_long(login, stages, overdue, supervisor):
    """The director of school 4 has it only since today, when its last answer was given."""
    client = login(supervisor)
    assert names(client, state="late") == ["2", "3"]
    overdue.due_on = timezone.localdate() - timedelta(days=1)
    overdue.save()
    assert "เกินกำหนด 1 วัน" in client.get(URL).content.decode()
    assert names(client, state="confirmed_late") == ["5", "6"]


def test_clusters_and_supervisors_are_filters(login, make, cluster, supervisor, other_supervisor):
    theirs = other_supervisor.appointments.get().cluster
    make("ของเรา", "confirmed")
    make("ของเขา", in_cluster=theirs)
    client = login(supervisor)
    assert names(client, cluster=theirs.pk) == ["ของเขา"]
    assert names(client, supervisor=supervisor.pk) == ["ของเรา"]
    assert counted(client, supervisor=other_supervisor.pk)["confirmed"] == 0
    group, other = sorted(page(client).groups, key=lambda g: g.name != cluster.name)
    assert (group.confirmed, group.in_charge) == (1, str(supervisor))
    assert (other.confirmed, other.in_charge) == (0, str(other_supervisor))


def test_a_value_nobody_offered_is_named_and_left_out(login, stages, supervisor):
    response = login(supervisor).get(URL, {"cluster": "999", "state": "x", "term": "y"})
    assert "โปรดแก้ไข 2 รายการ" in response.content.decode()
    assert len(response.context["overview"].shown) == 7


def test_nothing_found_says_what_to_do(login, make, supervisor):
    make("1")
    html = login(supervisor).get(URL, {"state": "confirmed"}).content.decode()
    assert "ไม่มีโรงเรียนตามตัวกรอง" in html


def test_earlier_terms_keep_their_clusters(login, make, term, cluster, supervisor):
    """A school that moved stands where it stood, and so does who had it in charge."""
    earlier = TermFactory(
        academic_year=term.academic_year, number=1, opens_on=term.opens_on - timedelta(days=200)
    )
    round_ = make("ย้าย")
    RoundFactory(school=round_.school, term=earlier)
    moved_on = timezone.localdate()
    ClusterMembership.objects.filter(school=round_.school).update(
        ends_on=moved_on - timedelta(days=1)
    )
    new = ClusterFactory(name="กลุ่มใหม่")
    ClusterMembership.objects.create(school=round_.school, cluster=new, starts_on=moved_on)
    client = login(supervisor)
    assert [g.name for g in page(client).groups] == ["กลุ่มใหม่"]
    then = page(client, term=earlier.pk).groups
    assert [(g.name, g.in_charge) for g in then] == [(cluster.name, str(supervisor))]


def test_without_a_term_the_page_says_so(login, clerk):
    client = login(clerk)
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in client.get(URL).content.decode()
    assert client.get(EXPORT).status_code == 404


# --- Who sees what ---


@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "administrator"])
@pytest.mark.parametrize("url", [URL, EXPORT])
def test_who_answers_for_one_school_has_no_overview(request, login, who, url):
    assert login(request.getfixturevalue(who)).get(url).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client, db):
    assert client.get(URL).url.startswith(reverse("account_login"))


def test_a_member_of_the_cluster_sees_its_schools_only(login, make, subcommittee_member):
    ours = make("ของเรา", "returned")
    make("ของเขา", in_cluster=ClusterFactory())
    client = login(subcommittee_member)
    assert names(client) == ["ของเรา"]
    html = client.get(URL).content.decode()
    assert ours.self_assessments.get(version=2).get_absolute_url() in html
    assert REASON in html


def test_a_chair_sees_states_and_no_record(login, make, cluster_chair):
    """How far the colleagues are, never what was written of them."""
    returned, confirmed = make("ส่งกลับ", "returned"), make("ยืนยัน", "confirmed")
    make("ของเขา", in_cluster=ClusterFactory())
    client = login(cluster_chair)
    assert names(client) == ["ยืนยัน", "ส่งกลับ"]
    html = client.get(URL).content.decode()
    assert "ส่งกลับวันนี้" in html
    assert REASON not in html
    assert "โดยผู้อำนวยการ" not in html
    for round_ in (returned, confirmed):
        assert round_.get_absolute_url() not in html
        for version in round_.self_assessments.all():
            assert version.get_absolute_url() not in html
            assert client.get(version.get_absolute_url()).status_code == 404
    assert REASON not in str(table(client))


def test_a_chair_does_not_learn_of_a_second_round(
    login, make, cluster_chair, supervisor, group_director
):
    """It would tell that the first came to ไม่บรรลุ."""
    round_ = make("1", "confirmed")
    director = round_.school.appointments.get().user
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=director)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="เครื่องมือ"
    )
    assert "รอบที่ 2" in login(supervisor).get(URL).content.decode()
    assert "รอบที่ 2" not in login(cluster_chair).get(URL).content.decode()
    assert "รอบที่ 2" not in str(table(login(cluster_chair)))


def test_a_chair_who_directs_a_school_reads_that_one(login, make, cluster_chair):
    own, other = make("ของตน", "returned"), make("เพื่อน", "returned")
    AppointmentFactory(user=cluster_chair, role=Role.SCHOOL_DIRECTOR, school=own.school)
    html = login(cluster_chair).get(URL).content.decode()
    assert own.self_assessments.get(version=2).get_absolute_url() in html
    assert other.self_assessments.get(version=2).get_absolute_url() not in html


# --- Cost ---


@pytest.mark.parametrize("who", ["supervisor", "clerk", "cluster_chair"])
def test_the_page_costs_the_same_for_many_schools(request, login, make, who):
    client = login(request.getfixturevalue(who))
    make("แรก", "returned")
    client.get(URL)
    few = asked(client)
    for at, stage in enumerate(("", "drafting", "complete", "returned", "confirmed")):
        make(str(at), stage)
        make(f"ที่อื่น {at}", stage, in_cluster=ClusterFactory())
    assert asked(client) == few
    assert few <= 15


def asked(client) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(URL).status_code == 200
    return len(queries)


# --- Excel ---


def table(client, **wanted) -> ExportedTable:
    return exported_table(client.get(EXPORT, wanted))


def test_the_file_says_what_the_screen_says(login, stages, overdue, cluster, supervisor):
    client = login(supervisor)
    found = table(client)
    assert found.column("โรงเรียน") == [f"โรงเรียน{n}" for n in range(7)]
    assert found.column("สถานะ") == [row.stage.word for row in page(client).shown]
    assert found.column("ช้ากว่ากำหนด")[2:5] == [*["เกินกำหนด 3 วัน"] * 2, ""]
    assert set(found.column("กลุ่มโรงเรียน")) == {cluster.name}
    assert set(found.column("ศึกษานิเทศก์ผู้ดูแล")) == {str(supervisor)}
    assert table(client, state="complete").column("โรงเรียน") == ["โรงเรียน4"]

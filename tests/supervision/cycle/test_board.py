"""The area board: every school of a term at its place, by cluster, filtered by plain links."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import ClusterMembership, School
from tests import scenarios
from tests.factories import (
    ClusterFactory,
    RoundFactory,
    SchoolFactory,
    SizeSchemeFactory,
    StepDeadlineFactory,
    TermFactory,
    YearlyCountFactory,
)

BOARD = reverse("board")


def rows(client, **wanted):
    response = client.get(BOARD, wanted)
    assert response.status_code == 200
    return [row for group in response.context["board"].groups for row in group.rows]


def names(client, **wanted):
    return [row.name for row in rows(client, **wanted)]


@pytest.fixture
def done_three(round_, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    return round_


def test_anonymous_is_sent_to_sign_in(client, db):
    assert client.get(BOARD).status_code == 302


@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "administrator"])
def test_the_board_is_for_who_sees_the_area(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(BOARD).status_code == 403


@pytest.mark.parametrize(
    "who", ["supervisor", "group_director", "area_director", "committee_member", "clerk"]
)
def test_the_area_reads_it(request, login, round_, who):
    assert names(login(request.getfixturevalue(who))) == ["ของเรา"]


def test_every_cell_is_a_link_with_a_word(login, done_three, clerk):
    (row,) = rows(login(clerk))
    assert [cell.word for cell in row.cells] == ["เสร็จ"] * 3 + ["รอศึกษานิเทศก์"] + ["ยังไม่ถึง"] * 3
    assert all(cell.url for cell in row.cells)
    assert row.cells[3].url == f"{done_three.get_absolute_url()}#step-4"
    assert (row.now.kind, row.now.word) == ("wait", "4 นิเทศ: รอศึกษานิเทศก์")


def test_totals_count_the_whole_cluster(login, done_three, cluster, clerk):
    SchoolFactory(name="โรงเรียนใหม่", cluster=cluster)
    (group,) = login(clerk).get(BOARD, {"step": "4"}).context["board"].groups
    assert group.totals == ["1/2", "1/2", "1/2", "0/2", "0/2", "0/2", "0/2"]
    assert group.note == "แสดง 1 จาก 2 โรงเรียน"


def test_filters(login, done_three, term, other_school, cluster, clerk):
    RoundFactory(school=other_school, term=term)
    SchoolFactory(name="โรงเรียนใหม่", cluster=cluster)
    client = login(clerk)
    assert names(client) == ["ของเรา", "ใหม่", "อื่น"]
    assert names(client, step=4) == ["ของเรา"]
    assert names(client, step="unopened") == ["ใหม่"]
    assert names(client, step="finished") == []
    assert names(client, cluster=cluster.pk) == ["ของเรา", "ใหม่"]
    assert names(client, overdue=1) == []
    scenarios.backdate_rounds(9)
    StepDeadlineFactory(term=term, step=1, due_on=timezone.localdate() - timedelta(days=2))
    assert names(client, overdue=1) == ["อื่น"]


def test_nothing_found_says_what_to_do(login, round_, clerk):
    text = login(clerk).get(BOARD, {"step": "7"}).content.decode()
    assert "ไม่มีโรงเรียนตามตัวกรอง" in text
    assert "แสดง 0 จาก 1 โรงเรียน" in text


def test_a_value_nobody_offered_is_named_and_left_out(login, round_, clerk):
    response = login(clerk).get(BOARD, {"step": "99", "term": "x"})
    assert "โปรดแก้ไข 1 รายการ" in response.content.decode()
    assert len(response.context["board"].groups) == 1


def test_earlier_terms_stay(login, round_, term, other_school, clerk):
    earlier = TermFactory(
        academic_year=term.academic_year, number=1, opens_on=term.opens_on - timedelta(days=200)
    )
    RoundFactory(school=other_school, term=earlier)
    client = login(clerk)
    by_name = {row.name: row for row in rows(client, term=earlier.pk)}
    assert by_name["อื่น"].progress is not None
    assert by_name["ของเรา"].progress is None
    assert rows(client)[0].progress is not None


def test_a_school_stands_in_the_cluster_of_that_day(login, term, clerk):
    old, new = ClusterFactory(name="กลุ่มเดิม"), ClusterFactory(name="กลุ่มใหม่")
    school = SchoolFactory(name="โรงเรียนย้าย")
    earlier = TermFactory(
        academic_year=term.academic_year, number=1, opens_on=term.opens_on - timedelta(days=200)
    )
    moved_on = timezone.localdate() - timedelta(days=5)
    ClusterMembership.objects.create(
        school=school, cluster=old, starts_on=earlier.opens_on, ends_on=moved_on
    )
    ClusterMembership.objects.create(
        school=school, cluster=new, starts_on=moved_on + timedelta(days=1)
    )
    client = login(clerk)
    assert [g.name for g in client.get(BOARD).context["board"].groups] == ["กลุ่มใหม่"]
    groups = client.get(BOARD, {"term": earlier.pk}).context["board"].groups
    assert [g.name for g in groups] == ["กลุ่มเดิม"]


def test_closed_schools_are_left_out_unless_they_had_a_round(
    login, round_, school, other_school, clerk
):
    School.objects.update(closed_on=timezone.localdate() - timedelta(days=1))
    assert names(login(clerk)) == [school.short_name]


def test_a_second_round_is_marked(login, done_three, supervisor, school_director, group_director):
    scenarios.visit_acknowledged(done_three, supervisor=supervisor, director=school_director)
    scenarios.round_decided(
        done_three, by=group_director, result="not_achieved", planned_changes="ปรับเครื่องมือ"
    )
    (row,) = rows(login(group_director))
    assert row.round_word == "รอบที่ 2"
    assert row.now.word == "2 เกณฑ์: รอคุณ"


def test_data_notes_stand_under_the_table(login, round_, cluster, clerk):
    cluster.data_note = "โปรดตรวจชื่อกลุ่ม"
    cluster.ordered_count, cluster.ordered_by = 3, "คำสั่งที่ 1/2567"
    cluster.save()
    client = login(clerk)
    text = client.get(BOARD).content.decode()
    assert f"{cluster.name}: โปรดตรวจชื่อกลุ่ม" in text
    counted = f"{cluster.name}: คำสั่งที่ 1/2567 ระบุ 3 โรงเรียน ทะเบียนมี 1 โรงเรียน ยังไม่ทราบชื่ออีก 2 โรงเรียน"
    assert counted in text
    SchoolFactory(cluster=cluster)
    text = client.get(BOARD).content.decode()
    assert "ระบุ 3 โรงเรียน ทะเบียนมี 2 โรงเรียน ยังไม่ทราบชื่ออีก 1 โรงเรียน" in text
    SchoolFactory(cluster=cluster)
    assert "คำสั่งที่ 1/2567" not in client.get(BOARD).content.decode()


def test_schools_without_a_round_and_who_opens_them(login, term, school, clerk, group_director):
    link = reverse("term_open", args=[term.pk])
    text = login(group_director).get(BOARD).content.decode()
    assert "ยังไม่เปิดรอบ" in text
    assert link in text
    assert link not in login(clerk).get(BOARD).content.decode()


def test_without_a_term_the_board_says_so(login, clerk):
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in login(clerk).get(BOARD).content.decode()


def test_schools_stand_in_dictionary_order(login, term, cluster, clerk):
    for name in ("โรงเรียนเกาะ", "โรงเรียนขาม", "โรงเรียนแก้ง", "โรงเรียนกลาง"):
        SchoolFactory(name=name, cluster=cluster)
    assert names(login(clerk)) == ["กลาง", "เกาะ", "แก้ง", "ขาม"]


def test_who_opens_rounds_finds_the_deadlines_of_the_term(login, round_, group_director, clerk):
    link = reverse("term_deadlines", args=[round_.term_id])
    assert link in login(group_director).get(BOARD).content.decode()
    assert link not in login(clerk).get(BOARD).content.decode()


def test_schools_are_found_by_their_size(login, round_, school, cluster, clerk):
    client, larger = login(clerk), SchoolFactory(name="โรงเรียนที่ใหญ่กว่า", cluster=cluster)
    YearlyCountFactory(school=school, pupils=120)
    YearlyCountFactory(school=larger, pupils=121)
    assert "ขนาด" not in client.get(BOARD).content.decode()
    SizeSchemeFactory()
    assert names(client, size="เล็ก") == ["ของเรา"]
    assert names(client, size="กลาง") == ["ที่ใหญ่กว่า"]
    page = client.get(BOARD, {"size": "เล็ก"}).content.decode()
    assert "แสดง 1 จาก 2 โรงเรียน" in page

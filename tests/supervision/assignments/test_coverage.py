"""What nobody has in charge on a day and in its fiscal year, and what two have at once."""

from datetime import date

import pytest

from supervision.assignments.enums import DutyKind
from supervision.assignments.models import LearningArea
from supervision.assignments.spans import DaySpan
from supervision.standards.models import Work, WorkGroup
from tests.factories import DutyFactory

URL = "/duties/coverage/"
DAY = "1/6/2569"  # in the fiscal year from 1 October 2568 to 30 September 2569


def rows(response, topic: int):
    return {str(row.subject): row for row in response.context["coverage"].tables[topic].rows}


@pytest.fixture
def shared(supervisor, other_supervisor, cluster, order_cluster):
    """Both have the cluster in June; nobody has it from August on."""
    supervisor.appointments.update(ends_on=date(2026, 6, 30))
    other_supervisor.appointments.update(
        cluster=cluster, starts_on=date(2026, 6, 1), ends_on=date(2026, 7, 31)
    )
    order_cluster(supervisor, cluster, "195/2567")
    order_cluster(other_supervisor, cluster, "20/2569")


def test_gaps_and_overlaps_of_a_cluster(login, clerk, cluster, shared):
    row = rows(login(clerk).get(URL, {"on": DAY}), 0)[str(cluster)]
    assert len(row.holders) == 2
    [both] = row.shared
    assert both.days == DaySpan(date(2026, 6, 1), date(2026, 6, 30))
    assert row.gaps == [DaySpan(date(2026, 8, 1), date(2026, 9, 30))]


def test_one_officer_twice_is_no_overlap(login, clerk, supervisor, cluster, order_cluster):
    order_cluster(supervisor, cluster, "195/2567")
    order_cluster(supervisor, cluster, "20/2569")
    assert not rows(login(clerk).get(URL), 0)[str(cluster)].shared


def test_uncovered_groups_works_and_areas_are_listed(login, clerk, work_group_head):
    group = WorkGroup.objects.create(code="4.1", name="งานธุรการ")
    covered = Work.objects.create(work_group=group, code="4.1.1", name="ก")
    lacking = Work.objects.create(work_group=group, code="4.1.2", name="ข")
    area = LearningArea.objects.create(name="ภาษาไทย", position=1)
    for _ in range(2):  # two may share a work
        DutyFactory(kind=DutyKind.WORK, work=covered)
    response = login(clerk).get(URL)
    assert not rows(response, 1)[str(group)].holders
    assert not rows(response, 2)[str(area)].holders
    works = rows(response, 3)
    assert len(works[str(covered)].holders) == 2
    assert not works[str(covered)].shared
    assert not works[str(lacking)].holders
    text = response.content.decode()
    assert "ตลอดปีงบประมาณ" in text
    assert "ดำรงตำแหน่งแล้ว แต่ยังไม่มีคำสั่งระบุกลุ่ม" in text


def test_queries_do_not_grow(login, clerk, cluster, shared, django_assert_num_queries):
    client = login(clerk)
    client.get(URL)
    with django_assert_num_queries(10) as one:
        client.get(URL)
    for number in range(3):
        DutyFactory(kind=DutyKind.CLUSTER, cluster=cluster, code=f"{number}.1")
    with django_assert_num_queries(len(one)):
        client.get(URL)

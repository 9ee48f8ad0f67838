"""The duty matrix: officers against work groups, clusters and learning areas on any day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.assignments.enums import DutyKind
from supervision.assignments.models import LEARNING_AREAS_SOURCE, LearningArea
from supervision.standards.models import Work, WorkGroup
from tests.exported_files import exported_tables
from tests.factories import DutyFactory, OfficialOrderFactory, OrderOfficerFactory

URL = "/duties/"


@pytest.fixture
def duties(db):
    """An officer without an account: head of a group, one of its works, and a learning area."""
    group = WorkGroup.objects.create(code="4.5", name="กลุ่มงานนิเทศ")
    work = Work.objects.create(work_group=group, code="4.5.3", name="งานนิเทศ ติดตาม")
    area = LearningArea.objects.create(name="สังคมศึกษา", position=1)
    officer = OrderOfficerFactory(
        order=OfficialOrderFactory(number="195/2567"), position=5, position_number="16"
    )
    DutyFactory(officer=officer, code="5.1", kind=DutyKind.WORK_GROUP_HEAD, work_group=group)
    DutyFactory(officer=officer, code="5.1.3", kind=DutyKind.WORK, work=work, work_group=group)
    DutyFactory(officer=officer, code="5.4", kind=DutyKind.LEARNING_AREA, learning_area=area)
    return officer


def cells(response) -> dict[str, list[str]]:
    """What each officer does, by name."""
    return {
        row.holder: [f"{e.words}: {e.order_words}" for cell in row.cells for e in cell.entries]
        for row in response.context["matrix"].rows
    }


def test_head_and_work_stand_in_their_group(login, clerk, duties):
    assert cells(login(clerk).get(URL)) == {
        "ศึกษานิเทศก์ ตำแหน่งเลขที่ 16": [
            "หัวหน้า: คำสั่งที่ 195/2567 ข้อ 5.1",
            "งาน 4.5.3: คำสั่งที่ 195/2567 ข้อ 5.1.3",
        ]
    }


def test_learning_areas_and_clusters_are_chosen_by_the_address(
    login, clerk, duties, supervisor, cluster, order_cluster, other_supervisor, cluster_chair
):
    order_cluster(supervisor, cluster, "9/2567")
    page = login(clerk).get(URL, {"by": "learning_areas"})
    assert LEARNING_AREAS_SOURCE in page.content.decode()
    areas = cells(page)
    assert areas["ศึกษานิเทศก์ ตำแหน่งเลขที่ 16"] == ["รับผิดชอบ: คำสั่งที่ 195/2567 ข้อ 5.4"]
    clusters = cells(login(clerk).get(URL, {"by": "clusters"}))
    assert clusters[str(supervisor)] == ["ศึกษานิเทศก์: คำสั่งที่ 9/2567 ข้อ 5.3"]
    assert clusters[str(other_supervisor)] == ["ศึกษานิเทศก์: ยังไม่มีคำสั่ง"]
    assert clusters[str(cluster_chair)] == ["ประธาน: ยังไม่มีคำสั่ง"]


def test_the_day_is_chosen_in_the_buddhist_era(login, clerk, duties):
    today = timezone.localdate()
    duties.duties.update(starts_on=today)
    yesterday = numeric_date(today - timedelta(days=1))
    assert cells(login(clerk).get(URL, {"on": numeric_date(today)}))
    assert not cells(login(clerk).get(URL, {"on": yesterday}))


def test_a_common_era_day_is_refused_with_a_hint(login, clerk, duties):
    response = login(clerk).get(URL, {"on": "1/1/2026"})
    assert "ปี 2026 เป็น ค.ศ." in response.content.decode()
    assert cells(response)


def test_the_excel_file_says_what_the_page_shows(login, clerk, duties):
    response = login(clerk).get(reverse("duty_matrix_export"), {"by": "work_groups"})
    table = exported_tables(response)["ตารางหน้าที่"]
    [row] = table.rows
    assert row["ผู้ปฏิบัติ"] == "ศึกษานิเทศก์ ตำแหน่งเลขที่ 16"
    assert "หัวหน้า (คำสั่งที่ 195/2567 ข้อ 5.1)" in row["4.5 กลุ่มงานนิเทศ"]


def test_queries_do_not_grow_with_officers(
    login, clerk, duties, django_assert_num_queries, django_assert_max_num_queries
):
    client = login(clerk)
    client.get(URL)
    with django_assert_max_num_queries(15) as one:
        client.get(URL)
    for _ in range(3):
        group = WorkGroup.objects.get()
        DutyFactory(kind=DutyKind.WORK_GROUP_ASSISTANT, work_group=group)
    with django_assert_num_queries(len(one)):
        client.get(URL)


def test_schools_do_not_see_it(login, school_director, clerk, duties):
    for name in ("duty_matrix", "duty_matrix_export", "duty_coverage", "duty_workload"):
        assert login(school_director).get(reverse(name)).status_code == 403

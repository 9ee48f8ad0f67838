"""Next year's drive: this year's results beside each target, the open advice, and the plan."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.criteria.models import Indicator
from supervision.improvement.drive_advice import record_drive_advice
from supervision.improvement.enums import Assignee
from supervision.programmes.plans.enums import PlanSourceKind
from supervision.quality_drive.drives.next_targets import propose_next_target
from supervision.quality_drive.models import DriveIndicator, QualityDrive
from tests import scenarios
from tests.drive_scenarios import drive_at_work
from tests.factories import AcademicYearFactory
from tests.form_data import page_form_data

RESULT = "นักเรียนอ่านคล่องเพิ่มขึ้นทุกโรงเรียน"


@pytest.fixture
def drive(round_, term, group_director):
    used = round_.indicator_sets.get()
    indicators = Indicator.objects.filter(standard__indicator_set=used).order_by("pk")
    return drive_at_work(term, indicators, by=group_director, target="3.00")


@pytest.fixture
def following(term):
    return AcademicYearFactory(year=term.academic_year.year + 1)


def url_of(drive):
    return reverse("drive_next", args=[drive.academic_year.year])


def first_of(drive):
    return DriveIndicator.objects.filter(dimension__drive=drive).order_by("dimension__code").first()


@pytest.mark.parametrize(
    ("found", "target", "proposed"),
    [
        (None, "3.00", "3.00"),
        ("2.99", "3.00", "3.00"),
        ("3.00", "3.00", "3.50"),
        ("4.80", "4.75", "5.00"),
        ("5.00", "5.00", "5.00"),
    ],
)
def test_a_target_that_was_reached_goes_up_half_a_level(found, target, proposed):
    mean = None if found is None else Decimal(found)
    assert propose_next_target(mean, Decimal(target), 5) == Decimal(proposed)


def test_results_stand_beside_targets_that_are_proposed_and_may_be_changed(
    drive, following, round_, login, supervisor, group_director
):
    scenarios.visit_signed(round_, by=supervisor, level=3)
    client, url, first = login(group_director), url_of(drive), first_of(drive)
    page = client.get(url)
    assert "ถึงค่าเป้าหมายปีนี้แล้ว เสนอเพิ่ม 0.50" in page.text
    assert "1 จาก 1 โรงเรียน" in page.text
    sent = page_form_data(client, url)
    assert sent[f"target_{first.pk}"] == Decimal("3.50")
    refused = client.post(url, sent | {f"target_{first.pk}": "9"})
    assert refused.status_code == 200
    assert not QualityDrive.objects.filter(previous=drive).exists()
    client.post(url, sent | {f"target_{first.pk}": "4.25"})
    draft = QualityDrive.objects.get(previous=drive)
    assert draft.is_draft
    assert first_of(draft).target == Decimal("4.25")
    assert first_of(drive).target == Decimal("3.00")
    again = client.get(url)
    assert f"target_{first.pk}" not in again.text
    assert draft.get_absolute_url() in again.text
    assert url in client.get(draft.get_absolute_url()).text


def test_open_advice_of_the_drive_is_carried_as_a_list(
    drive, school, login, supervisor, group_director
):
    record_drive_advice(
        school=school,
        by=supervisor,
        text="จัดอบรมครู",
        assignee=Assignee.SUPERVISOR,
        due_on=timezone.localdate() + timedelta(days=30),
        origin_detail="บันทึกข้อตกลง",
        is_sample=False,
    )
    page = login(group_director).get(url_of(drive)).text
    assert "ข้อเสนอแนะของการขับเคลื่อนที่ยังไม่ปิด 1 ข้อ" in page
    assert "จัดอบรมครู" in page


def test_the_page_asks_the_same_for_many_schools(
    drive, round_, login, supervisor, group_director, django_assert_max_num_queries
):
    scenarios.visit_signed(round_, by=supervisor, level=3)
    client = login(group_director)
    client.get(url_of(drive))
    with django_assert_max_num_queries(15):
        client.get(url_of(drive))


def test_what_the_drive_came_to_is_a_source_of_the_next_plan(drive, login, supervisor):
    plan = scenarios.plan_drafted(by=supervisor)
    drive.expected_results.create(kind="quantity", code="1.1", text="นักเรียนอ่านคล่อง", result=RESULT)
    QualityDrive.objects.filter(pk=drive.pk).update(next_plan="เน้นห้องเรียน")
    client, url = login(supervisor), reverse("year_plan_sources", args=[plan.pk])
    groups = client.get(url).context["groups"]
    [found] = [one for one in groups if one.kind == PlanSourceKind.DRIVE]
    assert [one.detail for one in found.candidates] == ["เน้นห้องเรียน", RESULT]
    client.post(url, {"source": [one.key for one in found.candidates]})
    assert set(plan.sources.filter(kind="drive").values_list("detail", flat=True)) == {
        "เน้นห้องเรียน",
        RESULT,
    }

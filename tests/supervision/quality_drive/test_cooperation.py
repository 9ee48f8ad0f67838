"""Partners and events of a drive: entered, planned, recorded, corrected, and who reads what."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.quality_drive.cooperation import event_actions
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.models import DriveEvent, Partner, QualityDrive
from tests.cooperation_scenarios import (
    climate_survey_drafted,
    drive_event_planned,
    exchange_event_begun,
)
from tests.drive_scenarios import drive_at_work
from tests.factories import SchoolFactory
from tests.form_data import page_form_data


def typed_day(days=0):
    return numeric_date(timezone.localdate() + timedelta(days=days))


@pytest.fixture
def drive(term, group_director):
    return drive_at_work(term, [], by=group_director)


@pytest.fixture
def overview(drive):
    return reverse("drive_cooperation", args=[drive.academic_year.year])


def add_partner(client, drive, **typed):
    fields = {
        "organisation": "องค์การบริหารส่วนตำบล",
        "sector": "local_government",
        "is_outside": "on",
        "gives": "วิทยากรท้องถิ่น",
        "starts_on": typed_day(),
    }
    url = reverse("drive_partner_add", args=[drive.academic_year.year])
    return client.post(url, fields | typed, follow=True)


def test_a_partner_is_entered_read_and_ended(
    login, group_director, school_director, drive, overview, school, other_school
):
    client = login(group_director)
    page = add_partner(client, drive, schools=[school.pk, other_school.pk]).content.decode()
    assert "อื่น" in page
    partner = Partner.objects.get()
    read = login(school_director).get(overview).content.decode()
    assert "วิทยากรท้องถิ่น" in read
    assert "ร่วมกับโรงเรียนของคุณ" in read
    assert other_school.short_name not in read
    assert login(school_director).get(partner.get_absolute_url()).status_code == 403
    url = reverse("drive_partner_end", args=[partner.pk])
    page = client.post(url, {"ends_on": typed_day(), "reason": "ครบวาระ"}, follow=True)
    assert "ครบวาระ" in page.content.decode()
    refused = client.post(
        reverse("drive_partner_edit", args=[partner.pk]),
        page_form_data(client, reverse("drive_partner_edit", args=[partner.pk]), gives="ใหม่"),
    )
    assert "สิ้นสุดแล้ว" in refused.content.decode()


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"organisation": ""}, "โปรดกรอกหน่วยงานหรือองค์กร"),
        ({"gives": "ติดต่อ 081 234 5678"}, "ไม่เก็บเบอร์โทรศัพท์"),
        ({"starts_on": "1/1/2026"}, "พ.ศ."),
        ({"sector": "nobody"}, "โปรดเลือกภาคส่วนจากรายการ"),
    ],
)
def test_a_partner_says_what_is_wrong(login, group_director, drive, typed, message):
    assert message in add_partner(login(group_director), drive, **typed).content.decode()
    assert not Partner.objects.exists()


def test_the_same_organisation_twice_is_one(login, group_director, drive):
    client = login(group_director)
    add_partner(client, drive)
    assert "อยู่แล้ว" in add_partner(client, drive).content.decode()
    assert Partner.objects.count() == 1


def test_nothing_is_added_to_a_drive_that_is_over(login, group_director, drive):
    QualityDrive.objects.update(state=DriveState.CLOSED)
    assert "สิ้นสุดแล้ว" in add_partner(login(group_director), drive).content.decode()
    assert not Partner.objects.exists()


def plan(client, drive, **typed):
    fields = {
        "kind": "heads_meeting",
        "title": "ประชุมชี้แจง",
        "held_on": typed_day(),
        "place": "หอประชุม",
        "programme": "ชี้แจงแนวทาง",
    }
    url = reverse("drive_event_add", args=[drive.academic_year.year])
    return client.post(url, fields | typed, follow=True)


def test_a_meeting_of_heads_begins_with_all_schools(
    login, group_director, drive, school, other_school
):
    closed = SchoolFactory(closed_on=timezone.localdate())
    url = reverse("drive_event_add", args=[drive.academic_year.year])
    form = login(group_director).get(url).context["form"]
    assert set(form.initial["schools"]) == {school.pk, other_school.pk}
    assert closed.pk not in form.initial["schools"]
    form = login(group_director).get(url, {"kind": "cooperation"}).context["form"]
    assert form.initial["schools"] == []


def test_a_meeting_is_planned_held_and_put_right_with_a_reason(
    login, group_director, school_director, outsider_director, drive, school
):
    client = login(group_director)
    plan(client, drive, schools=[school.pk])
    twice = plan(client, drive, schools=[school.pk])
    assert "อยู่แล้ว โปรดแก้ไขกิจกรรมนั้น" in twice.content.decode()
    event = DriveEvent.objects.get()
    read = login(school_director).get(event.get_absolute_url())
    assert "ชี้แจงแนวทาง" in read.content.decode()
    assert login(outsider_director).get(event.get_absolute_url()).status_code == 404
    record = reverse("drive_event_record", args=[event.pk])
    sent = {"people": 1, "result": "รับทราบร่วมกัน", "attended": [school.pk]}
    client.post(record, sent)
    event.refresh_from_db()
    assert (event.state, event.people, list(event.attended.all())) == ("held", 1, [school])
    assert "โปรดระบุเหตุผล" in client.post(record, sent | {"people": 2}).content.decode()
    page = client.post(record, sent | {"people": 2, "reason": "นับใหม่"}, follow=True)
    assert "นับใหม่ (เดิม: ผู้เข้าร่วม 1 คน 1 โรงเรียน" in page.content.decode()
    assert client.get(reverse("drive_event_edit", args=[event.pk])).status_code == 409


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"title": ""}, "โปรดกรอกชื่อกิจกรรม"),
        ({"held_on": "1/1/2026"}, "พ.ศ."),
        ({"schools": []}, "ต้องเลือกโรงเรียนที่เชิญ"),
        ({"programme": "ถามที่ kru@example.org"}, "ไม่เก็บเบอร์โทรศัพท์"),
    ],
)
def test_an_event_says_what_is_wrong(login, group_director, drive, school, typed, message):
    page = plan(login(group_director), drive, **{"schools": [school.pk]} | typed)
    assert message in page.content.decode()
    assert not DriveEvent.objects.exists()


def test_an_event_is_not_recorded_before_its_day_and_may_be_called_off(
    login, group_director, school_director, drive, overview, school
):
    event = drive_event_planned(drive, [school], by=group_director, days=3)
    client = login(group_director)
    record = reverse("drive_event_record", args=[event.pk])
    page = client.post(record, {"people": 5, "result": "ก"}).content.decode()
    assert "จึงยังบันทึกผลไม่ได้" in page
    cancel = reverse("drive_event_cancel", args=[event.pk])
    assert client.post(cancel, {"reason": ""}).status_code == 200
    client.post(cancel, {"reason": "ฝนตกหนัก"})
    event.refresh_from_db()
    assert event.state == "cancelled"
    assert "ยกเลิก" in login(school_director).get(overview).content.decode()


def test_nobody_overwrites_an_event_they_have_not_seen(login, group_director, drive, school):
    event = drive_event_planned(drive, [school], by=group_director)
    client, url = login(group_director), reverse("drive_event_edit", args=[event.pk])
    before = page_form_data(client, url, title="ชื่อของฉัน")
    client.post(url, page_form_data(client, url, title="ชื่อของเขา"))
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ชื่อของเขา”" in client.post(url, before).content.decode()


def test_the_list_asks_the_same_for_one_and_for_three(
    login, school_director, group_director, drive, overview, school, django_assert_max_num_queries
):
    drive_event_planned(drive, [school], by=group_director)
    add_partner(login(group_director), drive, schools=[school.pk])
    client = login(school_director)
    client.get(overview)
    with django_assert_max_num_queries(15) as few:
        client.get(overview)
    most = len(few)
    for number in range(2):
        drive_event_planned(drive, [school], by=group_director, days=number + 1)
        add_partner(login(group_director), drive, organisation=f"วัด {number}")
    with django_assert_max_num_queries(most):
        client.get(overview)


def test_who_manages_no_drive_plans_nothing(login, supervisor, school_director, drive, school):
    for user in (supervisor, school_director):
        assert plan(login(user), drive, schools=[school.pk]).status_code == 403
    assert not DriveEvent.objects.exists()


def test_an_event_is_kept_by_its_actions_alone(drive, group_director, school):
    event = drive_event_planned(drive, [school], by=group_director)
    facts = {"people": 3, "result": "ตกลงร่วมกัน", "attended": [school]}
    event_actions.record_drive_event(event, by=group_director, **facts)
    assert list(event.schools.all()) == [school]


def test_nothing_is_changed_in_a_drive_that_is_over(login, group_director, drive, school):
    client = login(group_director)
    event = drive_event_planned(drive, [school], by=group_director)
    survey = climate_survey_drafted(drive, by=group_director)
    forum = exchange_event_begun(drive, by=group_director)
    forms = [
        reverse("drive_event_edit", args=[event.pk]),
        reverse("climate_survey_edit", args=[survey.pk]),
    ]
    SchoolFactory.create_batch(5)
    sent = [(url, page_form_data(client, url, title="ชื่อใหม่")) for url in forms]
    sent += [
        (reverse("climate_survey_open", args=[survey.pk]), {}),
        (reverse("exchange_event_remove", args=[forum.pk]), {}),
    ]
    QualityDrive.objects.update(state=DriveState.CLOSED)
    for url, typed in sent:
        assert "สิ้นสุดแล้ว" in client.post(url, typed, follow=True).content.decode(), url
    event.refresh_from_db()
    survey.refresh_from_db()
    assert (event.title, survey.title) == ("ประชุมชี้แจง", "บรรยากาศการทำงาน")
    assert survey.is_draft
    assert drive.exchange_events.get() == forum

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import academic_year, academic_year_days, numeric_date
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.profiles.models import Circumstance, SchoolProject, TeacherWanted
from tests.factories import LONG_AGO, SchoolFactory
from tests.form_data import page_form_data
from tests.school_facts import (
    CircumstanceFactory,
    ProjectKindFactory,
    SchoolProjectFactory,
    TeacherWantedFactory,
)

SOURCE = {"source": "ข้อมูลของโรงเรียน"}


@pytest.fixture
def client(login, academic_teacher):
    return login(academic_teacher)


def typed_day(days=0):
    return numeric_date(timezone.localdate() + timedelta(days=days))


def page_text(client, school):
    return client.get(reverse("school_circumstances", args=[school.pk])).content.decode()


def history_text(client, school):
    url = reverse("school_circumstances_changes", args=[school.pk])
    return client.get(url).content.decode()


def add_fact(client, school, part, kind="", **typed):
    url = reverse("school_fact_add", args=[school.pk, part])
    sent = SOURCE | {"starts_on": typed_day()} | typed
    return client.post(f"{url}?kind={kind}", sent, follow=True).content.decode()


def fact_url(name, fact, part="circumstances"):
    return reverse(name, args=[fact.school_id, part, fact.pk])


def test_a_circumstance_is_added_once(client, school, academic_teacher):
    typed = {"kind": "mixed_classes", "detail": "ป.1 กับ ป.2"}
    assert "จัดการเรียนการสอนแบบคละชั้น” แล้ว" in add_fact(client, school, "circumstances", **typed)
    assert "อยู่แล้ว โปรดแก้ไขรายการเดิม" in add_fact(client, school, "circumstances", **typed)
    fact = Circumstance.objects.get()
    assert (fact.checked_on, fact.checked_by) == (timezone.localdate(), academic_teacher)
    assert "ป.1 กับ ป.2" in page_text(client, school)
    assert "เพิ่มจัดการเรียนการสอนแบบคละชั้น" in history_text(client, school)


def test_a_project_is_joined_by_academic_years(client, school):
    this_year, kind = academic_year(timezone.localdate()), ProjectKindFactory()
    url = reverse("school_fact_add", args=[school.pk, "projects"])
    sent = SOURCE | {"kind": kind.pk, "first_year": this_year - 2, "last_year": this_year}
    client.post(url, sent)
    project = SchoolProject.objects.get()
    assert project.starts_on == academic_year_days(this_year - 2)[0]
    assert project.ends_on == academic_year_days(this_year)[1]
    assert f"ปีการศึกษา {this_year - 2}–{this_year}" in page_text(client, school)


@pytest.mark.parametrize(
    ("part", "typed", "message"),
    [
        ("circumstances", {"kind": "mixed_classes"}, "โปรดกรอก"),
        ("circumstances", {"kind": "branch"}, "โปรดเลือกโรงเรียนหลัก หรือพิมพ์ชื่อ"),
        ("circumstances", {"kind": "inclusion", "pupils": "0"}, "ต้องไม่น้อยกว่า 1"),
        (
            "circumstances",
            {"kind": "dltv", "starts_on": "1/1/2500", "source": ""},
            "โปรดกรอกแหล่งข้อมูล",
        ),
        ("circumstances", {"kind": "dltv", "starts_on": typed_day(1)}, "วันที่เริ่มยังมาไม่ถึง"),
        ("teachers", {"number": "1"}, "โปรดเลือกกลุ่มสาระการเรียนรู้ หรือพิมพ์วิชา"),
        ("projects", {"first_year": "2024"}, "พ.ศ."),
        ("projects", {"first_year": "2567", "last_year": "2566"}, "ปีสุดท้ายต้องไม่ก่อนปีแรก"),
        ("projects", {"first_year": "2600"}, "ปีการศึกษานี้ยังมาไม่ถึง"),
    ],
)
def test_what_cannot_be_is_refused_in_words(part, typed, message, client, school):
    assert message in add_fact(client, school, part, **typed)
    assert not Circumstance.objects.exists()
    assert not SchoolProject.objects.exists()
    assert not TeacherWanted.objects.exists()


def test_there_is_no_other_part_or_kind(client, school):
    for part, kind in (("circumstances", "poor"), ("circumstances", ""), ("others", "")):
        url = reverse("school_fact_add", args=[school.pk, part])
        assert client.get(f"{url}?kind={kind}").status_code == 404


def test_a_correction_gives_its_reason_and_keeps_what_was_said(client, school):
    fact = TeacherWantedFactory(school=school, number=1)
    url = fact_url("school_fact_correct", fact, "teachers")
    sent = page_form_data(client, url, number=3)
    assert "โปรดกรอกเหตุผลที่แก้ไข" in client.post(url, sent).content.decode()
    client.post(url, sent | {"reason": "พิมพ์ผิด"})
    fact.refresh_from_db()
    assert fact.number == 3
    assert fact.history.first().history_change_reason == "พิมพ์ผิด"
    assert "จำนวน (คน): 1 → 3" in history_text(client, school)


def test_what_is_over_is_among_the_earlier_facts(client, school):
    fact = CircumstanceFactory(school=school)
    yesterday = timezone.localdate() - timedelta(days=1)
    url = fact_url("school_fact_end", fact)
    assert "วันนี้ยังมาไม่ถึง" in client.post(url, {"ends_on": typed_day(1)}).content.decode()
    too_early = numeric_date(LONG_AGO - timedelta(days=1))
    assert "สิ้นสุดก่อนเริ่มไม่ได้" in client.post(url, {"ends_on": too_early}).content.decode()
    client.post(url, {"ends_on": numeric_date(yesterday)})
    assert "ข้อมูลก่อนหน้า 1 รายการ" in page_text(client, school)
    assert "ระบุวันสิ้นสุดแล้ว" in client.post(url, {"ends_on": typed_day()}).content.decode()
    add_fact(client, school, "circumstances", "dltv")
    assert Circumstance.objects.filter(ends_on=None).count() == 1


def test_a_project_ends_with_an_academic_year(client, school):
    project = SchoolProjectFactory(school=school)
    client.post(fact_url("school_fact_end", project, "projects"), {"ends_on": "2568"})
    project.refresh_from_db()
    assert project.ends_on == date(2026, 5, 15)


def test_what_never_was_is_taken_out_with_a_reason(client, school):
    fact = CircumstanceFactory(school=school)
    client.post(fact_url("school_fact_remove", fact), {"reason": "เลือกผิดโรงเรียน"})
    assert not Circumstance.objects.exists()
    assert "เลือกผิดโรงเรียน" in history_text(client, school)


def test_one_press_checks_all_that_is_still_so(client, school, academic_teacher):
    long_ago = timezone.localdate() - timedelta(days=400)
    over = CircumstanceFactory(
        school=school, kind=CircumstanceKind.DLIT, ends_on=long_ago, checked_on=long_ago
    )
    CircumstanceFactory(school=school, checked_on=long_ago)
    SchoolProjectFactory(school=school, checked_on=long_ago)
    assert "ควรตรวจสอบ" in page_text(client, school)
    url = reverse("circumstances_check", args=[school.pk])
    assert "ตรวจแล้ว 2 รายการ" in client.post(url, follow=True).content.decode()
    client.post(url)
    fact = Circumstance.objects.get(kind=CircumstanceKind.DLTV)
    assert (fact.checked_on, fact.checked_by) == (timezone.localdate(), academic_teacher)
    assert fact.history.count() == 2  # the second press changed nothing
    over.refresh_from_db()
    assert over.checked_on == long_ago
    assert "ควรตรวจสอบ" not in page_text(client, school)


def test_a_fact_of_another_school_is_not_found_here(client, school):
    fact = CircumstanceFactory()
    url = reverse("school_fact_end", args=[school.pk, "circumstances", fact.pk])
    assert client.get(url).status_code == 404


def test_a_closed_school_is_read_and_not_changed(login, clerk, school):
    CircumstanceFactory(school=school)
    school.closed_on = timezone.localdate()
    school.save()
    client = login(clerk)
    text = page_text(client, school)
    assert "ลบที่บันทึกผิด" not in text
    assert "เลิกหรือรวมแล้ว" in add_fact(client, school, "teachers", subject_text="ศิลปะ", number=1)


def test_who_only_looks_on_gets_no_forms(login, committee_member, school):
    CircumstanceFactory(school=school)
    CircumstanceFactory(school=school, kind=CircumstanceKind.INCLUSION, pupils=7)
    text = page_text(login(committee_member), school)
    assert CircumstanceKind.DLTV.label in text
    assert CircumstanceKind.INCLUSION.label not in text
    assert "ลบที่บันทึกผิด" not in text


def test_a_branch_is_offered_only_schools_that_one_may_know(login, client, supervisor, school):
    other = SchoolFactory(name="โรงเรียนหลักแห่งหนึ่ง")
    url = reverse("school_fact_add", args=[school.pk, "circumstances"]) + "?kind=branch"
    assert other.name not in client.get(url).content.decode()
    assert other.name in login(supervisor).get(url).content.decode()
    add_fact(client, school, "circumstances", kind="branch", detail="โรงเรียนที่พิมพ์ชื่อ")
    assert Circumstance.objects.get().detail == "โรงเรียนที่พิมพ์ชื่อ"


def test_a_number_of_pupils_is_changed_by_who_may_see_it(login, clerk, supervisor, school):
    fact = CircumstanceFactory(school=school, kind=CircumstanceKind.INCLUSION, pupils=2)
    client, url = login(clerk), fact_url("school_fact_correct", fact)
    text = page_text(client, school)
    assert "น้อยกว่า 3 คน" in text
    assert url not in text
    add = reverse("school_fact_add", args=[school.pk, "circumstances"])
    assert client.get(f"{add}?kind=inclusion").status_code == client.get(url).status_code == 403
    assert CircumstanceKind.INCLUSION.label not in history_text(client, school)
    assert url in page_text(login(supervisor), school)


def test_the_page_takes_as_many_queries_for_many_facts(
    client, school, django_assert_max_num_queries
):
    for kind in (CircumstanceKind.DLTV, CircumstanceKind.DLIT, CircumstanceKind.STAND_ALONE):
        CircumstanceFactory(school=school, kind=kind)
        TeacherWantedFactory(school=school, subject_text=kind.label)
    CircumstanceFactory(school=SchoolFactory(merged_into=school, closed_on=LONG_AGO))
    page_text(client, school)  # the first page of a session costs more
    with django_assert_max_num_queries(15):
        page_text(client, school)

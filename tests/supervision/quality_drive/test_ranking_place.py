"""A school's own place and its objection: what the school sees, what the office answers."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from supervision.notices.news import news_of
from supervision.quality_drive.drives.actions import close_drive, reopen_drive
from supervision.quality_drive.models import Ranking, RankingObjection
from supervision.quality_drive.ranking.actions import compute_ranking
from supervision.quality_drive.ranking.enums import ObjectionState
from supervision.quality_drive.ranking.objection_actions import (
    answer_by_correction,
    answer_by_keeping,
    submit_ranking_objection,
)
from tests.factories import SchoolFactory
from tests.supervision.quality_drive.ranked_area import eleven_others, order_of, ranked_drive

HIDDEN = "ไม่แสดง เพราะมีโรงเรียนอื่น"


@pytest.fixture
def drive(term, group_director):
    return ranked_drive(term, by=group_director)


@pytest.fixture
def shown(drive, school, group_director):
    return order_of(drive, {school: 4} | eleven_others(), by=group_director)


@pytest.fixture
def objection(shown, school, school_director):
    return submit_ranking_objection(shown, school, by=school_director, text="QZOBJECTION")


def text_of(client, user, name, *args):
    client.force_login(user)
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return answer.content.decode()


def status_of(client, user, name, *args):
    client.force_login(user)
    return client.get(reverse(name, args=args)).status_code


# --- The place ---


def test_a_school_sees_its_place_its_reasons_and_what_moves_it(
    client, shown, school, academic_teacher
):
    text = text_of(client, academic_teacher, "own_place", 2569, school.pk)
    assert "<strong>1</strong> จาก 12 โรงเรียน" in text
    assert "สูงกว่าค่ากลาง 1.00" in text
    assert "จากระดับ 4 เป็น 5" in text


def test_where_all_dimensions_are_alike_none_is_called_the_strongest(
    client, shown, school, school_director
):
    text = text_of(client, school_director, "own_place", 2569, school.pk)
    assert "ไม่มีด้านใดเด่นหรือควรพัฒนากว่าด้านอื่น" in text
    assert "เด่นที่สุด" not in text


def test_before_schools_are_told_there_is_nothing_to_see(
    client, drive, school, group_director, school_director
):
    """The same words whether an order was computed or not."""
    before = text_of(client, school_director, "own_place", 2569, school.pk)
    order_of(drive, {school: 4} | eleven_others(), by=group_director, shown=False)
    after = text_of(client, school_director, "own_place", 2569, school.pk)
    assert "ยังไม่มีผลการจัดลำดับให้ดู" in before
    assert strip_token(before) == strip_token(after)


def strip_token(text):
    return [line for line in text.splitlines() if "csrf" not in line and "nonce" not in line]


def test_a_replaced_order_is_not_shown_any_more(
    client, shown, drive, school, group_director, school_director
):
    compute_ranking(drive, by=group_director, reason="แก้ไข")
    text = text_of(client, school_director, "own_place", 2569, school.pk)
    assert "สำนักงานคำนวณลำดับใหม่" in text
    assert "ตัวชี้วัดและที่มาของระดับ" not in text


@pytest.mark.parametrize(("others", "is_hidden"), [(9, True), (10, False)])
def test_a_place_among_few_others_is_not_shown_to_the_school(
    client, drive, school, group_director, school_director, others, is_hidden
):
    levels = {school: 4} | {SchoolFactory(): 3 for _ in range(others)}
    order_of(drive, levels, by=group_director)
    text = text_of(client, school_director, "own_place", 2569, school.pk)
    assert (HIDDEN in text) == is_hidden
    assert ("ค่ากลาง" in text) != is_hidden
    assert HIDDEN not in text_of(client, group_director, "own_place", 2569, school.pk)


def test_the_place_is_for_the_school_and_the_office_alone(
    client, shown, school, outsider_director, subcommittee_member, clerk
):
    assert status_of(client, outsider_director, "own_place", 2569, school.pk) == 404
    assert status_of(client, subcommittee_member, "own_place", 2569, school.pk) == 403
    assert status_of(client, clerk, "own_place", 2569, school.pk) == 403


def test_the_drive_leads_a_school_to_its_own_place_alone(
    client, shown, school, school_director, subcommittee_member
):
    own = reverse("own_place", args=[2569, school.pk])
    text = text_of(client, school_director, "drive", 2569)
    assert own in text
    assert text.count("/place/") == 1
    assert "/place/" not in text_of(client, subcommittee_member, "drive", 2569)


# --- Objections ---


def test_the_director_objects_and_the_page_names_it(client, shown, school, school_director):
    client.force_login(school_director)
    url = reverse("place_object", args=[2569, school.pk])
    assert client.get(url).status_code == 200
    client.post(url, {"text": "ระดับของข้อ 1.1 ไม่ตรงกับบันทึก"})
    objection = RankingObjection.objects.get()
    assert (objection.state, objection.submitted_by) == (ObjectionState.SUBMITTED, school_director)
    assert "รอพิจารณา" in text_of(client, school_director, "own_place", 2569, school.pk)


def test_an_empty_objection_says_what_is_missing(client, shown, school, school_director):
    client.force_login(school_director)
    answer = client.post(reverse("place_object", args=[2569, school.pk]), {"text": " "})
    assert "โปรดพิมพ์ข้อทักท้วง" in answer.content.decode()


def test_one_objection_at_a_time(shown, objection, school, school_director):
    with pytest.raises(ActionRefused, match="ยื่นข้อทักท้วงไว้แล้ว"):
        submit_ranking_objection(shown, school, by=school_director, text="อีกเรื่อง")


def test_no_objection_after_the_day(shown, school, school_director):
    past = timezone.localdate() - timedelta(days=1)
    Ranking.objects.update(objections_until=past)
    with pytest.raises(ActionRefused, match="พ้นกำหนด"):
        submit_ranking_objection(shown, school, by=school_director, text="ช้าไป")


def test_no_objection_to_what_was_not_shown(client, drive, school, group_director, school_director):
    order_of(drive, {school: 4}, by=group_director, shown=False)
    assert status_of(client, school_director, "place_object", 2569, school.pk) == 403


def test_the_office_keeps_the_place_with_its_reason(
    client, objection, group_director, school_director
):
    client.force_login(group_director)
    url = reverse("objection_keep", args=[objection.pk])
    assert client.post(url, {"answer": ""}).context["form"].errors["answer"]
    client.post(url, {"answer": "บันทึกการนิเทศที่ลงนามแล้วระบุระดับ 3"})
    text = text_of(client, school_director, "ranking_objection", objection.pk)
    assert "บันทึกการนิเทศที่ลงนามแล้วระบุระดับ 3" in text
    assert "คงเดิม" in text


def test_a_correction_names_the_order_computed_since(
    client, drive, objection, school, group_director, school_director
):
    with pytest.raises(ActionRefused, match="ยังไม่ได้คำนวณลำดับใหม่"):
        answer_by_correction(objection, by=group_director, answer="แก้แล้ว")
    newer = compute_ranking(drive, by=group_director, reason="แก้ไขตามข้อทักท้วง")
    answer_by_correction(objection, by=group_director, answer="แก้แล้ว")
    objection.refresh_from_db()
    assert (objection.state, objection.corrected_in) == (ObjectionState.CORRECTED, newer)
    text = text_of(client, school_director, "ranking_objection", objection.pk)
    assert "แก้ไขในการจัดลำดับครั้งที่ 2" in text
    assert reverse("drive_indicators", args=[2569, school.pk]) in text


def test_what_is_answered_is_not_answered_again(objection, group_director):
    answer_by_keeping(objection, by=group_director, answer="ตรงแล้ว")
    with pytest.raises(ActionRefused):
        answer_by_keeping(objection, by=group_director, answer="อีกครั้ง")


def test_the_school_withdraws_its_objection(client, objection, school_director, academic_teacher):
    client.force_login(academic_teacher)
    url = reverse("objection_withdraw", args=[objection.pk])
    assert client.post(url).status_code == 403
    client.force_login(school_director)
    client.post(url)
    objection.refresh_from_db()
    assert objection.state == ObjectionState.WITHDRAWN


def test_news_of_an_objection_reach_the_school_and_the_office_alone(
    objection, supervisor, academic_teacher, outsider_director, subcommittee_member, clerk
):
    def hears(person):
        news, _ = news_of(person, (), since=None)
        return any("ทักท้วง" in one.title for one in news)

    assert hears(supervisor)
    assert hears(academic_teacher)
    assert not any(hears(one) for one in (outsider_director, subcommittee_member, clerk))


def test_a_drive_does_not_end_while_an_objection_waits(objection, drive, group_director):
    """The order that it is about was computed again, and the new one is not shown yet."""
    compute_ranking(drive, by=group_director, reason="ตรวจข้อทักท้วง")
    with pytest.raises(ActionRefused, match="ข้อทักท้วง"):
        close_drive(drive, by=group_director)
    answer_by_keeping(objection, by=group_director, answer="ตรวจแล้วถูกต้อง")
    close_drive(drive, by=group_director)


def test_weights_are_not_opened_again_by_computing_an_order_anew(shown, drive, group_director):
    """Schools know their places by them, also of an order that another has replaced."""
    compute_ranking(drive, by=group_director, reason="แก้ไขบันทึกการนิเทศ")
    with pytest.raises(ActionRefused, match="แจ้งลำดับแก่โรงเรียน"):
        reopen_drive(drive, by=group_director, reason="ปรับน้ำหนัก")

import uuid

import pytest
from django.urls import reverse

from supervision.assessments.enums import NOT_APPLICABLE, AnswerField
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.models import AnswerSheet
from supervision.assessments.queries import answers_by_indicator, sheet_indicators
from supervision.visits import actions, ratings
from supervision.visits.models import Rating
from tests import scenarios


@pytest.fixture
def joint(recording, supervisor, committee_member, subcommittee_member):
    """A record under way with two more in the team: one of ก.ต.ป.น., one of อ.ก.ต.ป.น."""
    recording.team.set([committee_member, subcommittee_member])
    return recording


def url_of(visit, act):
    return reverse(f"visit_{act}", args=[visit.pk])


def rated(visit, person, level=4, note="ข้อค้นพบ"):
    rating = ratings.start_rating(visit, by=person)
    scenarios.fill_sheet(rating.sheet, level, by=person, note=f"{note}ของ{person.username}")
    ratings.submit_rating(rating, by=person)
    return rating


def change(sheet, number, field, value, *, by):
    """One field of one indicator."""
    indicator = sheet_indicators(sheet)[number - 1].pk
    assert record_edits(sheet, [SubmittedEdit(uuid.uuid4(), indicator, field, value)], by=by) == {}


def level_of(visit, number):
    answers = answers_by_indicator(AnswerSheet.objects.get(pk=visit.sheet_id))
    answer = answers.get(sheet_indicators(visit.sheet)[number - 1].pk)
    return answer.level if answer else None


def test_a_record_that_departs_from_its_raters_is_not_called_alike(
    login, supervisor, committee_member, joint
):
    rated(joint, committee_member, level=3)
    scenarios.fill_sheet(joint.sheet, 3, by=supervisor)
    change(joint.sheet, 1, AnswerField.LEVEL, "4", by=supervisor)
    page = login(supervisor).get(url_of(joint, "compare")).content.decode()
    assert page.count("บันทึกต่างจากผู้ร่วมนิเทศ") == 1
    assert page.count("ตรงกัน</span>") == len(sheet_indicators(joint.sheet)) - 1


# --- One's own sheet ---


def test_a_member_rates_on_a_sheet_of_their_own(login, committee_member, joint):
    client = login(committee_member)
    page = client.get(joint.get_absolute_url()).content.decode()
    assert "ให้คะแนนของตนเอง" in page
    response = client.post(url_of(joint, "rate"))
    rating = Rating.objects.get()
    assert response.url == rating.sheet.get_absolute_url()
    assert rating.sheet_id != joint.sheet_id
    page = client.get(response.url, follow=True).content.decode()
    assert "โรงเรียนประเมินตนเอง" in page
    assert "ข้อค้นพบ" in page
    assert "ให้คะแนนต่อ" in client.get(joint.get_absolute_url()).content.decode()


def test_beginning_twice_is_one_rating(login, committee_member, joint):
    client = login(committee_member)
    assert client.post(url_of(joint, "rate")).url == client.post(url_of(joint, "rate")).url
    assert Rating.objects.count() == 1


def test_the_leader_may_rate_beside_settling(login, supervisor, joint):
    page = login(supervisor).get(joint.get_absolute_url()).content.decode()
    assert "ให้คะแนนของตนเอง" in page
    login(supervisor).post(url_of(joint, "rate"))
    assert Rating.objects.get().rater == supervisor


def test_a_leader_alone_is_not_asked_for_a_second_sheet(login, supervisor, recording):
    page = login(supervisor).get(recording.get_absolute_url()).content.decode()
    assert "ให้คะแนนของตนเอง" not in page


def test_only_the_team_rates(login, other_supervisor, school_director, outsider_director, joint):
    for stranger, status in ((other_supervisor, 409), (school_director, 409)):
        assert login(stranger).post(url_of(joint, "rate")).status_code == status
    assert login(outsider_director).post(url_of(joint, "rate")).status_code == 404
    assert not Rating.objects.exists()


def test_nobody_rates_before_the_record_is_open(login, supervisor, committee_member, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visit.team.add(committee_member)
    assert login(committee_member).post(url_of(visit, "rate")).status_code == 409
    page = login(committee_member).get(visit.get_absolute_url()).content.decode()
    assert "ให้คะแนนของตนเอง" not in page


def test_a_rating_is_its_raters_alone_until_handed_in(
    login, supervisor, committee_member, subcommittee_member, joint
):
    rating = ratings.start_rating(joint, by=committee_member)
    part = scenarios.standard_url(rating.sheet_id, 1)
    for other in (supervisor, subcommittee_member):
        assert login(other).get(part).status_code == 404
    assert login(committee_member).get(part).status_code == 200
    scenarios.fill_sheet(rating.sheet, 4, by=committee_member)
    ratings.submit_rating(rating, by=committee_member)
    assert login(supervisor).get(part).status_code == 200
    assert login(supervisor).post(part).status_code == 403
    assert login(subcommittee_member).get(part).status_code == 404


def test_no_rating_reaches_the_school(
    login, supervisor, committee_member, school_director, academic_teacher, joint
):
    rating = rated(joint, committee_member, note="ความเห็นส่วนตัว")
    scenarios.fill_sheet(joint.sheet, 4, by=supervisor)
    actions.sign_visit(joint, by=supervisor)
    for reader in (school_director, academic_teacher):
        client = login(reader)
        page = client.get(joint.get_absolute_url()).content.decode()
        assert "คะแนนของผู้ร่วมนิเทศ" not in page
        page = client.get(scenarios.standard_url(joint.sheet_id, 1)).content.decode()
        assert "ความเห็นส่วนตัว" not in page
        assert client.get(url_of(joint, "compare")).status_code == 403
        assert client.get(scenarios.standard_url(rating.sheet_id, 1)).status_code == 404


def test_the_office_alone_reads_who_handed_in_and_who_settled(
    login, supervisor, committee_member, school_director, joint
):
    rated(joint, committee_member)
    ratings.adopt_agreed_ratings(joint, by=supervisor)
    ratings.adopt_agreed_ratings(joint, by=supervisor)
    acts = [
        ("สรุปคะแนนลงในบันทึก", str(supervisor)),
        ("ส่งคะแนนของตนเอง", str(committee_member)),
    ]
    history = login(supervisor).get(joint.get_absolute_url()).context["history"]
    assert [(line.what, line.who) for line in history if (line.what, line.who) in acts] == acts
    actions.sign_visit(joint, by=supervisor)
    page = login(school_director).get(joint.get_absolute_url()).content.decode()
    assert "ลงนามบันทึกการนิเทศ" in page
    assert "ส่งคะแนน" not in page
    assert "สรุปคะแนน" not in page


def test_a_school_that_comes_too_early_hears_nothing_of_raters(
    login, supervisor, committee_member, school_director, joint
):
    rated(joint, committee_member)
    ratings.adopt_agreed_ratings(joint, by=supervisor)
    response = login(school_director).post(url_of(joint, "acknowledge"))
    assert response.status_code == 409
    assert "ผู้ร่วมนิเทศ" not in response.content.decode()


# --- Handing in ---


def test_hand_in_closes_the_own_sheet(login, committee_member, joint):
    rating = ratings.start_rating(joint, by=committee_member)
    scenarios.fill_sheet(rating.sheet, 3, by=committee_member)
    client = login(committee_member)
    assert (
        "เมื่อส่งแล้วจะแก้ไขคะแนนของคุณไม่ได้"
        in client.get(url_of(joint, "submit_rating")).content.decode()
    )
    client.post(url_of(joint, "submit_rating"), scenarios.shown_version(rating.sheet))
    rating.refresh_from_db()
    assert rating.submitted_at
    assert client.post(scenarios.standard_url(rating.sheet_id, 1)).status_code == 409
    page = client.get(scenarios.standard_url(rating.sheet_id, 1)).content.decode()
    assert "ส่งแล้ว แก้ไขไม่ได้" in page
    assert client.post(url_of(joint, "submit_rating")).status_code == 409


def test_hand_in_names_what_is_missing(login, committee_member, joint):
    ratings.start_rating(joint, by=committee_member)
    client = login(committee_member)
    page = client.get(url_of(joint, "submit_rating")).content.decode()
    assert "ขาดอีก 4 รายการจึงส่งคะแนนได้" in page
    assert client.post(url_of(joint, "submit_rating")).status_code == 409


def test_who_has_not_begun_hands_nothing_in(login, committee_member, joint):
    assert login(committee_member).post(url_of(joint, "submit_rating")).status_code == 404


def test_nobody_hands_in_for_another(joint, supervisor, committee_member):
    rating = ratings.start_rating(joint, by=committee_member)
    with pytest.raises(actions.ActionRefused, match="ของตนเอง"):
        ratings.submit_rating(rating, by=supervisor)


# --- Settling ---


def test_compare_shows_all_beside_the_school_and_marks_the_spread(
    login, supervisor, committee_member, subcommittee_member, joint
):
    rated(joint, committee_member, 4)
    rating = ratings.start_rating(joint, by=subcommittee_member)
    scenarios.fill_sheet(rating.sheet, 4, by=subcommittee_member)
    change(rating.sheet, 1, AnswerField.LEVEL, "1", by=subcommittee_member)
    change(rating.sheet, 2, AnswerField.LEVEL, "3", by=subcommittee_member)
    ratings.submit_rating(rating, by=subcommittee_member)
    response = login(supervisor).get(url_of(joint, "compare"))
    page = response.content.decode()
    assert "ต่างกัน 3 ระดับ" in page
    assert "ต่างกัน 1 ระดับ" in page
    assert page.count("ตรงกัน</span>") == 2
    assert "โรงเรียนประเมินตนเอง" in page
    assert f"ข้อค้นพบของ{committee_member.username}" in page
    assert response.context["adoptable_count"] == 2


def test_what_all_agree_on_is_taken_over_by_one_act(
    login, supervisor, committee_member, subcommittee_member, joint
):
    rated(joint, committee_member, 4)
    rating = ratings.start_rating(joint, by=subcommittee_member)
    scenarios.fill_sheet(rating.sheet, 4, by=subcommittee_member, note="อีกมุมหนึ่ง")
    change(rating.sheet, 1, AnswerField.LEVEL, "2", by=subcommittee_member)
    ratings.submit_rating(rating, by=subcommittee_member)
    change(joint.sheet, 4, AnswerField.LEVEL, "5", by=supervisor)
    page = login(supervisor).post(url_of(joint, "adopt_agreed"), follow=True).content.decode()
    assert "ตรงกันแล้ว 2 ข้อ" in page
    assert [level_of(joint, number) for number in (1, 2, 3, 4)] == [None, 4, 4, 5]
    note = joint.sheet.answers.get(indicator__code="1.2").note
    assert note == f"ข้อค้นพบของ{committee_member.username}\nอีกมุมหนึ่ง"
    assert joint.sheet.edits.filter(by=supervisor, field=AnswerField.LEVEL).count() == 3
    assert "เหลือ 1 ข้อ" in page


def test_who_has_settled_all_levels_is_told_of_a_gap_without_a_finding(
    login, supervisor, committee_member, joint
):
    """The school gave itself 4: that raters agree on 2 does not explain it."""
    rating = ratings.start_rating(joint, by=committee_member)
    scenarios.fill_sheet(rating.sheet, 4, by=committee_member)
    change(rating.sheet, 1, AnswerField.LEVEL, "2", by=committee_member)
    change(rating.sheet, 1, AnswerField.NOTE, "", by=committee_member)
    ratings.submit_rating(rating, by=committee_member)
    client = login(supervisor)
    page = client.post(url_of(joint, "adopt_agreed"), follow=True).content.decode()
    assert "ต่างจากโรงเรียนตั้งแต่ 2 ระดับ โปรดเขียนข้อค้นพบ" in page
    assert "กลับไปลงนาม" not in page
    change(joint.sheet, 1, AnswerField.NOTE, "พบเพียงชั้นเดียว", by=supervisor)
    assert "กลับไปลงนาม" in client.get(url_of(joint, "compare")).content.decode()


def test_setting_aside_is_taken_over_with_its_reasons(supervisor, committee_member, joint):
    rating = ratings.start_rating(joint, by=committee_member)
    scenarios.fill_sheet(rating.sheet, 4, by=committee_member)
    change(rating.sheet, 1, AnswerField.LEVEL, NOT_APPLICABLE, by=committee_member)
    change(rating.sheet, 1, AnswerField.NA_REASON, "ไม่มีชั้นเรียนนี้", by=committee_member)
    ratings.submit_rating(rating, by=committee_member)
    assert ratings.adopt_agreed_ratings(joint, by=supervisor) == 4
    answer = joint.sheet.answers.get(indicator__code="1.1")
    assert answer.is_answered
    assert answer.na_reason == "ไม่มีชั้นเรียนนี้"
    assert ratings.adopt_agreed_ratings(joint, by=supervisor) == 0


def test_the_record_shows_the_raters_levels_beside_the_schools(
    login, supervisor, committee_member, joint
):
    rated(joint, committee_member, 2, note="เห็นต่าง")
    page = login(supervisor).get(scenarios.standard_url(joint.sheet_id, 1)).content.decode()
    assert str(committee_member) in page
    assert f"เห็นต่างของ{committee_member.username}" in page


def test_only_the_leader_settles(login, supervisor, group_director, committee_member, joint):
    rated(joint, committee_member)
    assert login(committee_member).post(url_of(joint, "adopt_agreed")).status_code == 403
    response = login(group_director).post(url_of(joint, "adopt_agreed"))
    assert response.status_code == 409
    assert str(supervisor) in response.content.decode()
    page = login(group_director).get(url_of(joint, "compare")).content.decode()
    assert "สรุปเป็นบันทึกเดียว" not in page


def test_the_leader_may_sign_without_who_is_late_and_is_told_who(
    login, supervisor, committee_member, subcommittee_member, joint
):
    rated(joint, committee_member)
    late = ratings.start_rating(joint, by=subcommittee_member)
    scenarios.fill_sheet(joint.sheet, 4, by=supervisor)
    page = login(supervisor).get(url_of(joint, "sign")).content.decode()
    assert "ยังไม่ส่งคะแนน 1 คน" in page
    assert str(subcommittee_member) in page
    login(supervisor).post(url_of(joint, "sign"), scenarios.shown_version(joint.sheet))
    late.refresh_from_db()
    assert late.sheet.frozen_at
    response = login(subcommittee_member).post(url_of(joint, "submit_rating"))
    assert response.status_code == 409
    assert "ลงนามหรือยกเลิกแล้ว" in response.content.decode()


def test_nobody_is_late_where_no_one_rates(login, supervisor, joint):
    scenarios.fill_sheet(joint.sheet, 4, by=supervisor)
    page = login(supervisor).get(url_of(joint, "sign")).content.decode()
    assert "ยังไม่ส่งคะแนน" not in page


def test_ratings_stay_after_the_signature(login, supervisor, committee_member, joint):
    rated(joint, committee_member, 2, note="เห็นต่าง")
    scenarios.fill_sheet(joint.sheet, 4, by=supervisor)
    actions.sign_visit(joint, by=supervisor)
    page = login(supervisor).get(url_of(joint, "compare")).content.decode()
    assert f"เห็นต่างของ{committee_member.username}" in page
    assert "สรุปเป็นบันทึกเดียว" not in page
    assert login(supervisor).post(url_of(joint, "adopt_agreed")).status_code == 409
    assert "เทียบคะแนนทุกคน" in login(supervisor).get(joint.get_absolute_url()).content.decode()


def test_there_is_nothing_to_compare_before_the_record(login, supervisor, round_):
    visit = scenarios.visit_planned(round_, by=supervisor)
    assert login(supervisor).get(url_of(visit, "compare")).status_code == 409
    assert login(supervisor).post(url_of(visit, "adopt_agreed")).status_code == 409


def test_the_page_asks_the_same_for_one_rater_and_for_three(
    login, supervisor, committee_member, subcommittee_member, joint, queries_of
):
    client = login(supervisor)
    rated(joint, committee_member)
    few = queries_of(client, url_of(joint, "compare"))
    rated(joint, subcommittee_member, 3)
    rated(joint, supervisor, 5)
    assert queries_of(client, url_of(joint, "compare")) == few <= 20

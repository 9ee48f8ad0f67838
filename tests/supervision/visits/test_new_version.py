import pytest
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.assessments.queries import answers_by_indicator
from supervision.cycle.school_page import compare_standards
from supervision.practices import actions as practices
from supervision.visits import actions, ratings
from supervision.visits.enums import VisitState
from supervision.visits.models import Visit
from supervision.visits.queries import deciding_visit
from tests import scenarios

REASON = {"reason": "กรอกระดับข้อ 1.1 คลาดเคลื่อน"}


@pytest.fixture
def first(round_, supervisor, school_director):
    """A record that the school has acknowledged, at level 4."""
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    return scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)


@pytest.fixture
def second(first, supervisor):
    """Its amendment, at level 3, not signed yet."""
    second = actions.revise_visit(first, by=supervisor, reason="คลาดเคลื่อน")
    scenarios.fill_sheet(second.sheet, 3, by=supervisor)
    return second


def url_of(visit, act):
    return reverse(f"visit_{act}", args=[visit.pk])


def test_revise_creates_a_new_version_that_copies_the_old(login, supervisor, first):
    client = login(supervisor)
    assert "เก็บไว้ถาวร" in client.get(url_of(first, "revise")).content.decode()
    response = client.post(url_of(first, "revise"), REASON)
    second = Visit.objects.get(version=2)
    assert response.url == second.get_absolute_url()
    assert (second.previous, second.number, second.state) == (first, 1, VisitState.RECORDING)
    assert {a.level for a in answers_by_indicator(second.sheet).values()} == {4}
    page = client.get(response.url).content.decode()
    assert "การนิเทศครั้งที่ 1 ฉบับแก้ไขที่ 1" in page
    assert REASON["reason"] in page


def test_the_old_version_stays_readable_marked_and_in_force(
    login, supervisor, school_director, first, second
):
    for reader in (supervisor, school_director):
        page = login(reader).get(first.get_absolute_url()).content.decode()
        assert "ฉบับนี้ยังใช้อยู่จนกว่าโรงเรียนรับทราบ" in page
        assert second.get_absolute_url() in page
        assert "4.00" in page
    assert deciding_visit(first.round) == first
    page = login(school_director).get(second.get_absolute_url()).content.decode()
    assert "3.00" not in page


def test_the_school_acknowledges_the_new_version_which_then_counts(
    login, supervisor, school_director, first, second
):
    login(supervisor).post(url_of(second, "sign"), scenarios.shown_version(second.sheet))
    home = login(school_director).get(reverse("home")).content.decode()
    assert second.get_absolute_url() in home
    assert deciding_visit(first.round) == first
    login(school_director).post(url_of(second, "acknowledge"))
    assert deciding_visit(first.round) == second
    page = login(school_director).get(first.get_absolute_url()).content.decode()
    assert "เก็บไว้เป็นหลักฐาน" in page
    page = login(supervisor).get(first.round.get_absolute_url()).content.decode()
    assert second.get_absolute_url() in page
    assert [row.now for row in compare_standards(first.round, None)] == [3, 3]


def test_it_waits_for_its_leader_not_for_the_team_to_rate_again(
    login, supervisor, committee_member, first
):
    first.team.add(committee_member)
    second = actions.revise_visit(first, by=supervisor, reason="คลาดเคลื่อน")
    homes = [login(p).get(reverse("home")).content.decode() for p in (supervisor, committee_member)]
    assert [second.get_absolute_url() in home for home in homes] == [True, False]


def test_the_team_rates_no_new_version_and_is_led_to_what_it_rated(
    login, supervisor, committee_member, school_director, recording
):
    recording.team.add(committee_member)
    rating = ratings.start_rating(recording, by=committee_member)
    scenarios.fill_sheet(rating.sheet, 2, by=committee_member)
    ratings.submit_rating(rating, by=committee_member)
    scenarios.fill_sheet(recording.sheet, 2, by=supervisor)
    actions.sign_visit(recording, by=supervisor)
    second = actions.revise_visit(recording, by=supervisor, reason="คลาดเคลื่อน")
    for reader in (supervisor, committee_member):
        client = login(reader)
        page = client.get(second.get_absolute_url()).content.decode()
        assert "ให้คะแนนของตนเอง" not in page
        assert url_of(recording, "compare") in page
        answer = client.post(url_of(second, "rate"))
        assert answer.status_code == 409
        assert "ฉบับแก้ไขใช้คะแนนที่ให้ไว้กับฉบับเดิม" in answer.content.decode()
    page = login(school_director).get(second.get_absolute_url()).content.decode()
    assert url_of(recording, "compare") not in page


def test_nothing_is_decided_while_a_new_version_is_open(
    group_director, supervisor, school_director, first, second
):
    with pytest.raises(ActionRefused, match="ฉบับแก้ไข"):
        scenarios.round_decided(first.round, by=group_director)
    actions.sign_visit(second, by=supervisor)
    with pytest.raises(ActionRefused, match="ฉบับแก้ไข"):
        practices.check_can_decide_round(first.round)
    actions.acknowledge_visit(second, by=school_director)
    scenarios.round_decided(first.round, by=group_director)


def test_a_decided_round_keeps_its_record(login, supervisor, group_director, first):
    scenarios.round_decided(first.round, by=group_director)
    response = login(supervisor).post(url_of(first, "revise"), REASON)
    assert response.status_code == 409
    assert "การนิเทศครั้งใหม่" in response.content.decode()
    page = login(supervisor).get(first.get_absolute_url()).content.decode()
    assert "แก้ไขเป็นฉบับใหม่" not in page


def test_one_new_version_at_a_time(login, supervisor, first, second):
    response = login(supervisor).post(url_of(first, "revise"), REASON)
    assert response.status_code == 409
    assert "มีฉบับแก้ไขแล้ว" in response.content.decode()
    assert login(supervisor).post(url_of(second, "revise"), REASON).status_code == 409


def test_a_new_version_called_off_leaves_the_old_one_to_be_revised_again(
    login, supervisor, first, second
):
    client = login(supervisor)
    assert "ฉบับก่อนหน้าที่ลงนามแล้วยังใช้อยู่" in client.get(url_of(second, "cancel")).content.decode()
    client.post(url_of(second, "cancel"), {"reason": "แก้ไขผิดครั้ง"})
    page = client.get(first.get_absolute_url()).content.decode()
    assert "มีฉบับแก้ไข" not in page
    client.post(url_of(first, "revise"), REASON)
    third = Visit.objects.get(version=3)
    assert third.previous == second
    assert {a.level for a in answers_by_indicator(third.sheet).values()} == {4}


def test_the_link_to_the_version_before_leads_past_a_new_version_called_off(
    login, supervisor, school_director, first, second
):
    actions.cancel_visit(second, by=supervisor, reason="แก้ไขผิดครั้ง")
    third = actions.revise_visit(first, by=supervisor, reason="คลาดเคลื่อน")
    for reader in (supervisor, school_director):
        page = login(reader).get(third.get_absolute_url()).content.decode()
        assert f'href="{first.get_absolute_url()}">อ่านฉบับก่อนหน้า' in page
        assert second.get_absolute_url() not in page


def test_an_unread_record_that_is_revised_is_read_in_its_new_version(
    login, supervisor, school_director, round_
):
    first = scenarios.visit_signed(round_, by=supervisor)
    second = actions.revise_visit(first, by=supervisor, reason="คลาดเคลื่อน")
    response = login(school_director).post(url_of(first, "acknowledge"))
    assert response.status_code == 409
    assert "ฉบับแก้ไขที่ 1" in response.content.decode()
    actions.sign_visit(second, by=supervisor)
    assert login(school_director).post(url_of(second, "acknowledge")).status_code == 302


def test_revise_needs_a_reason_and_keeps_the_page(login, supervisor, first):
    page = login(supervisor).post(url_of(first, "revise"), {"reason": " "}).content.decode()
    assert "โปรดระบุเหตุผลที่แก้ไข" in page
    assert Visit.objects.count() == 1


def test_only_the_leader_revises(login, group_director, supervisor, first):
    response = login(group_director).post(url_of(first, "revise"), REASON)
    assert response.status_code == 409
    assert str(supervisor) in response.content.decode()


def test_only_who_may_revise_is_offered_to(login, group_director, supervisor, first):
    offer = url_of(first, "revise")
    assert offer in login(supervisor).get(first.get_absolute_url()).content.decode()
    assert offer not in login(group_director).get(first.get_absolute_url()).content.decode()


def test_an_open_record_is_not_revised(login, supervisor, recording):
    assert login(supervisor).post(url_of(recording, "revise"), REASON).status_code == 409


def test_only_who_records_here_revises(
    login, client, other_supervisor, school_director, outsider_director, first
):
    assert login(other_supervisor).post(url_of(first, "revise"), REASON).status_code == 403
    assert login(school_director).post(url_of(first, "revise"), REASON).status_code == 403
    assert login(outsider_director).post(url_of(first, "revise"), REASON).status_code == 404
    assert client.post(url_of(first, "revise"), REASON).status_code == 302

"""Nobody closes a sheet over what their page has not shown."""

import uuid

import pytest
from django.urls import reverse

from supervision.assessments import actions as assessments
from supervision.assessments.enums import AnswerField
from supervision.assessments.evidence import add_evidence_link, remove_evidence
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.queries import sheet_indicators
from supervision.assessments.version_tokens import (
    MAX_SHOWN_CHANGES,
    SheetVersionToken,
    sheet_changes_between,
    sheet_version_token,
)
from supervision.visits import actions as visits
from supervision.visits import ratings
from tests import scenarios

FINDING = "พบกิจกรรมเพียงชั้นเดียว"


@pytest.fixture
def recorded(round_, supervisor):
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    return visit


def write(sheet, value, *, by, field=AnswerField.NOTE):
    indicator = sheet_indicators(sheet)[0]
    record_edits(sheet, [SubmittedEdit(uuid.uuid4(), indicator.pk, field, value)], by=by)


def text(response):
    return response.content.decode()


def test_what_another_device_wrote_meanwhile_is_shown_before_it_is_signed(
    login, recorded, supervisor, group_director
):
    client, url = login(supervisor), reverse("visit_sign", args=[recorded.pk])
    page = client.get(url)
    write(recorded.sheet, FINDING, by=group_director)
    refused = client.post(url, {"version": page.context["version"]})
    assert refused.status_code == 409
    for told in ("มีการแก้ไขหลังจากที่คุณเปิดหน้านี้", FINDING, "ข้อค้นพบ", str(group_director)):
        assert told in text(refused)
    recorded.refresh_from_db()
    assert recorded.state == "recording"
    assert client.post(url, {"version": refused.context["version"]}).status_code == 302


def test_the_page_tells_what_changed_since_the_record_was_read(
    login, recorded, supervisor, group_director
):
    read = str(sheet_version_token(recorded.sheet))
    assert f"?version={read}" in text(login(supervisor).get(recorded.get_absolute_url()))
    write(recorded.sheet, "3", by=group_director, field=AnswerField.LEVEL)
    page = text(login(supervisor).get(reverse("visit_sign", args=[recorded.pk]), {"version": read}))
    assert "มีการแก้ไขหลังจากที่คุณเปิดหน้าบันทึก" in page
    assert "ระดับ: “3”" in page


@pytest.mark.parametrize(
    "sent", [{}, {"version": ""}, {"version": "x.y.z"}, {"version": "9" * 400}]
)
def test_a_signature_without_a_page_is_refused(login, recorded, supervisor, sent):
    url = reverse("visit_sign", args=[recorded.pk])
    assert login(supervisor).post(url, sent).status_code == 409
    recorded.refresh_from_db()
    assert recorded.state == "recording"


def test_the_director_confirms_what_the_page_has_shown(
    login, round_, academic_teacher, school_director
):
    assessment = assessments.start_self_assessment(round_, by=academic_teacher)
    scenarios.fill_sheet(assessment.sheet, 4, by=academic_teacher)
    client, url = login(school_director), reverse("self_assessment_confirm", args=[assessment.pk])
    version = client.get(url).context["version"]
    write(assessment.sheet, FINDING, by=academic_teacher)
    refused = client.post(url, {"version": version})
    assert refused.status_code == 409
    assert FINDING in text(refused)
    assert client.post(url, {"version": refused.context["version"]}).status_code == 302


def test_a_rater_hands_in_what_the_page_has_shown(login, recorded, committee_member):
    recorded.team.add(committee_member)
    rating = ratings.start_rating(recorded, by=committee_member)
    scenarios.fill_sheet(rating.sheet, 3, by=committee_member)
    client, url = login(committee_member), reverse("visit_submit_rating", args=[recorded.pk])
    version = client.get(url).context["version"]
    write(rating.sheet, FINDING, by=committee_member)
    assert client.post(url, {"version": version}).status_code == 409
    assert client.post(url, scenarios.shown_version(rating.sheet)).status_code == 302


def test_the_page_names_the_fields_in_which_two_values_stand(
    login, recorded, supervisor, group_director
):
    url = reverse("visit_sign", args=[recorded.pk])
    assert "มีสองค่า" not in text(login(supervisor).get(url))
    write(recorded.sheet, FINDING, by=group_director)
    page = text(login(supervisor).get(url))
    assert "มีสองค่า 1 ช่อง" in page
    assert "ตัวชี้วัดทดสอบ 1.1 ข้อค้นพบ" in page


def test_evidence_added_or_removed_moves_the_sheet_on(recorded, supervisor):
    sheet = recorded.sheet
    said = {"by": supervisor, "caption": "แผนการสอน"}
    before = sheet_version_token(sheet)
    piece = add_evidence_link(sheet, None, "https://example.org", id=uuid.uuid4(), **said)
    added = sheet_version_token(sheet)
    remove_evidence(piece, by=supervisor)
    assert len({before, added, sheet_version_token(sheet)}) == 3
    assert [
        change.what for change in sheet_changes_between(sheet, added, sheet_version_token(sheet))
    ] == ["นำ แผนการสอน ออก"]


def test_only_the_newest_of_many_changes_are_told(recorded):
    for number in range(MAX_SHOWN_CHANGES):
        write(recorded.sheet, f"ครั้งที่ {number}", by=recorded.leader)
    told = sheet_changes_between(
        recorded.sheet, SheetVersionToken(), sheet_version_token(recorded.sheet)
    )
    assert len(told) == MAX_SHOWN_CHANGES
    assert f"“ครั้งที่ {MAX_SHOWN_CHANGES - 1}”" in str(told[0])

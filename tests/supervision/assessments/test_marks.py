"""Nobody closes a sheet over what their page has not shown."""

import uuid

import pytest
from django.urls import reverse

from supervision.assessments import actions as assessments
from supervision.assessments.enums import Field
from supervision.assessments.evidence.actions import add_link, remove
from supervision.assessments.journal import Edit, record_edits
from supervision.assessments.marks import MOST_TOLD, SheetMark, changes_between, mark_of
from supervision.assessments.queries import indicators_of
from supervision.visits import actions as visits
from supervision.visits import ratings
from tests import walk

FINDING = "พบกิจกรรมเพียงชั้นเดียว"


@pytest.fixture
def recorded(round_, supervisor):
    visit = walk.visit_planned(round_, by=supervisor)
    visits.start_record(visit, by=supervisor)
    walk.fill(visit.sheet, 4, by=supervisor)
    return visit


def write(sheet, value, *, by, field=Field.NOTE):
    indicator = indicators_of(sheet)[0]
    record_edits(sheet, [Edit(uuid.uuid4(), indicator.pk, field, value)], by=by)


def text(response):
    return response.content.decode()


def test_what_another_device_wrote_meanwhile_is_shown_before_it_is_signed(
    login, recorded, supervisor, group_director
):
    client, url = login(supervisor), reverse("visit_sign", args=[recorded.pk])
    page = client.get(url)
    write(recorded.sheet, FINDING, by=group_director)
    refused = client.post(url, {"seen": page.context["seen"]})
    assert refused.status_code == 409
    for told in ("มีการแก้ไขหลังจากที่คุณเปิดหน้านี้", FINDING, "ข้อค้นพบ", str(group_director)):
        assert told in text(refused)
    recorded.refresh_from_db()
    assert recorded.state == "recording"
    assert client.post(url, {"seen": refused.context["seen"]}).status_code == 302


def test_the_page_tells_what_changed_since_the_record_was_read(
    login, recorded, supervisor, group_director
):
    read = str(mark_of(recorded.sheet))
    assert f"?seen={read}" in text(login(supervisor).get(recorded.get_absolute_url()))
    write(recorded.sheet, "3", by=group_director, field=Field.LEVEL)
    page = text(login(supervisor).get(reverse("visit_sign", args=[recorded.pk]), {"seen": read}))
    assert "มีการแก้ไขหลังจากที่คุณเปิดหน้าบันทึก" in page
    assert "ระดับ: “3”" in page


@pytest.mark.parametrize("sent", [{}, {"seen": ""}, {"seen": "x.y.z"}, {"seen": "9" * 400}])
def test_a_signature_without_a_page_is_refused(login, recorded, supervisor, sent):
    url = reverse("visit_sign", args=[recorded.pk])
    assert login(supervisor).post(url, sent).status_code == 409
    recorded.refresh_from_db()
    assert recorded.state == "recording"


def test_the_director_confirms_what_the_page_has_shown(
    login, round_, academic_teacher, school_director
):
    assessment = assessments.start(round_, by=academic_teacher)
    walk.fill(assessment.sheet, 4, by=academic_teacher)
    client, url = login(school_director), reverse("self_assessment_confirm", args=[assessment.pk])
    seen = client.get(url).context["seen"]
    write(assessment.sheet, FINDING, by=academic_teacher)
    refused = client.post(url, {"seen": seen})
    assert refused.status_code == 409
    assert FINDING in text(refused)
    assert client.post(url, {"seen": refused.context["seen"]}).status_code == 302


def test_a_rater_hands_in_what_the_page_has_shown(login, recorded, committee_member):
    recorded.team.add(committee_member)
    rating = ratings.rate(recorded, by=committee_member)
    walk.fill(rating.sheet, 3, by=committee_member)
    client, url = login(committee_member), reverse("visit_hand_in", args=[recorded.pk])
    seen = client.get(url).context["seen"]
    write(rating.sheet, FINDING, by=committee_member)
    assert client.post(url, {"seen": seen}).status_code == 409
    assert client.post(url, walk.seen(rating.sheet)).status_code == 302


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
    before = mark_of(sheet)
    piece = add_link(sheet, None, "https://example.org", id=uuid.uuid4(), **said)
    added = mark_of(sheet)
    remove(piece, by=supervisor)
    assert len({before, added, mark_of(sheet)}) == 3
    assert [change.what for change in changes_between(sheet, added, mark_of(sheet))] == [
        "นำ แผนการสอน ออก"
    ]


def test_only_the_newest_of_many_changes_are_told(recorded):
    for number in range(MOST_TOLD):
        write(recorded.sheet, f"ครั้งที่ {number}", by=recorded.leader)
    told = changes_between(recorded.sheet, SheetMark(), mark_of(recorded.sheet))
    assert len(told) == MOST_TOLD
    assert f"“ครั้งที่ {MOST_TOLD - 1}”" in str(told[0])

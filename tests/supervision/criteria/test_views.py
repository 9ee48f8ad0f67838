import pytest
from django.db import IntegrityError
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.committees.enums import CommitteeKind
from supervision.criteria import actions
from supervision.criteria.enums import SetState
from supervision.criteria.models import IndicatorSet, Rubric
from tests.factories import (
    CommitteeFactory,
    IndicatorSetFactory,
    MeetingFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

ACTS = ("submit", "return", "endorse", "retire")


@pytest.fixture
def approved():
    return IndicatorSetFactory(name="ชุดที่เห็นชอบ", is_sample=True, provenance="คู่มือ แบบ 7.2")


@pytest.fixture
def in_review(draft, group_director):
    actions.submit_indicator_set(draft, by=group_director)
    return draft


def act_url(act, indicator_set):
    return reverse(f"indicator_set_{act}", args=[indicator_set.pk])


def state_of(indicator_set):
    return IndicatorSet.objects.get(pk=indicator_set.pk).state


# --- who reads what ---


@pytest.mark.parametrize("name", ["supervisor", "clerk", "committee_member", "group_director"])
def test_who_sees_the_area_sees_drafts_too(name, request, draft, approved):
    user = request.getfixturevalue(name)
    assert set(IndicatorSet.objects.visible_to(user)) == {draft, approved}


@pytest.mark.parametrize("name", ["school_director", "academic_teacher", "administrator"])
def test_everybody_with_an_appointment_reads_endorsed_sets_only(name, request, in_review, approved):
    user = request.getfixturevalue(name)
    retired = IndicatorSetFactory(state=SetState.RETIRED)
    assert set(IndicatorSet.objects.visible_to(user)) == {approved, retired}


def test_without_an_appointment_nothing_is_read(approved):
    assert not IndicatorSet.objects.visible_to(UserFactory()).exists()


def test_list_tells_state_version_counts_and_meeting(login, school_director, approved, draft):
    html = login(school_director).get(reverse("criteria")).content.decode()
    for words in ("ชุดที่เห็นชอบ ฉบับที่ 1", "2 มาตรฐาน 4 ตัวชี้วัด", "เห็นชอบแล้ว", "ตัวอย่าง", "ครั้งที่ 1/2569"):
        assert words in html
    assert "ชุดร่าง" not in html


def test_empty_list_says_what_comes_next(login, school_director):
    assert "ยังไม่มีชุดตัวชี้วัด" in login(school_director).get(reverse("criteria")).content.decode()


def test_page_shows_targets_rubrics_scale_and_bands(login, school_director, approved):
    indicator = approved.standards.get(number=1).indicators.get(code="1.1")
    for level in approved.scale.levels.all():
        Rubric.objects.create(indicator=indicator, level=level, text=f"คำอธิบายระดับ {level.value}")
    html = login(school_director).get(approved.get_absolute_url()).content.decode()
    for words in ("คู่มือ แบบ 7.2", "คำอธิบายระดับ 5", "4.50–5.00", "ใช้คำอธิบายระดับของมาตราส่วน", "3.00"):
        assert words in html
    assert act_url("retire", approved) not in html


def test_page_costs_the_same_for_any_number_of_indicators(
    login, school_director, approved, django_assert_max_num_queries
):
    client = login(school_director)
    client.get(approved.get_absolute_url())  # the first request of a session is its own affair
    with django_assert_max_num_queries(15):
        client.get(approved.get_absolute_url())


def test_a_draft_is_not_found_by_a_school(login, school_director, draft):
    assert login(school_director).get(draft.get_absolute_url()).status_code == 404


def test_only_acts_one_may_do_are_offered(login, group_director, committee_member, in_review):
    url = in_review.get_absolute_url()
    assert act_url("endorse", in_review) in login(committee_member).get(url).content.decode()
    assert act_url("endorse", in_review) not in login(group_director).get(url).content.decode()


# --- acts ---


def test_submit_return_endorse_retire(login, group_director, committee_member, draft):
    prepares, endorses = login(group_director), login(committee_member)
    assert prepares.post(act_url("submit", draft)).status_code == 302
    assert state_of(draft) == SetState.IN_REVIEW
    endorses.post(act_url("return", draft), {"reason": "ตัวชี้วัด 2.1 ยังวัดไม่ได้"})
    assert state_of(draft) == SetState.DRAFT
    assert "ยังวัดไม่ได้" in prepares.get(draft.get_absolute_url()).content.decode()
    prepares.post(act_url("submit", draft))
    meeting = MeetingFactory()
    sent = {"meeting": meeting.pk}
    page = endorses.post(act_url("endorse", draft), sent, follow=True).content.decode()
    assert "บันทึกความเห็นชอบ" in page
    draft.refresh_from_db()
    assert (draft.state, draft.meeting, draft.endorsed_by) == (
        SetState.APPROVED,
        meeting,
        committee_member,
    )
    assert "ครั้งที่ 3/2569" in page
    prepares.post(act_url("retire", draft))
    assert state_of(draft) == SetState.RETIRED


@pytest.mark.parametrize(
    ("act", "fixture", "who"),
    [
        ("submit", "draft", "group_director"),
        ("return", "in_review", "committee_member"),
        ("endorse", "in_review", "committee_member"),
        ("retire", "approved", "group_director"),
    ],
)
def test_a_get_asks_and_changes_nothing(act, fixture, who, request, login):
    indicator_set, user = request.getfixturevalue(fixture), request.getfixturevalue(who)
    before = state_of(indicator_set)
    response = login(user).get(act_url(act, indicator_set))
    assert response.status_code == 200
    assert "กลับไปตรวจทาน" in response.content.decode()
    assert state_of(indicator_set) == before


@pytest.mark.parametrize(
    ("act", "who"),
    [
        ("submit", "supervisor"),
        ("return", "group_director"),
        ("endorse", "group_director"),
        ("endorse", "area_director"),
        ("retire", "committee_member"),
    ],
)
def test_wrong_role_is_refused(act, who, request, login, in_review):
    client = login(request.getfixturevalue(who))
    assert client.get(act_url(act, in_review)).status_code == 403
    assert client.post(act_url(act, in_review)).status_code == 403


@pytest.mark.parametrize("act", ACTS)
def test_a_draft_cannot_be_acted_on_by_a_school(act, login, school_director, draft):
    assert login(school_director).post(act_url(act, draft)).status_code == 404


@pytest.mark.parametrize(
    ("act", "who"),
    [
        ("submit", "group_director"),
        ("return", "committee_member"),
        ("endorse", "committee_member"),
    ],
)
def test_wrong_state_is_told_before_anything_is_typed(act, who, request, login, approved):
    client = login(request.getfixturevalue(who))
    assert client.get(act_url(act, approved)).status_code == 409


def test_wrong_state_at_the_press_of_the_button(login, group_director, approved):
    assert login(group_director).post(act_url("submit", approved)).status_code == 409


def test_a_reason_typed_too_late_is_not_lost(login, committee_member, in_review):
    actions.return_indicator_set_for_correction(in_review, by=committee_member, reason="คนแรก")
    page = login(committee_member).post(act_url("return", in_review), {"reason": "คนที่สอง"})
    html = page.content.decode()
    assert "ส่งกลับให้แก้ไขไปแล้ว" in html
    assert "คนที่สอง" in html


def test_only_a_meeting_that_is_held_endorses(login, committee_member, in_review):
    client, url = login(committee_member), act_url("endorse", in_review)
    group = CommitteeFactory(kind=CommitteeKind.WORKING_GROUP)
    for meeting in (MeetingFactory(number=8, planned=True), MeetingFactory(committee=group)):
        assert f'<option value="{meeting.pk}">' not in client.get(url).content.decode()
        page = client.post(url, {"meeting": meeting.pk}).content.decode()
        assert "ยังไม่เปิดหรือไม่มีแล้ว" in page
        with pytest.raises(ActionRefused):
            actions.endorse_indicator_set(in_review, by=committee_member, meeting=meeting)
    assert "โปรดเลือกการประชุม ก.ต.ป.น." in client.post(url, {}).content.decode()
    assert state_of(in_review) == SetState.IN_REVIEW


def test_a_return_wants_its_reason(login, committee_member, in_review):
    html = login(committee_member).post(act_url("return", in_review), {}).content.decode()
    assert "โปรดระบุเหตุผล" in html


@pytest.mark.parametrize(
    "name", ["criteria", "indicator_set", *(f"indicator_set_{a}" for a in ACTS)]
)
def test_a_stranger_is_asked_to_sign_in(name, client, approved):
    url = reverse(name, args=[] if name == "criteria" else [approved.pk])
    assert client.get(url).url.startswith(reverse("account_login"))


def test_an_endorsed_set_always_names_its_meeting(approved):
    with pytest.raises(IntegrityError, match="approved_set_names_its_meeting"):
        IndicatorSet.objects.filter(pk=approved.pk).update(meeting=None)

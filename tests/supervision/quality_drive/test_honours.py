"""Honours of a drive: proposed, decided by one meeting, released by another, taken back."""

import pytest
from django.urls import reverse

from schools.core.errors import ActionRefused
from schools.core.version_token import version_token
from supervision.committees.enums import CommitteeKind
from supervision.notices.news import news_of
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.honours import actions
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.honours.sample_categories import SAMPLE_CATEGORIES
from supervision.quality_drive.models import Honour, HonourCategory
from tests.drive_scenarios import drive_at_work
from tests.factories import CommitteeFactory, CommitteeMemberFactory, MeetingFactory, SchoolFactory
from tests.honour_scenarios import honour_awarded, honour_proposed, honour_released

pytestmark = pytest.mark.django_db
SECRET = "เหตุผลที่ยังไม่เผยแพร่"


@pytest.fixture
def drive(term, group_director):
    return drive_at_work(term, [], by=group_director)


@pytest.fixture
def proposed(drive, school, group_director):
    return honour_proposed(drive, school, by=group_director, reason=SECRET)


def url(name, drive):
    return reverse(name, args=[drive.academic_year.year])


def text(response):
    return response.content.decode()


# --- Categories ---


def test_categories_begin_with_samples_and_become_the_offices_own(login, group_director, drive):
    client = login(group_director)
    client.post(url("honour_category_samples", drive))
    assert drive.honour_categories.filter(is_sample=True).count() == len(SAMPLE_CATEGORIES)
    category = drive.honour_categories.first()
    facts = {"name": "โรงเรียนปลอดภัย", "criteria": "ไม่มีอุบัติเหตุ"}
    version = client.get(reverse("honour_category_edit", args=[category.pk])).context["form"]
    facts["version"] = version.stored_version
    client.post(reverse("honour_category_edit", args=[category.pk]), facts)
    category.refresh_from_db()
    assert (category.name, category.is_sample) == ("โรงเรียนปลอดภัย", False)
    again = client.post(url("honour_category_samples", drive))
    assert again.status_code == 409


def test_a_category_is_added_once(login, group_director, drive):
    client, facts = login(group_director), {"name": "ก", "criteria": "ข"}
    client.post(url("honour_category_add", drive), facts)
    page = client.post(url("honour_category_add", drive), facts)
    assert "มีประเภทรางวัลชื่อนี้แล้ว" in text(page)
    assert HonourCategory.objects.count() == 1


def test_criteria_stand_once_a_meeting_decided_by_them(proposed, group_director):
    actions.award_honour(proposed, by=group_director, meeting=MeetingFactory())
    with pytest.raises(ActionRefused, match="จึงแก้ไขเกณฑ์ไม่ได้"):
        actions.update_honour_category(proposed.category, name="ก", criteria="ข")


def test_criteria_by_which_was_decided_are_offered_no_more(login, group_director, drive, proposed):
    edit = reverse("honour_category_edit", args=[proposed.category_id])
    assert edit in text(login(group_director).get(url("drive_honours", drive)))
    actions.award_honour(proposed, by=group_director, meeting=MeetingFactory())
    assert edit not in text(login(group_director).get(url("drive_honours", drive)))


def test_a_category_goes_only_while_nobody_is_proposed(login, group_director, drive, proposed):
    client = login(group_director)
    address = reverse("honour_category_delete", args=[proposed.category_id])
    assert client.post(address).status_code == 409
    empty = actions.create_honour_category(drive, name="ว่าง", criteria="ก")
    client.post(reverse("honour_category_delete", args=[empty.pk]))
    assert not HonourCategory.objects.filter(pk=empty.pk).exists()


# --- Proposals ---


def test_a_school_is_proposed_with_its_reason(login, group_director, drive, school):
    category = actions.create_honour_category(drive, name="ก", criteria="ข")
    client, address = login(group_director), url("honour_propose", drive)
    facts = {"category": category.pk, "school": school.pk, "reason": "อ่านออกทุกคน"}
    page = text(client.post(address, facts | {"show": "yes"}))
    assert "ข้อมูลประกอบของโรงเรียนของเรา" in page
    assert "อ่านออกทุกคน" in page
    assert not Honour.objects.exists()
    honour_url = client.post(address, facts).url
    assert Honour.objects.get().get_absolute_url() == honour_url
    assert "เสนอชื่อโรงเรียนนี้ในประเภทนี้แล้ว" in text(client.post(address, facts))


@pytest.mark.parametrize(
    ("missing", "message"),
    [("reason", "โปรดกรอกเหตุผลที่ยกย่อง"), ("school", "โปรดเลือกโรงเรียน")],
)
def test_what_a_proposal_lacks_is_named(login, group_director, drive, school, missing, message):
    category = actions.create_honour_category(drive, name="ก", criteria="ข")
    facts = {"category": category.pk, "school": school.pk, "reason": "พิมพ์ไว้"} | {missing: ""}
    page = text(login(group_director).post(url("honour_propose", drive), facts))
    assert message in page
    assert not Honour.objects.exists()


def test_nobody_is_proposed_before_the_drive_is_endorsed(term, school, group_director):
    draft = drive_at_work(term, [], by=group_director, state=DriveState.DRAFT)
    with pytest.raises(ActionRefused, match="ยังไม่เห็นชอบ"):
        honour_proposed(draft, school, by=group_director)


def test_the_reason_is_put_right_and_the_log_keeps_the_old(login, group_director, proposed):
    client, address = login(group_director), reverse("honour_edit", args=[proposed.pk])
    version = client.get(address).context["form"].stored_version
    client.post(address, {"reason": "เขียนใหม่", "version": version})
    proposed.refresh_from_db()
    assert proposed.reason == "เขียนใหม่"
    assert f"เดิม: {SECRET}" in text(client.get(proposed.get_absolute_url()))
    lost = client.post(address, {"reason": "คนที่สอง", "version": version})
    assert "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์" in text(lost)


# --- What meetings decide ---


def resolve(client, address, meeting, rows, **more):
    facts = {"meeting": meeting.pk} | more
    for honour, choice, *reason in rows:
        facts |= {f"{honour.pk}-choice": choice, f"{honour.pk}-reason": "".join(reason)}
        facts[f"{honour.pk}-reason_read"] = version_token(honour.reason)
    return client.post(address, facts)


def test_a_meeting_decides_on_many_at_once(login, group_director, drive, proposed, other_school):
    other = honour_proposed(drive, other_school, by=group_director)
    client, address, meeting = login(group_director), url("honours_decide", drive), MeetingFactory()
    rows = [(proposed, "award"), (other, "decline", "ยังไม่ครบ 5 ด้าน")]
    asked = resolve(client, address, meeting, rows)
    assert "โรงเรียนอื่นและสาธารณะยังไม่เห็น" in text(asked)
    assert not Honour.objects.exclude(state=HonourState.PROPOSED).exists()
    resolve(client, address, meeting, rows, confirmed="yes")
    states = {one.pk: one.state for one in Honour.objects.all()}
    assert states == {proposed.pk: HonourState.AWARDED, other.pk: HonourState.DECLINED}
    page = text(client.get(meeting.get_absolute_url()))
    assert f"{proposed.school.short_name}: โรงเรียนคุณภาพ" in page


def test_a_reason_that_was_changed_is_read_before_it_is_decided(
    login, group_director, drive, proposed
):
    """It stood open on the page, and somebody put the reason right meanwhile."""
    read, client, address = (
        Honour.objects.get(),
        login(group_director),
        url("honours_decide", drive),
    )
    actions.update_honour_reason(proposed, by=group_director, reason="เหตุผลใหม่")
    page = resolve(client, address, MeetingFactory(), [(read, "award")], confirmed="yes")
    assert "มีผู้แก้ไขเหตุผลที่ยกย่อง" in text(page)
    assert "เหตุผลใหม่" in text(page)
    read.refresh_from_db()
    assert read.state == HonourState.PROPOSED
    assert version_token("เหตุผลใหม่") in text(page)


def test_who_takes_no_part_is_said_before_it_is_recorded(
    login, group_director, drive, proposed, school
):
    committee = CommitteeFactory()
    meeting = MeetingFactory(committee=committee)
    member = CommitteeMemberFactory(committee=committee, post="ผู้แทนผู้บริหาร")
    meeting.recusals.create(member=member, school=school, reason="ก")
    client = login(group_director)
    page = resolve(client, url("honours_decide", drive), meeting, [(proposed, "award")])
    assert "ไม่ร่วมพิจารณา" in text(page)


@pytest.mark.parametrize(
    ("choice", "reason", "message"),
    [("decline", "", "โปรดระบุเหตุผลที่ไม่ยกย่อง"), ("", "", "โปรดเลือกมติอย่างน้อย 1 รายการ")],
)
def test_nothing_is_recorded_unsaid(
    login, group_director, drive, proposed, choice, reason, message
):
    client, address = login(group_director), url("honours_decide", drive)
    rows = [(proposed, choice, reason)]
    page = resolve(client, address, MeetingFactory(), rows, confirmed="yes")
    assert message in text(page)
    proposed.refresh_from_db()
    assert proposed.state == HonourState.PROPOSED


@pytest.mark.parametrize("wrong", ["planned", "subcommittee", "none"])
def test_only_a_held_meeting_of_the_area_committee_decides(
    login, group_director, drive, proposed, cluster, wrong
):
    of_cluster = CommitteeFactory(kind=CommitteeKind.SUBCOMMITTEE, cluster=cluster)
    meeting = {
        "planned": lambda: MeetingFactory(number=7, planned=True),
        "subcommittee": lambda: MeetingFactory(committee=of_cluster),
        "none": lambda: MeetingFactory.build(pk=0),
    }[wrong]()
    client = login(group_director)
    rows = [(proposed, "award")]
    resolve(client, url("honours_decide", drive), meeting, rows, confirmed="yes")
    proposed.refresh_from_db()
    assert proposed.state == HonourState.PROPOSED
    if wrong != "none":
        with pytest.raises(ActionRefused):
            actions.award_honour(proposed, by=group_director, meeting=meeting)


def test_releasing_is_a_resolution_of_its_own(
    login, group_director, drive, proposed, client, school
):
    actions.award_honour(proposed, by=group_director, meeting=MeetingFactory())
    public = reverse("honoured_schools")
    assert school.name not in text(client.get(public))
    second = MeetingFactory(number=9)
    resolve(
        login(group_director),
        url("honours_release", drive),
        second,
        [(proposed, "release")],
        confirmed="yes",
    )
    proposed.refresh_from_db()
    assert (proposed.state, proposed.release_meeting) == (HonourState.RELEASED, second)
    page = text(client.get(public))
    assert school.name in page
    assert SECRET in page


def test_who_pressed_twice_reads_that_it_is_recorded(login, group_director, drive, proposed):
    client, address, meeting = login(group_director), url("honours_decide", drive), MeetingFactory()
    resolve(client, address, meeting, [(proposed, "award")], confirmed="yes")
    page = resolve(client, address, meeting, [(proposed, "award")], confirmed="yes")
    assert "ไม่มีรายการที่รอมติ" in text(page)
    assert Honour.objects.get().state == HonourState.AWARDED


def test_withdrawing_hides_it_and_revoking_ends_it(
    login, group_director, drive, school, school_director, client
):
    honour = honour_released(drive, school, by=group_director, reason=SECRET)
    office = login(group_director)
    withdraw = reverse("honour_withdraw", args=[honour.pk])
    assert "โปรดระบุเหตุผลที่ถอนการเผยแพร่" in text(office.post(withdraw, {"reason": ""}))
    office.post(withdraw, {"reason": "ชื่อรางวัลผิด"})
    assert SECRET not in text(client.get(reverse("honoured_schools")))
    assert login(school_director).get(honour.get_absolute_url()).status_code == 200
    meeting = MeetingFactory(number=8)
    facts = {"reason": "ข้อมูลคลาดเคลื่อน", "meeting": meeting.pk}
    office.post(reverse("honour_revoke", args=[honour.pk]), facts)
    honour.refresh_from_db()
    assert (honour.state, honour.revoke_meeting) == (HonourState.REVOKED, meeting)
    assert login(school_director).get(honour.get_absolute_url()).status_code == 404
    assert "เพิกถอน" in text(office.get(meeting.get_absolute_url()))


def test_an_open_meeting_leads_to_the_tables(login, group_director, proposed, drive):
    meeting = MeetingFactory(number=7, open=True)
    page = text(login(group_director).get(meeting.get_absolute_url()))
    assert f"{url('honours_decide', drive)}?meeting={meeting.pk}" in page
    assert url("honours_release", drive) not in page


# --- Who learns of it ---


@pytest.mark.parametrize(
    "who",
    ["outsider_director", "clerk", "subcommittee_member", "cluster_chair", "administrator"],
)
@pytest.mark.parametrize("made", [honour_proposed, honour_awarded])
def test_what_no_meeting_released_stays_inside_the_office(
    request, login, drive, school, group_director, who, made
):
    honour = made(drive, school, by=group_director, reason=SECRET)
    person = request.getfixturevalue(who)
    client = login(person)
    assert client.get(honour.get_absolute_url()).status_code == 404
    pages = [url("drive_honours", drive), reverse("honoured_schools"), reverse("home")]
    pages.append(reverse("notices"))
    if honour.award_meeting:
        pages.append(honour.award_meeting.get_absolute_url())
    for address in pages:
        page = text(client.get(address, follow=True))
        assert SECRET not in page
        assert honour.get_absolute_url() not in page
    assert all(SECRET not in row.line_text for row in news_of(person, (), since=None)[0])


@pytest.mark.parametrize("who", ["school_director", "academic_teacher"])
def test_a_school_hears_of_its_own_award_and_never_of_its_proposal(
    request, login, drive, school, group_director, who
):
    person = request.getfixturevalue(who)
    proposed = honour_proposed(drive, school, by=group_director, category="ก", reason=SECRET)
    listing = url("drive_honours", drive)
    assert SECRET not in text(login(person).get(listing))
    assert login(person).get(proposed.get_absolute_url()).status_code == 404
    assert not news_of(person, (), since=None)[0]
    awarded = honour_awarded(drive, school, by=group_director, category="ข")
    assert awarded.get_absolute_url() in text(login(person).get(listing))
    [row] = news_of(person, (), since=None)[0]
    assert row.url == awarded.get_absolute_url()


def test_a_declined_school_never_learns_that_it_was_proposed(
    login, drive, proposed, school_director, group_director
):
    actions.decline_honour(proposed, by=group_director, meeting=MeetingFactory(), reason=SECRET)
    page = text(login(school_director).get(url("drive_honours", drive)))
    assert SECRET not in page
    assert not news_of(school_director, (), since=None)[0]


def test_the_public_page_tells_nothing_but_what_was_released(client, drive, school, group_director):
    honour_released(drive, school, by=group_director, category="ประเภทหนึ่ง", reason="เหตุผลหนึ่ง")
    other = SchoolFactory(name="โรงเรียนที่สอง")
    honour_awarded(drive, other, by=group_director, category="ประเภทสอง", reason=SECRET)
    page = text(client.get(reverse("honoured_schools")))
    assert "เหตุผลหนึ่ง" in page
    for hidden in (SECRET, "ประเภทสอง", other.name, "ลำดับ"):
        assert hidden not in page


def test_pages_ask_the_same_whatever_the_number_of_schools(
    login, group_director, drive, proposed, client, django_assert_max_num_queries
):
    office = login(group_director)
    for name in ("drive_honours", "honours_decide"):
        address = url(name, drive)
        with django_assert_max_num_queries(15) as few:
            office.get(address)
        for at in range(3):
            honour_proposed(drive, SchoolFactory(), by=group_director, category=f"{name}{at}")
        with django_assert_max_num_queries(len(few)):
            office.get(address)


# --- What nobody's page sends ---


@pytest.mark.parametrize("typed", ["²", "9" * 5000, "-1", "abc", "\x00"])
def test_a_school_of_no_key_is_no_error(login, group_director, drive, typed):
    client, address = login(group_director), url("honour_propose", drive)
    for page in (client.get(address, {"school": typed}), client.post(address, {"show": typed})):
        assert page.status_code == 200
        assert page.context["facts"] is None
    sent = client.post(address, {"school": typed, "show": "1"})
    assert (sent.status_code, sent.context["facts"]) == (200, None)

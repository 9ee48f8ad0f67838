"""Exchange events, practices of similar schools, and study requests between schools."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.errors import ActionRefused
from schools.core.thai import numeric_date
from schools.enums import Role
from schools.models import School
from supervision.calendar.feeds import build_calendar_feed
from supervision.notices.news import news_of
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.programmes.models import Forum
from supervision.quality_drive.exchange import event_actions, request_actions
from supervision.quality_drive.models import DriveIndicator, ExchangeEvent, StudyRequest, Takeaway
from tests import scenarios
from tests.cooperation_scenarios import exchange_event_begun, study_request_sent
from tests.drive_scenarios import drive_at_work
from tests.factories import ForumFactory, NetworkMemberFactory, RoundFactory, SchoolFactory
from tests.form_data import page_form_data
from tests.personas import user_with_role
from tests.school_facts import CircumstanceFactory
from tests.supervision.quality_drive.ranked_area import indicators_of, set_of_five


def typed_day(days=0):
    return numeric_date(timezone.localdate() + timedelta(days=days))


@pytest.fixture
def drive(term, group_director):
    return drive_at_work(term, [], by=group_director)


@pytest.fixture
def practice(other_school, term, supervisor, outsider_director, group_director, area_director):
    """A published practice of the other school."""
    round_ = RoundFactory(school=other_school, term=term)
    people = {"supervisor": supervisor, "group_director": group_director}
    scenarios.round_until_summary_agreed(round_, director=outsider_director, **people)
    found = scenarios.practice_selected(round_, title="มุมอ่านคละชั้น", **people)
    scenarios.report_published(round_, by=group_director, signer=area_director)
    return found


# --- Exchange events ---


def test_a_forum_is_planned_as_the_drives_own(login, group_director, drive):
    client = login(group_director)
    url = reverse("exchange_event_plan", args=[drive.academic_year.year])
    sent = {"title": "เปิดบ้าน", "programme": "เล่าเรื่อง", "place": "หอประชุม"}
    page = client.post(url, sent | {"starts_on": typed_day()}, follow=True).content.decode()
    assert "เปิดบ้าน" in page
    again = client.post(url, sent | {"starts_on": typed_day()}).content.decode()
    assert "อยู่แล้ว โปรดแก้ไขเวทีนั้น" in again
    assert ExchangeEvent.objects.get().forum == Forum.objects.get()


def test_a_forum_on_record_is_chosen_once_and_may_be_taken_out(login, group_director, drive):
    forum, client = ForumFactory(), login(group_director)
    url = reverse("exchange_event_add", args=[drive.academic_year.year])
    client.post(url, {"forum": forum.pk})
    event = ExchangeEvent.objects.get()
    assert "โปรดเลือกเวทีวิชาการ" in client.post(url, {"forum": forum.pk}).content.decode()
    with pytest.raises(ActionRefused, match="อยู่แล้ว"):
        event_actions.choose_exchange_event(drive, forum)
    client.post(reverse("exchange_event_remove", args=[event.pk]))
    assert not ExchangeEvent.objects.exists()
    assert Forum.objects.filter(pk=forum.pk).exists()


def test_a_school_writes_what_it_took_home_and_nobody_else_reads_it(
    login, school_director, outsider_director, supervisor, group_director, drive, school
):
    event = exchange_event_begun(drive, by=group_director)
    client, url = login(school_director), reverse("takeaway_add", args=[event.pk, school.pk])
    client.post(url, {"text": "ฝึกอ่านเช้า", "try_by": typed_day(30)})
    takeaway = Takeaway.objects.get()
    page = event.get_absolute_url()
    for reader, reads in ((school_director, True), (supervisor, True), (outsider_director, False)):
        assert ("ฝึกอ่านเช้า" in login(reader).get(page).content.decode()) is reads
    edit = reverse("takeaway_edit", args=[takeaway.pk])
    assert login(outsider_director).get(edit).status_code == 404
    assert login(supervisor).get(edit).status_code == 403
    client.post(edit, page_form_data(client, edit, text="ฝึกอ่านทุกวัน"))
    takeaway.refresh_from_db()
    assert takeaway.text == "ฝึกอ่านทุกวัน"
    remove = reverse("exchange_event_remove", args=[event.pk])
    assert login(group_director).post(remove).status_code == 409


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"text": ""}, "โปรดกรอกสิ่งที่ได้เรียนรู้"),
        ({"try_by": "1/1/2026"}, "พ.ศ."),
        ({"try_by": "1/1/2560"}, "ต้องไม่ก่อนวันที่จัดเวที"),
        ({"text": "ถาม 081 234 5678"}, "ไม่เก็บเบอร์โทรศัพท์"),
    ],
)
def test_a_takeaway_says_what_is_wrong(
    login, school_director, group_director, drive, school, typed, message
):
    event = exchange_event_begun(drive, by=group_director)
    url = reverse("takeaway_add", args=[event.pk, school.pk])
    page = login(school_director).post(url, {"text": "ฝึกอ่าน"} | typed).content.decode()
    assert message in page
    assert not Takeaway.objects.exists()


def test_nothing_is_taken_home_before_the_day(
    login, school_director, group_director, drive, school
):
    event = exchange_event_begun(drive, by=group_director, days=2)
    url = reverse("takeaway_add", args=[event.pk, school.pk])
    assert login(school_director).post(url, {"text": "ก"}).status_code == 409


# --- Practices of similar schools ---


def similar_url(drive, school):
    return reverse("similar_schools", args=[drive.academic_year.year, school.pk])


def test_a_school_finds_practices_of_schools_like_it(
    login, school_director, drive, school, other_school, practice
):
    client, url = login(school_director), similar_url(drive, school)
    assert client.get(url).context["page"].object_list == []
    for one in (school, other_school):
        CircumstanceFactory(school=one, kind=CircumstanceKind.MIXED_CLASSES, detail="ป.1-2")
    [found] = client.get(url).context["page"].object_list
    assert (found.practice.pk, found.reasons) == (practice.pk, ("คละชั้น",))
    assert "ขอไปศึกษาดูงาน" in client.get(url).content.decode()
    School.objects.filter(pk=other_school.pk).update(closed_on=timezone.localdate())
    assert client.get(url).context["page"].object_list == []


def test_what_the_office_says_of_a_practice_is_a_reason(
    login, school_director, group_director, supervisor, drive, school, other_school, practice
):
    for one in (school, other_school):
        CircumstanceFactory(school=one, kind=CircumstanceKind.MIXED_CLASSES, detail="ป.1-2")
    url = reverse("practice_dimensions", args=[drive.academic_year.year, practice.pk])
    assert login(supervisor).post(url, {"codes": ["Q3"]}).status_code == 403
    login(group_director).post(url, {"codes": ["Q3", "Q1"]})
    login(group_director).post(url, {"codes": ["Q3"]})
    assert [one.code for one in practice.quality_dimensions.all()] == ["Q3"]
    client = login(school_director)
    [plain] = client.get(similar_url(drive, school)).context["page"].object_list
    [weak] = client.get(similar_url(drive, school), {"weak": "Q3"}).context["page"].object_list
    assert (plain.reasons, weak.reasons) == (("คละชั้น",), ("คละชั้น", "ตอบด้านห้องเรียนคุณภาพ"))


def test_the_box_of_a_schools_page_begins_with_what_answers_its_weakest_dimension(
    login, school_director, supervisor, term, school, other_school, practice
):
    indicator_set = set_of_five()
    drive = drive_at_work(term, indicators_of(indicator_set), by=supervisor)
    for one in (school, other_school):
        CircumstanceFactory(school=one, kind=CircumstanceKind.MIXED_CLASSES, detail="ป.1-2")
    practice.quality_dimensions.create(code="Q3")
    round_ = RoundFactory(school=school, term=term, indicator_sets=[indicator_set])
    visit = scenarios.visit_signed(round_, by=supervisor, level=4)
    weak = DriveIndicator.objects.get(dimension__code="Q3").indicator
    visit.sheet.answers.filter(indicator=weak).update(level=2)
    url = reverse("school_drive_lessons", args=[drive.academic_year.year, school.pk])
    page = login(school_director).get(url).content.decode()
    assert "ตอบด้านห้องเรียนคุณภาพ" in page
    assert f"{similar_url(drive, school)}?weak=Q3" in page


def test_another_schools_scores_change_nothing(
    login, school_director, drive, school, other_school, practice, term
):
    """The page is the same however the other school was judged: nobody asks it."""
    for one in (school, other_school):
        CircumstanceFactory(school=one, kind=CircumstanceKind.MIXED_CLASSES, detail="ป.1-2")
    client, url = login(school_director), similar_url(drive, school)
    before = [one.reason for one in client.get(url).context["page"]]
    practice.round.visits.get().sheet.answers.update(level=1)
    assert [one.reason for one in client.get(url).context["page"]] == before


def test_the_page_asks_little(
    login, school_director, drive, school, practice, django_assert_max_num_queries
):
    client, url = login(school_director), similar_url(drive, school)
    client.get(url)
    with django_assert_max_num_queries(15):
        client.get(url)


# --- Study requests ---


@pytest.fixture
def sent(drive, school, school_director, practice):
    return study_request_sent(drive, school, practice, by=school_director)


def test_a_visit_is_asked_for_arranged_and_written_down(
    login, school_director, outsider_director, supervisor, drive, school, other_school, practice
):
    asker = login(school_director)
    url = reverse("study_request_add", args=[drive.academic_year.year, school.pk])
    page = asker.get(url, {"practice": practice.pk})
    assert page.context["form"]["practice"].value() == str(practice.pk)
    asker.post(url, {"kind": "visit", "practice": practice.pk, "text": "อยากเห็นการจัดชั้น"})
    request = StudyRequest.objects.get()
    host = login(outsider_director)
    assert host.get(request.get_absolute_url()).status_code == 404
    arrange = reverse("study_request_arrange", args=[request.pk])
    typed = {"arranged_on": typed_day(5), "arrangement": "ถึง 09.00 น."}
    office = login(supervisor)
    assert "โปรดประสานผู้รับก่อน" in office.post(arrange, typed).content.decode()
    office.post(arrange, typed | {"is_agreed": "on"})
    read = host.get(request.get_absolute_url()).content.decode()
    assert "09.00" in read
    assert school.name in read
    assert "อยากเห็นการจัดชั้น" not in read
    assert host.get(arrange).status_code == 403
    listed = host.get(reverse("study_requests", args=[drive.academic_year.year]))
    assert "อยากเห็นการจัดชั้น" not in listed.content.decode()
    finish = reverse("study_request_finish", args=[request.pk])
    assert "จึงยังบันทึก" in asker.post(finish, {"learned": "ก"}).content.decode()
    StudyRequest.objects.update(arranged_on=timezone.localdate())
    asker.post(finish, {"learned": "จัดมุมอ่าน"})
    request.refresh_from_db()
    assert request.state == "done"
    assert "จัดมุมอ่าน" not in host.get(request.get_absolute_url()).content.decode()


def test_a_declined_visit_tells_the_host_that_it_is_off_and_not_why(
    login, supervisor, school_director, outsider_director, sent
):
    days = timezone.localdate() + timedelta(days=3)
    request_actions.arrange_study_request(sent, by=supervisor, arranged_on=days, arrangement="ก")
    url = reverse("study_request_decline", args=[sent.pk])
    office = login(supervisor)
    assert "โปรดระบุเหตุผล" in office.post(url, {"reason": ""}).content.decode()
    office.post(url, {"reason": "ถนนขาด"})
    assert "ถนนขาด" in login(school_director).get(sent.get_absolute_url()).content.decode()
    read = login(outsider_director).get(sent.get_absolute_url()).content.decode()
    assert "ยกเลิกนัดหมาย" in read
    assert "ถนนขาด" not in read


def test_the_host_hears_of_the_appointment_and_that_it_is_off_and_no_more(
    supervisor, school_director, outsider_director, academic_teacher, sent
):
    assert news_of_request(sent, outsider_director) == []
    day = timezone.localdate() + timedelta(days=3)
    request_actions.arrange_study_request(sent, by=supervisor, arranged_on=day, arrangement="ก")
    [arranged] = news_of_request(sent, outsider_director)
    assert arranged.subject == "ของเรา: นัดหมายกับโรงเรียนของคุณ (ศึกษาดูงานและพี่เลี้ยง)"
    request_actions.withdraw_study_request(sent, by=school_director)
    [off, _] = news_of_request(sent, outsider_director)
    assert off.subject == "ของเรา: ยกเลิกนัดหมายกับโรงเรียนของคุณ (ศึกษาดูงานและพี่เลี้ยง)"
    assert {off.by, arranged.by} == {"กลุ่มนิเทศฯ"}
    assert news_of_request(sent, academic_teacher)[0].title == "ถอนคำขอ"


def news_of_request(request, person):
    return [
        one for one in news_of(person, (), since=None)[0] if one.url == request.get_absolute_url()
    ]


def test_who_is_no_host_hears_nothing_of_a_request(supervisor, sent):
    third = user_with_role(Role.SCHOOL_DIRECTOR, "third_director", school=SchoolFactory())
    day = timezone.localdate() + timedelta(days=3)
    request_actions.arrange_study_request(sent, by=supervisor, arranged_on=day, arrangement="ก")
    assert not news_of(third, (), since=None)[0]


def test_a_request_that_was_never_arranged_stays_unknown_to_the_host(
    login, supervisor, school_director, outsider_director, drive, sent
):
    listing = reverse("study_requests", args=[drive.academic_year.year])
    assert login(outsider_director).get(listing).context["rows"] == []
    login(school_director).post(reverse("study_request_withdraw", args=[sent.pk]))
    sent.refresh_from_db()
    assert sent.state == "withdrawn"
    assert login(outsider_director).get(sent.get_absolute_url()).status_code == 404


def test_a_mentor_is_asked_for_by_post_or_left_to_the_office(
    login, school_director, drive, school, other_school
):
    member = NetworkMemberFactory(school=other_school)
    own = NetworkMemberFactory(school=school)
    client = login(school_director)
    url = reverse("study_request_add", args=[drive.academic_year.year, school.pk])
    offered = client.get(url, {"kind": "mentor"}).context["form"].fields["member"].queryset
    assert (member in offered, own in offered) == (True, False)
    client.post(url, {"kind": "mentor", "member": member.pk, "text": "ก"})
    client.post(url, {"kind": "mentor", "text": "ข"})
    assert {one.member for one in StudyRequest.objects.all()} == {member, None}


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"practice": ""}, "โปรดเลือกผลงานที่ขอไปศึกษา"),
        ({"text": ""}, "โปรดกรอกสิ่งที่ต้องการเรียนรู้"),
        ({"preferred_on": "1/1/2026"}, "พ.ศ."),
        ({"preferred_on": "1/1/2569"}, "ผ่านไปแล้ว"),
        ({"kind": "other"}, "โปรดเลือกคำขอจากรายการ"),
    ],
)
def test_a_request_says_what_is_wrong(
    login, school_director, drive, school, practice, typed, message
):
    url = reverse("study_request_add", args=[drive.academic_year.year, school.pk])
    fields = {"kind": "visit", "practice": practice.pk, "text": "ก"}
    page = login(school_director).post(url, fields | typed).content.decode()
    assert message in page
    assert not StudyRequest.objects.exists()


def test_the_same_request_twice_is_one(login, school_director, drive, school, sent, practice):
    url = reverse("study_request_add", args=[drive.academic_year.year, school.pk])
    fields = {"kind": "visit", "practice": practice.pk, "text": "ก"}
    assert "ส่งคำขอเรื่องนี้ไว้แล้ว" in login(school_director).post(url, fields).content.decode()
    assert StudyRequest.objects.count() == 1


def test_only_those_in_charge_arrange_and_only_the_school_asks(
    login, other_supervisor, area_director, outsider_director, drive, school, sent
):
    arrange = reverse("study_request_arrange", args=[sent.pk])
    assert login(other_supervisor).get(arrange).status_code == 403
    assert login(area_director).get(arrange).status_code == 403
    add = reverse("study_request_add", args=[drive.academic_year.year, school.pk])
    assert login(area_director).get(add).status_code == 403
    assert login(outsider_director).get(add).status_code == 404


def test_both_schools_have_it_in_their_calendars_once_arranged(
    login, supervisor, school_director, outsider_director, sent
):
    people = (school_director, outsider_director, supervisor)
    assert all("ศึกษาดูงาน".encode() not in build_calendar_feed(one) for one in people)
    today = timezone.localdate()
    request_actions.arrange_study_request(sent, by=supervisor, arranged_on=today, arrangement="ก")
    for one in people:
        page = login(one).get(reverse("calendar"), {"view": "list"}).content.decode()
        assert "ศึกษาดูงาน ของเรา ที่อื่น" in page
        assert b"study-visit-" in build_calendar_feed(one)


def test_a_mentor_from_elsewhere_stands_in_the_calendar_by_post(
    login, supervisor, school_director, drive, school
):
    mentor = NetworkMemberFactory(school=None, organisation="สหกรณ์ตัวอย่าง", subject="การเกษตร")
    sent = request_actions.send_study_request(
        drive, school, by=school_director, text="ก", member=mentor
    )
    today = timezone.localdate()
    request_actions.arrange_study_request(sent, by=supervisor, arranged_on=today, arrangement="ก")
    page = login(school_director).get(reverse("calendar"), {"view": "list"}).content.decode()
    assert "ศึกษาดูงาน ของเรา" in page
    assert str(mentor) in page


def test_the_school_hears_that_its_visit_is_arranged_and_the_host_hears_no_news(
    login, supervisor, school_director, outsider_director, sent
):
    today = timezone.localdate()
    request_actions.arrange_study_request(sent, by=supervisor, arranged_on=today, arrangement="ก")
    assert "นัดหมายให้" in login(school_director).get(reverse("notices")).content.decode()
    assert "นัดหมายให้" not in login(outsider_director).get(reverse("notices")).content.decode()


def test_the_list_asks_the_same_for_one_and_for_three(
    login, group_director, school_director, drive, school, sent, django_assert_max_num_queries
):
    client, url = login(group_director), reverse("study_requests", args=[drive.academic_year.year])
    client.get(url)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    most = len(few)
    for one in SchoolFactory.create_batch(2):
        study_request_sent(drive, one, sent.practice, by=school_director)
    with django_assert_max_num_queries(most):
        assert len(client.get(url).context["rows"]) == 3

import re
from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from supervision.calendar.feeds import create_calendar_feed
from supervision.calendar.models import CalendarFeed
from supervision.special_days.enums import SpecialDayKind
from supervision.special_days.models import SpecialDay
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory, StepDeadlineFactory

CALENDAR = "calendar"


@pytest.fixture
def planned(round_, supervisor):
    return visits.plan_visit(
        round_,
        by=supervisor,
        visit_on=timezone.localdate(),
        starts_at=time(9, 30),
        purpose="นิเทศประจำภาคเรียน",
        leader=supervisor,
    )


def page_of(client, **asked):
    return client.get(reverse(CALENDAR), asked)


# --- The page ---


def test_a_day_of_many_visits_leads_to_its_week(login, group_director, cluster, term):
    for _ in range(6):
        visited = RoundFactory(term=term, school=SchoolFactory(cluster=cluster))
        facts = {"visit_on": timezone.localdate(), "purpose": "ก", "leader": group_director}
        visits.plan_visit(visited, by=group_director, **facts)
    client = login(group_director)
    month = page_of(client, who="all").content.decode()
    [week] = set(re.findall(r'href="([^"]*)">อีก 2 รายการ', month))
    shown = client.get(f"{reverse(CALENDAR)}{week.replace('&amp;', '&')}")
    today = next(day for day in shown.context["days"] if day.is_today)
    assert (len(today.entries), today.more) == (6, 0)


@pytest.mark.parametrize("view", ["month", "week", "list"])
def test_a_planned_visit_stands_on_its_day(login, supervisor, planned, view):
    page = page_of(login(supervisor), view=view)
    assert "นิเทศ ของเรา" in page.content.decode()
    today = next(day for day in page.context["days"] if day.is_today)
    assert [entry.url for entry in today.entries] == [planned.get_absolute_url()]


def test_a_supervisor_sees_their_own_first_and_all_when_asked(
    login, supervisor, other_supervisor, planned
):
    SchoolFactory(cluster=other_supervisor.appointments.get().cluster)
    client = login(other_supervisor)
    assert page_of(client).context["is_empty"]
    assert not page_of(client, who="all").context["is_empty"]
    assert not page_of(client, who=f"person-{supervisor.pk}").context["is_empty"]


def test_a_cluster_has_its_calendar(login, group_director, cluster, other_school, planned):
    other = other_school.memberships.get().cluster_id
    client = login(group_director)
    assert not page_of(client, who=f"cluster-{cluster.pk}").context["is_empty"]
    assert page_of(client, who=f"cluster-{other}").context["is_empty"]


def test_a_school_sees_its_own_planned_visits_only(
    login, school_director, outsider_director, planned
):
    assert not page_of(login(school_director)).context["is_empty"]
    outside = page_of(login(outsider_director), who="all")
    assert outside.context["is_empty"]
    assert "ของเรา" not in outside.content.decode()


def test_a_cancelled_visit_leaves_the_calendar(login, supervisor, planned):
    visits.cancel_visit(planned, by=supervisor, reason="ถนนขาด")
    assert page_of(login(supervisor)).context["is_empty"]


def test_a_visit_whose_new_version_was_called_off_stays(login, supervisor, school_director, round_):
    visit = scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    amended = visits.revise_visit(visit, by=supervisor, reason="คลาดเคลื่อน")
    assert entries_of(page_of(login(school_director))) == [amended.get_absolute_url()]
    visits.cancel_visit(amended, by=supervisor, reason="ไม่ต้องแก้แล้ว")
    assert entries_of(page_of(login(school_director))) == [visit.get_absolute_url()]


def entries_of(page):
    return [entry.url for day in page.context["days"] for entry in day.entries]


def test_marked_days_are_shown_to_all(login, school_director, round_):
    today = timezone.localdate()
    SpecialDay.objects.create(
        name="สอบ NT", kind=SpecialDayKind.TEST, starts_on=today, ends_on=today + timedelta(days=1)
    )
    assert "สอบ NT" in page_of(login(school_director)).content.decode()


def test_today_is_told_even_when_it_is_empty(login, supervisor, round_):
    text = login(supervisor).get(reverse("calendar")).content.decode()
    (today,) = re.findall(r'<li class="panel" id="today">.*?</li>', text, re.DOTALL)
    assert "วันนี้" in today
    assert "ไม่มีนัดหมาย" in today


@pytest.mark.parametrize(
    "asked", ["day=x", "day=9999-12-31", "day=0001-01-01", "view=x", "who=person-999999", "who=ก"]
)
def test_what_is_not_understood_shows_this_month(login, supervisor, planned, asked):
    response = login(supervisor).get(f"{reverse(CALENDAR)}?{asked}")
    assert response.status_code == 200


def test_months_are_turned(login, supervisor, planned):
    client = login(supervisor)
    after = page_of(client).context["after"]
    assert page_of(client, day=after.isoformat()).context["around"] == after


def test_the_calendar_asks_as_little_for_many(
    login, supervisor, cluster, term, planned, django_assert_max_num_queries
):
    client = login(supervisor)
    page_of(client)
    with django_assert_max_num_queries(15) as few:
        page_of(client)
    for _ in range(3):
        scenarios.visit_planned(
            RoundFactory(school=SchoolFactory(cluster=cluster), term=term), by=supervisor
        )
    with django_assert_max_num_queries(len(few)):
        page_of(client)


def test_the_choice_shows_whose_calendar_it_is(login, group_director, supervisor, school, planned):
    for person, chosen in ((group_director, "all"), (supervisor, "mine")):
        page = page_of(login(person))
        assert page.context["form"].chosen == chosen
        assert f'<option value="{chosen}" selected>' in page.content.decode()


def test_a_schools_own_calendar_has_the_visits_to_it(login, school_director, planned):
    assert not page_of(login(school_director), who="mine").context["is_empty"]


def test_another_persons_calendar_shows_no_advice_of_ones_own(
    login, round_, supervisor, other_supervisor, school_director, group_director
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    scenarios.visit_planned(RoundFactory(term=round_.term), by=other_supervisor)
    due = round_.recommendations.get().due_on.isoformat()
    client = login(supervisor)
    mine = page_of(client, who="mine", view="week", day=due)
    theirs = page_of(client, who=f"person-{other_supervisor.pk}", view="week", day=due)
    assert (mine.context["is_empty"], theirs.context["is_empty"]) == (False, True)


def test_a_school_that_leaves_a_cluster_later_is_still_in_it(
    login, group_director, cluster, school, planned
):
    school.memberships.update(ends_on=timezone.localdate() + timedelta(days=30))
    assert not page_of(login(group_director), who=f"cluster-{cluster.pk}").context["is_empty"]


def test_the_last_day_of_a_survey_stands_in_the_calendar(login, school_director, campaign):
    type(campaign).objects.update(closes_on=timezone.localdate())
    assert "ครบกำหนดแบบสำรวจ" in page_of(login(school_director)).content.decode()


@pytest.mark.parametrize(
    ("days", "sign"),
    [(-1, ("idle", "ครบกำหนดแล้ว")), (0, ("idle", "ครบกำหนด")), (1, ("idle", "ครบกำหนด"))],
)
def test_a_day_of_the_plan_is_told_as_such_before_and_after(
    login, supervisor, campaign, days, sign
):
    due = timezone.localdate() + timedelta(days=days)
    type(campaign).objects.update(closes_on=due)
    StepDeadlineFactory(term=campaign.term, step=1, due_on=due)
    page = page_of(login(supervisor), view="week", day=due.isoformat())
    found = [entry for day in page.context["days"] for entry in day.entries]
    assert [(entry.kind, entry.word) for entry in found] == [sign] * 2


# --- The feed ---


@pytest.mark.parametrize("name", ["administrator", "cluster_chair"])
def test_who_sees_no_school_is_not_offered_a_calendar_for_the_phone(login, name, request):
    client = login(request.getfixturevalue(name))
    offered = {item["url"] for item in client.get("/todos/").context["nav"]}
    assert reverse(CALENDAR) not in offered
    assert client.get(reverse("calendar_feed_settings")).status_code == 403
    assert client.post(reverse("calendar_feed_open")).status_code == 403
    assert not CalendarFeed.objects.exists()


def test_the_feed_is_the_same_by_whatever_host_it_is_read(login, settings, supervisor, planned):
    settings.ALLOWED_HOSTS = ["testserver", "old-name.example"]
    settings.SITE_URL = "https://nithet.example"
    feed, client = create_calendar_feed(by=supervisor), login(supervisor)
    address = f"https://nithet.example{reverse('calendar_feed', args=[feed.token])}"
    for host in settings.ALLOWED_HOSTS:
        client.defaults["HTTP_HOST"] = host
        (event,) = events(client, feed)
        assert event["UID"] == f"visit-{planned.round_id}-{planned.number}@nithet.example"
        assert event["URL"] == f"https://nithet.example{planned.get_absolute_url()}"
        assert client.get(reverse("calendar_feed_settings")).context["address"] == address


def events(client, feed):
    return Calendar.from_ical(ics(client, feed).content).walk("VEVENT")


def test_the_feed_is_read_as_the_standard_says(client, supervisor, planned):
    content = ics(client, create_calendar_feed(by=supervisor)).content
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    calendar = Calendar.from_ical(content)
    assert [zone["TZID"] for zone in calendar.walk("VTIMEZONE")] == ["Asia/Bangkok"]
    (event,) = calendar.walk("VEVENT")
    starts = event["DTSTART"].dt
    assert (starts.date(), starts.time()) == (timezone.localdate(), time(9, 30))
    assert starts.utcoffset() == timedelta(hours=7)
    assert event["URL"].endswith(planned.get_absolute_url())


def test_a_visit_without_a_time_takes_the_day(client, round_, supervisor):
    visit = scenarios.visit_planned(round_, by=supervisor)
    (event,) = events(client, create_calendar_feed(by=supervisor))
    assert event["DTSTART"].dt == visit.visit_on
    assert event["DTEND"].dt == visit.visit_on + timedelta(days=1)


def test_a_school_reads_the_visits_to_it_and_no_others(
    client, school_director, outsider_director, planned
):
    (event,) = events(client, create_calendar_feed(by=school_director))
    assert event["SUMMARY"] == "นิเทศ ของเรา"
    assert events(client, create_calendar_feed(by=outsider_director)) == []


def test_a_cancelled_visit_leaves_the_feed(client, supervisor, planned):
    feed = create_calendar_feed(by=supervisor)
    visits.cancel_visit(planned, by=supervisor, reason="ถนนขาด")
    assert events(client, feed) == []


def test_a_visit_keeps_its_name_in_the_feed_when_postponed_or_revised(
    client, round_, supervisor, school_director
):
    feed = create_calendar_feed(by=supervisor)
    visit = scenarios.visit_planned(round_, by=supervisor)
    (before,) = events(client, feed)
    visits.postpone_visit(
        visit, by=supervisor, reason="ฝนตก", visit_on=timezone.localdate() + timedelta(days=1)
    )
    (postponed,) = events(client, feed)
    visits.cancel_visit(visit, by=supervisor, reason="ถนนขาด")
    signed = scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    (read,) = events(client, feed)
    visits.revise_visit(signed, by=supervisor, reason="พิมพ์ผิด")
    (amended,) = events(client, feed)
    assert before["UID"] == postponed["UID"] != read["UID"] == amended["UID"]


def test_due_advice_is_in_the_feed_of_who_follows_it(
    client, round_, supervisor, school_director, group_director
):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    advice = round_.recommendations.get()
    for person in (supervisor, school_director):
        found = events(client, create_calendar_feed(by=person))
        (due,) = [event for event in found if event["UID"].startswith("advice-")]
        assert due["DTSTART"].dt == advice.due_on
        assert advice.text not in due.to_ical().decode()


def ics(client, feed):
    return client.get(reverse("calendar_feed", args=[feed.token]))


def test_a_phone_reads_the_persons_own_visits(client, supervisor, other_supervisor, planned):
    text = ics(client, create_calendar_feed(by=supervisor)).content.decode()
    assert "SUMMARY:นิเทศ ของเรา" in text
    assert "T093000" in text
    assert "นิเทศประจำภาคเรียน" not in text
    other = ics(client, create_calendar_feed(by=other_supervisor)).content.decode()
    assert "SUMMARY" not in other


def test_a_new_address_ends_the_old_one(login, client, supervisor, planned):
    old = create_calendar_feed(by=supervisor)
    login(supervisor).post(reverse("calendar_feed_open"))
    assert ics(client, old).status_code == 404
    new = CalendarFeed.objects.get()
    page = login(supervisor).get(reverse("calendar_feed_settings")).content.decode()
    assert new.token in page
    assert ics(client, new).status_code == 200
    login(supervisor).post(reverse("calendar_feed_close"))
    assert ics(client, new).status_code == 404


def test_a_closed_account_is_not_read(client, supervisor, planned):
    feed = create_calendar_feed(by=supervisor)
    supervisor.is_active = False
    supervisor.save()
    assert ics(client, feed).status_code == 404


def test_who_left_the_appointment_reads_no_school(client, supervisor, planned):
    feed = create_calendar_feed(by=supervisor)
    supervisor.appointments.update(ends_on=timezone.localdate() - timedelta(days=1))
    assert "SUMMARY" not in ics(client, feed).content.decode()

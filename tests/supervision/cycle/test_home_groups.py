"""Home stands under headings: today with its hours, this week, overdue, the rest."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from schools.models import Term
from supervision.visits import actions as visits
from tests import scenarios
from tests.factories import RoundFactory, SchoolFactory, StepDeadlineFactory

pytestmark = pytest.mark.django_db
WEDNESDAY = datetime(2026, 11, 25, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def on_a_wednesday():
    with time_machine.travel(WEDNESDAY, tick=False):
        yield


def day(days):
    return timezone.localdate() + timedelta(days=days)


def groups(client):
    found = client.get("/todos/").context["home"].groups
    return [(heading, [(one.word, one.title) for one in items]) for heading, items in found]


def ready(name, term, cluster, by):
    round_ = RoundFactory(school=SchoolFactory(name=f"โรงเรียน{name}", cluster=cluster), term=term)
    scenarios.needs_submitted(round_, by=by)
    scenarios.self_assessment_confirmed(round_, by=by)
    return round_


def plan(round_, by, days, at=None):
    facts = {"visit_on": day(days), "purpose": "นิเทศ", "leader": by, "starts_at": at}
    return visits.plan_visit(round_, by=by, **facts)


def test_todays_planned_visits_come_first_by_their_hour(login, term, cluster, supervisor):
    afternoon, morning, friday, monday, late = (
        ready(name, term, cluster, supervisor) for name in ("บ่าย", "เช้า", "ศุกร์", "จันทร์", "ช้า")
    )
    scenarios.backdate_rounds(25)
    late.self_assessments.update(confirmed_at=timezone.now() - timedelta(days=20))
    StepDeadlineFactory(term=term, step=4, due_on=day(-2))
    plan(afternoon, supervisor, 0, time(13))
    plan(morning, supervisor, 0, time(9))
    plan(friday, supervisor, 2, time(10, 30))
    plan(monday, supervisor, 5)
    assert groups(login(supervisor)) == [
        ("วันนี้", [("วันนี้ 09.00 น.", "ออกนิเทศ เช้า"), ("วันนี้ 13.00 น.", "ออกนิเทศ บ่าย")]),
        ("สัปดาห์นี้", [("นัดหมาย 27 พ.ย. 2569 10.30 น.", "ออกนิเทศ ศุกร์")]),
        ("เกินกำหนด", [("เกินกำหนด 2 วัน", "นัดหมายการนิเทศ ช้า")]),
        ("รอดำเนินการ", [("นัดหมาย 30 พ.ย. 2569", "ออกนิเทศ จันทร์")]),
    ]


def test_a_school_reads_its_visit_of_today_at_home(
    login, round_, campaign, supervisor, school_director
):
    plan(round_, supervisor, 0, time(13))
    found = dict(groups(login(school_director)))
    assert found["วันนี้"] == [("วันนี้ 13.00 น.", "นิเทศ ของเรา")]


def test_of_next_week_others_planned_visits_are_not_told_at_home(
    login, round_, supervisor, school_director
):
    plan(round_, supervisor, 4)
    told = [title for _, items in groups(login(school_director)) for _, title in items]
    assert "นิเทศ ของเรา" not in told


# --- The calendar has run out ---


@pytest.fixture
def ended_term(term, round_):
    Term.objects.update(opens_on=date(2026, 5, 16), closes_on=date(2026, 10, 11))


@pytest.mark.parametrize("who", ["supervisor", "school_director", "group_director"])
def test_after_the_last_term_home_says_so_and_who_goes_on(request, login, ended_term, who):
    html = login(request.getfixturevalue(who)).get("/todos/").content.decode()
    assert "ปิดแล้วเมื่อวันที่ 11 ตุลาคม 2569 และยังไม่มีภาคเรียนถัดไปในทะเบียน" in html
    assert "เจ้าหน้าที่งานธุรการหรือผู้ดูแลระบบเป็นผู้เพิ่มภาคเรียน" in html


def test_the_board_says_so_too_and_keeps_the_last_terms_rows(login, ended_term, round_, supervisor):
    response = login(supervisor).get(reverse("board"))
    assert "ยังไม่มีภาคเรียนถัดไปในทะเบียน" in response.content.decode()
    assert [row.school for row in response.context["board"].rows] == [round_.school]


@pytest.mark.parametrize("who", ["clerk", "administrator"])
def test_who_keeps_the_register_has_the_next_term_to_add(request, login, ended_term, who):
    client = login(request.getfixturevalue(who))
    (item,) = [
        one for one in client.get("/todos/").context["home"].waiting if one.title.startswith("เพิ่ม")
    ]
    assert client.get(item.url).status_code == 200
    notices = client.get(reverse("notices")).context["notices"]
    assert who == "administrator" or item.title in [row.title for row in notices.waiting]


def test_between_two_terms_home_says_when_the_next_opens(login, ended_term, term, clerk):
    Term.objects.create(
        academic_year=term.academic_year,
        number=1 if term.number == 2 else 2,
        opens_on=date(2026, 12, 1),
        closes_on=date(2027, 4, 1),
    )
    html = login(clerk).get("/todos/").content.decode()
    assert "ภาคเรียนถัดไปเปิดวันที่ 1 ธันวาคม 2569" in html
    assert "เพิ่มภาคเรียนถัดไป" not in html


def test_in_a_running_term_nothing_is_said_of_it(login, round_, clerk):
    assert "ภาคเรียนถัดไป" not in login(clerk).get("/todos/").content.decode()

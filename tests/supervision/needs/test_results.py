"""What the unit reads of all schools' answers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import long_date
from schools.enums import Role
from schools.models import School
from supervision.needs import actions
from supervision.needs.enums import SupervisionMode
from supervision.needs.models import NeedsSurvey
from tests import scenarios
from tests.exported_files import ExportedTable, exported_tables
from tests.factories import (
    NeedsAreaFactory,
    NeedsCampaignFactory,
    RoundFactory,
    SchoolFactory,
    TermFactory,
)
from tests.personas import user_with_role

pytestmark = pytest.mark.django_db

PAGES = ("needs_progress", "needs_summary", "needs_wants", "needs_days")


@pytest.fixture
def campaign(term, areas):
    return NeedsCampaignFactory(term=term, closes_on=timezone.localdate() + timedelta(days=5))


@pytest.fixture
def areas():
    return [NeedsAreaFactory(name=name) for name in ("วิชาการ", "งบประมาณ")]


@pytest.fixture
def answer(term, cluster, campaign, areas):
    """A school of the cluster that answered: problem and need of each area, and its words."""

    def sent(levels, *, school=None, **words):
        school = school or SchoolFactory(cluster=cluster)
        round_ = RoundFactory(school=school, term=term)
        director = user_with_role(Role.SCHOOL_DIRECTOR, f"director{school.pk}", school=school)
        survey = actions.start_needs_survey(school, campaign, by=director)
        for area, (problem, need) in zip(areas, levels, strict=True):
            survey.items.filter(area=area).update(problem_level=problem, need_level=need)
        NeedsSurvey.objects.filter(pk=survey.pk).update(wanted_first="สื่อ", **words)
        actions.submit_needs_survey(survey, by=director)
        return round_

    return sent


def results(client, name="needs_progress", query=""):
    response = client.get(reverse(name) + query)
    assert response.status_code == 200
    return response.context["results"]


def html(client, name, query="") -> str:
    response = client.get(reverse(name) + query)
    assert response.status_code == 200
    return response.content.decode()


# --- progress ---


def test_who_has_answered_and_who_has_not(
    login, supervisor, answer, campaign, school, other_school, academic_teacher, round_
):
    answer([(3, 4), (3, 4)])
    actions.start_needs_survey(school, campaign, by=academic_teacher)
    client = login(supervisor)
    found = results(client)
    assert {row.school.name: row.word for row in found.rows} == {
        "โรงเรียนของเรา": "กำลังกรอก",
        "โรงเรียนอื่น": "ยังไม่เริ่ม",
        found.sent[0].school.name: "ส่งแล้ว",
    }
    text = html(client, "needs_progress")
    assert "ส่งแล้ว <strong>1 จาก 3 โรงเรียน</strong>" in text
    assert reverse("needs", args=[round_.pk]) in text
    assert reverse("school", args=[other_school.pk]) in text
    assert len(results(client, query="?state=missing").groups[0].rows) == 1
    assert "ไม่มีโรงเรียนตามตัวกรอง" in html(client, "needs_progress", "?state=returned")


def test_the_words_for_line_name_the_missing_and_the_day(
    login, supervisor, answer, campaign, school, other_school
):
    answer([(3, 4), (3, 4)], school=SchoolFactory(name="โรงเรียนส่งแล้ว"))
    client = login(supervisor)
    words = client.get(reverse("needs_progress")).context["reminder"]
    assert "กลุ่มโรงเรียนของเรา: ของเรา" in words
    assert "กลุ่มโรงเรียนอื่น: อื่น" in words
    assert "ส่งแล้ว:" not in words
    assert f"ภายในวันที่ {long_date(campaign.closes_on)}" in words
    actions.set_campaign_closing_day(campaign, campaign.opens_on, by=supervisor)
    assert "ซึ่งครบกำหนดเมื่อ" in client.get(reverse("needs_progress")).context["reminder"]
    only = f"?cluster={school.memberships.get().cluster_id}"
    words = client.get(reverse("needs_progress") + only).context["reminder"]
    assert "กลุ่มโรงเรียนอื่น" not in words


def test_when_all_have_answered_nobody_is_reminded(login, supervisor, answer):
    answer([(3, 4), (3, 4)])
    assert "ข้อความเตือน" not in html(login(supervisor), "needs_progress")


def test_a_late_one_is_marked_and_counted(login, supervisor, answer, campaign):
    answer([(3, 4), (3, 4)])
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.set_campaign_closing_day(campaign, yesterday, by=supervisor)
    found = results(login(supervisor))
    assert [count.schools for count in found.counts if count.word == "ส่งช้ากว่ากำหนด"] == [1]


def test_a_closed_school_counts_only_if_it_had_answered(
    login, supervisor, answer, school, other_school
):
    """School and other_school never answered; one that did closes too."""
    gone = answer([(3, 4), (3, 4)]).school
    today = timezone.localdate()
    School.objects.filter(pk__in=[gone.pk, other_school.pk]).update(closed_on=today)
    found = results(login(supervisor))
    assert {row.school.pk for row in found.rows} == {gone.pk, school.pk}
    assert len(found.sent) == 1


def test_a_school_closed_after_the_year_still_counts_as_missing(
    login, supervisor, other_school, areas
):
    """The denominator of an old survey does not shrink when a school closes years later."""
    old = TermFactory(
        number=1,
        academic_year__year=2566,
        opens_on=timezone.localdate() - timedelta(days=900),
        closes_on=timezone.localdate() - timedelta(days=800),
    )
    NeedsCampaignFactory(term=old, opens_on=old.opens_on)
    School.objects.filter(pk=other_school.pk).update(closed_on=timezone.localdate())
    assert len(results(login(supervisor)).missing) == 1


# --- needs by area ---


def test_areas_are_ranked_by_priority(login, supervisor, answer):
    """งบประมาณ: D = 6 - 4.5, I = 4.5, PNI 2.00; วิชาการ: D = 6 - 2.5, I = 4.5, PNI 0.29."""
    answer([(2, 5), (5, 5)])
    answer([(3, 4), (4, 4)])
    first, second = results(login(supervisor), "needs_summary").needs
    assert (first.name, first.rank, first.index, first.n) == ("งบประมาณ", 1, Decimal("2.00"), 2)
    assert (second.name, second.rank, second.index) == ("วิชาการ", 2, Decimal("0.29"))
    text = html(login(supervisor), "needs_summary")
    assert "2.00" in text
    assert "0.71" in text
    assert "วิธีคำนวณ" in text


def test_drafts_and_returned_ones_are_nobodys_figures(
    login, supervisor, answer, campaign, school, academic_teacher
):
    draft = actions.start_needs_survey(school, campaign, by=academic_teacher)
    draft.items.update(problem_level=5, need_level=5)
    back = answer([(5, 5), (5, 5)])
    actions.return_needs_survey_for_correction(
        NeedsSurvey.objects.get(school=back.school), by=supervisor, reason="โปรดตรวจสอบ"
    )
    client = login(supervisor)
    assert results(client, "needs_summary").needs == []
    assert "ยังไม่มีโรงเรียนส่งแบบสำรวจ" in html(client, "needs_summary")


def test_the_cluster_filter_narrows_the_figures(login, supervisor, answer, other_school, cluster):
    answer([(2, 5), (5, 5)])
    answer([(1, 1), (1, 1)], school=other_school)
    client = login(supervisor)
    assert results(client, "needs_summary").needs[0].n == 2
    [first, _] = results(client, "needs_summary", f"?cluster={cluster.pk}").needs
    assert (first.n, first.index) == (1, Decimal("4.00"))


# --- wants, days and modes ---


def test_wants_can_be_searched(login, supervisor, answer):
    answer([(3, 4), (3, 4)], wanted_second="อบรม Active Learning")
    answer([(3, 4), (3, 4)], remarks="ถนนขาดช่วงฤดูฝน")
    client = login(supervisor)
    assert len(results(client, "needs_wants").wants) == 2
    found = results(client, "needs_wants", "?words=active").wants
    assert [row.survey.wanted for row in found] == [["สื่อ", "อบรม Active Learning"]]
    assert "ถนนขาดช่วงฤดูฝน" in html(client, "needs_wants", "?words=ฤดูฝน")
    assert "ไม่พบคำที่ค้นหา" in html(client, "needs_wants", "?words=หุ่นยนต์")


def test_preferred_days_and_modes_are_counted(login, supervisor, answer):
    day = timezone.localdate() + timedelta(days=20)
    answer([(3, 4), (3, 4)], preferred_on=day, preferred_mode=SupervisionMode.ON_SITE)
    answer([(3, 4), (3, 4)], preferred_on=day, preferred_mode=SupervisionMode.ON_SITE)
    answer([(3, 4), (3, 4)])
    found = results(login(supervisor), "needs_days")
    assert [(one.day, len(one.schools)) for one in found.days] == [(day, 2), (None, 1)]
    assert dict(found.modes) == {"ลงพื้นที่": 2, "ออนไลน์": 0, "ผสมผสาน": 0, "ไม่ได้ระบุ": 1}


# --- one page and the next ---


@pytest.mark.parametrize("name", PAGES)
def test_before_the_first_survey_the_page_says_what_to_do(
    name, login, group_director, area_director, term
):
    text = html(login(group_director), name)
    assert "ยังไม่มีการสำรวจ" in text
    assert reverse("needs_open", args=[term.pk]) in text
    assert reverse("needs_open", args=[term.pk]) not in html(login(area_director), name)


@pytest.mark.parametrize("name", PAGES)
def test_an_older_survey_can_be_chosen(name, login, supervisor, campaign, term):
    """The newest one is shown first, however late the older one was written down."""
    older = NeedsCampaignFactory(
        term=TermFactory(number=1, opens_on=term.opens_on - timedelta(days=170)),
        opens_on=term.opens_on - timedelta(days=170),
    )
    client = login(supervisor)
    assert results(client, name).campaign == campaign
    assert results(client, name, f"?campaign={older.pk}").campaign == older
    assert "ภาคเรียนที่ 1/2569" in html(client, name, f"?campaign={older.pk}")


@pytest.mark.parametrize("name", PAGES)
def test_pages_stay_flat_and_in_budget(name, login, group_director, answer):
    client, url = login(group_director), reverse(name)
    answer([(3, 4), (3, 4)])
    few = queries_of(client, url)
    for _ in range(5):
        answer([(3, 4), (3, 4)])
    assert queries_of(client, url) == few <= 15


def queries_of(client, url) -> int:
    client.get(url)  # the first request of a session renews it
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


# --- the workbook ---


def sheets(client, query="") -> dict[str, ExportedTable]:
    return exported_tables(client.get(reverse("needs_export") + query))


def test_the_workbook_has_the_figures_and_every_school(login, supervisor, answer, school):
    answer([(2, 5), (5, 5)], wanted_second="=1+1", preferred_mode=SupervisionMode.ONLINE)
    found = sheets(login(supervisor))
    needs, schools = found["ความต้องการรายด้าน"], found["ความต้องการรายโรงเรียน"]
    assert needs.column("ด้าน") == ["งบประมาณ", "วิชาการ"]
    assert needs.column("PNI modified") == [4.0, 0.25]
    assert schools.column("สถานะ") == ["ยังไม่เริ่ม", "ส่งแล้ว"]
    assert schools.rows[1]["งบประมาณ: สภาพปัญหา"] == 5
    assert schools.rows[1]["ต้องการอันดับ 2"] == "=1+1"
    assert schools.rows[1]["รูปแบบที่ต้องการ"] == "ออนไลน์"
    assert schools.rows[1]["ส่งเมื่อ"] == timezone.localdate()


def test_the_state_on_screen_holds_in_the_workbook(login, supervisor, answer, school):
    answer([(2, 5), (5, 5)])
    found = sheets(login(supervisor), "?state=submitted")["ความต้องการรายโรงเรียน"]
    assert found.column("สถานะ") == ["ส่งแล้ว"]
    assert "สถานะ ส่งแล้ว" in found.head[2]


def test_a_draft_does_not_reach_the_workbook(login, supervisor, campaign, school, academic_teacher):
    survey = actions.start_needs_survey(school, campaign, by=academic_teacher)
    survey.items.update(problem_level=5)
    NeedsSurvey.objects.update(wanted_first="ยังไม่แน่ใจ")
    [row] = sheets(login(supervisor))["ความต้องการรายโรงเรียน"].rows
    assert row["สถานะ"] == "กำลังกรอก"
    assert "ยังไม่แน่ใจ" not in row.values()
    assert row["วิชาการ: สภาพปัญหา"] == ""


def test_no_workbook_before_the_first_survey(login, supervisor):
    assert login(supervisor).get(reverse("needs_export")).status_code == 404


def test_a_year_long_survey_leads_to_the_latest_round(
    login, supervisor, school, school_director, term
):
    NeedsAreaFactory()
    NeedsCampaignFactory(of_year=True)
    first = TermFactory(number=1, opens_on=term.opens_on - timedelta(days=170))
    scenarios.needs_submitted(RoundFactory(school=school, term=first), by=school_director)
    second = RoundFactory(school=school, term=term)
    [row] = results(login(supervisor)).rows
    assert row.url == reverse("needs", args=[second.pk])

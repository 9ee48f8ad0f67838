"""Days of a round of its own: proposed at a late opening and after ไม่บรรลุ, edited, and kept."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import long_date, numeric_date, short_date
from supervision.needs import actions as needs
from supervision.needs.models import NeedsSurvey
from supervision.rounds import actions
from supervision.rounds.due_dates import StepWindow
from supervision.rounds.models import Round, RoundDeadline, TurnAllowance
from supervision.rounds.queries import days_by_round
from tests import scenarios
from tests.factories import IndicatorSetFactory, MeetingFactory, StepDeadlineFactory

pytestmark = pytest.mark.django_db


def day(days):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def days_of_term(term):
    """Of a term that opened thirty days ago: step 3 was due ten days ago, step 4 is in ten."""
    StepDeadlineFactory(term=term, step=3, opens_on=day(-20), due_on=day(-10))
    StepDeadlineFactory(term=term, step=4, due_on=day(10))
    return term


def due(round_, step):
    return days_by_round([round_])[round_.pk].window_for(step).due_on


# --- A term opened late ---


def open_page(term):
    return reverse("term_open", args=[term.pk])


def test_a_late_opening_shows_the_proposed_days_and_says_whose_they_are(
    login, group_director, school, days_of_term
):
    IndicatorSetFactory()
    html = login(group_director).get(open_page(days_of_term)).content.decode()
    assert "ระบบเสนอวันให้" in html
    assert numeric_date(day(20)) in html  # twenty days after the term's opening
    assert numeric_date(day(40)) in html


def test_what_was_left_stays_proposed_and_what_was_typed_is_the_persons(
    login, group_director, school, days_of_term
):
    chosen = IndicatorSetFactory()
    boxes = {
        "opens_3": numeric_date(day(10)),
        "step_3": numeric_date(day(20)),
        "step_4": numeric_date(day(25)),
    }
    client = login(group_director)
    client.post(open_page(days_of_term), {"indicator_sets": [chosen.pk], **boxes})
    rows = RoundDeadline.objects.values_list("step", "opens_on", "due_on", "is_proposed")
    assert set(rows) == {(3, day(10), day(20), True), (4, None, day(25), False)}
    [change] = RoundDeadline.history.filter(step=4)
    assert change.history_user == group_director


def test_a_day_that_cannot_be_is_refused_and_no_round_opens(
    login, group_director, school, days_of_term
):
    chosen = IndicatorSetFactory()
    boxes = {"step_3": "1/12/2026", "step_4": numeric_date(day(25))}
    response = login(group_director).post(
        open_page(days_of_term), {"indicator_sets": [chosen.pk], **boxes}
    )
    assert "เป็น ค.ศ." in response.content.decode()
    assert "1/12/2026" in response.content.decode()
    assert not Round.objects.exists()


def test_a_round_opened_in_time_keeps_the_days_of_its_term(group_director, school, term):
    StepDeadlineFactory(term=term, step=4, due_on=day(10))
    sets = [IndicatorSetFactory()]
    (round_,) = actions.open_term_rounds(term, [school], by=group_director, indicator_sets=sets)
    assert not round_.deadlines.exists()
    assert due(round_, 4) == day(10)
    term.deadlines.update(due_on=day(12))
    assert due(round_, 4) == day(12)


# --- A second round ---


@pytest.fixture
def visited(round_, days_of_term, school_director, supervisor):
    scenarios.backdate_rounds(25)
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    return round_


def decision_of(**more):
    facts = {"result": "not_achieved", "reason": "ต่ำกว่าเกณฑ์", "planned_changes": "ปรับเครื่องมือ"}
    facts |= {"against_reason": "คณะกรรมการเห็นว่าหลักฐานยังไม่พอ"}
    return facts | {"meeting": MeetingFactory().pk, **more}


def test_the_days_of_a_second_round_are_proposed_and_edited_before_it_opens(
    login, group_director, visited
):
    client, url = login(group_director), reverse("decision", args=[visited.pk])
    asked = client.post(url, decision_of()).content.decode()
    assert "ระบบเสนอวันให้" in asked
    assert numeric_date(day(20)) in asked
    boxes = {"step_3": numeric_date(day(21)), "step_4": numeric_date(day(40))}
    answer = client.post(url, decision_of(confirmed="yes", **boxes))
    assert answer.status_code == 302, answer.content.decode()
    second = Round.objects.get(previous=visited)
    assert (due(second, 3), due(second, 4)) == (day(21), day(40))
    assert second.deadlines.get(step=4).is_proposed
    assert not second.deadlines.get(step=3).is_proposed
    assert due(visited, 4) == day(10)  # the first round keeps its own


def test_a_wrong_day_asks_again_with_all_that_was_typed(login, group_director, visited):
    client, url = login(group_director), reverse("decision", args=[visited.pk])
    boxes = {"step_3": "วันพรุ่งนี้", "step_4": numeric_date(day(40))}
    html = client.post(url, decision_of(confirmed="yes", **boxes)).content.decode()
    assert "อ่านวันที่" in html
    assert "วันพรุ่งนี้" in html
    assert "ปรับเครื่องมือ" in html
    assert not Round.objects.filter(previous=visited).exists()
    back = client.post(url, decision_of(edit="yes", **boxes)).content.decode()
    assert "วันพรุ่งนี้" in back  # carried along while the decision itself is edited


def test_opened_without_a_screen_the_second_round_has_the_proposed_days(visited, group_director):
    scenarios.round_decided(
        visited, by=group_director, result="not_achieved", planned_changes="เครื่องมือ"
    )
    second = Round.objects.get(previous=visited)
    assert (due(second, 3), due(second, 4)) == (day(20), day(40))
    assert all(row.is_proposed for row in second.deadlines.all())


# --- Edited later ---


def days_page(round_):
    return reverse("round_deadlines", args=[round_.pk])


def save(client, round_, **typed):
    page = client.get(days_page(round_)).context["form"]
    boxes = {name: page[name].value() for name in page.window_field_names()}
    boxes = {n: numeric_date(v) if isinstance(v, date) else "" for n, v in boxes.items()}
    typed = {n: numeric_date(v) if isinstance(v, date) else v for n, v in typed.items()}
    return client.post(days_page(round_), {"version": page["version"].value(), **boxes, **typed})


def test_a_rounds_days_are_moved_and_the_page_tells_by_whom(
    login, group_director, round_, days_of_term
):
    client = login(group_director)
    assert save(client, round_, step_4=day(15)).status_code == 302
    assert (due(round_, 4), round_.deadlines.count()) == (day(15), 1)
    assert save(client, round_, step_4="").status_code == 302
    assert due(round_, 4) is None  # none, whatever the term says
    told = [(line.who, line.reason) for line in client.get(days_page(round_)).context["changes"]]
    assert told[0] == (str(group_director), f"กำหนดเสร็จ: {short_date(day(15))} → ว่าง")


def test_nothing_changed_is_nothing_written(login, group_director, round_, days_of_term):
    assert save(login(group_director), round_).status_code == 302
    assert not RoundDeadline.history.exists()


def test_nobody_overwrites_a_rounds_days_they_have_not_seen(
    login, group_director, round_, days_of_term
):
    client = login(group_director)
    before = client.get(days_page(round_)).context["form"]["version"].value()
    save(client, round_, step_4=day(15))
    late = {"version": before, "step_4": numeric_date(day(18))}
    html = client.post(days_page(round_), late).content.decode()
    assert "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์" in html
    assert due(round_, 4) == day(15)


def test_the_school_page_says_that_days_are_proposed(login, group_director, visited):
    scenarios.round_decided(
        visited, by=group_director, result="not_achieved", planned_changes="เครื่องมือ"
    )
    second = Round.objects.get(previous=visited)
    client = login(group_director)
    html = client.get(second.get_absolute_url()).content.decode()
    assert "กำหนดเสร็จของรอบนี้ระบบเสนอให้" in html
    assert days_page(second) in html


# --- How many days a person has ---


def test_the_usual_days_say_that_they_are_assumed_until_the_office_sets_its_own(
    login, group_director, round_, term
):
    client, url = login(group_director), reverse("term_deadlines", args=[term.pk])
    assert "คู่มือไม่ได้กำหนดจำนวนวัน" in client.get(url).content.decode()
    version = client.get(url).context["form"]["version"].value()
    assert client.post(url, {"version": version, "turn_days": 10}).status_code == 302
    assert TurnAllowance.objects.get(term=term).days == 10
    assert days_by_round([round_])[round_.pk].turn_days == 10
    page = client.get(url)
    assert "คู่มือไม่ได้กำหนดจำนวนวัน" not in page.content.decode()
    assert page.context["changes"][0].who == str(group_director)


@pytest.mark.parametrize("typed", ["", "0", "61", "เจ็ด"])
def test_days_that_cannot_be_are_refused(login, group_director, term, typed):
    client, url = login(group_director), reverse("term_deadlines", args=[term.pk])
    html = client.post(url, {"turn_days": typed}).content.decode()
    assert "จำนวนวัน" in html
    assert not TurnAllowance.objects.exists()


# --- Work sent back ---


@pytest.fixture
def back_page(round_, campaign, school_director):
    scenarios.needs_submitted(round_, by=school_director)
    return reverse("needs_return", args=[round_.pk])


def test_sending_back_proposes_a_day_and_keeps_the_one_chosen(login, supervisor, back_page):
    client = login(supervisor)
    assert long_date(day(7)) in client.get(back_page).content.decode()
    client.post(back_page, {"reason": "โปรดเพิ่ม", "correct_by": numeric_date(day(3))})
    assert NeedsSurvey.objects.get().correct_by == day(3)


def test_an_empty_box_takes_the_proposed_day(login, supervisor, back_page):
    login(supervisor).post(back_page, {"reason": "โปรดเพิ่ม"})
    assert NeedsSurvey.objects.get().correct_by == day(7)


@pytest.mark.parametrize(("days", "message"), [(-1, "วันที่ผ่านไปแล้ว"), (400, "เกิน 1 ปี")])
def test_a_day_out_of_reach_is_refused_and_kept(login, supervisor, back_page, days, message):
    typed = {"reason": "โปรดเพิ่ม", "correct_by": numeric_date(day(days))}
    html = login(supervisor).post(back_page, typed).content.decode()
    assert message in html
    assert typed["correct_by"] in html
    assert NeedsSurvey.objects.get().correct_by is None


def test_the_school_reads_until_when_and_handing_in_ends_it(
    login, supervisor, school_director, round_, back_page
):
    login(supervisor).post(back_page, {"reason": "โปรดเพิ่ม"})
    html = login(school_director).get(reverse("needs", args=[round_.pk])).content.decode()
    assert long_date(day(7)) in html
    needs.submit_needs_survey(NeedsSurvey.objects.get(), by=school_director)
    assert NeedsSurvey.objects.get().correct_by is None


def test_days_may_be_none_for_every_step(round_, group_director):
    actions.set_round_deadlines(round_, {4: StepWindow(None, day(5))}, by=group_director)
    actions.set_round_deadlines(round_, {4: StepWindow()}, by=group_director)
    assert due(round_, 4) is None

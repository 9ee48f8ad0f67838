"""From when and by when each step of a term is asked for: typed, kept, never overwritten unseen."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from schools.core.thai import numeric_date, short_date
from supervision.rounds.models import StepDeadline
from tests.factories import TermFactory

pytestmark = pytest.mark.django_db


def url_of(term):
    return reverse("term_deadlines", args=[term.pk])


def on(term, days=60):
    return term.opens_on + timedelta(days=days)


def version(client, term):
    """What the page carries of the values it was made with."""
    return client.get(url_of(term)).context["form"]["version"].value()


def save(client, term, **typed):
    page = {"version": version(client, term), "turn_days": 7}
    return client.post(url_of(term), page | _texts(typed))


def _texts(typed):
    return {n: numeric_date(v) if isinstance(v, date) else v for n, v in typed.items()}


def stored():
    return list(StepDeadline.objects.values_list("step", "opens_on", "due_on"))


def test_both_days_are_saved_shown_and_taken_away(login, group_director, term):
    client = login(group_director)
    save(client, term, opens_3=on(term, 30), step_3=on(term), step_4=on(term))
    assert stored() == [(3, on(term, 30), on(term)), (4, None, on(term))]
    html = client.get(url_of(term)).content.decode()
    assert numeric_date(on(term, 30)) in html
    assert numeric_date(on(term)) in html
    save(client, term, step_4=on(term, 61))
    assert stored() == [(4, None, on(term, 61))]


def told(client, url):
    """The page's history: who, what, and from what to what."""
    return [(line.who, line.what, line.reason) for line in client.get(url).context["changes"]]


def test_the_page_tells_who_moved_which_days(login, group_director, term):
    day, later = short_date(on(term)), short_date(on(term, 61))
    save(login(group_director), term, step_3=on(term))
    save(login(group_director), term, step_3=on(term, 61))
    save(login(group_director), term, step_3=on(term, 61))  # nothing changed, nothing told
    save(login(group_director), term, step_3="")
    assert told(login(group_director), url_of(term)) == [
        (str(group_director), "ลบกำหนดของขั้นที่ 3", ""),
        (str(group_director), "แก้ไขกำหนดของขั้นที่ 3", f"กำหนดเสร็จ: {day} → {later}"),
        (str(group_director), "เพิ่มกำหนดของขั้นที่ 3", f"วันที่เริ่ม: ว่าง\nกำหนดเสร็จ: {day}"),
    ]


def test_of_days_kept_before_there_was_a_history_the_first_change_tells_the_new(
    login, group_director, term
):
    StepDeadline.objects.bulk_create([StepDeadline(term=term, step=3, due_on=on(term))])
    client = login(group_director)
    assert told(client, url_of(term)) == []
    save(client, term, step_3=on(term, 61))
    [(who, what, reason)] = told(client, url_of(term))
    assert (who, what) == (str(group_director), "แก้ไขกำหนดของขั้นที่ 3")
    assert f"กำหนดเสร็จ: {short_date(on(term, 61))}" in reason


def test_one_day_may_be_both(login, group_director, term):
    save(login(group_director), term, opens_3=on(term), step_3=on(term))
    assert stored() == [(3, on(term), on(term))]


@pytest.mark.parametrize("box", ["opens_3", "step_3"])
@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("1/4/2569", "อยู่ก่อนเริ่มปีการศึกษา 2569"),
        ("1/12/2659", "อยู่หลังปีการศึกษา 2569"),
        ("1/12/2026", "เป็น ค.ศ."),
        ("วันพรุ่งนี้", "อ่านวันที่"),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_kept(typed, message, box, login, group_director):
    term = TermFactory(opens_on=date(2026, 11, 1))
    html = save(login(group_director), term, **{box: typed}).content.decode()
    assert message in html
    assert typed in html
    assert not StepDeadline.objects.exists()


def test_a_beginning_without_an_end_is_asked_for(login, group_director, term):
    html = save(login(group_director), term, opens_3=on(term)).content.decode()
    assert "ขั้นที่ 3 กำหนดเสร็จ: ระบุวันเริ่มแล้ว โปรดระบุกำหนดเสร็จด้วย" in html
    assert not StepDeadline.objects.exists()


def test_a_step_cannot_begin_after_its_end(login, group_director, term):
    response = save(login(group_director), term, opens_3=on(term, 61), step_3=on(term, 60))
    assert f"อยู่หลังกำหนดเสร็จของขั้นนี้ ({short_date(on(term, 60))})" in response.content.decode()
    assert not StepDeadline.objects.exists()


def test_a_step_cannot_be_due_before_the_one_it_needs(login, group_director, term):
    response = save(login(group_director), term, step_4=on(term, 60), step_5=on(term, 59))
    assert "อยู่ก่อนกำหนดของขั้นที่ 4" in response.content.decode()
    assert not StepDeadline.objects.exists()


def test_needs_and_criteria_may_be_due_at_any_time_of_the_year(login, group_director, term):
    save(login(group_director), term, step_1=on(term, 90), step_2=on(term, 5), step_3=on(term))
    assert StepDeadline.objects.count() == 3


# --- Two people ---


def test_nobody_overwrites_days_they_have_not_seen(login, group_director, term):
    client = login(group_director)
    opened_before = version(client, term)
    save(client, term, step_3=on(term, 60))
    late = {"version": opened_before, "step_3": numeric_date(on(term, 70))}
    html = client.post(url_of(term), late).content.decode()
    assert "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์" in html
    assert f"ผู้อื่นบันทึกช่องนี้ไว้ว่า “{short_date(on(term, 60))}”" in html
    assert late["step_3"] in html  # what was typed is still there
    assert stored() == [(3, None, on(term, 60))]
    again = save(client, term, step_3=on(term, 70))  # now both were seen
    assert again.status_code == 302
    assert stored() == [(3, None, on(term, 70))]


def test_a_day_that_a_colleague_took_away_is_not_brought_back_unseen(login, group_director, term):
    client = login(group_director)
    save(client, term, opens_3=on(term, 50), step_3=on(term, 60))
    opened_before = version(client, term)
    save(client, term, step_3=on(term, 60))
    late = {"opens_3": on(term, 50), "step_3": on(term, 60), "step_4": on(term, 61)}
    response = client.post(url_of(term), {"version": opened_before, **_texts(late)})
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ว่าง”" in response.content.decode()
    assert stored() == [(3, None, on(term, 60))]


def test_the_same_days_sent_by_both_are_no_quarrel(login, group_director, term):
    client = login(group_director)
    opened_before = version(client, term)
    save(client, term, step_3=on(term))
    same = {"version": opened_before, "turn_days": 7, "step_3": numeric_date(on(term))}
    assert client.post(url_of(term), same).status_code == 302

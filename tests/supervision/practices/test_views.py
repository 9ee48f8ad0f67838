from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.thai import numeric_date
from supervision.practices import actions
from supervision.practices.enums import PracticeState, Result
from supervision.practices.models import Decision, GoodPractice
from supervision.rounds.models import Round
from supervision.visits import actions as visits
from tests import walk
from tests.factories import TermFactory

PRACTICE = {"title": "ห้องสมุดชุมชน", "process": "ประชุมครูทุกสัปดาห์", "outcome": "อ่านคล่องทุกคน"}


@pytest.fixture
def ready(round_, school_director, supervisor):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    return round_


@pytest.fixture
def decision_url(round_):
    return reverse("decision", args=[round_.pk])


def judgement(**changes):
    fields = {
        "result": Result.ACHIEVED,
        "reason": "ผลการนิเทศเป็นไปตามเกณฑ์",
        "meeting_no": "3/2569",
        "meeting_on": numeric_date(timezone.localdate()),
        "will_change": "",
    }
    return fields | changes


NOT_ACHIEVED = {"result": Result.NOT_ACHIEVED, "will_change": "ปรับเครื่องมือนิเทศ"}


# --- Decision ---


def test_the_page_proposes_but_chooses_nothing(login, group_director, ready, decision_url):
    response = login(group_director).get(decision_url)
    page = response.content.decode()
    assert "ต่ำกว่าเกณฑ์" in page
    assert "checked" not in page


def test_decide_asks_before_it_acts(login, group_director, ready, decision_url):
    page = login(group_director).post(decision_url, judgement(**NOT_ACHIEVED)).content.decode()
    assert "เปิดรอบที่ 2" in page
    assert not Decision.objects.exists()
    back = login(group_director).post(decision_url, judgement(**NOT_ACHIEVED) | {"edit": "yes"})
    assert "ปรับเครื่องมือนิเทศ" in back.content.decode()
    assert not Decision.objects.exists()


def test_decide_achieved(login, group_director, ready, decision_url):
    confirmed = judgement(confirmed="yes")
    page = login(group_director).post(decision_url, confirmed, follow=True).content.decode()
    decision = Decision.objects.get()
    assert decision.is_achieved
    assert decision.decided_as == "ผู้อำนวยการกลุ่มนิเทศฯ"
    assert "ผลการนิเทศเป็นไปตามเกณฑ์" in page
    assert Round.objects.count() == 1


def test_not_achieved_opens_round_two_at_step_two(login, group_director, ready, decision_url):
    confirmed = judgement(**NOT_ACHIEVED, confirmed="yes")
    page = login(group_director).post(decision_url, confirmed, follow=True).content.decode()
    following = Round.objects.get(previous=ready)
    assert (following.number, following.will_change) == (2, "ปรับเครื่องมือนิเทศ")
    assert not following.has_criteria
    assert following.get_absolute_url() in page
    assert ready.decision.state == Result.NOT_ACHIEVED
    assert "ต่ำกว่าเกณฑ์" in page


def test_decide_twice_is_refused(login, group_director, ready, decision_url):
    confirmed = judgement(confirmed="yes")
    login(group_director).post(decision_url, confirmed)
    response = login(group_director).post(decision_url, confirmed)
    assert response.status_code == 409
    assert "พิจารณาซ้ำไม่ได้" in response.content.decode()
    assert Decision.objects.count() == 1


def test_decide_before_acknowledged_is_refused(
    login, group_director, round_, supervisor, school_director, decision_url
):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_signed(round_, by=supervisor)
    page = login(group_director).get(decision_url).content.decode()
    assert "ยังพิจารณาไม่ได้" in page
    assert "<form class=" not in page
    response = login(group_director).post(decision_url, judgement(confirmed="yes"))
    assert response.status_code == 409
    assert not Decision.objects.exists()


@pytest.fixture
def amended(ready, supervisor):
    return visits.amend(ready.visits.get(), by=supervisor, reason="คลาดเคลื่อน")


def test_while_an_amendment_is_open_the_page_says_so_instead_of_asking(
    login, group_director, school_director, amended, decision_url
):
    for reader in (group_director, school_director):
        page = login(reader).get(decision_url).content.decode()
        assert "ยังพิจารณาไม่ได้" in page
        assert f"โรงเรียนยังไม่รับทราบ{amended.label}" in page
        assert amended.get_absolute_url() in page
        assert "<form class=" not in page


@pytest.mark.parametrize("step", [{}, {"confirmed": "yes"}])
def test_an_amendment_opened_meanwhile_loses_nothing_typed(
    login, group_director, amended, decision_url, step
):
    data = judgement(reason="เหตุผลที่พิมพ์ไว้") | step
    page = login(group_director).post(decision_url, data).content.decode()
    assert f"โรงเรียนยังไม่รับทราบ{amended.label}" in page
    assert "เหตุผลที่พิมพ์ไว้</textarea>" in page
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"result": ""}, "โปรดเลือกบรรลุหรือไม่บรรลุ"),
        ({"result": "perhaps"}, "โปรดเลือกบรรลุหรือไม่บรรลุ"),
        ({"result": Result.NOT_ACHIEVED}, "ผลไม่บรรลุต้องระบุสิ่งที่จะปรับ"),
        ({"reason": " "}, "โปรดระบุเหตุผลของผลการพิจารณา"),
        ({"meeting_no": ""}, "โปรดกรอกครั้งที่ประชุม ตามรายงานการประชุม ก.ต.ป.น."),
        ({"meeting_no": "3" * 21}, "ยาวเกิน 20 ตัวอักษร"),
        ({"meeting_on": "9/5/2024"}, "เป็น ค.ศ."),
        (
            {"meeting_on": numeric_date(timezone.localdate() + timedelta(days=2))},
            "วันที่ประชุมยังมาไม่ถึง",
        ),
    ],
)
def test_decide_says_what_is_wrong(login, group_director, ready, decision_url, changes, message):
    data = judgement(reason="เหตุผลที่พิมพ์ไว้", confirmed="yes") | changes
    page = login(group_director).post(decision_url, data).content.decode()
    assert message in page
    assert "เหตุผลที่พิมพ์ไว้" in page or "reason" in changes
    assert not Decision.objects.exists()


def test_everyone_at_the_school_reads_the_decision(
    login, academic_teacher, group_director, ready, decision_url
):
    assert "ต่ำกว่าเกณฑ์" not in login(academic_teacher).get(decision_url).content.decode()
    walk.decided(ready, by=group_director)
    page = login(academic_teacher).get(decision_url).content.decode()
    assert "ผลการนิเทศเป็นไปตามเกณฑ์ที่กำหนด" in page
    assert "ต่ำกว่าเกณฑ์" in page


def test_decide_is_for_those_who_decide(
    login, client, supervisor, school_director, outsider_director, ready, decision_url
):
    for person in (supervisor, school_director):
        assert "พิจารณาผล " not in login(person).get(decision_url).content.decode()
        assert login(person).post(decision_url, judgement(confirmed="yes")).status_code == 403
    assert login(outsider_director).get(decision_url).status_code == 404
    assert client.get(decision_url).status_code == 302


def test_the_decision_page_costs_few_queries(
    login, group_director, ready, decision_url, django_assert_max_num_queries
):
    for number in range(3):
        actions.nominate(ready, by=group_director, **PRACTICE | {"title": f"ผลงาน {number}"})
    walk.decided(ready, by=group_director, result=Result.NOT_ACHIEVED, will_change="ปรับ")
    client = login(group_director)
    client.get(decision_url)
    with django_assert_max_num_queries(15):
        client.get(decision_url)


# --- Good practice ---


def test_nominate_makes_a_practice(login, academic_teacher, round_):
    url = reverse("practice_nominate", args=[round_.pk])
    assert login(academic_teacher).get(url).status_code == 200
    page = login(academic_teacher).post(url, PRACTICE, follow=True).content.decode()
    assert GoodPractice.objects.get().nominated_by == academic_teacher
    assert "ประชุมครูทุกสัปดาห์" in page


def test_nominate_twice_makes_one(login, academic_teacher, round_):
    url = reverse("practice_nominate", args=[round_.pk])
    login(academic_teacher).post(url, PRACTICE)
    page = login(academic_teacher).post(url, PRACTICE).content.decode()
    assert "ไว้แล้ว โปรดใช้ชื่ออื่น" in page
    assert "ประชุมครูทุกสัปดาห์" in page
    assert GoodPractice.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"title": ""}, "โปรดกรอกชื่อผลงาน"),
        ({"title": "ก" * 201}, "ยาวเกิน 200 ตัวอักษร"),
        ({"process": " "}, "โปรดกรอกกระบวนการ"),
        ({"outcome": "ก" * 4001}, "ยาวเกิน 4,000 ตัวอักษร"),
    ],
)
def test_nominate_says_what_is_wrong(login, academic_teacher, round_, changes, message):
    url = reverse("practice_nominate", args=[round_.pk])
    page = login(academic_teacher).post(url, PRACTICE | changes).content.decode()
    assert message in page
    assert not GoodPractice.objects.exists()


def test_nominate_is_for_the_school_and_its_supervisors(
    login, client, clerk, other_supervisor, outsider_director, round_
):
    url = reverse("practice_nominate", args=[round_.pk])
    for person in (clerk, other_supervisor):
        assert login(person).post(url, PRACTICE).status_code == 403
    assert login(outsider_director).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_select_chooses_a_practice_once(login, group_director, academic_teacher, round_):
    practice = actions.nominate(round_, by=academic_teacher, **PRACTICE)
    url = reverse("practice_select", args=[practice.pk])
    assert url in login(group_director).get(practice.get_absolute_url()).content.decode()
    assert login(group_director).get(url).status_code == 200
    assert "โปรดเลือกระดับที่คัดเลือก" in login(group_director).post(url).content.decode()
    login(group_director).post(url, {"level": "area"})
    practice.refresh_from_db()
    assert practice.state == PracticeState.SELECTED
    assert login(group_director).post(url, {"level": "area"}).status_code == 409
    page = login(academic_teacher).get(reverse("decision", args=[round_.pk])).content.decode()
    assert "ระดับเขตพื้นที่การศึกษา" in page


def test_select_is_for_those_who_select(
    login, client, supervisor, school_director, outsider_director, round_
):
    practice = actions.nominate(round_, by=school_director, **PRACTICE)
    url = reverse("practice_select", args=[practice.pk])
    for person in (supervisor, school_director):
        assert login(person).post(url).status_code == 403
    for hidden in (url, practice.get_absolute_url()):
        assert login(outsider_director).get(hidden).status_code == 404
        assert client.get(hidden).status_code == 302


# --- Reviews ---


def review(client, practice, **sent):
    url = reverse("practice_review", args=[practice.pk])
    return client.post(url, {"score": "85", "comment": "ทำตามได้จริง"} | sent, follow=True)


@pytest.fixture
def practice(round_, academic_teacher):
    return actions.nominate(round_, by=academic_teacher, **PRACTICE)


def test_reviewers_give_points_and_may_change_them(
    login, committee_member, group_director, practice
):
    review(login(committee_member), practice)
    review(login(committee_member), practice, score="90")
    page = review(login(group_director), practice, score="81").content.decode()
    assert "ผู้ให้คะแนน 2 คน · x̄ 85.50 · S.D. 6.36" in page


def test_the_school_does_not_read_its_reviewers(login, committee_member, school_director, practice):
    review(login(committee_member), practice, comment="ควรปรับการวัดผล")
    page = login(school_director).get(practice.get_absolute_url()).content.decode()
    assert "ควรปรับการวัดผล" not in page


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"score": "101"}, "ระหว่าง 0 ถึง 100"),
        ({"score": "-1"}, "ระหว่าง 0 ถึง 100"),
        ({"score": "ดี"}, "จำนวนเต็ม"),
        ({"score": ""}, "โปรดให้คะแนน"),
        ({"comment": " "}, "โปรดกรอกความเห็น"),
    ],
)
def test_a_review_says_what_is_wrong_and_keeps_the_words(
    login, committee_member, practice, sent, message
):
    page = review(login(committee_member), practice, **sent).content.decode()
    assert message in page
    assert not practice.reviews.exists()
    assert sent.get("comment", "ทำตามได้จริง").strip() in page


def test_reviews_end_with_the_choice(login, committee_member, group_director, practice):
    actions.decline(practice, by=group_director, reason="ยังไม่มีผลกับผู้เรียน")
    response = review(login(committee_member), practice)
    assert "ยังไม่มีผลกับผู้เรียน" in response.content.decode()
    assert not practice.reviews.exists()


def test_review_is_for_reviewers(login, supervisor, school_director, outsider_director, practice):
    people = (supervisor, school_director, outsider_director)
    assert [review(login(who), practice).status_code for who in people] == [403, 403, 404]


def test_declining_gives_its_reason_and_keeps_the_work(
    login, group_director, school_director, practice
):
    url = reverse("practice_decline", args=[practice.pk])
    assert "โปรดระบุเหตุผล" in login(group_director).post(url).content.decode()
    login(group_director).post(url, {"reason": "ยังไม่มีผลกับผู้เรียน"})
    page = login(school_director).get(practice.get_absolute_url()).content.decode()
    assert "ไม่ได้รับคัดเลือก" in page
    assert "ยังไม่มีผลกับผู้เรียน" in page


def test_a_nomination_is_put_right_until_the_choice(
    login, academic_teacher, group_director, practice
):
    url = reverse("practice_edit", args=[practice.pk])
    client = login(academic_teacher)
    page = client.get(url)
    assert PRACTICE["process"] in page.content.decode()
    seen = page.context["form"].digest
    client.post(url, PRACTICE | {"lessons": "เริ่มจากห้องเดียวก่อน", "seen": seen})
    assert "เริ่มจากห้องเดียวก่อน" in client.get(practice.get_absolute_url()).content.decode()
    actions.select(practice, by=group_director)
    assert client.get(url).status_code == 409


def test_who_saves_a_nomination_second_is_shown_the_others_words(
    login, academic_teacher, supervisor, practice
):
    url = reverse("practice_edit", args=[practice.pk])
    school, unit = login(academic_teacher), login(supervisor)
    seen = unit.get(url).context["form"].digest
    school.post(url, PRACTICE | {"outcome": "คำของโรงเรียน", "seen": seen})
    response = unit.post(url, PRACTICE | {"outcome": "คำของศึกษานิเทศก์", "seen": seen})
    page = response.content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “คำของโรงเรียน”" in page
    assert "คำของศึกษานิเทศก์" in page
    practice.refresh_from_db()
    assert practice.outcome == "คำของโรงเรียน"
    again = response.context["form"]["seen"].value()
    unit.post(url, PRACTICE | {"outcome": "คำของทั้งสอง", "seen": again})
    practice.refresh_from_db()
    assert practice.outcome == "คำของทั้งสอง"


@pytest.mark.parametrize("changes", [{"title": " "}, {"process": ""}, {"outcome": "ก" * 4001}])
def test_a_nomination_put_wrong_is_not_saved_and_stays_in_sight(
    login, academic_teacher, practice, changes
):
    url = reverse("practice_edit", args=[practice.pk])
    client = login(academic_teacher)
    sent = PRACTICE | {"lessons": "ที่พิมพ์ไว้", "seen": client.get(url).context["form"].digest}
    page = client.post(url, sent | changes).content.decode()
    assert "ที่พิมพ์ไว้" in page
    practice.refresh_from_db()
    assert (practice.title, practice.lessons) == (PRACTICE["title"], "")


def test_a_nomination_takes_no_title_that_its_round_has(login, academic_teacher, practice):
    other = actions.nominate(
        practice.round, by=academic_teacher, **PRACTICE | {"title": "ห้องสมุดมีชีวิต"}
    )
    client, url = login(academic_teacher), reverse("practice_edit", args=[other.pk])
    sent = PRACTICE | {"lessons": "ที่พิมพ์ไว้", "seen": client.get(url).context["form"].digest}
    page = client.post(url, sent).content.decode()
    assert "ไว้แล้ว โปรดใช้ชื่ออื่น" in page
    assert "ที่พิมพ์ไว้" in page
    other.refresh_from_db()
    assert (other.title, other.lessons) == ("ห้องสมุดมีชีวิต", "")


def test_words_typed_while_the_choice_was_made_stay_in_sight(
    login, academic_teacher, group_director, practice
):
    url = reverse("practice_edit", args=[practice.pk])
    client = login(academic_teacher)
    actions.select(practice, by=group_director)
    response = client.post(url, PRACTICE | {"lessons": "พิมพ์ไว้ก่อน คัดเลือก"})
    assert response.status_code == 409
    assert "พิมพ์ไว้ก่อน คัดเลือก" in response.content.decode()


def test_a_past_term_takes_no_nomination(login, academic_teacher, round_):
    today = timezone.localdate()
    TermFactory(academic_year__year=2570, number=1, opens_on=today)
    url = reverse("practice_nominate", args=[round_.pk])
    response = login(academic_teacher).post(url, PRACTICE)
    assert response.status_code == 409
    assert "ผ่านไปแล้ว" in response.content.decode()


# --- The list ---


def test_the_list_shows_what_each_may_see(login, group_director, outsider_director, practice):
    url = reverse("practices")
    assert PRACTICE["title"] in login(group_director).get(url).content.decode()
    assert PRACTICE["title"] not in login(outsider_director).get(url).content.decode()
    none = login(group_director).get(url, {"state": "selected"}).content.decode()
    assert PRACTICE["title"] not in none


def test_the_list_asks_as_little_for_many(
    login, group_director, academic_teacher, round_, practice, django_assert_max_num_queries
):
    client, url = login(group_director), reverse("practices")
    client.get(url)
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for number in range(3):
        actions.nominate(round_, by=academic_teacher, **PRACTICE | {"title": f"ผลงาน {number}"})
    with django_assert_max_num_queries(len(few)):
        client.get(url)


def test_the_rules_propose_and_people_decide(
    login, group_director, round_, supervisor, school_director
):
    walk.self_assessment_confirmed(round_, by=school_director)
    walk.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    page = login(group_director).get(reverse("decision", args=[round_.pk])).content.decode()
    assert "ระบบเสนอ <strong>ไม่บรรลุ</strong>" in page

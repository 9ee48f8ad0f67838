from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import numeric_date
from supervision.improvement import actions
from supervision.improvement.enums import Assignee, RecommendationState, SummaryState
from supervision.improvement.models import Recommendation, Summary

WORDS = {"strengths": "ครูตั้งใจ", "improvement_points": "การวัดผล", "guidelines": "จัด PLC"}


def url_of(name, record):
    return reverse(name, args=[record.pk])


def advice(**changes):
    fields = {
        "text": "จัดตั้ง PLC ระดับชั้น",
        "assignee": Assignee.ACADEMIC_TEACHER,
        "due_on": numeric_date(timezone.localdate() + timedelta(days=14)),
    }
    return fields | changes


def version(client, summary):
    return client.get(summary.get_absolute_url()).context["form"].stored_version


# --- Start ---


def test_start_takes_over_the_visits_words(login, supervisor, achieved):
    url = url_of("summary_start", achieved)
    assert login(supervisor).get(url).status_code == 200
    assert not Summary.objects.exists()
    page = login(supervisor).post(url, follow=True).content.decode()
    assert "ครูจัดการเรียนรู้ที่เน้นการปฏิบัติ" in page
    assert Summary.objects.get().state == SummaryState.DRAFT


def test_start_twice_makes_one_summary(login, supervisor, achieved):
    url = url_of("summary_start", achieved)
    login(supervisor).post(url)
    login(supervisor).post(url)
    summary = Summary.objects.get()
    assert login(supervisor).get(url).url == summary.get_absolute_url()


def test_start_waits_for_the_decision(login, supervisor, round_):
    url = url_of("summary_start", round_)
    assert login(supervisor).get(url).status_code == 409
    assert login(supervisor).post(url).status_code == 409


def test_start_is_for_those_who_summarise(
    login, client, school_director, other_supervisor, outsider_director, achieved
):
    url = url_of("summary_start", achieved)
    for person in (school_director, other_supervisor):
        assert login(person).post(url).status_code == 403
    assert login(outsider_director).get(url).status_code == 404
    assert client.get(url).status_code == 302


# --- Words ---


def test_words_are_saved_while_a_draft(login, supervisor, summary):
    client = login(supervisor)
    data = WORDS | {"version": version(client, summary)}
    page = client.post(summary.get_absolute_url(), data, follow=True).content.decode()
    summary.refresh_from_db()
    assert summary.strengths == "ครูตั้งใจ"
    assert "บันทึกสรุปผลแล้ว" in page


def test_words_of_a_colleague_are_not_overwritten(login, supervisor, group_director, summary):
    mine, theirs = login(supervisor), login(group_director)
    before = version(mine, summary)
    url = summary.get_absolute_url()
    theirs.post(url, WORDS | {"strengths": "คำของเพื่อน", "version": before})
    response = mine.post(url, WORDS | {"strengths": "คำของฉัน", "version": before})
    page = response.content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “คำของเพื่อน”" in page
    assert "คำของฉัน" in page
    summary.refresh_from_db()
    assert summary.strengths == "คำของเพื่อน"
    again = response.context["form"]["version"].value()
    mine.post(url, WORDS | {"strengths": "คำของเราสองคน", "version": again})
    summary.refresh_from_db()
    assert summary.strengths == "คำของเราสองคน"


def test_words_sent_twice_raise_no_alarm(login, supervisor, summary):
    client = login(supervisor)
    data = WORDS | {"version": version(client, summary)}
    for _ in range(2):
        assert client.post(summary.get_absolute_url(), data).status_code == 302


def test_words_too_long_are_kept_on_the_page(login, supervisor, summary):
    client = login(supervisor)
    data = WORDS | {"guidelines": "ก" * 4001, "version": version(client, summary)}
    page = client.post(summary.get_absolute_url(), data).content.decode()
    assert "ยาวเกิน 4,000 ตัวอักษร" in page
    assert "ก" * 4001 in page


def test_who_proposes_proposes_what_was_just_typed(login, supervisor, summary, recommendation):
    client = login(supervisor)
    data = WORDS | {"strengths": "เพิ่งพิมพ์", "version": version(client, summary), "then": "propose"}
    response = client.post(summary.get_absolute_url(), data)
    assert response.url == reverse("summary_propose", args=[summary.pk])
    client.post(response.url)
    summary.refresh_from_db()
    assert (summary.state, summary.strengths) == ("proposed", "เพิ่งพิมพ์")


def test_words_typed_after_proposing_stay_in_sight(login, supervisor, summary, recommendation):
    client = login(supervisor)
    data = WORDS | {"strengths": "พิมพ์ไว้ก่อน", "version": version(client, summary)}
    actions.propose_summary(summary, by=supervisor)
    response = client.post(summary.get_absolute_url(), data)
    assert response.status_code == 409
    assert "พิมพ์ไว้ก่อน" in response.content.decode()
    assert "เสนอโรงเรียนแล้ว จึงแก้ไขไม่ได้" in response.content.decode()
    summary.refresh_from_db()
    assert summary.strengths != "พิมพ์ไว้ก่อน"


def test_words_are_written_by_those_who_summarise(
    login, client, school_director, other_supervisor, outsider_director, summary
):
    url = summary.get_absolute_url()
    for person in (school_director, other_supervisor):
        assert "บันทึกร่าง" not in login(person).get(url).content.decode()
        assert login(person).post(url, WORDS).status_code == 403
    assert login(outsider_director).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_the_summary_costs_few_queries(
    login, supervisor, summary, recommendation, django_assert_max_num_queries
):
    client = login(supervisor)
    client.get(summary.get_absolute_url())
    with django_assert_max_num_queries(15):
        client.get(summary.get_absolute_url())


# --- Recommendations ---


def test_recommend_adds_to_the_ledger(login, supervisor, summary):
    url = url_of("recommendation_add", summary)
    assert login(supervisor).get(url).status_code == 200
    page = login(supervisor).post(url, advice(), follow=True).content.decode()
    assert "จัดตั้ง PLC ระดับชั้น" in page
    assert "ข้อเสนอแนะ 1 ข้อ" in page


def test_recommend_twice_adds_one(login, supervisor, summary):
    url = url_of("recommendation_add", summary)
    login(supervisor).post(url, advice())
    page = login(supervisor).post(url, advice()).content.decode()
    assert "มีข้อเสนอแนะนี้อยู่แล้ว" in page
    assert Recommendation.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"text": " "}, "โปรดกรอกข้อเสนอแนะ"),
        ({"text": "ก" * 2001}, "ยาวเกิน 2,000 ตัวอักษร"),
        ({"assignee": ""}, "โปรดเลือกผู้รับผิดชอบ"),
        ({"assignee": "minister"}, "โปรดเลือกผู้รับผิดชอบจากรายการ"),
        ({"due_on": ""}, "โปรดกรอกกำหนดเสร็จ"),
        ({"due_on": timedelta(days=-2)}, "กำหนดเสร็จผ่านมาแล้ว"),
    ],
)
def test_recommend_says_what_is_wrong(login, supervisor, summary, changes, message):
    if changes.get("due_on"):  # the days from today on
        changes = {"due_on": numeric_date(timezone.localdate() + changes["due_on"])}
    url = url_of("recommendation_add", summary)
    page = login(supervisor).post(url, advice(text="ที่พิมพ์ไว้") | changes).content.decode()
    assert message in page
    assert "ที่พิมพ์ไว้" in page or "text" in changes
    assert not Recommendation.objects.exists()


def test_recommend_only_in_a_draft(login, supervisor, proposed, recommendation):
    for url in (
        url_of("recommendation_add", proposed),
        url_of("recommendation_edit", recommendation),
    ):
        assert login(supervisor).get(url).status_code == 409
        assert login(supervisor).post(url, advice()).status_code == 409


def test_edit_puts_a_recommendation_right(login, supervisor, summary, recommendation):
    url = url_of("recommendation_edit", recommendation)
    assert "จัดทำแผนนิเทศภายใน" in login(supervisor).get(url).content.decode()
    login(supervisor).post(url, advice())
    recommendation.refresh_from_db()
    assert recommendation.text == "จัดตั้ง PLC ระดับชั้น"
    assert recommendation.assignee == Assignee.ACADEMIC_TEACHER
    assert "เดิม: จัดทำแผนนิเทศภายใน" in login(supervisor).get(url).content.decode()


def test_edit_makes_no_second_of_the_same(login, supervisor, summary, recommendation):
    login(supervisor).post(url_of("recommendation_add", summary), advice())
    page = login(supervisor).post(url_of("recommendation_edit", recommendation), advice())
    assert "มีข้อเสนอแนะนี้อยู่แล้ว" in page.content.decode()
    recommendation.refresh_from_db()
    assert recommendation.text == "จัดทำแผนนิเทศภายใน"


def test_recommendations_are_for_those_who_summarise(
    login, client, school_director, outsider_director, summary, recommendation
):
    for url in (
        url_of("recommendation_add", summary),
        url_of("recommendation_edit", recommendation),
        url_of("recommendation_close", recommendation),
    ):
        assert login(school_director).post(url, advice()).status_code == 403
        assert login(outsider_director).get(url).status_code == 404
        assert client.get(url).status_code == 302


# --- Propose, agree, return ---


def test_propose_lists_what_is_missing(login, supervisor, summary):
    page = login(supervisor).get(summary.get_absolute_url()).content.decode()
    assert "ข้อเสนอแนะอย่างน้อย 1 ข้อ" in page
    response = login(supervisor).post(url_of("summary_propose", summary))
    assert response.status_code == 409
    assert "ข้อเสนอแนะอย่างน้อย 1 ข้อ" in response.content.decode()


def test_propose_then_agree(login, supervisor, school_director, summary, recommendation):
    propose, agree = url_of("summary_propose", summary), url_of("summary_agree", summary)
    assert login(supervisor).get(propose).status_code == 200
    login(supervisor).post(propose)
    assert login(supervisor).post(propose).status_code == 409
    assert "เห็นชอบสรุปผล" in login(school_director).get(summary.get_absolute_url()).content.decode()
    assert login(school_director).get(agree).status_code == 200
    login(school_director).post(agree)
    summary.refresh_from_db()
    assert summary.state == SummaryState.AGREED
    assert summary.agreed_as == "ผู้อำนวยการโรงเรียนของเรา"
    page = login(supervisor).get(summary.get_absolute_url()).content.decode()
    assert f"{school_director} (ผู้อำนวยการโรงเรียนของเรา) เห็นชอบเมื่อ" in page
    assert login(school_director).post(agree).status_code == 409


def test_return_gives_its_reason(login, supervisor, school_director, proposed):
    url = url_of("summary_return", proposed)
    client = login(school_director)
    assert client.get(url).status_code == 200
    assert "โปรดระบุเหตุผล" in client.post(url, {"reason": "  "}).content.decode()
    client.post(url, {"reason": "ขอเวลาเพิ่มเป็นสองเดือน"})
    proposed.refresh_from_db()
    assert proposed.state == SummaryState.DRAFT
    page = login(supervisor).get(proposed.get_absolute_url())
    assert page.context["asked"].reason == "ขอเวลาเพิ่มเป็นสองเดือน"
    assert "ขอให้ปรับสรุปผล" in page.content.decode()
    assert client.post(url, {"reason": "อีกครั้ง"}).status_code == 409


def test_agreeing_is_for_the_schools_director(
    login, client, supervisor, academic_teacher, outsider_director, proposed
):
    for name in ("summary_agree", "summary_return"):
        url = url_of(name, proposed)
        for person in (supervisor, academic_teacher):
            assert login(person).post(url, {"reason": "เหตุผล"}).status_code == 403
        assert login(outsider_director).get(url).status_code == 404
        assert client.get(url).status_code == 302
    assert login(academic_teacher).post(url_of("summary_propose", proposed)).status_code == 403


# --- Close ---


def test_close_needs_proof(login, supervisor, agreed, recommendation):
    url = url_of("recommendation_close", recommendation)
    page = login(supervisor).post(url, {"proof": " "}).content.decode()
    assert "โปรดระบุหลักฐาน" in page
    recommendation.refresh_from_db()
    assert recommendation.state == RecommendationState.OPEN


def test_close_with_proof_once(login, supervisor, agreed, recommendation):
    url = url_of("recommendation_close", recommendation)
    assert "จัดทำแผนนิเทศภายใน" in login(supervisor).get(url).content.decode()
    page = login(supervisor).post(url, {"proof": "แผนนิเทศภายใน"}, follow=True).content.decode()
    assert "ปิดแล้ว" in page
    assert "แผนนิเทศภายใน" in page
    assert login(supervisor).post(url, {"proof": "อีกครั้ง"}).status_code == 409


def test_close_waits_for_the_schools_agreement(login, supervisor, proposed, recommendation):
    url = url_of("recommendation_close", recommendation)
    assert login(supervisor).post(url, {"proof": "แผน"}).status_code == 409


def test_an_overdue_recommendation_says_so(login, supervisor, agreed, recommendation):
    yesterday = timezone.localdate() - timedelta(days=1)
    Recommendation.objects.filter(pk=recommendation.pk).update(due_on=yesterday)
    assert "เกินกำหนด" in login(supervisor).get(agreed.get_absolute_url()).content.decode()

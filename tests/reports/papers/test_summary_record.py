"""The summary of a round with its ledger, opened as a person's reader opens it."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from supervision.improvement import actions as improvement
from supervision.improvement.enums import Assignee
from supervision.improvement.models import Summary
from tests import scenarios
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import text_of, texts_of

pytestmark = pytest.mark.db_agnostic


def paper_url(summary) -> str:
    return reverse("summary_paper", args=[summary.pk])


@pytest.fixture
def draft(round_, supervisor, school_director, group_director):
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director)
    scenarios.round_decided(round_, by=group_director)
    return improvement.start_summary(round_, by=supervisor)


@pytest.fixture
def advise(draft, supervisor):
    def act(text: str):
        return improvement.create_recommendation(
            draft,
            by=supervisor,
            text=text,
            assignee=Assignee.SCHOOL_DIRECTOR,
            due_on=timezone.localdate() + timedelta(days=30),
            visit=draft.round.visits.get(),
            indicator=draft.round.indicator_sets.get().standards.first().indicators.first(),
        )

    return act


@pytest.fixture
def agree(draft, supervisor, school_director):
    def act() -> None:
        improvement.propose_summary(draft, by=supervisor)
        improvement.agree_to_summary(draft, by=school_director)

    return act


def test_an_agreed_summary_is_printed_with_its_ledger(
    login, supervisor, school_director, advise, agree, draft
):
    advice = advise("จัดทำแผนนิเทศภายใน")
    agree()
    improvement.close_recommendation(advice, by=supervisor, proof="เห็นแผนที่ลงนามแล้ว")
    text = text_of(login(school_director).get(paper_url(draft)))
    found = (
        *("สรุปผลการนิเทศและข้อเสนอแนะ", draft.round.school.name, draft.strengths),
        *("เห็นชอบร่วมกันแล้วเมื่อ", draft.improvement_points, "ข้อเสนอแนะ ๑ ข้อ"),
        *("จัดทำแผนนิเทศภายใน", "การนิเทศครั้งที่ ๑", "ตัวชี้วัด ๑.๑", "เห็นแผนที่ลงนามแล้ว", "ปิดแล้ว"),
        *(
            f"({supervisor})",
            "เสนอในระบบ",
            f"({school_director})",
            "เห็นชอบในระบบ",
        ),
    )
    for words in found:
        assert normalized(words) in text
    assert "ร่าง" not in text


def test_until_the_school_agrees_it_is_a_draft(login, supervisor, school_director, advise, draft):
    advise("จัดทำแผนนิเทศภายใน")
    response = login(school_director).get(paper_url(draft))
    text = text_of(response)
    for words in ("ร่าง", "กำลังสรุป", "รอโรงเรียนเห็นชอบ", f"({school_director})"):
        assert normalized(words) in text
    assert normalized("ในระบบ วันที่") not in text
    assert "ร่าง สรุปผลการนิเทศ" in unquote(response["Content-Disposition"])
    improvement.propose_summary(draft, by=supervisor)
    improvement.return_summary_for_correction(draft, by=school_director, reason="ขอเพิ่มจุดเด่น")
    assert normalized("ขอเพิ่มจุดเด่น") in text_of(login(supervisor).get(paper_url(draft)))


def test_while_it_is_put_right_the_school_prints_what_it_agreed_to(
    login, supervisor, school_director, advise, agree, draft
):
    advise("จัดทำแผนนิเทศภายใน")
    agree()
    agreed_words = draft.strengths
    improvement.reopen_summary(draft, by=supervisor, reason="จุดเด่นคลาดเคลื่อน")
    Summary.objects.update(strengths="ข้อความใหม่ที่ยังไม่เสนอ")
    advise("ข้อเสนอแนะใหม่ที่ยังไม่เสนอ")
    for_school = text_of(login(school_director).get(paper_url(draft)))
    for words in (agreed_words, "กำลังแก้ไข", "เห็นชอบในระบบ", "จุดเด่นคลาดเคลื่อน"):
        assert normalized(words) in for_school
    for words in ("ข้อความใหม่ที่ยังไม่เสนอ", "ข้อเสนอแนะใหม่ที่ยังไม่เสนอ", "ร่าง"):
        assert normalized(words) not in for_school
    for_office = text_of(login(supervisor).get(paper_url(draft)))
    for words in ("ข้อความใหม่ที่ยังไม่เสนอ", "ข้อเสนอแนะใหม่ที่ยังไม่เสนอ", "ร่าง"):
        assert normalized(words) in for_office


def test_what_was_agreed_to_was_put_forward_before(
    login, supervisor, group_director, school_director, advise, agree, draft
):
    """By who did it then, not by who puts the corrected one forward."""
    advise("จัดทำแผนนิเทศภายใน")
    agree()
    improvement.reopen_summary(draft, by=group_director, reason="จุดเด่นคลาดเคลื่อน")
    improvement.propose_summary(draft, by=group_director)
    improvement.return_summary_for_correction(draft, by=school_director, reason="ขอเพิ่มจุดเด่น")
    for_school = text_of(login(school_director).get(paper_url(draft)))
    assert normalized(f"({supervisor})") in for_school
    assert normalized(f"({group_director})") not in for_school


def test_sixty_recommendations_run_over_pages_and_withdrawn_ones_are_counted(
    login, supervisor, advise, draft
):
    for number in range(60):
        advise(f"ข้อเสนอแนะเรื่องที่ {number} ให้ดำเนินการภายในภาคเรียน")
    improvement.withdraw_recommendation(advise("ให้ผิด"), by=supervisor, reason="ซ้ำ")
    texts = texts_of(login(supervisor).get(paper_url(draft)))
    assert len(texts) > 3
    assert all(normalized("ผู้รับผิดชอบ") in text for text in texts[1:-1])
    assert normalized("ข้อเสนอแนะที่ถอนแล้ว ๑ ข้อ") in texts[-1]
    assert normalized("ให้ผิด") not in "".join(texts)


def test_an_empty_draft_is_printed_too(login, supervisor, draft):
    Summary.objects.update(strengths="", improvement_points="", guidelines="")
    text = text_of(login(supervisor).get(paper_url(draft)))
    assert text.count(normalized("ยังไม่กรอก")) == 3
    assert normalized("ยังไม่มีข้อเสนอแนะ") in text


def test_its_queries_do_not_grow_with_the_ledger(
    login, supervisor, advise, draft, django_assert_num_queries, django_assert_max_num_queries
):
    advise("ข้อแรก")
    client, url = login(supervisor), paper_url(draft)
    client.get(url)
    with django_assert_max_num_queries(30) as captured:
        client.get(url)
    for number in range(5):
        advise(f"ข้อที่ {number}")
    with django_assert_num_queries(len(captured)):
        client.get(url)


def test_the_page_links_the_paper_and_strangers_do_not_find_it(
    login, supervisor, outsider_director, draft
):
    page = login(supervisor).get(draft.get_absolute_url()).content.decode()
    assert paper_url(draft) in page
    assert login(outsider_director).get(paper_url(draft)).status_code == 404

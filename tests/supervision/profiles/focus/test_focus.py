import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import fiscal_year
from supervision.criteria.models import Indicator, IndicatorSet
from supervision.profiles.focus.coverage import focus_coverage
from supervision.profiles.focus.enums import PolicyOrigin
from supervision.profiles.models import PolicyFocus
from tests.factories import IndicatorSetFactory
from tests.form_data import page_form_data
from tests.school_facts import PolicyFocusFactory


@pytest.fixture
def year():
    return fiscal_year(timezone.localdate())


def first_indicator(indicator_set):
    return Indicator.objects.filter(standard__indicator_set=indicator_set).first()


def list_text(client, year):
    return client.get(reverse("policy_focuses"), {"year": year}).content.decode()


def test_the_office_enters_a_policy_and_everybody_reads_it(login, clerk, school_director, year):
    client, url = login(clerk), f"{reverse('policy_focus_add')}?year={year}"
    sent = {"origin": "obec", "text": "อ่านออกเขียนได้", "source": "ประกาศ", "position": 1}
    client.post(url, sent)
    again = client.post(url, sent).content.decode()
    assert f"ปีงบประมาณ {year} มีจุดเน้น สพฐ.ข้อนี้แล้ว" in again
    text = list_text(login(school_director), year)
    assert "อ่านออกเขียนได้" in text
    assert "ยังไม่มีตัวชี้วัดตอบ" in text
    assert reverse("policy_focus_edit", args=[PolicyFocus.objects.get().pk]) not in text


@pytest.mark.parametrize("left_out", ["origin", "text", "source"])
def test_a_policy_needs_its_words_and_its_source(left_out, login, clerk, year):
    sent = {"origin": "area", "text": "ก", "source": "ข", "position": 1} | {left_out: ""}
    page = login(clerk).post(f"{reverse('policy_focus_add')}?year={year}", sent)
    assert left_out in page.context["form"].errors
    assert not PolicyFocus.objects.exists()


def test_ticked_indicators_answer_a_policy(login, group_director, year):
    used, focus = IndicatorSetFactory(), PolicyFocusFactory()
    indicator, client = first_indicator(used), login(group_director)
    url = reverse("policy_focus_indicators", args=[focus.pk])
    client.post(url, page_form_data(client, url) | {"indicators": [indicator.pk]})
    assert list(focus.indicators.all()) == [indicator]
    assert focus.history.first().history_change_reason == "เชื่อมกับตัวชี้วัด 1 ข้อ"
    assert "มีตัวชี้วัดในชุดที่ใช้อยู่ตอบครบทุกข้อ" in list_text(client, year)
    draft = first_indicator(IndicatorSetFactory(draft=True))
    refused = client.post(url, {"indicators": [draft.pk]})
    assert refused.context["form"].errors  # a draft's indicator is not offered


def test_a_set_says_which_policies_it_answers_and_which_not(login, supervisor):
    used = IndicatorSetFactory()
    answered = PolicyFocusFactory(text="ที่ตอบแล้ว")
    answered.indicators.add(first_indicator(used))
    PolicyFocusFactory(text="ที่ยังไม่ตอบ")
    page = login(supervisor).get(used.get_absolute_url())
    focus = page.context["focus"]
    assert [one.text for one in focus.answered] == ["ที่ตอบแล้ว"]
    assert [one.text for one in focus.unanswered] == ["ที่ยังไม่ตอบ"]
    assert "ตัวชี้วัดในชุดนี้ตอบ 1 จาก 2 ข้อ" in page.content.decode()


def test_the_same_indicator_of_the_next_version_answers_too(db, year, django_assert_num_queries):
    old, new = IndicatorSetFactory(name="ก"), IndicatorSetFactory(name="ข")
    focus = PolicyFocusFactory()
    PolicyFocusFactory()
    focus.indicators.add(first_indicator(old))
    with django_assert_num_queries(5):  # the prefetch of an indicator with standard and set
        coverage = focus_coverage([new], year)
    assert [line.focus for line in coverage.lines if line.indicators] == [focus]
    assert len(coverage.unanswered) == 1
    changed = first_indicator(new)
    changed.text = "อื่น"
    changed.save()
    assert len(focus_coverage([new], year).unanswered) == 2


def test_a_year_without_policies_has_nothing_to_answer(db, year):
    coverage = focus_coverage(IndicatorSet.objects.all(), year)
    assert (coverage.lines, coverage.is_complete) == ([], True)


def test_a_new_year_begins_from_the_last_once(login, clerk, year):
    kept = PolicyFocusFactory(origin=PolicyOrigin.AREA)
    kept.indicators.add(first_indicator(IndicatorSetFactory()))
    client, url = login(clerk), reverse("policy_focus_copy", args=[year + 1])
    assert f"เริ่มจากรายการของปี {year}" in " ".join(list_text(client, year + 1).split())
    client.post(url)
    copy = PolicyFocus.objects.get(fiscal_year=year + 1)
    assert (copy.text, copy.origin) == (kept.text, kept.origin)
    assert copy.indicators.count() == 1
    assert copy.source == f"ยกมาจากปีงบประมาณ {year} ยังไม่ได้เทียบกับประกาศของปี {year + 1}"
    again = client.post(url)
    assert again.status_code == 409
    assert PolicyFocus.objects.count() == 2
    assert client.get(reverse("policy_focus_copy", args=[9999])).status_code == 404


def test_a_policy_entered_by_mistake_is_deleted(login, clerk, year):
    focus, client = PolicyFocusFactory(), login(clerk)
    client.post(reverse("policy_focus_delete", args=[focus.pk]))
    assert not PolicyFocus.objects.exists()
    assert "ลบจุดเน้น" in list_text(client, year)


def test_the_list_takes_as_many_queries_for_three_policies(
    login, supervisor, year, django_assert_max_num_queries
):
    used, client = IndicatorSetFactory(), login(supervisor)
    for _ in range(3):
        PolicyFocusFactory().indicators.add(first_indicator(used))
    list_text(client, year)
    with django_assert_max_num_queries(11):
        list_text(client, year)

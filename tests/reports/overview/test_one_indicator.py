"""The page of one indicator over all schools: from its levels to each answer."""

import pytest
from django.urls import reverse

from supervision.assessments.models import Answer
from supervision.practices import actions as practices
from tests.factories import ClusterFactory, IndicatorSetFactory


def page(client, pk, status=200, **asked):
    response = client.get(reverse("overview_indicator", args=[pk]), asked)
    assert response.status_code == status
    return response


@pytest.fixture
def indicator(chosen_set):
    return chosen_set.standards.first().indicators.first()


@pytest.fixture
def results(login, area_director, indicator):
    client = login(area_director)
    return lambda **asked: page(client, indicator.pk, **asked).context["found"]


@pytest.mark.parametrize("who", ["school_director", "cluster_chair", "subcommittee_member"])
def test_the_page_is_for_who_sees_the_area(request, login, judge, indicator, who):
    judge("ก", 3)
    page(login(request.getfixturevalue(who)), indicator.pk, status=403)


def test_an_unknown_indicator_is_not_found(login, area_director, judge):
    judge("ก", 3)
    page(login(area_director), 999999, status=404)


def test_the_indicator_of_a_draft_is_not_found(login, group_director, judge):
    judge("ก", 3)
    draft = IndicatorSetFactory(draft=True)
    page(login(group_director), draft.standards.first().indicators.first().pk, status=404)


def test_levels_of_both_sides_and_their_gap(results, judge):
    judge("ก", 2, own=4)
    judge("ข", 4, own=4)
    found = results()
    visit, own = found.bars
    assert [part.value for part in visit.segments] == [0, 1, 0, 1, 0]
    assert [part.value for part in own.segments] == [0, 0, 0, 2, 0]
    assert (found.mean, found.own_mean, found.gap, found.wide) == (3, 4, "−1.00", 1)
    line = found.lowest[0]
    assert (line.answer.level, line.answer.own, line.gap, line.is_wide) == (2, 4, "−2", True)
    assert line.answer.finding == "ข้อค้นพบจากการทดสอบ"
    assert found.lowest[1].gap == "0"


def test_both_ends_name_a_school_once(results, judge):
    for number in range(12):
        judge(f"ที่ {number:02}", 1 + number % 5)
    found = results()
    lowest = [line.row.school.short_name for line in found.lowest]
    highest = [line.row.school.short_name for line in found.highest]
    assert len(lowest) == 10
    assert lowest[:3] == ["ที่ 00", "ที่ 05", "ที่ 10"]
    assert highest == ["ที่ 04", "ที่ 09"]


def test_each_answer_is_one_press_away(results, login, area_director, judge):
    judge("ก", 2)
    (line,) = results().lowest
    client = login(area_director)
    assert "ข้อค้นพบจากการทดสอบ" in client.get(line.answer_url).content.decode()
    assert line.answer_url.endswith(f"#indicator-{line.answer.indicator_id}")
    assert client.get(line.visit_url).status_code == 200
    assert client.get(line.school_url).status_code == 200


def test_terms_stand_side_by_side(results, judge, earlier_term):
    judge("ก", 2, of_term=earlier_term)
    judge("ก", 4, own=5)
    visit, own = results().trend.lines
    assert (visit.values, own.values) == ((2, 4), (2, 5))


def test_the_key_of_an_older_version_leads_to_the_same_indicator(
    results, judge, chosen_set, indicator
):
    newer = IndicatorSetFactory(name=chosen_set.name, version=2, previous=chosen_set)
    judge("ก", 2)
    judge("ข", 4, chosen=newer)
    found = results()
    assert found.indicator.pk == newer.standards.first().indicators.first().pk
    assert found.mean == 3


def test_another_set_with_the_same_words_is_another_indicator_only_by_level(
    results, judge, chosen_set
):
    """Sets that agree on level, standard, code and text ask the same, as in all results."""
    judge("ก", 2)
    judge("ข", 4, chosen=IndicatorSetFactory(level=1))
    assert results().mean == 2


def test_what_was_advised_about_it_is_listed_with_its_state(
    login, area_director, judge, indicator, advise
):
    advise(judge("ก", 2), indicator)
    text = page(login(area_director), indicator.pk).content.decode()
    assert "จัดกิจกรรมการอ่านทุกวัน" in text
    assert "ยังไม่รายงาน" in text


def test_advice_is_that_of_the_schools_the_filters_leave(results, judge, indicator, advise):
    advise(judge("ก", 2), indicator)
    other = ClusterFactory()
    judge("ข", 3, in_cluster=other)
    assert len(results().advice) == 1
    assert results(cluster=other.pk).advice == []


def test_practices_are_those_of_the_best_schools_and_the_page_says_what_they_are(
    login, area_director, judge, indicator, supervisor, group_director
):
    for name, level in (("ก", 2), ("ข", 5)):
        practice = practices.nominate_practice(
            judge(name, level).round,
            by=supervisor,
            title=f"เรื่องของ{name}",
            process="ข",
            outcome="ค",
        )
        practices.select_practice(practice, level="cluster", by=group_director)
    text = page(login(area_director), indicator.pk).content.decode()
    assert "เรื่องของข" in text
    assert "เรื่องของก" not in text
    assert "วิธีปฏิบัติไม่ได้ผูกกับตัวชี้วัดในระบบ" in text


def test_without_results_the_page_says_so(login, area_director, indicator, round_):
    text = page(login(area_director), indicator.pk).content.decode()
    assert "ยังไม่มีการนิเทศที่ลงนามแล้วในภาคเรียนและตัวกรองที่เลือก" in text
    assert "ยังไม่มีข้อเสนอแนะที่ระบุตัวชี้วัดนี้ในภาคเรียนที่เทียบ" in text


def test_before_any_term_the_page_says_who_opens_one(login, area_director, indicator):
    text = page(login(area_director), indicator.pk).content.decode()
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in text


def test_filters_are_kept_on_the_way_up(login, area_director, judge, indicator, cluster):
    judge("ก", 3)
    text = page(login(area_director), indicator.pk, cluster=cluster.pk).content.decode()
    standard = reverse("overview_standard", args=[indicator.standard_id])
    assert f"{standard}?term=" in text
    assert text.count(f"cluster={cluster.pk}") >= 2


def test_the_cost_does_not_grow_with_the_schools(
    login, area_director, judge, indicator, django_assert_max_num_queries
):
    client = login(area_director)
    judge("ก", 4)
    page(client, indicator.pk)  # what only a first page asks
    with django_assert_max_num_queries(15) as one:
        page(client, indicator.pk)
    for name in "ขคง":
        judge(name, 3, in_cluster=ClusterFactory())
    with django_assert_max_num_queries(len(one)):
        page(client, indicator.pk)


def test_a_school_that_set_it_aside_is_counted_apart(results, judge, indicator):
    visit = judge("ก", 4)
    Answer.objects.filter(sheet=visit.sheet, indicator=indicator).update(
        level=None, not_applicable=True, na_reason="ไม่เปิดสอน"
    )
    judge("ข", 2)
    found = results()
    assert (found.not_applicable, len(found.judged), found.mean) == (1, 1, 2)

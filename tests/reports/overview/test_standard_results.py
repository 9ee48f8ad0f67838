"""The page of one standard over all schools."""

from decimal import Decimal

import pytest
from django.urls import reverse

from tests.factories import ClusterFactory, IndicatorSetFactory


def page(client, pk, status=200, **asked):
    response = client.get(reverse("overview_standard", args=[pk]), asked)
    assert response.status_code == status
    return response


@pytest.fixture
def standard(chosen_set):
    return chosen_set.standards.first()


@pytest.fixture
def results(login, area_director, standard):
    client = login(area_director)
    return lambda **asked: page(client, standard.pk, **asked).context["found"]


@pytest.mark.parametrize("who", ["school_director", "cluster_chair", "subcommittee_member"])
def test_the_page_is_for_who_sees_the_area(request, login, judge, standard, who):
    judge("ก", 3)
    page(login(request.getfixturevalue(who)), standard.pk, status=403)


def test_an_unknown_standard_is_not_found(login, area_director, judge):
    judge("ก", 3)
    page(login(area_director), 999999, status=404)


def test_the_standard_of_a_draft_is_not_found(login, group_director, judge):
    judge("ก", 3)
    draft = IndicatorSetFactory(draft=True)
    page(login(group_director), draft.standards.first().pk, status=404)


def test_its_schools_bands_groups_and_both_ends(results, judge):
    other = ClusterFactory(name="กลุ่มโรงเรียนที่สอง")
    for name, level in zip("กขคงจฉช", (1, 2, 3, 3, 4, 5, 5), strict=True):
        judge(name, level, in_cluster=other if level == 5 else None)
    found = results()
    assert found.result.summary.visit.mean == Decimal("3.29")
    assert [(b.label, b.schools) for b in found.band_lines[0].bands] == [
        ("กำลังพัฒนา", 1),
        ("ปานกลาง", 1),
        ("ดี", 2),
        ("ดีเลิศ", 1),
        ("ยอดเยี่ยม", 2),
    ]
    assert [line.group.name for line in found.groups] == ["กลุ่มโรงเรียนของเรา", "กลุ่มโรงเรียนที่สอง"]
    assert [one.school.short_name for one in found.lowest] == ["ก", "ข", "ค", "ง", "จ"]
    assert [one.school.short_name for one in found.highest] == ["ช", "ฉ"]


def test_its_indicators_say_levels_gap_and_where_they_lead(results, judge, standard):
    judge("ก", 2, own=4)
    judge("ข", 4)
    first, second = results().indicators
    assert [line.result.indicator.code for line in (first, second)] == ["1.1", "1.2"]
    assert [part.value for part in first.bar.segments] == [0, 1, 0, 1, 0]
    assert first.bar.segments[4].label == "5 ยอดเยี่ยม"
    assert (first.result.visit.mean, first.gap, first.result.gap.wide) == (3, "−1.00", 1)
    pk = standard.indicators.first().pk
    assert first.url.startswith(reverse("overview_indicator", args=[pk]))


def test_its_trend_and_change_are_of_the_same_schools(results, judge, earlier_term):
    judge("ก", 3, of_term=earlier_term)
    judge("ก", 5)
    judge("ข", 1)
    found = results()
    assert (found.change.text, found.change.schools) == ("+2.00", 1)
    assert found.trend.counts == [("1/2569", 1), ("2/2569", 2)]


def test_the_key_of_an_older_version_leads_to_the_same_standard(
    results, judge, chosen_set, standard
):
    newer = IndicatorSetFactory(name=chosen_set.name, version=2, previous=chosen_set)
    judge("ก", 2)
    judge("ข", 4, chosen=newer)
    found = results()
    assert found.standard.pk == newer.standards.first().pk
    assert found.result.summary.visit.n == 2


def test_a_standard_by_which_nobody_was_judged_says_so(login, area_director, judge):
    judge("ก", 3)
    other = IndicatorSetFactory().standards.first()
    other.name = "มาตรฐานที่ยังไม่ใช้"
    other.save()
    response = page(login(area_director), other.pk)
    assert response.context["found"] is None
    assert "ยังไม่มีการนิเทศที่ลงนามแล้วในภาคเรียนและตัวกรองที่เลือก" in response.content.decode()


def test_filters_are_kept_on_the_way_down_and_up(login, area_director, judge, standard, cluster):
    judge("ก", 3)
    text = page(login(area_director), standard.pk, cluster=cluster.pk).content.decode()
    for name in ("overview_results", "overview_schools"):
        assert f"{reverse(name)}?term=" in text
    assert text.count(f"cluster={cluster.pk}") > 5


def test_every_link_of_the_page_opens(login, area_director, judge, standard):
    judge("ก", 3)
    judge("ข", 5)
    client = login(area_director)
    found = page(client, standard.pk).context["found"]
    urls = [line.url for line in found.indicators]
    urls += [band.url for band in found.band_lines[0].bands]
    urls += [line.url for line in found.groups] + [line.schools_url for line in found.groups]
    urls += [one.url for one in (*found.lowest, *found.highest)]
    assert {client.get(url).status_code for url in urls} == {200}


def test_before_any_term_the_page_says_who_opens_one(login, area_director, standard):
    text = page(login(area_director), standard.pk).content.decode()
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in text


def test_the_cost_does_not_grow_with_the_schools(
    login, area_director, judge, standard, django_assert_max_num_queries
):
    client = login(area_director)
    judge("ก", 4)
    page(client, standard.pk)  # what only a first page asks
    with django_assert_max_num_queries(15) as one:
        page(client, standard.pk)
    for name in "ขคง":
        judge(name, 3, in_cluster=ClusterFactory())
    with django_assert_max_num_queries(len(one)):
        page(client, standard.pk)

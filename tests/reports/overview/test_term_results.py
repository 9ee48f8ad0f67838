"""The page of a term's results: its numbers, its groups, and where they lead."""

from decimal import Decimal

import pytest
from django.urls import reverse

from schools.enums import Grade
from schools.models import School
from tests.factories import (
    ClusterFactory,
    IndicatorSetFactory,
    RoundFactory,
    SchoolFactory,
    SizeSchemeFactory,
    YearlyCountFactory,
)

RESULTS = reverse("overview_results")


def page(client, **asked):
    response = client.get(RESULTS, asked)
    assert response.status_code == 200
    return response


@pytest.fixture
def results(login, area_director):
    """The page's `found` as the area director gets it."""
    client = login(area_director)
    return lambda **asked: page(client, **asked).context["found"]


@pytest.mark.parametrize(
    "who", ["school_director", "cluster_chair", "subcommittee_member", "administrator"]
)
def test_results_are_for_who_sees_the_area(request, login, round_, who):
    assert login(request.getfixturevalue(who)).get(RESULTS).status_code == 403


@pytest.mark.parametrize("who", ["supervisor", "area_director", "committee_member", "clerk"])
def test_the_office_reads_the_head_of_the_term(request, login, judge, other_school, who):
    judge("ก", 4)
    text = page(login(request.getfixturevalue(who))).content.decode()
    assert "ผลของภาคเรียนที่ 2/2569" in text
    assert "กำลังดำเนินการ" in text
    assert "1 โรงเรียนที่ลงนามแล้ว จาก 2" in text


def test_a_term_gone_by_goes_on_no_more(results, login, area_director, judge, earlier_term):
    judge("ก", 4, of_term=earlier_term)
    text = page(login(area_director), term=earlier_term.pk).content.decode()
    assert "ผลของภาคเรียนที่ 1/2569" in text
    assert "กำลังดำเนินการ" not in text


def test_each_standard_says_its_bands_mean_target_and_where_it_leads(results, judge):
    for name, level in (("ก", 2), ("ข", 4), ("ค", 5)):
        judge(name, level)
    first, second = results().standards
    assert first.result.standard.label == "1 มาตรฐานทดสอบ 1"
    assert [(band.label, band.schools) for band in first.bands if band.schools] == [
        ("ปานกลาง", 1),
        ("ดีเลิศ", 1),
        ("ยอดเยี่ยม", 1),
    ]
    summary = first.result.summary
    assert (summary.visit.mean, summary.visit.sd) == (Decimal("3.67"), Decimal("1.53"))
    assert (summary.achieved, summary.judged, first.result.target) == (2, 3, 3)
    assert first.url.startswith(reverse("overview_standard", args=[first.result.standard.pk]))
    assert second.result.summary == summary


def test_the_change_is_that_of_the_same_schools(results, judge, earlier_term):
    judge("ก", 3, of_term=earlier_term)
    judge("ข", 5, of_term=earlier_term)
    judge("ก", 4)
    judge("ค", 2)
    change = results().standards[0].change
    assert (change.before, change.after, change.schools) == (3, 4, 1)
    assert change.text == "+1.00"
    trend = results().trend
    assert [(p.mean, p.schools) for p in trend.points] == [(4, 2), (3, 2)]
    assert [(p.same_schools_mean, p.same_schools) for p in trend.points] == [(3, 1), (4, 1)]


def test_the_change_is_said_in_words_too(login, area_director, judge, earlier_term):
    judge("ก", 4, of_term=earlier_term)
    judge("ก", 3)
    text = page(login(area_director)).content.decode()
    assert "▼" in text
    assert "ลดลง" in text
    assert "−1.00" in text


def test_without_a_term_before_there_is_no_change(results, judge):
    judge("ก", 3)
    assert results().standards[0].change is None
    assert results().overall_change is None


def test_groups_are_by_cluster_unless_asked(results, judge, cluster):
    other = ClusterFactory(name="กลุ่มโรงเรียนที่สอง")
    judge("ก", 2)
    judge("ข", 4, own=5)
    judge("ค", 5, in_cluster=other)
    found = {line.group.name: line for line in results().groups}
    assert list(found) == ["กลุ่มโรงเรียนของเรา", "กลุ่มโรงเรียนที่สอง"]
    ours = found["กลุ่มโรงเรียนของเรา"]
    assert (ours.summary.visit.n, ours.mean, ours.gap) == (2, 3, "−0.50")
    assert ours.summary.is_few
    assert f"cluster={cluster.pk}" in ours.url


def test_groups_by_size_district_grades_and_leader(results, judge, supervisor):
    SizeSchemeFactory()
    visit = judge("ก", 4)
    judge("ข", 2)
    school = visit.round.school
    year = visit.round.term.academic_year
    YearlyCountFactory(school=school, academic_year=year, pupils=80)
    School.objects.filter(pk=school.pk).update(
        district="ภูเรือ", first_grade=Grade.K2, last_grade=Grade.M3
    )
    for by, names in {
        "size": ["เล็ก", "ยังไม่ทราบขนาด"],
        "district": ["ภูเรือ", "ยังไม่ระบุอำเภอ"],
        "taught": ["ถึงมัธยมศึกษาตอนต้น", "ยังไม่ระบุชั้นที่เปิดสอน"],
        "leader": [str(supervisor)],
    }.items():
        assert [line.group.name for line in results(by=by).groups] == names, by


@pytest.mark.parametrize(
    ("first", "last", "name"),
    [
        (Grade.K1, Grade.K3, "เฉพาะปฐมวัย"),
        (Grade.K2, Grade.P6, "ปฐมวัยถึงประถมศึกษา"),
        (Grade.P1, Grade.P6, "เฉพาะประถมศึกษา"),
        (Grade.P1, Grade.M3, "ถึงมัธยมศึกษาตอนต้น"),
    ],
)
def test_schools_are_told_apart_by_the_grades_they_teach(results, judge, first, last, name):
    school = judge("ก", 4).round.school
    School.objects.filter(pk=school.pk).update(first_grade=first, last_grade=last)
    assert [line.group.name for line in results(by="taught").groups] == [name]


def test_an_unknown_grouping_is_named_and_clusters_shown(login, area_director, judge):
    judge("ก", 4)
    response = page(login(area_director), by="teachers")
    assert "by" in response.context["form"].errors
    assert response.context["found"].by == "cluster"


def test_filters_leave_their_schools_and_stay_in_every_link(results, judge, cluster):
    judge("ก", 2)
    judge("ข", 5, in_cluster=ClusterFactory())
    found = results(cluster=cluster.pk, compared=3)
    assert found.overall.visit.n == 1
    links = [line.url for line in found.standards]
    links += [band.url for line in found.band_lines for band in line.bands]
    links += [line.schools_url for line in found.groups]
    assert all(f"cluster={cluster.pk}" in url and "compared=3" in url for url in links)


def test_the_schools_of_a_band_are_one_press_away(results, login, area_director, judge):
    judge("ก", 2)
    judge("ข", 5)
    (band,) = [band for band in results().standards[0].bands if band.label == "ยอดเยี่ยม"]
    listed = login(area_director).get(band.url).context["found"]
    assert [line.name for line in listed.shown] == ["ข"]


def test_every_link_of_the_page_opens(login, area_director, judge, earlier_term):
    judge("ก", 4, of_term=earlier_term)
    judge("ก", 4)
    client = login(area_director)
    found = page(client).context["found"]
    urls = [line.url for line in found.standards]
    urls += [band.url for line in found.band_lines for band in line.bands]
    urls += [url for line in found.groups for url in (line.url, line.schools_url)]
    assert {client.get(url).status_code for url in urls} == {200}
    for line in found.groups:
        listed = client.get(line.schools_url).context["found"]
        assert len(listed.shown) == line.summary.visit.n


def test_a_classroom_observation_is_no_result(results, judge):
    judge("ก", 4)
    IndicatorSetFactory(use="classroom")
    assert len(results().scores.standards) == 2


def test_before_any_term_the_page_says_who_opens_one(login, area_director):
    assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in page(login(area_director)).content.decode()


def test_before_any_signed_visit_the_page_says_so(login, area_director, round_):
    text = page(login(area_director)).content.decode()
    assert "ยังไม่มีการนิเทศที่ลงนามแล้วในภาคเรียนและตัวกรองที่เลือก" in text
    assert "0 โรงเรียนที่ลงนามแล้ว จาก 1" in text


def test_a_filter_that_leaves_no_school_is_no_error(login, area_director, judge):
    judge("ก", 4)
    empty = ClusterFactory()
    SchoolFactory(cluster=empty)
    assert (
        "0 โรงเรียนที่ลงนามแล้ว จาก 1" in page(login(area_director), cluster=empty.pk).content.decode()
    )


@pytest.mark.parametrize("by", ["cluster", "size", "leader"])
def test_the_cost_does_not_grow_with_the_schools(
    login, area_director, judge, by, django_assert_max_num_queries
):
    SizeSchemeFactory()
    client = login(area_director)
    judge("ก", 4)
    page(client, by=by)  # what only a first page asks
    with django_assert_max_num_queries(15) as one:
        page(client, by=by)
    for name in "ขคง":
        judge(name, 3, in_cluster=ClusterFactory())
    RoundFactory(school=SchoolFactory())
    with django_assert_max_num_queries(len(one)):
        page(client, by=by)

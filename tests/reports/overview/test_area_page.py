"""ภาพรวมเขต: whose home it is, what it says of the area, and to whom nothing judged is shown."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.models import School, Term
from supervision.improvement.models import Recommendation
from tests import scenarios
from tests.factories import ClusterFactory, RoundFactory, SchoolFactory, SizeSchemeFactory

pytestmark = pytest.mark.django_db

OVERVIEW = reverse("overview")
OVERSEERS = ("group_director", "area_director", "deputy_area_director")


def page(client, **asked):
    response = client.get(OVERVIEW, asked)
    assert response.status_code == 200
    return response


@pytest.fixture
def area(login, area_director):
    """What the page shows the area director."""
    client = login(area_director)
    return lambda **asked: page(client, **asked).context["area"]


def card(area, label):
    return next(one for one in area.cards if one.label == label)


# --- Home ---


@pytest.mark.parametrize("who", OVERSEERS)
def test_the_overview_is_the_home_of_who_oversees_the_area(request, login, round_, who):
    client = login(request.getfixturevalue(who))
    response = client.get("/", follow=True)
    assert response.request["PATH_INFO"] == OVERVIEW
    links = [(item["label"], item["url"], item["current"]) for item in response.context["nav"]]
    assert links[:2] == [("ภาพรวม", OVERVIEW, True), ("งานที่รอคุณ", reverse("todos"), False)]
    assert client.get(reverse("todos")).context["home"].area.whole


@pytest.mark.parametrize("who", ["supervisor", "clerk", "committee_member", "school_director"])
def test_of_all_others_home_is_what_waits_for_them(request, login, round_, who):
    client = login(request.getfixturevalue(who))
    response = client.get("/")
    assert response.status_code == 200
    assert "งานที่รอคุณ" in response.content.decode()
    home = next(item for item in response.context["nav"] if item["label"] == "งานที่รอคุณ")
    assert (home["url"], home["current"]) == ("/", True)


@pytest.mark.parametrize("who", ["school_director", "academic_teacher", "administrator"])
def test_who_follows_no_area_sees_no_overview(request, login, round_, who):
    client = login(request.getfixturevalue(who))
    for name in ("overview", "overview_todos", "overview_work", "overview_actions", "overview_pdf"):
        assert client.get(reverse(name)).status_code == 403, name
    assert OVERVIEW not in [item["url"] for item in client.get("/").context["nav"]]


# --- What it says ---


def test_it_says_which_schools_and_when(login, area_director, judge, school, other_school):
    judge("ก", 4)
    text = page(login(area_director)).content.decode()
    assert "ภาพรวมเขตพื้นที่ ภาคเรียนที่ 2/2569" in text
    assert "3 โรงเรียน · 2 กลุ่มโรงเรียน" in " ".join(text.split())


def test_the_first_card_counts_schools_visited_beside_last_terms(
    area, judge, school, other_school, earlier_term
):
    judge("ก", 4)
    found = card(area(), "โรงเรียนที่ได้รับการนิเทศแล้ว")
    assert (found.number, found.facts) == ("33%", ["1 จาก 3 โรงเรียน"])
    judge("ข", 4, of_term=earlier_term)
    found = card(area(), "โรงเรียนที่ได้รับการนิเทศแล้ว")
    assert (found.number, found.facts) == ("25%", ["1 จาก 4 โรงเรียน", "ภาคเรียนก่อน 25%"])
    assert "show=visited" in found.url


def test_decisions_are_those_of_the_latest_rounds(area, judge, group_director, school_director):
    achieved, failed = judge("ก", 4), judge("ข", 2)
    judge("ค", 4)
    for visit, result in ((achieved, "achieved"), (failed, "not_achieved")):
        scenarios.visits.acknowledge_visit(visit, by=school_director)
        scenarios.round_decided(
            visit.round, by=group_director, result=result, planned_changes="ปรับ"
        )
    found = card(area(), "พิจารณาแล้วว่าบรรลุ")
    facts = ["จาก 1 ที่พิจารณารอบล่าสุดแล้ว", "มีรอบที่สอง 1"]
    assert (found.number, found.facts) == ("1", facts)


def test_wide_gaps_are_counted_by_school(area, judge):
    judge("ก", 2, own=4)
    judge("ข", 3, own=4)
    found = card(area(), "ผลต่างตั้งแต่ 2 ระดับ")
    assert (found.number, found.facts) == ("1", ["โรงเรียน", "อธิบายครบ 1"])


@pytest.fixture
def advised(round_, supervisor, school_director, group_director):
    """Our school agreed to one recommendation, which is overdue since yesterday."""
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    advice = round_.recommendations.get()
    Recommendation.objects.update(due_on=timezone.localdate() - timedelta(days=1))
    return advice


def test_overdue_advice_leads_to_the_ledger(area, login, area_director, advised, cluster):
    found = card(area(), "ข้อเสนอแนะเกินกำหนด")
    assert (found.number, found.facts) == ("1", ["จาก 1 ข้อที่ยังไม่ปิด"])
    assert advised.text in login(area_director).get(found.url).content.decode()
    (row,) = area(cluster=cluster.pk).clusters
    assert row.overdue == 1
    assert advised.text in login(area_director).get(row.overdue_url).content.decode()


def test_charts_have_the_means_of_schools_and_supervisors(area, judge):
    judge("ก", 3, own=4)
    judge("ข", 4, own=5)
    found = area()
    (rows,) = found.dumbbells
    assert [(row.own, row.visit, row.n) for row in rows] == [
        (Decimal("4.50"), Decimal("3.50"), 2)
    ] * 2
    (bars,) = found.by_standard
    assert [[part.value for part in bar.segments if part.value] for bar in bars] == [[1, 1], [1, 1]]
    assert found.trends == []


def test_trend_lines_are_of_every_school_and_of_the_same_schools(area, judge, earlier_term):
    judge("ก", 3, of_term=earlier_term)
    judge("ข", 5, of_term=earlier_term)
    judge("ก", 4)
    overall, standards = area().trends
    every, same = (line.values for line in overall.chart.lines)
    assert every == (Decimal("4.00"), Decimal("4.00"))
    assert same == (Decimal("3.00"), Decimal("4.00"))
    assert "ทุกโรงเรียน คือ 2, 1 โรงเรียนตามลำดับ" in overall.note
    assert "โรงเรียนเดียวกัน คือ 1 โรงเรียน" in overall.note
    assert [line.label for line in standards.chart.lines] == ["มาตรฐานที่ 1 (1)", "มาตรฐานที่ 2 (1)"]
    assert area(basis="same").trends[1].chart.lines[0].values == same


def test_clusters_have_coverage_results_and_who_is_in_charge(
    area, judge, school, cluster, supervisor
):
    judge("ก", 4)
    judge("ข", 2, own=3)
    SchoolFactory(cluster=cluster)
    row = next(one for one in area().clusters if one.cluster.pk == cluster.pk)
    texts = [cell.text for cell in row.cells]
    assert texts == ["4", "2/4", "0", "3.00", "−0.50", "0"]
    assert (row.people, row.is_few) == (str(supervisor), False)


def test_clusters_are_sorted_as_the_address_asks(area, judge, cluster):
    far = ClusterFactory(name="ก กลุ่มไกล")
    judge("ก", 4)
    judge("ข", 5, in_cluster=far)
    by_name = [row.name for row in area().clusters]
    assert by_name == ["ก กลุ่มไกล", cluster.name]
    assert [row.name for row in area(sort="-mean").clusters] == by_name
    assert [row.name for row in area(sort="mean").clusters] == by_name[::-1]
    assert [row.name for row in area(sort="nonsense").clusters] == by_name
    assert area().clusters[0].is_few


def test_filters_narrow_everything(area, judge, cluster, other_school):
    judge("ก", 4)
    judge("ข", 2, in_cluster=other_school.memberships.get().cluster)
    found = area(cluster=cluster.pk)
    assert found.dumbbells[0][0].visit == Decimal("4.00")
    assert [row.cluster.pk for row in found.clusters] == [cluster.pk]


def test_samples_are_marked(login, area_director, judge):
    client, visit = login(area_director), judge("ก", 4)
    mark = '<span class="pill idle sample">'
    assert mark not in page(client).content.decode().split("<main")[1]
    visit.round.__class__.objects.update(is_sample=True)
    assert mark in page(client).content.decode().split("<main")[1]


# --- Empty states ---


def test_before_any_term_it_says_who_opens_one(login, area_director):
    client = login(area_director)
    for name in ("overview", "overview_work", "overview_actions"):
        assert "ยังไม่มีภาคเรียนที่มีผลวันนี้" in client.get(reverse(name)).content.decode()
    assert client.get(reverse("overview_pdf")).status_code == 404


def test_without_schools_or_rounds_nothing_is_made_up(area, login, area_director, term):
    found = area()
    assert [one.number for one in found.cards] == ["–", "0", "0", "0"]
    assert (found.dumbbells, found.trends, found.clusters) == ([], [], [])
    SchoolFactory()
    text = page(login(area_director)).content.decode()
    assert "ยังไม่มีการนิเทศที่ลงนามในภาคเรียนนี้" in text
    assert "ภาคเรียนก่อน" not in text.split("<main")[1].split("ตัวเลขนี้นับอย่างไร")[0]


@pytest.mark.parametrize("who", ["group_director", "cluster_chair"])
def test_between_terms_it_says_so(request, login, round_, term, who):
    client = login(request.getfixturevalue(who))
    assert "และยังไม่มีภาคเรียนถัดไปในทะเบียน" not in page(client).content.decode()
    term.closes_on = timezone.localdate() - timedelta(days=3)
    term.save()
    assert "และยังไม่มีภาคเรียนถัดไปในทะเบียน" in page(client).content.decode()


# --- Who only follows progress ---


@pytest.fixture
def failed_round(round_, supervisor, school_director, group_director):
    """Our school's second round, after ไม่บรรลุ."""
    scenarios.needs_submitted(round_, by=school_director)
    scenarios.self_assessment_confirmed(round_, by=school_director)
    scenarios.visit_acknowledged(round_, supervisor=supervisor, director=school_director, level=2)
    scenarios.round_decided(
        round_, by=group_director, result="not_achieved", planned_changes="ปรับเครื่องมือ"
    )
    return round_


JUDGING_WORDS = ("บรรลุ", "รอบที่ 2", "ค่าเฉลี่ย", "ผลต่าง", "ข้อเสนอแนะ", "ลงมือก่อน", "ภาระงาน")


@pytest.mark.parametrize("name", ["overview", "overview_work"])
def test_a_chair_reads_the_clusters_progress_and_nothing_judged(
    login, cluster_chair, failed_round, other_school, name
):
    RoundFactory(school=other_school, term=failed_round.term)
    response = login(cluster_chair).get(reverse(name))
    text = response.content.decode().split("<main")[1].split("ตัวเลขนี้นับอย่างไร")[0]
    assert [word for word in JUDGING_WORDS if word in text] == []
    assert [(bar.done, bar.total) for bar in response.context["steps"]] == [(1, 1)] * 5 + [
        (0, 1)
    ] * 2
    assert other_school.short_name not in text


@pytest.mark.parametrize("who", ["cluster_chair", "subcommittee_member"])
def test_who_follows_a_cluster_gets_neither_actions_nor_paper(request, login, failed_round, who):
    client = login(request.getfixturevalue(who))
    for name in ("overview_actions", "overview_pdf"):
        assert client.get(reverse(name)).status_code == 403
    assert "ภาพรวมกลุ่มโรงเรียน" in page(client).content.decode()


def test_filters_by_results_say_nothing_to_a_chair(login, cluster_chair, failed_round):
    chosen = failed_round.indicator_sets.get()
    response = page(login(cluster_chair), indicator_set=chosen.pk, size="เล็ก")
    assert chosen.name not in response.content.decode()


# --- Cost ---


def test_it_costs_as_many_queries_for_many_schools_as_for_few(
    login, area_director, judge, earlier_term, django_assert_max_num_queries
):
    SizeSchemeFactory()
    client = login(area_director)

    def cost(**asked):
        with django_assert_max_num_queries(15) as counted:
            page(client, **asked)
        return len(counted)

    page(client)
    judge("ก", 4)
    judge("ก", 3, of_term=earlier_term)
    few = cost()
    for name in ("ข", "ค", "ง"):
        judge(name, 4, in_cluster=ClusterFactory())
        judge(name, 3, of_term=earlier_term)
    assert cost() == few
    assert School.objects.count() > 3
    assert Term.objects.count() == 2
    cost(size="เล็ก")
    cost(cluster=ClusterFactory().pk, compared=2)

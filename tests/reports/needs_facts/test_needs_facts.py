"""Stated needs beside results: of the area, of a cluster, of schools, and of one school alone."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import academic_year
from schools.enums import Role
from schools.models import AcademicYear
from supervision.assignments.models import LearningArea
from supervision.needs import actions
from supervision.needs.models import NeedsSurvey, NeedsTopic, TakenUpNeed
from supervision.profiles.learning.enums import ReferenceScope
from supervision.profiles.models import ReferenceResult
from tests import scenarios
from tests.exported_files import exported_tables
from tests.factories import (
    LearningResultFactory,
    NeedsAreaFactory,
    NeedsCampaignFactory,
    NeedsTopicFactory,
    RoundFactory,
    SchoolFactory,
    TestSubjectFactory,
)
from tests.personas import user_with_role
from tests.supervision.needs.test_results import queries_of

pytestmark = pytest.mark.django_db

BY_SCHOOL = "?by=school"


@pytest.fixture
def area():
    return NeedsAreaFactory(name="วิชาการ")


@pytest.fixture
def campaign(term, area):
    return NeedsCampaignFactory(term=term)


@pytest.fixture
def mathematics(campaign):
    learning_area = LearningArea.objects.create(name="คณิตศาสตร์", position=1)
    NeedsTopicFactory(name="คณิตศาสตร์", words=["คณิต"], learning_area=learning_area)
    NeedsTopicFactory(name="การสอน", words=["สื่อการสอน"], area_names=["วิชาการ"])
    return TestSubjectFactory(name="คณิตศาสตร์", learning_area=learning_area)


@pytest.fixture
def answer(term, campaign, area):
    """A school's submitted survey: its levels, and what it wants."""

    def sent(school, levels=(1, 1), **words):
        round_ = RoundFactory(school=school, term=term)
        director = user_with_role(Role.SCHOOL_DIRECTOR, f"director{school.pk}", school=school)
        survey = actions.start_needs_survey(school, campaign, by=director)
        survey.items.filter(area=area).update(problem_level=levels[0], need_level=levels[1])
        NeedsSurvey.objects.filter(pk=survey.pk).update(**{"wanted_first": "ถนน", **words})
        actions.submit_needs_survey(survey, by=director)
        return round_

    return sent


@pytest.fixture
def tested(term, mathematics):
    """A school's mean in mathematics of this year."""
    year = AcademicYear.objects.get_or_create(
        area=term.academic_year.area, year=academic_year(timezone.localdate())
    )[0]

    def result(school, mean, **fields):
        return LearningResultFactory(
            school=school, academic_year=year, subject=mathematics, mean=Decimal(mean), **fields
        )

    result.year = year
    return result


def nation(tested, mathematics, mean):
    ReferenceResult.objects.create(
        academic_year=tested.year,
        subject=mathematics,
        scope=ReferenceScope.NATION,
        mean=Decimal(mean),
        updated_at=timezone.now(),
    )


def groups(response) -> dict:
    return {
        (row.school.name, row.match.topic.name): row.match.group for row in response.context["rows"]
    }


def test_a_school_s_words_and_levels_stand_beside_its_results(
    login, supervisor, school, other_school, answer, tested, mathematics
):
    answer(school, (4, 5), wanted_first="ครูคณิต")
    tested(school, "32.10")
    tested(other_school, "55.00")
    nation(tested, mathematics, "44.00")
    client = login(supervisor)
    page = client.get(reverse("needs_facts") + BY_SCHOOL)
    assert groups(page) == {
        ("โรงเรียนของเรา", "คณิตศาสตร์"): "both",
        ("โรงเรียนของเรา", "การสอน"): "stated",
    }
    text = page.content.decode()
    assert "“ครูคณิต”" in text
    assert f"ปี {tested.year} ได้ 32.10 (เขต 43.55 · ประเทศ 44.00)" in text
    assert "ต่ำกว่าประเทศ" in text
    assert "วิชาการ: ปัญหา 4 ความต้องการ\n          5 เร่งด่วนอันดับ 1" in text
    area = client.get(reverse("needs_facts"))
    [first, second] = area.context["facts"].area.topics
    assert (first.topic.name, [count for _, count in first.by_group]) == ("คณิตศาสตร์", [1, 0, 0])
    assert [count for _, count in second.by_group] == [0, 0, 1]
    assert "ได้ 43.55 จาก 2 โรงเรียน (ประเทศ 44.00)" in area.content.decode()


def test_what_results_show_and_nobody_stated_is_named(
    login, supervisor, school, answer, tested, mathematics
):
    tested(school, "32.10")
    nation(tested, mathematics, "44.00")
    page = login(supervisor).get(reverse("needs_facts") + BY_SCHOOL)
    assert groups(page) == {("โรงเรียนของเรา", "คณิตศาสตร์"): "seen"}
    assert "ยังไม่ส่งแบบสำรวจ" in page.content.decode()


def test_far_below_the_area_is_low_without_the_country(login, supervisor, school, tested):
    tested(school, "20.00")
    for mean in ("50.00", "51.00", "52.00", "53.00"):
        tested(SchoolFactory(), mean)
    page = login(supervisor).get(reverse("needs_facts") + BY_SCHOOL)
    assert groups(page) == {("โรงเรียนของเรา", "คณิตศาสตร์"): "seen"}


def test_one_or_two_pupils_are_neither_shown_nor_counted(
    login, supervisor, school_director, school, other_school, answer, tested, mathematics
):
    answer(school, wanted_first="ครูคณิต")
    tested(school, "13.37", tested=2)
    tested(other_school, "55.00")
    nation(tested, mathematics, "44.00")
    for person in (supervisor, school_director):
        page = login(person).get(reverse("school_needs_facts", args=[school.pk]))
        assert groups(page) == {("โรงเรียนของเรา", "คณิตศาสตร์"): "stated"}
        assert "13.37" not in page.content.decode()
    area = login(supervisor).get(reverse("needs_facts")).content.decode()
    assert "ได้ 55.00 จาก 1 โรงเรียน ไม่นับ 1 โรงเรียนที่เข้าสอบน้อยกว่า 3 คน" in area
    file = login(supervisor).get(reverse("needs_facts_export"))
    assert "13.37" not in str([table.rows for table in exported_tables(file).values()])


def test_a_school_reads_its_own_row_and_nothing_of_others(
    login, school_director, outsider_director, school, other_school, answer, tested, mathematics
):
    answer(school, wanted_first="ครูคณิต")
    answer(other_school, wanted_first="ครูคณิตของที่อื่น")
    tested(school, "32.10")
    tested(other_school, "55.00")
    url = reverse("school_needs_facts", args=[school.pk])
    text = login(school_director).get(url).content.decode()
    assert "“ครูคณิต”" in text
    assert "32.10" in text
    assert "เขต" not in text.partition("ผลที่มี")[2].partition("</li>")[0]
    assert "ครูคณิตของที่อื่น" not in text
    assert login(outsider_director).get(url).status_code == 404
    assert login(school_director).get(reverse("needs_facts")).status_code == 403


def test_the_area_s_mean_is_told_where_ten_others_have_one(
    login, school_director, school, tested, mathematics
):
    url = reverse("school_needs_facts", args=[school.pk])
    tested(school, "20.00")
    for _ in range(9):
        tested(SchoolFactory(), "50.00")
    tested(SchoolFactory(), "50.00", tested=2)
    assert not login(school_director).get(url).context["rows"]
    tested(SchoolFactory(), "50.00")
    text = login(school_director).get(url).content.decode()
    assert "(เขต 47.27)" in text


def test_low_standards_and_open_advice_count_as_seen(
    login, supervisor, school_director, group_director, round_, mathematics
):
    standard = round_.indicator_sets.get().standards.first()
    NeedsTopicFactory(name="คุณภาพ", words=[], standard_names=[standard.name])
    scenarios.round_until_summary_agreed(
        round_,
        supervisor=supervisor,
        director=school_director,
        group_director=group_director,
        level=1,
    )
    page = login(supervisor).get(reverse("needs_facts") + BY_SCHOOL)
    assert groups(page)["โรงเรียนของเรา", "คุณภาพ"] == "seen"
    assert f"มาตรฐานที่ {standard.number} {standard.name} ภาคเรียนที่ {round_.term}" in (
        page.content.decode()
    )


def test_the_filters_narrow_the_rows_and_a_value_nobody_offered_is_named(
    login, supervisor, school, other_school, answer, mathematics, cluster
):
    answer(school, (5, 5))
    answer(other_school, (5, 5))
    client, url = login(supervisor), reverse("needs_facts") + BY_SCHOOL
    assert len(groups(client.get(url))) == 2
    assert len(groups(client.get(f"{url}&cluster={cluster.pk}"))) == 1
    assert len(groups(client.get(f"{url}&words=ของเรา"))) == 1
    assert groups(client.get(f"{url}&group=both")) == {}
    by_cluster = client.get(reverse("needs_facts") + "?by=cluster")
    assert [one.schools for one in by_cluster.context["facts"].clusters] == [1, 1]
    assert client.get(f"{url}&by=moon&topic=abc").status_code == 200


def test_ticked_topics_are_taken_up_with_the_figures_of_the_day(
    login, supervisor, school, answer, tested, mathematics
):
    answer(school, (4, 5), wanted_first="ครูคณิต")
    tested(school, "32.10")
    client = login(supervisor)
    rows = client.get(reverse("needs_facts") + BY_SCHOOL).context["rows"]
    picks = [row.pick for row in rows if row.may_take_up]
    url = reverse("needs_take_up")
    page = client.get(url, {"pick": picks})
    assert "โรงเรียนเขียนว่า “ครูคณิต”" in page.content.decode()
    client.post(url, {"pick": picks, "lead": supervisor.pk, "reason": "นิเทศร่วมกับครูแกนนำ"})
    needs = {need.text: need for need in TakenUpNeed.objects.all()}
    assert set(needs) == {"คณิตศาสตร์", "การสอน"}
    assert "32.10" in needs["คณิตศาสตร์"].facts
    assert "วิชาการ: สภาพปัญหาระดับ 4 ความต้องการระดับ 5" in needs["การสอน"].facts
    rows = client.get(reverse("needs_facts") + BY_SCHOOL).context["rows"]
    assert not any(row.may_take_up for row in rows)
    again = client.post(url, {"pick": picks, "lead": supervisor.pk, "reason": ""})
    assert "รับไว้ติดตามแล้วทั้งหมด" in again.content.decode()


def test_what_is_kept_with_a_need_tells_the_school_nothing_of_few_others(
    login, supervisor, school_director, school, other_school, answer, tested, mathematics
):
    answer(school, (4, 5), wanted_first="ครูคณิต")
    tested(school, "20.00")
    tested(other_school, "60.00")
    need = {"pick": f"{school.pk}-{NeedsTopic.objects.get(name='คณิตศาสตร์').pk}"}
    url = reverse("needs_take_up")
    login(supervisor).post(url, need | {"lead": supervisor.pk, "reason": ""})
    page = login(school_director).get(TakenUpNeed.objects.get().get_absolute_url())
    assert "ได้ 20.00" in page.content.decode()
    assert "40.00" not in page.content.decode()
    for _ in range(9):
        tested(SchoolFactory(), "60.00")
    page = login(supervisor).get(url, need).content.decode()
    assert "(เขต 56.36)" in page


def test_who_takes_up_must_have_the_school_in_charge(
    login, supervisor, committee_member, other_school, school, mathematics
):
    url, topic = reverse("needs_take_up"), mathematics.learning_area
    pick = f"{other_school.pk}-{TakenUpNeed.topic.field.related_model.objects.first().pk}"
    assert login(supervisor).get(url, {"pick": pick}).status_code == 403
    assert login(supervisor).get(url, {"pick": "x-1"}).status_code == 404
    assert login(supervisor).get(url, {"pick": f"{school.pk}-{topic.pk + 999}"}).status_code == 404
    assert login(supervisor).get(url).status_code == 409
    assert login(committee_member).get(url, {"pick": pick}).status_code == 403


def test_another_need_is_taken_up_in_words(login, supervisor, school, term):
    url = reverse("need_take_up_other", args=[school.pk])
    client = login(supervisor)
    assert "โปรดระบุความต้องการ" in client.post(url, {"lead": supervisor.pk}).content.decode()
    client.post(url, {"lead": supervisor.pk, "text": "ครูปฐมวัยไม่ครบชั้น", "reason": ""})
    page = client.get(reverse("school_needs_facts", args=[school.pk])).content.decode()
    assert "ครูปฐมวัยไม่ครบชั้น" in page


@pytest.mark.parametrize("query", ["", BY_SCHOOL, "?by=cluster"])
def test_the_page_stays_flat_and_in_budget(query, login, group_director, cluster, answer, tested):
    client, url = login(group_director), reverse("needs_facts") + query

    def add():
        school = SchoolFactory(cluster=cluster)
        answer(school, (5, 5), wanted_first="ครูคณิต")
        tested(school, "32.10")

    add()
    few = queries_of(client, url)
    add()
    add()
    assert queries_of(client, url) == few <= 15

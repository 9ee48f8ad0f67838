"""The filters of the overview: what they offer to whom, what they leave, what their address is."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports.overview.filters import select_for_overview
from schools.enums import EducationLevel, Grade
from tests.factories import (
    ClusterFactory,
    IndicatorSetFactory,
    RoundFactory,
    SchoolFactory,
    SizeSchemeFactory,
    TermFactory,
    YearlyCountFactory,
)

pytestmark = pytest.mark.django_db


def select(user, **asked):
    asked = {name: str(value) for name, value in asked.items()}
    return select_for_overview(user, asked, timezone.localdate())


def names(user, **asked):
    return [row.school.short_name for row in select(user, **asked).schools]


def offered(user, name):
    choices = select(user).form.fields[name].choices
    return [str(word) for key, word in choices if key]


def test_before_any_term_there_is_nothing_to_select(area_director):
    assert select(area_director) is None


def test_all_schools_and_five_terms_unless_asked_otherwise(
    area_director, term, school, other_school
):
    found = select(area_director)
    assert [row.school for row in found.schools] == [school, other_school]
    assert found.filters.compared == 5
    assert found.filters.words == []
    assert (found.term, found.filters.day) == (term, timezone.localdate())


def test_each_filter_leaves_the_schools_it_names(area_director, term, supervisor, cluster):
    SizeSchemeFactory()
    ours = SchoolFactory(
        name="โรงเรียนของเรา",
        cluster=cluster,
        district="ด่านซ้าย",
        first_grade=Grade.K2,
        last_grade=Grade.P6,
    )
    YearlyCountFactory(school=ours, academic_year=term.academic_year, pupils=80)
    SchoolFactory(name="โรงเรียนอื่น", district="ภูเรือ", first_grade=Grade.P1, last_grade=Grade.M3)
    for filters in (
        {"cluster": cluster.pk},
        {"district": "ด่านซ้าย"},
        {"size": "เล็ก"},
        {"level": EducationLevel.EARLY_CHILDHOOD.value},
        {"supervisor": supervisor.pk},
    ):
        assert names(area_director, **filters) == ["ของเรา"], filters
    assert names(area_director, level=EducationLevel.BASIC.value) == ["ของเรา", "อื่น"]
    assert names(area_director, cluster=cluster.pk, district="ภูเรือ") == []


def test_filters_say_themselves_in_words_and_in_their_address(area_director, round_, cluster):
    chosen = round_.indicator_sets.get()
    filters = select(area_director, cluster=cluster.pk, indicator_set=chosen.pk, compared=3).filters
    assert filters.words == [
        ("กลุ่มโรงเรียน", "กลุ่มโรงเรียนของเรา"),
        ("ชุดตัวชี้วัด", str(chosen)),
    ]
    assert filters.query.dict() == {
        "term": str(round_.term_id),
        "compared": "3",
        "cluster": str(cluster.pk),
        "indicator_set": str(chosen.pk),
    }
    again = select(area_director, **filters.query.dict()).filters
    assert again == filters


@pytest.mark.parametrize("name", ["cluster", "supervisor", "level", "compared", "indicator_set"])
@pytest.mark.parametrize("value", ["999999", "ก", "-1", "1 OR 1=1", "\x00"])
def test_a_value_nobody_offered_is_named_and_left_out(
    area_director, round_, supervisor, name, value
):
    found = select(area_director, **{name: value})
    assert name in found.form.errors
    assert [row.school for row in found.schools] == [round_.school]
    assert (found.filters.words, found.filters.compared) == ([], 5)


def test_a_filter_without_choices_is_not_there(area_director, term, school):
    fields = select(area_director).form.fields
    assert list(fields) == ["term", "compared", "cluster", "level"]


def test_only_schools_that_the_person_may_follow_lend_their_names(
    cluster_chair, supervisor, other_supervisor, term, school, other_school
):
    other_school.district = "ภูเรือ"
    other_school.save()
    RoundFactory(school=other_school, term=term)
    found = select(cluster_chair)
    assert [row.school for row in found.all_schools] == [school]
    assert offered(cluster_chair, "cluster") == ["กลุ่มโรงเรียนของเรา"]
    assert offered(cluster_chair, "supervisor") == [str(supervisor)]
    assert not {"district", "indicator_set"} & set(found.form.fields)


def test_a_hidden_key_reads_like_one_that_does_not_exist(cluster_chair, term, school, other_school):
    hidden = other_school.cluster_on(timezone.localdate())
    asked, unknown = (select(cluster_chair, cluster=key) for key in (hidden.pk, 999_999))
    assert asked.form.errors == unknown.form.errors
    assert asked.schools == unknown.schools


def test_a_chair_is_not_offered_what_schools_are_judged_by(cluster_chair, round_):
    assert "indicator_set" not in select(cluster_chair).form.fields


def test_sets_of_the_term_alone_are_offered(area_director, round_):
    before = TermFactory(opens_on=round_.term.opens_on - timedelta(days=200), number=1)
    old = IndicatorSetFactory(name="ชุดเดิม")
    RoundFactory(school=round_.school, term=before, indicator_sets=[old])
    assert offered(area_director, "indicator_set") == [str(round_.indicator_sets.get())]
    assert (
        str(old)
        in dict(select(area_director, term=before.pk).form.fields["indicator_set"].choices).values()
    )


def test_an_earlier_term_has_the_clusters_of_its_last_day_and_no_later_terms_beside(
    area_director, term, school
):
    before = TermFactory(opens_on=term.opens_on - timedelta(days=200), number=1)
    found = select(area_director, term=before.pk)
    assert found.filters.day == before.closes_on
    assert found.compared_terms == [before]
    assert select(area_director).compared_terms == [before, term]
    assert select(area_director, term=term.pk, compared=2).compared_terms == [before, term]


def test_hidden_filters_are_kept_without_a_box(area_director, term, school):
    found = select_for_overview(
        area_director, {"compared": "3"}, timezone.localdate(), hidden=["compared"]
    )
    assert [field.name for field in found.form.hidden_fields()] == ["compared"]
    assert found.filters.compared == 3


def test_the_cost_does_not_grow_with_the_schools(area_director, term, django_assert_num_queries):
    SizeSchemeFactory()
    SchoolFactory(cluster=ClusterFactory())
    select(area_director)  # the person's rights are asked once a request
    with django_assert_num_queries(5):
        assert len(select(area_director).schools) == 1
    for _ in range(3):
        RoundFactory(school=SchoolFactory(cluster=ClusterFactory()), term=term)
    with django_assert_num_queries(5):
        assert len(select(area_director).schools) == 4

"""Copies of a set, and the version that follows it."""

import pytest
from django.urls import reverse

from schools.enums import EducationLevel
from supervision.criteria import actions
from supervision.criteria.content import content_of
from supervision.criteria.enums import SetState
from supervision.criteria.models import Indicator, IndicatorSet, Rubric
from tests.factories import RoundFactory
from tests.supervision.criteria.draft_forms import indicator_of, submit_form

pytestmark = pytest.mark.django_db


def test_a_copy_has_all_and_what_is_added_to_it_is_the_districts(preparer, approved):
    one = indicator_of(approved)
    Rubric.objects.create(indicator=one, level=approved.scale.levels.get(value=5), text="ยอด")
    url = reverse("indicator_set_copy", args=[approved.pk])
    assert "คัดลอกจาก ชุดที่เห็นชอบ ฉบับที่ 1 · ประกาศ ก" in preparer.get(url).content.decode()
    assert "มีชุดชื่อนี้แล้ว" in submit_form(preparer, url, name="ชุดที่เห็นชอบ").content.decode()
    submit_form(preparer, url, name="ชุดของเขต")
    copy = IndicatorSet.objects.get(name="ชุดของเขต")
    assert (copy.state, copy.version, copy.previous) == (SetState.DRAFT, 1, None)
    assert content_of(copy) == content_of(approved)
    assert not Indicator.objects.filter(standard__indicator_set=copy, is_local=True).exists()
    add = reverse("indicator_add", args=[copy.standards.first().pk])
    submit_form(preparer, add, code="1.3", text="จุดเน้นของเขต")
    assert indicator_of(copy, "1.3").is_local


def test_the_next_version_leaves_rounds_on_the_one_before(
    preparer, login, approved, group_director, committee_member, school_director, school, term
):
    round_ = RoundFactory(school=school, term=term, indicator_sets=[approved])
    RoundFactory(indicator_sets=[approved], term=term)  # another school's
    response = preparer.post(reverse("indicator_set_revise", args=[approved.pk]))
    second = IndicatorSet.objects.get(version=2)
    assert response.url == second.get_absolute_url()
    assert (second.previous, second.name) == (approved, approved.name)
    assert content_of(second) == content_of(approved)
    assert preparer.get(reverse("indicator_set_revise", args=[approved.pk])).status_code == 409
    actions.save_indicator(indicator_of(second), facts={"text": "ถ้อยคำใหม่"})
    actions.delete_indicator(indicator_of(second, "2.2"))
    added = Indicator(standard=second.standards.first(), code="1.9", text="ข้อเพิ่ม")
    actions.save_indicator(added, facts={"is_local": True})
    changes = preparer.get(reverse("indicator_set_changes", args=[second.pk])).content.decode()
    for words in ("เพิ่ม", "1.9 ข้อเพิ่ม", "ตัดออก", "2.2", "ตัวชี้วัดทดสอบ 1.1", "ถ้อยคำใหม่"):
        assert words in changes
    schools = login(school_director)
    page = schools.get(approved.get_absolute_url()).content.decode()
    assert "1 รอบ" in page  # of those the person may see
    assert second.get_absolute_url() not in page
    actions.submit_indicator_set(second, by=group_director)
    actions.endorse_indicator_set(second, by=committee_member, meeting=approved.meeting)
    page = schools.get(second.get_absolute_url()).content.decode()
    assert approved.get_absolute_url() in page
    assert reverse("indicator_set_changes", args=[second.pk]) in page
    assert round_.indicator_sets.get() == approved


def test_only_an_endorsed_set_is_followed_by_a_version(preparer, draft):
    assert preparer.post(reverse("indicator_set_revise", args=[draft.pk])).status_code == 409
    assert IndicatorSet.objects.count() == 1


def test_a_version_keeps_the_name_and_level_of_its_line(preparer, approved, group_director):
    second = actions.revise_indicator_set(approved, by=group_director)
    url = reverse("indicator_set_edit", args=[second.pk])
    assert set(preparer.get(url).context["form"].fields) == {"scale", "provenance", "version"}
    submit_form(preparer, url, name="ชื่ออื่น", level=EducationLevel.ANY, provenance="ใหม่")
    second.refresh_from_db()
    assert (second.name, second.level, second.provenance) == (
        approved.name,
        EducationLevel.BASIC,
        "ใหม่",
    )


def test_changes_of_a_first_version_are_not_found(preparer, approved):
    assert preparer.get(reverse("indicator_set_changes", args=[approved.pk])).status_code == 404

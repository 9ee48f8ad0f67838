"""The topics by which needs and results are matched, and the rule, as the office sets them."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from supervision.assignments.models import LearningArea
from supervision.needs.models import NeedsArea, NeedsFactsRule, NeedsTopic
from tests.factories import NeedsAreaFactory, NeedsTopicFactory

pytestmark = pytest.mark.django_db


def filled(**fields):
    return {"name": "การคิดคำนวณ", "position": 1, "words": "คณิต\n คิดเลข \nคณิต", **fields}


def test_a_topic_is_added_with_its_words(login, group_director, supervisor):
    NeedsAreaFactory(name="วิชาการ")
    url = reverse("needs_topic_add")
    client = login(group_director)
    client.post(url, filled(area_names=["วิชาการ"], is_active="on"))
    topic = NeedsTopic.objects.get()
    assert (topic.words, topic.area_names) == (["คณิต", "คิดเลข"], ["วิชาการ"])
    assert topic.history.get().history_user == group_director
    page = login(supervisor).get(reverse("needs_topics")).content.decode()
    assert "คณิต, คิดเลข" in page
    assert reverse("needs_topic_edit", args=[topic.pk]) not in page


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"words": "ก"}, "สั้นเกินไป"),
        ({"words": "\n".join(f"คำที่{n}" for n in range(50))}, "โปรดลดให้ไม่เกิน 40 คำ"),
        ({"words": ""}, "โปรดระบุอย่างน้อย 1 อย่าง"),
        ({"name": "ซ้ำ"}, "มีประเด็นชื่อนี้แล้ว"),
    ],
)
def test_a_topic_that_matches_nothing_or_too_much_is_refused(
    fields, message, login, group_director
):
    NeedsTopicFactory(name="ซ้ำ")
    page = login(group_director).post(reverse("needs_topic_add"), filled(**fields))
    assert message in page.content.decode()
    assert NeedsTopic.objects.count() == 1


def test_a_topic_keeps_a_survey_area_that_is_gone(login, group_director):
    topic = NeedsTopicFactory(area_names=["ด้านเดิม"])
    url = reverse("needs_topic_edit", args=[topic.pk])
    page = login(group_director).get(url)
    assert "ด้านเดิม" in page.content.decode()
    version = page.context["form"].initial["version"]
    login(group_director).post(url, filled(area_names=["ด้านเดิม"], version=version))
    topic.refresh_from_db()
    assert (topic.name, topic.area_names, topic.is_active) == ("การคิดคำนวณ", ["ด้านเดิม"], False)


def test_who_saves_over_another_is_shown_what_they_ticked(login, group_director):
    topic = NeedsTopicFactory(area_names=["ด้านเดิม"])
    url = reverse("needs_topic_edit", args=[topic.pk])
    page = login(group_director).post(url, filled(version="overtaken"))
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ด้านเดิม”" in page.content.decode()


def test_the_rule_is_one_row(login, group_director):
    url = reverse("needs_facts_rule")
    client = login(group_director)
    assert NeedsFactsRule.in_force().stated_level == 4
    for level in (5, 3):
        version = client.get(url).context["form"].initial["version"]
        client.post(url, {"stated_level": level, "sd_below": "1.5", "version": version})
    assert NeedsFactsRule.objects.get().stated_level == 3
    assert not NeedsFactsRule.in_force().counts_below_nation
    assert "โปรด" in client.post(url, {"stated_level": 3, "sd_below": "9"}).content.decode()


def test_what_is_loaded_names_areas_and_learning_areas_that_are_there():
    call_command("load_manual")
    topics = list(NeedsTopic.objects.select_related("learning_area"))
    areas = set(NeedsArea.objects.values_list("name", flat=True))
    assert {name for topic in topics for name in topic.area_names} == areas
    loaded = {topic.learning_area for topic in topics if topic.learning_area}
    assert loaded == set(LearningArea.objects.all())
    NeedsTopic.objects.filter(pk=topics[0].pk).update(name="ของสำนักงาน")
    call_command("load_manual")
    assert NeedsTopic.objects.count() == len(topics)

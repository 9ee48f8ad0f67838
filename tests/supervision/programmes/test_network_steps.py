import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from schools.core.thai import fiscal_year
from supervision.programmes.networks.forum_actions import record_forum
from tests.factories import (
    DisseminationFactory,
    ForumFactory,
    LearningSourceFactory,
    NetworkFactory,
    NetworkMemberFactory,
)


@pytest.fixture
def year(db):
    return fiscal_year(timezone.localdate())


def done_steps(client, year):
    page = client.get(reverse("network_steps"), {"year": year})
    return [step.no for step in page.context["steps"] if step.is_done]


def test_steps_are_done_when_the_facts_are_there(login, supervisor, year):
    client = login(supervisor)
    assert done_steps(client, year) == []
    NetworkMemberFactory()
    assert done_steps(client, year) == ["1", "3.4"]
    LearningSourceFactory()
    NetworkFactory(kind="community")
    forum = ForumFactory(starts_on=timezone.localdate())
    assert done_steps(client, year) == ["1", "3.1", "3.3", "3.4"]
    record_forum(forum, by=supervisor, shared="ก", attendance={"teacher": 1})
    line = DisseminationFactory(process="P2", fiscal_year=year)
    assert done_steps(client, year) == ["1", "3", "3.1", "3.2", "3.3", "3.4", "4"]
    line.state = "withdrawn"
    line.save()
    assert "4" not in done_steps(client, year)


def test_the_steps_are_the_manual_s_words(login, supervisor, year):
    call_command("load_manual")
    client = login(supervisor)
    page = client.get(reverse("network_steps")).content.decode()
    assert "จัดเวทีวิชาการ เผยแพร่นวัตกรรม" in page
    assert "ไม่ได้กำหนดเวลาดำเนินการ" in page
    process = client.get(reverse("work_process", args=["P2"])).content.decode()
    assert reverse("networks") in process
    assert reverse("dissemination_register") in process

import pytest
from django.urls import reverse

from supervision.programmes.models import AdviceHelp
from tests import scenarios
from tests.factories import LearningSourceFactory, NetworkMemberFactory, WorkFactory


@pytest.fixture
def near(school):
    return NetworkMemberFactory(school=school, subject="คณิตศาสตร์", topics="การคิดเลขเร็ว")


@pytest.fixture
def far(other_school):
    return NetworkMemberFactory(school=other_school, subject="ภาษาไทย", topics="การอ่าน")


def titles(response):
    return [entry.title for entry in response.context["page"]]


def search(client, **asked):
    return client.get(reverse("help_directory"), asked)


def test_who_searches_finds_the_own_cluster_first(
    login, school_director, outsider_director, near, far
):
    assert titles(search(login(school_director))) == [near.title, far.title]
    assert titles(search(login(outsider_director))) == [far.title, near.title]


def test_the_directory_is_searched_by_topic_work_and_kind(login, school_director, near, far):
    LearningSourceFactory(school=near.school, name="สวนเกษตร", topics="เกษตรพอเพียง")
    far.works.add(WorkFactory())
    client = login(school_director)
    assert titles(search(client, q="การอ่าน")) == [far.title]
    assert titles(search(client, q="พอเพียง")) == ["สวนเกษตร"]
    assert titles(search(client, work=WorkFactory().pk)) == [far.title]
    assert titles(search(client, kind="source")) == ["สวนเกษตร"]
    assert "ไม่พบผู้ที่ช่วยได้" in search(client, q="ไม่มีเรื่องนี้").content.decode()


def test_who_left_a_network_is_not_found(login, school_director, near):
    near.ends_on = near.starts_on
    near.save()
    assert titles(search(login(school_director))) == []


def test_only_a_published_practice_is_found(
    login, round_, supervisor, school_director, group_director, area_director
):
    scenarios.practice_selected(
        round_, supervisor=supervisor, group_director=group_director, title="นิทานพาอ่าน"
    )
    client = login(school_director)
    assert titles(search(client, q="นิทาน")) == []
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    scenarios.report_published(round_, by=group_director, signer=area_director)
    assert titles(search(client, q="นิทาน")) == ["นิทานพาอ่าน"]


@pytest.fixture
def advice(round_, supervisor, school_director, group_director):
    scenarios.round_until_summary_agreed(
        round_, supervisor=supervisor, director=school_director, group_director=group_director
    )
    return round_.recommendations.get()


def test_a_recommendation_points_to_who_can_help(login, advice, supervisor, school_director, far):
    client, url = login(supervisor), reverse("advice_help_choose", args=[advice.pk])
    page = client.post(url, {"entry": f"member-{far.pk}"}, follow=True).content.decode()
    assert far.title in page
    shown = login(school_director).get(advice.get_absolute_url()).content.decode()
    assert far.title in shown
    assert far.school.name in shown
    assert "นำออก" not in shown
    assert client.post(url, {"entry": f"member-{far.pk}"}).status_code == 409
    help_ = AdviceHelp.objects.get()
    client.post(reverse("advice_help_remove", args=[help_.pk]))
    assert far.title not in login(school_director).get(advice.get_absolute_url()).content.decode()
    help_.refresh_from_db()
    assert help_.removed_by == supervisor


def test_an_entry_that_is_not_in_the_directory_is_refused(login, advice, supervisor):
    url = reverse("advice_help_choose", args=[advice.pk])
    assert login(supervisor).post(url, {"entry": "member-99999"}).status_code == 409
    assert not AdviceHelp.objects.exists()

"""Kinds of tests as the office keeps them: all of it can be changed, but what results rest on."""

import pytest
from django.urls import reverse

from schools.enums import Grade
from supervision.profiles.learning.enums import DataOwner, ScoreKind
from supervision.profiles.models import TestKind, TestSubject
from tests.factories import LearningResultFactory, TestKindFactory, TestSubjectFactory

LEVELS = ("ดีมาก", "ดี", "พอใช้", "ปรับปรุง")


@pytest.fixture
def kind(db):
    return TestSubjectFactory(kind__is_from_memory=True).kind


@pytest.fixture
def client(login, clerk):
    return login(clerk)


def kind_form(levels=LEVELS, **facts):
    boxes = {f"level_{place}": name for place, name in enumerate(levels, 1)}
    usual = {"name": "NT", "score_kind": ScoreKind.PERCENT, "entered_by": DataOwner.OFFICE}
    return usual | boxes | facts


def edit(client, kind, **facts):
    url = reverse("test_kind_edit", args=[kind.pk])
    version = client.get(url).context["form"]["version"].value()
    return client.post(url, kind_form(version=version, **facts), follow=True).content.decode()


def test_the_office_adds_a_kind_with_its_subjects(client):
    page = client.post(reverse("test_kind_add"), kind_form(("ผ่าน", "", "ไม่ผ่าน"), name="ข้อสอบเขต"))
    kind = TestKind.objects.get()
    assert page.url == kind.get_absolute_url()
    assert [level.name for level in kind.levels.all()] == ["ผ่าน", "ไม่ผ่าน"]
    assert (kind.is_from_memory, kind.history.get().history_user.username) == (False, "clerk")
    sent = {"grades": [Grade.P2, Grade.P5], "name": "ภาษาไทย"}
    client.post(reverse("test_subject_add", args=[kind.pk]), sent)
    assert [subject.label for subject in kind.subjects.all()] == ["ป.2 ภาษาไทย", "ป.5 ภาษาไทย"]
    again = client.post(reverse("test_subject_add", args=[kind.pk]), sent).content.decode()
    assert "มีวิชานี้ในชั้นที่เลือกแล้ว" in again
    assert "ป.5" in client.get(kind.get_absolute_url()).content.decode()


def test_a_full_score_is_needed_where_means_are_scores(client, kind):
    TestKind.objects.update(score_kind=ScoreKind.SCORE)
    url = reverse("test_subject_add", args=[kind.pk])
    sent = {"grades": [Grade.P3], "name": "คณิตศาสตร์"}
    assert "โปรดระบุคะแนนเต็ม" in client.post(url, sent).content.decode()
    client.post(url, sent | {"full_score": "30"})
    assert TestSubject.objects.get(name="คณิตศาสตร์").highest_mean == 30


def test_what_was_recalled_says_so_until_it_was_checked(client, kind):
    words = "ยังไม่ได้เทียบกับเอกสารต้นฉบับ"
    assert words in client.get(reverse("test_kinds")).content.decode()
    url = reverse("test_kind_check", args=[kind.pk])
    assert "โปรดระบุเอกสารที่ใช้เทียบ" in client.post(url).content.decode()
    client.post(url, {"provenance": "คู่มือการจัดสอบ"})
    assert words not in client.get(reverse("test_kinds")).content.decode()
    assert "คู่มือการจัดสอบ" in client.get(kind.get_absolute_url()).content.decode()


def test_levels_and_scores_that_results_rest_on_stay(client, kind):
    result = LearningResultFactory(subject=kind.subjects.get(), shares=(25, 25, 25, 25))
    assert "แก้ได้เฉพาะชื่อระดับ" in edit(client, kind, levels=LEVELS[:3])
    assert "เปลี่ยนชนิดของค่าเฉลี่ยไม่ได้" in edit(client, kind, score_kind=ScoreKind.SCORE)
    edit(client, kind, levels=("ดีเยี่ยม", *LEVELS[1:]), held_by="สพฐ.")
    assert result.shares.first().level.name == "ดีเยี่ยม"
    assert TestKind.objects.get().held_by == "สพฐ."


def test_a_subject_with_results_is_kept(client, kind):
    unused = TestSubjectFactory(name="คณิตศาสตร์")
    LearningResultFactory(subject=kind.subjects.get(name="ภาษาไทย"))
    used = kind.subjects.get(name="ภาษาไทย")
    refused = client.post(reverse("test_subject_delete", args=[used.pk]))
    assert (refused.status_code, "ลบป.3 ภาษาไทยไม่ได้" in refused.content.decode()) == (409, True)
    client.post(reverse("test_subject_delete", args=[unused.pk]))
    assert kind.subjects.get() == used
    url = reverse("test_subject_edit", args=[used.pk])
    version = client.get(url).context["form"]["version"].value()
    page = client.post(url, {"name": "ไทย", "full_score": "30", "version": version})
    assert "เปลี่ยนคะแนนเต็มไม่ได้" in page.content.decode()


def test_a_kind_is_retired_and_taken_up_again(client, kind):
    client.post(reverse("test_kind_retire", args=[kind.pk]))
    assert not TestKind.objects.get().is_active
    client.post(reverse("test_kind_restore", args=[kind.pk]))
    assert TestKind.objects.get().is_active


@pytest.mark.parametrize(
    ("facts", "message"),
    [
        ({"name": "  "}, "โปรดกรอกชื่อย่อ"),
        ({"name": "RT"}, "มีการทดสอบชื่อนี้แล้ว"),
        ({"levels": ("ดี", "ดี")}, "ระดับชื่อเดียวกัน"),
    ],
)
def test_a_kind_that_cannot_be_told_from_another_is_refused(client, kind, facts, message):
    TestKindFactory(name="RT")
    assert message in edit(client, kind, **facts)


def test_the_list_takes_as_many_queries_for_three_kinds_as_for_one(
    client, kind, django_assert_max_num_queries
):
    url = reverse("test_kinds")
    with django_assert_max_num_queries(15) as few:
        client.get(url)
    for name in ("RT", "O-NET"):
        TestSubjectFactory(kind=TestKindFactory(name=name))
    with django_assert_max_num_queries(len(few)):
        assert "O-NET" in client.get(url).content.decode()

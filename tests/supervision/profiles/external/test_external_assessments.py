"""External assessments: entered, put right with a reason, withdrawn, read by whom they are for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from supervision.improvement.enums import Assignee
from supervision.improvement.external_advice import record_external_advice
from supervision.profiles.external import actions
from supervision.profiles.external.actions import AssessmentContent
from supervision.profiles.models import ExternalAssessment
from tests.sample_files import PDF

DATA = {
    "agency": "หน่วยงานประเมิน",
    "round_name": "รอบหนึ่ง",
    "summary": "โดยรวมดี",
    "aspect_1": "มาตรฐานที่ 1",
    "level_1": "ดีมาก",
    "aspect_2": "มาตรฐานที่ 2",
    "level_2": "พอใช้",
}


def recorded(school, *, by, **fields) -> ExternalAssessment:
    facts = {"agency": "หน่วยงานประเมิน", "round_name": "รอบหนึ่ง", **fields}
    content = AssessmentContent(facts, results=[("มาตรฐานที่ 1", "ดีมาก")])
    return actions.record_external_assessment(school, by=by, content=content)


def address(name, assessment):
    return reverse(name, args=[assessment.school_id, assessment.pk])


def test_a_school_enters_what_assessors_found(login, academic_teacher, school):
    client = login(academic_teacher)
    data = DATA | {"file": SimpleUploadedFile("ผลประเมิน.pdf", PDF)}
    url = reverse("external_assessment_add", args=[school.pk])
    page = client.post(url, data, follow=True).content.decode()
    assert "หน่วยงานประเมิน รอบหนึ่ง" in page
    assert "พอใช้" in page
    assessment = ExternalAssessment.objects.get()
    assert client.get(address("external_assessment_file", assessment)).getvalue() == PDF
    page = client.get(reverse("school_external_assessments", args=[school.pk])).content.decode()
    assert "ดีมาก" in page


def test_a_form_sent_twice_makes_one(login, academic_teacher, school):
    client, url = login(academic_teacher), reverse("external_assessment_add", args=[school.pk])
    client.post(url, DATA)
    assert "ไว้แล้ว" in client.post(url, DATA).content.decode()
    assert ExternalAssessment.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"agency": " "}, "โปรดกรอกหน่วยงานที่ประเมิน"),
        ({"level_1": ""}, "โปรดกรอกผลการประเมินของ “มาตรฐานที่ 1”"),
        ({"aspect_1": ""}, "“ดีมาก” เป็นผลของด้านใด"),
        ({"assessed_on": "1/1/2024"}, "พ.ศ."),
        ({"file": SimpleUploadedFile("a.exe", b"MZ")}, "a.exe"),
    ],
)
def test_entering_says_what_is_wrong(login, academic_teacher, school, changes, message):
    url = reverse("external_assessment_add", args=[school.pk])
    page = login(academic_teacher).post(url, DATA | changes).content.decode()
    assert message in page
    assert not ExternalAssessment.objects.exists()


def test_a_correction_gives_its_reason_and_keeps_what_stood_there(login, supervisor, school):
    assessment = recorded(school, by=supervisor)
    client, url = login(supervisor), address("external_assessment_edit", assessment)
    form = client.get(url).context["form"]
    data = DATA | {"level_1": "ดี", "summary": "", "version": form.stored_version, "reason": ""}
    assert "โปรดกรอกเหตุผลที่แก้ไข" in client.post(url, data).content.decode()
    page = client.post(url, data | {"reason": "พิมพ์ผิด"}, follow=True).content.decode()
    assert "พิมพ์ผิด (เดิม: ผลรายด้าน มาตรฐานที่ 1 ดีมาก)" in page
    assert [row.level for row in assessment.results.all()] == ["ดี", "พอใช้"]


def test_what_assessors_recommended_is_shown_with_its_state(login, supervisor, school):
    assessment = recorded(school, by=supervisor)
    due_on = timezone.localdate()
    record_external_advice(
        assessment,
        by=supervisor,
        text="ใช้ผลทดสอบวางแผน",
        assignee=Assignee.SCHOOL_DIRECTOR,
        due_on=due_on,
    )
    client = login(supervisor)
    page = client.get(assessment.get_absolute_url()).content.decode()
    assert "ใช้ผลทดสอบวางแผน" in page
    assert reverse("external_advice_add", args=[assessment.pk]) in page
    refused = client.post(address("external_assessment_withdraw", assessment), {"reason": "ซ้ำ"})
    assert "โปรดแก้ไขการประเมินแทนการถอน" in refused.content.decode()


def test_a_withdrawn_record_stays_and_is_not_changed(login, clerk, school):
    assessment = recorded(school, by=clerk)
    client = login(clerk)
    client.post(address("external_assessment_withdraw", assessment), {"reason": "ซ้ำ"})
    page = client.get(assessment.get_absolute_url()).content.decode()
    assert "ถอนรายการแล้ว" in page
    assert client.post(address("external_assessment_edit", assessment), DATA).status_code == 409
    assert recorded(school, by=clerk)  # the place is free again


def test_who_does_not_know_the_school_learns_nothing(
    login, committee_member, other_supervisor, outsider_director, supervisor, school
):
    assessment = recorded(school, by=supervisor)
    names = ("external_assessment", "external_assessment_file", "external_assessment_edit")
    for person in (committee_member, other_supervisor, outsider_director):
        client = login(person)
        assert [client.get(address(name, assessment)).status_code for name in names] == [404] * 3
        url = reverse("school_external_assessments", args=[school.pk])
        assert client.get(url).status_code == 404


def test_the_past_of_a_merged_school_follows(login, clerk, supervisor, other_school, school):
    assessment = recorded(other_school, by=clerk)
    client = login(supervisor)
    assert client.get(assessment.get_absolute_url()).status_code == 404
    other_school.closed_on, other_school.merged_into = timezone.localdate(), school
    other_school.save()
    assert "ซึ่งรวมกับ" in client.get(assessment.get_absolute_url()).content.decode()
    page = client.get(reverse("school_external_assessments", args=[school.pk])).content.decode()
    assert "จากโรงเรียนอื่น (รวมเมื่อ" in page
    assert client.get(address("external_assessment_edit", assessment)).status_code == 403


def test_the_area_list_has_the_schools_that_one_knows(
    login, clerk, supervisor, school, other_school, cluster, django_assert_max_num_queries
):
    recorded(school, by=clerk)
    recorded(other_school, by=clerk)
    url = reverse("external_assessment_list")
    client = login(clerk)
    with django_assert_max_num_queries(15):
        page = client.get(url)
    assert len(page.context["page"].object_list) == 2
    (only,) = login(supervisor).get(url).context["page"].object_list
    assert only.school == school
    found = login(clerk).get(url, {"cluster": cluster.pk, "words": "รอบหนึ่ง"})
    assert [one.school for one in found.context["page"].object_list] == [school]
    assert "ไม่พบรายการ" in login(clerk).get(url, {"words": "ไม่มี"}).content.decode()

"""The unit keeps its lists of areas."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.core.errors import ActionRefused
from supervision.needs import actions
from supervision.needs.models import SurveyTemplate
from tests.factories import NeedsAreaFactory, NeedsCampaignFactory, SurveyTemplateFactory
from tests.form_data import page_form_data

pytestmark = pytest.mark.django_db

NEW, LIST = "/needs/frames/new/", "/needs/frames/"


@pytest.fixture
def survey_template():
    return NeedsAreaFactory(
        name="วิชาการ", survey_template=SurveyTemplateFactory(name="งาน 4 ด้าน")
    ).survey_template


def areas_of(name):
    return [area.name for area in SurveyTemplate.objects.get(name=name).areas.all()]


def test_a_list_is_written_one_area_a_line(login, work_group_head):
    client = login(work_group_head)
    sent = {"name": "จุดเน้น", "provenance": "นโยบาย", "areas": " อ่านออก \n\nเขียนได้\r\n"}
    text = client.post(NEW, sent, follow=True).content.decode()
    assert "บันทึกกรอบจุดเน้น แล้ว" in text
    assert areas_of("จุดเน้น") == ["อ่านออก", "เขียนได้"]


def test_a_copy_starts_with_what_the_other_says(login, group_director, survey_template):
    client = login(group_director)
    form = client.get(f"{NEW}?copy={survey_template.pk}").context["form"]
    assert (form["name"].value(), form["areas"].value()) == ("งาน 4 ด้าน (สำเนา)", "วิชาการ")
    assert client.get(f"{NEW}?copy=x").context["form"]["name"].value() == ""
    client.post(NEW, {"name": "งาน 4 ด้าน (สำเนา)", "areas": "วิชาการ\nบุคคล"})
    assert areas_of("งาน 4 ด้าน (สำเนา)") == ["วิชาการ", "บุคคล"]
    assert areas_of("งาน 4 ด้าน") == ["วิชาการ"]


def test_while_unused_it_can_be_changed(login, group_director, survey_template):
    client, url = login(group_director), reverse("survey_template_edit", args=[survey_template.pk])
    assert client.get(url).context["form"]["areas"].value() == "วิชาการ"
    client.post(url, page_form_data(client, url, name="งานของเรา", areas="บุคคล\nวิชาการ"))
    assert areas_of("งานของเรา") == ["บุคคล", "วิชาการ"]


def test_nobody_overwrites_areas_they_have_not_seen(login, group_director, survey_template):
    client, url = login(group_director), reverse("survey_template_edit", args=[survey_template.pk])
    before = page_form_data(client, url, areas="วิชาการ\nบุคคล")
    client.post(url, page_form_data(client, url, areas="วิชาการ\nงบประมาณ"))
    text = client.post(url, before).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “วิชาการ\nงบประมาณ”" in text
    assert areas_of("งาน 4 ด้าน") == ["วิชาการ", "งบประมาณ"]


def test_once_used_it_stays_as_it_is(login, group_director, survey_template, term):
    client, url = login(group_director), reverse("survey_template_edit", args=[survey_template.pk])
    assert url in client.get(LIST).content.decode()
    NeedsCampaignFactory(term=term, survey_template=survey_template)
    text = client.get(LIST).content.decode()
    assert f'href="{url}"' not in text
    assert "ใช้แล้ว" in text
    assert client.get(url).status_code == 409
    assert client.post(url, {"name": "ก", "areas": "ข"}).status_code == 409
    with pytest.raises(ActionRefused, match="คัดลอกเป็นกรอบใหม่"):
        actions.save_survey_template(survey_template, name="ก", provenance="", areas=["ข"])
    assert areas_of("งาน 4 ด้าน") == ["วิชาการ"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"name": ""}, "โปรดกรอกชื่อกรอบการสำรวจ"),
        ({"name": "งาน 4 ด้าน"}, "มีกรอบชื่อนี้แล้ว"),
        ({"areas": " \n "}, "โปรดกรอกอย่างน้อย 1 ด้าน"),
        ({"areas": "วิชาการ\nบุคคล\nวิชาการ"}, "ซ้ำกัน"),
        ({"areas": "ก" * 101}, "ยาวเกิน 100 ตัวอักษร"),
        ({"areas": "\n".join(map(str, range(16)))}, "โปรดรวมให้ไม่เกิน 15 ด้าน"),
    ],
)
def test_what_is_wrong_is_told_and_kept(wrong, message, login, group_director, survey_template):
    sent = {"name": "ใหม่", "areas": "วิชาการ"} | wrong
    text = login(group_director).post(NEW, sent).content.decode()
    assert message in text
    assert SurveyTemplate.objects.count() == 1


@pytest.mark.usefixtures("survey_template")
def test_the_list_stays_flat(login, group_director, django_assert_num_queries):
    client = login(group_director)
    client.get(LIST)  # the first request of a session renews it
    with CaptureQueriesContext(connection) as few:
        client.get(LIST)
    NeedsAreaFactory.create_batch(3, survey_template=SurveyTemplateFactory(name="อื่น"))
    SurveyTemplateFactory(name="ว่าง")
    with django_assert_num_queries(len(few)):
        client.get(LIST)


def test_without_any_the_list_says_what_to_do(login, group_director):
    assert "ยังไม่มีกรอบการสำรวจ" in login(group_director).get(LIST).content.decode()

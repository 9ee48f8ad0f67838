"""The pages of an answer sheet and the address where its edits come in."""

import json
import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from supervision.assessments import actions
from supervision.assessments.enums import AnswerField
from supervision.assessments.journal import SubmittedEdit, record_edits
from supervision.assessments.models import AnswerEdit, SelfAssessment
from supervision.assessments.queries import sheet_indicators, with_progress
from supervision.criteria.models import Rubric
from supervision.visits import actions as visits
from tests import scenarios


@pytest.fixture
def page(sheet):
    return scenarios.standard_url(sheet.pk, 1)


@pytest.fixture
def visit(round_, supervisor, school_director):
    scenarios.self_assessment_confirmed(round_, by=school_director, level=5)
    visit = scenarios.visit_planned(round_, by=supervisor)
    visits.start_visit_record(visit, by=supervisor)
    return visit


def line(indicator, field, value, **more):
    return {"id": str(uuid.uuid4()), "indicator": indicator, "field": field, "value": value} | more


def send(client, sheet, user, edits):
    body = {"user": user.pk, "edits": edits}
    return client.post(
        reverse("sheet_edits", args=[sheet.pk]), body, content_type="application/json"
    )


def text(response):
    return response.content.decode()


def boxes_in(html):
    """What can be filled in on the sheet itself; what a device still holds is beside it."""
    form = html[html.index('<form id="sheet"') :]
    form = form[: form.index("</form>")]
    return re.findall(r'<(?:textarea|select|input(?! type="hidden"))[^>]*>', form)


# --- Pages ---


def test_the_sheet_leads_to_the_first_open_standard(login, sheet, academic_teacher):
    client = login(academic_teacher)
    url = reverse("sheet", args=[sheet.pk])
    assert client.get(url).url == scenarios.standard_url(sheet.pk, 1)
    for indicator in sheet_indicators(sheet)[:2]:
        edit = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.LEVEL, "4")
        record_edits(sheet, [edit], by=academic_teacher)
    assert client.get(url).url == scenarios.standard_url(sheet.pk, 2)


def test_a_standard_asks_without_choosing(login, sheet, indicator, page, academic_teacher):
    level = indicator.standard.indicator_set.scale.levels.first()
    Rubric.objects.create(indicator=indicator, level=level, text="ครูทุกคนจัดกิจกรรมทุกหน่วย")
    html = text(login(academic_teacher).get(page))
    assert "ครูทุกคนจัดกิจกรรมทุกหน่วย" in html
    assert not re.search(r"<input type=\"radio\"[^>]*checked", html)
    assert "0/4" in html
    assert "0/2" in html
    assert reverse("self_assessment", args=[sheet.self_assessment.pk]) in html


def test_a_page_asks_the_database_little(login, visit, supervisor, django_assert_max_num_queries):
    scenarios.fill_sheet(visit.sheet, 4, by=supervisor)
    client = login(supervisor)
    for url in (
        scenarios.standard_url(visit.sheet_id, 1),
        reverse("sheet_texts", args=[visit.sheet_id]),
    ):
        with django_assert_max_num_queries(15):
            client.get(url)


def test_level_nought_is_a_level(login, sheet, indicator, page, academic_teacher):
    sheet.round.scale.levels.create(value=0, label="ไม่มี")
    record_edits(
        sheet,
        [SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.LEVEL, "0")],
        by=academic_teacher,
    )
    assert re.search(r'value="0"\s+checked', text(login(academic_teacher).get(page)))


def test_who_may_only_read_sees_no_inputs(login, sheet, page, supervisor):
    html = text(login(supervisor).get(page))
    assert "อ่านอย่างเดียว" in html
    assert not boxes_in(html)


def test_a_frozen_sheet_is_read(login, sheet, page, academic_teacher):
    scenarios.fill_sheet(sheet, 4, by=academic_teacher)
    actions.freeze_sheet(sheet)
    html = text(login(academic_teacher).get(page))
    assert "แก้ไขไม่ได้" in html
    assert "ข้อค้นพบจากการทดสอบ" in html
    assert not boxes_in(html)


@pytest.mark.parametrize("name", ["sheet", "sheet_standard"])
def test_another_school_does_not_learn_of_it(login, sheet, outsider_director, name):
    args = [sheet.pk] if name == "sheet" else [sheet.pk, 1]
    assert login(outsider_director).get(reverse(name, args=args)).status_code == 404


def test_a_standard_that_is_not_there(login, sheet, academic_teacher):
    url = scenarios.standard_url(sheet.pk, 9)
    assert login(academic_teacher).get(url).status_code == 404


def test_a_school_sheet_has_no_texts_page(login, sheet, academic_teacher):
    url = reverse("sheet_texts", args=[sheet.pk])
    assert login(academic_teacher).get(url).status_code == 404


# --- A visit's sheet ---


def test_the_schools_own_score_stands_beside(login, visit, supervisor):
    url = scenarios.standard_url(visit.sheet_id, 1)
    html = text(login(supervisor).get(url))
    assert "โรงเรียนประเมินตนเอง <strong>ยอดเยี่ยม</strong>" in html
    assert visit.get_absolute_url() in html


@pytest.mark.parametrize(("level", "wide"), [("3", True), ("4", False)])
def test_a_wide_gap_is_marked(login, visit, supervisor, level, wide):
    indicator = sheet_indicators(visit.sheet)[0]
    edit = SubmittedEdit(uuid.uuid4(), indicator.pk, AnswerField.LEVEL, level)
    record_edits(visit.sheet, [edit], by=supervisor)
    html = text(login(supervisor).get(scenarios.standard_url(visit.sheet_id, 1)))
    assert ("ต่างจากโรงเรียน 2 ระดับ" in html) is wide
    assert len(re.findall(r"data-gap hidden", html)) == (1 if wide else 2)


def test_the_texts_end_a_visits_sheet(login, visit, supervisor):
    url = reverse("sheet_texts", args=[visit.sheet_id])
    html = text(login(supervisor).get(url))
    for label in ("จุดเด่น", "จุดควรพัฒนา", "ปัญหาและอุปสรรค", "ข้อเสนอแนะ"):
        assert f'">{label}</label>' in html


def test_a_school_sees_a_visits_sheet_only_when_signed(login, visit, school_director):
    url = scenarios.standard_url(visit.sheet_id, 1)
    assert login(school_director).get(url).status_code == 404


# --- Edits as JSON ---


@pytest.mark.parametrize(("reason", "answered"), [(" \n", 0), ("\u200b ", 0), ("ไม่เปิดสอนระดับนี้", 1)])
def test_set_aside_counts_with_a_reason_everywhere_alike(
    login, sheet, indicator, academic_teacher, reason, answered
):
    edits = [line(indicator.pk, "level", "na"), line(indicator.pk, "na_reason", reason)]
    answer = send(login(academic_teacher), sheet, academic_teacher, edits).json()
    assert answer["answered"] == answered
    assert sum(answer.is_answered for answer in sheet.answers.all()) == answered
    counted = with_progress(SelfAssessment.objects.filter(sheet=sheet)).get()
    assert counted.answered == answered


def test_edits_are_acknowledged(login, sheet, indicator, academic_teacher):
    edits = [line(indicator.pk, "level", "4"), line(indicator.pk, "note", "ดี\r\nมาก")]
    answer = send(login(academic_teacher), sheet, academic_teacher, edits).json()
    assert sorted(answer["saved"]) == sorted(edit["id"] for edit in edits)
    assert (answer["answered"], answer["total"]) == (1, 4)
    first, second = dict.fromkeys(str(each.standard_id) for each in sheet_indicators(sheet))
    assert answer["parts"] == {first: [1, 2], second: [0, 2]}
    assert re.fullmatch(r"\d\d\.\d\d\xa0น\.", answer["at"])
    standing = {s["field"]: s for s in answer["field_states"]}
    assert standing["note"]["value"] == "ดี\nมาก"
    assert standing["level"]["edit"] == edits[0]["id"]


def test_the_other_value_comes_back(login, sheet, indicator, academic_teacher, school_director):
    send(login(academic_teacher), sheet, academic_teacher, [line(indicator.pk, "level", "4")])
    client = login(school_director)
    answer = send(client, sheet, school_director, [line(indicator.pk, "level", "2")]).json()
    (other,) = answer["field_states"][0]["others"]
    assert (other["text"], other["by"]) == ("4 ดีเลิศ", str(academic_teacher))


def test_a_rejected_edit_names_its_reason(login, sheet, indicator, academic_teacher):
    wrong, right = line(indicator.pk, "level", "9"), line(indicator.pk, "note", "ดี")
    answer = send(login(academic_teacher), sheet, academic_teacher, [wrong, right]).json()
    assert answer["saved"] == [right["id"]]
    assert answer["rejected"][0]["id"] == wrong["id"]
    assert "โปรดเลือกระดับที่แสดง" in answer["rejected"][0]["message"]


def test_saving_asks_the_database_little(
    login, sheet, academic_teacher, django_assert_max_num_queries
):
    edits = [line(i.pk, f, "4") for i in sheet_indicators(sheet) for f in ("level", "note")]
    client = login(academic_teacher)
    with django_assert_max_num_queries(22):
        assert len(send(client, sheet, academic_teacher, edits).json()["saved"]) == 8


GOOD = {"id": str(uuid.uuid4()), "indicator": None, "field": "strengths", "value": ""}


@pytest.mark.parametrize(
    "body",
    [
        "",
        "{",
        "null",
        "[]",
        '"x"',
        "\udcff",
        "[" * 100_000,
        {"edits": []},
        {"user": 1},
        {"user": "1", "edits": []},
        {"user": True, "edits": []},
        {"user": 1, "edits": {}},
        {"user": 1, "edits": [None]},
        {"user": 1, "edits": [[]]},
        {"user": 1, "edits": [{}]},
        {"user": 1, "edits": [GOOD | {"id": "x"}]},
        {"user": 1, "edits": [GOOD | {"id": 5}]},
        {"user": 1, "edits": [GOOD | {"base": "x"}]},
        {"user": 1, "edits": [GOOD | {"base": ["x"]}]},
        {"user": 1, "edits": [GOOD | {"field": "colour"}]},
        {"user": 1, "edits": [GOOD | {"field": []}]},
        {"user": 1, "edits": [GOOD | {"value": 4}]},
        {"user": 1, "edits": [GOOD | {"value": None}]},
        {"user": 1, "edits": [GOOD | {"indicator": "1"}]},
        {"user": 1, "edits": [GOOD | {"indicator": 1.5}]},
        {"user": 1, "edits": [GOOD | {"age_ms": "1"}]},
        {"user": 1, "edits": [GOOD | {"age_ms": float("nan")}]},
        {"user": 1, "edits": [GOOD | {"age_ms": float("inf")}]},
        {"user": 1, "edits": [GOOD] * 501},
    ],
    ids=range(29),
)
def test_what_cannot_be_read_is_told(login, sheet, academic_teacher, body):
    body = body if isinstance(body, str) else json.dumps(body)
    response = login(academic_teacher).post(
        reverse("sheet_edits", args=[sheet.pk]),
        body.encode(errors="surrogateescape"),
        content_type="application/json",
    )
    assert response.status_code == 400
    assert "จึงยังไม่บันทึก" in response.json()["message"]
    assert not AnswerEdit.objects.exists()


@pytest.mark.parametrize("words", ["ก\x00ข", "\ud83d", "😀" * 10, "<script>alert(1)</script>"])
def test_any_words_can_be_kept(login, sheet, indicator, page, academic_teacher, words):
    client = login(academic_teacher)
    answer = send(client, sheet, academic_teacher, [line(indicator.pk, "note", words)])
    assert len(answer.json()["saved"]) == 1
    assert "<script>alert" not in text(client.get(page))


@pytest.mark.parametrize("age", [-5, 0, 1.5, 10**30])
def test_any_age_can_be_read(login, sheet, indicator, academic_teacher, age):
    edit = line(indicator.pk, "note", "ดี", age_ms=age)
    assert send(login(academic_teacher), sheet, academic_teacher, [edit]).status_code == 200


def test_an_indicator_beyond_all_numbers_is_refused(login, sheet, academic_teacher):
    answer = send(login(academic_teacher), sheet, academic_teacher, [line(10**40, "note", "ดี")])
    assert len(answer.json()["rejected"]) == 1


def test_signed_out_is_told_in_json(sheet, academic_teacher):
    response = send(Client(), sheet, academic_teacher, [GOOD])
    assert response.status_code == 401
    assert response.json()["code"] == "signed_out"


def test_another_person_cannot_send_for_the_first(
    login, sheet, indicator, academic_teacher, school_director
):
    edits = [line(indicator.pk, "level", "4")]
    response = send(login(school_director), sheet, academic_teacher, edits)
    assert (response.status_code, response.json()["code"]) == (409, "other_person")
    assert not AnswerEdit.objects.exists()


def test_no_right_to_write_is_told_in_json(login, sheet, indicator, supervisor):
    response = send(login(supervisor), sheet, supervisor, [line(indicator.pk, "level", "4")])
    assert (response.status_code, response.json()["code"]) == (403, "no_right")


def test_another_school_cannot_send(login, sheet, indicator, outsider_director):
    edits = [line(indicator.pk, "level", "4")]
    assert send(login(outsider_director), sheet, outsider_director, edits).status_code == 404


def test_edits_are_only_posted(login, sheet, academic_teacher):
    url = reverse("sheet_edits", args=[sheet.pk])
    assert login(academic_teacher).get(url).status_code == 405

"""Tools and methods of supervision (step 2): set, endorsed and shown; a round may differ."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from reports.data.term import term_report
from reports.data.year import year_report
from reports.papers.meeting_facts import set_outcomes
from schools.core.errors import ActionRefused
from supervision.criteria.enums import SetUse
from supervision.rounds import methods as actions
from supervision.rounds.models import Round, SupervisionMethods
from supervision.standards.models import ManualForm
from tests.factories import IndicatorSetFactory, MeetingFactory, TermFactory
from tests.form_data import page_form_data

FACTS = {"methods": ["on_site", "plc"], "tools": ["แบบ 7.3 แบบนิเทศ"], "description": "ลงพื้นที่"}


@pytest.fixture
def page(term):
    return reverse("term_methods", args=[term.pk])


@pytest.fixture
def edit(term):
    return reverse("term_methods_edit", args=[term.pk])


@pytest.fixture
def draft(term, work_group_head):
    return actions.save_methods(term, None, by=work_group_head, **FACTS)


@pytest.fixture
def endorsed(draft, committee_member):
    actions.endorse_methods(draft, by=committee_member, meeting=MeetingFactory())
    return draft


def test_who_prepares_criteria_sets_them_for_a_term(login, work_group_head, term, page, edit):
    ManualForm.objects.create(process="P3", code="7.3", name="แบบนิเทศ", step=4)
    IndicatorSetFactory(use=SetUse.OBSERVATION, name="แบบสังเกตชั้นเรียน")
    client = login(work_group_head)
    assert "ยังไม่กำหนด" in client.get(page).content.decode()
    sent = {
        "methods": ["observation", "on_site"],
        "tools": ["แบบ 7.3 แบบนิเทศ"],
        "other_tools": "แบบสอบถามออนไลน์\n\n แบบสัมภาษณ์ ",
        "description": "เยี่ยมชั้นเรียน",
    }
    text = client.post(edit, sent, follow=True).content.decode()
    row = SupervisionMethods.objects.get(term=term)
    assert row.tools == ["แบบ 7.3 แบบนิเทศ", "แบบสอบถามออนไลน์", "แบบสัมภาษณ์"]
    assert row.method_names == ["นิเทศแบบลงพื้นที่", "สังเกตชั้นเรียน"]
    for words in ("แบบสอบถามออนไลน์", "เยี่ยมชั้นเรียน", "รอ ก.ต.ป.น. เห็นชอบ"):
        assert words in text
    form = client.get(edit).content.decode()
    assert "แบบสอบถามออนไลน์\nแบบสัมภาษณ์</textarea>" in form
    assert "แบบสังเกตชั้นเรียน" in form


def test_a_method_at_least_is_asked_for_and_the_rest_kept(login, work_group_head, edit):
    sent = {"methods": [], "description": "ที่พิมพ์ไว้"}
    text = login(work_group_head).post(edit, sent).content.decode()
    assert "โปรดเลือกวิธีการนิเทศอย่างน้อย 1 วิธี" in text
    assert "ที่พิมพ์ไว้" in text
    assert not SupervisionMethods.objects.exists()


def test_nobody_overwrites_what_they_have_not_seen(login, work_group_head, draft, edit):
    client = login(work_group_head)
    typed = page_form_data(client, edit, description="ของฉัน") | {"methods": ["plc"]}
    facts = FACTS | {"description": "ของเขา"}
    actions.save_methods(draft.term, None, by=work_group_head, **facts)
    text = client.post(edit, typed).content.decode()
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของเขา”" in text
    draft.refresh_from_db()
    assert draft.description == "ของเขา"


def test_a_new_term_starts_from_the_last_one(login, work_group_head, endorsed, term):
    later = TermFactory(academic_year=term.academic_year, number=1, opens_on=term.closes_on)
    text = (
        login(work_group_head).get(reverse("term_methods_edit", args=[later.pk])).content.decode()
    )
    assert "เริ่มจากที่กำหนดไว้ใน" in text
    assert "ลงพื้นที่</textarea>" in text
    assert SupervisionMethods.objects.count() == 1


def test_a_meeting_endorses_them_and_then_the_school_sees_them(
    login, school_director, committee_member, draft, page
):
    school = login(school_director)
    assert "ลงพื้นที่" not in school.get(page).content.decode()
    url = reverse("methods_endorse", args=[draft.pk])
    assert school.post(url).status_code == 404
    meeting = MeetingFactory(number=5)
    login(committee_member).post(url, {"meeting": meeting.pk})
    text = school.get(page).content.decode()
    assert "ลงพื้นที่" in text
    assert "5/2569" in text


def test_the_meeting_says_that_it_endorsed_them(login, committee_member, endorsed):
    page = login(committee_member).get(endorsed.meeting.get_absolute_url()).content.decode()
    assert f'href="{endorsed.get_absolute_url()}">{endorsed}' in page
    assert set_outcomes(endorsed.meeting) == [f"เห็นชอบ{endorsed}"]


def test_a_meeting_that_is_only_planned_endorses_nothing(committee_member, draft):
    with pytest.raises(ActionRefused):
        actions.endorse_methods(draft, by=committee_member, meeting=MeetingFactory(planned=True))


def test_endorsed_ones_change_only_when_opened_again_with_a_reason(
    login, work_group_head, endorsed, edit
):
    client, url = login(work_group_head), reverse("methods_reopen", args=[endorsed.pk])
    assert client.get(edit).status_code == 409
    assert "โปรดระบุเหตุผล" in client.post(url, {"reason": " "}).content.decode()
    client.post(url, {"reason": "เพิ่มเครื่องมือ"})
    endorsed.refresh_from_db()
    assert (endorsed.is_endorsed, endorsed.meeting) == (False, None)
    assert client.get(edit).status_code == 200


def test_an_endorsement_names_its_meeting(endorsed):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupervisionMethods.objects.filter(pk=endorsed.pk).update(meeting=None)


def test_a_round_may_differ_and_go_back_to_its_term(
    login, group_director, school_director, round_, endorsed
):
    client, own = login(group_director), reverse("round_methods_edit", args=[round_.pk])
    page = reverse("round_methods", args=[round_.pk])
    assert "ใช้ตามภาคเรียน" in client.get(page).content.decode()
    data = page_form_data(client, own, description="ออนไลน์เพิ่ม") | {"methods": ["online"]}
    client.post(own, data)
    row = round_.own_methods
    assert actions.methods_of_rounds([round_]) == {round_.pk: row}
    assert "ออนไลน์เพิ่ม" not in login(school_director).get(page).content.decode()
    client.post(reverse("methods_delete", args=[row.pk]))
    again = Round.objects.get(pk=round_.pk)
    assert actions.methods_of_rounds([again]) == {round_.pk: endorsed}
    refused = client.post(reverse("methods_delete", args=[endorsed.pk]))
    assert refused.status_code == 409


def test_step_2_the_reports_and_form_7_2_say_them(login, supervisor, round_, term, endorsed):
    text = login(supervisor).get(round_.get_absolute_url()).content.decode()
    assert "เครื่องมือและวิธีการ: นิเทศแบบลงพื้นที่, ชุมชนแห่งการเรียนรู้ทางวิชาชีพ (PLC)" in text
    assert [one["description"] for one in term_report(round_)["methods"]] == ["ลงพื้นที่"]
    [of_term] = year_report(term.academic_year)["methods"]
    assert (of_term["term"], of_term["meeting_no"]) == (str(term), endorsed.meeting.label)
    chosen = round_.indicator_sets.get()
    assert actions.methods_beside_set(chosen) == endorsed


def test_a_step_without_them_is_done_all_the_same(login, supervisor, round_):
    text = login(supervisor).get(round_.get_absolute_url()).content.decode()
    assert "เครื่องมือและวิธีการ: ยังไม่กำหนด" in text


def test_what_is_not_endorsed_is_in_no_report(round_, draft):
    assert term_report(round_)["methods"] == []
    assert year_report(round_.term.academic_year)["methods"] == []

"""A report returned before it is signed, and one corrected after it was signed."""

import re

import pytest
from django.urls import reverse

from reports import actions
from reports.enums import DocumentState
from reports.models import IssuedDocument
from reports.rendering import attach_pdf, paper_html
from tests import scenarios

WHY = "ตารางที่ 2 ยังไม่รวมผลของรอบที่ 2"


def act(document, name: str) -> str:
    return reverse(f"report_{name}", args=[document.pk])


def text_of(response) -> str:
    return response.content.decode()


def waiting(client) -> list[str]:
    return [item.title for item in client.get("/todos/").context["home"].waiting]


def fresh(document) -> IssuedDocument:
    return IssuedDocument.objects.get(pk=document.pk)


@pytest.fixture
def returned(prepared, area_director):
    actions.return_report_for_correction(prepared, by=area_director, reason=WHY)
    return fresh(prepared)


@pytest.fixture
def revised(issued, group_director):
    """A corrected version that waits for its signature."""
    return actions.revise_report(issued, number="8/2569", reason=WHY, by=group_director)


def sign(document, area_director) -> IssuedDocument:
    actions.issue_report(document, by=area_director)
    attach_pdf(document.pk, b"%PDF-1.7")
    return fresh(document)


# --- Returned before it is signed ---


def test_the_area_director_returns_a_report_with_a_reason(
    prepared, login, area_director, group_director
):
    client = login(area_director)
    assert act(prepared, "return") in text_of(client.get(prepared.get_absolute_url()))
    assert client.post(act(prepared, "return"), {"reason": WHY}).status_code == 302
    assert fresh(prepared).state == DocumentState.RETURNED
    assert "ลงนามออกรายงาน ของเรา" not in waiting(client)
    assert "แก้ไขแล้วเสนอรายงานอีกครั้ง ของเรา" in waiting(login(group_director))
    assert WHY in text_of(login(group_director).get(prepared.get_absolute_url()))


def test_who_mends_a_returned_report_is_led_to_what_may_be_mended(
    returned, login, group_director, area_director
):
    summary = returned.round.summary.get_absolute_url()
    assert summary in text_of(login(group_director).get(returned.get_absolute_url()))
    assert summary not in text_of(login(area_director).get(returned.get_absolute_url()))


def test_a_return_without_a_reason_changes_nothing(prepared, login, area_director):
    response = login(area_director).post(act(prepared, "return"), {"reason": " "})
    assert "โปรดระบุเหตุผล" in text_of(response)
    assert fresh(prepared).state == DocumentState.PREPARED


def test_what_was_returned_is_not_signed_meanwhile(returned, login, area_director):
    assert login(area_director).post(act(returned, "issue")).status_code == 409
    assert login(area_director).post(act(returned, "return"), {"reason": WHY}).status_code == 409
    assert fresh(returned).snapshot is None


def test_a_returned_report_is_put_forward_again(returned, login, group_director, area_director):
    client = login(group_director)
    assert f'value="{returned.number}"' in text_of(client.get(act(returned, "prepare_again")))
    client.post(act(returned, "prepare_again"), {"number": "3/2569"})
    again = fresh(returned)
    assert (again.state, again.number) == (DocumentState.PREPARED, "3/2569")
    assert "ลงนามออกรายงาน ของเรา" in waiting(login(area_director))
    assert client.post(act(returned, "prepare_again"), {"number": "4/2569"}).status_code == 409


def test_the_number_of_another_report_is_told_at_the_field(
    issued, year_prepared, login, group_director, area_director
):
    actions.return_report_for_correction(year_prepared, by=area_director, reason=WHY)
    response = login(group_director).post(
        act(year_prepared, "prepare_again"), {"number": issued.number}
    )
    assert "ใช้กับรายงานฉบับอื่นแล้ว" in text_of(response)
    assert fresh(year_prepared).state == DocumentState.RETURNED


def test_a_years_returned_report_waits_too(year_prepared, login, group_director, area_director):
    actions.return_report_for_correction(year_prepared, by=area_director, reason=WHY)
    year = year_prepared.academic_year
    expected = f"แก้ไขแล้วเสนอรายงานอีกครั้ง ระหว่างปีการศึกษา {year}"
    assert expected in waiting(login(group_director))


def test_a_returned_term_report_is_still_missing_in_the_year(
    returned, login, group_director, more_schools, issue
):
    more_schools(4)
    other = returned.round.term.rounds.exclude(pk=returned.round_id).get()
    issue(scenarios.report_prepared(other, by=group_director, number="5/2569"))
    year_url = reverse("year_report", args=[returned.round.term.academic_year.year])
    checklist = login(group_director).get(year_url).context["checklist"]
    [line] = [line for line in checklist if "ยังไม่ออกรายงาน" in line.text]
    assert [item.text for item in line.items] == [str(returned.round)]


def test_the_school_never_reads_why_its_report_was_returned(
    returned, login, school_director, clerk, group_director, area_director
):
    actions.prepare_report_again(returned, number=returned.number, by=group_director)
    sign(fresh(returned), area_director)
    round_history = reverse("round_history", args=[returned.round_id])
    for url in (returned.get_absolute_url(), round_history):
        assert WHY in text_of(login(clerk).get(url))
        page = text_of(login(school_director).get(url))
        assert "ลงนามออกรายงาน" in page
        assert WHY not in page


def test_the_register_shows_only_what_is_asked_for(returned, login, group_director):
    client, register = login(group_director), reverse("reports")
    listed = client.get(register, {"state": "returned"}).context["page"].object_list
    assert list(listed) == [returned]
    assert not client.get(register, {"state": "issued"}).context["page"].object_list


# --- Put right after it was signed ---


def test_a_signed_report_is_put_right_in_a_version_of_its_own(
    issued, login, group_director, area_director
):
    client = login(group_director)
    assert act(issued, "revise") in text_of(client.get(issued.get_absolute_url()))
    client.post(act(issued, "revise"), {"number": "8/2569", "reason": WHY})
    following = IssuedDocument.objects.get(previous=issued)
    assert (following.version, following.state) == (2, DocumentState.PREPARED)
    assert WHY in text_of(client.get(following.get_absolute_url()))
    assert act(issued, "revise") not in text_of(client.get(issued.get_absolute_url()))
    expected = f"ลงนามออกรายงาน ของเรา ภาคเรียนที่ {issued.round.term}"
    assert expected in waiting(login(area_director))


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"number": "8/2569", "reason": ""}, "โปรดระบุส่วนที่คลาดเคลื่อน"),
        ({"number": "", "reason": WHY}, "โปรดกรอกเลขที่รายงาน"),
        ({"number": "1/2569", "reason": WHY}, "ใช้กับรายงานฉบับอื่นแล้ว"),
    ],
)
def test_a_corrected_version_needs_its_number_and_reason(
    typed, message, issued, login, group_director
):
    response = login(group_director).post(act(issued, "revise"), typed)
    assert message in text_of(response)
    assert typed["reason"] in text_of(response)
    assert not IssuedDocument.objects.filter(previous=issued).exists()


def test_only_what_is_signed_is_put_right_and_only_once(
    prepared, login, group_director, area_director
):
    client, typed = login(group_director), {"number": "8/2569", "reason": WHY}
    assert client.post(act(prepared, "revise"), typed).status_code == 409
    sign(prepared, area_director)
    assert client.post(act(prepared, "revise"), typed).status_code == 302
    assert client.post(act(prepared, "revise"), {**typed, "number": "9/2569"}).status_code == 409


def test_the_one_before_stays_in_force_until_the_new_one_is_signed(
    issued, revised, login, area_director, school_director
):
    school = login(school_director)
    page = text_of(school.get(issued.get_absolute_url()))
    assert "8/2569" not in page
    assert school.get(revised.get_absolute_url()).status_code == 404
    assert "เสนอรายงาน" not in " ".join(waiting(school))
    signed = sign(revised, area_director)
    page = text_of(school.get(issued.get_absolute_url()))
    assert "ไม่ใช่ฉบับล่าสุด" in page
    assert signed.get_absolute_url() in page
    term_url = reverse("term_report", args=[issued.round_id])
    assert school.get(term_url)["Location"] == signed.get_absolute_url()


def test_the_paper_names_the_report_it_replaces(issued, revised, area_director):
    signed = sign(revised, area_director)
    paper = paper_html(signed.snapshot)
    assert "ฉบับแก้ไขที่ ๑ ใช้แทนรายงานเลขที่ ๑/๒๕๖๙" in re.sub("<[^>]*>|\u2060", "", paper)
    assert "ฉบับแก้ไข" not in paper_html(issued.snapshot)


def test_signing_the_new_one_takes_the_published_one_back(
    published, group_director, area_director, client, login
):
    following = actions.revise_report(published, number="8/2569", reason=WHY, by=group_director)
    page = reverse("published_report", args=[published.code])
    assert client.get(page).status_code == 200
    asked = text_of(login(area_director).get(act(following, "issue")))
    assert f"สรุปผลของเลขที่ {published.number} ที่เผยแพร่อยู่จะถูกถอน" in asked
    signed = sign(following, area_director)
    assert client.get(page).status_code == 410
    assert login(area_director).post(act(published, "publish")).status_code == 409
    login(area_director).post(act(signed, "publish"))
    assert client.get(reverse("published_report", args=[signed.code])).status_code == 200


def test_whoever_checks_the_old_paper_learns_of_the_new_one(issued, revised, area_director, client):
    verify = reverse("verify", args=[issued.code])
    assert "ฉบับแก้ไข" not in text_of(client.get(verify))
    sign(revised, area_director)
    assert "คือเลขที่ 8/2569" in text_of(client.get(verify))


def test_the_register_tells_which_version_is_replaced(issued, revised, login, clerk, area_director):
    register = reverse("reports")
    assert "มีฉบับแก้ไขแทนแล้ว" not in text_of(login(clerk).get(register))
    sign(revised, area_director)
    assert text_of(login(clerk).get(register)).count("มีฉบับแก้ไขแทนแล้ว") == 1


@pytest.fixture
def sent_back(revised, area_director):
    """A corrected version that the area director did not sign."""
    actions.return_report_for_correction(revised, by=area_director, reason="ฉบับเดิมถูกต้องแล้ว")
    return fresh(revised)


def test_a_corrected_version_is_given_up_and_another_begun_later(
    issued, sent_back, login, group_director, area_director
):
    client = login(group_director)
    assert act(sent_back, "discard") in text_of(client.get(sent_back.get_absolute_url()))
    client.post(act(sent_back, "discard"), {"reason": "ฉบับเดิมถูกต้อง"})
    assert fresh(sent_back).state == DocumentState.DISCARDED
    assert not [title for title in waiting(client) if title.startswith("แก้ไขแล้วเสนอ")]
    term_url = reverse("term_report", args=[issued.round_id])
    assert client.get(term_url)["Location"] == issued.get_absolute_url()
    client.post(act(issued, "revise"), {"number": "9/2569", "reason": WHY})
    signed = sign(IssuedDocument.objects.get(number="9/2569"), area_director)
    assert signed.snapshot["document"]["replaces"] == issued.number
    assert "ไม่ใช่ฉบับล่าสุด" in text_of(client.get(issued.get_absolute_url()))


def test_a_first_report_is_not_given_up(returned, login, group_director):
    client = login(group_director)
    assert act(returned, "discard") not in text_of(client.get(returned.get_absolute_url()))
    assert client.post(act(returned, "discard"), {"reason": WHY}).status_code == 409
    assert fresh(returned).state == DocumentState.RETURNED


def test_the_register_keeps_what_was_given_up(sent_back, login, group_director, clerk):
    actions.discard_revision(sent_back, by=group_director, reason=WHY)
    assert "ยกเลิกฉบับแก้ไข" in text_of(login(clerk).get(reverse("reports")))


@pytest.mark.parametrize("name", ["return", "prepare_again", "revise", "discard"])
def test_others_may_neither_return_nor_put_right(name, issued, login, supervisor, school_director):
    for person in (supervisor, school_director):
        assert login(person).post(act(issued, name)).status_code == 403

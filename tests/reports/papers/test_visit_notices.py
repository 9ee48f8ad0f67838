"""The letter that announces a visit: drafted, edited, sent to the school, printed."""

from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.papers.models import VisitNotice
from reports.papers.notice_actions import send_visit_notice
from schools.core.thai import official_date, thai_digits
from supervision.visits import actions as visits
from supervision.visits.enums import VisitKind
from tests import scenarios
from tests.form_data import page_form_data
from tests.reports.conftest import normalized
from tests.reports.papers.conftest import pages_of, text_of

pytestmark = pytest.mark.db_agnostic


def page(visit) -> str:
    return reverse("visit_notice", args=[visit.pk])


def paper(visit) -> str:
    return reverse("visit_notice_paper", args=[visit.pk])


@pytest.fixture
def visit(round_, supervisor, committee_member):
    return visits.plan_visit(
        round_,
        by=supervisor,
        visit_on=timezone.localdate() + timedelta(days=7),
        purpose="การจัดการเรียนรู้",
        leader=supervisor,
        team=[committee_member],
    )


def save(client, visit, **words):
    """Send the page's form as it is shown, but for these words."""
    return client.post(page(visit), page_form_data(client, page(visit), **words))


def test_the_draft_says_all_of_the_appointment(login, supervisor, area_director, visit, school):
    response = login(supervisor).get(paper(visit))
    text = text_of(response)
    found = (
        *(thai_digits(school.area.name), f"ผู้อำนวยการ{school.name}", "การจัดการเรียนรู้"),
        *(official_date(visit.visit_on), str(supervisor), "หัวหน้าคณะนิเทศ", "ผู้ร่วมนิเทศ"),
        *("แบบ ๗.๓", "จึงเรียนมาเพื่อโปรดทราบ", "ขอแสดงความนับถือ", str(area_director)),
        school.area.group_name,
    )
    for words in found:
        assert normalized(words) in text
    assert len(pages_of(response)) == 1
    assert f"หนังสือแจ้งการนิเทศครั้งที่ 1 {school.short_name}" in unquote(response["Content-Disposition"])
    assert not VisitNotice.objects.exists()


def test_what_the_office_writes_is_printed_and_kept(login, supervisor, visit):
    client = login(supervisor)
    words = {
        "number": "ศธ 04999/123",
        "dated_on": "9/6/2569",
        "references": "หนังสือฉบับก่อน\nประกาศของสำนักงาน",
        "body": "ย่อหน้าที่หนึ่ง\n\nย่อหน้าที่สอง",
        "signer_post": "รองผู้อำนวยการ ปฏิบัติราชการแทน\nผู้อำนวยการสำนักงาน",
    }
    assert save(client, visit, **words).status_code == 302
    text = text_of(client.get(paper(visit)))
    found = (
        *("ศธ ๐๔๙๙๙/๑๒๓", "๙ มิถุนายน ๒๕๖๙", "๑. หนังสือฉบับก่อน", "๒. ประกาศของสำนักงาน"),
        *("ย่อหน้าที่หนึ่ง", "ย่อหน้าที่สอง", "ปฏิบัติราชการแทน", "ผู้อำนวยการสำนักงาน"),
    )
    for printed in found:
        assert normalized(printed) in text
    assert normalized("ดังนี้") not in text
    assert [line.what for line in client.get(page(visit)).context["history"]] == [
        "ร่างหนังสือแจ้งการนิเทศ"
    ]


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"body": ""}, "body"),
        ({"subject": " "}, "subject"),
        ({"dated_on": "9/6/2026"}, "dated_on"),
        ({"body": "ก" * 6001}, "body"),
    ],
)
def test_a_letter_without_its_words_is_not_saved(login, supervisor, visit, words, field):
    response = save(login(supervisor), visit, **words)
    assert field in response.context["form"].errors
    assert not VisitNotice.objects.exists()


def test_nobody_overwrites_what_they_have_not_seen(login, supervisor, group_director, visit):
    first, second = login(supervisor), login(group_director)
    shown = page_form_data(second, page(visit))
    save(first, visit, closing="จึงเรียนมาเพื่อทราบ")
    response = second.post(page(visit), shown | {"closing": "จึงเรียนมาเพื่อพิจารณา"})
    assert "จึงเรียนมาเพื่อทราบ" in str(response.context["form"].errors["closing"])


def test_the_school_reads_the_letter_once_it_is_sent(
    login, supervisor, school_director, outsider_director, visit
):
    notice = scenarios.visit_notice_written(visit, by=supervisor)
    director = login(school_director)
    assert director.get(paper(visit)).status_code == 404
    sent = login(supervisor).post(reverse("visit_notice_send", args=[visit.pk]), follow=True)
    assert "ส่งให้โรงเรียนเมื่อ" in sent.content.decode()
    assert director.get(paper(visit)).status_code == 200
    assert login(outsider_director).get(paper(visit)).status_code == 404
    news = director.get(reverse("notices")).content.decode()
    assert "ส่งหนังสือแจ้งการนิเทศ" in news
    address = reverse("announced_visit", args=[notice.pk])
    assert f'href="{address}"' in news
    appointment = director.get(address, follow=True)
    assert f'href="{paper(visit)}"' in appointment.content.decode()
    notice.refresh_from_db()
    assert notice.sent_by == supervisor


def test_a_letter_that_was_sent_is_recalled_before_it_is_changed(
    login, supervisor, school_director, visit
):
    notice = scenarios.visit_notice_written(visit, by=supervisor)
    shown = page_form_data(login(supervisor), page(visit))
    send_visit_notice(notice, by=supervisor)
    client = login(supervisor)
    refused = client.post(page(visit), shown | {"subject": "เรื่องอื่น"})
    assert "ส่งหนังสือแจ้งการนิเทศไปแล้ว" in str(refused.context["form"].errors)
    recall = reverse("visit_notice_recall", args=[visit.pk])
    assert "โปรดระบุเหตุผล" in client.post(recall, {"reason": ""}).content.decode()
    assert client.post(recall, {"reason": "วันที่ผิด"}).status_code == 302
    assert login(school_director).get(paper(visit)).status_code == 404
    assert save(client, visit, subject="เรื่องอื่น").status_code == 302


def test_a_letter_of_a_changed_appointment_is_not_printed(login, supervisor, visit):
    notice = scenarios.visit_notice_written(visit, by=supervisor)
    client, day = login(supervisor), visit.visit_on + timedelta(days=7)
    visits.postpone_visit(visit, by=supervisor, reason="ฝนตก", visit_on=day)
    assert client.get(paper(visit)).status_code == 409
    assert client.post(reverse("visit_notice_send", args=[visit.pk])).status_code == 409
    assert "นัดหมายเปลี่ยนหลังบันทึกหนังสือ" in client.get(page(visit)).content.decode()
    fresh = page_form_data(client, f"{page(visit)}?fresh=1")
    assert client.post(page(visit), fresh).status_code == 302
    assert normalized(official_date(day)) in text_of(client.get(paper(visit)))
    notice.refresh_from_db()
    assert notice.state == "draft"


def test_letters_of_the_visits_ticked_are_one_file(
    login, supervisor, school_director, round_, visit
):
    lesson = visits.plan_visit(
        round_,
        by=supervisor,
        visit_on=timezone.localdate(),
        purpose="สังเกต",
        leader=supervisor,
        kind=VisitKind.CLASSROOM,
    )
    many = reverse("visit_notices_paper")
    client = login(supervisor)
    assert f'value="{visit.pk}"' in client.get(reverse("visits")).content.decode()
    pages = pages_of(client.get(many, {"visit": [visit.pk, lesson.pk]}))
    assert normalized("แบบสังเกตชั้นเรียน") in normalized(pages[0].extract_text())
    assert normalized("แบบ ๗.๓") in normalized(pages[1].extract_text())
    assert client.get(many).status_code == 409
    assert client.get(many, {"visit": ["x", "0", "9" * 30]}).status_code == 409
    assert login(school_director).get(many, {"visit": [visit.pk]}).status_code == 403
    assert 'name="visit"' not in login(school_director).get(reverse("visits")).content.decode()


def test_more_letters_ask_no_more_queries(login, supervisor, round_, visit):
    client, many = login(supervisor), reverse("visit_notices_paper")
    others = [
        visits.plan_visit(
            round_,
            by=supervisor,
            visit_on=visit.visit_on + timedelta(days=days),
            purpose="ก",
            leader=supervisor,
        )
        for days in (1, 2)
    ]
    chosen = [visit.pk, *(other.pk for other in others)]
    client.get(many)  # what is asked once only
    assert queries_of(client, many, chosen) == queries_of(client, many, chosen[:1])


def queries_of(client, url, visits) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url, {"visit": visits}).status_code == 200
    return len(captured)


def test_a_visit_called_off_has_no_letter(login, supervisor, visit):
    scenarios.visit_notice_written(visit, by=supervisor)
    visits.cancel_visit(visit, by=supervisor, reason="ฝนตก")
    client = login(supervisor)
    assert client.get(page(visit)).status_code == 404
    assert client.get(paper(visit)).status_code == 404

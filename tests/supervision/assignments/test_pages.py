"""Drafting, signing and reading orders on their pages."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from schools.core.thai import be_year, long_date, numeric_date
from schools.enums import Role
from supervision.assignments.drafting import actions as drafting
from supervision.assignments.drafting import sequence
from supervision.assignments.enums import DutyKind, OrderState
from supervision.assignments.issuing import drafts_with_completeness, order_missing_to_issue
from supervision.assignments.models import Duty, LearningArea, OfficialOrder
from supervision.assignments.queries import officers_with_duties
from supervision.standards.models import WorkGroup
from tests.factories import DutyFactory, OfficialOrderFactory, OrderOfficerFactory, UserFactory
from tests.sample_files import jpeg
from tests.supervision.assignments.conftest import add_duty, day, issue, number

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(name, args=args)


def text(client, address, **sent) -> str:
    return client.get(address, sent).content.decode()


# --- Drafting ---


def test_an_order_is_drafted_from_its_text_to_its_duties(login, clerk, supervisor, cluster):
    client = login(clerk)
    form = {"subject": "กำหนดหน้าที่", "reason": "ด้วย", "legal_basis": "มาตรา 24", "closing": "ให้ใช้"}
    assert client.post(url("order_add"), form).status_code == 302
    order = OfficialOrder.objects.get()
    client.post(url("order_officer_add", order.pk), {"user": supervisor.pk})
    officer = order.officers.get()
    assert (officer.printed_name, officer.position_number) == (supervisor.full_name, "16")
    assert "ศึกษานิเทศก์ประจำกลุ่มโรงเรียน" in text(client, url("order_duty_kinds", officer.pk))
    add = url("order_duty_add", officer.pk, DutyKind.CLUSTER)
    assert "โปรดระบุกลุ่มโรงเรียน" in client.post(add, {"code": "1.1"}).content.decode()
    assert client.post(add, {"code": "1.1", "cluster": cluster.pk}).status_code == 302
    assert Duty.objects.get().text == f"{cluster.name} จำนวน 0 โรงเรียน"
    page = text(client, order.get_absolute_url())
    assert "ยังขาด" not in page


def test_strands_are_lines_below_a_duty_and_sub_duties_are_numbered_below_it(login, clerk):
    officer = OrderOfficerFactory(order__draft=True, position=5)
    area = LearningArea.objects.create(name="สังคมศึกษา", position=1)
    area.strands.create(name="ภูมิศาสตร์", position=1)
    client = login(clerk)
    page = text(client, url("order_duty_add", officer.pk, DutyKind.LEARNING_AREA))
    assert "สังคมศึกษา (สาระ ภูมิศาสตร์)" in page
    form = {"code": "5.1", "learning_area": area.pk, "lines": "สาระ ประวัติศาสตร์\n\nสาระ ภูมิศาสตร์ "}
    client.post(url("order_duty_add", officer.pk, DutyKind.LEARNING_AREA), form)
    duty = officer.duties.get()
    assert [line.text for line in duty.lines.all()] == ["สาระ ประวัติศาสตร์", "สาระ ภูมิศาสตร์"]
    add = f"{url('order_duty_add', officer.pk, DutyKind.OTHER)}?under={duty.pk}"
    assert 'value="5.1.1"' in text(client, add)
    client.post(add, {"code": "5.1.1", "text": "งานย่อย"})
    taken = client.post(add, {"code": "5.1", "text": "อื่น"}).content.decode()
    assert "มีข้อ 5.1 ของผู้นี้แล้ว" in taken


def test_moving_numbers_duties_anew_and_keeps_sub_duties_together(login, clerk):
    officer = OrderOfficerFactory(order__draft=True, position=2)
    for position, code in enumerate(("2.1", "2.1.1", "2.1.2", "2.2"), 1):
        DutyFactory(officer=officer, position=position, code=code, text=code)
    last = officer.duties.get(code="2.2")
    login(clerk).post(url("order_duty_move", last.pk), {"to": "up"})
    moved = [(duty.code, duty.text) for duty in officer.duties.all()]
    assert moved == [("2.1", "2.2"), ("2.2", "2.1"), ("2.2.1", "2.1.1"), ("2.2.2", "2.1.2")]


def test_moving_an_officer_renumbers_the_duties_of_both(login, clerk):
    first = OrderOfficerFactory(order__draft=True, position=1)
    second = OrderOfficerFactory(order=first.order, position=2)
    for officer in (first, second):
        DutyFactory(officer=officer, code=f"{officer.position}.1", position=1)
    login(clerk).post(url("order_officer_move", second.pk), {"to": "up"})
    assert first.duties.get().code == "2.1"
    assert second.duties.get().code == "1.1"


def test_codes_of_depths():
    assert sequence.duty_codes(5, [0, 1, 1, 0, 1]) == ["5.1", "5.1.1", "5.1.2", "5.2", "5.2.1"]
    assert sequence.duty_codes(1, [1, 0]) == ["1.1", "1.2"]


def test_a_common_era_year_in_the_number_is_refused_with_a_hint(login, clerk, draft_order):
    order = draft_order()
    form = {"subject": "ก", "number": f"12/{day().year}"}
    answer = login(clerk).post(url("order_edit", order.pk), form).content.decode()
    assert f"คือ {be_year(day())}" in answer
    form = {"subject": "ก", "number": "สิบสอง"}
    assert "195/2567" in login(clerk).post(url("order_edit", order.pk), form).content.decode()


def test_two_people_do_not_overwrite_each_other(login, clerk, group_director, draft_order):
    order = draft_order()
    page = login(clerk).get(url("order_edit", order.pk))
    version = page.context["form"].initial["version"]
    form = {"subject": "ของคนแรก", "version": version}
    assert login(group_director).post(url("order_edit", order.pk), form).status_code == 302
    again = login(clerk).post(url("order_edit", order.pk), form | {"subject": "ของคนที่สอง"})
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของคนแรก”" in again.content.decode()


def test_a_draft_from_an_older_order_replaces_it_or_named_officers(login, clerk, supervisor):
    old = DutyFactory(officer__user=supervisor, officer__order__number="9/2568").officer
    client = login(clerk)
    client.post(url("order_copy", old.order_id))
    new = OfficialOrder.objects.get(state=OrderState.DRAFT)
    supersession = new.supersessions.get()
    assert (supersession.superseded, new.officers.get().user) == (old.order, supervisor)
    client.post(url("supersession_officers", supersession.pk), {"officers": [old.pk]})
    assert list(supersession.officers.all()) == [old]
    assert f"เฉพาะ {old}" in " ".join(text(client, new.get_absolute_url()).split())
    client.post(url("supersession_add", new.pk), {"text": "คำสั่งที่ 54/2567"})
    assert "พอร์ทัลไม่มีคำสั่งนี้" in text(client, new.get_absolute_url())
    client.post(url("order_delete", new.pk))
    assert not OfficialOrder.objects.filter(pk=new.pk).exists()


def test_a_signed_order_is_not_edited(login, clerk):
    duty = DutyFactory()
    client = login(clerk)
    for name, pk in (
        ("order_edit", duty.officer.order_id),
        ("order_delete", duty.officer.order_id),
        ("order_officer_edit", duty.officer_id),
        ("order_duty_edit", duty.pk),
        ("supersession_add", duty.officer.order_id),
    ):
        assert client.get(url(name, pk)).status_code == 409, name
        assert client.post(url(name, pk), {"subject": "ก"}).status_code == 409, name
    assert client.post(url("order_duty_move", duty.pk), {"to": "up"}).status_code == 409


# --- Signing ---


@pytest.fixture
def moved_order(draft_order, supervisor, other_supervisor, cluster, area_director, clerk):
    """A draft that takes the cluster from one supervisor to another."""
    old = draft_order((supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    issue(old, by=area_director, effective_on=day(-9))
    new = draft_order((other_supervisor, DutyKind.CLUSTER, {"cluster": cluster}))
    drafting.add_supersession(new, by=clerk, superseded=old, text="")
    return new


@pytest.fixture
def issue_form(cluster_duty, login, area_director):
    """What the page of signing sends, as it was shown."""
    page = login(area_director).get(url("order_issue", cluster_duty.pk))
    return {
        "number": number(5),
        "ordered_on": numeric_date(day()),
        "effective_on": numeric_date(day()),
        "shown_version": page.context["preview"].version,
    }


def test_the_area_director_sees_what_signing_does_and_signs(
    login, area_director, cluster_duty, issue_form, supervisor, new_cluster
):
    client, address = login(area_director), url("order_issue", cluster_duty.pk)
    page = text(client, address)
    assert "เปิดสิทธิ" in page
    assert new_cluster.name in page
    assert client.post(address, issue_form).status_code == 302
    assert supervisor.appointments.filter(cluster=new_cluster).exists()
    page = text(client, cluster_duty.get_absolute_url())
    assert f"คำสั่งที่ {number(5)}" in page
    assert client.get(address).status_code == 409


def test_the_page_that_asks_before_signing_asks_little(
    login, area_director, moved_order, django_assert_max_num_queries
):
    client, address = login(area_director), url("order_issue", moved_order.pk)
    client.get(address)  # a session's first page asks once more
    with django_assert_max_num_queries(15):
        page = client.get(address).content.decode()
    assert "สิ้นสุดสิทธิ" in page
    assert "หน้าที่ตามคำสั่งที่ยกเลิก 1 ข้อ" in page
    assert f"ในฐานะ{Role.AREA_DIRECTOR.label}" in page


def test_another_day_is_shown_before_it_is_signed(login, area_director, cluster_duty, issue_form):
    client, address = login(area_director), url("order_issue", cluster_duty.pk)
    later = issue_form | {"effective_on": numeric_date(day(9))}
    answer = client.post(address, later)
    assert answer.status_code == 409
    assert f"หากมีผลตั้งแต่ {long_date(day(9))}" in answer.content.decode()
    shown = {"shown_version": answer.context["preview"].version}
    assert client.post(address, later | shown).status_code == 302


def test_a_number_of_the_common_era_is_not_signed(login, area_director, cluster_duty, issue_form):
    form = issue_form | {"number": f"5/{day().year}"}
    answer = login(area_director).post(url("order_issue", cluster_duty.pk), form)
    assert f"คือ {be_year(day())}" in answer.content.decode()
    cluster_duty.refresh_from_db()
    assert cluster_duty.state == OrderState.DRAFT


def test_an_order_in_force_before_its_signature_says_so_for_ever(
    login, area_director, cluster_duty, committee_member
):
    issue(cluster_duty, by=area_director, effective_on=day(-2))
    assert "มีผลก่อนวันที่ลงนาม" in text(login(committee_member), cluster_duty.get_absolute_url())


# --- Reading, ending, filing ---


def test_the_list_finds_by_number_name_state_and_year(login, supervisor, clerk):
    officer = OrderOfficerFactory(order__number="195/2567", printed_name="ผู้ปฏิบัติคนหนึ่ง")
    OfficialOrderFactory(draft=True, subject="ร่างที่ยังไม่เสร็จ")
    client, address = login(supervisor), url("orders")
    for asked in ({"q": "๑๙๕"}, {"q": "คนหนึ่ง"}, {"state": "issued"}, {"year": "2567"}):
        assert officer.order.get_absolute_url() in text(client, address, **asked), asked
    assert "ไม่มีคำสั่งตามตัวกรอง" in text(client, address, q="ไม่มี")
    assert "ร่างที่ยังไม่เสร็จ" not in text(client, address)
    assert "ร่างที่ยังไม่เสร็จ" in text(login(clerk), address)


def test_the_pages_ask_as_often_with_three_rows_as_with_one(login, clerk):
    first = DutyFactory(officer__order__draft=True)
    client = login(clerk)
    pages = (url("orders"), first.officer.order.get_absolute_url(), url("home"))

    def counts():
        found = []
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert client.get(page).status_code == 200
            found.append(len(queries))
        return found

    counts()  # a session's first page asks once more
    with_one = counts()
    for _ in range(2):
        DutyFactory(officer__order=first.officer.order)
        DutyFactory(officer__order__draft=True)
    assert counts() == with_one


def test_an_officer_who_leaves_is_ended_on_the_page(login, clerk, supervisor):
    duty = DutyFactory(officer__user=supervisor)
    client, address = login(clerk), url("officer_end_duties", duty.officer_id)
    assert "โปรดระบุเหตุ" in client.post(address, {"last_day": numeric_date(day())}).content.decode()
    form = {"last_day": numeric_date(day()), "reason": "ย้ายไปสำนักงานอื่น"}
    assert client.post(address, form).status_code == 302
    assert "ย้ายไปสำนักงานอื่น" in text(client, duty.officer.order.get_absolute_url())
    Duty.objects.update(ends_on=day(-1))
    assert client.get(address).status_code == 409


def test_the_signed_original_is_filed_and_replaced_only_for_a_reason(login, clerk, supervisor):
    order = OfficialOrderFactory()
    client, address = login(clerk), url("order_scan_add", order.pk)

    def photo():
        return SimpleUploadedFile("order.jpg", jpeg(), "image/jpeg")

    assert login(supervisor).get(url("order_scan", order.pk)).status_code == 404
    assert client.post(address, {"file": photo()}).status_code == 302
    assert login(supervisor).get(url("order_scan", order.pk)).getvalue().startswith(b"\xff\xd8")
    assert "โปรดระบุเหตุ" in client.post(address, {"file": photo()}).content.decode()
    assert client.post(address, {"file": photo(), "reason": "ไม่ชัด"}).status_code == 302
    sheet = SimpleUploadedFile("order.txt", b"text", "text/plain")
    assert client.post(address, {"file": sheet}).status_code == 200


# --- Elsewhere ---


def test_a_draft_waits_for_its_writer_and_once_complete_for_the_area_director(
    login, clerk, area_director, draft_order, supervisor, term
):
    order = draft_order()
    assert "ลงนามคำสั่ง" not in text(login(area_director), url("todos"))
    assert f"ร่างคำสั่ง เรื่อง {order.subject}" in text(login(clerk), url("todos"))
    add_duty(order, supervisor, DutyKind.OTHER, by=clerk)
    assert f"ลงนามคำสั่ง เรื่อง {order.subject}" in text(login(area_director), url("todos"))


def test_a_draft_is_complete_where_nothing_is_missing(draft_order, clerk, supervisor, cluster):
    def agree(order) -> bool:
        found = drafts_with_completeness(OfficialOrder.objects.filter(pk=order.pk)).get()
        missing = order_missing_to_issue(order, officers_with_duties(order))
        assert found.is_complete is not bool(missing)
        return found.is_complete

    order = draft_order()
    assert not agree(order), "nobody is named"
    duty = add_duty(order, supervisor, DutyKind.CLUSTER, by=clerk)
    assert not agree(order), "no cluster is named"
    Duty.objects.filter(pk=duty.pk).update(cluster=cluster)
    assert agree(order)
    add_duty(order, supervisor, DutyKind.PROJECT, by=clerk)
    assert not agree(order), "no project is named"
    Duty.objects.update(project="โครงการ")
    OrderOfficerFactory(order=order)
    assert not agree(order), "an officer has no duty"
    order.officers.filter(duties=None).delete()
    order.reason = ""
    order.save()
    assert not agree(order), "no reason is given"


def test_an_appointment_without_an_order_says_so(login, clerk, supervisor):
    page = url("person", supervisor.pk)
    assert "ยังไม่มีคำสั่ง" in text(login(clerk), page)
    DutyFactory(officer__order__number="8/2567", appointment=supervisor.appointments.get())
    assert "ตามคำสั่งที่ 8/2567" in text(login(clerk), page)


def test_head_of_a_work_group_in_words(login, clerk):
    officer = OrderOfficerFactory(order__draft=True, position=1, user=UserFactory())
    group = WorkGroup.objects.create(code="4.3", name="กลุ่มงานวัดและประเมินผล")
    add = url("order_duty_add", officer.pk, DutyKind.WORK_GROUP_HEAD)
    login(clerk).post(add, {"code": "1.1", "work_group": group.pk})
    assert officer.duties.get().text == "ปฏิบัติหน้าที่หัวหน้ากลุ่มงานวัดและประเมินผล"

"""Reports of ก.ต.ป.น. and อ.ก.ต.ป.น. on the drive: who writes, who reads, and the counts beside."""

import pytest
from django.urls import reverse
from django.utils import timezone

from reports.papers.monitoring_report import make_monitoring_paper
from schools.core.errors import ActionRefused
from schools.core.thai import thai_digits
from supervision.committees.enums import CommitteeKind
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.mentoring import monitoring_actions as actions
from supervision.quality_drive.mentoring.enums import MonitoringState
from supervision.quality_drive.mentoring.monitored_figures import load_monitored_figures
from supervision.quality_drive.models import MonitoringReport
from tests.drive_scenarios import agreement_in_force, drive_at_work
from tests.factories import ClusterFactory, CommitteeFactory
from tests.pdf_readers import READERS
from tests.reports.conftest import normalized

pytestmark = pytest.mark.django_db
TYPED = {
    "starts_on": "1/6/2569",
    "ends_on": "30/6/2569",
    "progress": "โรงเรียนเริ่มทำแผนแล้ว",
    "problems": "ขาดครู",
    "proposals": "ขอครูอัตราจ้าง",
}


@pytest.fixture
def drive(term, indicators, group_director, school):
    return drive_at_work(term, indicators, by=group_director)


@pytest.fixture
def area_committee(db):
    return CommitteeFactory()


@pytest.fixture
def subcommittee(cluster):
    facts = {"kind": CommitteeKind.SUBCOMMITTEE, "cluster": cluster}
    return CommitteeFactory(name="อ.ก.ต.ป.น. ของเรา", **facts)


@pytest.fixture
def report(login, drive, subcommittee, subcommittee_member):
    """Drafted by a member of the cluster's sub-committee."""
    address = reverse("monitoring_report_add", args=[2569])
    response = login(subcommittee_member).post(address, TYPED | {"committee": subcommittee.pk})
    assert response.status_code == 302
    return MonitoringReport.objects.get()


def url(name, report):
    return reverse(name, args=[report.pk])


def text(response):
    return response.content.decode()


def submit(client, report):
    """Press the button of the report's page, then that of the page that asks."""
    address = url("monitoring_report_submit", report)
    read = client.get(report.get_absolute_url()).context["version_read"]
    asked = client.get(address, {"version": read}).context["version_read"]
    return client.post(address, {"version": asked})


def test_a_member_drafts_corrects_and_submits(login, report, subcommittee_member, group_director):
    member = login(subcommittee_member)
    version = member.get(url("monitoring_report_edit", report)).context["form"].stored_version
    member.post(
        url("monitoring_report_edit", report), TYPED | {"problems": "น้ำท่วม", "version": version}
    )
    submit(member, report)
    report.refresh_from_db()
    assert (report.state, report.submitted_by) == (MonitoringState.SUBMITTED, subcommittee_member)
    [post] = subcommittee_member.appointments.all()
    assert report.submitted_as == post.printed_title
    assert "น้ำท่วม" in text(login(group_director).get(report.get_absolute_url()))
    assert member.get(url("monitoring_report_edit", report)).status_code == 409
    member.post(url("monitoring_report_reopen", report), {"reason": "แก้ตัวเลข"})
    report.refresh_from_db()
    assert (report.state, report.submitted_by) == (MonitoringState.DRAFT, None)


def test_a_form_sent_twice_makes_one_report(login, report, subcommittee, subcommittee_member):
    member, address = login(subcommittee_member), reverse("monitoring_report_add", args=[2569])
    again = TYPED | {"committee": subcommittee.pk}
    assert "มีรายงานของช่วงวันเดียวกันนี้อยู่แล้ว" in text(member.post(address, again))
    assert MonitoringReport.objects.count() == 1
    assert member.post(address, again | {"ends_on": "31/7/2569"}).status_code == 302


def test_a_report_that_was_begun_waits_for_who_may_write_it(
    login, report, subcommittee_member, cluster_chair, committee_member
):
    def home(user):
        return text(login(user).get(reverse("todos")))

    assert report.get_absolute_url() in home(subcommittee_member)
    for other in (cluster_chair, committee_member):
        assert report.get_absolute_url() not in home(other)
    actions.submit_monitoring_report(report, by=subcommittee_member)
    assert report.get_absolute_url() not in home(subcommittee_member)


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"progress": ""}, "โปรดกรอกความก้าวหน้าที่พบ"),
        ({"ends_on": "1/5/2569"}, "วันสุดท้ายต้องไม่ก่อนวันแรก"),
        ({"starts_on": "1/6/2026"}, "พ.ศ."),
        ({"committee": ""}, "โปรดเลือกคณะที่รายงาน"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(
    login, drive, subcommittee, subcommittee_member, typed, message
):
    sent = TYPED | {"committee": subcommittee.pk} | typed
    page = text(
        login(subcommittee_member).post(reverse("monitoring_report_add", args=[2569]), sent)
    )
    assert message in page
    assert "ขอครูอัตราจ้าง" in page
    assert not MonitoringReport.objects.exists()


def test_nobody_reports_on_a_draft_drive(term, group_director, area_committee):
    draft = drive_at_work(term, [], by=group_director, state=DriveState.DRAFT)
    with pytest.raises(ActionRefused):
        actions.draft_monitoring_report(draft, area_committee, by=group_director, fields={})


def test_a_member_writes_only_for_their_own_body(
    login, drive, subcommittee, area_committee, subcommittee_member
):
    sent = TYPED | {"committee": area_committee.pk}
    page = login(subcommittee_member).post(reverse("monitoring_report_add", args=[2569]), sent)
    assert "โปรดเลือกคณะที่รายงานจากรายการ" in text(page)
    assert not MonitoringReport.objects.exists()


@pytest.mark.parametrize(
    ("who", "draft", "submitted"),
    [
        ("group_director", 200, 200),
        ("supervisor", 404, 200),
        ("committee_member", 404, 200),
        ("area_director", 404, 200),
        ("subcommittee_member", 200, 200),
        ("school_director", 404, 404),
        ("outsider_director", 404, 404),
        ("cluster_chair", 404, 404),
    ],
)
def test_who_reads_a_report(request, login, report, subcommittee_member, who, draft, submitted):
    client = login(request.getfixturevalue(who))
    pages = [report.get_absolute_url(), url("monitoring_report_paper", report)]
    assert [client.get(page).status_code for page in pages] == [draft, draft]
    actions.submit_monitoring_report(report, by=subcommittee_member)
    assert [client.get(page).status_code for page in pages] == [submitted, submitted]


def test_another_sub_committee_does_not_learn_of_it(
    login, report, subcommittee_member, drive, group_director
):
    facts = {"kind": CommitteeKind.SUBCOMMITTEE, "cluster": ClusterFactory()}
    other = CommitteeFactory(name="อ.ก.ต.ป.น. อื่น", **facts)
    days = {"starts_on": report.starts_on, "ends_on": report.ends_on, "progress": "ก"}
    hidden = actions.draft_monitoring_report(drive, other, by=group_director, fields=days)
    actions.submit_monitoring_report(hidden, by=group_director)
    member = login(subcommittee_member)
    assert member.get(hidden.get_absolute_url()).status_code == 404
    page = text(member.get(reverse("monitoring_reports", args=[2569])))
    assert hidden.get_absolute_url() not in page
    assert report.get_absolute_url() in page


def test_nobody_submits_what_they_have_not_read(login, report, subcommittee_member, group_director):
    member, address = login(subcommittee_member), url("monitoring_report_submit", report)
    read = member.get(report.get_absolute_url()).context["version_read"]
    facts = {"starts_on": report.starts_on, "ends_on": report.ends_on, "progress": "อีกคนแก้"}
    actions.update_monitoring_report(report, by=group_director, fields=facts)
    asked = member.get(address, {"version": read}).context["version_read"]
    page = member.post(address, {"version": asked})
    assert page.status_code == 409
    assert "แก้ไขหลังจากที่คุณเปิดหน้านี้" in text(page)
    assert member.post(address).status_code == 409
    report.refresh_from_db()
    assert not report.is_submitted
    assert member.post(address, {"version": page.context["version_read"]}).status_code == 302


def test_the_counts_are_those_of_the_bodys_schools(
    drive, subcommittee, area_committee, school, other_school
):
    today = timezone.localdate()
    assert load_monitored_figures(drive, subcommittee, today).schools == 1
    assert load_monitored_figures(drive, area_committee, today).schools == 2


@pytest.mark.parametrize("read", READERS)
def test_the_counts_of_a_submitted_report_stay(
    read, login, report, subcommittee_member, group_director, drive, school
):
    """A figure that changes later is not what the committee has reported."""
    client, none_signed = login(group_director), "ลงนามบันทึกข้อตกลงครบแล้ว 0 แห่ง"
    submit(login(subcommittee_member), report)
    agreement_in_force(drive, school, by=group_director)
    assert none_signed in text(client.get(report.get_absolute_url()))
    report.refresh_from_db()
    paper = normalized(read(make_monitoring_paper(report).as_pdf()))
    assert normalized(thai_digits(none_signed)) in paper
    actions.reopen_monitoring_report(report, by=subcommittee_member, reason="นับใหม่")
    assert "ลงนามบันทึกข้อตกลงครบแล้ว 1 แห่ง" in text(client.get(report.get_absolute_url()))


@pytest.mark.parametrize("read", READERS)
def test_the_paper_has_texts_and_counts(read, report):
    said = normalized(read(make_monitoring_paper(report).as_pdf()))
    for words in ("โรงเรียนเริ่มทำแผนแล้ว", "ขาดครู", "ขอครูอัตราจ้าง"):
        assert normalized(words) in said

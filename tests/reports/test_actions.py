"""Preparing, signing, making the file, publishing: each once, in order, and frozen."""

import pytest
from django.core.management import call_command

from reports import actions
from reports.models import IssuedDocument
from reports.rendering import RenderProgress, paper_html, render_document, render_progress
from schools.core.errors import ActionRefused
from supervision.needs import actions as needs
from tests import scenarios


def test_a_report_needs_all_steps_before_it(round_, group_director):
    with pytest.raises(ActionRefused, match="ยังไม่ครบ") as refusal:
        scenarios.report_prepared(round_, by=group_director)
    assert any("ขั้นที่ 6" in thing for thing in refusal.value.missing)


def test_a_step_opened_again_holds_the_signature_back(
    prepared, supervisor, school_director, area_director
):
    survey = prepared.round.school.needs_surveys.get()
    needs.return_needs_survey_for_correction(survey, by=supervisor, reason="โปรดเพิ่มด้านงบประมาณ")
    with pytest.raises(ActionRefused, match="ยังไม่ครบ"):
        actions.issue_report(prepared, by=area_director)
    needs.submit_needs_survey(survey, by=school_director)
    actions.issue_report(prepared, by=area_director)
    assert prepared.is_issued


def test_a_year_needs_one_issued_term_report(prepared, group_director):
    year = prepared.round.term.academic_year
    with pytest.raises(ActionRefused, match="ยังไม่มีรายงานรายภาคเรียน"):
        actions.prepare_year_report(year, number="2/2569", by=group_director)


def test_a_round_has_one_report_and_a_number_one_use(prepared, issued, group_director):
    with pytest.raises(ActionRefused, match="เสนอลงนามไว้แล้ว"):
        scenarios.report_prepared(prepared.round, by=group_director, number="9/2569")
    year = prepared.round.term.academic_year
    with pytest.raises(ActionRefused, match="เลขถัดไป"):
        actions.prepare_year_report(year, number=prepared.number, by=group_director)


def test_signing_twice_is_refused(issued, area_director):
    with pytest.raises(ActionRefused, match="ลงนามออกรายงานไปแล้ว"):
        actions.issue_report(issued, by=area_director)


def test_what_was_signed_stands_still(issued, supervisor, school_director):
    before, html = issued.snapshot, paper_html(issued.snapshot)
    [advice] = issued.round.recommendations.all()
    scenarios.improvement.close_recommendation(advice, by=school_director, proof="แผนนิเทศภายใน")
    type(issued.round.school).objects.update(name="โรงเรียนชื่อใหม่")
    again = IssuedDocument.objects.get(pk=issued.pk)
    assert again.snapshot == before
    assert paper_html(again.snapshot) == html
    assert "โรงเรียนชื่อใหม่" not in html


def test_making_the_file_again_changes_nothing(issued):
    digest, name = issued.sha256, issued.file.name
    render_document.call(issued.pk)
    issued.refresh_from_db()
    assert (issued.sha256, issued.file.name) == (digest, name)


def test_nothing_is_published_before_its_file(prepared, area_director):
    actions.issue_report(prepared, by=area_director)  # the background work has not run
    with pytest.raises(ActionRefused, match="ยังจัดทำไม่เสร็จ"):
        actions.publish_report(prepared, by=area_director)


@pytest.fixture
def queued(settings):
    """The real queue, so that work waits until a worker comes."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


@pytest.mark.django_db(transaction=True)
def test_a_failed_file_can_be_made_again(queued, prepared, area_director):
    assert render_progress(prepared) == RenderProgress.NOT_ISSUED
    actions.issue_report(prepared, by=area_director)
    assert render_progress(prepared) == RenderProgress.RENDERING
    kept = prepared.snapshot
    IssuedDocument.objects.update(snapshot={})
    work()
    assert render_progress(prepared) == RenderProgress.FAILED
    IssuedDocument.objects.update(snapshot=kept)
    actions.render_report_again(prepared)
    with pytest.raises(ActionRefused, match="กำลังจัดทำอยู่"):
        actions.render_report_again(prepared)
    work()
    prepared.refresh_from_db()
    assert render_progress(prepared) == RenderProgress.READY


def work() -> None:
    call_command("db_worker", "--batch", "--queue-name", "*", "--no-startup-delay", verbosity=0)

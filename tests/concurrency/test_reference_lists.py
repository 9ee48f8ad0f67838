"""Two of the office keep one list: nobody overwrites what they have not seen, or names it twice."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schools.registry import academic_years as office
from supervision.criteria import actions as criteria
from supervision.criteria.content import content_of
from supervision.criteria.models import Indicator, IndicatorSet, Scale
from supervision.criteria.tables.workbook import write_indicator_set_workbook
from supervision.needs import actions as needs
from supervision.needs.models import SurveyTemplate
from supervision.special_days.models import SpecialDay
from supervision.standards.models import StepSheet, WorkProcess
from supervision.standards.sheets import fiscal_year_today, update_step_sheet
from tests.concurrency.parallel import reloaded, run_during, run_together
from tests.factories import (
    IndicatorSetFactory,
    NeedsAreaFactory,
    ScaleFactory,
    WorkProcessFactory,
)
from tests.form_data import page_form_data

pytestmark = pytest.mark.django_db(transaction=True)


def codes(outcomes):
    """How each page was answered: 302 saved, 200 told at the form."""
    return sorted(getattr(outcome, "status_code", outcome) for outcome in outcomes)


def test_a_table_is_brought_back_while_a_colleague_writes(group_director, login):
    draft, page = IndicatorSetFactory(draft=True), login(group_director)
    file = SimpleUploadedFile("ชุด.xlsx", write_indicator_set_workbook(draft, content_of(draft)))
    preview = page.post(reverse("indicator_set_import", args=[draft.pk]), {"file": file}).context
    standard = draft.standards.get(number=1)
    late = run_during(
        lambda: criteria.save_standard(standard, facts={"name": "คำของเขา"}),
        lambda: page.post(
            preview["save_url"], {"file": preview["file"], "version": preview["version"]}
        ),
    )
    assert late.context["draft_has_changed"]
    assert draft.standards.get(number=1).name == "คำของเขา"


def test_two_begin_a_set_of_one_name(group_director, login):
    url = reverse("indicator_set_add")
    typed = {"name": "ชุดจุดเน้น", "level": 0, "use": "round", "scale": ScaleFactory().pk}
    pages = login(group_director), login(group_director)
    outcomes = run_together(*(lambda page=page: page.post(url, typed) for page in pages))
    assert codes(outcomes) == [200, 302]
    told = next(one for one in outcomes if one.status_code == 200).content.decode()
    assert "โปรดใช้ชื่ออื่น" in told
    assert "ชุดจุดเน้น" in told
    assert IndicatorSet.objects.count() == 1


def test_two_write_a_scale_of_one_name(group_director, login):
    url, pages = reverse("scale_add"), (login(group_director), login(group_director))
    typed = {"name": "มาตราใหม่"}
    for row, word in enumerate(("ผ่าน", "ไม่ผ่าน")):
        typed |= {f"level_{row}_value": str(1 - row), f"level_{row}_label": word}
    outcomes = run_together(*(lambda page=page: page.post(url, typed) for page in pages))
    assert codes(outcomes) == [200, 302]
    told = next(one for one in outcomes if one.status_code == 200).content.decode()
    assert "มีมาตราส่วนชื่อ “มาตราใหม่” แล้ว" in told or "มีมาตราส่วนชื่อนี้แล้ว" in told
    assert Scale.objects.filter(name="มาตราใหม่").count() == 1


def test_two_create_a_survey_template_of_one_name(group_director, login):
    url, pages = reverse("survey_template_add"), (login(group_director), login(group_director))
    outcomes = run_together(
        lambda: pages[0].post(url, {"name": "จุดเน้น", "areas": "วิชาการ"}),
        lambda: pages[1].post(url, {"name": "จุดเน้น", "areas": "บุคคล"}),
    )
    assert codes(outcomes) == [200, 302]
    told = next(one for one in outcomes if one.status_code == 200).content.decode()
    assert "โปรดใช้ชื่ออื่น" in told
    kept = SurveyTemplate.objects.get().areas.get().name
    assert {"วิชาการ": "บุคคล", "บุคคล": "วิชาการ"}[kept] in told


@pytest.mark.parametrize("then", ["delete", "submit", "edit"])
def test_a_draft_is_deleted_while_a_colleague_works_on_it(group_director, login, then):
    draft, page = IndicatorSetFactory(draft=True), login(group_director)
    url = reverse(f"indicator_set_{then}", args=[draft.pk])
    typed = page_form_data(page, url) if then == "edit" else {}
    late = run_during(
        lambda: criteria.delete_set_draft(draft, by=group_director), lambda: page.post(url, typed)
    )
    assert late.status_code in (200, 404, 409)
    assert not IndicatorSet.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("then", ["edit", "delete", "rubrics"])
def test_an_indicator_is_deleted_while_a_colleague_works_on_it(group_director, login, then):
    draft, page = IndicatorSetFactory(draft=True), login(group_director)
    indicator = draft.standards.first().indicators.first()
    url = reverse(f"indicator_{then}", args=[indicator.pk])
    typed = {} if then == "delete" else page_form_data(page, url)
    gone = Indicator.objects.get(pk=indicator.pk)
    late = run_during(lambda: criteria.delete_indicator(gone), lambda: page.post(url, typed))
    assert late.status_code in (200, 404, 409)
    assert not Indicator.objects.filter(pk=indicator.pk).exists()


def test_an_indicator_is_moved_that_is_gone(group_director, login):
    draft, page = IndicatorSetFactory(draft=True), login(group_director)
    standard = draft.standards.first()
    gone = standard.indicators.first()
    url = reverse("indicator_order", args=[standard.pk])
    late = run_during(
        lambda: criteria.delete_indicator(Indicator.objects.get(pk=gone.pk)),
        lambda: page.post(url, {"row": gone.pk, "to": "down"}),
    )
    assert getattr(late, "status_code", late) in (302, 409)


def test_two_delete_one_scale(group_director, login):
    pages = [login(group_director) for _ in range(3)]
    url = reverse("scale_delete", args=[ScaleFactory().pk])
    answers = run_together(*(lambda page=page: page.post(url) for page in pages))
    assert 302 in codes(answers)
    assert set(codes(answers)) <= {302, 404, 409}
    assert not Scale.objects.exists()


def test_two_fill_in_one_step_sheet(group_director, login):
    process = WorkProcessFactory().code
    sheet = StepSheet.objects.create(process=process, number=1, detail="รวบรวมข้อมูล")
    year = fiscal_year_today()
    page, url = login(group_director), reverse("step_sheet", args=[process, year, 1])
    typed = page_form_data(page, url, note="ของฉัน")

    def write_first():
        WorkProcess.objects.select_for_update().get(code=process)
        fields = {"detail": sheet.detail, "note": "ของเขา"}
        update_step_sheet(sheet, by=group_director, fiscal_year=year, fields=fields)

    late = run_during(write_first, lambda: page.post(url, typed))
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของเขา”" in late.content.decode()
    assert StepSheet.objects.get(fiscal_year=year).note == "ของเขา"


def test_two_update_one_survey_template(group_director, login):
    survey_template = NeedsAreaFactory(name="วิชาการ").survey_template
    page, url = login(group_director), reverse("survey_template_edit", args=[survey_template.pk])
    typed = page_form_data(page, url, areas="ของฉัน")
    facts = {"name": survey_template.name, "provenance": "", "areas": ["ของเขา"]}
    late = run_during(
        lambda: needs.save_survey_template(survey_template, **facts), lambda: page.post(url, typed)
    )
    assert "ผู้อื่นบันทึกช่องนี้ไว้ว่า “ของเขา”" in late.content.decode()
    assert survey_template.areas.get().name == "ของเขา"


def test_two_add_the_same_special_day(clerk, login):
    url, pages = reverse("calendar_day_add"), (login(clerk), login(clerk))
    typed = {"name": "วันครู", "kind": "holiday", "starts_on": "16/1/2570", "ends_on": ""}
    outcomes = run_together(*(lambda page=page: page.post(url, typed) for page in pages))
    assert codes(outcomes) == [200, 302]
    assert SpecialDay.objects.count() == 1


def test_two_move_the_days_of_a_year(clerk, term, login):
    year = term.academic_year
    page, url = login(clerk), reverse("academic_year", args=[year.year])
    typed = page_form_data(page, url)
    days = {term.number: (term.opens_on, term.closes_on + timedelta(days=1))}
    late = run_during(
        lambda: office.update_terms(year, by=clerk, terms=days), lambda: page.post(url, typed)
    )
    assert "มีผู้บันทึกหน้านี้ระหว่างที่คุณพิมพ์" in late.content.decode()
    assert reloaded(term).closes_on == days[term.number][1]

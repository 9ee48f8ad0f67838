"""Texts come from today's figures, at a constant price, and papers of before still print."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reports.composer import actions as composing
from reports.composer.composed import report_parts
from reports.composer.enums import PartKey
from reports.composer.models import Composition
from reports.composer.queries import composition_of_document, composition_of_term
from reports.composer.sources import load_text_sources, text_sources
from reports.data.year import year_report
from reports.models import IssuedDocument
from schools.models import AcademicYear
from tests.reports.conftest import document_text


def queries_of(composition: Composition) -> int:
    with CaptureQueriesContext(connection) as found:
        load_text_sources(composition)
    return len(found)


def test_the_sources_are_kept_until_something_changes_its_state(
    round_, composition, supervisor, more_schools
):
    first = load_text_sources(composition)
    assert queries_of(composition) < 5
    assert load_text_sources(composition).values == first.values
    more_schools(4)
    assert load_text_sources(composition, recent=True).values == first.values
    assert load_text_sources(composition).values["term2.visited"] == "1 โรงเรียน"
    assert load_text_sources(composition, recent=True).values != first.values


def test_queries_do_not_grow_with_schools(agreed, more_schools):
    year = agreed.term.academic_year
    counts = []
    for levels in ((4,), (3, 4, 5)):
        more_schools(*levels)
        with CaptureQueriesContext(connection) as found:
            text_sources(year_report(AcademicYear.objects.get(pk=year.pk)))
        counts.append(len(found))
    assert counts[0] == counts[1]


def test_every_draft_reads_its_own_numbers(agreed, more_schools):
    more_schools(2, 5)
    sources = text_sources(year_report(agreed.term.academic_year))
    assert all(number.label for number in sources.numbers)
    assert sources.values["term2.visited_of"] == "3 จาก 3 โรงเรียน"
    assert sources.values["term2.standard.1.mean"] == "3.67"
    assert sources.values["term2.schools"] == "3 โรงเรียน"


def test_who_reads_reports_reads_what_is_written(
    composition, supervisor, group_director, school_director, clerk
):
    for person, sees in ((supervisor, True), (clerk, True), (school_director, False)):
        assert Composition.objects.visible_to(person).exists() == sees


def test_a_schools_report_has_no_texts_of_this_kind(prepared):
    assert composition_of_document(prepared) is None


def test_a_part_left_out_is_not_printed(composition, round_):
    composing.set_part_included(composition.parts.get(key=PartKey.METHOD), is_included=False)
    parts = report_parts(composition, load_text_sources(composition))
    assert PartKey.METHOD not in {part["key"] for part in parts}
    assert [part["label"] for part in parts if part["key"] == PartKey.RESULTS] == ["บทที่ 2"]


def test_an_emptied_part_is_not_printed_and_tables_stand_without_words(composition, save):
    for key in (PartKey.FOREWORD, PartKey.RESULTS):
        save(key, "")
    parts = {
        part["key"]: part for part in report_parts(composition, load_text_sources(composition))
    }
    assert PartKey.FOREWORD not in parts
    assert (parts[PartKey.RESULTS]["blocks"], parts[PartKey.RESULTS]["figures"]) == ([], True)


def test_a_summary_has_numbered_parts_of_its_own(agreed, cluster):
    composition = composition_of_term(agreed.term, cluster)
    parts = report_parts(composition, load_text_sources(composition))
    labels = [part["label"] for part in parts if part["label"]]
    assert labels == ["ส่วนที่ 1", "ส่วนที่ 2"]
    assert parts[0]["key"] == PartKey.EXECUTIVE


@pytest.fixture
def earlier_paper(year_prepared, issue):
    """A year report as template 4 froze it: two lists of paragraphs and no parts."""
    document = issue(year_prepared)
    figures = document.snapshot["figures"]
    for key in ("background", "problems"):
        del figures[key]
    figures |= {"foreword": ["คำนำเดิม"], "executive": ["บทสรุปเดิม"]}
    del document.snapshot["parts"]
    document.save(update_fields=["snapshot"])
    return IssuedDocument.objects.get(pk=document.pk)


def test_papers_of_before_still_print(earlier_paper, login, group_director):
    text = document_text(earlier_paper.frozen["figures"])
    assert "คำนำเดิม" in text
    assert "ส่วนที่ ๑ ภาพรวมการดำเนินงาน" in text
    page = login(group_director).get(reverse("report", args=[earlier_paper.pk])).content.decode()
    assert "บทสรุปเดิม" in page
    assert "ส่วนที่ 2 ผลตามขั้นตอนการนิเทศ" in page

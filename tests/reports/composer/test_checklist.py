"""Before a report is put forward its page says what is there, what is missing, and where."""

import pytest
from django.urls import reverse

from reports import actions
from reports.composer import actions as composing
from reports.composer.checklist import report_checklist
from reports.composer.enums import PartKey
from reports.composer.queries import composition_of_term, composition_of_year
from reports.composer.sources import load_text_sources
from schools.core.status import StatusKind


def lines(composition) -> dict[str, list[str]]:
    found = report_checklist(composition, load_text_sources(composition))
    return {f"{line.kind.glyph} {line.text}": [item.text for item in line.items] for line in found}


def test_an_empty_year_names_all_that_is_missing(round_):
    found = lines(composition_of_year(round_.term.academic_year))
    assert found["○ ออกรายงานรายภาคเรียนแล้ว 0 จาก 1 รอบ"] == []
    assert found["⚠\ufe0e ยังไม่ออกรายงานรายภาคเรียน 1 รอบ"] == [str(round_)]
    assert "⚠\ufe0e ยังไม่มีการประชุม ก.ต.ป.น. ที่พิจารณาผลในปีนี้" in found
    assert len(found["○ ยังเป็นร่างของระบบ 8 ส่วน"]) == 8


def test_a_year_with_its_reports_and_texts_is_told_so(issued, group_director):
    composition = composing.create_composition_of_year(issued.round.term.academic_year)
    sources = load_text_sources(composition)
    for part in composition.parts.all():
        token = composing.part_version_token(part)
        composing.save_part_text(part, text="ก", version=token, sources=sources, by=group_director)
    found = lines(composition)
    assert "✓ ออกรายงานรายภาคเรียนครบ 1 รอบ" in found
    assert "✓ ประชุม ก.ต.ป.น. พิจารณาผล 1 ครั้ง" in found
    assert "✓ เขียนข้อความครบ 8 ส่วน" in found


def test_an_emptied_part_and_a_differing_number_are_found(save, composition):
    save(PartKey.DISCUSSION, "เปิดรอบ {term2.opened|9 โรงเรียน}")
    save(PartKey.METHOD, "")
    found = lines(composition)
    assert found["⚠\ufe0e ไม่มีข้อความ จึงไม่พิมพ์ในรายงาน 1 ส่วน"] == ["วิธีดำเนินการ"]
    assert found["⚠\ufe0e ตัวเลขไม่ตรงกับข้อมูลขณะนี้ 1 แห่ง"] == [
        "อภิปรายผล: “9 โรงเรียน” ข้อมูลขณะนี้ 1 โรงเรียน"
    ]


def test_a_part_that_is_left_out_is_not_asked_for(composition):
    composing.set_part_included(composition.parts.get(key=PartKey.METHOD), is_included=False)
    assert len(lines(composition)["○ ยังเป็นร่างของระบบ 7 ส่วน"]) == 7


@pytest.mark.parametrize("of_cluster", [False, True])
def test_a_summary_counts_the_schools_that_are_not_finished(agreed, cluster, of_cluster):
    composition = composition_of_term(agreed.term, cluster if of_cluster else None)
    assert "⚠\ufe0e ยังดำเนินการไม่ครบทุกขั้น 1 โรงเรียน" in lines(composition)


def test_the_page_shows_the_checklist_with_links(login, issued, more_schools, group_director):
    more_schools(4)
    year = issued.round.term.academic_year
    page = login(group_director).get(reverse("year_report", args=[year.year]))
    missing = year.terms.get().rounds.exclude(pk=issued.round_id).get()
    [line] = [one for one in page.context["checklist"] if one.kind == StatusKind.LATE]
    assert [item.url for item in line.items] == [reverse("term_report", args=[missing.pk])]
    assert reverse("term_report", args=[missing.pk]) in page.content.decode()
    assert "ยังเป็นร่างของระบบ" in page.content.decode()


def test_who_signs_is_told_of_a_number_that_does_not_agree(
    login, issued, save, area_director, group_director
):
    save(PartKey.METHOD, "เปิดรอบ {term2.opened|99 โรงเรียน}")
    year = issued.round.term.academic_year
    document = actions.prepare_year_report(year, number="2/2569", by=group_director)
    page = login(area_director).get(reverse("report_issue", args=[document.pk])).content.decode()
    assert "“99 โรงเรียน” ข้อมูลขณะนี้ 1 โรงเรียน" in page


def test_a_term_report_is_signed_without_a_checklist(login, prepared, area_director):
    page = login(area_director).get(reverse("report_issue", args=[prepared.pk]))
    assert page.context["checklist"] == []
    assert "สิ่งที่ควรตรวจก่อน" not in page.content.decode()

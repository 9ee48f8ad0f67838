"""Texts are saved once, nothing typed is lost, and nobody writes while a report is to be signed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reports import actions as reports
from reports.composer import actions as composing
from reports.composer.actions import part_version_token
from reports.composer.enums import Outline, PartKey
from reports.composer.markup import MAX_TEXT_LENGTH, number_warnings
from reports.composer.models import Composition
from reports.composer.queries import composition_of_year, composition_parts, part_history
from reports.composer.sources import load_text_sources
from schools.core.errors import ActionRefused
from tests.factories import AcademicYearFactory, TermFactory

FIRST = "ครูไม่ครบชั้นในบางโรงเรียน"
KEY = PartKey.DISCUSSION


def keys(composition: Composition) -> list[str]:
    return [part.key for part in composition_parts(composition)]


def history(part) -> list[str]:
    return [version.text for version in part_history(part)]


def test_beginning_twice_is_beginning_once(composition, round_):
    again = composing.create_composition_of_year(round_.term.academic_year)
    assert again == composition
    assert [part.is_draft for part in composition_parts(again)] == [True] * 11


def test_a_term_summary_has_parts_of_its_own_for_area_and_cluster(round_, cluster):
    area = composing.create_composition_of_term(round_.term, None)
    one = composing.create_composition_of_term(round_.term, cluster)
    assert area != one
    assert composing.create_composition_of_term(round_.term, None) == area
    assert PartKey.NEXT_STEPS in keys(one)
    assert PartKey.FOREWORD not in keys(one)


def test_a_saved_text_names_its_author(save, group_director):
    part = save(KEY, f" {FIRST}\r\n").part
    part.refresh_from_db()
    assert (part.text, part.is_draft, part.edited_by) == (FIRST, False, group_director)
    assert part.edited_at.date() == timezone.localdate()
    assert history(part) == [FIRST]


def test_saving_the_draft_unchanged_leaves_it_a_draft(save, sources):
    saved = save(PartKey.FOREWORD, sources.drafts[PartKey.FOREWORD])
    assert saved.part.is_draft
    assert not saved.part.versions.exists()


def test_the_saves_of_one_sitting_share_a_line_of_the_history(save):
    save(KEY, "ก")
    part = save(KEY, "กข").part
    assert history(part) == ["กข"]


def test_a_text_that_was_deleted_by_mistake_is_in_the_history(save):
    long = FIRST * 10
    save(KEY, long)
    part = save(KEY, "ก").part
    assert history(part) == ["ก", long]


def test_a_later_sitting_has_its_own_line(save):
    part = save(KEY, "ก").part
    part.versions.update(started_at=timezone.now() - timedelta(minutes=11))
    save(KEY, "กข")
    assert history(part) == ["กข", "ก"]


def test_two_people_at_once_lose_nothing(save, other_writer):
    seen = part_version_token(save(KEY, "ต้นฉบับ").part)
    save(KEY, "ของคนแรก", version=seen)
    conflict = save(KEY, "ของคนที่สอง", by=other_writer, version=seen)
    assert conflict.part.text == "ของคนแรก"
    assert conflict.set_aside.text == "ของคนที่สอง"
    assert conflict.set_aside.is_set_aside
    resolved = save(KEY, "รวมทั้งสองคน", by=other_writer, version=conflict.version)
    assert resolved.set_aside is None
    assert history(resolved.part) == ["รวมทั้งสองคน", "ของคนที่สอง", "ของคนแรก"]


def test_autosaves_during_a_conflict_share_one_line(save, other_writer):
    seen = part_version_token(save(KEY, "ต้นฉบับ").part)
    save(KEY, "ของคนแรก", version=seen)
    for text in ("ข", "ขค"):
        part = save(KEY, text, by=other_writer, version=seen).part
    assert history(part) == ["ขค", "ของคนแรก"]


def test_ones_own_text_of_another_page_is_not_overwritten(save):
    seen = part_version_token(save(KEY, "ต้นฉบับ").part)
    save(KEY, "จากหน้าแรก", version=seen)
    saved = save(KEY, "จากอีกหน้า", version=seen)
    assert saved.part.text == "จากหน้าแรก"
    assert set(history(saved.part)) == {"จากอีกหน้า", "จากหน้าแรก"}


def test_an_answer_that_was_lost_is_asked_for_again_without_harm(save):
    first = save(KEY, FIRST)
    again = save(KEY, FIRST, version="the token from before")
    assert again.version == first.version
    assert again.set_aside is None


@pytest.mark.parametrize(
    ("text", "words"),
    [("ก" * (MAX_TEXT_LENGTH + 1), "เกิน 20,000"), ("มี {no.such} และ {term2.opened}", "{no.such}")],
)
def test_what_cannot_be_kept_is_refused_at_the_text(save, composition, text, words):
    with pytest.raises(ActionRefused) as refusal:
        save(KEY, text)
    assert words in refusal.value.field_errors["text"]
    assert "{term2.opened}" not in refusal.value.field_errors["text"]
    assert composition.parts.get(key=KEY).is_draft


def test_the_draft_comes_back_and_the_text_stays_in_the_history(save, group_director):
    part = save(KEY, FIRST).part
    assert composing.restore_draft(part, by=group_director).is_draft
    assert [version.is_draft for version in part_history(part)] == [True, False]
    older = part_history(part).last()
    assert composing.restore_part_version(older, by=group_director).text == FIRST
    newest_draft = part_history(part).filter(is_draft=True).get()
    assert composing.restore_part_version(newest_draft, by=group_director).is_draft


def test_a_typed_number_follows_the_figures_again(save, sources, group_director):
    part = save(KEY, "เปิดรอบ {term2.opened|9 โรงเรียน}").part
    [warning] = number_warnings(part.text, sources.values)
    assert (warning.typed, warning.current) == ("9 โรงเรียน", "1 โรงเรียน")
    part = composing.use_current_number(
        part, key=warning.key, typed=warning.typed, by=group_director
    )
    assert part.text == "เปิดรอบ {term2.opened}"


def test_parts_are_left_out_moved_and_numbered(composition):
    parts = {part.key: part for part in composition_parts(composition)}
    composing.set_part_included(parts[PartKey.METHOD], is_included=False)
    composing.move_part(parts[PartKey.EXECUTIVE], up=True)
    composing.move_part(parts[PartKey.EXECUTIVE], up=True)
    composing.move_part(parts[PartKey.APPENDIX], up=False)
    composing.set_outline(composition, outline=Outline.PARTS)
    composition.refresh_from_db()
    assert keys(composition)[:3] == ["executive", "foreword", "introduction"]
    assert keys(composition)[-1] == "appendix"
    assert not composition.parts.get(key=PartKey.METHOD).is_included
    assert composition.outline == Outline.PARTS


# --- Carried over from the year before ---


@pytest.fixture
def next_year(composition):
    """The year after, with a first term and nothing in it."""
    year = composition.academic_year
    following = AcademicYearFactory(area=year.area, year=year.year + 1)
    TermFactory(academic_year=following, number=1)
    return following


def test_a_new_year_begins_with_the_outline_of_the_last(composition, next_year):
    composing.move_part(composition.parts.get(key=PartKey.SCHOOLS), up=True)
    composing.set_part_included(composition.parts.get(key=PartKey.METHOD), is_included=False)
    composing.set_outline(composition, outline=Outline.PARTS)
    begun = composing.create_composition_of_year(next_year)
    assert keys(begun) == keys(composition)
    assert begun.outline == Outline.PARTS
    assert not begun.parts.get(key=PartKey.METHOD).is_included
    assert not begun.parts.filter(is_draft=False).exists()


def test_texts_are_carried_over_with_the_numbers_of_the_new_year(
    composition, next_year, save, sources, group_director
):
    save(KEY, "ปี {year} เปิดรอบ {term2.opened} พิมพ์เอง {year|2500}")
    save(PartKey.PROPOSALS, "ของปีก่อน")
    begun = composing.create_composition_of_year(next_year)
    now = load_text_sources(begun)
    own = begun.parts.get(key=PartKey.PROPOSALS)
    composing.save_part_text(
        own, text="ของปีนี้", version=part_version_token(own), sources=now, by=group_director
    )
    carried = composing.carry_texts_over(
        begun, sources=now, earlier_sources=sources, by=group_director
    )
    [part] = carried
    assert part.text == "ปี {year} เปิดรอบ {term2.opened|1 โรงเรียน} พิมพ์เอง {year|2500}"
    warned = [(one.typed, one.current) for one in number_warnings(part.text, now.values)]
    assert warned == [("1 โรงเรียน", None), ("2500", str(next_year.year))]
    assert begun.parts.get(key=PartKey.PROPOSALS).text == "ของปีนี้"


def test_nothing_written_is_nothing_to_carry_over(composition, next_year, sources, group_director):
    begun = composing.create_composition_of_year(next_year)
    with pytest.raises(ActionRefused, match="ไม่มีข้อความ"):
        composing.carry_texts_over(
            begun, sources=sources, earlier_sources=sources, by=group_director
        )


# --- While the report waits for its signature ---


def test_nobody_writes_while_the_report_waits_for_its_signature(
    composition, year_prepared, group_director, area_director
):
    part, sources = composition.parts.get(key=KEY), load_text_sources(composition)
    written = {
        "text": FIRST,
        "version": part_version_token(part),
        "sources": sources,
        "by": group_director,
    }
    refused = [
        lambda: composing.save_part_text(part, **written),
        lambda: composing.restore_draft(part, by=group_director),
        lambda: composing.move_part(part, up=True),
        lambda: composing.set_part_included(part, is_included=False),
        lambda: composing.set_outline(composition, outline=Outline.PARTS),
    ]
    for act in refused:
        with pytest.raises(ActionRefused, match="รอลงนามอยู่"):
            act()
    reports.return_report_for_correction(year_prepared, by=area_director, reason="โปรดเพิ่มอภิปรายผล")
    assert composing.save_part_text(part, **written).part.text == FIRST


def test_signing_freezes_the_texts_and_a_corrected_version_goes_on_with_them(
    year_prepared, group_director, area_director
):
    year = year_prepared.academic_year
    reports.return_report_for_correction(year_prepared, by=area_director, reason="โปรดเพิ่มอภิปรายผล")
    composition = composing.create_composition_of_year(year)
    sources = load_text_sources(composition)

    def write(text: str) -> None:
        part = composition.parts.get(key=KEY)
        token = part_version_token(part)
        composing.save_part_text(part, text=text, version=token, sources=sources, by=group_director)

    write(f"{FIRST} **{{term2.visited}}**")
    reports.prepare_report_again(year_prepared, number="2/2569", by=group_director)
    reports.issue_report(year_prepared, by=area_director)
    write("แก้ไขภายหลัง")
    year_prepared.refresh_from_db()
    [part] = [part for part in year_prepared.frozen["parts"] if part["key"] == KEY]
    assert part["blocks"] == [
        {
            "kind": "paragraph",
            "items": [[{"text": f"{FIRST} ", "bold": False}, {"text": "1 โรงเรียน", "bold": True}]],
        }
    ]
    assert composition_parts(composition_of_year(year))[5].text == "แก้ไขภายหลัง"


def test_nobody_begins_to_write_while_a_report_waits_for_its_signature(year_prepared):
    """It would take over which parts last year's report left out."""
    with pytest.raises(ActionRefused, match="รอลงนามอยู่"):
        composing.create_composition_of_year(year_prepared.academic_year)
    assert not Composition.objects.exists()


@pytest.mark.parametrize("sign", ["\ud800", "\x00", "\u200b", "\ufeff", "\u202e"])
def test_signs_that_nobody_sees_are_not_kept(save, sign):
    part = save(KEY, f"โรง{sign}เรียน").part
    part.refresh_from_db()
    assert part.text == "โรงเรียน"

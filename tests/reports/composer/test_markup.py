"""The text format: any text can be read, and what was read is written back the same."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.composer.markup import (
    MarkupBlock,
    MarkupRun,
    NumberWarning,
    markup_text,
    normalise_text,
    number_warnings,
    parse_markup,
    plain_markup,
    text_blocks,
    unknown_keys,
    with_live_number,
    with_typed_numbers,
)

NUMBERS = {"term1.visited": "98 โรงเรียน", "term1.share": "ร้อยละ 91.6"}
# The signs of the format far more often than by chance.
ANY_TEXT = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.sampled_from(
            ["**", "*", "\n", "\n\n", "- ", "-", " ", "{", "}", "|", "{a.b}", "{a|1}", "{a|}", "ก"]
        ),
    )
).map("".join)


def runs(line: str) -> tuple[MarkupRun, ...]:
    [block] = parse_markup(line)
    [item] = block.items
    return item


@given(ANY_TEXT)
def test_any_text_is_read_and_written_back_the_same(text):
    blocks = parse_markup(text)
    assert parse_markup(markup_text(blocks)) == blocks
    assert parse_markup(normalise_text(text)) == blocks


@given(ANY_TEXT)
def test_no_letter_is_lost_on_the_way_to_the_paper(text):
    printed = "".join(
        run["text"] for block in text_blocks(text, {}) for item in block["items"] for run in item
    )
    assert set("ก") & set(text) == set("ก") & set(printed)


@given(st.text())
def test_quoted_words_are_plain_text(words):
    blocks = parse_markup(plain_markup(words))
    assert all(run == MarkupRun(run.text) for b in blocks for item in b.items for run in item)
    assert len(blocks) <= 1


def test_blank_lines_end_paragraphs_and_hyphens_begin_lists():
    text = "หนึ่ง\nต่อบรรทัด\n\nสอง\n- ก\n\n- ข\nสาม"
    assert parse_markup(text) == [
        MarkupBlock("paragraph", ((MarkupRun("หนึ่ง ต่อบรรทัด"),),)),
        MarkupBlock("paragraph", ((MarkupRun("สอง"),),)),
        MarkupBlock("list", ((MarkupRun("ก"),), (MarkupRun("ข"),))),
        MarkupBlock("paragraph", ((MarkupRun("สาม"),),)),
    ]
    assert markup_text(parse_markup(text)) == "หนึ่ง ต่อบรรทัด\n\nสอง\n\n- ก\n- ข\n\nสาม"


@pytest.mark.parametrize("text", ["", " \n\n ", "-", "- \n-", "\r\n\x00"])
def test_nothing_is_no_paragraph(text):
    assert parse_markup(text) == []


def test_bold_words_and_live_numbers():
    assert runs("ได้ **{term1.visited}** หรือ {term1.share|ร้อยละ 92}") == (
        MarkupRun("ได้ "),
        MarkupRun("", "term1.visited", bold=True),
        MarkupRun(" หรือ "),
        MarkupRun("ร้อยละ 92", "term1.share"),
    )


@pytest.mark.parametrize(
    "text", ["**ก", "2 ** 3", "***ก***", "****", "{ก}", "{a b}", "{a|x|y}", "{"]
)
def test_what_has_no_meaning_is_text(text):
    assert runs(text) == (MarkupRun(text),)


def test_the_paper_says_the_numbers():
    [block] = text_blocks("นิเทศ {term1.visited} {term1.share|เกือบทั้งหมด} {gone}", NUMBERS)
    said = "".join(run["text"] for run in block["items"][0])
    assert said == "นิเทศ 98 โรงเรียน เกือบทั้งหมด …"


def test_a_typed_number_is_warned_about_once_it_differs():
    text = "ต้น\n\n{term1.share|ร้อยละ 91.6} {term1.share|ร้อยละ ๙๑.๖}\n\n- {term1.share|ร้อยละ 92}"
    warning = NumberWarning("term1.share", 3, "ร้อยละ 92", "ร้อยละ 91.6")
    assert number_warnings(text, NUMBERS) == [warning]
    assert warning.typed in text


def test_a_number_that_is_gone_is_warned_about():
    assert number_warnings("{gone|5} {gone}", NUMBERS) == [
        NumberWarning("gone", 1, "5", None),
        NumberWarning("gone", 1, "…", None),
    ]


def test_unknown_keys_are_named_once_unless_typed_over():
    assert unknown_keys("{gone} {term1.visited} {gone} {old|5}", NUMBERS) == ["gone"]


def test_a_typed_number_follows_the_figures_again():
    text = "ก **{term1.share|ร้อยละ 92}** {term1.share|ร้อยละ 93}"
    assert with_live_number(text, "term1.share", "ร้อยละ 92") == (
        "ก **{term1.share}** {term1.share|ร้อยละ 93}"
    )


def test_numbers_that_end_stay_as_words():
    text = "- {gone} {term1.visited}\n- {gone|8}"
    assert with_typed_numbers(text, {"gone": "7 แห่ง"}) == (
        "- {gone|7 แห่ง} {term1.visited}\n- {gone|8}"
    )

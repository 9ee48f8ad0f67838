"""The text format of what people write in a report: plain text, readable as it is stored.

- A blank line ends a paragraph; a single line break within one is read as a space.
- Lines that begin with a hyphen and a space are a list.
- `**` before and after makes words bold; one without its partner, or three asterisks, are text.
- `{key}` is a live number: it says what the figures say. `{key|words}` is one that a person typed
  over; it says the words, and the writer is warned where they differ from the figures.

There is nothing else: every text can be read, and what has no meaning is printed as typed. The
page that edits a text writes the same format.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from reports.data.schema import TextBlock, TextRun
from schools.core.thai import arabic_digits, strip_invisible

MAX_TEXT_LENGTH = 20_000
UNKNOWN_NUMBER = "…"  # printed for a number that the figures do not have

_KEY = r"[a-z0-9]+(?:[._][a-z0-9]+)*"
_BOLD = "**"
_SIGN = re.compile(rf"\{{(?P<key>{_KEY})(?:\|(?P<words>[^{{}}|]*))?\}}|(?<!\*)\*\*(?!\*)")
_LIST_LINE = re.compile(r"-(?:\s+(?P<item>.*))?")
# Half an emoji, as a script can send it, is no sign that a database keeps.
_HALF_SIGNS = range(0xD800, 0xE000)
_CONTROL = dict.fromkeys((*range(32), *_HALF_SIGNS)) | {ord("\t"): " ", ord("\n"): "\n"}


@dataclass(frozen=True)
class MarkupRun:
    """A stretch of text in one weight, or a live number if it has a `key`.

    The `text` of a live number is what a person typed over it, empty where it follows the figures.
    """

    text: str
    key: str = ""
    bold: bool = False


@dataclass(frozen=True)
class MarkupBlock:
    """A paragraph, which has one item, or a list with an item a line."""

    kind: Literal["paragraph", "list"]
    items: tuple[tuple[MarkupRun, ...], ...]


@dataclass(frozen=True)
class NumberWarning:
    """A live number of a text that is not as the figures have it.

    `place` counts the paragraphs and lists from 1. `typed` is what stands in the text, `current`
    what the figures say; None where they have no such number any more.
    """

    key: str
    place: int
    typed: str
    current: str | None


def normalise_text(text: str) -> str:
    """The text as it is stored: one kind of line break, no unseen signs, no outer space."""
    text = strip_invisible(text)
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL).strip()


def parse_markup(text: str) -> list[MarkupBlock]:
    """The paragraphs and lists of any text whatever."""
    blocks: list[MarkupBlock] = []
    paragraph: list[str] = []
    for line in [*map(str.strip, normalise_text(text).split("\n")), ""]:
        item = _LIST_LINE.fullmatch(line)
        if line and not item:
            paragraph.append(line)
            continue
        if paragraph:
            blocks.append(MarkupBlock("paragraph", (_runs(" ".join(paragraph)),)))
            paragraph = []
        if item and item["item"]:
            _add_item(blocks, _runs(item["item"]))
    return blocks


def _add_item(blocks: list[MarkupBlock], runs: tuple[MarkupRun, ...]) -> None:
    """A line goes on with the list right before it, over blank lines too."""
    if blocks and blocks[-1].kind == "list":
        blocks[-1] = MarkupBlock("list", (*blocks[-1].items, runs))
    else:
        blocks.append(MarkupBlock("list", (runs,)))


def _runs(line: str) -> tuple[MarkupRun, ...]:
    """The line piece by piece; of an odd number of bold signs the last is text."""
    signs = list(_SIGN.finditer(line))
    bold_signs = [sign for sign in signs if sign[0] == _BOLD]
    if len(bold_signs) % 2:
        signs.remove(bold_signs[-1])
    runs, bold, end = [], False, 0
    for sign in signs:
        runs.append(MarkupRun(line[end : sign.start()], bold=bold))
        if sign["key"]:
            runs.append(MarkupRun((sign["words"] or "").strip(), sign["key"], bold))
        else:
            bold = not bold
        end = sign.end()
    runs.append(MarkupRun(line[end:], bold=bold))
    return tuple(run for run in runs if run.text or run.key)


def markup_text(blocks: Sequence[MarkupBlock]) -> str:
    """The text that parses to these blocks, if they came from a text."""
    return "\n\n".join(_block_text(block) for block in blocks)


def _block_text(block: MarkupBlock) -> str:
    lines = ["".join(_weighted_text(item)) for item in block.items]
    return "\n".join(f"- {line}" for line in lines) if block.kind == "list" else lines[0]


def _weighted_text(runs: Sequence[MarkupRun]) -> Iterator[str]:
    bold = False
    for run in runs:
        if run.bold != bold:
            yield _BOLD
        bold = run.bold
        yield _run_text(run)
    if bold:
        yield _BOLD


def _run_text(run: MarkupRun) -> str:
    if not run.key:
        return run.text
    return f"{{{run.key}|{run.text}}}" if run.text else f"{{{run.key}}}"


def plain_markup(words: str) -> str:
    """Words of others that are quoted in a text: on one line and without any sign of ours."""
    line = words.replace("{", "(").replace("}", ")").replace("|", "/").replace("*", "")
    return " ".join(line.split()).lstrip("- ")


def text_blocks(text: str, numbers: Mapping[str, str]) -> list[TextBlock]:
    """The text as it is printed: each live number as `numbers` has it, or as typed over."""
    return [
        {"kind": block.kind, "items": [_printed_item(item, numbers) for item in block.items]}
        for block in parse_markup(text)
    ]


def _printed_item(item: Sequence[MarkupRun], numbers: Mapping[str, str]) -> list[TextRun]:
    return [{"text": _printed_words(run, numbers), "bold": run.bold} for run in item]


def _printed_words(run: MarkupRun, numbers: Mapping[str, str]) -> str:
    return run.text or numbers.get(run.key, UNKNOWN_NUMBER)


def number_warnings(text: str, numbers: Mapping[str, str]) -> list[NumberWarning]:
    """The live numbers that the figures do not have, or have otherwise than typed, in order."""
    return [
        NumberWarning(run.key, place, _printed_words(run, numbers), numbers.get(run.key))
        for place, block in enumerate(parse_markup(text), start=1)
        for run in _live_numbers(block)
        if not _agrees(run, numbers.get(run.key))
    ]


def _live_numbers(block: MarkupBlock) -> list[MarkupRun]:
    return [run for item in block.items for run in item if run.key]


def _agrees(run: MarkupRun, current: str | None) -> bool:
    """Thai digits say the same as Arabic ones: papers print them all as Thai."""
    if current is None:
        return False
    return not run.text or arabic_digits(run.text) == arabic_digits(current)


def unknown_keys(text: str, numbers: Mapping[str, str]) -> list[str]:
    """Keys that say nothing: the figures lack them and nobody typed words over them."""
    runs = [run for block in parse_markup(text) for run in _live_numbers(block)]
    found = [run.key for run in runs if not run.text and run.key not in numbers]
    return list(dict.fromkeys(found))


def with_live_number(text: str, key: str, typed: str) -> str:
    """The text with the number `{key|typed}` following the figures again, wherever it stands."""

    def follow(run: MarkupRun) -> MarkupRun:
        return replace(run, text="") if (run.key, run.text) == (key, typed) else run

    return _changed(text, follow)


def with_typed_numbers(text: str, words: Mapping[str, str]) -> str:
    """The text with the live numbers of these keys said in words, which no figures change."""
    return _changed(
        text, lambda run: run if run.text else replace(run, text=words.get(run.key, ""))
    )


def _changed(text: str, change: Callable[[MarkupRun], MarkupRun]) -> str:
    return markup_text(
        [
            MarkupBlock(block.kind, tuple(tuple(map(change, item)) for item in block.items))
            for block in parse_markup(text)
        ]
    )

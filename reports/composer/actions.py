"""What is done with the texts of a report: written, drafted anew, ordered, carried over.

Who may: PREPARE_REPORT, asked by the view. All raise ActionRefused while a version of the report
waits for its signature, save for beginning what has begun. A part has to be saved: a page whose
report nobody has begun creates the composition first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from reports.composer.enums import Outline, PartKey
from reports.composer.markup import (
    MAX_TEXT_LENGTH,
    normalise_text,
    unknown_keys,
    with_live_number,
    with_typed_numbers,
)
from reports.composer.models import Composition, CompositionPart, PartVersion
from reports.composer.queries import (
    composition_of_drive,
    composition_of_term,
    composition_of_year,
    composition_parts,
    document_to_sign,
    earlier_composition,
)
from reports.composer.sources import TextSources
from schools.core.errors import ActionRefused
from schools.core.version_token import version_token
from schools.models import AcademicYear, Area, Cluster, Term, User
from supervision.quality_drive.models import QualityDrive

SITTING = timedelta(minutes=10)  # saves of one person within it share a row of the history
# A save that drops more letters of a text than these leaves the text before in the history.
KEPT_LETTERS = 100
NO_EARLIER_TEXTS = "ปีก่อนไม่มีข้อความที่เขียนไว้ จึงไม่มีข้อความให้นำมาใช้"


@dataclass(frozen=True)
class SavedText:
    """What became of a text that somebody sent.

    `part` is as it stands now, `version` the token that the page sends next time. Where another
    page had saved meanwhile, nothing was overwritten: `set_aside` is the text that was sent, kept
    in the history, and `part` has the other's.
    """

    part: CompositionPart
    version: str
    set_aside: PartVersion | None = None


def part_version_token(part: CompositionPart) -> str:
    """What a page saw of the part: a draft is one state, whatever the figures make of it."""
    return version_token([part.is_draft, part.text])


@transaction.atomic
def create_composition_of_year(year: AcademicYear) -> Composition:
    """Begin to write the report of a year; nothing happens if somebody has begun."""
    _lock_register(year)
    return _created(composition_of_year(year))


@transaction.atomic
def create_composition_of_term(term: Term, cluster: Cluster | None) -> Composition:
    """The same of a term's summary, over the whole area where there is no cluster."""
    _lock_register(term.academic_year)
    return _created(composition_of_term(term, cluster))


@transaction.atomic
def create_composition_of_drive(drive: QualityDrive) -> Composition:
    """The same of the report on a quality drive."""
    _lock_register(drive.academic_year)
    return _created(composition_of_drive(drive))


def _lock_register(year: AcademicYear) -> None:
    """As putting a report forward does: nobody begins to write meanwhile."""
    Area.objects.select_for_update().get(pk=year.area_id)


def _created(composition: Composition) -> Composition:
    """It begins with the outline and the order of the year before, and with drafts only."""
    if composition.pk:
        return composition
    check_composition_is_open(composition)
    parts = composition_parts(composition)
    if earlier := earlier_composition(composition):
        composition.outline = earlier.outline
        places = {part.key: part for part in composition_parts(earlier)}
        parts.sort(
            key=lambda part: places[part.key].position if part.key in places else part.position
        )
        for part in parts:
            part.is_included = part.key not in places or places[part.key].is_included
    composition.save()
    _save_order(parts)
    return composition


def _save_order(parts: Sequence[CompositionPart]) -> None:
    for position, part in enumerate(parts):
        part.position = position
        part.save()


def check_composition_is_open(composition: Composition) -> None:
    """Raises ActionRefused, with the reason in Thai, while nobody may write in it."""
    if document := document_to_sign(composition):
        raise ActionRefused(
            f"รายงานเลขที่ {document.number} รอลงนามอยู่ จึงแก้ไขข้อความไม่ได้ หากต้องแก้ไข ให้ผู้ลงนามส่งกลับก่อน"
        )


def _lock(composition: Composition) -> None:
    """One writer at a time, and none once the report waits for its signature."""
    Composition.objects.select_for_update().get(pk=composition.pk)
    check_composition_is_open(composition)


def _locked_part(part: CompositionPart) -> CompositionPart:
    _lock(part.composition)
    return CompositionPart.objects.select_related("composition", "edited_by").get(pk=part.pk)


@transaction.atomic
def save_part_text(
    part: CompositionPart,
    *,
    text: str,
    version: str,
    sources: TextSources,
    by: User,
    unanswered: str = "",
) -> SavedText:
    """Save what somebody typed into a part; for a button and for saving while one types.

    `version` is the token that the page was made with (part_version_token), then that of the last
    SavedText. `unanswered` is what the page sent before without learning that it was saved: over
    that it writes. One's own text of another page is as another person's. The draft sent back
    unchanged stays a draft. Raises ActionRefused, with `field_errors["text"]`, for a
    text that is too long or has keys that stand for nothing.
    """
    text = normalise_text(text)
    check_part_text(text, sources)
    current = _locked_part(part)
    if text == normalise_text(sources.text_of(current)):
        return SavedText(current, part_version_token(current))
    is_own = current.edited_by_id == by.pk and current.text == normalise_text(unanswered)
    if version != part_version_token(current) and not is_own:
        kept = _keep(current, text, by=by, is_set_aside=True)
        return SavedText(current, part_version_token(current), set_aside=kept)
    _write(current, text, by=by)
    return SavedText(current, part_version_token(current))


def check_part_text(text: str, sources: TextSources) -> None:
    """Raises ActionRefused for a text that cannot be kept, saying what is to change."""
    if len(text) > MAX_TEXT_LENGTH:
        over = len(text) - MAX_TEXT_LENGTH
        message = f"ข้อความยาวเกิน {MAX_TEXT_LENGTH:,} ตัวอักษรอยู่ {over:,} ตัวอักษร โปรดย่อให้สั้นลง"
        raise ActionRefused(field_errors={"text": message})
    if unknown := unknown_keys(text, sources.values):
        names = ", ".join(f"{{{key}}}" for key in unknown)
        message = f"ไม่มีตัวเลขชื่อ {names} ในรายงานนี้ โปรดเลือกจากรายการตัวเลข หรือลบเครื่องหมายปีกกาออก"
        raise ActionRefused(field_errors={"text": message})


def _write(
    part: CompositionPart, text: str, *, by: User, is_draft: bool = False, is_new_row: bool = False
) -> None:
    _keep(part, text, by=by, is_draft=is_draft, is_new_row=is_new_row)
    part.text, part.is_draft = text, is_draft
    part.edited_by, part.edited_at = by, timezone.now()
    part.save(update_fields=["text", "is_draft", "edited_by", "edited_at"])


def _keep(
    part: CompositionPart,
    text: str,
    *,
    by: User,
    is_draft: bool = False,
    is_set_aside: bool = False,
    is_new_row: bool = False,
) -> PartVersion:
    """Put the text into the history: into the row of this person's sitting, or a new one."""
    now = timezone.now()
    last = part.versions.first()
    goes_on = last and _is_same_sitting(last, text, by, now, is_set_aside)
    if last and goes_on and not (is_draft or is_new_row):
        last.text, last.saved_at = text, now
        last.save(update_fields=["text", "saved_at"])
        return last
    return part.versions.create(
        text=text, is_draft=is_draft, is_set_aside=is_set_aside, by=by, started_at=now, saved_at=now
    )


def _is_same_sitting(
    last: PartVersion, text: str, by: User, now: datetime, is_set_aside: bool
) -> bool:
    """A text that loses a lot is no continuation: the text before stays in the history."""
    is_same = last.by_id == by.pk and last.is_set_aside == is_set_aside and not last.is_draft
    return is_same and now - last.started_at < SITTING and len(last.text) - len(text) < KEPT_LETTERS


@transaction.atomic
def restore_draft(part: CompositionPart, *, by: User) -> CompositionPart:
    """Begin again with the system's draft; what was written stays in the history."""
    current = _locked_part(part)
    if not current.is_draft:
        _write(current, "", by=by, is_draft=True)
    return current


@transaction.atomic
def restore_part_version(version: PartVersion, *, by: User) -> CompositionPart:
    """Make a text of the history the part's text again, as a new line of the history."""
    current = _locked_part(version.part)
    if version.is_draft:
        return restore_draft(current, by=by)
    if current.is_draft or current.text != version.text:
        _write(current, version.text, by=by, is_new_row=True)
    return current


@transaction.atomic
def use_current_number(part: CompositionPart, *, key: str, typed: str, by: User) -> CompositionPart:
    """Let a number that somebody typed over, `{key|typed}`, follow the figures again."""
    current = _locked_part(part)
    text = with_live_number(current.text, key, typed)
    if not current.is_draft and text != current.text:
        _write(current, text, by=by)
    return current


@transaction.atomic
def set_part_included(part: CompositionPart, *, is_included: bool) -> None:
    """Take a part into the report or leave it out; its text stays."""
    current = _locked_part(part)
    current.is_included = is_included
    current.save(update_fields=["is_included"])


@transaction.atomic
def move_part(part: CompositionPart, *, up: bool) -> None:
    """Change places with the part before or after it; the first and the last stay."""
    _lock(part.composition)
    parts = composition_parts(part.composition)
    at = next(place for place, one in enumerate(parts) if one.pk == part.pk)
    to = at - 1 if up else at + 1
    if 0 <= to < len(parts):
        parts[at], parts[to] = parts[to], parts[at]
        _save_order(parts)


@transaction.atomic
def set_outline(composition: Composition, *, outline: Outline) -> None:
    """Number the headings as chapters or as parts."""
    _lock(composition)
    composition.outline = outline
    composition.save(update_fields=["outline"])


@transaction.atomic
def carry_texts_over(
    composition: Composition, *, sources: TextSources, earlier_sources: TextSources, by: User
) -> list[CompositionPart]:
    """Take the texts of the year before over into parts that still are the system's draft.

    Live numbers say this year's figures; those that this year has not keep last year's value as
    words, and are warned about. Returns the parts that got a text. `earlier_sources` are those of
    earlier_composition. Raises ActionRefused where nothing was written a year before.
    """
    _lock(composition)
    earlier = earlier_composition(composition)
    written = _written_texts(composition_parts(earlier) if earlier else [])
    if not written:
        raise ActionRefused(NO_EARLIER_TEXTS)
    gone = {key: said for key, said in earlier_sources.values.items() if key not in sources.values}
    parts = [p for p in composition_parts(composition) if p.is_draft and PartKey(p.key) in written]
    for part in parts:
        _write(part, with_typed_numbers(written[PartKey(part.key)], gone), by=by)
    return parts


def _written_texts(parts: Iterable[CompositionPart]) -> dict[PartKey, str]:
    return {PartKey(part.key): part.text for part in parts if not part.is_draft}

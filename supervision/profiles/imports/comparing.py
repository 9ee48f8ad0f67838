"""What a file states beside what is stored: the result that saving it would leave, in words."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import TypeVar

from schools.core.thai import short_date
from schools.enums import Grade
from supervision.criteria.scoring import half_up
from supervision.profiles.imports.reading import StatedResult
from supervision.profiles.learning.entries import ResultEntry
from supervision.profiles.learning.references import ReferenceEntry
from supervision.profiles.learning.visibility import SMALL_GROUP_WORDS, is_small_group
from supervision.profiles.models import LearningResult, ReferenceResult, TestSubject

SAMPLE_WORDS = "ข้อมูลตัวอย่าง"
FIGURE_LABELS = {
    "enrolled": "ผู้เรียนทั้งหมด",
    "tested": "เข้าสอบ",
    "mean": "เฉลี่ย",
    "sd": "S.D.",
    "as_of": "ข้อมูล ณ วันที่",
}
PEOPLE = ("enrolled", "tested")

Value = TypeVar("Value")
Line = tuple[str, str, str]  # label, old, new


def stated_entry(
    stated: StatedResult, stored: LearningResult | None, *, school_id: int, year_id: int
) -> ResultEntry | None:
    """The result as it would be: what the file leaves empty stays as it is stored.

    Nothing stays of a sample, nor of fewer than three pupils beside another number of them. None
    where neither says how many were tested.
    """
    stored = stored if stored and _goes_on(stored, stated) else None
    tested = stated.tested if stated.tested is not None else (stored.tested if stored else None)
    if tested is None:
        return None
    shares = stated_shares(stated, tested)
    return ResultEntry(
        school_id=school_id,
        year_id=year_id,
        subject_id=stated.subject.pk,
        tested=tested,
        enrolled=_or_stored(stated.enrolled, stored, "enrolled"),
        mean=_or_stored(rounded(stated.mean), stored, "mean"),
        sd=_or_stored(rounded(stated.sd), stored, "sd"),
        shares=shares or stored_shares(stored),
        source=stored.source if stored else "",
        as_of=_or_stored(stated.as_of, stored, "as_of"),
    )


def _goes_on(stored: LearningResult, stated: StatedResult) -> bool:
    """Whether figures that are stored may stand beside those of the file."""
    of_other_pupils = stated.tested not in (None, stored.tested)
    return not stored.is_sample and not (is_small_group(stored.tested) and of_other_pupils)


def _or_stored(value: Value | None, stored: object, name: str) -> Value | None:
    return getattr(stored, name, None) if value is None else value


def rounded(value: Decimal | None) -> Decimal | None:
    return None if value is None else half_up(value)


def stated_shares(stated: StatedResult, tested: int) -> dict[int, Decimal]:
    """The share of every level; of one that the file leaves empty beside others it is none."""
    if stated.shares:
        shares = {level: half_up(share) for level, share in stated.shares.items()}
    elif stated.counts and tested:
        shares = {n: half_up(Decimal(count * 100) / tested) for n, count in stated.counts.items()}
    else:
        return {}
    return {
        level.pk: shares.get(level.pk, Decimal(0)) for level in stated.subject.kind.levels.all()
    }


def stored_shares(stored: LearningResult | None) -> dict[int, Decimal]:
    return {one.level_id: one.percent for one in stored.shares.all()} if stored else {}


def result_lines(
    entry: ResultEntry, stored: LearningResult | None, subject: TestSubject
) -> Iterator[Line]:
    """What differs, line by line; figures of fewer than three pupils are not repeated."""
    after = dict(figure_texts(entry, entry.shares, subject))
    if stored is None or stored.is_sample:
        old = SAMPLE_WORDS if stored else ""
        yield subject.name, old, shown_figures(after, entry.tested)
        return
    before = dict(figure_texts(stored, stored_shares(stored), subject))
    differing = [label for label in {**before, **after} if before.get(label) != after.get(label)]
    if differing and (is_small_group(entry.tested) or is_small_group(stored.tested)):
        old, new = shown_figures(before, stored.tested), shown_figures(after, entry.tested)
        yield subject.name, old, new
    else:
        for label in differing:
            yield f"{subject.name} {label}", before.get(label, ""), after.get(label, "")


def shown_figures(texts: Mapping[str, str], tested: int) -> str:
    if is_small_group(tested):
        return SMALL_GROUP_WORDS
    return joined_figures(texts)


def joined_figures(texts: Mapping[str, str]) -> str:
    return " · ".join(f"{label} {text}" for label, text in texts.items())


def figure_texts(
    figures: object, shares: Mapping[int, Decimal], subject: TestSubject
) -> Iterator[tuple[str, str]]:
    """Each figure that is there, with its label, as the preview writes it."""
    for name, label in FIGURE_LABELS.items():
        value = getattr(figures, name, None)
        if value is not None:
            yield label, _figure_text(name, value)
    for level in subject.kind.levels.all():
        if level.pk in shares:
            yield level.name, f"{shares[level.pk]:.2f}"


def _figure_text(name: str, value: object) -> str:
    if name in PEOPLE:
        return f"{value:,}"
    return short_date(value) if isinstance(value, date) else f"{value:.2f}"


def stated_reference(
    stated: StatedResult, stored: ReferenceResult | None, *, year_id: int, scope: str
) -> ReferenceEntry:
    """The value as it would be: what the file leaves empty stays as it is stored, of no sample."""
    stored = None if stored and stored.is_sample else stored
    return ReferenceEntry(
        year_id=year_id,
        subject_id=stated.subject.pk,
        scope=scope,
        mean=_or_stored(rounded(stated.mean), stored, "mean"),
        sd=_or_stored(rounded(stated.sd), stored, "sd"),
        tested=_or_stored(stated.tested, stored, "tested"),
        source=stored.source if stored else "",
    )


def reference_lines(
    entry: ReferenceEntry, stored: ReferenceResult | None, subject: TestSubject
) -> Iterator[Line]:
    """What differs of a value of the area, the province, the agency or the country."""
    after = dict(figure_texts(entry, {}, subject))
    before = dict(figure_texts(stored, {}, subject))
    if stored is None or stored.is_sample:
        old = SAMPLE_WORDS if stored else ""
        yield subject.name, old, joined_figures(after)
        return
    for label in {**before, **after}:
        if before.get(label) != after.get(label):
            yield f"{subject.name} {label}", before.get(label, ""), after.get(label, "")


def named_test(subject: TestSubject) -> str:
    """The test and grade of a subject, as NT ป.3."""
    return f"{subject.kind} {Grade(subject.grade).label}"


def listed_names(names: Iterable[str], most: int) -> str:
    """The first names of a long list, and how many more there are."""
    all_names = list(names)
    rest = len(all_names) - most
    return ", ".join(all_names[:most]) + (f" และอีก {rest} แห่ง" if rest > 0 else "")

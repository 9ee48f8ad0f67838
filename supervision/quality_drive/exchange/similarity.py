"""How much one school is like another, and whose practices it can learn from.

Everything here is of facts that describe a school: size, level, circumstances. How another school
was judged is never among them: neither what is found, nor its order, nor a reason can tell of it.
All functions are pure: they ask neither database nor clock.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from supervision.practices.enums import AwardLevel
from supervision.profiles.circumstances.enums import CircumstanceKind
from supervision.quality_drive.enums import DimensionCode

SIZE_WEIGHT = 2
LEVEL_WEIGHT = 2
DIMENSION_WEIGHT = 3
# In few words, and how much schools have in common by it. Inclusion counts pupils and is left out.
CIRCUMSTANCES: Mapping[CircumstanceKind, tuple[str, int]] = {
    CircumstanceKind.MIXED_CLASSES: ("คละชั้น", 3),
    CircumstanceKind.SPECIAL_AREA: ("พื้นที่พิเศษหรือห่างไกล", 2),
    CircumstanceKind.STAND_ALONE: ("ตั้งโดดเดี่ยว", 2),
    CircumstanceKind.BRANCH: ("โรงเรียนสาขา", 1),
    CircumstanceKind.DLTV: ("ใช้ DLTV", 1),
    CircumstanceKind.DLIT: ("ใช้ DLIT", 1),
}


@dataclass(frozen=True)
class SchoolLikeness:
    """What a school is like on a day, as far as others may know it.

    `size` is the word of the office's scheme; it and `teaches_secondary` are empty and None while
    unknown, and what is unknown is alike to nothing.
    """

    school: int
    is_open: bool
    size: str = ""
    teaches_secondary: bool | None = None
    circumstances: frozenset[CircumstanceKind] = frozenset()


@dataclass(frozen=True)
class LearnablePractice:
    """A published practice of a school: where it was selected, when, and what it is about.

    `year` is the academic year (BE) of the round in which it was found, `dimensions` what the
    office says it answers.
    """

    pk: int
    title: str
    school: int
    school_name: str
    level: AwardLevel
    year: int
    url: str
    is_sample: bool
    dimensions: frozenset[DimensionCode] = frozenset()

    @property
    def selected_words(self) -> str:
        return f"คัดเลือก{self.level.label} {self.year}"


@dataclass(frozen=True)
class SimilarPractice:
    """A practice with what its school has in common with the reader's, in words."""

    practice: LearnablePractice
    reasons: tuple[str, ...]
    weight: int

    @property
    def reason(self) -> str:
        """All reasons in one line, for example ขนาดเล็ก · คละชั้น · คัดเลือกระดับเขตพื้นที่ 2568."""
        return " · ".join([*self.reasons, self.practice.selected_words])


def shared_facts(one: SchoolLikeness, other: SchoolLikeness) -> list[tuple[str, int]]:
    """What both schools have in common, in words, each with its weight; the same both ways."""
    found = []
    if one.size and one.size == other.size:
        found.append((f"ขนาด{one.size}", SIZE_WEIGHT))
    if one.teaches_secondary is not None and one.teaches_secondary == other.teaches_secondary:
        word = "ขยายโอกาส" if one.teaches_secondary else "สอนถึงประถมศึกษา"
        found.append((word, LEVEL_WEIGHT))
    both = one.circumstances & other.circumstances
    return found + [facts for kind, facts in CIRCUMSTANCES.items() if kind in both]


def rank_similar_practices(
    own: SchoolLikeness,
    others: Mapping[int, SchoolLikeness],
    practices: Iterable[LearnablePractice],
    weak: Collection[DimensionCode] = (),
) -> list[SimilarPractice]:
    """Practices of other open schools that have something in common with this one, most first.

    `weak` are the dimensions in which this school itself has most to gain: a practice that answers
    one stands higher. Of practices alike the newer one stands first, then by title.
    """
    if not own.is_open:
        return []
    found = [
        _similar(own, others[one.school], one, weak) for one in practices if one.school in others
    ]
    return sorted(
        (one for one in found if one is not None),
        key=lambda one: (-one.weight, -one.practice.year, one.practice.title, one.practice.pk),
    )


def _similar(
    own: SchoolLikeness,
    other: SchoolLikeness,
    practice: LearnablePractice,
    weak: Collection[DimensionCode],
) -> SimilarPractice | None:
    if other.school == own.school or not other.is_open:
        return None
    shared = shared_facts(own, other)
    if not shared:
        return None
    answered = [code for code in DimensionCode if code in weak and code in practice.dimensions]
    reasons = [word for word, _ in shared] + [f"ตอบด้าน{code.label}" for code in answered]
    weight = sum(weight for _, weight in shared) + DIMENSION_WEIGHT * len(answered)
    return SimilarPractice(practice, tuple(reasons), weight)

"""What a heading of a table of learning results says: which figure, of which subject and test.

Offices write them in many ways: "ภาษาไทย" over "คะแนนเฉลี่ย", "NT คณิตศาสตร์ ร้อยละ",
"ปี 2567" over "รวม 2 ด้าน" over "S.D.". A heading is understood when it is made of known words
only; the words are those of the kinds of tests that the office keeps.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Self

from schools.core.tables.layout import heading_key
from schools.imports.cell_parsers import grade_or_none
from supervision.profiles.models import TestKind, TestLevel, TestSubject

TOTAL_SUBJECT = "รวม"  # the subject that stands for all of them together


class Measure(StrEnum):
    """Which figure of a result a column holds."""

    ENROLLED = "enrolled"
    TESTED = "tested"
    COUNT = "count"  # a number of pupils: of those tested, or of all where a column has those
    MEAN = "mean"
    PERCENT = "percent"  # a mean that the heading calls a percentage
    SD = "sd"
    SHARE = "share"
    LEVEL_COUNT = "level_count"


@dataclass(frozen=True)
class ResultHeading:
    """What one heading says; what it leaves out is said by the row, or by the title above."""

    measure: Measure
    level: str = ""
    subject: str = ""
    kind: int | None = None
    grade: int | None = None
    year: str = ""

    @property
    def key(self) -> str:
        """The name of the column: the same for two that say the same."""
        parts = (self.measure, self.level, self.subject, self.kind, self.grade, self.year)
        return ":".join("" if part is None else str(part) for part in parts)

    @classmethod
    def of_key(cls, key: str) -> Self:
        measure, level, subject, kind, grade, year = key.split(":")
        return cls(
            Measure(measure), level, subject, int(kind or 0) or None, int(grade or 0) or None, year
        )


_GRADE = "(?:ชั้น)?(?:ประถมศึกษาปีที่|มัธยมศึกษาปีที่|อนุบาลปีที่|อนุบาล|[อปม])[1-9]"
_YEAR = "(?:ปีการศึกษา|ปี)?(?:พศ)?(?:25|20)[0-9]{2}"
_MEASURES = {
    Measure.ENROLLED: (
        "(?:จำนวน)?(?:นักเรียน|ผู้เรียน)(?:ทั้งหมด|ทั้งสิ้น|ในชั้น)|(?:จำนวน)?(?:นักเรียน|ผู้เรียน|ผู้)?(?:ที่)?มีสิทธิ์?(?:เข้า)?สอบ"
    ),
    Measure.TESTED: "(?:จำนวน)?(?:นักเรียน|ผู้เรียน|ผู้|คน)?(?:ที่)?เข้า(?:รับ)?(?:การ)?(?:สอบ|ประเมิน|ทดสอบ)",
    Measure.MEAN: "เฉลี่ย|ค่าเฉลี่ย|mean|average|x̄|xbar",
    Measure.PERCENT: "ร้อยละ|เปอร์เซ็นต์|percent",
    Measure.SD: "sd|ส่วนเบี่ยงเบนมาตรฐาน|ส่วนเบี่ยงเบน",
}
_COUNT = "จำนวน(?:นักเรียน|ผู้เรียน)?|คน|n"
_TOTAL = "รวม|โดยรวม|ภาพรวม"
_FILLERS = (
    "ผล|การ(?:ทดสอบ|ประเมิน|สอบ)?|ทดสอบ|ประเมิน|คุณภาพ(?:ผู้เรียน)?|ผู้เรียน|นักเรียน|คะแนน"
    "|ระดับ(?:ชาติ)?|ชั้น|ความสามารถ|สมรรถนะ|(?:ทั้ง|ทุก)?[0-9]?(?:ด้าน|วิชา|สมรรถนะ|กลุ่มสาระ(?:การเรียนรู้)?)|รายวิชา"
    "|(?:คะแนน)?เต็ม[0-9]+(?:คะแนน)?|ที่ได้|ของ|แต่ละ|ใน|และ"
)
# What a subject is called besides its own name, by a word that its name holds.
SUBJECT_SYNONYMS = {
    "ภาษาไทย": ("ไทย",),
    "คณิตศาสตร์": ("คณิต", "คำนวณ"),
    "วิทยาศาสตร์": ("วิทย์", "วิทยาศาสตร์", "วิทยาศาสตร์และเทคโนโลยี"),
    "ภาษาอังกฤษ": ("อังกฤษ", "ภาษาต่างประเทศ"),
    "ภาษาต่างประเทศ": ("อังกฤษ", "ภาษาอังกฤษ"),
    "สังคมศึกษา": ("สังคม", "สังคมศึกษา", "สังคมศึกษาฯ"),
    "สุขศึกษา": ("สุขศึกษา", "สุขศึกษาฯ"),
    "การงานอาชีพ": ("การงาน",),
}
_PREFIX = re.compile("^(?:ความสามารถ|สมรรถนะ)?(?:ด้าน|วิชา|การ)")


def subject_words(name: str) -> Iterator[str]:
    """The ways in which a heading or cell writes a subject, as heading keys; its name first."""
    key = heading_key(name)
    yield key
    yield _PREFIX.sub("", key) or key
    for word, others in SUBJECT_SYNONYMS.items():
        if heading_key(word) in key:
            yield from map(heading_key, others)


@dataclass
class ResultVocabulary:
    """The words of the office's kinds of tests, and how headings are read with them."""

    kinds: Mapping[str, int]
    levels: frozenset[str]
    subjects: frozenset[str]
    labels: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        words = {
            "level": _any_of(self.levels),
            "subject": _any_of(self.subjects),
            "kind": _any_of(self.kinds),
            "grade": _GRADE,
            "year": _YEAR,
            **{str(measure): pattern for measure, pattern in _MEASURES.items()},
            "total": _TOTAL,
            str(Measure.COUNT): _COUNT,
            "filler": _FILLERS,
        }
        self._word = re.compile("|".join(f"(?P<{name}>{word})" for name, word in words.items()))

    def read_heading(self, lines: Iterable[str]) -> str | None:
        """The key of the column under these lines; None where it is not understood."""
        label = " ".join(lines)
        key = heading_key(label.replace("%", "ร้อยละ"))
        if self._word.sub("", key):  # a word that nobody knows
            return None
        found = {match.lastgroup or "": match[0] for match in self._word.finditer(key)}
        heading = self._heading(found)
        if heading is None:
            return None
        self.labels.setdefault(heading.key, label)
        return heading.key

    def _heading(self, found: Mapping[str, str]) -> ResultHeading | None:
        """None for words that say of no figure what it is, such as the title of the table."""
        subject = found.get("subject") or (TOTAL_SUBJECT if "total" in found else "")
        measure = _measure_in(found)
        if measure is None and not subject:
            return None
        grade = grade_or_none(found["grade"]) if "grade" in found else None
        return ResultHeading(
            measure=measure or Measure.MEAN,
            level=found.get("level", ""),
            subject=subject,
            kind=self.kinds[found["kind"]] if "kind" in found else None,
            grade=int(grade) if grade else None,
            year=re.sub("[^0-9]", "", found.get("year", "")),
        )


def _measure_in(found: Mapping[str, str]) -> Measure | None:
    if "level" in found:
        is_count = Measure.COUNT in found and Measure.PERCENT not in found
        return Measure.LEVEL_COUNT if is_count else Measure.SHARE
    first_of = (Measure.SD, Measure.ENROLLED, Measure.TESTED, Measure.PERCENT, Measure.MEAN)
    return next((one for one in (*first_of, Measure.COUNT) if one in found), None)


def _any_of(words: Iterable[str]) -> str:
    """The longest first; a pattern that nothing fits where there are none."""
    ordered = sorted(filter(None, words), key=len, reverse=True)
    return "|".join(map(re.escape, ordered)) or "(?!)"


def load_result_vocabulary() -> ResultVocabulary:
    """The words of the kinds of tests that are in use."""
    kinds = TestKind.objects.filter(is_active=True)
    subjects = TestSubject.objects.filter(kind__in=kinds, is_total=False)
    return ResultVocabulary(
        kinds={heading_key(kind.name): kind.pk for kind in kinds},
        levels=frozenset(
            map(
                heading_key, TestLevel.objects.filter(kind__in=kinds).values_list("name", flat=True)
            )
        ),
        subjects=frozenset(
            word for name in subjects.values_list("name", flat=True) for word in subject_words(name)
        ),
    )

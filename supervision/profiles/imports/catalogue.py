"""What the words of a table stand for: kinds of tests, their subjects and levels, and schools."""

import re
from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from django.core.exceptions import ValidationError

from schools.core.tables.layout import heading_key, without_brackets
from schools.core.tables.reading import without_national_id
from schools.core.thai import search_key
from schools.imports.cell_parsers import code_parser, normalize_digits
from schools.imports.plan import ImportQuestion, RowReader
from schools.models import School
from supervision.profiles.imports.headings import TOTAL_SUBJECT, subject_words
from supervision.profiles.models import TestKind, TestSubject

_TOTAL_CELL = re.compile("(?:คะแนน|ผล|ค่า)?(?:รวม|เฉลี่ย|โดยรวม|ภาพรวม).*")
LEAVE_OUT = "leave_out"
NEAR_NAMES = 4


class TestCatalogue:
    """The kinds of tests in use with their subjects and levels, by the words of tables."""

    def __init__(self) -> None:
        kinds = TestKind.objects.filter(is_active=True).prefetch_related("levels", "subjects")
        self.kinds = {kind.pk: kind for kind in kinds}
        self.levels = {
            kind.pk: {heading_key(level.name): level for level in kind.levels.all()}
            for kind in kinds
        }
        self.subjects: dict[tuple[int, int], list[TestSubject]] = defaultdict(list)
        self._by_word: dict[tuple[int, int, str], TestSubject] = {}
        for kind in kinds:
            for subject in kind.subjects.all():
                subject.kind = kind
                self.subjects[kind.pk, subject.grade].append(subject)
        for (kind_id, grade), subjects in self.subjects.items():
            self._index_words(kind_id, grade, subjects)

    def _index_words(self, kind_id: int, grade: int, subjects: Iterable[TestSubject]) -> None:
        """A subject's own name goes before what else another may be called."""
        words = [(place, word, s) for s in subjects for place, word in _words_of(s)]
        for _, word, subject in sorted(words, key=lambda one: one[0]):
            self._by_word.setdefault((kind_id, grade, word), subject)

    def subject(self, kind_id: int, grade: int, words: str) -> TestSubject | None:
        """The subject that a heading or cell names; without words the total, or the only one."""
        subjects = self.subjects[kind_id, grade]
        key = heading_key(words)
        if found := self._by_word.get((kind_id, grade, key)):
            return found
        if key and not _TOTAL_CELL.fullmatch(key):
            return None
        total = next((subject for subject in subjects if subject.is_total), None)
        return total or (subjects[0] if not key and len(subjects) == 1 else None)

    def only_grade(self, kind_id: int) -> int | None:
        """The grade of a kind that is held in one grade only."""
        grades = {grade for kind, grade in self.subjects if kind == kind_id}
        return grades.pop() if len(grades) == 1 else None

    def kind_named(self, text: str) -> int | None:
        """The one kind that a title, a sheet's name or a cell names."""
        found = {pk for pk, kind in self.kinds.items() if _names_kind(text, kind)}
        return found.pop() if len(found) == 1 else None

    def subject_named(self, text: str, kind_id: int, grade: int) -> str | None:
        """The name of the one subject that a title names beside the test; no total."""
        kind, key = self.kinds[kind_id], heading_key(text)
        for name in (without_brackets(kind.long_name), kind.name):
            key = key.replace(heading_key(name), "")
        found = [
            subject.name
            for subject in self.subjects[kind_id, grade]
            if not subject.is_total and heading_key(subject.name) in key
        ]
        return found[0] if len(found) == 1 else None

    def parse_kind(self, text: str) -> int:
        """The kind that a cell names. Raises ValidationError."""
        if found := self.kind_named(text):
            return found
        known = ", ".join(kind.name for kind in self.kinds.values())
        raise ValidationError(f"ไม่รู้จักการทดสอบนี้ โปรดใช้ชื่อใดชื่อหนึ่งต่อไปนี้: {known}")


def _words_of(subject: TestSubject) -> Iterable[tuple[int, str]]:
    if subject.is_total:
        return [(0, heading_key(subject.name)), (1, heading_key(TOTAL_SUBJECT))]
    return enumerate(subject_words(subject.name))


def _names_kind(text: str, kind: TestKind) -> bool:
    """A short Latin name stands alone (NT is in no other word), a Thai one anywhere."""
    if kind.name.isascii():
        letters = re.escape(kind.name).replace(r"\-", "[- ]?")
        if re.search(f"(?<![A-Za-z-]){letters}(?![A-Za-z])", text, re.IGNORECASE):
            return True
    elif heading_key(kind.name) in heading_key(text):
        return True
    long_name = heading_key(without_brackets(kind.long_name))
    return bool(long_name) and long_name in heading_key(text)


class SchoolFinder:
    """The school of a row: by its code, or by its name where the row has no code."""

    def __init__(self) -> None:
        self.schools = list(School.objects.all())
        self.by_code = {school.obec_code: school for school in self.schools if school.obec_code}
        self.by_long_code = {s.ministry_code: s for s in self.schools if s.ministry_code}
        self.by_name: dict[str, list[School]] = defaultdict(list)
        for school in self.schools:
            self.by_name[search_key(school.name)].append(school)

    def find(self, line: RowReader) -> School | None:
        """None where the row's school is not known: a problem or a question says so."""
        if not line.text("obec_code"):
            return self._find_by_name(line)
        school = line.read("obec_code", self._parse_code)
        if school:
            line.check_name_matches(school, "name")
        return school

    def _parse_code(self, text: str) -> School:
        long = len(re.sub(r"\s", "", normalize_digits(text))) == 10
        code = code_parser(10 if long else 8)(text)
        school = (self.by_long_code if long else self.by_code).get(code)
        if school is None:
            raise ValidationError("ไม่พบรหัสนี้ในทะเบียนโรงเรียน โปรดตรวจรหัส หรือนำเข้าทะเบียนโรงเรียนก่อน")
        return school

    def _find_by_name(self, line: RowReader) -> School | None:
        name = without_national_id(line.text("name"))
        if not name:
            key = "obec_code" if "obec_code" in line.table.columns else "name"
            line.problem(key, "เว้นว่าง โปรดใส่รหัสโรงเรียน 8 หลัก หรือลบแถวนี้")
            return None
        found = self.by_name.get(search_key(name), [])
        if len(found) == 1:
            return found[0]
        near = found or self._near(name)
        if not near:
            line.problem("name", "ไม่พบชื่อนี้ในทะเบียนโรงเรียน โปรดใส่รหัสโรงเรียน 8 หลัก หรือลบแถวนี้")
            return None
        return self._ask(line, name, near)

    def _near(self, name: str) -> list[School]:
        keys = get_close_matches(search_key(name), list(self.by_name), n=NEAR_NAMES)
        return [school for key in keys for school in self.by_name[key]]

    def _ask(self, line: RowReader, name: str, near: list[School]) -> School | None:
        question = ImportQuestion(
            key=f"school:{search_key(name)}",
            text=f"“{name}” ในไฟล์ไม่มีรหัสโรงเรียน และไม่ตรงกับชื่อใดในทะเบียน หมายถึงโรงเรียนใด",
            choices=(
                *((str(school.pk), _described(school)) for school in near),
                (LEAVE_OUT, "ไม่นำเข้าแถวนี้"),
            ),
        )
        answer = line.plan.ask(question)
        if answer == LEAVE_OUT:
            line.table.leave_out(line.row, "ไม่นำเข้าตามคำตอบ")
        return next((school for school in near if str(school.pk) == answer), None)


def _described(school: School) -> str:
    """With what tells it from schools of a similar name."""
    district = f"อำเภอ{school.district}" if school.district else ""
    return " · ".join(filter(None, (school.name, school.obec_code, district)))

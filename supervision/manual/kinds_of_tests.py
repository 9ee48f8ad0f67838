"""The kinds of tests that an office begins with: recalled, marked so, and its own to change."""

from collections.abc import Iterator, Mapping
from typing import Any

from schools.enums import Grade
from supervision.assignments.models import LearningArea
from supervision.profiles.models import TestKind, TestLevel, TestSubject

RECALLED = "ข้อมูลตั้งต้นของระบบ ยังไม่ได้เทียบกับเอกสารต้นฉบับ"
GRADES = {grade.label: grade for grade in Grade}


def load_kinds_of_tests(data: dict[str, Any]) -> None:
    """Load them only while the office has none: it changes the list as a whole."""
    if TestKind.objects.exists():
        return
    areas = {area.name: area for area in LearningArea.objects.all()}
    for position, facts in enumerate(data["kinds_of_tests"], 1):
        levels, subjects = facts.pop("levels"), facts.pop("subjects", [])
        grades = facts.pop("every_learning_area_in", [])
        subjects += [
            {"grades": grades, "names": [name], "learning_area": name} for name in areas if grades
        ]
        kind = TestKind.objects.create(
            position=position, provenance=RECALLED, is_from_memory=True, **facts
        )
        TestLevel.objects.bulk_create(
            TestLevel(kind=kind, position=place, name=name) for place, name in enumerate(levels, 1)
        )
        TestSubject.objects.bulk_create(_subjects(kind, subjects, areas))


def _subjects(
    kind: TestKind, rows: list[dict[str, Any]], areas: Mapping[str, LearningArea]
) -> Iterator[TestSubject]:
    for position, row in enumerate(rows, 1):
        for grade in row["grades"]:
            for offset, name in enumerate(row["names"]):
                yield TestSubject(
                    kind=kind,
                    grade=GRADES[grade],
                    name=name,
                    position=position * 10 + offset,
                    is_total=row.get("is_total", False),
                    learning_area=areas.get(row.get("learning_area", "")),
                )

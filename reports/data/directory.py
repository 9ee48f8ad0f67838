"""The directory of schools as a table, under the headings by which it can be brought in again."""

from schools.enums import Grade
from schools.imports.columns import SCHOOL_COLUMNS
from schools.registry.directory.queries import DirectoryRow, SchoolDirectory

ELECTRICITY = {True: "มี", False: "ไม่มี", None: ""}


def directory_rows(directory: SchoolDirectory) -> list[dict[str, str]]:
    """The schools that the filters leave, in the order of the screen, by column heading."""
    return [_known(row) | _counted(row) for row in directory.rows]


def _known(row: DirectoryRow) -> dict[str, str]:
    school = row.school
    facts = {
        "obec_code": school.obec_code,
        "ministry_code": school.ministry_code,
        "name": school.name,
        "sub_district": school.sub_district,
        "district": school.district,
        "cluster": row.cluster,
        "first_grade": _grade(school.first_grade),
        "last_grade": _grade(school.last_grade),
        "latitude": school.latitude,
        "longitude": school.longitude,
        "internet": school.get_internet_display(),
        "has_electricity": ELECTRICITY[school.has_electricity],
        "phone": school.phone,
        "email": school.email,
        "status": row.status,
    }
    return {SCHOOL_COLUMNS[name]: "" if fact is None else str(fact) for name, fact in facts.items()}


def _grade(grade: int | None) -> str:
    return "" if grade is None else Grade(grade).label


def _counted(row: DirectoryRow) -> dict[str, str]:
    counted = row.counted
    sample = " (ตัวอย่าง)" if counted and counted.is_sample else ""
    return {
        "นักเรียน (คน)": str(counted.pupils) if counted else "",
        "ปีการศึกษาที่นับ": f"{counted.year}{sample}" if counted else "",
        "ขนาด": row.size,
    }

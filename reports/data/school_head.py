"""Where a school is and how large it was, as the head of form 7.3 says it."""

from dataclasses import dataclass
from datetime import date

from schools.models import AcademicYear, School, YearlyCount


@dataclass(frozen=True)
class SchoolHead:
    """A school on one day in two short texts; empty where the registry does not say."""

    place: str
    size: str


def school_head(school: School, on: date, year: AcademicYear) -> SchoolHead:
    """Its cluster and district, and what it taught how many by the latest count until that year."""
    district = f"อำเภอ{school.district}" if school.district else ""
    counts = school.yearly_counts.filter(academic_year__year__lte=year.year)
    latest = counts.select_related("academic_year").prefetch_related("grades").first()
    return SchoolHead(
        _joined(str(school.cluster_on(on) or ""), district),
        _joined(school.grades, _counted(latest) if latest else ""),
    )


def _counted(count: YearlyCount) -> str:
    teachers = "" if count.teachers is None else f"ครู {count.teachers} คน"
    return _joined(f"นักเรียน {count.pupils} คน", teachers, f"(ปี {count.academic_year})")


def _joined(*parts: str) -> str:
    return " ".join(filter(None, parts))

"""Days that the demonstration's calendar marks: holidays of a fixed day, and a sample test."""

from datetime import date

from schools.core.thai import BE_OFFSET
from schools.models import AcademicYear
from supervision.special_days.enums import SpecialDayKind
from supervision.special_days.models import SpecialDay

MAY = 5  # an academic year runs from May to the next
HOLIDAYS = (
    (10, 13, 13, "วันนวมินทรมหาราช"),
    (10, 23, 23, "วันปิยมหาราช"),
    (12, 5, 5, "วันพ่อแห่งชาติ"),
    (12, 10, 10, "วันรัฐธรรมนูญ"),
    (12, 31, 31, "วันสิ้นปี"),
    (1, 1, 1, "วันขึ้นปีใหม่"),
    (4, 6, 6, "วันจักรี"),
    (4, 13, 15, "วันสงกรานต์"),
)
TEST = (3, 3, 3, "สอบ NT (ตัวอย่าง)")


def create_special_days(year: AcademicYear) -> None:
    """The holidays of one academic year, and one test whose day is made up."""
    for kind, days in ((SpecialDayKind.HOLIDAY, HOLIDAYS), (SpecialDayKind.TEST, [TEST])):
        for month, first, last, name in days:
            of = year.year - BE_OFFSET + (month < MAY)
            SpecialDay.objects.create(
                kind=kind,
                name=name,
                starts_on=date(of, month, first),
                ends_on=date(of, month, last),
            )

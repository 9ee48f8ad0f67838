"""Whether a year's report is put forward before the year is over: then it is called interim."""

from datetime import date

from django.utils import timezone

from reports.models import IssuedDocument
from reports.queries import rounds_without_report
from schools.core.thai import long_date
from schools.models import AcademicYear


def interim_reasons(year: AcademicYear, today: date) -> list[str]:
    """Why the year is not over yet, in Thai; nothing once it is."""
    reasons = []
    last = year.terms.order_by("closes_on").last()
    if last and today < last.closes_on:
        reasons.append(f"ภาคเรียนที่ {last} ยังไม่ปิด (ปิดวันที่ {long_date(last.closes_on)})")
    if unfinished := rounds_without_report(year).count():
        reasons.append(f"ยังมี {unfinished} รอบการนิเทศที่ยังไม่ออกรายงานรายภาคเรียน")
    return reasons


def is_interim_now(document: IssuedDocument) -> bool:
    """Whether a report put forward today is to be called interim; only a year's ever is."""
    if document.academic_year is None or document.not_interim_reason:
        return False
    return bool(interim_reasons(document.academic_year, timezone.localdate()))

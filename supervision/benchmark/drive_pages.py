"""The quality drive of the newest year: its lists of all schools, and the pages of one school."""

from collections.abc import Iterator

from django.urls import reverse

from supervision.benchmark.data import BenchmarkData
from supervision.benchmark.measure import MeasuredPage, measure_page
from supervision.benchmark.measurements import Measurement
from supervision.quality_drive.models import QualityDrive

AREA_PAGES = {
    "drive": "การขับเคลื่อนของปี",
    "drive_progress": "ความก้าวหน้าการขับเคลื่อน",
    "baselines": "ข้อมูลฐาน",
    "agreements": "ทะเบียนบันทึกข้อตกลง",
    "drive_cooperation": "ความร่วมมือและบรรยากาศ",
    "drive_mentoring": "ลงพื้นที่ให้คำปรึกษา",
    "mentoring_plan": "นัดหมายให้คำปรึกษา",
    "drive_honours": "ยกย่องเชิดชูเกียรติ",
    "ranking": "จัดลำดับคุณภาพ",
    "drive_next": "ผลของปีและร่างปีต่อไป",
}
SCHOOL_PAGES = {
    "school_drive": "การขับเคลื่อนของโรงเรียน",
    "school_drive_steps": "ขั้นตอนของโรงเรียน",
    "drive_indicators": "ตัวชี้วัดของโรงเรียน",
}


def measure_drive(data: BenchmarkData) -> Iterator[Measurement]:
    """As the group's director opens the lists and a school's director the school's pages."""
    drive = QualityDrive.objects.select_related("academic_year").first()
    if drive is None:
        return
    year = drive.academic_year.year
    for name, what in AREA_PAGES.items():
        yield from measure_page(MeasuredPage(what, data.group, reverse(name, args=[year])))
    for name, what in SCHOOL_PAGES.items():
        url = reverse(name, args=[year, data.school.pk])
        yield from measure_page(MeasuredPage(what, data.director, url))

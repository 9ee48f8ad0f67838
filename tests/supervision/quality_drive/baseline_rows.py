"""Baselines of schools for tests: typed, and a visit of last year to take them from."""

from decimal import Decimal

from supervision.quality_drive.baselines.enums import BaselineSource
from supervision.quality_drive.baselines.queries import Baseline
from supervision.quality_drive.models import DriveIndicator
from supervision.visits.models import Visit
from tests.factories import RoundFactory
from tests.scenarios import self_assessment_confirmed, visit_signed

TEXTS = {"problems": "อ่านช้า", "needs": "หนังสืออ่าน", "causes": "ครูไม่ครบชั้น", "plan": "อ่านทุกเช้า"}


def visited_last_year(school, last_term, indicators, *, director, supervisor, level=3):
    """The visit of last year, signed, all indicators at one level."""
    used = indicators[0].standard.indicator_set
    round_ = RoundFactory(school=school, term=last_term, indicator_sets=[used])
    self_assessment_confirmed(round_, by=director, level=level)
    visit = visit_signed(round_, by=supervisor, level=level)
    return Visit.objects.get(pk=visit.pk)


def entered(drive, level="2.50", text="แบบบันทึกของโรงเรียน"):
    """Every indicator of the drive, entered at one level."""
    rows = DriveIndicator.objects.filter(dimension__drive=drive)
    return {row.pk: Baseline(Decimal(level), BaselineSource.ENTERED, text) for row in rows}

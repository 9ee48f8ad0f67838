"""A quality drive at work, made of rows, for the tests of all that builds on it."""

from datetime import timedelta
from decimal import Decimal

from django.core.files.base import ContentFile
from django.utils import timezone

from schools.core.uploads import SanitizedFile
from supervision.quality_drive.agreements.drafting import draft_agreement
from supervision.quality_drive.agreements.enums import AgreementState
from supervision.quality_drive.agreements.signing import (
    propose_agreement,
    sign_agreement,
    sign_agreement_for_school,
)
from supervision.quality_drive.drives.enums import DriveState
from supervision.quality_drive.enums import DimensionCode
from supervision.quality_drive.models import (
    Agreement,
    AgreementTarget,
    DriveDimension,
    DriveIndicator,
    QualityDrive,
)
from supervision.quality_drive.progress.projects import create_school_project
from supervision.quality_drive.progress.reporting import NewProgress, report_drive_progress
from supervision.quality_drive.ranking.actions import compute_ranking, show_ranking
from supervision.quality_drive.scores import load_design
from tests.factories import MeetingFactory


def drive_at_work(term, indicators, *, by, target="4.00", state=DriveState.ENDORSED, **fields):
    """The endorsed drive of the term's year; the indicators are dealt out to its dimensions.

    Dimensions weigh 20 each, indicators the same within theirs; the first gets the first
    indicator, the sixth goes to the first again.
    """
    facts = {"model_name": "TUMHOME Plus Inno Model", "headline": "โรงเรียนคุณภาพ 4Q"}
    facts |= {"purpose": "ใช้เป็นกรอบแนวทาง", "is_sample": True} | fields
    if state != DriveState.DRAFT:
        meeting = MeetingFactory()
        facts |= {"meeting": meeting, "endorsed_by": by, "endorsed_at": timezone.now()}
    drive = QualityDrive.objects.create(academic_year=term.academic_year, state=state, **facts)
    dimensions = [
        DriveDimension.objects.create(
            drive=drive,
            code=code,
            name=code.label,
            in_4q=code != DimensionCode.MANAGEMENT,
            weight=Decimal(20),
        )
        for code in DimensionCode
    ]
    for place, dimension in enumerate(dimensions):
        own = list(indicators)[place :: len(dimensions)]
        for position, indicator in enumerate(own, start=1):
            DriveIndicator.objects.create(
                dimension=dimension,
                indicator=indicator,
                position=position,
                weight=(Decimal(100) / len(own)).quantize(Decimal("0.01")),
                target=Decimal(target),
            )
    return drive


def agreement_in_force(drive, school, *, by, baseline="2.00", target="4.00", signed_at=None):
    """An agreement that both have signed, from one baseline to one target in all indicators.

    Rows, so that it can be of any day.
    """
    at = signed_at or timezone.now()
    agreement = Agreement.objects.create(
        drive=drive,
        school=school,
        state=AgreementState.SIGNED,
        school_signed_at=at,
        school_signed_by=by,
        signed_at=at,
        signed_by=by,
        is_sample=True,
    )
    AgreementTarget.objects.bulk_create(
        AgreementTarget(
            agreement=agreement,
            drive_indicator=one,
            dimension_code=one.dimension.code,
            text=str(one.indicator),
            weight=one.weight,
            baseline=None if baseline is None else Decimal(baseline),
            target=Decimal(target),
        )
        for one in DriveIndicator.objects.filter(dimension__drive=drive).select_related(
            "dimension", "indicator"
        )
    )
    return agreement


def ranking_shown(drive, *, by, days=10):
    """Today's order of the drive's schools, shown to them; they may object for some days."""
    ranking = compute_ranking(drive, by=by)
    until = timezone.localdate() + timedelta(days=days)
    show_ranking(ranking, by=by, objections_until=until)
    return ranking


# --- Agreements ---


def agreement_drafted(drive, school, *, by):
    """The draft of a school's agreement, as the office begins it."""
    return draft_agreement(load_design(drive), school, by=by)


def agreement_signed(agreement, supervisor, school_director, area_director):
    """Put a draft before the school and let both sides sign it."""
    propose_agreement(agreement, by=supervisor)
    sign_agreement_for_school(agreement, by=school_director)
    sign_agreement(agreement, by=area_director)
    return agreement


def progress_reported(drive, school, *, by, value="3.00", indicator=None, with_file=False):
    """The school reports one level, of the first indicator unless another is named."""
    listed = DriveIndicator.objects.filter(dimension__drive=drive).order_by("dimension__code")
    file = SanitizedFile("แผน.pdf", ContentFile(b"%PDF-1.7")) if with_file else None
    report = NewProgress(indicator or listed.first(), Decimal(value), "จัดมุมอ่านทุกห้อง", file=file)
    return report_drive_progress(drive, school, by=by, reports=[report])


def school_project_added(drive, school, *, by, **fields):
    """A project of the school's own, which fewer of something makes better."""
    facts = {
        "dimension_code": DimensionCode.STUDENT,
        "title": "มุมอ่านคละชั้น",
        "indicator_text": "นักเรียนที่อ่านไม่คล่อง",
        "unit": "คน",
        "baseline": Decimal(9),
        "target": Decimal(3),
        "is_lower_better": True,
    }
    return create_school_project(drive, school, by=by, fields=facts | fields)

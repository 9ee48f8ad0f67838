"""A drive with something on record in every chapter of its report, made of rows."""

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from supervision.improvement.enums import AdviceOrigin, Assignee, RecommendationState
from supervision.improvement.models import Recommendation
from supervision.programmes.networks.enums import ForumState
from supervision.quality_drive.baselines.enums import BaselineSource, BaselineState
from supervision.quality_drive.cooperation.enums import (
    ClimateState,
    DriveEventKind,
    DriveEventState,
)
from supervision.quality_drive.drives.enums import ResultKind, Sector
from supervision.quality_drive.honours.enums import HonourState
from supervision.quality_drive.mentoring.enums import MonitoringState
from supervision.quality_drive.models import (
    Agreement,
    AgreementSupport,
    BaselineLevel,
    ClimateCount,
    ClimateStatement,
    ClimateSurvey,
    DriveEvent,
    DriveIndicator,
    DriveTeam,
    DriveTeamSector,
    ExchangeEvent,
    ExpectedResult,
    Honour,
    HonourCategory,
    MonitoringReport,
    Partner,
    SchoolDrive,
    Takeaway,
)
from tests.factories import CommitteeFactory, ForumFactory, MeetingFactory


def baseline_confirmed(drive, school, *, by, level="2.00"):
    """The school's state before the work: the same level in all indicators."""
    row = SchoolDrive.objects.create(
        drive=drive,
        school=school,
        state=BaselineState.CONFIRMED,
        confirmed_at=timezone.now(),
        confirmed_by=by,
    )
    BaselineLevel.objects.bulk_create(
        BaselineLevel(
            school_drive=row,
            drive_indicator=one,
            level=Decimal(level),
            source=BaselineSource.ENTERED,
        )
        for one in DriveIndicator.objects.filter(dimension__drive=drive)
    )
    return row


def support_promised(agreement, text="จัดหาสื่อการอ่าน", *, late=False, closed_by=None):
    """A line of the ledger that the office owes by the agreement."""
    now = timezone.now()
    due_on = timezone.localdate() + timedelta(days=-3 if late else 30)
    closed = {"state": RecommendationState.OPEN}
    if closed_by:
        closed = {"state": RecommendationState.CLOSED, "proof": "ภาพการส่งมอบ"}
        closed |= {"closed_at": now, "closed_by": closed_by}
    line = Recommendation.objects.create(
        school=agreement.school,
        origin=AdviceOrigin.QUALITY_DRIVE,
        origin_detail=str(agreement)[:200],
        text=text,
        assignee=Assignee.SUPERVISOR,
        due_on=due_on,
        agreed_at=now,
        **closed,
    )
    return AgreementSupport.objects.create(
        agreement=agreement,
        text=text,
        assignee=Assignee.SUPERVISOR,
        due_on=due_on,
        recommendation=line,
    )


def honour_on_record(drive, school, *, state=HonourState.RELEASED, reason="นักเรียนอ่านออกทุกคน"):
    """An honour in its state, with the meetings that it needs."""
    category, _ = HonourCategory.objects.get_or_create(
        drive=drive, name="โรงเรียนคุณภาพ", defaults={"position": 1, "criteria": "บรรลุค่าเป้าหมาย"}
    )
    return Honour.objects.create(
        category=category,
        school=school,
        state=state,
        reason=reason,
        award_meeting=MeetingFactory(),
        release_meeting=MeetingFactory(),
    )


def climate_survey_closed(drive, *, answers, level=4):
    """A survey that is over, with so many answers of one level to its one statement."""
    today = timezone.localdate()
    survey = ClimateSurvey.objects.create(
        drive=drive,
        state=ClimateState.CLOSED,
        title="บรรยากาศการทำงาน ครั้งที่ 1",
        opens_on=today - timedelta(days=20),
        closes_on=today - timedelta(days=5),
    )
    statement = ClimateStatement.objects.create(survey=survey, position=1, text="ทำงานอย่างมีความสุข")
    ClimateCount.objects.create(statement=statement, level=level, answers=answers)
    return survey


def monitoring_submitted(drive, *, by, **texts):
    """What ก.ต.ป.น. reported to the office."""
    today = timezone.localdate()
    said = {"progress": "โรงเรียนเริ่มดำเนินการครบ"} | texts
    return MonitoringReport.objects.create(
        drive=drive,
        committee=CommitteeFactory(),
        state=MonitoringState.SUBMITTED,
        starts_on=today - timedelta(days=60),
        ends_on=today - timedelta(days=10),
        submitted_at=timezone.now(),
        submitted_by=by,
        **said,
    )


def exchange_held(drive, school, *, by):
    """An exchange event that was held, and what a school took home."""
    forum = ForumFactory(state=ForumState.HELD, shared="แลกเปลี่ยนวิธีสอนอ่าน", title="เวทีรวมพลังอ่านออก")
    event = ExchangeEvent.objects.create(drive=drive, forum=forum)
    Takeaway.objects.create(event=event, school=school, text="จะจัดมุมอ่าน", by=by, at=timezone.now())
    return event


def steps_on_record(drive, *, by):
    """A team of two sectors, a partner, a meeting of heads and an event, expected results."""
    team = DriveTeam.objects.create(drive=drive, committee=CommitteeFactory())
    for sector in (Sector.AREA_OFFICE, Sector.PARENTS):
        DriveTeamSector.objects.create(team=team, sector=sector)
    Partner.objects.create(
        drive=drive,
        organisation="สมาคมผู้ปกครอง",
        sector=Sector.PARENTS,
        gives="ทุนการศึกษา",
        starts_on=timezone.localdate(),
    )
    for kind in DriveEventKind:
        DriveEvent.objects.create(
            drive=drive,
            kind=kind,
            state=DriveEventState.HELD,
            title=str(kind.label),
            held_on=timezone.localdate(),
            place="หอประชุม",
            programme="ชี้แจง",
            people=20,
            result="ตกลงร่วมกัน",
        )
    ExpectedResult.objects.create(
        drive=drive, kind=ResultKind.QUANTITY, code="1.1", text="ผู้บริหารทุกคน", result="เข้าร่วมครบ"
    )
    ExpectedResult.objects.create(
        drive=drive, kind=ResultKind.QUALITY, code="2.1", dimension_code="Q1", text="ผลผู้เรียนดีขึ้น"
    )
    drive.next_plan = "ขยายผลห้องเรียนคุณภาพ"
    drive.save()
    return Agreement.objects.filter(drive=drive)

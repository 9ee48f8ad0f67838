"""The year's quality drive of the demonstration: the manual's words and a sample of indicators.

It has a team, categories of honours and an exchange event, all of them samples. It has no
agreement, target, rank or honour of a school: those schools are real, and nothing of the kind is
made up for them.
"""

from datetime import date, timedelta

from schools.models import AcademicYear, User
from supervision.committees.enums import CommitteeKind, CommitteePosition, MeetingState
from supervision.committees.models import Committee, CommitteeMember, Meeting
from supervision.demo.office_days import clock_set_to, working_day
from supervision.demo.people import DemoPeople
from supervision.programmes.models import Forum
from supervision.programmes.networks.enums import ForumState
from supervision.quality_drive.cooperation.enums import DriveEventAction, DriveEventKind
from supervision.quality_drive.drives.actions import endorse_drive, start_drive
from supervision.quality_drive.drives.design_actions import sample_sets, use_sample_indicators
from supervision.quality_drive.drives.enums import Sector
from supervision.quality_drive.drives.teams import save_drive_team
from supervision.quality_drive.exchange.event_actions import choose_exchange_event
from supervision.quality_drive.honours.actions import add_sample_categories
from supervision.quality_drive.models import DriveEvent, DriveTeam, QualityDrive
from supervision.workflow.actions import start

TEAM = "คณะทำงานขับเคลื่อนคุณภาพการศึกษา (ตัวอย่าง)"
TEAM_ORDER = "คำสั่งแต่งตั้งคณะทำงานขับเคลื่อนคุณภาพการศึกษา (ตัวอย่าง)"
SECTORS: dict[str, str] = {
    Sector.AREA_OFFICE: "ผู้อำนวยการกลุ่มนิเทศฯ",
    Sector.SCHOOL_LEADERS: "ประธานกลุ่มโรงเรียน",
    Sector.TEACHERS: "ผู้แทนครูวิชาการ",
    Sector.SCHOOL_BOARDS: "ผู้แทนคณะกรรมการสถานศึกษา",
    Sector.LOCAL_GOVERNMENT: "ผู้แทนองค์การบริหารส่วนตำบล",
}
EVENT_DAYS_AHEAD = 21
PROGRAMME = (
    "09.00 น. ชี้แจงแนวทางการขับเคลื่อนโรงเรียนสู่โรงเรียนคุณภาพ\n"
    "10.30 น. การรวบรวมข้อมูลฐานและบันทึกข้อตกลง 5 ด้าน (ตัวอย่าง)"
)


def create_demo_drive(people: DemoPeople, year: AcademicYear, today: date) -> QualityDrive | None:
    """The year's drive, endorsed at a meeting of ก.ต.ป.น. that was held, with one event to come."""
    drive = create_endorsed_drive(people, year, today)
    if drive:
        create_sample_team(drive, today, by=people.group)
        _plan_event(drive, today, by=people.group)
        add_sample_categories(drive)
        _choose_held_forum(drive)
    return drive


def _choose_held_forum(drive: QualityDrive) -> None:
    """A sample forum that was held in the drive's year, where there is one, is its exchange."""
    opened = drive.academic_year.terms.order_by("opens_on").values("opens_on")[:1]
    held = Forum.objects.filter(state=ForumState.HELD, is_sample=True, starts_on__gte=opened)
    if forum := held.first():
        choose_exchange_event(drive, forum)


def create_endorsed_drive(
    people: DemoPeople, year: AcademicYear, until: date
) -> QualityDrive | None:
    """Endorsed at the first meeting of the year that is over; None where there was none yet."""
    meeting = _first_meeting(year, until)
    indicator_set = sample_sets().first()
    if meeting is None or meeting.closed_at is None or indicator_set is None:
        return None
    with clock_set_to(meeting.closed_at):
        drive = start_drive(year, by=people.group, is_sample=True)
        use_sample_indicators(drive, by=people.group, indicator_set=indicator_set)
        endorse_drive(drive, by=people.group, meeting=meeting)
    return drive


def _first_meeting(year: AcademicYear, until: date) -> Meeting | None:
    """Of ก.ต.ป.น. after the year's first term opened; in a year just begun, the last one before."""
    held = Meeting.objects.of_area_committee().filter(state=MeetingState.CLOSED, held_on__lte=until)
    first_term = year.terms.order_by("opens_on").first()
    opened = first_term.opens_on if first_term else until
    after = held.filter(held_on__gte=opened).order_by("held_on", "pk").first()
    return after or held.order_by("-held_on", "-pk").first()


def create_sample_team(drive: QualityDrive, since: date, *, by: User) -> None:
    """A working group by its order, with posts of five sectors; those that lack are shown."""
    group, is_new = Committee.objects.get_or_create(
        kind=CommitteeKind.WORKING_GROUP,
        name=TEAM,
        defaults={"starts_on": since, "is_sample": True},
    )
    if is_new:
        for sequence, post in enumerate(SECTORS.values(), 1):
            CommitteeMember.objects.create(
                committee=group,
                post=f"{post} (ตัวอย่าง)",
                position=CommitteePosition.CHAIR if sequence == 1 else CommitteePosition.MEMBER,
                sequence=sequence,
                starts_on=since,
                order_text=TEAM_ORDER,
            )
    save_drive_team(DriveTeam(drive=drive), by=by, committee=group, sectors=SECTORS)


def _plan_event(drive: QualityDrive, today: date, *, by: User) -> None:
    event = DriveEvent(
        drive=drive,
        kind=DriveEventKind.HEADS_MEETING,
        title="ประชุมผู้บริหารสถานศึกษาเรื่องการขับเคลื่อนคุณภาพ (ตัวอย่าง)",
        held_on=working_day(today + timedelta(days=EVENT_DAYS_AHEAD)),
        place="ห้องประชุมสำนักงานเขตพื้นที่การศึกษา (ตัวอย่าง)",
        programme=PROGRAMME,
        is_sample=True,
    )
    start(event, DriveEventAction.PLAN, by=by)
